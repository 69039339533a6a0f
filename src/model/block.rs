//! The parts of a release's text, in reading order.

use super::{Text, Url};

/// One part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its address inside the release.
    pub id: BlockId,
    /// What is printed before it: `1.`, `□`, `가.`, `※`. Never renumbered.
    pub marker: Option<String>,
    /// What it is and says.
    pub content: Content,
}

/// Address of a block, unique in its release: `p2`, `p2-b`, `p2.1`, `p2+1`, `n1`.
pub type BlockId = String;

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// A paragraph or sub-paragraph.
    Paragraph {
        /// How deep it stands.
        level: Level,
        /// Its text.
        text: Text,
    },
    /// A heading inside the text.
    Heading(Text),
    /// A remark (`※`).
    Note(Text),
    /// A footnote (`*`).
    Footnote(Text),
    /// A question of a journalist.
    Question(Text),
    /// The answer to it.
    Answer(Text),
    /// A passage quoted as a whole.
    Quote(Text),
    /// Rows and columns.
    Table(Table),
    /// A picture, or the line that stands for it.
    Figure(Figure),
    /// Items without a marker of their own.
    List(Vec<Text>),
}

/// Depth of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Numbered, `□`, or without a marker.
    One,
    /// `°`, `ㅇ`, `가.`
    Two,
    /// `-`, `①`
    Three,
}

impl Level {
    /// 1, 2 or 3.
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Three => 3,
        }
    }
}

/// A table with its header cells told apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The words above it.
    pub caption: Option<String>,
    /// How many rows from the top are headers.
    pub header_rows: usize,
    /// How many columns from the start are headers.
    pub header_columns: usize,
    /// Its rows; they need not be equally long.
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// What it says.
    pub text: String,
    /// How many columns it covers, at least 1.
    pub columns: usize,
    /// How many rows it covers, at least 1.
    pub rows: usize,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, columns: 1, rows: 1 }
    }
}

/// A picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// Where it can be had; plain text only names it.
    pub url: Option<Url>,
    /// Alternative text; `None` if the source has none.
    pub alternative: Option<String>,
    /// The line that is printed for it.
    pub caption: Text,
}

impl Block {
    /// The words of the block one after the other, without its marker.
    #[must_use]
    pub fn plain_text(&self) -> String {
        match &self.content {
            Content::Paragraph { text, .. }
            | Content::Heading(text)
            | Content::Note(text)
            | Content::Footnote(text)
            | Content::Question(text)
            | Content::Answer(text)
            | Content::Quote(text) => text.plain(),
            Content::Figure(figure) => figure.caption.plain(),
            Content::List(items) => joined(items.iter().map(Text::plain)),
            Content::Table(table) => {
                let cells = table.rows.iter().flatten().map(|cell| cell.text.clone());
                joined(table.caption.clone().into_iter().chain(cells))
            }
        }
    }

    /// The depth, if it is a paragraph.
    #[must_use]
    pub fn level(&self) -> Option<Level> {
        match self.content {
            Content::Paragraph { level, .. } => Some(level),
            _ => None,
        }
    }
}

fn joined(texts: impl Iterator<Item = String>) -> String {
    let mut joined = String::new();
    for text in texts {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(&text);
    }
    joined
}
