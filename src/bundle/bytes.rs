//! A growing byte string with the integers of the bundle.

/// Appends an unsigned integer in LEB128: seven bits a byte, the lowest first.
pub(crate) fn push(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends how many numbers there are, and by how much each exceeds the one before.
pub(crate) fn push_rising(out: &mut Vec<u8>, numbers: impl ExactSizeIterator<Item = u32>) {
    push(out, numbers.len() as u32);
    let mut last = 0;
    for number in numbers {
        push(out, number - last);
        last = number;
    }
}

/// Appends a byte string with its length before it.
pub(crate) fn push_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    push(out, bytes.len() as u32);
    out.extend_from_slice(bytes);
}
