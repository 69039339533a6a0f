//! Bytes → text: byte order marks, UTF-8, UTF-16, EUC-KR, and the line between text and binary.

use encoding_rs::{EUC_KR, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Error, Problem};

/// A text and what was odd about its bytes.
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) problems: Vec<Problem>,
}

/// First bytes of files that press officers send by mistake.
const SIGNATURES: [(&[u8], &str); 10] = [
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, HWPX or Word file"),
    (b"\xd0\xcf\x11\xe0", "an HWP or old Office file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF file"),
];

/// Finds the encoding and decodes.
///
/// A byte order mark wins; valid UTF-8 is UTF-8; zero bytes in every second place are UTF-16; the rest is
/// EUC-KR in its superset CP949 (WHATWG Encoding, 10.1), unless it decodes worse than damaged UTF-8.
pub(super) fn text(bytes: &[u8]) -> Result<Decoded, Error> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Error::Empty);
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Error::Binary(kind));
    }
    let mut problems = Vec::new();
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let (text, _, damaged) = encoding.decode(bytes);
    if damaged {
        let before = text.split('\u{fffd}').next().unwrap_or_default();
        problems.push(Problem {
            line: before.lines().count().max(1),
            code: "bad-bytes",
            message: format!("some bytes are not {}; they are shown as \u{fffd}", encoding.name()),
        });
    }
    let (mut controls, mut broken, mut letters) = (0, 0, 0);
    for letter in text.chars() {
        letters += 1;
        controls += usize::from(is_stray_control(letter));
        broken += usize::from(letter == '\u{fffd}');
    }
    if (controls + broken) * 10 > letters {
        return Err(Error::Binary("a binary file"));
    }
    if controls > 0 {
        let before = text.split(is_stray_control).next().unwrap_or_default();
        problems.push(Problem {
            line: before.lines().count().max(1),
            code: "control-characters",
            message: format!("{controls} control characters were left out; expected text only"),
        });
    }
    let text = if controls > 0 { text.replace(is_stray_control, "") } else { text.into_owned() };
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(Error::Empty);
    }
    Ok(Decoded { text, problems })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let sample = bytes.get(..4096).unwrap_or(bytes);
    let zeros = |from| sample.iter().skip(from).step_by(2).filter(|&&byte| byte == 0).count();
    let pairs = sample.len() / 2;
    if bytes.len().is_multiple_of(2) && pairs >= 2 && sample.contains(&0) {
        // In UTF-16 spaces and line ends have a zero byte, always on the same side.
        let (even, odd) = (zeros(0), zeros(1));
        if odd * 12 > pairs && even * 10 <= odd {
            return UTF_16LE;
        }
        if even * 12 > pairs && odd * 10 <= even {
            return UTF_16BE;
        }
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    if bytes.len().is_multiple_of(2) {
        // Korean has few signs with a zero byte, but no other encoding of it has any.
        let candidates = [UTF_16LE, UTF_16BE].into_iter().filter(|_| bytes.contains(&0));
        if let Some(encoding) =
            candidates.into_iter().find(|encoding| is_mostly_text(&encoding.decode(bytes).0))
        {
            return encoding;
        }
    }
    // In EUC-KR letters above ASCII come in pairs; in Windows-1252 they stand alone.
    let runs = bytes.split(u8::is_ascii).filter(|run| !run.is_empty());
    let (odd, even): (Vec<_>, Vec<_>) = runs.partition(|run| run.len() % 2 == 1);
    if odd.len() > even.len() {
        return WINDOWS_1252;
    }
    let damage = |encoding: &'static Encoding| {
        encoding.decode(bytes).0.chars().filter(|&c| c == '\u{fffd}').count()
    };
    if damage(EUC_KR) <= damage(UTF_8) { EUC_KR } else { UTF_8 }
}

/// Whether nine of ten signs are such as Korean and English texts have.
fn is_mostly_text(text: &str) -> bool {
    let usual = |c: &char| matches!(c, ' '..='~' | '\n' | '\r' | '\t' | '가'..='힣' | 'ㄱ'..='ㆎ' | '\u{a0}' | '\u{2000}'..='\u{27bf}' | '\u{3000}'..='\u{303f}');
    text.chars().filter(usual).count() * 10 >= text.chars().count() * 9
}

/// Control characters that mean nothing in a text.
fn is_stray_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}')
}

#[cfg(test)]
mod tests {
    use encoding_rs::{EUC_KR, WINDOWS_1252};

    use super::text;

    const KOREAN: &str = "외교부 장관관저\n\n1. 한서윤 장관은 관계관과 회담하였다.\n";

    fn check(bytes: &[u8], expected: &str) {
        assert_eq!(text(bytes).map(|decoded| decoded.text).as_deref(), Ok(expected));
    }

    fn units(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn encodings_are_told_by_their_bytes() {
        check(KOREAN.as_bytes(), KOREAN);
        check(&units(KOREAN, u16::to_le_bytes), KOREAN);
        check(&units(KOREAN, u16::to_be_bytes), KOREAN);
        check(&units(&format!("\u{feff}{KOREAN}"), u16::to_be_bytes), KOREAN);
        check(&units("Talks held.\n", u16::to_le_bytes), "Talks held.\n");
        check(&EUC_KR.encode(KOREAN).0, KOREAN);
        let french = "Réunion à Séoul – “oui”\n";
        check(&WINDOWS_1252.encode(french).0, french);
    }
}
