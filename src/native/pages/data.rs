//! What the browser needs to go on from a page: the counterpart of the reader's `read_page`.

use std::ops::Range;

use anyhow::Result;
use serde::Serialize;

use super::html;
use crate::model::Archive;
use crate::native::json;
use crate::reader::ARCHIVE_VERSION;

use super::{Content, Page};

#[derive(Serialize)]
struct Data<'a> {
    version: u64,
    languages: Vec<Language<'a>>,
    items: Vec<json::Item<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<usize>,
}

#[derive(Serialize)]
struct Language<'a> {
    language: &'a str,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Section<'a> {
    id: &'a str,
    name: &'a str,
}

/// Adds the element with the data of a page. Gives back where its content is.
pub(super) fn write(archive: &Archive, page: &Page, into: &mut String) -> Result<Range<usize>> {
    let (items, total) = match page.content {
        Content::Release(_) => (Vec::new(), None),
        Content::List(list) => {
            (list.entries.iter().map(json::Item::of_list_page).collect(), Some(list.total))
        }
    };
    let languages = archive.boards.iter().map(|board| Language {
        language: board.lang.as_str(),
        sections: board
            .sections
            .iter()
            .map(|counted| Section { id: counted.section.id.as_str(), name: &counted.section.name })
            .collect(),
    });
    let data = Data { version: ARCHIVE_VERSION, languages: languages.collect(), items, total };
    let mut json = serde_json::to_string(&data)?;
    if let Content::Release(_) = page.content {
        json.truncate(json.len() - "]}".len());
        let (start, end) = page.item;
        json.reserve(start.len() + end.len() + "]}".len());
        for part in [start, end, "]}"] {
            json.push_str(part);
        }
    }
    Ok(html::data("type=\"application/json\" class=\"rv-data\"", &json, into))
}
