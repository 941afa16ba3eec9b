//! The words that make a question of a text, and politeness: they say nothing about what is asked for.

use crate::index::analyzer::Unit;

/// Words that don't count wherever they stand; `QUESTION` in `src/assets/client/query.js` has the same.
const WORDS: [&str; 56] = [
    "是不是",
    "能不能",
    "可不可以",
    "可以不可以",
    "要不要",
    "有没有",
    "会不会",
    "该不该",
    "应不应该",
    "算不算",
    "怎么办",
    "怎么样",
    "怎么",
    "怎样",
    "如何",
    "什么",
    "什么是",
    "是什么",
    "为什么",
    "为啥",
    "为何",
    "哪些",
    "哪个",
    "哪里",
    "哪儿",
    "哪种",
    "是否",
    "能否",
    "可否",
    "多少",
    "多少钱",
    "判多少年",
    "判多久",
    "判几年",
    "会坐牢",
    "要坐牢",
    "多久",
    "应该找谁",
    "该找谁",
    "找谁",
    "请问",
    "请教一下",
    "请教",
    "咨询一下",
    "想咨询",
    "想问一下",
    "想问",
    "问一下",
    "我想",
    "麻烦问",
    "您好",
    "你好",
    "谢谢",
    "吗",
    "呢",
    "谁",
];
/// Those of them that count when anything but a separator follows: 吗啡, 呢绒.
const LAST: [&str; 2] = ["吗", "呢"];

/// For each unit of a sequence whether it belongs to a question word, the longest ones first from the left.
pub(super) fn asking(normal: &str, units: &[Unit]) -> Vec<bool> {
    let mut asking = vec![false; units.len()];
    let Some(end) = units.last().map(|unit| unit.end) else {
        return asking;
    };
    let mut at = 0;
    while at < units.len() {
        let rest = &normal[units[at].start..end];
        let here = WORDS.iter().filter(|word| rest.starts_with(**word));
        let counted = here.filter(|word| !LAST.contains(word) || rest.len() == word.len());
        let long = counted.map(|word| word.chars().count()).max().unwrap_or(0);
        asking[at..at + long].fill(true);
        at += long.max(1);
    }
    asking
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::units;

    fn counted(text: &str) -> String {
        let units: Vec<Unit> = units(text).collect();
        let asking = asking(text, &units);
        let kept = units.iter().zip(asking).filter(|(_, asking)| !asking);
        kept.map(|(unit, _)| &text[unit.start..unit.end]).collect()
    }

    #[test]
    fn forms_of_asking_and_politeness_do_not_count() {
        for (text, expected) in [
            ("请问能不能叫店家退钱吗", "叫店家退钱"),
            ("为什么一直不发", "一直不发"),
            ("怎么办", ""),
            ("吗啡和网吧", "吗啡和网吧"),
            ("2023年有多少起", "2023年有起"),
            ("可以不可以申请", "申请"),
            ("什么是申诉", "申诉"),
            ("为什么是这样", "是这样"),
            ("请问盗窃判几年", "盗窃"),
            ("行贿多少钱立案", "行贿立案"),
            ("受贿会不会坐牢吗", "受贿坐牢"),
            ("我该找谁赔偿", "我赔偿"),
        ] {
            assert_eq!(counted(text), expected, "{text}");
        }
    }
}
