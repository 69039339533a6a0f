//! The little of WebDriver (and of HTTP) that the tests need, without a runtime: one request, one answer.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any command takes, so that a browser that hangs fails the test and not the machine.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often a browser may fail to start: WebKitGTK does, about once in a hundred times.
const STARTS: usize = 3;

/// A running driver. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver. `port_argument` is how it is told its port, with `=` at the end or as a word of its own.
    pub(crate) fn start(program: &Path, port_argument: &str) -> Self {
        let port = free_port();
        let mut command = Command::new(program);
        match port_argument.ends_with('=') {
            true => command.arg(format!("{port_argument}{port}")),
            false => command.arg(port_argument).arg(port.to_string()),
        };
        // The order in which a date is typed depends on the language.
        command.env("LC_ALL", "C.UTF-8").env("LANGUAGE", "en_US");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {}: {error}", program.display()));
        let driver = Self { child, port };
        let deadline = Instant::now() + PATIENCE;
        while driver.send("GET", "/status", None).is_err() {
            assert!(Instant::now() < deadline, "{} does not answer", program.display());
            std::thread::sleep(Duration::from_millis(10));
        }
        driver
    }

    /// Sends a command; the error is what the driver says, or that it does not answer.
    fn send(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value, String> {
        let answer =
            self.exchange(method, path, body).map_err(|error| format!("no answer: {error}"))?;
        let answer: Value =
            serde_json::from_slice(&answer).map_err(|error| format!("no JSON: {error}"))?;
        let value = answer.get("value").cloned().unwrap_or_default();
        match value.get("error") {
            Some(error) => {
                Err(format!("{error}: {}", value.get("message").unwrap_or(&Value::Null)))
            }
            None => Ok(value),
        }
    }

    fn exchange(&self, method: &str, path: &str, body: Option<&Value>) -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let body = body.map(Value::to_string).unwrap_or_default();
        let (port, length) = (self.port, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        )?;
        let mut reader = BufReader::new(stream);
        let (mut line, mut length) = (String::new(), 0);
        while reader.read_line(&mut line)? > 0 && !line.trim().is_empty() {
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or_default();
            }
            line.clear();
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _no_matter = self.child.wait();
    }
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .unwrap()
        .port()
}

/// A browser under a driver of its own. Dropping it closes the browser, then ends the driver.
#[derive(Debug)]
pub(crate) struct Session {
    driver: Driver,
    path: String,
}

impl Session {
    /// Starts a browser, each time with a new driver.
    pub(crate) fn start(driver: impl Fn() -> Driver, capabilities: &Value) -> Self {
        let wanted = json!({ "capabilities": { "alwaysMatch": capabilities } });
        for start in 1..=STARTS {
            let driver = driver();
            match driver.send("POST", "/session", Some(&wanted)) {
                Ok(session) => {
                    let id = session["sessionId"].as_str().expect("a session has an id");
                    return Self { path: format!("/session/{id}"), driver };
                }
                Err(error) => println!("start {start}: no browser: {error}"),
            }
        }
        panic!("no browser after {STARTS} starts");
    }

    /// Asks for something.
    pub(crate) fn get(&self, command: &str) -> Value {
        self.driver
            .send("GET", &format!("{}{command}", self.path), None)
            .unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Has something done.
    pub(crate) fn post(&self, command: &str, body: &Value) -> Value {
        self.try_post(command, body).unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    /// Has something done that may be refused.
    pub(crate) fn try_post(&self, command: &str, body: &Value) -> Result<Value, String> {
        self.driver.send("POST", &format!("{}{command}", self.path), Some(body))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _already_gone = self.driver.send("DELETE", &self.path, None);
    }
}
