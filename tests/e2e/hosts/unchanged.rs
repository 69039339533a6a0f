//! A viewer leaves the page of its host as it is, and leaves nothing behind.

use super::viewer::{HEADING, ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong, of};
use crate::page::Page;
use serde_json::{Value, json};

const SNAPSHOT: &str = include_str!("snapshot.js");

/// A page without a viewer, and what it is before there is one.
fn open(page: &Page) {
    page.load(&of("bare.html"), "");
    page.js(&format!(
        "{SNAPSHOT}
         kept.html = document.documentElement.outerHTML;
         kept.sheets = document.adoptedStyleSheets.length;
         kept.before = snapshot();"
    ));
}

/// Puts a viewer in, with its loader.
fn put(page: &Page, attributes: &str) {
    page.js_later(
        "const [attributes, done] = arguments;
         const viewer = document.createElement('release-viewer');
         viewer.setAttribute('src', '/archive/');
         if (attributes) viewer.setAttribute(attributes, '');
         document.querySelector('#place').append(viewer);
         import('/release-viewer.js').then(done, done)",
        json!([attributes]),
    );
}

/// What is different from the page before, but for one global.
fn differences(page: &Page) -> Vec<String> {
    let found = page.js(&format!("{SNAPSHOT}\nreturn differences(kept.before)"));
    let found = found.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    let (globals, mut others): (Vec<_>, Vec<_>) =
        found.partition(|line| line.starts_with("window.") && line.contains(": nothing, then "));
    if globals.len() > 1 {
        others.extend(globals);
    }
    others
}

fn assert_unchanged(page: &Page, when: &str) {
    let found = differences(page);
    let shown = found.get(..30).unwrap_or(&found).join("\n");
    assert!(found.is_empty(), "{} differences {when}, among them:\n{shown}", found.len());
}

#[test]
fn the_page_of_the_host_is_unchanged_with_a_viewer_and_after_it() {
    in_hosts(|page| {
        for attributes in ["", "isolate"] {
            open(page);
            put(page, attributes);
            let viewer = Viewer::only(page);
            viewer.until_shown(ITEM);
            assert_unchanged(page, &format!("while it shows a list ({attributes})"));
            page.js(
                "document.querySelector('release-viewer').show('0825-island-climate-finance-ko')",
            );
            viewer.until_text(HEADING, "제2차 도서국 기후재원 고위급 협의, 서울에서 개최");
            page.js("document.activeElement.blur()");
            page.frames();
            assert_unchanged(page, &format!("while it shows a release ({attributes})"));
            page.js("document.querySelector('release-viewer').remove()");
            page.frames();
            assert_unchanged(page, &format!("after it ({attributes})"));
            let after = format!(
                "{SNAPSHOT}
                 return {{ html: document.documentElement.outerHTML === kept.html,
                   sheets: document.adoptedStyleSheets.length - kept.sheets }}"
            );
            assert_eq!(page.js(&after), json!({ "html": true, "sheets": 0 }));
            nothing_went_wrong(page);
        }
    });
}

#[test]
fn no_id_or_name_comes_from_a_release() {
    in_hosts(|page| {
        for lang in ["ko", "en"] {
            let list = page.server.url(&format!("archive/lists/{lang}/press-releases/0.json"));
            page.load(&of("two.html"), "");
            let viewer = Viewer::new(page, ".first");
            viewer.until_shown(ITEM);
            let items = page.js_later(
                "fetch(arguments[0]).then((answer) => answer.json())
                   .then(({ items }) => items.map(({ id, title }) => [id, title])).then(arguments[1])",
                json!([list]),
            );
            let items = items.as_array().cloned().unwrap_or_default();
            assert!(items.len() > 5, "{items:?}");
            for item in items {
                page.js_with("location.hash = '#rv/' + arguments[0]", json!([item[0]]));
                viewer.until(
                    "the release is shown",
                    &format!("const at = inside(viewer, {HEADING:?}); return isShown(at) && !inside(viewer, '.rv-item') && location.hash.endsWith({})", item[0]),
                );
                viewer.until_text(HEADING, item[1].as_str().unwrap_or_default());
                let foreign = viewer.js(
                    "const foreign = [...viewer.querySelectorAll('[id], [name]')].filter((at) =>
                       (at.id && !at.id.startsWith('rv-')) || at.hasAttribute('name'));
                     return foreign.map((at) => at.outerHTML.slice(0, 100))",
                );
                assert_eq!(foreign, json!([]), "in {item}");
            }
        }
        nothing_went_wrong(page);
    });
}
