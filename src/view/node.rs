//! Elements, one call after the other.
//!
//! Stands in for `html!`, whose expansion costs about 400 bytes of wasm for each element; this costs about 60, and the
//! reader waits for them. For the same reason no element carries a listener: what a control does stands in its
//! `data-rv` attribute as an [`Order`], and the edge listens once at the root.

use wasm_bindgen::JsValue;
use yew::virtual_dom::{VList, VNode, VTag, VText};
use yew::{AttrValue, Html};

use super::action::Opener;

/// What a control asks for when it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Open the search window from its own button, or close it.
    ToggleSearch,
    /// Open it from elsewhere.
    OpenSearch(Opener),
    /// Ask for the same again.
    Retry,
    /// Copy the address of the block that the address points at.
    Copy,
    /// Move the focus to the content.
    SkipToContent,
    /// Move the focus to the main menu.
    SkipToMenu,
    /// Move the focus behind the viewer.
    SkipPast,
}

impl Order {
    const NAMES: [(Self, &'static str); 8] = [
        (Self::ToggleSearch, "toggle-search"),
        (Self::OpenSearch(Opener::SkipMenu), "open-search-skip"),
        (Self::OpenSearch(Opener::Button), "open-search"),
        (Self::Retry, "retry"),
        (Self::Copy, "copy"),
        (Self::SkipToContent, "skip-content"),
        (Self::SkipToMenu, "skip-menu"),
        (Self::SkipPast, "skip-past"),
    ];

    /// The order that a `data-rv` attribute gives.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(order, _)| *order)
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(order, _)| *order == self).map_or("", |(_, name)| name)
    }
}

/// An element that is being put together. In a box, since it is handed on with every call.
#[derive(Debug)]
pub(super) struct Tag(Box<VTag>);

/// Begins an element; an empty class is none.
#[inline(never)]
pub(super) fn tag(name: &'static str, class: &'static str) -> Tag {
    let mut tag = Box::new(VTag::new(name));
    if !class.is_empty() {
        tag.add_attribute("class", AttrValue::Static(class));
    }
    Tag(tag)
}

impl Tag {
    /// An attribute with a fixed value.
    #[inline(never)]
    pub(super) fn attr(mut self, name: &'static str, value: &'static str) -> Self {
        self.0.add_attribute(name, AttrValue::Static(value));
        self
    }

    /// An attribute with a value that is made.
    #[inline(never)]
    pub(super) fn set(mut self, name: &'static str, value: String) -> Self {
        self.0.add_attribute(name, AttrValue::from(value));
        self
    }

    /// An attribute that is there only if it has a value.
    #[inline(never)]
    pub(super) fn maybe(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.set(name, value),
            None => self,
        }
    }

    /// A fixed attribute that is there only in some cases.
    #[inline(never)]
    pub(super) fn when(self, is: bool, name: &'static str, value: &'static str) -> Self {
        if is { self.attr(name, value) } else { self }
    }

    /// What stands in a field. Follows the state also after somebody has typed.
    pub(super) fn value(mut self, value: String) -> Self {
        self.0.set_value(AttrValue::from(value));
        self
    }

    /// Whether an option is chosen. Follows the state also after somebody has chosen.
    pub(super) fn chosen(mut self, chosen: bool) -> Self {
        self.0.add_property("selected", JsValue::from_bool(chosen));
        self.when(chosen, "selected", "")
    }

    /// Whether a box is ticked. Follows the state also after somebody has used it.
    pub(super) fn checked(mut self, checked: bool) -> Self {
        self.0.set_checked(checked);
        self
    }

    /// What the control does.
    pub(super) fn order(self, order: Order) -> Self {
        self.attr("data-rv", order.name())
    }

    /// The name by which Yew knows the element again.
    #[inline(never)]
    pub(super) fn key(mut self, key: &str) -> Self {
        self.0.key = Some(key.into());
        self
    }

    /// Words at the end of the element.
    #[inline(never)]
    pub(super) fn text(self, words: &str) -> Self {
        self.node(text(words))
    }

    /// A node at the end of the element.
    #[inline(never)]
    pub(super) fn node(mut self, node: Html) -> Self {
        self.0.add_child(node);
        self
    }

    /// An element at its end.
    #[inline(never)]
    pub(super) fn add(self, tag: Tag) -> Self {
        self.node(tag.html())
    }

    /// Nodes at its end.
    #[inline(never)]
    pub(super) fn nodes(mut self, nodes: Vec<Html>) -> Self {
        self.0.add_children(nodes);
        self
    }

    /// The finished node.
    #[inline(never)]
    pub(super) fn html(self) -> Html {
        VNode::from(*self.0)
    }
}

/// Words as a node.
#[inline(never)]
pub(super) fn text(words: &str) -> Html {
    VNode::from(VText::new(AttrValue::from(words.to_owned())))
}

/// Several nodes as one.
#[inline(never)]
pub(super) fn group(nodes: Vec<Html>) -> Html {
    VNode::from(VList::with_children(nodes, None))
}

/// Nothing.
pub(super) fn nothing() -> Html {
    group(Vec::new())
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn orders_are_known_by_their_names() {
        for (order, name) in Order::NAMES {
            assert_eq!(Order::parse(name), Some(order));
            assert_eq!(order.name(), name);
        }
    }
}
