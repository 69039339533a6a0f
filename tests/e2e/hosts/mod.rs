//! The viewer in pages of others: plain, with a framework, with a hostile style, under policies of many kinds.
//!
//! The pages are in `pages`, the applications in `react` and `vue`. **Invariant:** each page is written as its host would
//! write it; nothing in it helps the viewer or the test.

mod frameworks;
mod life;
mod loading;
mod pages;
mod places;
mod policies;
mod settings;
mod unchanged;
mod viewer;
mod vite;

use crate::given::{self, in_chromium};
use crate::page::Page;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Writes down what goes wrong in a page, before any script of the page runs.
const WATCH: &str = include_str!("watch.js");

/// The address of a page of ours on the server.
fn of(file: &str) -> String {
    format!("hosts/{file}")
}

/// The folder of the hosts.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/e2e/hosts")
}

/// Sends another policy with a page.
fn set_policy(page: &Page, path: &str, policy: &str) {
    page.server.set_header(path, "Content-Security-Policy", policy);
}

/// Runs a test with a server that also has the pages of the hosts, and a browser that watches them.
fn in_hosts(test: impl Fn(&Page)) {
    in_chromium(|page| {
        page.server.also("hosts", &folder().join("pages"));
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
        test(page);
    });
}

/// The packages of npm that hosts are made with, or nothing if the environment does not say where they are.
fn packages() -> Option<PathBuf> {
    let found = given::path("RELEASE_VIEWER_HOSTS");
    if found.is_none() {
        println!("skipped: RELEASE_VIEWER_HOSTS does not say where the packages of npm are");
    }
    found
}

/// What browsers and hosts say of themselves.
const NOT_OURS: [&str; 2] = [
    // Pictures that the style sheets of the package name, and that are not in it.
    "/npm/krds-uiux/resources/img/",
    // React built for development.
    "https://react.dev/link/react-devtools",
];

/// What has gone wrong in the page until now: exceptions, reports of the policy, lines of the console.
fn complaints(page: &Page) -> Vec<String> {
    let reports = page.js("return watched.reports");
    let reports = reports.as_array().into_iter().flatten().filter_map(Value::as_str);
    let is_ours = |line: &String| !NOT_OURS.iter().any(|other| line.contains(other));
    reports.map(str::to_owned).chain(page.console()).filter(is_ours).collect()
}

/// Makes sure that nothing has gone wrong in the page until now.
fn nothing_went_wrong(page: &Page) {
    let complaints = complaints(page);
    assert!(complaints.is_empty(), "at {}:\n{}", page.url(), complaints.join("\n"));
}
