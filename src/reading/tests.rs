use super::*;

fn reading(text: &str) -> Reading {
    Reading::of(&Source::of("a".into(), "调研报告/a.md".into(), text.into()))
}

/// The texts of a document with what each is and what introduces it.
fn shown(text: &str) -> Vec<(String, What, Vec<String>)> {
    let passages = reading(text)
        .passages
        .into_iter()
        .filter(|passage| passage.what != What::Name);
    passages
        .map(|passage| (passage.text.text().trim().to_owned(), passage.what, passage.cues))
        .collect()
}

fn texts(text: &str) -> Vec<String> {
    shown(text).into_iter().map(|(text, ..)| text).collect()
}

#[test]
fn a_text_is_read_as_it_is_displayed() {
    for (body, expected) in [
        ("甲**乙**丙", "甲乙丙"),
        ("138<!-- -->0013&#56;000", "13800138000"),
        ("138[0013](https://example.cn)8000", "13800138000"),
        ("被告人\n张伟", "被告人张伟"),
        ("1380013\\\n8000", "1380013\n8000"),
        ("正文[^1]。\n\n[^1]: 注", "正文。"),
        ("**“甲”**乙", "“甲”乙"),
        ("138%%内部%%00138000", "13800138000"),
        ("前<span hidden>隐</span>后", "前后"),
        ("`138`00138000", "13800138000"),
    ] {
        assert!(texts(body).contains(&expected.to_owned()), "{body}: {:?}", texts(body));
    }
}

#[test]
fn every_place_of_a_passage_is_a_place_of_the_source() {
    let text = "---\ntitle: 甲\nsummary: >\n  电话1380013\n  8000。\n---\n\n前**乙**&nbsp;丙\n\n| 丁 |\n| - |\n| 戊<b>己</b> |\n";
    let read = reading(text);
    for (part, source) in [("乙\u{A0}丙", "乙**&nbsp;丙"), ("戊己", "戊<b>己"), ("13 8", "13\n  8")] {
        let passage = read
            .passages
            .iter()
            .find(|passage| passage.text.text().contains(part))
            .unwrap();
        let at = passage.text.text().find(part).unwrap();
        assert_eq!(&text[passage.text.source(&(at..at + part.len()))], source);
    }
}

#[test]
fn what_nobody_sees_is_read_apart() {
    for body in [
        "前<!-- 隐 -->后",
        "前%%隐%%后",
        "前\n\n[//]: # (隐)\n\n后",
        "前<template>隐</template>后",
        "<div style='display: none'>\n\n隐\n\n</div>\n",
        "前<![CDATA[隐]]>后",
        "<table><tr><td>前<i hidden>隐</i></td></tr></table>",
    ] {
        let hidden: Vec<_> = shown(body)
            .into_iter()
            .filter(|(text, ..)| text.contains('隐'))
            .collect();
        assert!(!hidden.is_empty(), "{body}");
        assert!(
            hidden.iter().all(|(_, what, _)| *what == What::Hidden),
            "{body}: {hidden:?}"
        );
    }
    assert_eq!(reading("前<!-- 隐\n\n后").unclosed.len(), 1);
    assert_eq!(reading("前 %%隐\n\n后").unclosed.len(), 1);
}

#[test]
fn a_cell_is_introduced_by_its_column_and_its_row() {
    let markdown = "| 身份 | 姓名 |\n| --- | --- |\n| 被害人 | 王小明 |\n";
    let html = "<table><tr><th>身份</th><th>姓名</th></tr><tr><td>被害人<td>王小明</td></tr></table>\n";
    for body in [markdown, html] {
        let cells = shown(body);
        let (_, _, cues) = cells.iter().find(|(text, ..)| text == "王小明").unwrap();
        assert_eq!(cues, &["姓名", "被害人"], "{body}");
    }
    let csv = Reading::of_lines("附件/名单.csv", "身份,姓名\n被害人,王小明\n");
    assert_eq!(csv.passages.last().unwrap().cues, ["姓名", "被害人"]);
    let csv = Reading::of_lines("附件/名单.csv", "身份;姓名\n被害人;王小明\n");
    assert_eq!(csv.passages.last().unwrap().cues, ["姓名", "被害人"]);
}

#[test]
fn keys_and_lines_before_introduce_what_follows() {
    let (_, _, cues) = shown("---\n被害人: 王小明\n---\n").remove(1);
    assert_eq!(cues, ["被害人"]);
    let list = shown("被告人：\n\n- 张伟\n- 李强\n");
    assert!(
        list[1..]
            .iter()
            .all(|(_, what, cues)| *what == What::Item && cues == &["被告人："])
    );
    let front = shown("---\n人员:\n  - {role: 被害人, name: 王小明}\n---\n");
    let (_, _, cues) = front.iter().find(|(text, ..)| text == "王小明").unwrap();
    assert_eq!(cues, &["被害人", "人员", "name"]);
    let nested = shown("---\n被害人:\n  姓名: 张伟\n---\n");
    let (_, _, cues) = nested.iter().find(|(text, ..)| text == "张伟").unwrap();
    assert_eq!(cues, &["被害人", "姓名"]);
}

#[test]
fn what_is_no_value_of_a_front_matter_is_read_as_well() {
    let texts = texts("---\nsummary: 甲 # 乙\ntitle: [丙\n---\n");
    assert!(texts.contains(&"# 乙".to_owned()), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains('丙')), "{texts:?}");
}

/// Links lead somewhere, so that pictures are shown.
struct Anywhere;

impl markdown::Resolve for Anywhere {
    fn resolve(&self, target: &str) -> markdown::Target {
        markdown::Target::Href(target.to_owned())
    }
}

/// What the index and the snippets take of a body (the blocks that its page shows) without blanks.
fn indexed(body: &str) -> Vec<String> {
    let (rendered, _) = markdown::render("a.md", body, 0..body.len(), "题", &Anywhere);
    let blocks = rendered.blocks.into_iter().map(|block| bare(&block.text));
    blocks.filter(|text| !text.is_empty()).collect()
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn what_is_indexed_is_what_is_read() {
    const PARTS: [&str; 24] = [
        "段**粗**落“甲”**乙**。",
        "- 项\n  - 子项\n- 又",
        "| 甲 | 乙 |\n| -- | -- |\n| 丙 | 丁%%隐%% |",
        "<div>戊<span hidden>隐</span>己</div>",
        "> 引用\n> 续",
        "庚[^1]辛",
        "<ruby>检<rt>jiǎn</rt></ruby>察",
        "外%%隐%%内",
        "```\n码 一\n```",
        "<table><tr><th>壬</th><td>癸</td></tr></table>",
        "行<br>换\\\n行",
        "1. 一\n2. 二",
        "子&nbsp;丑&#23493;",
        "~~删~~==亮==",
        "[链](a.md)尾",
        "<details><summary>摘</summary>\n\n细\n\n</details>",
        "## 标题 *斜*",
        "前\n后",
        "<p>卯<p>辰",
        "`码`外",
        "- [ ] 事",
        "%%\n隐\n%%",
        "前<!-- 隐 -->后<template>隐</template>",
        "<i style='display:none'>隐</i>巳<noscript>隐</noscript>",
    ];
    let mut rng = fastrand::Rng::with_seed(12);
    for _ in 0..300 {
        let parts: Vec<&str> = (0..=rng.usize(..6)).map(|_| PARTS[rng.usize(..PARTS.len())]).collect();
        let body = parts.join("\n\n") + "\n\n[^1]: 注\n";
        let shown = reading(&body).passages;
        let shown = shown
            .iter()
            .filter(|it| !matches!(it.what, What::Hidden | What::Name | What::Target));
        let read: Vec<String> = shown.map(|passage| bare(passage.text.text())).collect();
        for text in indexed(&body) {
            assert!(read.contains(&text), "{text} in\n{body}\n{read:?}");
            assert!(!text.contains('隐'), "{text}");
        }
    }
}

#[test]
fn what_introduces_a_value_stands_near_it() {
    let keys: Vec<String> = (0..3_000).map(|at| format!("\"k{at}\": \"{at}\"")).collect();
    let json = Reading::of_lines("a.json", &format!("{{{}}}", keys.join(", ")));
    let cues: usize = json.passages.iter().map(|passage| passage.cues.len()).sum();
    assert!(cues < 30 * keys.len(), "{cues}");
}

#[test]
fn an_attachment_of_too_many_values_is_looked_at_in_part() {
    let text = "a,".repeat(600_000);
    assert_eq!(Reading::looked_at(&text).len(), text.len() / 6 * 5 + 1);
    assert_eq!(Reading::looked_at("a,b\n"), "a,b\n");
}

#[test]
fn a_value_of_an_attachment_is_one_however_it_is_broken() {
    let texts = |file: &str, text: &str| {
        let passages = Reading::of_lines(file, text).passages.into_iter().skip(1);
        passages
            .map(|passage| passage.text.text().to_owned())
            .collect::<Vec<_>>()
    };
    assert!(texts("a.csv", "1,\"138\n00138000\"\n2,甲").contains(&"\"13800138000\"".to_owned()));
    assert!(texts("a.txt", "身份证号3301821985\n06120046").contains(&"身份证号330182198506120046".to_owned()));
    assert_eq!(texts("a.txt", "1234567\n8901234"), ["1234567", "8901234"]);
    let json = Reading::of_lines("a.json", r#"{"被害人": {"姓名": "\u738b小明"}}"#);
    let name = json
        .passages
        .iter()
        .find(|passage| passage.text.text() == "王小明")
        .unwrap();
    assert_eq!(name.cues, ["被害人", "姓名"]);
}
