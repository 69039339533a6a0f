//! Numbers as few bits: Rice and Elias gamma codes (Witten, Moffat, Bell: Managing Gigabytes, 3.3).

/// Collects bits.
#[derive(Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Bits that fill no byte yet, the last one lowest; and how many there are.
    open: u64,
    count: u32,
}

impl BitWriter {
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        let value = u64::from(value) & ((1 << count) - 1);
        self.open = self.open << count | value;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.open >> self.count) as u8);
        }
    }

    fn unary(&mut self, mut value: u32) {
        while value >= 32 {
            self.bits(u32::MAX, 32);
            value -= 32;
        }
        self.bits((((1u64 << value) - 1) << 1) as u32, value + 1);
    }

    /// A number from 0 on.
    pub(super) fn rice(&mut self, value: u32, parameter: u32) {
        self.unary(value >> parameter);
        self.bits(value, parameter);
    }

    /// A number from 1 on.
    pub(super) fn gamma(&mut self, value: u32) {
        let length = 31 - value.max(1).leading_zeros();
        self.unary(length);
        self.bits(value.max(1), length);
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bits(0, 8 - self.count);
        }
        self.bytes
    }
}

/// Reads bits. `None` where they end too early or make no sense.
pub(super) struct BitReader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Bytes of which bits were read.
    pub(super) fn read(&self) -> usize {
        self.at.div_ceil(8)
    }

    fn bit(&mut self) -> Option<u32> {
        let byte = self.bytes.get(self.at >> 3)?;
        let bit = byte >> (7 - (self.at & 7)) & 1;
        self.at += 1;
        Some(u32::from(bit))
    }

    pub(super) fn bits(&mut self, count: u32) -> Option<u32> {
        let mut value = 0;
        for _ in 0..count {
            value = value << 1 | self.bit()?;
        }
        Some(value)
    }

    fn unary(&mut self) -> Option<u32> {
        let mut value = 0;
        while self.bit()? == 1 {
            value += 1;
        }
        Some(value)
    }

    pub(super) fn rice(&mut self, parameter: u32) -> Option<u32> {
        let high = self.unary()?;
        if high.leading_zeros() < parameter {
            return None;
        }
        Some(high << parameter | self.bits(parameter)?)
    }

    pub(super) fn gamma(&mut self) -> Option<u32> {
        let length = self.unary()?;
        if length > 31 {
            return None;
        }
        Some(1u32.checked_shl(length)? | self.bits(length)?)
    }
}

/// The parameter with which these numbers take the fewest bits.
pub(super) fn best_parameter(values: &[u32]) -> u32 {
    let cost = |parameter: u32| -> u64 {
        values.iter().map(|value| u64::from((value >> parameter) + 1 + parameter)).sum()
    };
    let sum: u64 = values.iter().map(|value| u64::from(*value)).sum();
    let mean = sum / (values.len() as u64).max(1);
    let near = 63u32.saturating_sub(mean.max(1).leading_zeros());
    (near.saturating_sub(1)..=near + 1)
        .min_by_key(|parameter| cost(*parameter))
        .unwrap_or(0)
        .min(24)
}

/// Appends a number, seven bits a byte, the lowest first (LEB128).
pub fn put_varint(bytes: &mut Vec<u8>, mut value: u32) {
    while value > 127 {
        bytes.push((value & 127) as u8 | 128);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Takes a number off the front. `None` if the bytes end in it, or it is larger than any that is written.
#[must_use]
pub fn take_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0;
    for shift in (0..35).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(first & 127).checked_shl(shift)?;
        if first & 128 == 0 {
            return Some(value);
        }
    }
    None
}

/// Takes so many bytes off the front.
pub(in crate::index) fn take_bytes<'a>(bytes: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = bytes.split_at_checked(count)?;
    *bytes = rest;
    Some(taken)
}
