//! The data of a viewer: what a place needs, and how what has come is kept.
//!
//! Lists and texts come in pieces, numbered from the oldest release; pages are counted from the newest.

use std::ops::Range;
use std::rc::Rc;

use super::action::{Cause, Request};
use super::address::Place;
use super::list::Paging;
use super::state::{ListPage, State};
use crate::model::{Archive, Board, Entry, Lang, Neighbour, Release, Section, Slug};

/// Values by key, for the few that one viewer holds. A tree map would cost six kilobytes of wasm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf<K, V>(pub(super) Vec<(K, V)>);

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

    /// Gives a key a value.
    pub fn insert(&mut self, key: K, value: V) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some(place) => place.1 = value,
            None => self.0.push((key, value)),
        }
    }
}

impl State {
    /// What has to be fetched next for a place.
    #[must_use]
    pub fn missing(&self, place: &Place) -> Option<Request> {
        let Some(archive) = &self.archive else { return Some(Request::Archive) };
        let lang = self.lang_of(place);
        match place {
            Place::List { page, .. } => {
                if self.brought(place).is_some() {
                    return None;
                }
                if !archive.counted {
                    return Some(Request::Archive);
                }
                let section = self.section_of(place)?.id;
                let (_, pieces) = self.pieces(&lang, &section, *page);
                let mut keys = pieces.map(|piece| (lang.clone(), section.clone(), piece));
                let (lang, section, piece) = keys.find(|key| self.lists.get(key).is_none())?;
                Some(Request::List(lang, section, piece))
            }
            Place::Release { id, .. } => match self.releases.get(id) {
                None => Some(Request::Release(id.clone())),
                Some(_) => None,
            },
            Place::Results { .. } if !archive.counted => Some(Request::Archive),
            Place::Results { query, page, .. } if archive.searchable => {
                self.page_of_results(&lang, query, *page).err()
            }
            Place::Results { .. } => {
                let pieces = self.pieces_of_texts(&lang);
                let mut keys = pieces.map(|piece| (lang.clone(), piece));
                let (lang, piece) = keys.find(|key| self.texts.get(key).is_none())?;
                Some(Request::Texts(lang, piece))
            }
        }
    }

    /// What is not needed, but would make the view complete: the departments to choose from.
    #[must_use]
    pub fn wishes(&self) -> Option<Request> {
        let archive = self.archive.as_ref().filter(|archive| !archive.counted)?;
        (self.search.open && !archive.boards.is_empty()).then_some(Request::Archive)
    }

    fn brought(&self, place: &Place) -> Option<&ListPage> {
        self.page.as_ref().filter(|page| page.place == *place)
    }

    pub(super) fn pieces_of_texts(&self, lang: &Lang) -> Range<usize> {
        let board = self.archive.as_ref().and_then(|archive| archive.board(lang));
        0..board.map_or(0, Board::count).div_ceil(self.piece())
    }

    fn piece(&self) -> usize {
        self.archive.as_ref().map_or(1, |archive| archive.piece.max(1))
    }

    /// How a section falls into pages, and the pieces that hold this one: the first holds the oldest releases, while
    /// pages begin with the newest.
    fn pieces(&self, lang: &Lang, section: &Slug, page: usize) -> (Paging, Range<usize>) {
        let board = self.archive.as_ref().and_then(|archive| archive.board(lang));
        let sections = board.map_or(&[][..], |board| &board.sections);
        let count = sections.iter().find(|counted| counted.section.id == *section);
        let count = count.map_or(0, |counted| counted.count);
        let paging = Paging::new(count, self.settings.page_size, page);
        let Range { start, end } = paging.range();
        let pieces = match count.checked_sub(start + 1) {
            None => 0..0,
            Some(newest) => (count - end) / self.piece()..newest / self.piece() + 1,
        };
        (paging, pieces)
    }

    /// How a list falls into pages, and the entries of the one at this place.
    pub(super) fn list(&self, place: &Place, page: usize) -> (Paging, Vec<Rc<Entry>>) {
        if let Some(ListPage { total, entries, .. }) = self.brought(place) {
            return (Paging::new(*total, self.settings.page_size, page), entries.to_vec());
        }
        let lang = self.lang_of(place);
        let section = self.section_of(place).map(|section| section.id).unwrap_or_default();
        let (paging, pieces) = self.pieces(&lang, &section, page);
        let Range { start, end } = paging.range();
        // The newest of these pieces begins with the release that has so many newer ones.
        let newer = paging.count.saturating_sub(pieces.end * self.piece());
        let entries = pieces.rev().filter_map(|piece| {
            self.lists.get(&(lang.clone(), section.clone(), piece)).map(|entries| entries.iter())
        });
        let entries = entries.flatten().skip(start - newer.min(start)).take(end - start);
        (paging, entries.cloned().collect())
    }

    /// Takes in a feed, which is all there is. A feed of one release shows it.
    pub(super) fn take_feed(&mut self, mut releases: Vec<Release>) {
        let ui = self.settings.ui;
        for entry in releases.iter_mut().map(|release| &mut release.entry) {
            entry.lang.get_or_insert_with(|| ui.lang());
            entry.section.get_or_insert_with(|| Section {
                id: Slug::default(),
                name: ui.words().press_releases.to_owned(),
            });
        }
        let archive = Archive::of(&releases);
        for board in &archive.boards {
            for counted in &board.sections {
                let own: Vec<&mut Release> = releases
                    .iter_mut()
                    .filter(|release| {
                        release.entry.lang.as_ref() == Some(&board.lang)
                            && release.entry.section.as_ref().map(|section| &section.id)
                                == Some(&counted.section.id)
                    })
                    .collect();
                let entries = own.iter().map(|release| Rc::new(release.entry.clone())).collect();
                let key = (board.lang.clone(), counted.section.id.clone(), 0);
                self.lists.insert(key, Rc::new(entries));
                link(own);
            }
        }
        let releases: Vec<Rc<Release>> = releases.into_iter().map(Rc::new).collect();
        for board in &archive.boards {
            let own = releases
                .iter()
                .filter(|release| release.entry.lang.as_ref() == Some(&board.lang))
                .cloned()
                .collect();
            self.texts.insert((board.lang.clone(), 0), Rc::new(own));
        }
        if let ([only], Place::List { .. }, Cause::Start) = (&*releases, &self.place, self.cause) {
            self.place = Place::Release { id: only.entry.id.clone(), block: None };
        }
        for release in releases {
            self.releases.insert(release.entry.id.clone(), Some(release));
        }
        self.archive = Some(Rc::new(archive));
    }

    /// Takes in what a prerendered page has brought: a whole release, or the entries of a list.
    pub(super) fn take_page(
        &mut self,
        archive: Archive,
        total: Option<usize>,
        releases: Vec<Release>,
    ) {
        self.archive = Some(Rc::new(archive));
        if let Some(total) = total {
            if !matches!(self.place, Place::List { .. }) {
                return;
            }
            let entries = releases.into_iter().map(|release| Rc::new(release.entry)).collect();
            let entries = Rc::new(entries);
            self.page = Some(ListPage { place: self.place.clone(), total, entries });
        } else {
            for release in releases {
                self.releases.insert(release.entry.id.clone(), Some(Rc::new(release)));
            }
        }
    }
}

/// Links the releases of a section, newest first, with each other.
fn link(mut releases: Vec<&mut Release>) {
    let neighbour = |release: &Release| {
        Some(Neighbour { id: release.entry.id.clone(), name: release.entry.name().to_owned() })
    };
    for at in 1..releases.len() {
        if let Some([newer, older]) = releases.get_mut(at - 1..=at) {
            newer.older = neighbour(older);
            older.newer = neighbour(newer);
        }
    }
}
