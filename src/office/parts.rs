//! What an archive holds beside the parts that its main part names.

use super::line::{Line, Place};
use super::said::Said;
use super::{Fault, Package};
use std::collections::BTreeSet;

/// Endings of pictures, sound and film, of which nobody can tell what they say.
const MEDIA: [&str; 14] = [
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".emf", ".wmf", ".mp4", ".mp3", ".wav", ".avi",
];

/// A line of a file within a file; cells keep their headers.
fn within(line: Line) -> Line {
    match line.place {
        Place::Cell(_) | Place::Link | Place::Held | Place::Property(_) => line,
        _ => Line {
            place: Place::Hidden,
            ..line
        },
    }
}

impl Package<'_> {
    /// The names of its parts of XML, in lower case and sorted; relationships are none.
    pub(crate) fn xml_parts(&self) -> Vec<String> {
        let parts = self
            .names()
            .filter(|name| name.ends_with(".xml") || name.ends_with(".vml"));
        parts.map(str::to_owned).collect()
    }

    /// What the files in it say, but for those that were read already; the names of those that can't be are told.
    pub(crate) fn files(&mut self, read: &BTreeSet<String>) -> Said {
        let mut all = Said::default();
        for part in self.kept() {
            if read.contains(&part) {
                continue;
            }
            let is_media = MEDIA.iter().any(|ending| part.ends_with(ending));
            let bytes = (!is_media).then(|| self.bytes(&part).ok().flatten()).flatten();
            let said = bytes.and_then(|bytes| super::said_in(&part, &bytes, &self.budget).ok());
            match said.filter(|said| !said.lines.is_empty()) {
                Some(said) => {
                    all.lines.extend(said.lines.into_iter().map(within));
                    all.unread.extend(said.unread);
                }
                None => all.unread.push(part),
            }
        }
        all
    }

    /// The names of what isn't XML in it: all but fonts, pictures of its own first page, and what only a program reads.
    pub(crate) fn kept(&self) -> Vec<String> {
        const READ: [&str; 8] = [".xml", ".vml", ".rels", ".rdf", "/", ".odttf", ".fntdata", "mimetype"];
        const BEGINS: [&str; 8] = [
            "thumbnails/",
            "docprops/thumbnail",
            "configurations",
            "objectreplacements/",
            "meta-inf/",
            "fonts/",
            "layout-cache",
            "[trash]",
        ];
        let is_kept = |name: &&str| {
            !READ.iter().any(|end| name.ends_with(end))
                && !BEGINS.iter().any(|start| name.starts_with(start))
                && !name.contains("printersettings")
        };
        self.names().filter(is_kept).map(str::to_owned).collect()
    }

    /// Where its parts lead outside of it: links, templates, sources of data.
    ///
    /// # Errors
    /// [`Fault`] where the archive can't be read on; a list of relationships that is broken leads nowhere.
    pub(crate) fn outside(&mut self) -> Result<Vec<String>, Fault> {
        let lists: Vec<String> = self
            .names()
            .filter(|name| name.ends_with(".rels"))
            .map(str::to_owned)
            .collect();
        let mut targets = Vec::new();
        for list in lists {
            let tree = match self.tree(&list) {
                Err(Fault::Broken(_)) => continue,
                tree => tree?,
            };
            let leads_out = |element: &&super::Element| element.attribute("TargetMode") == Some("External");
            let all = tree.iter().flat_map(super::Element::elements).filter(leads_out);
            targets.extend(all.filter_map(|element| element.attribute("Target").map(str::to_owned)));
        }
        Ok(targets)
    }
}
