//! Files and annexes that a text names.

use super::apparatus::{Apparatus, PICTURES};
use super::lines::Line;
use super::marker::{self, Kind};
use crate::model::Attachment;

/// Longer words stand before those they begin with.
const ATTACHED: [&str; 18] = [
    "붙 임",
    "첨 부",
    "첨부파일",
    "첨부 파일",
    "첨부자료",
    "첨부",
    "붙임자료",
    "붙임",
    "별첨자료",
    "별첨",
    "Attached files",
    "Attachments",
    "Attachment",
    "Attached",
    "Enclosures",
    "Enclosure",
    "Annexes",
    "Annex",
];

const EXTENSIONS: [&str; 17] = [
    "pdf", "hwp", "hwpx", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "zip", "txt", "odt", "mp4",
    "csv", "xml", "html", "rtf",
];

/// `붙임 : 1. 회담 사진`, `[붙임 1] 개황`, `Attachment: Photo`, `※ 별첨 : 이미지(조감도)`, `(김산업 사진 2장 첨부)`.
pub(super) fn attachment(text: &str) -> Option<Apparatus> {
    let bare = text.trim_start_matches(['※', '*', '-', '○', 'ㅇ', '□', '◦', '•', ' ']);
    if let Some(inside) =
        bare.strip_prefix('(').and_then(|text| text.trim_end_matches('.').strip_suffix(')'))
        && let Some(name) = inside.strip_suffix("첨부")
        && !name.trim().is_empty()
        && inside.chars().count() <= 40
    {
        return Some(Apparatus::Attachment(described(Some("첨부"), name)));
    }
    let open = bare.chars().next().filter(|c| matches!(c, '[' | '<' | '(' | '【' | '〈' | '＜'));
    let inner = open.map_or(bare, |open| &bare[open.len_utf8()..]);
    let word = ATTACHED
        .iter()
        .find(|word| inner.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))?;
    let rest = inner[word.len()..].trim_start();
    // `붙임  1. …` begins a numbered list; its number belongs to the name.
    if open.is_none()
        && inner[word.len()..].starts_with(' ')
        && rest.starts_with("1. ")
        && word.starts_with(|c: char| !c.is_ascii())
    {
        return Some(Apparatus::Attachment(described(Some(word), rest)));
    }
    let rest = rest.trim_start_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, 'I' | 'V' | '①'..='⑳' | '-' | '#')
    });
    let before = |rest: &str| inner.get(..inner.len() - rest.len()).unwrap_or_default();
    let (label, rest, dressed) = match open {
        Some(_) => {
            // The bracket may close behind the number (`[붙임 K1] 개황`) or behind the name (`[붙임 1: 개황]`).
            let (name, tail) = rest.split_once([']', '>', ')', '】', '〉', '＞'])?;
            if name.trim().is_empty() || !tail.trim().is_empty() {
                (before(tail), tail, true)
            } else {
                (before(rest), name, true)
            }
        }
        None => (
            before(rest),
            rest,
            rest.trim_start().starts_with([':', '：'])
                || inner[word.len()..].starts_with(". ") && !word.is_ascii(),
        ),
    };
    let label = label.trim_end_matches([':', '：', ']', '>', ')', '】', '〉', '.', ' ', '＞']);
    let numbered = label.len() > word.len();
    let name = rest.trim_start_matches([':', '：', '.', ' ', ')', '-']);
    let label = open.map_or(label, |_| label.trim_start_matches(['[', '<', '(', '【', '〈', '＜']));
    if matches!(name.trim_end_matches('.'), "참조" | "참고") {
        return None;
    }
    if name.is_empty() {
        return Some(Apparatus::Attachments(label.to_owned()));
    }
    // `붙임 회담 사진 1부.` has no sign between; prose does not follow a numbered label or a colon.
    let plain = !numbered
        && rest.len() < inner.len() - word.len()
        && !word.is_ascii()
        && name.chars().count() <= 60
        && !name.ends_with("다.")
        && inner[word.len()..].starts_with(' ');
    (dressed || (numbered && name.chars().count() <= 80) || plain)
        .then(|| Apparatus::Attachment(described(Some(label), name)))
}

/// A line that is the name of a file, with size, views and buttons behind it.
pub(super) fn file(line: &Line) -> Option<Attachment> {
    let mut parts = line.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty());
    let first = if line.cells.is_empty() { line.text.as_str() } else { parts.next()? };
    let first = first.trim_start_matches(['-', '•', '·', '□', ' ']);
    let mut name = first;
    while let Some((head, word)) = name.rsplit_once(' ')
        && (is_button(word) || is_size(word))
    {
        name = head;
    }
    extension(name)?;
    // More than size, count and buttons behind the name is a text that happens to name a file.
    let rest: Vec<&str> = parts.clone().flat_map(|cell| cell.split(' ')).collect();
    let words = rest.iter().filter(|word| {
        !is_button(word)
            && !is_size(word)
            && !is_unit(word)
            && word.chars().any(char::is_alphabetic)
    });
    let sentence = name.split(' ').count() > 8 || words.count() > 2;
    (!sentence).then(|| {
        let all = [first].into_iter().chain(parts).collect::<Vec<_>>().join(" ");
        Attachment { name: name.to_owned(), ..described(None, &all) }
    })
}

fn is_button(word: &str) -> bool {
    let word = word.trim_matches(['[', ']', '(', ')']);
    matches!(
        word,
        "바로보기"
            | "다운로드"
            | "미리보기"
            | "내려받기"
            | "Download"
            | "View"
            | "Preview"
            | "download"
    )
}

/// `84KB`, `(1.2MB)`, `[12`, `KB]`
fn is_size(word: &str) -> bool {
    let bare = word.trim_matches(['[', ']', '(', ')', ',']);
    let unit = bare.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
    is_unit(unit) || (unit.is_empty() && word.starts_with(['[', '(']))
}

fn is_unit(word: &str) -> bool {
    ["kb", "mb", "gb", "byte", "bytes", "kbyte", "mbyte"]
        .iter()
        .any(|unit| word.eq_ignore_ascii_case(unit))
}

/// A number with a unit of size somewhere in the words: where it starts and ends.
fn find_size(words: &str) -> Option<(usize, usize)> {
    let starts = words.char_indices().filter(|&(at, c)| {
        c.is_ascii_digit()
            && !words[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.' || c == ',')
    });
    starts.into_iter().find_map(|(at, _)| {
        let unit = words[at..]
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ',')
            .trim_start();
        let letters = unit.len() - unit.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
        is_unit(&unit[..letters]).then(|| (at, words.len() - unit.len() + letters))
    })
}

/// The extension of a name that ends in one.
pub(super) fn extension(name: &str) -> Option<&'static str> {
    let (stem, tail) = name.trim_end_matches(']').rsplit_once('.')?;
    let mut known = EXTENSIONS.iter().chain(&PICTURES);
    let found = known.find(|known| tail.eq_ignore_ascii_case(known))?;
    (!stem.is_empty()).then_some(found)
}

/// An attachment with what its words tell of kind and size.
pub(super) fn described(label: Option<&str>, words: &str) -> Attachment {
    let words = words.trim().trim_end_matches(['.', ',']).trim_end();
    let size = find_size(words)
        .filter(|_| words.split([' ', '\t', '(', '[']).any(|word| extension(word).is_some()));
    let name =
        size.map_or(words, |(start, _)| words[..start].trim_end_matches(['(', '[', ' ', ',']));
    let name = if extension(name.split([' ', '\t']).next_back().unwrap_or_default()).is_some() {
        name
    } else {
        words
    };
    let kind = name.split([' ', '\t']).find_map(extension).map(str::to_ascii_uppercase);
    let size = size.map(|(start, end)| words[start..end].to_owned());
    Attachment { label: label.map(str::to_owned), name: name.to_owned(), kind, size, url: None }
}

/// `붙임 1. 개황` begins a numbered list, unless the next one repeats the label: then the number is the label's.
pub(super) fn agree(attachments: &mut [Attachment]) {
    let repeated = |label: &str| label.strip_suffix(" 2").map(str::to_owned);
    let label = attachments.iter().filter_map(|file| file.label.as_deref()).find_map(repeated);
    for file in attachments.iter_mut().filter(|file| file.label.is_some() && file.label == label) {
        if let Some(name) = file.name.strip_prefix("1. ") {
            (file.label, file.name) =
                (label.as_ref().map(|label| format!("{label} 1")), name.to_owned());
        }
    }
}

/// Whether this line goes on a list of attachments, and how it names one.
pub(super) fn listed(line: &Line, number: u32) -> Option<Attachment> {
    if let Some(file) = file(line) {
        return Some(file);
    }
    let marked = marker::of(&line.text)?;
    let fits = match marked.kind {
        Kind::Numbered(printed) => printed == number && number > 0,
        Kind::Dash | Kind::Round | Kind::Circled | Kind::Below => {
            number == 0 && line.text.chars().count() <= 80
        }
        _ => false,
    };
    // The printed number belongs to the name, as it does on the first line (`붙임 : 1. …`).
    let numbered = matches!(marked.kind, Kind::Numbered(_));
    let prose = line.text.ends_with("다.")
        || line.text.is_ascii() && line.text.ends_with('.') && line.text.split(' ').count() > 3;
    (fits && !prose).then(|| described(None, if numbered { &line.text } else { marked.rest }))
}

#[cfg(test)]
mod tests {
    use super::super::apparatus::{Apparatus, of};
    use super::super::lines::split;
    use super::listed;

    fn check(text: &str, expected: &str) {
        let found = match of(&split(text)[0]) {
            Some(Apparatus::Attachment(file)) => format!(
                "{}|{}|{}|{}",
                file.label.unwrap_or_default(),
                file.name,
                file.kind.unwrap_or_default(),
                file.size.unwrap_or_default()
            ),
            other => format!("{other:?}"),
        };
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn attachments_come_in_many_forms() {
        for (line, expected) in [
            ("붙임 : 1. 회담 사진", "붙임|1. 회담 사진||"),
            ("[붙임 1] 알도리아 개황", "붙임 1|알도리아 개황||"),
            ("<붙임> 참고자료", "붙임|참고자료||"),
            ("[붙임 1: 개황]", "붙임 1|개황||"),
            ("[붙임 K1] 해외 안전 간담회 개요", "붙임 K1|해외 안전 간담회 개요||"),
            ("【붙임 1: 개황】", "붙임 1|개황||"),
            ("[첨부 Photo]", "첨부|Photo||"),
            ("Attachment: Photo", "Attachment|Photo||"),
            (
                "Attachment 2: Joint Statement.pdf (1.2MB)",
                "Attachment 2|Joint Statement.pdf|PDF|1.2MB",
            ),
            ("첨부파일 : 결과요약.hwpx (84KB)", "첨부파일|결과요약.hwpx|HWPX|84KB"),
            ("※ 별첨 : 이미지(조감도)", "별첨|이미지(조감도)||"),
            ("붙임 회담 사진 1부.", "붙임|회담 사진 1부||"),
            ("붙임1. 개황", "붙임1|개황||"),
            ("붙임 1. 개황 1부.", "붙임|1. 개황 1부||"),
            ("(김산업 사진 2장 첨부)", "첨부|김산업 사진 2장||"),
            ("회담 결과.hwp [12 KB] 다운로드", "|회담 결과.hwp|HWP|12 KB"),
            ("첨부", "Some(Attachments(\"첨부\"))"),
            ("Attachments:", "Some(Attachments(\"Attachments\"))"),
        ] {
            check(line, expected);
        }
        let next = listed(&split("2. 회담 사진 2매.")[0], 2).map(|file| file.name);
        assert_eq!(next.as_deref(), Some("2. 회담 사진 2매"));
    }
}
