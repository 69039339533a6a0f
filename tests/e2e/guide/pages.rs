//! Pages, styles and scripts of the guide, in the browser.

use super::{CHOOSE, Guide, HASH, Rule, SCRIPT_TAG, blocks, blocks_for, rule, the_tag};
use crate::given::in_chromium;
use crate::page::Page;
use crate::server::Fault;
use std::time::{Duration, Instant};

const RELEASE: &str = "0709-passport-service-app-ko";

/// What the styles promise, by a piece of each.
pub(super) const PROMISES: [(&str, &str); 5] = [
    (
        "--rv-accent",
        "const line = document.querySelector('.rv-main-menu__link[aria-current]'); \
         const font = getComputedStyle(document.querySelector('.rv')).fontFamily; \
         return getComputedStyle(line).borderBottomColor === 'rgb(122, 31, 92)' \
         && font === '\"Pretendard GOV\", sans-serif'",
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
        "const menu = document.querySelector('[isolate]').shadowRoot?.querySelector('[part~=main-menu]'); \
         return Boolean(menu) && getComputedStyle(menu).textTransform === 'uppercase'",
    ),
    (
        "color-scheme: dark",
        "return getComputedStyle(document.querySelector('.rv')).color === 'rgb(230, 232, 234)'",
    ),
];

/// Makes sure that a script has done what it is for.
pub(super) type Outcome = fn(&Page);

/// What follows from the scripts, by a piece of each.
pub(super) const OUTCOMES: [(&str, Outcome); 6] = [
    ("openArchive(", finds),
    ("viewer.search(", searches),
    (".data = ", shows_given_data),
    ("console.info(", reports_to_the_console),
    ("view.do", leads_to_a_page_of_the_host),
    (".remove()", leaves_nothing),
];

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

fn finds(page: &Page) {
    let mut said = Vec::new();
    // The title and address of a hit, and a suggestion, each as the console shows it.
    for words in ["여권 재발급", &format!("/press/archive/releases/{RELEASE}.html"), "Array("]
    {
        let deadline = Instant::now() + Duration::from_secs(15);
        while !said.iter().any(|line: &String| line.contains(words)) {
            assert!(Instant::now() < deadline, "no {words} in {said:?}");
            std::thread::sleep(Duration::from_millis(25));
            said.extend(page.console());
        }
    }
    assert!(said.iter().all(|line| line.contains("\"INFO\"")), "{said:?}");
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
