//! Folders that are refused, and places that cannot be written: nothing is lost.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use super::{Site, files, same, text};

/// Builds into a folder, which must fail with these words.
fn check(site: &Site, out: &Path, more: &[&str], words: &str) {
    let output = site.command(out, "cache", more).output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(words), "{said:?} does not say {words:?}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn a_folder_that_is_no_archive_is_left_alone() {
    let site = Site::with(5);
    let other = site.root.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.txt"), "years of work").unwrap();
    check(&site, &other, &[], "is not empty and holds no archive");
    fs::write(other.join("archive.json"), "{\"name\": \"my archive\"}").unwrap();
    check(&site, &other, &["--full"], "is not empty and holds no archive");
    assert_eq!(fs::read_to_string(other.join("thesis.txt")).unwrap(), "years of work");
    site.build(&[]);
    fs::write(site.out().join("robots.txt"), "User-agent: *").unwrap();
    check(&site, &site.out(), &[], "holds “robots.txt”");
    check(&site, &site.out(), &["--full"], "holds “robots.txt”");
    fs::remove_file(site.out().join("robots.txt")).unwrap();
    site.build(&["--full"]);
}

#[test]
fn sources_and_archive_are_not_inside_each_other() {
    let site = Site::with(5);
    check(&site, &site.folder().join("out"), &[], "one of the folders is inside the other");
    check(&site, site.root.path(), &[], "one of the folders is inside the other");
    check(&site, &site.folder(), &[], "one of the folders is inside the other");
    assert!(!site.folder().join("out").exists());
}

#[test]
fn a_call_that_is_wrong_says_what_was_expected() {
    let site = Site::with(5);
    let out = site.out();
    check(&site, &out, &["--site", "example.kr"], "expected an absolute address");
    check(&site, &out, &["--site", "ftp://example.kr/"], "expected an absolute address");
    check(&site, &out, &["--template", "no/such.html"], "no/such.html");
    fs::remove_dir_all(site.folder()).unwrap();
    check(&site, &out, &[], "no such folder");
    fs::create_dir(site.folder()).unwrap();
    check(&site, &out, &[], "no releases; expected files");
    site.write("a.txt", "Press Releases\n\nTalks\n\nDate\n2026-07-02\n\n1. They met.\n");
    check(&site, &out, &[], "under embargo; the first one ends 2026-07-02 00:00 (Seoul)");
    assert!(!out.exists());
}

#[test]
fn a_folder_that_has_become_empty_leaves_the_archive() {
    let site = Site::with(5);
    site.build(&[]);
    let before = files(&site.out());
    for entry in fs::read_dir(site.folder()).unwrap() {
        fs::remove_file(entry.unwrap().path()).unwrap();
    }
    check(&site, &site.out(), &[], "no releases");
    same("served", &files(&site.out()), &before);
}

#[test]
fn where_the_cache_cannot_be_written_each_build_is_a_full_one() {
    let site = Site::with(5);
    let run = || {
        let mut command = site.command(&site.out(), "cache", &[]);
        let output = command.env("XDG_CACHE_HOME", "/dev/null/x").output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        text(&output.stderr)
    };
    let said = run();
    assert!(said.lines().count() == 1 && said.contains("each build is a full one"), "{said}");
    site.release(1, "Changed.");
    run();
    same("served", &files(&site.out()), &site.anew(&[]));
}

#[test]
fn a_place_that_cannot_be_written_is_named() {
    let site = Site::with(5);
    check(&site, Path::new("/proc/archive"), &[], "/proc");
    let locked = site.root.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o500)).unwrap();
    // Whoever may write everywhere can write here too.
    if fs::write(locked.join("probe"), "").is_err() {
        check(&site, &locked.join("archive"), &[], "locked");
    }
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn one_build_at_a_time_writes_an_archive() {
    let site = Site::with(5);
    site.build(&[]);
    let lock = fs::File::create(site.root.path().join("site/.archive.lock")).unwrap();
    lock.try_lock().unwrap();
    check(&site, &site.out(), &[], "another build is writing it");
    drop(lock);
    site.build(&[]);
}

/// A file system that is taken away at the end.
struct Small<'a>(&'a Path);

impl<'a> Small<'a> {
    /// `None` where it may not be mounted.
    fn mount(path: &'a Path, size: &str) -> Option<Self> {
        fs::create_dir_all(path).unwrap();
        let size = format!("size={size}");
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(path).output();
        mount.is_ok_and(|output| output.status.success()).then_some(Self(path))
    }
}

impl Drop for Small<'_> {
    fn drop(&mut self) {
        let _still_there = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_leaves_the_old_archive() {
    let site = Site::with(60);
    let place = site.root.path().join("site");
    let Some(_small) = Small::mount(&place, "6m") else {
        eprintln!("skipped: a small file system can be mounted by root only");
        return;
    };
    site.build(&[]);
    let before = files(&site.out());
    // Mount points cannot be swapped.
    check(&site, &place, &[], "is a mount point");
    let words = "The two sides met for a very long time. ".repeat(1500);
    for number in 0..60 {
        site.release(number, &words);
    }
    for more in [&[][..], &["--full"]] {
        let output = site.run(more);
        assert_eq!(output.status.code(), Some(2), "{}", text(&output.stdout));
        assert!(text(&output.stderr).contains("No space left"), "{}", text(&output.stderr));
        same("served", &files(&site.out()), &before);
    }
    for number in 0..60 {
        site.release(number, "Short.");
    }
    site.build(&[]);
    same("mended", &files(&site.out()), &site.anew(&[]));
}
