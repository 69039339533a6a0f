//! `check`: what a press officer should mend before a release is published.
//!
//! All that reading finds odd, and rules for what reads well but is wrong: numbers, signs, files, pictures, tables,
//! translations, personal data. A release under embargo is no problem; it is told on standard output, so that the
//! officer sees that the time was understood.

mod partners;
mod personal;
mod place;
mod rules;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;

use super::clock;
use super::files::{self, Source};
use super::report::Report;
use crate::model::{Date, Entry, Time};
use crate::reader::{self, Problem};
use partners::Partners;
use personal::Personal;
use place::Place;

/// Checks what the paths mean.
///
/// # Errors
/// When standard output cannot be written.
pub(super) fn run(paths: &[PathBuf], report: &mut Report) -> Result<()> {
    let now = clock::now_in_seoul().context("the clock of this machine cannot be read")?;
    let personal = Personal::new(now.0)?;
    let (ids, partners) = (BTreeMap::new(), Partners::default());
    let mut check = Check { now, personal, ids, partners };
    for path in paths {
        let alone = !path.is_dir();
        let mut fatal = None;
        let walked = files::for_each_file(path, &mut |file| {
            if let Err(error) = check.file(file, alone, report) {
                fatal.get_or_insert(error);
            }
            Ok(())
        });
        match (fatal, walked) {
            (Some(error), _) => return Err(error),
            (None, Err(error)) => report.failure(path, &error),
            (None, Ok(())) => {}
        }
    }
    for (file, problem) in check.partners.missing() {
        check.tell(&file, problem, report);
    }
    Ok(())
}

struct Check {
    now: (Date, Time),
    personal: Personal,
    /// Where each id was met first.
    ids: BTreeMap<String, PathBuf>,
    partners: Partners,
}

impl Check {
    fn file(&mut self, file: &Path, alone: bool, report: &mut Report) -> Result<()> {
        let bytes = files::bytes(file);
        let read = bytes.and_then(|bytes| Ok((files::of_bytes(file, file, &bytes)?, bytes)));
        let (contents, bytes) = match read {
            Ok(read) => read,
            Err(error) => {
                report.failure(file, &error);
                return Ok(());
            }
        };
        let mut found = contents.problems;
        // The rule about numbers sees the same paragraphs, and more.
        found.retain(|problem| problem.code != "repeated-number");
        let feed = files::is_feed(file);
        let lines = if feed { Vec::new() } else { reader::lines(&bytes).unwrap_or_default() };
        let values = if feed { items(&bytes) } else { BTreeMap::new() };
        self.lines(&lines, &mut found);
        for source in &contents.sources {
            report.read += 1;
            let entry = &source.release.entry;
            let place = if feed { Place::of_item(&entry.id) } else { Place::of_text(&lines) };
            rules::check(&source.release, &place, &mut found);
            if let Some(value) = values.get(entry.id.as_str()) {
                self.value(value, &place, &mut found);
            }
            if let Some(problem) = self.id(file, source, &place) {
                found.push(problem);
            }
            found.extend(self.partners.compare(file, alone, source, &place));
            if let Some((date, time)) = self.embargo(entry) {
                let time = time.map(|time| format!(" {time}")).unwrap_or_default();
                let message = format!("under embargo until {date}{time} in Seoul");
                report.note(file, &place.problem("embargo", place.first(), &message))?;
            }
        }
        found.sort_by_key(|problem| problem.line);
        for problem in found {
            self.tell(file, problem, report);
        }
        Ok(())
    }

    /// Rules for the lines of a text as they are printed: what is in the file may be published with it.
    fn lines(&self, lines: &[(usize, String)], found: &mut Vec<Problem>) {
        for (number, line) in lines {
            for (code, message) in self.personal.find(line) {
                found.push(Problem { line: *number, code, message });
            }
            if rules::has_empty_link(line) {
                found.push(Problem { line: *number, ..rules::empty_link() });
            }
        }
    }

    /// The same for every text in an item of a feed. One number stands in several members of it.
    fn value(&self, value: &Value, place: &Place<'_>, found: &mut Vec<Problem>) {
        let mut problems: Vec<Problem> = Vec::new();
        texts(value, "", &mut |name, text| {
            let address = matches!(name, "url" | "external_url" | "home_page_url");
            for line in text.lines() {
                for (code, message) in self.personal.find(line) {
                    problems.push(place.problem(code, 1, &message));
                }
            }
            if rules::has_empty_link(text) || address && matches!(text.trim(), "" | "#") {
                let problem = rules::empty_link();
                problems.push(place.problem(problem.code, 1, &problem.message));
            }
        });
        for problem in problems {
            if !found.contains(&problem) {
                found.push(problem);
            }
        }
    }

    fn id(&mut self, file: &Path, source: &Source, place: &Place<'_>) -> Option<Problem> {
        let id = source.release.entry.id.as_str();
        if let Some(other) = self.ids.get(id) {
            let message = format!(
                "the id “{id}” is that of {} too; expected names that differ",
                other.display()
            );
            return Some(place.problem("duplicate-id", 1, &message));
        }
        self.ids.insert(id.to_owned(), file.to_owned());
        None
    }

    fn embargo(&self, entry: &Entry) -> Option<(Date, Option<Time>)> {
        let date = entry.date?;
        let midnight = Time::new(0, 0, 0)?;
        let later = (date, entry.time.unwrap_or(midnight)) > self.now;
        (later && entry.withdrawn.is_none()).then_some((date, entry.time))
    }

    /// A message may repeat a line with a number that must not get around.
    fn tell(&self, file: &Path, problem: Problem, report: &mut Report) {
        let message = self.personal.masked(&problem.message);
        report.problem(file, &Problem { message, ..problem });
    }
}

/// The items of a feed by the id that they get.
fn items(bytes: &[u8]) -> BTreeMap<String, Value> {
    let feed: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let items = feed.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    let named = items.into_iter().filter_map(|item| {
        let id = match item.get("id")? {
            Value::String(id) => id.clone(),
            other => other.to_string(),
        };
        Some((crate::model::Slug::escaped(&id)?.to_string(), item))
    });
    named.collect()
}

/// Visits every text with the name of its member. What we keep for ourselves is left out.
fn texts(value: &Value, name: &str, visit: &mut impl FnMut(&str, &str)) {
    match value {
        Value::String(text) => visit(name, text),
        Value::Array(items) => items.iter().for_each(|item| texts(item, name, visit)),
        Value::Object(members) => {
            for (name, value) in members.iter().filter(|(name, _)| *name != "_import") {
                texts(value, name, visit);
            }
        }
        _ => {}
    }
}
