//! 案由: what is one cause and what is several.

use crate::record::fields::Fields;
use crate::record::words::{separated, words};

/// Crimes that are often named without 罪, none of which is part of another one's name.
const CRIMES: [&str; 63] = [
    "盗窃",
    "诈骗",
    "抢劫",
    "抢夺",
    "敲诈勒索",
    "职务侵占",
    "侵占",
    "挪用资金",
    "挪用公款",
    "贪污",
    "受贿",
    "行贿",
    "故意伤害",
    "故意杀人",
    "过失致人死亡",
    "强奸",
    "猥亵儿童",
    "强制猥亵",
    "非法拘禁",
    "绑架",
    "寻衅滋事",
    "聚众斗殴",
    "交通肇事",
    "危险驾驶",
    "妨害公务",
    "赌博",
    "开设赌场",
    "合同诈骗",
    "集资诈骗",
    "信用卡诈骗",
    "保险诈骗",
    "贷款诈骗",
    "票据诈骗",
    "电信网络诈骗",
    "非法吸收公众存款",
    "非法经营",
    "洗钱",
    "污染环境",
    "非法采矿",
    "盗伐林木",
    "滥伐林木",
    "滥用职权",
    "玩忽职守",
    "破坏生产经营",
    "故意毁坏财物",
    "非法侵入住宅",
    "帮助信息网络犯罪活动",
    "帮信",
    "掩隐",
    "虚假诉讼",
    "诬告陷害",
    "伪证",
    "重婚",
    "遗弃",
    "虐待",
    "侮辱",
    "诽谤",
    "放火",
    "失火",
    "逃税",
    "拒不支付劳动报酬",
    "容留他人吸毒",
    "组织卖淫",
];

/// What a cause begins with that lists deeds or things itself: 掩饰、隐瞒犯罪所得.
const LISTING: [&str; 42] = [
    "掩饰", "走私", "非法", "组织", "生产", "伪造", "变造", "引诱", "包庇", "窝藏", "拐卖", "收买", "危害", "提供",
    "制作", "制造", "强迫", "隐匿", "销售", "出售", "购买", "传播", "破坏", "盗窃", "抢夺", "挪用", "聚众", "编造",
    "擅自", "操纵", "虚开", "倒卖", "徇私", "滥用", "侵犯", "侮辱", "故意", "运送", "持有", "欺诈", "违规", "泄露",
];

/// 案由. 掩饰、隐瞒犯罪所得罪 is one: a text is split at 、 where every part is a crime or a dispute, and behind 罪. One that
/// stays whole and doesn't look like a crime that lists deeds is said.
pub(super) fn causes(fields: &Fields) -> Vec<String> {
    let split = |text: &str| {
        let parts = separated(text, |mark| mark != '、').into_iter();
        parts.flat_map(|part| separate(&part)).collect()
    };
    let node = fields.node("causes");
    let nodes = node.map(|node| node.items().unwrap_or(std::slice::from_ref(node)));
    let read = |node| {
        let causes = fields.parts_by(node, "causes", split);
        for cause in causes.iter().filter(|cause| may_be_several(cause)) {
            fields.tell_several(node, cause);
        }
        causes
    };
    nodes.unwrap_or_default().iter().flat_map(read).collect()
}

/// The causes that a text joins by 、.
fn separate(text: &str) -> Vec<String> {
    let several = words(text);
    if several.iter().all(|part| is_whole(part) || CRIMES.contains(&&**part)) {
        return several;
    }
    // 走私、贩卖毒品罪、盗窃罪
    let mut causes: Vec<String> = Vec::new();
    let mut open = false;
    for part in several {
        match causes.last_mut().filter(|_| open) {
            Some(last) => {
                last.push('、');
                last.push_str(&part);
            }
            None => causes.push(part.clone()),
        }
        open = !is_whole(&part);
    }
    causes
}

/// Whether a part ends as the name of a cause does.
fn is_whole(part: &str) -> bool {
    part.ends_with('罪') || part.ends_with("纠纷") || part.ends_with('案')
}

/// Whether a cause looks like several, none of which has an ending that shows it.
fn may_be_several(cause: &str) -> bool {
    cause.contains('、') && !is_whole(cause) && !LISTING.iter().any(|begin| cause.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::{may_be_several, separate};

    #[test]
    fn causes_side_by_side_are_separate() {
        for (text, causes) in [
            ("盗窃、诈骗罪", ["盗窃", "诈骗罪"].as_slice()),
            ("掩饰、隐瞒犯罪所得罪", &["掩饰、隐瞒犯罪所得罪"]),
            (
                "走私、贩卖、运输、制造毒品罪、盗窃罪",
                &["走私、贩卖、运输、制造毒品罪", "盗窃罪"],
            ),
            ("盗窃罪、掩饰、隐瞒犯罪所得罪", &["盗窃罪", "掩饰、隐瞒犯罪所得罪"]),
            ("破坏生产经营、寻衅滋事", &["破坏生产经营", "寻衅滋事"]),
            ("帮信、掩隐", &["帮信", "掩隐"]),
            ("环境污染、食品安全", &["环境污染、食品安全"]),
        ] {
            assert_eq!(separate(text), causes, "{text}");
        }
        assert!(may_be_several("环境污染、食品安全"));
        assert!(!may_be_several("掩饰、隐瞒犯罪所得") && !may_be_several("建设工程合同、借款纠纷"));
    }
}
