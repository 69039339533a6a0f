//! Keys, each after the one before it: how many letters they share, and the rest. Hangul takes two bytes a syllable.

use super::bits::{put_varint, take_bytes, take_varint};

/// The first syllable (Unicode, 3.12) and how many there are.
const FIRST: u32 = 0xac00;
const SYLLABLES: u32 = 11_172;
/// Initial consonants take one byte, from this one on.
const INITIAL: u8 = 0xb0;
const INITIALS: std::ops::RangeInclusive<u32> = 0x1100..=0x1112;
/// Marks a letter of three bytes. Letters of ASCII take one, and syllables begin with 0x80 to 0xab.
const OTHER: u8 = 0xff;

/// Writes a key that follows another one.
pub(super) fn put_key(bytes: &mut Vec<u8>, last: &str, key: &str) {
    let shared = last.chars().zip(key.chars()).take_while(|(one, two)| one == two).count();
    let rest = || key.chars().skip(shared);
    let length = rest().count();
    // Both numbers in a byte where they fit.
    match (shared, length) {
        (0..15, 0..16) => bytes.push((shared << 4 | length) as u8),
        _ => {
            bytes.push(0xf0);
            put_varint(bytes, shared as u32);
            put_varint(bytes, length as u32);
        }
    }
    for letter in rest() {
        let code = u32::from(letter);
        match code.checked_sub(FIRST).filter(|index| *index < SYLLABLES) {
            Some(index) => bytes.extend([0x80 | (index >> 8) as u8, index as u8]),
            None if letter.is_ascii() => bytes.push(code as u8),
            None if INITIALS.contains(&code) => {
                bytes.push(INITIAL + (code - INITIALS.start()) as u8)
            }
            None => {
                bytes.push(OTHER);
                bytes.extend(code.to_be_bytes().iter().skip(1));
            }
        }
    }
}

/// Reads a key that follows `key`, and puts it there.
pub(super) fn take_key(bytes: &mut &[u8], key: &mut String) -> Option<()> {
    let first = *take_bytes(bytes, 1)?.first()?;
    let (shared, length) = match first {
        0xf0.. => (take_varint(bytes)? as usize, take_varint(bytes)? as usize),
        _ => (usize::from(first >> 4), usize::from(first & 15)),
    };
    let end = key.char_indices().map(|(at, _)| at).chain([key.len()]).nth(shared)?;
    key.truncate(end);
    for _ in 0..length {
        let first = *take_bytes(bytes, 1)?.first()?;
        let code = match first {
            0..0x80 => u32::from(first),
            INITIAL..0xc3 => INITIALS.start() + u32::from(first - INITIAL),
            OTHER => match take_bytes(bytes, 3)? {
                [high, middle, low] => u32::from_be_bytes([0, *high, *middle, *low]),
                _ => return None,
            },
            _ => {
                FIRST + (u32::from(first & 0x7f) << 8 | u32::from(*take_bytes(bytes, 1)?.first()?))
            }
        };
        key.push(char::from_u32(code)?);
    }
    Some(())
}
