//! What speaks for a person: the words that follow a name, and the particulars that introduce one.

use aho_corasick::AhoCorasick;
use std::sync::{LazyLock, OnceLock};

/// Characters after which no name goes on.
pub(super) const ENDS: &str = ",，。、；;：:！？!?（(）)《》“”\"'‘’〔〕〈〉【】[]*_-—/…|<> \t=#.「」『』";
/// Single characters that follow a name and stand in few of them.
const AFTER: &str =
    "系因在于对向与和及并从被是的等又也均已未曾经后时将以为犯某不至到拒称说让把给持用同即则还且各其此将该诉案";
/// Words that follow a name, besides those for what persons do and for the deeds of cases.
const WORDS_AFTER: [&str; 29] = [
    "提出", "进行", "利用", "通过", "实施", "持有", "无证", "家中", "银行", "账户", "手机", "电话", "签名", "签订",
    "收到", "支付", "主动", "自动", "当场", "表示", "要求", "没有", "使用", "作为", "适用", "共同", "搬到", "原为",
    "明知",
];
/// Words that follow the names in the title of a case.
const DEEDS: &str = "等 诉 与 不服 申诉 盗窃 诈骗 抢劫 抢夺 强奸 猥亵 受贿 行贿 贪污 挪用 滥用 玩忽 徇私 故意 过失 寻衅 危险 非法 \
    交通 绑架 敲诈 走私 贩卖 运输 合同 集资 职务 开设 组织 聚众 妨害 污染 生产 销售 侵犯 虐待 遗弃 拐卖 帮助 掩饰 虚假 编造 \
    民间 买卖 离婚 租赁 劳动 机动车 违法 强制 包庇 窝藏 伪造 拒不 重大 失火 放火 投放 醉酒 袭警 案 申请 被害 被 不起诉 涉嫌 一案";
/// More of what the titles of cases are about; in running text these words follow names no oftener than others.
const MATTERS: &str = "利用 参加 提供 环境 民事 行政 刑事 国家 立案 正当防卫 防卫 羁押 社区矫正 支持起诉 再审 抗诉 审判监督 检察监督 法律监督 \
    执行监督 立案监督 侦查监督 监督 司法救助 救助 核准 不核准 渎职 失职 泄露 内幕 操纵 逃税 虚开 骗取 侵占 破坏 传播 制作 引诱 容留 介绍 强迫 爆炸 投毒 \
    抗税 倒卖 赌博 招摇 冒充 妨碍 阻碍 扰乱 串通 销毁 隐匿 洗钱 偷越 私藏 制造 盗掘 盗伐 滥伐 猎捕 收购 隐瞒 诬告 侮辱 诽谤 暴力 重婚 打击 报复 刑讯 枉法 \
    行受贿 财产刑 财产性判项 撤回 撤诉 撤案 控告 侵害 追索 追偿 追缴 责令退赔 退赔 建设工程 施工合同 装饰装修 英烈 英雄烈士 荣誉 人格权 隐私 罚金 缓刑 \
    保外就医 脱管 漏管 强制医疗 取保候审 监视居住 逮捕 不批准逮捕 批准逮捕 审查起诉 审查逮捕 补充侦查 管辖 追诉 追捕 改判 发回重审 二审 异议 虚假诉讼 \
    公益诉讼 婚姻 扶养 探望权 监护 变更监护 宣告 遗嘱 遗产 物权 所有权 排除妨害 占有 抵押 保证合同 担保 委托合同 服务合同 承揽 居间 股东 破产 保险 商标 \
    专利 著作权 不正当竞争 医疗 产品责任 行政处罚 行政复议 行政许可 征收 拆迁 拆除 社会保险 冒名 信息公开 私分 介绍贿赂 单位行贿 伪证 作伪证 偷税 骗税 虚报 \
    抽逃 串标 拐骗 收买 出卖 侵入 斗殴 卖淫 考试 替考 代替考试 泄密 窃密 煽动 宣扬 种植 拘禁 强买强卖 强令 脱逃 破坏监管 运送 以危险方法 劫持 袭击 索贿 \
    非国家工作人员 对非国家 对单位 道路交通 交通事故 社会抚养费 \
    私放 工伤 确认 继承 赡养 抚养 分家 返还 侵权 名誉 肖像 生命权 债权 股权 土地 房屋 执行 信访 减刑 假释 暂予 收监 死刑 没收 附条件 相对不起诉 存疑 撤销 \
    赔偿 借款 借贷 承包 公证 仲裁 违规 巨额 披露 持有 使用 食品监管 催收 高空抛物 窃取 出售 明知 醉驾 拒执 涉黑 涉恶 跨境 电信 网络诽谤 网络诈骗 网络赌博 套路贷 间谍 资助 分裂 颠覆";
/// Words that make a person of a doubtful name: 于海波，男.
const PARTICULARS: [&str; 6] = ["又名", "曾用名", "化名", "绰号", "汉族", "出生"];

/// What follows 男 and 女 where they are particulars: ，男，1985年生, but not （女式）.
const SEX_ENDS: &str = ",，、。；;)） 性汉孩童";
/// What a person does or suffers, right after his name.
const ACTS: [&str; 48] = [
    "供述", "辩解", "辩称", "认罪", "伙同", "纠集", "殴打", "持刀", "驾驶", "酒后", "驾车", "陈述", "报案", "死亡",
    "受伤", "轻伤", "重伤", "谅解", "出庭", "作证", "证实", "证言", "指认", "家属", "家住", "名下", "自首", "投案",
    "归案", "到案", "逃跑", "逃离", "当庭", "夫妇", "父子", "兄弟", "姐妹", "兄妹", "姐弟", "夫妻", "父女", "母女",
    "母子", "叔侄", "一家", "一案", "等人", "上诉",
];

/// The words of the deeds, told apart once: they are asked for at each character that may begin a name.
fn deeds() -> &'static [&'static str] {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| DEEDS.split_whitespace().collect());
    &WORDS
}

/// The same for more of what titles are about.
fn matters() -> &'static [&'static str] {
    static WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| MATTERS.split_whitespace().collect());
    &WORDS
}

/// Whether nothing of the sentence follows a name that is so long.
pub(super) fn is_end_of_clause(rest: &[char], length: usize) -> bool {
    rest.get(length).is_none_or(|&next| ENDS.contains(next))
}

/// Whether a name that is so long is followed by what follows names.
pub(super) fn is_end(rest: &[char], length: usize) -> bool {
    let Some(&next) = rest.get(length) else { return true };
    ENDS.contains(next) || AFTER.contains(next) || next.is_ascii_digit() || begins_word(rest, length)
}

/// Whether a single character that follows names stands at a place.
pub(super) fn follows(character: char) -> bool {
    AFTER.contains(character)
}

/// Whether a word that follows names begins at a place.
pub(super) fn begins_word(rest: &[char], at: usize) -> bool {
    let mut words = WORDS_AFTER.iter().chain(&ACTS).chain(deeds());
    words.any(|word| begins(rest, at, word))
}

/// Whether what the title of a case is about begins a text: 盗窃一案, 等三人, 国家司法救助案.
pub(super) fn begins_matter(text: &str) -> bool {
    let mut words = deeds().iter().chain(matters());
    words.any(|word| text.starts_with(word))
}

/// Whether a crime stands in a text: 贩卖毒品.
pub(super) fn names_deed(text: &str) -> bool {
    static DEEDS_OF: OnceLock<AhoCorasick> = OnceLock::new();
    let words = || deeds().iter().filter(|word| word.chars().nth(1).is_some());
    // Fails only where the patterns are more than fit into memory: these are a few dozen words.
    let deeds = DEEDS_OF.get_or_init(|| AhoCorasick::new(words()).expect("a few dozen short patterns"));
    deeds.is_match(text)
}

/// Whether such a matter of more than one character does.
pub(super) fn begins_long_matter(text: &str) -> bool {
    let mut words = deeds().iter().chain(matters());
    words.any(|word| word.chars().nth(1).is_some() && text.starts_with(word))
}

/// Whether a list may go on after a name that ends at a place, or what persons did follows: 张伟，李强盗窃.
pub(super) fn ends_item(rest: &[char], at: usize) -> bool {
    let next = rest.get(at);
    next.is_none_or(|next| "、,;/|和与及等。)】( “\"[【〔<*".contains(*next) || next.is_ascii_digit())
        || begins_word(rest, at)
}

/// Whether what a person is accused of, or does, follows what is so long.
pub(super) fn acts(rest: &[char], length: usize) -> bool {
    let deeds = deeds().iter().filter(|word| word.chars().nth(1).is_some());
    deeds.chain(&ACTS).any(|word| begins(rest, length, word))
}

/// Whether the particulars of a person follow what is so long: ，男, （汉族.
pub(super) fn has_particulars(rest: &[char], length: usize) -> bool {
    let behind = rest.get(length..).unwrap_or_default().iter();
    let tail: String = behind.skip_while(|it| **it == '*').take(5).collect();
    let Some(told) = tail.strip_prefix([',', '，', '(', '（', '、']) else {
        return false;
    };
    let sex = told.strip_prefix(['男', '女']);
    let sex = sex.is_some_and(|after| {
        let next = after.chars().next();
        next.is_none_or(|next| SEX_ENDS.contains(next) || next.is_ascii_digit())
    });
    sex || PARTICULARS.iter().any(|word| told.starts_with(word))
}

/// Whether a sentence goes on after what is so long as it does after a person: 于2023年, 在家中, 的证言.
pub(super) fn goes_on(rest: &[char], length: usize) -> bool {
    const AFTER_PERSONS: &str = "在因系与对将被";
    const OF_PERSONS: [&str; 9] = ["证言", "证词", "供述", "陈述", "辩解", "辩护人", "家属", "父亲", "母亲"];
    match rest.get(length) {
        Some('于') => rest.get(length + 1).is_some_and(char::is_ascii_digit),
        Some('的') => OF_PERSONS.iter().any(|word| begins(rest, length + 1, word)),
        Some(next) => AFTER_PERSONS.contains(*next),
        None => false,
    }
}

/// Whether a word begins at a place.
pub(super) fn begins(rest: &[char], at: usize, word: &str) -> bool {
    let rest = rest.get(at..).unwrap_or_default();
    let mut characters = rest.iter();
    word.chars().all(|one| characters.next() == Some(&one))
}
