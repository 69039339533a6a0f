//! `build`: what it writes, that a renewed archive is the same as a new one, and what it refuses.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

mod kills;
mod refusals;

/// When the tests take place, in Seoul.
const NOW: &str = "2026-06-01T09:00:00+09:00";

/// A folder of sources, and the archive made of it.
pub(crate) struct Site {
    root: TempDir,
}

impl Site {
    pub(crate) fn new() -> Self {
        // In memory where there is such a place: each build waits until its files are on the disk.
        let memory = Path::new("/dev/shm");
        let root = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
        let site = Self { root: root.unwrap() };
        fs::create_dir(site.folder()).unwrap();
        site
    }

    /// With releases in two languages and three sections, each on a day of its own.
    pub(crate) fn with(count: u32) -> Self {
        let site = Self::new();
        for number in 0..count {
            site.release(number, &format!("The two sides met {number} times."));
        }
        site
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.root.path().join("folder")
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.root.path().join("site/archive")
    }

    fn twin(&self) -> PathBuf {
        self.root.path().join("site/.archive.next")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.folder().join(name), text).unwrap();
    }

    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.folder().join(name)).unwrap();
    }

    pub(crate) fn release(&self, number: u32, text: &str) {
        let day =
            format!("20{:02}-{:02}-{:02}", 10 + number / 100, 1 + number % 12, 1 + number % 28);
        if number.is_multiple_of(3) {
            let section = if number.is_multiple_of(2) { "보도자료" } else { "브리핑" };
            self.write(
                &format!("r{number:03}.ko.txt"),
                &format!(
                    "{section}\n\n회담 {number} 개최\n\n작성일\n{day}\n\n1. 양측은 만났다. {text}\n"
                ),
            );
        }
        if !number.is_multiple_of(3) || number.is_multiple_of(9) {
            let section = if number.is_multiple_of(5) { "Ministry News" } else { "Press Releases" };
            self.write(
                &format!("r{number:03}.en.txt"),
                &dated(section, &format!("Talks {number} held"), &day, text),
            );
        }
    }

    fn command(&self, out: &Path, cache: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_release-viewer"));
        command.env("XDG_CACHE_HOME", self.root.path().join(cache));
        command.arg("build").arg(self.folder()).arg("--out").arg(out);
        if !more.contains(&"--site") {
            command.args(["--site", "https://example.kr/press"]);
        }
        command.args(["--page-size", "7", "--now"]);
        // Given twice, the last one would be refused: so the default is left out where another moment is asked for.
        if !more.iter().any(|word| word.starts_with("20")) {
            command.arg(NOW);
        }
        command.args(more);
        command
    }

    /// Builds with what the last build knew.
    fn run(&self, more: &[&str]) -> Output {
        self.command(&self.out(), "cache", more).output().unwrap()
    }

    /// Builds, and gives what was said on standard output.
    pub(crate) fn build(&self, more: &[&str]) -> String {
        let output = self.run(more);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout)
    }

    /// The archive that a build which knows nothing makes of the folder.
    fn anew(&self, more: &[&str]) -> Files {
        let (out, cache) = (self.root.path().join("new"), "new-cache");
        let output = self.command(&out, cache, more).output().unwrap();
        assert!(output.status.code() < Some(2), "{}", text(&output.stderr));
        let made = files(&out);
        for path in [out, self.root.path().join(".new.next"), self.root.path().join(cache)] {
            fs::remove_dir_all(path).unwrap();
        }
        made
    }

    /// Builds and compares with a new archive. Both folders must be whole.
    pub(crate) fn check(&self, what: &str, more: &[&str]) -> String {
        let output = self.run(more);
        assert!(output.status.code() < Some(2), "{what}: {}", text(&output.stderr));
        let (served, anew) = (files(&self.out()), self.anew(more));
        same(what, &served, &anew);
        same(&format!("{what}, twin"), &files(&self.twin()), &anew);
        text(&output.stdout)
    }
}

pub(crate) fn dated(section: &str, title: &str, day: &str, words: &str) -> String {
    format!("{section}\n\n{title}\n\nDate\n{day}\n\n1. {words}\n")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// Every file by its path, and every folder without content.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

pub(crate) fn files(folder: &Path) -> Files {
    fn walk(folder: &Path, under: &Path, into: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(under).unwrap().to_str().unwrap().to_owned();
            if path.is_dir() {
                into.insert(format!("{name}/"), Vec::new());
                walk(&path, under, into);
            } else {
                into.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut into = Files::new();
    walk(folder, folder, &mut into);
    into
}

fn same(what: &str, one: &Files, two: &Files) {
    let differ: Vec<&String> =
        one.keys().chain(two.keys()).filter(|name| one.get(*name) != two.get(*name)).collect();
    assert!(differ.is_empty(), "{what}: {differ:?}");
}

#[test]
fn an_archive_has_its_layout() {
    let site = Site::with(250);
    let said = site.build(&[]);
    assert!(said.contains(" releases, ") && said.contains(", 0 removed; no embargo"), "{said}");
    let files = files(&site.out());
    for name in [
        "archive.json",
        "index.html",
        "feed.json",
        "rss.xml",
        "atom.xml",
        "sitemap.xml",
        "ko/feed.json",
        "ko/sitemap.xml",
        "ko/press-releases/index.html",
        "ko/press-releases/page-2.html",
        "ko/briefings/atom.xml",
        "en/ministry-news/rss.xml",
        "en/press-releases/feed.json",
        "lists/en/press-releases/0.json",
        "lists/en/press-releases/1.json",
        "feeds/en/0.json",
        "feeds/en/1.json",
        "releases/r001-en.html",
        "releases/r001-en.json",
    ] {
        assert!(files.contains_key(name), "{name}");
    }
    for (name, bytes) in &files {
        if name.ends_with(".json") {
            assert!(serde_json::from_slice::<serde_json::Value>(bytes).is_ok(), "{name}");
        }
    }
}

#[test]
fn a_second_build_has_nothing_to_do() {
    let site = Site::with(30);
    site.build(&[]);
    let served = fs::metadata(site.out()).unwrap().ino();
    assert!(site.build(&[]).contains(" 0 files written, 0 removed"));
    assert!(
        site.build(&["--full"]).contains(" 0 files written, 0 removed"),
        "equal files are linked"
    );
    assert_ne!(served, fs::metadata(site.out()).unwrap().ino(), "it was made anew all the same");
    let file = |folder: PathBuf| fs::metadata(folder.join("index.html")).unwrap().ino();
    assert_eq!(file(site.out()), file(site.twin()), "one file, two names");
}

#[test]
fn a_renewed_archive_is_the_same_as_a_new_one() {
    let site = Site::with(250);
    site.check("first", &[]);
    site.release(107, "Another text.");
    let said = site.check("text", &[]);
    let written: usize = said
        .split(" files written")
        .next()
        .and_then(|start| start.rsplit(' ').next()?.parse().ok())
        .unwrap();
    let index = 128 + 20;
    assert!(
        (3..15 + index).contains(&written),
        "page, data, pieces, lists, feeds, one segment of texts and few leaves: {said}"
    );
    site.write("r107.en.txt", &dated("Press Releases", "Another title", "2011-12-24", "Text."));
    site.check("title", &[]);
    site.write("new.en.txt", &dated("Press Releases", "Newest", "2026-05-30", "Text."));
    site.check("newest added", &[]);
    site.write("old.en.txt", &dated("Press Releases", "Oldest", "1999-05-30", "Text."));
    site.check("oldest added", &[]);
    site.write("middle.en.txt", &dated("Ministry News", "Middle", "2011-05-30", "Text."));
    site.check("middle added", &[]);
    site.write("new.en.txt", &dated("Press Releases", "Newest", "2010-05-30", "Text."));
    site.check("moved in time", &[]);
    site.write("new.en.txt", &dated("Ministry News", "Newest", "2010-05-30", "Text."));
    site.check("moved to another section", &[]);
    site.write("new.en.txt", &dated("Embassy Diary", "Newest", "2010-05-30", "Text."));
    site.check("moved to a section of its own", &[]);
    site.write("new.ko.txt", "보도자료\n\n최신\n\n작성일\n2011-02-03\n\n1. 양측은 만났다.\n");
    site.check("translated", &[]);
    let page = fs::read_to_string(site.out().join("releases/new-en.html")).unwrap();
    assert!(page.contains("new-ko.html"), "a translation is linked");
    site.remove("new.en.txt");
    site.check("removed, and its section", &[]);
    site.remove("old.en.txt");
    site.check("oldest removed", &[]);
    for number in [0, 1, 2, 3, 50, 100, 249] {
        site.release(number, "Many at once.");
    }
    site.remove("r248.en.txt");
    site.remove("r247.en.txt");
    site.write("a.en.txt", &dated("Press Releases", "A", "2012-12-12", "Text."));
    site.check("many at once", &[]);
    fs::create_dir(site.folder().join("below")).unwrap();
    fs::rename(site.folder().join("a.en.txt"), site.folder().join("below/a.en.txt")).unwrap();
    let said = site.check("moved to a folder below", &[]);
    assert!(said.contains(" 0 files written, 0 removed"), "{said}");
    for entry in fs::read_dir(site.folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.to_str().unwrap().ends_with(".en.txt") && !path.ends_with("r001.en.txt") {
            fs::remove_file(path).unwrap();
        }
    }
    fs::remove_dir_all(site.folder().join("below")).unwrap();
    site.check("one left of a language", &[]);
    site.remove("r001.en.txt");
    site.check("a language gone", &[]);
    site.check("other settings", &["--publisher", "Ministry of Tests"]);
}

#[test]
fn a_release_with_a_time_stands_among_those_of_its_day() {
    let site = Site::with(5);
    let item = |id: &str, time: &str| {
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"items\":[{{\"id\":\"{id}\",\"title\":\"{id}\",\
             \"language\":\"en\",\"_release\":{{\"section\":\"Briefings\",\"section_id\":\"briefings\",\
             \"date\":\"2026-05-01\",\"time\":{time},\"blocks\":[]}}}}]}}"
        )
    };
    site.write("a.json", &item("a", "null"));
    site.write("b.json", &item("b", "\"10:00:00\""));
    site.write("c.json", &item("c", "\"11:00:00\""));
    site.write("d.json", &item("d", "\"11:00:00\""));
    site.check("times", &[]);
    let list = fs::read_to_string(site.out().join("lists/en/briefings/0.json")).unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let ids: Vec<&str> =
        list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["c", "d", "b", "a"]);
    site.write("a.json", &item("a", "\"12:00:00\""));
    site.check("another time", &[]);
}

#[test]
fn a_withdrawn_release_keeps_its_address_and_loses_its_text() {
    let site = Site::with(20);
    let item = |more: &str| {
        format!(
            "{{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"x\",\"items\":[{{\"id\":\"gone\",\"title\":\"Taken back\",\
             \"language\":\"en\",\"_release\":{{\"section\":\"Briefings\",\"section_id\":\"briefings\",\
             \"date\":\"2026-05-01\",\"opening\":\"secretly\",{more}\"blocks\":[{{\"kind\":\"paragraph\",\"level\":1,\"id\":\"p1\",\"text\":\"secretly\"}}]}}}}]}}"
        )
    };
    site.write("gone.json", &item(""));
    site.check("published", &[]);
    assert!(holds(&site.out(), "secretly"));
    site.write(
        "gone.json",
        &item("\"withdrawn\":{\"date\":\"2026-05-02\",\"reason\":\"in error\"},"),
    );
    site.check("withdrawn", &[]);
    assert!(site.out().join("releases/gone.html").exists());
    assert!(!holds(&site.out(), "secretly") && !holds(&site.twin(), "secretly"));
    assert!(!fs::read_to_string(site.out().join("en/sitemap.xml")).unwrap().contains("gone"));
}

fn holds(folder: &Path, word: &str) -> bool {
    files(folder).iter().any(|(name, bytes)| {
        name.contains(word) || bytes.windows(word.len()).any(|part| part == word.as_bytes())
    })
}

#[test]
fn a_release_under_embargo_leaves_no_trace_until_its_time() {
    let site = Site::with(20);
    site.write(
        "zzsecret.en.txt",
        &dated("Press Releases", "Unheard-of accord", "2026-07-01", "Text."),
    );
    site.write(
        "zzsecret.ko.txt",
        "보도자료\n\n전례 없는 합의\n\n작성일\n2026-05-30\n\n1. 양측은 만났다.\n",
    );
    let said = site.check("before", &[]);
    assert!(said.ends_with("; next embargo ends 2026-07-01 00:00 (Seoul)\n"), "{said}");
    let hidden = || {
        for folder in [site.out(), site.twin()] {
            assert!(!holds(&folder, "zzsecret-en") && !holds(&folder, "Unheard-of"));
        }
    };
    hidden();
    let state: Vec<Vec<u8>> = files(&site.root.path().join("cache")).into_values().collect();
    let state = state.concat();
    assert!(!state.windows(10).any(|part| part == b"Unheard-of"), "the state knows the path only");
    site.check("a minute before", &["2026-06-30T23:59:59+09:00"]);
    hidden();
    let said = site.check("its time", &["2026-06-30T15:00:00Z"]);
    assert!(said.ends_with("; no embargo\n"), "{said}");
    assert!(site.out().join("releases/zzsecret-en.html").exists());
    let page = fs::read_to_string(site.out().join("releases/zzsecret-ko.html")).unwrap();
    assert!(page.contains("zzsecret-en"), "the translation is linked");
    site.check("the clock goes back", &[]);
    hidden();
}

#[test]
fn an_embargo_that_nobody_can_read_holds_a_release_back() {
    let site = Site::with(3);
    let text = "Press Releases\n\nEmbargo: 10:00 tomorrow\n\nUnheard-of accord\n\n2026-05-01\n\n1. The sides met.\n";
    site.write("zzsecret.en.txt", text);
    site.check("an embargo without a day", &[]);
    for folder in [site.out(), site.twin()] {
        assert!(!holds(&folder, "zzsecret-en") && !holds(&folder, "Unheard-of"));
    }
}

#[test]
fn what_is_odd_is_said_by_each_build() {
    let site = Site::with(5);
    site.write("empty.txt", "");
    site.write("odd.txt", "Press Releases\n\nTalks\n\n1. They met.\n");
    let said = || {
        let output = site.run(&[]);
        assert_eq!(output.status.code(), Some(1));
        text(&output.stderr)
    };
    let first = said();
    let lines: Vec<&str> = first.lines().collect();
    assert_eq!(lines.len(), 2, "{first}");
    assert!(
        lines[0].contains("empty.txt: the file is empty")
            && lines[1].contains("odd.txt:3: no date")
    );
    assert_eq!(said(), first);
    let output = site.run(&["--full", "--json"]);
    let codes: Vec<String> = text(&output.stderr)
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["code"].to_string())
        .collect();
    assert_eq!(codes, ["\"unreadable\"", "\"missing-date\""]);
    site.remove("empty.txt");
    site.remove("odd.txt");
    site.build(&[]);
}

#[test]
fn of_two_with_one_id_the_first_by_path_is_shown() {
    let site = Site::with(5);
    site.write("b.txt", &dated("Press Releases", "From b", "2026-05-01", "Text."));
    site.build(&[]);
    for name in ["a", "c"] {
        fs::create_dir(site.folder().join(name)).unwrap();
        site.write(
            &format!("{name}/b.txt"),
            &dated("Press Releases", &format!("From {name}"), "2026-05-02", "Text."),
        );
    }
    let check = |title: &str, losers: &[&str]| {
        let output = site.run(&[]);
        let said = text(&output.stderr);
        assert_eq!(said.lines().count(), losers.len(), "{said}");
        for (line, loser) in said.lines().zip(losers) {
            assert!(line.contains(&format!("{loser}:1: the id “b” is taken by ")), "{line}");
        }
        let page = fs::read_to_string(site.out().join("releases/b.html")).unwrap();
        assert!(page.contains(title), "{title}");
        same(title, &files(&site.out()), &site.anew(&[]));
    };
    check("From a", &["folder/b.txt", "folder/c/b.txt"]);
    check("From a", &["folder/b.txt", "folder/c/b.txt"]);
    site.remove("a/b.txt");
    check("From b", &["folder/c/b.txt"]);
    site.remove("b.txt");
    check("From c", &[]);
    site.write("a/b.txt", &dated("Press Releases", "Again a", "2026-05-02", "Text."));
    check("Again a", &["folder/c/b.txt"]);
}
