//! One release: title, decks, facts, text, attachments, contact, licence, neighbours.

use std::rc::Rc;

use yew::Html;

use super::address::{Place, Routing};
use super::blocks::view_blocks;
use super::node::{Tag, nothing, tag};
use super::state::{Settings, State};
use super::text::grouped;
use super::viewer::{DateStyle, Scene, dom_id, heading, view_words};
use crate::model::{Attachment, Entry, Lang, Release, Withdrawal};

/// Renders a release; `addressed` is the block that the address points at.
pub(super) fn view_release(scene: &Scene, release: &Rc<Release>, addressed: Option<&str>) -> Html {
    let state = scene.state;
    let ui = state.ui();
    let entry = &release.entry;
    let lang = entry.lang.clone().unwrap_or_else(|| ui.lang());
    let section = entry.section.as_ref();
    let own = section.map(|section| section.id.clone());
    let name = section.map_or(ui.words().press_releases, |section| section.name.as_str());
    let back = tag("a", "rv-link")
        .set("href", state.settings.address.write(&state.list_place(&lang, own, 1)))
        .text(&ui.back_to(name));

    let mut head = tag("header", "rv-release__head")
        .add(tag("p", "rv-margin rv-release__back").set("lang", ui.lang().to_string()).add(back))
        .add(
            heading(state, 0, "rv-release__title", Some("heading"))
                .nodes(view_words(entry.name(), &lang)),
        );
    // Of a release that was taken back nothing is said that its text said.
    let decks = if entry.withdrawn.is_some() { &[][..] } else { &entry.decks };
    for deck in decks.iter().skip(usize::from(entry.title.is_none())) {
        head = head.add(tag("p", "rv-release__deck").nodes(view_words(deck, &lang)));
    }
    let mut article = tag("article", "rv-release")
        .when(state.settings.isolated, "part", "release")
        .key(entry.id.as_str())
        .set("aria-labelledby", dom_id(&state.settings.address.name, "heading"))
        .set("lang", lang.to_string())
        .add(tag("p", "rv-print rv-print--head").text(name))
        .add(head)
        .node(view_facts(scene, entry));
    if let Some(withdrawal) = &entry.withdrawn {
        let notice = view_withdrawal(scene, withdrawal, &lang);
        return article.add(notice).node(view_neighbours(state, release)).html();
    }
    if !release.masthead.is_empty() {
        let mut masthead = tag("div", "rv-masthead");
        for line in &release.masthead {
            masthead = masthead.add(tag("p", "").nodes(view_words(line, &lang)));
        }
        article = article.add(masthead);
    }
    article
        .node(view_blocks(state, release, addressed))
        .node(view_apparatus(state, release))
        .node(view_neighbours(state, release))
        .html()
}

/// What stands in place of the text of a release that was taken back.
fn view_withdrawal(scene: &Scene, withdrawal: &Withdrawal, lang: &Lang) -> Tag {
    let ui = scene.state.ui();
    let day = withdrawal.date.map(|date| (scene.date)(date, ui, DateStyle::Short));
    let notice = tag("div", "rv-message")
        .set("lang", ui.lang().to_string())
        .add(tag("p", "rv-message__title").text(&ui.was_withdrawn(day.as_deref())));
    let Some(reason) = &withdrawal.reason else { return notice };
    let reason = tag("span", "").set("lang", lang.to_string()).nodes(view_words(reason, lang));
    notice.add(tag("p", "").text(ui.words().reason).add(reason))
}

fn view_facts(scene: &Scene, entry: &Entry) -> Html {
    let state = scene.state;
    let (ui, words) = (state.ui(), state.ui().words());
    let lang = entry.lang.clone().unwrap_or_else(|| ui.lang());
    let mut facts: Vec<(&str, Vec<Html>)> = Vec::new();
    if let Some(date) = entry.date {
        let day = (scene.date)(date, ui, DateStyle::Full);
        facts.push((
            words.date,
            vec![tag("time", "").set("datetime", date.to_string()).text(&day).html()],
        ));
    }
    if let Some(name) = &entry.department {
        facts.push((words.department, view_words(name, &lang)));
    }
    if let Some(views) = entry.views {
        facts.push((words.views, vec![super::node::text(&grouped(views))]));
    }
    if entry.unofficial_translation {
        facts.push((words.text_kind, vec![super::node::text(words.unofficial_translation)]));
    }
    let other = entry.translations.first();
    if facts.is_empty() && other.is_none() {
        return nothing();
    }
    let mut row = tag("div", "rv-facts").set("lang", ui.lang().to_string());
    if !facts.is_empty() {
        let mut list = tag("dl", "");
        for (label, value) in facts {
            list = list
                .add(tag("div", "").add(tag("dt", "").text(label)).add(tag("dd", "").nodes(value)));
        }
        row = row.add(list);
    }
    if let Some(other) = other {
        let place = Place::Release { id: other.id.clone(), block: None };
        let link = tag("a", "rv-link")
            .set("hreflang", other.lang.to_string())
            .set("href", state.settings.address.write(&place));
        row = row.add(tag("p", "rv-facts__side").add(link.text(words.other_language)));
    }
    row.html()
}

/// Attachments, contact, licence: each with its name in the margin.
fn view_apparatus(state: &State, release: &Release) -> Html {
    let (ui, words) = (state.ui(), state.ui().words());
    let lang = release.entry.lang.clone().unwrap_or_else(|| ui.lang());
    let part = |name: &'static str, content: Vec<Html>| {
        let name = heading(state, 1, "rv-part__name rv-margin", None)
            .set("lang", ui.lang().to_string())
            .text(name);
        tag("section", "rv-part").add(name).add(tag("div", "").nodes(content))
    };
    let line = |words: &str| tag("p", "").nodes(view_words(words, &lang)).html();
    let mut parts = tag("div", "rv-parts");
    if !release.entry.attachments.is_empty() {
        let mut list = tag("ul", "");
        for file in &release.entry.attachments {
            list = list.add(tag("li", "").nodes(view_attachment(file, &lang)));
        }
        parts = parts.add(part(words.attachments, vec![list.html()]));
    }
    if !release.contacts.is_empty() {
        parts = parts.add(part(
            words.contact,
            release
                .contacts
                .iter()
                .map(|contact| line(without_label(contact, words.contact)))
                .collect(),
        ));
    }
    if let Some(licence) = &release.licence {
        let mut lines = vec![line(&licence.text)];
        if let Some(terms) = licence.code.as_deref().and_then(|code| ui.licence_terms(code)) {
            let terms = match licence.url() {
                Some(url) => {
                    tag("a", "rv-link").attr("rel", "license").set("href", url).text(terms).html()
                }
                None => super::node::text(terms),
            };
            lines.push(tag("p", "").set("lang", ui.lang().to_string()).node(terms).html());
        }
        parts = parts.add(part(words.licence, lines));
    }
    let place = Place::Release { id: release.entry.id.clone(), block: None };
    let Settings { page, address, .. } = &state.settings;
    let own = address.write(&place);
    // A relative way says nothing on paper.
    let whole = match address.routing {
        Routing::Path if address.base.starts_with('.') => page.clone(),
        Routing::Path => own,
        _ => format!("{page}{own}"),
    };
    if whole.is_empty() {
        return parts.html();
    }
    let line = format!("{}: {whole}", words.this_address);
    parts.add(tag("p", "rv-print").set("lang", ui.lang().to_string()).text(&line)).html()
}

/// A contact without the word that stands in the margin already: `문의 : …`, `Contact: …`.
fn without_label<'a>(contact: &'a str, label: &str) -> &'a str {
    let bare = contact.strip_prefix(label).and_then(|rest| rest.trim_start().strip_prefix(':'));
    bare.map(str::trim_start).filter(|rest| !rest.is_empty()).unwrap_or(contact)
}

fn view_attachment(file: &Attachment, lang: &Lang) -> Vec<Html> {
    let mut details = file.kind.clone().unwrap_or_default();
    if let Some(size) = &file.size {
        details.push_str(if details.is_empty() { "" } else { ", " });
        details.push_str(size);
    }
    let details = tag("span", "rv-quiet rv-part__details").text(&details);
    match &file.url {
        Some(url) => vec![
            tag("a", "rv-link")
                .set("href", url.to_string())
                .nodes(view_words(&file.name, lang))
                .add(details)
                .html(),
            tag("span", "rv-print").text(url.as_str()).html(),
        ],
        None => vec![tag("span", "").nodes(view_words(&file.name, lang)).html(), details.html()],
    }
}

/// The releases before and after this one in its section.
fn view_neighbours(state: &State, release: &Release) -> Html {
    let words = state.ui().words();
    let lang = release.entry.lang.clone().unwrap_or_else(|| state.ui().lang());
    let mut list = tag("ul", "");
    let mut some = false;
    for (other, label, rel) in
        [(&release.older, words.older, "prev"), (&release.newer, words.newer, "next")]
    {
        let Some(other) = other else { continue };
        let place = Place::Release { id: other.id.clone(), block: None };
        let link = tag("a", "")
            .attr("rel", rel)
            .set("href", state.settings.address.write(&place))
            .nodes(view_words(&other.name, &lang));
        let label = tag("span", "rv-margin rv-quiet")
            .set("lang", state.ui().lang().to_string())
            .text(label);
        list = list.add(tag("li", "").add(label).add(link));
        some = true;
    }
    if !some {
        return nothing();
    }
    tag("nav", "rv-neighbours").attr("aria-label", words.neighbours).add(list).html()
}
