//! The fields that documents of every kind have.

use crate::diagnostic::Severity;
use crate::record::byline::{Named, named};
use crate::record::date::Day;
use crate::record::fields::{Fields, Reader, Split};
use crate::record::keys;
use crate::record::name::{may_be_two, office_name, person_name};
use crate::record::near;
use crate::record::quantity::Counted;
use crate::record::words::separated;
use crate::record::{Author, Benefits, CaseRank, Honour, Level, Review, Role, Visibility, Vocabulary};
use crate::text::numeral;
use crate::text::placeholder::is_placeholder;
use crate::yaml::{Entry, Node, Value};

/// 单位 and 部门, each in its one form; 无 names none.
pub(super) fn offices(fields: &Fields, key: &str) -> Vec<String> {
    let written = fields.texts(key, Split::Words).into_iter();
    written
        .filter(|name| !is_placeholder(name))
        .map(|name| office_name(&name))
        .collect()
}

/// 作者: names, names with roles, `白某（执笔）`, or one text that lists them.
pub(super) fn authors(fields: &Fields) -> Vec<Author> {
    match fields.node("authors") {
        None => Vec::new(),
        Some(Node {
            value: Value::Sequence(items),
            ..
        }) => items.iter().flat_map(|item| authors_of(fields, item)).collect(),
        Some(node) => authors_of(fields, node),
    }
}

/// The authors of one value: a name with its role, or names.
fn authors_of(fields: &Fields, node: &Node) -> Vec<Author> {
    let reader = fields.reader();
    if node.entries().is_some() {
        let Some(author) = reader.fields(node, keys::AUTHOR) else {
            return Vec::new();
        };
        let name = author
            .node("name")
            .and_then(|name| person(reader, name, author.text("name")?));
        let role = author.choice("role");
        return name.into_iter().map(|name| Author { name, role }).collect();
    }
    let texts = fields.parts(node, "authors").into_iter();
    let named = texts.flat_map(|text| {
        let (name, role) = with_role(&text);
        let people = people_in(fields, node, &name).into_iter();
        people.map(move |person| Author {
            name: person.name,
            role: role.or(person.role),
        })
    });
    named.collect()
}

/// `白某（执笔）` names a role.
fn with_role(text: &str) -> (String, Option<Role>) {
    let role = text.trim_end().strip_suffix(['）', ')']).and_then(|rest| {
        let (name, role) = rest.rsplit_once(['（', '('])?;
        let one = !name.contains(['（', '(', ':', '：']);
        Some((name.trim().to_string(), Role::parse(role).filter(|_| one)?))
    });
    role.map_or_else(|| (text.to_string(), None), |(name, role)| (name, Some(role)))
}

/// A person's name in the one form by which it is counted; another spelling is said.
fn person(reader: &Reader, node: &Node, name: String) -> Option<String> {
    let one = match named(&name).as_slice() {
        [one] => one.name.clone(),
        _ => person_name(&name),
    };
    if one != name {
        tell_spelling(reader, node, &name, &one);
    }
    Some(one).filter(|name| !is_placeholder(name))
}

/// The people that one text gives, each name in its one form.
fn people_in(fields: &Fields, node: &Node, text: &str) -> Vec<Named> {
    let people = named(text);
    if !people.is_empty() && (people.len() != 1 || people[0].name != text) {
        let read = people.iter().map(|person| match person.role {
            Some(role) => format!("{}（{}）", person.name, role.zh()),
            None => person.name.clone(),
        });
        tell_spelling(fields.reader(), node, text, &read.collect::<Vec<_>>().join("、"));
    }
    for person in people.iter().filter(|person| may_be_two(&person.name)) {
        fields.tell_several(node, &person.name);
    }
    people
        .into_iter()
        .filter(|person| !is_placeholder(&person.name))
        .collect()
}

fn tell_spelling(reader: &Reader, node: &Node, value: &str, read: &str) {
    reader.tell(
        Severity::Note,
        "name-spelling",
        &node.span,
        &[("value", value), ("read", read)],
    );
}

/// The name of one person.
pub(super) fn person_of(fields: &Fields, key: &str) -> Option<String> {
    person(fields.reader(), fields.node(key)?, fields.text(key)?)
}

/// Names of people.
pub(super) fn people(fields: &Fields, key: &str) -> Vec<String> {
    let node = fields.node(key);
    let nodes = node.map(|node| node.items().unwrap_or(std::slice::from_ref(node)));
    let nodes = nodes.unwrap_or_default().iter();
    let people = nodes.flat_map(|node| {
        let texts = fields.parts(node, key).into_iter();
        texts.flat_map(move |text| people_in(fields, node, &text))
    });
    people.map(|person| person.name).collect()
}

/// 引用法条. In 刑法第264条、第266条 the second has the law of the first, in 刑法第67条第一款、第三款 the article too. A list
/// whose 条 stands behind its last number (刑法第36、37条), and 第133条之一、之二, stay together.
pub(super) fn laws(fields: &Fields) -> Vec<String> {
    let mut read = Laws::default();
    let mut whole: Vec<String> = Vec::new();
    let nodes = fields
        .node("laws")
        .map(|node| node.items().unwrap_or(std::slice::from_ref(node)));
    let written: Vec<String> = nodes.unwrap_or_default().iter().map(Node::to_plain_text).collect();
    let written = written.join(",").replace('，', ",");
    for part in fields.texts("laws", Split::Words) {
        match whole.last_mut().filter(|last| goes_on(last, &part)) {
            Some(last) => {
                last.push_str(if is_thousand(last, &part, &written) { "" } else { "、" });
                last.push_str(&part);
            }
            None => whole.push(part),
        }
    }
    whole.into_iter().map(|part| read.complete(part)).collect()
}

/// Whether a comma within a number was taken for one of the list: 第1,179条.
fn is_thousand(last: &str, part: &str, written: &str) -> bool {
    let digits = part.len() - part.trim_start_matches(|digit: char| digit.is_ascii_digit()).len();
    let number = last.ends_with("第1") && digits == 3 && part[digits..].starts_with('条');
    number && written.contains(&format!("第1,{part}"))
}

/// Whether a part of a list continues the one before it: that ends with a number, or this is a number inserted later.
fn goes_on(last: &str, part: &str) -> bool {
    let number = |letter: char| numeral::is_part(letter);
    let numbers = last.contains('第') && last.ends_with(number) && part.trim_start_matches('第').starts_with(number);
    let inserted = last.contains("条之") && part.starts_with('之');
    let open = last.rsplit('第').next().is_some_and(|end| !end.contains('条'));
    numbers && open || inserted
}

/// The law and the article that were named last.
#[derive(Default)]
struct Laws {
    law: String,
    article: String,
}

impl Laws {
    /// A part with what it leaves out.
    fn complete(&mut self, part: String) -> String {
        let part = with_unit(part);
        let same = ["同法", "该法", "本法"].iter().find_map(|word| part.strip_prefix(word));
        let part = match same.filter(|_| !self.law.is_empty()) {
            Some(rest) => rest.trim_start().to_owned(),
            None => part,
        };
        let begins_with_number = part.starts_with(|first: char| numeral::is_part(first));
        let whole = match part.find('第') {
            Some(0) if self.law.is_empty() => part,
            Some(0) if part.contains('条') => format!("{}{part}", self.law),
            // 第三款, 第（二）项
            Some(0) if part.ends_with(['款', '项', '目']) && !self.article.is_empty() => {
                return format!("{}{part}", self.article);
            }
            Some(0) => format!("{}{part}", self.law),
            None if begins_with_number && part.ends_with('条') && !self.law.is_empty() => {
                format!("{}第{part}", self.law)
            }
            Some(at) => {
                self.law = part[..at].to_string();
                part
            }
            None => part,
        };
        if let Some(end) = whole.rfind('条') {
            let after = end + '条'.len_utf8();
            // 第一百三十三条之一 is the article, 第一款 is not.
            let inserted = whole[after..].find('第').map_or(whole.len(), |at| after + at);
            self.article = whole[..inserted].to_string();
        }
        whole
    }
}

/// 刑法264, 刑法第264 and 刑法#264条 as 刑法第264条.
fn with_unit(part: String) -> String {
    /// 公司法解释三 is the name of a whole one.
    const PLAIN: [char; 4] = ['法', '典', '例', '》'];
    const ENDINGS: [char; 7] = ['法', '典', '例', '》', '定', '则', '释'];
    let part = part.replace('#', "第");
    let law = part.trim_end_matches(|letter: char| numeral::is_part(letter) || numeral::is_capital(letter));
    let number = &part[law.len()..];
    let (name, is_law) = match law.strip_suffix('第') {
        Some(name) => (name, name.ends_with(ENDINGS)),
        None => (law, law.ends_with(PLAIN)),
    };
    if !number.is_empty() && is_law && name != "检例" {
        format!("{name}第{number}条")
    } else {
        part
    }
}

/// Ids of documents: an extension or a leading `./` is not part of one.
pub(super) fn ids(fields: &Fields, key: &str) -> Vec<String> {
    fields.texts(key, Split::Whole).iter().map(|id| plain_id(id)).collect()
}

/// One id of a document.
pub(super) fn id(fields: &Fields, key: &str) -> Option<String> {
    fields.text(key).map(|id| plain_id(&id))
}

fn plain_id(id: &str) -> String {
    let id = id.trim_start_matches("./").trim_start_matches('/');
    id.strip_suffix(".md")
        .or_else(|| id.strip_suffix(".markdown"))
        .unwrap_or(id)
        .to_string()
}

/// 成效.
pub(super) fn benefits(fields: &Fields) -> Benefits {
    let Some(benefits) = fields.fields("benefits", keys::BENEFITS) else {
        return Benefits::default();
    };
    Benefits {
        people: benefits.quantity("people", Counted::People),
        amount: benefits.quantity("amount", Counted::Yuan),
    }
}

/// 荣誉: mappings, or titles alone.
pub(crate) fn honours(reader: &Reader, nodes: Vec<&Node>) -> Vec<Honour> {
    nodes.into_iter().filter_map(|node| honour(reader, node)).collect()
}

fn honour(reader: &Reader, node: &Node) -> Option<Honour> {
    let line = reader.line(node.span.start);
    let Some(_) = node.entries() else {
        let title = reader.text(node, "honours")?;
        if separated(&title, |mark| mark != '、').len() > 1 {
            reader.tell(Severity::Note, "several-in-one", &node.span, &[("value", &title)]);
        }
        let (level, rank) = (level_in(&title), rank_in(&title));
        return Some(Honour {
            title,
            level,
            issuers: Vec::new(),
            date: None,
            rank,
            line,
        });
    };
    let fields = reader.fields(node, keys::HONOUR)?;
    let title = fields.text("title")?;
    let rank = fields.choice("rank").or_else(|| rank_in(&title));
    let level = fields.choice("level").or_else(|| level_in(&title));
    let issuers = fields.texts("issuer", Split::Words);
    Some(Honour {
        level,
        issuers,
        date: fields.day("date"),
        rank,
        line,
        title,
    })
}

fn rank_in(title: &str) -> Option<CaseRank> {
    CaseRank::ALL
        .iter()
        .copied()
        .rev()
        .find(|rank| title.contains(rank.zh()))
}

fn level_in(title: &str) -> Option<Level> {
    Level::ALL
        .iter()
        .copied()
        .rev()
        .find(|level| title.contains(level.zh()))
}

/// A case's shorthand (rank, level, issuers, awarded) as an honour.
pub(super) fn rank_honour(
    rank: CaseRank,
    level: Option<Level>,
    issuers: &[String],
    date: Option<Day>,
    line: u32,
) -> Honour {
    let title = match (rank, level) {
        (CaseRank::Guiding, _) | (_, None) => rank.zh().to_string(),
        (_, Some(level)) => format!("{}{}", level.zh(), rank.zh()),
    };
    Honour {
        title,
        level,
        issuers: issuers.to_vec(),
        date,
        rank: Some(rank),
        line,
    }
}

/// 保密审查.
pub(super) fn review(fields: &Fields) -> Option<Review> {
    let review = fields.fields("review", keys::REVIEW)?;
    Some(Review {
        by: review.text("by"),
        date: review.day("date"),
        result: review.text("result"),
    })
}

/// Levels of secrecy that are none.
const OPEN_LEVELS: [&str; 13] = [
    "公开",
    "无",
    "普通",
    "一般",
    "平件",
    "非密",
    "非涉密",
    "不涉密",
    "无密级",
    "未定密",
    "public",
    "none",
    "unclassified",
];

/// 公开范围. A 密级 of 工作秘密 or 内部 makes a document internal whatever else it says, and so does a
/// front matter that could not be read to its end.
pub(super) fn visibility(fields: &Fields, broken: bool) -> Visibility {
    let stated = fields.choice("visibility").unwrap_or(Visibility::Internal);
    let grade = fields
        .text("secrecy")
        .filter(|grade| !OPEN_LEVELS.contains(&grade.trim().to_lowercase().as_str()));
    if let (Some(grade), Some(node), Visibility::Public) = (&grade, fields.node("secrecy"), stated) {
        let args = [("value", grade.as_str())];
        fields
            .reader()
            .tell(Severity::Warning, "secrecy-against-visibility", &node.span, &args);
    }
    if broken || grade.is_some() {
        Visibility::Internal
    } else {
        stated
    }
}

/// 草稿. Where it says something that is neither yes nor no, the document stays a draft.
pub(super) fn draft(fields: &Fields) -> bool {
    fields.node("draft").is_some() && fields.flag("draft") != Some(false)
}

/// Whether a key that isn't known, or one in a part of the front matter that isn't, may be 草稿 or 公开范围 with a slip of
/// the pen and keeps the document back. Its author meant so; that the key isn't known is told by itself.
pub(super) fn may_withhold(node: &Node) -> bool {
    let inside = |entry: &Entry| {
        let inner = entry.value.entries().unwrap_or_default();
        inner.iter().any(|inner| withholds(&inner.key, &inner.value))
    };
    let entries = node.entries().unwrap_or_default().iter();
    entries
        .filter(|entry| !keys::is_known_anywhere(&entry.key))
        .any(|entry| withholds(&entry.key, &entry.value) || inside(entry))
}

fn withholds(key: &str, value: &Node) -> bool {
    let names = keys::COMMON.iter().flat_map(|known| [known.name, known.zh]);
    let said = value.to_plain_text().trim().to_lowercase();
    match near(key, names) {
        // 原稿 and 文稿 are other words.
        Some("草稿") if !(key.contains('草') && key.contains('稿')) => false,
        Some("draft" | "草稿") => !["false", "no", "off", "0", "否"].contains(&&*said),
        Some("visibility" | "公开范围") => said.contains("internal") || said.contains("内部"),
        _ => false,
    }
}

/// Names of the English key and the Chinese name of a value, for arguments of sentences.
pub(super) fn names<V: Vocabulary>(value: V) -> [(&'static str, &'static str); 2] {
    let (key, name) = value.names();
    [("kind_key", key), ("kind_name", name)]
}
