//! A page of a section: its releases, newest first, and the links to the other pages.

use std::ops::Range;

use yew::Html;

use super::address::Place;
use super::message::{Message, view_message};
use super::node::{Tag, tag, text};
use super::state::State;
use super::viewer::{DateStyle, Scene, dom_id, heading, view_words};
use crate::model::{Date, Entry, Lang, Slug};

/// Renders the list of a section.
pub(super) fn view_list(scene: &Scene, place: &Place, page: usize) -> Html {
    let state = scene.state;
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
        items = items.node(view_entry(scene, entry, paging.page == 1 && index == 0));
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

/// What an item of a list is made of.
pub(super) struct Item<'a> {
    /// The release.
    pub(super) id: &'a Slug,
    /// The block to which the title leads, else to the whole release.
    pub(super) block: Option<String>,
    /// Its language.
    pub(super) lang: &'a Lang,
    /// Its day.
    pub(super) date: Option<Date>,
    /// The words of the title.
    pub(super) title: Vec<Html>,
    /// What stands below the title.
    pub(super) below: Vec<Html>,
    /// What stands beside it.
    pub(super) side: Vec<Html>,
    /// Whether it is larger than the others.
    pub(super) newest: bool,
}

/// Renders an item.
pub(super) fn view_item(scene: &Scene, item: Item<'_>) -> Html {
    let state = scene.state;
    let ui = state.ui();
    let place = Place::Release { id: item.id.clone(), block: item.block };
    let href = state.settings.address.write(&place);

    let mut date = tag("p", "rv-item__date rv-margin rv-quiet");
    if let Some(day) = item.date {
        let words = (scene.date)(day, ui, DateStyle::Short);
        date = date.add(tag("time", "").set("datetime", day.to_string()).text(&words));
    }
    let link = tag("a", "")
        .set("id", dom_id(&state.settings.address.name, &format!("item-{}", item.id)))
        .set("href", href)
        .maybe("lang", state.foreign(Some(item.lang)))
        .nodes(item.title);
    let main = tag("div", "rv-item__main")
        .add(heading(state, 1, "rv-item__title", None).add(link))
        .nodes(item.below);
    let node = tag("li", if item.newest { "rv-item rv-item--newest" } else { "rv-item" })
        .key(item.id.as_str())
        .add(date)
        .add(main);
    if item.side.is_empty() {
        return node.html();
    }
    node.add(tag("p", "rv-item__side rv-quiet").nodes(item.side)).html()
}

/// Puts a word or two beside an item, if there are any. `lang` is theirs, if it is not the viewer's.
#[inline(never)]
pub(super) fn aside(words: Option<&str>, lang: Option<String>, side: &mut Vec<Html>) {
    if let Some(words) = words {
        side.push(tag("span", "").maybe("lang", lang).text(words).html());
    }
}

/// Says beside an item that it was taken back.
pub(super) fn say_withdrawn(state: &State, is: bool, side: &mut Vec<Html>) {
    aside(is.then_some(state.ui().words().withdrawn), None, side);
}

/// Says how many files it has, if any.
pub(super) fn say_files(state: &State, count: usize, side: &mut Vec<Html>) {
    aside((count > 0).then(|| state.ui().attachments(count)).as_deref(), None, side);
}

fn view_entry(scene: &Scene, entry: &Entry, newest: bool) -> Html {
    let state = scene.state;
    let ui = state.ui();
    let lang = entry.lang.clone().unwrap_or_else(|| ui.lang());
    let foreign = || state.foreign(Some(&lang));
    let is_withdrawn = entry.withdrawn.is_some();
    let (mut below, mut side) = (Vec::new(), Vec::new());
    say_withdrawn(state, is_withdrawn, &mut side);
    aside(entry.department.as_deref(), foreign(), &mut side);
    if !is_withdrawn {
        for deck in entry.decks.iter().skip(usize::from(entry.title.is_none())) {
            let deck =
                tag("p", "rv-item__deck").maybe("lang", foreign()).nodes(view_words(deck, &lang));
            below.push(deck.html());
        }
        say_files(state, entry.attachments.len(), &mut side);
        let also = (!entry.translations.is_empty()).then_some(ui.words().also_in_other);
        aside(also, None, &mut side);
    }
    let title = view_words(entry.name(), &lang);
    let (id, date) = (&entry.id, entry.date);
    view_item(scene, Item { id, block: None, lang: &lang, date, title, below, side, newest })
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
        let joined: Vec<usize> =
            (1..=3).flat_map(|page| Paging::new(23, 10, page).range()).collect();
        assert_eq!(joined, (0..23).collect::<Vec<_>>());
        assert_eq!(Paging::new(23, 10, 99).page, 3);
        assert_eq!(Paging::new(0, 10, 1).range(), 0..0);
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
