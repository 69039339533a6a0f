//! The command line and the files: everything that runs on a computer and not in a page.
//!
//! **Invariant:** decides nothing about releases; it reads, writes and reports.

mod build;
mod calendar;
mod check;
mod cli;
mod clock;
mod feeds;
mod files;
mod fold;
mod import;
mod json;
mod options;
mod pages;
mod report;
mod search;
mod walk;

pub use cli::run;
