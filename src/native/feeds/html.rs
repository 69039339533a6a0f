//! A release → the HTML that stands in a feed: every word of it, in the order of the page, with no style.

use super::links::Links;
use super::notice::{lang, notice};
use super::xml::escape;
use crate::model::{
    Attachment, Block, Content, Figure, Inline, Lang, Release, Table, Text, passages,
};
use crate::view::Ui;

/// Writes the release, or the notice that it was withdrawn. Its title stands elsewhere in a feed.
pub(super) fn write(release: &Release, links: &Links<'_>, into: &mut String) {
    if let Some((lang, notice)) = notice(&release.entry) {
        into.push_str("<p");
        attribute("lang", lang, into);
        into.push('>');
        escape(&notice, into);
        into.push_str("</p>\n");
        return;
    }
    let lang = lang(&release.entry);
    into.push_str("<div");
    attribute("lang", lang.as_str(), into);
    into.push_str(">\n");
    let mut html = Html { links, id: release.entry.id.as_str(), lang, into };
    html.release(release);
    html.raw("</div>\n");
}

struct Html<'a> {
    links: &'a Links<'a>,
    id: &'a str,
    lang: Lang,
    into: &'a mut String,
}

impl Html<'_> {
    fn release(&mut self, release: &Release) {
        // A release without a title is called by its first deck, which stands here again: no word may be missing.
        for deck in &release.entry.decks {
            self.element("p", |html| html.element_in_line("strong", |html| html.words(deck)));
        }
        for line in &release.masthead {
            self.paragraph(line);
        }
        for block in &release.blocks {
            self.block(block);
        }
        for line in release.end_mark.iter().chain(&release.translation_notice) {
            self.paragraph(line);
        }
        let words = Ui::of(&self.lang).words();
        if !release.entry.attachments.is_empty() {
            self.part(words.attachments);
            self.element("ul", |html| {
                for file in &release.entry.attachments {
                    html.element("li", |html| html.attachment(file));
                }
            });
        }
        if !release.contacts.is_empty() {
            self.part(words.contact);
            for line in &release.contacts {
                self.paragraph(line);
            }
        }
        if let Some(licence) = &release.licence {
            self.part(words.licence);
            self.paragraph(&licence.text);
        }
    }

    fn block(&mut self, block: &Block) {
        let marker = block.marker.as_deref();
        match &block.content {
            Content::Paragraph { text, .. }
            | Content::Note(text)
            | Content::Footnote(text)
            | Content::Answer(text) => self.element("p", |html| html.marked(marker, text)),
            Content::Heading(text) => self.element("h2", |html| html.marked(marker, text)),
            Content::Question(text) => self.element("p", |html| {
                html.element_in_line("strong", |html| html.marked(marker, text));
            }),
            Content::Quote(text) => self.element("blockquote", |html| {
                html.element("p", |html| html.marked(marker, text));
            }),
            Content::List(items) => {
                if let Some(marker) = marker {
                    self.paragraph(marker);
                }
                self.element("ul", |html| {
                    for item in items {
                        html.element("li", |html| html.text(item));
                    }
                });
            }
            Content::Table(table) => self.table(marker, table),
            Content::Figure(figure) => self.figure(marker, figure),
        }
    }

    fn table(&mut self, marker: Option<&str>, table: &Table) {
        self.element("table", |html| {
            let caption: Vec<&str> = marker.into_iter().chain(table.caption.as_deref()).collect();
            if !caption.is_empty() {
                html.element("caption", |html| html.words(&caption.join(" ")));
            }
            let (head, body) = table.rows.split_at(table.header_rows.min(table.rows.len()));
            for (name, rows) in [("thead", head), ("tbody", body)] {
                if rows.is_empty() {
                    continue;
                }
                html.element(name, |html| {
                    for row in rows {
                        html.raw("<tr>");
                        for (column, cell) in row.iter().enumerate() {
                            // An empty corner is no header of anything.
                            let scope = match (cell.text.is_empty(), name) {
                                (false, "thead") => Some("col"),
                                (false, _) if column < table.header_columns => Some("row"),
                                _ => None,
                            };
                            html.raw(if scope.is_some() { "<th" } else { "<td" });
                            if let Some(scope) = scope {
                                html.attribute("scope", scope);
                            }
                            for (name, count) in [("colspan", cell.columns), ("rowspan", cell.rows)]
                            {
                                if count > 1 {
                                    html.attribute(name, &count.to_string());
                                }
                            }
                            html.raw(">");
                            html.words(&cell.text);
                            html.raw(if scope.is_some() { "</th>" } else { "</td>" });
                        }
                        html.raw("</tr>\n");
                    }
                });
            }
        });
    }

    fn figure(&mut self, marker: Option<&str>, figure: &Figure) {
        let Some(url) = &figure.url else {
            return self.element("p", |html| {
                html.marked(marker, &figure.caption);
                if let Some(alternative) = &figure.alternative {
                    html.raw(" (");
                    html.words(alternative);
                    html.raw(")");
                }
            });
        };
        self.element("figure", |html| {
            let address = html.links.named_by(html.id, url.as_str());
            html.raw("<img");
            html.attribute("src", &address);
            html.attribute("alt", figure.alternative.as_deref().unwrap_or_default());
            html.raw(">");
            if marker.is_some() || !figure.caption.0.is_empty() {
                html.element("figcaption", |html| html.marked(marker, &figure.caption));
            }
        });
    }

    fn attachment(&mut self, file: &Attachment) {
        if let Some(label) = file.label.as_deref().filter(|label| *label != file.name) {
            self.words(label);
            self.raw(" ");
        }
        match &file.url {
            Some(url) => {
                let address = self.links.named_by(self.id, url.as_str());
                self.link(&address, |html| html.words(&file.name));
            }
            None => self.words(&file.name),
        }
        let details: Vec<&str> = file.kind.iter().chain(&file.size).map(String::as_str).collect();
        if !details.is_empty() {
            self.raw(" (");
            escape(&details.join(", "), self.into);
            self.raw(")");
        }
    }

    /// A heading of ours, which is in the language of the release or else in English.
    fn part(&mut self, name: &str) {
        let ours = Ui::of(&self.lang).lang();
        self.raw("<h2");
        if ours != self.lang {
            self.attribute("lang", ours.as_str());
        }
        self.raw(">");
        escape(name, self.into);
        self.raw("</h2>\n");
    }

    fn paragraph(&mut self, words: &str) {
        self.element("p", |html| html.words(words));
    }

    fn marked(&mut self, marker: Option<&str>, text: &Text) {
        if let Some(marker) = marker {
            escape(marker, self.into);
            self.raw(" ");
        }
        self.text(text);
    }

    fn text(&mut self, text: &Text) {
        for inline in &text.0 {
            match inline {
                Inline::Words(words) => self.words(words),
                Inline::Link { url, words } => {
                    let address = self.links.named_by(self.id, url.as_str());
                    self.link(&address, |html| html.words(words));
                }
            }
        }
    }

    /// Words, with the passages in another language marked as such.
    fn words(&mut self, words: &str) {
        for passage in passages(words, &self.lang) {
            match passage.lang {
                None => escape(passage.words, self.into),
                Some(lang) => {
                    self.raw("<span");
                    self.attribute("lang", lang.as_str());
                    self.raw(">");
                    escape(passage.words, self.into);
                    self.raw("</span>");
                }
            }
        }
    }

    fn link(&mut self, address: &str, inside: impl FnOnce(&mut Self)) {
        self.raw("<a");
        self.attribute("href", address);
        self.raw(">");
        inside(self);
        self.raw("</a>");
    }

    fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.element_in_line(name, inside);
        self.raw("\n");
    }

    fn element_in_line(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        for part in ["<", name, ">"] {
            self.raw(part);
        }
        inside(self);
        for part in ["</", name, ">"] {
            self.raw(part);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        attribute(name, value, self.into);
    }

    fn raw(&mut self, html: &str) {
        self.into.push_str(html);
    }
}

fn attribute(name: &str, value: &str, into: &mut String) {
    into.push(' ');
    into.push_str(name);
    into.push_str("=\"");
    escape(value, into);
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::model::{Content, Release};
    use crate::native::feeds::links::Links;
    use crate::native::feeds::tests::{odd, samples};

    fn html(release: &Release) -> String {
        let mut html = String::new();
        write(release, &Links::new(None, ""), &mut html);
        html
    }

    /// The words between the tags and in alternative texts, without the signs around them.
    fn words(html: &str) -> Vec<String> {
        let mut text = String::new();
        for (index, part) in html.split('<').enumerate() {
            let (tag, after) = part.split_once('>').filter(|_| index > 0).unwrap_or(("", part));
            let alternative = tag.split_once("alt=\"").and_then(|(_, rest)| rest.split_once('"'));
            text.extend([" ", alternative.map_or("", |(words, _)| words), after]);
        }
        for (written, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
            text = text.replace(written, sign);
        }
        split(&text)
    }

    fn split(text: &str) -> Vec<String> {
        let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// All that the release says, in its order.
    fn said(release: &Release) -> Vec<String> {
        let mut said: Vec<String> =
            release.entry.decks.iter().chain(&release.masthead).cloned().collect();
        for block in &release.blocks {
            said.extend(block.marker.clone());
            if let Content::Figure(figure) = &block.content {
                // An alternative text stands before the words below the picture, one that names no picture after them.
                let mut both = vec![block.plain_text()];
                let at = usize::from(figure.url.is_none());
                both.splice(at..at, figure.alternative.clone());
                said.extend(both);
            } else {
                said.push(block.plain_text());
            }
        }
        said.extend(release.end_mark.iter().chain(&release.translation_notice).cloned());
        for file in &release.entry.attachments {
            said.push(file.name.clone());
            said.extend(file.kind.iter().chain(&file.size).cloned());
        }
        said.extend(release.contacts.iter().cloned());
        said.extend(release.licence.iter().map(|licence| licence.text.clone()));
        split(&said.join(" "))
    }

    #[test]
    fn every_word_of_a_release_is_in_its_html() {
        // Of a withdrawn release nothing is said but that.
        let samples = samples();
        let whole = samples.iter().filter(|release| release.entry.withdrawn.is_none());
        for release in whole.map(|release| &**release).chain([&odd()]) {
            let html = html(release);
            let mut found = words(&html).into_iter();
            for word in said(release) {
                assert!(found.any(|other| other == word), "{}: {word} in {html}", release.entry.id);
            }
        }
    }

    #[test]
    fn html_says_what_each_part_is() {
        let html = html(&odd());
        for part in [
            "<div lang=\"en\">\n<p><strong>A deck &amp; more</strong></p>\n<p>Speaker &amp; place</p>",
            "<h2>II. Heading ]]&gt; &lt;i&gt;</h2>",
            "<p>□ Before <span lang=\"ko\">한국어</span> words <a href=\"releases/files/a.html?x=1&amp;y=%222%22\">&lt;link&gt;</a></p>",
            "<blockquote><p>A quote</p>\n</blockquote>",
            "<ul><li>First item</li>\n<li>Second &amp; last</li>\n</ul>",
            "<table><caption>Caption &lt;1&gt;</caption>\n<thead><tr><td></td><th scope=\"col\" colspan=\"2\">Wide &amp; high</th></tr>",
            "<tbody><tr><th scope=\"row\">Row</th><td>12</td><td>34</td></tr>",
            "<figure><img src=\"releases/photo.jpg\" alt=\"Two &quot;people&quot;\"><figcaption>At the table</figcaption>",
            "<li>Attachment 1 <a href=\"releases/files/1.pdf\">Statement &amp; annex</a> (PDF, 84 KB)</li>",
        ] {
            assert!(html.contains(part), "{part}\nis not in\n{html}");
        }
    }
}
