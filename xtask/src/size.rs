//! `size`: what a visitor's browser has to load, as files and as a server that knows brotli sends them.

use crate::{
    dist,
    failure::{Context, Failure, Result, failed},
    process::{ask, find},
    tools::Toolbox,
    widget,
};
use std::{fs, path::PathBuf};

/// What each file is, and its name in dist.
const FILES: [(&str, &str); 4] = [
    ("loader", "release-viewer.js"),
    ("glue", "app/release-viewer-….js"),
    ("wasm", "app/release-viewer-….wasm"),
    ("CSS", "app/release-viewer-….css"),
];

/// Prints a length per line. 24 is the largest window that every browser accepts.
const BROTLI: &str = "const { brotliCompressSync: brotli, constants: c } = require('zlib');
for (const path of process.argv.slice(1)) {
    const params = { [c.BROTLI_PARAM_QUALITY]: 11, [c.BROTLI_PARAM_LGWIN]: 24 };
    console.log(brotli(require('fs').readFileSync(path), { params }).length);
}";

/// Prints the table.
pub(crate) fn size() -> Result<()> {
    if !dist::path().join("index.html").is_file() {
        dist::make(&Toolbox::open()?, None)?;
    }
    let app = |ending| widget::file(&dist::path(), ending).unwrap_or_default();
    let paths = [dist::path().join("release-viewer.js"), app("js"), app("wasm"), app("css")];
    let mut raw = Vec::new();
    for path in &paths {
        raw.push(fs::metadata(path).context(path.display())?.len());
    }
    let brotli = match find("node") {
        Some(_) => Some(compressed(&paths)?),
        None => None,
    };
    println!("{:<44} {:>9} {:>10}", "kB (1000 bytes)", "raw", "brotli 11");
    for (index, (what, name)) in FILES.into_iter().enumerate() {
        row(&format!("{what}  {name}"), &[index], &raw, brotli.as_deref());
    }
    row("wasm + glue", &[2, 1], &raw, brotli.as_deref());
    row("loader + glue + wasm", &[0, 1, 2], &raw, brotli.as_deref());
    if brotli.is_none() {
        println!("node is missing: no sizes after brotli");
    }
    Ok(())
}

/// One line: the sum of these files.
fn row(what: &str, files: &[usize], raw: &[u64], brotli: Option<&[u64]>) {
    let sum = |sizes: &[u64]| kilobytes(files.iter().filter_map(|index| sizes.get(*index)).sum());
    let brotli = brotli.map_or_else(|| String::from("–"), sum);
    println!("{what:<44} {:>9} {brotli:>10}", sum(raw));
}

/// The sizes after brotli, in the order of the paths.
fn compressed(paths: &[PathBuf]) -> Result<Vec<u64>> {
    let shown: Vec<_> = paths.iter().map(|path| path.to_string_lossy()).collect();
    let args: Vec<_> = ["-e", BROTLI].into_iter().chain(shown.iter().map(|path| &**path)).collect();
    let Some(text) = ask("node", &args) else {
        return failed("node could not compress the files");
    };
    let sizes: Option<Vec<_>> = text.lines().map(|line| line.parse().ok()).collect();
    sizes
        .filter(|sizes| sizes.len() == paths.len())
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
