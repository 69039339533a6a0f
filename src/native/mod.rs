//! The command line and the files: everything that runs on a computer and not in a page.
//!
//! **Invariant:** decides nothing about releases; it reads, writes and reports.

mod build;
mod cli;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "`build` is to write them"))]
mod feeds;
mod files;
mod json;
mod options;

pub use cli::run;
