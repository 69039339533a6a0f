//! An address gives the same view: after a reload, after back and forward, in another tab.

use crate::browser::Engine;
use crate::given::{in_chromium, in_each_browser};
use crate::page::{Key, Page};
use crate::server::WITH_LINKS;
use serde_json::{Value, json};

const HEADING: &str = "#rv-heading";
const RELEASE: &str = "#rv/0305-belmare-direct-air-route-ko";
const PARAGRAPH: &str = "#rv/0305-belmare-direct-air-route-ko/p4";
const TITLE: &str = "한-벨마레 직항 노선, 6월부터 주 3회 운항";
const ADDRESSES: [&str; 7] = [
    "#rv?page=2",
    "#rv?section=briefings",
    "#rv?lang=en&section=speeches",
    RELEASE,
    PARAGRAPH,
    // 직항 from a day on, 여권과
    "#rv?q=%EC%A7%81%ED%95%AD&from=2026-03-01",
    "#rv?q=&department=%EC%97%AC%EA%B6%8C%EA%B3%BC",
];

/// All that makes a view what it is, except where it is scrolled.
fn view(page: &Page) -> Value {
    page.js(
        "const values = (css) => [...document.querySelectorAll(css)].map((field) => field.value);
         const ids = (css) => [...document.querySelectorAll(css)].map((found) => found.id);
         return { address: location.hash, title: document.title, heading: text('#rv-heading'),
           lang: document.querySelector('.rv').lang, page: text('.rv-pages [aria-current]'),
           section: texts('.rv-main-menu [aria-current]'), items: ids('.rv-item a'), fields: values('.rv-field'),
           addressed: ids('.rv-addressed') }",
    )
}

fn until_heading_is(page: &Page, heading: &Value) {
    page.until_text(HEADING, heading.as_str().unwrap_or_default());
}

fn until_scrolled_to(page: &Page, top: i64) {
    page.until(
        &format!("the window stands at {top}"),
        &format!("return Math.abs(scrollY - {top}) <= 2"),
    );
}

#[test]
fn a_reload_gives_the_same_view() {
    in_each_browser(|page| {
        for address in ADDRESSES {
            page.open(address);
            page.until("the view is named", "return text('#rv-heading') && document.title");
            let before = view(page);
            assert_eq!(before["address"], json!(address));
            page.reload();
            until_heading_is(page, &before["heading"]);
            assert_eq!(view(page), before);
        }
    });
}

#[test]
fn a_reload_stays_where_the_window_was() {
    in_each_browser(|page| {
        page.open(RELEASE);
        page.until_text(HEADING, TITLE);
        page.js("scrollTo(0, 500)");
        // What is noted while the page goes is lost in Chromium; so nothing is asked before the window has rested.
        page.until("the place is noted", "return history.state?.rvScroll === 500");
        page.reload();
        page.until_text(HEADING, TITLE);
        until_scrolled_to(page, 500);
    });
}

#[test]
fn an_addressed_paragraph_has_the_focus_in_the_middle_of_the_window() {
    in_each_browser(|page| {
        let check = || {
            page.focus_is_on("#rv-at-p4");
            page.until(
                "the paragraph stands around the middle",
                "const { top, bottom } = document.activeElement.getBoundingClientRect();
                 return top < innerHeight * .6 && bottom > innerHeight * .4",
            );
            assert_eq!(page.texts(".rv-number[aria-current=location]"), ["4. 문단 주소"]);
        };
        page.open(PARAGRAPH);
        check();
        page.reload();
        check();
    });
}

#[test]
fn back_and_forward_give_the_same_views() {
    in_each_browser(|page| {
        page.open("#rv?page=2");
        let mut views = vec![view(page)];
        let steps = [
            (".rv-main-menu li:nth-child(1) > a", "보도자료"),
            ("#rv-item-0305-belmare-direct-air-route-ko", TITLE),
            ("#rv-at-p4 > .rv-number", TITLE),
            (".rv-neighbours [rel=next]", "해외진출 기업과 함께하는 안전 간담회 개최"),
            (".rv-main-menu li:nth-child(3) > a", "성명·논평"),
        ];
        for (link, heading) in steps {
            let before = page.fragment();
            page.follow(link);
            page.until("the address has changed", &format!("return location.hash !== {before:?}"));
            page.until_text(HEADING, heading);
            page.until(
                "the view is there",
                "const at = location.hash.split('/')[2]; return !at || visible('#rv-at-' + at)",
            );
            views.push(view(page));
        }
        let check = |view_before: &Value| {
            let address = view_before["address"].as_str().unwrap_or_default();
            page.until("the address is back", &format!("return location.hash === {address:?}"));
            until_heading_is(page, &view_before["heading"]);
            assert_eq!(&view(page), view_before);
            let focused = page.focused();
            assert!(
                focused.is_some_and(|at| !at.name.starts_with("a#after")),
                "the focus is in the viewer"
            );
        };
        for before in views.iter().rev().skip(1) {
            page.back();
            check(before);
        }
        for before in views.iter().skip(1) {
            page.forward();
            check(before);
        }
    });
}

#[test]
fn back_stands_where_the_window_was() {
    in_each_browser(|page| {
        // To a list, where the item takes the focus, and to a release, where the heading does.
        for (address, top, link) in [
            ("#rv", 300, "#rv-item-0407-safety-round-table-ko"),
            (RELEASE, 600, ".rv-neighbours [rel=prev]"),
        ] {
            page.open(address);
            page.until_shown(link);
            page.js(&format!("scrollTo(0, {top})"));
            until_scrolled_to(page, top);
            let heading = json!(page.text(HEADING));
            page.follow(link);
            page.until(
                "another view is there",
                &format!("return text('#rv-heading') !== {heading}"),
            );
            page.until("its beginning is in the window", &format!("return scrollY < {top}"));
            page.back();
            until_heading_is(page, &heading);
            until_scrolled_to(page, top);
        }
    });
}

#[test]
fn a_copied_address_gives_the_same_in_another_tab() {
    in_each_browser(|page| {
        page.open(RELEASE);
        page.until_text(HEADING, TITLE);
        page.follow("#rv-at-p3 > .rv-number");
        page.until_shown("#rv-at-p3.rv-addressed");
        let (before, url) = (view(page), page.url());
        page.new_tab();
        page.go(&url);
        page.ready();
        page.until_shown("#rv-at-p3.rv-addressed");
        assert_eq!(view(page), before);
        page.focus_is_on("#rv-at-p3");
    });
}

#[test]
fn the_copy_button_copies_the_address_and_says_so() {
    in_chromium(|page| {
        page.cdp(
            "Browser.grantPermissions",
            json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
        );
        page.open(PARAGRAPH);
        page.focus_is_on("#rv-at-p4");
        page.enter_on("[data-rv=copy]");
        page.until_text("[data-rv=copy]", "복사했습니다");
        page.until_text(".rv [role=status]", "복사했습니다");
        page.focus_is_on("[data-rv=copy]");
        let copied = page.js_later("navigator.clipboard.readText().then(arguments[0], (error) => arguments[0](String(error)))", json!([]));
        assert_eq!(copied, json!(page.url()));
    });
}

#[test]
fn a_click_with_control_is_left_to_the_browser() {
    in_each_browser(|page| {
        let link = "#rv-item-0305-belmare-direct-air-route-ko";
        page.open("#rv");
        page.until_shown(link);
        assert_eq!(
            page.js(&format!("return document.querySelector({link:?}).getAttribute('href')")),
            json!(RELEASE)
        );
        let list = view(page);
        page.js(
            "window.clicked = null;
             addEventListener('click', (event) => { window.clicked = [event.ctrlKey, event.defaultPrevented]; })",
        );
        page.control_click(link);
        page.until("the click has come", "return window.clicked");
        assert_eq!(
            page.js("return window.clicked"),
            json!([true, false]),
            "the viewer does not take the click"
        );
        // MiniBrowser, which has no tabs for that, goes there itself.
        if page.engine != Engine::WebKit {
            assert_eq!(view(page), list, "and goes nowhere");
        }
    });
}

#[test]
fn a_link_opens_in_a_tab_of_its_own() {
    in_each_browser(|page| {
        if page.engine == Engine::WebKit {
            return;
        }
        let link = "#rv-item-0305-belmare-direct-air-route-ko";
        page.open("#rv");
        page.until_shown(link);
        page.control_click(link);
        let windows = page.until_windows(2);
        page.switch_to(&windows[1]);
        page.ready();
        page.until_text(HEADING, TITLE);
        assert_eq!(page.fragment(), RELEASE);
    });
}

#[test]
fn an_unknown_release_is_said_to_be_missing() {
    in_each_browser(|page| {
        page.open("#rv/no-such-release");
        page.until_text(HEADING, "찾으시는 보도자료가 없습니다.");
        // Also from a view that stands.
        page.open("#rv");
        page.go(&format!("{}/no-such-release", page.url()));
        page.until_text(HEADING, "찾으시는 보도자료가 없습니다.");
        page.focus_is_on(HEADING);
        page.enter_on(".rv-message__ways a");
        page.until_text(HEADING, "보도자료");
    });
}

#[test]
fn an_unknown_paragraph_gives_its_release() {
    in_each_browser(|page| {
        page.open(&format!("{RELEASE}/p99"));
        page.until_text(HEADING, TITLE);
        assert!(!page.shows(".rv-addressed"));
        page.press(Key::Tab);
        page.focus_is_on(".rv-skip-menu__entry");
    });
}

#[test]
fn foreign_fragments_are_left_to_the_host() {
    in_each_browser(|page| {
        page.load(WITH_LINKS, RELEASE);
        page.ready();
        page.until_text(HEADING, TITLE);
        let before = view(page);
        page.enter_on("#after");
        page.until(
            "the host's link was followed",
            "return location.hash === '#top' && scrollY === 0",
        );
        // The viewer hears of it in the same moment: two frames later everything would have happened.
        page.frames();
        let mut after = view(page);
        after["address"] = before["address"].clone();
        assert_eq!(after, before);
        page.back();
        page.until("the address is back", &format!("return location.hash === {RELEASE:?}"));
        assert_eq!(page.text(HEADING), TITLE);
    });
}
