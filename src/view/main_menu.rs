//! The sections of the archive, the language switch, and the button of the search window.

use yew::Html;

use super::address::Place;
use super::node::{Tag, nothing, tag};
use super::search_box::view_toggle;
use super::state::State;
use super::viewer::dom_id;
use crate::model::Lang;

/// Renders the bar. Nothing while there is no archive: a menu without entries leads nowhere.
pub(super) fn view_main_menu(state: &State) -> Html {
    let place = state.shown.as_ref().unwrap_or(&state.place);
    let lang = state.lang_of(place);
    let Some(archive) = &state.archive else { return nothing() };
    let current = state.section_of(place).map(|section| section.id);
    let mut sections =
        tag("ul", "rv-main-menu__sections").maybe("lang", state.foreign(Some(&lang)));
    for counted in archive.board(&lang).map_or(&[][..], |board| &board.sections) {
        let id = &counted.section.id;
        let link = menu_link(state, &state.list_place(&lang, Some(id.clone()), 1));
        let link = link
            .when(current.as_ref() == Some(id), "aria-current", "page")
            .text(&counted.section.name);
        sections = sections.add(tag("li", "").key(id.as_str()).add(link));
    }
    let mut languages = tag("ul", "rv-main-menu__languages");
    for board in archive.boards.iter().filter(|board| board.lang != lang) {
        let tag_name = board.lang.to_string();
        let link = menu_link(state, &counterpart(state, place, &board.lang))
            .set("lang", tag_name.clone())
            .set("hreflang", tag_name);
        languages = languages
            .add(tag("li", "").key(board.lang.as_str()).add(link.text(language_name(&board.lang))));
    }
    let mut menu = tag("nav", "rv-main-menu")
        .when(state.settings.isolated, "part", "main-menu")
        .set("id", dom_id(&state.settings.address.name, "menu"))
        .attr("aria-label", state.ui().words().main_menu)
        .add(sections);
    // A list without items would be announced as one.
    if archive.boards.len() > 1 {
        menu = menu.add(languages);
    }
    tag("div", "rv-bar").add(menu).node(view_toggle(state)).html()
}

fn menu_link(state: &State, place: &Place) -> Tag {
    tag("a", "rv-main-menu__link").set("href", state.settings.address.write(place))
}

/// The same in another language: the translation of a release, the section of the same name, the first page.
fn counterpart(state: &State, place: &Place, lang: &Lang) -> Place {
    let release = match place {
        Place::Release { id, .. } => state.releases.get(id).and_then(Option::as_ref),
        _ => None,
    };
    let translations = release.map_or(&[][..], |release| &release.entry.translations);
    if let Some(translation) = translations.iter().find(|translation| translation.lang == *lang) {
        return Place::Release { id: translation.id.clone(), block: None };
    }
    let section = state.section_of(place).map(|section| section.id);
    let sections = state
        .archive
        .as_ref()
        .and_then(|archive| archive.board(lang))
        .map_or(&[][..], |board| &board.sections);
    let other = section.filter(|own| sections.iter().any(|counted| counted.section.id == *own));
    state.list_place(lang, other, 1)
}

/// A language in its own name.
pub(super) fn language_name(lang: &Lang) -> &str {
    match lang.as_str() {
        "ko" => "한국어",
        "en" => "English",
        "fr" => "Français",
        "de" => "Deutsch",
        "es" => "Español",
        "ja" => "日本語",
        "zh" => "中文",
        tag => tag,
    }
}
