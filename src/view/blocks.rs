//! The text of a release: paragraphs with their numbers in the margin, and what stands between them.
//!
//! A first-level paragraph and all that hangs on it make one group. Footnotes that end a group stand beside it where
//! there is room; the order of reading is the order of the source everywhere.

use yew::Html;

use super::address::Place;
use super::node::{Order, Tag, tag, text};
use super::state::State;
use super::viewer::{dom_id, heading, view_words};
use crate::model::{Block, Content, Figure, Inline, Lang, Level, Release, Table, Text};

/// Renders all blocks of the release.
pub(super) fn view_blocks(state: &State, release: &Release, addressed: Option<&str>) -> Html {
    let lang = release.entry.lang.clone().unwrap_or_else(|| state.ui().lang());
    let context = Context { state, release, addressed, lang };
    let mut node = tag("div", "rv-text");
    let mut rest = release.blocks.as_slice();
    while !rest.is_empty() {
        let end = rest.iter().skip(1).position(starts_group).map_or(rest.len(), |at| at + 1);
        let (group, others) = rest.split_at(end);
        node = node.node(context.view_group(group, others.is_empty()));
        rest = others;
    }
    // An end mark after a table, a picture or no text at all stands alone.
    if let Some(mark) =
        release.end_mark.as_ref().filter(|_| !release.blocks.last().is_some_and(carries_end_mark))
    {
        node = node.add(tag("div", "rv-group").add(tag("p", "rv-group__text").text(mark)));
    }
    if let Some(notice) = &release.translation_notice {
        let notice =
            tag("div", "rv-note").add(tag("p", "").nodes(view_words(notice, &context.lang)));
        node = node.add(tag("div", "rv-group").add(tag("div", "rv-group__text").add(notice)));
    }
    node.html()
}

/// Whether a block begins a new group: all but sub-paragraphs, notes and footnotes do.
fn starts_group(block: &Block) -> bool {
    !matches!(
        block.content,
        Content::Paragraph { level: Level::Two | Level::Three, .. }
            | Content::Note(_)
            | Content::Footnote(_)
    )
}

fn carries_end_mark(block: &Block) -> bool {
    !matches!(
        block.content,
        Content::Heading(_)
            | Content::Table(_)
            | Content::Figure(_)
            | Content::List(_)
            | Content::Footnote(_)
    )
}

struct Context<'a> {
    state: &'a State,
    release: &'a Release,
    addressed: Option<&'a str>,
    lang: Lang,
}

impl Context<'_> {
    fn is_addressed(&self, block: &Block) -> bool {
        self.addressed == Some(block.id.as_str())
    }

    fn address(&self, block: &Block) -> String {
        let place =
            Place::Release { id: self.release.entry.id.clone(), block: Some(block.id.clone()) };
        self.state.settings.address.write(&place)
    }

    /// Words of ours inside the text, which may be in another language.
    fn ours(&self, element: Tag) -> Tag {
        element.set("lang", self.state.ui().lang().to_string())
    }

    fn view_group(&self, blocks: &[Block], last: bool) -> Html {
        // Footnotes at the end go to the side; one in the middle stays in its place.
        let footnotes = blocks
            .iter()
            .rev()
            .take_while(|block| matches!(block.content, Content::Footnote(_)))
            .count();
        let (flow, side) = blocks.split_at(if footnotes < blocks.len() {
            blocks.len() - footnotes
        } else {
            blocks.len()
        });
        let addressed = blocks.iter().find(|block| self.is_addressed(block));
        let whole = blocks.first().is_some_and(|first| self.is_addressed(first));
        let wide = blocks.iter().any(|block| matches!(block.content, Content::Table(_)));
        let class = match (whole, wide) {
            (false, false) => "rv-group",
            (true, false) => "rv-group rv-group--addressed",
            (false, true) => "rv-group rv-group--wide",
            (true, true) => "rv-group rv-group--wide rv-group--addressed",
        };
        let mut main = tag("div", "rv-group__text");
        for (index, block) in flow.iter().enumerate() {
            let ends = last && side.is_empty() && index + 1 == flow.len();
            main = main.node(self.view_block(block, ends));
        }
        let group = tag("div", class).add(main);
        if side.is_empty() && addressed.is_none() {
            return group.html();
        }
        let mut beside = tag("div", "rv-group__side");
        for block in side {
            beside = beside.node(self.view_block(block, false));
        }
        if addressed.is_some() {
            beside = beside.add(self.view_address_tools());
        }
        group.add(beside).html()
    }

    fn view_address_tools(&self) -> Tag {
        let words = self.state.ui().words();
        let label = if self.state.copied == Some(true) { words.copied } else { words.copy_address };
        let tools = self
            .ours(tag("div", "rv-address"))
            .add(tag("p", "").text(words.points_here))
            .add(tag("button", "rv-button").attr("type", "button").order(Order::Copy).text(label));
        if self.state.copied == Some(false) {
            tools.add(tag("p", "").text(words.copy_failed))
        } else {
            tools
        }
    }

    fn view_block(&self, block: &Block, ends: bool) -> Html {
        let id = dom_id(&self.state.settings.address.name, &format!("at-{}", block.id));
        let begin = |name: &'static str, class: &'static str, addressed: &'static str| {
            let class = if self.is_addressed(block) { addressed } else { class };
            tag(name, class).set("id", id.clone()).attr("tabindex", "-1")
        };
        let mark = self.release.end_mark.as_ref().filter(|_| ends && carries_end_mark(block));
        let line = |words: &Text| {
            let line = tag("p", "").nodes(self.view_text(words));
            match mark {
                Some(mark) => line.text(" ").add(tag("span", "rv-end-mark").text(mark)),
                None => line,
            }
        };
        let marked = |element: Tag| match &block.marker {
            Some(marker) => element.add(tag("span", "rv-marker").text(marker)),
            None => element,
        };
        let node = match &block.content {
            Content::Paragraph { level: Level::One, text } => {
                let node =
                    begin("div", "rv-block rv-block--1", "rv-block rv-block--1 rv-addressed");
                self.numbered(node, block).add(line(text))
            }
            Content::Paragraph { level: Level::Two, text } => sub_marked(
                begin("div", "rv-block rv-block--2", "rv-block rv-block--2 rv-addressed"),
                block,
            )
            .add(line(text)),
            Content::Paragraph { level: Level::Three, text } => sub_marked(
                begin("div", "rv-block rv-block--3", "rv-block rv-block--3 rv-addressed"),
                block,
            )
            .add(line(text)),
            Content::Heading(text) => {
                let title = marked(heading(self.state, 1, "rv-text__heading", None))
                    .nodes(self.view_text(text));
                begin("div", "rv-block", "rv-block rv-addressed").add(title)
            }
            Content::Note(text) | Content::Footnote(text) => {
                marked(begin("div", "rv-block rv-note", "rv-block rv-note rv-addressed"))
                    .add(line(text))
            }
            Content::Question(text) => {
                marked(begin("div", "rv-block rv-question", "rv-block rv-question rv-addressed"))
                    .add(line(text))
            }
            Content::Answer(text) => {
                marked(begin("div", "rv-block rv-answer", "rv-block rv-answer rv-addressed"))
                    .add(line(text))
            }
            Content::Quote(text) => {
                begin("blockquote", "rv-block rv-quote", "rv-block rv-quote rv-addressed")
                    .add(line(text))
            }
            Content::List(items) => {
                let mut list =
                    begin("ul", "rv-block rv-list-block", "rv-block rv-list-block rv-addressed");
                for item in items {
                    list = list.add(tag("li", "").nodes(self.view_text(item)));
                }
                list
            }
            Content::Figure(figure) => {
                begin("div", "rv-block rv-figure", "rv-block rv-figure rv-addressed")
                    .add(self.view_figure(block, figure))
            }
            Content::Table(table) => {
                begin("div", "rv-block rv-table", "rv-block rv-table rv-addressed")
                    .add(self.view_table(block, table))
            }
        };
        node.html()
    }

    /// The printed number as a link to its own paragraph. A sign without a number gets a spoken name.
    fn numbered(&self, node: Tag, block: &Block) -> Tag {
        let Some(marker) = &block.marker else { return node };
        let drawn = !marker.starts_with(|c: char| c.is_ascii_digit());
        let link = tag("a", "rv-number")
            .set("href", self.address(block))
            .when(self.is_addressed(block), "aria-current", "location")
            .add(tag("span", "").when(drawn, "aria-hidden", "true").text(marker))
            .add(
                self.ours(tag("span", "rv-hidden")).text(self.state.ui().words().paragraph_address),
            );
        node.add(link)
    }

    fn view_text(&self, words: &Text) -> Vec<Html> {
        let mut nodes = Vec::new();
        for inline in &words.0 {
            match inline {
                Inline::Words(words) => nodes.extend(view_words(words, &self.lang)),
                Inline::Link { url, words } => {
                    nodes.push(tag("a", "rv-link").set("href", url.to_string()).text(words).html())
                }
            }
        }
        nodes
    }

    fn view_figure(&self, block: &Block, figure: &Figure) -> Tag {
        let words = self.state.ui().words();
        // Figures count from 1, and so do their ids.
        let number = block.id.trim_start_matches('g');
        let name = figure
            .alternative
            .clone()
            .unwrap_or_else(|| format!("{} {number}: {}", words.photo, words.no_description));
        let picture = match &figure.url {
            Some(url) => {
                tag("img", "").set("src", url.to_string()).set("alt", name).attr("loading", "lazy")
            }
            None => self.ours(tag("p", "rv-figure__name")).text(&name),
        };
        let node = tag("figure", "").add(picture);
        if figure.caption.0.is_empty() {
            node
        } else {
            node.add(tag("figcaption", "").nodes(self.view_text(&figure.caption)))
        }
    }

    fn view_table(&self, block: &Block, table: &Table) -> Tag {
        let words = self.state.ui().words();
        let name = table
            .caption
            .clone()
            .unwrap_or_else(|| format!("{} {}", words.table, block.id.trim_start_matches('t')));
        let mut node = tag("table", "");
        if let Some(caption) = &table.caption {
            node = node.add(tag("caption", "").nodes(view_words(caption, &self.lang)));
        }
        let (mut head, mut body) = (tag("thead", ""), tag("tbody", ""));
        for (index, cells) in table.rows.iter().enumerate() {
            let is_head = index < table.header_rows;
            let mut row = tag("tr", "");
            for (column, cell) in cells.iter().enumerate() {
                let figures_below = || {
                    table
                        .rows
                        .iter()
                        .skip(table.header_rows)
                        .any(|row| row.get(column).is_some_and(|cell| is_figure(&cell.text)))
                };
                let to_the_right = if is_head { figures_below() } else { is_figure(&cell.text) };
                let class = if to_the_right { "rv-table__figure" } else { "" };
                // An empty corner is no header of anything.
                let element = match (cell.text.is_empty(), is_head, column < table.header_columns) {
                    (false, true, _) => tag("th", class).attr("scope", "col"),
                    (false, false, true) => tag("th", "").attr("scope", "row"),
                    _ => tag("td", class),
                };
                let span = |count: usize| (count > 1).then(|| count.to_string());
                let element =
                    element.maybe("colspan", span(cell.columns)).maybe("rowspan", span(cell.rows));
                row = row.add(element.nodes(view_words(&cell.text, &self.lang)));
            }
            if is_head {
                head = head.add(row);
            } else {
                body = body.add(row);
            }
        }
        if table.header_rows > 0 {
            node = node.add(head);
        }
        let scroll = tag("div", "rv-table__scroll")
            .attr("role", "region")
            .set("aria-label", name)
            .attr("tabindex", "0");
        scroll.add(node.add(body))
    }
}

/// The sign of a sub-paragraph. Rings and dashes only draw; syllables and numbers are read.
fn sub_marked(node: Tag, block: &Block) -> Tag {
    let Some(marker) = &block.marker else { return node };
    let drawn = !marker
        .contains(|c: char| c.is_ascii_digit() || matches!(c, '가'..='힣' | '①'..='⓿' | '❶'..='➓'));
    node.add(tag("span", "rv-marker").when(drawn, "aria-hidden", "true").node(text(marker)))
}

/// Whether a cell is a number, so that it stands to the right.
fn is_figure(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '△' | '▲' | '−'))
        && text.chars().filter(|c| c.is_ascii_alphabetic() || matches!(c, '가'..='힣')).count() <= 2
}
