//! Every state under axe, under the Nu checker, and under the measures that neither of them takes.

use crate::given::{self, in_chromium};
use crate::page::Page;
use crate::states::{Lang, State};
use serde_json::{Value, json};
use std::fs;
use std::process::Command;

const WIDE: (u32, u32) = (1280, 900);
/// 320 px is also what a window of 1280 px has at 400 % zoom.
const NARROW: (u32, u32) = (320, 640);

/// Axe itself, or nothing if the environment does not say where it is.
pub(crate) fn axe_source() -> Option<String> {
    let Some(path) = given::path("RELEASE_VIEWER_AXE") else {
        println!("skipped: RELEASE_VIEWER_AXE does not say where axe is");
        return None;
    };
    Some(fs::read_to_string(path).expect("axe can be read"))
}

/// Runs axe in the page; `rules` names those wanted, empty for all that are not experimental.
fn run_axe(page: &Page, source: &str, rules: &[&str], scene: &str, found: &mut Vec<String>) {
    run_axe_within(page, source, rules, None, scene, found);
}

/// The same within the first element that matches.
pub(crate) fn run_axe_within(
    page: &Page,
    source: &str,
    rules: &[&str],
    within: Option<&str>,
    scene: &str,
    found: &mut Vec<String>,
) {
    if page.js("return typeof axe") == json!("undefined") {
        page.js(source);
    }
    let result = page.js_later(include_str!("axe.js"), json!([rules, within]));
    if let Some(error) = result["error"].as_str() {
        found.push(format!("{scene}: axe: {error}"));
    }
    assert!(result["passed"].as_u64() > Some(0), "axe has looked at something");
    for violation in result["violations"].as_array().into_iter().flatten() {
        found.push(format!("{scene}: {}", violation.as_str().unwrap_or_default()));
    }
    // For those who look: `--nocapture` shows what axe could not decide.
    for doubt in result["incomplete"].as_array().into_iter().flatten() {
        println!("undecided: {scene}: {}", doubt.as_str().unwrap_or_default());
    }
}

/// Ends the test with what was found; a mistake in one part shows in many states, so not with all of it.
pub(crate) fn assert_none(found: &[String]) {
    let shown = found.get(..30).unwrap_or(found).join("\n");
    assert!(found.is_empty(), "{} found, among them:\n{shown}", found.len());
}

/// Goes through states in both languages and collects what a check finds.
fn in_each_state(
    page: &Page,
    states: &[State],
    mut check: impl FnMut(State, Lang, &str, &mut Vec<String>),
) {
    let mut found = Vec::new();
    for lang in Lang::ALL {
        for state in states {
            state.show(page, lang);
            check(*state, lang, &format!("{state:?}, {}", lang.tag()), &mut found);
        }
    }
    assert_none(&found);
}

#[test]
fn axe_finds_nothing_in_any_state() {
    in_chromium(|page| {
        let Some(source) = axe_source() else { return };
        in_each_state(page, &State::ALL, |_, _, scene, found| {
            for (width, height) in [WIDE, NARROW] {
                page.resize(width, height);
                run_axe(page, &source, &[], &format!("{scene}, {width} px"), found);
            }
        });
    });
}

#[test]
fn contrast_is_the_same_in_the_dark() {
    in_chromium(|page| {
        let Some(source) = axe_source() else { return };
        page.resize(WIDE.0, WIDE.1);
        page.emulate_media(&[("prefers-color-scheme", "dark")]);
        let states = [
            State::List,
            State::Notes,
            State::Paragraph,
            State::SkipMenu,
            State::WrongPeriod,
            State::Suggestions,
            State::Results,
            State::Loosened,
            State::Failed,
        ];
        in_each_state(page, &states, |_, _, scene, found| {
            run_axe(
                page,
                &source,
                &["color-contrast", "color-contrast-enhanced"],
                &format!("{scene}, dark"),
                found,
            );
        });
    });
}

#[test]
fn targets_are_large_and_nothing_scrolls_sideways() {
    in_chromium(|page| {
        in_each_state(page, &State::ALL, |_, _, scene, found| {
            for (width, height) in [WIDE, NARROW] {
                page.resize(width, height);
                let wide = page
                    .js("return document.documentElement.scrollWidth")
                    .as_u64()
                    .unwrap_or_default();
                if wide > u64::from(width) {
                    let who = page.js("return tooWide()");
                    found.push(format!("{scene}, {width} px: the page is {wide} px wide: {who}"));
                }
                let small = page.js("return smallTargets()");
                let lines = small.as_array().into_iter().flatten().filter_map(Value::as_str);
                found.extend(lines.map(|line| format!("{scene}, {width} px: {line}")));
            }
        });
    });
}

#[test]
fn text_can_be_spaced_without_loss() {
    in_chromium(|page| {
        in_each_state(page, &State::ALL, |_, _, scene, found| {
            for (width, height) in [WIDE, NARROW] {
                page.resize(width, height);
                page.js("spaceText()");
                let lost = page.js("return lostText()");
                let lines = lost.as_array().into_iter().flatten().filter_map(Value::as_str);
                found.extend(lines.map(|line| format!("{scene}, {width} px, spaced: {line}")));
            }
        });
    });
}

#[test]
fn the_console_and_the_policy_have_nothing_to_report() {
    in_chromium(|page| {
        let watch = "window.reports = []; \
            addEventListener('securitypolicyviolation', (report) => reports.push(report.violatedDirective + ' ' + report.blockedURI));\
            addEventListener('error', (error) => reports.push(error.message));\
            addEventListener('unhandledrejection', (error) => reports.push(String(error.reason)));";
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": watch }));
        in_each_state(page, &State::ALL, |state, _, scene, found| {
            let reports = page.js("return reports");
            let reports = reports.as_array().into_iter().flatten().filter_map(Value::as_str);
            found.extend(reports.map(|line| format!("{scene}: {line}")));
            // The browser reports an answer of 404 or 500 by itself; nobody can keep it from that.
            let expected = |line: &String| {
                state.has_failed_requests() && line.contains("Failed to load resource")
            };
            let lines = page.console().into_iter().filter(|line| !expected(line));
            found.extend(lines.map(|line| format!("{scene}: {line}")));
        });
    });
}

#[test]
fn the_markup_of_every_state_is_valid() {
    in_chromium(|page| {
        let Some(jar) = given::path("RELEASE_VIEWER_VNU") else {
            println!("skipped: RELEASE_VIEWER_VNU does not say where the Nu checker is");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new("java");
        command.arg("-jar").arg(jar).args(["--format", "json", "--exit-zero-always", "--stdout"]);
        in_each_state(page, &State::ALL, |state, lang, scene, found| {
            let wrong = page.js("return wrongIds()");
            let lines = wrong.as_array().into_iter().flatten().filter_map(Value::as_str);
            found.extend(lines.map(|line| format!("{scene}: {line}")));
            let html = page.js("return '<!doctype html>\\n' + document.documentElement.outerHTML");
            let file = folder.path().join(format!("{state:?}-{}.html", lang.tag()));
            fs::write(&file, html.as_str().unwrap_or_default()).unwrap();
            command.arg(file);
        });
        let output = command.output().expect("java runs");
        let report: Value =
            serde_json::from_slice(&output.stdout).expect("the checker reports in JSON");
        let line = |message: &Value| {
            let file = message["url"]
                .as_str()
                .unwrap_or_default()
                .rsplit('/')
                .next()
                .unwrap_or_default()
                .to_owned();
            format!("{file}: {}: {} at {}", message["type"], message["message"], message["extract"])
        };
        // In a file, `'self'` is no one: the test of the console looks after the policy. And a combobox may also name what
        // it controls (WAI-ARIA 1.2, aria-activedescendant).
        let beside = [
            "Resource violates Content Security Policy",
            "Attribute “aria-activedescendant” value should either refer to a descendant element",
        ];
        let is_about_page = |message: &&Value| {
            let said = message["message"].as_str().unwrap_or_default();
            !beside.iter().any(|start| said.starts_with(start))
        };
        let messages = report["messages"].as_array().expect("it has a list");
        let found: Vec<String> = messages.iter().filter(is_about_page).map(line).collect();
        assert_none(&found);
    });
}
