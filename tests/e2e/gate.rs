//! A way to a server that can be closed: connections are refused, as without a network, or lead nowhere.

use std::io;
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// What becomes of connections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    /// They reach the server.
    Open,
    /// They are taken, and nobody answers.
    Nowhere,
}

/// An address that leads to a server. Dropping it closes it.
#[derive(Debug)]
pub(crate) struct Gate {
    address: SocketAddr,
    server: SocketAddr,
    running: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    closed: Arc<AtomicBool>,
    streams: Arc<Mutex<Vec<TcpStream>>>,
    thread: JoinHandle<()>,
}

impl Gate {
    /// Opens a way to a server, given as `http://127.0.0.1:1234/`.
    pub(crate) fn to(server: &str) -> Self {
        let server = server.trim_start_matches("http://").trim_end_matches('/').parse().unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let gate =
            Self { address: listener.local_addr().unwrap(), server, running: Mutex::default() };
        gate.run(listener, Way::Open);
        gate
    }

    /// The address of a file.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    /// Ends all connections, and takes no new ones.
    pub(crate) fn close(&self) {
        let Some(Running { closed, streams, thread }) = self.running.lock().unwrap().take() else {
            return;
        };
        closed.store(true, Ordering::SeqCst);
        let _wakes_it = TcpStream::connect(self.address);
        thread.join().unwrap();
        for stream in streams.lock().unwrap().drain(..) {
            let _gone_already = stream.shutdown(Shutdown::Both);
        }
    }

    /// Opens it again at the same address.
    pub(crate) fn open(&self, way: Way) {
        self.close();
        self.run(TcpListener::bind(self.address).unwrap(), way);
    }

    fn run(&self, listener: TcpListener, way: Way) {
        let closed = Arc::new(AtomicBool::new(false));
        let streams = Arc::new(Mutex::new(Vec::new()));
        let thread = std::thread::spawn({
            let (closed, streams, server) =
                (Arc::clone(&closed), Arc::clone(&streams), self.server);
            move || {
                while let Ok((stream, _)) = listener.accept() {
                    if closed.load(Ordering::SeqCst) {
                        return;
                    }
                    streams.lock().unwrap().push(stream.try_clone().unwrap());
                    if way == Way::Open {
                        let _ended_with_the_connection = join(stream, server);
                    }
                }
            }
        });
        *self.running.lock().unwrap() = Some(Running { closed, streams, thread });
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.close();
    }
}

/// Carries bytes both ways until one side has enough.
fn join(browser: TcpStream, server: SocketAddr) -> io::Result<()> {
    let server = TcpStream::connect(server)?;
    for (mut from, mut to) in [(browser.try_clone()?, server.try_clone()?), (server, browser)] {
        std::thread::spawn(move || {
            let _no_matter_how_it_ended = io::copy(&mut from, &mut to);
            let _gone_already = from.shutdown(Shutdown::Both);
            let _gone_already = to.shutdown(Shutdown::Both);
        });
    }
    Ok(())
}
