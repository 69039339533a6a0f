//! Strings of others as texts and as queries.

use super::{Site, answer, built, ids, item, sample, shared, words};

/// Reads JSON in which halves of letters may stand alone: they become U+FFFD, as no text of Rust can hold them.
fn parse(text: &str) -> Vec<serde_json::Value> {
    let mut whole = String::new();
    let mut rest = text;
    let half = |text: &str| {
        let digits = text.strip_prefix("\\u").and_then(|digits| digits.get(..4));
        digits.and_then(|digits| u32::from_str_radix(digits, 16).ok())
    };
    while let Some(at) = rest.find('\\') {
        whole.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match (half(rest), rest.get(6..).and_then(half)) {
            (Some(0xd800..=0xdbff), Some(0xdc00..=0xdfff)) => 12,
            (Some(0xd800..=0xdfff), _) => {
                whole.push_str("\\ufffd");
                rest = &rest[6..];
                continue;
            }
            (Some(_), _) => 6,
            (None, _) => 2,
        };
        whole.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    whole.push_str(rest);
    serde_json::from_str(&whole).unwrap()
}

#[test]
fn what_is_the_same_to_readers_is_found() {
    let Some(text) = shared("unicode_search_pairs.json") else { return };
    let pairs = parse(&text);
    let mut wrong = Vec::new();
    let mut docs: Vec<&str> = pairs.iter().map(|pair| pair["doc"].as_str().unwrap()).collect();
    docs.dedup();
    for doc in docs {
        let site = Site::new();
        site.write("doc.json", &item("doc", "ko", "…", doc));
        let archive = built(&site);
        for pair in pairs.iter().filter(|pair| pair["doc"] == doc) {
            let query = pair["query"].as_str().unwrap();
            let found = ids(&answer(&archive, &words(query))).contains(&"doc");
            if pair["must_match"].as_bool() != Some(found) {
                wrong.push(pair);
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), pairs.len());
}

#[test]
fn any_string_can_be_asked() {
    let archive = built(&sample());
    for name in ["naughty_strings.json", "unicode.json"] {
        let Some(text) = shared(name) else { return };
        for string in parse(&text) {
            let string = string["value"].as_str().unwrap();
            let answer_ = answer(&archive, &words(string));
            assert!(answer_.hits.len() <= answer_.total, "{string:?}");
            answer(&archive, &super::Question { phrase: true, ..words(string) });
        }
    }
}

#[test]
fn any_string_can_be_a_text() {
    let site = Site::new();
    for name in ["naughty_strings.json", "unicode.json"] {
        let Some(text) = shared(name) else { return };
        for (number, string) in parse(&text).iter().enumerate() {
            let string = string["value"].as_str().unwrap();
            let id = format!("{}-{number}", &name[..3]);
            site.write(&format!("{id}.json"), &item(&id, "en", string, string));
        }
    }
    let archive = built(&site);
    super::check_names(&archive);
    assert!(answer(&archive, &words("undefined")).total > 0);
}
