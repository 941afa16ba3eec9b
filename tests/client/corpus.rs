//! A generated corpus: our own sentences, drawn by a seed.

use fastrand::Rng;
use jianyan::index::document::{Authority, Facets, IndexDocument, Meta, Passage};
use jianyan::markdown::citations;
use jianyan::text::number::numbers_in;

const SUBJECTS: &[&str] = &[
    "县检察院",
    "办案组",
    "未成年人检察部门",
    "公益诉讼检察部门",
    "行政机关",
    "乡镇政府",
    "村民委员会",
    "学校",
    "家长",
    "企业负责人",
    "被告单位",
    "行业协会",
    "市场监管部门",
    "公安机关",
    "承办检察官",
    "代表委员",
    "社区矫正机构",
    "快递网点",
    "医药门店",
    "志愿者",
];
const VERBS: &[&str] = &[
    "走访了",
    "核查了",
    "督促整改",
    "依法监督",
    "会商研究",
    "汇总分析",
    "公开听证审查",
    "跟进监督",
    "制发检察建议推动解决",
    "及时纠正",
    "全面排查",
    "联合开展整治",
    "听取意见后完善",
    "建立台账管理",
    "评估",
    "通报",
    "调取",
    "封存",
    "移送",
    "督办",
];
const OBJECTS: &[&str] = &[
    "未成年人文身问题",
    "非法占用农用地线索",
    "外卖包装食品安全隐患",
    "地名标志不规范问题",
    "寄递渠道药品销售",
    "校园周边摊点",
    "饮用水源地污染",
    "危险驾驶案件",
    "帮助信息网络犯罪活动案件",
    "养老诈骗苗头",
    "个人信息泄露风险",
    "无障碍设施缺失",
    "欠薪线索",
    "刑事执行活动",
    "虚假诉讼监督",
    "羁押必要性审查",
    "涉案财物处置",
    "认罪认罚从宽制度适用",
    "企业合规整改",
    "古树名木保护",
    "电动自行车充电安全",
    "河道采砂",
    "的士运营秩序",
    "了解到的情况",
];
const TAILS: &[&str] = &[
    "，取得了明显成效",
    "，形成工作闭环",
    "，推动出台规范性文件",
    "，问题全部整改到位",
    "，尚有三成没有回复",
    "，是否到位有待核实",
    "，谁来负责并不明确",
    "，群众反映良好",
    "，为决策提供参考",
    "，但效果不够理想",
    "",
    "",
    "",
];
const ODD: &[&str] = &[
    "DNA 比对结果",
    "附件　 一  二",
    "GPS定位",
    "App下载量",
    "GB7714格式",
    "API接口v2.0",
    "WTO规则",
    "P2P平台",
    "３５％",
    "2018年度",
    "2023年3月5日",
    "12309热线",
    "１２月",
    "e\u{301}tude",
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "㈠项",
    "①号楼",
    "ｶﾞス",
    "カタカナ",
    "한국어",
    "𠮷野家",
    "文\u{200B}身",
    "人\u{AD}工",
    "訴訟監督",
    "檢察機關",
    "未成年人保護",
    "（一）",
    "——",
    "3.5条",
    "第3.5条",
];
const LAWS: &[&str] = &[
    "刑法",
    "民法典",
    "刑事诉讼法",
    "未成年人保护法",
    "《中华人民共和国刑法》",
    "《行政处罚法》",
];
const NUMERALS: &[&str] = &[
    "第264条",
    "第二百六十四条",
    "第一百二十条之一",
    "第12条第2款",
    "第３条",
    "第五章",
    "第 17 条",
    "20条",
    "第三项",
    "第341、342条",
    "第二十条至第二十三条",
    "第120条之一至之三",
    "第三条、第十条（盗窃）、第264条",
    "第263条规定的抢劫罪、第264条",
];
const UNITS: &[&str] = &[
    "青石县人民检察院",
    "柳溪市人民检察院",
    "白塔区人民检察院",
    "青石县人民检察院第一检察部",
];
const LINES: &[&str] = &["普通犯罪", "公益诉讼", "未成年人", "民事", "行政", "法律政策研究"];
const TAGS: &[&str] = &[
    "文身治理",
    "食品安全",
    "地名",
    "快递",
    "药品",
    "综合治理",
    "Ａ类",
    "检察建议",
];
const AUTHORS: &[&str] = &["赵某", "钱某", "孙某", "李某", "周某"];

/// Synonym groups of the corpus.
pub(crate) fn synonyms() -> Vec<Vec<String>> {
    let groups: [&[&str]; 4] = [
        &["文身", "纹身", "刺青"],
        &["危险驾驶", "醉驾"],
        &["帮助信息网络犯罪活动", "帮信"],
        &["无人提及甲", "无人提及乙"],
    ];
    groups
        .iter()
        .map(|group| group.iter().map(|member| (*member).to_owned()).collect())
        .collect()
}

fn pick<'a>(rng: &mut Rng, list: &[&'a str]) -> &'a str {
    list[rng.usize(..list.len())]
}

fn some(rng: &mut Rng, list: &[&str], most: usize) -> Vec<String> {
    let mut out: Vec<String> = (0..rng.usize(..=most)).map(|_| pick(rng, list).to_owned()).collect();
    out.sort();
    out.dedup();
    out
}

fn number(rng: &mut Rng) -> String {
    match rng.u8(..5) {
        0 => format!("检例第{}号", rng.u8(1..40)),
        4 => pick(rng, &["检例第142—146号", "检例第142、143号", "青检建〔2021〕9、10号"]).to_owned(),
        1 => format!("青检建〔20{}〕{}号", rng.u8(20..26), rng.u8(1..30)),
        2 => format!("（2022）青0123刑初{}号", rng.u8(1..30)),
        _ => format!("青检建[2021]第{}号", rng.u8(1..9)),
    }
}

fn sentence(rng: &mut Rng) -> String {
    let mut out = format!(
        "{}{}{}{}",
        pick(rng, SUBJECTS),
        pick(rng, VERBS),
        pick(rng, OBJECTS),
        pick(rng, TAILS)
    );
    match rng.u8(..8) {
        0 => out += &format!("，依照{}{}的规定", pick(rng, LAWS), pick(rng, NUMERALS)),
        1 => out += &format!("，参照{}", number(rng)),
        2 | 3 => out += &format!("，{}", pick(rng, ODD)),
        4 => out += &format!("，共{}件，占{}%", rng.u16(1..2000), rng.u8(1..100)),
        _ => {}
    }
    out + if rng.u8(..5) == 0 { "；" } else { "。" }
}

fn sentences(rng: &mut Rng, most: usize) -> String {
    (0..=rng.usize(..most)).map(|_| sentence(rng)).collect()
}

fn document(rng: &mut Rng, at: usize) -> IndexDocument {
    let title = match rng.u8(..4) {
        0 => format!("关于{}的调研报告", pick(rng, OBJECTS)),
        1 => format!("{}案（{}）", pick(rng, OBJECTS), number(rng)),
        2 => format!("{}{}适用问题研究", pick(rng, LAWS), pick(rng, NUMERALS)),
        _ => format!("{}{}{}", pick(rng, SUBJECTS), pick(rng, VERBS), pick(rng, OBJECTS)),
    };
    let headings: Vec<String> = (0..rng.usize(..4))
        .map(|n| format!("第{}章 {}", n + 1, pick(rng, OBJECTS)))
        .collect();
    let mut blocks = Vec::new();
    let long = if at.is_multiple_of(40) { 400 } else { 5 };
    for section in std::iter::once(String::new()).chain(headings.iter().cloned()) {
        let passage = |text| Passage {
            section: section.clone(),
            anchor: format!("a{at}"),
            text,
        };
        if !section.is_empty() {
            blocks.push(passage(section.clone()));
        }
        blocks.extend(
            (0..rng.usize(..long))
                .map(|_| passage(sentences(rng, 4)))
                .collect::<Vec<_>>(),
        );
    }
    let summary: Vec<String> = (0..rng.usize(..2)).map(|_| sentences(rng, 2)).collect();
    let mut extra: Vec<String> = (0..rng.usize(..3)).map(|_| sentence(rng)).collect();
    extra.extend(at.is_multiple_of(9).then(|| "慕容清和".to_owned()));
    let tags = some(rng, TAGS, 3);
    let kind = pick(rng, &["report", "case", "recommendation", "topic"]).to_owned();
    let text = blocks
        .iter()
        .map(|block| block.text.clone())
        .chain([title.clone()])
        .collect::<Vec<_>>()
        .join("\n");
    let year = rng.bool().then(|| rng.i16(2018..2026));
    // Some day of that year, in days since 1970.
    let date = year.map(|year| (i32::from(year) - 1970) * 1461 / 4 + rng.i32(5..360));
    let facets = Facets {
        kind: kind.clone(),
        unit: some(rng, UNITS, 2),
        department: some(rng, &["第一检察部", "办公室"], 1),
        author: some(rng, AUTHORS, 2),
        line: some(rng, LINES, 2),
        tag: tags.clone(),
        cause: some(rng, &["盗窃罪", "危险驾驶罪"], 1),
        // Not at random, so that the other values stay what they were.
        series: if at.is_multiple_of(3) {
            vec!["检例".to_owned(), "检例第三批".to_owned()]
        } else {
            Vec::new()
        },
        folder: if at.is_multiple_of(4) {
            vec!["案例/典型案例".to_owned()]
        } else {
            Vec::new()
        },
        court: if at.is_multiple_of(5) {
            vec!["澄0123".to_owned()]
        } else {
            Vec::new()
        },
        case_type: if at.is_multiple_of(4) {
            vec![["刑初", "民终"][at / 4 % 2].to_owned()]
        } else {
            Vec::new()
        },
        level: some(rng, &["county", "city", "province"], 1),
        form: some(rng, &["decision", "norm", "instruction"], 2),
        rank: some(rng, &["typical", "fine", "自定等次"], 1),
        case_level: some(rng, &["province", "national"], 1),
        state: some(rng, &["overdue", "closed"], 1),
        year,
        date,
    };
    let cited = citations(text.lines());
    let cited = cited.iter().map(|one| format!("{}#{}", one.law, one.article));
    let laws = (0..rng.usize(..3)).map(|_| format!("{}#{}条", pick(rng, &LAWS[..4]), pick(rng, &["264", "12", "3"])));
    let mut laws: Vec<String> = laws.chain(cited).collect();
    laws.sort();
    laws.dedup();
    let id = format!("文件/{at:04}");
    IndexDocument {
        meta: Meta {
            id: id.clone(),
            title: title.clone(),
            kind,
            url: format!("d/{at}.html"),
            ..Meta::default()
        },
        authority: Authority::default(),
        keywords: tags,
        numbers: numbers_in(&text),
        id,
        title,
        summary,
        headings,
        blocks,
        extra,
        laws,
        facets,
        ledger: Vec::new(),
    }
}

/// `count` documents, in the order of their ids.
pub(crate) fn documents(seed: u64, count: usize) -> Vec<IndexDocument> {
    let mut rng = Rng::with_seed(seed);
    (0..count).map(|at| document(&mut rng, at)).collect()
}

/// All texts of a document in which a word is looked for.
pub(super) fn texts(document: &IndexDocument) -> Vec<&str> {
    let lists = [&document.summary, &document.keywords, &document.extra];
    let listed = lists.into_iter().flatten().map(String::as_str);
    std::iter::once(document.title.as_str())
        .chain(document.blocks.iter().map(|b| b.text.as_str()))
        .chain(listed)
        .collect()
}
