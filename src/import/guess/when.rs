//! Dates as offices write them.

use crate::author::day;
use crate::record::date::{Day, Precision};

/// A text that is a date and nothing else.
pub(super) fn whole_date(text: &str) -> Option<Day> {
    let text: String = text.split_whitespace().collect();
    let text = text.trim_matches(['（', '）', '(', ')']);
    if text.chars().count() > 14 {
        return None;
    }
    let text = usual(text);
    let day = Day::parse(&text).or_else(|| day(&text))?;
    (day.precision > Precision::Year).then_some(day)
}

/// A date without old words.
fn usual(text: &str) -> String {
    if text.ends_with("日") {
        text.replace("初", "")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_offices_write_them() {
        let read = |text: &str| whole_date(text).map(|day| day.to_string());
        for (text, expected) in [
            ("二O二四年三月五日", "2024-03-05"),
            ("二0二四年三月五日", "2024-03-05"),
            ("二○二四年元月廿五日", "2024-01-25"),
            ("2024年元月5日", "2024-01-05"),
            ("（2024年3月）", "2024-03"),
            ("二〇二三年十二月卅一日", "2023-12-31"),
            ("2024.03.05", "2024-03-05"),
        ] {
            assert_eq!(read(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["二〇二四年二月三十日", "2024年", "2024年3月5日至6日", "Office"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
