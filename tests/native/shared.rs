//! The texts with expected results that lie beside the project on the makers' machines.

use release_viewer::model::{Content, Release};
use release_viewer::reader::{Hint, read};
use serde_json::{Value, json};

use crate::root;

/// The release in the terms of `expected.jsonl`: only the fields that it names.
fn found(release: &Release, name: &str) -> Value {
    let entry = &release.entry;
    let blocks = || {
        release.blocks.iter().filter_map(|block| {
            let (kind, level) = match &block.content {
                Content::Paragraph { level, .. } => ("paragraph", Some(level.number())),
                Content::Note(_) => ("note", None),
                Content::Footnote(_) => ("footnote", None),
                Content::Question(_) => ("question", None),
                Content::Answer(_) => ("answer", None),
                Content::Quote(_) => ("quote", None),
                _ => return None,
            };
            let mut value =
                json!({"kind": kind, "marker": block.marker, "text": block.plain_text()});
            if let Some(level) = level {
                value["level"] = json!(level);
            }
            Some(value)
        })
    };
    match name {
        "section" => json!(entry.section.as_ref().map(|section| &section.name)),
        "date" => json!(entry.date.map(|date| date.to_string())),
        "views" => json!(entry.views),
        "department" => json!(entry.department),
        "deck" => json!(entry.decks),
        "unofficial_translation" => json!(entry.unofficial_translation),
        "end_mark" => json!(release.end_mark),
        "blocks" => blocks().collect(),
        "attachments" => entry.attachments.iter().map(|file| json!(file.name)).collect(),
        "figures" => json!(
            release
                .blocks
                .iter()
                .filter(|block| matches!(block.content, Content::Figure(_)))
                .count()
        ),
        "masthead_lines" => json!(release.masthead.len()),
        "has_contacts" => json!(!release.contacts.is_empty()),
        other => panic!("the expectation names {other}, which this test does not know"),
    }
}

#[test]
fn the_shared_texts_are_read_exactly() {
    let folder = root().join("../shared/data/text");
    let Ok(expectations) = std::fs::read_to_string(folder.join("expected.jsonl")) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    for line in expectations.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let reading = read(&std::fs::read(folder.join(file)).unwrap(), &Hint::default()).unwrap();
        let release = &reading.releases[0];
        assert_eq!(json!(release.entry.title), line["expected"]["title"], "{file}");
        assert_eq!(
            json!(release.entry.lang.as_ref().map(ToString::to_string)),
            line["expected"]["language"],
            "{file}"
        );
        for (name, expected) in line["expected"]["_release"].as_object().unwrap() {
            assert_eq!(&found(release, name), expected, "{file}: {name}");
        }
    }
}
