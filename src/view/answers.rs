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
            last if last == page || answer.total == 0 => Ok(answer),
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

#[cfg(test)]
mod tests {
    use crate::index::{Answer, Order, Query, Suggestion};
    use crate::model::{Archive, Board, Date, Lang, Section, SectionCount, Slug};
    use crate::view::{
        Action, Address, Cause, Failure, Field, Focus, Loaded, Opener, Place, Request, Settings,
        State, Status, Step, Ui,
    };

    fn board(lang: Lang, section: &str, department: &str) -> Board {
        let section = Section { id: Slug::parse(section).unwrap(), name: section.to_owned() };
        let sections = vec![SectionCount { section, count: 50 }];
        Board { lang, sections, departments: vec![department.to_owned()] }
    }

    /// A viewer of an archive with an index.
    fn state(place: Place) -> State {
        let settings = Settings {
            address: Address { name: "rv".to_owned(), ..Address::default() },
            ui: Ui::Ko,
            heading_level: 2,
            page_size: 10,
            skip_menu: true,
            isolated: false,
            form: None,
            page: String::new(),
        };
        let archive = Archive {
            boards: vec![board(Lang::KO, "notice", "동북아과"), board(Lang::EN, "news", "Asia")],
            piece: 100,
            counted: true,
            searchable: true,
        };
        let mut state = State::new(settings, place);
        state.apply(Action::Loaded(Loaded::Archive(archive), String::new()));
        state
    }

    fn query(words: &str) -> Query {
        Query { words: words.to_owned(), ..Query::default() }
    }

    fn results(words: &str, page: usize) -> Place {
        Place::Results { lang: None, query: query(words), page }
    }

    fn search(words: &str, page: usize) -> Request {
        Request::Search(Lang::KO, query(words), page)
    }

    /// Answers the question that is open.
    fn answer(state: &mut State, total: usize, hits: usize) -> Option<Focus> {
        let Some(Request::Search(lang, query, page)) = state.needs() else {
            panic!("no search is asked for, but {:?}", state.needs())
        };
        let hit = crate::index::Hit {
            id: Slug::parse("a").unwrap(),
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
        let answer = Answer { total, hits: vec![hit; hits], ..Answer::default() };
        state.apply(Action::Loaded(Loaded::Answer(lang, query, page, answer), String::new()))
    }

    #[test]
    fn a_question_is_written_as_parameters() {
        let query = Query {
            words: "직항 \"A&B\"".to_owned(),
            from: Date::new(2025, 1, 1),
            section: Slug::parse("notice"),
            attached: true,
            order: Order::Date,
            ..Query::default()
        };
        assert_eq!(
            Request::Search(Lang::KO, query, 3).question(10).as_deref(),
            Some(
                "lang=ko&q=%EC%A7%81%ED%95%AD%20%22A%26B%22&from=2025-01-01&section=notice\
                 &files=yes&order=date&limit=10&offset=20"
            )
        );
        assert_eq!(
            Request::Suggest(Lang::EN, "a b".to_owned()).question(10).as_deref(),
            Some("suggest=a%20b&lang=en&limit=6")
        );
        assert_eq!(Request::Archive.question(10), None);
    }

    #[test]
    fn each_page_is_asked_for_and_kept() {
        let mut state = state(results("직항", 1));
        assert_eq!(state.needs(), Some(search("직항", 1)));
        assert_eq!(answer(&mut state, 23, 10), None);
        assert_eq!((state.status, state.answer.total), (Status::Ready, 23));
        state.apply(Action::Go(results("직항", 3), Cause::Link));
        assert_eq!(state.needs(), Some(search("직항", 3)));
        assert_eq!(state.shown, Some(results("직항", 1)), "what was shown stays");
        assert_eq!(answer(&mut state, 23, 3), Some(Focus::Heading));
        assert_eq!(state.answer.hits.len(), 3);
        let back = state.apply(Action::Go(results("직항", 1), Cause::History));
        assert_eq!((state.status, back), (Status::Ready, Some(Focus::HeadingInPlace)));
    }

    #[test]
    fn a_page_behind_the_last_is_the_last() {
        let mut state = state(results("직항", 99));
        answer(&mut state, 23, 0);
        assert_eq!(state.needs(), Some(search("직항", 3)));
        answer(&mut state, 23, 3);
        assert_eq!((state.status, state.answer.hits.len()), (Status::Ready, 3));
        let mut none = self::state(results("없는말", 2));
        answer(&mut none, 0, 0);
        assert_eq!(none.status, Status::Ready, "where there is nothing no other page has more");
    }

    #[test]
    fn a_search_that_fails_can_be_tried_again() {
        let mut state = state(results("직항", 1));
        answer(&mut state, 1, 1);
        state.apply(Action::Go(results("노선", 1), Cause::Form));
        state.apply(Action::Slow);
        assert_eq!(state.status, Status::Slow);
        let focus = state.apply(Action::Failed(search("노선", 1), Failure::Offline));
        assert_eq!((focus, state.status), (None, Status::Failed), "the focus stays in the field");
        assert_eq!(state.shown, Some(results("직항", 1)));
        state.apply(Action::Retry(Cause::Link));
        assert_eq!(answer(&mut state, 2, 2), Some(Focus::Heading));
    }

    #[test]
    fn the_language_is_chosen_in_the_form_and_stands_in_the_address() {
        let mut state = state(Place::default());
        state.apply(Action::Loaded(
            Loaded::List(Lang::KO, Slug::parse("notice").unwrap(), 0, Vec::new()),
            String::new(),
        ));
        state.apply(Action::OpenSearch(Opener::Button));
        for (field, value) in [
            (Field::Words, "talks"),
            (Field::Section, "notice"),
            (Field::Department, "동북아과"),
            (Field::Attached, "yes"),
            (Field::Lang, "en"),
        ] {
            state.apply(Action::Edit(field, value.to_owned()));
        }
        let query = Query { attached: true, ..query("talks") };
        let asked = Place::Results { lang: Some(Lang::EN), query, page: 1 };
        assert_eq!(state.asked(), Some(asked.clone()), "English has no such section or department");
        state.apply(Action::Go(asked.clone(), Cause::Form));
        answer(&mut state, 1, 1);
        assert_eq!(state.asked(), Some(asked), "the form shows what was asked");
        state.apply(Action::Go(Place::default(), Cause::Link));
        state.apply(Action::OpenSearch(Opener::Button));
        assert_eq!(
            state.asked(),
            Some(Place::Results {
                lang: None,
                query: Query { attached: true, ..self::query("talks") },
                page: 1
            })
        );
    }

    #[test]
    fn the_order_stays_when_other_words_are_asked() {
        let dated = |words| Query { order: Order::Date, ..query(words) };
        let place = |words| Place::Results { lang: None, query: dated(words), page: 1 };
        let mut state = state(place("직항"));
        answer(&mut state, 1, 1);
        state.apply(Action::Edit(Field::Words, "노선".to_owned()));
        assert_eq!(state.asked(), Some(place("노선")));
    }

    #[test]
    fn suggestions_follow_the_field() {
        let suggest = |typed: &str| Some(Request::Suggest(Lang::KO, typed.to_owned()));
        let list = || vec![Suggestion { text: "직항 노선".to_owned(), id: None }];
        let mut state = state(Place::default());
        assert_eq!(state.suggests(), None, "nothing is asked before the window opens");
        state.apply(Action::OpenSearch(Opener::Button));
        assert_eq!(state.suggests(), suggest(""), "the program is asked for");
        state.apply(Action::Suggested(String::new(), Vec::new()));
        assert_eq!(state.suggests(), None);
        let typed = |state: &mut State| {
            state.apply(Action::Edit(Field::Words, "ㅈ".to_owned()));
            assert_eq!(state.suggests(), suggest("ㅈ"));
            state.apply(Action::Suggested("ㅈ".to_owned(), list()));
            assert!(state.search.suggestions.is_open() && state.suggests().is_none());
        };
        typed(&mut state);
        assert_eq!(state.apply(Action::Escape), None, "first the list closes");
        assert!(state.search.open && !state.search.suggestions.is_open());
        assert_eq!(state.apply(Action::Escape), Some(Focus::Opener(Opener::Button)));
        assert!(!state.search.open);
        state.apply(Action::OpenSearch(Opener::Button));
        typed(&mut state);
        state.apply(Action::Step(Step::Down));
        state.apply(Action::Pick(None));
        assert_eq!(state.asked(), Some(results("직항 노선", 1)));
        typed(&mut state);
        state.apply(Action::LeaveField);
        assert!(!state.search.suggestions.is_open());
        state.apply(Action::Edit(Field::Words, "직항".to_owned()));
        state.apply(Action::Go(results("직항", 1), Cause::Form));
        assert_eq!(state.suggests(), None, "what is searched needs no suggestions");
    }
}
