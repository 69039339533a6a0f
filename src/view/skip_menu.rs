//! The menu that takes a keyboard user straight to a part of the viewer.

use yew::Html;

use super::action::Opener;
use super::node::{Order, tag};
use super::state::State;
use super::viewer::dom_id;

/// Lists one link per part that is there. A link moves the focus itself: `#id` cannot reach into a shadow root.
pub(super) fn view_skip_menu(state: &State, has_content: bool) -> Html {
    let words = state.ui().words();
    let name = &state.settings.address.name;
    let link = |part: &str, label: &'static str, order: Order| {
        let href = format!("#{}", dom_id(name, part));
        tag("li", "")
            .add(tag("a", "rv-skip-menu__entry").set("href", href).order(order).text(label))
            .html()
    };
    let mut entries = Vec::new();
    if has_content {
        entries.push(link("heading", words.skip_to_content, Order::SkipToContent));
    }
    if state.archive.is_some() {
        entries.push(link("menu", words.skip_to_main_menu, Order::SkipToMenu));
        let button = tag("button", "rv-skip-menu__entry")
            .attr("type", "button")
            .set("id", dom_id(name, "skip-search"));
        let button = button.order(Order::OpenSearch(Opener::SkipMenu)).text(words.open_search);
        entries.push(tag("li", "rv-skip-menu__search").add(button).html());
    }
    entries.push(link("end", words.skip_past, Order::SkipPast));
    tag("nav", "rv-skip-menu")
        .when(state.settings.isolated, "part", "skip-menu")
        .attr("aria-label", words.skip_menu)
        .add(tag("span", "rv-skip-menu__name").attr("aria-hidden", "true").text(words.skip_menu))
        .add(tag("ul", "").nodes(entries))
        .html()
}
