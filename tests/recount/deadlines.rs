//! Dates by hand: calendar months, weekdays, free days.

/// Year, month and day.
pub(super) type Ymd = (i32, i32, i32);

pub(super) fn of(text: &str) -> Ymd {
    let part = |range: std::ops::Range<usize>| text[range].parse().unwrap();
    (part(0..4), part(5..7), part(8..10))
}

pub(super) fn text((year, month, day): Ymd) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

fn month_length(year: i32, month: i32) -> i32 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The same day some months later, or the last of that month.
pub(super) fn add_months((year, month, day): Ymd, months: i32) -> Ymd {
    let total = year * 12 + month - 1 + months;
    let (year, month) = (total / 12, total % 12 + 1);
    (year, month, day.min(month_length(year, month)))
}

pub(super) fn next_day((year, month, day): Ymd) -> Ymd {
    if day < month_length(year, month) {
        (year, month, day + 1)
    } else if month < 12 {
        (year, month + 1, 1)
    } else {
        (year + 1, 1, 1)
    }
}

/// Zeller's congruence: whether a day is a Saturday or a Sunday.
pub(super) fn is_weekend((year, month, day): Ymd) -> bool {
    let (year, month) = if month < 3 {
        (year - 1, month + 12)
    } else {
        (year, month)
    };
    let weekday = (day + 13 * (month + 1) / 5 + year + year / 4 - year / 100 + year / 400) % 7;
    weekday < 2
}

#[test]
fn the_calendar_is_right() {
    assert_eq!(add_months((2023, 12, 31), 2), (2024, 2, 29));
    assert_eq!(next_day((2023, 12, 31)), (2024, 1, 1));
    for (day, weekend) in [
        ("2024-06-15", true),
        ("2024-06-16", true),
        ("2024-06-17", false),
        ("2024-02-29", false),
    ] {
        assert_eq!(is_weekend(of(day)), weekend, "{day}");
    }
}
