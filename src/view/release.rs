//! One release: title, decks, facts, text, attachments, contact, licence, neighbours.

use std::rc::Rc;

use yew::prelude::*;

use super::address::Place;
use super::blocks::view_blocks;
use super::main_menu::section_place;
use super::state::State;
use super::text::grouped;
use super::viewer::{DateStyle, ViewerProps, dom_id, heading, lang_attr, view_words};
use crate::model::{Attachment, Entry, Release};

/// Properties of [`Article`].
#[derive(Clone, Debug, PartialEq, Properties)]
pub(super) struct ArticleProps {
    /// The release.
    pub(super) release: Rc<Release>,
    /// The block that the address points at.
    pub(super) block: Option<AttrValue>,
    /// Whether its address was copied.
    pub(super) copied: Option<bool>,
    /// The viewer around it.
    pub(super) viewer: ViewerProps,
}

/// Renders a release.
#[component]
pub(super) fn Article(props: &ArticleProps) -> Html {
    let ArticleProps { release, viewer, .. } = props;
    let state = &*viewer.state;
    let ui = state.ui();
    let entry = &release.entry;
    let lang = entry.lang.clone().unwrap_or_else(|| ui.lang());
    let section = entry.section.as_ref();
    let first = state.section_of(&Place::default()).map(|section| section.id);
    let list_section = section.map(|section| section.id.clone()).filter(|id| Some(id) != first.as_ref());
    let back = section_place(state, &lang, list_section);
    let section_name = section.map_or(ui.words().press_releases, |section| section.name.as_str());

    html! {
        <article class="rv-release" aria-labelledby={dom_id(&state.settings.address.name, "heading")} lang={lang_attr(state, Some(&lang))}>
            <header class="rv-release__head">
                <p class="rv-margin rv-release__back">
                    <a class="rv-link" href={state.settings.address.write(&back)}>{ ui.back_to(section_name) }</a>
                </p>
                { heading(state, 0, "rv-release__title", Some("heading"), view_words(entry.name(), &lang)) }
                for deck in entry.decks.iter().skip(usize::from(entry.title.is_none())) {
                    <p class="rv-release__deck">{ view_words(deck, &lang) }</p>
                }
            </header>
            { view_facts(viewer, entry) }
            if !release.masthead.is_empty() {
                <div class="rv-masthead">
                    for line in release.masthead.iter() {
                        <p>{ view_words(line, &lang) }</p>
                    }
                </div>
            }
            { view_blocks(props) }
            { view_apparatus(state, release) }
            { view_neighbours(state, entry) }
        </article>
    }
}

fn view_facts(viewer: &ViewerProps, entry: &Entry) -> Html {
    let state = &*viewer.state;
    let (ui, words) = (state.ui(), state.ui().words());
    let mut facts: Vec<(&str, Html)> = Vec::new();
    if let Some(date) = entry.date {
        facts.push((words.date, html! { <time datetime={date.to_string()}>{ viewer.date.emit((date, ui, DateStyle::Full)) }</time> }));
    }
    facts.extend(entry.department.iter().map(|name| (words.department, view_words(name, entry.lang.as_ref().unwrap_or(&ui.lang())))));
    facts.extend(entry.views.map(|views| (words.views, html! { { grouped(views) } })));
    if entry.unofficial_translation {
        facts.push((words.text_kind, html! { { words.unofficial_translation } }));
    }
    let other = entry.translations.first();
    if facts.is_empty() && other.is_none() {
        return Html::default();
    }
    html! {
        <div class="rv-facts">
            if !facts.is_empty() {
                <dl>
                    for (label, value) in facts {
                        <div><dt>{ label }</dt><dd>{ value }</dd></div>
                    }
                </dl>
            }
            if let Some(other) = other {
                <p class="rv-facts__side">
                    <a
                        class="rv-link"
                        hreflang={other.lang.to_string()}
                        href={state.settings.address.write(&Place::Release { id: other.id.clone(), block: None })}
                    >
                        { words.other_language }
                    </a>
                </p>
            }
        </div>
    }
}

/// Attachments, contact, licence: each with its name in the margin.
fn view_apparatus(state: &State, release: &Release) -> Html {
    let (ui, words) = (state.ui(), state.ui().words());
    let lang = release.entry.lang.clone().unwrap_or_else(|| ui.lang());
    let part = |name: &'static str, content: Html| {
        html! { <section class="rv-part">{ heading(state, 1, "rv-part__name rv-margin", None, html! { { name } }) }<div>{ content }</div></section> }
    };
    let files = &release.entry.attachments;
    let address = state.settings.address.write(&Place::Release { id: release.entry.id.clone(), block: None });
    html! {
        <div class="rv-parts">
            if !files.is_empty() {
                { part(words.attachments, html! {
                    <ul class="rv-part__list">
                        for file in files.iter() {
                            <li>{ view_attachment(file, &lang) }</li>
                        }
                    </ul>
                }) }
            }
            if !release.contacts.is_empty() {
                { part(words.contact, html! { for contact in release.contacts.iter() { <p>{ view_words(contact, &lang) }</p> } }) }
            }
            if let Some(licence) = &release.licence {
                { part(words.licence, html! {
                    <>
                        <p>{ view_words(&licence.text, &lang) }</p>
                        for terms in licence.code.as_deref().and_then(|code| ui.licence_terms(code)) {
                            <p>{ terms }</p>
                        }
                    </>
                }) }
            }
            <p class="rv-print">{ words.this_address }{ ": " }{ &state.settings.page }{ address }</p>
        </div>
    }
}

fn view_attachment(file: &Attachment, lang: &crate::model::Lang) -> Html {
    let details: Vec<&str> = [file.kind.as_deref(), file.size.as_deref()].into_iter().flatten().collect();
    let details = details.join(", ");
    let name = view_words(&file.name, lang);
    html! {
        <>
            if let Some(url) = &file.url {
                <a class="rv-link" href={url.to_string()}>{ name }<span class="rv-quiet rv-part__details">{ &details }</span></a>
                <span class="rv-print">{ url.as_str() }</span>
            } else {
                <span>{ name }</span>
                if !details.is_empty() {
                    <span class="rv-quiet rv-part__details">{ details }</span>
                }
            }
        </>
    }
}

/// The releases before and after this one in its section.
fn view_neighbours(state: &State, entry: &Entry) -> Html {
    let words = state.ui().words();
    let (Some(lang), Some(section)) = (&entry.lang, &entry.section) else { return Html::default() };
    let entries = state.entries(lang, &section.id);
    let Some(at) = entries.iter().position(|other| other.id == entry.id) else { return Html::default() };
    let older = entries.get(at + 1).map(|other| (words.older, other, "prev"));
    let newer = at.checked_sub(1).and_then(|at| entries.get(at)).map(|other| (words.newer, other, "next"));
    let neighbours: Vec<_> = older.into_iter().chain(newer).collect();
    if neighbours.is_empty() {
        return Html::default();
    }
    html! {
        <nav class="rv-neighbours" aria-label={words.neighbours}>
            <ul>
                for (label, other, rel) in neighbours {
                    <li>
                        <span class="rv-margin rv-quiet">{ label }</span>
                        <a {rel} href={state.settings.address.write(&Place::Release { id: other.id.clone(), block: None })}>
                            { view_words(other.name(), lang) }
                        </a>
                    </li>
                }
            </ul>
        </nav>
    }
}
