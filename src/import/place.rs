//! Puts an imported document and its pictures into the corpus, beside what is there.

use super::{Draft, Guess, Refusal, Sketch, Texts, secrecy};
use crate::author::{
    self, ATTACHMENTS, Added, UNDATED, add, flow, picture_folder, scalar, stem, with_pictures, write_new,
};
use crate::check;
use crate::corpus::{self, Source};
use crate::record::{self, Kind};
use crate::settings::Settings;
use std::path::{Path, PathBuf};

/// Writes a draft into the folder of its kind. `origin` is the name of the file that it came from.
///
/// # Errors
/// Where there is such a document already, it bears a secrecy mark, or it can't be written.
pub(crate) fn place(corpus: &Path, draft: &Draft, origin: &str, settings: &Settings) -> Result<Added, Refusal> {
    place_as(corpus, draft, &name(draft, None)?, origin, settings)
}

/// Writes a draft like [`place()`]; beside another document of its date and title it is named by its 文号 or by a number.
///
/// # Errors
/// As those of [`place()`].
pub(crate) fn place_beside(corpus: &Path, draft: &Draft, origin: &str, settings: &Settings) -> Result<Added, Refusal> {
    let number = draft.guess.number.clone().filter(|_| draft.guess.date.is_none());
    let counted = (2..=MOST_OF_ONE_NAME).map(|count| format!("（{count}）"));
    let mut last = None;
    for further in [None].into_iter().chain(number.into_iter().chain(counted).map(Some)) {
        match place_as(corpus, draft, &name(draft, further.as_deref())?, origin, settings) {
            Err(taken @ Refusal::Exists(_)) => last = Some(taken),
            placed => return placed,
        }
    }
    Err(last.unwrap_or(Refusal::Empty))
}

/// Documents of one date and one title at most.
const MOST_OF_ONE_NAME: usize = 200;

/// The name of a draft's file without its ending: date and title, and what tells it from others.
fn name(draft: &Draft, further: Option<&str>) -> Result<String, Refusal> {
    let named_by = draft
        .guess
        .date
        .map_or_else(|| UNDATED.to_owned(), |date| date.to_string());
    let further = further.unwrap_or_default();
    let named = |title: &str| stem(&format!("{title}{further}"), &named_by);
    [&*draft.guess.title, "导入的文献"]
        .into_iter()
        .find_map(named)
        .ok_or(Refusal::Empty)
}

fn place_as(corpus: &Path, draft: &Draft, stem: &str, origin: &str, settings: &Settings) -> Result<Added, Refusal> {
    let text = text(draft, origin, &picture_folder(stem), settings);
    Ok(add(corpus, draft.guess.kind, stem, &text, &draft.pictures)?)
}

/// Takes the texts of the documents that the corpus has, to know them again in other formats.
pub(crate) fn texts_of(root: &Path, texts: &mut Texts) {
    // A corpus that isn't there yet has none.
    let Ok(corpus) = corpus::read(root) else { return };
    for source in &corpus.sources {
        texts.keep(
            root.join(&source.file).display().to_string(),
            Sketch::of(source.body_text()),
        );
    }
}

/// Keeps a file that can't be imported as an attachment; the same file twice is one.
///
/// # Errors
/// Where another file has its name, or it can't be written.
pub(crate) fn keep(corpus: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, Refusal> {
    if check::secrecy_of_name(name).is_some() || secrecy::is_marked_file(name, bytes) {
        return Err(Refusal::Classified);
    }
    let file = Path::new(ATTACHMENTS).join(name);
    let known = author::read(corpus, &file).is_ok_and(|known| known == bytes);
    if !known {
        write_new(corpus, &file, bytes)?;
    }
    Ok(corpus.join(file))
}

/// A document that has a front matter keeps it as it is; its kind is added where it doesn't say it.
fn with_own_front(draft: &Draft, front: &str, pictures: &str) -> String {
    let key = draft.guess.kind.key();
    let own = Source::of(String::new(), String::new(), format!("---\n{front}---\n"));
    let stated = record::read(&own).0.key_lines.get("kind").is_some();
    let kind = if stated {
        String::new()
    } else {
        format!("kind: {key} # 请核对\n")
    };
    let body = with_pictures(&draft.body, &draft.pictures, pictures);
    // A front matter in braces holds its keys in them.
    let kind = if front.trim_start().starts_with('{') {
        String::new()
    } else {
        kind
    };
    format!("---\n{kind}{front}---\n\n{body}")
}

/// What is written beside a guess.
const CHECK: &str = "请核对";

/// Front matter and body. What was guessed says so.
fn text(draft: &Draft, origin: &str, pictures: &str, settings: &Settings) -> String {
    if let Some(front) = &draft.front {
        return with_own_front(draft, front, pictures);
    }
    let guess = &draft.guess;
    let mut out = String::from("---\n");
    let origin: String = origin.chars().filter(|character| !character.is_control()).collect();
    out += &format!("# 由“{origin}”导入。标有“请核对”的各项是从正文猜的，核对后删去说明。\n");
    let mut line = |key: &str, value: Option<String>, remark: &str| {
        let value = value.map(|value| format!(" {value}")).unwrap_or_default();
        let remark = if remark.is_empty() {
            String::new()
        } else {
            format!(" # {remark}")
        };
        out += &format!("{key}:{value}{remark}\n");
    };
    let checked = |known: bool, what: &'static str| if known { CHECK } else { what };
    line(
        "kind",
        Some(guess.kind.key().to_owned()),
        if guess.kind_is_sure { "" } else { CHECK },
    );
    line("title", Some(scalar(&guess.title)), CHECK);
    line(
        "date",
        guess.date.map(|date| date.to_string()),
        checked(guess.date.is_some(), "成文日期，请填写"),
    );
    let unit = guess.unit.as_ref().or(settings.unit.as_ref());
    line(
        "unit",
        unit.map(|unit| scalar(unit)),
        checked(unit.is_some(), "单位，请填写全称"),
    );
    if let Some(department) = &guess.department {
        line("departments", Some(flow([department.as_str()])), CHECK);
    }
    if !guess.authors.is_empty() {
        line("authors", Some(flow(guess.authors.iter().map(String::as_str))), CHECK);
    }
    if !guess.tags.is_empty() {
        line("tags", Some(flow(guess.tags.iter().map(String::as_str))), CHECK);
    }
    line(
        "summary",
        guess.summary.as_ref().map(|summary| scalar(summary)),
        checked(guess.summary.is_some(), "摘要，一到三句话"),
    );
    match guess.kind {
        Kind::Recommendation => {
            line(
                "number",
                guess.number.as_ref().map(|number| scalar(number)),
                checked(guess.number.is_some(), "文号"),
            );
            line(
                "addressee",
                guess.addressee.as_ref().map(|name| scalar(name)),
                checked(guess.addressee.is_some(), "被建议单位，请填写全称"),
            );
        }
        Kind::Case => line(
            "number",
            guess.number.as_ref().map(|number| scalar(number)),
            checked(guess.number.is_some(), "案例编号"),
        ),
        Kind::Report => {
            let genre = genre(draft, settings);
            let known = genre.is_some();
            line(
                "genre",
                genre.map(scalar),
                checked(known, "文种，不填不计入撰写的调研报告"),
            );
        }
        Kind::Topic | Kind::Law => {}
    }
    line("visibility", Some("internal".to_owned()), "公开的须先作保密审查");
    out += "---\n\n";
    out + &with_pictures(&draft.body, &draft.pictures, pictures)
}

/// The 文种 that a title names (关于河道治理的调研报告 is a 调研报告), or that its words and the form of its text tell.
fn genre<'a>(draft: &Draft, settings: &'a Settings) -> Option<&'a str> {
    const WORDS: [(&str, &[&str]); 6] = [
        ("授课讲稿", &["讲稿", "讲义", "授课", "课件"]),
        ("研讨成果", &["研讨", "发言", "座谈"]),
        ("检察情况反映", &["情况反映", "专报", "简报"]),
        ("实证研究", &["实证"]),
        ("调研报告", &["调研", "调查"]),
        (
            "专题报告",
            &[
                "情况分析",
                "分析报告",
                "情况的报告",
                "情况报告",
                "白皮书",
                "评估",
                "总结",
            ],
        ),
    ];
    let known = settings.vocabularies.get("genre")?;
    let title = draft.guess.title.as_str();
    let told = WORDS
        .iter()
        .find(|(_, words)| words.iter().any(|word| title.contains(word)));
    // A paper has an abstract and keywords.
    let paper = draft.guess.summary.is_some() && !draft.guess.tags.is_empty();
    let guessed = told.map(|(genre, _)| *genre).or(paper.then_some("论文"));
    let named = known.iter().find(|genre| title.contains(genre.as_str()));
    let named = named.or_else(|| known.iter().find(|genre| guessed == Some(genre.as_str())));
    named.map(String::as_str)
}

/// Names of what a guess has, for the report.
impl Guess {
    /// The keys of the front matter that were guessed, in their order.
    pub(super) fn guessed(&self) -> Vec<&'static str> {
        let all = [
            ("kind", !self.kind_is_sure),
            ("title", true),
            ("date", self.date.is_some()),
            ("unit", self.unit.is_some()),
            ("departments", self.department.is_some()),
            ("authors", !self.authors.is_empty()),
            ("tags", !self.tags.is_empty()),
            ("summary", self.summary.is_some()),
            (
                "number",
                self.number.is_some() && matches!(self.kind, Kind::Case | Kind::Recommendation),
            ),
            (
                "addressee",
                self.addressee.is_some() && self.kind == Kind::Recommendation,
            ),
        ];
        all.into_iter().filter(|(_, is)| *is).map(|(key, _)| key).collect()
    }
}
