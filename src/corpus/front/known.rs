//! The keys by which a front matter is known where its fences don't show it, and the lines that begin with them.

use super::{FARTHEST, fence, is_blank, lines};
use unicode_normalization::UnicodeNormalization;

/// Names and variants of the keys that stand at the top of a front matter: those of the tables of `record`, which is read
/// after this.
const KEYS: &str = " kind 类别 种类 title 标题 题目 date 成文日期 日期 unit 单位 units departments 部门 department \
    authors 作者 author lines 业务条线 条线 line causes 案由 cause tags 标签 tag summary 摘要 laws \
    引用法条 法条 law related 相关文献 supersedes 替代 benefits 成效 honours 荣誉 honors honour \
    visibility 公开范围 review 保密审查 draft 草稿 secrecy 密级 id 标识 genre 文种 methods 方法 \
    调研方法 method partners 合作单位 partner topic 所属项目 所属课题 adoptions 转化情况 adoption \
    rank 案例等次 等次 level 层级 issuers 评定单位 发布单位 issuer awarded 评定日期 发布日期 \
    number 案例编号 编号 batch 批次 result 处理结果 结果 court_number 案号 type 建议类型 类型 \
    enforcement 民事执行 文号 addressee 被建议单位 cc 抄送 抄送单位 handling_unit 承办部门 \
    承办单位 problems 问题 存在问题 problem suggestions 建议 建议内容 suggestion priority 重点督办 \
    issued 制发 制发日期 delivered 送达 送达日期 delivery 送达方式 urgent 紧急 due 回复期限 到期日 \
    due_reason 期限理由 objection 异议 withdrawn 撤回 撤回日期 filed 备案 备案日期 reply 回复 \
    rectification 整改 followups 跟进 回访 followup escalations 跟进监督 escalation closed 办结 \
    source 来源报告 category 项目类别 课题类别 origin 申报方式 项目来源 status 状态 lead 负责人 \
    team 成员 deadline 截止日期 截止 themes 选题 theme key_results 关键成果 key_result outputs \
    产出 output 制定机关 发布机关 effective 施行日期 生效日期 时效 时效性 amended 修正日期 \
    修订日期 ";

/// Those that stand nowhere but in a front matter: of others a byline may consist (日期：2024年).
const TELLING: [&str; 10] = [
    "kind",
    "类别",
    "draft",
    "草稿",
    "visibility",
    "公开范围",
    "secrecy",
    "密级",
    "review",
    "保密审查",
];

/// Lines in which keys count although an empty one stands between them.
const LOOSE: usize = 8;

/// Longest text in bytes that may be a key.
const LONGEST: usize = 90;

/// Whether a text is the name of a key: case, blanks, hyphens and width aside.
pub(crate) fn is_key(written: &str) -> bool {
    if written.len() > LONGEST {
        return false;
    }
    let plain = plain(written);
    !plain.is_empty() && KEYS.contains(&format!(" {plain} "))
}

fn plain(written: &str) -> String {
    let seen = written.nfkc().filter(|letter| !is_blank(*letter));
    let lower = seen.flat_map(char::to_lowercase);
    lower.map(|letter| if letter == '-' { '_' } else { letter }).collect()
}

/// A key at the beginning of a line.
struct Key {
    telling: bool,
    english: bool,
    /// Whether an ASCII colon and a blank follow it.
    yaml: bool,
}

/// The key that a line begins with; what quotes the line or the key, and the width of the colon, aside.
fn key_of(line: &str) -> Option<Key> {
    let line = line.trim_start_matches(|mark: char| is_blank(mark) || mark == '>');
    let colon = line.find([':', '：'])?;
    let key = line[..colon].trim_matches(is_blank).trim_matches(['"', '\'', '“', '”']);
    let value = line[colon..].strip_prefix(':');
    is_key(key).then(|| Key {
        telling: TELLING.contains(&&*plain(key)),
        english: key.is_ascii(),
        yaml: value.is_some_and(|value| value.chars().next().is_none_or(is_blank)),
    })
}

/// Whether a key is one that stands nowhere but in a front matter.
pub(super) fn is_telling(written: &str) -> bool {
    written.len() <= LONGEST && TELLING.contains(&&*plain(written))
}

/// Whether a whole line says that the text is a draft: `草稿：是`, `draft: true`; as an item or in bold only with a yes.
pub(super) fn says_draft(line: &str) -> bool {
    const NO: [&str; 7] = ["", "否", "不是", "false", "no", "0", "无"];
    const YES: [&str; 6] = ["是", "true", "yes", "1", "草稿", "未定稿"];
    let line = line.trim_start_matches(|mark: char| is_blank(mark) || mark == '>');
    let bare = line.trim_matches(|mark: char| is_blank(mark) || "-*+_`".contains(mark));
    if line.len() > LONGEST {
        return false;
    }
    bare.split_once([':', '：']).is_some_and(|(key, value)| {
        let is_mark = |mark: char| "*_`".contains(mark);
        let value = plain(value.trim_matches(|mark: char| is_blank(mark) || is_mark(mark)));
        let dressed = bare.len() < line.trim_end().len();
        let says = if dressed || key.ends_with(is_mark) {
            YES.contains(&&*value)
        } else {
            value.chars().count() <= 4 && !NO.contains(&&*value)
        };
        matches!(&*plain(key.trim_end_matches(is_mark)), "draft" | "草稿") && says
    })
}

/// How a first line begins.
#[derive(Debug, Default)]
enum First {
    Known {
        yaml: bool,
    },
    /// With a colon behind something else.
    Unknown,
    #[default]
    Other,
}

/// What the first lines of a text show that say something.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// Whether it begins as a front matter does.
    pub begins: bool,
    first: First,
    /// Keys that are known.
    all: usize,
    /// Of them those before the first empty line.
    keys: usize,
    /// Of them those with an ASCII colon and a blank.
    yaml: usize,
    /// Of them those in English, which no byline has.
    english: usize,
    /// Whether one of them stands nowhere but in a front matter.
    telling: bool,
    /// Whether `---` follows them without a gap.
    closed: bool,
    /// Keys with an ASCII colon, an empty line between them or not.
    loose: usize,
    /// Whether `---` follows anywhere.
    fenced: bool,
    /// Lines that aren't keys, before the first empty one.
    other: usize,
}

impl Head {
    pub(super) fn of(text: &str) -> Self {
        Self::until(text, |at| fence(text, at).is_some())
    }

    /// The same up to a line that ends it.
    pub(super) fn until(text: &str, ends: impl Fn(usize) -> bool) -> Self {
        let silent = |line: &str| line.trim_matches(is_blank).is_empty() || line.starts_with('#');
        let said = lines(text).skip_while(|(_, line)| silent(line)).take(FARTHEST);
        let mut head = Head::default();
        let mut gap = false;
        for (count, (at, line)) in said.enumerate() {
            if ends(at) {
                (head.closed, head.fenced) = (!gap && count > 0, true);
                break;
            }
            gap |= line.trim_matches(is_blank).is_empty();
            head.add(key_of(line).as_ref(), line, count, gap);
        }
        head.begins = match head.first {
            First::Known { yaml } => yaml || head.telling || head.all >= 2 || head.closed,
            First::Unknown => head.keys >= 2,
            First::Other => false,
        };
        head
    }

    fn add(&mut self, key: Option<&Key>, line: &str, count: usize, gap: bool) {
        if count == 0 {
            self.first = match key {
                Some(key) => First::Known { yaml: key.yaml },
                None if line.chars().take(30).any(|letter| matches!(letter, ':' | '：')) => First::Unknown,
                None => First::Other,
            };
        }
        let Some(key) = key else {
            self.other += usize::from(!gap);
            return;
        };
        self.all += 1;
        self.loose += usize::from(key.yaml && count < LOOSE);
        if !gap {
            self.keys += 1;
            self.yaml += usize::from(key.yaml);
            self.english += usize::from(key.yaml && key.english);
            self.telling |= key.telling;
        }
    }

    /// Whether it holds several keys: one alone may be a sentence.
    pub(super) fn is_several(&self) -> bool {
        self.loose >= 2 || self.keys >= 2 && self.telling
    }

    /// Whether it is a front matter without a `---` before it, at the beginning of a text or behind other text.
    pub(super) fn is_front(&self, beginning: bool) -> bool {
        let several = self.begins && self.keys >= 2;
        if beginning {
            self.begins && self.loose >= 2 && self.fenced || several && (self.closed || self.telling)
        } else {
            self.closed && self.telling && (several || self.is_bare())
        }
    }

    /// Whether it is another front matter, behind a `---` in the middle of a text.
    pub(super) fn is_second(&self) -> bool {
        let several = self.keys >= 2 && (self.telling || self.english >= 2) && (self.fenced || self.english >= 2);
        let bare = self.is_bare() && (self.closed || self.telling);
        self.begins && (several || bare || self.closed && self.telling && self.other == 0)
    }

    /// Whether it is keys in English and nothing else, up to an empty line or its end.
    fn is_bare(&self) -> bool {
        self.begins && self.english > 0 && self.other == 0
    }

    /// Whether it is a paragraph of keys with no line before it or behind it that would show them.
    pub(super) fn is_paragraph(&self) -> bool {
        self.is_bare() && self.telling && self.english >= 3
    }

    /// Whether it is the rest of a front matter, up to the `---` that was meant to end it.
    pub(super) fn is_rest(&self) -> bool {
        self.closed && (self.yaml > 0 || self.telling)
    }
}
