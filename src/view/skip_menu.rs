//! The menu that takes a keyboard user straight to a part of the viewer.

use yew::prelude::*;

use super::state::{Action, Focus, Opener};
use super::text::Ui;
use super::viewer::dom_id;

/// Properties of [`SkipMenu`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct SkipMenuProps {
    /// Language of the words.
    pub(super) ui: Ui,
    /// Name of the viewer, with which every id begins.
    pub(super) name: AttrValue,
    /// Whether there is anything to read yet.
    pub(super) has_content: bool,
    /// Whether there is a main menu, and a search window with it.
    pub(super) has_menu: bool,
    /// Takes the skip.
    pub(super) dispatch: Callback<Action>,
}

/// Lists one link per part that is there. A link moves the focus itself: `#id` cannot reach into a shadow root.
#[component]
pub(super) fn SkipMenu(SkipMenuProps { ui, name, has_content, has_menu, dispatch }: &SkipMenuProps) -> Html {
    let words = ui.words();
    let link = |part: &str, label: &'static str, focus: Focus| {
        let onclick = dispatch.reform(move |event: MouseEvent| {
            event.prevent_default();
            Action::Skip(focus.clone())
        });
        html! { <li><a class="rv-skip-menu__entry" href={format!("#{}", dom_id(name, part))} {onclick}>{ label }</a></li> }
    };
    html! {
        <nav class="rv-skip-menu" aria-label={words.skip_menu}>
            <span class="rv-skip-menu__name" aria-hidden="true">{ words.skip_menu }</span>
            <ul>
                if *has_content {
                    { link("heading", words.skip_to_content, Focus::Heading) }
                }
                if *has_menu {
                    { link("menu", words.skip_to_main_menu, Focus::MainMenu) }
                    <li>
                        <button
                            id={dom_id(name, "skip-search")}
                            class="rv-skip-menu__entry"
                            type="button"
                            onclick={dispatch.reform(|_| Action::OpenSearch(Opener::SkipMenu))}
                        >
                            { words.open_search }
                        </button>
                    </li>
                }
                { link("end", words.skip_past, Focus::End) }
            </ul>
        </nav>
    }
}
