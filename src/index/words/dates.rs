//! Days and months in a text, whatever their form: `2024.7.11.`, `2024년 7월 11일`, `July 11, 2024`.

use super::Token;
use crate::model::MONTHS;

/// What stands for a day or a month in the index: `@2024-07-11`, `@2024-07`; and the tokens that say so.
pub(in crate::index) fn dates<T: AsRef<str>>(tokens: &[Token<T>]) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let rest = tokens.get(at..).unwrap_or_default();
        let Some((parts, year, month, day)) = year_first(rest).or_else(|| month_named(rest)) else {
            at += 1;
            continue;
        };
        let month = format!("@{year:04}-{month:02}");
        if let Some(day) = day {
            found.push((at, parts, format!("{month}-{day:02}")));
        }
        found.push((at, parts, month));
        at += parts;
    }
    found
}

type Found = (usize, u32, u32, Option<u32>);

fn number<T: AsRef<str>>(
    token: Option<&Token<T>>,
    digits: std::ops::RangeInclusive<usize>,
    most: u32,
) -> Option<u32> {
    let text = token?.text.as_ref();
    if !digits.contains(&text.len()) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|number| (1..=most).contains(number))
}

fn year<T: AsRef<str>>(token: Option<&Token<T>>) -> Option<u32> {
    number(token, 4..=4, 2999).filter(|year| *year >= 1900)
}

fn year_first<T: AsRef<str>>(tokens: &[Token<T>]) -> Option<Found> {
    let year = year(tokens.first())?;
    let mut at = 1;
    let unit = |at: &mut usize, unit: char| {
        let said = tokens.get(*at).is_some_and(|token| token.text.as_ref().starts_with(unit));
        *at += usize::from(said);
        said
    };
    let named = unit(&mut at, '년');
    let month = number(tokens.get(at), 1..=2, 12)?;
    let joined = tokens.get(at).is_some_and(|token| token.joined);
    at += 1;
    let named = unit(&mut at, '월') || named || joined;
    let after_month = at;
    let day = number(tokens.get(at), 1..=2, 31);
    if day.is_some() {
        at += 1;
        unit(&mut at, '일');
    }
    if day.is_none() && !named {
        return None;
    }
    Some((if day.is_some() { at } else { after_month }, year, month, day))
}

fn month_named<T: AsRef<str>>(tokens: &[Token<T>]) -> Option<Found> {
    let name = |at: usize| {
        let text = tokens.get(at)?.text.as_ref();
        let fits = |month: &&str| {
            month.as_bytes().first() == text.as_bytes().first()
                && (*month == text || matches!(text.len(), 3 | 4) && month.starts_with(text))
        };
        Some(MONTHS.iter().position(fits)? as u32 + 1)
    };
    if let Some(month) = name(0) {
        if let Some(day) = number(tokens.get(1), 1..=2, 31)
            && let Some(year) = year(tokens.get(2))
        {
            return Some((3, year, month, Some(day)));
        }
        return Some((2, year(tokens.get(1))?, month, None));
    }
    let day = number(tokens.first(), 1..=2, 31)?;
    Some((3, year(tokens.get(2))?, name(1)?, Some(day)))
}
