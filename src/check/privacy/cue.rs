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
const STRONG: [&str; 46] = [
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
    "嫌犯",
    "报警人",
    "投诉人",
    "受害女童",
    "受害少女",
    "受害学生",
    "被拐儿童",
    "被拐妇女",
    "附条件不起诉人",
    "被处罚人",
    "被强制医疗人",
    "吸毒人员",
    "戒毒人员",
    "刑满释放人员",
    "目击者",
];
/// Roles that companies and offices have too, or words that also stand before other things.
const WEAK: [&str; 41] = [
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
    "法定代表人",
    "实际控制人",
    "委托代理人",
    "诉讼代理人",
    "来访人",
    "主犯",
    "从犯",
    "首犯",
    "同伙",
    "患者",
    "家属",
    "其父",
    "其母",
    "其妻",
    "其夫",
    "其子",
    "其女",
    "之父",
    "之母",
    "父亲",
    "母亲",
    "妻子",
    "丈夫",
    "儿子",
];
/// What stands in brackets after a name; a role does, too.
const ASIDES: [&str; 9] = [
    "另案处理",
    "已判刑",
    "已判决",
    "另案起诉",
    "在逃",
    "已被判刑",
    "未成年",
    "已死亡",
    "已另案",
];
/// The brackets in which they stand, as they are written.
const BRACKETS: [&str; 6] = ["(", "（", "[", "［", "【", "〔"];
const ADDRESSES: [&str; 19] = [
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
    "住所地",
    "住所",
    "地址",
    "所在地",
    "单元",
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
const NUMBERS: [&str; 60] = [
    "微信号",
    "抖音号",
    "电话号码",
    "手机号码",
    "联系方式",
    "支付宝",
    "抖音",
    "快手",
    "扣扣",
    "薇信",
    "热线",
    "文职干部证",
    "警察证",
    "士官证",
    "军人证",
    "身份证号",
    "passport",
    "Passport",
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

/// Services that know people by accounts of their own.
pub const ACCOUNTS: [&str; 16] = [
    "微信",
    "薇信",
    "V信",
    "wechat",
    "weixin",
    "vx",
    "wx",
    "QQ",
    "扣扣",
    "企鹅号",
    "支付宝",
    "抖音",
    "快手",
    "微博",
    "钉钉",
    "陌陌",
];

/// Whether a text has a cue, as it is written.
pub fn stands_in(text: &str) -> bool {
    automaton().0.is_match(text)
}

/// Whether a text that introduces another one says what is in it.
pub fn introduces(text: &str) -> bool {
    stands_in(text) || numbers().is_match(text)
}

/// The words in a text that say what follows or stands before them.
pub fn words(text: &str) -> Vec<Range<usize>> {
    let numbers = numbers().find_iter(text).map(|found| found.range());
    find(text).into_iter().map(|cue| cue.bytes).chain(numbers).collect()
}

/// Whether a text names what has accounts or addresses, whose names need no digit.
pub fn names_account(text: &str) -> bool {
    static ACCOUNTS_OF: OnceLock<AhoCorasick> = OnceLock::new();
    let words = ACCOUNTS_OF.get_or_init(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(ACCOUNTS.iter().chain(&["邮箱", "mail"]))
            .expect("a few short patterns")
    });
    words.is_match(text)
}

fn numbers() -> &'static AhoCorasick {
    static NUMBERS_OF: OnceLock<AhoCorasick> = OnceLock::new();
    // As the other tables: a few dozen words.
    NUMBERS_OF.get_or_init(|| {
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(NUMBERS)
            .expect("a few dozen short patterns")
    })
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
        let tables: [(&[&str], Of); 4] = [
            (&STRONG, Of::Name { strong: true }),
            (&WEAK, Of::Name { strong: false }),
            (&ADDRESSES, Of::Address),
            (&SCHOOLS, Of::School),
        ];
        let asides = BRACKETS
            .iter()
            .flat_map(|bracket| ASIDES.iter().map(move |word| format!("{bracket}{word}")));
        let asides: Vec<String> = asides.collect();
        let in_tables = tables
            .iter()
            .flat_map(|(words, of)| words.iter().map(move |word| (*word, *of)));
        let asides = asides.iter().map(|aside| (aside.as_str(), Of::Aside));
        let (words, kinds): (Vec<&str>, Vec<Of>) = in_tables.chain(asides).unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(words);
        // Fails only where the patterns are more than fit into memory: these are a hundred words.
        (automaton.expect("a hundred short patterns"), kinds)
    })
}
