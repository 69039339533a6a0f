//! Every fault for every file: what a reader sees, what the host notices, what it costs, and that it can be mended.
//!
//! The cases run in frames of one page, each with a server, an origin and a process of its own.

use crate::fault::Fault;
use crate::faulty::{Faulty, File};
use crate::given::in_chromium;
use crate::page::{Key, Page};
use serde_json::{Value, json};
use std::path::Path;
use std::time::Duration;

/// A reader waits no longer for a message.
const LIMIT: f64 = 10_000.0;
/// A button of the host waits no longer for its turn.
const REACTS: f64 = 200.0;
/// Requests for a file that fails, until it is mended.
const REQUESTS: usize = 4;
/// What `rv-error` may say about these.
const CODES: [&str; 5] = ["offline", "timeout", "server", "data", "integrity"];
/// How many cases run at the same time: fast ones, and those that only wait.
const FAST: usize = 4;
const SLOW: usize = 16;

const RELEASE: [(&str, &str); 2] =
    [("ko", "0305-belmare-direct-air-route-ko"), ("en", "0305-belmare-direct-air-route-en")];

/// A page of a host that watches itself.
pub(crate) fn host(lang: &str, head: &str, viewer: &str) -> String {
    let record = include_str!("host.js");
    format!(
        "<!doctype html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>Host</title>\
         <script>{record}</script>{head}<script type=\"module\" src=\"/release-viewer.js\"></script></head>\
         <body><p><button id=\"host\">Host</button></p>{viewer}<p><a href=\"#top\">Top</a></p></body></html>"
    )
}

/// The viewer in it, with content of the host.
pub(crate) const VIEWER: &str = "<release-viewer src=\"archive/\" heading-level=\"1\" page-size=\"6\">\
    <h1 class=\"static\">Static</h1><p><a href=\"/list.html\">All releases</a></p></release-viewer>";

#[derive(Clone, Copy, Debug)]
struct Case {
    fault: Fault,
    file: File,
    /// 0 for a reader of Korean, 1 for one of English.
    lang: usize,
}

/// What is to follow from a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Message,
    View,
    /// Whether such a file can be used after all is the viewer's decision.
    Either,
}

impl Case {
    fn expected(&self) -> Expected {
        let is_data = matches!(self.file, File::Archive | File::List | File::Release);
        match self.fault {
            Fault::Chain => Expected::View,
            // There is no such release: the view says that.
            Fault::Status(404 | 410) if self.file == File::Release => Expected::View,
            // A script must have its type; the rest is read as what it shall be.
            Fault::As(_) if self.file == File::Glue => Expected::Either,
            Fault::As(_) => Expected::View,
            Fault::Utf16 if is_data => Expected::Either,
            // Words without a version of their own, or with another, may well be read.
            Fault::OtherVersion if matches!(self.file, File::List | File::Release) => {
                Expected::Either
            }
            _ => Expected::Message,
        }
    }

    fn start(&self, dist: &Path, number: usize) -> Faulty {
        let server = Faulty::start(dist, u8::try_from(number + 1).unwrap());
        server.page("host.html", &host(RELEASE[self.lang].0, "", VIEWER));
        server.fail(self.file, self.fault);
        server
    }

    fn url(&self, server: &Faulty) -> String {
        let release = if self.file == File::Release { RELEASE[self.lang].1 } else { "" };
        format!("{}#rv/{release}", server.url("host.html")).trim_end_matches('/').to_owned()
    }
}

/// What came of a case.
#[derive(Debug)]
struct Outcome {
    case: Case,
    ms: f64,
    requests: usize,
    seen: Value,
    wrong: Vec<String>,
}

impl Outcome {
    fn print(&self) {
        let Self { case, ms, requests, seen, wrong } = self;
        let codes: Vec<&str> =
            seen["codes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let gap = seen["gap"].as_f64().unwrap_or_default();
        let fault = format!("{:?}", case.fault);
        let file = format!("{:?}", case.file);
        println!(
            "{fault:<34} {file:<8} {ms:>6.0} ms  gap {gap:>4.0} ms  {requests} requests  {}  {}",
            if codes.is_empty() { "-".to_owned() } else { codes.join(" ") },
            wrong.join("; ")
        );
    }
}

/// Runs some cases at the same time.
fn run(page: &Page, dist: &Path, cases: &[Case]) -> Vec<Outcome> {
    let servers: Vec<Faulty> =
        cases.iter().enumerate().map(|(number, case)| case.start(dist, number + 1)).collect();
    let urls: Vec<String> =
        cases.iter().zip(&servers).map(|(case, server)| case.url(server)).collect();
    let top = Faulty::start(dist, 250);
    top.page("frames.html", "<!doctype html><title>Frames</title>");
    page.go(&top.url("frames.html"));
    page.js_with(
        "document.body.replaceChildren(...arguments[0].map((url) => {
           const frame = document.createElement('iframe');
           [frame.src, frame.width, frame.height] = [url, 300, 220];
           return frame;
         }));",
        json!([urls]),
    );
    let in_frame = |number: usize| {
        page.frame(None);
        page.frame(Some(number));
    };
    // All shall have come to an end before the first is mended.
    for number in 0..cases.len() {
        in_frame(number);
        page.comes_true(
            "return !!window.seen && (seen.said ?? seen.shown) !== null",
            Duration::from_secs(13),
        );
    }
    let outcomes = (0..cases.len()).map(|number| {
        in_frame(number);
        finish(page, cases[number], &servers[number])
    });
    let outcomes = outcomes.collect();
    page.frame(None);
    outcomes
}

/// Looks at what has been seen, mends, tries again with a key, and looks at that.
fn finish(page: &Page, case: Case, server: &Faulty) -> Outcome {
    let seen = page.js("return window.seen");
    let (said, shown) = (seen["said"].as_f64(), seen["shown"].as_f64());
    let requests = server.requests(case.file);
    let mut wrong = Vec::new();
    let mut check = |is_right: bool, what: String| {
        if !is_right {
            wrong.push(what);
        }
    };
    match (case.expected(), said, shown) {
        (Expected::Message | Expected::Either, Some(_), None)
        | (Expected::View | Expected::Either, None, Some(_)) => {}
        (expected, ..) => {
            check(false, format!("{expected:?} is expected, not said {said:?}, shown {shown:?}"))
        }
    }
    let ms = said.or(shown).unwrap_or(f64::INFINITY);
    check(ms <= LIMIT, format!("it took {ms:.0} ms"));
    let gap = seen["gap"].as_f64().unwrap_or(f64::INFINITY);
    check(gap <= REACTS, format!("the page stood still for {gap:.0} ms"));
    check(requests <= REQUESTS, format!("{requests} requests"));
    server.mend();
    if said.is_some() {
        let words = seen["words"].as_str().unwrap_or_default();
        let is_korean = words.chars().any(|sign| ('가'..='힣').contains(&sign));
        check(is_korean == (case.lang == 0), format!("in another language: {words}"));
        check(seen["kept"] == json!(true), "the static content is gone".to_owned());
        check(seen["announced"] == json!(true), "no alert".to_owned());
        let codes = seen["codes"].as_array().cloned().unwrap_or_default();
        let is_known = codes.iter().all(|code| CODES.iter().any(|known| code == known));
        check(!codes.is_empty() && is_known, format!("rv-error says {codes:?}"));
        let retry = "const retry = document.querySelector('.rv-fault button, [data-rv=retry]');
                     retry?.focus();
                     return document.activeElement === retry";
        let has_button = page.js(retry) == json!(true);
        check(has_button, "no button".to_owned());
        if has_button {
            page.press(Key::Enter);
            let is_whole = page.comes_true(
                "return seen.shown !== null && !document.querySelector('.rv-fault')",
                Duration::from_secs(5),
            );
            let view = page.js("return document.body.innerText.slice(0, 300)");
            check(is_whole, format!("after mending: {view}"));
            let focus = "const at = document.activeElement; return at.localName + '#' + at.id";
            let is_inside = "return document.activeElement.closest('release-viewer') !== null";
            let is_inside = page.comes_true(is_inside, Duration::from_secs(1));
            check(is_inside, format!("the focus is on {}", page.js(focus)));
        }
    }
    let errors = page.js("return window.seen.errors");
    check(errors == json!([]), format!("errors of the page: {errors}"));
    Outcome { case, ms, requests, seen, wrong }
}

fn check_all(page: &Page, dist: &Path, files: &[File]) {
    let cases = files.iter().flat_map(|&file| Fault::ALL.iter().map(move |&fault| (file, fault)));
    let cases: Vec<Case> = cases
        .enumerate()
        .map(|(number, (file, fault))| Case { fault, file, lang: number % 2 })
        .collect();
    let (slow, fast): (Vec<Case>, Vec<Case>) = cases.iter().partition(|case| case.fault.is_slow());
    let batches = fast.chunks(FAST).chain(slow.chunks(SLOW));
    let mut failed = Vec::new();
    for outcome in batches.flat_map(|cases| run(page, dist, cases)) {
        let outcome = match outcome.wrong.is_empty() {
            true => outcome,
            // The machine may have had much to do: once more, alone.
            false => run(page, dist, &[outcome.case]).remove(0),
        };
        outcome.print();
        if !outcome.wrong.is_empty() {
            failed.push(format!("{:?}: {}", outcome.case, outcome.wrong.join("; ")));
        }
    }
    assert!(failed.is_empty(), "{} of {}:\n{}", failed.len(), cases.len(), failed.join("\n"));
}

/// One test for each kind of file, so that they can be run alone.
fn check_file(file: File) {
    in_chromium(|page| check_all(page, page.server.dist(), &[file]));
}

#[test]
fn a_fault_of_the_wasm_is_contained() {
    check_file(File::Wasm);
}

#[test]
fn a_fault_of_the_glue_is_contained() {
    check_file(File::Glue);
}

#[test]
fn a_fault_of_the_style_is_contained() {
    check_file(File::Style);
}

#[test]
fn a_fault_of_the_archive_is_contained() {
    check_file(File::Archive);
}

#[test]
fn a_fault_of_a_list_is_contained() {
    check_file(File::List);
}

#[test]
fn a_fault_of_a_release_is_contained() {
    check_file(File::Release);
}

#[test]
fn an_outage_costs_few_requests_however_long_it_lasts() {
    in_chromium(|page| {
        for file in File::ALL {
            let case = Case { fault: Fault::Status(503), file, lang: 0 };
            let server = case.start(page.server.dist(), 1);
            page.go(&case.url(&server));
            page.until("it is said", "return window.seen?.said");
            std::thread::sleep(Duration::from_secs(3));
            let requests = server.requests(file);
            assert!(requests <= REQUESTS, "{file:?}: {requests} requests");
        }
    });
}

fn cut(page: &Page, offline: bool) {
    page.cdp("Network.enable", json!({}));
    let line = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    page.cdp("Network.emulateNetworkConditions", line);
}

/// Opens a page, cuts the line, has something done, sees the message, and waits until the view is there again without
/// a hand being moved.
fn check_offline(page: &Page, viewer: &str, before: &str, then: &str, whole: &str) {
    let server = Faulty::start(page.server.dist(), 1);
    server.page("host.html", &host("ko", "", viewer));
    page.go(&server.url("host.html"));
    page.until("the page is ready", before);
    cut(page, true);
    page.js(then);
    page.until("it is said", "return window.seen.said");
    let seen = page.js("return window.seen");
    assert!(seen["codes"].as_array().unwrap().contains(&json!("offline")), "{seen}");
    assert!(seen["words"].as_str().unwrap().contains("인터넷 연결"), "{seen}");
    cut(page, false);
    page.until("the view has come by itself", whole);
    assert!(!page.shows(".rv-fault") && !page.shows(".rv-message--failed"));
    assert_eq!(page.js("return window.seen.errors"), json!([]));
}

const ADD: &str = "document.body.append(Object.assign(document.createElement('release-viewer'), { src: 'archive/' }))";

#[test]
fn a_viewer_that_starts_offline_comes_by_itself() {
    in_chromium(|page| {
        let defined = "return !!window.customElements.get('release-viewer')";
        check_offline(page, "", defined, ADD, "return visible('.rv-item')");
    });
}

#[test]
fn a_viewer_without_its_data_comes_by_itself() {
    in_chromium(|page| {
        let whole = "return document.querySelectorAll('#rv-heading, #rv2-heading').length === 2 \
                     && visible('#rv2-heading')";
        check_offline(page, VIEWER, "return visible('.rv-item')", ADD, whole);
    });
}

#[test]
fn a_release_that_was_asked_for_offline_comes_by_itself() {
    in_chromium(|page| {
        let follow = format!("location.hash = '#rv/{}'", RELEASE[0].1);
        let whole = "return text('#rv-heading').includes('노선')";
        check_offline(page, VIEWER, "return visible('.rv-item')", &follow, whole);
    });
}
