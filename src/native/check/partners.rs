//! Releases that are translations of each other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::place::Place;
use super::rules;
use crate::model::{Date, Lang};
use crate::native::files::{self, Source};
use crate::reader::Problem;

/// The releases that have been met, by the key of their translations.
#[derive(Default)]
pub(super) struct Partners {
    met: BTreeMap<String, Met>,
}

/// The first of them.
struct Met {
    file: PathBuf,
    lang: Option<Lang>,
    date: Option<Date>,
    numbers: Vec<u32>,
    /// The problem that it is if no other comes; `None` once one has come.
    alone: Option<Problem>,
}

impl Partners {
    /// Compares a release with its translation if that was met already. `alone`: its file was named, not its folder.
    pub(super) fn compare(
        &mut self,
        file: &Path,
        alone: bool,
        source: &Source,
        place: &Place<'_>,
    ) -> Vec<Problem> {
        let entry = &source.release.entry;
        let Some(key) = source.translation_key.clone() else { return Vec::new() };
        let lang = files::lang_in_name(file).or_else(|| entry.lang.clone());
        let numbers = rules::numbers(&source.release.blocks);
        let Some(other) = self.met.get_mut(&key) else {
            let there = alone && has_partner(file);
            let alone = (!there).then(|| {
                let lang = lang.as_ref().map_or("this", Lang::as_str);
                let message = format!(
                    "no translation beside this text in “{lang}”; expected a file of the same name in another language, such as {}",
                    example(file, lang)
                );
                place.problem("translation-without-partner", place.first(), &message)
            });
            let file = file.to_owned();
            self.met.insert(key, Met { file, lang, date: entry.date, numbers, alone });
            return Vec::new();
        };
        if lang == other.lang && lang.is_some() {
            return Vec::new();
        }
        other.alone = None;
        let name = other.file.display();
        let mut found = Vec::new();
        if let (Some(date), Some(theirs)) = (entry.date, other.date)
            && date != theirs
        {
            let message = format!("the date is {date}, but {theirs} in {name}; expected the same");
            found.push(place.problem("translation-date", place.of_date(date), &message));
        }
        // Korean texts often have squares where the English have numbers.
        if !numbers.is_empty() && !other.numbers.is_empty() && numbers != other.numbers {
            let message = format!(
                "the paragraphs are numbered {}, but {} in {name}; expected the same",
                listed(&numbers),
                listed(&other.numbers)
            );
            let blocks = &source.release.blocks;
            let same = numbers.iter().zip(&other.numbers).take_while(|(a, b)| a == b).count();
            // The first that differs, or the last if more are on the other side.
            let at = rules::numbered(blocks).nth(same.min(numbers.len() - 1)).unwrap_or_default();
            let lines = place.of_blocks(blocks, entry.title.as_deref());
            let line = lines.get(at).copied().unwrap_or_else(|| place.first());
            found.push(place.problem("translation-numbers", line, &message));
        }
        found
    }

    /// Those that no other has come to.
    pub(super) fn missing(&mut self) -> Vec<(PathBuf, Problem)> {
        let met = std::mem::take(&mut self.met).into_values();
        met.filter_map(|met| Some((met.file, met.alone?))).collect()
    }
}

/// Whether a file of the same name in another language stands beside this one.
fn has_partner(file: &Path) -> bool {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let wanted = files::translation_key(file);
    let entries = std::fs::read_dir(folder.unwrap_or(Path::new("."))).into_iter().flatten();
    wanted.is_some()
        && entries.flatten().map(|entry| file.with_file_name(entry.file_name())).any(|other| {
            other != file
                && files::is_source(&other)
                && files::translation_key(&other) == wanted
                && files::lang_in_name(&other) != files::lang_in_name(file)
        })
}

/// What the name of the translation would be.
fn example(file: &Path, lang: &str) -> String {
    let other = if lang == "ko" { "en" } else { "ko" };
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let swapped = name.replacen(&format!(".{lang}."), &format!(".{other}."), 1);
    if swapped == name { format!("NAME.{other}.txt") } else { swapped }
}

/// `1–5`, or `1, 2, 2, 3`.
fn listed(numbers: &[u32]) -> String {
    let counts = numbers.windows(2).all(|pair| matches!(pair, [a, b] if *b == a + 1));
    match numbers {
        [first, .., last] if counts => format!("{first}–{last}"),
        numbers => {
            let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            numbers.join(", ")
        }
    }
}
