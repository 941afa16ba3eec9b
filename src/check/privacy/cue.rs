//! Words after or around which personal data stands, in the normal form.

use crate::text::normalize::fold;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

/// What a cue is a cue of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    /// A person's name follows. After a strong one, a role of criminal proceedings, nearly anything
    /// that looks like a name is one; after others it must end where a name ends.
    Name {
        /// Whether it is such a role.
        strong: bool,
    },
    /// A person's name stands before it, as before （另案处理）.
    Aside,
    /// What somebody does together with another, or makes him do: 伙同, 指使. The other's name follows.
    Company,
    /// What is done to a person, whose name stands before it after 将 or 对: 打伤.
    Harm,
    /// Somebody's address follows.
    Address,
    /// A school's name ends here.
    School,
    /// Nothing: a word that only holds one that is a cue.
    Nothing,
}

/// A cue in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cue {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// What it is a cue of.
    pub of: Of,
}

/// Roles in whose place documents that are published write a surname and 某.
const STRONG: &str = "\
    被告人 犯罪嫌疑人 嫌疑人 被害人 受害人 证人 上诉人 罪犯 被不起诉人 被附条件不起诉人 同案犯 同案人 涉案人员 \
    举报人 控告人 申诉人 报案人 检举人 法定代理人 监护人 自诉人 被害儿童 被害少女 被害女童 未成年被害人 受害儿童 \
    被救助人 救助申请人 社区矫正对象 服刑人员 被监护人 嫌犯 报警人 投诉人 受害女童 受害少女 受害学生 被拐儿童 \
    被拐妇女 附条件不起诉人 被处罚人 被强制医疗人 吸毒人员 戒毒人员 刑满释放人员 目击者 原告人 被侵权人 被调查人 \
    被审查人 涉案人 涉罪人员 在押人员 被讯问人 被询问人 请托人 被害幼女 被害妇女 被害老人 被害学生 被性侵儿童 \
    被性侵女童 受害幼女 受害妇女 矫正对象 死刑犯 累犯 凶手 逃犯 嫌疑犯 在逃人员 通缉人员 缓刑犯 假释犯 施暴者 \
    施暴人 加害人 侵害人 被投诉人 被举报人 被控告人 被拘留人 被逮捕人 被侵害人 被帮教人 被收养人 被遗弃人 \
    被虐待人 被取保候审人 投案人 赔偿请求人 共同作案人";
/// Roles that companies and offices have too, or words that also stand before other things.
const WEAK: &str = "\
    原告 被告 申请人 被申请人 被执行人 申请执行人 第三人 当事人 受害者 死者 伤者 未成年人 未成年女性 信访人 \
    行为人 受贿人 行贿人 法定代表人 实际控制人 委托代理人 诉讼代理人 来访人 主犯 从犯 首犯 同伙 患者 家属 其父 \
    其母 其妻 其夫 其子 其女 之父 之母 父亲 母亲 妻子 丈夫 儿子 利害关系人 法人代表 举报者 肇事司机 肇事者 驾驶人 \
    驾驶员 司机 车主 留守儿童 困境儿童 近亲属 女儿 哥哥 弟弟 姐姐 妹妹 男友 女友 男朋友 女朋友 前妻 前夫 养父 \
    养母 继父 继母 祖父 祖母 爷爷 奶奶 外公 外婆 叔叔 舅舅 侄子 外甥 之子 之女 之妻 之夫 其兄 其弟 其姐 其妹 \
    实际经营人 联系人 负责人 债权人 债务人 借款人 出借人 担保人 保证人 继承人 被继承人 收养人 送养人 遗嘱人 邻居 \
    失主 侵权人 集资参与人 投资人 投资者 消费者 买受人 出卖人 承租人 租客 业主 农民工 房东 雇主 经营者 户主 养殖户 出租人 村民 犯罪分子 曾用名 其妻子 其丈夫 其父亲 其母亲 其儿子 其女儿 victim Victim defendant Defendant suspect Suspect witness Witness";
/// Words before the name of an accomplice or a tool.
const COMPANY: &str = "伙同 纠集 指使 教唆 唆使 指派 雇佣 雇用 邀集 召集 勾结 邀约 串通 胁迫 裹挟 授意";
/// What is done to a person.
const HARMS: &str = "打伤 刺伤 砍伤 捅伤 撞伤 踢伤 砸伤 咬伤 扎伤 划伤 烫伤 烧伤 殴伤 打死 刺死 捅死 砍死 撞死 勒死 掐死 杀死 杀害 打成 打倒 推倒 \
    踢倒 撞倒 殴打 拳打脚踢 捆绑 绑架 拘禁 强奸 猥亵 骗至 带至 约至 拖至 拖入 拽至 推下 致伤";
/// Those of them that only law gives, so that 张伟系某公司法定代表人 speaks of a party.
const LEGAL: [&str; 6] = ["法定代表人", "法人代表", "实际控制人", "原告", "被告", "被执行人"];
/// Words that hold a cue and are none.
const OTHERS: &str = "村民委员会 村民小组 村民代表 用户主 商户主 客户主 农户主 租户主 住户主 养殖户主 贫困户主 业户主 储户主 账户主 帐户主 散户主 \
    门户主 大户主 企业主 行业主 产业主 专业主 农业主 林业主 作业主 商业主 工业主 矿业主 渔业主 从业主 就业主 创业主 实业主 事业主 \
    物业主 失业主 职业主 营业主 业主大会 业主委员会 业主代表大会 种植户主 曾用名称 妇女儿童 家属楼 家属院 家属区 患者家属楼 司机室";
/// What stands in brackets after a name; a role does, too.
const ASIDES: &str = "\
    另案处理 已判刑 已判决 另案起诉 在逃 已被判刑 未成年 已死亡 已另案 另处 另案 起诉 判刑 判决 死亡 殁年 在押 \
    刑拘 网上追逃 批捕 不起诉 被起诉 被判刑 被判处 被抓获 被另案 被不起诉";
/// The brackets in which they stand, as they are written.
const BRACKETS: [&str; 6] = ["(", "（", "[", "［", "【", "〔"];
const ADDRESSES: &str = "\
    住址 家住 现住 暂住地 暂住 居住在 居住于 居住地 户籍地 户籍所在地 户籍 家庭地址 租住 住 住所地 住所 地址 \
    所在地 单元 家在 老家 出生地 籍贯 幢 栋 住在 住于 现居 居住 居所 寓所 住处 家位于 住宅位于 住房位于";
const SCHOOLS: &str = "\
    小学 中学 幼儿园 一中 二中 三中 四中 五中 附中 附小 实验学校 职业学校 技工学校 职业高中 职业技术学校 \
    特殊教育学校 民族学校 高级中学 六中 七中 八中 九中 十中 完小 卫校 职高 职中 技校 体校 艺校 盲校 中专 中心校 \
    外国语学校 双语学校 国际学校 武术学校 聋哑学校 寄宿学校 私立学校 一贯制学校 九年制学校 中等专业学校 完全小学 \
    技师学院 技工学院 职业学院 职业技术学院 学校 实小 学前班 一小 二小 三小 四小 五小 职业教育中心 职教中心 专门学校";

/// Words that say what number, account or school follows.
const NUMBERS: &str = "\
    微信号 抖音号 电话号码 手机号码 联系方式 支付宝 抖音 快手 扣扣 薇信 热线 文职干部证 警察证 士官证 军人证 \
    身份证号 passport Passport 就读 学校 电话 手机 联系 传真 座机 固话 号码 tel Tel TEL phone Phone 身份证 \
    公民身份 卡号 银行卡 账号 帐号 账户 帐户 信用卡 储蓄卡 借记卡 护照 通行证 回乡证 台胞证 永久居留 军官证 \
    警官证 士兵证 警号 驾驶证 微信 QQ qq echat 车牌 号牌 邮箱 wechat WeChat Wechat ☎ ☏ 📞 📱 宅电 办公室 Fax \
    fax FAX 加微 小红书 徽信 微博 V信 邮件 证件号";

/// What is done by telephone and the like.
const ACTIONS: [&str; 31] = [
    "跟进", "督促", "督办", "答复", "回复", "沟通", "联系", "确认", "催办", "催促", "通知", "告知", "回访", "询问",
    "反馈", "了解", "核实", "约谈", "会商", "交办", "指导", "协调", "报告", "汇报", "抽查", "访谈", "咨询", "诈骗",
    "送达", "会议", "提醒",
];

/// Services that know people by accounts of their own.
pub(super) const ACCOUNTS: [&str; 19] = [
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
    "小红书",
    "加微",
    "徽信",
];

/// Whether a role that companies have too is one that only law gives.
pub(super) fn is_legal(role: &str) -> bool {
    LEGAL.contains(&role)
}

/// Whether a text has a cue, in traditional characters too.
pub(super) fn stands_in(text: &str) -> bool {
    automaton().0.is_match(&*simplified(text))
}

/// Whether a text that introduces another one says what is in it.
pub(super) fn introduces(text: &str) -> bool {
    let text = simplified(text);
    automaton().0.is_match(&*text) || numbers().is_match(&*text)
}

/// A text in the characters that the words here are written in.
fn simplified(text: &str) -> Cow<'_, str> {
    if text.chars().any(|character| fold(character) != character) {
        Cow::Owned(text.chars().map(fold).collect())
    } else {
        Cow::Borrowed(text)
    }
}

/// The words in a text that say what follows or stands before them.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let numbers = numbers().find_iter(text).map(|found| found.range());
    find(text).into_iter().map(|cue| cue.bytes).chain(numbers).collect()
}

/// An introduction up to its last cue: what it says of what follows. 被害人 of 本案被害人名单如下.
///
/// 电话跟进 and 传真答复 say how something was done, and not what number follows.
pub(super) fn up_to_last(text: &str) -> &str {
    let last = words(text)
        .into_iter()
        .max_by_key(|word| (word.end, std::cmp::Reverse(word.start)));
    let Some(last) = last else { return text };
    let is_done = ACTIONS.iter().any(|action| text[last.end..].starts_with(action));
    let of_number = || numbers().find_iter(text).any(|found| found.end() == last.end);
    &text[..if is_done && of_number() { last.start } else { last.end }]
}

/// Whether a text names what has accounts or addresses, whose names need no digit.
pub(super) fn names_account(text: &str) -> bool {
    static ACCOUNTS_OF: OnceLock<AhoCorasick> = OnceLock::new();
    let words = ACCOUNTS_OF.get_or_init(|| {
        AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(ACCOUNTS.iter().chain(&["邮箱", "mail", "(at", "[at", "（at"]))
            .expect("a few short patterns")
    });
    words.is_match(text)
}

fn numbers() -> &'static AhoCorasick {
    static NUMBERS_OF: OnceLock<AhoCorasick> = OnceLock::new();
    // As the other tables: a few dozen words.
    NUMBERS_OF.get_or_init(|| {
        AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(NUMBERS.split_whitespace())
            .expect("a few dozen short patterns")
    })
}

/// The cues of a text, longest first where several begin at one place.
pub(super) fn find(text: &str) -> Vec<Cue> {
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
        let (words, kinds): (Vec<String>, Vec<Of>) = patterns().into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .match_kind(MatchKind::LeftmostLongest)
            .build(words);
        // Fails only where the patterns are more than fit into memory: these are a hundred words.
        (automaton.expect("a hundred short patterns"), kinds)
    })
}

/// The cues, each with what it is a cue of.
fn patterns() -> Vec<(String, Of)> {
    let tables = [
        (STRONG, Of::Name { strong: true }),
        (WEAK, Of::Name { strong: false }),
        (ADDRESSES, Of::Address),
        (COMPANY, Of::Company),
        (HARMS, Of::Harm),
        (SCHOOLS, Of::School),
        (OTHERS, Of::Nothing),
    ];
    let in_tables = tables
        .iter()
        .flat_map(|(words, of)| words.split_whitespace().map(move |word| (word.to_owned(), *of)));
    let asides = BRACKETS.iter().flat_map(|bracket| {
        let leads = ["", "均", "均已", "已"].iter();
        leads.flat_map(move |lead| {
            let aside = move |word| (format!("{bracket}{lead}{word}"), Of::Aside);
            ASIDES.split_whitespace().map(aside)
        })
    });
    in_tables.chain(asides).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_as_texts_are_read() {
        let numbers = NUMBERS.split_whitespace().map(str::to_owned);
        for word in patterns().into_iter().map(|(word, _)| word).chain(numbers) {
            assert_eq!(simplified(&word), word);
        }
        assert!(stands_in("證人某甲"));
        assert!(introduces("電話"));
    }
}
