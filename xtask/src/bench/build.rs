//! `bench build`: how many releases a second of the processor goes into an archive, and with how much memory.

use super::{
    Scratch, eleventy,
    synthetic::Samples,
    usage::{Usage, measure},
};
use crate::{
    failure::{Context, Failure, Result, failed},
    process::{guarded, root, run},
};
use nix::sys::statvfs::statvfs;
use std::{
    env,
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

/// Releases in the small and in the large archive, and what `--quick` makes of it.
const SIZES: [usize; 2] = [10_000, 100_000];
const QUICK: [usize; 2] = [1_000, 10_000];

/// What a release takes on the disk at most, with its text, its page, its data and its share of feeds.
const BYTES: u64 = 50_000;

/// After this, no file system gives a second change the time of the first.
const SETTLED: Duration = Duration::from_secs(3);

/// The targets.
const RATE: f64 = 4000.0;
const GROWTH: f64 = 1.5;
const CHANGED: f64 = 0.05;

/// What is measured at one size.
struct Size {
    count: usize,
    full: Usage,
    unchanged: Usage,
    changed: Usage,
    added: Usage,
}

/// Measures both sizes and Eleventy, and prints the tables.
pub(super) fn build(quick: bool) -> Result<()> {
    let counts = if quick { QUICK } else { SIZES };
    room(counts.iter().sum())?;
    let program = native()?;
    let samples = Samples::read(&program, &root().join("static/samples"))?;
    // Nothing is deleted before the end: for a minute or more after it has deleted many files, ext4 searches long for
    // the number of each new one, and that is time of the processor, too.
    let work = Scratch::new("build")?;
    let mut sizes = Vec::new();
    for count in counts {
        sizes.push(archive(&program, &samples, count, &work.path().join(count.to_string()))?);
    }
    let [small, large] = &sizes[..] else { return failed("two sizes are compared") };
    println!("Eleventy: {} releases …", small.count);
    let folder = work.path().join("eleventy");
    samples.write(small.count, &folder.join("releases"))?;
    let other = eleventy::build(&folder)?;
    table(small, large, &other);
    Ok(())
}

/// Builds the program as it is published, and says where it is.
pub(super) fn native() -> Result<PathBuf> {
    run(&mut guarded(
        "cargo",
        &["build", "--quiet", "--profile", "native", "--bin", "release-viewer"],
    )?)?;
    // Beside the profile that xtask itself was built with, wherever that is.
    let own = env::current_exe().context("where is xtask itself?")?;
    let target = own.parent().and_then(|profile| profile.parent());
    let program = target.map(|target| target.join("native/release-viewer"));
    program
        .filter(|path| path.is_file())
        .map_or_else(|| failed("cargo has built no release-viewer"), Ok)
}

/// Says beforehand that the disk is too small.
pub(super) fn room(count: usize) -> Result<()> {
    let disk = statvfs(&root()).map_err(|error| {
        Failure::Failed(format!("how much room the disk has is not told: {error}"))
    })?;
    let (free, needed) = (disk.blocks_available() * disk.fragment_size(), count as u64 * BYTES);
    if free < needed {
        let giga = |bytes: u64| bytes as f64 / 1e9;
        return failed(format!(
            "{count} releases need {:.1} GB on the disk; {:.1} GB are free",
            giga(needed),
            giga(free)
        ));
    }
    Ok(())
}

/// Builds an archive in full, again, with one release changed, and with one more.
fn archive(program: &Path, samples: &Samples, count: usize, work: &Path) -> Result<Size> {
    let folder = work.join("releases");
    println!("{count} releases …");
    samples.write(count, &folder)?;
    // What was written just now may change again without a sign of it, so a build would read it twice.
    thread::sleep(SETTLED);
    let args = ["build", "releases", "--out", "archive", "--site", "https://press.example/"];
    let build = || measure(work, program, &args);
    let full = build()?;
    let unchanged = build()?;
    samples.change(count, &folder)?;
    let changed = build()?;
    samples.add(&folder)?;
    let added = build()?;
    Ok(Size { count, full, unchanged, changed, added })
}

fn table(small: &Size, large: &Size, other: &Usage) {
    println!(
        "\n{:>8}  {:<24} {:>8} {:>8} {:>8} {:>14} {:>8}",
        "releases", "", "s", "CPU s", "system s", "per CPU second", "peak MB"
    );
    for Size { count, full, unchanged, changed, added } in [small, large] {
        for (what, usage) in [
            ("full", full),
            ("again, unchanged", unchanged),
            ("again, 1 changed", changed),
            ("again, 1 added", added),
        ] {
            line(*count, what, usage);
        }
    }
    line(small.count, &format!("Eleventy {}", eleventy::VERSION), other);
    let per_cpu = |size: &Size| rate(size.count, &size.full);
    println!(
        "full, {} releases: {:.1} × Eleventy in releases per CPU second, {:.2} × in peak memory\n",
        small.count,
        per_cpu(small) / rate(small.count, other),
        small.full.peak as f64 / other.peak as f64,
    );
    if [small.count, large.count] != SIZES {
        println!(
            "The targets are those of the full sizes; at smaller ones fixed costs weigh more."
        );
    }
    println!("{:<60} {:>10}", "target", "measured");
    for size in [small, large] {
        let measured = per_cpu(size);
        target(
            &format!("{} releases: at least {RATE} per CPU second", size.count),
            &format!("{measured:.0}"),
            measured >= RATE,
        );
    }
    let growth = large.full.peak as f64 / small.full.peak as f64;
    target(
        &format!("peak memory of the large, at most {GROWTH} × the small"),
        &format!("{growth:.2}"),
        growth <= GROWTH,
    );
    for size in [small, large] {
        let part = size.changed.cpu.as_secs_f64() / size.full.cpu.as_secs_f64();
        target(
            &format!(
                "{} releases: 1 changed, at most {} % of the CPU",
                size.count,
                CHANGED * 100.0
            ),
            &format!("{:.1} %", part * 100.0),
            part <= CHANGED,
        );
    }
}

fn rate(count: usize, usage: &Usage) -> f64 {
    count as f64 / usage.cpu.as_secs_f64()
}

fn line(count: usize, what: &str, usage: &Usage) {
    println!(
        "{count:>8}  {what:<24} {:>8.2} {:>8.2} {:>8.2} {:>14.0} {:>8.1}",
        usage.time.as_secs_f64(),
        usage.cpu.as_secs_f64(),
        usage.system.as_secs_f64(),
        rate(count, usage),
        usage.peak as f64 / 1e6,
    );
}

fn target(what: &str, measured: &str, passed: bool) {
    println!("{what:<60} {measured:>10}  {}", if passed { "pass" } else { "MISS" });
}
