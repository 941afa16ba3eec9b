//! A key of a front matter or of a settings file: its names, what it holds, and what becomes of it in the form, in new
//! files, on the page and in the public edition.

use crate::message::Lang;
use crate::record::Vocabulary;
use unicode_normalization::UnicodeNormalization;

/// A key. The tables of a front matter (`keys`, and one file a kind) are lists of them; whatever reads, writes, asks for
/// or shows a value follows from its row there.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// The English key.
    pub name: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// Its English label.
    pub en: &'static str,
    /// Variants that are read too.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub shape: Shape,
    /// Where it stands in the form; of a mapping, where its keys do.
    pub place: Option<Place>,
    /// Whether the form of an entry insists on it.
    pub required: bool,
    /// Whether a new file has a line for it, if the form has.
    pub in_new: bool,
    /// What that line says already.
    pub preset: &'static str,
    /// What follows its Chinese name there and in the guide.
    pub help: &'static str,
    /// Its place among the facts of a page, the lower the earlier; none where the page says it elsewhere.
    pub fact: Option<i8>,
    /// Prefix of the messages that name its values on pages, where it has a closed vocabulary.
    pub messages: &'static str,
    /// Whether its values are written by their Chinese names.
    pub chinese: bool,
    /// Whether the public may not see it.
    pub internal: bool,
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// One line of text.
    Text,
    /// A few sentences.
    Long,
    /// A date.
    Day,
    /// Yes or no.
    Flag,
    /// A figure.
    Quantity,
    /// A number that has one canonical form, which this function gives.
    Number(fn(&str) -> String),
    /// The name of one person.
    Person,
    /// Names of people.
    People,
    /// The id of another document.
    Id,
    /// Ids of other documents.
    Ids,
    /// Words in a line, separated by 、 or a comma.
    Words,
    /// One word as a rule; several are read.
    Listable,
    /// Sentences, one a line.
    Lines,
    /// A value of the vocabulary that the settings have under this key.
    Term,
    /// Several of them.
    Terms,
    /// A value of a closed vocabulary.
    One(fn() -> Vec<Value>),
    /// A dated step, with the key that its text stands in.
    Step(&'static str),
    /// Several of them.
    Steps(&'static str),
    /// A mapping with these keys, and what may stand in its place.
    Group(&'static [Key], Option<&'static Shape>),
    /// A list of them.
    Groups(&'static [Key], Option<&'static Shape>),
}

/// Where a field stands in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// What nobody leaves out.
    First,
    /// The rest.
    More,
    /// Who may read it, and who has looked it through.
    Review,
}

/// A value of a closed vocabulary by its names.
#[derive(Debug, Clone, Copy)]
pub struct Value {
    /// The English key.
    pub key: &'static str,
    /// The Chinese name.
    pub zh: &'static str,
    /// Both, and the accepted variants.
    pub spellings: &'static [&'static str],
}

/// The values of a closed vocabulary.
pub(super) fn values<V: Vocabulary>() -> Vec<Value> {
    let value = |value: &V| {
        let ((key, zh), spellings) = (value.names(), value.spellings());
        Value { key, zh, spellings }
    };
    V::all().iter().map(value).collect()
}

impl Key {
    /// A key of a settings file.
    pub const fn new(name: &'static str, zh: &'static str, aliases: &'static [&'static str]) -> Self {
        Self::of(name, zh, "", Shape::Text).also(aliases)
    }

    /// A key of a front matter.
    pub const fn of(name: &'static str, zh: &'static str, en: &'static str, shape: Shape) -> Self {
        Self {
            name,
            zh,
            en,
            aliases: &[],
            shape,
            place: None,
            required: false,
            in_new: true,
            preset: "",
            help: "",
            fact: Some(0),
            messages: "",
            chinese: false,
            internal: false,
        }
    }

    /// Is read by these names too.
    pub const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// Stands in the first part of the form.
    pub const fn first(mut self) -> Self {
        self.place = Some(Place::First);
        self
    }

    /// Stands in the further part of the form.
    pub const fn more(mut self) -> Self {
        self.place = Some(Place::More);
        self
    }

    /// Stands in the last part of the form, on who may read the document.
    pub const fn review(mut self) -> Self {
        self.place = Some(Place::Review);
        self
    }

    /// The form of an entry insists on it.
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A new file has no line for it.
    pub const fn rare(mut self) -> Self {
        self.in_new = false;
        self
    }

    /// Has this value in a new file.
    pub const fn preset(mut self, value: &'static str) -> Self {
        self.preset = value;
        self
    }

    /// Is explained by its Chinese name and this.
    pub const fn help(mut self, text: &'static str) -> Self {
        self.help = text;
        self
    }

    /// Has this place among the facts of a page, where the usual one is 0.
    pub const fn fact(mut self, place: i8) -> Self {
        self.fact = Some(place);
        self
    }

    /// Not a fact of its own on a page, which says it elsewhere.
    pub const fn elsewhere(mut self) -> Self {
        self.fact = None;
        self
    }

    /// Its values are named by the messages with this prefix.
    pub const fn messages(mut self, prefix: &'static str) -> Self {
        self.messages = prefix;
        self
    }

    /// Its values are written in Chinese.
    pub const fn chinese(mut self) -> Self {
        self.chinese = true;
        self
    }

    /// The public doesn't see it.
    pub const fn internal(mut self) -> Self {
        self.internal = true;
        self
    }

    /// Its name in a language of the interface.
    pub fn label(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }

    /// All its names.
    pub fn spellings(&self) -> impl Iterator<Item = &'static str> + use<> {
        [self.name, self.zh].into_iter().chain(self.aliases.iter().copied())
    }

    /// The keys of the mapping, or of the mappings, that it holds.
    pub fn inner(&self) -> &'static [Key] {
        match self.shape {
            Shape::Group(keys, _) | Shape::Groups(keys, _) => keys,
            _ => &[],
        }
    }

    fn is(&self, text: &str) -> bool {
        self.spellings().any(|name| name == text)
    }

    fn resembles(&self, plain: &str) -> bool {
        self.spellings().any(|name| plain_letters(name).eq(plain.chars()))
    }
}

/// Finds a key as an author wrote it in a table: case, spaces, hyphens and the width of brackets aside.
pub(crate) fn find<'k>(written: &str, mut keys: impl Iterator<Item = &'k Key> + Clone) -> Option<&'static str> {
    let exact = keys.clone().find(|key| key.is(written));
    exact
        .or_else(|| {
            let plain = plain(written);
            keys.find(|key| key.resembles(&plain))
        })
        .map(|key| key.name)
}

/// A key without what [`find`] leaves aside.
pub(super) fn plain(written: &str) -> String {
    plain_letters(written).collect()
}

fn plain_letters(text: &str) -> impl Iterator<Item = char> {
    let half = text
        .nfkc()
        .filter(|character| !character.is_whitespace())
        .flat_map(char::to_lowercase);
    half.map(|character| if character == '-' { '_' } else { character })
}
