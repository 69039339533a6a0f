//! `build`: every page is whole, and what it names is there.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::root;

const SITE: &str = "https://press.example.go.kr/";

fn build(out: &Path) {
    let status = Command::new(env!("CARGO_BIN_EXE_release-viewer"))
        .arg("build")
        .arg(root().join("static/samples"))
        .arg("--out")
        .arg(out)
        .args(["--site", SITE, "--publisher", "외교부", "--page-size", "5"])
        .status()
        .unwrap();
    assert!(status.success());
}

/// The pages in a folder, by their path from the root.
fn pages(folder: &Path, under: &Path, into: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            pages(&path, under, into);
        } else if path.extension().is_some_and(|ending| ending == "html") {
            let name = path.strip_prefix(under).unwrap().display().to_string();
            into.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// The addresses in a page.
fn addresses(page: &str) -> Vec<&str> {
    let values = |name| page.split(name).skip(1).filter_map(|part: &str| part.split('"').next());
    let absolute = values(" content=\"").filter(|address| address.starts_with(SITE));
    values(" href=\"").chain(values(" src=\"")).chain(absolute).collect()
}

/// An address in a page as a path from the root, and its fragment. `None` if it leads elsewhere.
fn resolved(page: &str, address: &str) -> Option<(String, String)> {
    let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
    let path = match path.strip_prefix(SITE) {
        Some(path) => path.to_owned(),
        None if path.contains(':') => return None,
        None if path.is_empty() => page.to_owned(),
        None => {
            let mut parts: Vec<&str> = page.split('/').collect();
            parts.pop();
            for part in path.split('/') {
                match part {
                    "." => {}
                    ".." => {
                        assert!(parts.pop().is_some(), "{address} in {page} leaves the archive")
                    }
                    part => parts.push(part),
                }
            }
            parts.join("/")
        }
    };
    Some((path, fragment.to_owned()))
}

#[test]
fn no_address_of_a_page_leads_nowhere() {
    let out = tempfile::tempdir().unwrap();
    build(out.path());
    let mut written = BTreeMap::new();
    pages(out.path(), out.path(), &mut written);
    assert!(written.len() > 30 && written.contains_key("index.html"));
    for (name, page) in &written {
        for address in addresses(page) {
            let Some((path, fragment)) = resolved(name, address) else { continue };
            let file = out.path().join(&path);
            assert!(file.exists(), "{address} in {name}");
            if !fragment.is_empty() {
                let id = format!(" id=\"{fragment}\"");
                assert!(written[&path].contains(&id), "{address} in {name}");
            }
        }
    }
}

#[test]
fn every_page_is_whole_without_script() {
    let out = tempfile::tempdir().unwrap();
    build(out.path());
    let mut written = BTreeMap::new();
    pages(out.path(), out.path(), &mut written);
    for (name, page) in &written {
        let holds = |text: &str| assert_eq!(page.matches(text).count(), 1, "{text} in {name}");
        for text in [
            "<title>",
            "<link rel=\"canonical\"",
            "<h1 ",
            "class=\"rv-root\" data-rv-page>",
            "class=\"rv-data\">",
            "<div class=\"rv-as-of\">",
            "</html>",
        ] {
            holds(text);
        }
        assert!(!page.contains("<script src") && !page.contains("module"), "{name}");
        if name.starts_with("releases/") {
            holds("<article ");
        }
    }
}
