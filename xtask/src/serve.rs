//! `serve [FOLDER]`: the development server, which builds anew when a source or a release changes.

use crate::{
    dist,
    failure::{Context, Result, failed},
    process::{Guarded, root},
    tools::Toolbox,
};
use std::{
    fs,
    io::{self, BufRead, BufReader, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::Path,
    thread,
    time::Duration,
};

/// What is watched also without a folder; the same list stands in Trunk.toml, and `--watch` replaces that one.
const WATCHED: [&str; 4] = ["Cargo.toml", "index.html", "src", "static"];

/// What a build writes into. A folder of releases may contain it, as `cargo xtask serve .` does.
const WRITTEN: [&str; 4] = ["target", "dist", "screenshots", ".git"];

/// Serves until Ctrl-C.
pub(crate) fn serve(folder: Option<&Path>) -> Result<()> {
    let tools = Toolbox::open()?;
    let port = free_port(8080)?;
    let mut trunk = tools.trunk(&[
        "serve",
        "--quiet",
        "--address",
        "127.0.0.1",
        "--port",
        &port.to_string(),
    ])?;
    // Not into dist: that is the release build, and a debug build must not be measured or published in its place.
    let served = root().join("target/serve");
    fs::create_dir_all(&served).context(served.display())?;
    trunk.arg("--dist").arg(&served);
    if let Some(folder) = folder {
        for path in WATCHED.map(|path| root().join(path)).iter().map(|path| &**path).chain([folder])
        {
            trunk.arg("--watch").arg(path);
        }
        // Trunk refuses to start when one of them does not exist.
        for path in WRITTEN.map(|path| root().join(path)) {
            if path.exists() && !folder.starts_with(&path) {
                trunk.arg("--ignore").arg(path);
            }
        }
    }
    dist::set_folder(&mut trunk, folder);
    println!("building, then serving on port {port} …");
    let mut server = Guarded::start(&mut trunk)?;
    let status = loop {
        if server.has_ended()? {
            return failed("trunk has ended before it could serve (its words are above)");
        }
        match status_of(port) {
            Ok(status) => break status,
            Err(_) => thread::sleep(Duration::from_millis(100)),
        }
    };
    if status != "200" {
        println!("the first build has failed: the page appears once the error above is mended");
    }
    println!(
        "serving http://127.0.0.1:{port}/ and its pages at http://127.0.0.1:{port}/archive/index.html  (stop with Ctrl-C)"
    );
    server.wait()?;
    failed("trunk has ended")
}

/// The first free port from `first` on.
fn free_port(first: u16) -> Result<u16> {
    let free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let port = (first..=u16::MAX).find(free);
    port.map_or_else(|| failed(format!("no port from {first} on is free")), Ok)
}

/// What the server answers when asked for the start page: `200`.
fn status_of(port: u16) -> io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n")?;
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line)?;
    line.split_whitespace()
        .nth(1)
        .map(str::to_owned)
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}
