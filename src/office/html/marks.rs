//! What the attributes of elements tell, and white space as pages show it.

use scraper::ElementRef;

/// The number of a footnote to which a link leads, as Word (`#_ftn1`) and LibreOffice (`#sdfootnote1sym`) write it.
pub(super) fn note_mark(target: &str) -> Option<usize> {
    let (_, target) = target.split_once('#')?;
    let number = target
        .strip_prefix("_ftn")
        .or_else(|| target.strip_prefix("sdfootnote")?.strip_suffix("sym"))?;
    number.parse().ok()
}

/// Whether a link leads from a footnote back to the text.
pub(super) fn is_way_back(target: &str) -> bool {
    target.contains("#_ftnref") || (target.contains("#sdfootnote") && target.ends_with("anc"))
}

/// The number of the footnote that an element holds, by its id.
pub(super) fn note_body(id: &str) -> Option<usize> {
    id.strip_prefix("ftn")
        .or_else(|| id.strip_prefix("sdfootnote"))?
        .parse()
        .ok()
}

pub(super) fn start(list: ElementRef) -> u32 {
    list.value()
        .attr("start")
        .and_then(|start| start.trim().parse().ok())
        .unwrap_or(1)
}

/// Whether browsers leave an element out.
pub(super) fn is_hidden(element: ElementRef) -> bool {
    let element = element.value();
    let style = element
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_lowercase();
    element.attr("hidden").is_some()
        || ["display:none", "visibility:hidden", "mso-hide:all"]
            .iter()
            .any(|rule| style.contains(rule))
}

pub(super) fn is_centred(element: ElementRef) -> bool {
    let style = element
        .value()
        .attr("style")
        .unwrap_or_default()
        .replace(' ', "")
        .to_lowercase();
    element
        .value()
        .attr("align")
        .is_some_and(|align| align.eq_ignore_ascii_case("center"))
        || style.contains("text-align:center")
}

/// White space as a page shows it; a line end between Han characters is none.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{A0}') {
            space = true;
            continue;
        }
        let latin = |it: char| it.is_ascii_alphanumeric();
        if space && (out.is_empty() || out.chars().next_back().is_some_and(latin) || latin(character)) {
            out.push(' ');
        }
        space = false;
        out.push(character);
    }
    if space {
        out.push(' ');
    }
    out
}
