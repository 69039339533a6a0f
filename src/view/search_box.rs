//! The search window: a field, a period, a section, a department.

use yew::prelude::*;

use super::state::{Action, Opener, State};
use super::viewer::{dom_id, element_value};
use crate::index::Query;
use crate::model::{Date, Slug};

/// A field of the search form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What is looked for.
    Words,
    /// First day.
    From,
    /// Last day.
    To,
    /// Section.
    Section,
    /// Department.
    Department,
}

/// What stands in the fields, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    words: String,
    from: String,
    to: String,
    section: String,
    department: String,
}

impl Draft {
    /// Puts a value into a field.
    pub fn set(&mut self, field: Field, value: String) {
        *match field {
            Field::Words => &mut self.words,
            Field::From => &mut self.from,
            Field::To => &mut self.to,
            Field::Section => &mut self.section,
            Field::Department => &mut self.department,
        } = value;
    }
}

impl From<&Query> for Draft {
    fn from(query: &Query) -> Self {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        Self {
            words: query.words.clone(),
            from: date(query.from),
            to: date(query.to),
            section: query.section.as_ref().map(ToString::to_string).unwrap_or_default(),
            department: query.department.clone().unwrap_or_default(),
        }
    }
}

impl From<&Draft> for Query {
    fn from(draft: &Draft) -> Self {
        Self {
            words: draft.words.trim().to_owned(),
            from: Date::parse_iso(&draft.from),
            to: Date::parse_iso(&draft.to),
            section: Slug::parse(&draft.section),
            department: Some(draft.department.clone()).filter(|name| !name.is_empty()),
        }
    }
}

/// Renders the window; closed, it is an empty landmark without a box, so that the button's `aria-controls` holds.
pub(super) fn view_search(state: &State, dispatch: &Callback<Action>, onsubmit: &Callback<()>) -> Html {
    let words = state.ui().words();
    let name = &state.settings.address.name;
    let id = |part: &str| dom_id(name, part);
    if !state.search.open {
        return html! { <div id={id("search")} hidden=true /> };
    }
    let draft = &state.search.draft;
    let lang = state.lang_of(state.shown.as_ref().unwrap_or(&state.place));
    let board = state.archive.as_ref().and_then(|archive| archive.board(&lang).cloned());
    let sections = board.iter().flat_map(|board| &board.sections).map(|counted| {
        (counted.section.id.to_string(), counted.section.name.clone())
    });
    let mut departments: Vec<String> = Vec::new();
    for entry in state.lists.get(&lang).into_iter().flat_map(|entries| entries.iter()) {
        departments.extend(entry.department.clone().filter(|name| !departments.contains(name)));
    }
    departments.sort();
    let departments = departments.into_iter().map(|name| (name.clone(), name));
    let wrong = state.search.wrong_period;
    let edit = |field: Field| dispatch.reform(move |event: Event| Action::Edit(field, element_value(&event)));
    let input = |field: Field| dispatch.reform(move |event: InputEvent| Action::Edit(field, element_value(&event)));

    html! {
        <search id={id("search")} class="rv-search" aria-label={words.search_title}>
            <form
                class="rv-search__form"
                novalidate=true
                onsubmit={onsubmit.reform(|event: SubmitEvent| event.prevent_default())}
                onkeydown={{
                    let dispatch = dispatch.clone();
                    move |event: KeyboardEvent| {
                        if event.key() == "Escape" {
                            event.prevent_default();
                            dispatch.emit(Action::CloseSearch);
                        }
                    }
                }}
            >
                <label class="rv-search__label" for={id("field")}>{ words.search_title }</label>
                <div class="rv-search__row">
                    <input
                        id={id("field")}
                        class="rv-field rv-field--large"
                        type="text"
                        enterkeyhint="search"
                        autocomplete="off"
                        value={draft.words.clone()}
                        oninput={input(Field::Words)}
                    />
                    <button class="rv-button rv-button--main" type="submit">{ words.search }</button>
                </div>
                <div class="rv-search__filters">
                    { view_date(&id("from"), words.from, &draft.from, input(Field::From), None) }
                    { view_date(&id("to"), words.to, &draft.to, input(Field::To), wrong.then(|| id("period"))) }
                    { view_choice(&id("section"), words.section, words.all_sections, sections, &draft.section, edit(Field::Section)) }
                    { view_choice(&id("department"), words.department, words.all_departments, departments, &draft.department, edit(Field::Department)) }
                </div>
                if wrong {
                    <p id={id("period")} class="rv-search__error">{ words.wrong_period }</p>
                }
            </form>
        </search>
    }
}

fn view_date(id: &str, label: &'static str, value: &str, oninput: Callback<InputEvent>, error: Option<String>) -> Html {
    html! {
        <div class="rv-search__filter">
            <label for={id.to_owned()}>{ label }</label>
            <input
                id={id.to_owned()}
                class="rv-field"
                type="date"
                min="1900-01-01"
                max="2999-12-31"
                value={value.to_owned()}
                aria-invalid={error.as_ref().map(|_| "true")}
                aria-describedby={error}
                {oninput}
            />
        </div>
    }
}

fn view_choice(
    id: &str, label: &'static str, all: &'static str, choices: impl Iterator<Item = (String, String)>, chosen: &str,
    onchange: Callback<Event>,
) -> Html {
    html! {
        <div class="rv-search__filter">
            <label for={id.to_owned()}>{ label }</label>
            <select id={id.to_owned()} class="rv-field" {onchange}>
                <option value="" selected={chosen.is_empty()}>{ all }</option>
                for (value, name) in choices {
                    <option selected={value == chosen} value={value.clone()}>{ name }</option>
                }
            </select>
        </div>
    }
}

/// The button that opens and closes the window. The only place with an icon, beside its word.
pub(super) fn view_toggle(state: &State, dispatch: &Callback<Action>) -> Html {
    let words = state.ui().words();
    let name = &state.settings.address.name;
    let open = state.search.open;
    html! {
        <button
            id={dom_id(name, "search-button")}
            class="rv-button rv-search-button"
            type="button"
            aria-expanded={if open { "true" } else { "false" }}
            aria-controls={dom_id(name, "search")}
            onclick={dispatch.reform(move |_| if open { Action::CloseSearch } else { Action::OpenSearch(Opener::Button) })}
        >
            <svg class="rv-icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
                <circle cx="10.5" cy="10.5" r="6.5" fill="none" stroke="currentColor" stroke-width="1.8" />
                <path d="m15.5 15.5 5 5" fill="none" stroke="currentColor" stroke-width="1.8" />
            </svg>
            { if open { words.close_search } else { words.open_search } }
        </button>
    }
}
