//! The text itself: lines → blocks.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::apparatus::{self, Apparatus};
use super::lines::Line;
use super::marker::{self, Kind, Marked};
use super::{Page, sentence, table};
use crate::model::{Block, Content, Figure, Level, Text};

/// Reads the text of a release.
pub(super) fn read(all: impl Iterator<Item = Line>, page: &mut Page) {
    let mut lines = Vec::new();
    for line in all {
        part_squares(line, &mut lines);
    }
    let mut body = Body { width: wrap_width(&lines), ..Body::default() };
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let rest = &lines[at + 1..];
        let (line, mark) = without_end_mark(line, page);
        let (line, notice) = match apparatus::split_translation_notice(&line.text) {
            Some((text, notice)) => (Cow::Owned(line.with_text(text)), Some(notice.to_owned())),
            None => (line, None),
        };
        // A line that goes on a sentence is text, whatever it looks like.
        let goes_on = body.must_go_on(&line) && marker::of(&line.text).is_none();
        let found = if goes_on { None } else { apparatus::of(&line) };
        let photo = matches!(found, Some(Apparatus::Photo));
        if !goes_on && page.file_away(&line, found) {
            body.close();
        } else if let Some((found, used)) = table::take(&lines[at..]) {
            body.table(found, line.number);
            at += used;
            continue;
        } else if photo {
            body.push(Draft::new(line.number, None, Shape::Figure, &line.text));
        } else if apparatus::is_contact_sentence(&line.text)
            && marker::of(&line.text).is_none()
            && is_last_text(rest)
        {
            page.metadata.contacts.push(line.text.clone());
        } else {
            body.text(&line, rest);
        }
        if let Some(notice) = notice {
            page.translation_notice.get_or_insert(notice);
        }
        if let Some(mark) = mark {
            page.end_mark.get_or_insert(mark);
            body.close();
        }
        at += 1;
    }
    body.finish(page);
}

/// Several squares in one line: each begins a paragraph, and rings and dashes between them sub-paragraphs.
fn part_squares(line: Line, out: &mut Vec<Line>) {
    let starts_marked = marker::of(&line.text)
        .is_some_and(|marked| matches!(marked.kind, Kind::Square | Kind::Round));
    if !starts_marked {
        return out.push(line);
    }
    let mut cuts: Vec<usize> = [" □ ", " ㅇ ", " ■ ", " ○ ", " ◦ "]
        .iter()
        .flat_map(|sign| line.text.match_indices(sign))
        .map(|(at, _)| at)
        .collect();
    if cuts.is_empty() {
        return out.push(line);
    }
    cuts.sort_unstable();
    let ends = cuts.iter().copied().chain([line.text.len()]);
    let mut from = 0;
    for end in ends {
        let part = line.with_text(line.text[from..end].trim());
        out.push(Line { after_blank: line.after_blank && from == 0, ..part });
        from = end;
    }
}

/// The width at which the lines of this text are broken: the widest line that stops inside a sentence and is followed
/// by a line without a sign. 0 if no line is.
fn wrap_width(lines: &[Line]) -> usize {
    let broken = lines.windows(2).filter_map(|pair| match pair {
        [line, next]
            if !next.after_blank
                && marker::of(&next.text).is_none()
                && !sentence::is_finished(&line.text) =>
        {
            Some(sentence::width(&line.text)).filter(|&width| width >= 30)
        }
        _ => None,
    });
    let broken: Vec<usize> = broken.collect();
    if broken.len() >= 2 { broken.into_iter().max().unwrap_or_default() } else { 0 }
}

fn without_end_mark<'a>(line: &'a Line, page: &Page) -> (Cow<'a, Line>, Option<String>) {
    match apparatus::split_end_mark(&line.text) {
        Some((text, mark)) if page.end_mark.is_none() => {
            (Cow::Owned(line.with_text(text)), Some(mark.to_owned()))
        }
        _ => (Cow::Borrowed(line), None),
    }
}

/// Whether no numbered paragraph comes any more.
fn is_last_text(rest: &[Line]) -> bool {
    !rest.iter().any(|line| {
        marker::of(&line.text).is_some_and(|marked| marked.kind.level(None) == Some(Level::One))
    })
}

/// A block while its lines are still coming.
#[derive(Debug)]
struct Draft {
    line: usize,
    sign: Option<String>,
    shape: Shape,
    text: String,
    /// Width of all of it, and of its last line.
    width: usize,
    last_width: usize,
}

#[derive(Debug)]
enum Shape {
    Paragraph(Level),
    Heading,
    Note,
    Footnote,
    Question,
    Answer,
    Figure,
    Table(crate::model::Table),
}

impl Draft {
    fn new(line: usize, sign: Option<&str>, shape: Shape, text: &str) -> Self {
        let width = sentence::width(text);
        Self {
            line,
            sign: sign.map(str::to_owned),
            shape,
            text: text.to_owned(),
            width,
            last_width: width,
        }
    }

    fn level(&self) -> Option<Level> {
        match self.shape {
            Shape::Paragraph(level) => Some(level),
            _ => None,
        }
    }
}

#[derive(Debug, Default)]
struct Body {
    drafts: Vec<Draft>,
    /// Whether the last draft may go on.
    open: bool,
    /// See [`wrap_width`].
    width: usize,
    number: Option<u32>,
    syllable: usize,
    asked: bool,
    /// Whether questions are marked `Q.`, so that `A.` is no initial.
    asked_with_stop: bool,
    /// Depth of `1)` or `(a)` since the last sign above it.
    below: Option<Level>,
    /// Whether the last paragraph began with a dash.
    in_dashes: bool,
}

impl Body {
    fn push(&mut self, draft: Draft) {
        self.open = !matches!(draft.shape, Shape::Heading | Shape::Figure | Shape::Table(_));
        self.drafts.push(draft);
    }

    fn close(&mut self) {
        self.open = false;
    }

    fn text(&mut self, line: &Line, rest: &[Line]) {
        let next = rest.first();
        let marked = marker::of(&line.text);
        // A number in the middle of a sentence goes on the sentence.
        let inside = marked.is_some() && self.open && !line.after_blank && !self.drafts.is_empty();
        match marked.filter(|marked| self.is_meant(marked, line, next)) {
            Some(marked) => self.marked(line, &marked),
            None if inside || self.goes_on(line) => self.append(line),
            None => self.unmarked(line, next),
        }
    }

    fn marked(&mut self, line: &Line, marked: &Marked<'_>) {
        let above = self.drafts.iter().rev().find_map(Draft::level);
        let level = match (marked.kind, self.below) {
            (Kind::Below, Some(level)) => Some(level),
            // A page whose paragraphs are numbered `1)`.
            (Kind::Below, None) if above.is_none() => Some(Level::One),
            (kind, _) => kind.level(above),
        };
        let shape = match (level, marked.kind) {
            (Some(level), _) => Shape::Paragraph(level),
            (None, Kind::Footnote) => Shape::Footnote,
            (None, Kind::Roman) => Shape::Heading,
            (None, Kind::Question) => Shape::Question,
            (None, Kind::Answer) => Shape::Answer,
            (None, _) => Shape::Note,
        };
        match marked.kind {
            Kind::Numbered(number) => {
                (self.number, self.syllable, self.below) = (Some(number), 0, None)
            }
            Kind::Syllable(place) => (self.syllable, self.below) = (place, None),
            Kind::Square => (self.syllable, self.below) = (0, None),
            Kind::Round if self.below != Some(Level::One) => self.below = None,
            Kind::Below => self.below = level,
            Kind::Question => {
                (self.asked, self.asked_with_stop) = (true, marked.sign.ends_with('.'))
            }
            _ => {}
        }
        self.in_dashes = marked.kind == Kind::Dash;
        self.push(Draft::new(line.number, Some(marked.sign), shape, marked.rest));
    }

    /// Whether the sign is a sign here, and not the beginning of a broken line.
    fn is_meant(&self, marked: &Marked<'_>, line: &Line, next: Option<&Line>) -> bool {
        let last = self.drafts.last().filter(|_| self.open);
        let inside = !line.after_blank
            && last.is_some_and(|last| !sentence::is_finished(&last.text) && !last.text.is_empty());
        match marked.kind {
            Kind::Numbered(number) => {
                let next = self.number.is_some_and(|last| number == last + 1 || number == last)
                    || number == 1;
                !inside || next && !sentence::hangs(last.map_or("", |last| &last.text))
            }
            // `다.` may be the last syllable of a broken sentence.
            Kind::Syllable(place) => {
                place == 1 || place == self.syllable + 1 || place == self.syllable
            }
            // A dash inside a sentence stands alone; those of a list follow each other.
            Kind::Dash => {
                let listed = self.in_dashes
                    || next.is_some_and(|next| {
                        marker::of(&next.text).is_some_and(|next| next.kind == Kind::Dash)
                    });
                let announced = last.is_some_and(|last| last.text.ends_with([':', ';', ',']));
                !inside
                    || listed
                    || announced
                    || self.width == 0
                    || !sentence::starts_lower(marked.rest)
            }
            Kind::Round if marked.sign == "o" => {
                !(inside && self.width > 0 && sentence::starts_lower(marked.rest))
            }
            Kind::Answer if marked.sign.ends_with('.') => self.asked_with_stop,
            Kind::Answer => self.asked || marked.sign.chars().count() > 2,
            _ => true,
        }
    }

    /// Whether the line surely goes on the sentence above, so that it is text even if it looks like something else.
    fn must_go_on(&self, line: &Line) -> bool {
        self.open
            && !line.after_blank
            && self.drafts.last().is_some_and(|last| {
                !sentence::is_finished(&last.text)
                    && self.width > 0
                    && last.last_width * 10 >= self.width * 7
            })
    }

    /// Whether a line without a sign goes on the block above. Broken lines are told by the sentence that has not
    /// ended, not by a blank line (found on pages 322078 and 320933).
    fn goes_on(&self, line: &Line) -> bool {
        let Some(last) = self.drafts.last().filter(|_| self.open) else { return false };
        if last.text.is_empty() {
            return true;
        }
        if sentence::is_known_heading(&line.text) || sentence::is_bracketed(&line.text) {
            return self.must_go_on(line);
        }
        let unfinished = !sentence::is_finished(&last.text);
        let lower = sentence::starts_lower(&line.text);
        let long = last.width >= 40;
        if !line.after_blank {
            let full_line = self.width > 0 && last.last_width * 10 >= self.width * 8;
            let phrases = last.width <= 64
                && sentence::is_phrase(&last.text)
                && sentence::is_phrase(&line.text)
                && !sentence::hangs(&last.text);
            return lower
                || (unfinished && (self.width > 0 || !phrases))
                || (full_line && !is_heading_like(&line.text));
        }
        let numbered = last.level() == Some(Level::One) && last.sign.is_some();
        // A numbered heading of two or three words may stand above a paragraph; what is longer is a sentence.
        let latin = last.text.is_ascii() || !last.text.contains(|c: char| matches!(c, '가'..='힣'));
        let broken =
            numbered && (latin && last.width >= 22 || long && !sentence::is_phrase(&line.text));
        // A salutation ends with a comma too.
        let hangs = sentence::hangs(&last.text) && (long || !last.text.ends_with(','));
        unfinished && (lower || hangs || broken)
    }

    fn append(&mut self, line: &Line) {
        if let Some(last) = self.drafts.last_mut() {
            sentence::join(&mut last.text, &line.text);
            last.last_width = sentence::width(&line.text);
            last.width += last.last_width + 1;
        }
    }

    fn unmarked(&mut self, line: &Line, next: Option<&Line>) {
        // `. 모두 발언`: the page has lost the numeral.
        if let Some(rest) = line.text.strip_prefix(". ").filter(|rest| sentence::is_phrase(rest)) {
            return self.push(Draft::new(line.number, Some("."), Shape::Heading, rest));
        }
        let stands_alone = line.after_blank || self.drafts.is_empty() || !self.open;
        let followed = || {
            next.is_some_and(|next| {
                (next.after_blank || marker::of(&next.text).is_some())
                    && apparatus::of(next).is_none()
            })
        };
        let named = sentence::is_known_heading(&line.text)
            || sentence::is_bracketed(&line.text) && sentence::width(&line.text) <= 80;
        let heading = named
            || table::is_caption(&line.text)
            || (stands_alone && is_heading_like(&line.text) && followed());
        let shape = if heading { Shape::Heading } else { Shape::Paragraph(Level::One) };
        self.push(Draft::new(line.number, None, shape, &line.text));
    }

    /// A table takes the caption that stands directly above it.
    fn table(&mut self, mut found: crate::model::Table, line: usize) {
        let mut caption = Vec::new();
        while let Some(above) = self.drafts.pop_if(|above| {
            above.sign.is_none()
                && (table::is_caption(&above.text)
                    || caption.is_empty() && matches!(above.shape, Shape::Heading))
        }) {
            let whole = !table::is_unit(&above.text);
            caption.insert(0, above.text);
            if whole {
                break;
            }
        }
        found.caption = (!caption.is_empty()).then(|| caption.join(" "));
        self.push(Draft::new(line, None, Shape::Table(found), ""));
    }

    fn finish(self, page: &mut Page) {
        let mut printed: BTreeMap<&str, usize> = BTreeMap::new();
        for draft in &self.drafts {
            // Below a heading the numbers may begin anew.
            if matches!(draft.shape, Shape::Heading) {
                printed.clear();
            }
            if let (Some(Level::One), Some(sign)) = (draft.level(), draft.sign.as_deref())
                && sign.starts_with(|c: char| c.is_ascii_digit())
            {
                let times = printed.entry(sign).or_default();
                *times += 1;
                if *times == 2 {
                    page.problem(
                        draft.line,
                        "repeated-number",
                        format!("the number {sign} is printed a second time; it is kept"),
                    );
                }
            }
        }
        page.blocks.extend(self.drafts.into_iter().map(Draft::into_block));
    }
}

/// Short and no sentence, with at most eight words.
fn is_heading_like(text: &str) -> bool {
    sentence::is_phrase(text)
        && text.split(' ').count() <= 8
        && !text.starts_with(['“', '"', '(', '△', '▲'])
}

impl Draft {
    fn into_block(self) -> Block {
        let quoted = self.sign.is_none() && sentence::is_quotation(&self.text);
        let text = Text::from(self.text.as_str());
        let content = match self.shape {
            Shape::Paragraph(Level::One) if quoted => Content::Quote(text),
            Shape::Paragraph(level) => Content::Paragraph { level, text },
            Shape::Heading => Content::Heading(text),
            Shape::Note => Content::Note(text),
            Shape::Footnote => Content::Footnote(text),
            Shape::Question => Content::Question(text),
            Shape::Answer => Content::Answer(text),
            Shape::Figure => {
                Content::Figure(Figure { url: None, alternative: None, caption: text })
            }
            Shape::Table(table) => Content::Table(table),
        };
        Block { id: String::new(), marker: self.sign, content }
    }
}
