//! What could be meant, below the search field while somebody types.
//!
//! A combobox with a list (WAI-ARIA Authoring Practices, “Editable Combobox With List Autocomplete”), and not a
//! `<datalist>`: a browser shows of that only what begins with, or holds, the letters as typed. So the words behind
//! initial consonants, half a syllable or a typing mistake would never be shown; nor does its text grow with the page's.
//!
//! The focus stays in the field. What is chosen is put into it and looked for.

use yew::Html;

use super::action::Step;
use super::answers::add_number;
use super::node::{Tag, tag};
use super::state::State;
use super::viewer::dom_id;
use crate::model::escape;

/// How many are shown: a telephone has room for these above its keyboard.
const LIMIT: usize = 6;

/// The suggestions of the search field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    /// What was typed and has no answer yet.
    wanted: Option<String>,
    /// Those for what was typed last and had an answer; none while the list is closed.
    list: Vec<String>,
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

    /// Takes in an answer.
    pub(super) fn take(&mut self, list: Vec<String>) {
        *self = Self { list, ..Self::default() };
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

    /// The words of the active one.
    pub(super) fn active(&self) -> Option<String> {
        self.list.get(self.active?).cloned()
    }

    pub(super) fn is_open(&self) -> bool {
        !self.list.is_empty()
    }
}

impl State {
    /// What to ask the search program for the field; with nothing typed, only so that it is there. `None` if nothing is
    /// wanted, or there is no index.
    #[must_use]
    pub fn suggests(&self) -> Option<String> {
        let typed = self.search.suggestions.wanted.as_ref().filter(|_| self.is_searchable())?;
        let mut question = String::from("suggest=");
        escape(typed, &mut question);
        question.push_str("&lang=");
        question.push_str(self.draft_lang().as_str());
        add_number("&limit=", LIMIT, &mut question);
        Some(question)
    }
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
                .text(suggestion),
        );
    }
    options.html()
}

fn option_id(state: &State, at: usize) -> String {
    let mut id = dom_id(&state.settings.address.name, "suggestion");
    add_number("-", at, &mut id);
    id
}

#[cfg(test)]
mod tests {
    use super::Suggestions;
    use crate::view::Step;

    #[test]
    fn arrows_go_round_through_the_field() {
        let mut suggestions = Suggestions::default();
        suggestions.step(Step::Down);
        assert_eq!(suggestions.active, None, "there are none");
        suggestions.want(" 직 ");
        assert_eq!(suggestions.wanted.as_deref(), Some("직"));
        suggestions.take(vec!["직항".to_owned(), "직원".to_owned()]);
        let mut walk = |steps: &[Step]| {
            let walk = steps.iter().map(|step| {
                suggestions.step(*step);
                suggestions.active
            });
            walk.collect::<Vec<_>>()
        };
        assert_eq!(walk(&[Step::Down; 4]), [Some(0), Some(1), None, Some(0)]);
        assert_eq!(walk(&[Step::Up; 3]), [None, Some(1), Some(0)]);
        assert_eq!(suggestions.active(), Some("직항".to_owned()));
        suggestions.want("직항");
        assert_eq!((suggestions.is_open(), suggestions.active()), (true, None), "the old stay");
        suggestions.want("");
        assert!(!suggestions.is_open());
    }
}
