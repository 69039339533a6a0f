//! An archive that was built with `--offline`: what was read stays readable without a network, and nothing else is
//! promised. And a copy of an archive at another address.

use crate::browser::Engine;
use crate::gate::{Gate, Way};
use crate::given::{in_chromium, in_each_browser};
use crate::page::Page;
use crate::server::{Fault, POLICY};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Where the archive is on the server.
const FOLDER: &str = "embassy/press";
const FIRST: &str = "releases/0115-norvessa-foreign-ministers-talks-ko.html";
const SECOND: &str = "releases/0210-osterlin-culture-house-ko.html";
const UNREAD: &str = "releases/0407-safety-round-table-ko.html";
pub(crate) const LIST: &str = "ko/press-releases/index.html";
const FIRST_TITLE: &str = "한-노르베사 외교장관회담 개최, 해양·에너지 협력 공동선언 채택";
const SECOND_TITLE: &str = "오스테를린의 수도 그렐비츠에 ‘한국문화의 집’ 개관";

/// The whole program has come.
const VIEWER_IS_THERE: &str = "return customElements.get('release-viewer') && \
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('.wasm'))";

/// Builds the archive of the sample releases.
fn build(dist: &Path, out: &Path, arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_release-viewer"));
    command.args(["build", "static/samples", "--site", "https://press.example.go.kr/", "--widget"]);
    let output = command.arg(dist).arg("--out").arg(out).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// An archive on the server of a page, behind a gate.
pub(crate) struct Site<'a> {
    page: &'a Page,
    pub(crate) gate: Gate,
    folder: TempDir,
}

impl<'a> Site<'a> {
    pub(crate) fn new(page: &'a Page) -> Self {
        let folder = TempDir::new().unwrap();
        build(page.server.dist(), &folder.path().join("a"), &["--offline"]);
        page.server.also(FOLDER, &folder.path().join("a"));
        let policy = POLICY
            .replace("trusted-types 'none'", "trusted-types release-viewer; worker-src 'self'");
        page.server.set_header(FOLDER, "Content-Security-Policy", &policy);
        let gate = Gate::to(&page.server.url(""));
        // Before it is used it must be known that nothing was left from elsewhere.
        Self { page, gate, folder }
    }

    fn url(&self, path: &str) -> String {
        self.gate.url(&format!("{FOLDER}/{path}"))
    }

    /// Goes to a page of the archive.
    pub(crate) fn go(&self, path: &str) {
        self.page.go(&self.url(path));
        let there = format!(
            "return document.readyState === 'complete' && location.pathname.endsWith({path:?})"
        );
        self.page.until("the page is loaded", &there);
    }

    /// Goes to a page, and waits until it is kept.
    pub(crate) fn read(&self, path: &str) {
        self.go(path);
        self.until_kept(path);
    }

    pub(crate) fn until_kept(&self, path: &str) {
        let deadline = Instant::now() + Duration::from_secs(15);
        while !self.kept().iter().any(|kept| kept.ends_with(path)) {
            assert!(Instant::now() < deadline, "{path} is not kept: {:?}", self.kept());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// The paths of all that is kept.
    fn kept(&self) -> Vec<String> {
        let script = "const done = arguments[0]; (async () => {
            const all = [];
            for (const name of await caches.keys()) all.push(...(await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname));
            return all;
          })().then(done, () => done([]));";
        let kept = self.page.js_later(script, json!([]));
        kept.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    fn until_title(&self, title: &str) {
        self.page.until(&format!("{title} is shown"), &format!("return text('h1') === {title:?}"));
    }

    /// Whether the page says that it is a copy.
    fn says_copy(&self) -> bool {
        self.page.shows(".rv-kept")
    }

    /// Replaces a piece of a file of the archive.
    fn edit(&self, path: &str, old: &str, new: &str) {
        let file = self.folder.path().join("a").join(path);
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.contains(old), "{path} has no {old}");
        fs::write(file, text.replace(old, new)).unwrap();
    }

    fn no_complaint(&self) {
        if self.page.engine == Engine::Chromium {
            assert_eq!(self.page.console(), Vec::<String>::new());
        }
    }

    /// Follows a link in the viewer, as a reader does.
    fn follow(&self, path: &str) {
        let link = format!("release-viewer a[href$='{path}']");
        self.page.until_shown(&link);
        self.page.js(&format!("document.querySelector({link:?}).click()"));
    }

    pub(crate) fn until_taken_over(&self) {
        self.page.until("the viewer is there", VIEWER_IS_THERE);
    }
}

/// The heading of a page in a file.
fn heading(file: &Path) -> String {
    let html = fs::read_to_string(file).unwrap();
    let rest = html.split_once("<h1").and_then(|(_, rest)| rest.split_once('>')).unwrap().1;
    let inner = rest.split_once("</h1>").unwrap().0;
    let text: String = inner
        .split('<')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('>').unwrap().1 })
        .collect();
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

#[test]
fn what_was_read_stays_readable_without_a_network() {
    in_each_browser(|page| {
        let site = Site::new(page);
        site.read(FIRST);
        page.js("window.loads = 1");
        site.until_taken_over();
        // Nothing else was touched yet: a click may come before the viewer, which then loads the page.
        site.follow(SECOND);
        site.until_title(SECOND_TITLE);
        site.until_kept(SECOND);
        site.follow(LIST);
        page.until_shown(".rv-list__heading");
        site.until_kept(LIST);
        // What the program itself needs.
        for file in [".wasm", "/release-viewer.js", "/host.css", "/offline.js"] {
            site.until_kept(file);
        }
        site.no_complaint();

        site.gate.close();
        for (path, title) in [(FIRST, FIRST_TITLE), (SECOND, SECOND_TITLE), (LIST, "보도자료")]
        {
            site.go(path);
            site.until_title(title);
            assert!(site.says_copy(), "{path} says from when it is");
            assert!(page.text(".rv-kept").starts_with("서버에 연결하지 못했습니다."));
            assert!(page.shows(".rv-main-menu"), "{path} is complete");
            let styled = page.js("return getComputedStyle(document.querySelector('.rv')).fontSize");
            assert_eq!(styled, "17px", "{path} has its style");
        }
        // The viewer takes over there, too, and goes on from copies: the first was only kept as a page.
        site.until_taken_over();
        site.follow(FIRST);
        site.until_title(FIRST_TITLE);
        site.go(LIST);
        site.until_taken_over();
        site.follow(SECOND);
        site.until_title(SECOND_TITLE);
        page.until_shown(".rv-kept");

        site.go(UNREAD);
        let words = page.js("return document.body.innerText");
        for said in ["You are offline", "인터넷 연결이 끊겨 있습니다", "보도자료 목록"]
        {
            assert!(words.as_str().unwrap().contains(said), "{words}");
        }
        assert_eq!(page.js("return Boolean(document.querySelector('style').sheet)"), true);
        let list = page.js("return document.querySelector('a[href$=\"/index.html\"]').href");
        assert_eq!(list, site.url(LIST));

        site.gate.open(Way::Open);
        let changed = "다시 쓴 제목";
        site.edit(FIRST, FIRST_TITLE, changed);
        site.go(FIRST);
        site.until_title(changed);
        assert!(!site.says_copy(), "what is fresh is no copy");
        site.gate.close();
        // It may have been kept a moment later.
        let kept = format!(
            "const done = arguments[0]; caches.match(location.href).then((copy) => copy.text()).then((text) => done(text.includes({changed:?})))"
        );
        let deadline = Instant::now() + Duration::from_secs(10);
        while page.js_later(&kept, json!([])) != json!(true) {
            assert!(Instant::now() < deadline, "the new text replaces the old copy");
        }
        site.go(SECOND);
        site.go(FIRST);
        site.until_title(changed);
        assert!(site.says_copy());
    });
}

#[test]
fn where_the_browser_knows_that_it_is_offline_the_page_of_the_place_is_shown() {
    in_chromium(|page| {
        let site = Site::new(page);
        site.read(FIRST);
        site.read(LIST);
        site.gate.close();
        site.go(LIST);
        site.until_taken_over();
        page.js("Object.defineProperty(navigator, 'onLine', { value: false }); window.same = true");
        site.follow(FIRST);
        site.until_title(FIRST_TITLE);
        assert_eq!(page.js("return window.same ?? null"), Value::Null, "the page was loaded");
        // What is not kept is told, above what is shown.
        site.go(LIST);
        site.until_taken_over();
        page.js("Object.defineProperty(navigator, 'onLine', { value: false })");
        site.follow(UNREAD);
        page.until_shown(".rv-message--failed");
        page.until_shown(".rv-list__heading");
    });
}

#[test]
fn errors_and_pages_of_others_replace_no_copy() {
    in_chromium(|page| {
        let site = Site::new(page);
        site.read(FIRST);
        site.read(LIST);
        let file = site.folder.path().join("a").join(FIRST);
        let good = fs::read(&file).unwrap();
        // A portal, under the address of a release: the reader has to see it.
        fs::write(&file, "<!doctype html><html lang=\"en\"><title>Wi-Fi</title><h1>Log in</h1>")
            .unwrap();
        site.go(FIRST);
        site.until_title("Log in");
        fs::remove_file(&file).unwrap();
        site.go(FIRST);
        page.until(
            "the server's answer is shown",
            "return document.body.innerText === 'not found'",
        );
        // A server that is ill.
        page.server.fail(FIRST, Fault::Refused);
        site.go(FIRST);
        site.until_title(FIRST_TITLE);
        assert!(site.says_copy());
        page.server.mend();
        site.gate.close();
        site.go(FIRST);
        site.until_title(FIRST_TITLE);
        site.gate.open(Way::Open);
        fs::write(&file, good).unwrap();
        site.go(FIRST);
        site.until_title(FIRST_TITLE);
        assert!(!site.says_copy());
    });
}

#[test]
fn a_network_that_leads_nowhere_costs_three_seconds_once() {
    in_chromium(|page| {
        let site = Site::new(page);
        site.read(FIRST);
        site.read(LIST);
        site.gate.open(Way::Nowhere);
        let start = Instant::now();
        site.go(FIRST);
        site.until_title(FIRST_TITLE);
        let first = start.elapsed();
        assert!(
            first >= Duration::from_millis(2900) && first < Duration::from_secs(8),
            "{first:?}"
        );
        let start = Instant::now();
        site.go(LIST);
        page.until_shown(".rv-list__heading");
        assert!(start.elapsed() < Duration::from_millis(2900), "{:?}", start.elapsed());
        assert!(site.says_copy());
    });
}

#[test]
fn a_page_without_permission_says_nothing() {
    in_chromium(|page| {
        let site = Site::new(page);
        let allowed = "trusted-types release-viewer; worker-src 'self'";
        for (policy, starts) in [
            (POLICY.to_owned(), false),
            (
                POLICY.replace(
                    "trusted-types 'none'",
                    "trusted-types release-viewer; worker-src 'none'",
                ),
                false,
            ),
            (POLICY.replace("trusted-types 'none'", "trusted-types other"), false),
            (POLICY.replace("trusted-types 'none'", allowed), true),
        ] {
            page.server.set_header(FOLDER, "Content-Security-Policy", &policy);
            site.go(FIRST);
            site.until_taken_over();
            page.until("our script was there", "return performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/offline.js'))");
            if starts {
                site.until_kept(FIRST);
            } else {
                page.frames();
                let count = "navigator.serviceWorker.getRegistrations().then((all) => arguments[0](all.length))";
                assert_eq!(page.js_later(count, json!([])), 0, "{policy}");
            }
            site.no_complaint();
        }
    });
}

#[test]
fn a_build_without_the_option_takes_all_away() {
    in_chromium(|page| {
        let site = Site::new(page);
        site.read(FIRST);
        build(page.server.dist(), &site.folder.path().join("a"), &[]);
        // The browser looks for a new worker when a page is loaded.
        site.go(LIST);
        let gone = "const done = arguments[0]; (async () =>
            (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length)().then(done)";
        let deadline = Instant::now() + Duration::from_secs(40);
        for round in 1.. {
            let left = page.js_later(gone, json!([]));
            if left == json!(0) {
                break;
            }
            assert!(Instant::now() < deadline, "worker and copies are gone: {left}");
            std::thread::sleep(Duration::from_millis(250));
            // It looks a second after a page was loaded, unless the next one comes in between.
            if round % 40 == 0 {
                site.go(LIST);
            }
        }
        site.go(FIRST);
        site.until_title(FIRST_TITLE);
        assert_eq!(page.js("return Boolean(navigator.serviceWorker.controller)"), false);
        assert_eq!(site.kept(), Vec::<String>::new());
        site.no_complaint();
    });
}

#[test]
fn at_most_200_pages_are_kept_and_the_oldest_go() {
    in_chromium(|page| {
        let site = Site::new(page);
        site.read(FIRST);
        let folder = site.folder.path().join("a/releases");
        for number in 0..205 {
            fs::copy(folder.join("../").join(SECOND), folder.join(format!("copy-{number}.html")))
                .unwrap();
        }
        let script = "const done = arguments[1]; (async () => {
            for (let number = 0; number < 205; number++) await (await fetch(`${arguments[0]}releases/copy-${number}.html`)).text();
          })().then(done, done)";
        page.js_later(script, json!([site.url("")]));
        site.until_kept("copy-204.html");
        let pages = || -> Vec<String> {
            site.kept().into_iter().filter(|path| path.ends_with(".html")).collect()
        };
        // The last ones are kept before the oldest go.
        let deadline = Instant::now() + Duration::from_secs(10);
        while pages().len() > 200 && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(100));
        }
        let kept = pages();
        assert!((150..=200).contains(&kept.len()), "{} pages are kept", kept.len());
        assert!(!kept.iter().any(|path| path.ends_with(FIRST)), "the oldest is gone");
        site.no_complaint();
    });
}

#[test]
fn a_copy_of_the_folder_works_at_any_address() {
    in_chromium(|page| {
        let folder = TempDir::new().unwrap();
        build(page.server.dist(), folder.path(), &["--offline"]);
        let mirror = crate::server::Server::start(folder.path());
        let policy = POLICY
            .replace("trusted-types 'none'", "trusted-types release-viewer; worker-src 'self'");
        for server in [&page.server, &mirror] {
            server.set_header("", "Content-Security-Policy", &policy);
        }
        page.server.also("kr/embassy/us-en/news", folder.path());
        for (server, prefix) in [(&page.server, "kr/embassy/us-en/news/"), (&mirror, "")] {
            let _before = server.take_asked();
            let at = |path: &str| server.url(&format!("{prefix}{path}"));
            page.go(&at("index.html"));
            page.until("the viewer is there", VIEWER_IS_THERE);
            let mut seen = 0;
            // List, release, next release, the other language, and by the menu of the host back to the list.
            for link in [
                ".rv-item__title a",
                ".rv-release a[rel='next'], .rv-release a[rel='prev'], .rv-neighbours a",
                "release-viewer a[hreflang='en']",
                ".rv-main-menu__link",
                "li:nth-child(2) > .rv-main-menu__link",
                ".host-name a",
            ] {
                if page.js(&format!("return Boolean(document.querySelector({link:?}))"))
                    != json!(true)
                {
                    continue;
                }
                seen += 1;
                let before = page.url();
                page.js(&format!("document.querySelector({link:?}).click()"));
                page.until(
                    &format!("{link} leads on"),
                    &format!(
                        "return location.href !== {before:?} && document.readyState === 'complete'"
                    ),
                );
                let url = page.url();
                let path =
                    url.strip_prefix(&at("")).unwrap_or_else(|| panic!("{link} leads to {url}"));
                let heading = heading(&folder.path().join(path));
                // In the viewer, and as the page that the address stands for.
                page.until_text("h1", &heading);
                page.go(&url);
                page.until_text("h1", &heading);
                page.until("the viewer is there", VIEWER_IS_THERE);
            }
            assert!(seen >= 4, "only {seen} links were there");
            page.go(&at(FIRST));
            let canonical = page.js("return document.querySelector('link[rel=canonical]').href");
            assert_eq!(canonical, format!("https://press.example.go.kr/{FIRST}"));
            let asked = server.take_asked();
            assert!(asked.iter().all(|path| path.starts_with(prefix)), "{asked:?}");
            assert_eq!(page.console(), Vec::<String>::new());
        }
    });
}
