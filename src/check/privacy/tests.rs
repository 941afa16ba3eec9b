mod forms;
mod lists;
mod names;

use super::*;
use crate::office::{Line, Place, Said};

fn source(text: &str) -> Source {
    Source::of("a".into(), "a.md".into(), text.into())
}

/// Rules with the text that each found, in order.
fn found(text: &str) -> Vec<(&'static str, String)> {
    let diagnostics = privacy(&source(text), Visibility::Public);
    diagnostics
        .into_iter()
        .map(|d| (d.code, text[d.span.unwrap_or(0..0)].to_string()))
        .collect()
}

fn assert_finds(code: &str, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        assert_eq!(
            found(text),
            [(code, (*expected).to_string())].map(|(code, text)| (leak(code), text)),
            "{text}"
        );
    }
}

fn leak(code: &str) -> &'static str {
    [
        "privacy-id-number",
        "privacy-mobile",
        "privacy-bank-card",
        "privacy-email",
        "privacy-plate",
        "privacy-passport",
        "privacy-account",
    ]
    .into_iter()
    .find(|known| *known == code)
    .unwrap()
}

#[test]
fn resident_id_numbers_are_found_by_their_checksum() {
    assert_finds(
        "privacy-id-number",
        &[
            ("公民身份号码110101199003071233。", "110101199003071233"),
            ("（53010119720229106X）", "53010119720229106X"),
            ("53010119720229106x", "53010119720229106x"),
            (
                "１１０１０１１９９００３０７１２３３",
                "１１０１０１１９９００３０７１２３３",
            ),
            ("身份证 110101 19900307 1233 号", "110101 19900307 1233"),
            (
                "1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 2 3 3",
                "1 1 0 1 0 1 1 9 9 0 0 3 0 7 1 2 3 3",
            ),
            ("2023-03-05 110101199003071233", "110101199003071233"),
        ],
    );
}

#[test]
fn mobile_numbers_are_found_in_the_groups_that_people_write() {
    assert_finds(
        "privacy-mobile",
        &[
            ("联系电话：13800138000。", "13800138000"),
            ("138 0013 8000", "138 0013 8000"),
            ("138-0013-8000", "138-0013-8000"),
            ("+86 13800138000", "86 13800138000"),
            ("8613800138000", "8613800138000"),
            ("１３８００１３８０００", "１３８００１３８０００"),
            ("手机13800138000元旦后停用", "13800138000"),
        ],
    );
}

#[test]
fn cards_accounts_addresses_and_plates_are_found() {
    assert_finds(
        "privacy-bank-card",
        &[
            ("银行卡号6222 0212 3456 7890 128", "6222 0212 3456 7890 128"),
            ("转入账户：6222021234567894", "6222021234567894"),
        ],
    );
    assert_finds(
        "privacy-email",
        &[
            ("请寄zhang.san@example.com。", "zhang.san@example.com"),
            ("a＠example.cn", "a＠example.cn"),
        ],
    );
    assert_finds(
        "privacy-plate",
        &[
            ("驾驶云A12345号轿车", "云A12345"),
            ("粤B·D12345", "粤B·D12345"),
            ("京A1234警", "京A1234警"),
            ("云Ａ１２３４５", "云Ａ１２３４５"),
        ],
    );
    assert_finds(
        "privacy-passport",
        &[
            ("护照号码E12345678", "E12345678"),
            ("护照号：E20071017", "E20071017"),
            ("持护照（号码：EA1234567）", "EA1234567"),
        ],
    );
    assert_finds(
        "privacy-account",
        &[
            ("微信号：zhang_san88", "zhang_san88"),
            ("微信：zs123456", "zs123456"),
            ("QQ号码 123456789", "123456789"),
            ("QQ:10001", "10001"),
            ("WeChat: lisi_2020", "lisi_2020"),
        ],
    );
}

#[test]
fn what_looks_like_personal_data_and_is_none_is_left_alone() {
    let harmless = [
        "110101199003071234",
        "刑法第二百六十四条、第264条",
        "（2022）东0726刑初118号、检例第142号、澄检建〔2023〕12号",
        "涉案金额13800138000元，另有13812345678.50元",
        "订单号13800138000，统一社会信用代码91530100MA6K12345X",
        "https://www.example.com/fabu-xiangqing-13800138000.html",
        "2019年1月1日至2021年12月31日，1986-2020 年，138 人、0013 件、8000 元",
        "6222021234567895",
        "快递单号6222021234567894",
        "8222021234567892",
        "卡号6222021234567895",
        "见图logo@2x.png，用户名@某",
        "新A股12345手，京B2B平台，川A123",
        "护照过期123456789天",
        "微信转账12000元，微信群有500人，微信支付，用QQ聊天",
        "微信朋友圈发布2023年",
        "| 2021 | 1380 | 0138 | 0001 |",
    ];
    for text in harmless {
        assert_eq!(found(text), [], "{text}");
    }
}

#[test]
fn a_public_document_has_errors_and_an_internal_one_warnings() {
    let severity = |visibility| privacy(&source("13800138000"), visibility)[0].severity;
    assert_eq!(
        (severity(Visibility::Public), severity(Visibility::Internal)),
        (Severity::Error, Severity::Warning)
    );
}

#[test]
fn a_diagnostic_stands_at_its_place_and_masks_what_it_found() {
    let diagnostic = privacy(&source("一\n电话 13800138000\n"), Visibility::Public).remove(0);
    let position = diagnostic.position.unwrap();
    assert_eq!((position.line, position.column), (2, 4));
    assert_eq!(diagnostic.args, [("masked", "138********".to_string())]);
}

#[test]
fn a_comment_with_a_reason_silences_one_place() {
    let comment = "<!-- jianyan: allow privacy-mobile 公开的值班电话 -->";
    assert_eq!(found(&format!("13800138000 {comment}")), []);
    assert_eq!(found(&format!("{comment}\n13800138000")), []);
    let front = "---\nphone: 13800138000 # jianyan: allow privacy-mobile 公开的值班电话\n---\n";
    let source = Source::of("a".into(), "a.md".into(), front.into());
    assert_eq!(privacy(&source, Visibility::Public), []);
    assert_eq!(found(&format!("{comment}\n\n13800138000")).len(), 1);
    assert_eq!(found(&format!("{comment}\na@example.com")).len(), 1);
    assert_eq!(found(&format!("{comment}\n电话13800138000，另有13900139000")).len(), 1);
    assert_eq!(
        found(&format!("{comment}{comment}\n电话13800138000，另有13900139000")),
        []
    );
}

#[test]
fn what_a_page_shows_is_no_comment() {
    for text in [
        "jianyan: allow privacy-mobile 值班电话\n电话13800138000。",
        "`jianyan: allow privacy-mobile 值班电话` 电话13800138000。",
        "> jianyan: allow privacy-mobile 值班电话\n> 电话13800138000。",
        "# jianyan: allow privacy-mobile 值班电话\n电话13800138000。",
    ] {
        assert_eq!(found(text).len(), 1, "{text}");
    }
    for reason in [".", "-", "…", "x"] {
        let text = format!("<!-- jianyan: allow privacy-mobile {reason} -->\n13800138000");
        assert_eq!(found(&text).len(), 2, "{text}");
    }
}

#[test]
fn a_comment_without_a_reason_silences_nothing() {
    let codes: Vec<_> = found("<!-- jianyan: allow privacy-mobile -->13800138000")
        .into_iter()
        .map(|(code, _)| code)
        .collect();
    assert_eq!(codes, ["allow-without-reason", "privacy-mobile"]);
}

#[test]
fn names_of_files_are_looked_at_too() {
    let codes = |file, text: Option<&str>| {
        attachment(file, text.map_or(Content::Unknown, Content::Lines))
            .into_iter()
            .map(|found| found.code)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        codes("附件/张某13800138000.pdf", None),
        ["privacy-mobile", "attachment-unchecked"]
    );
    assert_eq!(codes("附件/名单.csv", Some("张某,13800138000\n")), ["privacy-mobile"]);
    assert_eq!(codes("附件/名单.csv", Some("张某,略\n")), [""; 0]);
    assert_eq!(codes("附件/2024-03-05-张伟盗窃案.txt", Some("")), ["privacy-name"]);
    assert_eq!(codes("附件/张某盗窃案.txt", Some("")), [""; 0]);
    let mut named = source("正文");
    named.file = "110101199003071233.md".into();
    assert_eq!(privacy(&named, Visibility::Public)[0].span, None);
}

fn said(lines: &[&str], unread: usize) -> Said {
    let line = |text: &&str| Line {
        text: (*text).to_owned(),
        place: Place::Paragraph,
    };
    Said {
        lines: lines.iter().map(line).collect(),
        unread: vec![String::new(); unread],
    }
}

#[test]
fn attachments_are_looked_into_as_far_as_they_can_be_read() {
    let codes = |found: &[Diagnostic]| found.iter().map(|finding| finding.code).collect::<Vec<_>>();
    for (file, text) in [
        ("附件/a.txt", "内部资料　注意保存\n\n正文"),
        ("附件/a.csv", "工作秘密\n甲,乙\n"),
        ("附件/工作秘密.txt", "正文"),
        ("附件/材料_工作秘密.txt", "正文"),
        ("附件/材料（内部资料）定稿.txt", "正文"),
    ] {
        let found = attachment(file, Content::Lines(text));
        assert_eq!(codes(&found), ["attachment-internal-mark"], "{file}");
    }
    let listed = attachment("附件/分类.txt", Content::Lines("国家秘密\n工作秘密\n商业秘密\n"));
    assert!(listed.is_empty(), "{listed:?}");
    let judged = |lines: &[&str], unread| attachment("附件/名单.xlsx", Content::Said(&said(lines, unread)));
    let found = judged(&["甲 13800138000", "乙 13900139000"], 2);
    assert_eq!(codes(&found), ["privacy-mobile", "attachment-partly-unchecked"]);
    assert!(
        found[0].args.iter().any(|(_, value)| value.ends_with(" ×2")),
        "{found:?}"
    );
    assert_eq!(found[0].span, None);
    assert_eq!(codes(&judged(&["机密★10年", "电话13800138000"], 0)), ["classified"]);
    assert_eq!(
        codes(&attachment("附件/a.txt", Content::Lines("秘密\n"))),
        ["classified"]
    );
    assert_eq!(codes(&judged(&["侵犯商业秘密案统计"], 0)), [""; 0]);
    let drawing = "<svg><text>138<tspan>0013</tspan>8000</text></svg>";
    assert_eq!(
        codes(&attachment("附件/a.svg", Content::Markup(drawing))),
        ["privacy-mobile"]
    );
}

#[test]
fn each_line_of_an_office_file_is_judged_by_what_it_is() {
    let cell = |row, column, text: &str, header: Option<&str>| Line {
        text: text.to_owned(),
        place: Place::Cell(crate::office::Cell {
            hidden: false,
            sheet: Some("名单".into()),
            row,
            column,
            row_header: header.map(Into::into),
            column_header: None,
        }),
    };
    let one = |text: &str, place| Line {
        text: text.to_owned(),
        place,
    };
    for lines in [
        vec![cell(1, 1, "被害人", None), cell(1, 2, "王小明", None)],
        vec![cell(1, 2, "王小明", Some("被害人"))],
        vec![one("张伟盗窃案", Place::Title)],
        vec![one("王小明13800138000", Place::Property("creator".into()))],
        vec![one("被告人张伟", Place::Header)],
        vec![one("被告人张伟", Place::Hidden), one("正文", Place::Paragraph)],
    ] {
        let said = Said {
            lines,
            unread: Vec::new(),
        };
        assert_eq!(attachment("附件/a.docx", Content::Said(&said)).len(), 1, "{said:?}");
    }
}

#[test]
fn a_name_that_is_known_is_not_told_with_the_character_after_it() {
    let names = |text: &str| -> Vec<usize> {
        let found = privacy(&source(text), Visibility::Internal);
        found
            .iter()
            .filter_map(|finding| finding.span.clone())
            .map(|span| text[span].chars().count())
            .collect()
    };
    assert_eq!(names("被告人胡榕，男。\n被告人胡榕利用职务之便。\n"), [2]);
    assert_eq!(
        names("被告人余蒂妮、陈杰，均有罪。\n被告人余蒂妮、陈杰作为主管人员。\n"),
        [3, 2]
    );
    // Where nothing else tells, it is told all the same.
    assert_eq!(names("被告人余蒂妮、陈杰作为主管人员。\n"), [3, 3]);
    assert_eq!(names("被告人王胜利，男。\n被告人王胜利用刀威胁。\n"), [3]);
}

/// A line of the labelled ones with the kinds that are to be found in it.
fn labelled() -> Vec<(&'static str, Vec<&'static str>)> {
    let lines = include_str!("../../../tests/fixtures/privacy/lines.tsv").lines();
    let lines = lines.filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (text, kinds) = line.split_once('\t').unwrap();
            (text, kinds.split(',').filter(|kind| *kind != "-").collect())
        })
        .collect()
}

/// The measure of the rules: of the kinds with a checksum none is missed; of all at least 98 % are
/// found, and at most one line in a hundred raises a false alarm.
#[test]
fn the_labelled_lines_are_judged_as_people_judge_them() {
    let lines = labelled();
    assert!(lines.len() >= 300);
    let (mut expected, mut hits, mut false_alarms) = (0, 0, Vec::new());
    let mut missed = Vec::new();
    for (text, kinds) in &lines {
        let mut found: Vec<_> = found(text)
            .into_iter()
            .map(|(code, _)| &code["privacy-".len()..])
            .collect();
        for kind in kinds {
            expected += 1;
            match found.iter().position(|known| known == kind) {
                Some(at) => {
                    found.remove(at);
                    hits += 1;
                }
                None => missed.push((*kind, *text)),
            }
        }
        // A second person of one line is not a false alarm.
        found.retain(|kind| !(*kind == "name" && kinds.contains(kind)));
        if !found.is_empty() {
            false_alarms.push((found, *text));
        }
    }
    let surely = |kind: &str| matches!(kind, "id-number" | "bank-card");
    assert!(missed.iter().all(|(kind, _)| !surely(kind)), "{missed:#?}");
    assert!(hits * 100 >= expected * 98, "{hits} of {expected}: {missed:#?}");
    assert!(
        false_alarms.len() * 100 <= lines.len(),
        "of {}: {false_alarms:#?}",
        lines.len()
    );
}

#[test]
fn full_names_in_the_titles_of_cases_are_found() {
    for (text, expected) in [
        ("# 张伟、李娜盗窃案", vec!["张伟", "李娜"]),
        ("---\ntitle: 张建国受贿案（检例第9号）\n---\n", vec!["张建国"]),
        ("---\n标题: 王芳等人诈骗案\n---\n", vec!["王芳"]),
        ("# 张某、李某盗窃案", vec![]),
        ("# 督促整治非法采砂案", vec![]),
        ("# 高空抛物民事公益诉讼案", vec![]),
        ("# 黄金诈骗案", vec![]),
        ("张伟盗窃案是一起典型案件", vec![]),
    ] {
        let names: Vec<String> = found(text).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, expected, "{text}");
    }
}

#[test]
fn a_name_ends_where_the_text_elsewhere_says_that_it_does() {
    let names = |text: &str| found(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    assert_eq!(names("被告人陶伟翻供。\n被告人陶伟，男"), ["陶伟"]);
    assert_eq!(names("被告人陶伟，男\n被告人陶伟翻供。"), ["陶伟"]);
    assert_eq!(names("被告人叶源星编写软件。\n被告人叶源星，男"), ["叶源星"]);
    assert_eq!(names("被告人郑一庚构成犯罪。被告人郑一庚（化名）"), [""; 0]);
}

#[test]
fn an_invented_name_may_be_emphasised() {
    let names = |text: &str| found(text).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
    for text in [
        "被害人王小明（化名）陈述",
        "被害人王小明*（化名）*陈述",
        "被害人**王小明**（化名）陈述",
        "被害人王小明 __（化名）__ 陈述",
    ] {
        assert_eq!(names(text), [""; 0], "{text}");
    }
    assert_eq!(names("被害人张建国*陈述"), ["张建国"]);
}
