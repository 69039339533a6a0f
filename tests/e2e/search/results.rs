//! What was found: from result to result, into one, and back.

use super::{
    FIELD, FOUND, FOUND_HEADING, HEADING, MANY, MANY_HEADING, hits, nothing_is_reported, open,
    search_for, value,
};
use crate::given::in_each_browser;
use crate::page::Key;
use serde_json::json;

const SECOND_PAGE: &str = ".rv-pages__link[href$='page=2']:not([rel])";

#[test]
fn results_are_a_list_that_tab_goes_through() {
    in_each_browser(|page| {
        search_for(page, MANY);
        page.until_text(HEADING, MANY_HEADING);
        let list = page.js("const list = document.querySelector('.rv-items'); \
            return [list.localName, list.children.length, list.querySelectorAll(':scope > li').length]");
        assert_eq!(list, json!(["ul", 6, 6]));
        let mut titles = Vec::new();
        for _ in 0..60 {
            page.press(Key::Tab);
            if page.js("return document.activeElement.matches('.rv-item__title a')") == json!(true)
            {
                titles.push(page.js("return document.activeElement.textContent.trim()"));
            }
            if page.js("return document.activeElement.matches('.rv-pages .rv-pages__link')")
                == json!(true)
            {
                break;
            }
        }
        assert_eq!(json!(titles), json!(page.texts(".rv-item__title")), "in their order");
    });
}

#[test]
fn a_result_opens_at_its_paragraph_and_back_leads_to_where_it_was() {
    in_each_browser(|page| {
        search_for(page, MANY);
        page.until_text(HEADING, MANY_HEADING);
        // The last one that names a paragraph: the window has to scroll for it.
        let link = page.js("const links = [...document.querySelectorAll('.rv-item a[href*=\"/p\"]')]; \
            const last = links.at(-1); return [last.closest('.rv-item').querySelector('.rv-item__title a').id, last.getAttribute('href')]");
        let (id, href) = (link[0].as_str().unwrap(), link[1].as_str().unwrap());
        let item = format!("#{id}");
        page.tab_to(&item);
        page.until("the window has scrolled", "return scrollY > 100");
        // The scrolling is over, and noted.
        page.until(
            "the place is noted",
            "return Math.abs((history.state?.rvScroll ?? -9) - scrollY) < 2",
        );
        let before = page.js("return scrollY").as_f64().unwrap();
        let shown = hits(page);
        page.press(Key::Enter);
        page.until_shown(".rv-addressed");
        page.focus_is_on(".rv-addressed");
        assert!(page.text(".rv-addressed").contains(MANY), "the passage that was shown");
        assert_eq!(page.fragment(), page.js(&format!("return new URL({href:?}, location).hash")));
        page.back();
        page.until_text(HEADING, MANY_HEADING);
        page.focus_is_on(&item);
        let after = page.js("return scrollY").as_f64().unwrap();
        assert!((before - after).abs() < 3.0, "scrolled to {after}, was at {before}");
        assert_eq!(hits(page), shown);
        assert_eq!(value(page), json!(MANY), "the window is as it was");
        nothing_is_reported(page);
    });
}

#[test]
fn page_links_lead_to_the_heading_and_each_page_has_others() {
    in_each_browser(|page| {
        search_for(page, MANY);
        page.until_text(HEADING, MANY_HEADING);
        let mut all = page.texts(".rv-item__title");
        page.enter_on(SECOND_PAGE);
        page.until("it is the second page", "return location.hash.endsWith('page=2') && text('.rv-pages [aria-current=page]').startsWith('2')");
        page.focus_is_on(HEADING);
        all.extend(page.texts(".rv-item__title"));
        page.enter_on(".rv-pages__link[rel=next]");
        page.until("it is the third page", "return location.hash.endsWith('page=3') && text('.rv-pages [aria-current=page]').startsWith('3')");
        all.extend(page.texts(".rv-item__title"));
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!((count, all.len()), (14, 14), "each release once");
        page.back();
        page.until(
            "it is the second page",
            "return text('.rv-pages [aria-current=page]').startsWith('2')",
        );
        page.until("the focus is there", "return document.activeElement.id === 'rv-heading'");
    });
}

#[test]
fn the_order_is_a_link() {
    in_each_browser(|page| {
        search_for(page, MANY);
        page.until_text(HEADING, MANY_HEADING);
        assert_eq!(page.texts(".rv-orders [aria-current]"), ["관련도순"]);
        page.enter_on(".rv-orders a[href*='order=date']");
        page.until("it is the other", "return text('.rv-orders [aria-current]') === '최신순'");
        page.focus_is_on(HEADING);
        let dates = page.js("return texts('.rv-item__date').map((date) => date.split('.').slice(0, 3).map((part) => part.trim().padStart(2, '0')).join('-'))");
        let dates: Vec<String> = serde_json::from_value(dates).unwrap();
        let mut newest_first = dates.clone();
        newest_first.sort_by(|one, other| other.cmp(one));
        assert_eq!(dates, newest_first);
        // Other words are answered in that order, too.
        page.js(&format!("document.querySelector({FIELD:?}).focus()"));
        super::retype(page, FOUND);
        page.press(Key::Enter);
        page.until_text(HEADING, FOUND_HEADING);
        assert_eq!(page.texts(".rv-orders [aria-current]"), ["최신순"]);
    });
}

#[test]
fn reload_and_a_shared_address_give_the_same() {
    in_each_browser(|page| {
        search_for(page, MANY);
        page.until_text(HEADING, MANY_HEADING);
        page.enter_on(".rv-orders a[href*='order=date']");
        page.until("it is the other", "return location.hash.includes('order=date')");
        page.enter_on(SECOND_PAGE);
        page.until(
            "it is the second page",
            "return text('.rv-pages [aria-current=page]').startsWith('2')",
        );
        let (shown, address) = (hits(page), page.fragment());
        assert_eq!(address, "#rv?q=%EC%99%B8%EA%B5%90%EB%B6%80&order=date&page=2");
        page.reload();
        page.until_text(HEADING, MANY_HEADING);
        assert_eq!(hits(page), shown);
        assert_eq!(value(page), json!(MANY), "the window shows what was asked");
        open(page, &address);
        page.until_text(HEADING, MANY_HEADING);
        assert_eq!((hits(page), page.fragment()), (shown, address));
        nothing_is_reported(page);
    });
}
