//! A file server for the built page that is as strict as a host can be, and that can be told to fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use tiny_http::{Header, Request, Response};

/// What works under this works under any policy that lets our own files through.
pub(crate) const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
    img-src 'self'; base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/// The page with something behind the viewer that can have the focus, as most hosts have.
pub(crate) const WITH_LINKS: &str = "with-links.html";
/// The page with a viewer whose own language is English.
pub(crate) const IN_ENGLISH: &str = "in-english.html";

/// How a request goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The answer is 500.
    Refused,
    /// The answer is 200 and nonsense.
    Garbage,
    /// There is no answer until the fault is mended.
    Hanging,
}

/// A running server. Dropping it ends it.
pub(crate) struct Server {
    http: Arc<tiny_http::Server>,
    site: Arc<Site>,
    thread: Option<JoinHandle<()>>,
}

struct Site {
    dist: PathBuf,
    also: Mutex<BTreeMap<String, PathBuf>>,
    headers: Mutex<Vec<(String, String, String)>>,
    asked: Mutex<Vec<String>>,
    faults: Mutex<BTreeMap<String, Fault>>,
    held: Mutex<Vec<Request>>,
}

impl Server {
    /// Serves a folder at a port of its own.
    pub(crate) fn start(dist: &Path) -> Self {
        let http = Arc::new(tiny_http::Server::http("127.0.0.1:0").unwrap());
        let site = Arc::new(Site {
            dist: dist.to_owned(),
            also: Mutex::default(),
            headers: Mutex::default(),
            asked: Mutex::default(),
            faults: Mutex::default(),
            held: Mutex::default(),
        });
        let thread = std::thread::spawn({
            let (http, site) = (Arc::clone(&http), Arc::clone(&site));
            move || http.incoming_requests().for_each(|request| site.answer(request))
        });
        Self { http, site, thread: Some(thread) }
    }

    /// The address of a file.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.http.server_addr())
    }

    /// Serves another folder too, under a name that the built page does not use.
    pub(crate) fn also(&self, name: &str, folder: &Path) {
        self.site.also.lock().unwrap().insert(name.to_owned(), folder.to_owned());
    }

    /// Sends another header with all files whose path begins so. The longest beginning counts, then the last call.
    pub(crate) fn set_header(&self, path: &str, name: &str, value: &str) {
        let header = (path.to_owned(), name.to_owned(), value.to_owned());
        self.site.headers.lock().unwrap().push(header);
    }

    /// What has been asked for since the last time, in order.
    pub(crate) fn take_asked(&self) -> Vec<String> {
        self.site.asked.lock().unwrap().drain(..).collect()
    }

    /// The folder that is served.
    pub(crate) fn dist(&self) -> &Path {
        &self.site.dist
    }

    /// Lets requests for a path with this end go wrong from now on.
    pub(crate) fn fail(&self, path: &str, fault: Fault) {
        self.site.faults.lock().unwrap().insert(path.to_owned(), fault);
    }

    /// Ends all faults, and answers what hangs.
    pub(crate) fn mend(&self) {
        self.site.faults.lock().unwrap().clear();
        let held: Vec<Request> = self.site.held.lock().unwrap().drain(..).collect();
        held.into_iter().for_each(|request| self.site.answer(request));
    }

    /// How many requests hang.
    pub(crate) fn hanging(&self) -> usize {
        self.site.held.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.http.unblock();
        if let Some(thread) = self.thread.take() {
            let _a_panic_there_is_seen_in_the_test = thread.join();
        }
    }
}

impl Site {
    fn answer(&self, request: Request) {
        let path =
            request.url().split('?').next().unwrap_or_default().trim_start_matches('/').to_owned();
        self.asked.lock().unwrap().push(path.clone());
        let faults = self.faults.lock().unwrap().clone();
        let fault = faults.iter().find(|(end, _)| path.ends_with(*end)).map(|(_, fault)| *fault);
        let response = match fault {
            Some(Fault::Hanging) => {
                self.held.lock().unwrap().push(request);
                return;
            }
            Some(Fault::Refused) => Response::from_string("refused").with_status_code(500),
            Some(Fault::Garbage) => Response::from_string("{\"version\": <html>"),
            None => match self.read(&path) {
                Some(bytes) => Response::from_data(bytes),
                None => Response::from_string("not found").with_status_code(404),
            },
        };
        let headers = self.headers.lock().unwrap().clone();
        let header = |name: &str, value: &str| {
            let other = headers
                .iter()
                .filter(|(start, other, _)| path.starts_with(start) && other == name)
                .max_by_key(|(start, ..)| start.len())
                .map(|(.., value)| value.as_str());
            Header::from_bytes(name, other.unwrap_or(value)).unwrap()
        };
        let response = response
            .with_header(header("Content-Type", mime(&path)))
            .with_header(header("Content-Security-Policy", POLICY))
            .with_header(header("X-Content-Type-Options", "nosniff"))
            .with_header(header("Cache-Control", "no-cache"));
        // A browser that has gone on in the meantime takes no answer.
        let _gone = request.respond(response);
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = Path::new(path);
        if !path.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let page = || fs::read_to_string(self.dist.join("index.html")).ok();
        match path.to_str()? {
            WITH_LINKS => Some(with_links(&page()?).into_bytes()),
            IN_ENGLISH => Some(
                page()?.replace("<release-viewer ", "<release-viewer lang=\"en\" ").into_bytes(),
            ),
            _ => fs::read(self.file(path)).ok(),
        }
    }

    fn file(&self, path: &Path) -> PathBuf {
        let also = self.also.lock().unwrap();
        let inside = also
            .iter()
            .find_map(|(name, folder)| path.strip_prefix(name).ok().map(|rest| folder.join(rest)));
        inside.unwrap_or_else(|| self.dist.join(path))
    }
}

fn with_links(page: &str) -> String {
    let links = "</release-viewer>\n<p><a id=\"after\" href=\"#top\">위로</a></p>";
    page.replace("</release-viewer>", links)
}

/// What a server says that a file is.
pub(crate) fn mime(path: &str) -> &'static str {
    match Path::new(path).extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}
