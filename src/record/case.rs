//! What only cases have.

use crate::record::content::fields;
use crate::record::date::Day;
use crate::record::key::{Key, Shape, values};
use crate::record::number::{case_number, court_number};
use crate::record::{CaseRank, Level};

fields! {
    /// 案例. `rank`, `level`, `issuers` and `awarded` are shorthand for one honour.
    Case, CASE {
        rank: Option<CaseRank> = Key::of("rank", "案例等次", "Rank", Shape::One(values::<CaseRank>))
            .also(&["等次"]).first().help("，评定后填写").chinese().elsewhere(),
        level: Option<Level> = Key::of("level", "层级", "Level", Shape::One(values::<Level>)).first().elsewhere(),
        issuers: Vec<String> = Key::of("issuers", "评定单位", "Ranked by", Shape::Words)
            .also(&["发布单位", "issuer"]).first().help("，例如 [省人民检察院]").elsewhere(),
        awarded: Option<Day> = Key::of("awarded", "评定日期", "Date of the rank", Shape::Day)
            .also(&["发布日期"]).first().elsewhere(),
        number: Option<String> = Key::of("number", "案例编号", "Number", Shape::Number(number))
            .also(&["编号"]).first().help("，例如 检例第142号"),
        batch: Option<String> = Key::of("batch", "批次", "Batch", Shape::Text).more().rare(),
        result: Option<String> = Key::of("result", "处理结果", "Result", Shape::Long)
            .also(&["结果"]).first().help("，一句话").fact(1),
        court_number: Option<String> = Key::of("court_number", "案号", "Court number", Shape::Number(court_number)).more(),
    }
}

/// The number of a case in its canonical form, or as written.
fn number(text: &str) -> String {
    case_number(text).unwrap_or_else(|| text.to_owned())
}
