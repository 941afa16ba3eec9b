//! Calendar days as front matter writes them.

use crate::text::numeral;
use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// 2023年.
    Year,
    /// 2023年1月.
    Month,
    /// 2023年1月5日.
    Day,
}

/// A date with its precision; a coarser one stands at the first day of its span.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// How exactly it is known.
    pub precision: Precision,
}

impl Day {
    /// An exact day.
    pub fn exact(date: Date) -> Self {
        Self {
            date,
            precision: Precision::Day,
        }
    }

    /// Makes a day of numbers, where they are one; the years are those from 1900 to 2199.
    pub fn of(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let precision = match (month, day) {
            (Some(_), Some(_)) => Precision::Day,
            (Some(_), None) => Precision::Month,
            (None, None) => Precision::Year,
            (None, Some(_)) => return None,
        };
        let date = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        (1900..2200).contains(&year).then_some(Self { date, precision })
    }

    /// Reads 2023-03-05, 2023/3/5, 2023.3.5, 20230305 and 2023年3月5日, each also without its day, or
    /// without month and day. Full-width digits, Chinese and capital numerals (二〇二三年元月五日, with a Latin O for 〇
    /// too) are read; a time after the day is passed over.
    ///
    /// ```
    /// use jianyan::record::date::Day;
    ///
    /// assert_eq!(Day::parse("二〇二三年三月五日"), Day::parse("2023-03-05"));
    /// assert_eq!(Day::parse("2023年3月").unwrap().to_string(), "2023-03");
    /// assert_eq!(Day::parse("近日"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text: String = text
            .nfkc()
            .filter(|character| !character.is_whitespace() || *character == ' ')
            .map(|character| match character {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
                other => other,
            })
            .collect();
        let text = text.trim();
        if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Self::of(
                text[..4].parse().ok()?,
                Some(text[4..6].parse().ok()?),
                Some(text[6..].parse().ok()?),
            );
        }
        if let Some(date) = date_of_stamp(text) {
            return Some(Self::exact(date)).filter(|day| (1900..2200).contains(&day.date.year()));
        }
        if let Some((day, minutes)) = time_behind(text) {
            let day = Self::parse(day)?;
            let shift = jiff::SignedDuration::from_mins(minutes?.div_euclid(24 * 60) * 24 * 60);
            let date = day.date.checked_add(shift).ok()?;
            return (day.precision == Precision::Day).then_some(Self::exact(date));
        }
        let text = text.replace(' ', "");
        let parts = if text.contains('年') {
            chinese_parts(&text)?
        } else {
            text.split(['-', '/', '.']).collect()
        };
        let numbers = parts.iter().map(|part| number(part)).collect::<Option<Vec<i16>>>()?;
        let small = |value: i16| i8::try_from(value).ok();
        // 23年 is one of several centuries.
        let whole = parts[0].len() == 4 || !parts[0].is_ascii();
        match *numbers.as_slice() {
            [year] if whole => Self::of(year, None, None),
            [year, month] if whole => Self::of(year, Some(small(month)?), None),
            [year, month, day] if whole => Self::of(year, Some(small(month)?), Some(small(day)?)),
            _ => None,
        }
    }

    /// 2023年3月5日, 2023年3月 or 2023年.
    pub fn zh(self) -> String {
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        match self.precision {
            Precision::Year => format!("{year}年"),
            Precision::Month => format!("{year}年{month}月"),
            Precision::Day => format!("{year}年{month}月{day}日"),
        }
    }

    /// Which of two days is surely the earlier: the one that is over first, since by then it has happened; of those that
    /// are over on one day the one that began first. A year lies before a day that comes after all of it.
    pub fn order(self) -> (Date, Date) {
        (self.last(), self.date)
    }

    /// The last day of its span: what is surely over once a later day has come.
    pub fn last(self) -> Date {
        match self.precision {
            Precision::Year => self.date.last_of_year(),
            Precision::Month => self.date.last_of_month(),
            Precision::Day => self.date,
        }
    }
}

/// ISO, as exact as the date is known: 2023-03-05, 2023-03 or 2023.
impl fmt::Display for Day {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = (self.date.year(), self.date.month(), self.date.day());
        match self.precision {
            Precision::Year => write!(formatter, "{year:04}"),
            Precision::Month => write!(formatter, "{year:04}-{month:02}"),
            Precision::Day => write!(formatter, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The date in China of a time stamp that names its zone: 2024-03-05T23:30:00Z is the 6th.
fn date_of_stamp(text: &str) -> Option<Date> {
    if !text.contains(':') {
        return None;
    }
    let text = text.replace(" +", "+").replace(" -", "-").replace(" Z", "Z");
    // Hour 24 is the first of the next day.
    let late = ["T24:00", "t24:00", " 24:00"]
        .into_iter()
        .find(|hour| text.contains(hour));
    let text = late.map_or(text.clone(), |hour| text.replace(hour, "T00:00"));
    let offset = Pieces::parse(&text).ok()?.to_numeric_offset()?;
    if i64::from(offset.seconds().abs()) > FARTHEST * 60 * 60 {
        return None;
    }
    let mut stamp: jiff::Timestamp = text.parse().ok()?;
    if late.is_some() {
        stamp = stamp.checked_add(jiff::SignedDuration::from_hours(24)).ok()?;
    }
    Some(jiff::tz::offset(8).to_datetime(stamp).date())
}

/// What stands before `T10:00` or ` 10:00:00 UTC`, and the minutes from its midnight in China to that time; no minutes
/// where the time or the zone doesn't exist.
fn time_behind(text: &str) -> Option<(&str, Option<i64>)> {
    let colon = text.find(':')?;
    let at = text[..colon].rfind(['T', 't', ' '])?;
    let time = &text[at + 1..];
    let end = time
        .find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ':' | '.' | ','))
        .unwrap_or(time.len());
    let mut parts = time[..end].split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let (half, rest) = half_of_day(time[end..].trim());
    let hour = match half {
        Some(start) if hour <= 12 => hour % 12 + start,
        _ => hour,
    };
    let is_time = (0..=24).contains(&hour) && (0..60).contains(&minute);
    let minutes = zone(rest).filter(|_| is_time).map(|zone| hour * 60 + minute + zone);
    Some((&text[..at], minutes))
}

/// Hours from UTC to a zone at most: they lie between UTC-12 and UTC+14.
const FARTHEST: i64 = 14;

/// The hour with which the half of the day begins that AM or PM names, and what stands behind that.
fn half_of_day(text: &str) -> (Option<i64>, &str) {
    let is = |half: &str| text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case(half));
    let rest = || text[2..].trim_start();
    match (is("am"), is("pm")) {
        (true, _) => (Some(0), rest()),
        (_, true) => (Some(12), rest()),
        _ => (None, text),
    }
}

/// Minutes to be added to a zone's time for that of China; `None` for a zone that doesn't exist.
fn zone(text: &str) -> Option<i64> {
    const CHINA: i64 = 8 * 60;
    let known = |hours: i64| Some(CHINA - hours * 60);
    match text {
        "" | "CST" | "北京时间" => return Some(0),
        "Z" | "z" | "UTC" | "GMT" => return known(0),
        "EST" => return known(-5),
        "EDT" => return known(-4),
        "PST" => return known(-8),
        "PDT" => return known(-7),
        "JST" | "KST" => return known(9),
        _ => {}
    }
    let offset = text.strip_prefix("UTC").or(text.strip_prefix("GMT")).unwrap_or(text);
    let sign = if offset.starts_with('-') { -1 } else { 1 };
    let digits = offset.strip_prefix(['+', '-'])?;
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "0"),
    };
    let (hours, minutes) = (hours.parse::<i64>().ok()?, minutes.parse::<i64>().ok()?);
    if hours > FARTHEST || minutes >= 60 {
        return None;
    }
    Some(CHINA - sign * (hours * 60 + minutes))
}

/// The numbers of 2023年3月5日 as texts; 日 and 号 are the same.
fn chinese_parts(text: &str) -> Option<Vec<&str>> {
    let (year, rest) = text.split_once('年')?;
    if rest.is_empty() {
        return Some(vec![year]);
    }
    let (month, rest) = rest.split_once('月')?;
    if rest.is_empty() {
        return Some(vec![year, month]);
    }
    Some(vec![
        year,
        month,
        rest.strip_suffix('日').or_else(|| rest.strip_suffix('号'))?,
    ])
}

/// A part of a date; 元 is the first month of the year.
fn number(text: &str) -> Option<i16> {
    if text == "元" {
        return Some(1);
    }
    numeral::parse(text)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_the_forms_that_authors_write() {
        let cases = [
            ("2023-03-05", "2023-03-05"),
            ("2023-3-5", "2023-03-05"),
            ("2023/3/5", "2023-03-05"),
            ("2023.03.05", "2023-03-05"),
            ("20230305", "2023-03-05"),
            ("2023年3月5日", "2023-03-05"),
            ("2023 年 03 月 05 日", "2023-03-05"),
            ("２０２３年３月５日", "2023-03-05"),
            ("2023年3月5号", "2023-03-05"),
            ("2023-03-05T10:00:00Z", "2023-03-05"),
            ("2023-03-05 10:00", "2023-03-05"),
            // A stamp that names its zone is the day in China.
            ("2024-03-05 16:30:00 UTC", "2024-03-06"),
            ("2024-3-5T16:30:00Z", "2024-03-06"),
            ("2024/03/05 16:30Z", "2024-03-06"),
            ("2024-03-05T16:30:00+0", "2024-03-06"),
            ("2024-03-05 16:30:00 -5", "2024-03-06"),
            ("2024-03-05 16:30:00 EST", "2024-03-06"),
            ("2024-03-05 06:30:00 +0900", "2024-03-05"),
            ("2024-03-05 00:30:00 +09:00", "2024-03-04"),
            ("2024-03-05 10:30 AM", "2024-03-05"),
            ("2024-03-05T23:30:00+08:00[Asia/Shanghai]", "2024-03-05"),
            ("2024-03-05T23:30:00Z[UTC]", "2024-03-06"),
            ("2024-03-05 4:30 PM UTC", "2024-03-06"),
            ("2024-03-05 11:30:00 pm GMT", "2024-03-06"),
            ("2024-03-05 12:30 AM UTC", "2024-03-05"),
            ("2024年3月5日 16:30", "2024-03-05"),
            ("2023-03-05T23:30:00Z", "2023-03-06"),
            ("2023-03-05 23:30:00 +08:00", "2023-03-05"),
            ("2023-12-31 20:00:00.5-05:00", "2024-01-01"),
            ("2024-05-01T24:00:00Z", "2024-05-02"),
            ("2024-05-01T24:00:00+08:00", "2024-05-02"),
            ("2023-01", "2023-01"),
            ("2023年1月", "2023-01"),
            ("2023", "2023"),
            ("2023年", "2023"),
            ("二〇二三年三月五日", "2023-03-05"),
            ("二O二三年十二月三十一日", "2023-12-31"),
            ("二0二三年元月", "2023-01"),
            ("二○二三年", "2023"),
            ("两千零二十三年三月五日", "2023-03-05"),
            ("贰零贰叁年零叁月零伍日", "2023-03-05"),
            ("二〇二三年三月廿五日", "2023-03-25"),
            ("2023年元月5日", "2023-01-05"),
            ("2023—03—05", "2023-03-05"),
            ("2023–3–5", "2023-03-05"),
        ];
        for (text, expected) in cases {
            assert_eq!(
                Day::parse(text).map(|day| day.to_string()).as_deref(),
                Some(expected),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "明天",
            "2023-02-30",
            "2023-13-01",
            "23-01-05",
            "2023年3月5",
            "2023-",
            "2023-1-2-3",
            "99999999",
            "1.10",
            "0023-01-01",
            "2023年度",
            "二三年三月五日",
            "二〇二三年十三月",
            "二〇二三年二月三十日",
            "元年",
            "2024-03-05T16:30:00+25:00",
            "2024-03-05T25:30:00Z",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_is_shown_as_exactly_as_it_is_known() {
        let zh = |text| Day::parse(text).unwrap().zh();
        assert_eq!(
            (zh("2023-03-05"), zh("2023-03"), zh("2023")),
            ("2023年3月5日".into(), "2023年3月".into(), "2023年".into())
        );
    }

    #[test]
    fn of_a_year_and_a_day_within_it_the_day_is_the_first() {
        let first = |days: [&str; 2]| {
            let days = days.map(|day| Day::parse(day).unwrap());
            days.into_iter().min_by_key(|day| day.order()).unwrap().to_string()
        };
        assert_eq!(first(["2022", "2022-02-28"]), "2022-02-28");
        assert_eq!(first(["2022", "2022-12-31"]), "2022");
        assert_eq!(first(["2022", "2023-01-01"]), "2022");
        assert_eq!(first(["2022-03", "2022"]), "2022-03");
    }

    #[test]
    fn a_month_ends_with_its_last_day() {
        let last = |text| Day::parse(text).unwrap().last().to_string();
        assert_eq!(
            (last("2024-02"), last("2023"), last("2023-05-06")),
            ("2024-02-29".into(), "2023-12-31".into(), "2023-05-06".into())
        );
    }
}
