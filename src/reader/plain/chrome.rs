//! Menus and other parts of a web page that are copied along with a release.

use super::lines::{Line, squeeze, squeeze_short};
use super::marker::{self, Kind};
use super::{apparatus, table};
use crate::model::Section;

/// What stands before the release.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Chrome {
    /// Index of the first line of the release.
    pub(super) end: usize,
    /// The board heading.
    pub(super) section: Option<Section>,
    /// A translation notice that stands among the menus.
    pub(super) notice: Option<String>,
}

/// How far down a page the board heading is looked for, in lines. Pages with a long menu have about twenty.
const REACH: usize = 60;

/// Finds where the release begins: line by line until a board heading or the first line that is no menu.
/// Numbered lines before the heading are menus too (social links, breadcrumbs).
pub(super) fn skip(lines: &[Line]) -> Chrome {
    let text = |index: usize| lines.get(index).map(|line| line.text.as_str());
    let menus =
        lines.iter().take(REACH).take_while(|line| is_menu(&line.text) || is_short(&line.text));
    let is_section = |text: &str| Section::known(heading_name(text)).is_some();
    let heading = menus
        .map(|line| line.text.as_str())
        .position(|text| is_section(text) || is_last_crumb(text, lines));
    // Of several names in a row the last is the board, unless it is the title.
    let heading = heading.map(|mut at| {
        while text(at + 1).is_some_and(is_section)
            && text(at + 2).is_some_and(|next| !is_label(next) && marker::of(next).is_none())
        {
            at += 1;
        }
        at
    });
    let sure = |line: &Line| is_menu(&line.text) || is_site_name(&line.text);
    if let Some(at) = heading
        && (at == 0
            || lines[..at].iter().any(|line| is_menu(&line.text))
            || lines[..at].iter().all(sure))
    {
        let notices =
            lines[..at].iter().filter(|line| apparatus::is_translation_notice(&line.text));
        let notice = notices.map(|line| line.text.clone()).next();
        let section = text(at).and_then(|text| Section::named(heading_name(without_number(text))));
        let mut end = at + 1;
        let same = |text: &str| {
            let name = heading_name(text);
            name.is_empty()
                || section.as_ref().is_some_and(|section| name.eq_ignore_ascii_case(&section.name))
        };
        while text(end).is_some_and(|text| same(text) || is_menu(text)) {
            end += 1;
        }
        return Chrome { end, section, notice };
    }
    let mut end = 0;
    while let Some(line) = text(end) {
        let more_menu_follows =
            || lines.iter().skip(end + 1).take(6).any(|line| is_menu(&line.text));
        let in_menu = end > 0 && is_short(line) && more_menu_follows();
        let site_name = end > 0 && is_site_name(line) && text(end + 1).is_some();
        if !(is_menu(line) || in_menu || site_name) {
            break;
        }
        end += 1;
    }
    let board = text(end).filter(|line| {
        end > 0 && is_board_name(line) && text(end + 1).is_some_and(|next| !is_label(next))
    });
    match board.and_then(Section::named) {
        Some(section) => Chrome { end: end + 1, section: Some(section), notice: None },
        None => Chrome { end, section: None, notice: None },
    }
}

/// The end of the text, without the menus that may follow it.
pub(super) fn trim_end(lines: &[Line]) -> usize {
    lines
        .iter()
        .rposition(|line| !is_menu(&line.text) && !is_foot(&line.text))
        .map_or(0, |last| last + 1)
}

/// Whether a line is a part of a page and nothing else.
pub(super) fn is_menu(text: &str) -> bool {
    let words = without_number(text);
    // Only rows of names and issue numbers may be longer than a name.
    let words = if words.starts_with(['v', 'V']) || words.contains(['|', '바', '뛰']) {
        Some(squeeze(words))
    } else {
        squeeze_short(words, LONGEST_NAME)
    };
    words.is_some_and(|words| is_menu_words(&words))
        || is_banner(text)
        || is_breadcrumb(text)
        || is_social_link(text)
}

/// No menu word has more letters.
const LONGEST_NAME: usize = 60;

fn is_menu_words(squeezed: &str) -> bool {
    EXACT.contains(&squeezed)
        || is_only_skip_words(squeezed)
        || squeezed.starts_with("homepageof") && squeezed.len() < LONGEST_NAME
        || squeezed
            .strip_prefix("vol.")
            .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
        || squeezed.contains('|') && squeezed.split('|').all(|part| EXACT.contains(&part))
}

/// Words that stand alone on a line of a menu, without spaces and in lower case.
const EXACT: [&str; 53] = [
    "바로가기메뉴",
    "검색창열기",
    "검색창닫기",
    "검색열기",
    "검색",
    "전체메뉴",
    "전체메뉴열기",
    "메뉴열기",
    "메뉴닫기",
    "누리집지도",
    "사이트맵",
    "로그인",
    "회원가입",
    "글자크기",
    "화면크기",
    "언어선택",
    "홈",
    "home",
    "메인으로",
    "상세보기",
    "본문시작",
    "국가상징",
    "kor",
    "eng",
    "korean",
    "english",
    "한국어",
    "rss",
    "sitemap",
    "login",
    "menu",
    "search",
    "opensearch",
    "closesearch",
    "skipmenu",
    "skipnavigation",
    "skiptocontent",
    "skiptomaincontent",
    "skiptomainmenu",
    "skiptosearch",
    "skiptofooter",
    "skiplinks",
    "gotocontent",
    "screensize",
    "fontsize",
    "textsize",
    "countriesinformation",
    "어린이·청소년",
    "subscribe",
    "구독하기",
    "지난호보기",
    "viewonline",
    "unsubscribe",
];

/// Words under a release.
const FOOT: [&str; 16] = [
    "목록",
    "목록보기",
    "목록으로",
    "이전글",
    "다음글",
    "인쇄",
    "인쇄하기",
    "공유",
    "공유하기",
    "top",
    "맨위로",
    "list",
    "print",
    "share",
    "prev",
    "next",
];

fn is_foot(text: &str) -> bool {
    squeeze_short(text, LONGEST_NAME).is_some_and(|words| FOOT.contains(&words.as_str()))
}

/// `본문 바로가기`, also several on one line.
fn is_only_skip_words(squeezed: &str) -> bool {
    const TARGETS: [&str; 15] = [
        "본문",
        "본문내용",
        "주메뉴",
        "메인메뉴",
        "메뉴",
        "전체메뉴",
        "하단메뉴",
        "하위메뉴",
        "검색",
        "콘텐츠",
        "컨텐츠",
        "푸터",
        "하단",
        "서브메뉴",
        "바로가기메뉴",
    ];
    if !squeezed.contains("바로가기") && !squeezed.contains("건너뛰기") {
        return false;
    }
    let rest = squeezed
        .replace("바로가기메뉴", " ")
        .replace("바로가기", " ")
        .replace("건너뛰기", " ")
        .replace("검색창열기", " ");
    rest.split([' ', '|', '·', '/']).all(|part| {
        let part = part.trim_end_matches("으로").trim_end_matches('로');
        part.is_empty() || TARGETS.contains(&part)
    })
}

/// `이 누리집은 대한민국 공식 전자정부 누리집입니다.`
fn is_banner(text: &str) -> bool {
    text.contains("공식 전자정부 누리집")
        || text.starts_with("eg(전자정부)")
        || text.contains("official website of the Republic of Korea")
}

/// `Home > News`, `1. HOME 2. Press 3. Press Releases`.
fn is_breadcrumb(text: &str) -> bool {
    let parts: Vec<&str> = text.split(['>', '›', '»', '〉']).map(str::trim).collect();
    let home =
        |part: &str| matches!(squeeze(without_number(part)).as_str(), "home" | "홈" | "메인");
    if parts.len() > 1 {
        return parts.first().is_some_and(|part| home(part));
    }
    let steps = text.strip_prefix("1. ").and_then(|rest| rest.split_once(" 2. "));
    steps.is_some_and(|(first, _)| home(first))
}

const NETWORKS: [&str; 21] = [
    "x",
    "facebook",
    "instagram",
    "twitter",
    "youtube",
    "flickr",
    "linkedin",
    "kakao",
    "kakaotalk",
    "blog",
    "rss",
    "weibo",
    "tiktok",
    "threads",
    "페이스북",
    "인스타그램",
    "트위터",
    "유튜브",
    "블로그",
    "카카오",
    "카카오톡",
];

/// `1. Ministry of Foreign Affairs facebook`: numbered or not, short, ends with the network.
fn is_social_link(text: &str) -> bool {
    let words = without_number(text);
    let last = words.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let count = words.split_whitespace().count();
    let numbered = words.len() < text.len();
    NETWORKS.contains(&last.as_str()) && (if numbered { count <= 14 } else { count <= 3 })
}

/// `3. Press Releases` as the end of `1. HOME`, `2. Press`, `3. Press Releases` with no heading behind it.
fn is_last_crumb(text: &str, lines: &[Line]) -> bool {
    let name = without_number(text);
    if name.len() == text.len() || Section::known(name).is_none() {
        return false;
    }
    let mut rest =
        lines.iter().map(|line| line.text.as_str()).skip_while(|line| *line != text).skip(1);
    let home = lines.iter().any(|line| {
        line.text.starts_with("1.")
            && matches!(squeeze(without_number(&line.text)).as_str(), "home" | "홈")
    });
    let headed = rest.next().is_some_and(|next| {
        Section::known(heading_name(next)).is_some()
            || next.starts_with(|c: char| c.is_ascii_digit()) && !next.starts_with("1.")
    });
    home && !headed
}

/// A line that could be part of a menu: short, no sentence, and without a sign that only text has.
fn is_short(text: &str) -> bool {
    let signed = marker::of(text)
        .is_some_and(|marked| !matches!(marked.kind, Kind::Numbered(_) | Kind::Round | Kind::Dash));
    let korean_sign = text.starts_with(['ㅇ', '○', '◦', '°', '□', '|']);
    if (signed || korean_sign || table::is_caption(text)) && !apparatus::is_translation_notice(text)
    {
        return false;
    }
    let letters = if without_number(text).len() < text.len() { 100 } else { 60 };
    text.chars().count() <= letters && !text.ends_with(['.', '?', '!', ',', ';', ':', '”', '"'])
}

/// The line without `1.` before it.
fn without_number(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < text.len() {
        rest.strip_prefix('.').map_or(text, str::trim_start)
    } else {
        text
    }
}

/// A board heading without what pages write behind it.
fn heading_name(text: &str) -> &str {
    let text = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    ["상세보기", "상세 보기", "목록", "상세", "View", "Detail"]
        .iter()
        .find_map(|tail| text.strip_suffix(tail))
        .map_or(text, |name| name.trim_end_matches([' ', '|', '-', '(', '·']))
        .trim()
}

/// `외교부`, `Ministry of Foreign Affairs`.
fn is_site_name(text: &str) -> bool {
    let korean = !text.contains(' ')
        && ["부", "처", "청", "대사관", "총영사관", "위원회", "대표부"]
            .iter()
            .any(|tail| text.ends_with(tail));
    let english = ["Ministry of", "Embassy of", "Consulate", "Permanent Mission"]
        .iter()
        .any(|head| text.starts_with(head));
    text.chars().count() <= 70 && (korean || english)
}

/// A heading that we do not know but that ends as boards do. Counts only between menus and a title.
fn is_board_name(text: &str) -> bool {
    const TAILS: [&str; 17] = [
        "releases",
        "release",
        "briefings",
        "news",
        "statements",
        "speeches",
        "remarks",
        "newsletter",
        "announcements",
        "notices",
        "보도자료",
        "브리핑",
        "소식",
        "뉴스",
        "논평",
        "연설문",
        "공지사항",
    ];
    let last = text.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    text.split_whitespace().count() <= 4
        && text.chars().count() <= 30
        && TAILS.iter().any(|tail| last.ends_with(tail))
}

fn is_label(text: &str) -> bool {
    super::labels::is_label(text)
}

#[cfg(test)]
mod tests {
    use super::super::lines::split;
    use super::{is_menu, skip, trim_end};

    fn check(page: &str, first: &str, section: Option<&str>) {
        let lines = split(page);
        let chrome = skip(&lines);
        assert_eq!(lines.get(chrome.end).map_or("", |line| &line.text), first, "{page}");
        assert_eq!(chrome.section.as_ref().map(|section| section.name.as_str()), section, "{page}");
    }

    #[test]
    fn menus_end_at_the_board_heading() {
        check(
            "본문 바로가기\n주메뉴 바로가기\nKOR\nPress Releases\nTitle",
            "Title",
            Some("Press Releases"),
        );
        check(
            "Skip navigation\n1. HOME\n2. Press\n3. Press Releases\nPress Releases\nPress Releases 상세보기\nTitle",
            "Title",
            Some("Press Releases"),
        );
        check(
            "본문 바로가기 주메뉴 바로가기\n1. 국가상징\n2. RSS\n외교부\n보도자료\n제목",
            "제목",
            Some("보도자료"),
        );
        check(
            "본문 바로가기\nEmbassy Diary News\nTitle of it",
            "Title of it",
            Some("Embassy Diary News"),
        );
    }

    #[test]
    fn a_page_without_menus_begins_at_once() {
        check(
            "1. Facebook was named by the Minister.\n2. More.",
            "1. Facebook was named by the Minister.",
            None,
        );
        check("Title\n\nText", "Title", None);
        check(
            "본문 바로가기\n1. Office facebook\n2. Office youtube\nSCREEN SIZE\n1. On May 7.",
            "1. On May 7.",
            None,
        );
    }

    #[test]
    fn prose_is_no_menu() {
        for line in [
            "The search window was opened.",
            "홈페이지에서 신청한다.",
            "1. Press",
            "바로가기 도로가 열렸다.",
        ] {
            assert!(!is_menu(line), "{line}");
        }
        let lines = split("Text.\n목록\nTop");
        assert_eq!(trim_end(&lines), 1);
    }
}
