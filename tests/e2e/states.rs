//! The states that a viewer can be in, in both languages: what the checkers and the screenshots go through.

use crate::page::{Key, Page};
use crate::server::{Fault, IN_ENGLISH};

/// A language that the viewer speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lang {
    Ko,
    En,
}

impl Lang {
    pub(crate) const ALL: [Self; 2] = [Self::Ko, Self::En];

    /// Its tag.
    pub(crate) fn tag(self) -> &'static str {
        self.of("ko", "en")
    }

    fn of(self, korean: &'static str, english: &'static str) -> &'static str {
        match self {
            Self::Ko => korean,
            Self::En => english,
        }
    }
}

/// A state of the viewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    List,
    SecondPage,
    /// A release with a table.
    Table,
    /// A release with sub-paragraphs, a note, a footnote, and in Korean with pictures.
    Notes,
    /// A briefing with questions and answers.
    Answers,
    /// The release with the most kinds of blocks.
    Long,
    /// A release whose address points at a paragraph.
    Paragraph,
    /// A release whose address points at a sub-paragraph.
    SubParagraph,
    SkipMenu,
    Search,
    /// What is offered while somebody types.
    Suggestions,
    Results,
    /// Results of another spelling than was typed.
    Meant,
    /// Results without one of the words.
    Dropped,
    NoResults,
    /// No results, and ways to some.
    Loosened,
    WrongPeriod,
    NotFound,
    /// Nothing could be loaded.
    Failed,
    /// A release could not be loaded; the list that was there stays.
    FailedAbove,
}

impl State {
    pub(crate) const ALL: [Self; 20] = [
        Self::List,
        Self::SecondPage,
        Self::Table,
        Self::Notes,
        Self::Answers,
        Self::Long,
        Self::Paragraph,
        Self::SubParagraph,
        Self::SkipMenu,
        Self::Search,
        Self::Suggestions,
        Self::Results,
        Self::Meant,
        Self::Dropped,
        Self::NoResults,
        Self::Loosened,
        Self::WrongPeriod,
        Self::NotFound,
        Self::Failed,
        Self::FailedAbove,
    ];

    /// Whether the browser itself reports a request that went wrong.
    pub(crate) fn has_failed_requests(self) -> bool {
        matches!(self, Self::NotFound | Self::Failed | Self::FailedAbove)
    }

    /// Brings a page into this state.
    pub(crate) fn show(self, page: &Page, lang: Lang) {
        page.server.mend();
        if self == Self::Failed {
            page.server.fail("archive/archive.json", Fault::Refused);
        }
        page.load(lang.of("index.html", IN_ENGLISH), self.address(lang));
        page.ready();
        match self {
            Self::SkipMenu => {
                page.press(Key::Tab);
                page.until_shown(".rv-skip-menu");
            }
            Self::Search => open_search(page),
            Self::Suggestions => {
                open_search(page);
                page.type_text(lang.of("외교", "pas"));
                page.until_shown(".rv-suggestion");
                page.press(Key::ArrowDown);
                page.until_shown(".rv-suggestion[aria-selected=true]");
            }
            Self::WrongPeriod => {
                open_search(page);
                for (field, date) in [("#rv-from", "2026-06-15"), ("#rv-to", "2026-06-14")] {
                    page.tab_to(field);
                    page.type_date(date);
                }
                page.press(Key::Enter);
                page.until_shown("#rv-period");
            }
            Self::Results => page.until_shown(".rv-item mark"),
            Self::Meant | Self::Dropped => page.until_shown(".rv-list__said"),
            Self::Loosened => page.until_shown("ul.rv-message__ways"),
            Self::NoResults | Self::NotFound | Self::Failed => page.until_shown(".rv-message"),
            Self::FailedAbove => {
                let id =
                    lang.of("0305-belmare-direct-air-route-ko", "0305-belmare-direct-air-route-en");
                page.until_shown(".rv-item");
                page.server.fail(&format!("archive/releases/{id}.json"), Fault::Refused);
                page.js(&format!("location.hash = '#rv/{id}'"));
                page.until_shown(".rv-message--failed");
            }
            Self::Paragraph | Self::SubParagraph => page.until_shown(".rv-addressed"),
            Self::List
            | Self::SecondPage
            | Self::Table
            | Self::Notes
            | Self::Answers
            | Self::Long => {}
        }
    }

    fn address(self, lang: Lang) -> &'static str {
        match self {
            Self::List
            | Self::SkipMenu
            | Self::Search
            | Self::Suggestions
            | Self::WrongPeriod
            | Self::Failed
            | Self::FailedAbove => "#rv",
            Self::SecondPage => "#rv?page=2",
            Self::Table => lang
                .of("#rv/0305-belmare-direct-air-route-ko", "#rv/0305-belmare-direct-air-route-en"),
            Self::Notes => lang.of(
                "#rv/0115-norvessa-foreign-ministers-talks-ko",
                "#rv/0115-norvessa-foreign-ministers-talks-en",
            ),
            Self::Answers => {
                lang.of("#rv/0625-regular-briefing-ko", "#rv/0625-regular-briefing-en")
            }
            Self::Long => lang
                .of("#rv/0825-island-climate-finance-ko", "#rv/1013-young-diplomats-training-en"),
            Self::Paragraph => lang.of(
                "#rv/0305-belmare-direct-air-route-ko/p4",
                "#rv/0305-belmare-direct-air-route-en/p4",
            ),
            Self::SubParagraph => lang.of(
                "#rv/0305-belmare-direct-air-route-ko/p4.2",
                "#rv/0305-belmare-direct-air-route-en/p4.2",
            ),
            // 직항, Korea
            Self::Results => lang.of("#rv?q=%EC%A7%81%ED%95%AD", "#rv?q=Korea&from=2026-01-01"),
            // 직황
            Self::Meant => lang.of("#rv?q=%EC%A7%81%ED%99%A9", "#rv?q=pasport"),
            // 직항 없는낱말
            Self::Dropped => lang.of(
                "#rv?q=%EC%A7%81%ED%95%AD%20%EC%97%86%EB%8A%94%EB%82%B1%EB%A7%90",
                "#rv?q=passport%20nosuchword",
            ),
            Self::Loosened => lang.of(
                "#rv?q=%EC%A7%81%ED%95%AD&section=statements",
                "#rv?q=passport&section=statements",
            ),
            // 없는낱말
            Self::NoResults => lang.of(
                "#rv?q=%EC%97%86%EB%8A%94%EB%82%B1%EB%A7%90&from=2026-01-01",
                "#rv?q=nosuchword&from=2026-01-01",
            ),
            Self::NotFound => "#rv/no-such-release",
        }
    }
}

fn open_search(page: &Page) {
    page.js("document.querySelector('#rv-search-button').click()");
    page.until_shown("#rv-field");
}
