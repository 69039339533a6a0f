//! A build that is killed leaves the archive whole, and the next one mends what it left beside.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Files, Site, dated, files, same};

/// Moments at which a build is killed.
const KILLS: u32 = 104;

/// Numbers that look random and are the same in each run (Marsaglia, Xorshift RNGs, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

/// Brings the folder into one of two states. Only what differs is written.
fn put(site: &Site, second: bool) {
    for number in 0..12 {
        let text = if second { "In the second state." } else { "In the first state." };
        site.release(number, text);
    }
    for (name, there, day) in [("first", !second, "2020-02-02"), ("second", second, "2003-03-03")] {
        let path = site.folder().join(format!("{name}.en.txt"));
        if there {
            fs::write(path, dated("Embassy Diary", name, day, "Text.")).unwrap();
        } else if path.exists() {
            fs::remove_file(path).unwrap();
        }
    }
}

fn beside(site: &Site) -> PathBuf {
    site.out().parent().unwrap().to_owned()
}

/// Kills a build after a part of its time, and says whether it was still at work.
fn kill(site: &Site, after: Duration, more: &[&str]) -> bool {
    let mut command = site.command(&site.out(), "cache", more);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while start.elapsed() < after {
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    child.kill().unwrap();
    child.wait().unwrap().code().is_none()
}

#[test]
fn a_killed_build_leaves_the_old_archive_or_the_new_one() {
    let site = Site::with(40);
    let states: Vec<Files> = [false, true]
        .map(|second| {
            put(&site, second);
            site.anew(&[])
        })
        .into();
    put(&site, false);
    site.build(&[]);
    let mut random = Random(20_260_601);
    let (mut killed, mut swapped) = (0, 0);
    let mut second = false;
    let mut usual = Duration::from_millis(100);
    let mut tries = 0;
    while killed < KILLS {
        tries += 1;
        assert!(tries < 4 * KILLS, "builds end before they are killed");
        let before = usize::from(second);
        second = !second;
        put(&site, second);
        // A full one now and then, and one for which the state was lost.
        let more: &[&str] = if tries % 5 == 0 { &["--full"] } else { &[] };
        if tries % 11 == 0 {
            fs::remove_dir_all(site.root.path().join("cache")).unwrap();
        }
        let micros = u64::try_from(usual.as_micros()).unwrap();
        let after = Duration::from_micros(random.below(micros * 11 / 10));
        killed += u32::from(kill(&site, after, more));
        let served = files(&site.out());
        if served == states[1 - before] {
            swapped += 1;
        } else {
            same(&format!("try {tries}, after {after:?}"), &served, &states[before]);
        }
        // Two builds in a row may be killed.
        if tries % 4 != 0 {
            let start = Instant::now();
            site.build(&[]);
            usual = (usual + start.elapsed()) / 2;
            same(&format!("the build after try {tries}"), &files(&site.out()), &states[1 - before]);
            same(&format!("its twin, {tries}"), &files(&site.twin()), &states[1 - before]);
        } else {
            second = files(&site.out()) == states[1];
        }
    }
    assert!(swapped > 0, "some are killed after the swap");
    site.build(&[]);
    let mut left: Vec<String> = fs::read_dir(beside(&site))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, [".archive.next", "archive"]);
}
