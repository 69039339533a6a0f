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

use super::app::{App, Message};
use super::settings;
use crate::view::{Action, Field, Order};

/// Must live as long as its viewer.
pub(super) type Listener = Closure<dyn FnMut(Event)>;

const AT_ROOT: [&str; 5] = ["click", "input", "change", "submit", "keydown"];
const AT_WINDOW: [&str; 2] = ["hashchange", "popstate"];

/// Begins to listen.
pub(super) fn listen(ctx: &Context<App>) -> Listener {
    let props = ctx.props();
    let (link, host, name) = (ctx.link().clone(), props.host.clone(), props.name.clone());
    let listener = Closure::new(move |event: Event| {
        let message = match event.type_().as_str() {
            "hashchange" | "popstate" => Some(Message::AddressChanged),
            kind => message(kind, &event, &host, &name),
        };
        if let Some(message) = message {
            link.send_message(message);
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_signal(&props.link.signal());
    let listen = |target: &EventTarget, kinds: &[&str]| {
        for kind in kinds {
            let _unheard = target.add_event_listener_with_callback_and_add_event_listener_options(
                kind,
                listener.as_ref().unchecked_ref(),
                &options,
            );
        }
    };
    listen(&props.root, &AT_ROOT);
    if let Some(window) = web_sys::window() {
        listen(&window, &AT_WINDOW);
    }
    listener
}

fn message(kind: &str, event: &Event, host: &Element, name: &str) -> Option<Message> {
    let target: Element = event.target()?.dyn_into().ok()?;
    match kind {
        "click" => clicked(event, &target, host, name),
        "submit" => {
            event.prevent_default();
            Some(Message::Search)
        }
        "keydown" => {
            let escape = event.dyn_ref::<KeyboardEvent>()?.key() == "Escape";
            let inside = target.closest("search").ok()?.is_some();
            (escape && inside).then(|| {
                event.prevent_default();
                Message::Escape
            })
        }
        _ => {
            let field = Field::with_id(name, &target.id())?;
            let value = match target.dyn_ref::<HtmlInputElement>() {
                Some(input) => input.value(),
                None => target.dyn_ref::<HtmlSelectElement>()?.value(),
            };
            Some(Message::Act(Action::Edit(field, value)))
        }
    }
}

/// A click on a control or on a link. One with a modifier is the browser's: it opens a tab or a window.
fn clicked(event: &Event, target: &Element, host: &Element, name: &str) -> Option<Message> {
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
    let control = target.closest("[data-rv], a[href]").ok()??;
    let message = match control.get_attribute("data-rv") {
        Some(order) => Message::Obey(Order::parse(&order)?),
        None => {
            Message::Follow(settings::address(host, name).read(&control.get_attribute("href")?)?)
        }
    };
    event.prevent_default();
    Some(message)
}
