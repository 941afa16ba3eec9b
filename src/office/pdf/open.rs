//! Opens a file: the library makes all of its objects at once, and unpacks those that are packed.

use super::{LARGEST, cost};
use crate::office::{Fault, guard, room};
use lopdf::{LoadOptions, Object, ObjectId, Stream};
use std::collections::BTreeSet;

/// Objects of a file that aren't packed, or are packed in one stream.
const MOST_OBJECTS: usize = 1_000_000;
/// Packed bytes of which one looks like an object by chance, about.
const BY_CHANCE: usize = 50;
/// The type of a stream in which objects are packed.
const PACKED: &[u8] = b"ObjStm";
/// Bytes of all such streams, unpacked, where nobody counts what is in them.
const LARGEST_UNCOUNTED: usize = 16 << 20;

/// Opens a file, whose objects must find room.
pub(super) fn file(bytes: &[u8]) -> Result<lopdf::Document, Fault> {
    if cost::objects(bytes) > MOST_OBJECTS + bytes.len() / BY_CHANCE {
        return Err(Fault::TooLarge);
    }
    // The library counts nothing in a file that is encrypted, and looks for lost pages only where it doesn't count.
    let uncounted = LARGEST_UNCOUNTED / packed_streams(bytes).max(1);
    let is_encrypted = bytes.windows(8).any(|window| window == b"/Encrypt");
    let mut options = LoadOptions::with_max_decompressed_size(if is_encrypted { uncounted } else { LARGEST });
    options.filter = Some(counted);
    let file = load(bytes, options)?;
    guard::in_time()?;
    if is_encrypted || file.page_iter().next().is_some() {
        return Ok(file);
    }
    drop(file);
    load(bytes, LoadOptions::with_max_decompressed_size(uncounted))
}

fn load(bytes: &[u8], options: LoadOptions) -> Result<lopdf::Document, Fault> {
    match lopdf::Document::load_mem_with_options(bytes, options) {
        Ok(file) if file.trailer.has(b"Encrypt") && file.encryption_state.is_none() => Err(Fault::Locked),
        Ok(file) => Ok(file),
        Err(lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_)) => Err(Fault::Locked),
        Err(error) => Err(Fault::Broken(error.to_string())),
    }
}

/// The streams that say that objects are packed in them; letters of a name may be written as numbers.
fn packed_streams(bytes: &[u8]) -> usize {
    let says = |at: usize| {
        let name = &bytes[at + 1..];
        let same = name.iter().zip(PACKED).take_while(|(one, other)| one == other).count();
        same == PACKED.len() || name.get(same) == Some(&b'#')
    };
    let names = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/');
    names.filter(|(at, _)| says(*at)).count()
}

/// An object that was opened, where there is room for it, and for those that it holds packed.
fn counted(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    guard::in_time().ok()?;
    if let Object::Stream(stream) = object
        && stream.dict.has_type(PACKED)
        && !finds_room(stream)
    {
        guard::stop();
    }
    guard::in_time().ok()?;
    room::kept(cost::of(object)).ok()?;
    // The library keeps a stream where it is, and of what was packed, which are none, what it is given.
    let kept = match object {
        Object::Stream(_) => Object::Null,
        other => other.clone(),
    };
    Some((id, kept))
}

/// Whether the objects in a stream aren't too many, and each stands there for itself.
fn finds_room(stream: &Stream) -> bool {
    let Ok(content) = stream.get_plain_content_with_limit(LARGEST) else {
        return true;
    };
    let first = stream.dict.get(b"First").and_then(Object::as_i64).unwrap_or(0);
    let list = usize::try_from(first).ok().and_then(|first| content.get(..first));
    let list = String::from_utf8_lossy(list.unwrap_or_default());
    let places: Vec<&str> = list.split_ascii_whitespace().skip(1).step_by(2).collect();
    let different: BTreeSet<&str> = places.iter().copied().collect();
    cost::objects(&content) <= MOST_OBJECTS && different.len() == places.len()
}
