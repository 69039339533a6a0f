//! The command line and the files: everything that runs on a computer and not in a page.
//!
//! **Invariant:** decides nothing about releases; it reads, writes and reports.

mod archive;
mod cli;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "`build` is to write them"))]
mod feeds;
mod files;
mod json;
mod options;
#[allow(dead_code, reason = "`build` does not write pages yet")]
mod pages;

pub use cli::run;
