//! What pages promise: every fact shown and found, valid markup, nothing from outside.

pub(super) mod sample;

use super::*;
use crate::cache::Stamp;
use crate::record::{Detail, Record, Report};
use crate::sink::Sink;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use sample::{NOW, entries, entries_of, record, rendered, settings};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// The texts that were handed out, each path once.
#[derive(Default)]
struct Collected(Mutex<BTreeMap<String, String>>);

impl Sink for Collected {
    fn put(&self, path: &str, bytes: Vec<u8>) -> io::Result<()> {
        let text = String::from_utf8(bytes).unwrap();
        let known = self.0.lock().unwrap().insert(path.to_owned(), text);
        assert!(known.is_none(), "{path} written twice");
        Ok(())
    }

    fn keep(&self, _: &str, _: &Stamp) -> bool {
        false
    }
}

fn pages_of(site: &Site) -> BTreeMap<String, String> {
    let (lists, ledger) = (Collected::default(), Collected::default());
    site.pages(&lists).unwrap();
    site.ledger(&ledger).unwrap();
    let mut pages = lists.0.into_inner().unwrap();
    let ledger = ledger.0.into_inner().unwrap();
    for (path, html) in ledger.into_iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(pages.insert(path, html).is_none());
    }
    for (index, entry) in site.entries.iter().enumerate() {
        assert!(
            pages
                .insert(entry.page.clone(), site.document_page(index, &rendered()))
                .is_none()
        );
    }
    pages
}

fn with_site<T>(audience: Audience, lang: Lang, use_it: impl FnOnce(&Site) -> T) -> T {
    let (settings, entries) = (settings(), entries(audience));
    use_it(&Site::new(&settings, audience, lang, NOW, &entries))
}

/// A start tag (or an end tag) with its name and attributes.
type Tag = (bool, String, Vec<(String, String)>);

/// Start and end tags, attributes and parse errors of a page.
#[derive(Default)]
struct Markup {
    tags: RefCell<Vec<Tag>>,
    text: RefCell<String>,
    errors: RefCell<Vec<String>>,
}

impl TokenSink for &Markup {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) => {
                let attributes = tag
                    .attrs
                    .iter()
                    .map(|one| (one.name.local.to_string(), one.value.to_string()))
                    .collect();
                self.tags
                    .borrow_mut()
                    .push((tag.kind == TagKind::StartTag, tag.name.to_string(), attributes));
            }
            Token::CharacterTokens(text) => self.text.borrow_mut().push_str(&text),
            Token::ParseError(error) => self.errors.borrow_mut().push(error.to_string()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn markup(html: &str) -> Markup {
    let markup = Markup::default();
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(&markup, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    markup
}

#[test]
fn pages_are_balanced_and_take_nothing_from_outside() {
    const VOID: [&str; 6] = ["meta", "link", "input", "br", "img", "hr"];
    for (audience, lang) in [(Audience::Internal, Lang::Zh), (Audience::Public, Lang::En)] {
        for (path, html) in with_site(audience, lang, pages_of) {
            let markup = markup(&html);
            assert_eq!(*markup.errors.borrow(), Vec::<String>::new(), "{path}");
            let mut open: Vec<String> = Vec::new();
            let mut ids = std::collections::HashSet::new();
            for (start, name, attributes) in markup.tags.borrow().iter() {
                for (key, value) in attributes {
                    assert!(key != "style" && !key.starts_with("on"), "{path}: {key} on {name}");
                    if matches!(key.as_str(), "href" | "src" | "action") {
                        let local = !value.starts_with('/') && !value.contains(':') || value == "data:,";
                        assert!(local, "{path}: {key} {value} leads out");
                    }
                    assert!(key != "id" || ids.insert(value.clone()), "{path}: id {value} twice");
                }
                assert!(
                    name != "style" && (name != "script" || !start || attributes.iter().any(|(key, _)| key == "src")),
                    "{path}"
                );
                match start {
                    true if !VOID.contains(&name.as_str()) => open.push(name.clone()),
                    true => {}
                    false => assert_eq!(open.pop().as_deref(), Some(name.as_str()), "{path}"),
                }
            }
            assert!(open.is_empty(), "{path} leaves {open:?} open");
            assert!(
                html.starts_with("<!doctype html>"),
                "{path} starts with {:?}",
                &html[..40.min(html.len())]
            );
            assert!(
                html.contains(
                    "content=\"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'\""
                )
            );
            assert!(html.contains(&format!("<html lang=\"{}\">", lang.tag())));
        }
    }
}

#[test]
fn every_link_leads_to_a_page() {
    let all = with_site(Audience::Internal, Lang::Zh, pages_of);
    for (path, html) in &all {
        for (_, _, attributes) in markup(html).tags.borrow().iter() {
            for (_, link) in attributes
                .iter()
                .filter(|(key, value)| key == "href" && value.split('#').next().unwrap_or("").ends_with(".html"))
            {
                let mut place: Vec<&str> = path.split('/').collect();
                place.pop();
                let file = link.split('#').next().unwrap_or("");
                let decoded = percent_encoding::percent_decode_str(file).decode_utf8().unwrap();
                for segment in decoded.split('/') {
                    if segment == ".." {
                        place.pop().unwrap();
                    } else {
                        place.push(segment);
                    }
                }
                assert!(all.contains_key(&place.join("/")), "{path}: {link} leads nowhere");
            }
        }
    }
}

#[test]
fn what_a_page_shows_of_its_document_is_found() {
    let entries = entries(Audience::Internal);
    let expected = [
        (
            "调研报告/R01",
            [
                "白某（执笔）",
                "澄人常〔2022〕15号",
                "澄溪县人民代表大会常务委员会",
                "研究室档案 2022-研-027",
                "2000余人",
                "2022-11-24",
                "实证研究",
            ]
            .as_slice(),
        ),
        (
            "案例/C02",
            [
                "检例第900号",
                "省级典型案例",
                "省人民检察院",
                "2023-06",
                "（2022）澄0999行初1号",
            ]
            .as_slice(),
        ),
        (
            "检察建议/J02",
            [
                "澄溪县卫生健康局",
                "查验义务落空",
                "开展专项检查",
                "已检查14家店铺。",
                "宣告送达",
                "2022-09-05",
                "送达之日起两个月",
                "回访未见反弹",
            ]
            .as_slice(),
        ),
        (
            "项目（课题）/P13",
            ["冯某", "完成问卷1200份", "形成白皮书", "未成年人保护"].as_slice(),
        ),
    ];
    for entry in &entries {
        let record = entry.document.record();
        let extra = searchable_extra(entry);
        let (_, texts) = expected.iter().find(|(id, _)| *id == record.id).unwrap();
        for text in *texts {
            assert!(
                extra.iter().any(|one| one == text),
                "{}: {text} is missing in {extra:?}",
                record.id
            );
        }
        assert!(
            !extra
                .iter()
                .any(|one| one == "文身" || one == "未知键的值" || *one == record.title)
        );
        let settings = settings();
        let site = Site::new(&settings, Audience::Internal, Lang::Zh, NOW, &entries);
        let shown = markup(&site.document_page(site.find(&record.id).unwrap(), &rendered()))
            .text
            .into_inner();
        for text in &extra {
            assert!(
                shown.contains(text.as_str()),
                "{}: {text} is found but not shown",
                record.id
            );
        }
    }
}

#[test]
fn a_public_page_says_nothing_of_review_and_persons() {
    let pages = with_site(Audience::Public, Lang::Zh, pages_of);
    assert!(!pages.keys().any(|path| path.starts_with("lists/author")));
    for (path, html) in pages {
        assert!(!html.contains("办公室审查岗") && !html.contains("内网版"), "{path}");
    }
    let extra: Vec<String> = entries(Audience::Public).iter().flat_map(searchable_extra).collect();
    assert!(!extra.iter().any(|text| text == "办公室审查岗"));
}

#[test]
fn a_document_that_is_not_there_leaves_no_trace() {
    let pages = with_site(Audience::Internal, Lang::Zh, pages_of);
    assert!(pages.values().all(|html| !html.contains("不在本库")));
}

#[test]
fn a_new_document_touches_the_first_page_of_a_list_alone() {
    let made = |count: usize| {
        let records = (0..count).map(|at| {
            let day = sample::day(2001 + (at / 300) as i16, 1 + (at / 28 % 12) as i8, 1 + (at % 28) as i8);
            Record {
                date: Some(day),
                tags: vec!["标签".to_owned()],
                ..record(
                    &format!("报告/{at:04}"),
                    &format!("第{at}篇"),
                    Detail::Report(Report::default()),
                )
            }
        });
        let (settings, entries) = (settings(), entries_of(records.collect(), Audience::Internal));
        pages_of(&Site::new(&settings, Audience::Internal, Lang::Zh, NOW, &entries))
    };
    let (before, after) = (made(170), made(171));
    let changed: Vec<&String> = after
        .iter()
        .filter(|(path, html)| path.starts_with("lists/tag/标签/") && before.get(*path) != Some(html))
        .map(|(path, _)| path)
        .collect();
    assert_eq!(changed, ["lists/tag/标签/index.html"]);
    assert!(before.contains_key("lists/tag/标签/2.html") && !before.contains_key("lists/tag/标签/3.html"));
    let shown = |page: &str, number: usize| before[page].contains(&format!("第{number}篇"));
    assert!(
        shown("lists/tag/标签/1.html", 0) && shown("lists/tag/标签/1.html", 49) && !shown("lists/tag/标签/1.html", 50)
    );
    assert!(shown("lists/tag/标签/index.html", 100) && shown("lists/tag/标签/index.html", 169));
}

#[test]
fn citations_follow_the_standard() {
    let entries = entries(Audience::Internal);
    let all: Vec<String> = entries
        .iter()
        .map(|entry| super::citation::citation(entry.document.record()))
        .collect();
    assert_eq!(
        all,
        [
            "熊某, 白某. 督促整治文身场所案: 检例第900号[Z]. 澄溪县: 澄溪县人民检察院, 2022.",
            "熊某, 白某. 关于加强文身场所监管的检察建议书: 澄检建〔2022〕9号[Z]. 澄溪县: 澄溪县人民检察院, 2022.",
            "熊某, 白某. 关于未成年人<文身>情况的调研报告[R]. 澄溪县: 澄溪县人民检察院, 2022.",
            "澄溪县人民检察院. 未成年人文身问卷[Z]. 澄溪县: 澄溪县人民检察院, 2022.",
        ]
    );
}

#[test]
fn the_catalogues_name_vocabularies_as_the_records_do() {
    let (zh, en) = (Words::of(Lang::Zh), Words::of(Lang::En));
    super::words::each_named(&mut |key, chinese| {
        assert_eq!(zh.find(&key), chinese, "{key}");
        assert_ne!(en.find(&key), key, "{key} has no English");
    });
}

#[test]
fn pages_read_as_they_did() {
    let all = with_site(Audience::Internal, Lang::Zh, pages_of);
    for (page, golden) in [
        ("调研报告/R01.html", "document.html"),
        ("lists/tag/文身/index.html", "list.html"),
    ] {
        let file = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/golden/site")
            .join(golden);
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, &all[page]).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap();
        assert_eq!(
            all[page], expected,
            "{page} differs from {golden}; look at it, then BLESS=1 writes it anew"
        );
    }
}
