use super::*;

fn scalar(text: &str) -> Value {
    Value::Scalar {
        text: text.into(),
        quoted: false,
    }
}

/// The tree of a text that has no problems.
fn tree(text: &str) -> Node {
    let (node, problems) = parse(text, 0);
    assert_eq!(problems, []);
    node.unwrap()
}

fn kinds(text: &str) -> Vec<ProblemKind> {
    parse(text, 0).1.into_iter().map(|problem| problem.kind).collect()
}

fn value<'a>(node: &'a Node, key: &str) -> &'a Node {
    &node
        .entries()
        .unwrap()
        .iter()
        .find(|entry| entry.key == key)
        .unwrap()
        .value
}

#[test]
fn scalars_stay_text() {
    let root = tree("a: no\nb: 1.10\nc: 2023-01-05\nd: 'no'\ne: |\n  一\n  二\nf: ~\ng:\nh: \"\"\n");
    assert_eq!(value(&root, "a").value, scalar("no"));
    assert_eq!(value(&root, "b").value, scalar("1.10"));
    assert_eq!(value(&root, "c").value, scalar("2023-01-05"));
    assert_eq!(
        value(&root, "d").value,
        Value::Scalar {
            text: "no".into(),
            quoted: true
        }
    );
    assert_eq!(value(&root, "e").text(), Some("一\n二\n"));
    assert!(value(&root, "f").is_null() && value(&root, "g").is_null());
    assert_eq!(value(&root, "h").text(), Some(""));
}

#[test]
fn every_value_knows_its_bytes_in_the_file() {
    let text = "标题: 关于文身的报告 # 注\n作者:\n  - 熊某\n  - {name: 白某, role: '执笔'}\n条线: [民事, 行政]\n";
    let file = format!("---\n{text}---\n");
    let (root, problems) = parse(text, 4);
    let root = root.unwrap();
    assert_eq!(problems, []);
    let at = |node: &Node| &file[node.span.clone()];
    assert_eq!(at(value(&root, "标题")), "关于文身的报告");
    let authors = value(&root, "作者").items().unwrap();
    assert_eq!(at(&authors[0]), "熊某");
    assert_eq!(at(&authors[1]), "{name: 白某, role: '执笔'}");
    assert_eq!(at(value(&authors[1], "role")), "'执笔'");
    assert_eq!(at(value(&root, "条线")), "[民事, 行政]");
    assert_eq!(at(value(&root, "作者")), "- 熊某\n  - {name: 白某, role: '执笔'}");
    let keys: Vec<_> = root
        .entries()
        .unwrap()
        .iter()
        .map(|entry| &file[entry.key_span.clone()])
        .collect();
    assert_eq!(keys, ["标题", "作者", "条线"]);
}

#[test]
fn a_key_that_stands_twice_keeps_its_first_value_and_is_located() {
    let (root, problems) = parse("a: 1\nb: 2\na: [3]\n", 10);
    assert_eq!(
        problems,
        [Problem {
            kind: ProblemKind::DuplicateKey("a".into()),
            span: 20..21
        }]
    );
    let root = root.unwrap();
    assert_eq!(value(&root, "a").value, scalar("1"));
    assert_eq!(root.entries().unwrap().len(), 2);
}

#[test]
fn aliases_unfold_within_a_budget() {
    let root = tree("a: &x [1, 2]\nb: *x\n");
    assert_eq!(value(&root, "b").items().unwrap().len(), 2);
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..9 {
        let inner = format!("*a{}, ", level - 1).repeat(10);
        bomb += &format!("a{level}: &a{level} [{inner}]\n");
    }
    assert_eq!(kinds(&bomb), [ProblemKind::TooManyAliases]);
    assert_eq!(kinds("a: &a [*a]\n"), [ProblemKind::SelfAlias]);
    let long = format!("a: &a {}\nb: [{}]\n", "甲".repeat(10_000), "*a, ".repeat(100));
    assert_eq!(kinds(&long), [ProblemKind::TooManyAliases]);
}

#[test]
fn deep_nesting_is_refused() {
    assert_eq!(kinds(&"[".repeat(200)), [ProblemKind::TooDeep]);
    assert_eq!(kinds(&"- ".repeat(10_000)), [ProblemKind::TooDeep]);
    let nested: String = (0..1000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    assert_eq!(kinds(&nested), [ProblemKind::TooDeep]);
}

#[test]
fn syntax_errors_are_told_apart_and_located() {
    let error = |text: &str| {
        let problem = parse(text, 100).1.remove(0);
        (problem.kind, problem.span.start - 100)
    };
    assert_eq!(error("a: 1\nb:\n\tc: 2\n").0, ProblemKind::Tab);
    assert_eq!(error("标题: 一: 二\n"), (ProblemKind::Colon, "标题: 一".len()));
    assert_eq!(error("a: \"一\nb: 2\n").0, ProblemKind::Quote);
    assert_eq!(error("a: [一, 二\nb: 2\n").0, ProblemKind::Bracket);
    assert_eq!(error("a: 1\n  b: 2\n").0, ProblemKind::Colon);
    assert_eq!(error("a:\n  - 1\n b: 2\n").0, ProblemKind::Indent);
    assert_eq!(
        error("a: @x\n").0,
        ProblemKind::Syntax("unexpected character: `@'".into())
    );
}

#[test]
fn what_stands_before_a_syntax_error_is_kept() {
    let (root, problems) = parse("a: 1\nb: [2, 3]\nd: [4, {e: 5: 6\n", 0);
    assert_eq!(problems.len(), 1);
    let root = root.unwrap();
    assert_eq!(
        (value(&root, "a").text(), value(&root, "b").items().map(<[Node]>::len)),
        (Some("1"), Some(2))
    );
}

#[test]
fn odd_keys_and_second_documents_are_passed_over() {
    assert_eq!(kinds("? [a, b]\n: 1\nc: 2\n"), [ProblemKind::ComplexKey]);
    assert_eq!(kinds("a: 1\n---\nb: 2\n"), [ProblemKind::SecondDocument]);
    assert_eq!(parse("", 0), (None, Vec::new()));
    assert_eq!(parse("# 只有注释\n", 0), (None, Vec::new()));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

    #[test]
    fn no_text_makes_it_panic_and_every_span_lies_in_the_text(text in "[-a:\\[\\]{}#&*!|>'\"%@` \t\n，：一?~,0]{0,60}") {
        let (root, problems) = parse(&text, 7);
        let inside = |span: &Range<usize>| span.start >= 7 && span.start <= span.end && text.get(span.start - 7..span.end - 7).is_some();
        assert!(root.iter().all(|node| all_spans(node).iter().all(inside)));
        assert!(problems.iter().all(|problem| inside(&problem.span)));
    }
}

fn all_spans(node: &Node) -> Vec<Range<usize>> {
    let mut spans = vec![node.span.clone()];
    node.items()
        .into_iter()
        .flatten()
        .for_each(|item| spans.extend(all_spans(item)));
    for entry in node.entries().into_iter().flatten() {
        spans.push(entry.key_span.clone());
        spans.extend(all_spans(&entry.value));
    }
    spans
}

#[test]
fn brackets_that_hold_a_comment_alone_are_empty() {
    for inner in [" # 空\n", "\n  # {date: 2024-01-01}\n", " # [\n# 二\n\n", "\n"] {
        for (open, close) in [("[", "]"), ("{", "}")] {
            let text = format!("一: {open}{inner}{close} # 尾\n二: {open}{inner}{close}\n三: 值\n");
            let (node, problems) = parse(&text, 0);
            assert!(problems.is_empty(), "{text}: {problems:?}");
            let node = node.unwrap();
            let entries = node.entries().unwrap();
            let spans: Vec<&str> = entries.iter().map(|entry| &text[entry.value.span.clone()]).collect();
            let brackets = format!("{open}{inner}{close}");
            assert_eq!(spans, [&*brackets, &*brackets, "值"]);
            assert_eq!(events(&text).unwrap().last().unwrap().0, Event::End);
        }
    }
    assert!(!parse("一: [ # ]\n二: 三\n", 0).1.is_empty());
}
