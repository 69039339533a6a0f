//! Writing XML 1.0: well-formed whatever the words are.

/// A document in the making.
pub(super) struct Xml(String);

/// Names and values of attributes.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// Begins a document with its declaration.
    pub(super) fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned())
    }

    /// Opens an element that holds elements.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.0.push_str(">\n");
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push_str(">\n");
    }

    /// Writes an element that holds words.
    pub(super) fn leaf(&mut self, name: &str, attributes: Attributes<'_>, words: &str) {
        self.begin(name, attributes);
        self.0.push('>');
        escape(words, &mut self.0);
        self.close(name);
    }

    /// Writes an element that holds nothing.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.begin(name, attributes);
        self.0.push_str("/>\n");
    }

    /// The document.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// What has been written until now; the next piece begins empty.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Forgets what has been written and keeps its room.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    fn begin(&mut self, name: &str, attributes: Attributes<'_>) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            self.0.push(' ');
            self.0.push_str(name);
            self.0.push_str("=\"");
            escape(value, &mut self.0);
            self.0.push('"');
        }
    }
}

/// Escapes words for XML and HTML, between tags and in attributes.
///
/// White space other than the space becomes a reference, since parsers change it in attributes (XML 1.0, 3.3.3) and at
/// the ends of lines (2.11). The characters that XML forbids even as references (2.2) are left out.
pub(super) fn escape(words: &str, into: &mut String) {
    let mut done = 0;
    for (at, byte) in words.bytes().enumerate() {
        let (written, length) = match byte {
            b'&' => ("&amp;", 1),
            b'<' => ("&lt;", 1),
            b'>' => ("&gt;", 1),
            b'"' => ("&quot;", 1),
            b'\t' => ("&#9;", 1),
            b'\n' => ("&#10;", 1),
            b'\r' => ("&#13;", 1),
            0..=0x1f => ("", 1),
            // U+FFFE and U+FFFF.
            0xef if words.get(at..at + 3).is_some_and(|c| matches!(c, "\u{fffe}" | "\u{ffff}")) => {
                ("", 3)
            }
            _ => continue,
        };
        into.push_str(words.get(done..at).unwrap_or_default());
        into.push_str(written);
        done = at + length;
    }
    into.push_str(words.get(done..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::{Xml, escape};

    fn check(words: &str, written: &str) {
        let mut escaped = String::new();
        escape(words, &mut escaped);
        assert_eq!(escaped, written);
    }

    #[test]
    fn signs_of_markup_are_escaped() {
        check("a & b < c > d \"e\" 'f'", "a &amp; b &lt; c &gt; d &quot;e&quot; 'f'");
        check("]]>", "]]&gt;");
        check("직항 노선", "직항 노선");
        check("", "");
    }

    #[test]
    fn what_xml_forbids_does_not_get_through() {
        check("a\0b\u{1}c\u{8}d\u{b}e\u{c}f\u{1f}g", "abcdefg");
        check("\u{fffe}a\u{ffff}b\u{fffd}c｜\u{ffff}", "ab\u{fffd}c｜");
        check("a\tb\nc\r", "a&#9;b&#10;c&#13;");
        check("\u{7f}\u{85}\u{10ffff}", "\u{7f}\u{85}\u{10ffff}");
    }

    #[test]
    fn elements_stand_inside_each_other() {
        let mut xml = Xml::new();
        xml.open("a", &[("b", "\"<\n")]);
        xml.leaf("c", &[], "1 < 2");
        xml.empty("d", &[("e", "f")]);
        xml.close("a");
        assert_eq!(
            xml.finish(),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&#10;\">\n<c>1 &lt; 2</c>\n<d e=\"f\"/>\n</a>\n"
        );
    }
}
