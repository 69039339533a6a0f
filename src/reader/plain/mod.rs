//! The text of a page as a press officer copies it → one release.
//!
//! The parts come in a fixed order: menus, board heading, title, metadata, masthead, decks, body, end. Each part is
//! optional. A rule looks at the form of a line and at its neighbours, never at particular wordings of a release.
//!
//! **Invariant:** every word that is not a menu or a metadata label ends up in the release.

mod apparatus;
mod attachments;
mod body;
mod chrome;
mod front;
mod labels;
mod lines;
mod marker;
mod metadata;
mod notices;
mod sentence;
mod table;

use super::decode::Decoded;
use super::{Error, Hint, Problem, Reading, block_ids, language};
use crate::model::{
    Attachment, Block, Content, Date, Entry, Level, Licence, Release, Slug, Time, Withdrawal,
};
use apparatus::Apparatus;
use lines::Line;
use metadata::Metadata;

/// How many letters of the text stand for a release without a title, at most.
const OPENING: usize = 90;

/// What is gathered while the lines are read.
#[derive(Debug, Default)]
struct Page {
    title: Option<String>,
    metadata: Metadata,
    /// Before when nothing may be published.
    embargo: Option<(Date, Option<Time>)>,
    withdrawn: Option<Withdrawal>,
    masthead: Vec<String>,
    decks: Vec<String>,
    translation_notice: Option<String>,
    blocks: Vec<Block>,
    attachments: Vec<Attachment>,
    licence: Option<Licence>,
    end_mark: Option<String>,
    /// What the next line may be because of the one before.
    expects: Expects,
    problems: Vec<Problem>,
}

/// A list that has been announced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Expects {
    #[default]
    Nothing,
    /// More attachments; the next number, or 0 for any sign. `bare`: lines without a sign count too.
    Attachments { number: u32, bare: bool },
    /// More of a contact: after its heading the next line whatever it is, then lines without a gap.
    Contact { heading: bool },
}

pub(super) fn read(decoded: &Decoded, hint: &Hint) -> Result<Reading, Error> {
    let mut lines = lines::split(&decoded.text);
    lines.truncate(chrome::trim_end(&lines));
    let mut page = Page { problems: decoded.problems.clone(), ..Page::default() };
    // Whoever takes a release back, or holds it, may say so above all that was copied from the page.
    let mut above = 0;
    while let Some(used) = notices::take(&lines[above..], &mut page) {
        above += used;
    }
    lines.drain(..above);
    let chrome = chrome::skip(&lines);
    for at in 0..chrome.end {
        notices::take(&lines[at..chrome.end], &mut page);
    }
    let mut lines = apparatus::part_notices(lines.drain(chrome.end..));
    if lines.is_empty() {
        return Err(Error::NoText);
    }
    page.metadata.section = chrome.section;
    page.translation_notice = chrome.notice;
    let first_line = lines.first().map_or(1, |line| line.number);
    let start = front::read(&lines, &mut page);
    body::read(lines.drain(start..), &mut page);
    let release = page.finish(hint, first_line);
    Ok(Reading { releases: vec![release.0], problems: release.1 })
}

/// The first words of a text.
pub(super) fn opening(blocks: &[Block]) -> String {
    let first = blocks.iter().find(|block| matches!(block.content, Content::Paragraph { .. }));
    first.map(|block| sentence::opening(&block.plain_text(), OPENING)).unwrap_or_default()
}

/// What kind of file a name ends in: `PDF`.
pub(super) fn kind_of_file(name: &str) -> Option<String> {
    attachments::extension(name).map(|kind| kind.to_ascii_uppercase())
}

/// The lines that say something, with their numbers.
pub(super) fn numbered_lines(decoded: &Decoded) -> Vec<(usize, String)> {
    lines::split(&decoded.text).into_iter().map(|line| (line.number, line.text)).collect()
}

impl Page {
    /// Files what is no running text, given what [`apparatus::of`] tells of it. Gives back whether it was.
    fn file_away(&mut self, line: &Line, found: Option<Apparatus>) -> bool {
        let expects = std::mem::take(&mut self.expects);
        if !matches!(found, Some(Apparatus::End))
            && self.continue_list(line, found.as_ref(), expects)
        {
            return true;
        }
        match found {
            Some(Apparatus::TranslationNotice) => {
                self.translation_notice.get_or_insert_with(|| line.text.clone());
            }
            Some(Apparatus::End) if self.end_mark.is_none() => {
                self.end_mark = Some(line.text.clone())
            }
            Some(Apparatus::Attachment(attachment)) => {
                let number = if attachment.name.starts_with("1.") { 2 } else { 0 };
                self.expects = Expects::Attachments { number, bare: false };
                self.attachments.push(attachment);
            }
            Some(Apparatus::Attachments(label)) => {
                self.attachments.push(attachments::described(None, &label));
                self.expects = Expects::Attachments { number: 1, bare: true };
            }
            Some(Apparatus::Contact) => {
                self.metadata.contacts.push(line.text.clone());
                self.expects = Expects::Contact { heading: false };
            }
            Some(Apparatus::Contacts) => {
                self.metadata.contacts.push(line.text.clone());
                self.expects = Expects::Contact { heading: true };
            }
            Some(Apparatus::Licence(licence)) if self.licence.is_none() => {
                self.licence = Some(licence)
            }
            _ => return false,
        }
        true
    }

    fn continue_list(&mut self, line: &Line, found: Option<&Apparatus>, expects: Expects) -> bool {
        match expects {
            Expects::Nothing => false,
            Expects::Contact { heading } => {
                let marked = marker::of(&line.text)
                    .is_some_and(|marked| marked.kind.level(None) == Some(Level::One));
                let own = matches!(found, None | Some(Apparatus::Contact));
                let short = line.text.chars().count() <= 60 && !sentence::is_stopped(&line.text);
                let more = heading
                    || !line.after_blank && (short || apparatus::goes_with_contact(&line.text));
                if marked || !own || !more {
                    return false;
                }
                self.metadata.contacts.push(line.text.clone());
                self.expects = Expects::Contact { heading: false };
                true
            }
            Expects::Attachments { number, bare } => {
                let listed =
                    attachments::listed(line, number).or_else(|| attachments::listed(line, 0));
                let plain = bare
                    && found.is_none()
                    && marker::of(&line.text).is_none()
                    && line.text.chars().count() <= 80
                    && !line.text.ends_with("다.");
                let Some(attachment) =
                    listed.or_else(|| plain.then(|| attachments::described(None, &line.text)))
                else {
                    return false;
                };
                // A heading alone was stored under its label; the first real name takes its place.
                match self.attachments.last_mut() {
                    Some(heading) if bare && number == 1 && heading.label.is_none() => {
                        let label = Some(std::mem::take(&mut heading.name));
                        *heading = Attachment { label, ..attachment };
                    }
                    _ => self.attachments.push(attachment),
                }
                self.expects = Expects::Attachments {
                    number: if number == 0 { 0 } else { number + 1 },
                    bare: bare && !line.after_blank,
                };
                true
            }
        }
    }

    fn problem(&mut self, line: usize, code: &'static str, message: String) {
        self.problems.push(Problem { line, code, message });
    }

    fn finish(mut self, hint: &Hint, first_line: usize) -> (Release, Vec<Problem>) {
        block_ids::assign(&mut self.blocks);
        attachments::agree(&mut self.attachments);
        for (line, message) in std::mem::take(&mut self.metadata.odd) {
            self.problem(line, "bad-metadata", message);
        }
        if self.title.is_none() {
            self.problem(
                first_line,
                "missing-title",
                "no title; expected one line above the text".to_owned(),
            );
        }
        // What may not be published before a time is published at that time, whenever it was written.
        let metadata = &mut self.metadata;
        if let Some((date, time)) = self.embargo
            && metadata.date.is_none_or(|day| (day, metadata.time) <= (date, time))
        {
            (metadata.date, metadata.time) = (Some(date), time);
        }
        if self.metadata.date.is_none() {
            self.problem(
                first_line,
                "missing-date",
                "no date; expected “Date” or “작성일” with a day such as 2025-05-07".to_owned(),
            );
        }
        if self.blocks.is_empty() {
            self.problem(
                first_line,
                "empty-body",
                "no text under the title; expected at least one paragraph".to_owned(),
            );
        }
        let text: Vec<String> = self.blocks.iter().map(Block::plain_text).collect();
        let whole = [self.title.clone().unwrap_or_default(), self.decks.join(" "), text.join(" ")]
            .join(" ");
        let lang = language::detect(&whole);
        let opening = opening(&self.blocks);
        let id = hint
            .id
            .clone()
            .or_else(|| Slug::from_words(self.title.as_deref().unwrap_or(&opening)))
            .unwrap_or_default();
        let metadata = self.metadata;
        let section =
            metadata.section.or_else(|| self.title.as_deref().and_then(front::board_in_title));
        let entry = Entry {
            id,
            title: self.title,
            lang,
            section,
            date: metadata.date,
            time: metadata.time,
            modified: None,
            withdrawn: self.withdrawn,
            views: metadata.views,
            department: metadata.department,
            decks: self.decks,
            attachments: self.attachments,
            translations: Vec::new(),
            unofficial_translation: self.translation_notice.is_some(),
            url: metadata.url,
            opening,
        };
        let release = Release {
            entry,
            masthead: self.masthead,
            translation_notice: self.translation_notice,
            blocks: self.blocks,
            contacts: metadata.contacts,
            licence: self.licence,
            end_mark: self.end_mark,
            older: None,
            newer: None,
        };
        self.problems.sort_by_key(|problem| problem.line);
        // A line that may be a notice is looked at more than once.
        self.problems.dedup();
        (release, self.problems)
    }
}
