//! A viewer whose inside is changed by others: wiped, translated, or in a way that makes the application panic.

use crate::faults::VIEWER;
use crate::faulty::File;
use crate::given::in_chromium;
use crate::host_faults::{ITEM, TITLE, WHOLE, no_errors, open};
use crate::page::Key;
use serde_json::json;

const SAID: &str = "return seen.said !== null || document.querySelector('.rv-fault')";
const ID: &str = "0305-belmare-direct-air-route-ko";

#[test]
fn a_wiped_viewer_recovers_or_says_so() {
    in_chromium(|page| {
        let _server = open(page, "", VIEWER);
        page.until("the view is complete", WHOLE);
        page.js("seen.said = seen.shown = null; document.querySelector('release-viewer').textContent = ''");
        page.frames();
        page.js(&format!("location.hash = '#rv/{ID}'"));
        page.until(
            "it shows the release, or says that it cannot",
            &format!("{SAID} || text('#rv-heading') === {TITLE:?}"),
        );
        no_errors(page, "wiped");
        if page.js(SAID) == json!(true) {
            page.js("document.querySelector('.rv-fault button, [data-rv=retry]').focus()");
            page.press(Key::Enter);
            page.until_text("#rv-heading", TITLE);
        }
        no_errors(page, "wiped, again");
    });
}

#[test]
fn a_translated_page_still_works() {
    let translate = "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const nodes = [];
        while (walker.nextNode()) nodes.push(walker.currentNode);
        for (const node of nodes.filter((node) => node.data.trim())) {
          const font = document.createElement('font');
          node.replaceWith(font);
          font.append(node.data.toUpperCase());
        }";
    in_chromium(|page| {
        let _server = open(page, "", VIEWER);
        page.until("the view is complete", WHOLE);
        page.js(translate);
        page.follow(ITEM);
        page.until("the release is shown", &format!("return text('#rv-heading') === {TITLE:?}"));
        no_errors(page, "translated");
        page.js(translate);
        page.back();
        page.until("the list is shown", &format!("return visible({ITEM:?})"));
        no_errors(page, "translated twice");
    });
}

#[test]
fn a_panic_costs_one_viewer_only() {
    in_chromium(|page| {
        let second = VIEWER.replace("<release-viewer ", "<release-viewer id=\"two\" ");
        let server = open(page, "", &format!("{VIEWER}{second}"));
        let item = "#two-item-0305-belmare-direct-air-route-ko";
        page.until("the first view is complete", WHOLE);
        page.until("the second view is complete", &format!("return visible({item:?})"));
        let loaded = server.requests(File::Wasm);
        assert_eq!(loaded, 1);
        // Yew expects that it can put in what it has made.
        page.js("const first = document.querySelector('release-viewer');
             for (const name of ['insertBefore', 'appendChild', 'removeChild']) {
               const real = Node.prototype[name];
               Node.prototype[name] = function (...nodes) {
                 if (!window.broken && first.contains(this) && this.closest?.('.rv')) {
                   window.broken = true;
                   throw new DOMException('no', 'HierarchyRequestError');
                 }
                 return real.apply(this, nodes);
               };
             }");
        page.follow(ITEM);
        page.until("it is said", "return seen.said !== null");
        assert_eq!(page.js("return window.broken"), json!(true));
        assert_eq!(page.js("return seen.codes"), json!(["panic"]));
        no_errors(page, "panic");
        page.until("the other is whole", &format!("return visible({item:?})"));
        let in_two =
            "return document.querySelector('#two .rv-fault, #two .rv-message--failed') === null";
        assert_eq!(page.js(in_two), json!(true), "the other says nothing");
        page.js(&format!("document.querySelector({item:?}).focus()"));
        page.press(Key::Enter);
        page.until("the other works", &format!("return text('#two-heading') === {TITLE:?}"));
        page.js("document.querySelector('.rv-fault button, [data-rv=retry]').focus()");
        page.press(Key::Enter);
        page.until(
            "the first is whole again",
            "return visible('#rv-heading') && !document.querySelector('.rv-fault')",
        );
        assert_eq!(server.requests(File::Wasm), loaded, "the wasm is there already");
        assert_eq!(page.texts("#two-heading"), [TITLE], "the other is where it was");
        no_errors(page, "panic, mended");
    });
}
