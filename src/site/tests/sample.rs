//! Four small documents that refer to each other, one of each kind, every field filled.

use crate::adoption::{due, outcomes, state};
use crate::audience::{Audience, Candidate, Cleared, Drafts, clear};
use crate::corpus::Source;
use crate::markdown::{Block, Citation, Heading, Rendered};
use crate::message::Lang;
use crate::record::date::{Day, Precision};
use crate::record::vocabulary::Search;
use crate::record::*;
use crate::settings::{Person, Settings};
use crate::site::Entry;
use crate::site::names::names;
use jiff::civil::{Date, date};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(in crate::site) const NOW: Date = date(2026, 11, 20);

pub(in crate::site) fn settings() -> Settings {
    Settings {
        title: "澄溪检研".to_owned(),
        unit: Some("澄溪县人民检察院".to_owned()),
        emblem: None,
        footer: Some("研究室编 <示例>".to_owned()),
        filing: None,
        style: None,
        templates: BTreeMap::new(),
        base_url: None,
        language: Lang::default(),
        review_required: true,
        vocabularies: BTreeMap::new(),
        line_groups: BTreeMap::new(),
        written_genres: BTreeSet::new(),
        counts_from: BTreeMap::from([(Form::Resolution, Effect::Issued), (Form::Instruction, Effect::Ordered)]),
        recognised_forms: BTreeSet::from([Form::Publication]),
        endorsed_counts: false,
        holidays: BTreeSet::new(),
        workdays: BTreeSet::new(),
        folders: crate::record::Folders::default(),
        complete: Vec::new(),
        attachments: BTreeSet::new(),
        downloads: None,
        search: Search::Browser,
        synonyms: Vec::new(),
        people: Vec::<Person>::new(),
        targets: Vec::new(),
        corpora: Vec::new(),
        since: None,
        scoring: None,
        scores: Vec::new(),
    }
}

pub(in crate::site) fn day(year: i16, month: i8, day: i8) -> Day {
    Day::exact(date(year, month, day))
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

pub(in crate::site) fn record(id: &str, title: &str, detail: Detail) -> Record {
    Record {
        id: id.to_owned(),
        file: format!("{id}.md"),
        kind: match detail {
            Detail::Report(_) => Kind::Report,
            Detail::Case(_) => Kind::Case,
            Detail::Recommendation(_) => Kind::Recommendation,
            Detail::Topic(_) => Kind::Topic,
            Detail::Law(_) => Kind::Law,
        },
        title: title.to_owned(),
        date: Some(day(2022, 5, 18)),
        units: strings(&["澄溪县人民检察院"]),
        departments: strings(&["未成年人检察办公室"]),
        authors: vec![
            Author {
                name: "熊某".to_owned(),
                role: None,
            },
            Author {
                name: "白某".to_owned(),
                role: Some(Role::Writer),
            },
        ],
        lines: strings(&["未成年人", "公益诉讼"]),
        causes: strings(&["行政公益诉讼"]),
        tags: strings(&["文身", "社会治理"]),
        summary: Some("查明未成年人文身的规模、场所和成因，提出“归口 & 查验”两项建议。".to_owned()),
        laws: strings(&["未成年人保护法第123条"]),
        related: Vec::new(),
        supersedes: Vec::new(),
        benefits: Benefits {
            people: Some(Located {
                value: Quantity {
                    value: 2000,
                    at_least: true,
                    text: "2000余".to_owned(),
                },
                line: 9,
            }),
            amount: Some(Located {
                value: Quantity {
                    value: 184_600_000,
                    at_least: false,
                    text: "1846000".to_owned(),
                },
                line: 9,
            }),
        },
        honours: Vec::new(),
        visibility: Visibility::Public,
        review: Some(Review {
            by: Some("办公室审查岗".to_owned()),
            date: Some(day(2022, 6, 10)),
            result: Some("可以公开".to_owned()),
        }),
        draft: false,
        key_lines: KeyLines::default(),
        unknown: vec![("secret".to_owned(), "未知键的值".to_owned())],
        detail,
    }
}

fn report() -> Record {
    let event = |form, level, effect, line| Adoption {
        date: Some(day(2022, 11, 24)),
        form,
        level: Some(level),
        authority: Some("澄溪县人民代表大会常务委员会".to_owned()),
        effect: Some(effect),
        document: Some("澄人常〔2022〕15号".to_owned()),
        evidence: Some("研究室档案 2022-研-027".to_owned()),
        note: Some("通过关于加强未成年人文身治理的决议。".to_owned()),
        leads_to: strings(&["检察建议/J02", "案例/不在本库"]),
        visibility: None,
        line,
    };
    let unverified = Adoption {
        evidence: None,
        document: None,
        note: None,
        leads_to: Vec::new(),
        ..event(Form::Publication, Level::Province, Effect::Issued, 30)
    };
    record(
        "调研报告/R01",
        "关于未成年人<文身>情况的调研报告",
        Detail::Report(Report {
            genre: Some("实证研究".to_owned()),
            methods: strings(&["问卷调查", "实地走访"]),
            partners: strings(&["县教育局"]),
            topic: Some("项目（课题）/P13".to_owned()),
            adoptions: vec![event(Form::Resolution, Level::County, Effect::Issued, 20), unverified],
        }),
    )
}

fn case() -> Record {
    let honour = Honour {
        title: "省级典型案例".to_owned(),
        level: Some(Level::Province),
        issuers: strings(&["省人民检察院"]),
        date: Some(Day {
            date: date(2023, 6, 1),
            precision: Precision::Month,
        }),
        rank: Some(CaseRank::Typical),
        line: 12,
    };
    let detail = Case {
        rank: Some(CaseRank::Typical),
        level: Some(Level::Province),
        issuers: strings(&["省人民检察院"]),
        awarded: None,
        number: Some("检例第900号".to_owned()),
        batch: Some("第三批".to_owned()),
        result: Some("判决支持诉讼请求".to_owned()),
        court_number: Some("（2022）澄0999行初1号".to_owned()),
    };
    Record {
        honours: vec![honour],
        ..record("案例/C02", "督促整治文身场所案", Detail::Case(detail))
    }
}

fn recommendation() -> Record {
    let step = |month: i8, text: &str| Step {
        date: Some(day(2022, month, 15)),
        text: Some(text.to_owned()),
        line: 40,
    };
    let detail = Recommendation {
        type_: Some("公益诉讼".to_owned()),
        number: Some("澄检建〔2022〕9号".to_owned()),
        addressee: Some("澄溪县卫生健康局".to_owned()),
        cc: strings(&["澄溪县人民政府"]),
        handling_unit: Some("公益诉讼检察部".to_owned()),
        problems: strings(&["查验义务落空", "归口不明"]),
        suggestions: strings(&["开展专项检查"]),
        priority: true,
        issued: Some(Located {
            value: day(2022, 7, 1),
            line: 30,
        }),
        delivered: Some(Located {
            value: day(2022, 7, 5),
            line: 31,
        }),
        delivery: Some("宣告送达".to_owned()),
        filed: Some(day(2022, 7, 6)),
        reply: Some(Reply {
            date: Some(day(2022, 8, 30)),
            outcome: Some(Outcome::Accepted),
            summary: Some("已检查14家店铺。".to_owned()),
            line: 35,
        }),
        rectification: Some(Rectification {
            date: Some(day(2022, 10, 8)),
            outcome: Some(Rectified::Full),
            line: 36,
        }),
        followups: vec![step(11, "回访未见反弹")],
        closed: Some(step(12, "整改到位")),
        source: Some("调研报告/R01".to_owned()),
        ..Recommendation::default()
    };
    record(
        "检察建议/J02",
        "关于加强文身场所监管的检察建议书",
        Detail::Recommendation(Box::new(detail)),
    )
}

fn topic() -> Record {
    let result = |text: &str, done| KeyResult {
        text: text.to_owned(),
        done,
        line: 50,
    };
    let detail = Topic {
        category: Some("创新课题".to_owned()),
        origin: Some("个人申报".to_owned()),
        status: Some(TopicStatus::Finished),
        lead: Some("白某".to_owned()),
        team: strings(&["冯某"]),
        deadline: Some(day(2022, 2, 15)),
        themes: strings(&["未成年人保护"]),
        key_results: vec![result("完成问卷1200份", true), result("形成白皮书", false)],
        outputs: strings(&["调研报告/R01"]),
    };
    Record {
        authors: Vec::new(),
        summary: None,
        ..record("项目（课题）/P13", "未成年人文身问卷", Detail::Topic(detail))
    }
}

/// Entries of records through the gate, in the order of their ids.
pub(in crate::site) fn entries_of(mut records: Vec<Record>, audience: Audience) -> Vec<Entry> {
    records.sort_by(|a, b| a.id.cmp(&b.id));
    let candidates = records.into_iter().map(|record| Candidate {
        source: Arc::new(Source::of(record.id.clone(), record.file.clone(), String::new())),
        record,
        findings: Vec::new(),
    });
    let (documents, _) = clear(candidates.collect(), audience, Drafts::Shown);
    let records: Vec<&Record> = documents.iter().map(Cleared::record).collect();
    let pages = names(&records.iter().map(|record| record.id.as_str()).collect::<Vec<_>>());
    let settings = settings();
    documents
        .iter()
        .zip(outcomes(&records, &settings))
        .zip(pages)
        .map(|((document, outcome), page)| {
            let record = document.record();
            let recommendation = match &record.detail {
                Detail::Recommendation(detail) => Some(detail),
                _ => None,
            };
            Entry {
                outcome,
                due: recommendation.and_then(|detail| due(detail, &settings)),
                state: recommendation.map(|detail| state(detail, &settings, NOW)),
                document: document.clone(),
                source: Some(page.replace(".html", ".md")),
                page,
                cites: Vec::new(),
                cited_by: Vec::new(),
                laws: crate::site::laws(record, &rendered().citations),
                numbers: Vec::new(),
                opening: None,
                articles: Vec::new(),
                status: None,
                superseded_by: None,
                evidence: Vec::new(),
            }
        })
        .collect()
}

/// The four documents: 案例/C02, 检察建议/J02, 调研报告/R01, 项目（课题）/P13 by their ids.
pub(in crate::site) fn entries(audience: Audience) -> Vec<Entry> {
    let mut entries = entries_of(vec![report(), case(), recommendation(), topic()], audience);
    let place = |id: &str| {
        entries
            .iter()
            .position(|entry| entry.document.record().id == id)
            .unwrap()
    };
    let (report, case) = (place("调研报告/R01"), place("案例/C02"));
    entries[report].cites = vec![case];
    entries[case].cited_by = vec![report];
    entries[case].superseded_by = Some(report);
    entries
}

/// A short body with two sections.
pub(in crate::site) fn rendered() -> Rendered {
    let heading = |level, id: &str, text: &str| Heading {
        level,
        id: id.to_owned(),
        text: text.to_owned(),
        role: None,
    };
    let block = |section, anchor: &str, text: &str| Block {
        section,
        anchor: anchor.to_owned(),
        text: text.to_owned(),
    };
    Rendered {
        html: "<h2 id=\"一-基本情况\">一、基本情况</h2>\n<p>走访<strong>文身</strong>店14家。</p>\n<h3 id=\"一-问卷\">（一）问卷</h3>\n<p>回收1164份。</p>\n".to_owned(),
        blocks: vec![block(Some(0), "一-基本情况", "一、基本情况"), block(Some(0), "一-基本情况", "走访文身店14家。")],
        headings: vec![heading(2, "一-基本情况", "一、基本情况"), heading(3, "一-问卷", "（一）问卷")],
        citations: vec![
            Citation { law: "刑法".to_owned(), article: "264条".to_owned() },
            Citation { law: "刑法".to_owned(), article: "120条-1".to_owned() },
        ],
    }
}
