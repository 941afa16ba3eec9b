//! What the words around a quotation say of it: whose it is, and whether it is one.

/// Verbs by which a text gives the words of a source.
const CITES: [&str; 36] = [
    "规定",
    "指出",
    "载明",
    "明确",
    "强调",
    "写道",
    "写明",
    "要求",
    "提出",
    "认为",
    "发现",
    "所称",
    "表述为",
    "原文为",
    "原文",
    "记载",
    "显示",
    "明确了",
    "规定了",
    "表述",
    "写着",
    "定义为",
    "界定为",
    "解释为",
    "即",
    "如下",
    "为",
    "阐明",
    "阐述",
    "提到",
    "释明",
    "重申",
    "列明",
    "确立了",
    "内容为",
    "要旨为",
];
/// Verbs by which a person speaks.
const SPEAKS: [&str; 24] = [
    "说", "说道", "称", "声称", "问", "答", "表示", "反映", "辩称", "供述", "告诉", "讲", "坦言", "感叹", "回忆", "喊",
    "抱怨", "回答", "回应", "陈述", "辩解", "介绍", "谈到", "直言",
];

/// What begins the rest of the name of something else: 刑法第三百一十三条的解释.
const NAMES: [&str; 7] = ["解释", "补充规定", "决定", "通知", "批复", "答复", "修正"];
/// Words by which a text says what a source should have, or hasn't, in the place of what it has.
const PROPOSES: [&str; 21] = [
    "修改",
    "修订",
    "修正",
    "改为",
    "调整为",
    "增加",
    "补充",
    "删去",
    "删除",
    "增设",
    "完善为",
    "拟",
    "没有规定",
    "没有明确",
    "未规定",
    "未明确",
    "未作",
    "不再",
    "没有要求",
    "未要求",
    "并非",
];
/// What stands before the name of another version than the one that is held.
const VERSIONS: [&str; 12] = [
    "修订前的",
    "修改前的",
    "修正前的",
    "原",
    "旧",
    "旧的",
    "当时的",
    "时行的",
    "废止的",
    "草案",
    "外省",
    "外地",
];
/// Ends of the names of texts that give rules, where a text isn't named in full.
const TEXTS: [&str; 11] = [
    "法", "条例", "办法", "细则", "规则", "解释", "意见", "通知", "纪要", "文件", "公约",
];

/// The words that quotations are read by, each list by its name.
pub(in crate::verify) const WORDS: [(&str, &[&str]); 6] = [
    ("CITES", &CITES),
    ("SPEAKS", &SPEAKS),
    ("NAMES", &NAMES),
    ("PROPOSES", &PROPOSES),
    ("VERSIONS", &VERSIONS),
    ("TEXTS", &TEXTS),
];

/// Whether words are the name of a crime, which is not a text of the article on it.
pub(super) fn is_crime(words: &str) -> bool {
    words.ends_with('罪') && !words.contains(['，', ',', '；', '。'])
}

/// Whether what is named is only part of the name of something else: 刑法第三百一十三条的解释.
pub(super) fn is_of_name(after: &str) -> bool {
    let after = after.strip_prefix('的').unwrap_or(after);
    NAMES.iter().any(|word| after.starts_with(word))
}

/// Whether a text ends with a verb that gives the words of a source.
pub(super) fn cites(lead: &str) -> bool {
    let lead = lead.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let lead = lead.strip_suffix('的').unwrap_or(lead);
    CITES.iter().any(|verb| lead.ends_with(verb))
}

/// Whether a text ends with a verb by which a person speaks.
pub(super) fn speaks(lead: &str) -> bool {
    let lead = lead.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    SPEAKS.iter().any(|verb| lead.ends_with(verb)) && !lead.ends_with("所称")
}

/// Whether a text says what a source should have, or hasn't, in the place of what it has: 应当修改为, 没有规定.
pub(super) fn proposes(lead: &str) -> bool {
    PROPOSES.iter().any(|word| lead.contains(word))
}

/// Whether what is named is another version than the one that is held: 修订前的《甲法》, 原《甲法》.
pub(in crate::verify) fn is_former(before: &str) -> bool {
    let before = before.trim_end();
    VERSIONS.iter().any(|word| before.ends_with(word))
}

/// Whether a text gives words of a law that it doesn't name: 外省条例规定, 该市办法要求. 该条例 is the one named before.
pub(super) fn of_another(lead: &str) -> bool {
    let plain = lead.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let source = CITES.iter().find_map(|verb| plain.strip_suffix(verb));
    let mut names = TEXTS.iter().filter_map(|law| source?.strip_suffix(law)).peekable();
    names.peek().is_some() && !names.any(|name| name.ends_with(['该', '同', '此', '本']))
}
