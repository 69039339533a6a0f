//! `search`: a question and an archive → hits, by the engine that also answers in the browser.

use std::fs;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use serde_json::Value;

use super::fold::fold;
use super::report::{Report, print};
use crate::index::{Engine, Order, Query, Question, Step, write_answer};
use crate::model::{Answer, Archive, Date, Hit, Lang, Loosening, Narrowing, Piece, Slug};
use crate::reader::read_archive;

/// Rounds of fetching. No question needs more than a few: more mean that pieces lead nowhere.
const ROUNDS: usize = 16;

/// The command line of `search`.
#[derive(clap::Args)]
pub(super) struct SearchArguments {
    /// The archive: a folder that `build` has written.
    #[arg(value_name = "DIR")]
    archive: PathBuf,
    /// Words that must all be there, "an exact phrase", and -words that must not.
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    query: String,
    /// Hits to show.
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// Hits before the first one to show.
    #[arg(long, value_name = "NUMBER", default_value_t = 0)]
    offset: usize,
    /// Only releases in this language.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Only this section: its id, or its name.
    #[arg(long, value_name = "SECTION")]
    section: Option<String>,
    /// Only this department.
    #[arg(long, value_name = "NAME")]
    department: Option<String>,
    /// First day: 2025-01-31.
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Last day.
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Only releases with files.
    #[arg(long)]
    files: bool,
    /// What comes first.
    #[arg(long, value_enum, default_value_t = First::Relevance)]
    order: First,
    /// Takes all words as one phrase.
    #[arg(long)]
    phrase: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum First {
    /// The release that answers best.
    Relevance,
    /// The newest release.
    Date,
}

/// Answers.
pub(super) fn run(arguments: &SearchArguments, report: &mut Report) -> Result<()> {
    // Nothing found is an answer, too.
    report.read = 1;
    let folder = &arguments.archive;
    let file = folder.join("archive.json");
    let text = fs::read_to_string(&file)
        .with_context(|| format!("{}: cannot be read; expected an archive", file.display()))?;
    let archive = read_archive(&text).with_context(|| file.display().to_string())?;
    let roots = roots(&text);
    ensure!(
        !roots.is_empty(),
        "{}: names no index to search in; build the archive again",
        file.display()
    );
    let question = question(arguments, &archive)?;
    let answer = ask(folder, &mut Engine::new(fold, roots), &question)?;
    if report.json {
        return print(&write_answer(&Step::Done(answer)));
    }
    let marks =
        if std::io::stdout().is_terminal() { ["\u{1b}[1m", "\u{1b}[0m"] } else { ["[", "]"] };
    print(words(&answer, question.offset, marks).trim_end())
}

/// The first piece of each language, as the archive names it.
fn roots(text: &str) -> Vec<(Lang, String)> {
    let archive: Value = serde_json::from_str(text).unwrap_or_default();
    let named = archive["search"].as_object().into_iter().flatten();
    let root =
        |(lang, name): (&String, &Value)| Some((Lang::parse(lang)?, name.as_str()?.to_owned()));
    named.filter_map(root).collect()
}

/// Gives the engine what it needs, until it has the answer.
fn ask(folder: &Path, engine: &mut Engine, question: &Question) -> Result<Answer> {
    let file = |name: &str| folder.join(name).display().to_string();
    for _ in 0..ROUNDS {
        let step = engine.ask(question).with_context(|| folder.display().to_string())?;
        let needs = match step {
            Step::Done(answer) => return Ok(answer),
            Step::Needs(names) => names,
        };
        for name in needs {
            let inside = name.starts_with("search/") && name.split('/').all(|part| part != "..");
            ensure!(inside, "{}: is no piece of an index; build the archive again", file(&name));
            let bytes = fs::read(folder.join(&name))
                .with_context(|| format!("{}: cannot be read", file(&name)))?;
            if let Err(error) = engine.give(&name, &bytes) {
                bail!("{}; build the archive again", folder.join(error.to_string()).display());
            }
        }
    }
    bail!("{}: the index leads nowhere; build the archive again", folder.display())
}

/// What was asked, checked.
fn question(arguments: &SearchArguments, archive: &Archive) -> Result<Question> {
    let lang = arguments.lang.as_deref().map(|text| {
        let lang = Lang::parse(text);
        let known = lang.filter(|lang| archive.board(lang).is_some());
        let offered = archive.boards.iter().map(|board| board.lang.to_string());
        known.with_context(|| format!("--lang {text}: expected one of {}", list(offered)))
    });
    let lang = lang.transpose()?;
    let section = arguments
        .section
        .as_deref()
        .map(|text| section(text, archive, lang.as_ref()))
        .transpose()?;
    let from = day("--from", arguments.from.as_deref())?;
    let to = day("--to", arguments.to.as_deref())?;
    ensure!(
        from.is_none() || to.is_none() || from <= to,
        "--from: expected a day that is not after --to"
    );
    Ok(Question {
        query: Query {
            words: arguments.query.clone(),
            from,
            to,
            section,
            department: arguments.department.clone(),
            attached: arguments.files,
            order: match arguments.order {
                First::Relevance => Order::Relevance,
                First::Date => Order::Date,
            },
        },
        phrase: arguments.phrase,
        lang,
        limit: arguments.limit,
        offset: arguments.offset,
    })
}

/// A section by its id, or else by its name in any language.
fn section(text: &str, archive: &Archive, lang: Option<&Lang>) -> Result<Slug> {
    let boards =
        || archive.boards.iter().filter(|board| lang.is_none_or(|lang| board.lang == *lang));
    let all = || boards().flat_map(|board| &board.sections).map(|counted| &counted.section);
    let found = all()
        .find(|section| section.id.as_str() == text)
        .or_else(|| all().find(|section| section.name == text));
    let mut names: Vec<String> = all().map(|section| section.id.to_string()).collect();
    names.sort();
    names.dedup();
    let expected = || format!("--section {text}: expected one of {}", list(names.into_iter()));
    found.map(|section| section.id.clone()).with_context(expected)
}

fn day(option: &str, text: Option<&str>) -> Result<Option<Date>> {
    let day = |text: &str| {
        Date::parse_iso(text)
            .with_context(|| format!("{option} {text}: expected a day such as 2025-01-31"))
    };
    text.map(day).transpose()
}

fn list(names: impl Iterator<Item = String>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

/// The answer for people.
fn words(answer: &Answer, offset: usize, marks: [&str; 2]) -> String {
    let mut words = match (answer.total, answer.hits.len()) {
        (0, _) => "no releases".to_owned(),
        (1, _) => "1 release".to_owned(),
        (total, shown) if shown == total || shown == 0 => format!("{total} releases"),
        (total, shown) => format!("{total} releases, {} to {}", offset + 1, offset + shown),
    };
    words.push('\n');
    if !answer.dropped.is_empty() {
        words.push_str(&format!(
            "none has all words; without {}\n",
            list(answer.dropped.iter().map(|word| tame(word)))
        ));
    }
    if let Some(other) = &answer.did_you_mean {
        words.push_str(&format!("did you mean: {}\n", tame(other)));
    }
    for Loosening { what, total } in &answer.loosenings {
        let what = match what {
            Narrowing::Period => "the period".to_owned(),
            Narrowing::Section => "the section".to_owned(),
            Narrowing::Department => "the department".to_owned(),
            Narrowing::Attached => "--files".to_owned(),
            Narrowing::Word(word) => tame(word),
        };
        words.push_str(&format!("without {what}: {total}\n"));
    }
    for hit in &answer.hits {
        put_hit(&mut words, hit, marks);
    }
    words
}

fn put_hit(words: &mut String, hit: &Hit, marks: [&str; 2]) {
    let date = hit.date.map_or_else(|| "no date   ".to_owned(), |date| date.to_string());
    let withdrawn = if hit.withdrawn { " (withdrawn)" } else { "" };
    words.push_str(&format!("\n{date}  {}{withdrawn}\n", marked(&hit.title, marks)));
    let places = hit.section.iter().map(|section| &section.name).chain(&hit.department);
    let mut places: Vec<String> = places.map(|name| tame(name)).collect();
    match hit.attachments {
        0 => {}
        1 => places.push("1 file".to_owned()),
        files => places.push(format!("{files} files")),
    }
    let marker = hit.block.iter().find_map(|(_, marker)| marker.as_deref()).map(tame);
    let excerpt = marked(&hit.excerpt, marks);
    let excerpt = marker.map_or_else(|| excerpt.clone(), |marker| format!("{marker} {excerpt}"));
    for line in [places.join(" · "), excerpt, address(hit)] {
        if !line.is_empty() {
            words.push_str(&format!("            {line}\n"));
        }
    }
}

/// Where the passage stands, from the archive on.
fn address(hit: &Hit) -> String {
    let place = hit.block.as_ref().map_or_else(String::new, |(id, _)| format!("#rv-at-{id}"));
    format!("releases/{}.html{place}", hit.id)
}

fn marked(pieces: &[Piece], [open, close]: [&str; 2]) -> String {
    let piece = |Piece { text, mark }: &Piece| {
        let text = tame(text);
        if *mark { format!("{open}{text}{close}") } else { text }
    };
    pieces.iter().map(piece).collect()
}

/// A text without signs that a terminal obeys.
fn tame(text: &str) -> String {
    text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect()
}
