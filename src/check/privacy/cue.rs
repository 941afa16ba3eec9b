//! Words after or around which personal data stands, in the normal form.

use aho_corasick::{AhoCorasick, MatchKind};
use std::ops::Range;
use std::sync::OnceLock;

/// What a cue is a cue of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// A person's name follows. After a strong one, a role of criminal proceedings, nearly anything
    /// that looks like a name is one; after others it must end where a name ends.
    Name {
        /// Whether it is such a role.
        strong: bool,
    },
    /// A person's name stands before it, as before （另案处理）.
    Aside,
    /// Somebody's address follows.
    Address,
    /// A school's name ends here.
    School,
}

/// A cue in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cue {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// What it is a cue of.
    pub of: Of,
}

/// Roles in whose place documents that are published write a surname and 某.
const STRONG: [&str; 31] = [
    "被告人",
    "犯罪嫌疑人",
    "嫌疑人",
    "被害人",
    "受害人",
    "证人",
    "上诉人",
    "罪犯",
    "被不起诉人",
    "被附条件不起诉人",
    "同案犯",
    "同案人",
    "涉案人员",
    "举报人",
    "控告人",
    "申诉人",
    "报案人",
    "检举人",
    "法定代理人",
    "监护人",
    "自诉人",
    "被害儿童",
    "被害少女",
    "被害女童",
    "未成年被害人",
    "受害儿童",
    "被救助人",
    "救助申请人",
    "社区矫正对象",
    "服刑人员",
    "被监护人",
];
/// Roles that companies and offices have too, or words that also stand before other things.
const WEAK: [&str; 17] = [
    "原告",
    "被告",
    "申请人",
    "被申请人",
    "被执行人",
    "申请执行人",
    "第三人",
    "当事人",
    "受害者",
    "死者",
    "伤者",
    "未成年人",
    "未成年女性",
    "信访人",
    "行为人",
    "受贿人",
    "行贿人",
];
/// What stands in brackets after a name; a role does, too.
const ASIDES: [&str; 10] = [
    "(另案处理",
    "(已判刑",
    "(已判决",
    "(另案起诉",
    "(在逃",
    "(已被判刑",
    "(系被害人",
    "(未成年",
    "(已死亡",
    "(已另案",
];
const ADDRESSES: [&str; 15] = [
    "住址",
    "家住",
    "现住",
    "暂住地",
    "暂住",
    "居住在",
    "居住于",
    "居住地",
    "户籍地",
    "户籍所在地",
    "户籍",
    "家庭地址",
    "租住",
    "住",
    "栋",
];
const SCHOOLS: [&str; 18] = [
    "小学",
    "中学",
    "幼儿园",
    "一中",
    "二中",
    "三中",
    "四中",
    "五中",
    "附中",
    "附小",
    "实验学校",
    "职业学校",
    "技工学校",
    "职业高中",
    "职业技术学校",
    "特殊教育学校",
    "民族学校",
    "高级中学",
];

/// Words that say what number, account or school follows.
const NUMBERS: [&str; 42] = [
    "就读",
    "学校",
    "电话",
    "手机",
    "联系",
    "传真",
    "座机",
    "固话",
    "号码",
    "tel",
    "Tel",
    "TEL",
    "phone",
    "Phone",
    "身份证",
    "公民身份",
    "卡号",
    "银行卡",
    "账号",
    "帐号",
    "账户",
    "帐户",
    "信用卡",
    "储蓄卡",
    "借记卡",
    "护照",
    "通行证",
    "回乡证",
    "台胞证",
    "永久居留",
    "军官证",
    "警官证",
    "士兵证",
    "警号",
    "驾驶证",
    "微信",
    "QQ",
    "qq",
    "echat",
    "车牌",
    "号牌",
    "邮箱",
];

/// Whether a text that introduces another one says what is in it.
pub fn introduces(text: &str) -> bool {
    !find(text).is_empty() || NUMBERS.iter().any(|word| text.contains(word))
}

/// The cues of a text, longest first where several begin at one place.
pub fn find(text: &str) -> Vec<Cue> {
    let (automaton, kinds) = automaton();
    let found = automaton.find_iter(text);
    found
        .map(|found| Cue {
            bytes: found.range(),
            of: kinds[found.pattern().as_usize()],
        })
        .collect()
}

fn automaton() -> &'static (AhoCorasick, Vec<Of>) {
    static AUTOMATON: OnceLock<(AhoCorasick, Vec<Of>)> = OnceLock::new();
    AUTOMATON.get_or_init(|| {
        let tables: [(&[&str], Of); 5] = [
            (&STRONG, Of::Name { strong: true }),
            (&WEAK, Of::Name { strong: false }),
            (&ASIDES, Of::Aside),
            (&ADDRESSES, Of::Address),
            (&SCHOOLS, Of::School),
        ];
        let words: Vec<_> = tables.iter().flat_map(|(words, _)| words.iter()).collect();
        let kinds = tables
            .iter()
            .flat_map(|(words, of)| words.iter().map(|_| *of))
            .collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words);
        // Fails only where the patterns are more than fit into memory: these are a hundred words.
        (automaton.expect("a hundred short patterns"), kinds)
    })
}
