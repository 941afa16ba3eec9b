use super::*;
use crate::office::block::Form;

fn guessed(lines: &[&str]) -> (Guess, Vec<String>) {
    let blocks: Vec<Block> = lines
        .iter()
        .map(|line| Block::paragraph(vec![Inline::text(*line)]))
        .collect();
    let mut document = Document {
        blocks,
        ..Document::default()
    };
    let guess = take(&mut document, "扫描件2024.docx", None);
    (guess, texts(&document.blocks))
}

#[test]
fn a_recommendation_is_read_from_its_head_and_foot() {
    let (guess, left) = guessed(&[
        "澄溪县人民检察院",
        "检 察 建 议 书",
        "澄检建[2024]第06号",
        "澄溪县民政局：",
        "我院在履职中发现问题。",
        "澄溪县人民检察院",
        "二〇二四年三月五日",
    ]);
    assert_eq!((guess.kind, guess.title.as_str()), (Kind::Recommendation, "检察建议书"));
    assert_eq!(guess.number.as_deref(), Some("澄检建〔2024〕6号"));
    assert_eq!(guess.addressee.as_deref(), Some("澄溪县民政局"));
    assert_eq!(guess.unit.as_deref(), Some("澄溪县人民检察院"));
    assert_eq!(guess.date.map(|day| day.to_string()).as_deref(), Some("2024-03-05"));
    assert_eq!(
        left,
        [
            "澄溪县民政局：",
            "我院在履职中发现问题。",
            "澄溪县人民检察院",
            "二〇二四年三月五日"
        ]
    );
}

#[test]
fn a_title_of_two_lines_is_one() {
    let (guess, left) = guessed(&[
        "关于澄溪县未成年人文身情况的",
        "调研报告",
        "未成年人检察办公室",
        "（2024年3月）",
        "摘要：问卷一千二百份。",
        "关键词：文身；未成年人 治理",
        "一、基本情况",
    ]);
    assert_eq!(guess.title, "关于澄溪县未成年人文身情况的调研报告");
    assert_eq!(guess.kind, Kind::Report);
    assert_eq!(guess.date.map(|day| day.to_string()).as_deref(), Some("2024-03"));
    assert_eq!(guess.unit.as_deref(), Some("未成年人检察办公室"));
    assert_eq!(guess.summary.as_deref(), Some("问卷一千二百份。"));
    assert_eq!(guess.tags, ["文身", "未成年人", "治理"]);
    assert_eq!(left, ["一、基本情况"]);
}

/// The title that is guessed of lines, each with its size: `44|关于…` is centred and of that size.
pub(super) fn title_of(lines: &[&str]) -> String {
    let block = |line: &&str| match line.split_once('|') {
        Some((size, text)) => Block::Paragraph {
            text: vec![Inline::text(text)],
            form: Form {
                centred: true,
                size: size.parse().unwrap(),
                ..Form::default()
            },
        },
        None => Block::paragraph(vec![Inline::text(*line)]),
    };
    let mut document = Document {
        blocks: lines.iter().map(block).collect(),
        ..Document::default()
    };
    take(&mut document, "文件.docx", None).title
}

#[test]
fn the_title_is_found_among_the_lines_of_a_head() {
    for (lines, expected) in [
        (
            &[
                "72|澄溪县人民检察院文件",
                "32|澄检发〔2024〕6号",
                "44|关于河道采砂监管的",
                "44|调研报告",
                "32|张某某",
                "正文。",
            ][..],
            "关于河道采砂监管的调研报告",
        ),
        (
            &[
                "44|未成年人文身治理的实证研究",
                "36|——以澄溪县为样本",
                "张伟　李娜",
                "摘要：问卷。",
            ],
            "未成年人文身治理的实证研究",
        ),
        (
            &[
                "52|检察情况反映",
                "（第12期）",
                "44|我县电信网络诈骗案件呈现三个新特点",
                "正文。",
            ],
            "我县电信网络诈骗案件呈现三个新特点",
        ),
        (
            &["课题名称：河道采砂公益诉讼研究", "课题负责人：张伟", "正文。"],
            "河道采砂公益诉讼研究",
        ),
        (
            &[
                "44|关于澄溪县农村桥梁安全",
                "44|情况的调研报告",
                "表1 桥梁数量",
                "正文。",
            ],
            "关于澄溪县农村桥梁安全情况的调研报告",
        ),
        (&["关于噪声的调研报告", "王小明", "正文。"], "关于噪声的调研报告"),
        (
            &["Annual report", "of the office", "Contents", "Some text."],
            "Annual report",
        ),
        (
            &[
                "44|《长江保护法》实施情况",
                "44|与完善路径",
                "32|澄溪县人民检察院课题组",
                "正文。",
            ],
            "《长江保护法》实施情况与完善路径",
        ),
        (
            &[
                "特急",
                "44|关于报送专项活动总结的",
                "44|报告",
                "澄溪县人民检察院：",
                "正文。",
            ],
            "关于报送专项活动总结的报告",
        ),
        (&["44|某某盗窃案", "32|（检例第142号）", "正文。"], "某某盗窃案"),
        (
            &["内容摘要：本文。", "44|认罪认罚从宽制度的基层实践", "正文。"],
            "认罪认罚从宽制度的基层实践",
        ),
        (&["附件1", "44|整治非法采砂工作方案", "正文。"], "整治非法采砂工作方案"),
    ] {
        assert_eq!(title_of(lines), expected, "{lines:?}");
    }
}

#[test]
fn notes_and_pictures_of_the_title_stay_in_the_text() {
    let picture = Inline::Picture {
        name: "图1.png".to_owned(),
        description: "图1".to_owned(),
    };
    let blocks = vec![
        Block::Title(vec![
            picture.clone(),
            Inline::text("关于噪声的调研报告"),
            Inline::Note(1),
        ]),
        Block::paragraph(vec![Inline::text("正文。")]),
    ];
    let mut document = Document {
        blocks,
        ..Document::default()
    };
    assert_eq!(take(&mut document, "a.docx", None).title, "关于噪声的调研报告");
    assert_eq!(
        document.blocks[0].inlines(),
        [picture, Inline::text("题注"), Inline::Note(1)]
    );
}

#[test]
fn a_title_too_long_for_one_stays_in_the_text() {
    let long = "长".repeat(90);
    let mut document = Document {
        blocks: vec![Block::Title(vec![Inline::text(&*long)])],
        ..Document::default()
    };
    assert_eq!(take(&mut document, "甲.docx", None).title, "甲");
    assert_eq!(texts(&document.blocks), [long]);
}

#[test]
fn a_department_after_its_unit_is_one_of_its_own() {
    let (guess, left) = guessed(&["关于采砂的调研报告", "澄溪县人民检察院第六检察部", "一、基本情况"]);
    assert_eq!(guess.unit.as_deref(), Some("澄溪县人民检察院"));
    assert_eq!(guess.department.as_deref(), Some("第六检察部"));
    assert_eq!(left, ["一、基本情况"]);
}

#[test]
fn the_name_of_the_file_helps_where_the_text_says_nothing() {
    let (guess, _) = guessed(&["这是一段没有标题的正文，说明情况。"]);
    assert_eq!(
        (guess.title.as_str(), guess.date.map(|day| day.to_string())),
        ("扫描件2024", Some("2024".into()))
    );
}

#[test]
fn a_line_that_is_a_title_counts_before_the_first_section_below_it() {
    let title_of = |lines: &[(&str, bool)]| {
        let block = |(text, heading): &(&str, bool)| match heading {
            true => Block::Heading(1, vec![Inline::text(*text)]),
            false => Block::paragraph(vec![Inline::text(*text)]),
        };
        let mut document = Document {
            blocks: lines.iter().map(block).collect(),
            ..Document::default()
        };
        take(&mut document, "文件.odt", None).title
    };
    let titled = [("关于试验的调研报告", false), ("基本情况", true), ("正文。", false)];
    assert_eq!(title_of(&titled), "关于试验的调研报告");
    let headed = [("澄溪县人民检察院", false), ("河道采砂的治理", true), ("正文。", false)];
    assert_eq!(title_of(&headed), "河道采砂的治理");
}

#[test]
fn the_number_of_a_report_stays_in_its_text() {
    let (guess, left) = guessed(&["澄检研〔2024〕3号", "关于噪声的调研报告", "正文。"]);
    assert_eq!((guess.kind, guess.title.as_str()), (Kind::Report, "关于噪声的调研报告"));
    assert_eq!(left, ["澄检研〔2024〕3号", "正文。"]);
}

#[test]
fn a_line_of_a_title_that_fills_the_page_goes_on_in_the_centre() {
    let block = |text: &str, centred, size| Block::Paragraph {
        text: vec![Inline::text(text)],
        form: Form {
            centred,
            size,
            ..Form::default()
        },
    };
    let mut document = Document {
        blocks: vec![
            block("关于消除农村公路危桥安全隐患的检察建", false, 44),
            block("议书", true, 44),
            block("澄溪县交通运输局：", false, 32),
        ],
        ..Document::default()
    };
    let guess = take(&mut document, "文件.pdf", None);
    assert_eq!(guess.title, "关于消除农村公路危桥安全隐患的检察建议书");
    assert_eq!(guess.kind, Kind::Recommendation);
}

#[test]
fn the_folder_of_a_file_tells_the_kind_where_the_text_does_not() {
    for (path, title, expected) in [
        ("典型案例/甲.docx", "某公司合同纠纷", Kind::Case),
        ("资料\\法律法规\\甲.docx", "某市规章汇编", Kind::Law),
        ("典型案例/甲.docx", "关于某事的检察建议书", Kind::Recommendation),
        ("甲.docx", "应急预案", Kind::Report),
    ] {
        assert_eq!(kind_of(path, title, "正文。"), expected, "{path}");
    }
}
