//! `bench pages`, `bench build` and `bench search`: how fast the pages are in a browser, how fast they are written, and
//! how well they are found.
//!
//! What belongs to them beside Rust is in `xtask/bench`. Their figures are those of the machine, and of what else it
//! does: they want one that is quiet, and whose disk has not deleted many files within the last five minutes. No test
//! depends on them.

mod build;
mod eleventy;
mod pages;
mod search;
mod synthetic;
mod usage;

pub(crate) use usage::usage;

use crate::{
    failure::{Context, Failure, Result},
    process::root,
};
use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

/// Loads of each variant of a page, if nobody says how many.
const LOADS: u32 = 11;

/// `bench pages [LOADS]`, `bench build [--quick]`, `bench search [OPTIONS] [FOLDER]`
pub(crate) fn bench(which: &OsStr, args: &[OsString]) -> Result<()> {
    let args: Vec<_> = args.iter().map(|arg| arg.to_str().unwrap_or_default()).collect();
    match (which.to_str().unwrap_or_default(), &args[..]) {
        ("pages", []) => pages::pages(LOADS),
        ("pages", [loads]) => match loads.parse() {
            Ok(loads) => pages::pages(loads),
            Err(_) => Err(Failure::Usage(format!("`{loads}` is no number of loads"))),
        },
        ("build", []) => build::build(false),
        ("build", ["--quick"]) => build::build(true),
        ("search", args) => search::search(args),
        (which, _) => Err(Failure::Usage(format!("there is no `bench {which}` of this kind"))),
    }
}

/// The folder of a bench with what is in the repository.
fn given(name: &str) -> PathBuf {
    root().join("xtask/bench").join(name)
}

/// A folder that is empty when it is made, and gone when it is dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Result<Self> {
        let folder = root().join("target/bench").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).context(folder.display())?;
        }
        fs::create_dir_all(&folder).context(folder.display())?;
        Ok(Self(folder))
    }

    fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // It is in `target`, and the next run clears it.
        drop(fs::remove_dir_all(&self.0));
    }
}
