//! Arguments, standard streams and exit codes.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use serde_json::{Value, json};

use super::build::{self, Job, Listener, Oddity};
use super::files;
use super::json::Feed;
use super::options::BuildArguments;
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
    /// Writes pages, feeds and data for the releases in a folder, or renews what changed.
    Build(BuildArguments),
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
        Command::Build(arguments) => build(arguments, &mut report),
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
        releases.extend(collect(path, report));
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

fn build(arguments: BuildArguments, report: &mut Report) -> Result<()> {
    let now = arguments.now()?;
    let (folder, out, full) = (arguments.folder.clone(), arguments.out.clone(), arguments.full);
    let options = arguments.options()?;
    let job = Job { folder: &folder, out: &out, options: &options, now, full };
    let outcome = build::run(&job, report)?;
    report.read = outcome.releases;
    let due = outcome
        .due
        .map_or_else(|| "no embargo".to_owned(), |due| format!("next embargo ends {due} (Seoul)"));
    let line = format!(
        "{} releases, {} files written, {} removed; {due}",
        outcome.releases, outcome.written, outcome.removed
    );
    // Nothing is left to tell that standard output is closed.
    let _unheard = writeln!(std::io::stdout(), "{line}");
    Ok(())
}

/// Reads what a path means. What cannot be read is reported, and the rest goes on.
fn collect(path: &Path, report: &mut Report) -> Vec<Release> {
    let files = match files::expand(path) {
        Ok(files) => files,
        Err(error) => {
            report.failure(path, &error);
            return Vec::new();
        }
    };
    let mut releases: Vec<Release> = Vec::new();
    for file in files {
        match files::read(&file) {
            Err(error) => report.failure(&file, &error),
            Ok(reading) => {
                for problem in &reading.problems {
                    report.problem(&file, problem);
                }
                for release in reading.releases {
                    report.read += 1;
                    if releases.iter().any(|other| other.entry.id == release.entry.id) {
                        report.problem(&file, &twice(&release));
                        continue;
                    }
                    releases.push(release);
                }
            }
        }
    }
    releases
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

    /// One remark, by whatever part of the program.
    fn told(&mut self, name: &str, oddity: &Oddity<'_>) {
        let Oddity { line, code, message, unreadable } = oddity;
        let value = json!({"file": name, "line": line, "code": code, "message": message});
        self.problems += 1;
        let line = match (self.json, unreadable) {
            (true, _) => value.to_string(),
            (false, true) => format!("{name}: {message}"),
            (false, false) => format!("{name}:{line}: {message}"),
        };
        self.line(&line);
    }

    #[expect(clippy::unused_self, reason = "the report owns standard error")]
    fn line(&self, text: &str) {
        // Nothing is left to tell that standard error is closed.
        let _unheard = writeln!(std::io::stderr(), "{text}");
    }
}

impl Listener for Report {
    fn remark(&mut self, file: &Path, oddity: &Oddity<'_>) {
        self.told(&file.display().to_string(), oddity);
    }

    fn note(&mut self, text: &str) {
        self.line(text);
    }
}
