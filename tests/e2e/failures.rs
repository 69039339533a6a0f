//! A server that refuses, that sends nonsense, or that does not answer; and a line that is cut.

use crate::given::{in_chromium, in_each_browser};
use crate::page::{Key, Page};
use crate::server::Fault;
use serde_json::json;
use std::time::{Duration, Instant};

const HEADING: &str = "#rv-heading";
const FAILED: &str = ".rv-message--failed";
const RETRY: &str = "[data-rv=retry]";
const ARCHIVE: &str = "archive/archive.json";
const ITEM: &str = "#rv-item-0305-belmare-direct-air-route-ko";
const RELEASE: &str = "archive/releases/0305-belmare-direct-air-route-ko.json";
const TITLE: &str = "한-벨마레 직항 노선, 6월부터 주 3회 운항";

const SAYS_FAILED: &str = "보도자료를 불러오지 못했습니다.";
const SAYS_REFUSED: &str = "서버가 요청을 처리하지 못했습니다. 잠시 뒤 다시 시도해 주십시오.";
const SAYS_GARBAGE: &str = "받은 자료를 읽을 수 없습니다. 잠시 뒤 다시 시도해 주십시오.";
const SAYS_LATE: &str = "서버가 10초 안에 답하지 않았습니다. 잠시 뒤 다시 시도해 주십시오.";
const SAYS_OFFLINE: &str = "인터넷 연결이 끊겨 있습니다. 연결을 확인한 뒤 다시 시도해 주십시오.";
const SAYS_NOT_STARTED: &str = "보도자료를 불러오지 못했습니다. 인터넷 연결을 확인해 주십시오.";
const SAYS_LOADING: &str = "보도자료를 불러오고 있습니다.";

/// What the host page has written into the element.
const STATIC: &str = "release-viewer > h1";

/// Waits for the message and makes sure that it is announced.
fn until_failed(page: &Page, why: &str) {
    page.until_shown(FAILED);
    let said = page.texts("[role=alert] :is(h1, h2, p)");
    assert_eq!(&said[..2], [SAYS_FAILED, why]);
    assert!(page.shows(RETRY));
}

#[test]
fn a_failed_start_says_why_and_can_be_retried() {
    in_each_browser(|page| {
        for (fault, why) in [(Fault::Refused, SAYS_REFUSED), (Fault::Garbage, SAYS_GARBAGE)] {
            page.server.fail(ARCHIVE, fault);
            page.load("index.html", "#rv");
            until_failed(page, why);
            assert!(page.shows(STATIC), "what the host has written stays");
            page.tab_to(RETRY);
            // Still broken: the reader is where the next attempt is.
            page.press(Key::Enter);
            page.until_answered(ARCHIVE, 2);
            until_failed(page, why);
            page.focus_is_on(RETRY);
            page.server.mend();
            page.press(Key::Enter);
            page.until_text(HEADING, "보도자료");
            page.focus_is_on(HEADING);
            assert!(!page.shows(FAILED) && !page.shows(STATIC));
        }
    });
}

#[test]
fn a_slow_start_is_said_above_the_static_content() {
    in_chromium(|page| {
        page.server.fail(ARCHIVE, Fault::Hanging);
        page.load("index.html", "#rv");
        page.until_text("[role=status]", SAYS_LOADING);
        assert!(page.shows("[role=status]") && page.shows(STATIC));
    });
}

#[test]
fn an_answer_that_does_not_come_is_given_up_after_ten_seconds() {
    in_chromium(|page| {
        page.server.fail(ARCHIVE, Fault::Hanging);
        let start = Instant::now();
        page.load("index.html", "#rv");
        page.until_shown(FAILED);
        let time = start.elapsed();
        until_failed(page, SAYS_LATE);
        assert!(
            time > Duration::from_secs(9) && time < Duration::from_secs(12),
            "it took {time:?}"
        );
        page.server.mend();
        page.enter_on(RETRY);
        page.until_text(HEADING, "보도자료");
    });
}

#[test]
fn what_was_shown_stays_when_the_next_does_not_come() {
    in_each_browser(|page| {
        page.open("#rv");
        page.server.fail(RELEASE, Fault::Refused);
        page.enter_on(ITEM);
        until_failed(page, SAYS_REFUSED);
        assert!(page.text(FAILED).contains("아래 내용은 다음 시각에 불러온 것입니다:"));
        assert!(page.shows(ITEM) && page.text(HEADING) == "보도자료", "the list is still there");
        page.focus_is_on("[data-rv=retry]");
        page.server.mend();
        page.press(Key::Enter);
        page.until_text(HEADING, TITLE);
        page.focus_is_on(HEADING);
        assert!(!page.shows(FAILED));
    });
}

#[test]
fn a_failure_is_seen_from_where_the_reader_is() {
    in_each_browser(|page| {
        page.open("#rv");
        page.server.fail(RELEASE, Fault::Refused);
        // The last item, at the top of the window: all that stands above it is out of sight.
        page.js(&format!("document.querySelector({ITEM:?}).scrollIntoView({{ block: 'start' }})"));
        page.follow(ITEM);
        until_failed(page, SAYS_REFUSED);
        page.until(
            "the message and its button are in the window",
            "const inside = (css) => {
               const { top, bottom } = document.querySelector(css).getBoundingClientRect();
               return top >= 0 && bottom <= innerHeight;
             };
             return inside('.rv-message--failed .rv-message__title') && inside('[data-rv=retry]')",
        );
    });
}

#[test]
fn going_elsewhere_ends_a_failure() {
    in_chromium(|page| {
        page.open("#rv");
        page.server.fail(RELEASE, Fault::Refused);
        page.enter_on(ITEM);
        until_failed(page, SAYS_REFUSED);
        page.back();
        page.until(
            "the message is gone",
            "return !visible('.rv-message--failed') && visible('.rv-item')",
        );
        assert_eq!(page.fragment(), "#rv");
    });
}

#[test]
fn waiting_is_said_after_a_second() {
    in_chromium(|page| {
        page.open("#rv");
        page.server.fail(RELEASE, Fault::Hanging);
        page.js(&format!(
            "const status = document.querySelector('.rv [role=status]');
             document.querySelector({ITEM:?}).addEventListener('click', () => {{ window.clicked = performance.now(); }});
             new MutationObserver(() => {{ if (status.textContent) window.said ??= performance.now(); }})
               .observe(status, {{ childList: true, characterData: true, subtree: true }});"
        ));
        page.enter_on(ITEM);
        page.until_text(".rv-status", SAYS_LOADING);
        page.until_shown(".rv-status");
        let time = page.js("return window.said - window.clicked").as_f64().unwrap_or_default();
        assert!((900.0..3000.0).contains(&time), "it was said after {time} ms");
        assert!(page.shows(ITEM), "the list is still there");
        page.server.mend();
        page.until_text(HEADING, TITLE);
        page.until_text(".rv-status", "");
        page.focus_is_on(HEADING);
    });
}

#[test]
fn static_content_stays_until_the_view_is_ready() {
    in_each_browser(|page| {
        page.server.fail("archive/lists/ko/press-releases/0.json", Fault::Hanging);
        page.load("index.html", "#rv");
        let deadline = Instant::now() + Duration::from_secs(8);
        while page.server.hanging() == 0 {
            assert!(Instant::now() < deadline, "the list is asked for");
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(page.shows(STATIC), "the host's heading is still there");
        assert!(!page.shows(".rv"), "half a view does not show");
        page.server.mend();
        page.until_shown(".rv-item");
        assert!(!page.shows(STATIC), "there is one heading");
        assert_eq!(page.texts("h1"), ["보도자료"]);
    });
}

#[test]
fn a_viewer_that_cannot_start_leaves_the_static_content() {
    in_each_browser(|page| {
        for ending in [".wasm", ".css"] {
            page.server.fail(ending, Fault::Refused);
            page.load("index.html", "#rv");
            page.until_text("release-viewer > [role=alert] > p", SAYS_NOT_STARTED);
            assert!(page.shows(STATIC));
            page.server.mend();
            page.tab_to(".rv-fault button");
            page.press(Key::Enter);
            page.until_text(HEADING, "보도자료");
            page.focus_is_on(HEADING);
        }
    });
}

#[test]
fn a_cut_line_is_said_at_once() {
    in_chromium(|page| {
        page.open("#rv");
        page.cdp("Network.enable", json!({}));
        let cut = |offline: bool| {
            let line = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
            page.cdp("Network.emulateNetworkConditions", line);
        };
        cut(true);
        page.enter_on(ITEM);
        page.until_shown(FAILED);
        until_failed(page, SAYS_OFFLINE);
        page.focus_is_on(RETRY);
        cut(false);
        // By itself, and with the focus not lost.
        page.until_text(HEADING, TITLE);
        page.focus_is_on(HEADING);
    });
}
