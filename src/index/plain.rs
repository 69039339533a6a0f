//! Looking for letters in releases that are all there: feeds, which have no index.

use std::rc::Rc;

use super::{Query, Question};
use crate::model::{Answer, Date, Hit, Piece, Release};

/// Finds the releases that hold all words, in the order in which they are given.
///
/// A plain search for the letters as they stand, upper and lower case of Latin letters being the same.
#[must_use]
pub fn search(releases: &[Rc<Release>], question: &Question) -> Answer {
    let query = &question.query;
    let words: Vec<String> =
        query.words.split_ascii_whitespace().map(str::to_ascii_lowercase).collect();
    let hits: Vec<Hit> = releases
        .iter()
        .filter(|release| admits(query, release))
        .filter_map(|release| hit(release, &words))
        .collect();
    Answer {
        total: hits.len(),
        hits: hits.into_iter().skip(question.offset).take(question.limit).collect(),
        ..Answer::default()
    }
}

fn admits(query: &Query, release: &Release) -> bool {
    let entry = &release.entry;
    let dated = |bound: Option<Date>, fits: fn(&Date, &Date) -> bool| {
        bound.is_none_or(|bound| entry.date.is_some_and(|date| fits(&date, &bound)))
    };
    dated(query.from, Date::ge)
        && dated(query.to, Date::le)
        && (!query.attached || !entry.attachments.is_empty())
        && query
            .section
            .as_ref()
            .is_none_or(|id| entry.section.as_ref().is_some_and(|section| section.id == *id))
        && query.department.as_ref().is_none_or(|name| entry.department.as_ref() == Some(name))
}

/// Length of an excerpt in letters: two to three lines of a list.
const EXCERPT: usize = 150;

/// The release as a hit if every word stands in its title, a deck or its text.
fn hit(release: &Release, words: &[String]) -> Option<Hit> {
    let entry = &release.entry;
    let head: Vec<String> =
        entry.title.iter().chain(&entry.decks).map(|line| line.to_ascii_lowercase()).collect();
    let blocks: Vec<String> =
        release.blocks.iter().map(|block| block.plain_text().to_ascii_lowercase()).collect();
    let stands = |word: &String| head.iter().chain(&blocks).any(|text| find(text, word).is_some());
    if !words.iter().all(stands) {
        return None;
    }
    // The passage with the most of the words; of equals the first.
    let count = |text: &String| words.iter().filter(|word| find(text, word).is_some()).count();
    let best =
        blocks.iter().enumerate().max_by_key(|(index, text)| (count(text), usize::MAX - index));
    let block = best.filter(|(_, text)| count(text) > 0).map(|(index, _)| index);
    let text = match block.and_then(|index| release.blocks.get(index)) {
        Some(block) => block.plain_text(),
        None => entry.decks.first().unwrap_or(&entry.opening).clone(),
    };
    let block = block.and_then(|index| release.blocks.get(index));
    Some(Hit {
        id: entry.id.clone(),
        title: excerpt(entry.name(), words),
        lang: entry.lang.clone(),
        date: entry.date,
        section: entry.section.clone(),
        department: entry.department.clone(),
        attachments: entry.attachments.len(),
        withdrawn: entry.withdrawn.is_some(),
        excerpt: excerpt(&text, words),
        block: block.map(|block| (block.id.clone(), block.marker.clone())),
    })
}

/// Cuts the passage around the first match and marks all matches in it.
fn excerpt(text: &str, words: &[String]) -> Vec<Piece> {
    let lower = text.to_ascii_lowercase();
    let first = words.iter().filter_map(|word| find(&lower, word)).min().unwrap_or(0);
    let start = window_start(text, first);
    let rest = part(text, start, text.len());
    let end = match rest.char_indices().nth(EXCERPT) {
        Some((at, _)) => start + part(rest, 0, at).rfind(' ').unwrap_or(at),
        None => text.len(),
    };
    let mut pieces = Vec::new();
    let mut at = start;
    while at < end {
        let rest = part(&lower, at, end);
        let matches = words.iter().filter_map(|word| Some((find(rest, word)?, word.len())));
        let Some((from, length)) =
            matches.min_by_key(|(from, length)| (*from, usize::MAX - length))
        else {
            break;
        };
        if from > 0 {
            pieces.push(Piece { text: part(text, at, at + from).to_owned(), mark: false });
        }
        pieces
            .push(Piece { text: part(text, at + from, at + from + length).to_owned(), mark: true });
        at += from + length;
    }
    if at < end {
        pieces.push(Piece { text: part(text, at, end).to_owned(), mark: false });
    }
    pieces
}

/// Where the excerpt begins: at the start of the passage if the match is near, else at a word's start before it.
fn window_start(text: &str, first: usize) -> usize {
    let before = part(text, 0, first);
    if before.char_indices().nth(EXCERPT / 2).is_none() {
        return 0;
    }
    let near = before.char_indices().rev().nth(EXCERPT / 3).map_or(0, |(at, _)| at);
    part(before, near, first).find(' ').map_or(near, |at| near + at + 1)
}

/// A part of a text; nothing if it does not begin and end between letters.
fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// First place of a word in a text. Plain comparison: the standard search brings kilobytes into the wasm.
fn find(text: &str, word: &str) -> Option<usize> {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    if word.is_empty() { None } else { text.windows(word.len()).position(|window| window == word) }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use crate::index::{Query, Question, search};
    use crate::model::{Date, Release};
    use crate::reader::{Hint, read};

    fn sample(text: &str) -> Rc<Release> {
        Rc::new(read(text.as_bytes(), &Hint::default()).unwrap().releases.remove(0))
    }

    fn check(query: &Query, expected: &[(&str, Option<&str>, &str)]) {
        let releases = [
            sample(
                "직항 개설\n\n작성일\n2025-05-07\n\n1. 양국은 Air Route를 열기로 하였다.\n\n2. 직항은 7월에 열린다.\n",
            ),
            sample(
                "Storm relief\n\nDate\n2025-01-02\n\n1. Aid was sent by air.\n\n2. More will follow.\n",
            ),
        ];
        let question =
            Question { query: query.clone(), phrase: false, lang: None, limit: 9, offset: 0 };
        let answer = search(&releases, &question);
        let shown: Vec<(String, Option<String>, String)> = answer
            .hits
            .iter()
            .map(|hit| {
                let excerpt = hit.excerpt.iter().map(|piece| {
                    if piece.mark { format!("[{}]", piece.text) } else { piece.text.clone() }
                });
                let title = hit.title.iter().map(|piece| piece.text.as_str()).collect();
                (title, hit.block.clone().map(|(id, _)| id), excerpt.collect())
            })
            .collect();
        let shown: Vec<_> = shown
            .iter()
            .map(|(name, block, text)| (name.as_str(), block.as_deref(), text.as_str()))
            .collect();
        assert_eq!(shown, expected);
    }

    fn words(words: &str) -> Query {
        Query { words: words.to_owned(), ..Query::default() }
    }

    #[test]
    fn all_words_must_stand_somewhere() {
        check(&words("직항"), &[("직항 개설", Some("p2"), "[직항]은 7월에 열린다.")]);
        check(
            &words("AIR"),
            &[
                ("직항 개설", Some("p1"), "양국은 [Air] Route를 열기로 하였다."),
                ("Storm relief", Some("p1"), "Aid was sent by [air]."),
            ],
        );
        check(
            &words("air 7월"),
            &[("직항 개설", Some("p1"), "양국은 [Air] Route를 열기로 하였다.")],
        );
        check(&words("storm aid"), &[("Storm relief", Some("p1"), "[Aid] was sent by air.")]);
        check(&words("없는말"), &[]);
    }

    #[test]
    fn a_period_narrows() {
        let query = Query { from: Date::new(2025, 2, 1), ..words("air") };
        check(&query, &[("직항 개설", Some("p1"), "양국은 [Air] Route를 열기로 하였다.")]);
    }

    #[test]
    fn a_far_match_is_in_the_excerpt() {
        let text = format!("제목\n\n{}바늘이 여기 있다.\n", "긴 문장이 이어진다. ".repeat(40));
        let query = words("바늘");
        let question = Question { query, phrase: false, lang: None, limit: 1, offset: 0 };
        let answer = search(&[sample(&text)], &question);
        assert!(answer.hits[0].excerpt.iter().any(|piece| piece.mark && piece.text == "바늘"));
    }
}
