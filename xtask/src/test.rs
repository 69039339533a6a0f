//! `test [--quick]`: everything that must hold, the fast before the slow; and `screenshots`, which goes the same way.

use crate::{
    browsers::{Browsers, Screen, without_browsers},
    dist,
    failure::{Failure, Result},
    package,
    process::{duration, guarded, run},
    tools::{self, Toolbox},
};
use std::{path::Path, time::Instant};

/// Runs all, or all that needs no browser.
pub(crate) fn test(quick: bool) -> Result<()> {
    let start = Instant::now();
    let mut steps = Steps { passed: 0 };
    steps.cargo("format", &["fmt", "--all", "--check"])?;
    steps.cargo(
        "lints, native",
        &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"],
    )?;
    tools::wasm_target()?;
    let wasm = "wasm32-unknown-unknown";
    steps.cargo(
        "lints, browser",
        &["clippy", "--target", wasm, "--all-targets", "--", "-D", "warnings"],
    )?;
    steps.cargo("native tests", &["test", "--workspace"])?;
    if !quick {
        let tools = Toolbox::open()?;
        let browsers = Browsers::prepare()?;
        steps.step("tests in a browser", || {
            let mut command =
                tools.command("cargo", &["test", "--target", wasm, "--test", "browser"])?;
            browsers.for_wasm_tests(&mut command);
            run(&mut command)
        })?;
        steps.step("release build and package", || {
            dist::make(&tools, None)?;
            package::write()
        })?;
        steps.step("end-to-end tests", || {
            let screen = Screen::start()?;
            let mut command =
                guarded("cargo", &["test", "--test", "e2e", "--", "--test-threads=1"])?;
            without_browsers(&mut command);
            browsers.for_end_to_end_tests(&mut command, "chromium,firefox,webkit", &dist::path());
            command.env("RELEASE_VIEWER_PACKAGE", package::tarball()?);
            screen.show(&mut command);
            run(&mut command)
        })?;
    }
    println!("\nall in {}", duration(start.elapsed()));
    println!("{} passed, 0 failed", steps.passed);
    Ok(())
}

/// `screenshots [DIR]`: pictures of the release build in Chromium.
pub(crate) fn screenshots(folder: &Path) -> Result<()> {
    let tools = Toolbox::open()?;
    let browsers = Browsers::prepare()?;
    dist::make(&tools, None)?;
    let mut command =
        guarded("cargo", &["test", "--test", "e2e", "screenshots", "--", "--test-threads=1"])?;
    without_browsers(&mut command);
    browsers.for_end_to_end_tests(&mut command, "chromium", &dist::path());
    run(command.env("RELEASE_VIEWER_SCREENSHOTS", folder))?;
    println!("the pictures are in {}", folder.display());
    Ok(())
}

/// Counts what has passed; the first failure ends the run.
struct Steps {
    passed: usize,
}

impl Steps {
    fn cargo(&mut self, name: &str, args: &[&str]) -> Result<()> {
        self.step(&format!("{name}: cargo {}", args.join(" ")), || {
            let mut command = guarded("cargo", args)?;
            without_browsers(&mut command);
            run(&mut command)
        })
    }

    fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        let number = self.passed + 1;
        println!("\n== {number}. {name}");
        let start = Instant::now();
        let result = work();
        let time = duration(start.elapsed());
        match result {
            Ok(()) => {
                println!("-- passed in {time}");
                self.passed = number;
                Ok(())
            }
            Err(failure) => {
                println!("-- failed after {time}");
                let passed = self.passed;
                let text = format!("step {number} ({name}): {failure}\n{passed} passed, 1 failed");
                Err(Failure::Failed(text))
            }
        }
    }
}
