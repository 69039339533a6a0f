//! Arguments, standard streams and exit codes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use serde_json::{Value, json};

use super::archive::{self, Source};
use super::files;
use super::json::Feed;
use crate::model::Release;
use crate::reader::Problem;

/// Reads press releases and builds the archive that the viewer shows.
///
/// Exit code: 0 done, 1 done with problems, 2 failed.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Report problems as JSON, one object a line.
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Prints the releases in files or folders as one JSON Feed.
    Read {
        /// Files, or folders of .txt files.
        #[arg(required = true, value_name = "FILE")]
        paths: Vec<PathBuf>,
    },
    /// Writes the static files of the viewer for the releases in a folder.
    Build {
        /// Folder of .txt files. `NAME.ko.txt` and `NAME.en.txt` are translations of each other.
        folder: PathBuf,
        /// Where to write.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let _unheard = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut report = Report { json: arguments.json, ..Report::default() };
    let done = match arguments.command {
        Command::Read { paths } => read(&paths, &mut report),
        Command::Build { folder, out } => build(&folder, &out, &mut report),
    };
    match done {
        Err(error) => {
            report.line(&format!("{error:#}"));
            ExitCode::from(2)
        }
        Ok(()) if report.read == 0 => ExitCode::from(2),
        Ok(()) => ExitCode::from(u8::from(report.problems > 0)),
    }
}

fn read(paths: &[PathBuf], report: &mut Report) -> Result<()> {
    let mut releases = Vec::new();
    for path in paths {
        releases.extend(collect(path, report).into_iter().map(|source| source.release));
    }
    if releases.is_empty() {
        return Ok(());
    }
    let mut feed = serde_json::to_value(Feed::of_releases("Press releases", None, &releases))?;
    feed["_problems"] = Value::Array(std::mem::take(&mut report.kept));
    let text = serde_json::to_string_pretty(&feed)?;
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        // The reader of a pipe may have seen enough.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output: cannot be written"),
    }
}

fn build(folder: &Path, out: &Path, report: &mut Report) -> Result<()> {
    anyhow::ensure!(
        folder.is_dir(),
        "{}: no such folder; expected a folder of releases",
        folder.display()
    );
    let sources = collect(folder, report);
    if sources.is_empty() {
        return Ok(());
    }
    archive::write(sources, out)
}

/// Reads what a path means. What cannot be read is reported, and the rest goes on.
fn collect(path: &Path, report: &mut Report) -> Vec<Source> {
    let files = match files::expand(path) {
        Ok(files) => files,
        Err(error) => {
            report.failure(path, &error);
            return Vec::new();
        }
    };
    let mut sources: Vec<Source> = Vec::new();
    for file in files {
        match files::read(&file) {
            Err(error) => report.failure(&file, &error),
            Ok(reading) => {
                for problem in &reading.problems {
                    report.problem(&file, problem);
                }
                for release in reading.releases {
                    report.read += 1;
                    if sources.iter().any(|other| other.release.entry.id == release.entry.id) {
                        report.problem(&file, &twice(&release));
                        continue;
                    }
                    sources
                        .push(Source { release, translation_key: files::translation_key(&file) });
                }
            }
        }
    }
    sources
}

fn twice(release: &Release) -> Problem {
    let message =
        format!("the id “{}” is taken by another file; rename one of them", release.entry.id);
    Problem { line: 1, code: "id-taken", message }
}

/// What went wrong, on standard error as it comes.
#[derive(Default)]
struct Report {
    json: bool,
    read: usize,
    problems: usize,
    kept: Vec<Value>,
}

impl Report {
    fn problem(&mut self, file: &Path, problem: &Problem) {
        let name = file.display().to_string();
        let value = json!({"file": name, "line": problem.line, "code": problem.code, "message": problem.message});
        self.problems += 1;
        let line = if self.json {
            value.to_string()
        } else {
            format!("{name}:{}: {}", problem.line, problem.message)
        };
        self.line(&line);
        self.kept.push(value);
    }

    fn failure(&mut self, file: &Path, error: &anyhow::Error) {
        let name = file.display().to_string();
        let text = format!("{error:#}");
        let value = json!({"file": name, "line": 1, "code": "unreadable", "message": text});
        self.problems += 1;
        self.line(&if self.json { value.to_string() } else { text });
        self.kept.push(value);
    }

    #[expect(clippy::unused_self, reason = "the report owns standard error")]
    fn line(&self, text: &str) {
        // Nothing is left to tell that standard error is closed.
        let _unheard = writeln!(std::io::stderr(), "{text}");
    }
}
