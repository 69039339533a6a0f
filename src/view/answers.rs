//! What a query has found: what to ask for, and what to show of it.

use std::rc::Rc;

use super::action::Request;
use super::address::{Address, Place};
use super::list::Paging;
use super::state::State;
use crate::index::{self, Query, Question};
use crate::model::{Answer, Lang, Release};

/// `&limit=10`
pub(super) fn add_number(name: &str, number: usize, to: &mut String) {
    to.push_str(name);
    to.push_str(&number.to_string());
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
        let size = self.settings.page_size;
        // The question is the address of the results without the page: the search counts hits.
        let place = Place::Results { lang: Some(lang.clone()), query: query.clone(), page: 1 };
        let address = Address::default().write(&place);
        let get = |page: usize| {
            let mut question = address.get("#?".len()..).unwrap_or_default().to_owned();
            add_number("&limit=", size, &mut question);
            add_number("&offset=", (page - 1) * size, &mut question);
            self.answers.get(&question).cloned().ok_or(Request::Search(question))
        };
        let answer = get(page)?;
        let last = Paging::new(answer.total, size, page).page;
        if last == page || answer.total == 0 { Ok(answer) } else { get(last) }
    }

    /// Looks for a query in whole texts.
    pub(super) fn look_through(&self, lang: &Lang, query: &Query, page: usize) -> Answer {
        let pieces = self.pieces_of_texts(lang).rev();
        let texts = pieces.filter_map(|piece| self.texts.get(&(lang.clone(), piece)));
        let texts: Vec<Rc<Release>> = texts.flat_map(|texts| texts.iter().cloned()).collect();
        let limit = self.settings.page_size;
        let offset = (page - 1) * limit;
        let mut question =
            Question { query: query.clone(), phrase: false, lang: None, limit, offset };
        let answer = index::search(&texts, &question);
        let start = Paging::new(answer.total, limit, page).range().start;
        if start == offset {
            return answer;
        }
        question.offset = start;
        index::search(&texts, &question)
    }
}

#[cfg(test)]
mod tests {
    use crate::index::{Order, Query};
    use crate::model::{Answer, Archive, Board, Date, Lang, Section, SectionCount, Slug};
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

    /// The question for a word of Latin letters.
    fn search(words: &str, page: usize) -> Request {
        Request::Search(format!("lang=ko&q={words}&limit=10&offset={}", (page - 1) * 10))
    }

    /// Answers the question that is open.
    fn answer(state: &mut State, total: usize, hits: usize) -> Option<Focus> {
        let Some(Request::Search(question)) = state.needs() else {
            panic!("no search is asked for, but {:?}", state.needs())
        };
        let hit = crate::model::Hit {
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
        state.apply(Action::Loaded(Loaded::Answer(question, answer), String::new()))
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
        let place = Place::Results { lang: None, query, page: 3 };
        assert_eq!(
            state(place).needs(),
            Some(Request::Search(
                "lang=ko&q=%EC%A7%81%ED%95%AD%20%22A%26B%22&from=2025-01-01&section=notice\
                 &files=yes&order=date&limit=10&offset=20"
                    .to_owned()
            ))
        );
    }

    #[test]
    fn each_page_is_asked_for_and_kept() {
        let mut state = state(results("air", 1));
        assert_eq!(state.needs(), Some(search("air", 1)));
        assert_eq!(answer(&mut state, 23, 10), None);
        assert_eq!((state.status, state.answer.total), (Status::Ready, 23));
        state.apply(Action::Go(results("air", 3), Cause::Link));
        assert_eq!(state.needs(), Some(search("air", 3)));
        assert_eq!(state.shown, Some(results("air", 1)), "what was shown stays");
        assert_eq!(answer(&mut state, 23, 3), Some(Focus::Heading));
        assert_eq!(state.answer.hits.len(), 3);
        let back = state.apply(Action::Go(results("air", 1), Cause::History));
        assert_eq!((state.status, back), (Status::Ready, Some(Focus::HeadingInPlace)));
    }

    #[test]
    fn a_page_behind_the_last_is_the_last() {
        let mut state = state(results("air", 99));
        answer(&mut state, 23, 0);
        assert_eq!(state.needs(), Some(search("air", 3)));
        answer(&mut state, 23, 3);
        assert_eq!((state.status, state.answer.hits.len()), (Status::Ready, 3));
        let mut none = self::state(results("없는말", 2));
        answer(&mut none, 0, 0);
        assert_eq!(none.status, Status::Ready, "where there is nothing no other page has more");
    }

    #[test]
    fn a_search_that_fails_can_be_tried_again() {
        let mut state = state(results("air", 1));
        answer(&mut state, 1, 1);
        state.apply(Action::Go(results("route", 1), Cause::Form));
        state.apply(Action::Slow);
        assert_eq!(state.status, Status::Slow);
        let focus = state.apply(Action::Failed(search("route", 1), Failure::Offline));
        assert_eq!((focus, state.status), (None, Status::Failed), "the focus stays in the field");
        assert_eq!(state.shown, Some(results("air", 1)));
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
        let suggest = |typed: &str| Some(format!("suggest={typed}&lang=ko&limit=6"));
        let list = || vec!["직항 노선".to_owned()];
        let mut state = state(Place::default());
        assert_eq!(state.suggests(), None, "nothing is asked before the window opens");
        state.apply(Action::OpenSearch(Opener::Button));
        assert_eq!(state.suggests(), suggest(""), "the program is asked for");
        state.apply(Action::Suggested(state.suggests().unwrap(), Vec::new()));
        assert_eq!(state.suggests(), None);
        state.apply(Action::Suggested(suggest("x").unwrap(), list()));
        assert!(!state.search.suggestions.is_open(), "what comes too late is not shown");
        let typed = |state: &mut State| {
            state.apply(Action::Edit(Field::Words, "ㅈ".to_owned()));
            assert_eq!(state.suggests(), suggest("%E3%85%88"));
            state.apply(Action::Suggested(suggest("%E3%85%88").unwrap(), list()));
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
        state.apply(Action::Pick);
        assert_eq!(state.asked(), Some(results("직항 노선", 1)));
        typed(&mut state);
        state.apply(Action::LeaveField);
        assert!(!state.search.suggestions.is_open());
        state.apply(Action::Edit(Field::Words, "직항".to_owned()));
        state.apply(Action::Go(results("air", 1), Cause::Form));
        assert_eq!(state.suggests(), None, "what is searched needs no suggestions");
    }
}
