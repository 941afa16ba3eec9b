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
    assert_eq!(cues, &["被害人", "name"]);
}

#[test]
fn what_is_no_value_of_a_front_matter_is_read_as_well() {
    let texts = texts("---\nsummary: 甲 # 乙\ntitle: [丙\n---\n");
    assert!(texts.contains(&"# 乙".to_owned()), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains('丙')), "{texts:?}");
}
