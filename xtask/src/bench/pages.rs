//! `bench pages`: when a reader on a slow phone sees the text, beside three other ways to show the same release.

use super::{Scratch, given};
use crate::{
    browsers::HOSTS,
    dist,
    dist::copy,
    failure::{Context, Failure, Result, failed},
    process::{find, guarded, root, run},
    tools::{self, Toolbox},
};
use serde_json::json;
use std::{fs, os::unix::fs::symlink, path::Path};

const PLAYWRIGHT: (&str, &str) = ("playwright-core", "1.65.1");

/// A release of the usual length, with a translation, neighbours, an attachment and sub-paragraphs.
const RELEASE: &str = "0709-passport-service-app-ko";

/// Decides the order of the loads.
const SEED: u64 = 6;

/// Builds the site, and prints the tables; `loads` is how often each variant is loaded.
pub(super) fn pages(loads: u32) -> Result<()> {
    if loads < 9 {
        return Err(Failure::Usage("fewer than 9 loads have no median to speak of".into()));
    }
    let Some(chromium) = find("chromium") else {
        return failed("chromium is missing: `cargo xtask test` installs it");
    };
    let modules = tools::npm(&[PLAYWRIGHT])?;
    dist::make(&Toolbox::open()?, None)?;
    let work = Scratch::new("pages")?;
    svelte(work.path())?;
    let about = json!({
        "modules": modules, "chromium": chromium, "dist": dist::path(), "work": work.path(),
        "release": RELEASE, "loads": loads, "seed": SEED,
    });
    let script = given("pages").join("measure.mjs");
    run(guarded("node", &[])?.arg(script).arg(about.to_string()))?;
    // All loads, for whoever wants to see more than medians.
    let results = root().join("target/bench/pages.json");
    fs::copy(work.path().join("pages.json"), &results).context(results.display())?;
    println!("all loads: {}", results.display());
    Ok(())
}

/// Builds the page in Svelte into the site of the bench, as its own developers would.
fn svelte(work: &Path) -> Result<()> {
    let packages = tools::npm(&HOSTS)?;
    let project = work.join("svelte");
    copy(&given("pages/svelte"), &project)?;
    let modules = project.join("node_modules");
    symlink(&packages, &modules).context(modules.display())?;
    let vite = packages.join("vite/bin/vite.js");
    let mut command = guarded("node", &[])?;
    command.arg(vite).args(["build", "--logLevel", "warn"]).arg(&project);
    run(command.env("NODE_ENV", "production").env("BENCH_RELEASE", RELEASE))?;
    let site = work.join("site/archive");
    fs::create_dir_all(&site).context(site.display())?;
    fs::rename(project.join("out"), site.join("svelte")).context("what Vite has built")
}
