//! The text of a release: paragraphs with their numbers in the margin, and what stands between them.
//!
//! A first-level paragraph and all that hangs on it make one group. Footnotes that end a group stand beside it where
//! there is room; the order of reading is the order of the source everywhere.

use yew::prelude::*;

use super::address::Place;
use super::release::ArticleProps;
use super::viewer::{dom_id, heading, view_words};
use crate::model::{Block, Content, Figure, Inline, Lang, Level, Table, Text};

/// Renders all blocks of the release.
pub(super) fn view_blocks(props: &ArticleProps) -> Html {
    let release = &props.release;
    let blocks = &release.blocks;
    let starts: Vec<usize> = (0..blocks.len()).filter(|&index| index == 0 || starts_group(&blocks[index])).collect();
    let ends = starts.iter().skip(1).copied().chain([blocks.len()]);
    let photographs: Vec<&str> =
        blocks.iter().filter(|block| matches!(block.content, Content::Figure(_))).map(|block| block.id.as_str()).collect();
    let context = Context { props, photographs };
    let mut groups: Vec<Html> =
        starts.iter().zip(ends).filter_map(|(&from, to)| Some(context.view_group(blocks.get(from..to)?, to == blocks.len()))).collect();
    // An end mark after a table or under no text at all stands alone.
    let mark_alone = !blocks.last().is_some_and(carries_end_mark);
    groups.extend(release.end_mark.as_ref().filter(|_| mark_alone).map(|mark| html! { <div class="rv-group"><p class="rv-group__text">{ mark }</p></div> }));
    groups.extend(release.translation_notice.as_ref().map(|notice| {
        html! { <div class="rv-group"><p class="rv-group__text rv-note">{ view_words(notice, &context.lang()) }</p></div> }
    }));
    html! { <div class="rv-text">{ for groups }</div> }
}

/// Whether a block begins a new group: all but sub-paragraphs, notes and footnotes do.
fn starts_group(block: &Block) -> bool {
    !matches!(block.content, Content::Paragraph { level: Level::Two | Level::Three, .. } | Content::Note(_) | Content::Footnote(_))
}

fn carries_end_mark(block: &Block) -> bool {
    matches!(
        block.content,
        Content::Paragraph { .. } | Content::Note(_) | Content::Footnote(_) | Content::Question(_) | Content::Answer(_) | Content::Quote(_)
    )
}

struct Context<'a> {
    props: &'a ArticleProps,
    photographs: Vec<&'a str>,
}

impl Context<'_> {
    fn lang(&self) -> Lang {
        self.props.release.entry.lang.clone().unwrap_or_else(|| self.props.viewer.state.ui().lang())
    }

    fn is_addressed(&self, block: &Block) -> bool {
        self.props.block.as_deref() == Some(block.id.as_str())
    }

    fn view_group(&self, blocks: &[Block], last: bool) -> Html {
        // Footnotes at the end go to the side; one in the middle stays in its place.
        let footnotes = blocks.iter().rev().take_while(|block| matches!(block.content, Content::Footnote(_))).count();
        let (flow, side) = blocks.split_at(if footnotes < blocks.len() { blocks.len() - footnotes } else { blocks.len() });
        let addressed = blocks.iter().find(|block| self.is_addressed(block));
        let whole = addressed.is_some_and(|block| blocks.first().is_some_and(|first| first.id == block.id));
        let mark_at = if last { flow.len().checked_sub(1) } else { None };
        let wide = blocks.iter().any(|block| matches!(block.content, Content::Table(_)));
        html! {
            <div class={classes!("rv-group", whole.then_some("rv-group--addressed"), wide.then_some("rv-group--wide"))}>
                <div class="rv-group__text">
                    for (index, block) in flow.iter().enumerate() {
                        { self.view_block(block, mark_at == Some(index)) }
                    }
                </div>
                if !side.is_empty() || addressed.is_some() {
                    <div class="rv-group__side">
                        for block in side.iter() {
                            { self.view_block(block, false) }
                        }
                        if let Some(block) = addressed {
                            { self.view_address_tools(block) }
                        }
                    </div>
                }
            </div>
        }
    }

    fn view_address_tools(&self, block: &Block) -> Html {
        let words = self.props.viewer.state.ui().words();
        let place = Place::Release { id: self.props.release.entry.id.clone(), block: Some(block.id.clone()) };
        let label = if self.props.copied == Some(true) { words.copied } else { words.copy_address };
        html! {
            <div class="rv-address">
                <p>{ words.points_here }</p>
                <button class="rv-button" type="button" onclick={self.props.viewer.oncopy.reform(move |_| place.clone())}>{ label }</button>
                if self.props.copied == Some(false) {
                    <p>{ words.copy_failed }</p>
                }
            </div>
        }
    }

    fn view_block(&self, block: &Block, end_mark: bool) -> Html {
        let state = &*self.props.viewer.state;
        let id = dom_id(&state.settings.address.name, &format!("at-{}", block.id));
        let addressed = self.is_addressed(block).then_some("rv-addressed");
        let class = |kind: &'static str| classes!("rv-block", kind, addressed);
        let mark = self.props.release.end_mark.as_ref().filter(|_| end_mark && carries_end_mark(block));
        let text = |text: &Text| html! {
            <p>{ self.view_text(text) }{ for mark.map(|mark| html! { <>{ " " }<span class="rv-end-mark">{ mark }</span></> }) }</p>
        };
        let spoken = |marker: &Option<String>| marker.as_ref().map(|marker| html! { <span class="rv-marker">{ marker }</span> });
        match &block.content {
            Content::Paragraph { level: Level::One, text: words } => html! {
                <div {id} class={class("rv-block--1")} tabindex="-1">{ self.view_number(block) }{ text(words) }</div>
            },
            Content::Paragraph { level, text: words } => html! {
                <div {id} class={class(if *level == Level::Two { "rv-block--2" } else { "rv-block--3" })} tabindex="-1">
                    { view_marker(block.marker.as_deref()) }
                    { text(words) }
                </div>
            },
            Content::Heading(words) => html! {
                <div {id} class={class("rv-block--heading")} tabindex="-1">
                    { heading(state, 1, "rv-text__heading", None, html! { <>{ for spoken(&block.marker) }{ self.view_text(words) }</> }) }
                </div>
            },
            Content::Note(words) | Content::Footnote(words) => html! {
                <div {id} class={class("rv-note")} tabindex="-1">{ for spoken(&block.marker) }{ text(words) }</div>
            },
            Content::Question(words) => html! {
                <div {id} class={class("rv-question")} tabindex="-1">{ for spoken(&block.marker) }{ text(words) }</div>
            },
            Content::Answer(words) => html! {
                <div {id} class={class("rv-answer")} tabindex="-1">{ for spoken(&block.marker) }{ text(words) }</div>
            },
            Content::Quote(words) => html! { <blockquote {id} class={class("rv-quote")} tabindex="-1">{ text(words) }</blockquote> },
            Content::List(items) => html! {
                <ul {id} class={class("rv-list-block")} tabindex="-1">
                    for item in items.iter() {
                        <li>{ self.view_text(item) }</li>
                    }
                </ul>
            },
            Content::Figure(figure) => html! { <div {id} class={class("rv-figure")} tabindex="-1">{ self.view_figure(block, figure) }</div> },
            Content::Table(table) => html! { <div {id} class={class("rv-table")} tabindex="-1">{ self.view_table(block, table) }</div> },
        }
    }

    /// The printed number as a link to its own paragraph. A sign without a number gets a spoken name.
    fn view_number(&self, block: &Block) -> Html {
        let state = &*self.props.viewer.state;
        let Some(marker) = &block.marker else { return Html::default() };
        let place = Place::Release { id: self.props.release.entry.id.clone(), block: Some(block.id.clone()) };
        let numbered = marker.starts_with(|c: char| c.is_ascii_digit());
        html! {
            <a class="rv-number" href={state.settings.address.write(&place)} aria-current={self.is_addressed(block).then_some("location")}>
                <span aria-hidden={(!numbered).then_some("true")}>{ marker }</span>
                <span class="rv-hidden" lang={state.ui().lang().to_string()}>{ state.ui().words().paragraph_address }</span>
            </a>
        }
    }

    fn view_text(&self, text: &Text) -> Html {
        let lang = self.lang();
        html! {
            for inline in text.0.iter() {
                { match inline {
                    Inline::Words(words) => view_words(words, &lang),
                    Inline::Link { url, words } => html! { <a class="rv-link" href={url.to_string()}>{ words }</a> },
                } }
            }
        }
    }

    fn view_figure(&self, block: &Block, figure: &Figure) -> Html {
        let words = self.props.viewer.state.ui().words();
        let number = self.photographs.iter().position(|id| *id == block.id).map_or(1, |at| at + 1);
        let name = figure.alternative.clone().unwrap_or_else(|| format!("{} {number}: {}", words.photo, words.no_description));
        html! {
            <figure>
                if let Some(url) = &figure.url {
                    <img src={url.to_string()} alt={name} loading="lazy" />
                } else {
                    <p class="rv-figure__name">{ name }</p>
                }
                if !figure.caption.0.is_empty() {
                    <figcaption>{ self.view_text(&figure.caption) }</figcaption>
                }
            </figure>
        }
    }

    fn view_table(&self, block: &Block, table: &Table) -> Html {
        let words = self.props.viewer.state.ui().words();
        let lang = self.lang();
        let name = table.caption.clone().unwrap_or_else(|| format!("{} {}", words.table, block.id.trim_start_matches('t')));
        let row = |row: &[crate::model::Cell], index: usize| {
            let cells = row.iter().enumerate().map(|(column, cell)| {
                let content = view_words(&cell.text, &lang);
                let colspan = (cell.columns > 1).then(|| cell.columns.to_string());
                let rowspan = (cell.rows > 1).then(|| cell.rows.to_string());
                let figure = is_figure(&cell.text).then_some("rv-table__figure");
                // An empty corner is no header of anything.
                if cell.text.is_empty() {
                    html! { <td {colspan} {rowspan}></td> }
                } else if index < table.header_rows {
                    let figures_below = table.rows.get(table.header_rows..).is_some_and(|rows| {
                        rows.iter().any(|row| row.get(column).is_some_and(|cell| is_figure(&cell.text)))
                    });
                    html! { <th scope="col" class={figures_below.then_some("rv-table__figure")} {colspan} {rowspan}>{ content }</th> }
                } else if column < table.header_columns {
                    html! { <th scope="row" {colspan} {rowspan}>{ content }</th> }
                } else {
                    html! { <td class={figure} {colspan} {rowspan}>{ content }</td> }
                }
            });
            html! { <tr>{ for cells }</tr> }
        };
        let (head, body) = table.rows.split_at(table.header_rows.min(table.rows.len()));
        html! {
            <div class="rv-table__scroll" role="region" aria-label={name} tabindex="0">
                <table>
                    for caption in table.caption.iter() {
                        <caption>{ view_words(caption, &lang) }</caption>
                    }
                    if !head.is_empty() {
                        <thead>{ for head.iter().enumerate().map(|(index, cells)| row(cells, index)) }</thead>
                    }
                    <tbody>{ for body.iter().enumerate().map(|(index, cells)| row(cells, head.len() + index)) }</tbody>
                </table>
            </div>
        }
    }
}

/// A sign of a sub-paragraph. Rings and dashes only draw; syllables and numbers are read.
fn view_marker(marker: Option<&str>) -> Html {
    let Some(marker) = marker else { return Html::default() };
    let drawn = marker.chars().all(|c| !(c.is_ascii_digit() || matches!(c, '가'..='힣' | '①'..='⓿' | '❶'..='➓')));
    html! { <span class="rv-marker" aria-hidden={drawn.then_some("true")}>{ marker }</span> }
}

/// Whether a cell is a number, so that it stands to the right.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '△' | '▲' | '−'))
        && text.chars().filter(|c| c.is_ascii_alphabetic() || matches!(c, '가'..='힣')).count() <= 2
}
