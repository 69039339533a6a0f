//! Addresses that may become a link.

use std::fmt;

/// An address with an allowed scheme (`https`, `http`, `mailto`, `tel`) or a relative one.
///
/// A script address is not stopped by a content security policy when it stands in `href`, so it must not get
/// this far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(String);

impl Url {
    /// Schemes that a reader can follow without surprise.
    const SCHEMES: [&str; 4] = ["https", "http", "mailto", "tel"];

    /// Admits an address, or gives `None`.
    ///
    /// Control characters and white space anywhere are refused: browsers drop some of them, so that
    /// `java\tscript:` is a scheme for them (WHATWG URL, 4.4).
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let address = address.trim_matches(' ');
        if address.is_empty()
            || address.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\')
        {
            return None;
        }
        let path = address.find(['/', '?', '#']).unwrap_or(address.len());
        let scheme =
            address.split_once(':').map(|(scheme, _)| scheme).filter(|scheme| scheme.len() < path);
        let allowed = scheme.is_none_or(|scheme| {
            Self::SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme))
        });
        allowed.then(|| Self(address.to_owned()))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Percent-encodes all but what RFC 3986 calls unreserved, and `+` of block ids.
pub fn escape(text: &str, into: &mut String) {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b'+') {
            into.push(char::from(byte));
        } else {
            into.push('%');
            for half in [byte >> 4, byte & 15] {
                into.extend(DIGITS.get(usize::from(half)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Url;

    #[test]
    fn only_followable_schemes_pass() {
        for good in [
            "https://example.kr/a?b#c",
            "HTTP://example.kr",
            "mailto:a@example.kr",
            "tel:+82-2-000-0000",
            "files/1.pdf",
            "/a:b",
            "#p2",
            "?x=a:b",
            "//example.kr/x",
        ] {
            assert!(Url::parse(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            " JavaScript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "blob:x",
            "",
            " ",
            "https://a b",
            "\\\\evil",
        ] {
            assert!(Url::parse(bad).is_none(), "{bad}");
        }
    }
}
