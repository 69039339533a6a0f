//! The prerendered pages of the archive: complete without script, and taken over without a blink.

mod changed;
mod complete;
mod taking_over;

use crate::page::Page;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// A release with a table, numbered paragraphs and neighbours on both sides.
pub(crate) const RELEASE: &str = "archive/releases/0519-tamarin-humanitarian-aid-ko.html";
/// The first page of a list.
pub(crate) const LIST: &str = "archive/ko/press-releases/index.html";

/// Runs before anything of a page: notes what moves, what goes wrong, and when the viewer has taken over.
const WATCH: &str = "window.seen = { shifts: [], reports: [], ready: 0 };
    addEventListener('rv-ready', () => seen.ready++);
    addEventListener('securitypolicyviolation', (report) => seen.reports.push(report.violatedDirective + ' ' + report.blockedURI));
    addEventListener('error', (error) => seen.reports.push(error.message));
    addEventListener('unhandledrejection', (error) => seen.reports.push(String(error.reason)));
    window.PerformanceObserver?.supportedEntryTypes.includes('layout-shift') && new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries()) {
        seen.shifts.push(value + ': ' + sources.map(({ node }) => (node?.parentElement ?? node)?.className).join(', '));
      }
    }).observe({ type: 'layout-shift', buffered: true });";

/// Watches every page from now on.
pub(crate) fn watch(page: &Page) {
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }));
}

/// Waits until the viewer has taken over.
pub(crate) fn until_taken_over(page: &Page) {
    page.until("the page is taken over", "return window.seen?.ready > 0");
    page.frames();
}

/// What went wrong in the page since it was opened, and what the console says of it.
pub(crate) fn complaints(page: &Page) -> Vec<String> {
    let reports = page.js("return seen.reports");
    let reports = reports.as_array().into_iter().flatten().filter_map(Value::as_str);
    reports.map(str::to_owned).chain(page.console()).collect()
}

/// The pages in a folder and below it, as paths from there.
pub(crate) fn pages(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(&inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "html") {
                found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}
