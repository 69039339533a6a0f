//! Addresses of blocks, from printed markers.

use std::collections::BTreeMap;

use crate::model::{Block, Content, Level};

/// Gives each block its address.
///
/// A numbered paragraph is `p` and its number; a number that is printed again gets `-b`, `-c`, …; a paragraph
/// without a number counts on from the numbered one above (`p2+1`); sub-paragraphs count below theirs (`p2.1`).
/// All other blocks count within their kind, so that an addition at the end changes no address before it.
pub(super) fn assign(blocks: &mut [Block]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut kinds: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut numbered = "p".to_owned();
    let mut unnumbered = 0;
    // Address and level of the paragraph and sub-paragraph above, with how many stand below each.
    let mut above: Vec<(Level, String, usize)> = Vec::new();
    for block in blocks {
        let prefix = match &block.content {
            Content::Paragraph { level, .. } => {
                let level = *level;
                above.retain(|(other, ..)| *other < level);
                let id = match (above.last_mut(), number(block.marker.as_deref())) {
                    (Some((_, parent, below)), _) => {
                        *below += 1;
                        format!("{parent}.{below}")
                    }
                    (None, Some(number)) => {
                        let times = seen.entry(number.to_owned()).or_default();
                        *times += 1;
                        numbered = format!("p{number}{}", repeat_suffix(*times));
                        unnumbered = 0;
                        numbered.clone()
                    }
                    (None, None) => {
                        unnumbered += 1;
                        format!("{numbered}+{unnumbered}")
                    }
                };
                above.push((level, id.clone(), 0));
                block.id = id;
                continue;
            }
            Content::Heading(_) => "h",
            Content::Note(_) => "n",
            Content::Footnote(_) => "f",
            Content::Question(_) => "q",
            Content::Answer(_) => "a",
            Content::Quote(_) => "b",
            Content::Table(_) => "t",
            Content::Figure(_) => "g",
            Content::List(_) => "l",
        };
        let count = kinds.entry(prefix).or_default();
        *count += 1;
        block.id = format!("{prefix}{count}");
    }
}

/// The number of `2.` or `2)`, without leading zeros.
fn number(marker: Option<&str>) -> Option<&str> {
    let digits = marker?.trim_matches(|c: char| !c.is_ascii_digit());
    let whole = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| digits.trim_start_matches('0')).filter(|digits| !digits.is_empty())
}

/// Nothing, `-b`, `-c` … `-z`, then `-27`.
fn repeat_suffix(times: usize) -> String {
    match u8::try_from(times) {
        Ok(0 | 1) => String::new(),
        Ok(times @ 2..=26) => format!("-{}", char::from(b'a' + times - 1)),
        _ => format!("-{times}"),
    }
}

#[cfg(test)]
mod tests {
    use super::assign;
    use crate::model::{Block, Content, Level, Text};

    fn check(paragraphs: &[(Level, &str)], expected: &[&str]) {
        let mut blocks: Vec<Block> = paragraphs
            .iter()
            .map(|(level, marker)| Block {
                id: String::new(),
                marker: (!marker.is_empty()).then(|| (*marker).to_owned()),
                content: Content::Paragraph { level: *level, text: Text::default() },
            })
            .collect();
        assign(&mut blocks);
        assert_eq!(blocks.iter().map(|block| block.id.as_str()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn printed_numbers_make_addresses() {
        use Level::{One, Three, Two};
        check(
            &[
                (One, "1."),
                (Two, "°"),
                (Three, "-"),
                (Two, "°"),
                (One, "2."),
                (One, "2."),
                (One, ""),
                (Two, "°"),
            ],
            &["p1", "p1.1", "p1.1.1", "p1.2", "p2", "p2-b", "p2-b+1", "p2-b+1.1"],
        );
        check(
            &[(One, ""), (One, "□"), (Three, "-"), (Two, "ㅇ")],
            &["p+1", "p+2", "p+2.1", "p+2.2"],
        );
        check(
            &[(Two, "o"), (One, "01."), (One, "1."), (One, "1.")],
            &["p+1", "p1", "p1-b", "p1-c"],
        );
    }
}
