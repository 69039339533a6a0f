//! Clauses and filters of a query → the releases of one language that answer, the best first.

use super::clauses::{Clause, What};
use super::format::{Tree, read_days, read_words};
use super::join::all_there;
use super::library::{Library, Needs};
use super::mentions::{FILES_KEY, department_key, month_key, section_key};
use super::order::{by_score, sort, unite};
use super::spelling::spellings;
use super::terms::{Match, all_of, beside, matches};
use super::{Fold, Query};
use crate::model::{Date, Loosening, Narrowing};

/// What one language has for a query.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// Releases and their scores, the best first.
    pub(super) found: Vec<(u32, f32)>,
    /// Clauses that were left out, by their place in the query.
    pub(super) dropped: Vec<usize>,
    /// Clauses that were spelled otherwise, and how.
    pub(super) respelled: Vec<(usize, String)>,
    /// What could be taken back, if nothing was found.
    pub(super) loosenings: Vec<Loosening>,
}

/// Share of the best score that a release needs where not all words are there.
const RELAXED: f32 = 0.5;
/// What another spelling counts.
const RESPELLED: f32 = 0.8;

/// A filter, and which releases it lets through.
struct Filter {
    what: Narrowing,
    admits: Admitted,
}

enum Admitted {
    Range(u32, u32),
    List(Vec<u32>),
}

impl Admitted {
    fn has(&self, number: u32) -> bool {
        match self {
            Self::Range(from, to) => (*from..*to).contains(&number),
            Self::List(list) => list.binary_search(&number).is_ok(),
        }
    }
}

/// Ranks the releases of a language. `None` if pieces are missing, which are then needed.
pub(super) fn rank(
    library: &mut Library,
    clauses: &[Clause],
    query: &Query,
    fold: Fold,
    needs: &mut Needs,
) -> Option<Ranking> {
    let count = library.count(needs)?;
    let filters = filters(library, query, needs);
    let strong = clauses.iter().any(|clause| !clause.is_weak() && !clause.negative);
    let asked = |clause: &Clause| clause.negative || !strong || !clause.is_weak();
    let last = clauses.last();
    let lists: Vec<Option<Vec<Match>>> = clauses
        .iter()
        .map(|clause| {
            if asked(clause) {
                matches(library, &clause.what, Some(clause) == last, fold, needs)
            } else {
                Some(Vec::new())
            }
        })
        .collect();
    let beside = beside_weak(library, clauses, strong, needs);
    let (filters, lists, beside) = (filters?, all_there(lists)?, beside?);
    let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
    for (at, (clause, list)) in clauses.iter().zip(lists).enumerate() {
        if clause.negative {
            unwanted.push(list);
        } else if asked(clause) {
            wanted.push((at, list));
        }
    }
    let admitted = |number: u32, but: Option<&Narrowing>| {
        filters.iter().all(|filter| Some(&filter.what) == but || filter.admits.has(number))
    };
    let refused = |number: u32| {
        unwanted.iter().any(|list| {
            list.binary_search_by_key(&number, |found| found.number)
                .is_ok_and(|at| list.get(at).is_some_and(|found| found.full))
        })
    };
    let mut ranking = Ranking::default();
    if wanted.is_empty() {
        // Nothing but filters: all that they let through, or without any, nothing.
        if !filters.is_empty() || !unwanted.is_empty() {
            let all = (0..count).filter(|number| admitted(*number, None) && !refused(*number));
            ranking.found = all.rev().map(|number| (number, 0.0)).collect();
        }
    } else {
        let lists: Vec<Vec<Match>> = wanted.iter().map(|(_, list)| list.clone()).collect();
        let strict: Vec<Match> =
            all_of(&lists).into_iter().filter(|found| !refused(found.number)).collect();
        ranking.found = strict
            .iter()
            .filter(|found| admitted(found.number, None))
            .map(|found| (found.number, found.score))
            .collect();
        if ranking.found.is_empty() && strict.is_empty() {
            let free = |number: u32| admitted(number, None) && !refused(number);
            respell(library, clauses, &wanted, &free, fold, &mut ranking, needs)?;
            if ranking.found.is_empty() {
                relax(&wanted, &free, &mut ranking);
            }
        }
    }
    for list in &beside {
        for (number, score) in &mut ranking.found {
            let at = list.binary_search_by_key(number, |found| found.number).ok();
            *score += at.and_then(|at| list.get(at)).map_or(0.0, |found| found.score);
        }
    }
    if ranking.found.is_empty() {
        let strict = |without: Option<usize>| {
            let lists: Vec<Vec<Match>> = wanted
                .iter()
                .filter(|(at, _)| Some(*at) != without)
                .map(|(_, list)| list.clone())
                .collect();
            all_of(&lists)
        };
        let mut loosen = |what: Narrowing, total: usize| {
            if total > 0 {
                ranking.loosenings.push(Loosening { what, total });
            }
        };
        let own = strict(None);
        for filter in &filters {
            let fits = |number: u32| admitted(number, Some(&filter.what)) && !refused(number);
            let total = match wanted.is_empty() {
                true => (0..count).filter(|number| fits(*number)).count(),
                false => own.iter().filter(|found| fits(found.number)).count(),
            };
            loosen(filter.what.clone(), total);
        }
        for (at, clause) in clauses.iter().enumerate().filter(|_| clauses.len() > 1) {
            let fits =
                |number: u32| admitted(number, None) && (clause.negative || !refused(number));
            let found = if clause.negative { strict(None) } else { strict(Some(at)) };
            loosen(
                Narrowing::Word(clause.text.clone()),
                found.iter().filter(|found| fits(found.number)).count(),
            );
        }
    }
    // Of equals the newest.
    sort(&mut ranking.found, |(number, score)| by_score(*score, *number));
    Some(ranking)
}

/// Where words of one syllable, which alone say little, stand beside their neighbours in the query: 핵 in 핵 실험.
fn beside_weak(
    library: &mut Library,
    clauses: &[Clause],
    strong: bool,
    needs: &mut Needs,
) -> Option<Vec<Vec<Match>>> {
    let mut lists = Vec::new();
    for two in clauses.windows(2).filter(|_| strong) {
        let [one, other] = two else { continue };
        if let (What::Hangul(first, None), What::Hangul(second, _)) = (&one.what, &other.what)
            && one.is_weak() != other.is_weak()
            && let (Some(last), Some(next)) = (first.chars().next_back(), second.chars().next())
        {
            lists.push(beside(library, last, next, needs));
        }
    }
    all_there(lists)
}

/// Another spelling of a word, and the releases that have it, if the pieces for that are there.
type Spelling = (String, Option<Vec<Match>>);

/// Tries other spellings of the words that no release has, or that keep all words from meeting.
fn respell(
    library: &mut Library,
    clauses: &[Clause],
    wanted: &[(usize, Vec<Match>)],
    free: &dyn Fn(u32) -> bool,
    fold: Fold,
    ranking: &mut Ranking,
    needs: &mut Needs,
) -> Option<()> {
    let unknown = |list: &[Match]| list.iter().all(|found| !found.full);
    let any_unknown = wanted.iter().any(|(_, list)| unknown(list));
    let mut tried: Vec<(usize, Vec<Spelling>)> = Vec::new();
    let mut missing = false;
    for (place, (at, list)) in wanted.iter().enumerate() {
        if any_unknown && !unknown(list) {
            continue;
        }
        let Some(clause) = clauses.get(*at) else { continue };
        let Some(words) = spellings(library, &clause.what, needs) else {
            missing = true;
            continue;
        };
        let lists = words.into_iter().map(|word| {
            let list = matches(library, &clause.what.respelled(&word), false, fold, needs);
            (word, list)
        });
        tried.push((place, lists.collect()));
    }
    if missing || tried.iter().any(|(_, lists)| lists.iter().any(|(_, list)| list.is_none())) {
        return None;
    }
    // All unknown words by their best spelling; or one known word by another, whichever finds more.
    let mut best_score = 0.0;
    let mut best = Ranking::default();
    let mut attempt = |changes: &[(usize, &String, &Vec<Match>)]| {
        let lists: Vec<Vec<Match>> = wanted
            .iter()
            .enumerate()
            .map(|(place, (_, list))| {
                changes.iter().find(|(at, ..)| *at == place).map_or(list, |(.., list)| list).clone()
            })
            .collect();
        let found: Vec<(u32, f32)> = all_of(&lists)
            .into_iter()
            .filter(|found| free(found.number))
            .map(|found| (found.number, found.score * RESPELLED))
            .collect();
        let score = found.iter().map(|(_, score)| *score).fold(0.0, f32::max);
        if score > best_score {
            let words = changes
                .iter()
                .filter_map(|(place, word, _)| Some((wanted.get(*place)?.0, (*word).clone())));
            best_score = score;
            best = Ranking { found, respelled: words.collect(), ..Ranking::default() };
        }
    };
    if any_unknown {
        let deepest = tried.iter().map(|(_, lists)| lists.len()).max().unwrap_or(0);
        for turn in 0..deepest {
            let changes: Vec<_> = tried
                .iter()
                .filter_map(|(place, lists)| {
                    let (word, list) = lists.get(turn).or(lists.first())?;
                    Some((*place, word, list.as_ref()?))
                })
                .collect();
            if changes.len() == tried.len() {
                attempt(&changes);
            }
        }
    } else {
        for (place, lists) in &tried {
            for (word, list) in lists {
                if let Some(list) = list {
                    attempt(&[(*place, word, list)]);
                }
            }
        }
    }
    (ranking.found, ranking.respelled) = (best.found, best.respelled);
    Some(())
}

/// Takes the releases that have most of what is asked for.
fn relax(wanted: &[(usize, Vec<Match>)], free: &dyn Fn(u32) -> bool, ranking: &mut Ranking) {
    // Words that no release has are left out, if there are releases with all the others.
    let known = |list: &[Match]| list.iter().any(|found| found.full);
    let others: Vec<Vec<Match>> =
        wanted.iter().filter(|(_, list)| known(list)).map(|(_, list)| list.clone()).collect();
    let all: Vec<Match> = all_of(&others).into_iter().filter(|found| free(found.number)).collect();
    if !all.is_empty() {
        let unknown = || wanted.iter().filter(|(_, list)| !known(list));
        // Those that have a part of them go first: it may be misspelled.
        let part = |number: u32, list: &[Match]| {
            let at = list.binary_search_by_key(&number, |found| found.number).ok();
            at.and_then(|at| list.get(at)).map_or(0.0, |found| found.score)
        };
        let score = |found: &Match| {
            found.score + unknown().map(|(_, list)| part(found.number, list)).sum::<f32>()
        };
        ranking.dropped = unknown().map(|(at, _)| *at).collect();
        ranking.found = all.iter().map(|found| (found.number, score(found))).collect();
        return;
    }
    let mut sums: Vec<(u32, f32)> = Vec::new();
    for (_, list) in wanted {
        sums.extend(
            list.iter().filter(|found| free(found.number)).map(|found| (found.number, found.score)),
        );
    }
    sort(&mut sums, |(number, _)| u64::from(*number));
    unite(&mut sums, &|sum, score| *sum += score);
    let best = sums.iter().map(|(_, score)| *score).fold(0.0, f32::max);
    sums.retain(|(_, score)| *score >= best * RELAXED);
    let top = sums.iter().max_by(|one, other| one.1.total_cmp(&other.1)).map(|(number, _)| *number);
    let has = |list: &[Match]| list.iter().any(|found| Some(found.number) == top && found.full);
    ranking.dropped = wanted.iter().filter(|(_, list)| !has(list)).map(|(at, _)| *at).collect();
    ranking.found = sums;
}

/// The filters of a query.
fn filters(library: &mut Library, query: &Query, needs: &mut Needs) -> Option<Vec<Filter>> {
    let mut keys = Vec::new();
    keys.extend(query.section.as_ref().map(|id| (Narrowing::Section, section_key(id.as_str()))));
    keys.extend(
        query.department.as_ref().map(|name| (Narrowing::Department, department_key(name))),
    );
    keys.extend(query.attached.then(|| (Narrowing::Attached, FILES_KEY.to_owned())));
    let mut found = Vec::new();
    let mut missing = false;
    for (what, key) in keys {
        match library.value(Tree::Words, &key, needs) {
            None => missing = true,
            Some(value) => {
                let words = if value.is_empty() { Default::default() } else { read_words(&value)? };
                let list = words.texts.into_iter().map(|(number, _)| number).collect();
                found.push(Filter { what, admits: Admitted::List(list) });
            }
        }
    }
    if query.from.is_some() || query.to.is_some() {
        let from = query.from.map(|day| first_on(library, day, false, needs));
        let to = query.to.map(|day| first_on(library, day, true, needs));
        let dated = first_dated(library, needs);
        let count = library.count(needs);
        match (from.unwrap_or(dated), to.unwrap_or(count)) {
            (Some(from), Some(to)) => {
                found.push(Filter { what: Narrowing::Period, admits: Admitted::Range(from, to) });
            }
            _ => missing = true,
        }
    }
    (!missing).then_some(found)
}

/// The number of the first release of this day or a later one; or of a later one only.
fn first_on(library: &mut Library, day: Date, after: bool, needs: &mut Needs) -> Option<u32> {
    let month = month_key(Some(day));
    let count = library.count(needs)?;
    let months = library.range(Tree::Days, &month, "9999-99", 2, needs)?;
    let Some((key, value)) = months.first() else { return Some(count) };
    let (first, counts) = read_days(value)?;
    if *key != month {
        return Some(first);
    }
    let days = usize::from(day.day()) + usize::from(after);
    Some(first + counts.iter().take(days).sum::<u32>())
}

/// The number of the first release that has a date: those without one come first.
fn first_dated(library: &mut Library, needs: &mut Needs) -> Option<u32> {
    let undated = library.value(Tree::Days, "0000-00", needs)?;
    Some(if undated.is_empty() { 0 } else { read_days(&undated)?.1.iter().sum() })
}
