//! The shown text of each release, in segments whose folder names what is in them.

use anyhow::Result;

use super::super::tree::Tree;
use crate::index::format::{self, SEGMENT};
use crate::model::{Lang, Release};

/// Writes segments, newest release first.
pub(super) struct Texts {
    lang: Lang,
    /// Texts of the segment that is open, the highest number first.
    open: Vec<String>,
    /// Hashes of those that are written, the last one first.
    segments: Vec<u64>,
}

impl Texts {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang, open: Vec::new(), segments: Vec::new() }
    }

    pub(super) fn take(&mut self, tree: &mut Tree, document: u32, release: &Release) -> Result<()> {
        self.open.push(format::lines(release));
        if (document as usize).is_multiple_of(SEGMENT) {
            self.open.reverse();
            self.segments.push(write(tree, &self.lang, document, &self.open)?);
            self.open.clear();
        }
        Ok(())
    }

    /// The hashes of all segments, in order.
    pub(super) fn finish(mut self) -> Result<Vec<u64>> {
        anyhow::ensure!(self.open.is_empty(), "the texts of an index end in a segment's midst");
        self.segments.reverse();
        Ok(self.segments)
    }
}

/// Writes the segment that begins with this document, and gives its hash.
pub(super) fn write(tree: &mut Tree, lang: &Lang, first: u32, texts: &[String]) -> Result<u64> {
    let digests: Vec<u64> = texts.iter().map(|text| format::digest_of(text)).collect();
    let segment = format::segment(&digests);
    for (document, text) in (first..).zip(texts) {
        for piece in format::text_pieces(lang.as_str(), segment, document, text) {
            tree.put(&piece.name, &piece.bytes)?;
        }
    }
    Ok(segment)
}
