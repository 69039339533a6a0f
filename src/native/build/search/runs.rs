//! Sorted runs in a temporary file, and the way through all of them at once.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use anyhow::{Context, Result};

use super::table::Table;
use crate::index::format::take_varint;

/// What is read ahead of all runs together. With less, the disk is asked more often; it must not grow with the number
/// of runs, since that grows with the archive.
const AHEAD: usize = 16 << 20;

/// What is read ahead of one run at most, and at least.
const BUFFER: [usize; 2] = [256 << 10, 4 << 10];

const CANNOT_READ: &str = "the temporary file cannot be read";

/// Runs, in a file without a name: it is gone with the process, however that ends.
pub(super) struct Runs {
    file: BufWriter<Counted>,
    /// Where each run ends.
    ends: Vec<u64>,
}

/// A file that knows how much was written.
struct Counted {
    file: File,
    end: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.end += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.file.flush()
    }
}

impl Runs {
    /// In this folder, since what is for temporary files may be memory.
    pub(super) fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder)
            .with_context(|| format!("{}: cannot be written", folder.display()))?;
        let file = BufWriter::with_capacity(1 << 18, Counted { file, end: 0 });
        Ok(Self { file, ends: Vec::new() })
    }

    /// Adds a run, and empties the table.
    pub(super) fn add(&mut self, table: &mut Table) -> Result<()> {
        if table.is_empty() {
            return Ok(());
        }
        table
            .write(&mut self.file)
            .and_then(|()| self.file.flush())
            .context("the temporary file cannot be written")?;
        self.ends.push(self.file.get_ref().end);
        Ok(())
    }
}

/// A key, and all that is said of it.
pub(super) type Visit<'a> = dyn FnMut(u8, &str, &[(u32, &[u8])]) -> Result<()> + 'a;

/// Visits every key of all runs once, in the order of trees and keys, with its notes in that of the documents.
pub(super) fn merge(all: &[Runs], visit: &mut Visit<'_>) -> Result<()> {
    let count: usize = all.iter().map(|runs| runs.ends.len()).sum();
    let [most, least] = BUFFER;
    let ahead = (AHEAD / count.max(1)).clamp(least, most);
    let mut cursors = Vec::with_capacity(count);
    for runs in all {
        let mut start = 0;
        for &end in &runs.ends {
            let file = &runs.file.get_ref().file;
            cursors.push(Cursor { file, next: start, end, ahead, buffer: Vec::new(), at: 0 });
            start = end;
        }
    }
    let mut heap = BinaryHeap::with_capacity(count);
    for (run, cursor) in cursors.iter_mut().enumerate() {
        let mut head = Head { tree: 0, key: Vec::new(), run, notes: Vec::new() };
        if cursor.read(&mut head)? {
            heap.push(Reverse(head));
        }
    }
    let (mut tree, mut key, mut notes) = (0, Vec::new(), Notes::default());
    while let Some(mut top) = heap.peek_mut() {
        let head = &mut top.0;
        if head.tree != tree || head.key != key {
            notes.tell(tree, &key, visit)?;
            tree = head.tree;
            key.clone_from(&head.key);
        }
        notes.bytes.extend_from_slice(&head.notes);
        let more = match cursors.get_mut(head.run) {
            Some(cursor) => cursor.read(head)?,
            None => false,
        };
        if !more {
            PeekMut::pop(top);
        }
    }
    notes.tell(tree, &key, visit)
}

/// The key at which a run stands.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Head {
    tree: u8,
    key: Vec<u8>,
    run: usize,
    notes: Vec<u8>,
}

/// Notes of one key from several runs.
#[derive(Default)]
struct Notes {
    bytes: Vec<u8>,
}

impl Notes {
    /// Tells them in order, and is empty again.
    fn tell(&mut self, tree: u8, key: &[u8], visit: &mut Visit<'_>) -> Result<()> {
        if self.bytes.is_empty() {
            return Ok(());
        }
        let mut notes = Vec::new();
        let mut rest = self.bytes.as_slice();
        while !rest.is_empty() {
            let document = take_varint(&mut rest).context(CANNOT_READ)?;
            let length = take_varint(&mut rest).context(CANNOT_READ)?;
            let (payload, after) = rest.split_at_checked(length as usize).context(CANNOT_READ)?;
            notes.push((document, payload));
            rest = after;
        }
        notes.sort_unstable_by_key(|(document, _)| *document);
        let key = std::str::from_utf8(key).context(CANNOT_READ)?;
        visit(tree, key, &notes)?;
        self.bytes.clear();
        Ok(())
    }
}

/// A place in a run.
struct Cursor<'a> {
    file: &'a File,
    next: u64,
    end: u64,
    ahead: usize,
    buffer: Vec<u8>,
    at: usize,
}

impl Cursor<'_> {
    /// Goes on to the next key, which takes the place of the one in `head`; `false` at the end.
    fn read(&mut self, head: &mut Head) -> Result<bool> {
        if self.at == self.buffer.len() && self.next == self.end {
            return Ok(false);
        }
        head.tree = self.byte()?;
        let shared = self.number()?;
        head.key.truncate(shared);
        let length = self.number()?;
        self.bytes(length, &mut head.key)?;
        let length = self.number()?;
        head.notes.clear();
        self.bytes(length, &mut head.notes)?;
        Ok(true)
    }

    fn byte(&mut self) -> Result<u8> {
        if self.at == self.buffer.len() {
            self.fill()?;
        }
        let byte = self.buffer.get(self.at).copied().context(CANNOT_READ)?;
        self.at += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<usize> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let byte = self.byte()?;
            number |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(anyhow::anyhow!(CANNOT_READ))
    }

    fn bytes(&mut self, mut length: usize, into: &mut Vec<u8>) -> Result<()> {
        while length > 0 {
            if self.at == self.buffer.len() {
                self.fill()?;
            }
            let there = self.buffer.get(self.at..).unwrap_or_default();
            let part = there.get(..length.min(there.len())).unwrap_or_default();
            into.extend_from_slice(part);
            self.at += part.len();
            length -= part.len();
        }
        Ok(())
    }

    fn fill(&mut self) -> Result<()> {
        let left = usize::try_from(self.end - self.next).unwrap_or(usize::MAX);
        anyhow::ensure!(left > 0, CANNOT_READ);
        self.buffer.resize(left.min(self.ahead), 0);
        self.file.read_exact_at(&mut self.buffer, self.next).context(CANNOT_READ)?;
        self.next += self.buffer.len() as u64;
        self.at = 0;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Runs, merge};
    use crate::native::build::search::table::Table;

    type Said = BTreeMap<(u8, String), Vec<(u32, Vec<u8>)>>;

    /// The same in one table, in many, and in files of several workers.
    fn check(documents: u32, runs: u32, workers: u32) {
        let folder = tempfile::tempdir().unwrap();
        let mut expected = Said::new();
        let mut all = Vec::new();
        for worker in 0..workers {
            let (mut files, mut table) = (Runs::new(folder.path()).unwrap(), Table::default());
            for document in (0..documents).rev().filter(|number| number % workers == worker) {
                for word in 0..40 {
                    let tree = (word % 3) as u8;
                    let key = format!("낱말-{}", (document * 7 + word * word) % 300);
                    let payload = vec![word as u8; (document as usize * 3) % 200];
                    let said = expected.entry((tree, key.clone())).or_default();
                    if said.iter().all(|(other, _)| *other != document) {
                        said.push((document, payload.clone()));
                        table.add(tree, key.as_bytes(), document, &payload);
                    }
                }
                if document % (documents / runs) == 0 {
                    files.add(&mut table).unwrap();
                }
            }
            files.add(&mut table).unwrap();
            all.push(files);
        }
        expected.values_mut().for_each(|said| said.sort());
        let mut found = Vec::new();
        merge(&all, &mut |tree, key, notes| {
            let notes = notes.iter().map(|(document, payload)| (*document, payload.to_vec()));
            found.push(((tree, key.to_owned()), notes.collect::<Vec<_>>()));
            Ok(())
        })
        .unwrap();
        assert!(found.is_sorted());
        assert!(found.into_iter().eq(expected));
    }

    #[test]
    fn runs_give_what_was_put_in() {
        check(1, 1, 1);
        check(200, 1, 1);
        check(200, 40, 1);
        check(2000, 17, 3);
    }

    #[test]
    fn nothing_is_merged_to_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let runs = [Runs::new(folder.path()).unwrap()];
        merge(&runs, &mut |_, _, _| panic!("there is no key")).unwrap();
    }
}
