//! Everything by keyboard: after each step the focus is asked for, and must be on something that can be seen.

use crate::given::in_each_browser;
use crate::page::{Key, Page};
use crate::server::{IN_ENGLISH, WITH_LINKS};
use serde_json::json;

const HEADING: &str = "#rv-heading";
const FIELD: &str = "#rv-field";
const BUTTON: &str = "#rv-search-button";
const SKIP_SEARCH: &str = "#rv-skip-search";
const SKIP_ENTRIES: [&str; 4] =
    ["[data-rv=skip-content]", "[data-rv=skip-menu]", SKIP_SEARCH, "[data-rv=skip-past]"];

const LIST: &str = "#rv";
const RELEASE: &str = "#rv/0305-belmare-direct-air-route-ko";
const ITEM: &str = "#rv-item-0305-belmare-direct-air-route-ko";
const NOWHERE: &str = "없는낱말입니다";

/// Opens the page as a reader does who then takes the keyboard.
fn open(page: &Page, address: &str) {
    page.load(WITH_LINKS, address);
    page.ready();
    page.until("the first heading is there", "return visible('#rv-heading')");
}

/// From the start of the page into the skip menu.
fn take_skip_menu_entry(page: &Page, entry: &str) {
    page.enter_on(entry);
}

/// Opens the search window with its own button, and types.
fn search_for(page: &Page, words: &str) {
    page.enter_on(BUTTON);
    page.focus_is_on(FIELD);
    page.type_text(words);
    assert_eq!(
        page.js("return document.activeElement.value"),
        json!(words),
        "the field has what was typed"
    );
    page.press(Key::Enter);
}

#[test]
fn the_first_tab_shows_the_skip_menu() {
    in_each_browser(|page| {
        open(page, LIST);
        assert!(!page.shows(".rv-skip-menu"), "the skip menu does not show before it is needed");
        for entry in SKIP_ENTRIES {
            page.press(Key::Tab);
            page.focus_is_on(entry);
            assert!(page.shows(".rv-skip-menu"));
        }
        let names = ["본문 바로가기", "주메뉴 바로가기", "검색창 열기", "보도자료 건너뛰기"];
        assert_eq!(page.texts(".rv-skip-menu li"), names);
        page.press(Key::Tab);
        page.focus_is_on(".rv-main-menu__link");
        assert!(!page.shows(".rv-skip-menu"), "the skip menu goes when the focus has gone");
    });
}

#[test]
fn skip_menu_speaks_english_to_english_readers() {
    in_each_browser(|page| {
        page.load(IN_ENGLISH, LIST);
        page.until_shown(HEADING);
        page.press(Key::Tab);
        page.focus_is_on(SKIP_ENTRIES[0]);
        let names =
            ["Skip to content", "Skip to main menu", "Open search", "Skip past press releases"];
        assert_eq!(page.texts(".rv-skip-menu li"), names);
    });
}

#[test]
fn skip_links_move_the_focus_to_their_parts() {
    in_each_browser(|page| {
        for address in [LIST, RELEASE] {
            for (entry, part) in [(0, HEADING), (1, ".rv-main-menu__link"), (3, "#rv-end")] {
                open(page, address);
                take_skip_menu_entry(page, SKIP_ENTRIES[entry]);
                page.focus_is_on(part);
                assert_eq!(page.fragment(), address, "a skip link leaves the address alone");
            }
            page.press(Key::Tab);
            page.focus_is_on("#after");
        }
    });
}

#[test]
fn skip_to_main_menu_leads_to_its_first_link() {
    in_each_browser(|page| {
        open(page, LIST);
        take_skip_menu_entry(page, SKIP_ENTRIES[1]);
        page.focus_is_on(".rv-main-menu li:first-child > a");
        assert_eq!(page.js("return document.activeElement.textContent"), json!("보도자료"));
    });
}

#[test]
fn the_search_window_gives_the_focus_back_to_the_skip_menu() {
    in_each_browser(|page| {
        open(page, LIST);
        take_skip_menu_entry(page, SKIP_SEARCH);
        page.focus_is_on(FIELD);
        page.press(Key::Escape);
        page.focus_is_on(SKIP_SEARCH);
        assert!(page.shows(".rv-skip-menu") && !page.shows("#rv-search"));
    });
}

#[test]
fn the_search_window_gives_the_focus_back_to_its_button() {
    in_each_browser(|page| {
        let expanded =
            || page.js(&format!("return document.querySelector('{BUTTON}').ariaExpanded"));
        open(page, LIST);
        page.tab_to(BUTTON);
        assert_eq!(expanded(), json!("false"));
        page.press(Key::Enter);
        page.focus_is_on(FIELD);
        assert_eq!(expanded(), json!("true"));
        page.press(Key::Escape);
        page.focus_is_on(BUTTON);
        assert_eq!(expanded(), json!("false"));
        // From the last of its fields as well.
        page.press(Key::Enter);
        page.focus_is_on(FIELD);
        page.tab_to("#rv-department");
        page.press(Key::Escape);
        page.focus_is_on(BUTTON);
        assert!(!page.shows("#rv-search"));
    });
}

#[test]
fn a_release_opens_at_its_heading_and_back_leads_to_its_item() {
    in_each_browser(|page| {
        let item = "#rv-item-0115-norvessa-foreign-ministers-talks-ko";
        open(page, "#rv?page=2");
        page.enter_on(item);
        page.until(
            "the release is shown",
            "return text('#rv-heading').startsWith('한-노르베사 외교장관회담 개최')",
        );
        page.focus_is_on(HEADING);
        assert_eq!(page.fragment(), "#rv/0115-norvessa-foreign-ministers-talks-ko");
        page.back();
        page.focus_is_on(item);
        assert_eq!(page.fragment(), "#rv?page=2");
    });
}

#[test]
fn a_page_link_leads_to_the_heading_of_that_page() {
    in_each_browser(|page| {
        open(page, LIST);
        page.tab_to(".rv-pages__link[href='#rv?page=2']:not([rel])");
        page.press(Key::Enter);
        page.until(
            "the second page is shown",
            "return text('.rv-pages [aria-current=page]').startsWith('2')",
        );
        page.focus_is_on(HEADING);
    });
}

#[test]
fn the_language_switch_leads_to_the_english_heading() {
    in_each_browser(|page| {
        open(page, LIST);
        page.enter_on(".rv-main-menu__languages a");
        page.until_text(HEADING, "Press Releases");
        page.focus_is_on(HEADING);
        assert_eq!(page.js("return document.querySelector('.rv').lang"), json!("en"));
        // And from a release to its translation.
        open(page, RELEASE);
        page.enter_on(".rv-main-menu__languages a");
        page.until(
            "the translation is shown",
            "return text('#rv-heading').startsWith('Direct Flights between Korea')",
        );
        page.focus_is_on(HEADING);
        assert_eq!(page.fragment(), "#rv/0305-belmare-direct-air-route-en");
    });
}

#[test]
fn a_section_link_leads_to_the_heading_of_its_list() {
    in_each_browser(|page| {
        open(page, LIST);
        page.enter_on(".rv-main-menu li:nth-child(2) > a");
        page.until_text(HEADING, "브리핑");
        page.focus_is_on(HEADING);
        assert_eq!(page.texts(".rv-main-menu [aria-current=page]"), ["브리핑"]);
        page.press(Key::Tab);
        page.focus_is_on(".rv-item a");
    });
}

#[test]
fn results_are_counted_once_and_leave_the_focus_in_the_field() {
    in_each_browser(|page| {
        open(page, LIST);
        page.js("const status = document.querySelector('.rv [role=status]'); window.heard = [];
             new MutationObserver(() => window.heard.push(status.textContent))
               .observe(status, { childList: true, characterData: true, subtree: true });");
        search_for(page, "직항");
        page.until_shown(".rv-item mark");
        page.focus_is_on(FIELD);
        let count = page
            .js("return document.querySelectorAll('.rv-item').length")
            .as_u64()
            .unwrap_or_default();
        let said = format!("‘직항’ 검색 결과 {count}건");
        page.until_text(".rv [role=status]", &said);
        assert_eq!(page.text(HEADING), said);
        assert_eq!(
            page.js("return window.heard.filter((words) => words)"),
            json!([said]),
            "it is announced once"
        );
        assert_eq!(page.fragment(), "#rv?q=%EC%A7%81%ED%95%AD");
    });
}

#[test]
fn a_result_opens_its_release_and_back_leads_to_the_results() {
    in_each_browser(|page| {
        open(page, LIST);
        search_for(page, "직항");
        page.until_shown(".rv-item mark");
        page.enter_on(ITEM);
        page.until_text(HEADING, "한-벨마레 직항 노선, 6월부터 주 3회 운항");
        page.focus_is_on(".rv-addressed");
        assert!(!page.shows("#rv-search"), "the search window makes room for the release");
        page.back();
        page.focus_is_on(ITEM);
        assert_eq!(page.js("return document.querySelector('#rv-field').value"), json!("직항"));
        assert!(page.text(HEADING).starts_with("‘직항’ 검색 결과"));
    });
}

#[test]
fn a_passage_opens_at_its_paragraph() {
    in_each_browser(|page| {
        open(page, LIST);
        search_for(page, "환승해야");
        page.until_shown(".rv-passage a");
        page.enter_on(".rv-passage a");
        page.focus_is_on("#rv-at-p2");
        assert_eq!(page.fragment(), format!("{RELEASE}/p2"));
        assert!(page.text("#rv-at-p2").contains("환승해야"));
        page.back();
        page.until(
            "the results are back",
            "return text('#rv-heading').startsWith('‘환승해야’ 검색 결과')",
        );
        page.focus_is_on(".rv a");
    });
}

#[test]
fn a_period_that_ends_before_it_begins_is_explained_at_its_end() {
    in_each_browser(|page| {
        open(page, LIST);
        page.enter_on(BUTTON);
        page.focus_is_on(FIELD);
        for (field, date) in [("#rv-from", "2026-06-15"), ("#rv-to", "2026-06-14")] {
            page.tab_to(field);
            page.type_date(date);
            assert_eq!(page.js("return document.activeElement.value"), json!(date));
        }
        page.press(Key::Enter);
        page.until_shown("#rv-period");
        page.focus_is_on("#rv-to");
        let field = page.js("const at = document.activeElement; return [at.ariaInvalid, at.getAttribute('aria-describedby')]");
        assert_eq!(field, json!(["true", "rv-period"]));
        assert!(page.text("#rv-period").starts_with("종료일이 시작일보다 빠릅니다."));
        assert_eq!(page.fragment(), LIST, "nothing was searched");
    });
}

#[test]
fn no_results_are_said_with_a_way_out() {
    in_each_browser(|page| {
        open(page, LIST);
        search_for(page, NOWHERE);
        page.until_text(HEADING, &format!("‘{NOWHERE}’ 검색 결과가 없습니다."));
        page.focus_is_on(FIELD);
        assert_eq!(page.text(".rv [role=status]"), page.text(HEADING));
        page.enter_on(".rv-message__ways a");
        page.until_text(HEADING, "보도자료");
        page.focus_is_on(HEADING);
    });
}

#[test]
fn every_control_of_each_view_can_be_reached_and_seen() {
    in_each_browser(|page| {
        for address in [
            LIST,
            RELEASE,
            "#rv/0305-belmare-direct-air-route-ko/p4",
            "#rv?q=%EC%A7%81%ED%95%AD",
            "#rv/no-such-release",
        ] {
            open(page, address);
            // An addressed paragraph takes the focus: begin at the top all the same.
            page.js(
                "document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)",
            );
            page.tab_to("#after");
        }
    });
}
