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
pub(super) fn day(text: &str) -> Result<Day, &'static str> {
    Day::parse(text).ok_or("2024-03-05, 2024年3月5日")
}

impl ValueEnum for Audience {
    fn value_variants<'a>() -> &'a [Self] {
        &[Audience::Internal, Audience::Public]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (zh, help) = match self {
            Audience::Internal => (
                ["内部", "内网版"],
                "内网版：草稿和涉密文件以外的全部 · everything but drafts and classified files",
            ),
            Audience::Public => (
                ["公开", "公开版"],
                "公开版：公开文献的公开字段 · public documents, their public fields",
            ),
        };
        Some(PossibleValue::new(self.key()).aliases(zh).help(help))
    }
}

impl ValueEnum for Standing {
    fn value_variants<'a>() -> &'a [Self] {
        &[Standing::Adopted, Standing::Recognised, Standing::Nothing]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Standing::Adopted => PossibleValue::new("adopted").alias("已转化").help("已转化 · adopted"),
            Standing::Recognised => PossibleValue::new("recognised")
                .alias("成果认可")
                .help("成果认可 · recognised"),
            Standing::Nothing => PossibleValue::new("nothing").alias("不计").help("不计 · doesn't count"),
        })
    }
}

impl ValueEnum for Lang {
    fn value_variants<'a>() -> &'a [Self] {
        &[Lang::Zh, Lang::En]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(match self {
            Lang::Zh => PossibleValue::new("zh").help("中文 · Chinese"),
            Lang::En => PossibleValue::new("en").help("英文 · English"),
        })
    }
}

impl ValueEnum for By {
    fn value_variants<'a>() -> &'a [Self] {
        By::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            By::Unit => "单位 · unit",
            By::Department => "部门 · department",
            By::Person => "人员（仅内网版）· person (internal audience only)",
            By::Year => "年 · year",
            By::Quarter => "季度 · quarter",
            By::Month => "月 · month",
            By::Line => "业务条线 · business line",
            By::Form => "转化形式 · form of adoption",
            By::Level => "最高层级 · highest level",
        };
        Some(PossibleValue::new(self.key()).help(help))
    }
}
