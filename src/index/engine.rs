//! Answers questions from the pieces of an index.

use super::clauses::{Clause, clauses};
use super::join::{all_there, join};
use super::library::{Library, Needs};
use super::order::{by_score, sort};
use super::ranking::{Ranking, rank};
use super::show;
use super::suggest;
use super::{Order, Question};
use crate::model::{Answer, Date, Hit, Lang, Suggestion};

/// Makes texts comparable: canonical decomposition with compatibility (NFKD), without U+0300–U+036F, composed again
/// (NFC), in lower case. The edge brings it, since a browser has its own.
pub type Fold = fn(&str) -> String;

/// What an [`Engine`] says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step<T> {
    /// These pieces must be [given](Engine::give) first, all at once; then ask again. Names are paths in the archive.
    Needs(Vec<String>),
    /// The answer.
    Done(T),
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// A piece is not what its name says: cut, changed, or of another archive.
    Piece(String),
    /// A piece was written by another version of this program.
    Version(String),
}

impl Error {
    /// What is wrong, with the name of the piece.
    #[must_use]
    pub fn message(&self) -> String {
        match self {
            Self::Piece(name) => join(&[name, ": not the piece that was expected"]),
            Self::Version(name) => join(&[name, ": written by another version of the program"]),
        }
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {}

/// Letters of a query that are looked at. Nobody types more; programs do.
const LONGEST: usize = 400;
/// Words of a query that are looked for.
const CLAUSES: usize = 24;

/// Answers questions from the pieces of an index.
#[derive(Debug)]
pub struct Engine {
    fold: Fold,
    libraries: Vec<Library>,
}

impl Engine {
    /// For an archive: the first piece of each language, as `archive.json` names it.
    #[must_use]
    pub fn new(fold: Fold, roots: Vec<(Lang, String)>) -> Self {
        let libraries = roots.into_iter().map(|(lang, root)| Library::new(lang, root));
        Self { fold, libraries: libraries.collect() }
    }

    /// The languages that are searched.
    fn places(&self, lang: Option<&Lang>) -> Vec<usize> {
        let wanted = |library: &Library| lang.is_none_or(|lang| *lang == library.lang);
        let places = self.libraries.iter().enumerate().filter(|(_, library)| wanted(library));
        places.map(|(at, _)| at).collect()
    }

    /// Answers a question.
    ///
    /// # Errors
    /// When pieces contradict each other.
    pub fn ask(&mut self, question: &Question) -> Result<Step<Answer>, Error> {
        let mut needs = Needs::new();
        let answer = self.answer(question, &mut needs);
        self.step(answer, needs)
    }

    fn step<T>(&mut self, answer: Option<T>, needs: Needs) -> Result<Step<T>, Error> {
        match answer {
            Some(answer) if needs.is_empty() => {
                for library in &mut self.libraries {
                    library.trim();
                }
                Ok(Step::Done(answer))
            }
            // A piece that is whole, and yet does not hold what was expected.
            None if needs.is_empty() => Err(Error::Piece(String::from("search"))),
            _ => Ok(Step::Needs(needs)),
        }
    }

    fn answer(&mut self, question: &Question, needs: &mut Needs) -> Option<Answer> {
        let query = &question.query;
        let cut = query.words.char_indices().nth(LONGEST).map_or(query.words.len(), |(at, _)| at);
        let words = query.words.get(..cut).unwrap_or_default();
        let mut clauses = clauses(words, question.phrase, self.fold);
        clauses.truncate(CLAUSES);
        let places = self.places(question.lang.as_ref());
        let rankings: Vec<Option<Ranking>> = places
            .iter()
            .map(|place| rank(self.libraries.get_mut(*place)?, &clauses, query, self.fold, needs))
            .collect();
        let rankings = all_there(rankings)?;
        // What one language has as it was asked goes before what another one has only otherwise.
        let exact = |ranking: &Ranking| {
            ranking.dropped.is_empty() && ranking.respelled.is_empty() && !ranking.found.is_empty()
        };
        let any_exact = rankings.iter().any(exact);
        let mut answer = Answer::default();
        let mut found: Vec<(usize, u32, f32)> = Vec::new();
        let mut respelled: &[(usize, String)] = &[];
        for (place, ranking) in
            places.iter().zip(&rankings).filter(|(_, ranking)| !any_exact || exact(ranking))
        {
            found.extend(ranking.found.iter().map(|(number, score)| (*place, *number, *score)));
            if !ranking.found.is_empty() {
                let dropped = ranking.dropped.iter().filter_map(|at| clauses.get(*at));
                answer.dropped = dropped.map(|clause| clause.text.clone()).collect();
                respelled = &ranking.respelled;
            }
            for loosening in &ranking.loosenings {
                match answer.loosenings.iter_mut().find(|other| other.what == loosening.what) {
                    Some(other) => other.total += loosening.total,
                    None => answer.loosenings.push(loosening.clone()),
                }
            }
        }
        if !found.is_empty() {
            answer.loosenings.clear();
        }
        if places.len() > 1 && query.order == Order::Relevance {
            sort(&mut found, |(_, _, score)| by_score(*score, 0));
        }
        if query.order == Order::Date {
            sort(&mut found, |(_, number, _)| u64::from(u32::MAX - number));
        }
        let respelled = respelled_clauses(&clauses, respelled);
        answer.total = found.len();
        answer.did_you_mean = (!respelled.is_empty()).then(|| respelled_words(words, &respelled));
        let asked: Vec<&Clause> = clauses
            .iter()
            .map(|clause| {
                respelled.iter().find(|other| other.place == clause.place).unwrap_or(clause)
            })
            .filter(|clause| !clause.negative)
            .collect();
        let page: Vec<(usize, u32)> = if places.len() > 1 && query.order == Order::Date {
            self.by_date(&found, question, needs)?
        } else {
            let page = found.iter().skip(question.offset).take(question.limit);
            page.map(|(place, number, _)| (*place, *number)).collect()
        };
        let hits: Vec<Option<Hit>> = page
            .into_iter()
            .map(|(place, number)| {
                let library = self.libraries.get_mut(place)?;
                let shown = library.text(number, needs)?;
                if show::needs_rest(&shown, &asked, self.fold) {
                    let rest = library.rest(number, needs)?;
                    return Some(show::hit(&shown, &rest, &asked, self.fold));
                }
                Some(show::hit(&shown, &shown.body, &asked, self.fold))
            })
            .collect();
        answer.hits = all_there(hits)?;
        Some(answer)
    }

    /// The newest of several languages: only their texts say which day each number is.
    fn by_date(
        &mut self,
        found: &[(usize, u32, f32)],
        question: &Question,
        needs: &mut Needs,
    ) -> Option<Vec<(usize, u32)>> {
        let wanted = question.offset.saturating_add(question.limit);
        let mut dated = Vec::new();
        let mut missing = false;
        for place in 0..self.libraries.len() {
            let own = found.iter().filter(|(other, ..)| *other == place).take(wanted);
            for (_, number, _) in own {
                match self.libraries.get_mut(place)?.text(*number, needs) {
                    Some(shown) => dated.push((shown.date, *number, place)),
                    None => missing = true,
                }
            }
        }
        if missing {
            return None;
        }
        let day = |date: Option<Date>| {
            date.map_or(0, |date| {
                (u64::from(date.year()) << 16)
                    + (u64::from(date.month()) << 8)
                    + u64::from(date.day())
            })
        };
        sort(&mut dated, |(date, ..)| u64::MAX - day(*date));
        let page = dated.into_iter().skip(question.offset).take(question.limit);
        Some(page.map(|(_, number, place)| (place, number)).collect())
    }

    /// Says what could be meant by what has been typed so far, at most `limit`.
    ///
    /// # Errors
    /// When pieces contradict each other.
    pub fn suggest(
        &mut self,
        lang: Option<&Lang>,
        typed: &str,
        limit: usize,
    ) -> Result<Step<Vec<Suggestion>>, Error> {
        let mut needs = Needs::new();
        let places = self.places(lang);
        let fold = self.fold;
        let found: Vec<Option<Vec<Suggestion>>> = places
            .into_iter()
            .map(|place| {
                suggest::suggest(self.libraries.get_mut(place)?, typed, limit, fold, &mut needs)
            })
            .collect();
        let found = all_there(found);
        let first = found.map(|found| found.into_iter().flatten().take(limit).collect());
        self.step(first, needs)
    }

    /// Takes in a piece, the whole bytes of the file of this name.
    ///
    /// # Errors
    /// When it is not what its name says. It can be given again.
    pub fn give(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        for library in &mut self.libraries {
            if library.give(name, bytes)? {
                break;
            }
        }
        Ok(())
    }
}

/// The clauses that were spelled otherwise.
fn respelled_clauses(clauses: &[Clause], respelled: &[(usize, String)]) -> Vec<Clause> {
    let changed = |(at, word): &(usize, String)| {
        let clause = clauses.get(*at)?;
        Some(Clause { text: word.clone(), what: clause.what.respelled(word), ..clause.clone() })
    };
    respelled.iter().filter_map(changed).collect()
}

/// The query with these clauses, which stand in its order, in place of what was typed.
fn respelled_words(words: &str, respelled: &[Clause]) -> String {
    let mut whole = String::with_capacity(words.len());
    let mut at = 0;
    for clause in respelled {
        whole.push_str(words.get(at..clause.place.0).unwrap_or_default());
        whole.push_str(&clause.text);
        at = clause.place.1;
    }
    whole.push_str(words.get(at..).unwrap_or_default());
    whole
}
