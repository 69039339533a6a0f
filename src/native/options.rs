//! What a build is told besides its folder.

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

use super::clock::now_in_seoul;
use crate::model::{Date, Lang, Time, Url, in_seoul};

/// The command line of `build`.
#[derive(clap::Args)]
pub(super) struct BuildArguments {
    /// Folder of releases. `NAME.ko.txt` and `NAME.en.txt` are translations of each other.
    pub(super) folder: PathBuf,
    /// Where to write: a folder for the archive alone. It is swapped as a whole when all is done.
    #[arg(long, value_name = "DIR")]
    pub(super) out: PathBuf,
    /// Where the archive will be: an absolute address, for feeds, sitemaps and search engines.
    #[arg(long, value_name = "URL")]
    site: Option<String>,
    /// The ministry's page around the viewer, for all languages or for one.
    #[arg(long, value_name = "[LANG=]FILE")]
    template: Vec<String>,
    /// Where the search form goes without script.
    #[arg(long, value_name = "URL")]
    search: Option<String>,
    /// Who publishes.
    #[arg(long, value_name = "NAME")]
    publisher: Option<String>,
    /// Folder of the widget, which is copied into the archive.
    #[arg(long, value_name = "DIR")]
    widget: Option<PathBuf>,
    /// Releases on one page of a list.
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=1000))]
    page_size: u16,
    /// Has pages keep what was read, for when there is no network.
    #[arg(long)]
    offline: bool,
    /// The moment that decides on embargoes, instead of the clock: 2026-12-01T10:00:00+09:00.
    #[arg(long, value_name = "RFC3339")]
    now: Option<String>,
    /// Writes everything anew, whatever the last build did.
    #[arg(long)]
    pub(super) full: bool,
}

impl BuildArguments {
    /// The moment in Seoul.
    pub(super) fn now(&self) -> Result<(Date, Time)> {
        let Some(text) = &self.now else {
            return now_in_seoul().context("the clock is wrong; set it, or use --now");
        };
        in_seoul(text).with_context(|| {
            format!("--now {text}: expected a time such as 2026-12-01T10:00:00+09:00")
        })
    }

    /// What was said, checked.
    pub(super) fn options(self) -> Result<Options> {
        let site = self.site.map(site).transpose()?;
        let search = self.search.as_deref().map(|search| {
            Url::parse(search).with_context(|| format!("--search {search}: expected an address"))
        });
        Ok(Options {
            site,
            templates: self.template.iter().map(|text| template(text)).collect(),
            search: search.transpose()?,
            publisher: self.publisher,
            widget: self.widget,
            page_size: usize::from(self.page_size),
            offline: self.offline,
        })
    }
}

/// An address to which paths can be added.
fn site(mut text: String) -> Result<String> {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    ensure!(
        host.is_some_and(|host| !host.is_empty() && !host.starts_with('/'))
            && Url::parse(&text).is_some()
            && !text.contains(['?', '#']),
        "--site {text}: expected an absolute address such as https://example.go.kr/press/"
    );
    if !text.ends_with('/') {
        text.push('/');
    }
    Ok(text)
}

/// `ko=page.html`, or a file for all languages. A file whose name looks like that is given as `./ko=page.html`.
fn template(text: &str) -> (Option<Lang>, PathBuf) {
    let named = text.split_once('=').and_then(|(lang, file)| Some((Lang::parse(lang)?, file)));
    match named {
        Some((lang, file)) => (Some(lang), file.into()),
        None => (None, text.into()),
    }
}

/// Options of `build`.
#[derive(Clone, Debug)]
pub(super) struct Options {
    /// Where the archive will be served: absolute, ends with `/`.
    pub(super) site: Option<String>,
    /// Pages of the ministry around the viewer, for one language or for all others.
    pub(super) templates: Vec<(Option<Lang>, PathBuf)>,
    /// Where the search form goes without script.
    pub(super) search: Option<Url>,
    /// Who publishes.
    pub(super) publisher: Option<String>,
    /// Folder of the widget: `release-viewer.js` and `app/`.
    pub(super) widget: Option<PathBuf>,
    /// Releases on one page of a list.
    pub(super) page_size: usize,
    /// Whether pages switch on the service worker, which keeps what was read.
    pub(super) offline: bool,
}
