//! Text with the few things that can happen inside a line.

use super::Url;

/// A run of text with links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Inline>);

/// One piece of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Plain words.
    Words(String),
    /// Words that lead somewhere.
    Link {
        /// Where.
        url: Url,
        /// The words.
        words: String,
    },
}

impl Text {
    /// The words alone.
    #[must_use]
    pub fn plain(&self) -> String {
        let words = self.0.iter().map(|inline| match inline {
            Inline::Words(words) | Inline::Link { words, .. } => words.as_str(),
        });
        words.collect()
    }
}

impl From<&str> for Text {
    /// Takes words; a web address among them becomes a link.
    fn from(words: &str) -> Self {
        let mut text = Self::default();
        let mut rest = words;
        while let Some(start) = find_address(rest) {
            let part = |from: usize, to: usize| rest.get(from..to).unwrap_or_default();
            let end = start + address_length(part(start, rest.len()));
            let (before, address, after) =
                (part(0, start), part(start, end), part(end, rest.len()));
            let Some(url) = Url::parse(address) else { break };
            if !before.is_empty() {
                text.0.push(Inline::Words(before.to_owned()));
            }
            text.0.push(Inline::Link { url, words: address.to_owned() });
            rest = after;
        }
        if !rest.is_empty() {
            text.0.push(Inline::Words(rest.to_owned()));
        }
        text
    }
}

fn find_address(text: &str) -> Option<usize> {
    let begins = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"));
        host.is_some_and(|host| host.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let bytes = text.as_bytes();
    let free =
        |at: usize| at == 0 || bytes.get(at - 1).is_some_and(|byte| !byte.is_ascii_alphanumeric());
    (0..bytes.len()).find(|&at| bytes.get(at) == Some(&b'h') && free(at) && begins(at))
}

/// An address ends before a space, a letter that no address has unescaped, or the signs that close a sentence.
fn address_length(text: &str) -> usize {
    let inside = |c: char| {
        c.is_ascii_graphic()
            && !matches!(c, '"' | '\'' | '<' | '>' | ')' | '\\' | '`' | '|' | '{' | '}')
    };
    let end = text.find(|c| !inside(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end_matches(['.', ',', ';', ':', '!', '?', '(']).len()
}

#[cfg(test)]
mod tests {
    use super::{Inline, Text};

    #[test]
    fn web_addresses_become_links() {
        let text =
            Text::from("자료는 https://www.example.kr/a?b=1에서, (http://example.org/x). 끝");
        let links: Vec<_> = text
            .0
            .iter()
            .filter_map(|inline| match inline {
                Inline::Link { url, .. } => Some(url.as_str()),
                Inline::Words(_) => None,
            })
            .collect();
        assert_eq!(links, ["https://www.example.kr/a?b=1", "http://example.org/x"]);
        assert_eq!(
            text.plain(),
            "자료는 https://www.example.kr/a?b=1에서, (http://example.org/x). 끝"
        );
        assert_eq!(Text::from("https:// and http").0.len(), 1);
    }
}
