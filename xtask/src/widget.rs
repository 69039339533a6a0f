//! Makes the files of the widget from what Trunk has built: names that carry their hash, a glue that can be used more
//! than once, and a loader that knows names and hashes of them all.

use crate::{
    failure::{Context, Result, failed},
    process::root,
    slim::slim,
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use oxc::{
    allocator::Allocator,
    codegen::{Codegen, CodegenOptions},
    mangler::MangleOptions,
    minifier::{CompressOptions, Minifier, MinifierOptions},
    parser::Parser,
    span::SourceType,
};
use sha2::{Digest, Sha384};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};

const LOADER: &str = "release-viewer.js";

/// Letters of the hash in a name: enough that two versions never share one.
const NAME: usize = 6;

/// Finishes the widget in Trunk's folder.
pub(crate) fn finish(staging: &Path) -> Result<()> {
    let app = staging.join("app");
    let (wasm, glue) = (app.join("release-viewer_bg.wasm"), app.join(LOADER));
    slim(&wasm, &glue)?;
    let script = fs::read_to_string(&glue).context(glue.display())?;
    let Some(script) = factory(&script) else {
        return failed(format!("{}: not the glue that wasm-bindgen writes", glue.display()));
    };
    let element = root().join("src/browser/element.js");
    let script = script + &fs::read_to_string(&element).context(element.display())?;
    fs::write(&glue, minified(&script, &element)?).context(glue.display())?;
    let sheet = staging.join("release-viewer.css");
    let css = fs::read_to_string(&sheet).context(sheet.display())?;
    let style = app.join("release-viewer.css");
    fs::write(&style, without_css_comments(&css)).context(style.display())?;
    let path = staging.join(LOADER);
    let loader = fs::read_to_string(&path).context(path.display())?;
    let mut loader = minified(&loader, &path)?;
    for (what, file, ending) in
        [("glue", glue, "js"), ("wasm", wasm, "wasm"), ("style", style, "css")]
    {
        let file = plain(file)?;
        let (name, integrity) = named(&file)?;
        fill(&mut loader, &format!("./app/release-viewer.{ending}"), &format!("./app/{name}"))?;
        fill(&mut loader, &format!("sha384-{what}"), &integrity)?;
    }
    fs::write(&path, loader).context(path.display())
}

/// Writes a value into a script in place of what stands for it.
pub(crate) fn fill(script: &mut String, old: &str, new: &str) -> Result<()> {
    if !script.contains(old) {
        return failed(format!("a loader does not name {old}"));
    }
    *script = script.replace(old, new);
    Ok(())
}

/// A file without the ending that wasm-bindgen gives to the name of its wasm.
fn plain(file: PathBuf) -> Result<PathBuf> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let plain = file.with_file_name(name.replace("_bg", ""));
    fs::rename(&file, &plain).context(file.display())?;
    Ok(plain)
}

/// Gives a file the name that its content has; and what `integrity` says of it (Subresource Integrity, 3.1).
pub(crate) fn named(file: &Path) -> Result<(String, String)> {
    let bytes = fs::read(file).context(file.display())?;
    let digest = Sha384::digest(&bytes);
    let hash: String = digest.iter().map(|byte| format!("{byte:02x}")).take(NAME / 2).collect();
    let part = |part: Option<&OsStr>| part.and_then(OsStr::to_str).unwrap_or_default().to_owned();
    let name = format!("{}-{hash}.{}", part(file.file_stem()), part(file.extension()));
    fs::rename(file, file.with_file_name(&name)).context(file.display())?;
    Ok((name, format!("sha384-{}", STANDARD.encode(digest))))
}

/// The one file of this kind in the folder of the finished widget: `named` up to the hash, then the ending.
pub(crate) fn file(dist: &Path, named: &str, ending: &str) -> Option<PathBuf> {
    let mut files =
        fs::read_dir(dist.join("app")).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    files.find(|path| {
        path.extension().is_some_and(|own| own == ending)
            && path
                .file_stem()
                .and_then(OsStr::to_str)
                .and_then(|stem| stem.strip_prefix(named)?.strip_prefix('-'))
                .is_some_and(|hash| hash.len() == NAME)
    })
}

/// The glue as a function. Each call makes an instance of its own, from one module that was loaded and compiled once:
/// what a panic leaves behind is never called again. Every way into the wasm is guarded, so that no panic reaches the
/// page (`panicked` is called instead).
fn factory(script: &str) -> Option<String> {
    const GUARD: &str = "let dead;
const guard = (exports) => Object.fromEntries(Object.entries(exports).map(([name, value]) => [name, typeof value != 'function' ? value : (...values) => {
if (dead) return;
try {
return value(...values);
} catch (error) {
if (!dead) panicked(error, dead = true);
}
}]));
";
    let end = script.find("export { initSync, __wbg_init as default };")?;
    let mut body = script.get(..end)?.to_owned();
    for (old, new) in [
        ("export class ", "class "),
        ("export function ", "function "),
        ("wasm = instance.exports;", "wasm = guard(instance.exports);"),
    ] {
        if !body.contains(old) {
            return None;
        }
        body = body.replace(old, new);
    }
    // What a dead instance leaves at the place of a result is nothing to throw.
    let body = body.replace("throw takeObject(", "if (!dead) throw takeObject(");
    if body.contains("export ") {
        return None;
    }
    Some(format!(
        "const glue = (panicked) => {{\n{GUARD}{body}return {{ init: __wbg_init, mount }};\n}};\n"
    ))
}

/// A module as short as it can be said: 1.7 kB less after brotli for loader and glue.
pub(crate) fn minified(script: &str, path: &Path) -> Result<String> {
    let allocator = Allocator::default();
    let mut parsed = Parser::new(&allocator, script, SourceType::mjs()).parse();
    if let Some(error) = parsed.errors.first() {
        return failed(format!("{}: {error}", path.display()));
    }
    let mangle = MangleOptions { top_level: Some(true), ..Default::default() };
    let options =
        MinifierOptions { mangle: Some(mangle), compress: Some(CompressOptions::smallest()) };
    let minified = Minifier::new(options).minify(&allocator, &mut parsed.program);
    let codegen = Codegen::new()
        .with_options(CodegenOptions::minify())
        .with_scoping(minified.scoping)
        .with_private_member_mappings(minified.class_private_mappings);
    Ok(codegen.build(&parsed.program).code)
}

/// A stylesheet without comments and indentation. No string in ours holds `/*`.
fn without_css_comments(css: &str) -> String {
    let mut rest = css;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |text, line| text + line + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glue_becomes_a_function_with_guarded_exports() {
        let glue = "export class Mounted {}\nexport function mount() {}\nwasm = instance.exports;\n\
                    export { initSync, __wbg_init as default };\n";
        let made = factory(glue).unwrap();
        assert!(made.starts_with("const glue = (panicked) => {\n"));
        assert!(made.contains("wasm = guard(instance.exports);"));
        assert_eq!(made.matches("export ").count(), 0);
        assert_eq!(factory("export { other };"), None);
    }

    #[test]
    fn comments_of_a_stylesheet_go() {
        assert_eq!(
            without_css_comments("/* a\n b */\n.a {\n  x: y; /* c */\n}\n"),
            ".a {\nx: y;\n}\n"
        );
    }
}
