//! How values of the library are written on the command line.

use crate::adoption::{By, Standing};
use crate::audience::Audience;
use crate::message::Lang;
use crate::record::Vocabulary;
use crate::record::date::Day;
use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Takes every spelling of a vocabulary that the front matter takes.
pub(super) fn vocabulary<V: Vocabulary + Send + Sync>() -> impl TypedValueParser<Value = V> {
    let values = V::all().iter().map(|value| {
        let (key, name) = value.names();
        PossibleValue::new(key)
            .help(name)
            .aliases(value.spellings().iter().skip(1))
    });
    PossibleValuesParser::new(values).try_map(|text| V::read(&text).ok_or(text))
}

/// Takes every form of a date that the front matter takes.
pub(super) fn day(text: &str) -> Result<Day, NotADate> {
    Day::parse(text).ok_or(NotADate)
}

/// What was written isn't a date.
#[derive(Debug, thiserror::Error)]
#[error("not a date")]
pub(super) struct NotADate;

impl ValueEnum for Audience {
    fn value_variants<'a>() -> &'a [Self] {
        &[Audience::Internal, Audience::Public]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let zh = match self {
            Audience::Internal => ["内部", "内网版"],
            Audience::Public => ["公开", "公开版"],
        };
        Some(PossibleValue::new(self.key()).aliases(zh))
    }
}

impl ValueEnum for Standing {
    fn value_variants<'a>() -> &'a [Self] {
        &[Standing::Adopted, Standing::Recognised, Standing::Nothing]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Standing::Adopted => PossibleValue::new("adopted").alias("已转化"),
            Standing::Recognised => PossibleValue::new("recognised").alias("成果认可"),
            Standing::Nothing => PossibleValue::new("nothing").alias("不计"),
        })
    }
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &[Lang::Zh, Lang::En]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Lang::Zh => PossibleValue::new("zh"),
            Lang::En => PossibleValue::new("en"),
        })
    }
}

impl ValueEnum for By {
    fn value_variants<'a>() -> &'a [Self] {
        By::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.key()))
    }
}
