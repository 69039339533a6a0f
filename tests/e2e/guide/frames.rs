//! The viewer in a frame (`static/embed.html`), for pages that allow no script of others.

use super::{Guide, PRESS, Rule, blocks_for, dist, header, the_block_for};
use crate::given::in_chromium;
use crate::server::{POLICY, Server};
use std::time::Duration;

/// The origins in the examples: of the viewer's server, and of the page with the frame.
const VIEWER_ORIGIN: &str = "https://press.example.go.kr";
const HOST_ORIGIN: &str = "https://www.example.go.kr";

/// The frame's page is ready.
const FRAME_READY: &str = "const inside = document.querySelector('iframe').contentDocument; \
     return inside?.querySelector('#rv-heading')?.checkVisibility()";

/// An origin, without a path.
fn origin(server: &Server) -> String {
    server.url("").trim_end_matches('/').to_owned()
}

/// Opens a page with a frame, in the style that the guide gives to it.
fn open(guide: &Guide<'_>, html: &str) {
    guide.write("page.css", the_block_for(Rule::FrameStyle).text);
    guide.open(&format!("<link rel=\"stylesheet\" href=\"/guide/page.css\">\n{html}"));
}

#[test]
fn a_frame_shows_the_viewer_without_any_script_of_the_host() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        guide.under(&format!("{POLICY}; frame-src 'self'"));
        let block = blocks_for(|rule| rule == Rule::Frame)
            .into_iter()
            .find(|block| !block.text.contains("<script"));
        let block = block.expect("the guide shows a frame alone");
        open(&guide, &block.text.replace(VIEWER_ORIGIN, &origin(&page.server)));
        page.until("the viewer in the frame is ready", FRAME_READY);
        let height = page.js("return document.querySelector('iframe').offsetHeight");
        assert_eq!(height, 800, "the frame has the height of its style");
        page.js("document.querySelector('iframe').contentDocument.querySelector('.rv-item__title a').click()");
        page.until(
            "the frame has an address of its own",
            "const inside = document.querySelector('iframe').contentDocument; \
             return inside.location.hash.length > 4 && Boolean(inside.querySelector('.rv-release__title'))",
        );
        assert_eq!(page.fragment(), "", "the address of the host stays");
        assert_eq!(page.js("return document.title"), "예시", "the title of the host stays");
        guide.says_nothing(block.line);
    });
}

#[test]
fn a_frame_of_another_origin_becomes_as_high_as_its_content() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let viewer = Server::start(&dist());
        viewer.also(PRESS, &dist());
        let host = origin(&page.server);
        let policy = header(the_block_for(Rule::FramePolicy).text, "Content-Security-Policy");
        viewer.set_header(
            "press/embed.html",
            "Content-Security-Policy",
            &policy.replace(HOST_ORIGIN, &host),
        );
        guide.under(&format!("{POLICY}; frame-src {}", origin(&viewer)));
        guide.write("press-frame.js", the_block_for(Rule::FrameScript).text);
        let block = blocks_for(|rule| rule == Rule::Frame)
            .into_iter()
            .find(|block| block.text.contains("<script"));
        let block = block.expect("the guide shows a frame with a script");
        let html = block.text.replace(VIEWER_ORIGIN, &origin(&viewer)).replace(HOST_ORIGIN, &host);
        open(&guide, &html);
        let height = "return parseFloat(document.querySelector('iframe').style.height)";
        page.until("the frame is as high as a list", &format!("{height} > 1000"));
        page.frames();
        let (one, wide) =
            (page.js(height), page.js("return document.querySelector('iframe').clientWidth"));
        assert!(wide.as_f64() > Some(600.0), "the frame is as wide as the page: {wide}");
        page.js("document.querySelector('iframe').style.width = '360px'");
        page.until("a narrow frame is higher", &format!("{height} > {one}"));
        page.js("document.querySelector('iframe').style.width = ''");
        page.until("and as high as before", &format!("{height} === {one}"));
        guide.says_nothing(block.line);
        // Others may not frame it.
        viewer.set_header(
            "press/embed.html",
            "Content-Security-Policy",
            &policy.replace(HOST_ORIGIN, "https://other.example"),
        );
        open(&guide, &html);
        std::thread::sleep(Duration::from_secs(1));
        assert!(page.console().iter().any(|line| line.contains("frame-ancestors")));
    });
}

/// Opens `embed.html` in a frame of the same origin, and gives all that it has told the page when it is ready.
fn told_by_a_frame(guide: &Guide<'_>, query: &str) -> serde_json::Value {
    let page = guide.page;
    guide.write(
        "listen.js",
        "window.told = []; addEventListener('message', ({ data }) => told.push(data));",
    );
    guide.under(&format!("{POLICY}; frame-src 'self'"));
    guide.open(&format!(
        "<script src=\"/guide/listen.js\"></script>\n\
         <iframe title=\"보도자료\" src=\"/press/embed.html?{query}\" height=\"600\"></iframe>\n"
    ));
    page.until(
        "the frame shows something",
        "const inside = document.querySelector('iframe').contentDocument; \
         return inside?.querySelector('[role=alert], #rv-heading')?.checkVisibility()",
    );
    // What is told is told after the next drawing.
    page.frames();
    page.frames();
    page.js("return told")
}

#[test]
fn the_page_around_a_frame_goes_to_what_the_reader_has_chosen() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        guide.under(&format!("{POLICY}; frame-src 'self'"));
        guide.write("press-frame.js", the_block_for(Rule::FrameScript).text);
        let frames = blocks_for(|rule| rule == Rule::Frame);
        let block = frames.iter().find(|block| block.text.contains("<script")).unwrap();
        let here = origin(&page.server);
        open(&guide, &block.text.replace(VIEWER_ORIGIN, &here).replace(HOST_ORIGIN, &here));
        page.until("the viewer in the frame is ready", FRAME_READY);
        let high = "return parseFloat(document.querySelector('iframe').style.height) > innerHeight";
        page.until("the frame is higher than the window", high);
        page.js("scrollTo(0, 1e6)");
        page.js("const inside = document.querySelector('iframe').contentDocument; \
             [...inside.querySelectorAll('.rv-item__title a')].at(-1).click()");
        page.until(
            "the title of the release is in the window",
            "const frame = document.querySelector('iframe'); \
             const title = frame.contentDocument.querySelector('.rv-release__title'); \
             const y = title && title.getBoundingClientRect().top + frame.getBoundingClientRect().top; \
             return title !== null && y >= 0 && y < innerHeight / 2 && scrollY > 0",
        );
    });
}

#[test]
fn a_frame_tells_its_height_to_the_named_origin_only() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let host = origin(&page.server);
        let told = told_by_a_frame(&guide, &format!("parent={host}"));
        let last = told.as_array().unwrap().last().expect("the height is told");
        assert!(last["type"] == "rv-height" && last["height"].as_f64() > Some(500.0), "{told}");
        // Nothing is told before there is something: the frame would shut.
        let lowest = told.as_array().unwrap().iter().filter_map(|told| told["height"].as_f64());
        assert!(lowest.fold(f64::MAX, f64::min) > 100.0, "{told}");
        for query in [
            "",
            "parent=*",
            "parent=https://other.example",
            "parent=null",
            "parent=javascript:0",
            "parent=//",
        ] {
            assert_eq!(told_by_a_frame(&guide, query), serde_json::json!([]), "{query}");
        }
    });
}

#[test]
fn a_frame_shows_only_what_lies_beside_it() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let shows = |query: &str| {
            told_by_a_frame(&guide, query);
            page.js("return Boolean(document.querySelector('iframe').contentDocument.querySelector('release-viewer'))")
        };
        for source in ["archive/", "archive", "./archive/archive.json", "/press/archive/"] {
            assert_eq!(shows(&format!("src={source}")), true, "{source}");
        }
        for source in [
            "https://other.example/archive/",
            "//other.example/archive/",
            "\\\\other.example\\archive\\",
            "/archive/",
            "../archive/",
            "..%2Farchive/",
            "a/%252e%252e/%252e%252e/archive/",
            "data:application/json,{}",
            "javascript:0",
            "http://",
            ".//other.example/",
        ] {
            assert_eq!(shows(&format!("src={source}")), false, "{source}");
        }
    });
}

#[test]
fn a_frame_takes_language_release_and_level_from_its_address() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        told_by_a_frame(&guide, "lang=en&release=0512-tamarin-storm-en&heading-level=3");
        page.until(
            "the release is shown",
            "const inside = document.querySelector('iframe').contentDocument; \
             return Boolean(inside.querySelector('h3.rv-release__title')) && inside.documentElement.lang === 'en' \
             && inside.title === 'Press releases'",
        );
    });
}
