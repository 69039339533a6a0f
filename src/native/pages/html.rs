//! Text → HTML, outside of the view.

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

/// Adds JSON, such that nothing in it can end the element it stands in.
pub(super) fn data(json: &str, into: &mut String) {
    let mut parts = json.split('<');
    into.push_str(parts.next().unwrap_or_default());
    for part in parts {
        into.push_str("\\u003c");
        into.push_str(part);
    }
}

#[cfg(test)]
mod tests {
    use super::{attribute, data};

    #[test]
    fn nothing_ends_its_attribute_or_element() {
        let mut html = String::new();
        attribute("title", "a \"b\" <c> & 'd'", &mut html);
        assert_eq!(html, " title=\"a &quot;b&quot; &lt;c&gt; &amp; 'd'\"");
        html.clear();
        data("{\"a\":\"</script><!--\"}", &mut html);
        assert_eq!(html, "{\"a\":\"\\u003c/script>\\u003c!--\"}");
    }
}
