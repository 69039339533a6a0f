//! The finished site: `build` makes it, `stage` does what Trunk cannot.

use crate::{
    failure::{Context, Failure, Result, failed},
    process::{Guarded, duration, guarded, root, run},
    search,
    tools::Toolbox,
    widget,
};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// Names the folder of releases to Trunk's hook, which cannot be given arguments.
const FOLDER: &str = "RELEASE_VIEWER_FOLDER";

/// Who publishes the samples, and how many of them stand on one page of a list: as in index.html.
const PUBLISHER: &str = "외교부";
const PAGE_SIZE: &str = "6";

/// Where the release build is.
pub(crate) fn path() -> PathBuf {
    root().join("dist")
}

/// `build [FOLDER]`
pub(crate) fn build(folder: Option<&Path>) -> Result<()> {
    let start = Instant::now();
    make(&Toolbox::open()?, folder)?;
    println!("built in {}: {}", duration(start.elapsed()), path().display());
    println!(
        "any static server can serve it, for example: python3 -m http.server --directory dist"
    );
    Ok(())
}

/// Builds the site in release mode.
pub(crate) fn make(tools: &Toolbox, folder: Option<&Path>) -> Result<()> {
    let mut trunk = tools.trunk(&["build", "--release", "--quiet"])?;
    set_folder(&mut trunk, folder);
    run(trunk.arg("--dist").arg(path()))
}

/// Tells `stage`, far below the command, which releases to show.
pub(crate) fn set_folder(command: &mut Command, folder: Option<&Path>) {
    match folder {
        Some(folder) => command.env(FOLDER, folder),
        None => command.env_remove(FOLDER),
    };
}

/// The folder that a person has named, as an absolute path.
pub(crate) fn folder(given: &OsStr) -> Result<PathBuf> {
    let shown = Path::new(given).display();
    let folder = Path::new(given)
        .canonicalize()
        .map_err(|error| Failure::Usage(format!("cannot open the folder {shown}: {error}")))?;
    if !folder.is_dir() {
        return Err(Failure::Usage(format!("{shown} is no folder")));
    }
    Ok(folder)
}

/// `stage`, called by Trunk before it publishes a build: lets the native program write the archive beside the widget.
pub(crate) fn stage() -> Result<()> {
    let Some(staging) = env::var_os("TRUNK_STAGING_DIR") else {
        return Err(Failure::Usage("stage is called by Trunk: use `cargo xtask build`".into()));
    };
    let source = match env::var_os(FOLDER) {
        Some(given) => folder(&given)?.into_os_string(),
        None => OsString::from("static/samples"),
    };
    let staging = Path::new(&staging);
    widget::finish(staging)?;
    search::finish(staging)?;
    // The archive is made in a place of its own, where the next build renews it: Trunk's folder is always a new one.
    let archive = root().join("target/archive/archive");
    let folder = archive.parent().unwrap_or(&archive);
    fs::create_dir_all(folder).context(folder.display())?;
    let mut command =
        guarded("cargo", &["run", "--quiet", "--bin", "release-viewer", "--", "build"])?;
    command.arg(&source).arg("--out").arg(&archive).arg("--widget").arg(staging);
    command.args(["--publisher", PUBLISHER, "--page-size", PAGE_SIZE]);
    match Guarded::start(&mut command)?.wait()? {
        Some(0) => copy(&archive, &staging.join("archive")),
        // Problems in releases are for their author to mend; what could be read is there and can be shown.
        Some(1) => {
            println!("some releases have problems (above); going on with what could be read");
            copy(&archive, &staging.join("archive"))
        }
        Some(code) => {
            failed(format!("no archive from {}: exit code {code}", Path::new(&source).display()))
        }
        None => failed("the program that writes the archive was ended by a signal"),
    }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).context(to.display())?;
    for entry in fs::read_dir(from).context(from.display())? {
        let entry = entry.context(from.display())?;
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to)?;
        } else {
            fs::copy(entry.path(), &to).context(to.display())?;
        }
    }
    Ok(())
}

/// An absolute path for one that a person has named and that need not exist.
pub(crate) fn absolute(given: &OsStr) -> Result<PathBuf> {
    std::path::absolute(given).context(Path::new(given).display())
}
