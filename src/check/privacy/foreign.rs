//! Names of other peoples: with a dot in them, in letters, or known by the syllables that they are made of.

use crate::check::privacy::evidence;
use crate::check::privacy::form::Form;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Characters of one part of such a name at most.
const LONGEST_PART: usize = 10;
/// Characters of a name without a dot at most.
const LONGEST: usize = 8;
/// Syllables with which names of several peoples of China begin when they are written in Chinese.
const FIRST: &str = "\
    阿卜杜 阿不都 阿布都 阿卜力 阿不力 阿迪力 阿里木 阿力木 阿孜 阿尔曼 阿依 阿合 阿扎提 阿木 阿苏 阿约 阿措 阿侯 \
    买买提 麦麦提 买合 麦合 买提 麦提 木合 木拉提 木沙 穆罕默德 穆萨 穆拉 艾力 艾合 艾买提 艾麦提 艾山 艾孜 艾尼 \
    艾尔肯 艾克拜尔 艾则孜 热合曼 热依 热孜 热合 吐尔逊 吐尔洪 吐尔 吐逊 吐鲁洪 托合提 托乎提 托合 图尔 图尔荪 \
    玉素甫 玉苏 玉山 依明 依马木 伊力 伊米 伊斯 亚森 亚库 亚力 卡迪尔 卡德尔 卡米力 卡哈尔 库尔班 库尔 克里木 \
    克依木 肉孜 肉斯 如孜 赛买提 赛力克 赛里克 沙吾提 沙拉 司马义 斯马义 苏来曼 苏力坦 塔依尔 塔西 巴拉提 巴哈尔 \
    巴图 巴特尔 巴雅尔 巴桑 巴依 巴音 努尔 努尔曼 乌斯曼 乌买尔 吾买尔 吾斯曼 哈力克 哈斯 哈丽 哈尔 哈山 海热 \
    帕提 帕尔哈提 排日 迪丽 迪里 古丽 古扎 古力 祖力 祖农 孜热 加帕尔 居马 居来提 吉力力 叶尔 对山 对外力 \
    次仁 次旺 次旦 次央 扎西 多吉 卓玛 卓嘎 丹增 旦增 丹巴 旦巴 达瓦 达娃 格桑 拉姆 拉巴 洛桑 罗桑 索朗 索南 平措 \
    普布 边巴 米玛 尼玛 仁增 仁青 仁钦 央金 央宗 德吉 白玛 贡布 贡嘎 才让 才仁 才旦 才项 旺堆 旺姆 旺杰 顿珠 土登 \
    嘎玛 噶玛 嘎松 强巴 群培 曲珍 曲扎 曲措 赤列 晋美 加措 江白 江央 阿旺 昂旺 桑吉 桑杰 更登 更松 益西 \
    乌云 其其格 那日苏 那仁 那木 苏日 苏和 布和 布仁 特木尔 铁木尔 朝鲁 朝克 斯琴 萨仁 萨日 娜仁 娜日 高娃 赛汗 \
    吉日 吉仁 敖日 敖特 额尔 额日 宝音 宝力 呼和 呼日 孟克 孟和 青格 照日 扎木 图雅 托娅 毕力格 必力格 \
    吉克 吉木 吉俄 吉伍 沙马 沙玛 俄木 俄底 马海 勒格 勒伍 莫色 曲木 曲比 瓦扎 瓦其 惹古 日海 尔古 尔布 格及 海来 \
    依火 依扎 约其 果基 罗洪 沈迪 苏呷 甲拉 加拉 乃古 八且 贾巴 井木 \
    热娜 茹仙 茹克 帕孜 帕丽 亚力坤 巴合提 哈那提 哈德力 别克 阿衣 阿布拉 吾布力 吾甫尔 伊卜拉欣 伊敏 如则 奥斯曼 萨迪克 吐地 凯赛尔 古再 古海 \
    热西提 热夏提 米热 米日 艾则麦提 沙依拉 沙比尔 哈丽旦 吐尼沙 坎曼 卡米拉 亚生 牙生 牙合甫 马合木 木塔力甫 依布拉音 依尔夏提 \
    苏日娜 乌日娜 乌日 其木格 格日勒 格日 那顺 阿拉腾 阿拉坦 图门 满都拉 通拉嘎 萨如拉 塔娜 朝乐门 道日娜 哈斯其其格 牧仁 \
    诺布 罗布 次登 旺久 德庆 德钦 白珍 卓嘎 曲尼 旦木 尕藏 尕桑 尕玛 华旦 项秀 扎登 \
    阿尔木 木呷 木乃 木牛 伍呷 伍各 尼古 拉铁 阿果 阿各 阿支 子古 呷呷 史呷 古曲 \
    岩温 岩罕 岩香 岩叫 岩坎 岩扁 岩拉 岩糯 岩甩 岩三 岩应 玉罕 玉香 玉叫 玉波 玉应 玉儿 玉旺 刀美 刀国 刀文 刀正 排早 排勒 排生 勒墨 早仁 麻弄 \
    阮氏 黎氏 裴氏 山本 田中 佐藤 铃木 渡边 伊藤 松本 井上 \
    山田 中村 加藤 吉田 松田 山口 木村 池田 中岛 藤田 后藤 冈田 冈本 近藤 斋藤 坂本 远藤 西村 太田 藤井 长谷川 村上 \
    玛依 依力 依米 麦尔 买尔 阿米尔 赛买 亚里 艾斯 艾比 帕塔 吐孙 如仙 茹鲜 哈木 海木 肖开 雪合 巴吾 凯麦 米尔 迪力 地力 \
    洛松 四郎 泽仁 拉毛 多杰 邓珠 旺修 其美 次成 巴登 夏吾 切羊 罗绒 泽翁 降央 俄色 \
    乌力吉 布日 斯日 木其 呼格 阿古拉 宝鲁 其力 毕力 道尔 嘎拉 莫日 纳日 恩和 恩克 斯钦 特日 图力 乌仁 照日格 朝格 巴根 \
    约翰 玛丽 迈克尔 大卫 彼得 杰克 汤姆 安德烈 亚历山大 伊万 穆罕 阿里 汉斯 弗拉基 詹姆斯 罗伯特 威廉 史密斯";
/// Characters with which names of other languages are written.
const SOUNDS: &str = "阿艾奥巴拜贝比别毕布卜才策茨次措达丹旦德登邓蒂迪顿多厄恩尔法菲弗甫嘎盖戈格根贡古哈海汗罕赫呼霍吉加杰卡凯柯科克\
    库拉莱兰朗勒雷楞黎里力利莉丽列琳卢鲁伦罗洛玛迈麦曼梅米密姆木穆娜纳奈南尼涅努诺欧帕潘佩普其奇恰乔切钦琼曲却热仁日\
    茹如萨赛桑瑟沙史斯苏索塔泰坦唐特提铁图吐托娃瓦旺威维温沃乌吾西希夏辛雅娅亚央叶伊依宜耶益尤扎泽詹珍芝卓兹孜佐";
/// Words that begin like one and are none.
const WORDS: [&str; 24] = [
    "乌鲁木齐",
    "尼日利亚",
    "马来西亚",
    "科特迪瓦",
    "哈萨克",
    "吉尔吉斯",
    "塔吉克",
    "乌兹别克",
    "克拉玛依",
    "阿克苏",
    "喀什",
    "奥林匹克",
    "达瓦孜",
    "阿里巴巴",
    "阿里云",
    "阿里地区",
    "巴图湾",
    "江央宗村",
    "白玛县",
    "大卫星",
    "图雅村",
    "海来村",
    "阿合奇",
    "吉木萨尔",
];

/// The length of such a name with which characters begin; `ends` says whether a name of a length may end there.
pub(super) fn length(rest: &[char], ends: impl Fn(usize) -> bool) -> Option<usize> {
    latin(rest)
        .or_else(|| in_letters(rest))
        .or_else(|| dotted(rest, &ends))
        .or_else(|| undotted(rest, &ends))
        .or_else(|| by_sound(rest, &ends))
}

/// 마동석, or a single word with a capital that does what persons do: John盗窃.
fn in_letters(rest: &[char]) -> Option<usize> {
    let other = |it: &&char| it.is_alphabetic() && !it.is_ascii() && !is_han(**it);
    let letters = rest.iter().take_while(other).count();
    if letters > 1 {
        return Some(letters);
    }
    rest.first().filter(|first| first.is_uppercase())?;
    let lower = rest[1..].iter().take_while(|it| it.is_lowercase()).count();
    let length = 1 + lower;
    let told = evidence::acts(rest, length) || evidence::has_particulars(rest, length);
    (lower > 1 && told).then_some(length)
}

/// 依力亚斯: three characters or more with which foreign names are written, and nothing else.
fn by_sound(rest: &[char], ends: &impl Fn(usize) -> bool) -> Option<usize> {
    const SHORTEST: usize = 3;
    let longest = rest.iter().take(LONGEST).take_while(|it| SOUNDS.contains(**it)).count();
    let is_word = || WORDS.iter().any(|word| evidence::begins(rest, 0, word));
    let length = (SHORTEST..=longest).rev().find(|&length| ends(length))?;
    let masked = rest.get(length).is_some_and(|it| "某×*县市区乡镇村".contains(*it));
    (!masked && !is_word()).then_some(length)
}

/// Where such a name begins that ends at a place.
pub(super) fn before(form: &Form, end: usize) -> Option<usize> {
    let parts = form.characters[..end].iter().rev().take(2 * LONGEST_PART);
    let length = parts.take_while(|&&it| is_han(it) || is_dot(it)).count();
    let rest = &form.characters[end - length..end];
    let dotted = rest
        .iter()
        .position(|&it| is_dot(it))
        .is_some_and(|dot| dot > 0 && dot + 1 < rest.len());
    // What stands before the first part isn't told from it: only a part that begins the clause is sure.
    (dotted && !rest.contains(&'某')).then_some(end - length)
}

fn is_dot(character: char) -> bool {
    matches!(character, '·' | '.')
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// John Smith: two or more words that begin with capitals.
fn latin(rest: &[char]) -> Option<usize> {
    let word = |at: usize| {
        let first = rest
            .get(at)
            .filter(|letter| letter.is_uppercase() && letter.is_alphabetic())?;
        let lower = rest[at + 1..].iter().take_while(|it| it.is_lowercase()).count();
        let upper = rest[at + 1..].iter().take_while(|it| it.is_uppercase()).count();
        let tail = lower.max(upper);
        (tail > 0 || first.is_ascii()).then_some(at + 1 + tail)
    };
    let mut end = word(0).filter(|end| *end > 1)?;
    let mut words = 1;
    while rest.get(end).is_some_and(|it| " ·.-".contains(*it)) {
        let signs = rest[end..].iter().take_while(|it| " ·.-".contains(**it)).count();
        let Some(next) = word(end + signs) else { break };
        (end, words) = (next, words + 1);
    }
    (words > 1).then_some(end)
}

/// 买买提·艾力, whichever dot, and 让-雅克·卢梭: Chinese characters on both sides, the last part up to where names end.
fn dotted(rest: &[char], ends: &impl Fn(usize) -> bool) -> Option<usize> {
    let part = |from: usize| {
        let rest = rest.get(from..).unwrap_or_default();
        rest.iter().take(LONGEST_PART + 1).take_while(|it| is_han(**it)).count()
    };
    let mut at = part(0);
    if at == 0 || at > LONGEST_PART {
        return None;
    }
    let (mut last, mut dots) = (None, 0);
    loop {
        let signs = rest[at..].iter().take(2).take_while(|it| is_dot(**it)).count();
        // 李○强 is masked, 买买提○艾力 is written with what looks like a dot.
        let ring = signs == 0 && rest.get(at).is_some_and(|it| "○°〇".contains(*it)) && at > 2 && part(at + 1) > 1;
        let dash = signs == 0 && rest.get(at) == Some(&'-');
        let next = at + signs.max(usize::from(ring || dash));
        if next == at || part(next) == 0 {
            break;
        }
        dots += usize::from(!dash);
        (last, at) = (Some(next), next + part(next));
    }
    let last = last.filter(|_| dots > 0)?;
    let longest = part(last);
    let length = (1..=longest)
        .find(|&length| length > 1 && ends(last + length))
        .unwrap_or(longest.min(4));
    let name = &rest[..last + length];
    let masked = name
        .iter()
        .chain(rest.get(last + length))
        .any(|it| "某×*".contains(*it));
    (!masked && length > 1).then_some(last + length)
}

/// 次仁多吉, 阿卜杜拉: known by its first syllables.
fn undotted(rest: &[char], ends: &impl Fn(usize) -> bool) -> Option<usize> {
    let begins = |word: &str| word.chars().count() <= rest.len() && word.chars().zip(rest).all(|(a, b)| a == *b);
    if WORDS.iter().any(|word| begins(word)) {
        return None;
    }
    let first = first_syllables(*rest.first()?)
        .iter()
        .filter(|word| begins(word))
        .map(|word| word.chars().count())
        .max()?;
    let longest = rest.iter().take(LONGEST).take_while(|it| is_han(**it)).count();
    let length = (first.max(2)..=longest).find(|&length| ends(length))?;
    let masked = rest[..length]
        .iter()
        .chain(rest.get(length))
        .any(|it| "某×*县市区乡镇村".contains(*it));
    (!masked).then_some(length)
}

/// The syllables of [`FIRST`] that begin with a character.
fn first_syllables(character: char) -> &'static [&'static str] {
    static BY_CHARACTER: OnceLock<HashMap<char, Vec<&str>>> = OnceLock::new();
    let all = BY_CHARACTER.get_or_init(|| {
        let mut all: HashMap<char, Vec<&str>> = HashMap::new();
        for word in FIRST.split_whitespace() {
            word.chars()
                .take(1)
                .for_each(|first| all.entry(first).or_default().push(word));
        }
        all
    });
    all.get(&character).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Option<String> {
        let rest: Vec<char> = text.chars().collect();
        let ends = |length: usize| rest.get(length).is_none_or(|it| "盗陈，因、".contains(*it));
        length(&rest, ends).map(|length| rest[..length].iter().collect())
    }

    #[test]
    fn names_of_other_peoples_are_told_to_their_end() {
        for (text, expected) in [
            ("买买提·艾力盗窃", "买买提·艾力"),
            ("阿卜杜热合曼·托合提陈述", "阿卜杜热合曼·托合提"),
            ("约翰·史密斯，男", "约翰·史密斯"),
            ("阿卜杜拉盗窃", "阿卜杜拉"),
            ("次仁多吉因", "次仁多吉"),
            ("John Smith盗窃", "John Smith"),
            ("Jean-Paul Sartre，", "Jean-Paul Sartre"),
        ] {
            assert_eq!(name(text).as_deref(), Some(expected));
        }
        for text in [
            "买某·艾某盗窃",
            "·证人保护",
            "认罪认罚",
            "阿里巴巴，",
            "WiFi，",
            "A股，",
        ] {
            assert_eq!(name(text), None, "{text}");
        }
    }
}
