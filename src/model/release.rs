//! One press release, and the short form of it that lists show.

use super::{Block, Date, Lang, Section, Slug, Time, Url};

/// One published text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Release {
    /// All that a list shows of it.
    pub entry: Entry,
    /// Lines between metadata and text that name speaker, post, place and time.
    pub masthead: Vec<String>,
    /// The printed line that calls the text an unofficial or provisional translation.
    pub translation_notice: Option<String>,
    /// The text.
    pub blocks: Vec<Block>,
    /// Whom to ask, as printed.
    pub contacts: Vec<String>,
    /// Terms of use.
    pub licence: Option<Licence>,
    /// The sign that ends the text, exactly as printed: `/end/`, `끝.`, `###`.
    pub end_mark: Option<String>,
    /// The release before it in its section. Known in an archive only, as is the next one.
    pub older: Option<Neighbour>,
    /// The release after it in its section.
    pub newer: Option<Neighbour>,
}

/// A release of the same section and language, as a link names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Neighbour {
    /// Its id.
    pub id: Slug,
    /// Its [`Entry::name`].
    pub name: String,
}

/// Title, decks and metadata of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Stable name, unique in an archive.
    pub id: Slug,
    /// Title as printed; `None` if the source has none.
    pub title: Option<String>,
    /// Language of the text; `None` if it could not be told.
    pub lang: Option<Lang>,
    /// The board it was published on.
    pub section: Option<Section>,
    /// Day of publication in Seoul.
    pub date: Option<Date>,
    /// Time of that day in Seoul, where printed.
    pub time: Option<Time>,
    /// When it was last changed, in Seoul.
    pub modified: Option<(Date, Time)>,
    /// Whether it was taken back: then its address stays, and says so.
    pub withdrawn: Option<Withdrawal>,
    /// How often the ministry's own page was read.
    pub views: Option<u64>,
    /// The division that published it.
    pub department: Option<String>,
    /// Lines under the title, without the dashes around them.
    pub decks: Vec<String>,
    /// Files and annexes that the text names.
    pub attachments: Vec<Attachment>,
    /// The same release in other languages.
    pub translations: Vec<Translation>,
    /// Whether the text calls itself an unofficial or provisional translation.
    pub unofficial_translation: bool,
    /// The page of the ministry that it came from.
    pub url: Option<Url>,
    /// The first words of the text: what to call a release that has no title.
    pub opening: String,
}

impl Entry {
    /// The words that stand for the release in a link: its title, else its first deck, else its first words.
    #[must_use]
    pub fn name(&self) -> &str {
        match (&self.title, self.decks.first()) {
            (Some(title), _) => title,
            (None, Some(deck)) => deck,
            (None, None) if self.opening.is_empty() => self.id.as_str(),
            (None, None) => &self.opening,
        }
    }
}

impl Entry {
    /// When what is known of it is from: its publication, its last change, or the day on which it was taken back.
    #[must_use]
    pub fn as_of(&self) -> Option<(Date, Option<Time>)> {
        let published = self.date.map(|date| (date, self.time));
        let modified = self.modified.map(|(date, time)| (date, Some(time)));
        let withdrawn = self.withdrawn.as_ref().and_then(|withdrawal| withdrawal.date);
        published.max(modified).max(withdrawn.map(|date| (date, None)))
    }
}

/// That a release was taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withdrawal {
    /// Since when.
    pub date: Option<Date>,
    /// Why, in the ministry's words.
    pub reason: Option<String>,
}

/// A file or annex that belongs to a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The words before the name, as printed: `붙임 1`, `Attachment`.
    pub label: Option<String>,
    /// Its name as printed; where only a label is printed, the label.
    pub name: String,
    /// Kind of file in capitals, as a reader knows it: `PDF`, `HWPX`.
    pub kind: Option<String>,
    /// Size as printed: `84 KB`.
    pub size: Option<String>,
    /// Where it can be had.
    pub url: Option<Url>,
}

/// The same release in another language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Translation {
    /// Its language.
    pub lang: Lang,
    /// Its id.
    pub id: Slug,
}

/// Terms of use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    /// `KOGL-1` … `KOGL-4`, or another short name; `None` if the words name no type.
    pub code: Option<String>,
    /// The line as printed.
    pub text: String,
}

impl Licence {
    /// The page that explains its terms, where it is one of the four types of the Korea Open Government Licence.
    #[must_use]
    pub fn url(&self) -> Option<String> {
        let kind = self.code.as_deref()?.strip_prefix("KOGL-")?;
        matches!(kind, "1" | "2" | "3" | "4")
            .then(|| format!("https://www.kogl.or.kr/info/licenseType{kind}.do"))
    }
}
