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
/// emphasis: a name stands before each, and before one of them nothing but a name, or behind each what ends the name of a
/// firm or a place.
pub(super) fn find(body: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut before: Option<(Range<usize>, Likeness)> = None;
    for run in runs(body) {
        let like = Likeness::of(body, &run);
        let last = before.replace((run.clone(), like));
        // An emphasis of nothing but a name is one: 由**王某**代理.
        let near = |last: &Range<usize>| {
            let inner = &body[last.end..run.start];
            !inner.contains("\n\n") && inner.chars().count() > like.length
        };
        if let Some((last, _)) = last.filter(|(last, likeness)| likeness.goes_with(like) && near(last)) {
            if found.last() != Some(&last) {
                found.push(last);
            }
            found.push(run);
        }
    }
    found
}

/// How much stars look like a mask.
#[derive(Clone, Copy, Default)]
struct Likeness {
    /// The end of a name stands before them.
    name: bool,
    /// The beginning of one, or a number.
    sure: bool,
    /// Characters of that name.
    length: usize,
    /// What ends the name of a firm or a place stands behind them.
    office: bool,
}

impl Likeness {
    fn of(body: &str, run: &Range<usize>) -> Self {
        const OFFICES: [&str; 16] = [
            "公司", "有限", "集团", "厂", "商行", "商店", "超市", "酒店", "医院", "学校", "村", "镇", "乡", "街道",
            "小区", "社区",
        ];
        let mut before = body[..run.start].chars().rev();
        let (last, prior, first) = (before.next(), before.next(), before.next());
        let begins = |letter: Option<char>| letter.is_none_or(|letter| BEFORE_NAME.contains(letter));
        let office = OFFICES.iter().any(|word| body[run.end..].starts_with(word));
        let Some(last) = last else {
            return Self {
                office,
                ..Self::default()
            };
        };
        // 某县**镇与某县**村
        let place = prior == Some('某') && "县市区省州盟旗镇乡村厂".contains(last);
        // 赵某*与钱某*
        let named = last == '某' && prior.is_some_and(masks);
        let length = if named { 2 } else { 1 };
        let is_name = is_surname(last, prior);
        let sure = match last {
            '0'..='9' => true,
            _ if last.is_ascii_alphabetic() => is_factor(body, run, prior),
            _ => place || named && begins(first) || is_name && begins(prior),
        };
        Self {
            name: sure || is_name,
            sure,
            length,
            office,
        }
    }

    fn goes_with(self, other: Self) -> bool {
        self.name && other.name && (self.sure || other.sure) || self.office && other.office
    }
}

/// Whether a character is a surname, or 某: not in 由于 and 对方, nor one of the names that examples have.
fn is_surname(letter: char, before: Option<char>) -> bool {
    let in_word = match letter {
        '于' => before.is_some_and(char::is_alphabetic),
        '方' => before.is_some_and(|before| "对双各一".contains(before)),
        '甲' | '乙' | '丙' | '丁' => true,
        _ => letter.is_ascii(),
    };
    !in_word && masks(letter)
}

/// Whether a star stands between two letters: a*b，c*d, never un*likely.
fn is_factor(body: &str, run: &Range<usize>, prior: Option<char>) -> bool {
    let alone = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_ascii_alphanumeric());
    let mut behind = body[run.end..].chars();
    let next = behind.next();
    alone(prior) && !alone(next) && alone(behind.next())
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
            "赵某*与钱某*",
            "杭州**有限公司与宁波**有限公司",
            "**公司与**公司签订合同",
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
            "由于**邻居王某**的原因",
            "对方**代理人李某**到场",
            "甲**乙方**丙",
            "**被告人张某**与**被告人李某**",
            "**一、金**融，**二、文**化",
            "the *only* and un*likely*",
            "**甲**、**乙**和**丙**",
            "**姓名：王某** **性别：男**",
            "**公司治理**与**公司**责任",
            "**村民**和**村委会**",
        ] {
            assert!(find(text).is_empty(), "{text}");
        }
    }
}
