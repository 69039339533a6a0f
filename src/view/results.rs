//! What the search has found.

use std::rc::Rc;

use yew::prelude::*;

use super::address::Place;
use super::list::{Paging, view_item, view_pages};
use super::message::{Message, Way, view_message};
use super::viewer::{ViewerProps, dom_id, heading, lang_attr};
use crate::index::{self, Hit, Query};

/// Renders a page of results.
pub(super) fn view_results(props: &ViewerProps, place: &Place, query: &Query, page: usize) -> Html {
    let state = &*props.state;
    let (ui, lang) = (state.ui(), state.lang_of(place));
    let hits = find(props, place, query);
    if hits.is_empty() {
        let conditions = Query { words: query.words.clone(), ..Query::default() };
        let clear = Place::Results { lang: state.lang_param(&lang), query: conditions.clone(), page: 1 };
        let mut ways = Vec::new();
        if conditions != *query && !query.words.is_empty() {
            ways.push(Way::Link(ui.words().clear_conditions.to_owned(), clear));
        }
        let list = Place::List { lang: state.lang_param(&lang), section: None, page: 1 };
        let name = state.section_of(&list).map_or_else(|| ui.words().press_releases.to_owned(), |section| section.name);
        ways.push(Way::Link(ui.back_to(&name), list));
        let message = Message { title: ui.no_results(&query.words), lines: vec![ui.words().no_results_help.to_owned()], ways, failed: false };
        return view_message(state, &message, &props.dispatch);
    }
    let paging = Paging::new(hits.len(), state.settings.page_size, page);
    html! {
        <section class="rv-list" aria-labelledby={dom_id(&state.settings.address.name, "heading")}>
            <div class="rv-list__head rv-list__head--results">
                <p class="rv-margin rv-quiet">{ ui.words().newest_first }</p>
                { heading(state, 0, "rv-list__heading", Some("heading"), html! { { ui.results(&query.words, hits.len()) } }) }
            </div>
            <ul class="rv-items">
                for hit in paging.cut(&hits).iter() {
                    { view_hit(props, hit) }
                }
            </ul>
            { view_pages(state, &paging, |page| Place::Results { lang: state.lang_param(&lang), query: query.clone(), page }) }
        </section>
    }
}

/// What the query finds at a place.
pub(super) fn find(props: &ViewerProps, place: &Place, query: &Query) -> Vec<Hit> {
    let texts = props.state.texts.get(&props.state.lang_of(place));
    texts.map(|texts| index::search(texts, query)).unwrap_or_default()
}

fn view_hit(props: &ViewerProps, hit: &Hit) -> Html {
    let state = &*props.state;
    let entry = Rc::new(hit.release.entry.clone());
    let block = hit.block.and_then(|index| hit.release.blocks.get(index));
    let marker = block.and_then(|block| block.marker.clone());
    let href = block.map(|block| {
        let place = Place::Release { id: entry.id.clone(), block: Some(block.id.clone()) };
        state.settings.address.write(&place)
    });
    let number = marker.zip(href).map(|(marker, href)| {
        html! {
            <a class="rv-number" {href}>{ marker }<span class="rv-hidden">{ state.ui().words().paragraph_address }</span></a>
        }
    });
    let passage = html! {
        <div class="rv-passage" lang={lang_attr(state, entry.lang.as_ref())}>
            { for number }
            <p>
                for piece in hit.excerpt.iter() {
                    if piece.mark {
                        <mark>{ &piece.text }</mark>
                    } else {
                        { &piece.text }
                    }
                }
            </p>
        </div>
    };
    view_item(props, &entry, false, Some(passage))
}
