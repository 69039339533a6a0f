//! Places in an archive, and how they are written after `#`.

use crate::index::Query;
use crate::model::{Date, Lang, Slug};

/// Something that can be shown and has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A page of a section.
    List {
        /// Language of the list; `None` is the viewer's own.
        lang: Option<Lang>,
        /// Section; `None` is the first.
        section: Option<Slug>,
        /// Page, from 1.
        page: usize,
    },
    /// A release, or one block of it.
    Release {
        /// Its id.
        id: Slug,
        /// The block that the address points at.
        block: Option<String>,
    },
    /// A page of search results.
    Results {
        /// Language of the releases looked through; `None` is the viewer's own.
        lang: Option<Lang>,
        /// What is looked for.
        query: Query,
        /// Page, from 1.
        page: usize,
    },
}

impl Default for Place {
    fn default() -> Self {
        Self::List { lang: None, section: None, page: 1 }
    }
}

impl Place {
    /// The language that the address names.
    #[must_use]
    pub fn lang(&self) -> Option<&Lang> {
        match self {
            Self::List { lang, .. } | Self::Results { lang, .. } => lang.as_ref(),
            Self::Release { .. } => None,
        }
    }
}

/// Writes and reads addresses of one viewer: `#rv/<id>/<block>`, `#rv?q=…&from=…&to=…&section=…&page=…`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// `rv`, or the id of the element where a page has several viewers.
    pub name: String,
}

impl Address {
    /// The fragment of a place, with `#`.
    #[must_use]
    pub fn write(&self, place: &Place) -> String {
        let mut address = String::from("#");
        escape(&self.name, &mut address);
        let mut parameters: Vec<(&str, String)> = Vec::new();
        if let Some(lang) = place.lang() {
            parameters.push(("lang", lang.to_string()));
        }
        let page = match place {
            Place::Release { id, block } => {
                address.push('/');
                escape(id.as_str(), &mut address);
                if let Some(block) = block {
                    address.push('/');
                    escape(block, &mut address);
                }
                1
            }
            Place::List { section, page, .. } => {
                parameters.extend(section.as_ref().map(|section| ("section", section.to_string())));
                *page
            }
            Place::Results { query, page, .. } => {
                parameters.push(("q", query.words.clone()));
                parameters.extend(query.from.map(|date| ("from", date.to_string())));
                parameters.extend(query.to.map(|date| ("to", date.to_string())));
                parameters
                    .extend(query.section.as_ref().map(|section| ("section", section.to_string())));
                parameters
                    .extend(query.department.as_ref().map(|name| ("department", name.clone())));
                *page
            }
        };
        if page > 1 {
            parameters.push(("page", page.to_string()));
        }
        for (index, (name, value)) in parameters.iter().enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            escape(value, &mut address);
        }
        address
    }

    /// The place that a fragment names, with or without `#`. `None` if it is not ours; what is wrong in it is
    /// left out.
    #[must_use]
    pub fn read(&self, fragment: &str) -> Option<Place> {
        let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
        let (path, parameters) = fragment.split_once('?').unwrap_or((fragment, ""));
        let mut parts = path.split('/').map(unescape);
        if parts.next()? != self.name {
            return None;
        }
        if let Some(id) = parts.next().as_deref().and_then(Slug::parse) {
            return Some(Place::Release {
                id,
                block: parts.next().filter(|block| !block.is_empty()),
            });
        }
        let get = |name: &str| {
            let mut pairs = parameters.split('&').filter_map(|pair| pair.split_once('='));
            pairs
                .find(|(key, _)| *key == name)
                .map(|(_, value)| unescape(value))
                .filter(|value| !value.is_empty())
        };
        let date = |name| get(name).as_deref().and_then(Date::parse_iso);
        let lang = get("lang").as_deref().and_then(Lang::parse);
        let section = get("section").as_deref().and_then(Slug::parse);
        let page = get("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
        let asks = parameters.split('&').any(|pair| pair.starts_with("q="));
        let query = Query {
            words: get("q").unwrap_or_default(),
            from: date("from"),
            to: date("to"),
            section: section.clone(),
            department: get("department"),
        };
        Some(if asks {
            Place::Results { lang, query, page }
        } else {
            Place::List { lang, section, page }
        })
    }
}

/// Percent-encodes all but what RFC 3986 calls unreserved, and `+` of block ids.
fn escape(text: &str, into: &mut String) {
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

fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = if byte == b'%' {
            text.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok())
        } else {
            None
        };
        found.push(code.unwrap_or(byte));
        at += if code.is_some() { 3 } else { 1 };
    }
    // Half a character is nobody's word.
    String::from_utf8(found).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Address, Place};
    use crate::index::Query;
    use crate::model::{Date, Lang, Slug};

    fn check(place: &Place, written: &str) {
        let address = Address { name: "rv".to_owned() };
        assert_eq!(address.write(place), written);
        assert_eq!(address.read(written).as_ref(), Some(place));
    }

    #[test]
    fn each_place_has_one_address() {
        check(&Place::default(), "#rv");
        check(
            &Place::List { lang: Some(Lang::EN), section: Slug::parse("briefings"), page: 3 },
            "#rv?lang=en&section=briefings&page=3",
        );
        let id = Slug::parse("0507-talks-ko").unwrap();
        check(&Place::Release { id: id.clone(), block: None }, "#rv/0507-talks-ko");
        check(&Place::Release { id, block: Some("p2+1".to_owned()) }, "#rv/0507-talks-ko/p2+1");
        let query = Query {
            words: "직항 & 50%".to_owned(),
            from: Date::new(2025, 1, 1),
            ..Query::default()
        };
        check(
            &Place::Results { lang: None, query, page: 1 },
            "#rv?q=%EC%A7%81%ED%95%AD%20%26%2050%25&from=2025-01-01",
        );
        let query = Query { department: Some("유라시아과".to_owned()), ..Query::default() };
        check(
            &Place::Results { lang: None, query, page: 1 },
            "#rv?q=&department=%EC%9C%A0%EB%9D%BC%EC%8B%9C%EC%95%84%EA%B3%BC",
        );
    }

    #[test]
    fn other_fragments_are_left_to_the_host() {
        let address = Address { name: "rv".to_owned() };
        assert_eq!(address.read("#top"), None);
        assert_eq!(address.read("#rvx/1"), None);
        assert_eq!(address.read(""), None);
        assert_eq!(address.read("#rv?page=x&from=y"), Some(Place::default()));
        assert_eq!(address.read("#rv/../x"), Some(Place::default()));
        assert_eq!(address.read("#rv/%ED%95"), Some(Place::default()));
    }
}
