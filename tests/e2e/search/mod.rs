//! The search, from the window to the paragraph: by keyboard, on a bad network, with a bad index, and in a page of one's
//! own.

mod asking;
mod network;
mod offline;
mod own_page;
mod pieces;
mod results;
mod suggestions;

use crate::page::{Key, Page};
use crate::server::WITH_LINKS;
use serde_json::{Value, json};

const FIELD: &str = "#rv-field";
const HEADING: &str = "#rv-heading";
const STATUS: &str = ".rv [role=status]";
const LIST: &str = "#rv";
/// Two releases have it.
const FOUND: &str = "직항";
const FOUND_HEADING: &str = "‘직항’ 검색 결과 2건";
/// Fourteen releases have it: three pages.
const MANY: &str = "외교부";
const MANY_HEADING: &str = "‘외교부’ 검색 결과 14건";
const NOWHERE: &str = "없는낱말입니다";

/// Opens the page as a reader does who then takes the keyboard.
fn open(page: &Page, address: &str) {
    page.load(WITH_LINKS, address);
    page.ready();
}

/// From the start of the page through the skip menu into the search window.
fn open_by_skip_menu(page: &Page) {
    page.enter_on("#rv-skip-search");
    page.focus_is_on(FIELD);
}

/// Opens a page, its search window by the skip menu, and looks for words.
fn search_for(page: &Page, words: &str) {
    open(page, LIST);
    open_by_skip_menu(page);
    page.type_text(words);
    page.press(Key::Enter);
}

/// Puts other words into the field that has the focus.
fn retype(page: &Page, words: &str) {
    page.focus_is_on(FIELD);
    page.js("document.activeElement.select()");
    page.type_text(words);
}

/// Keeps all that is said politely from now on.
fn listen(page: &Page) {
    page.js(&format!(
        "const status = document.querySelector({STATUS:?}); window.heard = [];
         new MutationObserver(() => heard.push(status.textContent))
           .observe(status, {{ childList: true, characterData: true, subtree: true }})"
    ));
}

/// What was said since, without the silence in between.
fn heard(page: &Page) -> Value {
    page.js("return window.heard.filter((words) => words)")
}

/// The value of the field.
fn value(page: &Page) -> Value {
    page.js(&format!("return document.querySelector({FIELD:?})?.value ?? null"))
}

/// The titles of the results, and the words of their passages.
fn hits(page: &Page) -> Value {
    json!([page.texts(".rv-item__title"), page.texts(".rv-passage")])
}

fn nothing_is_reported(page: &Page) {
    if page.engine == crate::browser::Engine::Chromium {
        assert_eq!(page.console(), Vec::<String>::new());
    }
}
