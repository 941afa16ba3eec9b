//! The properties of a document: what `docProps` of Word, Excel and `PowerPoint` say, and `meta.xml` of LibreOffice.

use super::line::{Line, Place};
use super::{Element, held};

/// Properties that say nothing of people or matters: figures, versions, formats.
const TECHNICAL: [&str; 32] = [
    "Pages",
    "Words",
    "Characters",
    "CharactersWithSpaces",
    "Lines",
    "Paragraphs",
    "TotalTime",
    "AppVersion",
    "Application",
    "DocSecurity",
    "ScaleCrop",
    "LinksUpToDate",
    "SharedDoc",
    "HyperlinksChanged",
    "Slides",
    "Notes",
    "HiddenSlides",
    "MMClips",
    "PresentationFormat",
    "HeadingPairs",
    "revision",
    "created",
    "modified",
    "lastPrinted",
    "CreateDate",
    "ModifyDate",
    "MetadataDate",
    "CreatorTool",
    "Producer",
    "DocumentID",
    "InstanceID",
    "OriginalDocumentID",
];

/// The properties that a part holds, each a line.
pub(super) fn lines(tree: &Element) -> Vec<Line> {
    let mut out = Vec::new();
    push(tree, &mut out);
    out
}

fn push(parent: &Element, out: &mut Vec<Line>) {
    for element in parent.elements() {
        let local = element.name.rsplit(':').next().unwrap_or_default();
        let name = element
            .attribute("name")
            .filter(|_| matches!(local, "property" | "user-defined"));
        // A property that somebody made has a name that somebody wrote.
        out.extend(name.filter(|name| held::tells("name", name)).map(|name| Line {
            text: name.to_owned(),
            place: Place::Held,
        }));
        let deep = element.elements().any(|child| child.elements().next().is_some());
        if TECHNICAL.contains(&local) {
            continue;
        }
        if deep {
            push(element, out);
            continue;
        }
        let text = element.text();
        if !text.trim().is_empty() {
            out.push(Line {
                text: text.trim().to_owned(),
                place: Place::Property(name.unwrap_or(local).to_owned()),
            });
        }
    }
}
