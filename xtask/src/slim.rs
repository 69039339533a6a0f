//! Takes out of the wasm what only its makers need: import names of 30 letters that end in hashes, which do not compress,
//! and custom sections. 4.7 kB after brotli.
//!
//! Formats: WebAssembly core specification 5.5.2 (sections), 5.5.5 (imports), 5.2.2 (LEB128).

use crate::failure::{Context, Result, failed};
use std::{collections::BTreeSet, fs, path::Path};

const CUSTOM: u8 = 0;
const IMPORT: u8 = 2;

/// Slims `NAME_bg.wasm` and the glue `NAME.js` beside it.
pub(crate) fn slim(wasm: &Path, glue: &Path) -> Result<()> {
    let bytes = fs::read(wasm).context(wasm.display())?;
    let mut script = fs::read_to_string(glue).context(glue.display())?;
    let mut names = Names::default();
    let Some(bytes) = module(&bytes, &mut names) else {
        return failed(format!("{}: not the wasm that wasm-bindgen writes", wasm.display()));
    };
    // The longest first: one name may begin with another.
    let mut pairs: Vec<(&str, String)> =
        names.0.iter().enumerate().map(|(index, name)| (name.as_str(), short(index))).collect();
    pairs.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, short) in pairs {
        if !script.contains(name) {
            return failed(format!(
                "{}: imports {name}, which the glue does not have",
                wasm.display()
            ));
        }
        script = script.replace(name, &short);
    }
    fs::write(wasm, bytes).context(wasm.display())?;
    fs::write(glue, script).context(glue.display())
}

/// Import names in the order of their numbers.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn short(&mut self, name: &str) -> String {
        let index = self.0.iter().position(|known| known == name).unwrap_or_else(|| {
            self.0.push(name.to_owned());
            self.0.len() - 1
        });
        short(index)
    }
}

/// A name that no other part of the glue has.
fn short(index: usize) -> String {
    format!("_i{index}")
}

/// The module with short import names and without custom sections. `None` if it is not as expected.
fn module(bytes: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let mut out = bytes.get(..8).filter(|head| head.starts_with(b"\0asm"))?.to_vec();
    let mut rest = bytes.get(8..)?;
    while let Some((&id, tail)) = rest.split_first() {
        let (size, tail) = unsigned(tail)?;
        let section = tail.get(..size)?;
        rest = tail.get(size..)?;
        let section = match id {
            CUSTOM => continue,
            IMPORT => imports(section, names)?,
            _ => section.to_vec(),
        };
        out.push(id);
        write_unsigned(section.len(), &mut out);
        out.extend(section);
    }
    Some(out)
}

/// The import section with short names. Only functions are imported.
fn imports(section: &[u8], names: &mut Names) -> Option<Vec<u8>> {
    let (count, mut rest) = unsigned(section)?;
    let mut out = Vec::new();
    write_unsigned(count, &mut out);
    let mut seen = BTreeSet::new();
    for _ in 0..count {
        let (module, tail) = name(rest)?;
        let (field, tail) = name(tail)?;
        let (&kind, tail) = tail.split_first()?;
        let (function_type, tail) = unsigned(tail).filter(|_| kind == 0)?;
        seen.insert(field.to_owned());
        for text in [module, &names.short(field)] {
            write_unsigned(text.len(), &mut out);
            out.extend(text.bytes());
        }
        out.push(kind);
        write_unsigned(function_type, &mut out);
        rest = tail;
    }
    (rest.is_empty() && seen.len() == names.0.len()).then_some(out)
}

fn name(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = unsigned(bytes)?;
    Some((std::str::from_utf8(rest.get(..length)?).ok()?, rest.get(length..)?))
}

fn unsigned(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut number = 0;
    for (index, &byte) in bytes.iter().enumerate().take(5) {
        number |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((number, bytes.get(index + 1..)?));
        }
    }
    None
}

fn write_unsigned(mut number: usize, out: &mut Vec<u8>) {
    loop {
        let low = u8::try_from(number & 0x7f).unwrap_or_default();
        number >>= 7;
        if number == 0 {
            out.push(low);
            return;
        }
        out.push(low | 0x80);
    }
}

#[cfg(test)]
mod tests {
    use super::{Names, module};

    #[test]
    fn imports_get_short_names_and_custom_sections_go() {
        let import = [1, 1, b'm', 4, b'l', b'o', b'n', b'g', 0, 3];
        let mut bytes = b"\0asm\x01\0\0\0".to_vec();
        bytes.extend([0, 2, 1, b'x']);
        bytes.extend([2, u8::try_from(import.len()).unwrap_or_default()]);
        bytes.extend(import);
        bytes.extend([10, 1, 0]);
        let mut names = Names::default();
        let slim = module(&bytes, &mut names);
        let mut expected = b"\0asm\x01\0\0\0".to_vec();
        expected.extend([2, 9, 1, 1, b'm', 3, b'_', b'i', b'0', 0, 3, 10, 1, 0]);
        assert_eq!(slim, Some(expected));
        assert_eq!(names.0, ["long"]);
        assert_eq!(module(b"\0asm", &mut names), None);
    }
}
