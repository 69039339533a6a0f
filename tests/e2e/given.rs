//! What the environment gives to the tests, and the loop over the browsers that it names.

use crate::browser::Engine;
use crate::page::Page;
use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A path that the environment names.
pub(crate) fn path(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// Runs a test in each browser, with a page and a server of its own. One that fails does not keep the others from
/// running.
pub(crate) fn in_each_browser(test: impl Fn(&Page)) {
    in_browsers(&Engine::ALL, test);
}

/// Runs a test in Chromium only: for what just its DevTools can do, or what is the same everywhere and slow.
pub(crate) fn in_chromium(test: impl Fn(&Page)) {
    in_browsers(&[Engine::Chromium], test);
}

fn in_browsers(engines: &[Engine], test: impl Fn(&Page)) {
    let Some(dist) = path("RELEASE_VIEWER_DIST") else {
        println!("skipped: RELEASE_VIEWER_DIST does not say where the built page is");
        return;
    };
    let wanted = env::var("RELEASE_VIEWER_BROWSERS").unwrap_or_else(|_| "chromium".to_owned());
    let is_wanted = |engine: &Engine| wanted.split(',').any(|name| name.trim() == engine.name());
    let mut failed = Vec::new();
    for engine in engines.iter().copied() {
        if !is_wanted(&engine) {
            println!("skipped: RELEASE_VIEWER_BROWSERS does not name {}", engine.name());
            continue;
        }
        println!("in {}", engine.name());
        if catch_unwind(AssertUnwindSafe(|| test(&Page::start(engine, &dist)))).is_err() {
            failed.push(engine.name());
        }
    }
    assert!(failed.is_empty(), "failed in {}", failed.join(", "));
}

/// Gives a project its `node_modules`: the packages of hosts, and ours as it would be published.
pub(crate) fn install_packages(packages: &Path, project: &Path) {
    let modules = project.join("node_modules");
    fs::create_dir_all(&modules).unwrap();
    for package in fs::read_dir(packages).unwrap().flatten() {
        // Vite keeps what it makes in a folder of the project.
        if package.file_name() != ".vite" {
            symlink(package.path(), modules.join(package.file_name())).unwrap();
        }
    }
    let tarball = path("RELEASE_VIEWER_PACKAGE").expect("RELEASE_VIEWER_PACKAGE names the tarball");
    let folder = modules.join("release-viewer");
    fs::create_dir_all(&folder).unwrap();
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(&tarball).arg("--strip-components=1").arg("-C").arg(&folder);
    assert!(tar.status().unwrap().success(), "{} cannot be unpacked", tarball.display());
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}
