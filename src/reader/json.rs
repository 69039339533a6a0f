//! JSON (RFC 8259) → a tree.
//!
//! Our own, because it is read in the browser: a general library costs 12 to 19 kB there (brotli), this about two.
//! Numbers stay text: dates and counts need no floating point.

use std::borrow::Cow;

use super::Error;

/// How deep values may stand inside each other. Feeds need about six; a thousand would end the stack in wasm.
const DEPTH: usize = 64;

/// A JSON value. Texts without escapes are borrowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(&'a str),
    String(Cow<'a, str>),
    Array(Vec<Self>),
    Object(Vec<(Cow<'a, str>, Self)>),
}

impl Json<'_> {
    /// The member with this name; of several, the last.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => {
                members.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    /// A text, or a number as it is written.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Number(text) => Some(text),
            _ => None,
        }
    }

    /// A whole number that is not negative, also one in quotes.
    pub(super) fn whole(&self) -> Option<u64> {
        self.text()?.parse().ok()
    }

    /// The items of an array; none of anything else.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }
}

/// Reads one value that fills the text. A byte order mark before it is left out.
pub(super) fn parse(text: &str) -> Result<Json<'_>, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser = Parser { text, at: 0 };
    let found = parser.value(DEPTH).and_then(|value| {
        parser.space();
        if parser.at == text.len() { Ok(value) } else { Err("the end") }
    });
    found.map_err(|expected| {
        let line =
            text.as_bytes().iter().take(parser.at).filter(|&&byte| byte == b'\n').count() + 1;
        Error::Json { line, expected }
    })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

/// What was expected and not found.
type Found<T> = Result<T, &'static str>;

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let there = self.peek() == Some(byte);
        self.at += usize::from(there);
        there
    }

    fn value(&mut self, depth: usize) -> Found<Json<'a>> {
        self.space();
        match self.peek() {
            _ if depth == 0 => Err("fewer values inside each other"),
            Some(b'{') => self.object(depth - 1),
            Some(b'[') => self.array(depth - 1),
            Some(b'"') => Ok(Json::String(self.string()?)),
            Some(b'-' | b'0'..=b'9') => self.number(),
            _ => {
                for (word, value) in
                    [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
                {
                    if self
                        .text
                        .as_bytes()
                        .get(self.at..)
                        .is_some_and(|rest| rest.starts_with(word.as_bytes()))
                    {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                Err("a value")
            }
        }
    }

    fn object(&mut self, depth: usize) -> Found<Json<'a>> {
        self.at += 1;
        let mut members = Vec::new();
        self.space();
        if self.eat(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            self.space();
            let name = if self.peek() == Some(b'"') {
                self.string()?
            } else {
                return Err("a name in quotes");
            };
            self.space();
            if !self.eat(b':') {
                return Err("a colon");
            }
            members.push((name, self.value(depth)?));
            self.space();
            if self.eat(b'}') {
                return Ok(Json::Object(members));
            }
            if !self.eat(b',') {
                return Err("a comma or }");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Found<Json<'a>> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.eat(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value(depth)?);
            self.space();
            if self.eat(b']') {
                return Ok(Json::Array(items));
            }
            if !self.eat(b',') {
                return Err("a comma or ]");
            }
        }
    }

    fn digits(&mut self) -> Found<()> {
        let from = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        if self.at == from { Err("a digit") } else { Ok(()) }
    }

    fn number(&mut self) -> Found<Json<'a>> {
        let from = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _signed = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        Ok(Json::Number(self.text.get(from..self.at).unwrap_or_default()))
    }

    fn string(&mut self) -> Found<Cow<'a, str>> {
        self.at += 1;
        let mut text = Cow::Borrowed("");
        loop {
            let from = self.at;
            while self.peek().is_some_and(|byte| byte != b'"' && byte != b'\\' && byte >= 0x20) {
                self.at += 1;
            }
            // The first part is borrowed, until something is to be put behind it.
            text += self.text.get(from..self.at).unwrap_or_default();
            if self.eat(b'"') {
                return Ok(text);
            }
            if !self.eat(b'\\') {
                return Err("a quote at the end of the text");
            }
            let escape = self.peek().ok_or("an escape")?;
            self.at += 1;
            text.to_mut().push(match escape {
                b'"' | b'\\' | b'/' => char::from(escape),
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => self.unit_pair()?,
                _ => return Err("an escape"),
            });
        }
    }

    fn unit(&mut self) -> Found<u32> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()));
        let unit = digits
            .and_then(|digits| u32::from_str_radix(digits, 16).ok())
            .ok_or("four hexadecimal digits")?;
        self.at += 4;
        Ok(unit)
    }

    /// A character from one or two UTF-16 units. Half a pair is mended to U+FFFD, so that the rest is not lost.
    fn unit_pair(&mut self) -> Found<char> {
        let first = self.unit()?;
        if (0xd800..0xdc00).contains(&first)
            && self.text.as_bytes().get(self.at..self.at + 2) == Some(b"\\u")
        {
            let before = self.at;
            self.at += 2;
            let second = self.unit()?;
            if (0xdc00..0xe000).contains(&second) {
                let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return Ok(char::from_u32(code).unwrap_or('\u{fffd}'));
            }
            self.at = before;
        }
        Ok(char::from_u32(first).unwrap_or('\u{fffd}'))
    }
}

#[cfg(test)]
mod tests {
    use super::{Json, parse};

    #[test]
    fn values_are_read() {
        let json = parse("\u{feff} {\"a\": [1, -2.5e3, \"x\\u00e9\\ud83d\\ude00\\n\"], \"b\": null, \"b\": true}\n").unwrap();
        assert_eq!(json.get("b"), Some(&Json::Bool(true)));
        let items = json.get("a").unwrap().items();
        assert_eq!(items[0].whole(), Some(1));
        assert_eq!(items[2].text(), Some("xé😀\n"));
        assert_eq!(parse("\"\\ud800x\"").unwrap().text(), Some("\u{fffd}x"));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        for bad in [
            "",
            "{",
            "[1,]",
            "{\"a\" 1}",
            "01",
            "1.",
            "\"a",
            "\"\\x\"",
            "nul",
            "[1] 2",
            "{a:1}",
            "\"\t\"",
            "+1",
            "\"\\u12g4\"",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            parse("{\n\"a\": 1\n\"b\"").unwrap_err().to_string(),
            "this is not JSON: line 3: expected a comma or }"
        );
        assert!(parse(&"[".repeat(100_000)).is_err());
    }
}
