//! A file server for the built page that is as strict as a host can be, and that can be told to fail.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

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
    address: SocketAddr,
    site: Arc<Site>,
    thread: Option<JoinHandle<()>>,
}

struct Site {
    dist: PathBuf,
    also: Mutex<BTreeMap<String, PathBuf>>,
    headers: Mutex<Vec<(String, String, String)>>,
    asked: Mutex<Vec<String>>,
    faults: Mutex<BTreeMap<String, Fault>>,
    held: Mutex<Vec<(String, TcpStream)>>,
    ended: AtomicBool,
}

impl Server {
    /// Serves a folder at a port of its own.
    pub(crate) fn start(dist: &Path) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let site = Arc::new(Site {
            dist: dist.to_owned(),
            also: Mutex::default(),
            headers: Mutex::default(),
            asked: Mutex::default(),
            faults: Mutex::default(),
            held: Mutex::default(),
            ended: AtomicBool::new(false),
        });
        let thread = std::thread::spawn({
            let site = Arc::clone(&site);
            move || site.listen(&listener)
        });
        Self { address, site, thread: Some(thread) }
    }

    /// The address of a file.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
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
        let held: Vec<_> = {
            let mut faults = self.site.faults.lock().unwrap();
            faults.clear();
            self.site.held.lock().unwrap().drain(..).collect()
        };
        held.into_iter().for_each(|(path, stream)| self.site.answer(path, stream));
    }

    /// How many requests hang.
    pub(crate) fn hanging(&self) -> usize {
        self.site.held.lock().unwrap().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.site.ended.store(true, Ordering::SeqCst);
        let _wakes_it = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _a_panic_there_is_seen_in_the_test = thread.join();
        }
    }
}

impl Site {
    /// A thread for each connection: a browser opens six at once, and some it never uses.
    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        while let Ok((stream, _)) = listener.accept() {
            if self.ended.load(Ordering::SeqCst) {
                return;
            }
            let site = Arc::clone(self);
            std::thread::spawn(move || {
                if let Some(path) = asked_path(&stream) {
                    site.answer(path, stream);
                }
            });
        }
    }

    fn answer(&self, path: String, mut stream: TcpStream) {
        self.asked.lock().unwrap().push(path.clone());
        let fault = {
            let faults = self.faults.lock().unwrap();
            let fault =
                faults.iter().find(|(end, _)| path.ends_with(*end)).map(|(_, fault)| *fault);
            if fault == Some(Fault::Hanging) {
                self.held.lock().unwrap().push((path, stream));
                return;
            }
            fault
        };
        let (status, body) = match fault {
            Some(Fault::Refused | Fault::Hanging) => (500, b"refused".to_vec()),
            Some(Fault::Garbage) => (200, b"{\"version\": <html>".to_vec()),
            None => match self.read(&path) {
                Some(bytes) => (200, bytes),
                None => (404, b"not found".to_vec()),
            },
        };
        let headers = self.headers.lock().unwrap().clone();
        let mut head = format!(
            "HTTP/1.1 {status} -\r\nConnection: close\r\nContent-Length: {}\r\n",
            body.len()
        );
        for (name, value) in [
            ("Content-Type", mime(&path)),
            ("Content-Security-Policy", POLICY),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-cache"),
        ] {
            let other = headers
                .iter()
                .filter(|(start, other, _)| path.starts_with(start) && other == name)
                .max_by_key(|(start, ..)| start.len())
                .map(|(.., value)| value.as_str());
            head.extend([name, ": ", other.unwrap_or(value), "\r\n"]);
        }
        head.push_str("\r\n");
        // A browser that has gone on in the meantime takes no answer.
        let _gone = stream.write_all(&[head.as_bytes(), &body].concat());
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

/// Reads the head of a request, to its end: what lies unread would tear the connection down.
fn asked_path(stream: &TcpStream) -> Option<String> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next()?.ok()?;
    while !lines.next()?.ok()?.is_empty() {}
    let path = first.split(' ').nth(1)?.split('?').next()?;
    Some(path.trim_start_matches('/').to_owned())
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
