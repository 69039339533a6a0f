//! Answers as JSON, in the form that pages and programs read.

use super::{Answer, Hit, Narrowing, Piece};

/// The answer as one object. Addresses are relative to the archive.
#[must_use]
pub fn answer(answer: &Answer) -> String {
    let mut out = format!("{{\"total\":{},\"hits\":[", answer.total);
    joined(&mut out, &answer.hits, hit);
    out.push_str("],\"dropped\":[");
    joined(&mut out, &answer.dropped, |out, word| text(out, word));
    out.push_str("],\"did_you_mean\":");
    optional(&mut out, answer.did_you_mean.as_deref());
    out.push_str(",\"loosenings\":[");
    joined(&mut out, &answer.loosenings, |out, loosening| {
        let (what, word) = match &loosening.what {
            Narrowing::Period => ("period", None),
            Narrowing::Section => ("section", None),
            Narrowing::Department => ("department", None),
            Narrowing::Attached => ("files", None),
            Narrowing::Word(word) => ("word", Some(word.as_str())),
        };
        out.push_str(&format!("{{\"what\":\"{what}\",\"word\":"));
        optional(out, word);
        out.push_str(&format!(",\"total\":{}}}", loosening.total));
    });
    out.push_str("]}");
    out
}

fn hit(out: &mut String, hit: &Hit) {
    out.push_str("{\"id\":");
    text(out, hit.id.as_str());
    let title: String = hit.title.iter().map(|piece| piece.text.as_str()).collect();
    let block = hit.block.as_ref();
    let section = hit.section.as_ref();
    let place = block.map_or_else(String::new, |(id, _)| format!("#rv-at-{id}"));
    let date = hit.date.map(|date| date.to_string());
    let lang = hit.lang.as_ref().map(ToString::to_string);
    for (name, value) in [
        ("title", Some(title.as_str())),
        ("date", date.as_deref()),
        ("lang", lang.as_deref()),
        ("section", section.map(|section| section.name.as_str())),
        ("section_id", section.map(|section| section.id.as_str())),
        ("department", hit.department.as_deref()),
        ("block", block.map(|(id, _)| id.as_str())),
        ("marker", block.and_then(|(_, marker)| marker.as_deref())),
        ("url", Some(format!("releases/{}.html{place}", hit.id).as_str())),
    ] {
        out.push_str(&format!(",\"{name}\":"));
        optional(out, value);
    }
    out.push_str(&format!(
        ",\"attachments\":{},\"withdrawn\":{},\"marked_title\":[",
        hit.attachments, hit.withdrawn
    ));
    joined(out, &hit.title, piece);
    out.push_str("],\"excerpt\":[");
    joined(out, &hit.excerpt, piece);
    out.push_str("]}");
}

fn piece(out: &mut String, piece: &Piece) {
    out.push_str("{\"text\":");
    text(out, &piece.text);
    out.push_str(&format!(",\"mark\":{}}}", piece.mark));
}

fn joined<T>(out: &mut String, items: &[T], put: impl Fn(&mut String, &T)) {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        put(out, item);
    }
}

fn optional(out: &mut String, value: Option<&str>) {
    match value {
        Some(value) => text(out, value),
        None => out.push_str("null"),
    }
}

/// A text in quotes (RFC 8259, 7).
fn text(out: &mut String, value: &str) {
    out.push('"');
    for sign in value.chars() {
        match sign {
            '"' | '\\' => out.extend(['\\', sign]),
            '\u{0}'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(sign))),
            _ => out.push(sign),
        }
    }
    out.push('"');
}
