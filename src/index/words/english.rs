//! English words: one form for all inflections, and the forms that a word can have.

use super::super::join::join;
use super::{Kind, Token};

/// Words whose forms follow no rule, by the form that stands for all.
const IRREGULAR: [&[&str]; 36] = [
    &["agree", "agreed"],
    &["guarantee", "guaranteed"],
    &["child", "children"],
    &["man", "men"],
    &["woman", "women"],
    &["foot", "feet"],
    &["person", "people"],
    &["life", "lives"],
    &["leaf", "leaves"],
    &["hold", "held"],
    &["meet", "met"],
    &["say", "said"],
    &["make", "made"],
    &["take", "took", "taken"],
    &["give", "gave", "given"],
    &["lead", "led"],
    &["speak", "spoke", "spoken"],
    &["send", "sent"],
    &["build", "built"],
    &["buy", "bought"],
    &["bring", "brought"],
    &["seek", "sought"],
    &["find", "found"],
    &["win", "won"],
    &["begin", "began", "begun"],
    &["write", "wrote", "written"],
    &["rise", "rose", "risen"],
    &["fall", "fell", "fallen"],
    &["grow", "grew", "grown"],
    &["know", "knew", "known"],
    &["go", "went", "gone"],
    &["see", "saw", "seen"],
    &["keep", "kept"],
    &["pay", "paid"],
    &["teach", "taught"],
    &["crisis", "crises"],
];

/// Words that only look inflected.
const WHOLE: [&str; 14] = [
    "news", "united", "series", "species", "during", "always", "whereas", "perhaps", "process",
    "address", "congress", "hundred", "indeed", "evening",
];

/// Words that stand in nearly all texts. They count only if nothing else is asked, and have no positions.
const STOP: [&str; 40] = [
    "a", "about", "all", "also", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for",
    "from", "has", "have", "he", "her", "his", "in", "is", "it", "its", "not", "of", "on", "or",
    "she", "that", "the", "their", "they", "this", "to", "was", "we", "were", "will", "with",
];

/// Whether it stands in nearly all texts.
pub(in crate::index) fn is_stop(word: &str) -> bool {
    STOP.binary_search(&word).is_ok()
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|byte| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y'))
}

/// One form for all inflections of a word: plural, past, and `-ing`. It need not be a word.
pub(in crate::index) fn stem(word: &str) -> String {
    if let Some(forms) = IRREGULAR.iter().find(|forms| forms.contains(&word)) {
        return forms.first().map(|form| regular(form)).unwrap_or_default();
    }
    regular(word)
}

fn regular(word: &str) -> String {
    if word.len() < 4
        || !word.bytes().all(|byte| byte.is_ascii_lowercase())
        || WHOLE.contains(&word)
    {
        return word.to_owned();
    }
    let mut stem = word.to_owned();
    let cut = |stem: &str, ending: &str, left: usize| {
        stem.strip_suffix(ending)
            .filter(|rest| rest.len() >= left && has_vowel(rest))
            .map(str::to_owned)
    };
    if let Some(rest) = cut(&stem, "ies", 2).or_else(|| cut(&stem, "ied", 2)) {
        return rest + "i";
    }
    if let Some(rest) = ["sses", "xes", "ches", "shes", "zzes"]
        .iter()
        .find(|ending| stem.ends_with(**ending))
        .and_then(|_| stem.strip_suffix("es"))
    {
        stem = rest.to_owned();
    } else if !["ss", "us", "is"].iter().any(|ending| stem.ends_with(ending))
        && let Some(rest) = stem.strip_suffix('s').filter(|rest| rest.len() > 2)
    {
        stem = rest.to_owned();
    }
    let past = cut(&stem, "ed", 3).filter(|rest| !rest.ends_with('e'));
    if let Some(rest) = past.or_else(|| cut(&stem, "ing", 3)) {
        let twice = rest.as_bytes();
        stem = match twice {
            [.., one, two] if one == two && !matches!(one, b'l' | b's' | b'z' | b'e') => {
                rest.get(..rest.len() - 1).unwrap_or_default().to_owned()
            }
            _ => rest,
        };
    }
    if let Some(rest) = stem.strip_suffix('e').filter(|rest| rest.len() > 2) {
        stem = rest.to_owned();
    }
    if let Some(rest) = stem.strip_suffix('y').filter(|rest| rest.len() > 2) {
        stem = rest.to_owned() + "i";
    }
    stem
}

/// The other forms that a word can have: all that come to the same [`stem`].
pub(in crate::index) fn forms(word: &str) -> Vec<String> {
    if word.len() < 3 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Vec::new();
    }
    let root = stem(word);
    let mut found: Vec<String> = Vec::new();
    let mut add = |form: String| {
        if form != word && stem(&form) == root && !found.contains(&form) {
            found.push(form);
        }
    };
    let open = root.strip_suffix('i').unwrap_or(&root);
    let last: String = root.chars().next_back().into_iter().collect();
    for ending in ["", "s", "es", "ed", "ing", "ings", "e"] {
        add(join(&[&root, ending]));
    }
    for ending in ["ed", "ing"] {
        add(join(&[&root, &last, ending]));
    }
    for ending in ["y", "ies", "ied", "ying", "ys", "yed"] {
        add(join(&[open, ending]));
    }
    for forms in
        IRREGULAR.iter().filter(|forms| forms.first().is_some_and(|form| regular(form) == root))
    {
        for form in *forms {
            add((*form).to_owned());
        }
    }
    found
}

impl<T: AsRef<str>> Token<T> {
    /// Whether it is a word of Latin letters.
    pub(in crate::index) fn is_latin(&self) -> bool {
        self.kind == Kind::Word && self.text.as_ref().bytes().all(|byte| byte.is_ascii_alphabetic())
    }
}
