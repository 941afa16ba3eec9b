//! What the attributes of elements tell, and white space as pages show it.

use crate::office::block::Align;
use scraper::{ElementRef, Html};
use std::collections::BTreeSet;

/// The number of a footnote to which a link leads: as Word (`#_ftn1`) and LibreOffice (`#sdfootnote1sym`) write it, and
/// as programs do that make pages of Markdown (`#fn-1`, `#fn:1`, `#fn1`).
pub(super) fn note_mark(target: &str) -> Option<usize> {
    let (_, target) = target.split_once('#')?;
    let of_word = target.strip_prefix("_ftn");
    let of_office = || target.strip_prefix("sdfootnote")?.strip_suffix("sym");
    let number = of_word.or_else(of_office).or_else(|| of_markdown(target))?;
    number.parse().ok()
}

fn of_markdown(id: &str) -> Option<&str> {
    let id = id.strip_prefix("user-content-").unwrap_or(id).strip_prefix("fn")?;
    Some(id.strip_prefix(['-', ':']).unwrap_or(id))
}

/// Whether a link leads from a footnote back to the text.
pub(super) fn is_way_back(target: &str) -> bool {
    let of_markdown = target.contains("#fnref") || target.contains("#user-content-fnref");
    of_markdown || target.contains("#_ftnref") || (target.contains("#sdfootnote") && target.ends_with("anc"))
}

/// The number of the footnote that an element holds, by its id.
pub(super) fn note_body(id: &str) -> Option<usize> {
    let of_word = id.strip_prefix("ftn").or_else(|| id.strip_prefix("sdfootnote"));
    of_word.or_else(|| of_markdown(id))?.parse().ok()
}

/// How the cells of a table are set, row by row; `None` where a cell is empty.
pub(super) fn alignments(table: ElementRef) -> Vec<Vec<Option<Align>>> {
    let named = |parent: ElementRef, names: &[&str]| {
        let children = parent.children().filter_map(ElementRef::wrap);
        let found = children.filter(|child| names.contains(&child.value().name()));
        found.map(|child| child.id()).collect::<Vec<_>>()
    };
    let element = |id| table.tree().get(id).and_then(ElementRef::wrap);
    let mut rows = named(table, &["tr"]);
    for part in named(table, &["thead", "tbody", "tfoot"])
        .into_iter()
        .filter_map(element)
    {
        rows.extend(named(part, &["tr"]));
    }
    let cells = |row| {
        named(row, &["td", "th"])
            .into_iter()
            .filter_map(element)
            .map(aligned)
            .collect()
    };
    rows.into_iter().filter_map(element).map(cells).collect()
}

fn aligned(cell: ElementRef) -> Option<Align> {
    if cell.text().all(|text| text.trim().is_empty()) {
        return None;
    }
    let has = |class: &str| cell.value().classes().any(|known| known == class);
    let attribute = |name| {
        cell.value()
            .attr(name)
            .unwrap_or_default()
            .replace(' ', "")
            .to_lowercase()
    };
    let (style, align) = (attribute("style"), attribute("align"));
    Some(
        if align == "right" || style.contains("text-align:right") || has("right") {
            Align::End
        } else if is_centred(cell) || has("centre") {
            Align::Centre
        } else {
            Align::Start
        },
    )
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
    element.attr("hidden").is_some() || hides(element.attr("style").unwrap_or_default())
}

/// Whether a style shows nothing.
fn hides(style: &str) -> bool {
    let style: String = style.chars().filter(|it| !it.is_whitespace()).collect();
    let style = style.to_lowercase();
    ["display:none", "visibility:hidden", "mso-hide:all"]
        .iter()
        .any(|rule| style.contains(rule))
}

/// The classes that the styles of a page hide.
pub(super) fn hiding_classes(page: &Html) -> BTreeSet<String> {
    let elements = page.root_element().descendants().filter_map(ElementRef::wrap);
    let sheets = elements.filter(|element| element.value().name() == "style");
    let mut classes = BTreeSet::new();
    for sheet in sheets.map(|sheet| sheet.text().collect::<String>()) {
        for (selectors, _) in sheet
            .split('}')
            .filter_map(|rule| rule.rsplit_once('{'))
            .filter(|(of, style)| hides(style) && !of.contains('@'))
        {
            // Of `div p.a` the class of the last.
            let classed = selectors
                .split(',')
                .filter_map(|selector| selector.trim().rsplit_once('.'));
            let names = classed
                .map(|(_, class)| class)
                .filter(|class| !class.contains([' ', '>', ':', '[']));
            classes.extend(names.map(str::to_owned));
        }
    }
    classes
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
    let (mut space, mut line_end) = (false, false);
    for character in text.chars() {
        if matches!(character, ' ' | '\n' | '\t' | '\r' | '\u{A0}') {
            space = true;
            line_end |= matches!(character, '\n' | '\r');
            continue;
        }
        let latin = |it: char| it.is_ascii_alphanumeric();
        let between = out.is_empty() || out.chars().next_back().is_some_and(latin) || latin(character);
        if space && (between || !line_end) {
            out.push(' ');
        }
        (space, line_end) = (false, false);
        out.push(character);
    }
    if space {
        out.push(' ');
    }
    out
}
