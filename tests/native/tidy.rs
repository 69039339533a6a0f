//! What crates would enforce: no layer names one that it must not know.

use std::path::{Path, PathBuf};

use crate::root;

/// Each layer with those it must not know (the map in `lib.rs`).
const FORBIDDEN: [(&str, &[&str]); 6] = [
    ("model", &["reader", "index", "view", "browser", "native"]),
    ("reader", &["index", "view", "browser", "native"]),
    ("index", &["reader", "view", "browser", "native"]),
    ("view", &["reader", "browser", "native"]),
    ("browser", &["native"]),
    ("native", &["browser"]),
];

/// Names from outside that a layer must not bring in.
const FOREIGN: [(&str, &[&str]); 4] = [
    ("model", &["yew", "web_sys", "js_sys", "serde", "std::fs", "std::io"]),
    ("reader", &["yew", "web_sys", "js_sys", "serde", "std::fs"]),
    ("index", &["yew", "web_sys", "js_sys", "serde", "std::fs"]),
    ("view", &["js_sys", "web_sys", "gloo", "std::fs", "std::time"]),
];

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    files(folder, "rs", into);
}

fn files(folder: &Path, wanted: &str, into: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, wanted, into);
        } else if path.extension().is_some_and(|ending| ending == wanted) {
            into.push(path);
        }
    }
}

/// The code of a file without comments and without its tests, which may use every layer.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What a layer names though it must not.
fn offences(layer: &str, code: &str) -> Vec<String> {
    let row = |rows: &'static [(&str, &[&str])]| {
        rows.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, names)| *names)
    };
    let inside = row(&FORBIDDEN).iter().map(|name| format!("crate::{name}"));
    let outside = row(&FOREIGN).iter().map(|name| format!("{name}::"));
    inside.chain(outside).filter(|name| code.contains(name.as_str())).collect()
}

#[test]
fn no_layer_names_one_that_it_must_not_know() {
    for (layer, _) in FORBIDDEN {
        let mut files = Vec::new();
        sources(&root().join("src").join(layer), &mut files);
        assert!(!files.is_empty(), "{layer}");
        for file in files {
            let found = offences(layer, &code(&std::fs::read_to_string(&file).unwrap()));
            assert!(found.is_empty(), "{} names {}", file.display(), found.join(", "));
        }
    }
}

#[test]
fn an_offence_is_found() {
    assert_eq!(offences("model", "use crate::reader::read;"), ["crate::reader"]);
    assert_eq!(offences("view", "let window = web_sys::window();"), ["web_sys::"]);
    assert_eq!(
        offences(
            "index",
            &code(
                "// crate::view\nuse crate::model::Date;\n#[cfg(test)]\nuse crate::reader::read;"
            )
        ),
        [""; 0]
    );
}

#[test]
fn the_target_is_switched_at_the_doors_only() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let door = file.ends_with("src/lib.rs") || file.ends_with("src/main.rs");
        assert!(door || !code(&text).contains("target_arch"), "{}", file.display());
        for word in ["from_html_unchecked", "inner_html", "insert_adjacent_html", "unsafe "] {
            assert!(!code(&text).contains(word), "{} uses {word}", file.display());
        }
    }
}

/// What a script of ours must not do: make nodes of text, or run it.
#[test]
fn scripts_make_no_html_of_strings() {
    let mut scripts = Vec::new();
    files(&root().join("src"), "js", &mut scripts);
    files(&root().join("static"), "js", &mut scripts);
    assert!(scripts.len() >= 3, "the loader, the element, the page for frames");
    for script in scripts {
        let text = code(&std::fs::read_to_string(&script).unwrap());
        for word in [
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "DOMParser",
            "createContextualFragment",
            "document.write",
            "eval(",
            "Function(",
        ] {
            assert!(!text.contains(word), "{} uses {word}", script.display());
        }
    }
}
