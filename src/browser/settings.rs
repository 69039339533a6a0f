//! What the element says: its attributes (DESIGN, 4).

use web_sys::Element;

use super::history;
use super::link::Link;
use crate::model::{Lang, Slug};
use crate::view::{Address, Place, Routing, Settings, Ui};

pub(super) fn attribute(host: &Element, name: &str) -> Option<String> {
    host.get_attribute(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
}

/// How the places of a viewer are written.
pub(super) fn address(host: &Element, name: &str, link: &Link) -> Address {
    let routing = match attribute(host, "routing").as_deref() {
        Some("query") => Routing::Query,
        Some("path") => Routing::Path,
        Some("none") => Routing::None,
        _ => Routing::Hash,
    };
    let around = match routing {
        Routing::Query => Address::around(&history::address(routing), name),
        _ => String::new(),
    };
    let base = if routing == Routing::Path { link.base() } else { String::new() };
    Address { name: name.to_owned(), routing, around, base }
}

/// Reads all attributes but `src`.
pub(super) fn settings(host: &Element, name: &str, link: &Link) -> Settings {
    let number = |name: &str| attribute(host, name).and_then(|value| value.parse::<u8>().ok());
    Settings {
        address: address(host, name, link),
        ui: Lang::parse(&link.lang()).as_ref().map_or(Ui::Ko, Ui::of),
        heading_level: number("heading-level").filter(|level| (1..=6).contains(level)).unwrap_or(2),
        page_size: number("page-size").filter(|size| *size > 0).map_or(10, usize::from),
        skip_menu: attribute(host, "skip-menu").as_deref() != Some("none"),
        isolated: host.has_attribute("isolate"),
        form: None,
        page: history::page(),
    }
}

/// The release that the host wants to be shown.
pub(super) fn release(host: &Element) -> Option<Slug> {
    attribute(host, "release").as_deref().and_then(Slug::parse)
}

/// Where a viewer begins: what the address bar names, else the host.
pub(super) fn initial_place(host: &Element, address: &Address) -> Place {
    let asked = |routing| address.read(&history::address(routing));
    asked(address.routing)
        .or_else(|| asked(Routing::Query))
        .or_else(|| asked(Routing::Hash))
        .or_else(|| release(host).map(|id| Place::Release { id, block: None }))
        .unwrap_or_default()
}
