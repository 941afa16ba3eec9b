use super::*;
use crate::text::normalize;
use serde::Deserialize;
use std::path::Path;

/// One line of a vector file: a raw text and what the analyzer gives for it.
#[derive(Deserialize)]
struct Vector {
    s: String,
    norm: String,
    tokens: Vec<(String, u32)>,
    articles: Vec<String>,
}

fn check(path: &Path) -> usize {
    let text = std::fs::read_to_string(path).unwrap();
    let vectors: Vec<Vector> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for vector in &vectors {
        let normal = normalize(&vector.s);
        assert_eq!(normal, vector.norm, "normal form of {:?}", vector.s);
        let (mut ordinary, mut articles) = (Vec::new(), Vec::new());
        for token in tokens(&normal) {
            let mut text = String::new();
            token.write(&normal, &mut text);
            match token.kind {
                TokenKind::Article(_) => articles.push(text),
                _ => ordinary.push((text, token.position)),
            }
        }
        assert_eq!(ordinary, vector.tokens, "tokens of {:?}", vector.s);
        assert_eq!(articles, vector.articles, "article tokens of {:?}", vector.s);
    }
    vectors.len()
}

#[test]
fn own_vectors_hold() {
    assert!(check(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors/tokens.jsonl")) >= 60);
}

#[test]
fn reference_vectors_hold_where_they_are_there() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/analyzer/tokens.jsonl"));
    if path.exists() {
        assert!(check(path) > 800);
    }
}

#[test]
fn an_article_token_stands_at_the_first_token_of_its_first_unit() {
    let positions = |normal| {
        tokens(normal)
            .filter(|token| matches!(token.kind, TokenKind::Article(_)))
            .map(|t| t.position)
            .collect::<Vec<_>>()
    };
    assert_eq!(positions("刑法第264条"), [2]); // 刑法 法第 第264
    assert_eq!(positions("264条"), [0]);
    assert_eq!(positions("刑法 71条"), [2]); // 刑法, a gap, 71
}

#[test]
fn offsets_name_the_text_of_the_token() {
    let normal = "公益诉讼a264条";
    let spans: Vec<_> = tokens(normal).map(|token| &normal[token.start..token.end]).collect();
    assert_eq!(spans, ["公益", "益诉", "诉讼", "讼a264", "264条", "a264", "a264条"]);
}
