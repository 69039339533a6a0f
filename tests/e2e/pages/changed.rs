//! Pages that something has changed on the way: filters of a CMS, minifiers, translation, browser extensions. Nothing
//! breaks: the text is there, links lead on, search and tools work.

use super::{LIST, RELEASE, watch};
use crate::given::{copy, in_chromium};
use crate::page::{Key, Page};
use serde_json::{Value, json};
use std::fs;

/// What happens to a page.
enum Change {
    /// Its HTML is another one when it is served.
    Html(fn(&str) -> String),
    /// Something works in the page as soon as it is parsed, before the viewer takes over.
    Early(&'static str),
    /// Something works in it once the viewer has taken over.
    Late(&'static str),
}

use Change::{Early, Html, Late};

/// Takes out what stands between two marks, as often as it occurs, marks and all.
fn without(html: &str, start: &str, end: &str) -> String {
    let mut rest = html;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(start) {
        kept.push_str(before);
        rest = after.split_once(end).map_or("", |(_, rest)| rest);
    }
    kept + rest
}

/// Takes an attribute out of all elements.
fn without_attribute(html: &str, name: &str) -> String {
    without(html, &format!(" {name}=\""), "\"")
}

/// Wraps every text below the viewer in an element, as a translation does.
const TRANSLATED: &str = "const walker = document.createTreeWalker(document.querySelector('.rv-root'), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const outer = document.createElement('font'), inner = document.createElement('font');
      text.replaceWith(outer);
      outer.append(inner);
      inner.textContent = text.data.toUpperCase();
    }";

/// Fifty and more kinds, by name.
const CHANGES: [(&str, Change); 56] = [
    // Minifiers and serialisers.
    ("white space between elements is gone", Html(|html| html.replace(">\n<", "><"))),
    ("lines are joined", Html(|html| html.replace('\n', " "))),
    ("white space is added between elements", Html(|html| html.replace("><", ">\n  <"))),
    ("comments are added everywhere", Html(|html| html.replace("<p", "<!-- cms --><p"))),
    (
        "a comment stands at the start of the view",
        Html(|html| html.replace("<div class=\"rv\"", "<!-- --><div class=\"rv\"")),
    ),
    ("closing tags of list items are gone", Html(|html| html.replace("</li>", ""))),
    ("closing tags of paragraphs are gone", Html(|html| html.replace("</p></div>", "</div>"))),
    (
        "attributes without quotes",
        Html(|html| {
            html.replace("tabindex=\"-1\"", "tabindex=-1").replace("type=\"button\"", "type=button")
        }),
    ),
    (
        "elements in capitals",
        Html(|html| html.replace("<article", "<ARTICLE").replace("</article>", "</ARTICLE>")),
    ),
    (
        "signs are written as references",
        Html(|html| html.replace('·', "&middot;").replace('“', "&ldquo;")),
    ),
    ("line ends of Windows", Html(|html| html.replace('\n', "\r\n"))),
    ("a byte order mark at the start", Html(|html| format!("\u{feff}{html}"))),
    ("entities are escaped twice", Html(|html| html.replace("&amp;", "&amp;amp;"))),
    // Filters of a CMS.
    (
        "the data block is gone",
        Html(|html| without(html, "<script type=\"application/json\"", "</script>")),
    ),
    ("the data block is cut off", Html(|html| html.replace("\"items\":[{", "\"items\":[{\"x\":"))),
    (
        "the data block is empty",
        Html(|html| html.replace("{\"version\":2", "").replace("rv-data\">", "rv-data\"> ")),
    ),
    ("data attributes are gone", Html(|html| without_attribute(html, "data-rv"))),
    ("the mark of the page is gone", Html(|html| html.replace(" data-rv-page", ""))),
    ("ids are gone", Html(|html| without_attribute(html, "id"))),
    ("ids have another prefix", Html(|html| html.replace("id=\"rv-", "id=\"user-content-rv-"))),
    ("classes are gone", Html(|html| without_attribute(html, "class"))),
    (
        "ARIA is gone",
        Html(|html| without_attribute(&without_attribute(html, "aria-label"), "aria-labelledby")),
    ),
    ("lang is gone", Html(|html| without_attribute(html, "lang"))),
    ("buttons are gone", Html(|html| without(html, "<button", "</button>"))),
    ("buttons are links", Html(|html| html.replace("<button", "<a").replace("</button>", "</a>"))),
    ("svg is gone", Html(|html| without(html, "<svg", "</svg>"))),
    ("nav is div", Html(|html| html.replace("<nav", "<div").replace("</nav>", "</div>"))),
    (
        "article is div",
        Html(|html| html.replace("<article", "<div").replace("</article>", "</div>")),
    ),
    ("time is span", Html(|html| html.replace("<time", "<span").replace("</time>", "</span>"))),
    ("search is gone", Html(|html| without(html, "<search", "</search>"))),
    (
        "headings are one level lower",
        Html(|html| html.replace("<h2", "<h3").replace("</h2>", "</h3>")),
    ),
    (
        "links have a target and rel",
        Html(|html| html.replace("<a ", "<a target=\"_self\" rel=\"noopener\" ")),
    ),
    ("hidden is gone", Html(|html| html.replace(" hidden=\"\"", ""))),
    ("tabindex is gone", Html(|html| html.replace(" tabindex=\"-1\"", ""))),
    (
        "the view is wrapped once more",
        Html(|html| {
            html.replace("<div class=\"rv\"", "<div class=\"cms\"><div class=\"rv\"")
                .replace("</div>\n</release-viewer>", "</div></div></release-viewer>")
        }),
    ),
    (
        "a banner of the CMS stands in the view",
        Html(|html| html.replace("<article", "<p class=\"banner\">점검 안내</p><article")),
    ),
    (
        "paragraphs are doubled",
        Html(|html| html.replace("<p class=\"rv-end\"", "<p>.</p><p class=\"rv-end\"")),
    ),
    ("the routing is gone", Html(|html| html.replace(" routing=\"path\"", ""))),
    (
        "unknown attributes everywhere",
        Html(|html| html.replace("<div ", "<div data-v-1a2b3c ng-version=\"9\" ")),
    ),
    ("style attributes everywhere", Html(|html| html.replace("<p ", "<p style=\"color: red\" "))),
    (
        "empty elements are gone",
        Html(|html| {
            html.replace("<p class=\"rv-status rv-hidden\" role=\"status\"></p>", "")
                .replace("<div class=\"rv-alert\" role=\"alert\"></div>", "")
        }),
    ),
    ("the start of the document is doubled", Html(|html| html.replace("<body>", "<body><p>"))),
    ("the page is in quirks mode", Html(|html| html.replacen("<!doctype html>", "", 1))),
    // Translation and extensions.
    ("translated before us", Early(TRANSLATED)),
    ("translated after us", Late(TRANSLATED)),
    (
        "the language of the page is another",
        Early(
            "document.documentElement.lang = 'fr'; document.documentElement.classList.add('translated-ltr')",
        ),
    ),
    (
        "numbers are made links",
        Early(
            "for (const node of document.querySelectorAll('.rv-text p')) { const a = document.createElement('a'); a.href = 'tel:1'; a.textContent = '02-2100'; node.append(a) }",
        ),
    ),
    (
        "words are marked before us",
        Early(
            "for (const node of document.querySelectorAll('.rv-group__text p')) node.prepend(document.createElement('mark'))",
        ),
    ),
    (
        "words are marked after us",
        Late(
            "for (const node of document.querySelectorAll('.rv-group__text p')) node.prepend(document.createElement('mark'))",
        ),
    ),
    (
        "an extension puts a bar first",
        Early(
            "document.querySelector('release-viewer').prepend(Object.assign(document.createElement('div'), { textContent: 'Reader' }))",
        ),
    ),
    (
        "an extension puts a bar into our root",
        Late(
            "document.querySelector('.rv-root').prepend(Object.assign(document.createElement('div'), { textContent: 'Reader' }))",
        ),
    ),
    (
        "attributes of a grammar checker",
        Late(
            "for (const node of document.querySelectorAll('.rv *')) node.setAttribute('data-gr-id', '1')",
        ),
    ),
    (
        "texts are split",
        Late(
            "const walker = document.createTreeWalker(document.querySelector('.rv'), NodeFilter.SHOW_TEXT); const all = []; while (walker.nextNode()) all.push(walker.currentNode); for (const text of all) if (text.length > 3) text.splitText(2)",
        ),
    ),
    (
        "nodes are taken out",
        Late(
            "for (const node of document.querySelectorAll('.rv-item__side, .rv-facts dt, .rv-part__details')) node.remove()",
        ),
    ),
    (
        "the list is sorted anew",
        Late(
            "for (const list of document.querySelectorAll('.rv ul')) list.append(...[...list.children].reverse())",
        ),
    ),
    (
        "the whole is written anew",
        Late(
            "const root = document.querySelector('.rv-root'); root.replaceWith(root.cloneNode(true))",
        ),
    ),
];

/// What must hold for a page, whatever has happened to it. Gives what does not.
fn use_page(page: &Page, file: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let shown = "const said = document.body.innerText;
        return said.includes('타마')";
    if !page.comes_true(shown, std::time::Duration::from_secs(5)) {
        wrong.push("the text is not to be seen".to_owned());
    }
    // Search: by the button if there is one, by the skip menu's else.
    let open = "const button = document.querySelector('.rv-search-button, [data-rv=toggle-search]'); button?.focus(); return Boolean(button)";
    if page.js(open) == json!(true) {
        page.press(Key::Enter);
        if page.comes_true("return visible('#rv-field')", std::time::Duration::from_secs(5)) {
            page.js("document.querySelector('#rv-field').focus()");
            page.type_text("타마린");
            page.press(Key::Enter);
            if !page.comes_true(
                "return visible('.rv-list mark') || visible('mark')",
                std::time::Duration::from_secs(5),
            ) {
                wrong.push("the search finds nothing".to_owned());
            }
        } else {
            wrong.push("the search window does not open".to_owned());
        }
    } else {
        wrong.push("there is no search button".to_owned());
    }
    // Ordinary links: from the results, or from the page, to a release.
    let follow = "const link = [...document.querySelectorAll('release-viewer a[href]')].find(({ href }) => /releases\\/|#rv\\//.test(href)); link?.click(); return link?.href ?? null";
    let link = page.js(follow);
    if link.is_null() {
        wrong.push("there is no link to a release".to_owned());
    } else if !page.comes_true(
        "return /releases\\/|#rv\\//.test(location.href) && document.querySelectorAll('release-viewer p').length > 3",
        std::time::Duration::from_secs(5),
    ) {
        wrong.push(format!("{link} leads nowhere from {file}"));
    }
    wrong
}

#[test]
fn no_change_on_the_way_breaks_a_page() {
    in_chromium(|page| {
        watch(page);
        let folder = tempfile::tempdir().unwrap();
        copy(&page.server.dist().join("archive"), &folder.path().join("archive"));
        page.server.also("changed", folder.path());
        let mut found = Vec::new();
        for (name, change) in &CHANGES {
            for file in [RELEASE, LIST] {
                let html = fs::read_to_string(page.server.dist().join(file)).unwrap();
                let early = match change {
                    Html(change) => {
                        let changed = change(&html);
                        fs::write(folder.path().join(file), changed).unwrap();
                        None
                    }
                    Early(script) => {
                        fs::write(folder.path().join(file), &html).unwrap();
                        let script =
                            format!("addEventListener('DOMContentLoaded', () => {{ {script} }})");
                        let added = page.cdp(
                            "Page.addScriptToEvaluateOnNewDocument",
                            json!({ "source": script }),
                        );
                        Some(added["identifier"].clone())
                    }
                    Late(_) => {
                        fs::write(folder.path().join(file), &html).unwrap();
                        None
                    }
                };
                page.load(&format!("changed/{file}"), "");
                // A view of ours, or none where the element itself is gone.
                let ready = "return window.seen?.ready > 0";
                let ready = page.comes_true(ready, std::time::Duration::from_secs(4));
                if let Late(script) = change {
                    page.js(&format!("{{ {script} }}"));
                }
                page.frames();
                let mut wrong = use_page(page, file);
                if !ready {
                    wrong.push("the viewer has not taken over".to_owned());
                }
                let reports = page.js("return window.seen?.reports ?? []");
                let reports = reports.as_array().into_iter().flatten().filter_map(Value::as_str);
                // A style attribute is the change itself, and the policy reports it.
                wrong.extend(
                    reports.filter(|line| !line.starts_with("style-src")).map(str::to_owned),
                );
                let panicked =
                    |line: &String| line.contains("panic") || line.contains("unreachable");
                wrong.extend(page.console().into_iter().filter(panicked));
                found.extend(wrong.into_iter().map(|wrong| format!("{name}, {file}: {wrong}")));
                if let Some(identifier) = early {
                    page.cdp(
                        "Page.removeScriptToEvaluateOnNewDocument",
                        json!({ "identifier": identifier }),
                    );
                }
            }
        }
        assert!(found.is_empty(), "{} found:\n{}", found.len(), found.join("\n"));
    });
}
