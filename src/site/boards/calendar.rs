//! Deadlines as an iCalendar file (RFC 5545), for the calendar that an office keeps anyway.
//!
//! Written by hand: libraries stamp events with the clock and name them at random, and the same
//! corpus must give the same file.

use crate::adoption::Owed;
use jiff::civil::Date;

/// A content line holds at most this many octets before it is folded: RFC 5545, 3.1.
const OCTETS: usize = 75;

/// Days before the deadline on which calendars remind of it.
const REMIND: &str = "-P7D";

/// A deadline in words.
pub(super) struct Deadline<'a> {
    /// The reply that is owed.
    pub owed: &'a Owed<'a>,
    /// One line.
    pub summary: String,
    /// What else there is to know.
    pub description: String,
    /// Address of the document, where the site has one.
    pub url: Option<String>,
}

/// A calendar with an event of one day for every deadline.
pub(super) fn calendar(name: &str, deadlines: &[Deadline], now: Date) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//jianyan//deadlines//ZH".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(name)),
    ];
    for deadline in deadlines {
        let id = blake3::hash(deadline.owed.record.id.as_bytes()).to_hex();
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@jianyan", &id[..32]),
            format!("DTSTAMP:{}T000000Z", compact(now)),
            format!("DTSTART;VALUE=DATE:{}", compact(deadline.owed.due.date)),
            format!("SUMMARY:{}", escaped(&deadline.summary)),
            format!("DESCRIPTION:{}", escaped(&deadline.description)),
        ]);
        lines.extend(deadline.url.iter().map(|url| format!("URL:{}", one_line(url))));
        lines.extend([
            "TRANSP:TRANSPARENT".to_owned(),
            "BEGIN:VALARM".to_owned(),
            "ACTION:DISPLAY".to_owned(),
            format!("DESCRIPTION:{}", escaped(&deadline.summary)),
            format!("TRIGGER:{REMIND}"),
            "END:VALARM".to_owned(),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn compact(date: Date) -> String {
    date.to_string().replace('-', "")
}

/// An address, which ends with its line.
fn one_line(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_control()).collect()
}

/// A text value, of which line ends are all that is left of control characters: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let kept = |letter: &char| {
        !matches!(letter, '\u{FFFE}' | '\u{FFFF}') && (!letter.is_control() || matches!(letter, '\r' | '\n' | '\t'))
    };
    let text: String = text.chars().filter(kept).collect();
    text.replace('\\', "\\\\")
        .replace(';', "\\;")
        .replace(',', "\\,")
        .replace("\r\n", "\\n")
        .replace(['\r', '\n'], "\\n")
}

/// A content line with its end, folded between characters.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut octets = 0;
    for c in line.chars() {
        if octets + c.len_utf8() > OCTETS {
            out.push_str("\r\n ");
            // The space that begins the next line counts.
            octets = 1;
        }
        out.push(c);
        octets += c.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fold_at_75_octets_between_characters_and_unfold_to_themselves() {
        for line in [
            "SUMMARY:短",
            &"X".repeat(75),
            &"X".repeat(76),
            &format!("A{}", "检".repeat(200)),
            "",
        ] {
            let folded = folded(line);
            assert!(folded.split("\r\n").all(|part| part.len() <= OCTETS), "{line}");
            assert_eq!(folded.replace("\r\n ", "").trim_end_matches("\r\n"), line);
        }
    }

    #[test]
    fn text_keeps_its_separators() {
        assert_eq!(escaped("甲,乙;丙\\丁\r\n戊\n己"), "甲\\,乙\\;丙\\\\丁\\n戊\\n己");
    }
}
