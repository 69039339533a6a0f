//! What went wrong and what was done, as it comes: problems on standard error, the rest on standard output.

use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::reader::Problem;

/// The code of a file that was not read at all.
pub(super) const UNREADABLE: &str = "unreadable";

/// Tells and counts.
#[derive(Default)]
pub(super) struct Report {
    /// Whether each problem is an object of JSON.
    pub(super) json: bool,
    /// How many releases were read.
    pub(super) read: usize,
    /// How many problems were told.
    pub(super) problems: usize,
    /// Whether problems are kept, too, for the output.
    pub(super) keep: bool,
    /// The problems that were kept.
    pub(super) kept: Vec<Value>,
}

impl Report {
    /// Tells a problem with its place.
    pub(super) fn problem(&mut self, file: &Path, problem: &Problem) {
        let name = file.display();
        let line = format!("{name}:{}: {}", problem.line, problem.message);
        self.told(object(file, problem), &line);
    }

    /// Tells that a file was not read at all. The error names the file.
    pub(super) fn failure(&mut self, file: &Path, error: &anyhow::Error) {
        let message = format!("{error:#}");
        let problem = Problem { line: 1, code: UNREADABLE, message };
        self.told(object(file, &problem), &problem.message);
    }

    /// Tells again what an earlier run has found in a file.
    pub(super) fn again(&mut self, file: &Path, (line, code, message): (usize, &str, &str)) {
        let name = file.display().to_string();
        let words = if code == UNREADABLE {
            format!("{name}: {message}")
        } else {
            format!("{name}:{line}: {message}")
        };
        let value = json!({"file": name, "line": line, "code": code, "message": message});
        self.told(value, &words);
    }

    fn told(&mut self, value: Value, line: &str) {
        self.problems += 1;
        self.line(&if self.json { value.to_string() } else { line.to_owned() });
        if self.keep {
            self.kept.push(value);
        }
    }

    /// Writes a line to standard error.
    #[expect(clippy::unused_self, reason = "the report owns standard error")]
    pub(super) fn line(&self, text: &str) {
        // Nothing is left to tell that standard error is closed.
        let _unheard = writeln!(std::io::stderr(), "{text}");
    }

    /// Tells something that is no problem.
    pub(super) fn note(&self, file: &Path, note: &Problem) -> Result<()> {
        let line = format!("{}:{}: {}", file.display(), note.line, note.message);
        self.say(&object(file, note), &line)
    }

    /// Writes a line of what was done to standard output: the object, or the words.
    pub(super) fn say(&self, value: &Value, words: &str) -> Result<()> {
        print(&if self.json { value.to_string() } else { words.to_owned() })
    }
}

fn object(file: &Path, problem: &Problem) -> Value {
    json!({"file": file.display().to_string(), "line": problem.line, "code": problem.code,
        "message": problem.message})
}

/// Writes a line to standard output.
pub(super) fn print(text: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        // The reader of a pipe may have seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output: cannot be written"),
    }
}
