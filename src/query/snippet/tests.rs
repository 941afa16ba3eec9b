use super::super::plan;
use super::super::synonyms::Synonyms;
use super::super::syntax;
use super::*;
use crate::markdown::citations;

fn blocks(texts: &[(&str, &str)]) -> Vec<Passage> {
    let numbered = texts.iter().enumerate();
    numbered
        .map(|(at, (section, text))| Passage {
            section: (*section).to_owned(),
            anchor: format!("p{at}"),
            text: (*text).to_owned(),
        })
        .collect()
}

fn snippet(query: &str, tier: Tier, blocks: &[Passage], texts: &Texts) -> Snippet {
    let cited = citations(blocks.iter().map(|block| block.text.as_str()));
    let cited: Vec<String> = cited.iter().map(|one| format!("{}#{}", one.law, one.article)).collect();
    snippet_of(query, tier, blocks, texts, &cited)
}

fn snippet_of(query: &str, tier: Tier, blocks: &[Passage], texts: &Texts, laws: &[String]) -> Snippet {
    let synonyms = Synonyms::new(&[vec!["文身".into(), "纹身".into()]]);
    let document = Document {
        title: "题目",
        blocks,
        texts,
        laws: laws.iter().map(String::as_str).collect(),
        stretch: stretch::SIZE,
    };
    // Whatever the index tells, every stretch is looked into.
    let seats: Vec<Seat> = (0..64)
        .map(|stretch| Seat {
            stretch,
            weight: usize::MAX,
        })
        .collect();
    best(
        &plan::plan(&syntax::parse(query, None), &synonyms),
        tier,
        &document,
        &seats,
    )
}

#[test]
fn the_passage_with_the_most_different_words_is_shown_with_its_section() {
    let blocks = blocks(&[
        ("一、基本情况", "一、基本情况"),
        ("一、基本情况", "全县文身店十二家。"),
        ("二、对策", "未成年人文身须经监护人同意。"),
    ]);
    let found = snippet("未成年人 文身", Tier::Strict, &blocks, &Texts::default());
    assert_eq!(found.html, "<mark>未成年人文身</mark>须经监护人同意。");
    assert_eq!((found.section.as_str(), found.anchor.as_str()), ("二、对策", "p2"));
}

#[test]
fn what_normalisation_changes_is_marked_in_the_raw_text() {
    let blocks = blocks(&[("", "依刑\u{200B}法第２６４条&《公益訴訟》。")]);
    let texts = Texts::default();
    assert_eq!(
        snippet("公益诉讼", Tier::Strict, &blocks, &texts).html,
        "依刑\u{200B}法第２６４条&amp;《<mark>公益訴訟</mark>》。"
    );
    assert_eq!(
        snippet("第二百六十四条", Tier::Strict, &blocks, &texts).html,
        "依刑\u{200B}法<mark>第２６４条</mark>&amp;《公益訴訟》。"
    );
    assert_eq!(
        snippet("纹身", Tier::Strict, &self::blocks(&[("", "禁止文身")]), &texts).html,
        "禁止<mark>文身</mark>"
    );
}

#[test]
fn how_a_document_begins_follows_a_name_that_stands_alone() {
    let body = blocks(&[
        ("一、基本情况", "一、基本情况"),
        ("一、基本情况", "全县文身店十二家，陆某走访了八家。"),
    ]);
    let of_authors = |summary: &[&str]| Texts {
        summary: summary.iter().map(|text| (*text).to_owned()).collect(),
        extra: vec!["张伟".to_owned(), "陆某（执笔）".to_owned()],
        ..Texts::default()
    };
    let shown = |query: &str, summary: &[&str]| snippet(query, Tier::Strict, &body, &of_authors(summary)).html;
    assert_eq!(
        shown("张伟", &[]),
        "<mark>张伟</mark> · 全县文身店十二家，陆某走访了八家。"
    );
    assert_eq!(shown("张伟", &["文身店治理。"]), "<mark>张伟</mark> · 文身店治理。");
    assert_eq!(shown("张伟", &["张伟"]), "<mark>张伟</mark>");
    assert_eq!(shown("张伟", &["张伟主持的课题。"]), "<mark>张伟</mark>主持的课题。");
    assert_eq!(shown("张伟 文身", &["", "文身店治理。"]).matches("<mark>").count(), 1);
    assert_eq!(shown("陆某", &[]), "全县文身店十二家，<mark>陆某</mark>走访了八家。");
    assert_eq!(shown("执笔", &[]), "陆某（<mark>执笔</mark>）");
}

/// As in the index, several blanks are one.
#[test]
fn blanks_side_by_side_are_one() {
    let blocks = blocks(&[("", "附件　 一 二，附件 一  二，附件一 二。")]);
    for query in ["\"附件 一 二\"", "\"附件  一　二\""] {
        assert_eq!(
            snippet(query, Tier::Strict, &blocks, &Texts::default()).html,
            "<mark>附件　 一 二</mark>，<mark>附件 一  二</mark>，附件一 二。",
            "{query}"
        );
    }
}

/// 刑法第264条 finds a document through its citation of the article, whatever stands between law and number.
#[test]
fn an_article_asked_for_with_its_law_is_shown_where_that_law_is_cited() {
    let other = ("甲", "盗窃埋藏物，依民法典第264条处理。");
    for (text, shown) in [
        (
            "依照《刑法》第二百六十四条处罚。",
            "依照《刑法》<mark>第二百六十四条</mark>处罚。",
        ),
        (
            "刑法第二百六十三条、第二百六十四条",
            "刑法第二百六十三条、<mark>第二百六十四条</mark>",
        ),
        (
            "《刑法》（2020年修正）第２６４条",
            "《刑法》（2020年修正）<mark>第２６４条</mark>",
        ),
        ("民法典第264条和刑法第264条", "民法典第264条和<mark>刑法第264条</mark>"),
    ] {
        let blocks = blocks(&[other, ("乙", text)]);
        let found = snippet("刑法第264条", Tier::Strict, &blocks, &Texts::default());
        assert_eq!((found.html.as_str(), found.section.as_str()), (shown, "乙"));
        // Other words don't outweigh it.
        let found = snippet("刑法第264条 盗窃 埋藏物", Tier::Strict, &blocks, &Texts::default());
        assert_eq!(found.section, "乙", "{text}");
    }
}

/// A list or a range names what has no text of its own, and a longer text has much before it.
#[test]
fn what_a_list_or_a_range_names_is_marked_there() {
    let long = "另案也引第二百六十六条，民法典第二十一条。".repeat(40);
    for (query, text, shown) in [
        (
            "刑法第266条",
            "刑法第二百六十四条、第二百六十六条",
            "刑法第二百六十四条、<mark>第二百六十六条</mark>",
        ),
        (
            "刑法第266条",
            "刑法第264条规定的盗窃罪、第266条",
            "刑法第264条规定的盗窃罪、<mark>第266条</mark>",
        ),
        (
            "刑法第341条",
            "《刑法》第341、342条",
            "《刑法》<mark>第341</mark>、342条",
        ),
        ("第342条", "《刑法》第341、342条", "《刑法》第341、<mark>342条</mark>"),
        (
            "刑法第21条",
            "刑法第二十条至第二十三条",
            "刑法<mark>第二十条至第二十三条</mark>",
        ),
        ("第22条", "刑法第20—23条", "刑法<mark>第20—23条</mark>"),
        ("检例第144号", "参照检例第142—146号", "参照<mark>检例第142—146号</mark>"),
        (
            "检例第143号",
            "参照检例第142、143号",
            "参照检例第142、<mark>143号</mark>",
        ),
        (
            "澄检建〔2022〕10号",
            "澄检建〔2022〕9、10号",
            "<mark>澄检建</mark>〔<mark>2022</mark>〕9、<mark>10号</mark>",
        ),
        (
            "检例第142号",
            "检例第142号、检例第1421号",
            "<mark>检例第142号</mark>、检例第1421号",
        ),
    ] {
        let blocks = blocks(&[("甲", &long), ("乙", text)]);
        let found = snippet(query, Tier::Strict, &blocks, &Texts::default());
        assert_eq!((found.html.as_str(), found.section.as_str()), (shown, "乙"), "{query}");
    }
}

#[test]
fn without_such_a_citation_the_article_is_shown_under_any_law() {
    let blocks = blocks(&[("", "无关。"), ("", "本法第二百六十四条。")]);
    let texts = Texts::default();
    assert_eq!(
        snippet("刑法第264条", Tier::Strict, &blocks, &texts).html,
        "本法<mark>第二百六十四条</mark>。"
    );
}

/// 依照民法典 is not the name of a law: no document cites it, however much a text looks so.
#[test]
fn what_no_document_cites_is_shown_under_any_law() {
    let blocks = blocks(&[
        ("甲", "依照民法典第三条处理。"),
        ("乙", "依照《刑法》第二百六十四条处罚。"),
    ]);
    let found = snippet("依照民法典第3条 刑法第264条", Tier::Strict, &blocks, &Texts::default());
    assert_eq!(found.section, "乙", "{found:?}");
    let found = snippet_of("刑法第264条 处理", Tier::Strict, &blocks, &Texts::default(), &[]);
    assert_eq!(found.section, "甲", "{found:?}");
}

#[test]
fn the_passage_that_holds_what_was_typed_comes_first() {
    for (early, late, query, shown) in [
        ("日期5月30日。", "会议5·30整顿。", "5·30", "会议<mark>5·30</mark>整顿。"),
        ("A类和B类案件。", "采用A/B两组。", "A/B", "采用<mark>A/B</mark>两组。"),
        (
            "张某和李某。",
            "张某、李某参加。",
            "张某、李某",
            "<mark>张某、李某</mark>参加。",
        ),
        (
            "见第八条，又见第九条。",
            "见第八条、第九条。",
            "第八条、第九条",
            "见<mark>第八条、第九条</mark>。",
        ),
        (
            "依照刑法第二百六十四条处罚。",
            "刑法第二百六十四条规定的盗窃。",
            "\"刑法第二百六十四条规定\"",
            "<mark>刑法第二百六十四条规定</mark>的盗窃。",
        ),
        (
            "依照刑法第二百六十四条处罚。",
            "刑法第二百六十四条规定的盗窃。",
            "第二百六十四条规定",
            "刑法<mark>第二百六十四条规定</mark>的盗窃。",
        ),
    ] {
        let blocks = blocks(&[("甲", early), ("乙", late)]);
        let found = snippet(query, Tier::Strict, &blocks, &Texts::default());
        assert_eq!((found.html.as_str(), found.section.as_str()), (shown, "乙"), "{query}");
    }
}

#[test]
fn letters_and_digits_are_marked_within_longer_runs_but_an_article_is_not() {
    let blocks = blocks(&[("", "2018年与201年、18年，1264条、264条，WiFi6")]);
    let marked = |query| snippet(query, Tier::Strict, &blocks, &Texts::default()).html;
    assert_eq!(
        marked("18年"),
        "20<mark>18年</mark>与201年、<mark>18年</mark>，1264条、264条，WiFi6"
    );
    assert_eq!(
        marked("264条"),
        "2018年与201年、18年，1264条、<mark>264条</mark>，WiFi6"
    );
    assert_eq!(
        marked("\"264条\""),
        "2018年与201年、18年，1<mark>264条</mark>、<mark>264条</mark>，WiFi6"
    );
    assert_eq!(marked("wifi"), "2018年与201年、18年，1264条、264条，<mark>WiFi</mark>6");
}

#[test]
fn a_long_passage_is_cut_at_sentences() {
    let text = format!(
        "{}就此打住。其中盗窃案件最多。{}",
        "前文很长，".repeat(60),
        "后文也很长，".repeat(60)
    );
    let found = snippet("盗窃", Tier::Strict, &blocks(&[("", &text)]), &Texts::default()).html;
    assert!(found.starts_with("…其中<mark>盗窃</mark>案件最多。"), "{found}");
    assert!(found.chars().count() < 140, "{found}");
}

#[test]
fn markup_in_a_text_stays_text() {
    let blocks = blocks(&[("", "<script>盗窃</script>\n\"甲\"")]);
    assert_eq!(
        snippet("盗窃", Tier::Strict, &blocks, &Texts::default()).html,
        "&lt;script&gt;<mark>盗窃</mark>&lt;/script&gt; &quot;甲&quot;"
    );
}

#[test]
fn a_related_document_is_marked_by_pairs() {
    let blocks = blocks(&[("", "危险的驾驶行为"), ("", "危险驾车与驾驶证")]);
    let found = snippet("危险驾驶罪", Tier::Related, &blocks, &Texts::default());
    assert_eq!(found.html, "<mark>危险驾</mark>车与<mark>驾驶</mark>证");
}

#[test]
fn without_a_place_the_beginning_is_shown() {
    let blocks = blocks(&[("一、概况", "一、概况"), ("一、概况", "全县概况。")]);
    assert_eq!(
        snippet("标题词", Tier::Strict, &blocks, &Texts::default()).html,
        "全县概况。"
    );
    let texts = Texts {
        summary: vec!["摘要在此。".into()],
        ..Texts::default()
    };
    assert_eq!(snippet("标题词", Tier::Strict, &blocks, &texts).html, "摘要在此。");
    assert_eq!(
        snippet("在此", Tier::Strict, &blocks, &texts).html,
        "摘要<mark>在此</mark>。"
    );
    assert_eq!(snippet("标题词", Tier::Strict, &[], &Texts::default()).html, "题目");
}

proptest::proptest! {
    #[test]
    fn no_text_breaks_it(
        text in "([未成年文身。！ \n<&a0-9]|２|\u{200B}|e\u{301}|㎡|𠮷){0,200}",
        query in "([未成年文身 \"-]|2|a){0,12}",
    ) {
        let blocks = blocks(&[("", &text)]);
        for tier in [Tier::Strict, Tier::Related] {
            let html = snippet(&query, tier, &blocks, &Texts::default()).html;
            proptest::prop_assert_eq!(html.matches("<mark>").count(), html.matches("</mark>").count());
            proptest::prop_assert!(!html.contains("<mark></mark>"));
        }
    }
}
