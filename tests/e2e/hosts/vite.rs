//! Builds the applications of hosts with Vite, as their own developers would.

use super::{folder, packages};
use crate::given;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// The folder in which the applications are built: `react/out`, `react/strict` (for development), `vue/out`. It is made
/// once; nothing if the environment does not say where the packages are.
pub(super) fn built() -> Option<&'static Path> {
    static BUILT: OnceLock<Option<PathBuf>> = OnceLock::new();
    BUILT
        .get_or_init(|| {
            given::path("RELEASE_VIEWER_PACKAGE")?;
            Some(build(&packages()?))
        })
        .as_deref()
}

fn build(packages: &Path) -> PathBuf {
    let work = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hosts");
    if work.exists() {
        fs::remove_dir_all(&work).unwrap();
    }
    given::install_packages(packages, &work);
    for name in ["react", "vue"] {
        given::copy(&folder().join(name), &work.join(name));
    }
    let vite = packages.join("vite/bin/vite.js");
    vite_build(&vite, &work.join("react"), "production");
    vite_build(&vite, &work.join("react"), "development");
    vite_build(&vite, &work.join("vue"), "production");
    work
}

fn vite_build(vite: &Path, application: &Path, mode: &str) {
    let output = Command::new("node")
        .arg(vite)
        .args(["build", "--mode", mode, "--logLevel", "warn"])
        .current_dir(application)
        .env("NODE_ENV", mode)
        .output()
        .expect("node runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{} cannot be built:\n{said}", application.display());
    assert!(said.trim().is_empty(), "Vite warns:\n{said}");
}
