//! The command line and the files: everything that runs on a computer and not in a page.
//!
//! **Invariant:** decides nothing about releases; it reads, writes and reports.

mod archive;
mod check;
mod cli;
mod clock;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "`build` is to write them"))]
mod feeds;
mod files;
mod import;
mod json;
mod options;
#[allow(dead_code, reason = "`build` does not write pages yet")]
mod pages;
mod report;
mod walk;

pub use cli::run;
