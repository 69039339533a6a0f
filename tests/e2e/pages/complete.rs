//! Every page of the sample archive: valid, accessible, linked, still, and complete without script.

use super::{LIST, RELEASE, complaints, pages, until_taken_over, watch};
use crate::accessibility::{assert_none, axe_source, run_axe_within};
use crate::given::{self, in_chromium};
use crate::page::{Key, Page};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

/// The values of an attribute in a page.
fn values<'a>(html: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
}

/// A path without `..`.
fn resolved(path: &Path) -> PathBuf {
    let mut resolved = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            resolved.pop();
        } else {
            resolved.push(part);
        }
    }
    resolved
}

fn unescaped(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, others @ ..] = rest {
        let code = (*first == b'%').then(|| others.get(..2)).flatten();
        let code =
            code.and_then(|code| u8::from_str_radix(std::str::from_utf8(code).ok()?, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { &others[2..] } else { others };
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn no_link_no_anchor_and_no_file_is_missing() {
    in_chromium(|page| {
        let archive = page.server.dist().join("archive");
        let mut ids: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        let mut links = Vec::new();
        for name in pages(&archive) {
            let html = fs::read_to_string(archive.join(&name)).unwrap();
            let own = values(&html, "id");
            let unique: BTreeSet<String> = own.iter().map(|id| (*id).to_owned()).collect();
            assert_eq!(unique.len(), own.len(), "{name}: an id stands there twice");
            ids.insert(PathBuf::from(&name), unique);
            for attribute in ["href", "src", "action"] {
                for value in values(&html, attribute) {
                    links.push((name.clone(), value.replace("&amp;", "&")));
                }
            }
        }
        assert!(ids.len() > 30, "{} pages", ids.len());
        let mut dead = BTreeSet::new();
        for (name, link) in &links {
            let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
            let address = address.split('?').next().unwrap_or_default();
            if address.contains("://")
                || address.starts_with("mailto:")
                || address.starts_with("tel:")
            {
                continue;
            }
            let target = if address.is_empty() {
                PathBuf::from(name)
            } else {
                resolved(&Path::new(name).parent().unwrap().join(unescaped(address)))
            };
            let fragment = unescaped(fragment);
            if !archive.join(&target).exists() {
                dead.insert(format!("{name}: {link}"));
            } else if !fragment.is_empty()
                && !ids.get(&target).is_some_and(|ids| ids.contains(&fragment))
            {
                dead.insert(format!("{name}: {link}: no such part"));
            }
        }
        assert_none(&dead.into_iter().collect::<Vec<_>>());
    });
}

#[test]
fn every_page_is_valid() {
    in_chromium(|page| {
        let Some(jar) = given::path("RELEASE_VIEWER_VNU") else {
            println!("skipped: RELEASE_VIEWER_VNU does not say where the Nu checker is");
            return;
        };
        let archive = page.server.dist().join("archive");
        let mut command = Command::new("java");
        command.arg("-jar").arg(jar).args(["--format", "json", "--exit-zero-always", "--stdout"]);
        command.args(pages(&archive).iter().map(|name| archive.join(name)));
        let output = command.output().expect("java runs");
        let report: Value = serde_json::from_slice(&output.stdout).expect("it reports in JSON");
        let messages = report["messages"].as_array().expect("it has a list");
        let line = |message: &Value| {
            format!("{}: {} at {}", message["url"], message["message"], message["extract"])
        };
        // In a file, `'self'` is no one.
        let about_page = |message: &&Value| {
            !message["message"]
                .as_str()
                .unwrap_or_default()
                .starts_with("Resource violates Content Security")
        };
        assert_none(&messages.iter().filter(about_page).map(line).collect::<Vec<_>>());
    });
}

#[test]
fn every_page_is_accessible_still_and_silent() {
    in_chromium(|page| {
        let Some(source) = axe_source() else { return };
        watch(page);
        let mut found = Vec::new();
        for name in pages(&page.server.dist().join("archive")) {
            page.load(&format!("archive/{name}"), "");
            until_taken_over(page);
            let shifts = page.js("return seen.shifts");
            let shifts = shifts.as_array().into_iter().flatten().filter_map(Value::as_str);
            found.extend(shifts.map(|line| format!("{name}: moves by {line}")));
            found.extend(complaints(page).into_iter().map(|line| format!("{name}: {line}")));
            for (width, height) in [(1280, 900), (320, 640)] {
                page.resize(width, height);
                run_axe_within(
                    page,
                    &source,
                    &[],
                    None,
                    &format!("{name}, {width} px"),
                    &mut found,
                );
                let wide = page.js("return document.documentElement.scrollWidth > innerWidth");
                if wide == json!(true) {
                    found.push(format!("{name}: scrolls sideways at {width} px"));
                }
            }
        }
        assert_none(&found);
    });
}

fn without_script(page: &Page, test: impl Fn()) {
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    test();
    page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": false }));
}

#[test]
fn without_script_every_page_is_complete() {
    in_chromium(|page| {
        without_script(page, || {
            for name in pages(&page.server.dist().join("archive")) {
                page.go(&page.server.url(&format!("archive/{name}")));
                page.until("the heading is shown", "return visible('#rv-heading')");
                assert!(page.shows(".rv-main-menu a"), "{name}: no menu");
                assert!(
                    page.shows(".rv-item a") || page.shows(".rv-release"),
                    "{name}: nothing to read"
                );
                // Nothing that needs script is offered.
                assert!(!page.shows(".rv-search-button"), "{name}: a button without use");
                assert!(!page.shows(".rv-skip-menu button"), "{name}: a button without use");
            }
        });
    });
}

#[test]
fn without_script_the_keyboard_leads_everywhere() {
    in_chromium(|page| {
        without_script(page, || {
            page.go(&page.server.url(LIST));
            page.until_shown("#rv-heading");
            page.tab_to(".rv-skip-menu a[href='#rv-heading']");
            page.press(Key::Enter);
            page.until("the heading is the target", "return location.hash === '#rv-heading'");
            page.press(Key::Tab);
            page.until(
                "Tab goes on in the list",
                "return document.activeElement.matches('.rv-item a')",
            );
            let title = page.text(".rv-item a");
            page.press(Key::Enter);
            page.until_text("#rv-heading", &title);
            page.tab_to(".rv-number");
            page.press(Key::Enter);
            page.until(
                "the paragraph is the target",
                "return document.querySelector('.rv-block:target') !== null",
            );
            page.tab_to(".rv-neighbours a");
            page.press(Key::Enter);
            page.until(
                "another release is shown",
                &format!(
                    "return visible('#rv-heading') && text('#rv-heading') !== {}",
                    json!(title)
                ),
            );
            page.enter_on(".rv-main-menu__languages a");
            page.until(
                "the other language is shown",
                "return document.querySelector('.rv').lang === 'en'",
            );
            page.go(&page.server.url(RELEASE));
            page.until_shown(".rv-facts__side a");
            page.enter_on(".rv-facts__side a");
            page.until(
                "the translation is shown",
                "return document.querySelector('.rv-release').lang === 'en'",
            );
        });
    });
}
