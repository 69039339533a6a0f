//! The search of an archive that was built with `--offline`, without a network.

use super::{FIELD, FOUND, FOUND_HEADING, retype};
use crate::given::in_each_browser;
use crate::offline::{LIST, Site};
use crate::page::{Key, Page};

/// The heading of the results: here it is that of the page.
const HEADING: &str = ".rv [id$='-heading']";

fn open(page: &Page, site: &Site) {
    site.go(LIST);
    site.until_taken_over();
    page.js("document.querySelector('.rv-search-button').focus()");
    page.press(Key::Enter);
    page.focus_is_on(FIELD);
}

#[test]
fn what_was_found_before_is_found_without_a_network_and_the_rest_says_so() {
    in_each_browser(|page| {
        let site = Site::new(page);
        site.read(LIST);
        open(page, &site);
        page.type_text(FOUND);
        page.press(Key::Enter);
        page.until_text(HEADING, FOUND_HEADING);
        let shown = page.texts(".rv-passage");
        for file in ["/search.js", ".bin", ".txt"] {
            site.until_kept(file);
        }
        site.gate.close();
        open(page, &site);
        page.type_text(FOUND);
        page.press(Key::Enter);
        page.until_text(HEADING, FOUND_HEADING);
        assert_eq!(page.texts(".rv-passage"), shown);
        retype(page, "타마린제도");
        page.press(Key::Enter);
        page.until_shown(".rv-message--failed");
        page.focus_is_on(FIELD);
        assert!(page.shows(".rv-item"), "what was shown stays");
        site.gate.open(crate::gate::Way::Open);
        page.enter_on("[data-rv=retry]");
        page.until("it is found", "return [...document.querySelectorAll('.rv-item mark')].some((mark) => mark.textContent === '타마린제도')");
    });
}
