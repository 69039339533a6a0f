//! The page around a viewer: HTML with one marked place → pieces that are joined for each page.
//!
//! A template is read once, so that a page costs no more than copying.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;
use std::{fs, str};

use anyhow::{Context, Result, ensure};
use lol_html::html_content::{ContentType, Element};
use lol_html::{RewriteStrSettings, doc_comments, element, end_tag, rewrite_str};

use super::policy;

/// Our own page.
const BUILT_IN: &str = include_str!("../../../static/page.html");

/// Stands around the name of what is to be filled in; no HTML has it (a parse error, HTML 13.2.3.5).
const SIGN: char = '\u{1}';

/// Stands at the start of the head. What says the encoding must be among the first 1024 bytes (HTML, 4.2.5.4).
const CHARSET: &str = "\u{1}charset\u{1}";

/// What a page is made of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Parts<'a> {
    /// Language of the page.
    pub(super) lang: &'a str,
    /// The way from the page to the root of the archive.
    pub(super) root: &'a str,
    /// Who publishes, or what is published.
    pub(super) name: &'a str,
    /// The way to the list of the page's language.
    pub(super) home: &'a str,
    /// The way to the folder with the feeds of the page's section.
    pub(super) feeds: &'a str,
    /// The data blocks of the page, as a policy in its head names them.
    pub(super) hashes: &'a str,
    /// What belongs into the head.
    pub(super) head: &'a str,
    /// The viewer.
    pub(super) viewer: &'a str,
    /// What belongs to the end of the body.
    pub(super) end: &'a str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Lang,
    Root,
    Name,
    Home,
    Feeds,
    Hashes,
    Head,
    Viewer,
    End,
}

impl Slot {
    const NAMES: [(Self, &'static str); 9] = [
        (Self::Lang, "lang"),
        (Self::Root, "root"),
        (Self::Name, "name"),
        (Self::Home, "home"),
        (Self::Feeds, "feeds"),
        (Self::Hashes, "hashes"),
        (Self::Head, "head"),
        (Self::Viewer, "viewer"),
        (Self::End, "end"),
    ];
    /// Those that an author can write as `{{name}}`.
    const VARIABLES: usize = 6;

    fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(slot, _)| *slot)
    }

    fn sign(self) -> String {
        let name = Self::NAMES.iter().find(|(slot, _)| *slot == self).map_or("", |(_, name)| name);
        format!("{SIGN}{name}{SIGN}")
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Text(String),
    Slot(Slot),
}

/// A page with places to fill.
#[derive(Clone, Debug)]
pub(super) struct Template {
    pieces: Vec<Piece>,
    /// Attributes of the element that marks the place, as written, but without those that are ours.
    attributes: Vec<(String, String)>,
    /// The same in one text.
    joined: String,
}

impl Template {
    /// Our own page.
    pub(super) fn built_in(offline: bool) -> Result<Self> {
        Self::parse(BUILT_IN, offline).context("static/page.html")
    }

    /// Reads a ministry's page; for `offline` its policy admits the service worker.
    pub(super) fn read(path: &Path, offline: bool) -> Result<Self> {
        let named = || path.display().to_string();
        let bytes = fs::read(path).with_context(|| format!("{}: cannot be read", named()))?;
        let text = str::from_utf8(&bytes)
            .ok()
            .with_context(|| format!("{}: this is not UTF-8; expected a page in UTF-8", named()))?;
        Self::parse(text.trim_start_matches('\u{feff}'), offline).with_context(named)
    }

    fn parse(html: &str, offline: bool) -> Result<Self> {
        ensure!(!html.contains(SIGN), "has the control character U+0001; expected HTML without it");
        let mut html = html.to_owned();
        for (slot, name) in Slot::NAMES.iter().take(Slot::VARIABLES) {
            html = html.replace(&format!("{{{{{name}}}}}"), &slot.sign());
        }
        let found = Rc::new(RefCell::new(Found::default()));
        let mut html = rewrite(&html, &found, offline)?;
        let found = found.take();
        ensure!(
            found.places == 1,
            "has {} places for the viewer; expected one: <!-- release-viewer --> or \
             <release-viewer></release-viewer>",
            found.places
        );
        ensure!(found.head_ends, "has no </head>; expected a whole page with <head> and </head>");
        ensure!(found.html, "has no <html>; expected a whole page with <html>");
        html = html.replacen(
            CHARSET,
            if found.charset { "" } else { "\n<meta charset=\"utf-8\">" },
            1,
        );
        if !found.body_ends {
            let viewer = Slot::Viewer.sign();
            html = html.replacen(&viewer, &format!("{viewer}{}", Slot::End.sign()), 1);
        }
        let pieces = html.split(SIGN).enumerate().filter(|(_, part)| !part.is_empty()).filter_map(
            |(index, part)| match index % 2 {
                0 => Some(Piece::Text(part.to_owned())),
                _ => Slot::parse(part).map(Piece::Slot),
            },
        );
        let attributes = found.attributes;
        let joined = attributes.iter().map(|(name, value)| match value.as_str() {
            "" => format!(" {name}"),
            value => format!(" {name}=\"{value}\""),
        });
        Ok(Self { pieces: pieces.collect(), joined: joined.collect(), attributes })
    }

    /// The attributes of the marked element, each with a space before it.
    pub(super) fn attributes(&self) -> &str {
        &self.joined
    }

    /// The value of an attribute of the marked element.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// Whether it has a policy that wants to name the data blocks.
    pub(super) fn has_hashes(&self) -> bool {
        self.pieces.contains(&Piece::Slot(Slot::Hashes))
    }

    /// Puts a page together.
    pub(super) fn fill(&self, parts: &Parts) -> String {
        let part = |slot: &Slot| match slot {
            Slot::Lang => parts.lang,
            Slot::Root => parts.root,
            Slot::Name => parts.name,
            Slot::Home => parts.home,
            Slot::Feeds => parts.feeds,
            Slot::Hashes => parts.hashes,
            Slot::Head => parts.head,
            Slot::Viewer => parts.viewer,
            Slot::End => parts.end,
        };
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text,
            Piece::Slot(slot) => part(slot),
        });
        let mut page = String::with_capacity(texts.clone().map(str::len).sum());
        page.extend(texts);
        page
    }
}

/// What was seen in a template.
#[derive(Debug, Default)]
struct Found {
    places: usize,
    attributes: Vec<(String, String)>,
    html: bool,
    charset: bool,
    head_ends: bool,
    body_ends: bool,
}

/// Marks the places that are filled, and takes out what every page says for itself.
fn rewrite(html: &str, seen: &Rc<RefCell<Found>>, offline: bool) -> Result<String> {
    // A handler of an end tag may outlive what it was made in.
    let (of_head, of_body) = (Rc::clone(seen), Rc::clone(seen));
    let settings = RewriteStrSettings::new()
        .append_document_content_handler(doc_comments!(|comment| {
            if comment.text().trim() == "release-viewer" {
                let mut found = seen.borrow_mut();
                found.places += 1;
                // A comment says nothing of the page: all of it is about what we show.
                found.attributes = [("heading-level", "1"), ("document-title", "")]
                    .map(|(name, value)| (name.to_owned(), value.to_owned()))
                    .to_vec();
                comment.replace(&Slot::Viewer.sign(), ContentType::Html);
            }
            Ok(())
        }))
        .append_element_content_handler(element!("release-viewer", |element| {
            let mut found = seen.borrow_mut();
            found.places += 1;
            found.attributes = kept(element);
            element.replace(&Slot::Viewer.sign(), ContentType::Html);
            Ok(())
        }))
        .append_element_content_handler(element!("html", |element| {
            seen.borrow_mut().html = true;
            element.set_attribute("lang", &Slot::Lang.sign())?;
            if element.has_attribute("xml:lang") {
                element.set_attribute("xml:lang", &Slot::Lang.sign())?;
            }
            Ok(())
        }))
        .append_element_content_handler(element!("head", move |element| {
            let seen = Rc::clone(&of_head);
            element.prepend(CHARSET, ContentType::Html);
            element.on_end_tag(end_tag!(move |end| {
                seen.borrow_mut().head_ends = true;
                end.before(&Slot::Head.sign(), ContentType::Html);
                Ok(())
            }))
        }))
        .append_element_content_handler(element!("body", move |element| {
            let seen = Rc::clone(&of_body);
            element.on_end_tag(end_tag!(move |end| {
                seen.borrow_mut().body_ends = true;
                end.before(&Slot::End.sign(), ContentType::Html);
                Ok(())
            }))
        }))
        .append_element_content_handler(element!("meta[content]", move |element| {
            let equivalent = element.get_attribute("http-equiv").unwrap_or_default();
            if offline && equivalent.eq_ignore_ascii_case("content-security-policy") {
                let policy = element.get_attribute("content").unwrap_or_default();
                element.set_attribute("content", &policy::with_worker(&policy))?;
            }
            Ok(())
        }))
        .append_element_content_handler(element!(
            "head > title, head > meta, head > link, script[src]",
            |element| {
                if is_ours(element) {
                    element.remove();
                }
                seen.borrow_mut().charset |= has_charset(element);
                Ok(())
            }
        ));
    rewrite_str(html, settings).context("cannot be read as HTML")
}

fn has_charset(element: &Element) -> bool {
    let equivalent = element.get_attribute("http-equiv");
    element.has_attribute("charset")
        || equivalent.is_some_and(|name| name.eq_ignore_ascii_case("content-type"))
}

/// Whether an element of a template says what each page says for itself.
fn is_ours(element: &Element) -> bool {
    let is = |name: &str, values: &[&str]| {
        let value = element.get_attribute(name).unwrap_or_default().to_ascii_lowercase();
        value.split_ascii_whitespace().any(|word| values.contains(&word))
    };
    match element.tag_name().as_str() {
        "title" => true,
        "meta" => {
            is("name", &["description", "twitter:title", "twitter:description", "twitter:url"])
                || element
                    .get_attribute("property")
                    .is_some_and(|name| name.starts_with("og:") || name.starts_with("article:"))
        }
        "link" => {
            is("rel", &["canonical", "prev", "next", "license"])
                || is("rel", &["alternate"]) && element.has_attribute("hreflang")
        }
        _ => element.get_attribute("src").is_some_and(|src| {
            let path = src.split(['?', '#']).next().unwrap_or_default();
            path.rsplit('/').next() == Some("release-viewer.js")
        }),
    }
}

/// What an author has given the viewer.
fn kept(element: &Element) -> Vec<(String, String)> {
    const OURS: [&str; 6] = ["src", "routing", "lang", "page-size", "release", "isolate"];
    let attributes = element.attributes().iter();
    attributes
        .map(|attribute| (attribute.name(), attribute.value()))
        .filter(|(name, _)| !OURS.contains(&name.as_str()))
        .map(|(name, value)| (name, value.replace('"', "&quot;")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Parts, Template};

    const PAGE: &str = "<!DOCTYPE html>\n<html lang=\"xx\">\n<head>\n<meta charset=\"utf-8\">\n\
        <title>Old</title>\n<meta name=\"Description\" content=\"old\">\n\
        <link rel=\"canonical\" href=\"/old\">\n<meta property=\"og:title\" content=\"old\">\n\
        <link rel=\"stylesheet\" href=\"{{root}}ministry.css\">\n\
        <script src=\"/x/release-viewer.js?1\" type=\"module\"></script>\n</head>\n\
        <body>\n<svg><title>Kept</title></svg>\nPLACE\n</body>\n</html>\n";

    fn filled(place: &str) -> String {
        let template = Template::parse(&PAGE.replace("PLACE", place), false).unwrap();
        let viewer = format!("<v{}>", template.attributes());
        let parts =
            Parts { lang: "en", root: "../", head: "[head]", viewer: &viewer, ..Parts::default() };
        template.fill(&Parts { end: "[end]", ..parts })
    }

    #[test]
    fn what_a_page_says_of_itself_takes_the_place_of_the_old() {
        let page = filled("<!-- release-viewer -->");
        assert!(
            page.starts_with(
                "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"
            )
        );
        assert!(
            !page.to_lowercase().contains("old") && !page.contains("release-viewer.js"),
            "{page}"
        );
        assert!(page.contains("href=\"../ministry.css\">\n\n[head]</head>"), "{page}");
        assert!(page.contains("<title>Kept</title>"));
        assert!(page.contains("\n<v heading-level=\"1\" document-title>\n[end]</body>"), "{page}");
    }

    #[test]
    fn attributes_of_a_marked_element_are_kept_but_for_ours() {
        let page = filled(
            "<release-viewer id=\"press\" src=\"/x/\" lang=ko routing=hash class='a \"b\"' hidden><p>Wait</p></release-viewer>",
        );
        assert!(page.contains("\n<v id=\"press\" class=\"a &quot;b&quot;\" hidden>\n"), "{page}");
        assert!(!page.contains("Wait"));
    }

    #[test]
    fn a_page_without_encoding_gets_one_and_without_end_of_body_a_script_behind_the_viewer() {
        let page = PAGE.replace("<meta charset=\"utf-8\">", "").replace("</body>\n</html>\n", "");
        let template =
            Template::parse(&page.replace("PLACE", "<!--release-viewer-->"), false).unwrap();
        let page = template.fill(&Parts { viewer: "[viewer]", end: "[end]", ..Parts::default() });
        assert!(page.contains("<head>\n<meta charset=\"utf-8\">"), "{page}");
        assert!(page.contains("[viewer][end]"), "{page}");
    }

    #[test]
    fn what_is_wrong_with_a_template_is_said() {
        let check = |page: &str, said: &str| {
            let error = format!("{:#}", Template::parse(page, false).unwrap_err());
            assert!(error.contains(said), "{error}");
        };
        check(PAGE, "has 0 places for the viewer; expected one: <!-- release-viewer -->");
        check(
            &PAGE.replace("PLACE", "<!-- release-viewer --><release-viewer></release-viewer>"),
            "has 2 places",
        );
        check("<!-- release-viewer -->", "has no </head>");
        check("<head></head><!-- release-viewer -->", "has no <html>");
        check(&PAGE.replace("PLACE", "\u{1}"), "U+0001");
        // What is no comment and no element marks nothing.
        check(
            &PAGE.replace("PLACE", "<script>\"<!-- release-viewer -->\"</script>"),
            "has 0 places",
        );
    }

    #[test]
    fn a_file_that_is_no_page_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("page.html");
        let said = || format!("{:#}", Template::read(&path, false).unwrap_err());
        assert!(said().contains("page.html: cannot be read"));
        std::fs::write(&path, b"<html>\xb0\xa1").unwrap();
        assert!(said().contains("page.html: this is not UTF-8"));
        std::fs::write(&path, "<html><head></head></html>").unwrap();
        assert!(said().contains("page.html: has 0 places"));
    }
}
