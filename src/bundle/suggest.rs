//! What the search box suggests, and how characters are read: two files that few queries need.

use super::pack::Packer;
use super::{Error, Result, prose};
use crate::index::Opened;
use crate::query::vocabulary::Vocabulary;
use crate::text::sound;
use serde::Serialize;

/// Hands out the vocabulary, as a list of lists of value and count in the order of the classes, and the table of
/// pinyin; gives their paths.
pub(crate) fn write(opened: &Opened, packer: &mut Packer<'_>) -> Result<[String; 2]> {
    let vocabulary = Vocabulary::read(opened)?;
    Ok([file(&vocabulary.classes, packer)?, file(sound::table(), packer)?])
}

/// Hands out JSON in the code of texts.
pub(super) fn file(value: &impl Serialize, packer: &mut Packer<'_>) -> Result<String> {
    let json = serde_json::to_string(value).map_err(|error| Error::Shape(error.to_string()))?;
    Ok(packer.single(&[prose::encode(&json)])?)
}
