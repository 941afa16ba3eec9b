//! The fields of one kind: declared once, with the row of the table of keys that each follows.
//!
//! [`fields!`] makes of a list of fields the struct, its table of keys, its reader, and the list of its [`Content`]s,
//! which the writer of front matter and the pages go through.

use crate::record::common::{id, ids, people, person_of};
use crate::record::date::Day;
use crate::record::fields::{Fields, Split};
use crate::record::key::{Key, Shape};
use crate::record::{Adoption, KeyResult, Located, Rectification, Reply, Step, Vocabulary};

/// Declares what documents of one kind have besides the fields of every kind.
macro_rules! fields {
    ($(#[$meta:meta])* $name:ident, $table:ident { $($field:ident: $type:ty = $key:expr,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Default)]
        #[allow(missing_docs, reason = "the row of its key says what a field is")]
        pub struct $name { $(pub $field: $type,)+ }

        /// The keys that only this kind has, in the order in which they are written.
        pub(crate) const $table: &[$crate::record::keys::Key] = &[$($key),+];

        impl $name {
            /// Reads the fields of this kind.
            pub(super) fn read(fields: &$crate::record::fields::Fields) -> Self {
                Self { $($field: $crate::record::content::Held::read(fields, &const { $key })),+ }
            }
        }

        impl $crate::record::content::OfKind for $name {
            fn contents(&self) -> Vec<(&'static $crate::record::keys::Key, $crate::record::Content<'_>)> {
                vec![$((&const { $key }, $crate::record::content::Held::content(&self.$field))),+]
            }

            fn ids(&mut self) -> Vec<&mut String> {
                let mut ids = Vec::new();
                $(ids.extend($crate::record::content::Held::ids(&mut self.$field, &const { $key }));)+
                ids
            }

            fn keep_ids(&mut self, holds: &dyn Fn(&str) -> bool) {
                $($crate::record::content::Held::keep_ids(&mut self.$field, &const { $key }, holds);)+
            }

            fn hide_internal(&mut self) {
                $(if const { $key }.internal { self.$field = Default::default(); })+
            }
        }
    };
}
pub(super) use fields;

/// The fields of one kind, whichever it is.
pub(super) trait OfKind {
    /// What each key holds, in the order in which they are written.
    fn contents(&self) -> Vec<(&'static Key, Content<'_>)>;
    /// The ids of other documents.
    fn ids(&mut self) -> Vec<&mut String>;
    /// Leaves out the ids for which the test doesn't hold.
    fn keep_ids(&mut self, holds: &dyn Fn(&str) -> bool);
    /// Takes away what the public may not see.
    fn hide_internal(&mut self);
}

/// What a key of a record holds, for whatever writes or shows it.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// A text, or an id.
    Text(Option<&'a str>),
    /// Texts, or ids.
    Texts(&'a [String]),
    /// A date.
    Day(Option<Day>),
    /// Yes or nothing.
    Flag(bool),
    /// A value of a closed vocabulary, by its English key and its Chinese name.
    Value(Option<(&'static str, &'static str)>),
    /// Events of an adoption.
    Adoptions(&'a [Adoption]),
    /// A dated step, or several.
    Steps(&'a [Step]),
    Reply(Option<&'a Reply>),
    Rectification(Option<&'a Rectification>),
    KeyResults(&'a [KeyResult]),
}

/// A value that a record holds: read by its key, and given again.
pub(super) trait Held: Sized {
    /// Reads the value of a key.
    fn read(fields: &Fields, key: &Key) -> Self;
    /// The value again.
    fn content(&self) -> Content<'_>;

    /// The ids of other documents in it.
    fn ids(&mut self, _: &Key) -> Vec<&mut String> {
        Vec::new()
    }

    /// Leaves out the ids for which the test doesn't hold.
    fn keep_ids(&mut self, _: &Key, _: &dyn Fn(&str) -> bool) {}
}

impl Held for Option<String> {
    fn read(fields: &Fields, key: &Key) -> Self {
        match key.shape {
            Shape::Id => id(fields, key.name),
            Shape::Person => person_of(fields, key.name),
            Shape::Number(canonical) => fields.text(key.name).map(|number| canonical(&number)),
            _ => fields.text(key.name),
        }
    }

    fn content(&self) -> Content<'_> {
        Content::Text(self.as_deref())
    }

    fn ids(&mut self, key: &Key) -> Vec<&mut String> {
        self.iter_mut().filter(|_| matches!(key.shape, Shape::Id)).collect()
    }

    fn keep_ids(&mut self, key: &Key, holds: &dyn Fn(&str) -> bool) {
        if matches!(key.shape, Shape::Id) && self.as_deref().is_some_and(|id| !holds(id)) {
            *self = None;
        }
    }
}

impl Held for Vec<String> {
    fn read(fields: &Fields, key: &Key) -> Self {
        match key.shape {
            Shape::Ids => ids(fields, key.name),
            Shape::People => people(fields, key.name),
            Shape::Lines => fields.texts(key.name, Split::Whole),
            _ => fields.texts(key.name, Split::Words),
        }
    }

    fn content(&self) -> Content<'_> {
        Content::Texts(self)
    }

    fn ids(&mut self, key: &Key) -> Vec<&mut String> {
        self.iter_mut().filter(|_| matches!(key.shape, Shape::Ids)).collect()
    }

    fn keep_ids(&mut self, key: &Key, holds: &dyn Fn(&str) -> bool) {
        if matches!(key.shape, Shape::Ids) {
            self.retain(|id| holds(id));
        }
    }
}

impl Held for bool {
    fn read(fields: &Fields, key: &Key) -> Self {
        fields.flag(key.name).unwrap_or(false)
    }

    fn content(&self) -> Content<'_> {
        Content::Flag(*self)
    }
}

impl Held for Option<Day> {
    fn read(fields: &Fields, key: &Key) -> Self {
        fields.day(key.name)
    }

    fn content(&self) -> Content<'_> {
        Content::Day(*self)
    }
}

impl Held for Option<Located<Day>> {
    fn read(fields: &Fields, key: &Key) -> Self {
        fields.located_day(key.name)
    }

    fn content(&self) -> Content<'_> {
        Content::Day(self.as_ref().map(|day| day.value))
    }
}

impl<V: Vocabulary> Held for Option<V> {
    fn read(fields: &Fields, key: &Key) -> Self {
        fields.choice(key.name)
    }

    fn content(&self) -> Content<'_> {
        Content::Value(self.map(V::names))
    }
}
