//! What only laws have: statutes, regulations, judicial interpretations and rules.

use crate::record::Law;
use crate::record::fields::{Fields, Parting};

/// Reads the fields of a law.
pub fn read(fields: &Fields) -> Law {
    Law {
        issuer: fields.texts("issuer", Parting::Words),
        effective: fields.day("effective"),
        status: fields.choice("status"),
        amended: fields.day("amended"),
    }
}
