//! Every word that the viewer says, in Korean and English.

use crate::model::Lang;

/// A language in which the viewer speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ui {
    /// Korean.
    Ko,
    /// English.
    En,
}

impl Ui {
    /// The language in which we speak to a reader of this one.
    #[must_use]
    pub fn of(lang: &Lang) -> Self {
        if lang.as_str().starts_with("ko") { Self::Ko } else { Self::En }
    }

    /// Its tag.
    #[must_use]
    pub fn lang(self) -> Lang {
        match self {
            Self::Ko => Lang::KO,
            Self::En => Lang::EN,
        }
    }

    /// Its words.
    #[must_use]
    pub fn words(self) -> &'static Words {
        match self {
            Self::Ko => &KO,
            Self::En => &EN,
        }
    }
}

macro_rules! words {
    ($($name:ident: $korean:literal, $english:literal;)*) => {
        /// All words of one language.
        #[derive(Debug)]
        #[expect(missing_docs, reason = "each name says what the words stand for; the words follow below")]
        pub struct Words { $(pub $name: &'static str,)* }

        const KO: Words = Words { $($name: $korean,)* };
        const EN: Words = Words { $($name: $english,)* };
    };
}

words! {
    skip_menu: "바로가기 메뉴", "Skip menu";
    skip_to_content: "본문 바로가기", "Skip to content";
    skip_to_main_menu: "주메뉴 바로가기", "Skip to main menu";
    open_search: "검색창 열기", "Open search";
    close_search: "검색창 닫기", "Close search";
    skip_past: "보도자료 건너뛰기", "Skip past press releases";
    end_of_viewer: "보도자료 끝", "End of press releases";
    main_menu: "주메뉴", "Main menu";
    languages: "언어", "Languages";
    search_title: "보도자료 검색", "Search press releases";
    search: "검색", "Search";
    from: "시작일", "From";
    to: "종료일", "To";
    section: "분류", "Section";
    department: "부서", "Department";
    all_sections: "모든 분류", "All sections";
    all_departments: "모든 부서", "All departments";
    wrong_period: "종료일이 시작일보다 빠릅니다. 종료일을 시작일과 같은 날이나 그 뒤로 고쳐 주십시오.",
        "The last day is before the first. Please choose a last day on or after the first.";
    language: "언어", "Language";
    only_with_files: "첨부가 있는 보도자료만", "Only with attachments";
    suggestions: "추천 검색어", "Suggestions";
    order: "정렬", "Order";
    best_first: "관련도순", "Best match first";
    newest_first: "최신순", "Newest first";
    did_you_mean: "이렇게 찾아보기: ", "Did you mean: ";
    without_period: "기간 없이", "Without the period";
    without_section: "분류 없이", "Without the section";
    without_department: "부서 없이", "Without the department";
    without_files: "첨부 조건 없이", "Also without attachments";
    pages: "쪽 이동", "Pages";
    previous_page: "이전", "Previous";
    next_page: "다음", "Next";
    page_suffix: "쪽", " (page)";
    to_list: "목록", "All";
    date: "날짜", "Date";
    views: "조회", "Views";
    text_kind: "본문", "Text";
    unofficial_translation: "비공식 번역", "Unofficial translation";
    other_language: "영문으로 보기", "Read in Korean";
    also_in_other: "영문 있음", "Also in Korean";
    attachments: "첨부", "Attachments";
    contact: "문의", "Contact";
    licence: "이용 조건", "Licence";
    this_address: "이 글의 주소", "Address of this release";
    neighbours: "이전 글과 다음 글", "Previous and next";
    older: "이전 글", "Previous";
    newer: "다음 글", "Next";
    paragraph_address: " 문단 주소", " – address of this paragraph";
    points_here: "주소가 이 문단을 가리킵니다.", "The link points to this paragraph.";
    copy_address: "주소 복사", "Copy link";
    copied: "복사했습니다", "Copied";
    copy_failed: "복사하지 못했습니다. 주소창에서 복사해 주십시오.", "Not copied. Please copy it from the address bar.";
    table: "표", "Table";
    photo: "사진", "Photo";
    no_description: "설명 없음", "no description";
    loading: "보도자료를 불러오고 있습니다.", "Loading press releases.";
    retry: "다시 시도", "Try again";
    failed_title: "보도자료를 불러오지 못했습니다.", "The press releases could not be loaded.";
    failed_offline: "인터넷 연결이 끊겨 있습니다. 연결을 확인한 뒤 다시 시도해 주십시오.",
        "There is no internet connection. Please check it and try again.";
    failed_timeout: "서버가 10초 안에 답하지 않았습니다. 잠시 뒤 다시 시도해 주십시오.",
        "The server did not answer within 10 seconds. Please try again in a while.";
    failed_server: "서버가 요청을 처리하지 못했습니다. 잠시 뒤 다시 시도해 주십시오.",
        "The server could not handle the request. Please try again in a while.";
    failed_data: "받은 자료를 읽을 수 없습니다. 잠시 뒤 다시 시도해 주십시오.",
        "What was received could not be read. Please try again in a while.";
    data_from: "아래 내용은 다음 시각에 불러온 것입니다:", "What you see below was loaded at:";
    not_found_title: "찾으시는 보도자료가 없습니다.", "This press release was not found.";
    not_found_help: "주소가 바뀌었거나 글이 내려졌을 수 있습니다. 목록이나 검색에서 찾아 주십시오.",
        "Its address may have changed, or it was withdrawn. Please look for it in the list or by searching.";
    empty_title: "이 분류에는 아직 보도자료가 없습니다.", "There are no press releases in this section yet.";
    no_results_help: "낱말을 줄이거나 조건을 지우면 찾을 수도 있습니다.", "Fewer words or fewer conditions may find some.";
    clear_conditions: "조건 지우기", "Clear conditions";
    press_releases: "보도자료", "Press Releases";
    withdrawn: "철회", "Withdrawn";
    reason: "사유: ", "Reason: ";
    as_of: "자료 기준", "Data from";
    seoul: " (한국 시각)", " (Seoul)";
}

/// `1,204`
#[must_use]
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

impl Ui {
    /// How many releases a list has.
    pub(super) fn total(self, count: usize) -> String {
        let number = grouped(count as u64);
        match (self, count) {
            (Self::Ko, _) => format!("모두 {number}건"),
            (Self::En, 1) => "1 release".to_owned(),
            (Self::En, _) => format!("{number} releases"),
        }
    }

    /// Heading of search results, and what is announced.
    pub(super) fn results(self, words: &str, count: usize) -> String {
        let number = grouped(count as u64);
        match (self, words.is_empty(), count) {
            (Self::Ko, true, _) => format!("검색 결과 {number}건"),
            (Self::Ko, false, _) => format!("‘{words}’ 검색 결과 {number}건"),
            (Self::En, true, 1) => "1 result".to_owned(),
            (Self::En, true, _) => format!("{number} results"),
            (Self::En, false, 1) => format!("1 result for ‘{words}’"),
            (Self::En, false, _) => format!("{number} results for ‘{words}’"),
        }
    }

    /// Heading when nothing was found.
    pub(super) fn no_results(self, words: &str) -> String {
        match (self, words.is_empty()) {
            (Self::Ko, true) => "조건에 맞는 보도자료가 없습니다.".to_owned(),
            (Self::Ko, false) => format!("‘{words}’ 검색 결과가 없습니다."),
            (Self::En, true) => "No press releases match these conditions.".to_owned(),
            (Self::En, false) => format!("No results for ‘{words}’."),
        }
    }

    /// How many releases there are without something that makes the query narrower.
    pub(super) fn loosened(self, without: &str, count: usize) -> String {
        let mut label = String::from(without);
        label.push_str(": ");
        label.push_str(&grouped(count as u64));
        if self == Self::Ko {
            label.push('건');
        }
        label
    }

    /// That a word is left out.
    pub(super) fn without_word(self, word: &str) -> String {
        let mut label = String::from(if self == Self::Ko { "‘" } else { "Without ‘" });
        label.push_str(word);
        label.push_str(if self == Self::Ko { "’ 없이" } else { "’" });
        label
    }

    /// That no release has all words, and which were left out.
    pub(super) fn dropped(self, words: &[String]) -> String {
        let mut said = String::from(match self {
            Self::Ko => "모든 낱말이 있는 보도자료는 없습니다. 빼고 찾은 낱말: ",
            Self::En => "No press release has all words. Left out: ",
        });
        for (index, word) in words.iter().enumerate() {
            said.push_str(if index > 0 { ", ‘" } else { "‘" });
            said.push_str(word);
            said.push('’');
        }
        said
    }

    /// Where one is among the pages.
    pub(super) fn page_of(self, page: usize, pages: usize) -> String {
        match self {
            Self::Ko => format!("{pages}쪽 중 {page}쪽"),
            Self::En => format!("Page {page} of {pages}"),
        }
    }

    /// Number of attachments in a list.
    pub(super) fn attachments(self, count: usize) -> String {
        match (self, count) {
            (Self::Ko, _) => format!("첨부 {count}"),
            (Self::En, 1) => "1 attachment".to_owned(),
            (Self::En, _) => format!("{count} attachments"),
        }
    }

    /// The way back to a section's list.
    pub(super) fn back_to(self, section: &str) -> String {
        match self {
            Self::Ko => format!("{section} 목록"),
            Self::En => format!("All {}", section.to_ascii_lowercase()),
        }
    }

    /// That a release was taken back, and since when.
    #[must_use]
    pub fn was_withdrawn(self, day: Option<&str>) -> String {
        match (self, day) {
            (Self::Ko, Some(day)) => format!("이 보도자료는 {day} 철회되었습니다."),
            (Self::Ko, None) => "이 보도자료는 철회되었습니다.".to_owned(),
            (Self::En, Some(day)) => format!("This press release was withdrawn on {day}."),
            (Self::En, None) => "This press release was withdrawn.".to_owned(),
        }
    }

    /// What the licence allows, in a sentence (Korea Open Government Licence, types 1 to 4).
    pub(super) fn licence_terms(self, code: &str) -> Option<&'static str> {
        Some(match (self, code) {
            (Self::Ko, "KOGL-1") => {
                "출처를 밝히면 상업적 이용을 포함하여 자유롭게 이용할 수 있습니다."
            }
            (Self::Ko, "KOGL-2") => "출처를 밝히면 상업적 목적이 아닌 때에 이용할 수 있습니다.",
            (Self::Ko, "KOGL-3") => "출처를 밝히면 내용을 바꾸지 않고 이용할 수 있습니다.",
            (Self::Ko, "KOGL-4") => {
                "출처를 밝히면 상업적 목적이 아닌 때에 내용을 바꾸지 않고 이용할 수 있습니다."
            }
            (Self::En, "KOGL-1") => {
                "Korea Open Government Licence, type 1: free use, also commercial, with the source named."
            }
            (Self::En, "KOGL-2") => {
                "Korea Open Government Licence, type 2: non-commercial use with the source named."
            }
            (Self::En, "KOGL-3") => {
                "Korea Open Government Licence, type 3: use without changes, with the source named."
            }
            (Self::En, "KOGL-4") => {
                "Korea Open Government Licence, type 4: non-commercial use without changes, with the source named."
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Ui, grouped};

    #[test]
    fn numbers_are_grouped_by_threes() {
        assert_eq!([0, 999, 1204, 1_000_000].map(grouped), ["0", "999", "1,204", "1,000,000"]);
    }

    #[test]
    fn counts_are_words_of_the_language() {
        assert_eq!(Ui::Ko.results("직항", 3), "‘직항’ 검색 결과 3건");
        assert_eq!(Ui::En.results("", 1), "1 result");
        assert_eq!(Ui::En.attachments(1), "1 attachment");
    }
}
