use super::{outcomes_of, record};
use crate::adoption::people;
use crate::adoption::topics::{Standing, progress, standing, under_35, youth};
use crate::record::Detail;
use crate::record::date::Day;
use crate::settings::{Person, Settings};

fn person(name: &str, key: &str, born: &str, department: &str) -> Person {
    Person {
        name: name.into(),
        key: key.into(),
        born: Day::parse(born),
        unit: Some("甲院".into()),
        department: Some(department.into()),
        posts: Vec::new(),
        mentor: None,
        honours: Vec::new(),
    }
}

fn roster() -> Settings {
    Settings {
        people: vec![
            person("丁某", "ding", "1988-03", "一部"),
            person("于某", "yu1", "1990-01", "一部"),
            person("于某", "yu2", "1970-01", "二部"),
        ],
        ..Settings::default()
    }
}

#[test]
fn under_35_ends_with_the_month_of_the_birthday() {
    for (born, on, is_young) in [
        ("1988-03", "2023-02-08", true),
        ("1988-03", "2023-02-28", true),
        ("1988-03", "2023-03-01", false),
        ("1988-03", "2023-04-01", false),
        ("1988-12", "2023-11-30", true),
        ("1988-12", "2024-01-01", false),
    ] {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(under_35(day(born), day(on)), is_young, "{born} {on}");
    }
}

#[test]
fn a_topic_is_a_call_a_youth_project_or_another() {
    for (fields, expected) in [
        ("category: 论坛征文\nlead: 丁某\ndate: 2020-01-01", Standing::Call),
        ("category: 创新课题\nlead: 丁某\ndate: 2023-02-08", Standing::Youth),
        ("category: 创新课题\nlead: 丁某\ndate: 2023-03-01", Standing::Other),
        ("category: 创新课题\nlead: 丁某", Standing::Other),
        ("category: 创新课题\nlead: 无名\ndate: 2020-01-01", Standing::Other),
        ("lead: 于某\ndepartment: 一部\ndate: 2020-01-01", Standing::Youth),
        ("lead: 于某\ndepartment: 二部\ndate: 2020-01-01", Standing::Other),
        // Which of the namesakes leads it can't be told.
        ("lead: 于某\ndate: 2020-01-01", Standing::Other),
    ] {
        let record = record("题", &format!("kind: topic\ntitle: 课题\n{fields}"));
        let Detail::Topic(topic) = &record.detail else { panic!() };
        assert_eq!(standing(&record, topic, &roster()), expected, "{fields}");
    }
}

#[test]
fn the_roster_tells_namesakes_apart_or_credits_nobody() {
    for (name, fields, expected) in [
        ("丁某", "", Some(0)),
        ("yu2", "", Some(2)),
        ("于某", "departments: [二部]", Some(2)),
        ("于某", "departments: [一部, 二部]", None),
        ("于某", "departments: [三部]\nunit: 甲院", None),
        ("于某", "", None),
        ("无名", "", None),
    ] {
        let record = record("研", &format!("kind: report\ntitle: 报告\n{fields}"));
        assert_eq!(people::of(name, &record, &roster()), expected, "{name} {fields}");
    }
}

#[test]
fn youth_projects_count_their_leaders_once() {
    let topic = |status: &str| {
        format!(
            "kind: topic\ntitle: 课题{status}\nlead: 丁某\ndate: 2020-01-01\nstatus: {status}\n\
             key_results: [{{text: 甲, done: true}}, 乙]"
        )
    };
    let records = [
        record("一", &topic("在研")),
        record("二", &topic("已结项")),
        record("三", &topic("已结项\ndraft: true")),
        record(
            "四",
            "kind: topic\ntitle: 课题\ncategory: 选题征集\nlead: 丁某\ndate: 2020-01-01",
        ),
    ];
    let Detail::Topic(first) = &records[0].detail else {
        panic!()
    };
    assert_eq!((progress(first).done, progress(first).all), (1, 2));
    let outcomes = outcomes_of(&records, &roster());
    let figures = youth(&records.iter().zip(&outcomes).collect::<Vec<_>>(), &roster());
    assert_eq!(
        (
            figures.projects,
            figures.leaders,
            figures.results.done,
            figures.results.all
        ),
        (2, 1, 2, 4)
    );
    assert_eq!((figures.running, figures.finished, figures.stopped), (1, 1, 0));
}
