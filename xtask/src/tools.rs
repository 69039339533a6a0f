//! What a build needs beside cargo: in which version, where it is, and how it gets here.
//!
//! Tools live in `~/.cache/release-viewer/tools/<name>-<version>/` (or under `XDG_CACHE_HOME`), outside the project and
//! shared by all its copies. Nothing is installed into the system here.

use crate::{
    failure::{Context, Failure, Result, failed},
    process::{ask, duration, find, guarded, root, run},
};
use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// A program that `cargo install` can build.
struct Tool<'a> {
    /// The package.
    name: &'a str,
    /// The program by which we know that it is there, and which tells its version.
    program: &'a str,
    version: &'a str,
    /// How long the installation takes on two cores.
    minutes: u32,
}

/// The programs that a build needs, ready to use.
pub(crate) struct Toolbox {
    path: OsString,
}

impl Toolbox {
    /// Makes sure that all is there to build for the browser.
    pub(crate) fn open() -> Result<Self> {
        wasm_target()?;
        let lock = root().join("Cargo.lock");
        let text = fs::read_to_string(&lock).context(lock.display())?;
        let Some(version) = locked_version(&text, "wasm-bindgen") else {
            return failed(
                "Cargo.lock names no wasm-bindgen: which version of wasm-bindgen-cli fits?",
            );
        };
        // The generated glue and the crate must be of the very same version: wasm-bindgen checks it.
        let bindgen =
            Tool { name: "wasm-bindgen-cli", program: "wasm-bindgen", version, minutes: 3 };
        let trunk = Tool { name: "trunk", program: "trunk", version: "0.21.14", minutes: 6 };
        let own = [install(&bindgen)?, install(&trunk)?];
        let given = env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().flatten().chain(env::split_paths(&given));
        let path = env::join_paths(folders)
            .map_err(|error| Failure::Failed(format!("cannot put the tools on PATH: {error}")))?;
        Ok(Self { path })
    }

    /// A guarded command that finds the tools.
    pub(crate) fn command(&self, program: &str, args: &[&str]) -> Result<Command> {
        let mut command = guarded(program, args)?;
        command.env("PATH", &self.path);
        Ok(command)
    }

    /// Trunk, with what its environment must not say.
    pub(crate) fn trunk(&self, args: &[&str]) -> Result<Command> {
        let mut command = self.command("trunk", args)?;
        // Trunk 0.21 takes `true` and `false` only and refuses to start with the usual `NO_COLOR=1`.
        if env::var_os("NO_COLOR").is_some() {
            command
                .env_remove("NO_COLOR")
                .env("TRUNK_COLOR", "never")
                .env("CARGO_TERM_COLOR", "never");
        }
        Ok(command)
    }
}

/// Makes sure that Rust can compile for the browser.
pub(crate) fn wasm_target() -> Result<()> {
    if let Some(installed) = ask("rustup", &["target", "list", "--installed"]) {
        if installed.lines().any(|line| line.trim() == TARGET) {
            return Ok(());
        }
        return timed(&format!("adding the target {TARGET}"), || {
            run(&mut guarded("rustup", &["--quiet", "target", "add", TARGET])?)
        });
    }
    let sysroot = ask("rustc", &["--print", "sysroot"]).unwrap_or_default();
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).join("lib").is_dir() {
        println!("no rustup here, but {TARGET} is there: going on with it");
        return Ok(());
    }
    failed(format!(
        "Rust cannot compile for {TARGET}, and there is no rustup to add it: see https://rustup.rs"
    ))
}

/// The path of geckodriver.
pub(crate) fn geckodriver() -> Result<PathBuf> {
    let tool = Tool { name: "geckodriver", program: "geckodriver", version: "0.37.1", minutes: 2 };
    let program = match install(&tool)? {
        Some(folder) => Some(executable(&folder, tool.program)),
        None => find(tool.program),
    };
    program.map_or_else(|| failed("geckodriver has just been here, and is no more"), Ok)
}

/// The folder of npm packages `(name, version)`.
pub(crate) fn npm(packages: &[(&str, &str)]) -> Result<PathBuf> {
    let wanted: Vec<_> =
        packages.iter().map(|(name, version)| format!("{name}@{version}")).collect();
    let folder = cache()?.join(format!("npm-{}", wanted.join("-").replace(['@', '/'], "-")));
    let modules = folder.join("node_modules");
    if packages.iter().all(|(name, _)| modules.join(name).join("package.json").is_file()) {
        return Ok(modules);
    }
    if find("npm").is_none() {
        return failed(format!("npm is missing; it is needed for {}", wanted.join(", ")));
    }
    // Npm looks for a project above a folder that does not exist, and would write there.
    fs::create_dir_all(&folder).context(folder.display())?;
    timed(&format!("installing {}", wanted.join(", ")), || {
        let mut command = guarded(
            "npm",
            &["install", "--no-save", "--ignore-scripts", "--no-fund", "--no-audit"],
        )?;
        run(command.args(["--loglevel", "error", "--prefix"]).arg(&folder).args(&wanted))
    })?;
    Ok(modules)
}

/// Says what is done, does it, and says how long it took.
pub(crate) fn timed(what: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
    println!("{what} …");
    let start = Instant::now();
    work()?;
    println!("done in {}", duration(start.elapsed()));
    Ok(())
}

/// Installs the tool if it is missing; `None` when PATH has the right one already.
fn install(tool: &Tool<'_>) -> Result<Option<PathBuf>> {
    let Tool { name, program, version, minutes } = *tool;
    let folder = cache()?.join(format!("{name}-{version}"));
    let programs = folder.join("bin");
    if executable(&programs, program).is_file() {
        return Ok(Some(programs));
    }
    // All three print their name, then the version.
    let found = ask(program, &["--version"]);
    if found.is_some_and(|text| text.split_whitespace().nth(1) == Some(version)) {
        return Ok(None);
    }
    timed(&format!("installing {name} {version} (about {minutes} minutes)"), || {
        let args = ["install", name, "--version", version, "--locked", "--quiet", "--root"];
        run(guarded("cargo", &args)?.arg(&folder))
    })?;
    Ok(Some(programs))
}

fn cache() -> Result<PathBuf> {
    let given = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let Some(base) = given.or_else(|| Some(env::home_dir()?.join(".cache"))) else {
        return failed("no home directory, and no XDG_CACHE_HOME: where should the tools go?");
    };
    Ok(base.join("release-viewer/tools"))
}

fn executable(folder: &Path, program: &str) -> PathBuf {
    folder.join(format!("{program}{}", env::consts::EXE_SUFFIX))
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locked_version_is_that_of_the_very_package() {
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"0.4.50\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.126\"\nsource = \"registry\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.126"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }
}
