//! What is written elsewhere in a corpus and in its roster: values, bodies and names that one document may write in
//! another way.

use super::bodies::Bodies;
use super::names::{Spellings, Variant};
use super::near::{Near, Values};
use crate::record::Record;
use crate::settings::Person;

/// Values, bodies and names as they are written.
pub(crate) struct Known<'a> {
    values: Values<'a>,
    bodies: Bodies<'a>,
    spellings: Spellings<'a>,
}

impl<'a> Known<'a> {
    /// Those of records and of the people of the roster.
    pub(crate) fn of(records: impl Iterator<Item = &'a Record> + Clone, people: &'a [Person]) -> Self {
        Self {
            values: Values::of(records.clone()),
            bodies: Bodies::of(records.clone()),
            spellings: Spellings::of(records, people),
        }
    }

    /// What a record writes nearly as others do.
    pub(super) fn near<'r>(&self, record: &'r Record) -> Vec<Near<'r>>
    where
        'a: 'r,
    {
        let mut found = self.values.near(record);
        found.extend(self.bodies.near(record));
        found
    }

    /// The names of a record that are written otherwise elsewhere.
    pub(super) fn variants<'r>(&self, record: &'r Record) -> Vec<Variant<'r>>
    where
        'a: 'r,
    {
        self.spellings.variants(record)
    }
}
