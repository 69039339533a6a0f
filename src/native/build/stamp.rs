//! Which files were met, and by what it is told that one changed.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file may change within the grain of its times after it was read, and still seem the same. Most file systems
/// count in ticks of at most 10 ms; some in seconds, FAT in two.
const GRAIN: [i128; 2] = [100_000_000, 2_000_000_000];

/// Time of a file that is always read again.
pub(super) const UNKNOWN: i64 = i64::MIN;

/// What a file was when it was read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    pub(super) size: i64,
    pub(super) modified: i64,
    pub(super) changed: i64,
    pub(super) inode: i64,
}

impl Stamp {
    pub(super) fn of(data: &Metadata) -> Self {
        let nanos =
            |seconds: i64, nanos: i64| seconds.saturating_mul(1_000_000_000).saturating_add(nanos);
        Self {
            size: data.size().cast_signed(),
            modified: nanos(data.mtime(), data.mtime_nsec()),
            changed: nanos(data.ctime(), data.ctime_nsec()),
            inode: data.ino().cast_signed(),
        }
    }

    /// As it is kept: unknown if the file may change without a sign of it.
    pub(super) fn kept(self) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_nanos());
        let now = i128::try_from(now).unwrap_or_default();
        let coarse = usize::from(self.changed % 1_000_000_000 == 0);
        let grain = GRAIN.get(coarse).copied().unwrap_or_default();
        let last = i128::from(self.changed.max(self.modified));
        Self { modified: if last + grain > now { UNKNOWN } else { self.modified }, ..self }
    }
}

/// Which files were met, by their number.
#[derive(Default)]
pub(super) struct Seen {
    bits: Vec<u64>,
    pub(super) count: u64,
    pub(super) next: u64,
}

impl Seen {
    pub(super) fn set(&mut self, number: u64) {
        let (word, bit) = ((number / 64) as usize, number % 64);
        if self.bits.len() <= word {
            self.bits.resize(word + 1, 0);
        }
        if let Some(word) = self.bits.get_mut(word) {
            self.count += u64::from(*word & (1 << bit) == 0);
            *word |= 1 << bit;
        }
    }

    pub(super) fn has(&self, number: u64) -> bool {
        self.bits.get((number / 64) as usize).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }
}
