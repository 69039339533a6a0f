//! The search on a network that is slow, fails or is not there.

use super::{
    FIELD, FOUND, FOUND_HEADING, HEADING, LIST, MANY, MANY_HEADING, STATUS, nothing_is_reported,
    open, open_by_skip_menu, retype, search_for, value,
};
use crate::gate::{Gate, Way};
use crate::given::in_each_browser;
use crate::page::{Key, Page};
use crate::server::Fault;
use serde_json::json;

const RETRY: &str = "[data-rv=retry]";

/// Waits until the search says that it has failed, with the window as it was.
fn until_failed(page: &Page, words: &str, help: &str) {
    page.until_shown(".rv-message--failed");
    page.focus_is_on(FIELD);
    assert_eq!(value(page), json!(words));
    let said = page.text(".rv-message--failed");
    assert!(said.contains(help), "{said}");
    assert!(page.shows(".rv-item"), "what was shown stays");
}

fn try_again(page: &Page) {
    page.enter_on(RETRY);
    page.until_text(HEADING, FOUND_HEADING);
    page.focus_is_on(HEADING);
    assert!(!page.shows(".rv-message--failed"));
    assert_eq!(page.texts(".rv-item").len(), 2);
}

#[test]
fn a_slow_search_says_so_after_a_second() {
    in_each_browser(|page| {
        for part in [".bin", "search.js", ".txt"] {
            page.server.fail(part, Fault::Hanging);
            search_for(page, FOUND);
            page.until_text(STATUS, "보도자료를 불러오고 있습니다.");
            page.focus_is_on(FIELD);
            assert!(page.shows(".rv-item"), "what was shown stays");
            page.server.mend();
            page.until_text(HEADING, FOUND_HEADING);
            page.until_text(STATUS, FOUND_HEADING);
            page.focus_is_on(FIELD);
        }
        nothing_is_reported(page);
    });
}

#[test]
fn a_search_that_fails_can_be_tried_again() {
    in_each_browser(|page| {
        // The loader of the search, its program, the pieces.
        for part in ["search.js", "-search-", ".bin", ".txt"] {
            let end = match part {
                "-search-" => program(page),
                part => part.to_owned(),
            };
            for fault in [Fault::Refused, Fault::Garbage] {
                page.server.fail(&end, fault);
                page.server.take_asked();
                search_for(page, FOUND);
                page.until("an end", "return document.querySelector('.rv-message--failed, mark')");
                // What came before is kept, since its name is its hash: WebKit does not ask for it again.
                if !page.server.take_asked().iter().any(|path| path.ends_with(&end)) {
                    page.server.mend();
                    continue;
                }
                until_failed(page, FOUND, "다시 시도");
                page.server.mend();
                try_again(page);
            }
        }
    });
}

/// The file of the search program.
fn program(page: &Page) -> String {
    let files = std::fs::read_dir(page.server.dist().join("app")).unwrap().flatten();
    let mut names = files.map(|file| file.file_name().into_string().unwrap());
    names.find(|name| name.contains("-search-")).unwrap()
}

#[test]
fn a_search_that_never_comes_fails_after_ten_seconds_and_can_be_tried_again() {
    in_each_browser(|page| {
        for part in [".bin", ".txt"] {
            page.server.fail(part, Fault::Hanging);
            search_for(page, FOUND);
            until_failed(page, FOUND, "서버가 10초 안에 답하지 않았습니다.");
            page.server.mend();
            try_again(page);
        }
    });
}

#[test]
fn suggestions_that_fail_are_not_missed() {
    in_each_browser(|page| {
        page.server.fail(".bin", Fault::Refused);
        open(page, LIST);
        open_by_skip_menu(page);
        page.type_text("외교");
        // Nothing tells a reader of it.
        page.frames();
        assert!(!page.shows(".rv-message--failed") && !page.shows(".rv-suggestion"));
        page.server.mend();
        page.type_text("부");
        page.press(Key::Enter);
        page.until_text(HEADING, MANY_HEADING);
    });
}

#[test]
fn without_a_network_what_was_loaded_is_found_and_the_rest_says_so() {
    in_each_browser(|page| {
        let gate = Gate::to(&page.server.url(""));
        page.go(&gate.url("index.html#rv"));
        page.ready();
        open_by_skip_menu(page);
        page.type_text(FOUND);
        page.press(Key::Enter);
        page.until_text(HEADING, FOUND_HEADING);
        page.js("Object.defineProperty(navigator, 'onLine', { value: false, configurable: true })");
        gate.close();
        retype(page, "타마린제도");
        page.press(Key::Enter);
        until_failed(page, "타마린제도", "인터넷 연결이 끊겨 있습니다.");
        retype(page, FOUND);
        page.press(Key::Enter);
        page.until("what is known is found", "return !visible('.rv-message--failed')");
        page.until_text(HEADING, FOUND_HEADING);
        gate.open(Way::Open);
        page.js("Object.defineProperty(navigator, 'onLine', { value: true, configurable: true })");
        retype(page, MANY);
        page.press(Key::Enter);
        page.until_text(HEADING, MANY_HEADING);
    });
}

#[test]
fn only_the_last_of_several_questions_is_answered() {
    in_each_browser(|page| {
        open(page, LIST);
        open_by_skip_menu(page);
        page.server.fail(".txt", Fault::Hanging);
        for words in [FOUND, MANY] {
            retype(page, words);
            page.press(Key::Enter);
            page.until(
                "it is asked",
                &format!("return decodeURIComponent(location.hash) === '#rv?q={words}'"),
            );
        }
        page.server.mend();
        page.until_text(HEADING, MANY_HEADING);
        page.frames();
        assert_eq!(page.text(HEADING), MANY_HEADING);
        page.back();
        page.until_text(HEADING, FOUND_HEADING);
        nothing_is_reported(page);
    });
}
