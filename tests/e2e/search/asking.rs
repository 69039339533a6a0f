//! Words are typed, and answered.

use super::{
    FIELD, FOUND, FOUND_HEADING, HEADING, LIST, MANY, MANY_HEADING, NOWHERE, STATUS, heard, hits,
    listen, nothing_is_reported, open, open_by_skip_menu, retype, search_for, value,
};
use crate::given::in_each_browser;
use crate::page::{Key, Page};
use serde_json::json;

/// Presses Tab until the focus is on a link with this text.
fn tab_to_link(page: &Page, text: &str) {
    for _ in 0..60 {
        page.press(Key::Tab);
        if page.js("return document.activeElement.textContent") == json!(text) {
            return;
        }
    }
    panic!("Tab does not lead to {text:?}");
}

#[test]
fn nothing_of_the_search_is_asked_for_before_the_window_opens() {
    in_each_browser(|page| {
        let is_search = |path: &String| path.contains("search");
        page.server.take_asked();
        open(page, LIST);
        page.enter_on(".rv-item__title a");
        page.until_shown(".rv-release__title");
        page.back();
        page.until_text(HEADING, "보도자료");
        page.frames();
        let asked: Vec<String> = page.server.take_asked().into_iter().filter(is_search).collect();
        assert_eq!(asked, Vec::<String>::new());
        open(page, LIST);
        open_by_skip_menu(page);
        page.until_answered("/search.js", 1);
        page.type_text(FOUND);
        page.press(Key::Enter);
        page.until_text(HEADING, FOUND_HEADING);
        let asked: Vec<String> = page.server.take_asked().into_iter().filter(is_search).collect();
        assert!(asked.iter().any(|path| path.ends_with(".bin")), "{asked:?}");
        let mut once = asked.clone();
        once.sort();
        once.dedup();
        assert_eq!(once.len(), asked.len(), "each file is asked for once: {asked:?}");
        nothing_is_reported(page);
    });
}

#[test]
fn each_answer_is_announced_once_and_the_focus_stays_in_the_field() {
    in_each_browser(|page| {
        open(page, LIST);
        listen(page);
        open_by_skip_menu(page);
        for (words, said) in [
            (FOUND, FOUND_HEADING),
            (MANY, MANY_HEADING),
            (NOWHERE, "‘없는낱말입니다’ 검색 결과가 없습니다."),
        ] {
            page.js("window.heard = []");
            retype(page, words);
            page.press(Key::Enter);
            page.until_text(HEADING, said);
            page.until_text(STATUS, said);
            page.frames();
            page.focus_is_on(FIELD);
            assert_eq!(value(page), json!(words));
            assert_eq!(heard(page), json!([said]), "it is said once");
        }
        assert_eq!(
            page.js(&format!("return document.querySelector({STATUS:?}).ariaLive")),
            json!(null)
        );
        nothing_is_reported(page);
    });
}

#[test]
fn english_is_searched_in_english() {
    in_each_browser(|page| {
        page.load(crate::server::IN_ENGLISH, LIST);
        page.ready();
        open_by_skip_menu(page);
        page.type_text("passports");
        page.press(Key::Enter);
        page.until_text(HEADING, "4 results for ‘passports’");
        assert!(page.texts(".rv-item mark").iter().any(|mark| mark == "passport"));
        assert_eq!(page.texts(".rv-orders a"), ["Best match first", "Newest first"]);
    });
}

#[test]
fn another_spelling_is_offered_and_followed() {
    in_each_browser(|page| {
        search_for(page, "직황");
        page.until_shown(".rv-list__said a");
        assert_eq!(page.texts(".rv-list__said"), ["이렇게 찾아보기: 직항"]);
        page.enter_on(".rv-list__said a");
        page.until_text(HEADING, FOUND_HEADING);
        page.focus_is_on(HEADING);
        assert_eq!(value(page), json!(FOUND), "the field has what was meant");
        assert!(!page.shows(".rv-list__said"), "where all is as it was asked nothing is offered");
    });
}

#[test]
fn words_that_were_left_out_are_named() {
    in_each_browser(|page| {
        search_for(page, "직항 없는낱말입니다");
        page.until_shown(".rv-list__said");
        assert_eq!(
            page.texts(".rv-list__said"),
            ["모든 낱말이 있는 보도자료는 없습니다. 빼고 찾은 낱말: ‘없는낱말입니다’"]
        );
        assert!(page.texts(".rv-item mark").iter().any(|mark| mark == FOUND));
    });
}

#[test]
fn a_phrase_and_a_word_that_must_not_be_there() {
    in_each_browser(|page| {
        search_for(page, "\"벨마레 직항\"");
        page.until_shown(".rv-item");
        let with = page.texts(".rv-item__title");
        retype(page, "\"직항 벨마레\"");
        page.press(Key::Enter);
        page.until_text(HEADING, "‘\"직항 벨마레\"’ 검색 결과가 없습니다.");
        retype(page, "직항 -브리핑");
        page.press(Key::Enter);
        page.until(
            "the results are there",
            "return text('#rv-heading').startsWith('‘직항 -브리핑’ 검색 결과 ')",
        );
        let without = page.texts(".rv-item__title");
        assert!(!without.iter().any(|title| title.contains("브리핑")), "{without:?}, {with:?}");
    });
}

#[test]
fn where_nothing_is_found_each_way_out_leads_to_as_many_as_it_says() {
    in_each_browser(|page| {
        // 직항, in the statements, with a period in which there is none.
        for (address, ways) in [
            (
                "#rv?q=%EC%A7%81%ED%95%AD&section=statements",
                vec![("분류 없이: 2건", FOUND_HEADING)],
            ),
            ("#rv?q=%EC%A7%81%ED%95%AD&from=2030-01-01", vec![("기간 없이: 2건", FOUND_HEADING)]),
            (
                "#rv?q=%EC%A7%81%ED%95%AD%20-%EB%B2%A8%EB%A7%88%EB%A0%88",
                vec![("‘-벨마레’ 없이: 2건", FOUND_HEADING)],
            ),
        ] {
            for (way, heading) in ways {
                open(page, address);
                page.until_shown(".rv-message__ways");
                assert_eq!(page.text(STATUS), page.text(HEADING));
                tab_to_link(page, way);
                page.press(Key::Enter);
                page.until_text(HEADING, heading);
                page.focus_is_on(HEADING);
                assert!(page.shows(".rv-item"));
            }
        }
        nothing_is_reported(page);
    });
}

#[test]
fn fields_narrow_the_search_and_stand_in_the_address() {
    in_each_browser(|page| {
        search_for(page, MANY);
        page.until_text(HEADING, MANY_HEADING);
        // A letter chooses in a list that has the focus.
        for (field, value) in [("#rv-section", "briefings"), ("#rv-files", "yes")] {
            page.js(&format!("document.querySelector({FIELD:?}).focus()"));
            page.tab_to(field);
            if field == "#rv-files" {
                page.type_text(" ");
                assert_eq!(page.js("return document.activeElement.checked"), json!(true));
            } else {
                page.js(&format!(
                    "const at = document.activeElement; at.value = {value:?};
                     at.dispatchEvent(new Event('change', {{ bubbles: true }}))"
                ));
            }
        }
        page.js(&format!("document.querySelector({FIELD:?}).focus()"));
        page.press(Key::Enter);
        page.until("the address says so", "return location.hash.includes('files=yes')");
        assert_eq!(
            page.fragment(),
            "#rv?q=%EC%99%B8%EA%B5%90%EB%B6%80&section=briefings&files=yes"
        );
        page.until(
            "all that is shown is narrowed",
            "return visible('.rv-message') || visible('.rv-item') && texts('.rv-item__side').every((side) => side.includes('첨부') && side.includes('브리핑'))",
        );
        // Dates are typed.
        open(page, "#rv?q=%EC%99%B8%EA%B5%90%EB%B6%80");
        page.tab_to("#rv-from");
        page.type_date("2026-08-01");
        page.press(Key::Enter);
        page.until("the address has the day", "return location.hash.includes('from=2026-08-01')");
        page.until(
            "older ones are gone",
            "return visible('.rv-item') && texts('.rv-item__date').every((date) => /2026\\. (8|9|1\\d)\\./.test(date))",
        );
        // Another language.
        open(page, "#rv?q=Korea");
        page.tab_to("#rv-lang");
        page.js("const at = document.activeElement; at.value = 'en';
             at.dispatchEvent(new Event('change', { bubbles: true }))");
        page.js(&format!("document.querySelector({FIELD:?}).focus()"));
        page.press(Key::Enter);
        page.until("the address has the language", "return location.hash.includes('lang=en')");
        page.until_shown(".rv-item mark");
        assert_eq!(page.js("return document.querySelector('.rv').lang"), json!("en"));
        assert_ne!(hits(page), json!([[], []]));
        nothing_is_reported(page);
    });
}
