//! What the host's policy or the browser does not allow: the viewer works with what is allowed, or says what is missing.

use super::viewer::Viewer;
use super::{in_hosts, nothing_went_wrong, of, set_policy};
use crate::page::Page;
use serde_json::json;
use std::fs;

const REST: &str = "default-src 'none'; style-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; \
    require-trusted-types-for 'script'; trusted-types 'none'";

/// Makes sure that the viewer has given up for a reason, says so, and has left what the host wrote.
fn has_given_up(page: &Page, code: &str, words: &str) {
    let viewer = Viewer::only(page);
    viewer.until("a message is shown", "return isShown(fault(viewer))");
    let seen = viewer.js(
        "const at = fault(viewer);
         return { role: at.getAttribute('role'), lang: at.lang, text: wordsOf(at.querySelector('p')),
           content: isShown(document.querySelector('.static')) }",
    );
    assert_eq!(seen["role"], json!("alert"));
    assert_eq!(seen["content"], json!(true), "what the host wrote is there");
    let text = seen["text"].as_str().unwrap_or_default();
    assert!(text.contains(words), "the message has {words:?}: {text:?} ({})", seen["lang"]);
    let events = viewer.events("rv-error");
    assert_eq!(events.len(), 1, "one rv-error: {events:?}");
    assert_eq!(events[0]["detail"]["code"], json!(code));
    assert_eq!([&events[0]["bubbles"], &events[0]["composed"]], [&json!(true), &json!(true)]);
}

#[test]
fn a_policy_of_hashes_is_enough() {
    in_hosts(|page| {
        let made = tempfile::tempdir().unwrap();
        page.server.also("made", made.path());
        // The loader's hash is what a host would copy from the guide.
        page.load(&of("bare.html"), "");
        let hash = page.js_later(
            "const done = arguments[0];
             fetch('/release-viewer.js').then((answer) => answer.arrayBuffer())
               .then((bytes) => crypto.subtle.digest('SHA-384', bytes))
               .then((hash) => done('sha384-' + btoa(String.fromCharCode(...new Uint8Array(hash)))))",
            json!([]),
        );
        let hash = hash.as_str().unwrap();
        let plain = fs::read_to_string(super::folder().join("pages/plain.html")).unwrap();
        let tag = "type=\"module\"";
        let html = plain.replace(tag, &format!("{tag} integrity=\"{hash}\""));
        assert_ne!(plain, html);
        fs::write(made.path().join("hash.html"), html).unwrap();
        let policy = format!("script-src '{hash}' 'strict-dynamic' 'wasm-unsafe-eval'; {REST}");
        set_policy(page, "made/hash.html", &policy);
        page.load("made/hash.html", "");
        Viewer::only(page).walk();
        nothing_went_wrong(page);
    });
}

#[test]
fn a_policy_of_nonces_is_enough() {
    in_hosts(|page| {
        let made = tempfile::tempdir().unwrap();
        page.server.also("made", made.path());
        let plain = fs::read_to_string(super::folder().join("pages/plain.html")).unwrap();
        let html = plain.replace("type=\"module\"", "type=\"module\" nonce=\"cGxhaW4\"");
        fs::write(made.path().join("nonce.html"), html).unwrap();
        let policy =
            format!("script-src 'nonce-cGxhaW4' 'strict-dynamic' 'wasm-unsafe-eval'; {REST}");
        set_policy(page, "made/nonce.html", &policy);
        page.load("made/nonce.html", "");
        Viewer::only(page).walk();
        nothing_went_wrong(page);
    });
}

#[test]
fn what_the_policy_lacks_is_named() {
    in_hosts(|page| {
        for (file, words) in [("plain.html", "보도자료"), ("english.html", "ress release")] {
            set_policy(page, &of(file), &format!("script-src 'self'; {REST}"));
            page.load(&of(file), "");
            has_given_up(page, "csp", words);
            let console = page.console();
            let ours = |line: &&String| {
                line.contains("release-viewer") && line.contains("wasm-unsafe-eval")
            };
            assert!(
                console.iter().any(|line| ours(&line) && !line.contains("Refused to compile")),
                "the console names what is missing: {console:?}"
            );
        }
    });
}

#[test]
fn without_webassembly_the_content_of_the_host_stays() {
    in_hosts(|page| {
        let source = "delete window.WebAssembly";
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
        for (file, words) in [("plain.html", "보도자료"), ("english.html", "ress release")] {
            page.load(&of(file), "");
            assert_eq!(page.js("return typeof WebAssembly"), json!("undefined"));
            has_given_up(page, "unsupported", words);
        }
    });
}

#[test]
fn without_script_the_content_of_the_host_stays() {
    in_hosts(|page| {
        page.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
        page.load(&of("plain.html"), "");
        page.until_shown("release-viewer .static a");
        page.until_shown("release-viewer h2");
        assert_eq!(
            page.js("return document.querySelector('release-viewer').children.length"),
            json!(2)
        );
        let asked = page.server.take_asked();
        assert!(!asked.iter().any(|path| path.ends_with(".js")), "{asked:?}");
    });
}
