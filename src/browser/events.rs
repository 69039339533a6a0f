//! What happens in the page → messages. All listeners of a viewer are here; dropping them takes them away.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, HtmlSelectElement, KeyboardEvent, MouseEvent};
use yew::Context;
use yew::html::Scope;

use super::app::{App, Message};
use crate::view::{Action, Address, Field, Order};

/// Begins to listen, at the root of the view and at the window.
pub(super) fn listen(ctx: &Context<App>) -> Vec<EventListener> {
    let root = ctx.props().root.clone();
    let address = Address { name: super::app::name(&ctx.props().host) };
    let mut listeners = Vec::new();
    for kind in ["click", "input", "change", "submit", "keydown"] {
        let (link, address) = (ctx.link().clone(), address.clone());
        let options = EventListenerOptions::enable_prevent_default();
        listeners.push(EventListener::new_with_options(&root, kind, options, move |event| {
            if let Some(message) = message(kind, event, &address) {
                link.send_message(message);
            }
        }));
    }
    if let Some(window) = web_sys::window() {
        // The page may be gone before a message arrives.
        listeners.push(EventListener::new(&window, "pagehide", |_| super::history::note_scroll()));
        for kind in ["hashchange", "scroll"] {
            let link: Scope<App> = ctx.link().clone();
            listeners.push(EventListener::new(&window, kind, move |_| {
                link.send_message(if kind == "scroll" {
                    Message::Scrolled
                } else {
                    Message::AddressChanged
                });
            }));
        }
    }
    listeners
}

fn message(kind: &str, event: &Event, address: &Address) -> Option<Message> {
    let target: Element = event.target()?.dyn_into().ok()?;
    match kind {
        "click" => clicked(event, &target, address),
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
            let field = Field::with_id(&address.name, &target.id())?;
            let value = match target.dyn_ref::<HtmlInputElement>() {
                Some(input) => input.value(),
                None => target.dyn_ref::<HtmlSelectElement>()?.value(),
            };
            Some(Message::Act(Action::Edit(field, value)))
        }
    }
}

/// A click on a control or on a link of ours. One with a modifier is the browser's: it opens a tab or a window.
fn clicked(event: &Event, target: &Element, address: &Address) -> Option<Message> {
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
    let control = target.closest("[data-rv], a[href^='#']").ok()??;
    let message = match control.get_attribute("data-rv") {
        Some(name) => Message::Obey(Order::parse(&name)?),
        None => Message::Follow(address.read(&control.get_attribute("href")?)?),
    };
    event.prevent_default();
    Some(message)
}
