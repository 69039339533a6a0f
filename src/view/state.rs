//! What a viewer knows and shows, and how that changes.
//!
//! The edge tells what happened ([`Action`]), asks what is missing ([`State::needs`]), fetches it, and moves the focus
//! where [`State::apply`] says. All decisions are here, so that they can be tested without a page.

use std::rc::Rc;

use super::action::{Action, Cause, Failure, Focus, Loaded, Opener, Request, Status};
use super::address::{Address, Place, Routing};
use super::data::Shelf;
use super::search_box::{Draft, Field};
use super::suggestions::Suggestions;
use super::text::Ui;
use crate::index::Query;
use crate::model::{Answer, Archive, Entry, Lang, Release, Section, Slug};

/// What the host page asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Writes and reads addresses; its name also begins every id in the page.
    pub address: Address,
    /// The viewer's own language.
    pub ui: Ui,
    /// Level of the first heading, 1 to 6.
    pub heading_level: u8,
    /// Releases on one page of a list, at least 1.
    pub page_size: usize,
    /// Whether the viewer brings its skip menu; a host may have its own.
    pub skip_menu: bool,
    /// Where a form without script sends its words, if anywhere. Only prerendered pages have one.
    pub form: Option<String>,
    /// Whether the viewer stands in a shadow tree of its own; then its parts have names (CSS Shadow Parts, 3).
    pub isolated: bool,
    /// Address of the page without a fragment: what is printed under a release.
    pub page: String,
}

/// Everything that a viewer shows is made from this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What the host asked for.
    pub settings: Settings,
    /// Where the reader wants to be.
    pub place: Place,
    /// Where the reader is: the last place whose data were complete.
    pub shown: Option<Place>,
    /// Boards and sections.
    pub archive: Option<Rc<Archive>>,
    /// Pieces of the list of a language and a section, each newest first.
    pub lists: Shelf<(Lang, Slug, usize), Entries>,
    /// The list that a prerendered page has brought.
    pub page: Option<ListPage>,
    /// Releases that were asked for; `None` if the archive has none of that id.
    pub releases: Shelf<Slug, Option<Rc<Release>>>,
    /// Whole texts of a language, in pieces, for searching.
    pub texts: Shelf<(Lang, usize), Rc<Vec<Rc<Release>>>>,
    /// Pages of what queries have found in the index, by the questions.
    pub answers: Shelf<String, Rc<Answer>>,
    /// The page that is shown. Looked for once when its place is reached, not at every rendering: the view is rendered
    /// at each key in the search field.
    pub answer: Rc<Answer>,
    /// The search window.
    pub search: SearchWindow,
    /// Whether anything is under way or has failed.
    pub status: Status,
    /// Why the last attempt failed. It stays while the next one runs, and with it the button that has the focus.
    pub failure: Option<Failure>,
    /// Whether that was tried again already.
    pub retried: bool,
    /// What happened to the last attempt to copy an address.
    pub copied: Option<bool>,
    /// When the data that are shown were loaded, in the reader's words.
    pub loaded_at: String,
    pub(super) cause: Cause,
}

/// Releases as lists show them, newest first.
pub type Entries = Rc<Vec<Rc<Entry>>>;

/// A page of a list, as a prerendered page has brought it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListPage {
    /// The page.
    pub place: Place,
    /// Number of releases on all pages of this list.
    pub total: usize,
    /// Those on this page.
    pub entries: Entries,
}

/// The search window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchWindow {
    /// Whether it is open.
    pub open: bool,
    /// What opened it, and gets the focus back.
    pub opener: Opener,
    /// What stands in its fields.
    pub draft: Draft,
    /// Whether the period ends before it begins.
    pub wrong_period: bool,
    /// What could be meant.
    pub suggestions: Suggestions,
}

impl State {
    /// A viewer that has nothing yet.
    #[must_use]
    pub fn new(settings: Settings, place: Place) -> Self {
        Self {
            settings,
            place,
            shown: None,
            archive: None,
            lists: Shelf::default(),
            page: None,
            releases: Shelf::default(),
            texts: Shelf::default(),
            answers: Shelf::default(),
            answer: Rc::default(),
            search: SearchWindow::default(),
            status: Status::Waiting,
            failure: None,
            retried: false,
            copied: None,
            loaded_at: String::new(),
            cause: Cause::Start,
        }
    }

    /// What has to be fetched next for the place that is wanted. `None` if it can be shown.
    #[must_use]
    pub fn needs(&self) -> Option<Request> {
        self.missing(&self.place)
    }

    /// Takes in what happened. Gives back where the focus is to go.
    pub fn apply(&mut self, action: Action) -> Option<Focus> {
        match action {
            Action::Go(place, cause) => {
                (self.place, self.cause, self.copied) = (place, cause, None);
                (self.failure, self.retried) = (None, false);
                self.search.suggestions.close();
                return self.proceed();
            }
            Action::Loaded(loaded, time) => {
                self.loaded_at = time;
                match loaded {
                    Loaded::Archive(archive) => self.archive = Some(Rc::new(archive)),
                    Loaded::List(lang, section, piece, entries) => {
                        let entries = Rc::new(entries.into_iter().map(Rc::new).collect());
                        self.lists.insert((lang, section, piece), entries);
                    }
                    Loaded::Release(id, release) => {
                        self.releases.insert(id, release.map(|release| Rc::new(*release)));
                    }
                    Loaded::Texts(lang, piece, releases) => {
                        let releases = Rc::new(releases.into_iter().map(Rc::new).collect());
                        self.texts.insert((lang, piece), releases);
                    }
                    Loaded::Answer(question, answer) => {
                        self.answers.insert(question, Rc::new(answer));
                    }
                    Loaded::Page(archive, total, releases) => {
                        self.take_page(archive, total, releases);
                    }
                    Loaded::Feed(releases) => self.take_feed(releases),
                }
                if self.status != Status::Ready {
                    return self.proceed();
                }
            }
            // What is not needed any more may fail unheard.
            Action::Failed(request, failure) if self.needs().as_ref() == Some(&request) => {
                (self.status, self.failure) = (Status::Failed, Some(failure));
                // The message stands above what is shown, maybe far from where the reader has followed a link.
                let moves = matches!(self.cause, Cause::Link | Cause::History);
                return (moves && self.shown.is_some()).then_some(Focus::Retry);
            }
            Action::Failed(..) => {}
            Action::Slow if self.status == Status::Waiting => self.status = Status::Slow,
            Action::Slow => {}
            Action::Retry(cause) => {
                (self.cause, self.retried) = (cause, true);
                return self.proceed();
            }
            Action::Configure(settings) => {
                self.settings = *settings;
                self.cause = Cause::Form;
                return self.proceed();
            }
            Action::OpenSearch(opener) => {
                (self.search.open, self.search.opener) = (true, opener);
                self.search.suggestions.warm_up();
                return Some(Focus::SearchField);
            }
            Action::Escape if self.search.suggestions.is_open() => self.search.suggestions.close(),
            Action::CloseSearch | Action::Escape => {
                self.search.suggestions.close();
                self.search.open = false;
                return Some(Focus::Opener(self.search.opener));
            }
            Action::Edit(field, value) => {
                if field == Field::Words {
                    self.search.suggestions.want(&value);
                }
                self.search.draft.set(field, value);
                self.search.wrong_period = false;
                if field == Field::Lang {
                    self.forget(&[Field::Section, Field::Department]);
                }
            }
            // One that comes too late says nothing.
            Action::Suggested(question, list) => {
                if self.suggests().as_ref() == Some(&question) {
                    self.search.suggestions.take(list);
                }
            }
            Action::Step(step) => self.search.suggestions.step(step),
            Action::Pick => {
                if let Some(words) = self.search.suggestions.active() {
                    self.search.draft.set(Field::Words, words);
                }
            }
            Action::LeaveField => self.search.suggestions.close(),
            Action::WrongPeriod => {
                self.search.wrong_period = true;
                return Some(Focus::PeriodEnd);
            }
            Action::Skip(focus) => return Some(focus),
            Action::Copied(done) => self.copied = done,
        }
        None
    }

    /// Shows the wanted place if its data are there, else waits for them.
    fn proceed(&mut self) -> Option<Focus> {
        if self.needs().is_some() {
            self.status = Status::Waiting;
            return None;
        }
        (self.status, self.failure, self.retried) = (Status::Ready, None, false);
        let left = self.shown.replace(self.place.clone());
        self.search.wrong_period = false;
        if let Place::Results { query, page, .. } = &self.place {
            let lang = self.lang_of(&self.place);
            self.answer = if self.is_searchable() {
                self.page_of_results(&lang, query, *page).unwrap_or_default()
            } else {
                Rc::new(self.look_through(&lang, query, *page))
            };
            self.search.open = true;
            self.search.draft = Draft::of(query, &lang);
        } else if left.is_some() {
            self.search.open = false;
            // The next search is in the language of what is read then.
            self.forget(&[Field::Lang, Field::Section, Field::Department]);
        }
        let block = match &self.place {
            Place::Release { block, .. } => block.clone(),
            _ => None,
        };
        match (self.cause, block, left) {
            (Cause::Start, Some(block), _) => Some(Focus::BlockIfFree(block)),
            (Cause::Start | Cause::Form, ..) => None,
            (_, Some(block), _) => Some(Focus::Block(block)),
            (Cause::History, None, Some(Place::Release { id, .. }))
                if !matches!(self.place, Place::Release { .. }) =>
            {
                Some(Focus::Item(id))
            }
            (Cause::History, ..) => Some(Focus::HeadingInPlace),
            (Cause::Link, ..) => Some(Focus::Heading),
        }
    }

    /// The query that the search form asks. `None` if the period ends before it begins.
    #[must_use]
    pub fn asked(&self) -> Option<Place> {
        let mut query = Query::from(&self.search.draft);
        if let (Some(from), Some(to)) = (query.from, query.to)
            && to < from
        {
            return None;
        }
        let here = self.draft_lang();
        let lang = self.lang_param(&here);
        // The order that the reader has chosen stays.
        if let Some(Place::Results { query: shown, .. }) = &self.shown {
            query.order = shown.order;
        }
        Some(if query.is_empty() {
            self.list_place(&here, None, 1)
        } else {
            Place::Results { lang, query, page: 1 }
        })
    }

    /// The language of the releases that the search form looks for.
    pub(super) fn draft_lang(&self) -> Lang {
        let chosen = Lang::parse(self.search.draft.get(Field::Lang));
        let known = chosen.filter(|lang| {
            self.archive.as_ref().is_some_and(|archive| archive.board(lang).is_some())
        });
        known.unwrap_or_else(|| self.lang_of(self.shown.as_ref().unwrap_or(&self.place)))
    }

    /// Empties fields: another language has other sections, and nobody would see that one of them is asked for.
    fn forget(&mut self, fields: &[Field]) {
        for field in fields {
            self.search.draft.set(*field, String::new());
        }
    }

    /// Whether a screen reader is to hear what is shown now: not where the focus goes to the heading that says it.
    pub(super) fn is_told(&self) -> bool {
        matches!(self.cause, Cause::Start | Cause::Form)
    }

    /// The language in which the viewer speaks where the reader is.
    #[must_use]
    pub fn ui(&self) -> Ui {
        match self.shown.as_ref().unwrap_or(&self.place) {
            Place::Release { id, .. } => {
                let lang = self
                    .releases
                    .get(id)
                    .and_then(Option::as_ref)
                    .and_then(|release| release.entry.lang.as_ref());
                lang.map_or(self.settings.ui, Ui::of)
            }
            place => place.lang().map_or(self.settings.ui, Ui::of),
        }
    }

    /// What a page that shows only this is called. `None` while nothing is shown.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let place = self.shown.as_ref()?;
        let words = self.ui().words();
        let section = self
            .section_of(place)
            .map_or_else(|| words.press_releases.to_owned(), |section| section.name);
        Some(match place {
            Place::List { page: 1, .. } => section,
            Place::List { page, .. } => format!("{section} ({page})"),
            Place::Results { query, .. } => format!("{}: {}", words.search_title, query.words),
            Place::Release { id, .. } => match self.releases.get(id).and_then(Option::as_ref) {
                Some(release) => format!("{} - {section}", release.entry.name()),
                None => words.not_found_title.to_owned(),
            },
        })
    }

    /// The language of the releases at a place.
    pub(super) fn lang_of(&self, place: &Place) -> Lang {
        let own = match place {
            Place::Release { id, .. } => self
                .releases
                .get(id)
                .and_then(Option::as_ref)
                .and_then(|release| release.entry.lang.clone()),
            _ => place.lang().cloned(),
        };
        let own = own.unwrap_or_else(|| self.settings.ui.lang());
        let boards = self.archive.as_ref().map_or(&[][..], |archive| &archive.boards);
        // An archive in one language is shown in it, whatever the viewer speaks.
        match boards {
            [only] => only.lang.clone(),
            _ => own,
        }
    }

    /// The `lang` of a passage, if it is not the viewer's.
    pub(super) fn foreign(&self, lang: Option<&Lang>) -> Option<String> {
        lang.filter(|lang| **lang != self.ui().lang()).map(ToString::to_string)
    }

    /// How an address names a language: not at all if it is the viewer's own.
    pub(super) fn lang_param(&self, lang: &Lang) -> Option<Lang> {
        let own =
            self.settings.address.routing != Routing::Path && *lang == self.settings.ui.lang();
        (!own).then(|| lang.clone())
    }

    /// The section that a place stands in: the one of its address or release, else the first.
    pub(super) fn section_of(&self, place: &Place) -> Option<Section> {
        let board = self.archive.as_ref()?.board(&self.lang_of(place))?;
        let first = || board.sections.first().map(|counted| counted.section.clone());
        match place {
            Place::List { section: Some(id), .. } => board
                .sections
                .iter()
                .map(|counted| &counted.section)
                .find(|section| section.id == *id)
                .cloned(),
            Place::List { section: None, .. } => first(),
            Place::Release { id, .. } => self
                .releases
                .get(id)
                .and_then(Option::as_ref)
                .map_or_else(first, |release| release.entry.section.clone()),
            Place::Results { .. } => None,
        }
    }

    /// A page of a section; `None` is the first section. Paths name language and section; elsewhere the viewer's own
    /// language and the first section need no name.
    pub(super) fn list_place(&self, lang: &Lang, section: Option<Slug>, page: usize) -> Place {
        let board = self.archive.as_ref().and_then(|archive| archive.board(lang));
        let first = board.and_then(|board| board.sections.first());
        let first = first.map(|counted| counted.section.id.clone());
        if self.settings.address.routing == Routing::Path {
            return Place::List { lang: Some(lang.clone()), section: section.or(first), page };
        }
        let section = section.filter(|section| Some(section) != first.as_ref());
        Place::List { lang: self.lang_param(lang), section, page }
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Cause, Focus, Loaded, Opener, Request, Settings, State, Status};
    use crate::model::{Answer, Archive, Board, Lang, Release, Section, SectionCount, Slug};
    use crate::reader::{Hint, read};
    use crate::view::Failure;
    use crate::view::search_box::Field;
    use crate::view::{Address, Place, Ui};

    fn release(id: &str) -> Release {
        let hint = Hint { id: Slug::parse(id) };
        read("Press Releases\n\nTalks held\n\n1. The two sides met for talks.\n".as_bytes(), &hint)
            .unwrap()
            .releases
            .remove(0)
    }

    fn archive() -> Archive {
        let counted = SectionCount { section: Section::named("Press Releases").unwrap(), count: 2 };
        let board = |lang| Board { lang, sections: vec![counted.clone()], departments: Vec::new() };
        Archive {
            boards: vec![board(Lang::KO), board(Lang::EN)],
            piece: 100,
            counted: true,
            searchable: false,
        }
    }

    fn state(place: Place) -> State {
        let address = Address { name: "rv".to_owned(), ..Address::default() };
        State::new(
            Settings {
                address,
                ui: Ui::En,
                heading_level: 2,
                page_size: 10,
                skip_menu: true,
                isolated: false,
                form: None,
                page: String::new(),
            },
            place,
        )
    }

    fn place(id: &str, block: Option<&str>) -> Place {
        Place::Release { id: Slug::parse(id).unwrap(), block: block.map(str::to_owned) }
    }

    /// Loads whatever is needed until nothing is; gives the last focus.
    fn load(state: &mut State) -> Option<Focus> {
        let mut focus = None;
        while let Some(request) = state.needs() {
            let loaded = match request {
                Request::Archive => Loaded::Archive(archive()),
                Request::List(lang, section, piece) => {
                    Loaded::List(lang, section, piece, vec![release("a").entry, release("b").entry])
                }
                Request::Release(id) => Loaded::Release(
                    id.clone(),
                    (id.as_str() != "x").then(|| Box::new(release(id.as_str()))),
                ),
                Request::Texts(lang, piece) => {
                    Loaded::Texts(lang, piece, vec![release("a"), release("b")])
                }
                Request::Search(question) => Loaded::Answer(question, Answer::default()),
            };
            focus = state.apply(Action::Loaded(loaded, String::new()));
        }
        focus
    }

    fn ready(place: Place) -> State {
        let mut state = state(place);
        load(&mut state);
        state
    }

    #[test]
    fn opening_a_page_takes_no_focus() {
        let mut state = state(Place::default());
        assert_eq!(load(&mut state), None);
        assert_eq!(state.status, Status::Ready);
    }

    #[test]
    fn opening_an_addressed_paragraph_takes_it_if_nobody_else_does() {
        let mut state = state(place("a", Some("p1")));
        assert_eq!(load(&mut state), Some(Focus::BlockIfFree("p1".to_owned())));
    }

    #[test]
    fn a_link_leads_to_the_heading_and_back_to_the_item() {
        let mut state = ready(Place::default());
        state.apply(Action::Go(place("a", None), Cause::Link));
        assert_eq!(
            state.shown,
            Some(Place::default()),
            "what is there stays until the release has come"
        );
        assert_eq!(load(&mut state), Some(Focus::Heading));
        let back = state.apply(Action::Go(Place::default(), Cause::History));
        assert_eq!(back, Some(Focus::Item(Slug::parse("a").unwrap())));
    }

    #[test]
    fn what_is_missing_is_no_failure() {
        let state = ready(place("x", None));
        assert_eq!((state.status, state.releases.0.len()), (Status::Ready, 1));
    }

    #[test]
    fn failures_keep_what_is_shown_and_can_be_retried() {
        let mut state = ready(Place::default());
        state.apply(Action::Go(place("a", None), Cause::Link));
        let id = Slug::parse("a").unwrap();
        state.apply(Action::Failed(Request::Archive, Failure::Server));
        assert_eq!(state.status, Status::Waiting, "a failure of something else does not count");
        let focus = state.apply(Action::Failed(Request::Release(id), Failure::Offline));
        assert_eq!(focus, Some(Focus::Retry));
        assert_eq!((state.status, &state.shown), (Status::Failed, &Some(Place::default())));
        state.apply(Action::Retry(Cause::Link));
        assert_eq!((state.status, state.failure), (Status::Waiting, Some(Failure::Offline)));
        assert_eq!(load(&mut state), Some(Focus::Heading));
    }

    #[test]
    fn the_search_window_gives_the_focus_back() {
        let mut state = ready(Place::default());
        assert_eq!(state.apply(Action::OpenSearch(Opener::SkipMenu)), Some(Focus::SearchField));
        assert_eq!(state.apply(Action::CloseSearch), Some(Focus::Opener(Opener::SkipMenu)));
        assert!(!state.search.open);
    }

    #[test]
    fn the_form_asks_and_keeps_the_focus() {
        let mut state = ready(Place::default());
        state.apply(Action::OpenSearch(Opener::Button));
        state.apply(Action::Edit(Field::Words, " talks ".to_owned()));
        let asked = state.asked().unwrap();
        state.apply(Action::Go(asked, Cause::Form));
        assert_eq!(load(&mut state), None);
        assert!(state.search.open && matches!(state.shown, Some(Place::Results { .. })));
        state.apply(Action::Edit(Field::From, "2025-02-01".to_owned()));
        state.apply(Action::Edit(Field::To, "2025-01-01".to_owned()));
        assert_eq!(state.asked(), None);
        assert_eq!(state.apply(Action::WrongPeriod), Some(Focus::PeriodEnd));
    }

    #[test]
    fn pages_are_cut_from_pieces() {
        let section = Slug::parse("press-releases").unwrap();
        for (count, piece, size) in [(23, 5, 10), (20, 10, 10), (7, 100, 3), (1, 1, 1), (12, 4, 5)]
        {
            let mut state = state(Place::default());
            let mut archive = archive();
            archive.piece = piece;
            for board in &mut archive.boards {
                board.sections.first_mut().unwrap().count = count;
            }
            state.settings.page_size = size;
            state.apply(Action::Loaded(Loaded::Archive(archive), String::new()));
            let mut seen = Vec::new();
            for page in 1..=count.div_ceil(size) {
                let here = Place::List { lang: None, section: None, page };
                state.apply(Action::Go(here.clone(), Cause::Link));
                while let Some(Request::List(lang, id, number)) = state.needs() {
                    assert_eq!(id, section);
                    let inside = number * piece..count.min((number + 1) * piece);
                    let entries = inside.rev().map(|index| release(&format!("r{index}")).entry);
                    let loaded = Loaded::List(lang, id, number, entries.collect());
                    state.apply(Action::Loaded(loaded, String::new()));
                }
                let (_, entries) = state.list(&here, page);
                assert!(entries.len() == size || page == count.div_ceil(size));
                seen.extend(entries.iter().map(|entry| entry.id.to_string()));
            }
            let all: Vec<String> = (0..count).rev().map(|index| format!("r{index}")).collect();
            assert_eq!(seen, all, "{count} in pieces of {piece}, pages of {size}");
        }
    }

    #[test]
    fn what_a_page_has_brought_is_not_asked_for() {
        let here =
            Place::List { lang: Some(Lang::KO), section: Slug::parse("press-releases"), page: 1 };
        let mut state = state(here.clone());
        let archive = Archive { counted: false, ..archive() };
        let page = Loaded::Page(archive, Some(30), vec![release("a"), release("b")]);
        state.apply(Action::Loaded(page, String::new()));
        assert_eq!((state.status, state.needs()), (Status::Ready, None));
        assert_eq!(state.list(&here, 1).1.len(), 2);
        state.apply(Action::Go(Place::default(), Cause::Link));
        assert_eq!(state.needs(), Some(Request::Archive));
    }

    #[test]
    fn slow_is_said_only_while_waiting() {
        let mut state = state(Place::default());
        state.apply(Action::Slow);
        assert_eq!(state.status, Status::Slow);
        load(&mut state);
        state.apply(Action::Slow);
        assert_eq!(state.status, Status::Ready);
    }
}
