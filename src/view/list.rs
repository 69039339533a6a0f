//! A page of a section: its releases, newest first, and the links to the other pages.

use std::rc::Rc;

use yew::prelude::*;

use super::address::Place;
use super::message::{Message, view_message};
use super::state::State;
use super::viewer::{DateStyle, ViewerProps, dom_id, heading, lang_attr, view_words};
use crate::model::{Entry, Lang, Section};

/// Renders the list of a section.
pub(super) fn view_list(props: &ViewerProps, place: &Place, page: usize) -> Html {
    let state = &*props.state;
    let (ui, lang) = (state.ui(), state.lang_of(place));
    let section = state.section_of(place);
    let entries = section.as_ref().map(|section| state.entries(&lang, &section.id)).unwrap_or_default();
    let title = section.as_ref().map_or(ui.words().press_releases, |section| &section.name).to_owned();
    if entries.is_empty() {
        let message = Message { title: ui.words().empty_title.to_owned(), ..Message::default() };
        return view_message(state, &message, &props.dispatch);
    }
    let paging = Paging::new(entries.len(), state.settings.page_size, page);
    let shown = paging.cut(&entries);
    let newest_first_page = paging.page == 1;
    html! {
        <section class="rv-list" aria-labelledby={dom_id(&state.settings.address.name, "heading")}>
            <div class="rv-list__head">
                <p class="rv-margin rv-quiet">{ ui.total(entries.len()) }</p>
                { heading(state, 0, "rv-list__heading", Some("heading"), html! { <span lang={lang_attr(state, Some(&lang))}>{ title }</span> }) }
            </div>
            <ul class="rv-items">
                for (index, entry) in shown.iter().enumerate() {
                    { view_item(props, entry, newest_first_page && index == 0, None) }
                }
            </ul>
            { view_pages(state, &paging, |page| Place::List { lang: state.lang_param(&lang), section: own_section(state, &lang, section.as_ref()), page }) }
        </section>
    }
}

/// The section as an address names it: the first one needs no name.
fn own_section(state: &State, lang: &Lang, section: Option<&Section>) -> Option<crate::model::Slug> {
    let sections = state.archive.as_ref().and_then(|archive| archive.board(lang)).map_or(&[][..], |board| &board.sections);
    let first = sections.first().map(|counted| &counted.section.id);
    section.map(|section| section.id.clone()).filter(|id| Some(id) != first)
}

/// Renders one release of a list. `passage` stands in place of the deck in search results.
pub(super) fn view_item(props: &ViewerProps, entry: &Rc<Entry>, newest: bool, passage: Option<Html>) -> Html {
    let state = &*props.state;
    let ui = state.ui();
    let lang = entry.lang.as_ref();
    let found = passage.is_some();
    let href = state.settings.address.write(&Place::Release { id: entry.id.clone(), block: None });
    let mut side: Vec<Html> = Vec::new();
    if let Some(section) = entry.section.as_ref().filter(|_| found) {
        side.push(html! { <span>{ &section.name }</span> });
    }
    side.extend(entry.department.iter().map(|name| html! { <span lang={lang_attr(state, lang)}>{ name }</span> }));
    if !found {
        let count = entry.attachments.len();
        side.extend((count > 0).then(|| html! { <span>{ ui.attachments(count) }</span> }));
        side.extend((!entry.translations.is_empty()).then(|| html! { <span>{ ui.words().also_in_other }</span> }));
    }
    html! {
        <li key={entry.id.as_str()} class={classes!("rv-item", newest.then_some("rv-item--newest"))}>
            <p class="rv-item__date rv-margin rv-quiet">
                if let Some(date) = entry.date {
                    <time datetime={date.to_string()}>{ props.date.emit((date, ui, DateStyle::Short)) }</time>
                }
            </p>
            <div class="rv-item__main">
                { heading(state, 1, "rv-item__title", None, html! {
                    <a id={dom_id(&state.settings.address.name, &format!("item-{}", entry.id))} {href} lang={lang_attr(state, lang)}>
                        { view_words(entry.name(), lang.unwrap_or(&ui.lang())) }
                    </a>
                }) }
                if let Some(passage) = passage {
                    { passage }
                } else if entry.title.is_some() {
                    for deck in entry.decks.iter() {
                        <p class="rv-item__deck" lang={lang_attr(state, lang)}>{ view_words(deck, lang.unwrap_or(&ui.lang())) }</p>
                    }
                }
            </div>
            if !side.is_empty() {
                <p class="rv-item__side rv-quiet">{ for side }</p>
            }
        </li>
    }
}

/// How a list falls into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paging {
    /// The page that is shown, from 1.
    pub(super) page: usize,
    pages: usize,
    size: usize,
}

impl Paging {
    /// A page behind the last is the last.
    pub(super) fn new(count: usize, size: usize, page: usize) -> Self {
        let size = size.max(1);
        let pages = count.div_ceil(size).max(1);
        Self { page: page.clamp(1, pages), pages, size }
    }

    /// The part of a list that is on this page.
    pub(super) fn cut<T>(self, all: &[T]) -> &[T] {
        let start = (self.page - 1) * self.size;
        all.get(start..all.len().min(start + self.size)).unwrap_or_default()
    }

    /// The pages that are offered: the first, the last, and those around this one. `None` is a gap.
    fn offered(self) -> Vec<Option<usize>> {
        let near = self.page.saturating_sub(1)..=self.page + 1;
        let mut offered = Vec::new();
        for page in 1..=self.pages {
            let start = self.page <= 3 && page <= 4;
            if page == 1 || page == self.pages || near.contains(&page) || start {
                offered.push(Some(page));
            } else if offered.last() != Some(&None) {
                offered.push(None);
            }
        }
        offered
    }
}

/// Renders the page links. Nothing if there is one page.
pub(super) fn view_pages(state: &State, paging: &Paging, place: impl Fn(usize) -> Place) -> Html {
    if paging.pages < 2 {
        return Html::default();
    }
    let ui = state.ui();
    let words = ui.words();
    let href = |page: usize| state.settings.address.write(&place(page));
    let step = |page: usize, label: &'static str, rel: &'static str| {
        html! { <li><a class="rv-pages__link" {rel} href={href(page)}>{ label }</a></li> }
    };
    html! {
        <nav class="rv-pages" aria-label={words.pages}>
            <p class="rv-margin rv-quiet">{ ui.page_of(paging.page, paging.pages) }</p>
            <ul>
                if paging.page > 1 {
                    { step(paging.page - 1, words.previous_page, "prev") }
                }
                for offered in paging.offered() {
                    if let Some(page) = offered {
                        <li class={classes!((page.abs_diff(paging.page) > 1).then_some("rv-pages__far"))}>
                            <a class="rv-pages__link" href={href(page)} aria-current={(page == paging.page).then_some("page")}>
                                { page }<span class="rv-hidden">{ words.page_suffix }</span>
                            </a>
                        </li>
                    } else {
                        <li class="rv-pages__gap" aria-hidden="true">{ "…" }</li>
                    }
                }
                if paging.page < paging.pages {
                    { step(paging.page + 1, words.next_page, "next") }
                }
            </ul>
        </nav>
    }
}

#[cfg(test)]
mod tests {
    use super::Paging;

    #[test]
    fn pages_hold_everything_once() {
        let all: Vec<usize> = (0..23).collect();
        let joined: Vec<usize> = (1..=3).flat_map(|page| Paging::new(23, 10, page).cut(&all).to_vec()).collect();
        assert_eq!(joined, all);
        assert_eq!(Paging::new(23, 10, 99).page, 3);
        assert_eq!(Paging::new(0, 10, 1).cut(&all[..0]), &[] as &[usize]);
    }

    #[test]
    fn far_pages_are_left_out() {
        assert_eq!(Paging::new(410, 10, 1).offered(), [Some(1), Some(2), Some(3), Some(4), None, Some(41)]);
        assert_eq!(Paging::new(410, 10, 20).offered(), [Some(1), None, Some(19), Some(20), Some(21), None, Some(41)]);
        assert_eq!(Paging::new(20, 10, 2).offered(), [Some(1), Some(2)]);
    }
}
