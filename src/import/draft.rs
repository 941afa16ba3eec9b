//! A file as a text to be looked at, which is kept nowhere.

use super::{Refusal, read};
use crate::check;
use crate::corpus::Source;
use crate::corpus::decode::decode;

/// Reads Markdown as it is, and what else can be imported as the Markdown that it would become. A file without a name is
/// Markdown.
///
/// # Errors
/// Where it can't be read, or bears a secrecy mark.
pub(crate) fn to_look_at(name: &str, bytes: Vec<u8>) -> Result<Source, Refusal> {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let source = match ending.as_deref() {
        None | Some("md" | "markdown") => {
            let decoded = decode(bytes).map_err(|_| Refusal::Encoding)?;
            Source::of(name.to_owned(), name.to_owned(), decoded.text)
        }
        Some(_) => Source::body_only(name.to_owned(), name.to_owned(), read(name, &bytes, None)?.body),
    };
    match check::secrecy(&source) {
        Some(_) => Err(Refusal::Classified),
        None => Ok(source),
    }
}
