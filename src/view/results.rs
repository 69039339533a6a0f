//! What the search has found.

use yew::Html;

use super::address::Place;
use super::list::{
    Item, Paging, aside, say_files, say_withdrawn, view_item, view_pages, view_section,
};
use super::message::{Message, Way, view_message};
use super::node::{nothing, tag, text};
use super::state::State;
use super::viewer::{Scene, heading};
use crate::index::{Order, Query};
use crate::model::{Hit, Narrowing, Piece};

/// Renders a page of results.
pub(super) fn view_results(scene: &Scene, place: &Place, query: &Query, page: usize) -> Html {
    let state = scene.state;
    let (ui, answer) = (state.ui(), &state.answer);
    if answer.hits.is_empty() {
        return view_message(state, &nothing_found(state, place, query));
    }
    let paging = Paging::new(answer.total, state.settings.page_size, page);
    // Without words there is nothing that a release could answer well or badly.
    let ranked = state.is_searchable() && !query.words.is_empty();
    let newest_first = || tag("p", "rv-margin rv-quiet").text(ui.words().newest_first).html();
    let dropped = || tag("p", "rv-list__said").text(&ui.dropped(&answer.dropped)).html();
    // Each has its place also where it is not there, so that the heading stays the same node.
    let head = tag("div", "rv-list__head rv-list__head--results")
        .node(if ranked { nothing() } else { newest_first() })
        .add(
            heading(state, 0, "rv-list__heading", Some("heading"))
                .text(&ui.results(&query.words, answer.total)),
        )
        .node(if answer.dropped.is_empty() { nothing() } else { dropped() })
        .node(view_meaning(state, place, query))
        .node(if ranked { view_orders(state, place, query) } else { nothing() });
    let mut items = tag("ul", "rv-items");
    for hit in &answer.hits {
        items = items.node(view_hit(scene, hit));
    }
    let pages = view_pages(state, paging, &|page| at(state, place, query.clone(), page));
    view_section(state, head, items, pages)
}

/// The results of a query in the language of a place.
#[inline(never)]
fn at(state: &State, place: &Place, query: Query, page: usize) -> Place {
    Place::Results { lang: state.lang_param(&state.lang_of(place)), query, page }
}

fn address(state: &State, place: &Place, query: &Query) -> String {
    state.settings.address.write(&at(state, place, query.clone(), 1))
}

/// Another spelling, if there is one.
fn view_meaning(state: &State, place: &Place, query: &Query) -> Html {
    let Some(meant) = &state.answer.did_you_mean else { return nothing() };
    let link = tag("a", "rv-link").set("href", address(state, place, &meaning(query, meant)));
    let said = tag("p", "rv-list__said").text(state.ui().words().did_you_mean);
    said.add(link.text(meant)).html()
}

#[inline(never)]
fn meaning(query: &Query, words: &str) -> Query {
    Query { words: words.to_owned(), ..query.clone() }
}

/// The two orders as links, since each has an address.
fn view_orders(state: &State, place: &Place, query: &Query) -> Html {
    let words = state.ui().words();
    let mut list = tag("ul", "rv-orders").attr("aria-label", words.order);
    for (order, name) in [(Order::Relevance, words.best_first), (Order::Date, words.newest_first)] {
        let link = tag("a", "rv-pages__link")
            .set("href", address(state, place, &Query { order, ..query.clone() }))
            .when(order == query.order, "aria-current", "true");
        list = list.add(tag("li", "").add(link.text(name)));
    }
    list.html()
}

fn nothing_found(state: &State, place: &Place, query: &Query) -> Message {
    let (ui, lang) = (state.ui(), state.lang_of(place));
    let words = ui.words();
    let mut ways = Vec::new();
    if let Some(meant) = &state.answer.did_you_mean {
        let mut label = String::from(words.did_you_mean);
        label.push_str(meant);
        ways.push(Way::Link(label, at(state, place, meaning(query, meant), 1)));
    }
    for loosening in &state.answer.loosenings {
        let looser = without(query, &loosening.what);
        let label = match &loosening.what {
            Narrowing::Period => words.without_period,
            Narrowing::Section => words.without_section,
            Narrowing::Department => words.without_department,
            Narrowing::Attached => words.without_files,
            Narrowing::Word(word) => &ui.without_word(word),
        };
        let label = ui.loosened(label, loosening.total);
        ways.push(Way::Link(label, at(state, place, looser, 1)));
    }
    let words_alone = Query { words: query.words.clone(), ..Query::default() };
    let narrowed = Query { order: Order::default(), ..query.clone() } != words_alone;
    // Where it is known what would help, it is said above.
    if !state.is_searchable() && narrowed && !query.words.is_empty() {
        let place = at(state, place, words_alone, 1);
        ways.push(Way::Link(words.clear_conditions.to_owned(), place));
    }
    ways.push(Way::to_list(state, &lang));
    Message {
        title: ui.no_results(&query.words),
        lines: vec![words.no_results_help.to_owned()],
        ways,
        failed: false,
    }
}

/// A query without something that makes it narrower.
fn without(query: &Query, what: &Narrowing) -> Query {
    let mut query = query.clone();
    match what {
        Narrowing::Period => (query.from, query.to) = (None, None),
        Narrowing::Section => query.section = None,
        Narrowing::Department => query.department = None,
        Narrowing::Attached => query.attached = false,
        Narrowing::Word(word) => query.words = without_word(&query.words, word),
    }
    query
}

/// The words without one of them, which may be a phrase: where it stands by itself (`art` in `party, art`), not inside
/// another.
fn without_word(words: &str, word: &str) -> String {
    let bytes = words.as_bytes();
    let is_edge = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
    };
    let stands = |at: &usize| {
        bytes.get(*at..*at + word.len()) == Some(word.as_bytes())
            && is_edge(at.checked_sub(1))
            && is_edge(Some(*at + word.len()))
    };
    let at = (0..bytes.len()).find(stands).unwrap_or(bytes.len());
    let mut left = words.get(..at).unwrap_or_default().trim().to_owned();
    let rest = words.get(at + word.len()..).unwrap_or_default().trim();
    if !left.is_empty() && !rest.is_empty() {
        left.push(' ');
    }
    left.push_str(rest);
    left
}

fn view_hit(scene: &Scene, hit: &Hit) -> Html {
    let state = scene.state;
    let lang = hit.lang.clone().unwrap_or_else(|| state.ui().lang());
    let foreign = || state.foreign(Some(&lang));
    let block = hit.block.as_ref().map(|(id, _)| id.clone());
    let mut side = Vec::new();
    say_withdrawn(state, hit.withdrawn, &mut side);
    aside(hit.section.as_ref().map(|section| &*section.name), foreign(), &mut side);
    aside(hit.department.as_deref(), foreign(), &mut side);
    say_files(state, hit.attachments, &mut side);
    view_item(
        scene,
        Item {
            id: &hit.id,
            block,
            lang: &lang,
            date: hit.date,
            title: view_pieces(&hit.title),
            below: vec![view_passage(state, hit)],
            side,
            newest: false,
        },
    )
}

/// The passage that matches, as a link to its paragraph, with the number as printed in front.
fn view_passage(state: &State, hit: &Hit) -> Html {
    let mut line = tag("p", "").maybe("lang", state.foreign(hit.lang.as_ref()));
    if let Some((block, marker)) = &hit.block {
        let place = Place::Release { id: hit.id.clone(), block: Some(block.clone()) };
        let mut link =
            tag("a", "rv-passage__link").set("href", state.settings.address.write(&place));
        if let Some(marker) = marker {
            // A number or a sign hangs in the margin; a word such as `<답변>` begins the line.
            let short = marker.char_indices().nth(3).is_none();
            let class = if short { "rv-passage__number" } else { "" };
            link = link.add(tag("span", class).text(marker)).text(" ");
        }
        line = line.add(link.nodes(view_pieces(&hit.excerpt)));
    } else {
        line = line.nodes(view_pieces(&hit.excerpt));
    }
    tag("div", "rv-passage").add(line).html()
}

fn view_pieces(pieces: &[Piece]) -> Vec<Html> {
    let mut nodes = Vec::new();
    for Piece { text: words, mark } in pieces {
        nodes.push(if *mark { tag("mark", "").text(words).html() } else { text(words) });
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::without_word;

    #[test]
    fn a_word_is_left_out_where_it_stands_alone() {
        let check = |words, word, left| assert_eq!(without_word(words, word), left);
        check("party art fair", "art", "party fair");
        check("회담 \"한미 동맹\" 2024", "\"한미 동맹\"", "회담 2024");
        check("-일본 회담", "-일본", "회담");
        check("회담", "회담", "");
        check("외교부장관", "장관", "외교부장관");
        check("party, art", "art", "party,");
        check("회담 -일본", "-일본", "회담");
    }
}
