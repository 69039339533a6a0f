//! A server that really fails: it hangs, drips, cuts and tears down connections, which a library would not let us do.
//!
//! Each has an address of its own (127.0.1.…): pages of several of them share neither process nor connections.

use crate::fault::{Answer, Asked, Fault, Flow, LOGIN};
use crate::server::mime;
use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// Between two looks at whether something has changed.
const PAUSE: Duration = Duration::from_millis(10);
/// What comes together has time to arrive before the connection is torn down.
const ARRIVES: Duration = Duration::from_millis(100);

/// Which requests a fault is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum File {
    Wasm,
    Glue,
    Style,
    Archive,
    List,
    Release,
}

impl File {
    pub(crate) const ALL: [Self; 6] =
        [Self::Wasm, Self::Glue, Self::Style, Self::Archive, Self::List, Self::Release];

    /// Whether a path of the server is this file.
    pub(crate) fn is(self, path: &str) -> bool {
        let is = |folder: &str, end: &str| path.starts_with(folder) && path.ends_with(end);
        match self {
            Self::Wasm => is("app/", ".wasm"),
            Self::Glue => is("app/", ".js"),
            Self::Style => is("app/", ".css"),
            Self::Archive => is("archive/", "archive.json"),
            Self::List => is("archive/lists/", ".json"),
            Self::Release => is("archive/releases/", ".json"),
        }
    }
}

/// A running server. Dropping it ends it, with all that hangs.
#[derive(Debug)]
pub(crate) struct Faulty {
    address: SocketAddr,
    elsewhere: SocketAddr,
    site: Arc<Site>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Site {
    dist: PathBuf,
    pages: Mutex<BTreeMap<String, String>>,
    fault: Mutex<Option<(File, Fault)>>,
    counts: Mutex<BTreeMap<String, usize>>,
    /// Grows when faults end, and with them all that hangs.
    mended: AtomicUsize,
    running: AtomicUsize,
    ended: AtomicBool,
    elsewhere: String,
    nowhere: String,
}

impl Faulty {
    /// Serves a folder at the address with this number, without a fault as yet.
    pub(crate) fn start(dist: &Path, number: u8) -> Self {
        let listen = || TcpListener::bind((Ipv4Addr::new(127, 0, 1, number), 0)).unwrap();
        let (own, other) = (listen(), listen());
        let (address, elsewhere) = (own.local_addr().unwrap(), other.local_addr().unwrap());
        let nowhere = listen().local_addr().unwrap();
        let site = Arc::new(Site {
            dist: dist.to_owned(),
            pages: Mutex::new([("login.html".to_owned(), LOGIN.to_owned())].into()),
            fault: Mutex::default(),
            counts: Mutex::default(),
            mended: AtomicUsize::new(0),
            running: AtomicUsize::new(0),
            ended: AtomicBool::new(false),
            elsewhere: format!("http://{elsewhere}"),
            nowhere: format!("http://{nowhere}"),
        });
        let threads = [own, other].map(|listener| {
            let site = Arc::clone(&site);
            std::thread::spawn(move || site.listen(&listener))
        });
        Self { address, elsewhere, site, threads: threads.into() }
    }

    /// The address of a file.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Adds a page.
    pub(crate) fn page(&self, path: &str, html: &str) {
        self.site.pages.lock().unwrap().insert(path.to_owned(), html.to_owned());
    }

    /// Lets a file go wrong from now on.
    pub(crate) fn fail(&self, file: File, fault: Fault) {
        *self.site.fault.lock().unwrap() = Some((file, fault));
    }

    /// Ends the fault, and what hangs.
    pub(crate) fn mend(&self) {
        *self.site.fault.lock().unwrap() = None;
        self.site.mended.fetch_add(1, Ordering::SeqCst);
    }

    /// How often a file was asked for. Further steps of a redirect do not count.
    pub(crate) fn requests(&self, file: File) -> usize {
        let counts = self.site.counts.lock().unwrap();
        counts.iter().filter(|(path, _)| file.is(path)).map(|(_, count)| count).sum()
    }

    /// How many requests are being answered.
    pub(crate) fn running(&self) -> usize {
        self.site.running.load(Ordering::SeqCst)
    }

    /// Waits until so many requests are being answered.
    pub(crate) fn until_running(&self, count: usize) {
        let deadline = Instant::now() + Duration::from_secs(8);
        while self.running() != count {
            assert!(Instant::now() < deadline, "{} requests are running", self.running());
            std::thread::sleep(PAUSE);
        }
    }
}

impl Drop for Faulty {
    fn drop(&mut self) {
        self.site.ended.store(true, Ordering::SeqCst);
        for address in [self.address, self.elsewhere] {
            let _wakes_it = TcpStream::connect(address);
        }
        for thread in self.threads.drain(..) {
            let _a_panic_there_is_seen_in_the_test = thread.join();
        }
    }
}

impl Site {
    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        while let Ok((stream, _)) = listener.accept() {
            if self.ended.load(Ordering::SeqCst) {
                return;
            }
            let site = Arc::clone(self);
            std::thread::spawn(move || {
                let _gone = site.serve(&stream);
            });
        }
    }

    fn serve(&self, stream: &TcpStream) -> std::io::Result<()> {
        let mended = self.mended.load(Ordering::SeqCst);
        let Some((head, length)) = peek(stream)? else { return Ok(()) };
        self.running.fetch_add(1, Ordering::SeqCst);
        let address = stream.local_addr()?;
        let answer = self.answer(&head, address);
        let mut sent = self.send(stream, &answer, length, mended);
        // What has not begun when the fault ends comes late, but right.
        if sent.is_ok() && answer.flow == Flow::Hangs(0) && !is_gone(stream) {
            sent = self.send(stream, &self.answer(&head, address), 0, mended);
        }
        self.running.fetch_sub(1, Ordering::SeqCst);
        sent
    }

    fn answer(&self, head: &str, at: SocketAddr) -> Answer {
        let target = head.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let is_elsewhere = format!("http://{at}") == self.elsewhere;
        if !query.starts_with("hop=") && !is_elsewhere {
            *self.counts.lock().unwrap().entry(path.to_owned()).or_default() += 1;
        }
        let (body, mime) = (self.read(path), mime(path));
        let asked = Asked {
            path,
            query,
            mime,
            body: body.as_deref().unwrap_or_default(),
            elsewhere: &self.elsewhere,
            nowhere: &self.nowhere,
        };
        let fault = self.fault.lock().unwrap().filter(|(file, _)| file.is(path));
        match (fault, &body) {
            // The same file, without a permission to read it.
            _ if is_elsewhere => asked.fail(Fault::As(mime)),
            (_, None) => asked.fail(Fault::Status(404)),
            (Some((_, fault)), _) => asked.fail(fault),
            (None, _) => asked.answer(),
        }
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        if let Some(page) = self.pages.lock().unwrap().get(path) {
            return Some(page.clone().into_bytes());
        }
        let path = Path::new(path);
        let is_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
        is_inside.then(|| fs::read(self.dist.join(path)).ok()).flatten()
    }

    /// Sends an answer. What was peeked at is read only if the end shall be orderly: what lies unread tears the
    /// connection down.
    fn send(
        &self,
        mut stream: &TcpStream,
        Answer { bytes, flow }: &Answer,
        length: usize,
        mended: usize,
    ) -> std::io::Result<()> {
        if !matches!(flow, Flow::Resets(_)) {
            stream.read_exact(&mut vec![0; length])?;
        }
        let first = match *flow {
            Flow::Whole => bytes.len(),
            Flow::Hangs(count) | Flow::Drips(count) | Flow::Closes(count) | Flow::Resets(count) => {
                count
            }
        };
        stream.write_all(&bytes[..first])?;
        match flow {
            Flow::Whole | Flow::Closes(_) => {}
            Flow::Resets(_) => std::thread::sleep(ARRIVES),
            Flow::Hangs(_) => while !self.is_over(stream, mended, PAUSE) {},
            Flow::Drips(_) => {
                for byte in &bytes[first..] {
                    if self.is_over(stream, mended, Duration::from_secs(1)) {
                        break;
                    }
                    stream.write_all(&[*byte])?;
                }
            }
        }
        Ok(())
    }

    /// Waits, and says whether the waiting has an end: the fault is mended, or nobody listens any more.
    fn is_over(&self, stream: &TcpStream, mended: usize, time: Duration) -> bool {
        let deadline = Instant::now() + time;
        loop {
            let is_mended = self.mended.load(Ordering::SeqCst) != mended;
            if is_mended || self.ended.load(Ordering::SeqCst) || is_gone(stream) {
                return true;
            }
            if Instant::now() >= deadline {
                return false;
            }
            std::thread::sleep(PAUSE);
        }
    }
}

/// The head of a request and its length, left unread; `None` if there is none.
fn peek(stream: &TcpStream) -> std::io::Result<Option<(String, usize)>> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut bytes = [0; 8192];
    loop {
        let count = stream.peek(&mut bytes)?;
        let head = String::from_utf8_lossy(&bytes[..count]);
        if let Some(end) = head.find("\r\n\r\n") {
            return Ok(Some((head[..end].to_owned(), end + 4)));
        }
        if count == 0 || count == bytes.len() {
            return Ok(None);
        }
        std::thread::sleep(PAUSE);
    }
}

fn is_gone(stream: &TcpStream) -> bool {
    let look = || {
        stream.set_nonblocking(true)?;
        let count = stream.peek(&mut [0]);
        stream.set_nonblocking(false)?;
        count
    };
    match look() {
        Ok(count) => count == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}
