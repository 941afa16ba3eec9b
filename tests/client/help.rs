//! What else to ask: the browser has the ideas of the command line.

use crate::client::engine::Client;
use crate::client::parity::{FINE, Site};
use fastrand::Rng;
use jianyan::bundle::Layout;
use jianyan::query::help::Why;
use jianyan::text::sound;
use serde_json::json;
use std::rc::Rc;

/// A word of a document with a character changed, lost, doubled or moved, or two words of which one stands nowhere.
fn query(rng: &mut Rng, site: &Site) -> String {
    let document = &site.documents[rng.usize(..site.documents.len())];
    let title: Vec<char> = document.title.chars().collect();
    let length = rng.usize(2..7).min(title.len());
    let start = rng.usize(..=title.len() - length);
    let mut word = title[start..start + length].to_vec();
    let at = rng.usize(..word.len());
    match rng.u8(..5) {
        0 | 1 => {
            let alike: Vec<char> = sound::alike(word[at]).into_iter().collect();
            if !alike.is_empty() {
                word[at] = alike[rng.usize(..alike.len())];
            }
        }
        2 => drop(word.remove(at)),
        3 => word.insert(at, '井'),
        _ => word.swap(0, at),
    }
    let word: String = word.into_iter().collect();
    match rng.u8(..6) {
        0 => format!("{word} 文身"),
        1 => format!("{word} -快递 kind:report"),
        2 => format!("\"{word}\" 井盖"),
        3 => format!("未成年人纹身 OR {word}　窨井"),
        _ => word,
    }
}

#[test]
fn empty_results_get_the_same_help_in_the_browser() {
    let site = Site::new();
    let searcher = site.searcher();
    let (mut sounds, mut similar, mut others) = (0, 0, 0);
    for (layout, seed) in [(Layout::default(), 1), (FINE, 2)] {
        let client = Client::new(Rc::new(site.bundle(layout)));
        client.load(jianyan::site::HELP);
        let mut rng = Rng::with_seed(seed);
        for _ in 0..60 {
            let query = query(&mut rng, &site);
            let expected = searcher.help(&query).unwrap();
            let found = client.promised(&format!("jianyan.help({})", json!(query)));
            assert_eq!(found, json!(expected), "{query}");
            for idea in expected {
                match idea.why {
                    Why::Sound => sounds += 1,
                    Why::Similar => similar += 1,
                    _ => others += 1,
                }
            }
        }
    }
    assert!(
        sounds > 10 && similar > 10 && others > 10,
        "{sounds} {similar} {others}"
    );
}

#[test]
fn a_word_for_a_year_is_offered_as_a_filter_by_both() {
    let site = Site::new();
    let searcher = site.searcher();
    let client = Client::new(Rc::new(site.bundle(Layout::default())));
    client.load(jianyan::site::HELP);
    let mut offered = 0;
    for query in [
        "去年",
        "文身 去年",
        "近三年 文身",
        "前年至去年 未成年人",
        "今年 去年 文身",
        "文身 OR 去年",
        "\"去年\" 文身",
        "去年 年份:2020",
        "-去年 文身",
        "文身",
        "去年的事",
    ] {
        let expected = searcher.dated(query).unwrap();
        let found = client.promised(&format!("jianyan.dated({})", json!(query)));
        assert_eq!(found, json!(expected), "{query}");
        assert!(expected.iter().all(|idea| idea.why == Why::Year && idea.n > 0));
        offered += expected.len();
    }
    assert!(offered > 2, "{offered}");
}

#[test]
fn letters_spell_characters_by_syllables_and_initials() {
    let site = Site::new();
    let client = Client::new(Rc::new(site.bundle(Layout::default())));
    client.load(jianyan::site::HELP);
    for (value, letters, at) in [
        ("未成年人保护", "wcn", 0),
        ("未成年人保护", "weichengnian", 0),
        ("未成年人保护", "weichengn", 0),
        ("未成年人保护", "weicheng", 0),
        ("未成年人保护", "weichengni", 0),
        ("未成年人保护", "bh", 4),
        ("未成年人保护", "bhx", -1),
        ("重庆", "chongq", 0),
        ("重庆", "zhongq", 0),
        ("中国", "zhg", 0),
        ("法律", "falv", 0),
        ("盗窃—改装", "dqgz", 0),
        ("DNA比对", "dnabd", 0),
        ("文身", "sw", -1),
    ] {
        let expression = format!(
            "jianyan.words.sounds().then(sounds => jianyan.words.spelt(jianyan.words.readings(jianyan.analyzer.normal({}), sounds.of), {}))",
            json!(value),
            json!(letters)
        );
        assert_eq!(client.promised(&expression), json!(at), "{value} {letters}");
    }
    for (value, letters, at) in [
        ("未成年人保护", "wsn", 0),
        ("未成年人保护", "xcn", -1),
        ("文身", "wsn", -1),
    ] {
        let expression = format!(
            "jianyan.words.sounds().then(sounds => jianyan.words.misspelt(jianyan.words.readings({}, sounds.of), {}))",
            json!(value),
            json!(letters)
        );
        assert_eq!(client.promised(&expression), json!(at), "{value} {letters}");
    }
}
