//! What the tests in browsers need from the machine: browsers, their drivers, two checkers, and a screen.

use crate::{
    failure::{Context, Failure, Result, failed},
    process::{Guarded, ask, find, guarded, run},
    tools,
};
use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// What cargo and npm do not bring.
struct Need {
    is_there: fn() -> bool,
    /// The package of Debian and its children.
    package: &'static str,
}

const NEEDS: [Need; 9] = [
    Need { is_there: || find("chromium").is_some(), package: "chromium" },
    Need { is_there: || find("chromedriver").is_some(), package: "chromium-driver" },
    Need {
        is_there: || find("firefox").or_else(|| find("firefox-esr")).is_some(),
        package: "firefox-esr",
    },
    // MiniBrowser, which the driver starts, comes with the library that it depends on.
    Need { is_there: || find("WebKitWebDriver").is_some(), package: "webkit2gtk-driver" },
    Need { is_there: || find("Xvfb").is_some(), package: "xvfb" },
    Need { is_there: || find("java").is_some(), package: "default-jre-headless" },
    Need { is_there: has_cjk_font, package: "fonts-noto-cjk" },
    Need { is_there: || find("npm").is_some(), package: "npm" },
    // The guide tells web teams to hash the loader with it.
    Need { is_there: || find("openssl").is_some(), package: "openssl" },
];

const AXE: (&str, &str) = ("axe-core", "4.14.1");
const VNU: (&str, &str) = ("vnu-jar", "26.9.27");

/// What the pages of others are made with, in which the viewer is tested.
pub(crate) const HOSTS: [(&str, &str); 9] = [
    ("bootstrap", "5.3.9"),
    ("krds-uiux", "1.1.0"),
    ("react", "19.3.1"),
    ("react-dom", "19.3.1"),
    ("vue", "3.5.45"),
    ("svelte", "5.57.3"),
    ("vite", "8.3.8"),
    ("@sveltejs/vite-plugin-svelte", "7.3.1"),
    ("@vitejs/plugin-vue", "6.0.11"),
];

/// What feeds are checked with: a validator of XML, one of JSON, and a parser.
const FEEDS: [(&str, &str); 3] =
    [("libxml2-wasm", "0.7.2"), ("ajv", "8.20.0"), ("feedsmith", "3.0.1")];

/// Where everything is.
pub(crate) struct Browsers {
    chromedriver: PathBuf,
    geckodriver: PathBuf,
    webkitdriver: PathBuf,
    axe: PathBuf,
    vnu: PathBuf,
    hosts: PathBuf,
    feeds: PathBuf,
}

impl Browsers {
    /// Makes sure that all is there.
    pub(crate) fn prepare() -> Result<Self> {
        install_packages()?;
        let modules = tools::npm(&[AXE, VNU])?;
        Ok(Self {
            chromedriver: driver("chromedriver")?,
            geckodriver: tools::geckodriver()?,
            webkitdriver: driver("WebKitWebDriver")?,
            axe: file(modules.join("axe-core/axe.min.js"))?,
            vnu: file(modules.join("vnu-jar/build/dist/vnu.jar"))?,
            hosts: tools::npm(&HOSTS)?,
            feeds: tools::npm(&FEEDS)?,
        })
    }

    /// Tells the runner of wasm-bindgen which driver to use.
    pub(crate) fn for_wasm_tests(&self, command: &mut Command) {
        command.env("CHROMEDRIVER", &self.chromedriver);
    }

    /// Tells the end-to-end tests where everything is, and which browsers to use (`chromium,webkit`).
    pub(crate) fn for_end_to_end_tests(&self, command: &mut Command, browsers: &str, dist: &Path) {
        command
            .env("RELEASE_VIEWER_DIST", dist)
            .env("RELEASE_VIEWER_BROWSERS", browsers)
            .env("RELEASE_VIEWER_CHROMEDRIVER", &self.chromedriver)
            .env("RELEASE_VIEWER_GECKODRIVER", &self.geckodriver)
            .env("RELEASE_VIEWER_WEBKITDRIVER", &self.webkitdriver)
            .env("RELEASE_VIEWER_AXE", &self.axe)
            .env("RELEASE_VIEWER_VNU", &self.vnu)
            .env("RELEASE_VIEWER_HOSTS", &self.hosts)
            .env("RELEASE_VIEWER_FEEDS", &self.feeds);
    }
}

/// A screen that nobody sees: WebKit's browser has no headless mode. Dropping it switches it off.
pub(crate) struct Screen {
    display: String,
    _server: Guarded,
}

impl Screen {
    /// Starts an X server on a display number that is free.
    pub(crate) fn start() -> Result<Self> {
        let args = ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"];
        let mut server =
            Guarded::start(guarded("Xvfb", &args)?.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout() {
            BufReader::new(stdout).read_line(&mut number).context("cannot read from Xvfb")?;
        }
        match number.trim() {
            "" => failed("Xvfb has ended without a display"),
            number => Ok(Self { display: format!(":{number}"), _server: server }),
        }
    }

    /// Lets the command draw on this screen.
    pub(crate) fn show(&self, command: &mut Command) {
        command.env("DISPLAY", &self.display);
    }
}

/// Without one, Japanese and Chinese releases are rows of boxes, and boxes have other widths.
fn has_cjk_font() -> bool {
    // No fontconfig, no way to know: the packages of Chromium bring it, so this is another kind of machine.
    ask("fc-list", &[":lang=ja", "family"])
        .map_or_else(|| find("apt-get").is_none(), |fonts| !fonts.trim().is_empty())
}

fn install_packages() -> Result<()> {
    let missing: Vec<_> =
        NEEDS.iter().filter(|need| !(need.is_there)()).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names = missing.join(" ");
    let is_root = ask("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    if !is_root || find("apt-get").is_none() {
        return failed(format!(
            "the tests in browsers need these packages (names of Debian): {names}"
        ));
    }
    tools::timed(&format!("installing {names}"), || {
        run(&mut guarded("apt-get", &["update", "-qq"])?)?;
        let mut install = guarded("apt-get", &["install", "-y", "-qq", "--no-install-recommends"])?;
        run(install.args(&missing).env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()))
    })
}

fn driver(program: &str) -> Result<PathBuf> {
    find(program).map_or_else(
        || failed(format!("{program} is not on PATH, though its package is installed")),
        Ok,
    )
}

fn file(path: PathBuf) -> Result<PathBuf> {
    match path.is_file() {
        true => Ok(path),
        false => Err(Failure::Failed(format!(
            "{} is missing: delete its folder and try again",
            path.display()
        ))),
    }
}

/// Takes away what would make the end-to-end tests run: in the native step they stay silent.
pub(crate) fn without_browsers(command: &mut Command) {
    for (name, _) in env::vars_os() {
        if name.to_string_lossy().starts_with("RELEASE_VIEWER_") {
            command.env_remove(name);
        }
    }
}
