//! The name of a build: a hash of what its readers see, and of nothing else.
//!
//! **Invariant**: what the audience does not see changes no byte of its site, and so not this name, which stands in
//! the site, in the search bundle and in the index.

use super::links::{LinkTable, Links};
use super::{BuildError, Options};
use crate::audience::Audience;
use crate::cache::Stamp;
use crate::corpus::Source;
use crate::markdown;
use crate::message::Lang;
use crate::reading::{Reading, What};
use crate::record::write::front_matter;
use crate::settings::Settings;
use crate::site::Entry;
use crate::text::normalize;
use aho_corasick::AhoCorasick;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io;
use std::ops::Range;

/// What a generation is named by besides the options.
pub(super) struct Seen<'a> {
    pub entries: &'a [Entry],
    pub settings: &'a Settings,
    pub links: &'a LinkTable,
    pub pages: &'a [String],
    pub lang: Lang,
}

/// Names the state of everything that the audience sees: the program, the options, settings, documents and the files
/// that links can lead to.
pub(super) fn generation(seen: &Seen, options: &Options) -> Result<String, BuildError> {
    // The office sees the sources themselves.
    let public = seen.entries.par_iter().filter(|_| options.audience == Audience::Public);
    let texts: Vec<Cow<str>> = public
        .map(|entry| {
            let links = Links::new(seen.links, &entry.document.record().file, &entry.page, seen.pages);
            source_text(entry, &links)
        })
        .collect::<io::Result<_>>()
        .map_err(BuildError::Site)?;
    let mut hasher = blake3::Hasher::new();
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes());
        hasher.update(bytes);
    };
    part(env!("CARGO_PKG_VERSION").as_bytes());
    part(options.audience.key().as_bytes());
    part(format!("{:?} {:?} {}", options.drafts, seen.lang, options.now).as_bytes());
    part(format!("{:?}", settings(seen.settings, options.audience, &texts)).as_bytes());
    let stamps: Vec<Stamp> = match options.audience {
        Audience::Internal => seen
            .entries
            .iter()
            .map(|entry| *entry.document.source().stamp())
            .collect(),
        Audience::Public => texts.par_iter().map(|text| Stamp::of(text.as_bytes())).collect(),
    };
    for (entry, stamp) in seen.entries.iter().zip(&stamps) {
        part(entry.document.record().file.as_bytes());
        part(&stamp.hash);
    }
    if options.audience == Audience::Internal {
        // Of the public's the links in the texts above tell.
        seen.links.files.iter().for_each(|file| part(file.as_bytes()));
    }
    Ok(hasher.finalize().to_hex()[..16].to_owned())
}

/// The source for download: for the public written anew from public fields and from what its page shows; for the
/// office as it is, but for what its author hid.
pub(super) fn source_text<'a>(entry: &'a Entry, links: &Links) -> io::Result<Cow<'a, str>> {
    let document = &entry.document;
    let front = match document.audience() {
        Audience::Internal => {
            let source = document.source();
            let Some(hidden) = hidden(source) else {
                return Ok(Cow::Borrowed(&source.text));
            };
            without(source, &hidden)
        }
        Audience::Public => front_matter(document.record()).map_err(io::Error::other)?,
    };
    let body = markdown::shown_source(document.body(), links);
    Ok(Cow::Owned(format!("---\n{front}---\n\n{body}")))
}

/// Where a document hides something; `None` where it doesn't.
fn hidden(source: &Source) -> Option<Vec<Range<usize>>> {
    // Most documents have nothing with which anything could be hidden.
    if !["<", "%%", "]:", " #", "\n#"]
        .iter()
        .any(|mark| source.text.contains(mark))
    {
        return None;
    }
    let reading = Reading::of(source);
    let hidden = reading.passages.iter().filter(|passage| passage.what == What::Hidden);
    let places: Vec<_> = hidden
        .map(|passage| passage.text.source(&(0..passage.text.text().len())))
        .collect();
    (!places.is_empty()).then_some(places)
}

/// The front matter without what is neither key nor value.
fn without(source: &Source, hidden: &[Range<usize>]) -> String {
    let Some(front) = source.front.clone() else {
        return String::new();
    };
    let mut out = String::new();
    let mut at = front.start;
    for span in hidden.iter().filter(|span| front.contains(&span.start)) {
        out.push_str(source.text[at..span.start.max(at)].trim_end_matches(' '));
        at = at.max(span.end);
        if source.text[..at].ends_with('\n') && !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
    }
    out + &source.text[at..front.end.max(at)]
}

/// The settings as the audience meets them: a synonym group reaches the public only with a member that occurs.
fn settings<'a>(settings: &'a Settings, audience: Audience, texts: &[Cow<str>]) -> Cow<'a, Settings> {
    if audience == Audience::Internal {
        return Cow::Borrowed(settings);
    }
    let members: Vec<(usize, String)> = settings
        .synonyms
        .iter()
        .enumerate()
        .flat_map(|(group, members)| members.iter().map(move |member| (group, normalize(member))))
        .filter(|(_, member)| !member.is_empty())
        .collect();
    let mut synonyms = settings.synonyms.clone();
    // Only a table of a size that memory has no room for can't be made: then all groups count.
    if let Ok(finder) = AhoCorasick::new(members.iter().map(|(_, member)| member)) {
        let occurring: BTreeSet<usize> = texts
            .par_iter()
            .flat_map_iter(|text| {
                let normal = normalize(text);
                let hits = finder
                    .find_overlapping_iter(&normal)
                    .map(|hit| members[hit.pattern().as_usize()].0);
                hits.collect::<BTreeSet<usize>>()
            })
            .collect();
        synonyms = occurring
            .into_iter()
            .filter_map(|group| settings.synonyms.get(group).cloned())
            .collect();
    }
    Cow::Owned(Settings {
        synonyms,
        ..settings.clone()
    })
}
