//! What is offered while somebody types.

use super::{FIELD, HEADING, LIST, nothing_is_reported, open, open_by_skip_menu, value};
use crate::given::{in_chromium, in_each_browser};
use crate::page::{Key, Page};
use serde_json::{Value, json};

const OFFERED: [&str; 2] = ["외교부", "외교장관회담"];

/// Opens the window and types what has two suggestions.
fn type_half(page: &Page) {
    open(page, LIST);
    open_by_skip_menu(page);
    page.type_text("외교");
    page.until_shown(".rv-suggestion");
    assert_eq!(page.texts(".rv-suggestion"), OFFERED);
}

/// Whether the list is open, as the field tells it and as it is seen; and the words of the active one.
fn state(page: &Page) -> Value {
    page.js(&format!(
        "const field = document.querySelector({FIELD:?}), list = document.getElementById(field.getAttribute('aria-controls'));
         const active = document.getElementById(field.getAttribute('aria-activedescendant'));
         return [field.ariaExpanded, list.checkVisibility(), active?.ariaSelected === 'true' ? active.textContent : null]"
    ))
}

#[test]
fn arrows_go_through_the_list_and_enter_looks_for_the_active_one() {
    in_each_browser(|page| {
        type_half(page);
        assert_eq!(state(page), json!(["true", true, null]));
        let names = page.js(&format!(
            "const field = document.querySelector({FIELD:?}), list = document.getElementById(field.getAttribute('aria-controls'));
             return [field.role, list.role, list.ariaLabel.length > 1, [...list.children].every((option) => option.role === 'option')]"
        ));
        assert_eq!(names, json!(["combobox", "listbox", true, true]));
        for (key, active) in [
            (Key::ArrowDown, json!(OFFERED[0])),
            (Key::ArrowDown, json!(OFFERED[1])),
            (Key::ArrowDown, json!(null)),
            (Key::ArrowUp, json!(OFFERED[1])),
            (Key::ArrowUp, json!(OFFERED[0])),
        ] {
            page.press(key);
            page.frames();
            assert_eq!(state(page), json!(["true", true, active]));
            page.focus_is_on(FIELD);
            assert_eq!(value(page), json!("외교"), "what was typed stays");
        }
        page.press(Key::Enter);
        page.until_text(HEADING, "‘외교부’ 검색 결과 14건");
        page.focus_is_on(FIELD);
        assert_eq!(value(page), json!(OFFERED[0]));
        page.frames();
        assert_eq!(state(page), json!(["false", false, null]));
        nothing_is_reported(page);
    });
}

#[test]
fn enter_without_an_active_one_looks_for_what_was_typed() {
    in_each_browser(|page| {
        type_half(page);
        page.press(Key::Enter);
        page.until(
            "the results are there",
            "return text('#rv-heading').startsWith('‘외교’ 검색 결과')",
        );
        assert_eq!(state(page), json!(["false", false, null]));
        assert_eq!(value(page), json!("외교"));
    });
}

#[test]
fn escape_closes_the_list_first_then_the_window() {
    in_each_browser(|page| {
        type_half(page);
        page.press(Key::ArrowDown);
        page.press(Key::Escape);
        page.frames();
        assert_eq!(state(page), json!(["false", false, null]));
        page.focus_is_on(FIELD);
        assert_eq!(value(page), json!("외교"));
        page.press(Key::Escape);
        page.focus_is_on("#rv-skip-search");
        assert!(!page.shows("#rv-search"));
    });
}

#[test]
fn tab_leaves_the_list_behind() {
    in_each_browser(|page| {
        type_half(page);
        page.press(Key::ArrowDown);
        page.press(Key::Tab);
        page.focus_is_on("#rv-search [type=submit]");
        page.frames();
        assert_eq!(state(page), json!(["false", false, null]));
        assert_eq!(value(page), json!("외교"), "nothing was taken");
        assert_eq!(page.fragment(), LIST, "nothing was searched");
    });
}

#[test]
fn a_pointer_takes_one() {
    in_chromium(|page| {
        type_half(page);
        let place = page.js("const { x, y, height } = document.querySelector('.rv-suggestion:nth-child(2)').getBoundingClientRect(); return [x + 40, y + height / 2]");
        for kind in ["mousePressed", "mouseReleased"] {
            page.cdp(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 }),
            );
        }
        page.until(
            "the results are there",
            "return text('#rv-heading').startsWith('‘외교장관회담’ 검색 결과')",
        );
        page.focus_is_on(FIELD);
        assert_eq!(value(page), json!(OFFERED[1]));
    });
}

#[test]
fn what_is_offered_follows_what_is_typed() {
    in_each_browser(|page| {
        type_half(page);
        page.type_text("장");
        page.until("one is left", "return texts('.rv-suggestion')[0] === '외교장관회담'");
        page.js(&format!("document.querySelector({FIELD:?}).select()"));
        page.type_text("없는낱말");
        page.until("none is offered", "return !visible('.rv-suggestion')");
        assert_eq!(state(page), json!(["false", false, null]));
        nothing_is_reported(page);
    });
}

#[test]
fn a_syllable_that_is_being_put_together_is_left_alone() {
    in_chromium(|page| {
        open(page, LIST);
        open_by_skip_menu(page);
        let compose = |text: &str| {
            let end = text.chars().count();
            page.cdp(
                "Input.imeSetComposition",
                json!({ "text": text, "selectionStart": end, "selectionEnd": end }),
            );
        };
        for text in ["ㅇ", "오", "외"] {
            compose(text);
        }
        page.cdp("Input.insertText", json!({ "text": "외" }));
        for text in ["ㄱ", "교"] {
            compose(text);
        }
        page.until("it is offered", "return texts('.rv-suggestion').length === 2");
        assert_eq!(value(page), json!("외교"));
        // These keys are those of the input method, also the last one, of which Safari tells by its code.
        page.js(&format!(
            "const field = document.querySelector({FIELD:?});
             for (const key of ['ArrowDown', 'Enter', 'Escape'])
               for (const more of [{{ isComposing: true }}, {{ keyCode: 229 }}])
                 field.dispatchEvent(new KeyboardEvent('keydown', {{ key, bubbles: true, cancelable: true, ...more }}))"
        ));
        page.frames();
        assert_eq!(state(page), json!(["true", true, null]));
        assert_eq!(value(page), json!("외교"), "the composition goes on");
        compose("굡");
        page.frames();
        assert_eq!(value(page), json!("외굡"));
        page.until(
            "half a syllable is one that follows",
            "return texts('.rv-suggestion')[0] === '외교부'",
        );
        compose("교");
        page.cdp("Input.insertText", json!({ "text": "교" }));
        page.until("it is offered", "return texts('.rv-suggestion').length === 2");
        assert_eq!(value(page), json!("외교"));
        page.press(Key::ArrowDown);
        page.press(Key::Enter);
        page.until_text(HEADING, "‘외교부’ 검색 결과 14건");
        assert_eq!(value(page), json!("외교부"));
        nothing_is_reported(page);
    });
}
