//! The shown text of each release, in segments whose folder names what is in them.

use anyhow::Result;

use super::super::tree::Tree;
use super::standin as format;
use super::standin::SEGMENT;
use crate::model::{Lang, Release};

/// Writes segments, newest release first.
pub(super) struct Texts {
    lang: Lang,
    /// Texts of the segment that is open, the highest number first.
    open: Vec<String>,
    /// Names of those that are written, the highest first.
    names: Vec<String>,
}

impl Texts {
    pub(super) fn new(lang: Lang, total: usize) -> Self {
        let count = total.div_ceil(SEGMENT as usize);
        Self { lang, open: Vec::new(), names: Vec::with_capacity(count) }
    }

    pub(super) fn take(&mut self, tree: &mut Tree, document: u32, release: &Release) -> Result<()> {
        self.open.push(format::shown(release));
        if document.is_multiple_of(SEGMENT) {
            self.open.reverse();
            let name = write(tree, &self.lang, document, &self.open)?;
            self.open.clear();
            self.names.push(name);
        }
        Ok(())
    }

    /// The names of all segments, in order.
    pub(super) fn finish(mut self) -> Result<Vec<String>> {
        anyhow::ensure!(
            self.open.is_empty(),
            "the texts of an index end in the midst of a segment"
        );
        self.names.reverse();
        Ok(self.names)
    }
}

/// Writes the segment that begins with this document, and gives its name.
pub(super) fn write(tree: &mut Tree, lang: &Lang, first: u32, texts: &[String]) -> Result<String> {
    let digests: Vec<u64> = texts.iter().map(|text| format::digest(text)).collect();
    let segment = format::segment(lang, &digests);
    for (document, text) in (first..).zip(texts) {
        let piece = format::text_piece(&segment, document, text, &digests);
        tree.put(&piece.name, &piece.bytes)?;
    }
    Ok(segment)
}
