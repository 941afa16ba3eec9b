//! The sections that cases, recommendations and reports are made of, by all the names that offices give them.
//!
//! An open set: of the high procuratorate's guiding cases fewer than half have 检察机关履职过程, so
//! a name that isn't here is a heading like any other.

/// Canonical names with their aliases.
const SECTIONS: &[(&str, &[&str])] = &[
    ("关键词", &["主题词", "关键字"]),
    ("要旨", &["案例要旨", "裁判要旨", "案件要旨", "本案要旨"]),
    (
        "基本案情",
        &["简要案情", "案情简介", "案情", "案件基本情况", "主要案情", "基本情况"],
    ),
    ("基本案情及处理结果", &["基本案情和处理结果"]),
    (
        "检察机关履职过程",
        &[
            "检察机关履职情况",
            "检察履职情况",
            "检察履职过程",
            "检察机关监督情况",
            "检察机关监督过程",
            "检察机关履职",
            "检察履职",
            "检察工作情况",
            "检察机关工作情况",
            "检察机关办案过程",
            "检察机关办案情况",
            "检察机关办理情况",
            "检察监督情况",
            "检察机关依法履职情况",
            "调查核实和督促履职",
            "履职情况",
            "履职过程",
        ],
    ),
    ("指控与证明犯罪", &["指控和证明犯罪"]),
    ("指导意义", &["本案指导意义"]),
    ("典型意义", &["案例意义", "案例典型意义", "本案典型意义", "社会意义"]),
    (
        "相关规定",
        &[
            "相关法律规定",
            "相关条款",
            "相关立法",
            "相关法条",
            "司法解释相关法条",
            "法律依据",
            "相关法律法规",
            "相关法律条文",
        ],
    ),
    ("裁判要点", &["裁判要点摘要"]),
    ("裁判结果", &["法院裁判", "判决结果", "裁判情况", "终审结果"]),
    ("裁判理由", &["判决理由", "裁判说理"]),
    ("诉讼过程", &["诉讼过程和结果", "诉讼经过", "诉讼过程及结果"]),
    (
        "案件结果",
        &["处理结果", "办理结果", "办案结果", "案件处理结果", "监督结果"],
    ),
    ("问题的提出", &["提出问题"]),
    ("抗诉理由", &["抗诉理由和依据"]),
    ("诉前程序", &["诉前程序情况"]),
    ("案例分析", &["案件分析", "评析", "案例评析", "分析意见", "适用解析"]),
    ("执纪执法要点", &[]),
    ("不起诉的理由", &["不起诉理由"]),
    ("申请人请求", &["原告诉讼请求", "诉讼请求"]),
    (
        "意见建议",
        &["对策建议", "工作建议", "意见和建议", "对策与建议", "建议"],
    ),
    ("存在问题", &["存在的问题", "主要问题", "存在的主要问题"]),
    ("原因分析", &["成因分析", "问题成因"]),
];

/// Longest name with its numbering and brackets, in characters; what is longer is not a section's name.
const LONGEST: usize = 24;

/// The canonical name of a known section, whether it is written plainly, as 【要　旨】, or numbered
/// as 一、基本案情.
pub(super) fn role(heading: &str) -> Option<&'static str> {
    if heading.chars().nth(LONGEST).is_some() {
        return None;
    }
    let name: String = heading
        .chars()
        .filter(|letter| !letter.is_whitespace() && !"【】[]［］".contains(*letter))
        .collect();
    let name = unnumbered(&name).trim_end_matches(['：', ':']);
    SECTIONS
        .iter()
        .find(|(canonical, aliases)| *canonical == name || aliases.contains(&name))
        .map(|(canonical, _)| *canonical)
}

/// Whether a line is a name in 【】 and nothing else.
pub(super) fn is_bracketed(line: &str) -> bool {
    line.strip_prefix('【')
        .and_then(|rest| rest.strip_suffix('】'))
        .is_some_and(|name| {
            !name.trim().is_empty() && !name.contains(['【', '】']) && name.chars().nth(LONGEST).is_none()
        })
}

/// The level of an office paper's outline that a line begins: 1 for 一、, 2 for （一）.
pub(super) fn outline_rank(line: &str) -> Option<u8> {
    let chinese = |text: &str| !text.is_empty() && text.chars().all(|letter| "一二三四五六七八九十百".contains(letter));
    if let Some(rest) = line.strip_prefix(['（', '(']) {
        let (number, _) = rest.split_once(['）', ')'])?;
        return chinese(number).then_some(2);
    }
    let (number, _) = line.split_once('、')?;
    chinese(number).then_some(1)
}

/// A name without the numbering before it.
fn unnumbered(name: &str) -> &str {
    match outline_rank(name) {
        Some(1) => name.split_once('、').map_or(name, |(_, rest)| rest),
        Some(_) => name.split_once(['）', ')']).map_or(name, |(_, rest)| rest),
        None => name
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .trim_start_matches(['.', '、', '．']),
    }
}
