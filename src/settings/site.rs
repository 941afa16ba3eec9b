//! The site file, `jianyan.yaml`.

use crate::diagnostic::Severity;
use crate::message::Lang;
use crate::record::fields::{Fields, Reader, Split};
use crate::record::keys::{self, Key};
use crate::record::{Effect, Folders, Form, Kind, Vocabulary, nearest, office_name};
use crate::settings::{Settings, Target, calendar, corpora, scoring};
use crate::yaml::{Entry, Node};
use std::collections::BTreeSet;
use std::path::{Component, Path};

const SITE: &[Key] = &[
    Key::new("title", "标题", &["站点名称"]),
    Key::new("unit", "单位", &[]),
    Key::new("emblem", "院徽", &[]),
    Key::new("footer", "页脚", &[]),
    Key::new("filing", "备案号", &["备案"]),
    Key::new("style", "样式", &["样式表"]),
    Key::new("base_url", "网址", &[]),
    Key::new("language", "语言", &[]),
    Key::new("review_required", "公开须经保密审查", &[]),
    Key::new("vocabularies", "词表", &[]),
    Key::new("line_groups", "条线归口", &[]),
    Key::new("written_genres", "计数文种", &[]),
    Key::new("counts_from", "认定口径", &[]),
    Key::new("recognised_forms", "成果认可", &[]),
    Key::new("endorsed_counts", "肯定性批示计入", &[]),
    Key::new("holidays", "节假日", &[]),
    Key::new("workdays", "调休上班", &["调休上班日"]),
    Key::new("targets", "对标作战图", &["对标"]),
    Key::new("since", "统计起始", &[]),
    Key::new("scoring", "积分规则", &["积分"]),
    Key::new("folders", "文件夹类别", &["文件夹"]),
    Key::new("complete", "收录完整的编号", &["完整编号"]),
    Key::new("corpora", "其他语料", &["汇集语料"]),
    Key::new("attachments", "附件类型", &["附件格式"]),
    Key::new("downloads", "源文件下载", &["下载源文件"]),
    Key::new("search", "检索", &["全文检索"]),
];

/// Kinds of attachments that go along only where the site file says so: archives, sound and film.
pub(crate) const FURTHER_ATTACHMENTS: [&str; 17] = [
    "zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz", "mp3", "m4a", "wav", "wma", "amr", "mp4", "mov", "avi", "wmv",
];

const VOCABULARIES: &[Key] = &[
    Key::new("lines", "业务条线", &["条线"]),
    Key::new("genre", "文种", &[]),
    Key::new("type", "建议类型", &[]),
    Key::new("delivery", "送达方式", &[]),
    Key::new("category", "项目类别", &[]),
    Key::new("origin", "申报方式", &[]),
];

const TARGET: &[Key] = &[
    Key::new("indicator", "指标", &[]),
    Key::new("benchmark", "标杆", &[]),
    Key::new("target", "目标", &[]),
    Key::new("responsible", "责任单位", &["责任部门"]),
    Key::new("deadline", "期限", &[]),
    Key::new("present", "当前值", &[]),
    Key::new("measure", "计算", &["计算口径"]),
];
const BENCHMARK: &[Key] = &[Key::new("unit", "单位", &[]), Key::new("value", "数值", &[])];
const PRESENT: &[Key] = &[Key::new("value", "数值", &[]), Key::new("date", "日期", &[])];

/// The groups that lines roll up to.
const GROUPS: [&str; 5] = ["刑事", "民事", "行政", "公益诉讼", "综合"];

/// Takes what the site file of the corpus in `root` says into the settings.
pub(super) fn read(root: &Path, reader: &Reader, node: &Node, settings: &mut Settings) {
    let Some(fields) = reader.fields(node, SITE) else {
        return;
    };
    settings.title = fields
        .text("title")
        .unwrap_or_else(|| std::mem::take(&mut settings.title));
    settings.unit = fields.text("unit").map(|name| office_name(&name));
    settings.emblem = file(root, &fields, "emblem", "missing-emblem");
    settings.footer = fields.text("footer");
    settings.filing = fields.text("filing");
    settings.style = file(root, &fields, "style", "missing-style");
    settings.base_url = base_url(&fields);
    settings.language = language(&fields).unwrap_or(settings.language);
    settings.review_required = fields.flag("review_required").unwrap_or(settings.review_required);
    settings.endorsed_counts = fields.flag("endorsed_counts").unwrap_or(settings.endorsed_counts);
    vocabularies(&fields, settings);
    line_groups(&fields, settings);
    if fields.node("written_genres").is_some() {
        settings.written_genres = fields.texts("written_genres", Split::Words).into_iter().collect();
    }
    counts_from(&fields, settings);
    if fields.node("recognised_forms").is_some() {
        let forms = fields.items("recognised_forms").into_iter();
        settings.recognised_forms = forms
            .filter_map(|node| reader.choice(node, "recognised_forms"))
            .collect();
    }
    calendar::read(&fields, settings);
    settings.targets = fields
        .items("targets")
        .into_iter()
        .filter_map(|node| target(reader, node))
        .collect();
    settings.since = fields.day("since").map(|day| day.date);
    settings.scoring = fields.node("scoring").and_then(|node| scoring::read(reader, node));
    settings.folders = folders(&fields);
    settings.complete = fields.texts("complete", Split::Words);
    settings.corpora = corpora::read(root, reader, &fields.items("corpora"));
    settings.attachments = attachments(&fields);
    settings.downloads = fields.flag("downloads");
    settings.search = fields.choice("search").unwrap_or(settings.search);
}

/// The kinds of folders, a folder a line: `判例: case`.
fn folders(fields: &Fields) -> Folders {
    let kinds = entries(fields, "folders").into_iter();
    Folders::new(
        kinds.filter_map(|(entry, reader)| Some((entry.key.clone(), reader.choice::<Kind>(&entry.value, "folders")?))),
    )
}

/// The kinds of attachments that go along besides those that always do.
fn attachments(fields: &Fields) -> BTreeSet<String> {
    let mut kinds = BTreeSet::new();
    for node in fields.items("attachments") {
        let Some(text) = fields.reader().text(node, "attachments") else {
            continue;
        };
        let kind = text.trim_start_matches('.').to_ascii_lowercase();
        if FURTHER_ATTACHMENTS.contains(&kind.as_str()) {
            kinds.insert(kind);
        } else {
            let known = &FURTHER_ATTACHMENTS;
            fields
                .reader()
                .unknown_value(&node.span, "attachments", &text, known, known);
        }
    }
    kinds
}

/// The path below the corpus that a key names, where there is such a file; `code` says that there is none.
fn file(root: &Path, fields: &Fields, key: &'static str, code: &'static str) -> Option<String> {
    let path = fields.text(key)?.replace('\\', "/");
    // Only what lies in the corpus goes along to the site.
    let inside = Path::new(&path)
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if inside && root.join(&path).is_file() {
        return Some(path);
    }
    let span = fields
        .node(key)
        .map_or_else(|| fields.span().clone(), |node| node.span.clone());
    fields.reader().tell(Severity::Warning, code, &span, &[("path", &path)]);
    None
}

/// A base URL, ending with `/`.
fn base_url(fields: &Fields) -> Option<String> {
    let url = fields.text("base_url")?;
    let plain =
        !url.contains(|letter: char| letter.is_whitespace() || letter.is_control() || "\"<>\\^`{|}?#".contains(letter));
    // A path that began with two slashes would be another host wherever it stands alone.
    let after = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let sound = after.is_some_and(|after| !after.starts_with('/') && !after.trim_end_matches('/').contains("//"));
    if plain && sound {
        return Some(format!("{}/", url.trim_end_matches('/')));
    }
    let span = fields
        .node("base_url")
        .map_or_else(|| fields.span().clone(), |node| node.span.clone());
    fields
        .reader()
        .tell(Severity::Error, "base-url", &span, &[("value", &url)]);
    None
}

fn language(fields: &Fields) -> Option<Lang> {
    let text = fields.text("language")?;
    match text.to_ascii_lowercase().as_str() {
        "zh" | "zh-cn" | "中文" => Some(Lang::Zh),
        "en" | "英文" => Some(Lang::En),
        _ => {
            let node = fields.node("language")?;
            fields
                .reader()
                .unknown_value(&node.span, "language", &text, &["zh", "en"], &["zh", "en"]);
            None
        }
    }
}

/// An own list replaces the default. Lines may be a mapping of line and group.
fn vocabularies(fields: &Fields, settings: &mut Settings) {
    let Some(tables) = fields.fields("vocabularies", VOCABULARIES) else {
        return;
    };
    for key in VOCABULARIES {
        let Some(node) = tables.node(key.name) else { continue };
        let values = match node.entries() {
            Some(entries) if key.name == "lines" => {
                group_lines(fields.reader(), entries, settings);
                entries.iter().map(|entry| entry.key.clone()).collect()
            }
            _ => tables.texts(key.name, Split::Words),
        };
        if key.name == "lines" {
            settings.line_groups.retain(|line, _| values.contains(line));
            for line in &values {
                settings
                    .line_groups
                    .entry(line.clone())
                    .or_insert_with(|| "综合".into());
            }
        }
        settings.vocabularies.insert(key.name.into(), values);
    }
}

fn line_groups(fields: &Fields, settings: &mut Settings) {
    for (entry, reader) in entries(fields, "line_groups") {
        let lines = settings
            .vocabularies
            .get("lines")
            .map(Vec::as_slice)
            .unwrap_or_default();
        if lines.contains(&entry.key) {
            group_lines(reader, std::slice::from_ref(entry), settings);
        } else {
            let nearest = nearest(&entry.key, lines.iter().map(String::as_str)).unwrap_or_default();
            reader.tell(
                Severity::Warning,
                "unknown-key",
                &entry.key_span,
                &[("key", &entry.key), ("nearest", nearest)],
            );
        }
    }
}

fn group_lines(reader: &Reader, entries: &[Entry], settings: &mut Settings) {
    for entry in entries {
        let Some(group) = reader.text(&entry.value, &entry.key) else {
            continue;
        };
        if GROUPS.contains(&group.as_str()) {
            settings.line_groups.insert(entry.key.clone(), group);
        } else {
            reader.unknown_value(&entry.value.span, &entry.key, &group, &GROUPS, &GROUPS);
        }
    }
}

/// 认定口径: a form with the effect from which it counts; 不计 takes it out of the table.
fn counts_from(fields: &Fields, settings: &mut Settings) {
    for (entry, reader) in entries(fields, "counts_from") {
        let Some(form) = Form::parse(&entry.key) else {
            let nearest = nearest(&entry.key, Form::ALL.iter().map(|form| form.names().0)).unwrap_or_default();
            reader.tell(
                Severity::Warning,
                "unknown-key",
                &entry.key_span,
                &[("key", &entry.key), ("nearest", nearest)],
            );
            continue;
        };
        if matches!(entry.value.text(), Some("never" | "不计")) {
            settings.counts_from.remove(&form);
        } else if let Some(effect) = reader.choice::<Effect>(&entry.value, &entry.key) {
            settings.counts_from.insert(form, effect);
        }
    }
}

/// The entries of a mapping whose keys are values.
fn entries<'n, 'a>(fields: &Fields<'n, 'a>, key: &str) -> Vec<(&'n Entry, &'n Reader<'a>)> {
    let Some(node) = fields.node(key) else {
        return Vec::new();
    };
    let Some(entries) = node.entries() else {
        fields.reader().fields(node, keys::NONE);
        return Vec::new();
    };
    entries.iter().map(|entry| (entry, fields.reader())).collect()
}

fn target(reader: &Reader, node: &Node) -> Option<Target> {
    let fields = reader.fields(node, TARGET)?;
    let benchmark = fields.fields("benchmark", BENCHMARK);
    let present = fields.fields("present", PRESENT);
    Some(Target {
        indicator: fields.text("indicator")?,
        benchmark: benchmark.and_then(|benchmark| Some((benchmark.text("unit")?, benchmark.text("value")?))),
        target: fields.text("target"),
        responsible: fields.text("responsible"),
        deadline: fields.day("deadline"),
        measure: fields.choice("measure"),
        present: present.and_then(|present| Some((present.text("value")?, present.day("date")))),
    })
}
