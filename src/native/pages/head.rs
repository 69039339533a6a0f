//! What the head of a page says about it to browsers, search engines, feed readers and social networks.

use std::ops::Range;

use anyhow::Result;

use super::assets::Assets;
use super::html::attribute;
use super::json_ld::pictures;
use super::{Content, Names, Page, html, json_ld, moment, paths};
use crate::model::{Archive, Lang, Licence};

/// Signs of a description: what search engines show of it.
const DESCRIPTION: usize = 160;

/// Adds an element without content; attributes without a value are left out.
fn tag(name: &str, attributes: &[(&str, &str)], into: &mut String) {
    into.push('<');
    into.push_str(name);
    for (name, value) in attributes {
        attribute(name, value, into);
    }
    into.push_str(">\n");
}

/// Adds all that belongs to a page. Gives back where the content of its data block is, if it has one.
pub(super) fn write(
    archive: &Archive,
    page: &Page,
    names: &Names,
    page_size: usize,
    Assets { style, script, .. }: &Assets,
    into: &mut String,
) -> Result<Option<Range<usize>>> {
    let root = page.root;
    let local = |path: &str| format!("{root}{path}");
    let absolute = |path: &str| names.site.map(|site| format!("{site}{path}"));
    let address = |path: &str| absolute(path).unwrap_or_else(|| local(path));
    let canonical = absolute(&page.path);
    let description = page.description();

    into.push_str("<title>");
    html::escape(&page.title, into);
    if let Some(publisher) = names.publisher {
        into.push_str(" - ");
        html::escape(publisher, into);
    }
    into.push_str("</title>\n");
    let meta = |name: &str, content: &str, into: &mut String| {
        tag("meta", &[("name", name), ("content", content)], into);
    };
    if !description.is_empty() {
        meta("description", &description, into);
    }
    if page.is_withdrawn() {
        meta("robots", "noindex", into);
    }
    let link = |rel: &str, href: &str, into: &mut String| {
        tag("link", &[("rel", rel), ("href", href)], into);
    };
    link("canonical", &address(&page.path), into);
    for (lang, path) in alternates(archive, page) {
        let attributes = [("rel", "alternate"), ("hreflang", lang), ("href", &address(&path))];
        tag("link", &attributes, into);
    }
    let (previous, next) = page.around(page_size);
    for (rel, path) in [("prev", previous), ("next", next)] {
        if let Some(path) = path {
            link(rel, &local(&path), into);
        }
    }
    if let Some(licence) = page.licence().and_then(Licence::url) {
        link("license", &licence, into);
    }
    let feeds = page.feeds();
    for (file, kind, name) in paths::FEEDS {
        let title = format!("{} ({name})", page.section_name());
        let attributes = [
            ("rel", "alternate"),
            ("type", kind),
            ("title", &title),
            ("href", &format!("{root}{feeds}{file}")),
        ];
        tag("link", &attributes, into);
    }
    open_graph(page, names, &description, canonical.as_deref(), into);
    let mut linked = None;
    if let Content::Release(release) = page.content {
        let canonical = canonical.as_deref();
        let json = json_ld::of(release, page.lang, names, &description, canonical)?;
        linked = Some(html::data("type=\"application/ld+json\"", &json, into));
    }
    // Without script nothing answers to the buttons.
    if script.is_some() {
        into.push_str("<noscript>");
    }
    link("stylesheet", &local("noscript.css"), into);
    if script.is_some() {
        into.truncate(into.trim_end().len());
        into.push_str("</noscript>\n");
    }
    // The last one, so that the ministry's own come before it.
    link("stylesheet", &local(style), into);
    Ok(linked)
}

/// <https://ogp.me>
fn open_graph(
    page: &Page,
    names: &Names,
    description: &str,
    canonical: Option<&str>,
    into: &mut String,
) {
    let mut property = |name: &str, content: &str| {
        if !content.is_empty() {
            tag("meta", &[("property", name), ("content", content)], into);
        }
    };
    let release = match page.content {
        Content::Release(release) => Some(release),
        Content::List(_) => None,
    };
    property("og:type", if release.is_some() { "article" } else { "website" });
    property("og:title", release.map_or(&page.title, |release| release.entry.name()));
    property("og:description", description);
    property("og:url", canonical.unwrap_or_default());
    property("og:site_name", names.publisher.unwrap_or_default());
    property("og:locale", locale(page.lang));
    let Some(release) = release else { return };
    for translation in &release.entry.translations {
        property("og:locale:alternate", locale(&translation.lang));
    }
    for picture in pictures(release) {
        property("og:image", picture);
    }
    let entry = &release.entry;
    if let Some(date) = entry.date {
        property("article:published_time", &moment(date, entry.time));
    }
    if let Some((date, time)) = entry.modified {
        property("article:modified_time", &moment(date, Some(time)));
    }
    property("article:section", page.section_name());
}

/// Language and country; Open Graph has none of a language alone.
fn locale(lang: &Lang) -> &'static str {
    match lang.as_str() {
        "ko" => "ko_KR",
        "en" => "en_US",
        "fr" => "fr_FR",
        "de" => "de_DE",
        "es" => "es_ES",
        "ja" => "ja_JP",
        "zh" => "zh_CN",
        _ => "",
    }
}

/// The page in each language, itself among them, and the one for readers of any other: the language that the archive
/// names first. The same on all of them, as search engines want it. Nothing where there is one language only.
fn alternates<'a>(archive: &'a Archive, page: &Page<'a>) -> Vec<(&'a str, String)> {
    let boards = archive.boards.iter();
    let mut versions: Vec<(&str, String)> = match page.content {
        Content::Release(release) => {
            let own = Some((page.lang, &release.entry.id)).into_iter();
            let others = release.entry.translations.iter().map(|other| (&other.lang, &other.id));
            own.chain(others).map(|(lang, id)| (lang.as_str(), paths::release(id))).collect()
        }
        // A later page holds other releases in each language.
        Content::List(list) if list.page > 1 => Vec::new(),
        Content::List(list) => boards
            .clone()
            .filter(|board| {
                board.sections.iter().any(|counted| counted.section.id == list.section.id)
            })
            .map(|board| (board.lang.as_str(), paths::list(&board.lang, &list.section, 1)))
            .collect(),
    };
    if versions.len() < 2 {
        return Vec::new();
    }
    let place = |lang: &str| boards.clone().position(|board| board.lang.as_str() == lang);
    versions.sort_by_key(|(lang, _)| place(lang).unwrap_or(usize::MAX));
    let default = versions.first().map(|(_, path)| ("x-default", path.clone()));
    versions.extend(default);
    versions
}

/// As much of a text as a description holds, cut between words.
pub(super) fn shortened(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(DESCRIPTION) else { return text.to_owned() };
    let head = text.get(..end).unwrap_or_default();
    let end = head.rfind(char::is_whitespace).unwrap_or(end);
    let head = head.get(..end).unwrap_or_default();
    format!(
        "{}…",
        head.trim_end_matches(|sign: char| sign.is_whitespace() || ",.;:·".contains(sign))
    )
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn descriptions_are_cut_between_words() {
        assert_eq!(shortened("짧은 글"), "짧은 글");
        let long = shortened(&"abcdefghi, ".repeat(20));
        assert_eq!(long, format!("{}abcdefghi…", "abcdefghi, ".repeat(13)));
        let unbroken = shortened(&"가".repeat(200));
        assert_eq!(unbroken.chars().count(), 161);
    }
}
