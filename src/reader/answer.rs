//! What a search has answered, as JSON → plain data.
//!
//! The search is a program of its own, which is loaded with the search window; its answers come as text. They are read
//! here, beside all other JSON, and not in the browser's edge, so that a test can compare reader and writer natively.

use super::Error;
use super::json::{self, Json};
use super::json_feed::{all, count, owned, section, strings};
use crate::model::{Answer, Date, Hit, Lang, Loosening, Narrowing, Piece, Slug};

/// Reads an answer. A hit without an id is left out.
///
/// # Errors
/// When the text is not JSON, or no answer.
pub fn read_answer(text: &str) -> Result<Answer, Error> {
    let json = json::parse(text)?;
    let total = json.get("total").and_then(count);
    Ok(Answer {
        total: total.ok_or(Error::Shape("an answer; expected “total”"))?,
        hits: all(&json, "hits", hit),
        dropped: strings(&json, "dropped"),
        did_you_mean: owned(&json, "did_you_mean"),
        loosenings: all(&json, "loosenings", loosening),
    })
}

/// Reads what could be meant by what has been typed: the words that would stand in the field.
///
/// # Errors
/// When the text is not JSON.
pub fn read_suggestions(text: &str) -> Result<Vec<String>, Error> {
    let json = json::parse(text)?;
    let mut found = Vec::new();
    for item in json.items() {
        found.extend(owned(item, "text"));
    }
    Ok(found)
}

fn slug(json: &Json<'_>) -> Option<Slug> {
    Slug::parse(json.get("id")?.text()?)
}

fn hit(json: &Json<'_>) -> Option<Hit> {
    let text = |name| json.get(name).and_then(Json::text);
    Some(Hit {
        id: slug(json)?,
        title: all(json, "marked_title", piece),
        lang: text("lang").and_then(Lang::parse),
        date: text("date").and_then(Date::parse_iso),
        section: section(json, "section_id", "section"),
        department: owned(json, "department"),
        attachments: json.get("attachments").and_then(count).unwrap_or_default(),
        withdrawn: json.get("withdrawn") == Some(&Json::Bool(true)),
        excerpt: all(json, "excerpt", piece),
        block: owned(json, "block").map(|block| (block, owned(json, "marker"))),
    })
}

fn piece(json: &Json<'_>) -> Option<Piece> {
    Some(Piece { text: owned(json, "text")?, mark: json.get("mark") == Some(&Json::Bool(true)) })
}

fn loosening(json: &Json<'_>) -> Option<Loosening> {
    let what = match json.get("what")?.text()? {
        "period" => Narrowing::Period,
        "section" => Narrowing::Section,
        "department" => Narrowing::Department,
        "files" => Narrowing::Attached,
        "word" => Narrowing::Word(owned(json, "word")?),
        _ => return None,
    };
    Some(Loosening { what, total: count(json.get("total")?)? })
}

#[cfg(test)]
mod tests {
    use super::{read_answer, read_suggestions};
    use crate::model::{Answer, Date, Hit, Lang, Loosening, Narrowing, Piece, Section, Slug};

    fn piece(text: &str, mark: bool) -> Piece {
        Piece { text: text.to_owned(), mark }
    }

    #[test]
    fn an_answer_is_read() {
        let answer = r#"{"total":12,"hits":[
            {"id":"0305-route","title":"직항 개설","date":"2025-03-05","lang":"ko","section":"보도자료","section_id":"press-releases",
             "department":"유라시아과","attachments":2,"withdrawn":true,"marked_title":[{"text":"직항","mark":true},{"text":" 개설","mark":false}],
             "excerpt":[{"text":"노선","mark":false}],"block":"p2","marker":"2.","url":"releases/0305-route.html#rv-at-p2"},
            {"id":"b","title":"B","date":null,"lang":null,"section":null,"section_id":null,"department":null,"attachments":0,
             "withdrawn":false,"marked_title":[],"excerpt":[],"block":null,"marker":null,"url":"releases/b.html"},
            {"title":"no id"}],
            "dropped":["없는말"],"did_you_mean":null,
            "loosenings":[{"what":"period","word":null,"total":3},{"what":"word","word":"-x","total":4},{"what":"later","total":1}]}"#;
        let first = Hit {
            id: Slug::parse("0305-route").unwrap(),
            title: vec![piece("직항", true), piece(" 개설", false)],
            lang: Some(Lang::KO),
            date: Date::new(2025, 3, 5),
            section: Some(Section {
                id: Slug::parse("press-releases").unwrap(),
                name: "보도자료".to_owned(),
            }),
            department: Some("유라시아과".to_owned()),
            attachments: 2,
            withdrawn: true,
            excerpt: vec![piece("노선", false)],
            block: Some(("p2".to_owned(), Some("2.".to_owned()))),
        };
        let second = Hit {
            id: Slug::parse("b").unwrap(),
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
        let expected = Answer {
            total: 12,
            hits: vec![first, second],
            dropped: vec!["없는말".to_owned()],
            did_you_mean: None,
            loosenings: vec![
                Loosening { what: Narrowing::Period, total: 3 },
                Loosening { what: Narrowing::Word("-x".to_owned()), total: 4 },
            ],
        };
        assert_eq!(read_answer(answer), Ok(expected));
        assert!(read_answer("{\"hits\":[]}").is_err() && read_answer("").is_err());
    }

    #[test]
    fn suggestions_are_read() {
        let read = read_suggestions(
            r#"[{"text":"직항 노선","id":null},{"text":"직항 개설","id":"a"},{"id":"b"}]"#,
        );
        assert_eq!(read, Ok(vec!["직항 노선".to_owned(), "직항 개설".to_owned()]));
    }
}
