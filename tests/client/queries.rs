//! Random queries: substrings of the corpus, alone and put together with every operator.

use crate::client::corpus::{synonyms, texts};
use fastrand::Rng;
use jianyan::index::analyzer::units;
use jianyan::index::document::IndexDocument;
use jianyan::text::normalize;

const FILTERS: &[&str] = &[
    "kind:report",
    "类别:案例",
    "kind：检察建议",
    "kind:CASE",
    "-kind:topic",
    "unit:青石县",
    "单位:柳溪市人民检察院",
    "department:第一",
    "作者:赵某",
    "line:民事",
    "条线:未成年人",
    "tag:地名",
    "标签:A类",
    "cause:盗窃罪",
    "year:2021",
    "年份:2019..2022",
    "year:2023..",
    "year:..2020年",
    "adopted:市级",
    "level:county",
    "form:规范性文件",
    "rank:典型案例",
    "rank:自定等次",
    "case_level:省级",
    "state:逾期未回复",
    "title:文身",
    "标题:刑法第264条",
    "title:\"调研 报告\"",
    "number:检例第9号",
    "文号:青检建",
    "law:刑法第264条",
    "法条:刑法",
    "law:《民法典》",
    "kind:无此类",
    "unit:訴訟",
    "-year:2020",
    "title:人",
    "標題:文身",
    "標籤:地名",
    "ｔａｇ:地名",
    "kind: report",
    "年份: 2021",
    "年份:2020、2022",
    "年份:2021 或 2022",
    "年份:2021年3月5日",
    "年份:2020年上半年",
    "年份:2020年3月至5月",
    "年份:二〇二一年",
    "年份:2021年以来",
    "年份:去年",
    "年份: 近三年",
    "年份:前年至去年",
    "-year:今年",
    "series:检例",
    "文件夹:典型案例",
    "法院:澄0123",
    "案号类型:刑初",
    "慕容清和",
    "-case_type:民终",
    "-year:2021-",
    "编号:第九号",
    "编号:检例第8—10号",
    "编号:No.9",
    "文号:〔2021〕 4 号",
    "文号:青检建2021年04号",
    "案号:青0123刑初字第005号",
    "法条:二百六十四条",
    "法条:刑法二百六十四",
    "法条:第 264 条",
    "法条:刑法第264条、第17条",
    "法条:第10条至第20条",
    "法条:刑法第264条第（一）项",
    "法条:刑诉法",
    "法条:未保法",
    "法条:我国刑法第264条",
    "年份:21年",
    "年份:2021年初",
    "年份:2021上半年",
    "类别:案例、检察建议",
    "類別:調研報告",
    "title:※",
];

const SPECIAL: &[&str] = &[
    "",
    " ",
    "-",
    "－",
    "--",
    "\"",
    "\"\"",
    "“”",
    "OR",
    "或",
    "文身 OR",
    "OR 文身",
    "文身 OR OR 药品",
    "文身 或 药品 或 地名",
    "-文身",
    "-\"文身\"",
    "文身 -药品 -kind:case",
    "kind:",
    "year:abc",
    "http://a.b",
    "foo:bar",
    "类别：",
    "year:2023..2021",
    "\"文身 药品\"",
    "“正当防卫”的认定",
    "「文身」",
    "\"文身",
    "-\"文身 药品",
    "kind:\"report",
    "title:\"",
    "纹身",
    "刺青 醉驾",
    "-纹身",
    "\"纹身\"",
    "帮信 OR 纹身",
    "文身 纹身",
    "无人提及甲",
    "无人提及乙 文身",
    "第264条",
    "264条",
    "第二百六十四条",
    "刑法第264条",
    "《中华人民共和国刑法》第264条",
    "刑法264条",
    "第3.5条",
    "第12345条",
    "第1千条",
    "检例第9号",
    "检例9号",
    "青检建〔2021〕4号",
    "青检建(2021)第4号",
    "（2022）青0123刑初5号",
    "\"青检建〔2021〕4号\"",
    "第17条 第12条",
    "第17条、第12条",
    "刑法第17、264条",
    "刑法第264条第（一）项",
    "未保法第17条",
    "我国刑法第264条",
    "\"刑法第264条规定\"",
    "刑法第264条规定",
    "类别:案列 文身",
    "類別:案列 文身",
    "编号:1 编号:1 编号:9",
    "文身 OR OR",
    "拒执 行检",
    "5·30",
    "A/B",
    "第17条、第264条",
    "的，了",
    "刑法第120-1条",
    "刑法第21条",
    "刑法第341条 文身",
    "第341条",
    "刑法第120条之二",
    "刑法第264条 依照民法典第三条",
    "《民法典》第3条、第10条 的规定",
    "民法典第10条",
    "检例第144号",
    "检例第143号 文身",
    "青检建〔2021〕10号",
    "第264条第一款、第二款的规定",
    "文身 ＯＲ 药品",
    "文身 标题:",
    "编号:\"\" 文身",
    "12条之1款",
    "第5章",
    "264",
    "的",
    "人",
    "字",
    "a",
    "3",
    "DNA",
    "dna比对",
    "gb7714",
    "GB7714条",
    "ｶﾞス",
    "カタカナ",
    "한국어",
    "𠮷野家",
    "𠮷",
    "étude",
    "STRASSE",
    "strasse",
    "σίσυφος",
    "訴訟監督",
    "檢察機關",
    "未成年人保護",
    "保護",
    "２０１８年度",
    "2018",
    "2018年",
    "文身的",
    "是否到位",
    "谁来负责",
    "量子纠缠",
    "怎么办",
    "吗啡和网吧",
    "请问未成年人能不能文身吗",
    "小孩醉驾了怎么办",
    "什么是文身",
    "文身 number",
    "请问在校学生去店里文了身能不能叫店家退钱赔偿",
    "zzz",
    "县检察院 县检察院",
    "人人人人",
    "检察检察",
    "，。",
    "文，身",
    "\"督促整改 未成年人\"",
    "\"附件 一 二\"",
    "\"附件　 一  二\"",
    "督促整改，未成年人",
    "(一)",
    "35%",
    "的士",
    "了解到",
    "县",
    "县 的 人",
    "题",
    "\"县\"",
    "\"问题，取得了\"",
    "取得了明显成效 -取得",
];

fn substring(rng: &mut Rng, documents: &[IndexDocument]) -> String {
    loop {
        let all = texts(&documents[rng.usize(..documents.len())]);
        let normal = normalize(all[rng.usize(..all.len())]);
        let own: Vec<_> = units(&normal).collect();
        if own.is_empty() {
            continue;
        }
        let first = rng.usize(..own.len());
        let last = (first + rng.usize(..12)).min(own.len() - 1);
        let found = &normal[own[first].start..own[last].end];
        if rng.u8(..4) > 0 {
            return found.to_owned();
        }
        // Any characters: letters and digits are cut anywhere.
        let length = found.chars().count();
        let from = rng.usize(..length);
        return found.chars().skip(from).take(rng.usize(1..=length - from)).collect();
    }
}

/// A question around one or two substrings, or one with a member of a synonym group in it.
fn question(rng: &mut Rng, documents: &[IndexDocument]) -> String {
    let mut part = || substring(rng, documents).replace([' ', '"', '“', '「', ':', '：'], "");
    let (first, second) = (part(), part());
    let groups = synonyms();
    let group = &groups[rng.usize(..groups.len())];
    match rng.u8(..4) {
        0 => format!("请问{first}怎么{second}吗"),
        1 => format!("{first}能不能{second}呢？谢谢"),
        2 => format!("{first}{}{second}", group[rng.usize(..group.len())]),
        _ => format!("{}{first}是不是{second}", group[rng.usize(..group.len())]),
    }
}

fn word(rng: &mut Rng, documents: &[IndexDocument]) -> String {
    match rng.u8(..14) {
        12..14 => question(rng, documents),
        0 => SPECIAL[rng.usize(..SPECIAL.len())].to_owned(),
        1 => format!("\"{}\"", substring(rng, documents)),
        2 => format!("“{} {}”", substring(rng, documents), substring(rng, documents)),
        3 => substring(rng, documents).chars().take(1).collect(),
        4..=6 => substring(rng, documents).chars().take(4).collect(),
        _ => substring(rng, documents),
    }
}

fn composed(rng: &mut Rng, documents: &[IndexDocument]) -> String {
    let mut out = word(rng, documents);
    for _ in 0..rng.usize(2..5) {
        out += match rng.u8(..6) {
            0 | 1 => " OR ",
            2 => " -",
            3 => "　",
            _ => " ",
        };
        out += &word(rng, documents);
    }
    if rng.bool() {
        out = format!("{} {out}", FILTERS[rng.usize(..FILTERS.len())]);
    }
    if rng.u8(..4) == 0 {
        out = format!("{out} {}", FILTERS[rng.usize(..FILTERS.len())]);
    }
    out
}

/// More distinct tokens than a query may have.
fn long(rng: &mut Rng, documents: &[IndexDocument]) -> String {
    let parts: Vec<String> = (0..rng.usize(6..20)).map(|_| substring(rng, documents)).collect();
    parts.join(if rng.bool() { "" } else { " " })
}

/// `count` queries; every special one and every filter is among them.
pub(crate) fn queries(seed: u64, documents: &[IndexDocument], count: usize) -> Vec<String> {
    let mut rng = Rng::with_seed(seed);
    let mut out: Vec<String> = SPECIAL.iter().chain(FILTERS).map(|query| (*query).to_owned()).collect();
    while out.len() < count {
        out.push(match rng.u8(..20) {
            0 => long(&mut rng, documents),
            1..=8 => word(&mut rng, documents),
            _ => composed(&mut rng, documents),
        });
    }
    out
}
