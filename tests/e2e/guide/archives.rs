//! The archive that the commands of the guide make, with its template, its policy and its service worker.

use super::{Rule, dist, header, the_block_for};
use crate::given::{self, in_chromium};
use crate::page::Page;
use serde_json::json;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// Runs the commands of the guide as they stand there, and serves what they have made.
fn build(page: &Page) -> TempDir {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    given::copy(Path::new("static/samples"), &at.join("inbox"));
    symlink(dist(), at.join("dist")).unwrap();
    fs::write(at.join("page.html"), the_block_for(Rule::Template).text).unwrap();
    fs::write(at.join("site.css"), "").unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_release-viewer"));
    let programs = std::env::var("PATH").unwrap_or_default();
    let path = format!("{}:{programs}", program.parent().unwrap().display());
    for line in the_block_for(Rule::Archive).text.lines() {
        let output =
            Command::new("sh").args(["-c", line]).current_dir(at).env("PATH", &path).output();
        let output = output.unwrap();
        // With 1 something in the samples is to be mended.
        let done = matches!(output.status.code(), Some(0 | 1));
        assert!(done, "{line}: {}", String::from_utf8_lossy(&output.stderr));
    }
    page.server.also("offices", at);
    page.server.also("css", at);
    let policy = header(the_block_for(Rule::OfflinePolicy).text, "Content-Security-Policy");
    page.server.set_header("offices/", "Content-Security-Policy", &policy);
    folder
}

#[test]
fn the_commands_of_the_guide_make_pages_in_the_template_that_can_be_read_offline() {
    in_chromium(|page| {
        let folder = build(page);
        let archive = folder.path().join("archive");
        let release = "releases/0709-passport-service-app-ko.html";
        page.go(&page.server.url(&format!("offices/archive/{release}")));
        page.until("the viewer is there", "return customElements.get('release-viewer')");
        assert!(page.shows("main > release-viewer h1") && page.shows("header a"));
        let line = the_block_for(Rule::Offline).text.replace("/press/archive/", "../");
        let html = fs::read_to_string(archive.join(release)).unwrap();
        assert!(html.contains(line.trim().trim_end_matches("></script>")), "the page has the line");
        let kept = "const done = arguments[0]; caches.match(location.href).then((copy) => done(Boolean(copy)))";
        let deadline = std::time::Instant::now() + std::time::Duration::from_secs(15);
        while page.js_later(kept, json!([])) != json!(true) {
            assert!(std::time::Instant::now() < deadline, "the page is kept");
        }
        for feed in ["rss.xml", "ko/atom.xml", "en/press-releases/feed.json", "sitemap.xml"] {
            assert!(archive.join(feed).is_file(), "no {feed}");
        }
        let said: Vec<String> =
            page.console().into_iter().filter(|line| !line.contains("favicon.ico")).collect();
        assert_eq!(said, Vec::<String>::new());
    });
}
