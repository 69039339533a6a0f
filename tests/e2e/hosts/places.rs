//! Where in a page a viewer can stand: in a form, in a shadow root, in a dialog, in what is as wide as its content.

use super::life::{load, open_bare};
use super::viewer::{HEADING, ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong, of};
use crate::page::Key;
use serde_json::json;

#[test]
fn a_viewer_has_a_width_where_the_place_has_none() {
    in_hosts(|page| {
        page.load(&of("narrow.html"), "");
        let viewer = Viewer::only(page);
        viewer.until("there is a list", "return inside(viewer, '.rv-item a')");
        let mut found = Vec::new();
        for isolate in [false, true] {
            viewer.js(&format!("viewer.isolate = {isolate}"));
            viewer.until_isolated(isolate);
            for class in ["flex", "grid", "float", "inline", "absolute", "table"] {
                let width = viewer.js_with(
                    "document.querySelector('#place').className = arguments[0]; return rootOf(viewer).getBoundingClientRect().width",
                    json!([class]),
                );
                if width.as_f64() < Some(300.0) {
                    found.push(format!("{class}, isolated {isolate}: {width} px"));
                }
            }
        }
        assert!(found.is_empty(), "{found:?}");
    });
}

#[test]
fn a_viewer_leaves_the_form_around_it_alone() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        page.js(
            "const form = document.querySelector('form');
             watched.kept.sent = 0;
             form.addEventListener('submit', (event) => { watched.kept.sent += 1; event.preventDefault(); });
             form.addEventListener('reset', () => { watched.kept.sent += 1; });
             watched.kept.data = [...new FormData(form)].length;
             const viewer = document.createElement('release-viewer');
             viewer.src = '/archive/';
             form.append(viewer);",
        );
        let viewer = Viewer::only(page);
        viewer.until_shown(ITEM);
        viewer.tab_to("[id$='-search-button']");
        page.press(Key::Enter);
        viewer.until_shown("[id$='-field']");
        page.type_text("여권");
        page.press(Key::Enter);
        viewer.until("the query has been looked for", "return inside(viewer, 'mark')");
        let form = page.js("return [watched.kept.sent, [...new FormData(document.querySelector('form'))].length - watched.kept.data]");
        assert_eq!(
            form,
            json!([0, 0]),
            "times that the form of the host heard of it, fields that are new in it"
        );
        nothing_went_wrong(page);
    });
}

#[test]
fn a_viewer_stands_in_a_shadow_root_of_the_host() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        for isolate in [false, true] {
            page.js_with(
                "const part = document.createElement('div');
                 part.id = 'part';
                 part.lang = 'en';
                 const viewer = document.createElement('release-viewer');
                 viewer.src = '/archive/';
                 viewer.isolate = arguments[0];
                 part.attachShadow({ mode: 'open' }).append(viewer);
                 document.querySelector('#place').replaceChildren(part);",
                json!([isolate]),
            );
            let viewer = Viewer::new(page, "#part >>> release-viewer");
            viewer.until_shown(ITEM);
            assert_eq!(viewer.text(HEADING), "Press Releases", "the language around it");
            let dressed = viewer.js("return [document, viewer.getRootNode(), viewer.shadowRoot].map((at) => at?.adoptedStyleSheets.length ?? 0)");
            assert_eq!(dressed, if isolate { json!([0, 0, 1]) } else { json!([0, 1, 0]) });
            viewer.open_first();
            page.back();
            viewer.until_shown(ITEM);
        }
        nothing_went_wrong(page);
    });
}

#[test]
fn a_viewer_stands_in_a_dialog() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        page.js("const dialog = document.querySelector('dialog');
             const viewer = document.createElement('release-viewer');
             viewer.src = '/archive/';
             viewer.routing = 'none';
             dialog.append(viewer);
             dialog.showModal();");
        let viewer = Viewer::only(page);
        viewer.until_shown(ITEM);
        viewer.open_first();
        page.press(Key::Escape);
        page.until("the dialog is closed", "return !document.querySelector('dialog').open");
        nothing_went_wrong(page);
    });
}
