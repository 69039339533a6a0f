//! Releases that were read, until they are written: so that no source is read twice in a build.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::unix::fs::FileExt;
use std::path::Path;

use anyhow::{Context, Result};

/// A file without a name: it is gone with the process, however that ends.
pub(super) struct Spool {
    file: BufWriter<File>,
    end: u64,
}

impl Spool {
    /// In this folder, since what is for temporary files may be memory.
    pub(super) fn new(folder: &Path) -> Result<Self> {
        let file = tempfile::tempfile_in(folder)
            .with_context(|| format!("{}: cannot be written", folder.display()))?;
        Ok(Self { file: BufWriter::with_capacity(1 << 16, file), end: 0 })
    }

    /// Adds a text and says where it is.
    pub(super) fn add(&mut self, text: &str) -> Result<(u64, usize)> {
        self.file.write_all(text.as_bytes()).context("the temporary file cannot be written")?;
        let offset = self.end;
        self.end += text.len() as u64;
        Ok((offset, text.len()))
    }

    /// All that was added can be read from now on.
    pub(super) fn close(&mut self) -> Result<()> {
        self.file.flush().context("the temporary file cannot be written")
    }

    /// The text at a place.
    pub(super) fn text(&self, offset: u64, length: usize) -> Result<String> {
        let mut bytes = vec![0; length];
        self.file
            .get_ref()
            .read_exact_at(&mut bytes, offset)
            .context("the temporary file cannot be read")?;
        String::from_utf8(bytes).context("the temporary file is no text")
    }
}
