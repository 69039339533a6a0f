//! Every example of the guide for web teams (`docs/embedding.md`), run as a reader of it would.
//!
//! **Invariant:** an example that no rule knows fails the tests, so none can be added that nobody runs.

mod archives;
mod builds;
mod frames;
mod headers;
mod pages;
mod templates;

use crate::given;
use crate::page::Page;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

const GUIDE: &str = include_str!("../../../docs/embedding.md");
const STYLE: &str = include_str!("../../../static/release-viewer.css");

/// Where the examples say that the files are.
const PRESS: &str = "press";
/// Stands in the examples for a hash that the reader has to find out.
const HASH: &str = "sha384-VALUE";
/// Stands in the examples for what the server makes up for each answer.
const NONCE: &str = "r4nd0m";

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
    /// The style of a frame.
    FrameStyle,
    /// The script beside a frame.
    FrameScript,
    /// The policy of the page in a frame.
    FramePolicy,
    /// The commands that make an archive.
    Archive,
    /// A page around the viewer.
    Template,
    /// What switches on the service worker.
    Offline,
    /// The policy that allows it.
    OfflinePolicy,
}

fn rule(block: &Block) -> Option<Rule> {
    let has = |piece: &str| block.text.contains(piece);
    Some(match block.kind {
        "html" if has("<iframe") => Rule::Frame,
        "html" if has("<!-- release-viewer -->") => Rule::Template,
        "html" if has("/offline.js") => Rule::Offline,
        "html" if has("<release-viewer") => Rule::Page,
        "css" if has(".press {") => Rule::FrameStyle,
        "css" => Rule::Style(pages::PROMISES.iter().find(|(piece, _)| has(piece))?.1),
        "js" if has("// vite.config.js") => Rule::Vite,
        "js" if has("// press-frame.js") => Rule::FrameScript,
        "js" if pages::OUTCOMES.iter().any(|(piece, _)| has(piece)) => Rule::Script,
        "http" if has("frame-ancestors") => Rule::FramePolicy,
        "http" if has("worker-src") => Rule::OfflinePolicy,
        "http" => Rule::Policy,
        "sh" if has("openssl dgst") => Rule::Hash,
        "sh" if has("release-viewer build") => Rule::Archive,
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

/// The value of a header line.
fn header(text: &str, name: &str) -> String {
    let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    value.unwrap_or_else(|| panic!("no header {name} in {text}")).to_owned()
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
