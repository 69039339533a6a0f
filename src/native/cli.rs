//! Arguments, standard streams and exit codes.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use serde_json::Value;

use super::build::{self, Job};
use super::files;
use super::json::Feed;
use super::options::BuildArguments;
use super::report::{Report, print};
use super::search::SearchArguments;
use super::{check, import, search};
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
        /// Texts (.txt) and JSON Feeds (.json), or folders of them.
        #[arg(required = true, value_name = "FILE")]
        paths: Vec<PathBuf>,
    },
    /// Collects releases in a folder, one JSON file each. A second run changes only what has changed.
    Import {
        /// Texts (.txt) and JSON Feeds (.json), or folders of them. `NAME.ko.txt` and `NAME.en.txt` are translations
        /// of each other.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Where to collect them.
        #[arg(long, value_name = "FOLDER")]
        to: PathBuf,
    },
    /// Says what a press officer should mend. What is under embargo is told on standard output.
    Check {
        /// Texts (.txt) and JSON Feeds (.json), or folders of them.
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Writes pages, feeds and data for the releases in a folder, or renews what changed.
    Build(BuildArguments),
    /// Finds releases in an archive that `build` has written.
    Search(SearchArguments),
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
        Command::Import { paths, to } => import::run(&paths, &to, &mut report),
        Command::Check { paths } => check::run(&paths, &mut report),
        Command::Build(arguments) => build(arguments, &mut report),
        Command::Search(arguments) => search::run(&arguments, &mut report),
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
    report.keep = true;
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
    print(&text)
}

fn build(arguments: BuildArguments, report: &mut Report) -> Result<()> {
    let now = arguments.now()?;
    let (folder, out, full) = (arguments.folder.clone(), arguments.out.clone(), arguments.full);
    let options = arguments.options()?;
    let job = Job { folder: &folder, out: &out, options: &options, now, full };
    let outcome = build::run(&job, report)?;
    report.read = outcome.releases;
    report.say(&outcome.value(), &outcome.words())
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
            Ok(contents) => {
                for problem in &contents.problems {
                    report.problem(&file, problem);
                }
                for release in contents.sources.into_iter().map(|source| source.release) {
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
