//! What a query has found: what to ask for, and what to show of it.

use std::rc::Rc;

use super::action::Request;
use super::address::{Address, Place, escape};
use super::list::Paging;
use super::state::State;
use super::suggestions::LIMIT;
use crate::index::{self, Answer, Query, Question};
use crate::model::{Lang, Release};

impl Request {
    /// What the search program is asked, as the parameters of an address; `None` if that is not its affair.
    #[must_use]
    pub fn question(&self, page_size: usize) -> Option<String> {
        let (lang, query, page) = match self {
            Self::Search(lang, query, page) => (lang, query.clone(), *page),
            Self::Suggest(lang, typed) => {
                (lang, Query { words: typed.clone(), ..Query::default() }, 0)
            }
            _ => return None,
        };
        let mut question = String::new();
        if page == 0 {
            question.push_str("suggest=");
            escape(&query.words, &mut question);
            question.push_str("&lang=");
            question.push_str(lang.as_str());
        } else {
            let place = Place::Results { lang: Some(lang.clone()), query, page: 1 };
            // All behind `#?`.
            question.push_str(Address::default().write(&place).get(2..).unwrap_or_default());
        }
        let (limit, offset) = match page {
            0 => (LIMIT, None),
            page => (page_size, Some((page - 1) * page_size)),
        };
        question.push_str("&limit=");
        question.push_str(&limit.to_string());
        if let Some(offset) = offset {
            question.push_str("&offset=");
            question.push_str(&offset.to_string());
        }
        Some(question)
    }
}

impl State {
    /// Whether there is an index to search with.
    pub(super) fn is_searchable(&self) -> bool {
        self.archive.as_ref().is_some_and(|archive| archive.searchable)
    }

    /// A page of results, or what has to be asked for first. A page behind the last is the last.
    pub(super) fn page_of_results(
        &self,
        lang: &Lang,
        query: &Query,
        page: usize,
    ) -> Result<Rc<Answer>, Request> {
        let get = |page| {
            let key = (lang.clone(), query.clone(), page);
            match self.answers.get(&key) {
                Some(answer) => Ok(Rc::clone(answer)),
                None => Err(Request::Search(key.0, key.1, key.2)),
            }
        };
        let answer = get(page)?;
        match Paging::new(answer.total, self.settings.page_size, page).page {
            last if last == page => Ok(answer),
            last => get(last),
        }
    }

    /// Looks for a query in whole texts.
    pub(super) fn look_through(&self, lang: &Lang, query: &Query, page: usize) -> Answer {
        let pieces = self.pieces_of_texts(lang).rev();
        let texts = pieces.filter_map(|piece| self.texts.get(&(lang.clone(), piece)));
        let texts: Vec<Rc<Release>> = texts.flat_map(|texts| texts.iter().cloned()).collect();
        let query = query.clone();
        let question = Question { query, phrase: false, lang: None, limit: usize::MAX, offset: 0 };
        let mut answer = index::search(&texts, &question);
        let here = Paging::new(answer.total, self.settings.page_size, page).range();
        answer.hits.truncate(here.end);
        answer.hits.drain(..here.start);
        answer
    }
}
