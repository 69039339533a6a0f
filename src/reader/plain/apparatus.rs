//! Lines around the text: attachments, photographs, contacts, licence, translation notice, end mark.

use super::attachments::{attachment, extension, file};
use super::lines::Line;
use super::marker::{self, Kind};
use crate::model::{Attachment, Licence};

/// A line that is no part of the running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Apparatus {
    /// The line calls the text an unofficial or provisional translation.
    TranslationNotice,
    /// The line is an end mark.
    End,
    /// A picture stands here on the page; the line names it.
    Photo,
    /// One attachment.
    Attachment(Attachment),
    /// A heading; attachments follow.
    Attachments(String),
    /// Whom to ask.
    Contact,
    /// A heading; a contact follows.
    Contacts,
    /// Terms of use.
    Licence(Licence),
}

/// Tells what a line is if it is no running text.
pub(super) fn of(line: &Line) -> Option<Apparatus> {
    let text = line.text.as_str();
    if is_translation_notice(text) {
        return Some(Apparatus::TranslationNotice);
    }
    if is_end_mark(text) {
        return Some(Apparatus::End);
    }
    if is_photo(text) {
        return Some(Apparatus::Photo);
    }
    attachment(text)
        .or_else(|| file(line).map(Apparatus::Attachment))
        .or_else(|| contact(text))
        .or_else(|| licence(text))
}

/// `* unofficial translation`, `[Unofficial Translation]`, `Provisional translation by …`, `비공식 번역`.
pub(super) fn is_translation_notice(text: &str) -> bool {
    const HEADS: [&str; 11] = [
        "unofficial translation",
        "provisional translation",
        "unofficial english translation",
        "courtesy translation",
        "non-official translation",
        "this is an unofficial translation",
        "this is a provisional translation",
        "비공식 번역",
        "비공식번역",
        "비공식 국문 번역",
        "비공식 영문 번역",
    ];
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let begins = |head: &&&str| {
        let mut letters = words.chars().flat_map(char::to_lowercase);
        head.chars().all(|letter| letters.next() == Some(letter))
    };
    // Nearly every line ends here.
    let Some(head) = HEADS.iter().find(begins) else { return false };
    let words = words.trim_end_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let sentence_goes_on =
        [" was ", " were ", " is to ", " has "].iter().any(|verb| words.contains(verb));
    words.chars().count() <= head.chars().count() + 40 && !sentence_goes_on
}

/// Cuts a translation notice from the end of a sentence: `They agreed. * unofficial translation`.
pub(super) fn split_translation_notice(text: &str) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| matches!(byte, b'*' | b'(' | b'['))?;
    let (head, notice) = text.split_at(at);
    let head = head.trim_end();
    let sentence_ended = head.ends_with(['.', '!', '?', '”', '"', ')', '/']);
    (sentence_ended && is_translation_notice(notice)).then_some((head, notice))
}

/// Parts `Unofficial translation: 1. …` in two lines, and joins `* unofficial` to the `translation` below it.
pub(super) fn part_notices(lines: impl ExactSizeIterator<Item = Line>) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::with_capacity(lines.len());
    for line in lines {
        let with = |text: &str, after_blank| Line {
            text: text.to_owned(),
            cells: Vec::new(),
            after_blank,
            ..line.clone()
        };
        if let Some(last) = out.last_mut()
            && !line.after_blank
            && ["translation", "translation]", "translation)", "translation."]
                .iter()
                .any(|word| line.text.eq_ignore_ascii_case(word))
            && is_translation_notice(&format!("{} {}", last.text, line.text))
        {
            last.text = format!("{} {}", last.text, line.text);
            continue;
        }
        let early_colon = line.text.bytes().take(40).any(|byte| byte == b':');
        let parted = if early_colon { line.text.split_once(": ") } else { None };
        match parted.filter(|(head, rest)| {
            head.len() < 40 && is_translation_notice(head) && !rest.is_empty()
        }) {
            Some((head, rest)) => out.extend([with(head, line.after_blank), with(rest, true)]),
            None => out.push(line),
        }
    }
    out
}

/// Whether the whole line is an end mark.
fn is_end_mark(text: &str) -> bool {
    let dress = |c: char| {
        matches!(
            c,
            '/' | '-'
                | '–'
                | '—'
                | '('
                | ')'
                | '<'
                | '>'
                | '['
                | ']'
                | '〈'
                | '〉'
                | '#'
                | ' '
                | '.'
                | '*'
        )
    };
    let inner = text.trim_matches(dress);
    let dressed = inner.len() < text.len();
    match inner {
        "" => text.chars().filter(|&c| c == '#').count() >= 3,
        "끝" => true,
        "30" => dressed && text != "30.",
        "이상" => text == "이상.",
        _ => inner.eq_ignore_ascii_case("end") || inner.eq_ignore_ascii_case("ends"),
    }
}

/// Marks that end a line behind its last sentence, in lower case.
const MARKS: [&str; 23] = [
    "/end/",
    "/ends/",
    "//끝//",
    "/끝/",
    "<끝>",
    "〈끝〉",
    "(끝)",
    "[끝]",
    "- 끝 -",
    "-끝-",
    "###",
    "# # #",
    "(end)",
    "(ends)",
    "-end-",
    "- end -",
    "-ends-",
    "- ends -",
    "-30-",
    "- 30 -",
    "<end>",
    "[end]",
    "// end //",
];

/// Cuts an end mark from the end of a sentence: `… countries. /end/`, `… 기대된다. 끝.`, `… 1부.  끝.`
pub(super) fn split_end_mark(text: &str) -> Option<(&str, &str)> {
    for mark in MARKS {
        let cut = text.len().checked_sub(mark.len()).and_then(|at| text.split_at_checked(at));
        if let Some((head, tail)) = cut.filter(|(_, tail)| tail.eq_ignore_ascii_case(mark))
            && !head.trim_end().is_empty()
        {
            return Some((head.trim_end(), tail));
        }
    }
    let mark = ["끝.", "끝"].into_iter().find(|mark| text.ends_with(mark))?;
    let (head, mark) = text.split_at(text.len() - mark.len());
    let sentence_ended = head
        .trim_end()
        .ends_with(['.', '!', '?', '。', '”', '"', ')', '부', '매', '장', '건', '쪽']);
    let spaced = head.ends_with(' ') || head.ends_with('.');
    let head = head.trim_end();
    (sentence_ended && spaced && !head.is_empty()).then_some((head, mark))
}

/// Endings of picture files.
pub(super) const PICTURES: [&str; 8] = ["jpg", "jpeg", "png", "gif", "bmp", "webp", "tif", "heic"];

/// `회담_1.jpg 이미지입니다.`, `[사진 1] 회담 장면`, `사진: 회담 장면`, `Photo 1: …`
fn is_photo(text: &str) -> bool {
    let image_line = text.trim_end_matches('.').strip_suffix("이미지입니다").map(str::trim_end);
    if image_line.is_some_and(|name| extension(name).is_some()) {
        return true;
    }
    let inner = text.trim_start_matches(['[', '(', '<', '【', '▲', '△', '※', ' ']);
    let Some(rest) = ["사진설명", "사진 설명", "사진", "Photo caption", "Photo", "PHOTO"]
        .iter()
        .find_map(|word| inner.strip_prefix(word))
    else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let bare = rest.trim_matches([']', ')', '>', '】']).is_empty();
    let opened = inner.len() < text.len();
    let closed = opened && rest.starts_with([']', ')', '>', '】']);
    let numbered = rest.starts_with(". ") && inner.contains(|c: char| c.is_ascii_digit());
    (rest.starts_with([':', '：', '=']) || numbered || closed || (bare && opened))
        && text.chars().count() <= 200
}

const CONTACT_LABELS: [&str; 23] = [
    "담 당 자",
    "문의전화",
    "문의처",
    "문의",
    "담당부서",
    "담당 부서",
    "담당자",
    "담당",
    "관련부서",
    "관련 부서",
    "연락처",
    "책임자",
    "자료문의",
    "자료 문의",
    "Media contacts",
    "Media contact",
    "Press contact",
    "Contacts",
    "Contact",
    "For further information",
    "For more information",
    "For inquiries",
    "Inquiries",
];

/// `문의 : 유라시아과(☎ 02-000-0000)`, `【과장 김하린 000-0000】`, `Contact: …`
fn contact(text: &str) -> Option<Apparatus> {
    let bare = text.trim_start_matches([
        '※', '*', '-', '○', 'ㅇ', '□', '◦', '•', '☎', '<', '[', '【', '(', '■', ' ',
    ]);
    if let Some(word) = CONTACT_LABELS
        .iter()
        .find(|word| bare.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)))
    {
        let rest = bare[word.len()..].trim_start();
        if rest.trim_end_matches([':', '：', ']', '】', '>', ')', '☎', ' ']).is_empty() {
            return Some(Apparatus::Contacts);
        }
        let colon =
            rest.split_once([':', '：']).is_some_and(|(head, _)| head.chars().count() <= 30);
        let phone = rest.starts_with(['☎', '(', '['])
            || has_phone(rest) && text.chars().count() <= 80 && !text.ends_with("다.");
        let bracketed = rest.starts_with([']', '】', '>', ')']);
        let please = rest.starts_with(", please") && has_phone_or_mail(rest);
        if rest.starts_with([':', '：'])
            || (colon && has_phone_or_mail(rest))
            || phone && has_phone(rest)
            || bracketed
            || please
        {
            return Some(Apparatus::Contact);
        }
    }
    let whole_in_brackets = text.starts_with('【') && text.ends_with('】') && has_phone(text);
    let telephone = ["☎", "Tel", "TEL", "T.", "전화"].iter().any(|head| text.starts_with(head))
        && has_phone(text)
        && text.chars().count() <= 60;
    (whole_in_brackets || telephone).then_some(Apparatus::Contact)
}

/// Whether a line directly below a contact belongs to it.
pub(super) fn goes_with_contact(text: &str) -> bool {
    let labels = [
        "Fax",
        "FAX",
        "E-mail",
        "Email",
        "e-mail",
        "Tel",
        "팩스",
        "이메일",
        "전화",
        "www.",
        "http",
    ];
    has_phone_or_mail(text) || labels.iter().any(|label| text.starts_with(label))
}

/// A closing sentence that asks the reader to call someone.
pub(super) fn is_contact_sentence(text: &str) -> bool {
    let asks = ["바랍니다.", "주십시오.", "주세요."].iter().any(|tail| text.ends_with(tail))
        && ["연락", "문의"].iter().any(|word| text.contains(word));
    (asks || text.contains("please contact") || text.contains("lease call"))
        && has_phone_or_mail(text)
}

fn has_phone_or_mail(text: &str) -> bool {
    has_phone(text) || text.contains('@')
}

/// Three or four digits, a hyphen, four digits; or a telephone sign.
fn has_phone(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !(c.is_ascii_digit() || matches!(c, '-' | '.' | '–')));
    let grouped = numbers.any(|number| {
        let lengths = number.split(['-', '.', '–']).map(str::len);
        lengths.clone().zip(lengths.skip(1)).any(|pair| matches!(pair, (2..=4, 4)))
    });
    grouped || text.contains(['☎', '☏'])
}

/// `공공누리 제1유형: 출처표시`, `KOGL Type 1`, a Creative Commons line.
fn licence(text: &str) -> Option<Apparatus> {
    let names = [
        "공공누리",
        "KOGL",
        "Korea Open Government License",
        "Korea Open Government Licence",
        "Creative Commons",
        "CC BY",
    ];
    let named = names.iter().any(|name| text.contains(name));
    let marked = marker::of(text)
        .is_some_and(|marked| matches!(marked.kind, Kind::Numbered(_) | Kind::Square));
    if !named || marked || text.chars().count() > 200 {
        return None;
    }
    let after = |words: [&str; 4]| {
        words.iter().find_map(|word| text.split_once(word).map(|(_, rest)| rest.trim_start()))
    };
    let digit = after(["제 ", "제", "Type", "type"])
        .and_then(|rest| rest.chars().next())
        .filter(|c| matches!(c, '1'..='4'));
    let number = digit.or_else(|| {
        let limits = (text.contains("상업"), text.contains("변경"));
        text.contains("출처").then_some(match limits {
            (false, false) => '1',
            (true, false) => '2',
            (false, true) => '3',
            (true, true) => '4',
        })
    });
    let korean = text.contains("공공누리") || text.contains("KOGL") || text.contains("Korea Open");
    let code = if korean {
        number.map(|number| format!("KOGL-{number}"))
    } else {
        Some("CC-BY".to_owned()).filter(|_| text.contains("CC BY"))
    };
    Some(Apparatus::Licence(Licence { code, text: text.to_owned() }))
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::{Apparatus, of, split_end_mark};

    fn kind(text: &str) -> String {
        match of(&split(text)[0]) {
            None => "text".to_owned(),
            Some(Apparatus::Licence(licence)) => licence.code.unwrap_or_default(),
            Some(other) => format!("{other:?}"),
        }
    }

    #[test]
    fn other_lines_around_the_text() {
        for (line, expected) in [
            ("* unofficial translation", "TranslationNotice"),
            ("[Unofficial Translation]", "TranslationNotice"),
            ("Unofficial translation:", "TranslationNotice"),
            ("(Provisional translation)", "TranslationNotice"),
            ("끝.", "End"),
            ("/end/", "End"),
            ("###", "End"),
            ("# # #", "End"),
            ("-30-", "End"),
            ("(END)", "End"),
            ("ENDS", "End"),
            ("5.7.(수)_1.jpg 이미지입니다.", "Photo"),
            ("[사진 1] 회담 장면", "Photo"),
            ("문의 : 유라시아과 김하린(☎ 02-000-0000)", "Contact"),
            ("문의전화", "Contacts"),
            ("【과장 김하린 000-0000, 팀장 이도현 000-0000】", "Contact"),
            ("Contact: Europe Division, +82-2-000-0000", "Contact"),
            ("공공누리 제1유형: 출처표시", "KOGL-1"),
            ("공공누리 출처표시+상업적 이용금지", "KOGL-2"),
        ] {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn prose_stays_text() {
        for line in [
            "Contact between the two coasts grew.",
            "Attachment to the land is strong here.",
            "첨부된 자료는 공개되었다.",
            "문의전화가 크게 늘었다.",
            "붙임성이 좋은 사람이다.",
            "Photo exhibitions opened in May.",
            "끝으로 양측은 협력하기로 하였다.",
            "The unofficial translation was published later.",
            "End of the war: a new beginning",
            "Annexation was condemned.",
            "3. 공공누리 제도를 확대한다.",
            "사진전은 5월에 열린다.",
        ] {
            assert_eq!(kind(line), "text", "{line}");
        }
    }

    #[test]
    fn end_marks_are_cut_from_the_last_sentence() {
        assert_eq!(
            split_end_mark("the two countries. /end/"),
            Some(("the two countries.", "/end/"))
        );
        assert_eq!(
            split_end_mark("the two countries./end/"),
            Some(("the two countries.", "/end/"))
        );
        assert_eq!(split_end_mark("기대된다. 끝."), Some(("기대된다.", "끝.")));
        assert_eq!(split_end_mark("기대된다.끝."), Some(("기대된다.", "끝.")));
        assert_eq!(split_end_mark("회담 사진 1부. 끝."), Some(("회담 사진 1부.", "끝.")));
        assert_eq!(split_end_mark("이것이 전쟁의 끝."), None);
        assert_eq!(split_end_mark("/end/"), None);
    }
}
