//! The search as a program of its own in the browser: what only searching needs loads when the search window opens.
//!
//! It has no window, no Yew and no network: `engine.js`, which the build puts behind its glue, fetches what it names.
//! Natively nobody starts it; there the command line has the same engine.

use release_viewer::{
    index::{self, Engine, Order, Query, Question, Step},
    model::{Date, Lang, Slug},
};
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The browser's own Unicode (`engine.js`), whose tables we need not bring.
    fn fold(text: &str) -> String;
}

/// The engine for JavaScript. What is empty in a question is not asked.
#[wasm_bindgen]
pub struct Search(Engine);

/// Between the values of a text: one text costs less glue than many.
const BETWEEN: char = '\0';

#[wasm_bindgen]
impl Search {
    /// For the first pieces of an archive: language, name, language, name …
    #[wasm_bindgen(constructor)]
    pub fn new(roots: &str) -> Self {
        let mut values = roots.split(BETWEEN);
        let mut known = Vec::new();
        while let (Some(lang), Some(name)) = (values.next(), values.next()) {
            known.extend(Lang::parse(lang).map(|lang| (lang, name.to_owned())));
        }
        Self(Engine::new(|text| fold(text), known))
    }

    /// Answers as JSON: pieces that are needed first, an answer, or what is wrong. `asked` has language, section,
    /// department, first day, last day, `1` for releases with files, `1` for order by date, `1` for a phrase, the words.
    pub fn ask(&mut self, asked: &str, limit: usize, offset: usize) -> String {
        let mut values = asked.splitn(9, BETWEEN);
        let mut next = || values.next().unwrap_or_default();
        let lang = Lang::parse(next());
        let section = Slug::parse(next());
        let department = Some(next().to_owned()).filter(|name| !name.is_empty());
        let (from, to) = (Date::parse_iso(next()), Date::parse_iso(next()));
        let (attached, by_date, phrase) = (next() == "1", next() == "1", next() == "1");
        let order = if by_date { Order::Date } else { Order::Relevance };
        let words = next().to_owned();
        let query = Query { words, from, to, section, department, attached, order };
        let question = Question { query, phrase, lang, limit, offset };
        said(self.0.ask(&question), index::write_answer)
    }

    /// Says as JSON what could be meant.
    pub fn suggest(&mut self, lang: &str, typed: &str, limit: usize) -> String {
        let step = self.0.suggest(Lang::parse(lang).as_ref(), typed, limit);
        said(step, index::write_suggestions)
    }

    /// Takes in a piece. Says what is wrong with it; empty if nothing is.
    pub fn give(&mut self, name: &str, bytes: &[u8]) -> String {
        self.0.give(name, bytes).err().map(|error| error.to_string()).unwrap_or_default()
    }
}

/// What is wrong goes ahead as a word that is no JSON.
fn said<T>(step: Result<Step<T>, index::Error>, write: impl FnOnce(&Step<T>) -> String) -> String {
    step.map_or_else(|error| error.to_string(), |step| write(&step))
}

fn main() {}
