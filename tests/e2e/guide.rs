//! Every example of the guide for web teams (`docs/embedding.md`), run as a reader of it would.
//!
//! **Invariant:** an example that no rule knows fails the tests, so none can be added that nobody runs.

use crate::given::{self, in_chromium};
use crate::page::Page;
use crate::server::{Fault, POLICY, Server};
use std::fs;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../../docs/embedding.md");
const STYLE: &str = include_str!("../../static/release-viewer.css");

/// Where the examples say that the files are.
const PRESS: &str = "press";
/// The origins in the examples: of the viewer's server, and of the page with the frame.
const VIEWER_ORIGIN: &str = "https://press.example.go.kr";
const HOST_ORIGIN: &str = "https://www.example.go.kr";
/// Stands in the examples for a hash that the reader has to find out.
const HASH: &str = "sha384-VALUE";
/// Stands in the examples for what the server makes up for each answer.
const NONCE: &str = "r4nd0m";
/// For frameworks that have a Trusted Types policy of their own.
const WITHOUT_TRUSTED_TYPES: &str =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:";

const RELEASE: &str = "0709-passport-service-app-ko";

/// All viewers of the page show what they are asked for.
const READY: &str = "const all = [...document.querySelectorAll('release-viewer')]; return all.length > 0 && \
    all.every((viewer) => (viewer.shadowRoot ?? viewer).querySelector(\".rv [id$='-heading']\")?.checkVisibility())";
/// The first release in a list is chosen.
const CHOOSE: &str = "document.querySelector('.rv-item__title a').click()";

/// An example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    /// What stands behind its fence.
    kind: &'static str,
    /// The line of its fence.
    line: usize,
    text: &'static str,
}

/// How an example is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// A page or a part of one, with viewers in it.
    Page,
    /// A style for a page with a viewer, and what it promises.
    Style(&'static str),
    /// A script for a page with a viewer.
    Script,
    /// A policy of a page with a viewer.
    Policy,
    /// The command that prints a hash.
    Hash,
    /// Headers for the files.
    Headers,
    Jsp,
    Php,
    React,
    Vue,
    Svelte,
    Angular,
    /// Settings of Vite.
    Vite,
    /// A page with a frame.
    Frame,
    /// The script beside a frame.
    FrameScript,
    /// The policy of the page in a frame.
    FramePolicy,
}

/// What the styles promise, by a piece of each.
const PROMISES: [(&str, &str); 5] = [
    (
        "--rv-accent",
        "const line = document.querySelector('.rv-main-menu__link[aria-current]'); \
         const font = getComputedStyle(document.querySelector('.rv')).fontFamily; \
         return getComputedStyle(line).borderBottomColor === 'rgb(122, 31, 92)' && font === '\"Pretendard GOV\", sans-serif'",
    ),
    (
        "font-size: 40px",
        "return getComputedStyle(document.querySelector('.rv-list__heading')).fontSize === '40px'",
    ),
    (
        "@layer reset, release-viewer, site",
        "const spacing = getComputedStyle(document.querySelector('.rv-list__heading')).letterSpacing; \
         return spacing === 'normal' || spacing === '0px'",
    ),
    (
        "::part(main-menu)",
        "const inside = document.querySelector('[isolate]').shadowRoot; \
         return getComputedStyle(inside.querySelector('[part~=main-menu]')).textTransform === 'uppercase'",
    ),
    (
        "color-scheme: dark",
        "return getComputedStyle(document.querySelector('.rv')).color === 'rgb(230, 232, 234)'",
    ),
];

/// What follows from the scripts, by a piece of each.
const OUTCOMES: [(&str, fn(&Page)); 5] = [
    ("viewer.search(", searches),
    (".data = ", shows_given_data),
    ("console.info(", reports_to_the_console),
    ("view.do", leads_to_a_page_of_the_host),
    (".remove()", leaves_nothing),
];

fn rule(block: &Block) -> Option<Rule> {
    let has = |piece: &str| block.text.contains(piece);
    Some(match block.kind {
        "html" if has("<iframe") => Rule::Frame,
        "html" if has("<release-viewer") => Rule::Page,
        "css" => Rule::Style(PROMISES.iter().find(|(piece, _)| has(piece))?.1),
        "js" if has("// vite.config.js") => Rule::Vite,
        "js" if has("// press-frame.js") => Rule::FrameScript,
        "js" if OUTCOMES.iter().any(|(piece, _)| has(piece)) => Rule::Script,
        "http" if has("frame-ancestors") => Rule::FramePolicy,
        "http" => Rule::Policy,
        "sh" if has("openssl dgst") => Rule::Hash,
        "nginx" => Rule::Headers,
        "jsp" => Rule::Jsp,
        "php" => Rule::Php,
        "jsx" => Rule::React,
        "vue" => Rule::Vue,
        "svelte" => Rule::Svelte,
        "ts" if has("@angular/core") => Rule::Angular,
        _ => return None,
    })
}

/// The examples of the guide.
fn blocks() -> Vec<Block> {
    let (mut blocks, mut open, mut at) = (Vec::new(), None, 0);
    for (index, line) in GUIDE.split_inclusive('\n').enumerate() {
        let fence = line.trim_end().strip_prefix("```");
        match (fence, open) {
            (Some(kind), None) => open = Some((kind, index + 1, at + line.len())),
            (Some(""), Some((kind, line, start))) => {
                blocks.push(Block { kind, line, text: &GUIDE[start..at] });
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    assert_eq!(open, None, "each fence is closed");
    blocks
}

/// The examples that a rule is for.
fn blocks_for(wanted: impl Fn(Rule) -> bool) -> Vec<Block> {
    let found: Vec<_> =
        blocks().into_iter().filter(|block| rule(block).is_some_and(&wanted)).collect();
    assert!(!found.is_empty(), "the guide has no such example any more");
    found
}

fn the_block_for(wanted: Rule) -> Block {
    blocks_for(|rule| rule == wanted)[0]
}

/// A server with the files where the guide says, and pages made of its examples.
struct Guide<'a> {
    page: &'a Page,
    folder: TempDir,
}

impl<'a> Guide<'a> {
    fn new(page: &'a Page) -> Self {
        let folder = TempDir::new().unwrap();
        page.server.also(PRESS, &dist());
        for name in ["guide", "js", "board"] {
            page.server.also(name, folder.path());
        }
        page.server.set_header("board/", "Content-Type", "text/html; charset=utf-8");
        let guide = Self { page, folder };
        guide.write("view.do", &whole_page("<p>게시판</p>\n"));
        guide
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// Opens a page that is made of an example.
    fn open(&self, html: &str) {
        self.write("page.html", &whole_page(html));
        let _of_the_page_before = self.page.console();
        self.page.load("guide/page.html", "");
    }

    /// Opens a page and waits for its viewers.
    fn open_and_wait(&self, line: usize, html: &str) {
        self.open(html);
        self.page.until(&format!("the viewers of the example in line {line} are ready"), READY);
    }

    /// Nothing was refused, nothing failed.
    fn says_nothing(&self, line: usize) {
        let said = self.page.console();
        assert!(said.is_empty(), "the example in line {line}: {said:?}");
    }

    fn under(&self, policy: &str) {
        self.page.server.set_header("guide/", "Content-Security-Policy", policy);
    }
}

fn dist() -> PathBuf {
    given::path("RELEASE_VIEWER_DIST").unwrap()
}

/// Puts a part of a page into one, with the script if the example leaves that to something else.
fn whole_page(html: &str) -> String {
    // Without an icon a browser asks for one and reports that there is none.
    let icon = "<link rel=\"icon\" href=\"/press/icon.svg\">\n";
    if html.starts_with("<!doctype html>") {
        return html.replace("</head>", &format!("{icon}</head>"));
    }
    format!(
        "<!doctype html>\n<html lang=\"ko\">\n<head>\n<meta charset=\"utf-8\">\n<title>예시</title>\n{icon}</head>\n\
         <body>\n{html}</body>\n</html>\n"
    )
}

/// The tag, as the guide introduces it.
fn the_tag() -> &'static str {
    the_block_for(Rule::Page).text
}

const SCRIPT_TAG: &str = "<script type=\"module\" src=\"/press/release-viewer.js\"";

#[test]
fn every_example_in_the_guide_is_run() {
    for block in blocks() {
        assert!(
            rule(&block).is_some(),
            "no rule runs the example in line {}: {}",
            block.line,
            block.kind
        );
    }
}

#[test]
fn the_contents_of_the_guide_lead_to_its_headings() {
    let headings: Vec<String> = GUIDE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .map(|name| name.to_lowercase().replace(' ', "-").replace(',', ""))
        .collect();
    let targets: Vec<&str> =
        GUIDE.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(targets, headings);
}

#[test]
fn the_table_of_values_is_that_of_the_stylesheet() {
    let rows: Vec<Vec<&str>> = GUIDE
        .lines()
        .skip_while(|line| !line.starts_with("| `--rv-…`"))
        .skip(2)
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.split('|').map(|cell| cell.trim().trim_matches('`')).collect())
        .collect();
    for row in &rows {
        let [_, name, _, krds, ours, _] = row.as_slice() else {
            panic!("a row has four cells: {row:?}")
        };
        let value = match (*name, *krds) {
            ("font", _) => "var(--rv-font, inherit)".to_owned(),
            (name, krds) => format!("--_{name}: var(--rv-{name}, var(--krds-{krds}, {ours}));"),
        };
        assert!(STYLE.contains(&value), "the stylesheet does not say {value}");
    }
    for rest in STYLE.split("var(--rv-").skip(1) {
        let name = rest.split([',', ')']).next().unwrap_or_default();
        assert!(rows.iter().any(|row| row[1] == name), "the guide does not name --rv-{name}");
    }
}

#[test]
fn pages_show_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        for block in blocks_for(|rule| rule == Rule::Page) {
            if block.text.contains(HASH) {
                continue;
            }
            // WordPress brings the script by itself.
            let script = if block.text.contains("<script") {
                ""
            } else {
                &format!("{SCRIPT_TAG}></script>\n")
            };
            guide.open_and_wait(
                block.line,
                &format!("{script}{}", block.text).replacen("\n<!doctype", "<!doctype", 1),
            );
            guide.says_nothing(block.line);
        }
    });
}

#[test]
fn styles_do_what_the_guide_says() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let isolated = blocks_for(|rule| rule == Rule::Page)
            .into_iter()
            .find(|block| block.text.contains(" isolate"))
            .expect("the guide shows `isolate`");
        for block in blocks() {
            let Some(Rule::Style(promise)) = rule(&block) else { continue };
            let html = if block.text.contains("::part") { isolated.text } else { the_tag() };
            guide.open_and_wait(block.line, html);
            assert_ne!(page.js(promise), true, "line {}: it is so without the style", block.line);
            guide.write("page.css", block.text);
            guide.open_and_wait(
                block.line,
                &format!("<link rel=\"stylesheet\" href=\"/guide/page.css\">\n{html}"),
            );
            page.until(&format!("the style in line {} works", block.line), promise);
            guide.says_nothing(block.line);
        }
    });
}

#[test]
fn scripts_do_what_the_guide_says() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        for block in blocks_for(|rule| rule == Rule::Script) {
            let script = "<script type=\"module\" src=\"/guide/page.js\"></script>\n";
            // What takes the viewer away again has to wait until it is there.
            let late = block.text.contains(".remove()");
            guide.write("page.js", if late { "" } else { block.text });
            guide.open_and_wait(block.line, &format!("{}{script}", the_tag()));
            if late {
                page.js(block.text);
            }
            let (_, outcome) =
                OUTCOMES.iter().find(|(piece, _)| block.text.contains(piece)).unwrap();
            outcome(page);
            page.server.mend();
        }
    });
}

fn searches(page: &Page) {
    page.until_shown(".rv-list__head--results");
    page.until("the query is in the address", "return location.hash.startsWith('#rv?q=')");
    let size = "return document.querySelector('release-viewer').getAttribute('page-size') === '5'";
    page.until("the property is an attribute, too", size);
}

fn shows_given_data(page: &Page) {
    page.until(
        "the given release is shown",
        "return text('.rv-item__title') === '여권 민원실 운영시간 변경 안내'",
    );
    page.js(CHOOSE);
    page.until_text(".rv-release__title", "여권 민원실 운영시간 변경 안내");
}

fn reports_to_the_console(page: &Page) {
    page.server.fail(&format!("press/archive/releases/{RELEASE}.json"), Fault::Refused);
    page.js(&format!("document.querySelector('release-viewer').show({RELEASE:?})"));
    page.until_shown(".rv-message--failed");
    page.frames();
    let said = page.console();
    for words in [format!(r#"\"opened\" \"{RELEASE}\""#), r#"\"server\""#.to_owned()] {
        assert!(said.iter().any(|line| line.contains(&words)), "no {words} in {said:?}");
    }
}

fn leads_to_a_page_of_the_host(page: &Page) {
    page.js(CHOOSE);
    page.until(
        "the host's page is asked for",
        "return location.pathname === '/board/view.do' && location.search.length > 4",
    );
}

fn leaves_nothing(page: &Page) {
    page.until(
        "nothing is left",
        "return !document.querySelector('release-viewer, [class^=rv]') && document.adoptedStyleSheets.length === 0",
    );
}

#[test]
fn policies_are_enough() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let hash = hash();
        for block in blocks_for(|rule| rule == Rule::Policy) {
            let policy = header(block.text, "Content-Security-Policy").replace(HASH, &hash);
            let mut attribute = String::new();
            if policy.contains("'nonce-") {
                attribute = format!(" nonce=\"{NONCE}\"");
            } else if policy.contains("'sha384-") {
                attribute = format!(" integrity=\"{hash}\"");
            }
            guide.under(&policy);
            guide.open_and_wait(
                block.line,
                &the_tag().replace(SCRIPT_TAG, &format!("{SCRIPT_TAG}{attribute}")),
            );
            page.js(CHOOSE);
            page.until_shown(".rv-release__title");
            guide.says_nothing(block.line);
            // Each word of it counts: without the one for WebAssembly the content stays.
            guide.under(&policy.replace(" 'wasm-unsafe-eval'", ""));
            guide.write(
                "listen.js",
                "addEventListener('rv-error', (event) => { window.code = event.detail.code });",
            );
            let listen = format!(
                "<script src=\"/guide/listen.js\"{}></script>\n",
                attribute.replace(&hash, "")
            );
            guide.open(&format!(
                "{listen}{}",
                the_tag().replace(SCRIPT_TAG, &format!("{SCRIPT_TAG}{attribute}"))
            ));
            page.until("rv-error says why", "return window.code === 'csp'");
            assert!(page.shows("release-viewer > a"), "the content stays");
            assert!(page.console().iter().any(|line| line.contains("wasm-unsafe-eval")));
        }
    });
}

#[test]
fn the_hash_that_the_command_prints_lets_the_loader_through_and_no_other() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = blocks_for(|rule| rule == Rule::Page)
            .into_iter()
            .find(|block| block.text.contains(HASH));
        let block = block.expect("the guide shows `integrity`");
        let hash = hash();
        guide.open_and_wait(block.line, &block.text.replace(HASH, &hash));
        guide.says_nothing(block.line);
        let wrong: String = hash.chars().map(|sign| if sign == 'A' { 'B' } else { 'A' }).collect();
        guide.open(&block.text.replace(HASH, &format!("sha384-{}", &wrong["sha384-".len()..])));
        page.frames();
        assert!(
            page.console().iter().any(|line| line.contains("integrity")),
            "the browser refuses it"
        );
        assert_eq!(page.js("return !customElements.get('release-viewer')"), true);
        assert!(page.shows("release-viewer > a"), "the content stays");
    });
}

/// Runs the command of the guide in the folder of the loader.
fn hash() -> String {
    let command = the_block_for(Rule::Hash).text;
    let output = Command::new("sh").arg("-c").arg(command).current_dir(dist()).output().unwrap();
    let value = String::from_utf8(output.stdout).unwrap();
    assert_eq!(value.len(), 64, "{command} printed {value:?}");
    format!("sha384-{value}")
}

/// The value of a header line.
fn header(text: &str, name: &str) -> String {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    value.unwrap_or_else(|| panic!("no header {name} in {text}")).to_owned()
}

#[test]
fn what_never_changes_comes_from_the_cache() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Headers);
        let mut folder = "";
        for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("location /") {
                folder = rest.trim_end_matches(" {");
            } else if let Some(rest) = line.strip_prefix("add_header ") {
                let (name, value) = rest.split_once(' ').unwrap();
                page.server.set_header(folder, name, value.trim_matches(['"', ';']));
            } else {
                assert_eq!(line, "}", "no rule for this line");
            }
        }
        let sizes = |file: &str| {
            let script = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes(arguments[0])) \
                .map(({ transferSize }) => transferSize)";
            let sizes = page.js_with(script, serde_json::json!([file]));
            sizes
                .as_array()
                .unwrap()
                .iter()
                .filter_map(serde_json::Value::as_u64)
                .collect::<Vec<_>>()
        };
        guide.open_and_wait(block.line, the_tag());
        assert!(sizes("/app/").iter().any(|size| *size > 0), "the first time all is loaded");
        guide.open_and_wait(block.line, the_tag());
        assert!(
            !sizes("/app/").is_empty() && sizes("/app/").iter().all(|size| *size == 0),
            "{:?}",
            sizes("/app/")
        );
        let loader = sizes("/press/release-viewer.js");
        assert!(
            matches!(loader.as_slice(), [1..=u64::MAX]),
            "the loader is asked for again: {loader:?}"
        );
    });
}

#[test]
fn the_jsp_fragment_shows_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Jsp);
        let mut html = block.text.to_owned();
        while let Some((before, rest)) = html.clone().split_once("<%@") {
            let (_, after) = rest.split_once("%>\n").expect("a directive is a line of its own");
            html = format!("{before}{after}");
        }
        for (expression, value) in
            [("${pageContext.request.contextPath}", "/portal"), ("${requestScope.cspNonce}", NONCE)]
        {
            assert!(html.contains(expression), "the fragment has {expression}");
            html = html.replace(expression, value);
        }
        assert!(!html.contains("${") && !html.contains("<%"), "no value for an expression: {html}");
        page.server.also("portal/press", &dist());
        let policies = blocks_for(|rule| rule == Rule::Policy);
        let policy = policies.iter().find(|block| block.text.contains(NONCE)).unwrap();
        guide.under(&header(policy.text, "Content-Security-Policy"));
        guide.open_and_wait(block.line, &html);
        guide.says_nothing(block.line);
    });
}

#[test]
fn the_wordpress_code_shows_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Php);
        let file = guide.folder.path().join("functions.php");
        fs::write(&file, block.text).unwrap();
        let php = |arguments: &[&str]| Command::new("php").args(arguments).arg(&file).output();
        let html = match php(&["-l"]) {
            Ok(checked) => {
                assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
                let wordpress = guide.folder.path().join("wordpress.php");
                fs::write(&wordpress, WORDPRESS).unwrap();
                let output = php(&[wordpress.to_str().unwrap()]).unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
                String::from_utf8(output.stdout).unwrap()
            }
            Err(error) => {
                println!("skipped: php ({error}); only the HTML in it is tried");
                let start = block.text.find("<release-viewer").unwrap();
                let end = block.text.find("</release-viewer>").unwrap();
                let html = block.text[start..end]
                    .replace("' . esc_url(home_url('", "")
                    .replace("')) . '", "");
                format!("{SCRIPT_TAG}></script>\n{html}</release-viewer>\n")
            }
        };
        guide.open_and_wait(block.line, &html);
        guide.says_nothing(block.line);
    });
}

/// The little of WordPress that the code calls.
const WORDPRESS: &str = r#"<?php
function add_action($name, $call) { if ($name !== 'wp_enqueue_scripts') exit(1); $call(); }
function add_shortcode($name, $call) { echo $call(), "\n"; }
function home_url($path) { return $path; }
function esc_url($url) { return htmlspecialchars($url); }
function wp_enqueue_script_module($id, $url, $needs = [], $version = false) {
    echo '<script type="module" src="', $url, $version === null ? '' : '?ver=1', "\"></script>\n";
}
require $argv[1];
"#;

#[test]
fn the_angular_template_shows_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Angular);
        let template = block.text.split('`').nth(1).expect("the component has a template");
        let (before, rest) = template.split_once(" (rv-navigate)=\"").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        guide.open_and_wait(block.line, &format!("{SCRIPT_TAG}></script>\n{before}{after}\n"));
        guide.says_nothing(block.line);
    });
}

// Frameworks

#[test]
fn the_react_component_shows_the_viewer_and_hears_it() {
    in_chromium(|page| {
        let main = "import { createElement } from 'react';\nimport { createRoot } from 'react-dom/client';\n\
            import Example from './Example.jsx';\n\
            createRoot(document.getElementById('app')).render(createElement(Example, { onOpen: (id) => { window.opened = id } }));\n";
        shows_a_component(page, Rule::React, "Example.jsx", main);
    });
}

#[test]
fn the_vue_component_shows_the_viewer_and_hears_it() {
    in_chromium(|page| {
        let main = "import { createApp } from 'vue';\nimport Example from './Example.vue';\n\
            createApp(Example, { onOpen: (id) => { window.opened = id } }).mount('#app');\n";
        shows_a_component(page, Rule::Vue, "Example.vue", main);
    });
}

#[test]
fn the_svelte_component_shows_the_viewer_and_hears_it() {
    in_chromium(|page| {
        let main = "import { mount } from 'svelte';\nimport Example from './Example.svelte';\n\
            mount(Example, { target: document.getElementById('app'), props: { onopen: (id) => { window.opened = id } } });\n";
        shows_a_component(page, Rule::Svelte, "Example.svelte", main);
    });
}

#[test]
fn the_settings_for_vite_work_while_developing() {
    in_chromium(|page| {
        let main = "import 'release-viewer';\n\
            document.getElementById('app').append(Object.assign(document.createElement('release-viewer'), { src: '/press/archive/' }));\n";
        let Some(project) = Project::new(&[], main) else { return };
        let public = project.folder.path().join("public").join(PRESS).join("archive");
        copy(&dist().join("archive"), &public);
        let port =
            TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let arguments = ["--host", "127.0.0.1", "--strictPort", "--port"];
        let child = project.vite().args(arguments).arg(port.to_string()).spawn().unwrap();
        let _ended_at_the_end = Ended(child);
        let deadline = Instant::now() + Duration::from_secs(30);
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(Instant::now() < deadline, "Vite does not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        page.go(&format!("http://127.0.0.1:{port}/"));
        page.until("the viewer is ready in Vite's own server", READY);
    });
}

/// Builds a component of the guide as its users do, opens it, and waits until it has heard of the release.
fn shows_a_component(page: &Page, rule: Rule, name: &str, main: &str) {
    let block = the_block_for(rule);
    let Some(project) = Project::new(&[(name, block.text)], main) else { return };
    let guide = Guide::new(page);
    let built = project.vite().args(["build", "--base", "./", "--outDir", "out"]).output().unwrap();
    let said = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.success(), "the example in line {}: {said}", block.line);
    page.server.also("built", &project.folder.path().join("out"));
    page.server.set_header("built/", "Content-Security-Policy", WITHOUT_TRUSTED_TYPES);
    page.load("built/index.html", "");
    page.until(&format!("the component in line {} is ready", block.line), READY);
    guide.says_nothing(block.line);
    page.js(CHOOSE);
    page.until("the component has heard of it", "return location.hash.includes(window.opened)");
    page.until_shown(".rv-release__title");
}

/// A project as users of the npm package have one.
struct Project {
    folder: TempDir,
}

impl Project {
    /// Writes it, if there is all that it needs.
    fn new(files: &[(&str, &str)], main: &str) -> Option<Self> {
        let Some(modules) = given::path("RELEASE_VIEWER_HOSTS") else {
            println!("skipped: RELEASE_VIEWER_HOSTS does not say where React, Vue and Vite are");
            return None;
        };
        let is_svelte = files.iter().any(|(name, _)| name.ends_with(".svelte"));
        if is_svelte && !modules.join("svelte").is_dir() {
            println!("skipped: there is no Svelte in RELEASE_VIEWER_HOSTS");
            return None;
        }
        let folder = TempDir::new().unwrap();
        let root = folder.path();
        let own = root.join("node_modules");
        fs::create_dir(&own).unwrap();
        for module in fs::read_dir(modules).unwrap().flatten() {
            // Vite keeps what it makes in a folder of the project.
            if module.file_name() != ".vite" {
                std::os::unix::fs::symlink(module.path(), own.join(module.file_name())).unwrap();
            }
        }
        let package = own.join("release-viewer");
        copy(&dist().join("app"), &package.join("app"));
        fs::copy(dist().join("release-viewer.js"), package.join("release-viewer.js")).unwrap();
        let manifest = r#"{ "name": "release-viewer", "version": "0.1.0", "type": "module", "exports": { ".": "./release-viewer.js" } }"#;
        fs::write(package.join("package.json"), manifest).unwrap();
        let page = whole_page(
            "<div id=\"app\"></div>\n<script type=\"module\" src=\"/main.js\"></script>\n",
        )
        .replace("/press/icon.svg", "data:,");
        let settings = the_block_for(Rule::Vite).text;
        let settings = match files.first().map(|(name, _)| *name) {
            Some("Example.vue") => settings.to_owned(),
            name => settings
                .split_inclusive('\n')
                .filter(|line| !line.contains("vue"))
                .map(|line| match (is_svelte, line.contains("defineConfig({")) {
                    (true, true) => format!("import {{ svelte }} from '@sveltejs/vite-plugin-svelte';\n{line}  plugins: [svelte()],\n"),
                    _ => line.to_owned(),
                })
                .collect::<String>()
                .replace("{name}", name.unwrap_or_default()),
        };
        let given = [
            ("index.html", page.as_str()),
            ("vite.config.js", &settings),
            ("main.js", main),
            ("package.json", r#"{ "type": "module" }"#),
        ];
        for (name, text) in given.iter().chain(files) {
            fs::write(root.join(name), text).unwrap();
        }
        Some(Self { folder })
    }

    fn vite(&self) -> Command {
        let mut command = Command::new("node");
        command.arg("node_modules/vite/bin/vite.js").current_dir(self.folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command
    }
}

/// A process that ends with the test.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _already_gone = self.0.kill();
        let _no_matter = self.0.wait();
    }
}

/// Copies a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

// Frames

/// The frame's page is ready.
const FRAME_READY: &str = "return document.querySelector('iframe').contentDocument?.querySelector('#rv-heading')?.checkVisibility()";

/// An origin, without a path.
fn origin(server: &Server) -> String {
    server.url("").trim_end_matches('/').to_owned()
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
        guide.open(&block.text.replace(VIEWER_ORIGIN, &origin(&page.server)));
        page.until("the viewer in the frame is ready", FRAME_READY);
        page.js("document.querySelector('iframe').contentDocument.querySelector('.rv-item__title a').click()");
        page.until(
            "the frame has an address of its own",
            "const { hash } = document.querySelector('iframe').contentWindow.location; \
             return hash.length > 4 && Boolean(document.querySelector('iframe').contentDocument.querySelector('.rv-release__title'))",
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
        guide.open(&html);
        let height = "return parseFloat(document.querySelector('iframe').style.height)";
        page.until("the frame is as high as a list", &format!("{height} > 1000"));
        page.frames();
        let (one, wide) =
            (page.js(height), page.js("return document.querySelector('iframe').clientWidth"));
        assert!(wide.as_f64() > Some(600.0), "the frame is as wide as the page: {wide}");
        page.js("document.querySelector('iframe').width = 360");
        page.until("a narrow frame is higher", &format!("{height} > {one}"));
        page.js("document.querySelector('iframe').width = '100%'");
        page.until("and as high as before", &format!("{height} === {one}"));
        guide.says_nothing(block.line);
        // Others may not frame it.
        viewer.set_header(
            "press/embed.html",
            "Content-Security-Policy",
            &policy.replace(HOST_ORIGIN, "https://other.example"),
        );
        guide.open(&html);
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
        "<script src=\"/guide/listen.js\"></script>\n<iframe title=\"보도자료\" src=\"/press/embed.html?{query}\" height=\"600\"></iframe>\n"
    ));
    page.until(
        "the frame shows something",
        "return document.querySelector('iframe').contentDocument?.querySelector('[role=alert], #rv-heading')?.checkVisibility()",
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
        guide.open(&block.text.replace(VIEWER_ORIGIN, &here).replace(HOST_ORIGIN, &here));
        page.until("the viewer in the frame is ready", FRAME_READY);
        let high = "return parseFloat(document.querySelector('iframe').style.height) > innerHeight";
        page.until("the frame is higher than the window", high);
        page.js("scrollTo(0, 1e6)");
        page.js("[...document.querySelector('iframe').contentDocument.querySelectorAll('.rv-item__title a')].at(-1).click()");
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
