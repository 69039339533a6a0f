//! Other programs: finding them, asking them, and running them so that none outlives xtask.
//!
//! Xtask may be ended by Ctrl-C, by a signal or by a crash, and cannot catch the first two with std alone. So whatever
//! runs for long is started as `xtask guard PROGRAM …` in a process group of its own, with a pipe as its standard
//! input that only xtask holds. When xtask is gone, however it went, the pipe closes and the guard ends the group.

use crate::failure::{Context, Failure, Result, failed};
use std::{
    env,
    ffi::{OsStr, OsString},
    io,
    path::{Path, PathBuf},
    process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio},
    thread,
    time::Duration,
};

/// The root of the project.
pub(crate) fn root() -> PathBuf {
    // Cargo sets it anew for each run: right also after the project has been moved.
    let here = env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    here.parent().map(Path::to_path_buf).unwrap_or(here)
}

/// Where a program is on PATH.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// What a short command prints; `None` when it is missing or fails.
pub(crate) fn ask(program: impl AsRef<OsStr>, args: &[&str]) -> Option<String> {
    let output =
        Command::new(program).args(args).current_dir(root()).stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A command in the root of the project that ends when xtask ends; start it with [`Guarded::start`] or [`run`].
pub(crate) fn guarded(program: impl AsRef<OsStr>, args: &[&str]) -> Result<Command> {
    let mut command = Command::new(env::current_exe().context("where is xtask itself?")?);
    command.arg("guard").arg(program).args(args).current_dir(root()).stdin(Stdio::piped());
    own_group(&mut command);
    Ok(command)
}

/// Runs a command from [`guarded`] to its end.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    match Guarded::start(command)?.wait()? {
        Some(0) => Ok(()),
        Some(code) => failed(format!("{} ended with exit code {code}", name(command))),
        None => failed(format!("{} was ended by a signal", name(command))),
    }
}

/// A running command from [`guarded`]; dropping it ends the program and all that it has started.
pub(crate) struct Guarded {
    child: Child,
    lifeline: Option<ChildStdin>,
}

impl Guarded {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.spawn().context(format_args!("cannot start {}", name(command)))?;
        // Out of the child: `Child::wait` would close it, and with it end the program.
        let lifeline = child.stdin.take();
        Ok(Self { child, lifeline })
    }

    /// Waits for the end and returns the exit code, `None` after a signal.
    pub(crate) fn wait(&mut self) -> Result<Option<i32>> {
        Ok(self.child.wait().context("cannot wait for a program")?.code())
    }

    /// Tells whether it has ended.
    pub(crate) fn has_ended(&mut self) -> Result<bool> {
        Ok(self.child.try_wait().context("cannot look after a program")?.is_some())
    }

    /// What it prints, if the command asked for a pipe.
    pub(crate) fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // From here too: the program itself may be gone, and a browser that it has started still there.
        end_group(self.child.id());
        drop(self.lifeline.take());
        // Nothing is left to do when waiting fails: the program is gone.
        drop(self.child.wait());
    }
}

/// `xtask guard PROGRAM ARGS…`: runs the program, and ends it when standard input closes.
pub(crate) fn guard(args: &[OsString]) -> Result<ExitCode> {
    let Some((program, args)) = args.split_first() else {
        return Err(Failure::Usage("guard: which program?".into()));
    };
    let program_name = Path::new(program).display();
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .spawn()
        .context(format_args!("cannot start {program_name}"))?;
    thread::spawn(|| {
        // An error on the pipe means the same as its end: nobody is there any more.
        drop(io::copy(&mut io::stdin(), &mut io::sink()));
        end_group(std::process::id());
    });
    let status = child.wait().context(format_args!("cannot wait for {program_name}"))?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// `4 min 12 s`, `3.1 s`.
pub(crate) fn duration(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 60.. => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{:.1} s", time.as_secs_f64()),
    }
}

/// What the guarded command is called, for messages.
fn name(command: &Command) -> String {
    let words: Vec<_> = command.get_args().skip(1).map(OsStr::to_string_lossy).collect();
    let Some((program, args)) = words.split_first() else { return String::from("xtask") };
    let program =
        Path::new(&**program).file_name().map_or_else(|| program.clone(), OsStr::to_string_lossy);
    // The subcommand tells enough; the whole line of `npm install` does not read well in a sentence.
    args.first().map_or_else(|| program.to_string(), |first| format!("{program} {first}"))
}

#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

/// Ends the process group that `leader` was started in as its first.
#[cfg(unix)]
fn end_group(leader: u32) {
    // The shell's own `kill`: slim images have no other. Dash wants the `--`. A group that is gone already is no error.
    let kill = format!("kill -s TERM -- -{leader}");
    drop(
        Command::new("sh").args(["-c", &kill]).stdin(Stdio::null()).stderr(Stdio::null()).status(),
    );
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

#[cfg(windows)]
fn end_group(leader: u32) {
    let leader = leader.to_string();
    drop(
        Command::new("taskkill")
            .args(["/T", "/F", "/PID", &leader])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status(),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_reads_like_a_sentence() {
        assert_eq!(duration(Duration::from_millis(3140)), "3.1 s");
        assert_eq!(duration(Duration::from_secs(252)), "4 min 12 s");
    }
}
