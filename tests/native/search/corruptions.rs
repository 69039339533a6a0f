//! Pieces that are not what they should be: the right answer or an error, never another answer, never a panic.

use std::collections::BTreeMap;

use release_viewer::index::{Engine, Error, Question};
use release_viewer::model::{Answer, Date};

use super::{Files, Random, Site, answer, ask, built, dated, fold, roots, sample, words};

/// Corruptions of each kind of piece.
const EACH: usize = 225;

/// What a piece is, by its name.
fn kind(name: &str) -> &'static str {
    let file = name.rsplit('/').next().unwrap();
    match file.as_bytes()[0] {
        _ if file.ends_with(".txt") => "text",
        _ if file.ends_with("-page.bin") => "page",
        b'w' => "words",
        b'p' => "places",
        // A leaf has one sign more than a root.
        b'e' if file.len() > 20 => "ends",
        b'd' if file.len() > 20 => "days",
        _ => "root",
    }
}

fn questions() -> Vec<Question> {
    let mut period = words("talks");
    period.query.from = Date::new(2015, 1, 1);
    let mut dated = words("held");
    dated.query.order = release_viewer::index::Order::Date;
    vec![
        words("한미동맹"),
        words("\"oceans are warming\""),
        words("\"한미동맹의 발전\""),
        words("relief -talks"),
        words("xelief"),
        words("ㅎㅁ"),
        words("2026-01-15"),
        words("nothing of this kind"),
        period,
        dated,
    ]
}

/// The bytes of a piece, spoilt in one of the ways in which that happens.
fn spoilt(name: &str, archive: &Files, others: &[&Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut bytes = archive[name].clone();
    match random.below(6) {
        0 => bytes.truncate(random.below(bytes.len())),
        1 => {
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                bytes[at] ^= 1 << random.below(8);
            }
        }
        // Another piece of this archive or of another one, also of the same kind.
        2 | 3 => bytes.clone_from(others[random.below(others.len())]),
        // An older version: it stands at the beginning, in the root after three letters.
        4 => {
            let at = if kind(name) == "root" { 3 } else { 0 };
            bytes[at] = bytes[at].wrapping_sub(1);
        }
        _ => {
            let at = random.below(bytes.len());
            bytes.insert(at, u8::try_from(random.below(256)).unwrap());
        }
    }
    bytes
}

/// Asks with one piece replaced, and then, as an edge does, once more with the right one.
fn check(archive: &Files, question: &Question, expected: &Answer, name: &str, bytes: &[u8]) {
    let mut engine = Engine::new(fold, roots(archive));
    let replaced =
        |wanted: &str| if wanted == name { bytes.to_vec() } else { archive[wanted].clone() };
    match ask(&mut engine, question, &mut |wanted| replaced(wanted)) {
        Ok(answer) => assert_eq!(&answer, expected, "{question:?} with another {name}"),
        Err(Error::Piece(named) | Error::Version(named)) => {
            assert_eq!(named, name);
            let again = ask(&mut engine, question, &mut |wanted| archive[wanted].clone());
            assert_eq!(again.as_ref(), Ok(expected), "{question:?} with {name} fetched again");
        }
    }
}

fn pieces(archive: &Files) -> impl Iterator<Item = (&str, &Vec<u8>)> {
    let is_piece = |name: &str| name.starts_with("search/") && !name.ends_with('/');
    archive
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes))
        .filter(move |(name, _)| is_piece(name))
}

/// Spoils the pieces that these questions need, each of these kinds as often as the others.
fn check_all(archive: &Files, other: &Files, questions: &[Question], kinds: &[&str]) {
    let others: Vec<(&str, &Vec<u8>)> = pieces(archive).chain(pieces(other)).collect();
    let answers: Vec<Answer> = questions.iter().map(|question| answer(archive, question)).collect();
    let mut used: BTreeMap<&str, Vec<(usize, String)>> = BTreeMap::new();
    for (at, question) in questions.iter().enumerate() {
        let mut engine = Engine::new(fold, roots(archive));
        let mut fetch = |name: &str| {
            used.entry(kind(name)).or_default().push((at, name.to_owned()));
            archive[name].clone()
        };
        ask(&mut engine, question, &mut fetch).unwrap();
    }
    let mut random = Random(20_260_701);
    for wanted in kinds {
        let uses = used.get(wanted).unwrap_or_else(|| panic!("no question needs {wanted}"));
        let any: Vec<&Vec<u8>> = others.iter().map(|(_, bytes)| *bytes).collect();
        let alike = others.iter().filter(|(name, _)| kind(name) == *wanted);
        let alike: Vec<&Vec<u8>> = alike.map(|(_, bytes)| *bytes).collect();
        for _ in 0..EACH {
            let (at, name) = &uses[random.below(uses.len())];
            let others = if random.below(2) == 0 { &alike } else { &any };
            let bytes = spoilt(name, archive, others, &mut random);
            check(archive, &questions[*at], &answers[*at], name, &bytes);
        }
    }
}

#[test]
fn a_spoilt_piece_never_changes_an_answer() {
    let archive = built(&sample());
    let other = Site::with(30);
    other.write("x.ko.txt", "보도자료\n\n한미동맹 논의\n\n작성일\n2026-01-15\n\n1. 회담.\n");
    other.write("y.en.txt", &dated("Press Releases", "Oceans", "2026-03-04", "Talks on oceans."));
    let kinds = ["days", "ends", "places", "root", "text", "words"];
    check_all(&archive, &built(&other), &questions(), &kinds);
}

/// So many words in titles and decks that their leaves are named by pages.
fn many_words() -> Site {
    let site = Site::new();
    let mut random = Random(20_260_702);
    for number in 0..16 {
        let mut word = || -> String {
            (0..9).map(|_| char::from(b'a' + u8::try_from(random.below(26)).unwrap())).collect()
        };
        let deck: Vec<String> = (0..3_000).map(|_| word()).collect();
        let deck = serde_json::json!([deck.join(" "), format!("needle{number}")]);
        let text = super::item(&format!("r{number}"), "en", "Title", "Text.");
        let ours = format!("\"_release\":{{\"deck\":{deck},");
        site.write(&format!("r{number}.json"), &text.replace("\"_release\":{", &ours));
    }
    site
}

#[test]
fn a_spoilt_page_never_changes_an_answer() {
    let archive = built(&many_words());
    super::check_names(&archive);
    let questions = ["needle7", "neadle7", "needl", "xeedle3"].map(words);
    check_all(&archive, &built(&sample()), &questions, &["page"]);
}

#[test]
fn a_root_of_another_kind_is_refused() {
    let archive = built(&sample());
    let roots = roots(&archive);
    let leaf = archive.keys().find(|name| name.starts_with("search/en/w")).unwrap();
    let (lang, root) = &roots[0];
    let swapped = vec![(lang.clone(), leaf.clone()), (roots[1].0.clone(), root.clone())];
    let mut engine = Engine::new(fold, swapped);
    let said = ask(&mut engine, &words("talks"), &mut |name| archive[name].clone());
    assert!(said.is_err(), "{said:?}");
}
