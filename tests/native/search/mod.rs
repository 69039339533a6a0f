//! From releases to an index, and from that to answers: by the library as the browser does it, and by the command line.

use std::fs;

use release_viewer::index::format::{self, Tree};
use release_viewer::index::{Engine, Error, Order, Query, Question, Step};
use release_viewer::model::{Answer, Date, Lang};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

use crate::build::{Files, Site, dated, files};

mod command;
mod corruptions;
mod strings;

/// The rule of both edges.
fn fold(text: &str) -> String {
    let bare = text.nfkd().filter(|sign| !('\u{300}'..='\u{36f}').contains(sign));
    bare.nfc().collect::<String>().to_lowercase()
}

/// The first piece of each language.
fn roots(archive: &Files) -> Vec<(Lang, String)> {
    let contents: Value = serde_json::from_slice(&archive["archive.json"]).unwrap();
    let named = contents["search"].as_object().unwrap();
    let root = |(lang, name): (&String, &Value)| {
        (Lang::parse(lang).unwrap(), name.as_str().unwrap().to_owned())
    };
    named.iter().map(root).collect()
}

/// Asks until there is an answer; pieces come from `fetch`.
fn ask(
    engine: &mut Engine,
    question: &Question,
    fetch: &mut dyn FnMut(&str) -> Vec<u8>,
) -> Result<Answer, Error> {
    for _ in 0..20 {
        match engine.ask(question)? {
            Step::Done(answer) => return Ok(answer),
            Step::Needs(names) => {
                for name in names {
                    let bytes = fetch(&name);
                    engine.give(&name, &bytes)?;
                }
            }
        }
    }
    panic!("{question:?} comes to no end");
}

/// The answer from a whole archive.
fn answer(archive: &Files, question: &Question) -> Answer {
    let mut engine = Engine::new(fold, roots(archive));
    ask(&mut engine, question, &mut |name| archive[name].clone()).unwrap()
}

fn words(words: &str) -> Question {
    let query = Query { words: words.to_owned(), ..Query::default() };
    Question { query, phrase: false, lang: None, limit: 10, offset: 0 }
}

fn ids(answer: &Answer) -> Vec<&str> {
    answer.hits.iter().map(|hit| hit.id.as_str()).collect()
}

/// A feed of one release with this text.
fn item(id: &str, lang: &str, title: &str, text: &str) -> String {
    let blocks = json!([{"kind": "paragraph", "level": 1, "id": "p1", "text": text}]);
    let ours = json!({"date": "2026-05-01", "blocks": blocks});
    let item = json!({"id": id, "title": title, "language": lang, "_release": ours});
    let version = "https://jsonfeed.org/version/1.1";
    json!({"version": version, "title": title, "items": [item]}).to_string()
}

/// A few releases that differ in all that can be asked for.
fn sample() -> Site {
    let site = Site::with(60);
    site.write(
        "alliance.ko.txt",
        "보도자료\n\n한미 외교장관회담 개최\n\n작성일\n2026-01-15\n\n담당부서\n북미국\n\n1. 양 장관은 한미동맹의 발전 방안을 논의하였다.\n\n2. 회담은 서울에서 열렸다.\n",
    );
    site.write(
        "storm.en.txt",
        &dated(
            "Ministry News",
            "Relief goods for storm victims",
            "2026-02-03",
            "Blankets and tents were sent.\n\n2. Doctors followed the day after.",
        ),
    );
    site.write(
        "oceans.en.txt",
        &dated("Press Releases", "Talks on oceans held", "2026-03-04", "The oceans are warming."),
    );
    site
}

/// Every piece is named, and every piece that is named is there.
fn check_names(archive: &Files) {
    let mut named: Vec<String> = Vec::new();
    for (lang, root) in roots(archive) {
        let read = |name: &str| archive.get(name).cloned();
        let all = format::read_all(lang.as_str(), &archive[&root], &read).unwrap();
        for (tree, leaves) in Tree::ALL.into_iter().zip(&all.trees) {
            for leaf in leaves {
                named.extend(leaf.open(lang.as_str(), tree, &read).unwrap().names);
            }
        }
        named.extend(all.pages);
        let folders = all.segments.iter().map(|hash| format::segment_folder(lang.as_str(), *hash));
        for folder in folders.collect::<std::collections::BTreeSet<_>>() {
            let texts = archive
                .keys()
                .filter(|name| name.starts_with(&format!("{folder}/")) && name.ends_with(".txt"));
            named.extend(texts.cloned());
        }
        named.push(root);
    }
    named.sort();
    assert!(named.windows(2).all(|two| two[0] != two[1]), "two pieces of one name");
    let there: Vec<&String> =
        archive.keys().filter(|name| name.starts_with("search/") && !name.ends_with('/')).collect();
    assert_eq!(named.iter().collect::<Vec<_>>(), there);
}

#[test]
fn what_was_built_is_found() {
    let site = sample();
    site.build(&[]);
    let archive = files(&site.out());
    check_names(&archive);
    for (query, id, block) in [
        ("한미동맹", "alliance-ko", Some("p1")),
        ("한미 동맹을", "alliance-ko", Some("p1")),
        ("외교장관 회담", "alliance-ko", None),
        ("blankets", "storm-en", Some("p1")),
        ("doctor", "storm-en", Some("p2")),
        ("\"oceans are warming\"", "oceans-en", Some("p1")),
    ] {
        let answer = answer(&archive, &words(query));
        assert_eq!(ids(&answer).first(), Some(&id), "{query}");
        if block.is_some() {
            let found = answer.hits[0].block.as_ref().map(|(id, _)| id.as_str());
            assert_eq!(found, block, "{query}");
            assert!(answer.hits[0].excerpt.iter().any(|piece| piece.mark), "{query}");
        }
    }
}

#[test]
fn filters_and_order_hold_for_all_hits() {
    let site = sample();
    site.build(&[]);
    let archive = files(&site.out());
    let check = |change: &dyn Fn(&mut Question), expected: &[&str]| {
        let mut question = words("talks");
        change(&mut question);
        let answer = answer(&archive, &question);
        let found = ids(&answer);
        assert_eq!(found.get(..expected.len().min(found.len())), Some(expected), "{question:?}");
        answer.total
    };
    let all = check(&|_| {}, &[]);
    assert!(all > 30, "{all}");
    check(&|question| question.query.order = Order::Date, &["oceans-en"]);
    let since = Date::new(2026, 1, 1);
    assert_eq!(check(&|question| question.query.from = since, &["oceans-en"]), 1);
    assert_eq!(check(&|question| question.query.to = since, &[]), all - 1);
    let korean = Lang::parse("ko");
    assert_eq!(check(&|question| question.lang = korean.clone(), &[]), 0);
    let section = release_viewer::model::Slug::parse("ministry-news");
    let news = check(&|question| question.query.section = section.clone(), &[]);
    assert!(news > 0 && news < all, "{news} of {all}");
    assert_eq!(check(&|question| question.query.attached = true, &[]), 0);
}

#[test]
fn pages_of_an_answer_follow_one_another() {
    let site = sample();
    site.build(&[]);
    let archive = files(&site.out());
    let page = |offset, limit| {
        let answer = answer(&archive, &Question { offset, limit, ..words("talks") });
        (answer.total, ids(&answer).iter().map(|id| (*id).to_owned()).collect::<Vec<_>>())
    };
    let (total, whole) = page(0, 1000);
    assert_eq!(total, whole.len());
    let parts: Vec<String> = (0..total).step_by(7).flat_map(|offset| page(offset, 7).1).collect();
    assert_eq!(parts, whole);
    assert_eq!(page(total, 7), (total, Vec::new()));
}

#[test]
fn a_renewed_index_answers_as_a_new_one() {
    let site = sample();
    let ask = |what: &str, query: &str, expected: Option<&str>| {
        site.check(what, &[]);
        let archive = files(&site.out());
        check_names(&archive);
        let answer = answer(&archive, &words(query));
        assert_eq!(ids(&answer).first().copied(), expected, "{what}");
    };
    ask("first", "zeppelin", None);
    let airship = |day: &str| dated("Press Releases", "Airship", day, "A zeppelin has landed.");
    site.write("airship.en.txt", &airship("2026-05-20"));
    ask("newest added", "zeppelin", Some("airship-en"));
    site.write("airship.en.txt", &airship("2026-05-20").replace("zeppelin", "balloon"));
    ask("text changed", "zeppelin", None);
    site.write("airship.en.txt", &airship("1999-05-20"));
    ask("all numbers shift", "zeppelin", Some("airship-en"));
    site.remove("airship.en.txt");
    ask("and back", "zeppelin", None);
    site.write("airship.en.txt", &airship("2026-07-20"));
    ask("under embargo", "zeppelin", None);
    let now = "2026-08-01T00:00:00+09:00";
    site.check("its end", &[now]);
    assert_eq!(ids(&answer(&files(&site.out()), &words("zeppelin"))), ["airship-en"]);
    ask("the clock goes back", "zeppelin", None);
}

#[test]
fn an_index_that_was_spoilt_is_made_anew() {
    let site = sample();
    site.build(&[]);
    let kinds = ["w", "p", "d", "e"];
    for (month, ending) in (3..).zip(kinds) {
        let mut spoilt = 0;
        for entry in fs::read_dir(site.out().join("search/en")).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.is_file() && name.starts_with(ending) {
                let mut bytes = fs::read(&path).unwrap();
                *bytes.last_mut().unwrap() ^= 1;
                fs::write(&path, bytes).unwrap();
                spoilt += 1;
            }
        }
        assert!(spoilt > 0, "{ending}");
        // Another title, text and month: so each tree has a leaf that is edited.
        let day = format!("2026-{month:02}-03");
        let title: Vec<String> = ('a'..='z').map(|sign| format!("{sign}{sign}{ending}")).collect();
        site.write("storm.en.txt", &dated("Ministry News", &title.join(" "), &day, ending));
        site.check(&format!("{ending}…"), &[]);
    }
    let contents: Value =
        serde_json::from_slice(&fs::read(site.out().join("archive.json")).unwrap()).unwrap();
    fs::remove_file(site.out().join(contents["search"]["en"].as_str().unwrap())).unwrap();
    site.write("storm.en.txt", &dated("Ministry News", "Storm", "2026-02-03", "Storm."));
    site.check("no root", &[]);
}

#[test]
fn a_withdrawn_release_is_found_by_its_title_only() {
    let site = Site::with(5);
    let gone = item("gone", "en", "Taken back", "secretly")
        .replace("\"_release\":{", "\"_release\":{\"withdrawn\":{\"date\":\"2026-05-02\"},");
    site.write("gone.json", &gone);
    site.build(&[]);
    let archive = files(&site.out());
    assert_eq!(ids(&answer(&archive, &words("secretly"))), [""; 0]);
    let answer = answer(&archive, &words("taken back"));
    assert_eq!(ids(&answer), ["gone"]);
    assert!(answer.hits[0].withdrawn);
}

/// Numbers that look random and are the same in each run (Marsaglia, Xorshift RNGs, 2003).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(limit).unwrap()).unwrap()
    }
}

/// The archive of one site, in memory.
fn built(site: &Site) -> Files {
    site.build(&[]);
    files(&site.out())
}
