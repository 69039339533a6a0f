//! The words that announce metadata, and names of divisions.

use super::lines::squeeze_short;

/// What a label announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    Date,
    /// A date that is not the day of publication.
    OtherDate,
    Views,
    Department,
    /// A person, or a division in place of one.
    Writer,
    Phone,
    Url,
    Section,
}

/// Labels without spaces and in lower case. A longer one stands before one that it begins with.
const LABELS: [(Field, &[&str]); 8] = [
    (
        Field::Date,
        &[
            "dateofissue",
            "datepublished",
            "publishedon",
            "published",
            "publishdate",
            "releasedate",
            "registrationdate",
            "registereddate",
            "postedon",
            "posted",
            "created",
            "date",
            "작성일자",
            "작성일시",
            "작성일",
            "등록일자",
            "등록일시",
            "등록일",
            "게시일자",
            "게시일시",
            "게시일",
            "배포일시",
            "배포일",
            "보도일시",
            "보도일",
            "발표일",
            "발행일",
            "날짜",
            "일자",
            "입력일",
        ],
    ),
    (
        Field::OtherDate,
        &["lastmodified", "modified", "lastupdated", "updated", "최종수정일", "수정일자", "수정일"],
    ),
    (Field::Views, &["viewcount", "views", "view", "hits", "hit", "readcount", "조회수", "조회"]),
    (
        Field::Department,
        &[
            "responsibledivision",
            "department",
            "division",
            "dept",
            "bureau",
            "office",
            "담당부서명",
            "담당부서",
            "작성부서",
            "소관부서",
            "부서명",
            "부서",
            "담당과",
        ],
    ),
    (
        Field::Writer,
        &[
            "writer",
            "author",
            "postedby",
            "작성자명",
            "작성자",
            "등록자",
            "글쓴이",
            "담당자",
            "source",
            "출처",
        ],
    ),
    (
        Field::Phone,
        &[
            "telephone",
            "phone",
            "tel",
            "fax",
            "e-mail",
            "email",
            "전화번호",
            "전화",
            "연락처",
            "팩스",
            "이메일",
        ],
    ),
    (Field::Url, &["originalurl", "url", "원본url", "원문url", "원문링크"]),
    (Field::Section, &["category", "분류", "구분", "게시판"]),
];

/// Letters of the longest label.
const LONGEST: usize = 19;

/// Signs that may stand before a label.
pub(super) const BULLETS: [char; 9] = ['•', '·', '-', '*', '○', '●', '▪', '■', 'ㆍ'];

/// Whether the line is a label and nothing else.
pub(super) fn is_label(text: &str) -> bool {
    lone_label(text).is_some()
}

pub(super) fn lone_label(text: &str) -> Option<Field> {
    let words =
        squeeze_short(text.trim_start_matches(BULLETS).trim_end_matches([':', '：']), LONGEST)?;
    LABELS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(field, _)| *field)
}

/// A label at the start of a text: what it announces, itself, and what follows.
pub(super) fn leading_label(text: &str) -> Option<(Field, &str, &str)> {
    let mut best: Option<(Field, usize)> = None;
    for (field, names) in &LABELS {
        for name in *names {
            if let Some(end) = squeezed_prefix(text, name)
                && best.is_none_or(|(_, longest)| end > longest)
            {
                best = Some((*field, end));
            }
        }
    }
    let (field, end) = best?;
    Some((field, &text[..end], &text[end..]))
}

/// Where `name` ends in the text if the text begins with it, spaces and case aside.
pub(super) fn squeezed_prefix(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars();
    let mut next = wanted.next();
    for (at, letter) in text.char_indices() {
        let Some(expected) = next else { return Some(at) };
        if letter == ' ' && at > 0 {
            continue;
        }
        if letter.to_ascii_lowercase() != expected {
            return None;
        }
        next = wanted.next();
    }
    next.is_none().then_some(text.len())
}

/// Names of divisions end in a few words.
pub(super) fn is_division(name: &str) -> bool {
    const KOREAN: [&str; 14] = [
        "과",
        "실",
        "국",
        "팀",
        "관",
        "단",
        "센터",
        "부",
        "처",
        "청",
        "원",
        "대사관",
        "위원회",
        "본부",
    ];
    const ENGLISH: [&str; 12] = [
        "division",
        "office",
        "bureau",
        "team",
        "department",
        "ministry",
        "embassy",
        "center",
        "centre",
        "unit",
        "section",
        "directorate",
    ];
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let hangul = last.chars().any(|c| matches!(c, '가'..='힣'));
    let korean =
        hangul && last.chars().count() >= 2 && KOREAN.iter().any(|tail| last.ends_with(tail));
    let words = name.split_whitespace().map(str::to_lowercase);
    // A Korean personal name of three syllables may end in such a syllable; a division's rarely is that short.
    korean && (last.chars().count() > 3 || last.ends_with(['과', '부', '실', '팀', '처', '청']))
        || words.into_iter().any(|word| ENGLISH.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{LABELS, LONGEST, lone_label};

    #[test]
    fn every_label_is_found_alone() {
        for (field, names) in LABELS {
            for name in names {
                assert_eq!(lone_label(name), Some(field), "{name}: raise LONGEST ({LONGEST})?");
            }
        }
    }
}
