//! The command line and the files: everything that runs on a computer and not in a page.
//!
//! **Invariant:** decides nothing about releases; it reads, writes and reports.

mod build;
mod cli;
mod feeds;
mod files;
mod json;
mod options;
mod pages;

pub use cli::run;
