//! Strings of others as texts and as queries.

use super::{Site, answer, built, ids, item, sample, words};

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

/// The strings in a file of the folder of test data beside the project.
fn shared(name: &str) -> Option<Vec<serde_json::Value>> {
    let path = crate::root().join("../shared/suite").join(name);
    std::fs::read_to_string(path).ok().map(|text| parse(&text))
}

#[test]
fn what_is_the_same_to_readers_is_found() {
    let Some(pairs) = shared("unicode_search_pairs.json") else {
        eprintln!("skipped: the folder with unicode_search_pairs.json is not there");
        return;
    };
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
        let Some(strings) = shared(name) else {
            eprintln!("skipped: the folder with {name} is not there");
            return;
        };
        for string in strings {
            // Half of a character becomes this on its way into a text.
            let string = string["value"].as_str().unwrap_or("\u{fffd}");
            let found = answer(&archive, &words(string));
            assert!(found.hits.len() <= found.total, "{string:?}");
            answer(&archive, &super::Question { phrase: true, ..words(string) });
        }
    }
}

#[test]
fn any_string_can_be_a_text() {
    let site = Site::new();
    for name in ["naughty_strings.json", "unicode.json"] {
        let Some(strings) = shared(name) else {
            eprintln!("skipped: the folder with {name} is not there");
            return;
        };
        for (number, string) in strings.iter().enumerate() {
            // Half of a character becomes this on its way into a text.
            let string = string["value"].as_str().unwrap_or("\u{fffd}");
            let id = format!("{}-{number}", &name[..3]);
            site.write(&format!("{id}.json"), &item(&id, "en", string, string));
        }
    }
    let archive = built(&site);
    super::check_names(&archive);
    assert!(answer(&archive, &words("undefined")).total > 0);
}
