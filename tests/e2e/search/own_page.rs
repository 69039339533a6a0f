//! `openArchive` in a page of one's own, under a policy that allows nothing but our own files.

use crate::given::in_each_browser;
use crate::page::Page;
use crate::server::Fault;
use serde_json::{Value, json};
use std::fs;
use tempfile::TempDir;

const PAGE: &str = "<!doctype html>\n<html lang=\"ko\">\n<head>\n<meta charset=\"utf-8\">\n<title>찾기</title>\n\
    <link rel=\"icon\" href=\"/icon.svg\">\n<script type=\"module\" src=\"own.js\"></script>\n</head>\n<body></body>\n</html>\n";
const SCRIPT: &str =
    "import { openArchive } from '/search.js';\nwindow.openArchive = openArchive;\n";

/// Opens the page.
fn open(page: &Page) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("page.html"), PAGE).unwrap();
    fs::write(folder.path().join("own.js"), SCRIPT).unwrap();
    page.server.also("own", folder.path());
    page.load("own/page.html", "");
    page.until("the module is there", "return Boolean(window.openArchive)");
    folder
}

/// Gives what an expression of a program gives, or `[code, name, whether it has an address]` of what it throws.
fn run(page: &Page, program: &str) -> Value {
    let script = format!(
        "const done = arguments[0]; (async () => {{ {program} }})()
           .then(done, (error) => done([error.code ?? null, error.name, Boolean(error.url)]))"
    );
    page.js_later(&script, json!([]))
}

#[test]
fn an_archive_is_searched_without_a_viewer() {
    in_each_browser(|page| {
        let _folder = open(page);
        assert!(!page.server.take_asked().iter().any(|path| path.starts_with("app/")));
        let found = run(
            page,
            "const archive = window.archive = await openArchive('/archive/');
             const { total, hits, dropped, didYouMean, loosenings } = await archive.search('직항', { lang: 'ko' });
             const [{ id, title, date, section, department, excerpt, block, url }] = hits;
             return { total, dropped, didYouMean, loosenings, id, title, date, section, department, block, url,
               mark: excerpt.find(({ mark }) => mark).text, whole: excerpt.map(({ text }) => text).join('').length > 40 }",
        );
        assert_eq!(
            found,
            json!({
                "total": 2, "dropped": [], "didYouMean": null, "loosenings": [],
                "id": "0305-belmare-direct-air-route-ko", "title": "한-벨마레 직항 노선, 6월부터 주 3회 운항",
                "date": "2026-03-05", "section": "보도자료", "department": "국제경제과", "block": "p1",
                "url": page.server.url("archive/releases/0305-belmare-direct-air-route-ko.html#rv-at-p1"),
                "mark": "직항", "whole": true,
            })
        );
        // The address of a hit is that of its paragraph.
        page.go(found["url"].as_str().unwrap());
        page.until_shown("#rv-at-p1");
        page.back();
        page.until("the module is there", "return Boolean(window.openArchive)");
        let pages = run(
            page,
            "const archive = window.archive = await openArchive('/archive/archive.json');
             const of = async (offset) => (await archive.search('외교부', { lang: 'ko', limit: 5, offset })).hits.map(({ id }) => id);
             const all = (await Promise.all([of(0), of(5), of(10), of(15)]));
             return [all.map((ids) => ids.length), new Set(all.flat()).size]",
        );
        assert_eq!(pages, json!([[5, 5, 4, 0], 14]));
        for (program, wanted) in [
            ("return (await archive.search('\"직항 노선\"', { lang: 'ko' })).total", json!(2)),
            (
                "return (await archive.search('직항 노선', { lang: 'ko', phrase: true })).total",
                json!(2),
            ),
            (
                "return (await archive.search('직항', { section: 'statements', lang: 'ko' })).loosenings",
                json!([{ "what": "section", "word": null, "total": 2 }]),
            ),
            (
                "return (await archive.search('pasport', { lang: 'en' })).didYouMean",
                json!("passport"),
            ),
            (
                "return (await archive.search('Korea', { lang: 'en', order: 'date' })).hits.map(({ date }) => date).every((date, at, all) => !at || date <= all[at - 1])",
                json!(true),
            ),
            (
                "return (await archive.search('외교부', { lang: 'ko', from: '2026-08-01', to: '2026-08-31' })).hits.every(({ date }) => date.startsWith('2026-08'))",
                json!(true),
            ),
            (
                "return (await archive.search('외교부', { lang: 'ko', files: true })).hits.every(({ attachments }) => attachments > 0)",
                json!(true),
            ),
            (
                "return (await archive.suggest('외교', { lang: 'ko' })).map(({ text }) => text)",
                json!(["외교부", "외교장관회담"]),
            ),
            ("return (await archive.search('', {})).total", json!(0)),
            ("return (await archive.search('🙂'.repeat(5000), {})).total", json!(0)),
        ] {
            assert_eq!(run(page, program), wanted, "{program}");
        }
        super::nothing_is_reported(page);
    });
}

#[test]
fn a_later_suggestion_ends_the_one_before_and_a_signal_ends_a_search() {
    in_each_browser(|page| {
        let _folder = open(page);
        run(page, "window.archive = await openArchive('/archive/')");
        let ended = run(
            page,
            "const both = await Promise.allSettled([archive.suggest('여'), archive.suggest('외교', { lang: 'ko' })]);
             return both.map(({ status, reason, value }) => reason?.name ?? value.length)",
        );
        assert_eq!(ended, json!(["AbortError", 2]));
        page.server.fail(".txt", Fault::Hanging);
        let ended = run(
            page,
            "const stop = new AbortController();
             setTimeout(() => stop.abort(), 50);
             return archive.search('인도적 지원', { signal: stop.signal })",
        );
        assert_eq!(ended[1], json!("AbortError"));
        page.server.mend();
        let found =
            run(page, "return (await archive.search('인도적 지원', { lang: 'ko' })).total > 0");
        assert_eq!(found, json!(true), "the next one is answered");
    });
}

#[test]
fn what_cannot_be_loaded_is_an_error_with_code_and_address() {
    in_each_browser(|page| {
        let _folder = open(page);
        assert_eq!(
            run(page, "return openArchive('/no/such/archive/')"),
            json!(["server", "Error", true])
        );
        // A page of the host's is no archive.
        page.server.fail("archive/archive.json", Fault::Garbage);
        assert_eq!(run(page, "return openArchive('/archive/')"), json!(["data", "Error", true]));
        page.server.mend();
        run(page, "window.archive = await openArchive('/archive/')");
        for (end, fault, code) in [
            (".bin", Fault::Refused, "server"),
            (".bin", Fault::Garbage, "data"),
            (".txt", Fault::Garbage, "data"),
        ] {
            page.server.fail(end, fault);
            let script = "window.archive = await openArchive('/archive/'); return archive.search('직항', { lang: 'ko' })";
            assert_eq!(run(page, script), json!([code, "Error", true]), "{end}, {fault:?}");
            page.server.mend();
            let found = run(page, "return (await archive.search('직항', { lang: 'ko' })).total");
            assert_eq!(found, json!(2), "{end}, {fault:?}, mended");
        }
    });
}
