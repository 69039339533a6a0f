//! What the search has found.

use yew::Html;

use super::address::Place;
use super::list::{Paging, view_item, view_pages, view_section};
use super::message::{Message, Way, view_message};
use super::node::{tag, text};
use super::state::State;
use super::viewer::{Scene, heading};
use crate::index::{Hit, Query};
use crate::model::{Entry, Withdrawal};

/// Renders a page of results.
pub(super) fn view_results(scene: &Scene, place: &Place, query: &Query, page: usize) -> Html {
    let state = &*scene.state;
    let (ui, lang) = (state.ui(), state.lang_of(place));
    let hits = &state.answer.hits;
    if hits.is_empty() {
        return view_message(state, &nothing_found(state, place, query));
    }
    let paging = Paging::new(hits.len(), state.settings.page_size, page);
    let head = tag("div", "rv-list__head rv-list__head--results")
        .add(tag("p", "rv-margin rv-quiet").text(ui.words().newest_first))
        .add(
            heading(state, 0, "rv-list__heading", Some("heading"))
                .text(&ui.results(&query.words, hits.len())),
        );
    let mut items = tag("ul", "rv-items");
    for hit in paging.cut(hits) {
        items = items.node(view_hit(scene, hit));
    }
    let pages = view_pages(state, paging, &|page| Place::Results {
        lang: state.lang_param(&lang),
        query: query.clone(),
        page,
    });
    view_section(state, head, items, pages)
}

fn nothing_found(state: &State, place: &Place, query: &Query) -> Message {
    let (ui, lang) = (state.ui(), state.lang_of(place));
    let words_alone = Query { words: query.words.clone(), ..Query::default() };
    let mut ways = Vec::new();
    if words_alone != *query && !query.words.is_empty() {
        let place = Place::Results { lang: state.lang_param(&lang), query: words_alone, page: 1 };
        ways.push(Way::Link(ui.words().clear_conditions.to_owned(), place));
    }
    ways.push(Way::to_list(state, &lang));
    Message {
        title: ui.no_results(&query.words),
        lines: vec![ui.words().no_results_help.to_owned()],
        ways,
        failed: false,
    }
}

fn view_hit(scene: &Scene, hit: &Hit) -> Html {
    let state = &*scene.state;
    let mut passage = tag("div", "rv-passage").maybe("lang", state.foreign(hit.lang.as_ref()));
    let mut line = tag("p", "");
    if let Some((block, Some(marker))) = &hit.block {
        let place = Place::Release { id: hit.id.clone(), block: Some(block.clone()) };
        let words = state.ui().words().paragraph_address;
        let spoken =
            tag("span", "rv-hidden").set("lang", state.ui().lang().to_string()).text(words);
        let link = |class| tag("a", class).set("href", state.settings.address.write(&place));
        // A number or a sign hangs in the margin; a word such as `<답변>` begins the line.
        if marker.char_indices().nth(3).is_none() {
            passage = passage.add(link("rv-number").text(marker).add(spoken));
        } else {
            line = line.add(link("rv-passage__sign").text(marker).add(spoken)).text(" ");
        }
    }
    for piece in &hit.excerpt {
        line = line.node(if piece.mark {
            tag("mark", "").text(&piece.text).html()
        } else {
            text(&piece.text)
        });
    }
    let entry = Entry {
        id: hit.id.clone(),
        title: Some(hit.title.iter().map(|piece| piece.text.as_str()).collect()),
        lang: hit.lang.clone(),
        section: hit.section.clone(),
        date: hit.date,
        time: None,
        modified: None,
        withdrawn: hit.withdrawn.then(Withdrawal::default),
        views: None,
        department: hit.department.clone(),
        decks: Vec::new(),
        attachments: Vec::new(),
        translations: Vec::new(),
        unofficial_translation: false,
        url: None,
        opening: String::new(),
    };
    view_item(scene, &entry, false, Some(passage.add(line).html()))
}
