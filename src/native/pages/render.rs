//! A state of the viewer → HTML, by the same functions as in the browser.

use std::rc::Rc;

use futures::executor::block_on;
use yew::{Component, Context, Html, LocalServerRenderer, Properties};

use crate::model::Date;
use crate::native::calendar::{month as in_english, weekday};
use crate::view::{DateStyle, Scene, State, Ui, view_viewer};

#[derive(Debug, PartialEq, Properties)]
struct WholeProps {
    state: Rc<State>,
}

/// The component at the root: the view of a state that never changes.
#[derive(Debug)]
struct Whole;

impl Component for Whole {
    type Message = ();
    type Properties = WholeProps;

    fn create(_context: &Context<Self>) -> Self {
        Self
    }

    fn view(&self, context: &Context<Self>) -> Html {
        view_viewer(&Scene { state: &context.props().state, date: &day })
    }
}

/// Renders a viewer in this state. Nothing of Yew's own is left in it: the browser takes over by comparing what is
/// there with what it would show itself.
pub(super) fn view(state: State) -> String {
    let props = WholeProps { state: Rc::new(state) };
    block_on(LocalServerRenderer::<Whole>::with_props(props).hydratable(false).render())
}

/// Writes a day as the browser's `Intl` does (`day` in `src/browser/element.js`).
pub(in crate::native) fn day(date: Date, ui: Ui, style: DateStyle) -> String {
    const DAYS: [char; 7] = ['일', '월', '화', '수', '목', '금', '토'];
    let (year, month, day) = (date.year(), date.month(), date.day());
    match (ui, style) {
        (Ui::Ko, DateStyle::Short) => format!("{year}. {month}. {day}."),
        (Ui::Ko, DateStyle::Full) => {
            let weekday = DAYS.get(weekday(date)).copied().unwrap_or_default();
            format!("{year}. {month}. {day}.({weekday})")
        }
        (Ui::En, _) => format!("{} {day}, {year}", in_english(date)),
    }
}

#[cfg(test)]
mod tests {
    use super::day;
    use crate::model::Date;
    use crate::view::{DateStyle, Ui};

    #[test]
    fn days_are_written_as_the_browser_does() {
        let check = |text, korean: &str, english: &str| {
            let date = Date::parse_iso(text).unwrap();
            assert_eq!(day(date, Ui::Ko, DateStyle::Full), korean);
            assert_eq!(day(date, Ui::En, DateStyle::Full), english);
            assert_eq!(day(date, Ui::Ko, DateStyle::Short), korean[..korean.len() - 5]);
        };
        check("2025-05-07", "2025. 5. 7.(수)", "May 7, 2025");
        check("2024-02-29", "2024. 2. 29.(목)", "February 29, 2024");
        check("2000-01-01", "2000. 1. 1.(토)", "January 1, 2000");
        check("1900-01-01", "1900. 1. 1.(월)", "January 1, 1900");
        check("2026-12-31", "2026. 12. 31.(목)", "December 31, 2026");
    }
}
