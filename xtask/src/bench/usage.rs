//! What a program and its children have used: the system tells it of those whose end was awaited.

use crate::{
    failure::{Context, Failure, Result, failed},
    process::{guarded, run},
};
use nix::sys::{
    resource::{UsageWho, getrusage},
    time::TimeValLike,
};
use std::{
    env,
    ffi::{OsStr, OsString},
    fs,
    path::Path,
    process::{Command, ExitCode, Stdio},
    time::{Duration, Instant},
};

/// What one run has used.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    /// On the clock.
    pub(super) time: Duration,
    /// Of the processors, the program and the system for it.
    pub(super) cpu: Duration,
    /// The system's part of it.
    pub(super) system: Duration,
    /// The most memory of any one process, in bytes.
    pub(super) peak: u64,
}

/// `xtask usage FILE PROGRAM ARGS…`: runs the program and writes into FILE what it has used.
///
/// A process of its own for each run: what the system tells is the sum, and the peak the highest, of all children.
pub(crate) fn usage(args: &[OsString]) -> Result<ExitCode> {
    let [file, program, args @ ..] = args else {
        return Err(Failure::Usage("usage: which file, which program?".into()));
    };
    let name = Path::new(program).display();
    let start = Instant::now();
    let status =
        Command::new(program).args(args).status().context(format_args!("cannot start {name}"))?;
    let time = start.elapsed().as_micros();
    let used = getrusage(UsageWho::RUSAGE_CHILDREN)
        .map_err(|error| Failure::Failed(format!("what {name} has used is not told: {error}")))?;
    let (user, system) = (used.user_time(), used.system_time());
    let (user, system) = (user.num_microseconds(), system.num_microseconds());
    // Linux counts in kilobytes, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    fs::write(file, format!("{time} {user} {system} {}", used.max_rss() * unit))
        .context("usage")?;
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Runs a program in a folder and tells what it has used.
pub(super) fn measure<S: AsRef<OsStr>>(folder: &Path, program: &Path, args: &[S]) -> Result<Usage> {
    let file = folder.join("usage");
    let mut command = guarded(env::current_exe().context("where is xtask itself?")?, &["usage"])?;
    command.arg(&file).arg(program).args(args).current_dir(folder).stdout(Stdio::null());
    // What is remembered of the last run, too, is gone with the folder.
    command.env("XDG_CACHE_HOME", folder.join("cache"));
    run(&mut command)?;
    let text = fs::read_to_string(&file).context(file.display())?;
    let numbers: Vec<u64> = text.split(' ').filter_map(|number| number.parse().ok()).collect();
    let [time, user, system, peak] = numbers[..] else {
        return failed(format!("usage says: {text}"));
    };
    let [time, cpu, system] = [time, user + system, system].map(Duration::from_micros);
    Ok(Usage { time, cpu, system, peak })
}
