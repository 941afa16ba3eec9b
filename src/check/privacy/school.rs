//! Schools of minors who can be told by them: 就读于澄溪县第一小学, 第二中学学生张某.

use crate::check::privacy::Finding;
use crate::check::privacy::form::Form;
use std::cmp::Reverse;
use std::ops::Range;

/// Its rule.
pub(super) const CODE: &str = "privacy-school";
/// Characters of a school's name before the word that ends it, at most.
const LONGEST: usize = 18;
/// Words right before a school's name that say who goes there.
const BEFORE: [&str; 25] = [
    "就读的",
    "就读学校为",
    "在读的",
    "所在的",
    "就读于",
    "就读",
    "就学于",
    "在读于",
    "考入",
    "考取",
    "转入",
    "转学至",
    "转学到",
    "升入",
    "入读",
    "读书于",
    "上学于",
    "所在学校",
    "学校名称",
    "学校:",
    "母校",
    "系",
    "是",
    "在",
    "于",
];
/// The last of them say it only with a word after the name: 在澄溪一中读书, 系澄溪一中学生.
const ALONE: usize = 21;
/// Words after the name that say it.
const AFTER: [&str; 8] = ["就读", "读书", "上学", "在读", "就学", "学习", "住校", "寄宿"];
/// Words before the year that somebody is in: 读初二.
const YEARS: [&str; 4] = ["读", "念", "上", "在"];
/// Words that only parts of a school are: 初中部学生.
const DIVISIONS: [&str; 5] = ["初中部", "高中部", "小学部", "幼儿部", "中学部"];
/// What goes on after 一小 and makes another word of it: 一小时.
const MEASURES: &str = "时区部撮批组段块些型票片步包袋瓶";
/// What no name of a school is made of alone.
const GENERIC: [&str; 34] = [
    "当地",
    "本地",
    "外地",
    "辖区内",
    "辖区",
    "农村",
    "城区",
    "乡镇",
    "乡村",
    "公办",
    "民办",
    "私立",
    "公立",
    "寄宿制",
    "全县",
    "全市",
    "全省",
    "各",
    "该",
    "本",
    "同一",
    "一所",
    "两所",
    "多所",
    "附近",
    "普通",
    "重点",
    "部分",
    "所有",
    "县城",
    "省内",
    "市内",
    "县内",
    "同",
];

/// How names of schools end.
const ENDS: [&str; 7] = ["小学", "中学", "学校", "幼儿园", "一中", "二中", "实小"];
/// Words of texts that speak of schools at large, or of the children themselves.
const GENERAL: &str = "所 子女 孩子 儿子 女儿 未成年 儿童 少年 残疾 军人 鼓励 支持 举办 办好 设置 设立 改善 保障 应当 可以 按照 条件 普通 \
    其他 另一 就近 随班 学生 教育局 城里 镇上 村里 外省 外地 原籍 户籍 居住 务工 流入 新的 原来 什么 哪个 联系 走访 进入 前往 深入 多所 \
    高等 中等 公办 民办 义务教育 指定 部门 各级 各类 有关 特殊需要 附近 居民 接受 辖区";

/// A school whose name ends with the word at a place, where the text says that somebody goes there.
pub(super) fn around(form: &Form, word: Range<usize>) -> Vec<Finding> {
    one_around(form, word).map_or_else(Vec::new, |last| {
        let mut found = listed_before(form, last.span.start);
        found.push(last);
        found
    })
}

/// The schools that are listed before one: 分别系甲小学、乙小学学生.
fn listed_before(form: &Form, start: usize) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut end = start;
    while form.before(end).is_some_and(|it| "、和与及".contains(it)) {
        let from = name_start(form, end - 1);
        let text = form.slice(&(from..end - 1));
        let cue = BEFORE.iter().filter_map(|cue| Some(text.rfind(cue)? + cue.len())).max();
        let name = &text[cue.unwrap_or_default()..];
        let begin = end - 1 - name.chars().count();
        let is_school = ENDS.iter().any(|end| name.strip_suffix(end).is_some_and(is_proper));
        if !is_school {
            break;
        }
        found.push(Finding::new(CODE, begin..end - 1));
        end = begin;
    }
    found
}

fn one_around(form: &Form, word: Range<usize>) -> Option<Finding> {
    let word = word.start..word_end(form, &word);
    let measures = form.before(word.end) == Some('小') && form.at(word.end).is_some_and(|it| MEASURES.contains(it));
    if measures {
        return None;
    }
    let from = word.start.saturating_sub(LONGEST + 3);
    let before = form.slice(&(from..word.start));
    // The cue that stands nearest to the name.
    let found = BEFORE
        .iter()
        .enumerate()
        .filter_map(|(index, cue)| Some((before.rfind(cue)? + cue.len(), Reverse(index))))
        .max()
        // 在校学生李某（16岁，澄溪县城西中学高一）: what is said of somebody begins anew.
        .filter(|(end, _)| !before[*end..].contains([',', '(', '。', ';']));
    let after: String = form.characters[word.end..].iter().take(12).collect();
    let (start, alone) = match found {
        Some((end, Reverse(index))) => (from + before[..end].chars().count(), index < ALONE),
        None => (name_start(form, word.start), false),
    };
    let lead = form.slice(&(start..word.start));
    // 分别就读于甲小学、乙小学: the last of a list.
    let last = lead
        .rsplit_once('、')
        .filter(|(before, _)| (alone || is_somebody(&after)) && before.ends_with(['学', '校', '园', '中', '小']));
    let name = last
        .map_or(&*lead, |(_, last)| last)
        .trim_start_matches("学校")
        .trim_start_matches("名称")
        .trim_start_matches([' ', ':']);
    let start = word.start - name.chars().count();
    let is_one = (found.is_some() || is_apposition(form, start)) && is_somebody(&after);
    let is_one = is_one || is_in_brackets(form, start, &after) || (found.is_some() && is_in_year(&after));
    let is_one = is_one || is_of_teacher(form, start, &after);
    let told = alone || AFTER.iter().any(|verb| after.starts_with(verb)) || is_pupil(&after) || is_one;
    (told && is_proper(name)).then_some(Finding::new(CODE, start..word.end))
}

/// The end of the word: 一中 in 第一中学, but not in 一中学生.
fn word_end(form: &Form, word: &Range<usize>) -> usize {
    let mut before = form.characters[..=word.start].iter().rev();
    let ordinal = before.find(|it| !"一二三四五六七八九十".contains(**it)) == Some(&'第');
    let pupil = form.at(word.end + 1) == Some('生') && !ordinal;
    let short = matches!(form.before(word.end), Some('中' | '小'));
    let longer = short && form.at(word.end) == Some('学') && !pupil;
    word.end + usize::from(longer)
}

/// Where a name begins that no cue stands before: after what parts words.
fn name_start(form: &Form, end: usize) -> usize {
    let back = form.characters[..end].iter().rev().take(LONGEST);
    end - back.take_while(|&&character| character.is_alphanumeric()).count()
}

/// What a school calls its pupils.
const PUPILS: [&str; 9] = [
    "女学生",
    "男学生",
    "在校学生",
    "在校生",
    "学生",
    "女生",
    "男生",
    "幼儿",
    "学童",
];

/// 三年级学生, 初二(3)班学生, 学生张某: one pupil, not the pupils of a school.
fn is_pupil(after: &str) -> bool {
    let class = after.find(['级', '班']).filter(|&at| {
        // 四年级, 初二（3）班; 特殊教育学校（班） is none.
        let before = after[..at].chars().next_back();
        at <= 18 && before.is_some_and(|before| "年）)一二三四五六七八九".contains(before) || before.is_ascii_digit())
    });
    // 高三学生, 初二女生李某
    let year = after.strip_prefix(['初', '高', '大', '小']).and_then(|rest| {
        let rest = rest.strip_prefix(['一', '二', '三', '四', '五', '六', '1', '2', '3'])?;
        Some(PUPILS.iter().any(|word| rest.starts_with(word)))
    });
    let pupil = PUPILS
        .iter()
        .find_map(|word| after.strip_prefix(word))
        .is_some_and(|rest| {
            let mut name = rest.chars().skip(1).take(2);
            name.any(|it| it == '某')
        });
    pupil
        || year == Some(true)
        || class.is_some_and(|at| {
            let rest = after[at..].trim_start_matches(['级', '班']);
            rest.is_empty() || rest.contains("学生") || rest.starts_with(['，', ',', '。', '的', '）', ')'])
        })
}

/// 读初二, 上三年级
fn is_in_year(after: &str) -> bool {
    let year = YEARS.iter().find_map(|verb| after.strip_prefix(verb));
    let numbers = ['一', '二', '三', '四', '五', '六', '中', '1', '2', '3', '4', '5', '6'];
    year.is_some_and(|year| {
        let kind = year.strip_prefix(['初', '高', '小', '大']);
        kind.is_some_and(|rest| rest.starts_with(numbers))
            || year.strip_prefix(numbers).is_some_and(|rest| rest.starts_with("年级"))
    })
}

/// What follows the year that somebody is in: 高一, 六年级（2）班, 初二学生.
fn after_year(after: &str) -> Option<&str> {
    let numbers = ['一', '二', '三', '四', '五', '六', '1', '2', '3', '4', '5', '6'];
    let kind = after.strip_prefix(['初', '高', '小']);
    let rest = match kind {
        Some(kind) => kind.strip_prefix(numbers)?,
        None => after.strip_prefix(numbers)?.strip_prefix("年级")?,
    };
    let class = rest.find('班').filter(|at| {
        rest[..*at]
            .chars()
            .all(|it| it.is_ascii_digit() || "()一二三四五六七八九十".contains(it))
    });
    let rest = class.map_or(rest, |at| &rest[at + '班'.len_utf8()..]);
    Some(PUPILS.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest))
}

/// 李某，澄溪县第一中学学生，: what is said between commas of a person before them.
fn is_apposition(form: &Form, start: usize) -> bool {
    const REACH: usize = 6;
    let before = form.slice(&(start.saturating_sub(REACH)..start));
    before.strip_suffix(',').is_some_and(|person| {
        let person = person.rsplit([',', '。', ';', '、']).next().unwrap_or_default();
        person.contains(['某', '岁', '男', '女']) || person.contains("化名")
    })
}

/// 系澄溪县第一小学学生。, 是澄溪县第一中学的学生。: somebody is one of its pupils.
fn is_somebody(after: &str) -> bool {
    let division = DIVISIONS.iter().find_map(|part| after.strip_prefix(part));
    let after = division.unwrap_or(after);
    let after = after.strip_prefix('的').unwrap_or(after);
    let rest = PUPILS.iter().find_map(|word| after.strip_prefix(word));
    let rest = rest.or_else(|| after_year(after));
    rest.is_some_and(|rest| rest.chars().next().is_none_or(|next| "，,。.；;、)）".contains(next)))
}

/// 王某（澄溪县第一小学学生）
fn is_in_brackets(form: &Form, start: usize, after: &str) -> bool {
    form.before(start) == Some('(') && is_somebody(after)
}

/// 小红的班主任、澄溪县第一小学教师
fn is_of_teacher(form: &Form, start: usize, after: &str) -> bool {
    let teaches = ["教师", "老师", "班主任"].iter().any(|word| after.starts_with(word));
    teaches
        && form.before(start) == Some('、')
        && form.has_before(start, 8, &["的班主任", "的老师", "的教师", "的任课"])
}

/// Whether a name is one school's: not masked, and more than general words.
fn is_proper(name: &str) -> bool {
    if name.contains([
        '条', '章', ' ', '某', '×', '*', '的', '，', ',', '。', '、', '；', '：', ':',
    ]) || GENERAL.split_whitespace().any(|word| name.contains(word))
    {
        return false;
    }
    let mut rest = name;
    while let Some(word) = GENERIC.iter().find(|word| rest.starts_with(**word)) {
        rest = &rest[word.len()..];
    }
    rest.chars().filter(|character| character.is_alphanumeric()).count() >= 2
}
