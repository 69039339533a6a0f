//! `src`: where the data come from, what to ask for, and what has come.

use web_sys::Element;

use super::settings::attribute;
use crate::reader;
use crate::view::{Address, Failure, Loaded, Request};

/// Where the data come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Source {
    /// A folder of ours, with a slash at its end.
    Archive(String),
    /// A feed, or one release.
    File(String),
    /// The text of a feed.
    Data(String),
}

/// Reads `src`.
pub(super) fn source(host: &Element, address: &Address) -> Source {
    if !address.base.is_empty() {
        return Source::Archive(address.base.clone());
    }
    let mut source = attribute(host, "src").unwrap_or_default();
    let path = source.split(['?', '#']).next().unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    if name == "archive.json" {
        source.truncate(path.len() - name.len());
    // Not `contains`, which brings the search for strings into the wasm: a kilobyte.
    } else if name.bytes().any(|byte| byte == b'.') && name != "." && name != ".." {
        return Source::File(source);
    } else if !source.is_empty() && !source.ends_with('/') {
        source.push('/');
    }
    Source::Archive(source)
}

/// Where to find what a request names.
pub(super) fn path(source: &Source, request: &Request) -> String {
    let folder = match source {
        Source::Archive(folder) => folder,
        Source::File(path) => return path.clone(),
        Source::Data(_) => return String::new(),
    };
    match request {
        Request::Archive => format!("{folder}archive.json"),
        Request::List(lang, section, piece) => {
            format!("{folder}lists/{lang}/{section}/{piece}.json")
        }
        Request::Release(id) => format!("{folder}releases/{id}.json"),
        Request::Texts(lang, piece) => format!("{folder}feeds/{lang}/{piece}.json"),
        // No file of its own: the search program knows what it reads.
        Request::Search(_) => String::new(),
    }
}

/// Reads what has come.
pub(super) fn read(
    source: &Source,
    request: &Request,
    text: Option<&str>,
    code: u32,
) -> Result<Loaded, Failure> {
    let Some(text) = text else {
        return match (request, code) {
            (Request::Release(id), 404) => Ok(Loaded::Release(id.clone(), None)),
            (_, 1) => Err(Failure::Offline),
            (_, 2) => Err(Failure::Timeout),
            (_, 3) => Err(Failure::Data),
            _ => Err(Failure::Server),
        };
    };
    let feed =
        || reader::read_feed(text).map(|reading| reading.releases).map_err(|_| Failure::Data);
    Ok(match (request, source) {
        (Request::Archive, Source::Archive(_)) => {
            Loaded::Archive(reader::read_archive(text).map_err(|_| Failure::Data)?)
        }
        (Request::Archive, _) => Loaded::Feed(feed()?),
        (Request::List(lang, section, piece), _) => {
            let entries = feed()?.into_iter().map(|release| release.entry).collect();
            Loaded::List(lang.clone(), section.clone(), *piece, entries)
        }
        (Request::Texts(lang, piece), _) => Loaded::Texts(lang.clone(), *piece, feed()?),
        (Request::Search(question), _) => {
            let answer = reader::read_answer(text).map_err(|_| Failure::Data)?;
            Loaded::Answer(question.clone(), answer)
        }
        (Request::Release(id), _) => {
            let release = feed()?.into_iter().next().ok_or(Failure::Data)?;
            Loaded::Release(id.clone(), Some(Box::new(release)))
        }
    })
}
