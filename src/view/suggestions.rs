//! What could be meant, below the search field while somebody types.
//!
//! A combobox with a list (WAI-ARIA Authoring Practices, “Editable Combobox With List Autocomplete”), and not a
//! `<datalist>`: a browser shows of that only what begins with, or holds, the letters as typed. So the words behind
//! initial consonants, half a syllable or a typing mistake would never be shown; nor does its text grow with the page's.
//!
//! The focus stays in the field. What is chosen is put into it and looked for.

use yew::Html;

use super::action::{Request, Step};
use super::node::{Tag, tag};
use super::state::State;
use super::viewer::dom_id;
use crate::index::Suggestion;

/// How many are shown: a telephone has room for these above its keyboard.
pub(super) const LIMIT: usize = 6;

/// The suggestions of the search field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// What was typed and has no answer yet.
    wanted: Option<String>,
    /// Those for what was typed last and had an answer; none while the list is closed.
    list: Vec<Suggestion>,
    /// The number of the one that Enter takes.
    active: Option<usize>,
}

impl Suggestions {
    /// Asks for some. Those that are there stay until the answer comes: a list that comes and goes flickers.
    pub(super) fn want(&mut self, typed: &str) {
        let typed = typed.trim();
        if typed.is_empty() {
            self.close();
        } else {
            (self.wanted, self.active) = (Some(typed.to_owned()), None);
        }
    }

    /// Asks for the program that finds them.
    pub(super) fn warm_up(&mut self) {
        self.wanted = Some(String::new());
    }

    /// Takes in an answer. One that comes too late says nothing.
    pub(super) fn take(&mut self, typed: &str, list: Vec<Suggestion>) {
        if self.wanted.as_deref() == Some(typed) {
            self.close();
            self.list = list;
            self.list.retain(|suggestion| suggestion.text != typed);
            self.list.truncate(LIMIT);
        }
    }

    pub(super) fn close(&mut self) {
        *self = Self::default();
    }

    pub(super) fn step(&mut self, step: Step) {
        let count = self.list.len();
        let last = count.checked_sub(1);
        self.active = match (step, self.active) {
            (Step::Down, None) => last.map(|_| 0),
            (Step::Down, Some(at)) => Some(at + 1).filter(|at| *at < count),
            (Step::Up, None) => last,
            (Step::Up, Some(at)) => at.checked_sub(1),
        };
    }

    /// The words of one of them: else of the active one.
    pub(super) fn pick(&mut self, at: Option<usize>) -> Option<String> {
        let picked = self.list.get(at.or(self.active)?).map(|suggestion| suggestion.text.clone());
        self.close();
        picked
    }

    pub(super) fn is_open(&self) -> bool {
        !self.list.is_empty()
    }
}

impl State {
    /// What to ask for the search field. `None` if nothing is wanted, or there is nothing to ask.
    #[must_use]
    pub fn suggests(&self) -> Option<Request> {
        let typed = self.search.suggestions.wanted.as_ref().filter(|_| self.is_searchable())?;
        Some(Request::Suggest(self.draft_lang(), typed.clone()))
    }
}

/// The number of the suggestion that has this id in a viewer of this name.
#[must_use]
pub fn suggestion_with_id(name: &str, id: &str) -> Option<usize> {
    id.strip_prefix(name)?.strip_prefix("-suggestion-")?.parse().ok()
}

/// Makes the field a combobox.
pub(super) fn combobox(state: &State, field: Tag) -> Tag {
    let Suggestions { active, .. } = &state.search.suggestions;
    let id = |part: &str| dom_id(&state.settings.address.name, part);
    if !state.is_searchable() {
        return field;
    }
    let open = state.search.suggestions.is_open();
    field
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-expanded", if open { "true" } else { "false" })
        .set("aria-controls", id("suggestions"))
        .maybe("aria-activedescendant", active.map(|at| option_id(state, at)))
}

/// Renders the list. Closed, it is an empty box, so that `aria-controls` names something.
pub(super) fn view_suggestions(state: &State) -> Html {
    let Suggestions { list, active, .. } = &state.search.suggestions;
    let mut options = tag("ul", "rv-suggestions")
        .set("id", dom_id(&state.settings.address.name, "suggestions"))
        .attr("role", "listbox")
        .attr("aria-label", state.ui().words().suggestions)
        .when(list.is_empty(), "hidden", "");
    for (at, suggestion) in list.iter().enumerate() {
        let is_active = *active == Some(at);
        options = options.add(
            tag("li", "rv-suggestion")
                .set("id", option_id(state, at))
                .attr("role", "option")
                .attr("aria-selected", if is_active { "true" } else { "false" })
                .text(&suggestion.text),
        );
    }
    options.html()
}

fn option_id(state: &State, at: usize) -> String {
    let mut id = dom_id(&state.settings.address.name, "suggestion-");
    id.push_str(&at.to_string());
    id
}

#[cfg(test)]
mod tests {
    use super::{Suggestion, Suggestions, suggestion_with_id};
    use crate::view::Step;

    fn list(texts: &[&str]) -> Vec<Suggestion> {
        texts.iter().map(|text| Suggestion { text: (*text).to_owned(), id: None }).collect()
    }

    #[test]
    fn arrows_go_round_through_the_field() {
        let mut suggestions = Suggestions::default();
        suggestions.step(Step::Down);
        assert_eq!(suggestions.active, None, "there are none");
        suggestions.want("직");
        suggestions.take("직", list(&["직항", "직원"]));
        let mut walk = |steps: &[Step]| {
            let walk = steps.iter().map(|step| {
                suggestions.step(*step);
                suggestions.active
            });
            walk.collect::<Vec<_>>()
        };
        assert_eq!(walk(&[Step::Down; 4]), [Some(0), Some(1), None, Some(0)]);
        assert_eq!(walk(&[Step::Up; 3]), [None, Some(1), Some(0)]);
        assert_eq!(suggestions.pick(None), Some("직항".to_owned()));
        assert!(!suggestions.is_open());
    }

    #[test]
    fn what_comes_too_late_is_not_shown() {
        let mut suggestions = Suggestions::default();
        suggestions.want("직");
        suggestions.want(" 직항 ");
        suggestions.take("직", list(&["직원"]));
        assert!(!suggestions.is_open());
        suggestions.take("직항", list(&["직항", "직항 노선"]));
        assert_eq!(
            suggestions.list,
            list(&["직항 노선"]),
            "what is typed already is no suggestion"
        );
        suggestions.want("직항 노");
        assert!(suggestions.is_open(), "the old ones stay until new ones come");
        suggestions.close();
        suggestions.take("직항 노", list(&["직항 노선"]));
        assert!(!suggestions.is_open(), "nobody wants them any more");
    }

    #[test]
    fn an_option_is_known_by_its_id() {
        assert_eq!(suggestion_with_id("rv", "rv-suggestion-3"), Some(3));
        assert_eq!(suggestion_with_id("rv", "rv-suggestions"), None);
    }
}
