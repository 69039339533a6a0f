//! What happens in the page → messages.
//!
//! All listeners of a viewer are one closure, at the root of its view and at the window. They end with the signal that
//! the loader has given, also when this instance of the wasm is dead.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    AddEventListenerOptions, Element, Event, EventTarget, HtmlInputElement, HtmlSelectElement,
    KeyboardEvent, MouseEvent,
};
use yew::Context;

use super::app::{App, AppProps, Message};
use super::settings;
use crate::view::{Action, Field, Order, Routing, Step};

/// Must live as long as its viewer.
pub(super) type Listener = Closure<dyn FnMut(Event)>;

const AT_ROOT: [&str; 7] =
    ["click", "input", "change", "submit", "keydown", "mousedown", "focusout"];
const AT_WINDOW: [&str; 2] = ["hashchange", "popstate"];

/// Begins to listen.
pub(super) fn listen(ctx: &Context<App>) -> Listener {
    let props = ctx.props();
    let (link, props) = (ctx.link().clone(), props.clone());
    let listener = Closure::new(move |event: Event| {
        let message = match event.type_().as_str() {
            "hashchange" | "popstate" => Some(Message::AddressChanged),
            kind => message(kind, &event, &props),
        };
        if let Some(message) = message {
            link.send_message(message);
        }
    });
    listen_at(&ctx.props().root, &AT_ROOT, &listener, ctx);
    if let Some(window) = web_sys::window() {
        listen_at(&window, &AT_WINDOW, &listener, ctx);
    }
    listener
}

/// Listens also in a prerendered view, while it stands in place of ours.
pub(super) fn adopt(page: &Element, listener: &Listener, ctx: &Context<App>) {
    listen_at(page, &AT_ROOT, listener, ctx);
}

fn listen_at(target: &EventTarget, kinds: &[&str], listener: &Listener, ctx: &Context<App>) {
    let options = AddEventListenerOptions::new();
    options.set_signal(&ctx.props().link.signal());
    for kind in kinds {
        let _unheard = target.add_event_listener_with_callback_and_add_event_listener_options(
            kind,
            listener.as_ref().unchecked_ref(),
            &options,
        );
    }
}

fn message(kind: &str, event: &Event, props: &AppProps) -> Option<Message> {
    let target: Element = event.target()?.dyn_into().ok()?;
    match kind {
        "click" => clicked(event, &target, props),
        "submit" => {
            event.prevent_default();
            Some(Message::Search)
        }
        "keydown" => pressed(event.dyn_ref()?, &target, props),
        "mousedown" => {
            // The focus stays in the field, and with it the list, until the click has come.
            suggestion(&target)?;
            event.prevent_default();
            None
        }
        "focusout" => is_words(&target, props).then_some(Message::Act(Action::LeaveField)),
        _ => {
            let field = Field::with_id(&props.name, &target.id())?;
            let value = match target.dyn_ref::<HtmlInputElement>() {
                Some(input) if field == Field::Attached => {
                    String::from(if input.checked() { "yes" } else { "" })
                }
                Some(input) => input.value(),
                None => target.dyn_ref::<HtmlSelectElement>()?.value(),
            };
            Some(Message::Act(Action::Edit(field, value)))
        }
    }
}

fn is_words(target: &Element, props: &AppProps) -> bool {
    Field::with_id(&props.name, &target.id()) == Some(Field::Words)
}

fn suggestion(target: &Element) -> Option<Element> {
    target.closest("[role=option]").ok()?
}

/// A key in the search window.
fn pressed(event: &KeyboardEvent, target: &Element, props: &AppProps) -> Option<Message> {
    // While a syllable is being put together all keys belong to that. Safari tells of the last one by its old code only.
    if event.is_composing() || event.key_code() == 229 {
        return None;
    }
    let bare = !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key();
    let open = target.get_attribute("aria-expanded").as_deref() == Some("true");
    let in_list = bare && open && is_words(target, props);
    let message = match event.key().as_str() {
        "Escape" if target.closest("search").ok()?.is_some() => Message::Act(Action::Escape),
        "ArrowDown" if in_list => Message::Act(Action::Step(Step::Down)),
        "ArrowUp" if in_list => Message::Act(Action::Step(Step::Up)),
        "Enter" if in_list && target.has_attribute("aria-activedescendant") => Message::Pick(None),
        _ => return None,
    };
    event.prevent_default();
    Some(message)
}

/// A click on a control or on a link. One with a modifier is the browser's: it opens a tab or a window.
fn clicked(event: &Event, target: &Element, props: &AppProps) -> Option<Message> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    if event.default_prevented()
        || mouse.button() != 0
        || mouse.ctrl_key()
        || mouse.meta_key()
        || mouse.shift_key()
        || mouse.alt_key()
    {
        return None;
    }
    if let Some(option) = suggestion(target) {
        return Some(Message::Pick(option.text_content()));
    }
    let control = target.closest("[data-rv], a[href]").ok()??;
    let message = match control.get_attribute("data-rv") {
        Some(order) => Message::Obey(Order::parse(&order)?),
        None => {
            let address = settings::address(&props.host, &props.name, &props.link);
            Message::Follow(address.read(&match address.routing {
                Routing::Path => props.link.href(&control),
                _ => control.get_attribute("href")?,
            })?)
        }
    };
    event.prevent_default();
    Some(message)
}
