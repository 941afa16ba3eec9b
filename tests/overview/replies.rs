//! 检察建议 that wait for a reply.

use crate::overview::pages::{all, rows, sample, text};

#[test]
fn replies_lead_with_priority_and_the_earliest_deadline() {
    let built = sample(false);
    let page = built.page("boards/replies.html");
    let owed: Vec<(String, String)> = rows(&page, "table.owed tbody tr")
        .into_iter()
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect();
    let expected = [
        ("逾期 384 天", "2025-11-01"),
        ("逾期 37 天", "2026-10-14"),
        ("剩 46 天", "2027-01-05"),
    ];
    assert_eq!(owed, expected.map(|(days, due)| (days.to_owned(), due.to_owned())));
    assert!(text(all(&page, "main")[0]).contains("未计节假日顺延"));
    let calendar = std::fs::read_to_string(built.site.join("boards/deadlines.ics")).unwrap();
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "RFC 5545, 3.1");
    let days: Vec<&str> = calendar
        .split("\r\n")
        .filter_map(|line| line.strip_prefix("DTSTART;VALUE=DATE:"))
        .collect();
    assert_eq!(days, ["20251101", "20261014", "20270105"]);
    let reminders = built.page("boards/reminders.html");
    assert_eq!(all(&reminders, ".sheet").len(), 3, "a sheet a department");

    let public = sample(true);
    let page = public.page("boards/replies.html");
    assert!(text(all(&page, "main")[0]).contains("目前没有逾期未回复的检察建议"));
    assert!(!public.site.join("boards/reminders.html").exists() && !public.site.join("boards/deadlines.ics").exists());
}
