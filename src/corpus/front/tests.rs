//! What is a front matter, what is none, and what is wrong with one.

use super::*;

fn parts(text: &str) -> (Option<&str>, &str, Option<Problem>) {
    let split = split(text);
    (split.front.map(|range| &text[range]), &text[split.body], split.problem)
}

#[test]
fn a_front_matter_ends_at_its_second_line_of_dashes() {
    assert_eq!(
        parts("---\ntitle: 一\n---\n正文\n"),
        (Some("title: 一\n"), "正文\n", None)
    );
    assert_eq!(parts("--- \n标题: 一\n...\n正文"), (Some("标题: 一\n"), "正文", None));
    assert_eq!(
        parts("---\n# 说明\n\n标题：一\n---"),
        (Some("# 说明\n\n标题：一\n"), "", None)
    );
    assert_eq!(parts("---\n---\n正文"), (Some(""), "正文", None));
    for front in [
        "?\n  kind\n:\n  report\ntitle: 一\n",
        "!!map\ntitle: 一\n",
        "&all\ntitle: 一\n",
    ] {
        assert_eq!(parts(&format!("---\n{front}---\n正文")), (Some(front), "正文", None));
    }
    let braces = "{\"kind\":\"report\",\"title\":\"一\"}\n";
    assert_eq!(parts(&format!("---\n{braces}---\n正文")), (Some(braces), "正文", None));
    assert_eq!(
        parts("---\u{A0}\ntitle:\u{3000}一\n---\u{3000}\n正文"),
        (Some("title:\u{3000}一\n"), "正文", None)
    );
}

#[test]
fn a_thematic_break_is_not_a_front_matter() {
    for text in [
        "---\n\n正文。\n\n---\n",
        "----\na: 1\n---\n",
        "---",
        "---\n他说：“好。”这是一句很长很长的话，超过三十个字也没有关系。\n---\n",
        "日期：2024年3月5日，地点：会议室。\n\n正文\n",
        "{甲}说\n",
        "+++\n正文\n",
    ] {
        assert_eq!(parts(text), (None, text, None), "{text}");
    }
    assert_eq!(parts("正文\n---\na: 1\n---\n").0, None);
}

#[test]
fn a_front_matter_that_says_nothing_is_one() {
    for front in ["", "\n", "   \n\n", "# 待填\n", "~\n", "null\n", "{}\n"] {
        let text = format!("---\n{front}---\n\n# 关于甲的报告\n");
        assert_eq!(parts(&text), (Some(front), "\n# 关于甲的报告\n", None), "{front:?}");
    }
    let heading = "---\n\n# 关于甲的报告\n\n---\n正文\n";
    assert_eq!(parts(heading), (None, heading, None));
}

#[test]
fn a_line_of_dashes_within_an_entry_is_named() {
    for (front, body) in [
        (
            "adoptions:\n  - date: 2024-04-04\n",
            "    level: county\n    effect: noted\n---\n正文\n",
        ),
        ("adoptions:\n", "- date: 2024-04-04\n  form: 刊发\n---\n"),
        ("reply:\n", "  日期: 2024-04-04\n---\n"),
        ("note: |\n  甲\n", "  乙\n---\n正文\n"),
    ] {
        let problem = parts(&format!("---\ntitle: 一\n{front}---\n{body}")).2;
        assert!(matches!(problem, Some(Problem::EndsEarly(_))), "{front}{body}");
    }
    for body in [
        "  正文\n---\n",
        "- 时间: 三月\n---\n",
        "\n  level: county\n---\n",
        "  level: county\n",
    ] {
        assert_eq!(parts(&format!("---\ntitle: 一\n---\n{body}")).2, None, "{body}");
    }
}

#[test]
fn an_unclosed_front_matter_is_named() {
    let text = "---\ntitle: 一\n\n正文\n";
    assert_eq!(parts(text), (None, text, Some(Problem::Unclosed)));
}

#[test]
fn a_line_of_dashes_within_a_front_matter_is_named() {
    let text = "---\ntitle: 一\nnote: |\n  甲\n---\n  乙\nsummary: 摘\n---\n正文\n";
    let (front, _, problem) = parts(text);
    assert_eq!(front, Some("title: 一\nnote: |\n  甲\n"));
    assert!(matches!(problem, Some(Problem::EndsEarly(_))), "{problem:?}");
    for second in ["\n\n---\ndraft: true\n---\n正文\n", "---\nvisibility: internal\n...\n"] {
        let (.., problem) = parts(&format!("---\ntitle: 一\n---\n{second}"));
        assert!(matches!(problem, Some(Problem::EndsEarly(_))), "{second}");
    }
    for body in [
        "---\n\n正文\n\n---\n",
        "---\n正文: 乙\n---\n",
        "正文\n\nsummary: 摘\n---\n",
        "摘要：甲\n---\n",
        "---\nsummary: 摘\n",
        "正文\n---\n",
    ] {
        assert_eq!(parts(&format!("---\ntitle: 一\n---\n{body}")).2, None, "{body}");
    }
}

#[test]
fn what_stands_before_a_front_matter_is_named() {
    for before in [
        "\n",
        " ",
        "\u{3000}",
        "\u{200B}",
        "<!-- 注 -->\n",
        "\n\n\u{A0}\n",
        "\u{FEFF}",
    ] {
        let text = format!("{before}---\ntitle: 一\n---\n正文");
        let (front, body, problem) = parts(&text);
        assert_eq!((front, body), (Some("title: 一\n"), "正文"), "{before:?}");
        assert!(matches!(problem, Some(Problem::Before(_))), "{before:?}: {problem:?}");
    }
    let text = "一段话。\n---\ntitle: 一\nkind: report\n---\n正文";
    assert_eq!(parts(text), (None, text, Some(Problem::Before(0.."一段话。".len()))));
}

#[test]
fn a_front_matter_behind_the_mark_of_a_conflict_is_named() {
    let sides = "---\nkind: report\ntitle: 甲\n=======\n---\nkind: report\ntitle: 乙\n>>>>>>> x\ndraft: true\n---\n";
    let text = format!("<<<<<<< HEAD\n{sides}\n正文");
    assert_eq!(parts(&text), (None, &*text, Some(Problem::Before(0..12))));
}

#[test]
fn a_line_that_says_draft_is_one_by_itself() {
    for line in ["草稿：是", "draft: true", "> Draft: yes", "草稿: Y"] {
        for text in [format!("{line}\n\n正文"), format!("# 标题\n\n{line}\n\n正文")] {
            assert!(matches!(parts(&text).2, Some(Problem::NoFence(_))), "{text}");
        }
    }
    for line in ["草稿：否", "draft:", "草稿：经三次修改后定稿", "草稿是：一"] {
        assert_eq!(parts(&format!("{line}\n\n正文")).2, None, "{line}");
    }
}

#[test]
fn another_line_in_the_place_of_the_dashes_is_named() {
    for fence in ["——", "－－－", "----", "___", "```yaml", "---yaml", "--", "–––"] {
        let text = format!("{fence}\nkind: report\ntitle: 一\n---\n正文");
        assert_eq!(
            parts(&text),
            (None, &*text, Some(Problem::Fence(0..fence.len()))),
            "{fence}"
        );
    }
    let text = "--- title: 一\n---\n正文";
    assert_eq!(parts(text), (None, text, Some(Problem::Fence(0..14))));
    let text = "kind: report\ntitle: 一\n---\n正文";
    assert_eq!(parts(text).2, Some(Problem::NoFence(0..12)));
}

#[test]
fn another_format_is_named() {
    for (text, name) in [
        ("+++\ntitle = \"一\"\n+++\n正文", "TOML"),
        ("{\n  \"title\": \"一\"\n}\n正文", "JSON"),
        ("{\"title\": \"一\"}\n正文", "JSON"),
        ("---json\n{\"kind\":\"report\",\"title\":\"一\"}\n---\n正文", "JSON"),
        (";;;\n{\"title\": \"一\"}\n;;;\n正文", "JSON"),
        ("---toml\nkind = \"report\"\n---\n正文", "TOML"),
        ("---\nkind = \"report\"\ntitle = \"甲: 乙\"\n---\n正文", "TOML"),
        ("+++ \ntitle=\"一\"\n+++\n正文", "TOML"),
    ] {
        assert_eq!(parts(text), (None, text, Some(Problem::Format(name))));
    }
}

#[test]
fn a_front_matter_of_a_million_lines_is_passed_over() {
    let text = format!("---\n{}---\n正文", "a: 1\n".repeat(1_000_000));
    assert_eq!(
        parts(&text),
        (None, "正文", Some(Problem::TooLong { lines: 1_000_000 }))
    );
}

#[test]
fn a_front_matter_is_known_by_any_key() {
    for first in [
        "lines: [民事]",
        "id: abc",
        "标签: [河道]",
        "review: {by: 办公室}",
        "密级: 内部",
        "aliases: [河道]",
        "created: 2024-01-01",
        "Title: 河道",
        "Court-Number: （2024）澄1234刑初5号",
    ] {
        let keys = format!("{first}\nkind: report\ndraft: true\n");
        let after = parts(&format!("\n---\n{keys}---\n正文")).2;
        assert!(matches!(after, Some(Problem::Before(_))), "{first}: {after:?}");
        let bare = parts(&format!("{keys}---\n正文")).2;
        assert_eq!(bare, Some(Problem::NoFence(0..first.len())), "{first}");
    }
    let wide = "标题：河道治理\n草稿：是\n日期：2024年3月5日\n";
    for text in [
        format!("{wide}---\n正文"),
        format!("{wide}\n正文"),
        format!("> {wide}---\n正文"),
    ] {
        assert!(matches!(parts(&text).2, Some(Problem::NoFence(_))), "{text}");
    }
    let text = format!("元数据\n{wide}---\n正文");
    assert!(matches!(parts(&text).2, Some(Problem::NoFence(_))));
    let (.., second) = parts("---\ntitle: 一\n---\n\n---\n草稿：是\n公开范围：内部\n---\n正文");
    assert!(matches!(second, Some(Problem::EndsEarly(_))), "{second:?}");
}

#[test]
fn bylines_and_headed_sentences_are_text() {
    for body in [
        "单位：澄溪县人民检察院\n作者：白某\n\n正文",
        "---\n建议：加强巡查。\n\n正文\n\n---\n",
        "问题：\n一、线索少\n",
        "结果 = 5\n",
        "```\n结果 = 5\n```\n",
        "{甲}，日期：2024年",
    ] {
        assert_eq!(parts(body), (None, body, None), "{body}");
    }
}

#[test]
fn what_nobody_sees_before_a_front_matter_does_not_hide_it() {
    let comment = format!("<!--\n{}-->\n", "说明\n".repeat(40));
    let mut before: Vec<String> = vec!["\n".repeat(40), comment];
    let unseen = "\u{3164}\u{34F}\u{202E}\u{2068}\u{180E}\u{FE0F}\u{2063}\u{FFA0}\u{61C}\u{E0020}\u{FFF9}\u{2800}";
    before.extend(unseen.chars().map(String::from));
    for before in before {
        let text = format!("{before}---\nkind: report\ntitle: 一\n---\n正文");
        let (front, _, problem) = parts(&text);
        assert_eq!(front, Some("kind: report\ntitle: 一\n"), "{before:?}");
        assert!(matches!(problem, Some(Problem::Before(_))), "{before:?}: {problem:?}");
    }
}

#[test]
fn marks_in_the_place_of_the_dashes_are_named() {
    for fence in [
        "-\u{200B}--",
        "───",
        "- - -",
        "\\---",
        "> ---",
        "~~~yaml",
        "➖➖➖",
        "……",
        "***",
        "%%%",
    ] {
        let text = format!("{fence}\nkind: report\ntitle: 一\n---\n正文");
        assert_eq!(
            parts(&text),
            (None, &*text, Some(Problem::Fence(0..fence.len()))),
            "{fence}"
        );
    }
}

#[test]
fn other_formats_are_known_in_any_dress() {
    for (text, name) in [
        ("{'kind':'report','draft':true}\n正文", "JSON"),
        ("{kind:'report',draft:true}\n正文", "JSON"),
        ("[{\"kind\":\"report\"}]\n正文", "JSON"),
        ("```json\n{\"kind\":\"report\"}\n```\n正文", "JSON"),
        ("{“kind”:“report”}\n正文", "JSON"),
        ("｛\n“标题”：“甲”\n｝\n正文", "JSON"),
        ("<!-- 注 -->\n{\"title\":\"T\"}\n正文", "JSON"),
        ("<!-- 注 -->\n+++\ntitle='x'\n+++\n正文", "TOML"),
        ("＋＋＋\ntitle='x'\n＋＋＋\n正文", "TOML"),
        ("```toml\ntitle='x'\n```\n正文", "TOML"),
        ("title = 'x'\ndate = 2024-01-01\n\n正文", "TOML"),
    ] {
        assert_eq!(parts(text), (None, text, Some(Problem::Format(name))), "{text}");
    }
}
