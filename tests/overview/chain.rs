//! What hangs together, from the topic to the honour.

use crate::overview::pages::{all, sample, text};
use scraper::Selector;

#[test]
fn a_chain_tells_its_story_on_every_page_that_it_touches() {
    let built = sample(false);
    let story = |file: &str| -> Vec<(String, String)> {
        let page = built.page(file);
        let found = all(&page, "ol.chain > li").into_iter();
        found
            .map(|step| {
                let part = |class: &str| {
                    step.select(&Selector::parse(class).unwrap())
                        .next()
                        .map(text)
                        .unwrap_or_default()
                };
                (part(".when"), part(".stage"))
            })
            .collect()
    };
    let expected = [
        ("2022-04-02", "立项"),
        ("2022-08-26", "成稿"),
        ("2022-09-15", "成果"),
        ("2022-09-15", "制发"),
        ("2022-11-10", "回复"),
        ("2022-12-20", "成果"),
        ("2023-01-15", "整改"),
        ("2023-01-20", "办结"),
        ("2023-02-28", "成案"),
        ("2023-11-09", "荣誉"),
    ];
    let expected: Vec<(String, String)> = expected
        .iter()
        .map(|(date, stage)| ((*date).into(), (*stage).into()))
        .collect();
    for file in [
        "调研报告/R02-澄溪县地名文化保护现状实证报告.html",
        "检察建议/J01-关于加强传统地名保护管理的检察建议书.html",
        "案例/C03-督促保护传统地名行政公益诉讼案.html",
        "项目（课题）/P07-地名文化保护田野调查.html",
    ] {
        assert_eq!(story(file), expected, "{file}");
    }
    // The instruction and the internal documents of another chain are absent in public.
    let public = sample(true).page("调研报告/R01-关于澄溪县未成年人文身情况的调研报告.html");
    let steps: Vec<String> = all(&public, "ol.chain > li").into_iter().map(text).collect();
    assert_eq!(steps.len(), 4, "{steps:#?}");
    assert!(
        steps
            .iter()
            .all(|step| !step.contains("批示") && !step.contains("检察建议书") && !step.contains("立项"))
    );
}
