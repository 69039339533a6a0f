//! Answers → JSON. The one writer of it: the command line prints what the browser's search hands to the page, so a test
//! can compare the two byte for byte. By hand, since a serialiser costs more bytes in the browser than the search may.

use super::Step;
use super::join::{decimal, join};
use crate::model::{Answer, Date, Hit, Loosening, Narrowing, Piece, Section, Suggestion, escape};

/// Writes a step towards an answer: `{"needs":["search/…"]}`, or the answer.
#[must_use]
pub fn write_answer(step: &Step<Answer>) -> String {
    write(step, answer)
}

/// Writes a step towards suggestions: `{"needs":["search/…"]}`, or `[{"text":"…","id":"…"}]`.
#[must_use]
pub fn write_suggestions(step: &Step<Vec<Suggestion>>) -> String {
    write(step, |suggestions, out| {
        list(suggestions, out, |Suggestion { text, id }, out| {
            out.push_str("{\"text\":");
            string(text, out);
            member("id", id.as_ref().map(|id| id.as_str()), out);
            out.push('}');
        });
    })
}

fn write<T>(step: &Step<T>, done: impl Fn(&T, &mut String)) -> String {
    let mut out = String::new();
    match step {
        Step::Needs(names) => {
            out.push_str("{\"needs\":");
            list(names, &mut out, |name, out| string(name, out));
            out.push('}');
        }
        Step::Done(value) => done(value, &mut out),
    }
    out
}

fn answer(answer: &Answer, out: &mut String) {
    out.push_str("{\"total\":");
    number(answer.total, out);
    out.push_str(",\"hits\":");
    list(&answer.hits, out, hit);
    out.push_str(",\"dropped\":");
    list(&answer.dropped, out, |word, out| string(word, out));
    member("did_you_mean", answer.did_you_mean.as_deref(), out);
    out.push_str(",\"loosenings\":");
    list(&answer.loosenings, out, loosening);
    out.push('}');
}

fn hit(hit: &Hit, out: &mut String) {
    let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
    out.push_str("{\"id\":");
    string(hit.id.as_str(), out);
    member("title", Some(&title), out);
    member("date", hit.date.map(day).as_deref(), out);
    member("lang", hit.lang.as_ref().map(|lang| lang.as_str()), out);
    let section = hit.section.as_ref();
    member("section", section.map(|Section { name, .. }| name.as_str()), out);
    member("section_id", section.map(|Section { id, .. }| id.as_str()), out);
    member("department", hit.department.as_deref(), out);
    out.push_str(",\"attachments\":");
    number(hit.attachments, out);
    out.push_str(",\"withdrawn\":");
    out.push_str(if hit.withdrawn { "true" } else { "false" });
    out.push_str(",\"marked_title\":");
    list(&hit.title, out, piece);
    out.push_str(",\"excerpt\":");
    list(&hit.excerpt, out, piece);
    let (block, marker) = match &hit.block {
        Some((block, marker)) => (Some(block.as_str()), marker.as_deref()),
        None => (None, None),
    };
    member("block", block, out);
    member("marker", marker, out);
    member("url", Some(&url(hit.id.as_str(), block)), out);
    out.push('}');
}

fn day(date: Date) -> String {
    let (year, month) = (decimal(date.year().into(), 4), decimal(date.month().into(), 2));
    join(&[&year, "-", &month, "-", &decimal(date.day().into(), 2)])
}

fn piece(Piece { text, mark }: &Piece, out: &mut String) {
    out.push_str("{\"text\":");
    string(text, out);
    out.push_str(if *mark { ",\"mark\":true}" } else { ",\"mark\":false}" });
}

fn loosening(Loosening { what, total }: &Loosening, out: &mut String) {
    let (what, word) = match what {
        Narrowing::Period => ("period", None),
        Narrowing::Section => ("section", None),
        Narrowing::Department => ("department", None),
        Narrowing::Attached => ("files", None),
        Narrowing::Word(word) => ("word", Some(word.as_str())),
    };
    out.push_str("{\"what\":");
    string(what, out);
    member("word", word, out);
    out.push_str(",\"total\":");
    number(*total, out);
    out.push('}');
}

/// The page of a release, from the folder of the archive, and the block in it.
fn url(id: &str, block: Option<&str>) -> String {
    let mut url = String::from("releases/");
    escape(id, &mut url);
    url.push_str(".html");
    if let Some(block) = block {
        url.push_str("#rv-at-");
        escape(block, &mut url);
    }
    url
}

fn hexadecimal(byte: u8, out: &mut String) {
    for half in [byte >> 4, byte & 15] {
        out.push(char::from(half + if half < 10 { b'0' } else { b'A' - 10 }));
    }
}

/// A member that is not the first of its object.
fn member(name: &str, value: Option<&str>, out: &mut String) {
    out.push_str(",\"");
    out.push_str(name);
    out.push_str("\":");
    match value {
        Some(value) => string(value, out),
        None => out.push_str("null"),
    }
}

fn list<T>(items: &[T], out: &mut String, write: impl Fn(&T, &mut String)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// A string as RFC 8259, 7 has it. Of the letters only those that must be are escaped.
fn string(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\0'..='\x1f' => {
                out.push_str("\\u00");
                hexadecimal(u8::try_from(letter).unwrap_or_default(), out);
            }
            _ => out.push(letter),
        }
    }
    out.push('"');
}

/// By hand: formatting brings a kilobyte.
fn number(mut number: usize, out: &mut String) {
    let mut digits = Vec::new();
    loop {
        digits.push(b'0' + u8::try_from(number % 10).unwrap_or_default());
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits.into_iter().rev().map(char::from));
}

#[cfg(test)]
mod tests {
    use super::{write_answer, write_suggestions};
    use crate::index::Step;
    use crate::model::{
        Answer, Date, Hit, Lang, Loosening, Narrowing, Piece, Section, Slug, Suggestion,
    };

    fn piece(text: &str, mark: bool) -> Piece {
        Piece { text: text.to_owned(), mark }
    }

    #[test]
    fn pieces_that_are_needed_are_named() {
        let needs = || vec!["search/a.bin".to_owned(), "search/b.txt".to_owned()];
        let expected = r#"{"needs":["search/a.bin","search/b.txt"]}"#;
        assert_eq!(write_answer(&Step::Needs(needs())), expected);
        assert_eq!(write_suggestions(&Step::Needs(needs())), expected);
    }

    #[test]
    fn an_answer_is_json() {
        let slug = |name| Slug::parse(name).unwrap();
        let full = Hit {
            id: slug("0507-회담"),
            title: vec![piece("\"직항\"", true), piece(" 개설\\", false)],
            lang: Some(Lang::KO),
            date: Date::new(2025, 5, 7),
            section: Some(Section { id: slug("press-releases"), name: "보도자료".to_owned() }),
            department: Some("유라시아과".to_owned()),
            attachments: 10,
            withdrawn: true,
            excerpt: vec![piece("줄\n\u{1f}바꿈", false)],
            block: Some(("p2.1".to_owned(), Some("2.".to_owned()))),
        };
        let bare = Hit {
            id: slug("b"),
            title: Vec::new(),
            lang: None,
            date: None,
            section: None,
            department: None,
            attachments: 0,
            withdrawn: false,
            excerpt: Vec::new(),
            block: None,
        };
        let loosening = |what, total| Loosening { what, total };
        let answer = Answer {
            total: 1207,
            hits: vec![full, bare],
            dropped: vec!["없는말".to_owned()],
            did_you_mean: Some("직항".to_owned()),
            loosenings: vec![
                loosening(Narrowing::Attached, 3),
                loosening(Narrowing::Word("-x".to_owned()), 4),
            ],
        };
        let json = write_answer(&Step::Done(answer));
        let expected = concat!(
            r#"{"total":1207,"hits":[{"id":"0507-회담","title":"\"직항\" 개설\\","date":"2025-05-07","lang":"ko","#,
            r#""section":"보도자료","section_id":"press-releases","department":"유라시아과","attachments":10,"#,
            r#""withdrawn":true,"marked_title":[{"text":"\"직항\"","mark":true},{"text":" 개설\\","mark":false}],"#,
            r#""excerpt":[{"text":"줄\u000A\u001F바꿈","mark":false}],"block":"p2.1","marker":"2.","#,
            r#""url":"releases/0507-%ED%9A%8C%EB%8B%B4.html#rv-at-p2.1"},"#,
            r#"{"id":"b","title":"","date":null,"lang":null,"section":null,"section_id":null,"department":null,"#,
            r#""attachments":0,"withdrawn":false,"marked_title":[],"excerpt":[],"block":null,"marker":null,"#,
            r#""url":"releases/b.html"}],"dropped":["없는말"],"did_you_mean":"직항","#,
            r#""loosenings":[{"what":"files","word":null,"total":3},{"what":"word","word":"-x","total":4}]}"#,
        );
        assert_eq!(json, expected);
    }

    #[test]
    fn suggestions_are_json() {
        let suggestion = |text: &str, id| Suggestion { text: text.to_owned(), id };
        let suggestions =
            vec![suggestion("외교부", None), suggestion("직항 개설", Slug::parse("a"))];
        assert_eq!(
            write_suggestions(&Step::Done(suggestions)),
            r#"[{"text":"외교부","id":null},{"text":"직항 개설","id":"a"}]"#
        );
    }
}
