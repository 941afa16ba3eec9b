//! Stars that hide a part of a name or a number: 张**, 徐*与赵*, 某**公司, 138****1234. Two of them in a paragraph look like
//! emphasis to Markdown; they are none.

use std::ops::Range;

/// Characters before which a name begins: 被害人徐*, 与赵*, 陈*某诉李*某.
const BEFORE_NAME: &str = "和与及或跟同诉人者将向对把被给系因由让为叫约是属、，,；;。：:（(“《【[/／|！？? \t\n　";

/// Whether stars behind a character may hide a name or a number: 张**, 138****1234.
pub(super) fn masks(before: char) -> bool {
    const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋\
        蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔\
        贺赖龚文某甲乙丙丁";
    before.is_ascii_alphanumeric() || SURNAMES.contains(before)
}

/// The runs of up to three stars that mask something, of which one by itself could be the beginning or the end of an
/// emphasis: a name stands before each, and before one of them nothing but a name.
pub(super) fn find(body: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before: Option<(Range<usize>, Likeness)> = None;
    for run in runs(body) {
        let like = Likeness::of(body, &run);
        let near = |last: &Range<usize>| !body[last.end..run.start].contains("\n\n");
        if let Some((last, likeness)) = before.take().filter(|(last, _)| near(last))
            && like != Likeness::None
            && likeness != Likeness::None
            && (like == Likeness::Sure || likeness == Likeness::Sure)
        {
            if found.last() != Some(&last) {
                found.push(last);
            }
            found.push(run.clone());
        }
        before = Some((run, like));
    }
    found
}

/// How much stars look like a mask.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likeness {
    None,
    /// The end of a name stands before them.
    Perhaps,
    /// The beginning of one, or a number.
    Sure,
}

impl Likeness {
    fn of(body: &str, run: &Range<usize>) -> Self {
        let mut before = body[..run.start].chars().rev();
        let (last, prior) = (before.next(), before.next());
        let next = body[run.end..].chars().next();
        let Some(last) = last else { return Likeness::None };
        let begins = prior.is_none_or(|letter| BEFORE_NAME.contains(letter));
        // 某县**镇与某县**村
        let place = prior == Some('某') && "县市区省州盟旗镇乡村厂".contains(last);
        match last {
            '0'..='9' => Likeness::Sure,
            // a*b，c*d, never un*likely
            _ if last.is_ascii_alphabetic() => {
                let alone = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_ascii_alphanumeric());
                let second = body[run.end..].chars().nth(1);
                let single = alone(prior) && next.is_some_and(|next| next.is_ascii_alphanumeric()) && alone(second);
                if single { Likeness::Sure } else { Likeness::None }
            }
            _ if place || masks(last) && begins => Likeness::Sure,
            _ if masks(last) => Likeness::Perhaps,
            _ => Likeness::None,
        }
    }
}

/// The runs of one to three stars of a body, but for those that are escaped.
fn runs(body: &str) -> Vec<Range<usize>> {
    let bytes = body.as_bytes();
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(start) = body[at..].find('*').map(|found| at + found) {
        let count = bytes[start..].iter().take_while(|&&byte| byte == b'*').count();
        at = start + count;
        if count <= 3 && !body[..start].ends_with('\\') {
            runs.push(start..at);
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn the_masks_of_names_and_numbers_are_found() {
        for text in [
            "王**（男）、刘**（女）系同案犯。",
            "被害人徐*与赵*系邻居。",
            "张*和李*二人。",
            "陈*某诉李*某一案。",
            "某**公司与某**公司签订合同。",
            "澄溪县某*公司、某*公司。",
            "张*因与邻居李*发生争执",
            "某县**镇与某县**村",
            "手机尾号12**和34**",
            "每日用量为a*b，总量为c*d。",
            "王***（男）、刘***（女）",
        ] {
            assert_eq!(find(text).len(), 2, "{text}");
        }
    }

    #[test]
    fn emphasis_is_no_mask() {
        for text in [
            "**张某**和**李某**",
            "**王**（男）、**刘**（女）",
            "提高**效率和水平，确保资金**安全",
            "*重点*、*要点*",
            "由于**王某**的原因，**李某**没有到场",
            "**被告人张某**与**被告人李某**",
            "**一、金**融，**二、文**化",
            "the *only* and un*likely*",
            "**甲**、**乙**和**丙**",
            "**姓名：王某** **性别：男**",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
