//! The objects of a page: every text with its place, in millimetres.

use crate::office::Element;
use crate::office::layout::{Page, Piece};
use crate::office::xml::local;

/// Half points of a millimetre.
const HALF_POINTS: f32 = 72.0 / 25.4 * 2.0;

/// What a page holds.
#[derive(Default)]
pub(super) struct Read {
    pub page: Page,
    /// Texts that aren't drawn.
    pub hidden: Vec<String>,
    pub pictures: usize,
}

/// Reads what stands in an element; `width` is that of a page that doesn't say its own.
pub(super) fn read(tree: &Element, width: f32) -> Read {
    let mut read = Read::default();
    let own = tree.find_local("PhysicalBox").map(Element::text);
    let own = own.and_then(|area| numbers(&area).nth(2));
    read.page.width = own.unwrap_or(width);
    read.page.scale = HALF_POINTS;
    objects(tree, [0.0, 0.0], false, &mut read);
    read
}

/// Numbers that blanks separate; what is not a number ends them.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = f32> {
    text.split_whitespace().map_while(|number| number.parse::<f32>().ok())
}

fn objects(parent: &Element, origin: [f32; 2], hidden: bool, read: &mut Read) {
    for element in parent.elements() {
        let hidden = hidden || element.attribute("Visible") == Some("false") || element.attribute("Alpha") == Some("0");
        match local(element) {
            "TextObject" => text(element, origin, hidden, read),
            "ImageObject" => read.pictures += 1,
            // What is drawn in a block or an annotation has its places from there.
            "Appearance" | "CompositeGraphicUnit" => {
                let [x, y] = boundary(element);
                objects(element, [origin[0] + x, origin[1] + y], hidden, read);
            }
            _ => objects(element, origin, hidden, read),
        }
    }
}

fn boundary(element: &Element) -> [f32; 2] {
    let mut all = numbers(element.attribute("Boundary").unwrap_or_default());
    [all.next().unwrap_or(0.0), all.next().unwrap_or(0.0)]
}

fn text(object: &Element, origin: [f32; 2], hidden: bool, read: &mut Read) {
    let [x, y] = boundary(object);
    let matrix: Vec<f32> = numbers(object.attribute("CTM").unwrap_or_default()).collect();
    let matrix: [f32; 6] = matrix.try_into().unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
    let size = object
        .attribute("Size")
        .and_then(|size| size.parse().ok())
        .unwrap_or(4.0_f32);
    let (wide, high) = (matrix[0].hypot(matrix[1]), matrix[2].hypot(matrix[3]));
    let mut at = [0.0, 0.0];
    for code in object.elements().filter(|child| local(child) == "TextCode") {
        let content = code.text();
        if content.trim().is_empty() {
            continue;
        }
        if hidden {
            read.hidden.push(content);
            continue;
        }
        let number = |name: &str| code.attribute(name).and_then(|value| value.parse::<f32>().ok());
        at = [number("X").unwrap_or(at[0]), number("Y").unwrap_or(at[1])];
        let step: f32 = deltas(code.attribute("DeltaX").unwrap_or_default()).sum();
        let end = at[0] + step + last_width(&content, size);
        let place = |x_in: f32| x + origin[0] + matrix[0] * x_in + matrix[2] * at[1] + matrix[4];
        read.page.pieces.push(Piece {
            left: place(at[0]),
            right: place(end),
            base: y + origin[1] + matrix[1] * at[0] + matrix[3] * at[1] + matrix[5],
            size: size * if high > 0.0 { high } else { wide },
            text: content,
        });
    }
}

/// The width of the last letter; Latin ones are about half as wide as they are high.
fn last_width(text: &str, size: f32) -> f32 {
    let last = text.chars().next_back();
    if last.is_some_and(|last| last >= '\u{2E80}') {
        size
    } else {
        size / 2.0
    }
}

/// From each letter to the next: `g 3 5.2` means three times 5.2.
fn deltas(text: &str) -> impl Iterator<Item = f32> {
    let mut words = text.split_whitespace();
    std::iter::from_fn(move || match words.next()? {
        "g" => {
            let times: f32 = words.next()?.parse().ok()?;
            let step: f32 = words.next()?.parse().ok()?;
            Some(times.clamp(0.0, 100_000.0) * step)
        }
        word => word.parse().ok(),
    })
}
