//! The three engines, and how each is started.

use crate::given;
use crate::webdriver::{Driver, Session};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// An engine that the viewer is tested in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    /// Chromium.
    Chromium,
    /// Firefox.
    Firefox,
    /// WebKitGTK, the engine of Safari.
    WebKit,
}

impl Engine {
    pub(crate) const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in `RELEASE_VIEWER_BROWSERS`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }

    /// Starts it.
    pub(crate) fn start(self) -> Session {
        let (variable, program, port) = match self {
            Self::Chromium => ("RELEASE_VIEWER_CHROMEDRIVER", "chromedriver", "--port="),
            Self::Firefox => ("RELEASE_VIEWER_GECKODRIVER", "geckodriver", "--port"),
            Self::WebKit => ("RELEASE_VIEWER_WEBKITDRIVER", "WebKitWebDriver", "--port="),
        };
        let program = given::path(variable).unwrap_or_else(|| PathBuf::from(program));
        Session::start(|| Driver::start(&program, port), &self.capabilities())
    }

    fn capabilities(self) -> Value {
        match self {
            Self::Chromium => {
                let args = [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--window-size=1280,1000",
                    // 320 px shall be 320 px.
                    "--hide-scrollbars",
                ];
                let mut options = json!({ "args": args });
                // Debian's name; a driver looks for Google's.
                let binary = Path::new("/usr/bin/chromium");
                if binary.is_file() {
                    options["binary"] = json!(binary);
                }
                json!({ "goog:chromeOptions": options, "goog:loggingPrefs": { "browser": "ALL" } })
            }
            Self::Firefox => {
                let args = ["-headless", "-width", "1280", "-height", "1000"];
                json!({ "moz:firefoxOptions": { "args": args, "prefs": { "intl.locale.requested": "en-US" } } })
            }
            Self::WebKit => json!({}),
        }
    }
}
