//! Native tests: readers, archive, command line, layers.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]

mod archive;
mod build;
mod check;
mod cli;
mod feeds;
mod import;
mod mutations;
mod package;
mod pages;
mod results;
mod search;
mod shared;
mod style;
mod texts;
mod tidy;

use std::path::{Path, PathBuf};

/// The folder of the package.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The `.txt` files of a folder, in order.
fn text_files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no samples in {}", folder.display());
    files
}

/// Letters and digits in runs, in NFC: what must not be lost.
fn words(text: &str) -> Vec<String> {
    use unicode_normalization::UnicodeNormalization;
    let text: String = text.nfc().collect();
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}
