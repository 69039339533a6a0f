//! `bench search`: how well, how fast and for how many bytes releases are found, beside Pagefind and MiniSearch.
//!
//! Here the corpora are prepared, and each engine builds its index in a process of its own; scripts in
//! `xtask/bench/search` make the queries and ask them in Chromium.

use super::{
    Scratch, build, given,
    usage::{Usage, measure},
};
use crate::{
    dist,
    failure::{Context, Failure, Result, failed},
    process::{find, guarded, root, run},
    tools::{self, Toolbox},
};
use serde_json::{Map, Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
};

const PACKAGES: [(&str, &str); 3] =
    [("pagefind", "1.6.0"), ("minisearch", "7.2.0"), ("playwright-core", "1.65.1")];

const ENGINES: [&str; 3] = ["ours", "pagefind", "minisearch"];

/// The corpora as they are given; both together are a third.
const CORPORA: [&str; 2] = ["en-8k", "ko-3k"];
const BOTH: &str = "both";

/// The corpus that is made of the others, and its documents.
const LARGE: &str = "large";
const DOCUMENTS: usize = 100_000;

/// What is measured.
struct Options {
    corpora: PathBuf,
    corpus: Option<String>,
    engines: Vec<String>,
    large: bool,
    quality_only: bool,
    gzip_wasm: bool,
    seed: u64,
    queries: u32,
}

impl Options {
    fn read(args: &[&str]) -> Result<Self> {
        let mut options = Self {
            corpora: root().join("../shared/data/corpus"),
            corpus: None,
            engines: ENGINES.map(str::to_owned).to_vec(),
            large: false,
            quality_only: false,
            gzip_wasm: false,
            seed: 7,
            queries: 150,
        };
        let mut args = args.iter().copied();
        while let Some(arg) = args.next() {
            let mut value = || {
                args.next()
                    .ok_or_else(|| Failure::Usage(format!("`{arg}` wants a value behind it")))
            };
            match arg {
                "--corpus" => {
                    options.corpus = Some(one_of(value()?, &[&CORPORA[..], &[BOTH]].concat())?)
                }
                "--engines" => {
                    let names = value()?.split(',').map(|name| one_of(name, &ENGINES));
                    options.engines = names.collect::<Result<_>>()?;
                }
                "--large" => options.large = true,
                "--quality-only" => options.quality_only = true,
                "--gzip-wasm" => options.gzip_wasm = true,
                "--seed" => options.seed = number(value()?)?,
                "--queries" => options.queries = number(value()?)?,
                flag if flag.starts_with('-') => {
                    return Err(Failure::Usage(format!("`bench search` has no `{flag}`")));
                }
                folder => options.corpora = dist::absolute(folder.as_ref())?,
            }
        }
        Ok(options)
    }

    /// The given corpora that are read.
    fn names(&self) -> Vec<&str> {
        let wanted = |name: &&str| {
            self.corpus.as_deref().is_none_or(|corpus| corpus == BOTH || corpus == *name)
        };
        CORPORA.into_iter().filter(wanted).collect()
    }

    /// The corpora that are measured.
    fn measured(&self) -> Vec<&str> {
        let given = match &self.corpus {
            Some(corpus) => vec![corpus.as_str()],
            None => [&CORPORA[..], &[BOTH]].concat(),
        };
        given.into_iter().chain(self.large.then_some(LARGE)).collect()
    }
}

fn one_of(name: &str, known: &[&str]) -> Result<String> {
    if known.contains(&name) {
        return Ok(name.to_owned());
    }
    Err(Failure::Usage(format!("`{name}` is none of {}", known.join(", "))))
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N> {
    text.parse().map_err(|_| Failure::Usage(format!("`{text}` is no number")))
}

/// The programs that build and ask.
struct Programs {
    node: PathBuf,
    modules: PathBuf,
    ours: Option<PathBuf>,
}

/// Prepares the corpora, lets each engine build, and prints the tables.
pub(super) fn search(args: &[&str]) -> Result<()> {
    let options = Options::read(args)?;
    if !options.corpora.is_dir() {
        println!("the corpora are not here ({}); nothing is measured", options.corpora.display());
        return Ok(());
    }
    let Some(chromium) = find("chromium") else {
        return failed("chromium is missing: `cargo xtask test` installs it");
    };
    let Some(node) = find("node") else { return failed("node is missing; the bench runs on it") };
    if options.large {
        build::room(DOCUMENTS)?;
    }
    let modules = tools::npm(&PACKAGES)?;
    let ours = options.engines.iter().any(|name| name == "ours").then(ours).transpose()?;
    let programs = Programs { node, modules, ours };
    let work = Scratch::new("search")?;
    script(
        "prepare.mjs",
        &json!({
            "corpus": options.corpora, "work": work.path(), "names": options.names(), "write": options.measured(),
            "large": DOCUMENTS, "seed": options.seed, "queries": options.queries,
        }),
    )?;
    let mut corpora = Vec::new();
    for name in options.measured() {
        let folder = work.path().join(name);
        let mut engines = Map::new();
        for engine in &options.engines {
            if name == LARGE && engine == "minisearch" {
                println!(
                    "{name}: MiniSearch is left out: its index of {DOCUMENTS} documents fits into no page"
                );
                continue;
            }
            println!("{name}: {engine} builds …");
            engines.insert(engine.clone(), figures(&programs.build(engine, &folder)?));
        }
        corpora.push(json!({ "name": name, "engines": engines }));
    }
    script(
        "measure.mjs",
        &json!({
            "modules": programs.modules, "chromium": chromium, "dist": dist::path(), "work": work.path(),
            "results": root().join("target/bench-search"), "corpora": corpora,
            "qualityOnly": options.quality_only, "seed": options.seed, "wasm": options.gzip_wasm,
        }),
    )
}

/// Builds the program and the code of the search as they are published.
fn ours() -> Result<PathBuf> {
    dist::make(&Toolbox::open()?, None)?;
    build::native()
}

fn script(name: &str, about: &Value) -> Result<()> {
    run(guarded("node", &[])?.arg(given("search").join(name)).arg(about.to_string()))
}

impl Programs {
    /// Builds the index of an engine in the folder of a corpus.
    fn build(&self, engine: &str, folder: &Path) -> Result<Usage> {
        let site = folder.join("site");
        fs::create_dir_all(&site).context(site.display())?;
        let path = |path: PathBuf| path.into_os_string();
        match (engine, &self.ours) {
            ("ours", Some(program)) => {
                // All of the archive: its pages, lists and feeds, too.
                measure(folder, program, &["build", "releases", "--out", "site/archive"])
            }
            ("pagefind", _) => {
                let program = path(self.modules.join("pagefind/lib/runner/bin.cjs"));
                let args = ["--site", "html", "--output-path", "site/pagefind"].map(Into::into);
                measure(folder, &self.node, &[&[program][..], &args].concat())
            }
            _ => {
                let program = path(given("search").join("minisearch.mjs"));
                measure(folder, &self.node, &[program, path(self.modules.clone())])
            }
        }
    }
}

fn figures(usage: &Usage) -> Value {
    json!({ "time": usage.time.as_secs_f64(), "cpu": usage.cpu.as_secs_f64(), "peak": usage.peak })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_options_all_given_corpora_are_measured() {
        let options = Options::read(&[]).unwrap();
        assert_eq!(options.names(), CORPORA);
        assert_eq!(options.measured(), ["en-8k", "ko-3k", "both"]);
        assert_eq!(options.engines, ENGINES);
    }

    #[test]
    fn one_corpus_and_the_large_one_read_what_they_are_made_of() {
        let options = Options::read(&["--corpus", "en-8k", "--large", "--queries", "9"]).unwrap();
        assert_eq!(options.names(), ["en-8k"]);
        assert_eq!(options.measured(), ["en-8k", "large"]);
        assert_eq!(options.queries, 9);
    }

    #[test]
    fn what_is_not_there_is_refused() {
        for args in [&["--engines", "lunr"][..], &["--corpus"], &["--seed", "x"], &["--slow"]] {
            assert!(matches!(Options::read(args), Err(Failure::Usage(_))), "{args:?}");
        }
    }
}
