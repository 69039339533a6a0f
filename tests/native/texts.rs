//! Each text in `tests/data/text` against the `.expect` beside it. `UPDATE_EXPECT=1` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use release_viewer::model::{Block, Content, Release};
use release_viewer::reader::{Hint, read};

use crate::{root, text_files};

/// One fact a line, so that a change reads well as a difference.
fn summary(release: &Release) -> String {
    let entry = &release.entry;
    let mut out = String::new();
    let mut say = |name: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            writeln!(out, "{name}: {value}").unwrap();
        }
    };
    say("title", entry.title.clone());
    say("language", entry.lang.as_ref().map(ToString::to_string));
    say(
        "section",
        entry.section.as_ref().map(|section| format!("{} ({})", section.name, section.id)),
    );
    say("date", entry.date.map(|date| date.to_string()));
    say("time", entry.time.map(|time| time.to_string()));
    say(
        "withdrawn",
        entry.withdrawn.as_ref().map(|withdrawn| {
            let date = withdrawn.date.map(|date| date.to_string()).unwrap_or_default();
            format!("{date} | {}", withdrawn.reason.clone().unwrap_or_default())
        }),
    );
    say("views", entry.views.map(|views| views.to_string()));
    say("department", entry.department.clone());
    entry.decks.iter().for_each(|deck| say("deck", Some(deck.clone())));
    release.masthead.iter().for_each(|line| say("masthead", Some(line.clone())));
    say("translation notice", release.translation_notice.clone());
    release.blocks.iter().for_each(|found| say(&block_name(found), Some(block_text(found))));
    for file in &entry.attachments {
        let parts = [file.label.as_ref(), Some(&file.name), file.kind.as_ref(), file.size.as_ref()];
        say(
            "attachment",
            Some(parts.into_iter().flatten().cloned().collect::<Vec<_>>().join(" | ")),
        );
    }
    release.contacts.iter().for_each(|contact| say("contact", Some(contact.clone())));
    say(
        "licence",
        release.licence.as_ref().map(|licence| format!("{:?} {}", licence.code, licence.text)),
    );
    say("end mark", release.end_mark.clone());
    out
}

fn block_name(block: &Block) -> String {
    let kind = match &block.content {
        Content::Paragraph { level, .. } => format!("paragraph {}", level.number()),
        Content::Heading(_) => "heading".to_owned(),
        Content::Note(_) => "note".to_owned(),
        Content::Footnote(_) => "footnote".to_owned(),
        Content::Question(_) => "question".to_owned(),
        Content::Answer(_) => "answer".to_owned(),
        Content::Quote(_) => "quote".to_owned(),
        Content::Table(_) => "table".to_owned(),
        Content::Figure(_) => "figure".to_owned(),
        Content::List(_) => "list".to_owned(),
    };
    match &block.marker {
        Some(marker) => format!("[{}] {kind} {marker}", block.id),
        None => format!("[{}] {kind}", block.id),
    }
}

fn block_text(block: &Block) -> String {
    match &block.content {
        Content::Table(table) => {
            let rows = table.rows.iter().map(|row| {
                row.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | ")
            });
            let caption = table.caption.clone().unwrap_or_default();
            format!(
                "{caption} ({} + {} headers) {}",
                table.header_rows,
                table.header_columns,
                rows.collect::<Vec<_>>().join(" // ")
            )
        }
        _ => block.plain_text(),
    }
}

fn check(path: &Path) -> Option<String> {
    let reading = read(&std::fs::read(path).unwrap(), &Hint::default()).unwrap();
    let mut found: String = reading.releases.iter().map(summary).collect();
    for problem in &reading.problems {
        writeln!(found, "problem: line {}: {}", problem.line, problem.code).unwrap();
    }
    let expect = path.with_extension("expect");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&expect, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&expect).unwrap_or_default();
    (found != expected)
        .then(|| format!("{}\n--- expected\n{expected}--- found\n{found}", path.display()))
}

#[test]
fn texts_are_read_as_expected() {
    let wrong: Vec<String> =
        text_files(&root().join("tests/data/text")).iter().filter_map(|path| check(path)).collect();
    assert!(wrong.is_empty(), "{} differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_samples_have_no_problems() {
    let samples = text_files(&root().join("static/samples"));
    assert!(samples.len() >= 24);
    for path in samples {
        let reading = read(&std::fs::read(&path).unwrap(), &Hint::default()).unwrap();
        assert_eq!(reading.problems, [], "{}", path.display());
        let entry = &reading.releases[0].entry;
        let tag = if path.to_string_lossy().ends_with(".ko.txt") { "ko" } else { "en" };
        assert_eq!(
            entry.lang.as_ref().map(ToString::to_string).as_deref(),
            Some(tag),
            "{}",
            path.display()
        );
        assert!(entry.section.is_some() && entry.date.is_some(), "{}", path.display());
    }
}
