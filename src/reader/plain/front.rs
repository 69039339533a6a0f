//! What stands between the menus and the text: title, metadata, masthead, decks.

use super::apparatus::{self, Apparatus};
use super::lines::Line;
use super::marker::{self, Kind};
use super::{Page, labels, metadata, notices, sentence, table};
use crate::model::Section;
use crate::reader::dates;

/// Reads the front of a release and gives the index of the first line of its text.
pub(super) fn read(lines: &[Line], page: &mut Page) -> usize {
    // Without a second line there is nothing to tell a title from: the text is one paragraph.
    if let [only] = lines
        && !is_title(&only.text, None)
    {
        return 0;
    }
    let mut at = 0;
    let mut loose: Vec<usize> = Vec::new();
    let mut end = None;
    let mut first_deck = None;
    while let Some(line) = lines.get(at) {
        let rest = &lines[at..];
        if let Some(used) = notices::take(rest, page) {
            at += used;
            continue;
        }
        let next = lines.get(at + 1);
        let title_follows_not = page.title.is_none()
            && next.is_some_and(|next| labels::is_label(&next.text))
            && !labels::is_label(&line.text);
        let in_masthead = page.title.is_some()
            && is_masthead_date(line, next, loose.last() == Some(&at.wrapping_sub(1)));
        if in_masthead {
            loose.push(at);
            at += 1;
            continue;
        }
        if !title_follows_not && let Some(used) = metadata::take(rest, &mut page.metadata) {
            at += used;
            continue;
        }
        if let Some(used) = repeated_title(rest, page) {
            at += used;
            continue;
        }
        if page.title.is_some() && table::take(rest).is_some() {
            break;
        }
        let untitled = page.title.is_none() && page.decks.is_empty() && loose.is_empty();
        let found = apparatus::of(line);
        if matches!(found, Some(Apparatus::Photo | Apparatus::End)) {
            break;
        }
        let notice = matches!(found, Some(Apparatus::TranslationNotice));
        if (notice || !untitled) && page.file_away(line, found) {
            at += 1;
            continue;
        }
        // What stands between board and metadata is the title, whatever it looks like.
        match marker::of(&line.text) {
            Some(_) if untitled && title_follows_not => {
                page.title = Some(line.text.clone());
                at += 1;
                continue;
            }
            Some(marked) if marked.kind == Kind::Dash => {
                // Decks without a sign that stand above come first.
                if !loose
                    .iter()
                    .filter_map(|&index| lines.get(index))
                    .any(|line| is_moment(&line.text))
                    && !is_spoken(page)
                {
                    page.decks.extend(
                        loose
                            .drain(..)
                            .filter_map(|index| lines.get(index))
                            .map(|line| line.text.clone()),
                    );
                }
                first_deck.get_or_insert(at);
                at += deck(rest, page);
                continue;
            }
            Some(_) => break,
            None => {}
        }
        if page.metadata.section.is_none()
            && Section::known(&line.text).is_some()
            && !title_follows_not
        {
            page.metadata.section = Section::named(&line.text);
        } else if untitled && is_before_title(&line.text) && next.is_some() {
            page.masthead.push(line.text.clone());
        } else if untitled && is_title(&line.text, next) {
            let second = next.filter(|next| {
                !next.after_blank
                    && (sentence::hangs(&line.text) || sentence::starts_lower(&next.text))
                    && marker::of(&next.text).is_none()
                    && !labels::is_label(&next.text)
            });
            let mut title = line.text.clone();
            if let Some(second) = second {
                sentence::join(&mut title, &second.text);
                at += 1;
            }
            page.title = Some(title);
        } else if untitled || sentence::is_known_heading(line.text.trim_start_matches(". ")) {
            break;
        } else if sentence::is_quotation(&line.text) && line.text.chars().count() <= 150 {
            page.decks.push(line.text.clone());
        } else if let Some(used) = enclosed_deck(rest, page) {
            at += used;
            continue;
        } else if is_loose(rest) {
            loose.push(at);
        } else {
            break;
        }
        at += 1;
    }
    let text_follows = lines[at..].iter().any(|line| apparatus::of(line).is_none());
    if !text_follows && let Some(&first) = loose.first() {
        end = Some(first);
        loose.clear();
    }
    // Nothing but lines with dashes: they are the text.
    if !text_follows
        && loose.is_empty()
        && page.decks.len() >= 2
        && page.decks.iter().all(|deck| sentence::is_stopped(deck))
    {
        page.decks.clear();
        end = first_deck;
    }
    let loose: Vec<&Line> = loose.iter().filter_map(|&index| lines.get(index)).collect();
    place_loose(&loose, page);
    end.unwrap_or(at)
}

/// Lines without a sign are a masthead if one of them tells a day or a time, or if the board is one where somebody
/// speaks; else they are decks.
fn place_loose(loose: &[&Line], page: &mut Page) {
    let spoken = is_spoken(page);
    let timed = loose.iter().any(|line| is_moment(&line.text));
    let texts = loose.iter().map(|line| line.text.clone());
    if !(spoken || timed) {
        page.decks.extend(texts);
        return;
    }
    page.masthead.extend(texts);
    for line in loose {
        if let Some(stamp) = dates::stamp(&line.text) {
            page.metadata.date.get_or_insert(stamp.date);
            page.metadata.time = page.metadata.time.or(stamp.time);
        } else if let Some((time, _)) = dates::time_of_day(&line.text) {
            page.metadata.time.get_or_insert(time);
        }
    }
}

/// Whether the board is one where somebody speaks.
fn is_spoken(page: &Page) -> bool {
    page.metadata
        .section
        .as_ref()
        .is_some_and(|section| matches!(section.id.as_str(), "briefings" | "speeches"))
}

/// A day in words that stands directly below or above the other lines of a masthead.
fn is_masthead_date(line: &Line, next: Option<&Line>, below_loose: bool) -> bool {
    let dated = dates::stamp(&line.text).is_some_and(|stamp| stamp.rest.chars().count() <= 40);
    let in_words = line.text.starts_with(|c: char| c.is_alphabetic());
    let above = next.is_some_and(|next| {
        !next.after_blank
            && marker::of(&next.text).is_none()
            && sentence::is_phrase(&next.text)
            && !labels::is_label(&next.text)
    });
    dated && (below_loose && !line.after_blank || in_words && above)
}

/// Lines that wire texts have above the title.
fn is_before_title(text: &str) -> bool {
    let lower = text.to_lowercase();
    let number = lower
        .strip_prefix("no. ")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    number
        || ["for immediate release", "embargo", "즉시 보도", "엠바고", "보도시점"]
            .iter()
            .any(|head| lower.starts_with(head))
}

/// A day or a time somewhere in a short line.
fn is_moment(text: &str) -> bool {
    let starts = text
        .char_indices()
        .filter(|&(at, _)| at == 0 || text[..at].ends_with([' ', '(', ',', ':']));
    text.contains("KST")
        || starts.into_iter().any(|(at, _)| {
            dates::stamp(&text[at..]).is_some() || dates::time_of_day(&text[at..]).is_some()
        })
}

/// A title is one line, however long; but not several sentences, and not a sentence that fills a paragraph.
fn is_title(text: &str, next: Option<&Line>) -> bool {
    let letters = text.chars().count();
    let sentences = text.match_indices(['.', '?', '!']).filter(|(at, _)| {
        let before = text[..*at].split(' ').next_back().unwrap_or_default();
        text[at + 1..].starts_with(' ') && before.chars().count() > 3
    });
    let inner = sentences.count();
    let wrapped = next.is_some_and(|next| {
        !next.after_blank
            && sentence::width(text) >= 60
            && sentence::starts_lower(&next.text)
            && marker::of(&next.text).is_none()
    });
    !((inner >= 1 && sentence::is_stopped(text) && letters > 100)
        || letters > 400
        || (letters > 150 && sentence::is_stopped(text))
        || wrapped)
}

/// The title again as the first line of the text, also over up to three lines; or the whole of a title that a list
/// has cut (`…`).
fn repeated_title(lines: &[Line], page: &mut Page) -> Option<usize> {
    let title = page.title.as_deref()?;
    let stem = title.trim_end_matches(['…', '.', ' ', '·', '⋯']);
    let cut = title.ends_with('…') || title.ends_with("...") || title.ends_with('⋯');
    let mut joined = String::new();
    for (index, line) in lines.iter().take(3).enumerate() {
        if index > 0 && (line.after_blank || marker::of(&line.text).is_some()) {
            break;
        }
        sentence::join(&mut joined, &line.text);
        if letters(&joined).eq(letters(title)) {
            return Some(index + 1);
        }
        if cut
            && index == 0
            && begins_with(letters(&joined), letters(stem))
            && !sentence::is_stopped(&joined)
            && stem.chars().count() >= 6
        {
            page.title = Some(joined);
            return Some(1);
        }
    }
    None
}

/// Letters and digits alone, for comparing.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn begins_with(
    mut letters: impl Iterator<Item = char>,
    mut head: impl Iterator<Item = char>,
) -> bool {
    head.all(|letter| letters.next() == Some(letter))
}

/// A deck between dashes: `- … -`, `- …`, or `- …` that closes on a later line. Gives the number of lines.
fn deck(lines: &[Line], page: &mut Page) -> usize {
    let Some(first) = lines.first() else { return 0 };
    let opened = marker::of(&first.text).map_or(first.text.as_str(), |marked| marked.rest);
    let mut text = opened.to_owned();
    let mut used = 1;
    // `-Office to reopen-`
    let glued = !first.text.trim_start_matches(['-', '–', '—']).starts_with(' ');
    if glued && let Some(deck) = text.strip_suffix(['-', '–', '—']) {
        page.decks.push(deck.trim().to_owned());
        return used;
    }
    if closed(opened).is_none() {
        let broken = lines
            .iter()
            .skip(1)
            .take(3)
            .take_while(|line| !line.after_blank && marker::of(&line.text).is_none());
        let broken: Vec<&Line> = broken.collect();
        if let Some(last) = broken.iter().position(|line| closed(&line.text).is_some()) {
            for line in &broken[..=last] {
                sentence::join(&mut text, &line.text);
            }
            used += last + 1;
        } else if let Some(line) = broken
            .first()
            .filter(|line| sentence::starts_lower(&line.text) || sentence::hangs(opened))
        {
            sentence::join(&mut text, &line.text);
            used += 1;
        }
    }
    let deck = closed(&text).unwrap_or(&text).trim();
    if !deck.is_empty() {
        page.decks.push(deck.to_owned());
    }
    used
}

/// The text without the dash that closes it.
fn closed(text: &str) -> Option<&str> {
    ["-", "–", "—", "‐", "―", "−"]
        .iter()
        .find_map(|dash| text.strip_suffix(dash))
        .filter(|head| head.ends_with([' ', '.', ')']))
}

/// `(…)`, or a quotation over two or three lines.
fn enclosed_deck(lines: &[Line], page: &mut Page) -> Option<usize> {
    let first = lines.first()?;
    let close = [('(', ')'), ('“', '”'), ('「', '」'), ('『', '』')]
        .into_iter()
        .find(|(open, _)| first.text.starts_with(*open))?
        .1;
    let mut text = String::new();
    for (index, line) in lines.iter().take(3).enumerate() {
        if index > 0 && (marker::of(&line.text).is_some() || close != ')' && line.after_blank) {
            return None;
        }
        sentence::join(&mut text, &line.text);
        if text.ends_with(close) && text.chars().count() <= 240 && !table::is_unit(&text) {
            page.decks.push(text);
            return Some(index + 1);
        }
        if line.text.contains(close) {
            return None;
        }
    }
    None
}

/// A line that could be a masthead or a deck: short, no sentence, and not a line of a broken paragraph, which ends
/// with a full stop before the next blank line.
fn is_loose(lines: &[Line]) -> bool {
    let Some(line) = lines.first() else { return false };
    let width = sentence::width(&line.text);
    let block = lines
        .iter()
        .skip(1)
        .take(6)
        .take_while(|next| !next.after_blank && marker::of(&next.text).is_none());
    let paragraph =
        block.last().is_some_and(|last| sentence::is_stopped(&last.text) && !is_moment(&last.text));
    let phrase =
        width <= 120 && !sentence::is_stopped(&line.text) && !line.text.ends_with([',', ':', ';']);
    let moment = width <= 60
        && is_moment(&line.text)
        && (!sentence::is_stopped(&line.text) || line.text.ends_with("m."));
    (phrase || moment)
        && !paragraph
        && !sentence::is_bracketed(&line.text)
        && !table::is_caption(&line.text)
}

/// The board that stands in front of a title: `[보도자료] …`, `PRESS RELEASE : …`.
pub(super) fn board_in_title(title: &str) -> Option<Section> {
    let name = match title.strip_prefix(['[', '【', '<', '(']) {
        Some(rest) => rest.split([']', '】', '>', ')']).next()?,
        None => title.split_once(':')?.0,
    };
    Section::known(name.trim()).and_then(|_| Section::named(name.trim()))
}
