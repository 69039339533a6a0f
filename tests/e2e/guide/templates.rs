//! Pages that something else makes: JSP, WordPress, Angular.

use super::{Guide, NONCE, Rule, SCRIPT_TAG, blocks_for, dist, header, the_block_for};
use crate::given::in_chromium;
use std::fs;
use std::process::Command;

#[test]
fn the_jsp_fragment_shows_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Jsp);
        let mut html = block.text.to_owned();
        while let Some((before, rest)) = html.clone().split_once("<%@") {
            let (_, after) = rest.split_once("%>\n").expect("a directive is a line of its own");
            html = format!("{before}{after}");
        }
        for (expression, value) in
            [("${pageContext.request.contextPath}", "/portal"), ("${requestScope.cspNonce}", NONCE)]
        {
            assert!(html.contains(expression), "the fragment has {expression}");
            html = html.replace(expression, value);
        }
        assert!(!html.contains("${") && !html.contains("<%"), "no value for an expression: {html}");
        page.server.also("portal/press", &dist());
        let policies = blocks_for(|rule| rule == Rule::Policy);
        let policy = policies.iter().find(|block| block.text.contains(NONCE)).unwrap();
        guide.under(&header(policy.text, "Content-Security-Policy"));
        guide.open_and_wait(block.line, &html);
        guide.says_nothing(block.line);
    });
}

#[test]
fn the_wordpress_code_shows_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Php);
        let file = guide.folder.path().join("functions.php");
        fs::write(&file, block.text).unwrap();
        let php = |arguments: &[&str]| Command::new("php").args(arguments).arg(&file).output();
        let html = match php(&["-l"]) {
            Ok(checked) => {
                assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
                let wordpress = guide.folder.path().join("wordpress.php");
                fs::write(&wordpress, WORDPRESS).unwrap();
                let output = php(&[wordpress.to_str().unwrap()]).unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
                String::from_utf8(output.stdout).unwrap()
            }
            Err(error) => {
                println!("skipped: php ({error}); only the HTML in it is tried");
                let start = block.text.find("<release-viewer").unwrap();
                let end = block.text.find("</release-viewer>").unwrap();
                let html = block.text[start..end]
                    .replace("' . esc_url(home_url('", "")
                    .replace("')) . '", "");
                format!("{SCRIPT_TAG}></script>\n{html}</release-viewer>\n")
            }
        };
        guide.open_and_wait(block.line, &html);
        guide.says_nothing(block.line);
    });
}

/// The little of WordPress that the code calls.
const WORDPRESS: &str = r#"<?php
function add_action($name, $call) { if ($name !== 'wp_enqueue_scripts') exit(1); $call(); }
function add_shortcode($name, $call) { echo $call(), "\n"; }
function home_url($path) { return $path; }
function esc_url($url) { return htmlspecialchars($url); }
function wp_enqueue_script_module($id, $url, $needs = [], $version = false) {
    echo '<script type="module" src="', $url, $version === null ? '' : '?ver=1', "\"></script>\n";
}
require $argv[1];
"#;

#[test]
fn the_angular_template_shows_the_viewer() {
    in_chromium(|page| {
        let guide = Guide::new(page);
        let block = the_block_for(Rule::Angular);
        let template = block.text.split('`').nth(1).expect("the component has a template");
        let (before, rest) = template.split_once(" (rv-navigate)=\"").unwrap();
        let (_, after) = rest.split_once('"').unwrap();
        guide.open_and_wait(block.line, &format!("{SCRIPT_TAG}></script>\n{before}{after}\n"));
        guide.says_nothing(block.line);
    });
}
