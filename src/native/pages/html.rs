//! Text → HTML, outside of the view.

use std::ops::Range;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use sha2::{Digest, Sha256};

/// Adds text, such that it can stand in an element and in an attribute with `"`.
pub(super) fn escape(text: &str, into: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"']) {
        let (before, after) = rest.split_at(at);
        into.push_str(before);
        let mut signs = after.chars();
        into.push_str(match signs.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            _ => "&quot;",
        });
        rest = signs.as_str();
    }
    into.push_str(rest);
}

/// Adds ` name="value"`.
pub(super) fn attribute(name: &str, value: &str, into: &mut String) {
    into.push(' ');
    into.push_str(name);
    into.push_str("=\"");
    escape(value, into);
    into.push('"');
}

/// Adds a data block. Gives back where its content is; nothing in it can end the element.
pub(super) fn data(attributes: &str, json: &str, into: &mut String) -> Range<usize> {
    into.push_str("<script ");
    into.push_str(attributes);
    into.push('>');
    let start = into.len();
    let mut parts = json.split('<');
    into.push_str(parts.next().unwrap_or_default());
    for part in parts {
        into.push_str("\\u003c");
        into.push_str(part);
    }
    let end = into.len();
    into.push_str("</script>\n");
    start..end
}

/// A text as a policy names it (CSP 3, 2.3.1). No browser asks for one of a data block, but the Nu checker does.
pub(super) fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::{attribute, data, hash};

    #[test]
    fn nothing_ends_its_attribute_or_element() {
        let mut html = String::new();
        attribute("title", "a \"b\" <c> & 'd'", &mut html);
        assert_eq!(html, " title=\"a &quot;b&quot; &lt;c&gt; &amp; 'd'\"");
    }

    #[test]
    fn the_content_of_a_data_block_is_told() {
        let mut html = "before".to_owned();
        let content = data("type=\"a/b\"", "{\"a\":\"</script><!--\"}", &mut html);
        assert_eq!(&html[content], "{\"a\":\"\\u003c/script>\\u003c!--\"}");
        assert_eq!(html.matches('<').count(), 2);
        assert_eq!(hash("{\"a\":1}"), "'sha256-AVq9f1zFei3ZS3WQ8ErYCEJzkF7jPsXOvq5iJ2qX+GI='");
    }
}
