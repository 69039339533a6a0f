//! How viewers come into a page, move about in it, and go.

use super::viewer::{HEADING, ITEM, Viewer};
use super::{in_hosts, nothing_went_wrong, of, set_policy};
use crate::page::Page;
use crate::server::{Fault, POLICY};
use serde_json::json;

/// A page without viewer and without the policy that keeps a host from `innerHTML`.
pub(super) fn open_bare(page: &Page) {
    let (policy, _trusted_types) = POLICY.split_once("; require-trusted-types-for").unwrap();
    set_policy(page, &of("bare.html"), policy);
    page.load(&of("bare.html"), "");
}

/// Loads the loader.
pub(super) fn load(page: &Page) {
    let failed = page.js_later(
        "import('/release-viewer.js').then(() => arguments[0](''), (error) => arguments[0](String(error)))",
        json!([]),
    );
    assert_eq!(failed, json!(""), "the loader can be loaded");
}

/// Puts a viewer with a child of the host into the page.
pub(super) fn put(page: &Page) {
    page.js("document.querySelector('#place').innerHTML = '<release-viewer src=\"/archive/\" page-size=\"5\"><p>글</p></release-viewer>'");
}

/// Makes sure that nothing of a viewer is in the page.
fn is_gone(page: &Page) {
    page.frames();
    let left = page.js("return [document.querySelectorAll('[class|=rv], [id^=rv], template').length, document.adoptedStyleSheets.length]");
    assert_eq!(left, json!([1, 0]), "only the host's own .rv-like element is left");
}

#[test]
fn viewers_are_made_by_scripts() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        page.js("const viewer = document.createElement('release-viewer');
             viewer.setAttribute('page-size', '3');
             viewer.setAttribute('src', '/archive/');
             document.querySelector('#place').append(viewer);");
        Viewer::only(page).until_count(".rv-item", 3);
        page.js("document.querySelector('#place').replaceChildren()");
        is_gone(page);
        page.js("const Viewer = customElements.get('release-viewer');
             const viewer = new Viewer();
             document.querySelector('#place').append(viewer);
             viewer.src = '/archive/';
             viewer.pageSize = 4;");
        Viewer::only(page).until_count(".rv-item", 4);
        nothing_went_wrong(page);
    });
}

#[test]
fn viewers_come_and_go_with_the_markup_of_the_host() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        for _ in 0..3 {
            put(page);
            Viewer::only(page).until_shown(ITEM);
            page.js("document.querySelector('#place').innerHTML = ''");
            is_gone(page);
        }
        // Gone before it has begun.
        put(page);
        page.js("document.querySelector('#place').innerHTML = ''");
        is_gone(page);
        nothing_went_wrong(page);
    });
}

#[test]
fn a_viewer_that_goes_while_it_loads_leaves_nothing() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        page.server.fail("archive/lists/ko/press-releases/0.json", Fault::Hanging);
        put(page);
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(9);
        while page.server.hanging() == 0 {
            assert!(std::time::Instant::now() < deadline, "the list is asked for");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        page.js("document.querySelector('release-viewer').remove()");
        is_gone(page);
        page.server.mend();
        page.frames();
        is_gone(page);
        put(page);
        Viewer::only(page).until_shown(ITEM);
        nothing_went_wrong(page);
    });
}

#[test]
fn a_copy_of_a_viewer_is_a_viewer() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        for isolate in [false, true] {
            put(page);
            let first = Viewer::new(page, "#place release-viewer");
            first.js(&format!("viewer.isolate = {isolate}"));
            first.until_shown(ITEM);
            page.js("document.querySelector('#other').append(document.querySelector('release-viewer').cloneNode(true))");
            let copy = Viewer::new(page, "#other release-viewer");
            copy.until_shown(ITEM);
            copy.until_count(".rv-item", 5);
            first.until_count(".rv-item", 5);
            let roots = "return [viewer, viewer.shadowRoot ?? viewer].map((at) => at.querySelectorAll('.rv').length)";
            let wanted = if isolate { json!([0, 1]) } else { json!([1, 1]) };
            assert_eq!([first.js(roots), copy.js(roots)], [wanted.clone(), wanted]);
            assert_eq!(page.js("return wrongIds()"), json!([]));
            let title = copy.open_first();
            first.until_shown(ITEM);
            assert_eq!(copy.text(HEADING), title);
            page.js("document.querySelector('#place').replaceChildren()");
            page.frames();
            assert_eq!(copy.text(HEADING), title, "the copy goes on alone");
            page.js("document.querySelector('#other').replaceChildren(); history.replaceState(null, '', location.pathname)");
            is_gone(page);
        }
        nothing_went_wrong(page);
    });
}

#[test]
fn a_viewer_that_is_moved_goes_on() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        for way in ["insertBefore", "moveBefore"] {
            put(page);
            let viewer = Viewer::only(page);
            // Tab goes on from where the viewer before was, and that is further down.
            page.js("document.querySelector('header a').focus()");
            let title = viewer.open_first();
            viewer.js("watched.kept.root = rootOf(viewer)");
            page.server.take_asked();
            let ready = viewer.events("rv-ready").len();
            for place in ["#other", "#place", "#other"] {
                viewer.js_with(
                    "document.querySelector(arguments[0])[arguments[1]](viewer, null)",
                    json!([place, way]),
                );
                page.frames();
                assert_eq!(viewer.text(HEADING), title, "moved by {way}");
                assert_eq!(
                    viewer.js("return watched.kept.root === rootOf(viewer)"),
                    json!(true),
                    "it is the same view, moved by {way}"
                );
            }
            assert_eq!(page.server.take_asked(), Vec::<String>::new(), "nothing is loaded again");
            assert_eq!(viewer.events("rv-ready").len(), ready);
            page.back();
            viewer.until_shown(ITEM);
            page.js("document.querySelector('#other').replaceChildren()");
            is_gone(page);
        }
        nothing_went_wrong(page);
    });
}

#[test]
fn a_viewer_that_comes_back_shows_again() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        put(page);
        let viewer = Viewer::only(page);
        viewer.until_shown(ITEM);
        page.js("watched.kept.viewer = document.querySelector('release-viewer'); watched.kept.viewer.remove()");
        is_gone(page);
        let left = page.js("return watched.kept.viewer.outerHTML");
        assert_eq!(
            left,
            json!("<release-viewer src=\"/archive/\" page-size=\"5\"><p>글</p></release-viewer>")
        );
        for _ in 0..3 {
            page.js("document.querySelector('#other').append(watched.kept.viewer)");
            viewer.until_shown(ITEM);
            viewer.open_first();
            page.back();
            viewer.until_shown(ITEM);
            page.js("watched.kept.viewer.remove()");
            is_gone(page);
            assert_eq!(page.js("return watched.kept.viewer.outerHTML"), left);
        }
        nothing_went_wrong(page);
    });
}

#[test]
fn what_is_said_before_the_loader_is_there_counts() {
    in_hosts(|page| {
        open_bare(page);
        put(page);
        // Properties of an element that is not yet a viewer.
        page.js(
            "const viewer = document.querySelector('release-viewer');
             Object.assign(viewer, { pageSize: 3, headingLevel: 4, lang: 'en', skipMenu: 'none' });",
        );
        load(page);
        let viewer = Viewer::only(page);
        viewer.until_count(".rv-item", 3);
        viewer.until("it speaks English", "return rootOf(viewer).lang === 'en'");
        let seen = viewer.js(
            "return [['pageSize', 'headingLevel', 'lang', 'skipMenu'].filter((name) => Object.hasOwn(viewer, name)), viewer.getAttribute('page-size'), viewer.pageSize + '',
               inside(viewer, \"[id$='-heading']\").localName, !inside(viewer, '.rv-skip-menu')]",
        );
        assert_eq!(seen, json!([[], "3", "3", "h4", true]));
        nothing_went_wrong(page);
    });
}

#[test]
fn what_is_asked_before_the_application_is_there_is_done() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        put(page);
        page.js(
            "document.querySelector('release-viewer').show('0709-passport-service-app-ko', 'p2')",
        );
        let viewer = Viewer::only(page);
        viewer.until_text(HEADING, "여권 재발급, 7월 20일부터 휴대전화 앱으로 신청하세요");
        assert_eq!(page.fragment(), "#rv/0709-passport-service-app-ko/p2");
        page.js("document.querySelector('#place').replaceChildren(); history.replaceState(null, '', location.pathname)");
        is_gone(page);
        put(page);
        page.js("document.querySelector('release-viewer').search('여권')");
        viewer.until("the query has been looked for", "return inside(viewer, 'mark')");
        let events = viewer.events("rv-search");
        assert_eq!(events.len(), 1, "{events:?}");
        assert_eq!(events[0]["detail"]["query"], json!("여권"));
        assert!(events[0]["detail"]["total"].as_u64() >= Some(1), "{events:?}");
        nothing_went_wrong(page);
    });
}

#[test]
fn a_host_can_write_into_a_viewer_that_shows() {
    in_hosts(|page| {
        open_bare(page);
        load(page);
        let viewer = Viewer::only(page);
        let mut found = Vec::new();
        for (write, left) in [
            ("viewer.textContent = '새 글'", "새 글"),
            ("viewer.innerHTML = '<b>새 글</b>'", "<b>새 글</b>"),
            ("viewer.append('끝')", "<p>글</p>끝"),
            ("viewer.prepend('앞')", "앞<p>글</p>"),
            ("viewer.replaceChildren('새 글')", "새 글"),
            ("viewer.appendChild(document.createElement('b'))", "<p>글</p><b></b>"),
        ] {
            put(page);
            viewer.until_count(".rv-item", 5);
            viewer.js(write);
            page.frames();
            if viewer.js("return isShown(inside(viewer, '.rv-item a'))") != json!(true) {
                found.push(format!("{write}: the view is gone"));
            }
            page.js("watched.kept.viewer = document.querySelector('release-viewer'); watched.kept.viewer.remove()");
            page.frames();
            let content = page.js("return watched.kept.viewer.innerHTML");
            if content != json!(left) {
                found.push(format!("{write}: {content} is left, not {left:?}"));
            }
        }
        assert!(found.is_empty(), "{}", found.join("\n"));
        nothing_went_wrong(page);
    });
}
