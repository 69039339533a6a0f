//! Boards of a ministry.

use super::{Lang, Slug};

/// A board, as a page names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The same in every language: `press-releases`.
    pub id: Slug,
    /// As printed: `Press Releases`, `보도자료`.
    pub name: String,
}

/// Boards that ministries have in both languages, so that the language switch finds the counterpart.
/// First name of each language: what we call it; then the other names that are found on pages.
const KNOWN: [(&str, &[&str], &[&str]); 9] = [
    ("press-releases", &["보도자료", "보도참고자료"], &["Press Releases", "Press Release"]),
    (
        "ministry-news",
        &["부처 소식", "외교부 소식", "부처소식", "뉴스", "소식"],
        &["Ministry News", "News"],
    ),
    (
        "briefings",
        &["브리핑", "외교부 브리핑", "대변인 브리핑", "정례브리핑", "언론 브리핑"],
        &["Briefings", "Press Briefings", "Briefing", "Press Briefing"],
    ),
    (
        "statements",
        &["성명·논평", "성명", "논평", "대변인 성명", "대변인 논평", "성명 및 논평"],
        &["Statements", "Statement", "Spokesperson's Statements", "Statements & Comments"],
    ),
    (
        "speeches",
        &["연설문", "연설", "기고·연설", "연설·기고"],
        &["Speeches", "Speech", "Speeches & Remarks", "Remarks"],
    ),
    (
        "explanations",
        &[
            "설명자료",
            "해명자료",
            "보도해명",
            "언론보도 설명",
            "보도설명자료",
            "보도해명자료",
            "보도반박자료",
        ],
        &["Clarifications", "Fact Sheets"],
    ),
    ("notices", &["공지사항", "알림", "공지"], &["Notices", "Announcements", "Notice"]),
    ("newsletter", &["뉴스레터"], &["Newsletter"]),
    ("interviews", &["인터뷰", "기고", "언론 인터뷰"], &["Interviews", "Op-eds"]),
];

impl Section {
    /// The board with this printed name. `None` if the name holds no letter or digit.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let id = match Self::known(name) {
            Some(id) => Slug::parse(id)?,
            None => Slug::from_words(name)?,
        };
        Some(Self { id, name: name.to_owned() })
    }

    /// The id of a board that ministries are known to have under this name. Spaces and case make no difference:
    /// `보 도 자 료` heads many a sheet.
    #[must_use]
    pub fn known(name: &str) -> Option<&'static str> {
        let (id, ..) = KNOWN.iter().find(|(_, korean, english)| {
            korean.iter().chain(english.iter()).any(|known| squeeze(known).eq(squeeze(name)))
        })?;
        Some(id)
    }

    /// What we call this board in a language, else its own name.
    #[must_use]
    pub fn name_in(&self, lang: &Lang) -> &str {
        let names = KNOWN.iter().find(|(id, ..)| *id == self.id.as_str());
        names
            .and_then(
                |(_, korean, english)| {
                    if lang == &Lang::KO { korean.first() } else { english.first() }
                },
            )
            .map_or(self.name.as_str(), |name| *name)
    }

    /// Where it stands among the known boards; unknown ones come last.
    #[must_use]
    pub fn rank(&self) -> usize {
        KNOWN.iter().position(|(id, ..)| *id == self.id.as_str()).unwrap_or(KNOWN.len())
    }
}

fn squeeze(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{Lang, Section};

    #[test]
    fn one_board_has_one_id_in_both_languages() {
        let id = |name| Section::named(name).map(|section| section.id.to_string());
        assert_eq!(id("Press Releases").as_deref(), Some("press-releases"));
        assert_eq!(id("보 도 자 료").as_deref(), Some("press-releases"));
        assert_eq!(id("Embassy Diary").as_deref(), Some("embassy-diary"));
        let korean = Section::named("보도자료");
        assert_eq!(
            korean.as_ref().map(|section| section.name_in(&Lang::EN)),
            Some("Press Releases")
        );
    }
}
