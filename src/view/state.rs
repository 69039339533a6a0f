//! What a viewer knows and shows, and how that changes.
//!
//! The edge tells what happened ([`Action`]), asks what is missing ([`State::needs`]), fetches it, and moves the focus
//! where [`State::apply`] says. All decisions are here, so that they can be tested without a page.

use std::rc::Rc;

use super::action::{Action, Cause, Failure, Focus, Loaded, Opener, Request, Status};
use super::address::{Address, Place};
use super::search_box::Draft;
use super::text::Ui;
use crate::index::{self, Hit, Query};
use crate::model::{Archive, Entry, Lang, Release, Section, Slug};

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
    /// Entries of a language, newest first.
    pub lists: Shelf<Lang, Rc<Vec<Rc<Entry>>>>,
    /// Releases that were asked for; `None` if the archive has none of that id.
    pub releases: Shelf<Slug, Option<Rc<Release>>>,
    /// Whole texts of a language, for searching.
    pub texts: Shelf<Lang, Rc<Vec<Rc<Release>>>>,
    /// What the shown query has found. Looked for once when its place is reached, not at every rendering: the view is
    /// rendered at each key in the search field.
    pub hits: Rc<Vec<Hit>>,
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
    cause: Cause,
}

/// Values by key, for the few that one viewer holds. A tree map would cost six kilobytes of wasm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<K, V>(Vec<(K, V)>);

impl<K, V> Default for Shelf<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: PartialEq, V> Shelf<K, V> {
    /// The value of a key.
    pub fn get(&self, key: &K) -> Option<&V> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value)
    }

    fn insert(&mut self, key: K, value: V) {
        self.0.retain(|(known, _)| *known != key);
        self.0.push((key, value));
    }
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
            releases: Shelf::default(),
            texts: Shelf::default(),
            hits: Rc::default(),
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
        let Some(archive) = &self.archive else { return Some(Request::Archive) };
        let list = |lang: Lang| {
            let there = archive.board(&lang).is_none() || self.lists.get(&lang).is_some();
            (!there).then_some(Request::List(lang))
        };
        match &self.place {
            Place::List { .. } => list(self.lang_of(&self.place)),
            Place::Release { id, .. } => match self.releases.get(id) {
                None => Some(Request::Release(id.clone())),
                Some(None) => None,
                Some(Some(_)) => list(self.lang_of(&self.place)),
            },
            Place::Results { .. } => {
                let lang = self.lang_of(&self.place);
                let there = archive.board(&lang).is_none() || self.texts.get(&lang).is_some();
                if there { list(lang) } else { Some(Request::Texts(lang)) }
            }
        }
    }

    /// Takes in what happened. Gives back where the focus is to go.
    pub fn apply(&mut self, action: Action) -> Option<Focus> {
        match action {
            Action::Go(place, cause) => {
                (self.place, self.cause, self.copied) = (place, cause, None);
                (self.failure, self.retried) = (None, false);
                return self.proceed();
            }
            Action::Loaded(loaded, time) => {
                self.loaded_at = time;
                match loaded {
                    Loaded::Archive(archive) => self.archive = Some(Rc::new(archive)),
                    Loaded::List(lang, entries) => {
                        self.lists
                            .insert(lang, Rc::new(entries.into_iter().map(Rc::new).collect()));
                    }
                    Loaded::Release(id, release) => {
                        self.releases.insert(id, release.map(|release| Rc::new(*release)));
                    }
                    Loaded::Texts(lang, releases) => {
                        self.texts
                            .insert(lang, Rc::new(releases.into_iter().map(Rc::new).collect()));
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
                return Some(Focus::SearchField);
            }
            Action::CloseSearch => {
                self.search.open = false;
                return Some(Focus::Opener(self.search.opener));
            }
            Action::Edit(field, value) => {
                self.search.draft.set(field, value);
                self.search.wrong_period = false;
            }
            Action::WrongPeriod => {
                self.search.wrong_period = true;
                return Some(Focus::PeriodEnd);
            }
            Action::Skip(focus) => return Some(focus),
            Action::Copied(done) => self.copied = done,
        }
        None
    }

    /// Takes in a feed, which is all there is. A feed of one release shows it.
    fn take_feed(&mut self, mut releases: Vec<Release>) {
        let ui = self.settings.ui;
        for entry in releases.iter_mut().map(|release| &mut release.entry) {
            entry.lang.get_or_insert_with(|| ui.lang());
            entry.section.get_or_insert_with(|| Section {
                id: Slug::default(),
                name: ui.words().press_releases.to_owned(),
            });
        }
        let archive = Archive::of(&releases);
        let releases: Vec<Rc<Release>> = releases.into_iter().map(Rc::new).collect();
        for board in &archive.boards {
            let own: Vec<Rc<Release>> = releases
                .iter()
                .filter(|release| release.entry.lang.as_ref() == Some(&board.lang))
                .cloned()
                .collect();
            let entries = own.iter().map(|release| Rc::new(release.entry.clone())).collect();
            self.lists.insert(board.lang.clone(), Rc::new(entries));
            self.texts.insert(board.lang.clone(), Rc::new(own));
        }
        if let ([only], Place::List { .. }, Cause::Start) = (&*releases, &self.place, self.cause) {
            self.place = Place::Release { id: only.entry.id.clone(), block: None };
        }
        for release in releases {
            self.releases.insert(release.entry.id.clone(), Some(release));
        }
        self.archive = Some(Rc::new(archive));
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
        if let Place::Results { query, .. } = &self.place {
            self.search.open = true;
            self.search.draft = Draft::from(query);
            let texts = self.texts.get(&self.lang_of(&self.place));
            self.hits = Rc::new(texts.map(|texts| index::search(texts, query)).unwrap_or_default());
        } else if left.is_some() {
            self.search.open = false;
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
        let query = Query::from(&self.search.draft);
        if let (Some(from), Some(to)) = (query.from, query.to)
            && to < from
        {
            return None;
        }
        let lang = self.lang_param(&self.lang_of(self.shown.as_ref().unwrap_or(&self.place)));
        Some(if query.is_empty() {
            Place::List { lang, section: None, page: 1 }
        } else {
            Place::Results { lang, query, page: 1 }
        })
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
        (*lang != self.settings.ui.lang()).then(|| lang.clone())
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

    /// The entries of a section, newest first.
    pub(super) fn entries(&self, lang: &Lang, section: &Slug) -> Vec<Rc<Entry>> {
        let entries = self.lists.get(lang).map_or(&[][..], |entries| entries);
        let inside =
            |entry: &&Rc<Entry>| entry.section.as_ref().is_some_and(|own| own.id == *section);
        entries.iter().filter(inside).cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Action, Cause, Focus, Loaded, Opener, Request, Settings, State, Status};
    use crate::model::{Archive, Board, Lang, Release, Section, SectionCount, Slug};
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
        Archive { boards: vec![board(Lang::KO), board(Lang::EN)], piece: 100, counted: true }
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
                Request::List(lang) => {
                    Loaded::List(lang, vec![release("a").entry, release("b").entry])
                }
                Request::Release(id) => Loaded::Release(
                    id.clone(),
                    (id.as_str() != "x").then(|| Box::new(release(id.as_str()))),
                ),
                Request::Texts(lang) => Loaded::Texts(lang, vec![release("a"), release("b")]),
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
    fn slow_is_said_only_while_waiting() {
        let mut state = state(Place::default());
        state.apply(Action::Slow);
        assert_eq!(state.status, Status::Slow);
        load(&mut state);
        state.apply(Action::Slow);
        assert_eq!(state.status, Status::Ready);
    }
}
