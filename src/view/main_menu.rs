//! The sections of the archive, the language switch, and the button of the search window.

use yew::prelude::*;

use super::address::Place;
use super::search_box::view_toggle;
use super::state::{Action, State};
use super::viewer::dom_id;
use crate::model::{Lang, Slug};

/// Renders the bar. Nothing while there is no archive: a menu without entries leads nowhere.
pub(super) fn view_main_menu(state: &State, dispatch: &Callback<Action>) -> Html {
    let place = state.shown.as_ref().unwrap_or(&state.place);
    let lang = state.lang_of(place);
    let Some(archive) = &state.archive else { return Html::default() };
    let address = &state.settings.address;
    let words = state.ui().words();
    let current = state.section_of(place).map(|section| section.id);
    let sections = archive.board(&lang).map_or(&[][..], |board| &board.sections);
    let section_lang = (lang != state.ui().lang()).then(|| lang.to_string());

    html! {
        <div class="rv-bar">
            <nav id={dom_id(&address.name, "menu")} class="rv-main-menu" aria-label={words.main_menu} tabindex="-1">
                <ul class="rv-main-menu__sections" lang={section_lang}>
                    for (index, counted) in sections.iter().enumerate() {
                        <li key={counted.section.id.as_str()}>
                            <a
                                class="rv-main-menu__link"
                                href={address.write(&section_place(state, &lang, (index > 0).then(|| counted.section.id.clone())))}
                                aria-current={(current.as_ref() == Some(&counted.section.id)).then_some("page")}
                            >
                                { &counted.section.name }
                            </a>
                        </li>
                    }
                </ul>
                <ul class="rv-main-menu__languages">
                    for board in archive.boards.iter().filter(|board| board.lang != lang) {
                        <li key={board.lang.as_str()}>
                            <a
                                class="rv-main-menu__link"
                                lang={board.lang.to_string()}
                                hreflang={board.lang.to_string()}
                                href={address.write(&counterpart(state, place, &board.lang))}
                            >
                                { language_name(&board.lang) }
                            </a>
                        </li>
                    }
                </ul>
            </nav>
            { view_toggle(state, dispatch) }
        </div>
    }
}

pub(super) fn section_place(state: &State, lang: &Lang, section: Option<Slug>) -> Place {
    Place::List { lang: state.lang_param(lang), section, page: 1 }
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
    let sections = state.archive.as_ref().and_then(|archive| archive.board(lang)).map_or(&[][..], |board| &board.sections);
    // The first section needs no name in the address.
    let other = sections.iter().position(|counted| Some(&counted.section.id) == section.as_ref()).filter(|index| *index > 0);
    section_place(state, lang, other.and(section))
}

/// A language in its own name.
fn language_name(lang: &Lang) -> String {
    match lang.as_str() {
        "ko" => "한국어".to_owned(),
        "en" => "English".to_owned(),
        "fr" => "Français".to_owned(),
        "de" => "Deutsch".to_owned(),
        "es" => "Español".to_owned(),
        "ja" => "日本語".to_owned(),
        "zh" => "中文".to_owned(),
        tag => tag.to_owned(),
    }
}
