use super::*;

fn of(text: &str, law: Option<&str>) -> Vec<String> {
    let told = |mention: &Mention| match &mention.what {
        What::Title(name) => format!("《{name}》"),
        What::Number(number) => number.clone(),
        What::Article(law, place) => format!(
            "{law} {:?} {:?} {:?} {}",
            place.article.0,
            place.paragraph,
            place.item,
            &text[mention.span.clone()]
        ),
    };
    mentions(text, law).iter().map(told).collect()
}

#[test]
fn paragraphs_and_items_are_read_with_their_article() {
    let articles = |text: &str| {
        of(text, None)
            .into_iter()
            .filter(|it| !it.starts_with('《'))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        articles("《甲条例》第四条第二款、第三款第（一）项，第五条第（二）、（三）项"),
        [
            "甲条例 4 Some(2) None 《甲条例》第四条第二款",
            "甲条例 4 Some(3) Some(1) 第三款第（一）项",
            "甲条例 5 None Some(2) 第五条第（二）",
            "甲条例 5 None Some(3) （三）项",
        ]
    );
    assert_eq!(
        articles("依照甲条例第5条第一、二款处理")[1],
        "甲条例 5 Some(2) None 二款"
    );
}

#[test]
fn a_pronoun_stands_for_the_law_of_the_paragraph_before() {
    assert_eq!(
        of("该条例第九条要求", Some("甲条例")),
        ["甲条例 9 None None 该条例第九条"]
    );
    assert!(of("第九条要求", Some("甲条例")).is_empty());
}

#[test]
fn short_names_are_defined_in_brackets() {
    assert_eq!(
        definitions("《甲关于乙的规定》（以下简称《乙规定》）和《丙》（2020年，简称“丁”）"),
        [
            ("乙规定".to_owned(), "甲关于乙的规定".to_owned()),
            ("丁".to_owned(), "丙（2020年）".to_owned())
        ]
    );
}

#[test]
fn the_name_of_a_case_stands_beside_its_number() {
    for (text, name) in [
        ("周某非法采矿案（检例第901号）", Some("周某非法采矿")),
        ("李某民间借贷纠纷一案，（2022）澄0123刑初45号", Some("李某民间借贷纠纷")),
        (
            "参照检例第901号（周某、李某非法采矿案）办理",
            Some("周某、李某非法采矿"),
        ),
        ("参照周某非法采矿案（检例第901号）", Some("周某非法采矿")),
        ("参照检例第901号办理。", None),
    ] {
        let number = mentions(text, None)
            .into_iter()
            .find(|it| matches!(it.what, What::Number(_)))
            .unwrap();
        assert_eq!(case_name(text, &number.span), name, "{text}");
    }
}

#[test]
fn a_law_names_its_own_articles() {
    let own = |text: &str| {
        let all = own_articles(text, &(0..text.len()), "甲规则");
        let numbers = all.into_iter().map(|mention| match mention.what {
            What::Article(_, place) => place.article.0,
            _ => 0,
        });
        numbers.collect::<Vec<_>>()
    };
    assert_eq!(
        own("按照本规则第一百五十六条至第一百五十八条的规定办理"),
        [156, 157, 158]
    );
    assert_eq!(own("违反本规则第三条、第五条第二款的，依照第九条处理"), [3, 5, 9]);
    assert!(own("依照乙规则第三条处理。第四条").is_empty());
}

#[test]
fn a_range_of_paragraphs_or_items_names_each() {
    let items = |text: &str| {
        let all = of(text, None);
        let places = all
            .iter()
            .map(|it| it.split(' ').skip(2).take(2).collect::<Vec<_>>().join(" "));
        places.collect::<Vec<_>>()
    };
    let expected = |items: &[u32]| items.iter().map(|it| format!("None Some({it})")).collect::<Vec<_>>();
    for (text, wanted) in [
        ("依照甲条例第四条第二项至第四项处理", [2, 3, 4].as_slice()),
        ("依照甲条例第四条第二项至四项处理", &[2, 3, 4]),
        ("依照甲条例第四条第（二）项至第（四）项处理", &[2, 3, 4]),
        ("依照甲条例第四条第（二）至（四）项处理", &[2, 3, 4]),
        ("依照甲条例第四条第一、三至五项处理", &[1, 3, 4, 5]),
        ("依照甲条例第四条第四项至第二项处理", &[4, 2]),
        ("依照甲条例第四条第四项至今", &[4]),
    ] {
        assert_eq!(items(text), expected(wanted), "{text}");
    }
    assert_eq!(
        of("依照甲条例第四条第一款第三项至第五项、第二款至第四款处理", None),
        [
            "甲条例 4 Some(1) Some(3) 甲条例第四条第一款第三项",
            "甲条例 4 Some(1) Some(4) 第五项",
            "甲条例 4 Some(1) Some(5) 第五项",
            "甲条例 4 Some(2) None 第二款",
            "甲条例 4 Some(3) None 第四款",
            "甲条例 4 Some(4) None 第四款",
        ]
    );
}

#[test]
fn a_list_is_of_the_version_that_it_begins_with_or_says() {
    let years = |text: &str| {
        let all = articles(text, None).into_iter();
        let year = all.map(|it| match it.what {
            What::Article(_, place) => (place.article.0, place.year),
            _ => (0, None),
        });
        year.collect::<Vec<_>>()
    };
    assert_eq!(
        years("《甲条例》（2009年修正）第三条、第四条（现为2021年修订后的第五条、第六条），《乙条例》第七条"),
        [
            (3, Some(2009)),
            (4, Some(2009)),
            (5, Some(2021)),
            (6, Some(2021)),
            (7, None)
        ]
    );
}

#[test]
fn the_number_of_an_order_is_one() {
    assert_eq!(of("经水务部令第12号公布，发出通缉令第3号", None), ["水务部令12号"]);
}

#[test]
fn a_law_names_its_own_articles_behind_any_verb() {
    let own = |text: &str| {
        let all = own_articles(text, &(0..text.len()), "甲条例");
        all.iter()
            .map(|it| text[it.span.clone()].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        own("制作、散发第五条第（一）项规定的文书，或者提供第六条所列工具的"),
        ["第五条第（一）项", "第六条"]
    );
    assert!(own("第五条 县水务局负责。").is_empty());
    assert!(own("散发第五条的文书；乙办法第六条规定的工具；（第七条规定）；有关公约第八条规定的").is_empty());
}

#[test]
fn the_head_of_a_column_names_the_law_of_its_articles() {
    assert_eq!(table_law(" 甲条例条文 "), Some("甲条例"));
    assert_eq!(table_law("《甲法》条款"), Some("甲法"));
    assert_eq!(table_law("条文"), None);
    let of = |text: &str| {
        let all = cell_articles(text, "甲条例");
        all.iter()
            .map(|it| text[it.span.clone()].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(" 第五条之一第二款 （《乙法》第三条）"), ["第五条之一第二款"]);
    assert!(of("依照第五条").is_empty());
}

#[test]
fn a_law_names_the_members_of_a_range_once_and_whole() {
    let text = "违反本规则第六条至第九条规定的，依照第十条和第十一条规定处理";
    let all = own_articles(text, &(0..text.len()), "甲规则");
    let told: Vec<_> = all.iter().map(|it| &text[it.span.clone()]).collect();
    let range = "本规则第六条至第九条";
    assert_eq!(told, ["本规则第六条", range, range, "第九条", "第十条", "第十一条"]);
}

#[test]
fn what_points_back_is_of_the_version_that_it_points_to() {
    let years = |text: &str, law: Option<&str>| {
        let all = articles(text, law).into_iter();
        let year = all.map(|it| match it.what {
            What::Article(_, place) => place.year,
            _ => None,
        });
        year.collect::<Vec<_>>()
    };
    for text in [
        "《甲条例》（2014年修正）第三条，该条例第九条",
        "《甲条例》（2014年修正）施行后，该条例第三条，同条例第九条",
        "2014年修正的《甲条例》第三条，其中第九条也是",
        "2014年8月修订后的《甲条例》第三条，该条例第九条",
        "甲条例（2014年修正）第三条，该条例第九条",
    ] {
        assert_eq!(years(text, None), [Some(2014), Some(2014)], "{text}");
    }
    assert_eq!(
        years("《甲条例》（2014年修正）第三条，《甲条例》第九条", None),
        [Some(2014), None]
    );
    assert_eq!(years("该条例第九条", Some("甲条例（2014年）")), [Some(2014)]);
    let last = |text: &str| last_law(text, &mentions(text, None));
    assert_eq!(
        last("《甲条例》（2014年修正）施行").as_deref(),
        Some("甲条例（2014年）")
    );
    assert_eq!(
        last("2014年修正的《甲条例》第三条").as_deref(),
        Some("甲条例（2014年）")
    );
}

#[test]
fn former_articles_and_those_that_a_text_adds_are_told_apart() {
    let standings = |text: &str| {
        let all = articles(text, None).into_iter();
        let told = all.map(|it| match it.what {
            What::Article(_, place) => (place.article, place.paragraph, place.standing),
            _ => ((0, 0), None, Standing::Held),
        });
        told.collect::<Vec<_>>()
    };
    let former = |number: u32| ((number, 0), None, Standing::Former);
    let held = |number: u32| ((number, 0), None, Standing::Held);
    for text in [
        "将《甲解释》原第六条、第七条修改为",
        "将甲法原第六条、第七条",
        "原《甲法》第六条、第七条",
        "修订前的《甲法》第六条和第七条",
    ] {
        assert_eq!(standings(text), [former(6), former(7)], "{text}");
    }
    let added = |number: u32, sub: u32| ((number, sub), None, Standing::Added);
    for (text, wanted) in [
        (
            "在甲法第四条后增加一条，作为第四条之一：“乙”",
            vec![held(4), added(4, 1)],
        ),
        ("在《甲法》第四条之后增加一条作为第四条之一", vec![held(4), added(4, 1)]),
        ("在甲法第四条之前增加一条，作为第三条之一", vec![held(4), added(3, 1)]),
        (
            "在甲法第四条第二款后增加二条，分别作为第四条之一、第四条之二",
            vec![((4, 0), Some(2), Standing::Held), added(4, 1), added(4, 2)],
        ),
        ("将甲法第四条改为第五条", vec![held(4), added(5, 0)]),
        (
            "甲法第四条中增加一款，作为第三款",
            vec![held(4), ((4, 0), Some(3), Standing::Added)],
        ),
        (
            "在甲法第四条增加二款作为第三款、第四款：“乙”",
            vec![
                held(4),
                ((4, 0), Some(3), Standing::Added),
                ((4, 0), Some(4), Standing::Added),
            ],
        ),
    ] {
        assert_eq!(standings(text), wanted, "{text}");
    }
    assert_eq!(
        of("甲法第四条中增加一款，作为第三款", None)[1],
        "甲法 4 Some(3) None 第三款"
    );
    assert_eq!(standings("在甲法第四条后增加一条：“乙”。第五条"), [held(4)]);
}

#[test]
fn numbers_of_series_are_read_whole() {
    assert_eq!(
        of(
            "（2022年指导性案例第3号，总第10号）《甲解释》（法（研）发〔1987〕32号）",
            None
        ),
        ["2022年指导案例3号", "总10号", "《甲解释》", "法(研)发1987-32号"]
    );
}
