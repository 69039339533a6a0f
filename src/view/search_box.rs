//! The search window: a field, and what narrows the search: period, section, department, language, files.

use yew::Html;

use super::main_menu::language_name;
use super::node::{Order, Tag, nothing, tag};
use super::state::State;
use super::suggestions::{combobox, view_suggestions};
use super::viewer::dom_id;
use crate::index::Query;
use crate::model::{Date, Lang, Slug};

/// A field of the search form. Their order is that of a [`Draft`].
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
    /// Language of the releases.
    Lang,
    /// Only releases with files.
    Attached,
}

/// What stands in the fields, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft([String; Field::NAMES.len()]);

impl Draft {
    /// Puts a value into a field.
    pub fn set(&mut self, field: Field, value: String) {
        if let Some(place) = self.0.get_mut(field as usize) {
            *place = value;
        }
    }

    /// What stands in a field; empty if nothing does.
    pub(super) fn get(&self, field: Field) -> &str {
        self.0.get(field as usize).map_or("", String::as_str)
    }

    /// The fields of a query that was asked in this language.
    pub(super) fn of(query: &Query, lang: &Lang) -> Self {
        let date = |date: Option<Date>| date.map(|date| date.to_string()).unwrap_or_default();
        Self([
            query.words.clone(),
            date(query.from),
            date(query.to),
            query.section.as_ref().map(ToString::to_string).unwrap_or_default(),
            query.department.clone().unwrap_or_default(),
            lang.to_string(),
            String::from(if query.attached { "yes" } else { "" }),
        ])
    }
}

impl From<&Draft> for Query {
    fn from(draft: &Draft) -> Self {
        let department = draft.get(Field::Department);
        Self {
            words: draft.get(Field::Words).trim().to_owned(),
            from: Date::parse_iso(draft.get(Field::From)),
            to: Date::parse_iso(draft.get(Field::To)),
            section: Slug::parse(draft.get(Field::Section)),
            department: (!department.is_empty()).then(|| department.to_owned()),
            attached: !draft.get(Field::Attached).is_empty(),
            order: crate::index::Order::default(),
        }
    }
}

impl Field {
    const NAMES: [(Self, &'static str); 7] = [
        (Self::Words, "field"),
        (Self::From, "from"),
        (Self::To, "to"),
        (Self::Section, "section"),
        (Self::Department, "department"),
        (Self::Lang, "lang"),
        (Self::Attached, "files"),
    ];

    /// The field that has this id in a viewer of this name.
    #[must_use]
    pub fn with_id(name: &str, id: &str) -> Option<Self> {
        let part = id.strip_prefix(name)?.strip_prefix('-')?;
        Self::NAMES.iter().find(|(_, known)| *known == part).map(|(field, _)| *field)
    }
}

/// Renders the window. Closed, it is an empty box, so that the button's `aria-controls` names something.
pub(super) fn view_search(state: &State) -> Html {
    let words = state.ui().words();
    let id = |part: &str| dom_id(&state.settings.address.name, part);
    if !state.search.open {
        return tag("div", "").set("id", id("search")).attr("hidden", "").html();
    }
    let draft = &state.search.draft;
    let lang = state.draft_lang();
    let mut sections = Vec::new();
    let board = state.archive.as_ref().and_then(|archive| archive.board(&lang));
    for counted in board.map_or(&[][..], |board| &board.sections) {
        sections.push((counted.section.id.as_str(), counted.section.name.as_str()));
    }
    let departments: Vec<(&str, &str)> = board
        .map_or(&[][..], |board| &board.departments)
        .iter()
        .map(|name| (name.as_str(), name.as_str()))
        .collect();
    let wrong = state.search.wrong_period;

    let field = tag("input", "rv-field rv-field--large")
        .set("id", id("field"))
        .attr("type", "text")
        .attr("enterkeyhint", "search")
        .attr("autocomplete", "off")
        .value(draft.get(Field::Words).to_owned());
    let field = tag("div", "rv-search__field").add(combobox(state, field));
    let row = tag("div", "rv-search__row")
        .add(field.node(view_suggestions(state)))
        .add(tag("button", "rv-button rv-button--main").attr("type", "submit").text(words.search));
    let said = || tag("p", "rv-search__error").set("id", id("period")).text(words.wrong_period);
    let filters = tag("div", "rv-search__filters")
        .node(view_date(&id("from"), words.from, draft.get(Field::From), None))
        .node(view_date(&id("to"), words.to, draft.get(Field::To), wrong.then(|| id("period"))))
        // In its place also where there is none, so that the field beside it keeps the focus.
        .node(if wrong { said().html() } else { nothing() })
        .node(view_choice(
            &id("section"),
            words.section,
            words.all_sections,
            &sections,
            draft.get(Field::Section),
        ))
        .node(view_choice(
            &id("department"),
            words.department,
            words.all_departments,
            &departments,
            draft.get(Field::Department),
        ))
        .node(view_languages(state, &id("lang"), &lang))
        .node(view_attached(
            &id("files"),
            words.only_with_files,
            !draft.get(Field::Attached).is_empty(),
        ));
    let form = tag("form", "rv-search__form")
        .attr("novalidate", "")
        .add(tag("label", "rv-search__label").set("for", id("field")).text(words.search_title))
        .add(row)
        .add(filters);
    tag("search", "rv-search")
        .when(state.settings.isolated, "part", "search")
        .set("id", id("search"))
        .attr("aria-label", words.search_title)
        .add(form)
        .html()
}

/// The search of a page without script: a form that asks at an address of the ministry's. No ids: the live view, which
/// never shows it, has the same ones.
pub(super) fn view_form(state: &State, address: &str) -> Tag {
    let words = state.ui().words();
    let field = tag("input", "rv-field rv-field--large")
        .attr("type", "search")
        .attr("name", "q")
        .attr("aria-label", words.search_title);
    let row = tag("div", "rv-search__row")
        .add(field)
        .add(tag("button", "rv-button rv-button--main").attr("type", "submit").text(words.search));
    let form = tag("form", "rv-search__form").set("action", address.to_owned()).add(row);
    let search = tag("search", "rv-search").attr("aria-label", words.search_title).add(form);
    tag("noscript", "").add(search)
}

fn view_date(id: &str, label: &'static str, value: &str, error: Option<String>) -> Html {
    let input = tag("input", "rv-field")
        .set("id", id.to_owned())
        .attr("type", "date")
        .attr("min", "1900-01-01")
        .attr("max", "2999-12-31")
        .when(error.is_some(), "aria-invalid", "true")
        .maybe("aria-describedby", error)
        .value(value.to_owned());
    view_filter(id, label).add(input).html()
}

fn view_choice(
    id: &str,
    label: &'static str,
    all: &'static str,
    choices: &[(&str, &str)],
    chosen: &str,
) -> Html {
    let mut select = tag("select", "rv-field").set("id", id.to_owned());
    select = select.add(view_option("", chosen, all));
    for (value, name) in choices {
        select = select.add(view_option(value, chosen, name));
    }
    view_filter(id, label).add(select).html()
}

fn view_option(value: &str, chosen: &str, name: &str) -> Tag {
    tag("option", "").set("value", value.to_owned()).chosen(value == chosen).text(name)
}

/// The languages of the archive, each in its own name. Nothing where there is no choice.
fn view_languages(state: &State, id: &str, chosen: &Lang) -> Html {
    let boards = state.archive.as_ref().map_or(&[][..], |archive| &archive.boards);
    if boards.len() < 2 {
        return nothing();
    }
    let mut select = tag("select", "rv-field").set("id", id.to_owned());
    for board in boards {
        let lang = board.lang.as_str();
        let option = view_option(lang, chosen.as_str(), language_name(&board.lang));
        select = select.add(option.set("lang", lang.to_owned()));
    }
    view_filter(id, state.ui().words().language).add(select).html()
}

fn view_attached(id: &str, label: &'static str, checked: bool) -> Html {
    let input = tag("input", "rv-check").set("id", id.to_owned()).attr("type", "checkbox");
    tag("div", "rv-search__filter rv-search__filter--check")
        .add(input.checked(checked))
        .add(tag("label", "").set("for", id.to_owned()).text(label))
        .html()
}

fn view_filter(id: &str, label: &'static str) -> Tag {
    tag("div", "rv-search__filter").add(tag("label", "").set("for", id.to_owned()).text(label))
}

/// The button that opens and closes the window. The only place with an icon, beside its word.
pub(super) fn view_toggle(state: &State) -> Html {
    let words = state.ui().words();
    let name = &state.settings.address.name;
    let open = state.search.open;
    let line = |tag: Tag| {
        tag.attr("fill", "none").attr("stroke", "currentColor").attr("stroke-width", "1.8")
    };
    let icon = tag("svg", "rv-icon")
        .attr("viewBox", "0 0 24 24")
        .attr("width", "20")
        .attr("height", "20")
        .attr("aria-hidden", "true")
        .add(line(tag("circle", "").attr("cx", "10.5").attr("cy", "10.5").attr("r", "6.5")))
        .add(line(tag("path", "").attr("d", "m15.5 15.5 5 5")));
    tag("button", "rv-button rv-search-button")
        .set("id", dom_id(name, "search-button"))
        .attr("type", "button")
        .attr("aria-expanded", if open { "true" } else { "false" })
        .set("aria-controls", dom_id(name, "search"))
        .order(Order::ToggleSearch)
        .add(icon)
        .text(if open { words.close_search } else { words.open_search })
        .html()
}
