//! What only laws have: statutes, regulations, judicial interpretations and rules.

use crate::record::LawStatus;
use crate::record::content::fields;
use crate::record::date::Day;
use crate::record::key::{Key, Shape, values};

fields! {
    /// 法律法规.
    Law, LAW {
        issuer: Vec<String> = Key::of("issuer", "制定机关", "Issued by", Shape::Words)
            .also(&["发布机关", "issuers"]).first().help("，写全称，例如 [最高人民法院, 最高人民检察院]"),
        effective: Option<Day> = Key::of("effective", "施行日期", "In force from", Shape::Day)
            .also(&["生效日期"]).first().fact(1),
        status: Option<LawStatus> = Key::of("status", "时效", "Status", Shape::One(values::<LawStatus>))
            .also(&["时效性"]).first().messages("law_status"),
        amended: Option<Day> = Key::of("amended", "修正日期", "Amended on", Shape::Day)
            .also(&["修订日期"]).first().fact(1),
    }
}
