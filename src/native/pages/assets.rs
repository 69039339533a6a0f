//! The files that pages need beside them: stylesheet, icon, and the widget where there is one.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

/// Our stylesheet as it stands; a widget brings it with a name of its own.
const STYLE: &str = include_str!("../../../static/release-viewer.css");
/// What the built-in page needs.
const BUILT_IN: [(&str, &str); 2] = [
    ("host.css", include_str!("../../../static/host.css")),
    ("icon.svg", include_str!("../../../static/icon.svg")),
];
/// What keeps pages for when there is no network: the script of a page, and the worker.
const OFFLINE: [(&str, &str); 2] = [
    ("offline.js", include_str!("../../../static/offline.js")),
    (WORKER, include_str!("../../../static/service-worker.js")),
];
/// In its place, the one that takes away what an earlier build has switched on.
const NOT_OFFLINE: [(&str, &str); 1] =
    [(WORKER, include_str!("../../../static/service-worker-off.js"))];
/// Browsers know a worker by its address.
const WORKER: &str = "service-worker.js";
/// The script of a page, which asks for the loader once the page is painted.
const SCRIPT: (&str, &str) = ("page.js", include_str!("../../../static/page.js"));
/// What a page without script has no use for goes by this.
const NO_SCRIPT: (&str, &str) = ("noscript.css", include_str!("../../../static/noscript.css"));
/// The loader of the widget.
const LOADER: &str = "release-viewer.js";
/// What begins the search, for the viewer and for pages of others.
const SEARCH: &str = "search.js";

/// Files by their path from the root of the archive.
#[derive(Debug, Default)]
pub(super) struct Assets {
    /// All files.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The stylesheet of the viewer among them.
    pub(super) style: String,
    /// The script among them that brings the widget.
    pub(super) script: Option<&'static str>,
}

impl Assets {
    /// Without a widget pages have the stylesheet only.
    pub(super) fn new(widget: Option<&Path>, built_in: bool, offline: bool) -> Result<Self> {
        let mut assets = match widget {
            Some(folder) => Self::of_widget(folder)?,
            None => Self {
                files: vec![("release-viewer.css".to_owned(), STYLE.as_bytes().to_vec())],
                style: "release-viewer.css".to_owned(),
                script: None,
            },
        };
        let built_in = if built_in { &BUILT_IN[..] } else { &[] };
        let offline = if offline { &OFFLINE[..] } else { &NOT_OFFLINE };
        let files = built_in.iter().chain(offline).chain([&NO_SCRIPT]);
        let bytes = |name: &str, text: &str| match name.ends_with(".js") {
            true => without_comments(text).into_bytes(),
            false => text.as_bytes().to_vec(),
        };
        assets.files.extend(files.map(|(name, text)| ((*name).to_owned(), bytes(name, text))));
        Ok(assets)
    }

    fn of_widget(folder: &Path) -> Result<Self> {
        let expected = || {
            format!(
                "{}: is no widget; expected a folder with {LOADER} and app/, as in dist/",
                folder.display()
            )
        };
        let loader = fs::read(folder.join(LOADER)).with_context(expected)?;
        let mut files = Vec::new();
        for entry in fs::read_dir(folder.join("app")).with_context(expected)? {
            let path = entry.with_context(expected)?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()) {
                let bytes = fs::read(&path)
                    .with_context(|| format!("{}: cannot be read", path.display()))?;
                files.push((format!("app/{name}"), bytes));
            }
        }
        files.sort();
        // Older versions may lie beside; the loader names its own.
        let text = String::from_utf8_lossy(&loader);
        let style = files.iter().map(|(path, _)| path).find(|path| {
            let name = path.trim_start_matches("app/");
            Path::new(name).extension().is_some_and(|ending| ending == "css") && text.contains(name)
        });
        let style = style.with_context(expected)?.clone();
        files.push((LOADER.to_owned(), loader));
        // A widget of before has none.
        files.extend(fs::read(folder.join(SEARCH)).ok().map(|bytes| (SEARCH.to_owned(), bytes)));
        let (name, text) = SCRIPT;
        files.push((name.to_owned(), without_comments(text).into_bytes()));
        Ok(Self { files, style, script: Some(name) })
    }
}

/// A script without its comments; in ours each has lines of its own.
fn without_comments(script: &str) -> String {
    let lines = script.split_inclusive('\n');
    lines.filter(|line| !line.trim_start().starts_with("//")).collect()
}
