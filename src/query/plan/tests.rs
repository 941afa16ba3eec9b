use super::super::syntax;
use super::*;

fn planned(query: &str) -> Plan {
    plan(
        &syntax::parse(query, None),
        &Synonyms::new(&[
            vec!["文身".into(), "纹身".into()],
            vec!["危险驾驶".into(), "醉驾".into()],
        ]),
    )
}

/// The ways of the only word of a query, each in one line.
fn ways(query: &str) -> Vec<String> {
    let plan = planned(query);
    let [words] = plan.clauses.as_slice() else {
        panic!("one clause: {query}")
    };
    let [word] = words.as_slice() else {
        panic!("one word: {query}")
    };
    word.ways.iter().map(way).collect()
}

fn way(way: &Way) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Character(character) => format!("'{character}'"),
        Piece::Part(text) => format!("…{text}…"),
        Piece::Phrase(tokens) => tokens
            .iter()
            .map(|(at, token)| format!("{at}{token}"))
            .collect::<Vec<_>>()
            .join(" "),
    };
    match way {
        Way::Pieces(pieces) => pieces.iter().map(piece).collect::<Vec<_>>().join(" & "),
        Way::Articles(tokens) => format!("article {}", tokens.join(" ")),
        Way::Law(law) => format!("law {law}"),
        Way::Laws(laws) => format!("laws {}", laws.join(" ")),
        Way::Number(number) => format!("number {number}"),
    }
}

fn scored(query: &str) -> (Vec<String>, Vec<String>) {
    let own = planned(query).score.own;
    let phrases = own.phrases.iter().map(|phrase| phrase.join(" "));
    let tokens = own
        .tokens
        .into_iter()
        .map(|token| format!("{}{}", token.text, if token.loose { "~" } else { "" }));
    let mut specials = own.articles;
    specials.extend(own.numbers);
    specials.extend(own.characters.iter().map(|character| format!("'{character}'")));
    specials.extend(phrases);
    (tokens.collect(), specials)
}

#[test]
fn a_word_is_its_pieces() {
    let cases = [
        ("公益诉讼", "0公益 1益诉 2诉讼"),
        ("罪", "'罪'"),
        ("２０１８", "…2018…"),
        ("2018年度", "0…2018年 1年度"),
        ("年2018", "0年2018…"),
        ("未成年，文身", "0未成 1成年 & 0文身"),
        (
            "\"公益诉讼，检察院 a 工作、职责\"",
            "0公益 1益诉 2诉讼 3讼,检 4检察 5察院 6院 a 7a 8a 工 9工作 10作、职 11职责",
        ),
        ("\"一、二\"", "0一、二"),
        ("\"一、二、3\"", "0一、二 1二 2二、3…"),
        ("3.5万元", "0…3.5 15 25万 3万元"),
        ("2.1.3", "0…2.1 11 21.3…"),
        ("12,500,000元", "0…12,500 1500 2500,000 3000 4000元"),
        ("12,50", "…12… & …50…"),
        ("甲.乙", "'甲' & '乙'"),
        ("\"第264条\"", "0第264 1264 2264条"),
        ("\"264条\"", "0…264条"),
    ];
    for (query, expected) in cases {
        assert_eq!(ways(query)[0], expected, "{query}");
        assert_eq!(ways(query).len(), 1, "{query}");
    }
}

#[test]
fn articles_laws_and_numbers_match_in_other_ways_too() {
    let cases: [(&str, &[&str]); 16] = [
        ("第二百六十四条", &["article #264条"]),
        ("第 264 条", &["article #264条"]),
        ("刑法第264条", &["law 刑法#264条"]),
        ("《中华人民共和国刑法》第 264 条", &["law 刑法#264条"]),
        ("刑法第264条第2款", &["law 刑法#264条"]),
        ("第264条第2款", &["article #264条"]),
        ("刑法第3章", &[]),
        ("第341、342条", &["article #341条 #342条"]),
        ("刑法第341条、第342条", &["laws 刑法#341条 刑法#342条"]),
        ("刑法第264条第（一）项", &["law 刑法#264条"]),
        ("刑法第120-1条", &["law 刑法#120条-1"]),
        ("第三", &[]),
        ("二百六十四", &[]),
        ("检例第142号", &["number 检例142号"]),
        ("（2022）澄0123刑初45号", &["number (2022)澄0123刑初45号"]),
        ("\"第264条\"", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(ways(query)[1..], *expected, "{query}");
    }
    assert_eq!(ways("264条")[0], "0264 1264条", "an article keeps its number whole");
}

#[test]
fn a_group_matches_through_any_member_and_scores_as_one() {
    assert_eq!(ways("纹身"), ["0纹身", "0文身"]);
    assert_eq!(ways("\"纹身\""), ["0纹身"], "quotes turn synonyms off");
    let plan = planned("纹身 调研 文身");
    assert_eq!(plan.clauses.len(), 3);
    assert_eq!(plan.score.own.tokens.len(), 1, "调研 alone is the query's own");
    let [group] = plan.score.groups.as_slice() else {
        panic!("one group")
    };
    let typed: Vec<_> = group
        .members
        .iter()
        .map(|(typed, set)| (*typed, set.tokens[0].text.as_str()))
        .collect();
    assert_eq!(typed, [(true, "纹身"), (true, "文身")]);
    let notes: Vec<_> = plan.notes.iter().map(|note| (note.code, note.about.as_str())).collect();
    assert_eq!(notes, [("query.synonyms", "文身"), ("query.synonyms", "纹身")]);
    assert_eq!(
        planned("-纹身 a").excluded[0].ways.len(),
        1,
        "an excluded word has no synonyms"
    );
}

#[test]
fn article_and_number_tokens_stand_in_place_of_their_spans() {
    let cases: [(&str, &[&str], &[&str]); 6] = [
        ("刑法第264条", &["刑法"], &["#264条"]),
        (
            "行政诉讼法第87条的规定",
            &["行政", "政诉", "诉讼", "讼法", "的规~", "规定"],
            &["#87条", "行政 政诉 诉讼 讼法", "的规 规定"],
        ),
        ("第 12 条", &[], &["#12条"]),
        ("检例第142号 a", &["a"], &["检例142号"]),
        ("罪", &[], &["'罪'"]),
        ("2018年度", &["2018", "2018年~", "年度"], &["2018 2018年 年度"]),
    ];
    for (query, tokens, specials) in cases {
        let (found, others) = scored(query);
        assert_eq!(found, tokens, "{query}");
        assert_eq!(others, specials, "{query}");
    }
    assert!(planned("第12条").score.numbered && !planned("盗窃").score.numbered);
}

#[test]
fn neighbours_are_joined_tokens_of_the_same_run() {
    let neighbours = |query: &str, token: &str| {
        let tokens = planned(query).score.own.tokens;
        tokens.into_iter().find(|known| known.text == token).unwrap().neighbours
    };
    assert_eq!(neighbours("公益诉讼", "益诉"), Some(("公益".into(), "诉讼".into())));
    assert_eq!(neighbours("公益诉讼", "公益"), None);
    assert_eq!(neighbours("诉讼法第1条", "讼法"), None, "the span ends the run");
    assert_eq!(neighbours("公益5诉讼", "诉讼"), None);
}

#[test]
fn at_most_64_distinct_tokens_are_used() {
    let han = |from: u32, count: u32| (from..from + count).filter_map(char::from_u32).collect::<String>();
    let long = planned(&han(0x4E00 + 500, 100));
    let Way::Pieces(pieces) = &long.clauses[0][0].ways[0] else {
        panic!("pieces")
    };
    let Piece::Phrase(tokens) = &pieces[0] else {
        panic!("a phrase")
    };
    assert_eq!(tokens.len(), 64, "the beginning is kept");
    let pairs = long
        .related
        .typed
        .iter()
        .filter(|token| token.place == RelatedPlace::Text);
    assert_eq!(pairs.count(), 64);
    assert_eq!(long.notes.last().unwrap().code, "query.token-limit");

    let words: Vec<String> = (0..70).map(|number| format!("w{number}")).collect();
    let many = planned(&format!("{} \"w3\" x \"w4\"", words.join(" ")));
    assert_eq!(many.clauses.len(), 64 + 2, "words of known tokens still count");
    assert_eq!(
        many.notes
            .iter()
            .filter(|note| note.code == "query.token-limit")
            .count(),
        1
    );
    assert!(planned("公益诉讼").notes.is_empty());
}

#[test]
fn a_phrase_does_not_run_over_what_the_limit_took() {
    let words: Vec<String> = (0..62).map(|number| format!("w{number}")).collect();
    let plan = planned(&format!("{} \"甲乙丙丁戊，甲乙\"", words.join(" ")));
    let last = plan.clauses.last().unwrap();
    assert_eq!(way(&last[0].ways[0]), "0甲乙 1乙丙 & 0甲乙");
}

#[test]
fn a_word_without_a_letter_is_dropped() {
    let plan = planned("！！ 盗窃 OR ？");
    assert_eq!(plan.clauses.len(), 1);
    assert_eq!(
        plan.notes.iter().filter(|note| note.code == "query.empty-word").count(),
        2
    );
    assert!(planned("！！").is_empty());
}
