//! A page of a section: its releases, newest first, and the links to the other pages.

use std::ops::Range;

use yew::Html;

use super::address::Place;
use super::message::{Message, view_message};
use super::node::{Tag, tag, text};
use super::state::State;
use super::viewer::{DateStyle, Scene, dom_id, heading, view_words};
use crate::model::Entry;

/// Renders the list of a section.
pub(super) fn view_list(scene: &Scene, place: &Place, page: usize) -> Html {
    let state = &*scene.state;
    let (ui, lang) = (state.ui(), state.lang_of(place));
    let section = state.section_of(place);
    let (paging, entries) = state.list(place, page);
    let title = section.as_ref().map_or(ui.words().press_releases, |section| &section.name);
    if entries.is_empty() {
        return view_message(
            state,
            &Message { title: ui.words().empty_title.to_owned(), ..Message::default() },
        );
    }
    let mut items = tag("ul", "rv-items");
    for (index, entry) in entries.iter().enumerate() {
        items = items.node(view_item(scene, entry, paging.page == 1 && index == 0, None));
    }
    let own = section.as_ref().map(|section| section.id.clone());
    let title = tag("span", "").maybe("lang", state.foreign(Some(&lang))).text(title);
    let head = tag("div", "rv-list__head")
        .add(tag("p", "rv-margin rv-quiet").text(&ui.total(paging.count)))
        .add(heading(state, 0, "rv-list__heading", Some("heading")).add(title));
    let pages = view_pages(state, paging, &|page| state.list_place(&lang, own.clone(), page));
    view_section(state, head, items, pages)
}

/// A heading, what it heads, and the links to other pages.
pub(super) fn view_section(state: &State, head: Tag, items: Tag, pages: Vec<Html>) -> Html {
    let section = tag("section", "rv-list")
        .when(state.settings.isolated, "part", "list")
        .set("aria-labelledby", dom_id(&state.settings.address.name, "heading"));
    section.add(head).add(items).nodes(pages).html()
}

/// Renders one release of a list. `passage` stands in place of the deck in search results.
pub(super) fn view_item(scene: &Scene, entry: &Entry, newest: bool, passage: Option<Html>) -> Html {
    let state = &*scene.state;
    let ui = state.ui();
    let lang = entry.lang.clone().unwrap_or_else(|| ui.lang());
    let foreign = state.foreign(Some(&lang));
    let href = state.settings.address.write(&Place::Release { id: entry.id.clone(), block: None });

    let mut date = tag("p", "rv-item__date rv-margin rv-quiet");
    if let Some(day) = entry.date {
        let words = (scene.date)(day, ui, DateStyle::Short);
        date = date.add(tag("time", "").set("datetime", day.to_string()).text(&words));
    }
    let link = tag("a", "")
        .set("id", dom_id(&state.settings.address.name, &format!("item-{}", entry.id)))
        .set("href", href)
        .maybe("lang", foreign.clone())
        .nodes(view_words(entry.name(), &lang));
    let mut main =
        tag("div", "rv-item__main").add(heading(state, 1, "rv-item__title", None).add(link));
    let mut side = tag("p", "rv-item__side rv-quiet");
    let department = || {
        entry
            .department
            .as_ref()
            .map(|name| tag("span", "").maybe("lang", foreign.clone()).text(name).html())
    };
    let mut about = Vec::new();
    if entry.withdrawn.is_some() {
        about.push(tag("span", "").text(ui.words().withdrawn).html());
    }
    if let Some(passage) = passage {
        main = main.node(passage);
        about.extend(entry.section.as_ref().map(|section| {
            tag("span", "").maybe("lang", foreign.clone()).text(&section.name).html()
        }));
        about.extend(department());
    } else if entry.withdrawn.is_some() {
        about.extend(department());
    } else {
        for deck in entry.decks.iter().skip(usize::from(entry.title.is_none())) {
            main = main.add(
                tag("p", "rv-item__deck")
                    .maybe("lang", foreign.clone())
                    .nodes(view_words(deck, &lang)),
            );
        }
        about.extend(department());
        if !entry.attachments.is_empty() {
            about.push(tag("span", "").text(&ui.attachments(entry.attachments.len())).html());
        }
        if !entry.translations.is_empty() {
            about.push(tag("span", "").text(ui.words().also_in_other).html());
        }
    }
    let item = tag("li", if newest { "rv-item rv-item--newest" } else { "rv-item" })
        .key(entry.id.as_str())
        .add(date)
        .add(main);
    if about.is_empty() {
        return item.html();
    }
    side = side.nodes(about);
    item.add(side).html()
}

/// How a list falls into pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Paging {
    /// The page that is shown, from 1.
    pub(super) page: usize,
    /// Number of items on all pages.
    pub(super) count: usize,
    pages: usize,
    size: usize,
}

impl Paging {
    /// A page behind the last is the last.
    pub(super) fn new(count: usize, size: usize, page: usize) -> Self {
        let size = size.max(1);
        let pages = count.div_ceil(size).max(1);
        Self { page: page.clamp(1, pages), count, pages, size }
    }

    /// The part of a list that is on this page.
    pub(super) fn cut<T>(self, all: &[T]) -> &[T] {
        all.get(self.range()).unwrap_or_default()
    }

    /// The places of what is on this page among all.
    pub(super) fn range(self) -> Range<usize> {
        let start = (self.page - 1) * self.size;
        start..self.count.min(start + self.size)
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
pub(super) fn view_pages(
    state: &State,
    paging: Paging,
    place: &dyn Fn(usize) -> Place,
) -> Vec<Html> {
    if paging.pages < 2 {
        return Vec::new();
    }
    let ui = state.ui();
    let words = ui.words();
    let link = |page: usize| {
        tag("a", "rv-pages__link").set("href", state.settings.address.write(&place(page)))
    };
    let step = |page: usize, label: &'static str, rel: &'static str| {
        tag("li", "").add(link(page).attr("rel", rel).text(label)).html()
    };
    let mut links = Vec::new();
    if paging.page > 1 {
        links.push(step(paging.page - 1, words.previous_page, "prev"));
    }
    for offered in paging.offered() {
        let Some(page) = offered else {
            links.push(tag("li", "rv-pages__gap").attr("aria-hidden", "true").text("…").html());
            continue;
        };
        let far = if page.abs_diff(paging.page) > 1 { "rv-pages__far" } else { "" };
        let link = link(page)
            .when(page == paging.page, "aria-current", "page")
            .text(&page.to_string())
            .add(tag("span", "rv-hidden").text(words.page_suffix));
        links.push(tag("li", far).add(link).html());
    }
    if paging.page < paging.pages {
        links.push(step(paging.page + 1, words.next_page, "next"));
    }
    let where_we_are =
        tag("p", "rv-margin rv-quiet").node(text(&ui.page_of(paging.page, paging.pages)));
    vec![
        tag("nav", "rv-pages")
            .when(state.settings.isolated, "part", "pages")
            .attr("aria-label", words.pages)
            .add(where_we_are)
            .add(tag("ul", "").nodes(links))
            .html(),
    ]
}

#[cfg(test)]
mod tests {
    use super::Paging;

    #[test]
    fn pages_hold_everything_once() {
        let all: Vec<usize> = (0..23).collect();
        let joined: Vec<usize> =
            (1..=3).flat_map(|page| Paging::new(23, 10, page).cut(&all).to_vec()).collect();
        assert_eq!(joined, all);
        assert_eq!(Paging::new(23, 10, 99).page, 3);
        assert_eq!(Paging::new(0, 10, 1).cut(&all[..0]), &[] as &[usize]);
    }

    #[test]
    fn far_pages_are_left_out() {
        assert_eq!(
            Paging::new(410, 10, 1).offered(),
            [Some(1), Some(2), Some(3), Some(4), None, Some(41)]
        );
        assert_eq!(
            Paging::new(410, 10, 20).offered(),
            [Some(1), None, Some(19), Some(20), Some(21), None, Some(41)]
        );
        assert_eq!(Paging::new(20, 10, 2).offered(), [Some(1), Some(2)]);
    }
}
