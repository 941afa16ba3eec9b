//! What the objects of a file and the steps of a page will take, told before the library makes them.

use lopdf::{Dictionary, Object};

/// Bytes of an object in memory.
const OF_OBJECT: usize = size_of::<Object>();
/// Bytes of a step besides what it is done with.
const OF_STEP: usize = 96;
/// Objects for which a list has place from the start.
const FIRST: usize = 4;
/// Characters of a number or a word at most, so that it isn't chance that packed bytes look like one.
const LONGEST: usize = 24;

fn is_blank(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0C | b'\r' | b' ')
}

fn is_mark(byte: u8) -> bool {
    b"()<>[]{}/%".contains(&byte)
}

/// About how many objects stand in the bytes of a file. Packed bytes count little: seldom do some of them look like a
/// number or a word that ends.
pub(super) fn objects(bytes: &[u8]) -> usize {
    let (mut count, mut length) = (0, Some(0));
    for &byte in bytes {
        if is_blank(byte) || is_mark(byte) {
            count += usize::from(matches!(length, Some(1..=LONGEST)));
            count += usize::from(b"/[(<".contains(&byte));
            // A name counts by its mark.
            length = (byte != b'/').then_some(0);
        } else {
            length = length.filter(|_| byte.is_ascii_graphic()).map(|length| length + 1);
        }
    }
    count
}

/// About what the steps of a page take: each has a list of what it is done with.
pub(super) fn steps(content: &[u8]) -> usize {
    let list = |objects: usize| OF_OBJECT * objects.max(FIRST).next_power_of_two();
    let (mut size, mut objects) = (0_usize, 0_usize);
    let mut before = b' ';
    for &byte in content {
        let ends = is_blank(before) || is_mark(before);
        if b"/[(<".contains(&byte) || ends && (byte.is_ascii_digit() || b"+-.".contains(&byte)) {
            objects += 1;
        } else if ends && !is_blank(byte) && !is_mark(byte) && before != b'/' {
            size += OF_STEP + list(objects);
            objects = 0;
        }
        before = byte;
    }
    // A list that grows is there twice for a moment.
    size + 2 * list(objects)
}

/// What an object takes that was made.
pub(super) fn of(object: &Object) -> usize {
    let inner = match object {
        Object::Name(bytes) | Object::String(bytes, _) => bytes.capacity(),
        Object::Array(all) => all.iter().map(of).sum::<usize>() + (all.capacity() - all.len()) * OF_OBJECT,
        Object::Dictionary(all) => of_all(all),
        Object::Stream(stream) => of_all(&stream.dict) + stream.content.len(),
        _ => 0,
    };
    OF_OBJECT + inner
}

fn of_all(dictionary: &Dictionary) -> usize {
    let of_entry = |(key, value): (&Vec<u8>, &Object)| OF_STEP + key.capacity() + of(value);
    dictionary.iter().map(of_entry).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_counted_and_packed_bytes_are_none() {
        assert_eq!(objects(b"1 0 obj <</A[1 2 3]/B(x)>> endobj "), 14);
        let mut seed = 7_u32;
        let mut packed = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 24) as u8
        };
        let packed: Vec<u8> = (0..1_000_000).map(|_| packed()).collect();
        assert!(objects(&packed) < 20_000, "{}", objects(&packed));
    }

    #[test]
    fn a_step_takes_what_it_is_done_with() {
        assert_eq!(
            steps(b"1 2 m 3 4 l "),
            2 * (OF_STEP + FIRST * OF_OBJECT) + 2 * FIRST * OF_OBJECT
        );
        assert!(steps(&b"0 ".repeat(100_000)) >= 200_000 * OF_OBJECT);
    }
}
