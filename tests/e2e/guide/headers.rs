//! What the server sends along: policies, hashes, headers for the cache.

use super::{
    CHOOSE, Guide, HASH, NONCE, Rule, SCRIPT_TAG, blocks_for, dist, header, the_block_for, the_tag,
};
use crate::given::in_chromium;
use crate::server::Fault;
use std::fs;
use std::process::Command;

#[test]
fn policies_are_enough() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let hash = hash();
        for block in blocks_for(|rule| rule == Rule::Policy) {
            let policy = header(block.text, "Content-Security-Policy").replace(HASH, &hash);
            let mut attribute = String::new();
            if policy.contains("'nonce-") {
                attribute = format!(" nonce=\"{NONCE}\"");
            } else if policy.contains("'sha384-") {
                attribute = format!(" integrity=\"{hash}\"");
            }
            guide.under(&policy);
            guide.open_and_wait(
                block.line,
                &the_tag().replace(SCRIPT_TAG, &format!("{SCRIPT_TAG}{attribute}")),
            );
            page.js(CHOOSE);
            page.until_shown(".rv-release__title");
            guide.says_nothing(block.line);
            // Each word of it counts: without the one for WebAssembly the content stays.
            guide.under(&policy.replace(" 'wasm-unsafe-eval'", ""));
            guide.write("listen.js", SAVE_WHAT_IS_SAID);
            let listen = format!(
                "<script src=\"/guide/listen.js\"{}></script>\n",
                attribute.replace(&hash, "")
            );
            guide.open(&format!(
                "{listen}{}",
                the_tag().replace(SCRIPT_TAG, &format!("{SCRIPT_TAG}{attribute}"))
            ));
            page.until(
                "rv-error says why",
                "return window.said?.code === 'csp' && said.message.includes('wasm-unsafe-eval')",
            );
            assert!(page.shows("release-viewer > a"), "the content stays");
            assert!(
                page.console().iter().any(|line| line.contains("release-viewer")),
                "so does the console"
            );
        }
    });
}

#[test]
fn the_hash_that_the_command_prints_lets_the_loader_through_and_no_other() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = blocks_for(|rule| rule == Rule::Page)
            .into_iter()
            .find(|block| block.text.contains(HASH));
        let block = block.expect("the guide shows `integrity`");
        let hash = hash();
        guide.open_and_wait(block.line, &block.text.replace(HASH, &hash));
        guide.says_nothing(block.line);
        let wrong: String = hash.chars().map(|sign| if sign == 'A' { 'B' } else { 'A' }).collect();
        guide.open(&block.text.replace(HASH, &format!("sha384-{}", &wrong["sha384-".len()..])));
        page.frames();
        assert!(
            page.console().iter().any(|line| line.contains("integrity")),
            "the browser refuses it"
        );
        assert_eq!(page.js("return !customElements.get('release-viewer')"), true);
        assert!(page.shows("release-viewer > a"), "the content stays");
    });
}

#[test]
fn a_file_that_is_not_the_loaders_is_refused_with_the_code_of_the_guide() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        guide.write("listen.js", SAVE_WHAT_IS_SAID);
        for file in fs::read_dir(dist().join("app")).unwrap().flatten() {
            let name = file.file_name().into_string().unwrap();
            // Nobody asks for the search before its window opens (tests/e2e/search/network.rs).
            if name.contains("-search-") {
                continue;
            }
            page.server.fail(&format!("press/app/{name}"), Fault::Garbage);
            guide.open(&format!("<script src=\"/guide/listen.js\"></script>\n{}", the_tag()));
            page.until(&format!("rv-error names {name}"), "return window.said?.url");
            let said = page.js("return [said.code, said.url.split('/').at(-1)]");
            assert_eq!(said, serde_json::json!(["server", name]));
            assert!(page.shows("release-viewer > a"), "the content stays");
            page.server.mend();
        }
    });
}

/// Keeps the last `rv-error`.
const SAVE_WHAT_IS_SAID: &str =
    "addEventListener('rv-error', (event) => { window.said = event.detail });";

/// Runs the command of the guide in the folder of the loader.
fn hash() -> String {
    let command = the_block_for(Rule::Hash).text;
    let output = Command::new("sh").arg("-c").arg(command).current_dir(dist()).output().unwrap();
    let value = String::from_utf8(output.stdout).unwrap();
    assert_eq!(value.len(), 64, "{command} printed {value:?}");
    format!("sha384-{value}")
}

#[test]
fn what_never_changes_comes_from_the_cache() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Headers);
        let mut folder = "";
        for line in block.text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("location /") {
                folder = rest.trim_end_matches(" {");
            } else if let Some(rest) = line.strip_prefix("add_header ") {
                let (name, value) = rest.split_once(' ').unwrap();
                page.server.set_header(folder, name, value.trim_matches(['"', ';']));
            } else {
                assert_eq!(line, "}", "no rule for this line");
            }
        }
        let sizes = |file: &str| {
            let script = "const files = performance.getEntriesByType('resource'); \
                return files.filter(({ name }) => name.includes(arguments[0])).map(({ transferSize }) => transferSize)";
            let sizes = page.js_with(script, serde_json::json!([file]));
            sizes
                .as_array()
                .unwrap()
                .iter()
                .filter_map(serde_json::Value::as_u64)
                .collect::<Vec<_>>()
        };
        let search = || {
            guide.open_and_wait(block.line, the_tag());
            page.js("document.querySelector('release-viewer').search('여권')");
            page.until_shown(".rv-item mark");
        };
        let kept = ["/app/", "/archive/search/"];
        search();
        for part in kept {
            assert!(sizes(part).iter().any(|size| *size > 0), "the first time all is loaded");
        }
        search();
        for part in kept {
            let sizes = sizes(part);
            assert!(!sizes.is_empty() && sizes.iter().all(|size| *size == 0), "{part}: {sizes:?}");
        }
        let loader = sizes("/press/release-viewer.js");
        assert!(
            matches!(loader.as_slice(), [1..=u64::MAX]),
            "the loader is asked for again: {loader:?}"
        );
    });
}
