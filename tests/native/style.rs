//! The stylesheet must not touch the host's page: what its rules match is ours, and it defines nothing for all.

use crate::root;

/// The at-rules that hold further rules and reach no further than these.
const GROUPS: [&str; 5] = ["@layer", "@media", "@container", "@supports", "@scope"];

/// What starts one of our own elements in a selector.
const OURS: [&str; 3] = [".rv", "release-viewer", ":host"];

/// Cuts where `at` says so, outside of parentheses, brackets and strings.
fn cut(text: &str, at: impl Fn(char) -> bool) -> Vec<&str> {
    let (mut pieces, mut start, mut depth, mut quote) = (Vec::new(), 0, 0, None);
    for (place, sign) in text.char_indices() {
        match (quote, sign) {
            (Some(open), _) => quote = (sign != open).then_some(open),
            (None, '"' | '\'') => quote = Some(sign),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            _ if depth == 0 && at(sign) => {
                pieces.push(&text[start..place]);
                start = place + sign.len_utf8();
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces.into_iter().map(str::trim).filter(|piece| !piece.is_empty()).collect()
}

/// The text without comments.
fn bare(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once("*/").map_or("", |(_, rest)| rest))
}

/// The end of the block that begins after an opening brace.
fn closing(css: &str) -> usize {
    let mut depth = 1;
    css.char_indices()
        .find(|(_, sign)| {
            depth += i32::from(*sign == '{') - i32::from(*sign == '}');
            depth == 0
        })
        .unwrap()
        .0
}

/// Every rule as its selector and its declarations, and the at-rules that are no mere groups.
fn rules(css: &str, into: &mut Vec<(String, String)>, foreign: &mut Vec<String>) {
    let mut rest = css;
    while let Some((head, after)) = rest.split_once('{') {
        // A statement such as `@import …;` stands before the next rule.
        let mut statements: Vec<&str> = head.split(';').map(str::trim).collect();
        let head = statements.pop().unwrap_or_default();
        foreign.extend(statements.into_iter().map(str::to_owned));
        let (body, after) = after.split_at(closing(after));
        rest = &after[1..];
        if GROUPS.iter().any(|group| head.starts_with(group)) {
            rules(body, into, foreign);
        } else if head.starts_with('@') {
            foreign.push(head.to_owned());
        } else {
            into.push((head.to_owned(), body.to_owned()));
        }
    }
    foreign.extend((!rest.trim().is_empty()).then(|| rest.trim().to_owned()));
}

/// The selectors that a leading `:is(…)` or `:where(…)` stands for.
fn spread(selector: &str) -> Vec<String> {
    for name in [":is(", ":where("] {
        if let Some(inner) = selector.strip_prefix(name) {
            let mut depth = 1;
            let end = inner
                .find(|sign| {
                    depth += i32::from(sign == '(') - i32::from(sign == ')');
                    depth == 0
                })
                .unwrap();
            let rest = &inner[end + 1..];
            return cut(&inner[..end], |sign| sign == ',')
                .into_iter()
                .flat_map(|start| spread(&format!("{start}{rest}")))
                .collect();
        }
    }
    vec![selector.to_owned()]
}

/// Whether the element that a compound selector names is one of ours by its own word.
fn named(compound: &str) -> bool {
    let compound = compound.split(":not(").next().unwrap_or_default();
    spread(compound).iter().all(|choice| {
        cut(choice, char::is_whitespace)
            .last()
            .is_some_and(|last| OURS.iter().any(|name| last.contains(name)))
    })
}

/// A selector without what its elements must hold (`:has(…)`): that matches nothing by itself.
fn without_has(selector: &str) -> String {
    let mut parts = selector.split(":has(");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |kept, part| {
        let mut depth = 1;
        let end = part.find(|sign| {
            depth += i32::from(sign == '(') - i32::from(sign == ')');
            depth == 0
        });
        kept + end.and_then(|end| part.get(end + 1..)).unwrap_or_default()
    })
}

/// Whether a selector can match an element that is not ours. Siblings of ours are not ours.
fn leaks(selector: &str) -> bool {
    let selector = without_has(selector);
    cut(&selector, |sign| sign == ',').into_iter().flat_map(spread).any(|selector| {
        let (mut inside, mut sibling) = (false, false);
        let spaced = selector.replace('>', " ");
        for compound in cut(&spaced, char::is_whitespace) {
            if matches!(compound, "+" | "~") {
                sibling = true;
                continue;
            }
            inside = (inside && !sibling) || named(compound);
            sibling = false;
        }
        !inside
    })
}

fn offences(css: &str) -> Vec<String> {
    let (mut found, mut offences) = (Vec::new(), Vec::new());
    rules(&bare(css), &mut found, &mut offences);
    for (selector, declarations) in found {
        if leaks(&selector) {
            offences.push(selector);
        }
        for declaration in cut(&declarations, |sign| sign == ';') {
            let name = declaration.split(':').next().unwrap_or_default().trim();
            if name.starts_with("--") && !name.starts_with("--_") {
                offences.push(name.to_owned());
            }
        }
    }
    offences
}

#[test]
fn no_rule_of_the_style_matches_outside_the_viewer() {
    let css = std::fs::read_to_string(root().join("static/release-viewer.css")).unwrap();
    assert!(css.contains("@layer release-viewer"));
    assert_eq!(offences(&css), [""; 0]);
}

#[test]
fn a_rule_that_leaks_is_found() {
    for css in [
        "p { margin: 0 }",
        ":root { --_text: #000 }",
        "@media print { .rv p, p { margin: 0 } }",
        ".rv + p { margin: 0 }",
        ".rv ~ p a { margin: 0 }",
        ":is(.rv, body) p { margin: 0 }",
        ":where(.rv p, a):hover { margin: 0 }",
        "p:not(.rv) { margin: 0 }",
        "body:has(.rv) { margin: 0 }",
        "[class*=\"{,}\"] { margin: 0 }",
        ".rv { --text: #000 }",
        "@layer x { @page { margin: 0 } }",
        "@font-face { font-family: x }",
        "@property --x { inherits: false }",
        "@keyframes spin { from { opacity: 0 } }",
        "@import \"other.css\"; .rv { margin: 0 }",
        ".rv { margin: 0 } @namespace svg url(x);",
    ] {
        assert_ne!(offences(css), [""; 0], "{css}");
    }
}

#[test]
fn a_rule_of_ours_is_no_offence() {
    for css in [
        ".rv > p, .rv-item:hover::before { margin: 0 }",
        ".rv-group + .rv-group p { margin: 0 }",
        "/* p { } */ :is([data-mode], :host-context([data-mode])) :is(.rv, .rv-fault) { margin: 0 }",
        ":where(.rv, .rv *):not(_ _)::before { margin: 0 }",
        ":host([hidden]) { margin: 0 }",
        "release-viewer[hidden] { --_text: #000 }",
    ] {
        assert_eq!(offences(css), [""; 0], "{css}");
    }
}
