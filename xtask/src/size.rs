//! `size`: what a visitor's browser has to load, as files and as servers that compress send them.

use crate::{
    dist,
    failure::{Context, Failure, Result, failed},
    process::{ask, find},
    tools::Toolbox,
    widget,
};
use std::{fs, path::PathBuf};

/// What each file is, and its name in dist.
const FILES: [(&str, &str); 6] = [
    ("loader", "release-viewer.js"),
    ("glue", "app/release-viewer-….js"),
    ("wasm", "app/release-viewer-….wasm"),
    ("CSS", "app/release-viewer-….css"),
    ("search", "search.js"),
    ("its program", "app/release-viewer-search-….js"),
];

/// Prints two lengths per line. 24 is the largest window that every browser accepts.
const COMPRESS: &str =
    "const { brotliCompressSync: brotli, gzipSync: gzip, constants: c } = require('zlib');
for (const path of process.argv.slice(1)) {
    const bytes = require('fs').readFileSync(path);
    const params = { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24 };
    console.log(gzip(bytes, { level: 9 }).length, brotli(bytes, { params }).length);
}";

/// Prints the table.
pub(crate) fn size() -> Result<()> {
    let dist = dist::path();
    if !dist.join("index.html").is_file() {
        dist::make(&Toolbox::open()?, None)?;
    }
    let app = |ending| widget::file(&dist, "release-viewer", ending).unwrap_or_default();
    let paths = [
        dist.join("release-viewer.js"),
        app("js"),
        app("wasm"),
        app("css"),
        dist.join("search.js"),
        widget::file(&dist, "release-viewer-search", "js").unwrap_or_default(),
    ];
    let mut raw = Vec::new();
    for path in &paths {
        raw.push(fs::metadata(path).context(path.display())?.len());
    }
    let [gzip, brotli] = match find("node") {
        Some(_) => compressed(&paths)?.map(Some),
        None => [None, None],
    };
    println!("{:<44} {:>9} {:>9} {:>10}", "kB (1000 bytes)", "raw", "gzip 9", "brotli 11");
    let row = |what: &str, files: &[usize]| {
        let sum =
            |sizes: &[u64]| kilobytes(files.iter().filter_map(|index| sizes.get(*index)).sum());
        let shown = |sizes: &Option<Vec<u64>>| sizes.as_deref().map_or("–".into(), sum);
        println!("{what:<44} {:>9} {:>9} {:>10}", sum(&raw), shown(&gzip), shown(&brotli));
    };
    for (index, (what, name)) in FILES.into_iter().enumerate() {
        row(&format!("{what}  {name}"), &[index]);
    }
    row("wasm + glue", &[2, 1]);
    row("loader + glue + wasm", &[0, 1, 2]);
    row("all of the search", &[4, 5]);
    if brotli.is_none() {
        println!("node is missing: no compressed sizes");
    }
    Ok(())
}

/// The sizes after gzip and after brotli, in the order of the paths.
fn compressed(paths: &[PathBuf]) -> Result<[Vec<u64>; 2]> {
    let shown: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let args: Vec<_> =
        ["-e", COMPRESS].into_iter().chain(shown.iter().map(|path| &**path)).collect();
    let Some(text) = ask("node", &args) else {
        return failed("node could not compress the files");
    };
    let sizes: Option<(Vec<u64>, Vec<u64>)> = text
        .lines()
        .map(|line| {
            let (gzip, brotli) = line.split_once(' ')?;
            Some((gzip.parse::<u64>().ok()?, brotli.parse::<u64>().ok()?))
        })
        .collect();
    sizes
        .filter(|(sizes, _)| sizes.len() == paths.len())
        .map(|(gzip, brotli)| [gzip, brotli])
        .ok_or_else(|| Failure::Failed(format!("node said: {text}")))
}

/// `91.1`
fn kilobytes(bytes: u64) -> String {
    // In whole hundreds: no rounding of floats can make two sums differ.
    let tenths = (bytes + 50) / 100;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilobytes_have_one_decimal() {
        assert_eq!(kilobytes(91_149), "91.1");
        assert_eq!(kilobytes(91_150), "91.2");
        assert_eq!(kilobytes(49), "0.0");
    }
}
