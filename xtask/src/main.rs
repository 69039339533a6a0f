//! What `cargo xtask …` does: it brings the tools, builds, serves, tests, measures and packs.
//!
//! **Invariant:** it knows nothing of the product but the names of its files and programs. Of libraries it has what makes
//! the widget's files: a minifier, hashes, archives. Each is compiled before the first command starts.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "these are commands; the terminal is their interface"
)]

mod bench;
mod browsers;
mod dist;
mod failure;
mod package;
mod process;
mod search;
mod serve;
mod size;
mod slim;
mod test;
mod tools;
mod widget;

use failure::{Failure, Result};
use std::{env, ffi::OsString, path::PathBuf, process::ExitCode};

const USAGE: &str = "cargo xtask COMMAND

  serve [FOLDER]      build for development, serve on 127.0.0.1, build anew on changes
  build [FOLDER]      build for publication, into dist
  test [--quick]      check everything; --quick stops before the browsers
  size                what a visitor's browser loads, before and after brotli
  package             an npm package, and a zip with a page to try, into dist-package
  screenshots [DIR]   pictures of the release build, into DIR (default: screenshots)
  bench pages [LOADS] how soon a reader sees the text, beside other ways to show it (11 loads of each)
  bench build [--quick]
                      how fast 10,000 and 100,000 releases are built; --quick: 1,000 and 10,000
  bench search [OPTIONS] [FOLDER]
                      how well releases are found, beside Pagefind and MiniSearch; FOLDER: ../shared/data/corpus
                      --corpus en-8k|ko-3k|both, --engines ours,pagefind,minisearch, --large (100,000 documents),
                      --quality-only, --seed N, --queries N (of each kind), --gzip-wasm (as some servers do)
  stage               called by Trunk: writes the archive beside the widget

FOLDER holds the releases to show; without it, the samples are shown.
What is missing is installed first, and said.";

fn main() -> ExitCode {
    let args: Vec<OsString> = env::args_os().skip(1).collect();
    run(&args).unwrap_or_else(|failure| {
        eprintln!("error: {failure}");
        failure.code()
    })
}

fn run(args: &[OsString]) -> Result<ExitCode> {
    let Some((command, args)) = args.split_first() else {
        return Err(Failure::Usage(format!("which command?\n\n{USAGE}")));
    };
    match (command.to_str().unwrap_or_default(), args) {
        // The end of the guarded program is the end of the guard; its arguments are not ours to read.
        ("guard", args) => return process::guard(args),
        ("usage", args) => return bench::usage(args),
        ("help" | "--help" | "-h", _) => println!("{USAGE}"),
        (_, [flag, ..]) if is_help(flag) => println!("{USAGE}"),
        ("serve", args @ ([] | [_])) => serve::serve(folder(args)?.as_deref())?,
        ("build", args @ ([] | [_])) => dist::build(folder(args)?.as_deref())?,
        ("stage", []) => dist::stage()?,
        ("test", []) => test::test(false)?,
        ("test", [flag]) if flag == "--quick" => test::test(true)?,
        ("size", []) => size::size()?,
        ("package", []) => package::package()?,
        ("bench", [which, args @ ..]) => bench::bench(which, args)?,
        ("screenshots", []) => test::screenshots(&process::root().join("screenshots"))?,
        ("screenshots", [given]) => test::screenshots(&dist::absolute(given)?)?,
        _ => {
            let line: Vec<_> =
                [command].into_iter().chain(args).map(|word| word.to_string_lossy()).collect();
            return Err(Failure::Usage(format!("cannot do `{}`\n\n{USAGE}", line.join(" "))));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn folder(args: &[OsString]) -> Result<Option<PathBuf>> {
    args.first().map(|given| dist::folder(given)).transpose()
}

fn is_help(flag: &OsString) -> bool {
    flag == "--help" || flag == "-h"
}
