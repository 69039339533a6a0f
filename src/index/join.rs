//! Texts put together. `format!` would bring the whole formatting of the standard library into the search program.

/// Several texts as one.
pub(super) fn join(parts: &[&str]) -> String {
    let mut whole = String::with_capacity(parts.iter().map(|part| part.len()).sum());
    for part in parts {
        whole.push_str(part);
    }
    whole
}

/// A number with so many digits of 16 at least.
pub(super) fn hex(number: u64, digits: usize) -> String {
    based(number, 16, digits)
}

/// A number with so many decimal digits at least.
pub(super) fn decimal(number: u64, digits: usize) -> String {
    based(number, 10, digits)
}

fn based(mut number: u64, base: u64, digits: usize) -> String {
    let mut reversed = Vec::new();
    while number > 0 || reversed.len() < digits {
        let digit = (number % base) as u8;
        reversed.push(char::from(if digit < 10 { b'0' + digit } else { b'a' - 10 + digit }));
        number /= base;
    }
    reversed.iter().rev().collect()
}

/// All values, if all are there.
pub(super) fn all_there<T>(values: Vec<Option<T>>) -> Option<Vec<T>> {
    let mut found = Vec::with_capacity(values.len());
    for value in values {
        found.push(value?);
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::{all_there, decimal, hex, join};

    #[test]
    fn numbers_are_written_as_asked() {
        assert_eq!(
            [hex(0xbeef, 6), hex(u64::MAX, 1), hex(0, 1)],
            ["00beef", "ffffffffffffffff", "0"]
        );
        assert_eq!([decimal(7, 2), decimal(2024, 1)], ["07", "2024"]);
        assert_eq!(join(&["a", "", "bc"]), "abc");
        assert_eq!(
            (all_there(vec![Some(1), Some(2)]), all_there(vec![Some(1), None])),
            (Some(vec![1, 2]), None)
        );
    }
}
