//! Samples that were cut, repeated, shuffled and strewn with bytes: reading never panics and never invents.

use std::collections::BTreeSet;

use release_viewer::model::{Block, Release};
use release_viewer::reader::{Hint, read};

use unicode_normalization::UnicodeNormalization;

use crate::{root, text_files, words};

/// A small generator with a seed, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit.max(1) as u64).unwrap()
    }
}

fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut lines: Vec<Vec<u8>> = bytes.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect();
    for _ in 0..=dice.below(4) {
        let at = dice.below(lines.len());
        match dice.below(6) {
            0 => {
                lines.remove(at);
            }
            1 => lines.insert(at, lines[at].clone()),
            2 => {
                let other = dice.below(lines.len());
                lines.swap(at, other);
            }
            3 => {
                let length = dice.below(lines[at].len());
                lines[at].truncate(length);
            }
            4 => {
                let place = dice.below(lines[at].len());
                lines[at].insert(place, u8::try_from(dice.below(256)).unwrap());
            }
            _ => lines.truncate(at),
        }
        if lines.is_empty() {
            lines.push(Vec::new());
        }
    }
    lines.join(&b'\n')
}

fn all_text(release: &Release) -> String {
    let entry = &release.entry;
    let mut parts: Vec<String> = release
        .blocks
        .iter()
        .map(|block| {
            format!("{} {}", block.marker.as_deref().unwrap_or_default(), block.plain_text())
        })
        .collect();
    parts.extend(entry.title.clone());
    parts.extend(entry.decks.iter().chain(&release.masthead).chain(&release.contacts).cloned());
    parts.extend(entry.section.as_ref().map(|section| section.name.clone()));
    parts.extend(entry.department.clone());
    parts.extend(release.translation_notice.clone());
    parts.extend(release.end_mark.clone());
    parts.extend(release.licence.as_ref().map(|licence| licence.text.clone()));
    for file in &entry.attachments {
        parts.extend(
            [file.label.clone(), Some(file.name.clone()), file.size.clone()].into_iter().flatten(),
        );
    }
    parts.join(" ")
}

fn sources() -> Vec<Vec<u8>> {
    let mut files = text_files(&root().join("static/samples"));
    files.extend(text_files(&root().join("tests/data/text")));
    let shared = root().join("../shared/data/text");
    if shared.is_dir() {
        files.extend(text_files(&shared));
    }
    files.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn mutated_texts_never_panic_and_nothing_is_invented() {
    let sources = sources();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut read_well = 0;
    for round in 0..2000 {
        let bytes = mutate(&sources[round % sources.len()], &mut dice);
        let Ok(reading) = read(&bytes, &Hint::default()) else { continue };
        read_well += 1;
        // What was printed, in the encoding that most of the bytes are in; another one has its own test.
        let Ok(input) = std::str::from_utf8(&bytes) else { continue };
        let there: String = words(input).concat();
        for word in words(&all_text(&reading.releases[0])) {
            assert!(there.contains(&word), "round {round}: {word:?} is not in the input\n{input}");
        }
    }
    // The others were cut down to nothing or to their menus.
    assert!(read_well > 1700, "{read_well} of 2000 could be read");
}

#[test]
fn no_word_of_a_text_is_lost() {
    let mut files = text_files(&root().join("static/samples"));
    files.extend(text_files(&root().join("tests/data/text")));
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        // Texts in other encodings and with strange signs have their expectations written down.
        let Ok(text) = String::from_utf8(bytes.clone()) else { continue };
        let release = read(&bytes, &Hint::default()).unwrap().releases.remove(0);
        let found: BTreeSet<String> = words(&all_text(&release)).into_iter().collect();
        // The text begins with the first words of its first block, wherever they stand last.
        let first = release.blocks.first().map(Block::plain_text).unwrap_or_default();
        let opening: String = first.chars().take(10).collect();
        let text: String = text.nfc().collect();
        let Some(at) = text.rfind(&opening) else { continue };
        for word in words(&text[at..]) {
            assert!(found.contains(&word), "{}: {word} is lost", path.display());
        }
    }
}
