//! What a model may call, and what it must say.

use crate::adoption::{By, Period};
use crate::message::{Catalogue, Lang};
use jiff::civil::Date;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::sync::Arc;

/// Characters of a query, a name or another short argument at most.
const LONGEST_WORD: usize = 2_000;
/// Characters of a text at most.
const LONGEST_TEXT: usize = 200_000;

/// A call with its arguments.
#[derive(Debug)]
pub(super) enum Call {
    Search(Search),
    Read(Read),
    Similar(Similar),
    Ledger(Ledger),
    Verify(Verify),
}

/// Why a call can't be made.
#[derive(Debug)]
pub(super) enum Refused {
    /// There is no such tool.
    Unknown(String),
    /// Its arguments don't fit.
    Arguments(String),
}

/// Words to look for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Search {
    pub query: String,
    pub kind: Option<String>,
    pub unit: Option<String>,
    pub year: Option<String>,
    #[serde(default)]
    pub offset: usize,
    pub limit: Option<usize>,
}

/// A document, or a part of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Read {
    pub id: String,
    pub place: Option<String>,
    #[serde(default)]
    pub offset: usize,
}

/// A document or a text that others may be like.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Similar {
    pub id: Option<String>,
    pub text: Option<String>,
    #[serde(default)]
    pub offset: usize,
}

/// A question to the ledger.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ledger {
    pub by: Option<String>,
    pub since: Option<String>,
    pub until: Option<String>,
    #[serde(default)]
    pub offset: usize,
}

/// A draft.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verify {
    pub text: String,
    #[serde(default)]
    pub offset: usize,
}

impl Call {
    /// Reads a call.
    pub(super) fn of(name: &str, arguments: JsonObject) -> Result<Self, Refused> {
        let call = match name {
            "search" => Self::Search(read(arguments)?),
            "read" => Self::Read(read(arguments)?),
            "similar" => Self::Similar(read(arguments)?),
            "ledger" => Self::Ledger(read(arguments)?),
            "verify" => Self::Verify(read(arguments)?),
            _ => return Err(Refused::Unknown(name.chars().take(100).collect())),
        };
        if call.is_bounded() {
            Ok(call)
        } else {
            Err(Refused::Arguments(format!(
                "an argument is too long: at most {LONGEST_WORD} characters, a text {LONGEST_TEXT}"
            )))
        }
    }

    fn is_bounded(&self) -> bool {
        let within = |text: &str, most: usize| text.len() <= most || text.chars().count() <= most;
        let words: Vec<Option<&str>> = match self {
            Self::Search(it) => vec![
                Some(&it.query),
                it.kind.as_deref(),
                it.unit.as_deref(),
                it.year.as_deref(),
            ],
            Self::Read(it) => vec![Some(&it.id), it.place.as_deref()],
            Self::Similar(it) => vec![it.id.as_deref()],
            Self::Ledger(it) => vec![it.by.as_deref(), it.since.as_deref(), it.until.as_deref()],
            Self::Verify(_) => Vec::new(),
        };
        let text = match self {
            Self::Similar(it) => it.text.as_deref(),
            Self::Verify(it) => Some(it.text.as_str()),
            _ => None,
        };
        words.into_iter().flatten().all(|word| within(word, LONGEST_WORD))
            && text.is_none_or(|text| within(text, LONGEST_TEXT))
    }
}

impl Ledger {
    /// By what its rows are made: by year, where nothing is said.
    pub(super) fn property(&self) -> Result<By, String> {
        let Some(name) = &self.by else { return Ok(By::Year) };
        let known = By::ALL.iter().find(|by| by.key() == name);
        known.copied().ok_or_else(|| format!("by: {name}"))
    }

    pub(super) fn period(&self) -> Result<Period, String> {
        let day = |text: &Option<String>| {
            let day = text.as_deref().map(str::parse::<Date>).transpose();
            day.map_err(|_| text.clone().unwrap_or_default())
        };
        Ok(Period {
            since: day(&self.since)?,
            until: day(&self.until)?,
        })
    }
}

fn read<T: DeserializeOwned>(arguments: JsonObject) -> Result<T, Refused> {
    serde_json::from_value(Value::Object(arguments)).map_err(|error| Refused::Arguments(error.to_string()))
}

/// Arguments of a tool by name, each with its schema.
type Arguments = Vec<(&'static str, Value)>;

/// The tools, in the order in which a model would need them.
pub(super) fn all(lang: Lang) -> Vec<Tool> {
    let by: Vec<&str> = By::ALL.iter().map(|by| by.key()).collect();
    let kinds = ["report", "case", "recommendation", "topic", "law"];
    let text = |most: usize| json!({ "type": "string", "maxLength": most });
    let day = || json!({ "type": "string", "format": "date" });
    let tools: [(&str, &[&str], Arguments); 5] = [
        (
            "search",
            &["query"],
            vec![
                ("query", text(LONGEST_WORD)),
                ("kind", json!({ "type": "string", "enum": kinds })),
                ("unit", text(LONGEST_WORD)),
                (
                    "year",
                    json!({ "type": "string", "pattern": "^\\d{4}(\\.\\.\\d{4})?$" }),
                ),
                ("limit", json!({ "type": "integer", "minimum": 1, "maximum": 20 })),
            ],
        ),
        (
            "read",
            &["id"],
            vec![("id", text(LONGEST_WORD)), ("place", text(LONGEST_WORD))],
        ),
        (
            "similar",
            &[],
            vec![("id", text(LONGEST_WORD)), ("text", text(LONGEST_TEXT))],
        ),
        (
            "ledger",
            &[],
            vec![
                ("by", json!({ "type": "string", "enum": by })),
                ("since", day()),
                ("until", day()),
            ],
        ),
        ("verify", &["text"], vec![("text", text(LONGEST_TEXT))]),
    ];
    let offset = ("offset", json!({ "type": "integer", "minimum": 0 }));
    let made = tools.into_iter().map(|(name, required, mut arguments)| {
        arguments.push(offset.clone());
        tool(name, required, arguments, lang)
    });
    made.collect()
}

fn tool(name: &'static str, required: &[&str], arguments: Arguments, lang: Lang) -> Tool {
    let words = Catalogue::of(lang);
    let properties: JsonObject = arguments
        .into_iter()
        .map(|(argument, mut schema)| {
            let key = match argument {
                "offset" => "mcp.argument.offset".to_owned(),
                _ => format!("mcp.argument.{name}-{argument}"),
            };
            schema["description"] = words.get(&key).into();
            (argument.to_owned(), schema)
        })
        .collect();
    let schema = JsonObject::from_iter([
        ("type".to_owned(), "object".into()),
        ("properties".to_owned(), properties.into()),
        ("required".to_owned(), required.into()),
        ("additionalProperties".to_owned(), false.into()),
    ]);
    let annotations = ToolAnnotations::with_title(words.get(&format!("mcp.title.{name}")).to_owned())
        .read_only(true)
        .destructive(false)
        .idempotent(true)
        .open_world(false);
    let description = words.get(&format!("mcp.tool.{name}")).to_owned();
    Tool::new(name, description, Arc::new(schema)).with_annotations(annotations)
}
