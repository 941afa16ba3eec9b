//! What only cases have.

use crate::record::Case;
use crate::record::fields::{Fields, Parting};
use crate::record::number::{case_number, court_number};

/// Reads the fields of a case.
pub fn read(fields: &Fields) -> Case {
    Case {
        rank: fields.choice("rank"),
        level: fields.choice("level"),
        issuers: fields.texts("issuers", Parting::Words),
        awarded: fields.day("awarded"),
        number: fields
            .text("number")
            .map(|number| case_number(&number).unwrap_or(number)),
        batch: fields.text("batch"),
        result: fields.text("result"),
        court_number: fields.text("court_number").map(|number| court_number(&number)),
    }
}
