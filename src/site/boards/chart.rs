//! Bar charts: every bar a row, every series a shade, every part a link to the documents it counts.
//!
//! Places and widths are percentages, so that a chart fills any width while its text keeps its size;
//! colours come by class. The same rows stand as a table behind the chart.

use serde::Serialize;

/// Height of a row, in pixels where the text has [`TEXT`] of them.
const ROW: usize = 30;

/// Size of the text; the chart is drawn in ems, so that it grows with the page's.
const TEXT: usize = 13;

/// Height of a bar.
const BAR: usize = 18;

/// A part of a bar, before it is drawn.
pub(super) struct Part {
    pub count: usize,
    /// The documents that it counts.
    pub href: Option<String>,
}

/// A bar, before it is drawn.
pub(super) struct Bar {
    /// What it is of.
    pub label: String,
    /// The documents that the whole bar counts.
    pub href: Option<String>,
    /// The figure behind it.
    pub value: String,
    /// One part a series.
    pub parts: Vec<Part>,
}

/// A series: its class and its name.
#[derive(Serialize, Clone)]
pub(super) struct Series {
    class: &'static str,
    text: String,
}

impl Series {
    pub(super) fn new(class: &'static str, text: impl Into<String>) -> Self {
        Self {
            class,
            text: text.into(),
        }
    }
}

#[derive(Serialize)]
struct Drawn {
    class: &'static str,
    x: String,
    width: String,
    name: String,
    count: usize,
    href: Option<String>,
}

#[derive(Serialize)]
struct Row {
    label: String,
    href: Option<String>,
    value: String,
    y: String,
    text_y: String,
    end: String,
    parts: Vec<Drawn>,
}

/// A chart as the template draws it.
#[derive(Serialize)]
pub(super) struct Chart {
    id: &'static str,
    title: String,
    /// Everything that it shows in one sentence, for who can't see it.
    description: String,
    /// Classes of the widths that labels and figures take.
    widths: String,
    height: String,
    /// Height of a bar.
    bar: String,
    series: Vec<Series>,
    rows: Vec<Row>,
}

impl Chart {
    /// Draws bars; without bars there is no chart.
    pub(super) fn new(id: &'static str, title: String, series: Vec<Series>, bars: Vec<Bar>) -> Option<Self> {
        let sum = |bar: &Bar| bar.parts.iter().map(|part| part.count).sum::<usize>();
        let longest = bars.iter().map(sum).max()?.max(1);
        let percent = |count: usize| 100.0 * count as f64 / longest as f64;
        let widest = |text: fn(&Bar) -> &str| bars.iter().map(|bar| half_ems(text(bar))).max().unwrap_or(0);
        let labels = match widest(|bar| &bar.label) {
            0..=10 => "short",
            11..=21 => "middle",
            22..=28 => "long",
            _ => "longest",
        };
        let widths = if widest(|bar| &bar.value) > 10 {
            format!("{labels} with-shares")
        } else {
            labels.to_owned()
        };
        let description = bars
            .iter()
            .map(|bar| format!("{} {}", bar.label, bar.value))
            .collect::<Vec<_>>()
            .join("；");
        let rows: Vec<Row> = bars
            .into_iter()
            .enumerate()
            .map(|(at, bar)| {
                let mut before = 0;
                let total = sum(&bar);
                let parts = bar.parts.into_iter().zip(&series).map(|(part, series)| {
                    let x = percent(before);
                    before += part.count;
                    Drawn {
                        class: series.class,
                        x: format!("{x:.2}%"),
                        width: format!("{:.2}%", percent(part.count)),
                        name: series.text.clone(),
                        count: part.count,
                        href: part.href,
                    }
                });
                Row {
                    parts: parts.collect(),
                    label: bar.label,
                    href: bar.href,
                    value: bar.value,
                    y: em(at * ROW + 6),
                    text_y: em(at * ROW + 20),
                    end: format!("{:.2}%", percent(total)),
                }
            })
            .collect();
        Some(Self {
            id,
            title,
            description,
            widths,
            height: em(rows.len() * ROW + 4),
            bar: em(BAR),
            series,
            rows,
        })
    }
}

/// Pixels in ems of the chart's text.
fn em(pixels: usize) -> String {
    format!("{:.2}em", pixels as f64 / TEXT as f64)
}

/// About how wide a text is, in halves of an em: a Latin letter takes one, a Chinese character two.
fn half_ems(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}
