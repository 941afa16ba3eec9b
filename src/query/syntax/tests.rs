use super::*;
use proptest::prelude::*;

/// A query in one line: clauses in brackets, `|` for OR, quotes kept, then `-excluded`, then filters.
fn shown(query: &str) -> String {
    let parsed = parse(query, None);
    let word = |word: &Word| {
        if word.quoted {
            format!("\"{}\"", word.text)
        } else {
            word.text.clone()
        }
    };
    let mut out: Vec<String> = parsed
        .clauses
        .iter()
        .map(|clause| format!("[{}]", clause.iter().map(word).collect::<Vec<_>>().join("|")))
        .collect();
    out.extend(parsed.excluded.iter().map(|excluded| format!("-{}", word(excluded))));
    out.extend(parsed.filters.iter().map(|filter| {
        format!(
            "{}{:?}={}",
            if filter.excluded { "-" } else { "" },
            filter.name,
            filter.value
        )
    }));
    out.join(" ")
}

fn noted(query: &str) -> Vec<&'static str> {
    parse(query, None).notes.iter().map(|note| note.code).collect()
}

#[test]
fn words_quotes_exclusions_and_joins_are_read() {
    let cases = [
        ("", ""),
        ("未成年人 文身", "[未成年人] [文身]"),
        ("未成年人\u{3000}文身", "[未成年人] [文身]"),
        ("\"a -b\" 「c OR d」 “e f”", "[\"a -b\"] [\"c OR d\"] [\"e f\"]"),
        ("“正当防卫”的认定", "[\"正当防卫\"] [的认定]"),
        ("关于“正当防卫”的认定", "[关于“正当防卫”的认定]"),
        ("盗窃 -诈骗 －\"抢 夺\"", "[盗窃] -诈骗 -\"抢 夺\""),
        ("a b OR c 或 d e", "[a] [b|c|d] [e]"),
        ("T-92 x-y", "[T-92] [x-y]"),
        ("- a", "[-] [a]"),
        ("--a", "--a"),
        ("刑法 第 264 条 盗窃", "[刑法] [第 264 条] [盗窃]"),
        ("《刑法》第 264 条之 一 OR 抢夺", "[《刑法》第 264 条之 一|抢夺]"),
        ("第 \"264\" 条", "[第] [\"264\"] [条]"),
        ("宪法 71条", "[宪法] [71条]"),
        ("-OR", "-OR"),
        ("a ＯＲ b", "[a|b]"),
    ];
    for (query, expected) in cases {
        assert_eq!(shown(query), expected, "{query}");
    }
}

#[test]
fn filters_answer_to_both_languages() {
    let cases = [
        ("kind:case", "kind=case"),
        ("类别：案例 文身", "[文身] kind=案例"),
        ("UNIT:\"某县 院\"", "unit=某县 院"),
        ("-tag:未检", "-tag=未检"),
        ("adopted:city 层级:市级", "adopted=city adopted=市级"),
        ("year:2021..2023", "year=2021..2023"),
        ("案号:（2022）澄0123刑初45号", "number=（2022）澄0123刑初45号"),
        ("标题:a:b", "title=a:b"),
        ("標題:a ｔａｇ:b", "title=a tag=b"),
        ("kind: case", "kind=case"),
        ("tag: \"a b\" c", "[c] tag=a b"),
        ("年份: 2024 a", "[a] year=2024"),
        ("年份:2024年 3月 a", "[a] year=2024年 3月"),
        ("年份:2020 或 2021 a", "[a] year=2020 year=2021"),
        ("法条:第 264 条 a", "[a] law=第 264 条"),
        ("法條:第120條 之一", "law=第120條 之一"),
        ("文号:〔2020〕 4 号 a", "[a] number=〔2020〕 4 号"),
        ("文号:a 〔2020〕 第 4 号", "number=a 〔2020〕 第 4 号"),
    ];
    for (query, expected) in cases {
        assert_eq!(shown(query), expected, "{query}");
        assert!(noted(query).is_empty(), "{query}");
    }
}

#[test]
fn a_year_is_a_time() {
    let time = |query| parse(query, None).filters[0].times.clone();
    assert_eq!(time("year:2021"), [Time::Years(2021..=2021)]);
    assert_eq!(time("年份：２０２１年"), [Time::Years(2021..=2021)]);
    assert_eq!(time("年份:1970年1月"), [Time::Days(0..=30)]);
    assert_eq!(time("tag:2021"), []);
}

#[test]
fn filters_of_one_name_and_filters_joined_by_or_are_alternatives() {
    let groups = |query: &str| {
        parse(query, None)
            .filters
            .iter()
            .map(|filter| filter.group)
            .collect::<Vec<_>>()
    };
    assert_eq!(groups("kind:case tag:a kind:report"), [1, 2, 1]);
    assert_eq!(groups("kind:case OR tag:a 或 line:b unit:c"), [2, 2, 2, 3]);
}

#[test]
fn what_cannot_be_read_is_literal_and_noted() {
    let cases = [
        ("\"未闭合 的", "[未闭合] [的]", "query.unclosed-quote"),
        ("“「x", "[x]", "query.unclosed-quote"),
        ("\"-a", "[-a]", "query.unclosed-quote"),
        ("-\"a b", "[b] -a", "query.unclosed-quote"),
        ("tag:\"a b", "[b] tag=a", "query.unclosed-quote"),
        ("tag:\" b", "tag=b", "query.unclosed-quote"),
        ("a OR", "[a]", "query.dangling-operator"),
        ("或 a", "[a]", "query.dangling-operator"),
        ("a OR -b", "[a] -b", "query.dangling-operator"),
        ("a OR OR b", "[a|b]", "query.dangling-operator"),
        ("kind:case OR a", "[a] kind=case", "query.dangling-operator"),
        ("a tag:※", "[a]", "query.bad-filter"),
        ("a -tag:\"\" b", "[a] [b]", "query.bad-filter"),
        ("tag: -a", "-a", "query.bad-filter"),
        ("tag: tag:a", "tag=a", "query.bad-filter"),
        ("年份: 去年", "[去年]", "query.bad-filter"),
        ("year:去年", "[year:去年]", "query.bad-filter"),
        ("a year:..", "[a]", "query.bad-filter"),
        ("a 类别:案列", "[a]", "query.bad-filter"),
        ("a 类别: 案列", "[a]", "query.bad-filter"),
        ("a 类别:案例、法侓", "[a]", "query.bad-filter"),
        ("colour:red", "[colour:red]", "query.unknown-filter"),
    ];
    for (query, expected, code) in cases {
        assert_eq!(shown(query), expected, "{query}");
        assert_eq!(noted(query)[0], code, "{query}");
    }
    assert!(noted("GB/T:7714 时间：3日").is_empty());
    assert_eq!(parse("a 类别: 案列 b", None).notes[0].about, "类别: 案列");
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(query in "([a-b\"“”「」:：\\-－ \u{3000}文法]|OR|或|kind|year|2021|\\.\\.){0,24}") {
        let parsed = parse(&query, None);
        let texts = parsed.clauses.iter().flatten().chain(&parsed.excluded).map(|word| word.text.as_str());
        let values = parsed.filters.iter().map(|filter| filter.value.as_str());
        // No kind has 文 in its name, so such a filter is left out, and a note quotes it whole.
        let left_out = |note: &&Note| note.code == "query.bad-filter" && note.about.starts_with("kind");
        let noted = parsed.notes.iter().filter(left_out).map(|note| note.about.as_str());
        let seen: String = texts.chain(values).chain(noted).collect();
        // Every Han character of the query is in a word, a value, a filter's name or such a note.
        prop_assert!(seen.matches('文').count() == query.matches('文').count());
    }
}

#[test]
fn years_count_from_the_reference_day_and_the_query_says_so() {
    let parsed = parse("盗窃 年份:去年 或 今年", Some(2026));
    let times: Vec<_> = parsed.filters.iter().flat_map(|filter| filter.times.clone()).collect();
    assert_eq!(times, [Time::Years(2025..=2025), Time::Years(2026..=2026)]);
    assert_eq!(parsed.notes[0].code, "query.relative-year");
    assert_eq!(parsed.notes[0].about, "去年 = 2025年");
    assert_eq!(
        parse("年份: 近三年", Some(2026)).filters[0].times,
        [Time::Years(2024..=2026)]
    );
}
