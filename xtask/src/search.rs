//! Makes the files of the search: the stable `search.js`, and behind it one script that holds engine, glue and wasm.
//!
//! The wasm is packed into the script (deflate, then base64), and not a file beside it: many servers send `.wasm` as it is,
//! which is 2.3 times as much; compression takes the third that base64 adds away again; and one file has one hash.

use crate::{
    failure::{Context, Result, failed},
    process::{guarded, root, run},
    slim::slim,
    widget::{fill, minified, named},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use flate2::{Compression, write::DeflateEncoder};
use std::{env, fs, io::Write, path::Path, process::Command};

const PROGRAM: &str = "release-viewer-search";
const LOADER: &str = "search.js";
const TARGET: &str = "wasm32-unknown-unknown";

/// Finishes the search in Trunk's folder, in the profile of Trunk's build.
pub(crate) fn finish(staging: &Path) -> Result<()> {
    let (wasm, glue) = bind()?;
    slim(&wasm, &glue)?;
    let script = fs::read_to_string(&glue).context(glue.display())?;
    let Some(script) = factory(&script) else {
        return failed(format!("{}: not the glue that wasm-bindgen writes", glue.display()));
    };
    let packed = packed(&fs::read(&wasm).context(wasm.display())?)?;
    let engine = root().join("src/browser/engine.js");
    let edge = fs::read_to_string(&engine).context(engine.display())?;
    let script = format!("const WASM = \"{packed}\";\n{script}{edge}");
    let path = staging.join("app").join(format!("{PROGRAM}.js"));
    fs::write(&path, minified(&script, &engine)?).context(path.display())?;
    let path = staging.join(LOADER);
    let loader = fs::read_to_string(&path).context(path.display())?;
    let mut loader = minified(&loader, &path)?;
    let (name, integrity) = named(&staging.join("app").join(format!("{PROGRAM}.js")))?;
    fill(&mut loader, &format!("./app/{PROGRAM}.js"), &format!("./app/{name}"))?;
    fill(&mut loader, "sha384-search", &integrity)?;
    fs::write(&path, loader).context(path.display())
}

/// Builds the program and lets wasm-bindgen write its glue. Gives wasm and glue.
fn bind() -> Result<(std::path::PathBuf, std::path::PathBuf)> {
    let release = env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release");
    let mut build = guarded("cargo", &["build", "--quiet", "--bin", PROGRAM, "--target", TARGET])?;
    if release {
        build.arg("--release");
    }
    run(&mut build)?;
    let profile = if release { "release" } else { "debug" };
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let wasm = target.join(TARGET).join(profile).join(format!("{PROGRAM}.wasm"));
    let out = target.join("search");
    // Trunk has put the tools on PATH.
    let mut bindgen: Command = guarded("wasm-bindgen", &["--target", "web", "--no-typescript"])?;
    run(bindgen.arg("--out-dir").arg(&out).arg(&wasm))?;
    Ok((out.join(format!("{PROGRAM}_bg.wasm")), out.join(format!("{PROGRAM}.js"))))
}

/// The glue as a function, each call of which makes an instance of its own: after a panic there is a new one. How
/// wasm-bindgen would load the wasm goes.
fn factory(script: &str) -> Option<String> {
    let end = script.find("async function __wbg_load(")?;
    script.find("function __wbg_finalize_init(instance, module)")?;
    let body = script.get(..end)?.replace("export class Search", "class Search");
    if body.contains("export ") || !body.contains("class Search") {
        return None;
    }
    Some(format!(
        "const glue = () => {{\n{body}\
         const init = async (module) => __wbg_finalize_init(await WebAssembly.instantiate(module, __wbg_get_imports()), module);\n\
         return {{ init, Search }};\n}};\n"
    ))
}

/// The wasm as a text for `atob` and `DecompressionStream`.
fn packed(wasm: &[u8]) -> Result<String> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(wasm).context("deflate")?;
    Ok(STANDARD.encode(encoder.finish().context("deflate")?))
}

#[cfg(test)]
mod tests {
    use super::factory;

    #[test]
    fn glue_becomes_a_function_that_makes_instances() {
        let glue = "export class Search {}\nfunction __wbg_finalize_init(instance, module) {}\n\
                    async function __wbg_load(module, imports) {}\nexport { initSync };\n";
        let made = factory(glue).unwrap();
        assert!(made.starts_with("const glue = () => {\nclass Search {}\n"));
        assert!(!made.contains("export ") && !made.contains("__wbg_load"));
        assert_eq!(factory("export { other };"), None);
    }
}
