//! The ways in which an answer of a server goes wrong.

use std::fmt::Write as _;

/// A gigabyte, and what is too much for any file of ours.
const BOMB: usize = 1 << 30;
const HUGE: usize = 50 << 20;

/// What comes in place of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// An error, with a page that says so.
    Status(u16),
    /// A redirect that leads to itself.
    Loop,
    /// Three redirects, then the file. Harmless.
    Chain,
    /// A redirect to the page where one logs in.
    ToLogin,
    /// A redirect to another origin, which permits nothing.
    Elsewhere,
    /// A redirect to a port where nobody listens: the connection is refused.
    Nowhere,
    /// The connection is torn down before an answer.
    Reset,
    /// The connection is torn down in the middle of the file.
    ResetLater,
    /// The connection is closed without a byte.
    Closed,
    /// No answer comes.
    Hangs,
    /// Nothing comes after the headers.
    HangsLater,
    /// The headers come byte by byte.
    DripsHead,
    /// The file comes byte by byte.
    Drips,
    /// Half of the file, closed in order: less than was announced.
    Cut,
    /// Half of the file, as if all of it.
    Truncated,
    /// Half of the file, as the part that was asked for.
    Partial,
    /// The file under another type.
    As(&'static str),
    /// The page where one logs in, with status 200.
    Login,
    /// Nonsense that may be kept for a year.
    Kept,
    /// Other content with status 200.
    Says(&'static str),
    /// One bit is another.
    Flipped,
    /// A file of the same kind that is not ours, or is of another version.
    OtherVersion,
    /// The file, under a wrong `Content-Encoding`.
    Encoded(&'static str),
    /// A few megabytes that unpack to a gigabyte.
    Bomb,
    /// Fifty megabytes of one byte.
    Huge(u8),
    /// Brackets in brackets.
    Deep,
    /// As many bytes as the file has, all zero.
    Nuls,
    /// The file in UTF-16.
    Utf16,
}

impl Fault {
    /// All of them.
    pub(crate) const ALL: &[Self] = &[
        Self::Status(204),
        Self::Status(400),
        Self::Status(401),
        Self::Status(403),
        Self::Status(404),
        Self::Status(410),
        Self::Status(429),
        Self::Status(451),
        Self::Status(500),
        Self::Status(502),
        Self::Status(503),
        Self::Status(504),
        Self::Loop,
        Self::Chain,
        Self::ToLogin,
        Self::Elsewhere,
        Self::Nowhere,
        Self::Reset,
        Self::ResetLater,
        Self::Closed,
        Self::Hangs,
        Self::HangsLater,
        Self::DripsHead,
        Self::Drips,
        Self::Cut,
        Self::Truncated,
        Self::Partial,
        Self::As("text/plain"),
        Self::As("text/html"),
        Self::Login,
        Self::Kept,
        Self::Says(""),
        Self::Says(" \r\n\t "),
        Self::Says("{\"version\": <html>"),
        Self::Says("[1, \"two\", null]"),
        Self::Says("null"),
        Self::Flipped,
        Self::OtherVersion,
        Self::Encoded("br"),
        Self::Encoded("gzip"),
        Self::Bomb,
        Self::Huge(b' '),
        Self::Huge(b'x'),
        Self::Deep,
        Self::Nuls,
        Self::Utf16,
    ];

    /// Whether it takes the viewer all its patience.
    pub(crate) fn is_slow(self) -> bool {
        matches!(self, Self::Hangs | Self::HangsLater | Self::DripsHead | Self::Drips)
    }
}

/// How the bytes of an answer go out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    /// All at once.
    Whole,
    /// So many of them, then nothing more.
    Hangs(usize),
    /// One in a second, after so many.
    Drips(usize),
    /// So many, then an orderly end.
    Closes(usize),
    /// So many, then the connection is torn down.
    Resets(usize),
}

/// An answer, as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) bytes: Vec<u8>,
    pub(crate) flow: Flow,
}

/// What is asked for, and what would be right.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    pub(crate) path: &'a str,
    pub(crate) query: &'a str,
    pub(crate) mime: &'a str,
    pub(crate) body: &'a [u8],
    /// An address of another origin, and one where nobody listens.
    pub(crate) elsewhere: &'a str,
    pub(crate) nowhere: &'a str,
}

impl Asked<'_> {
    /// The right answer.
    pub(crate) fn answer(&self) -> Answer {
        let open = "Access-Control-Allow-Origin: *\r\nCache-Control: no-cache\r\n";
        whole(head(200, self.mime, open, self.body.len()), self.body)
    }

    /// A wrong answer.
    pub(crate) fn fail(&self, fault: Fault) -> Answer {
        let (path, body) = (self.path, self.body);
        let half = body.len() / 2;
        let says = |body: &[u8]| whole(head(200, self.mime, "", body.len()), body);
        let moved = |status: u16, to: &str| {
            whole(head(status, "text/plain", &format!("Location: {to}\r\n"), 0), b"")
        };
        let all = || {
            let mut bytes = head(200, self.mime, "", body.len());
            let start = bytes.len();
            bytes.extend_from_slice(body);
            (bytes, start)
        };
        let flows = |flow: fn(usize) -> Flow, more: usize| {
            let (bytes, start) = all();
            Answer { bytes, flow: flow(start + more) }
        };
        match fault {
            Fault::Status(204) => {
                whole(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_vec(), b"")
            }
            Fault::Status(status) => {
                let page = format!("<!doctype html><title>{status}</title><h1>{status}</h1>");
                let wait = "Retry-After: 3600\r\n";
                whole(head(status, "text/html", wait, page.len()), page.as_bytes())
            }
            Fault::Loop => moved(301, &format!("/{path}?hop=again")),
            Fault::Chain => match self.query {
                "hop=3" => self.answer(),
                "hop=2" => moved(301, &format!("/{path}?hop=3")),
                "hop=1" => moved(307, &format!("/{path}?hop=2")),
                _ => moved(302, &format!("/{path}?hop=1")),
            },
            Fault::ToLogin => moved(302, "/login.html"),
            Fault::Elsewhere => moved(302, &format!("{}/{path}", self.elsewhere)),
            Fault::Nowhere => moved(302, &format!("{}/{path}", self.nowhere)),
            Fault::Reset => Answer { bytes: Vec::new(), flow: Flow::Resets(0) },
            Fault::ResetLater => flows(Flow::Resets, half),
            Fault::Closed => Answer { bytes: Vec::new(), flow: Flow::Closes(0) },
            Fault::Hangs => Answer { bytes: Vec::new(), flow: Flow::Hangs(0) },
            Fault::HangsLater => flows(Flow::Hangs, 0),
            Fault::DripsHead => Answer { bytes: all().0, flow: Flow::Drips(0) },
            Fault::Drips => flows(Flow::Drips, 1),
            Fault::Cut => flows(Flow::Closes, half),
            Fault::Truncated => says(&body[..half]),
            Fault::Partial => {
                let range = format!("Content-Range: bytes 0-{}/{}\r\n", half - 1, body.len());
                whole(head(206, self.mime, &range, half), &body[..half])
            }
            Fault::As(mime) => {
                let strict = "X-Content-Type-Options: nosniff\r\n";
                whole(head(200, mime, strict, body.len()), body)
            }
            Fault::Login => whole(head(200, "text/html", "", LOGIN.len()), LOGIN.as_bytes()),
            Fault::Kept => {
                let kept = "Cache-Control: public, max-age=31536000, immutable\r\n";
                whole(head(200, self.mime, kept, 1), b"?")
            }
            Fault::Says(body) => says(body.as_bytes()),
            Fault::Flipped => {
                let mut body = body.to_vec();
                // In data the first bracket, since a letter may be another without harm.
                let at = if self.mime == JSON { 0 } else { half };
                body[at] ^= 1;
                says(&body)
            }
            Fault::OtherVersion => says(&other_version(self.mime, body)),
            Fault::Encoded(encoding) => {
                let more = format!("Content-Encoding: {encoding}\r\n");
                whole(head(200, self.mime, &more, body.len()), body)
            }
            Fault::Bomb => {
                let bomb = bomb();
                whole(head(200, self.mime, "Content-Encoding: gzip\r\n", bomb.len()), &bomb)
            }
            Fault::Huge(byte) => says(&vec![byte; HUGE]),
            Fault::Deep => says(&[b'['; 100_000]),
            Fault::Nuls => says(&vec![0; body.len()]),
            Fault::Utf16 => {
                let text = String::from_utf8_lossy(body);
                let units = "\u{FEFF}".encode_utf16().chain(text.encode_utf16());
                says(&units.flat_map(u16::to_le_bytes).collect::<Vec<u8>>())
            }
        }
    }
}

/// The type of data.
pub(crate) const JSON: &str = "application/json; charset=utf-8";

/// The page where one logs in.
pub(crate) const LOGIN: &str = "<!doctype html><html lang=\"en\"><title>Log in</title><form method=\"post\">\
    <input name=\"user\"><input type=\"password\" name=\"password\"><button>Log in</button></form>";

fn whole(mut bytes: Vec<u8>, body: &[u8]) -> Answer {
    bytes.extend_from_slice(body);
    Answer { bytes, flow: Flow::Whole }
}

fn head(status: u16, mime: &str, more: &str, length: usize) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} -\r\nConnection: close\r\n{more}");
    let _to_a_string = write!(head, "Content-Type: {mime}\r\nContent-Length: {length}\r\n\r\n");
    head.into_bytes()
}

fn other_version(mime: &str, body: &[u8]) -> Vec<u8> {
    match mime {
        "application/wasm" => b"\0asm\x01\0\0\0".to_vec(),
        JSON => {
            let text = String::from_utf8_lossy(body).replace("\"version\":1", "\"version\":2");
            // Lists and releases carry no version: there it is another shape.
            if text.as_bytes() == body {
                b"{\"version\":2,\"entries\":[]}".to_vec()
            } else {
                text.into_bytes()
            }
        }
        "text/css; charset=utf-8" => b".rv { color: red }".to_vec(),
        _ => b"export default () => ({ default: async () => {}, mount: () => ({}) });".to_vec(),
    }
}

/// A gigabyte of zeros in gzip: a zero, then matches of 258 bytes, 13 bits each, so that 13 bytes hold 8 of them and
/// come again and again (RFC 1951, fixed codes).
fn bomb() -> Vec<u8> {
    // A block that is not the last, with fixed codes; the literal zero.
    let mut bits = String::from("010") + "00110000";
    // Length 258 (code 285), distance 1.
    bits.extend(std::iter::repeat_n("1100010100000", 24));
    let packed: Vec<u8> = bits
        .as_bytes()
        .chunks_exact(8)
        .map(|eight| eight.iter().rev().fold(0, |byte, bit| byte << 1 | (bit - b'0')))
        .collect();
    let mut bytes = b"\x1f\x8b\x08\0\0\0\0\0\0\xff".to_vec();
    bytes.extend_from_slice(&packed[..2]);
    for _ in 0..BOMB / (8 * 258) {
        bytes.extend_from_slice(&packed[2..15]);
    }
    bytes
}

/// The bomb is one: its first part unpacks to zeros.
#[test]
fn the_bomb_is_small_and_repeats() {
    let bomb = bomb();
    assert!(bomb.len() < 8 << 20);
    assert_eq!(bomb[12..25], bomb[25..38]);
}
