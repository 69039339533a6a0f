//! `package`: the built element for other people's projects, as an npm package and as a zip with a page to try.
//!
//! **Invariant:** the bytes depend on the files alone. No time, no owner, no order of a folder, no system gets in.

use crate::{
    dist,
    failure::{Context, Failure, Result, failed},
    process::root,
    tools::Toolbox,
};
use flate2::{Compression, GzBuilder};
use std::{
    collections::BTreeMap,
    fs,
    io::{self, Cursor, Write},
    path::{Path, PathBuf},
};
use zip::{DateTime, ZipWriter, write::SimpleFileOptions};

/// What both archives are called, and the folder in the zip.
const NAME: &str = "release-viewer";

/// 26 October 1985, as npm writes it: some tools take a file of 1970 for broken.
const NPM_TIME: u64 = 499_162_500;

/// Names in an archive, and what stands there. The map keeps them in order.
type Files = BTreeMap<String, Vec<u8>>;

/// Writes both archives of the samples' build.
pub(crate) fn package() -> Result<()> {
    dist::make(&Toolbox::open()?, None)?;
    write()
}

/// Where the npm package is.
pub(crate) fn tarball() -> Result<PathBuf> {
    let version = version(&text(&root().join("Cargo.toml"))?)?;
    Ok(root().join("dist-package").join(format!("{NAME}-{version}.tgz")))
}

/// Writes both archives of the build that is there.
pub(crate) fn write() -> Result<()> {
    let (root, dist) = (root(), dist::path());
    let version = version(&text(&root.join("Cargo.toml"))?)?;
    let folder = root.join("dist-package");
    fs::create_dir_all(&folder).context(folder.display())?;
    for (ending, bytes) in [
        ("tgz", tgz(&npm(&root, &dist, &version)?).context("tgz")?),
        ("zip", zip(&page(&root, &dist, &version)?).context("zip")?),
    ] {
        let path = folder.join(format!("{NAME}-{version}.{ending}"));
        fs::write(&path, &bytes).context(path.display())?;
        println!("{}  {} kB", path.display(), bytes.len().div_ceil(1000));
    }
    Ok(())
}

/// What the npm package holds.
fn npm(root: &Path, dist: &Path, version: &str) -> Result<Files> {
    let ours = root.join("static/package");
    let mut files = element(dist, "package/")?;
    for name in [
        "README.md",
        "custom-elements.json",
        "index.js",
        "react.d.ts",
        "release-viewer.d.ts",
        "vite.d.ts",
        "vite.js",
        "vue.d.ts",
    ] {
        take(&mut files, &ours.join(name), format!("package/{name}"))?;
    }
    take(&mut files, &root.join("LICENSE"), "package/LICENSE".into())?;
    let json = text(&ours.join("package.json"))?.replace("{version}", version);
    files.insert("package/package.json".into(), json.into_bytes());
    Ok(files)
}

/// What the zip holds: all that a web server needs for a first look.
fn page(root: &Path, dist: &Path, version: &str) -> Result<Files> {
    let ours = root.join("static/package");
    let place = |name: &str| format!("{NAME}/{name}");
    let mut files = element(dist, &place(""))?;
    folder(&mut files, &dist.join("archive"), &place("archive"))?;
    for name in ["host.css", "icon.svg"] {
        take(&mut files, &dist.join(name), place(name))?;
    }
    take(&mut files, &ours.join("try.html"), place("index.html"))?;
    take(&mut files, &root.join("LICENSE"), place("LICENSE.txt"))?;
    let readme = text(&ours.join("README.txt"))?.replace("{version}", version);
    files.insert(place("README.txt"), readme.into_bytes());
    Ok(files)
}

/// The element itself, under `prefix`.
fn element(dist: &Path, prefix: &str) -> Result<Files> {
    let mut files = Files::new();
    for name in ["release-viewer.js", "release-viewer.css", "search.js"] {
        take(&mut files, &dist.join(name), format!("{prefix}{name}"))?;
    }
    folder(&mut files, &dist.join("app"), &format!("{prefix}app"))?;
    Ok(files)
}

/// Takes a folder with all that is below it.
fn folder(files: &mut Files, from: &Path, to: &str) -> Result<()> {
    for entry in fs::read_dir(from).context(from.display())? {
        let path = entry.context(from.display())?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            return failed(format!("{} has no name that an archive can hold", path.display()));
        };
        let to = format!("{to}/{name}");
        if path.is_dir() {
            folder(files, &path, &to)?;
        } else {
            take(files, &path, to)?;
        }
    }
    Ok(())
}

fn take(files: &mut Files, from: &Path, to: String) -> Result<()> {
    files.insert(to, fs::read(from).context(from.display())?);
    Ok(())
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).context(path.display())
}

/// The version of the package in the text of its Cargo.toml.
fn version(manifest: &str) -> Result<String> {
    let mut lines = manifest.lines().skip_while(|line| line.trim() != "[package]").skip(1);
    lines
        .by_ref()
        .take_while(|line| !line.starts_with('['))
        .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
        .map(str::to_owned)
        .ok_or_else(|| Failure::Failed("Cargo.toml names no version".into()))
}

/// A gzipped tar.
fn tgz(files: &Files) -> io::Result<Vec<u8>> {
    // 255 is “unknown”: else the byte would tell where it was made.
    let gzip = GzBuilder::new().mtime(0).operating_system(255);
    let mut tar = tar::Builder::new(gzip.write(Vec::new(), Compression::best()));
    for (name, bytes) in files {
        let mut header = tar::Header::new_ustar();
        header.set_entry_type(tar::EntryType::Regular);
        header.set_mode(0o644);
        header.set_mtime(NPM_TIME);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(bytes.len() as u64);
        tar.append_data(&mut header, name, bytes.as_slice())?;
    }
    tar.into_inner()?.finish()
}

/// A zip, as files in a folder.
fn zip(files: &Files) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_level(Some(9))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{io::Read, time::Duration};

    /// A small build in a folder of its own, written in the given order.
    fn built(names: &[&str]) -> tempfile::TempDir {
        let dist = tempfile::tempdir().unwrap();
        for name in names {
            let path = dist.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, name.repeat(500)).unwrap();
        }
        dist
    }

    const NAMES: [&str; 8] = [
        "release-viewer.js",
        "release-viewer.css",
        "search.js",
        "host.css",
        "icon.svg",
        "app/release-viewer-0123456789abcdef.wasm",
        "archive/archive.json",
        "archive/lists/ko.json",
    ];

    /// Makes the archive of two builds that differ in all but the contents, and gives its bytes.
    fn made_twice(make: fn(&Path) -> Vec<u8>) -> Vec<u8> {
        let first = built(&NAMES);
        let mut reversed = NAMES;
        reversed.reverse();
        let second = built(&reversed);
        let old = std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let file = fs::File::options().write(true).open(second.path().join(NAMES[0])).unwrap();
        file.set_modified(old).unwrap();
        let bytes = make(first.path());
        assert!(bytes == make(second.path()), "the archives differ");
        bytes
    }

    #[test]
    fn npm_package_is_the_same_when_made_twice_and_can_be_read() {
        let bytes = made_twice(|dist| tgz(&npm(&root(), dist, "1.2.3").unwrap()).unwrap());
        assert_eq!(bytes[4..10], [0, 0, 0, 0, 2, 255], "time, level and system of the gzip header");
        let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(bytes.as_slice()));
        let mut found = BTreeMap::new();
        for entry in archive.entries().unwrap() {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().to_str().unwrap().to_owned();
            let header = entry.header().clone();
            assert_eq!(header.mtime().unwrap(), NPM_TIME, "{name}");
            assert_eq!(header.mode().unwrap(), 0o644, "{name}");
            assert_eq!((header.uid().unwrap(), header.gid().unwrap()), (0, 0), "{name}");
            let mut content = String::new();
            entry.read_to_string(&mut content).unwrap();
            found.insert(name, content);
        }
        let names: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "package/LICENSE",
                "package/README.md",
                "package/app/release-viewer-0123456789abcdef.wasm",
                "package/custom-elements.json",
                "package/index.js",
                "package/package.json",
                "package/react.d.ts",
                "package/release-viewer.css",
                "package/release-viewer.d.ts",
                "package/release-viewer.js",
                "package/search.js",
                "package/vite.d.ts",
                "package/vite.js",
                "package/vue.d.ts",
            ]
        );
        assert!(found["package/package.json"].contains("\"version\": \"1.2.3\""));
        assert_eq!(found["package/release-viewer.js"], "release-viewer.js".repeat(500));
        // A path in `exports` has an ending; the name that it is for may have none.
        for path in found["package/package.json"].split("\"./").skip(1) {
            let path = path.split('"').next().unwrap();
            let is_there = names.contains(&format!("package/{path}").as_str());
            assert!(is_there || !path.contains('.'), "package.json names {path}");
        }
        for name in names.iter().filter_map(|name| name.strip_prefix("package/")) {
            let listed = name.split('/').next().unwrap();
            assert!(
                // Npm packs these three always.
                ["LICENSE", "README.md", "package.json"].contains(&listed)
                    || found["package/package.json"].contains(&format!("    \"{listed}\"")),
                "`files` of package.json leaves {name} out"
            );
        }
    }

    #[test]
    fn zip_is_the_same_when_made_twice_and_can_be_read() {
        let bytes = made_twice(|dist| zip(&page(&root(), dist, "1.2.3").unwrap()).unwrap());
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let mut found = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).unwrap();
            assert_eq!(file.unix_mode(), Some(0o100_644), "{}", file.name().unwrap());
            let day = file.last_modified().unwrap();
            assert_eq!((day.year(), day.month(), day.day(), day.hour()), (1980, 1, 1, 0));
            let mut content = String::new();
            // Compares the checksum too.
            file.read_to_string(&mut content).unwrap();
            found.insert(file.name().unwrap().into_owned(), content);
        }
        let names: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "release-viewer/LICENSE.txt",
                "release-viewer/README.txt",
                "release-viewer/app/release-viewer-0123456789abcdef.wasm",
                "release-viewer/archive/archive.json",
                "release-viewer/archive/lists/ko.json",
                "release-viewer/host.css",
                "release-viewer/icon.svg",
                "release-viewer/index.html",
                "release-viewer/release-viewer.css",
                "release-viewer/release-viewer.js",
                "release-viewer/search.js",
            ]
        );
        assert!(found["release-viewer/README.txt"].starts_with("release-viewer 1.2.3\n"));
        assert_eq!(found["release-viewer/host.css"], "host.css".repeat(500));
    }

    #[test]
    fn page_to_try_has_no_inline_script_or_style() {
        let page = text(&root().join("static/package/try.html")).unwrap();
        assert!(!page.contains("<style") && !page.contains("style=") && !page.contains(" on"));
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script type=\"module\" src=").count()
        );
        assert_eq!(page.matches("python3 -m http.server").count(), 2, "in Korean and in English");
    }

    #[test]
    fn a_missing_file_is_named() {
        let dist = built(&["release-viewer.js"]);
        let failure = npm(&root(), dist.path(), "1.2.3").unwrap_err().to_string();
        assert!(failure.contains("release-viewer.css"), "{failure}");
    }

    #[test]
    fn version_is_that_of_the_package() {
        let manifest = "[workspace.package]\nversion = \"9.0.0\"\n[package]\nname = \"a\"\nversion = \"0.1.0\"\n";
        assert_eq!(version(manifest).unwrap(), "0.1.0");
        assert!(version("[package]\nname = \"a\"\n[other]\nversion = \"1.0.0\"").is_err());
    }
}
