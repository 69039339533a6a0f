//! One sort for all lists. Each list sorted by the standard library's would bring its own 4 kB into the search program.

use std::mem;

/// Sorts by a number, the least first; equals stay in their order.
pub(super) fn sort<T: Clone>(items: &mut Vec<T>, number: impl Fn(&T) -> u64) {
    let mut keys: Vec<(u64, u32)> =
        (0..).zip(&*items).map(|(at, item)| (number(item), at)).collect();
    if !keys.is_sorted() {
        merge_sort(&mut keys);
        *items = keys.iter().filter_map(|(_, at)| items.get(*at as usize).cloned()).collect();
    }
}

/// The number by which scores are sorted, the best first, and of equals the greatest number.
pub(super) fn by_score(score: f32, number: u32) -> u64 {
    // Positive floats are ordered as their bits are (IEEE 754).
    u64::from(!score.max(0.0).to_bits()) << 32 | u64::from(!number)
}

/// Sorted runs become one, twice as long each time.
fn merge_sort(keys: &mut Vec<(u64, u32)>) {
    let mut from = mem::take(keys);
    let mut length = 1;
    while length < from.len() {
        let mut to = Vec::with_capacity(from.len());
        for runs in from.chunks(length * 2) {
            let (mut one, mut two) = runs.split_at_checked(length).unwrap_or((runs, &[]));
            loop {
                let first_is_less = match (one.first(), two.first()) {
                    (Some(one), Some(two)) => one <= two,
                    (one, None) if one.is_none() => break,
                    (one, _) => one.is_some(),
                };
                let run = if first_is_less { &mut one } else { &mut two };
                if let Some((first, rest)) = run.split_first() {
                    to.push(*first);
                    *run = rest;
                }
            }
        }
        from = to;
        length *= 2;
    }
    *keys = from;
}

/// Puts neighbours of one number together.
pub(super) fn unite<T>(items: &mut Vec<(u32, T)>, unite: &dyn Fn(&mut T, T)) {
    let mut united: Vec<(u32, T)> = Vec::with_capacity(items.len());
    for (number, item) in mem::take(items) {
        match united.last_mut() {
            Some((last, kept)) if *last == number => unite(kept, item),
            _ => united.push((number, item)),
        }
    }
    *items = united;
}

#[cfg(test)]
mod tests {
    use super::{by_score, sort, unite};

    #[test]
    fn equals_keep_their_order() {
        for count in 0..40_u64 {
            let given: Vec<u64> = (0..count).map(|number| number * 7_919 % 31).collect();
            let mut sorted: Vec<(u64, usize)> = given.iter().copied().zip(0..).collect();
            sort(&mut sorted, |(number, _)| *number);
            let mut expected: Vec<(u64, usize)> = given.into_iter().zip(0..).collect();
            expected.sort();
            assert_eq!(sorted, expected);
        }
    }

    #[test]
    fn the_best_and_newest_comes_first() {
        let mut found = vec![(1, 0.5), (2, 3.0), (3, 0.5), (4, 0.0)];
        sort(&mut found, |(number, score)| by_score(*score, *number));
        assert_eq!(found.iter().map(|(number, _)| *number).collect::<Vec<u32>>(), [2, 3, 1, 4]);
    }

    #[test]
    fn neighbours_are_put_together() {
        let mut items = vec![(1, 1), (1, 2), (3, 5)];
        unite(&mut items, &|sum, more| *sum += more);
        assert_eq!(items, [(1, 3), (3, 5)]);
    }
}
