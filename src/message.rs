//! The message catalogues: every sentence that a person reads, in Chinese and in English.
//!
//! A catalogue is a JSON object of key and text in `assets/messages/`; `{name}` in a text is
//! replaced by the argument of that name, `{name:one|other}` by the first word where that argument is 1 and by the second
//! otherwise. `tests/messages.rs` holds that both languages have the same keys and that no key is missing or unused.

use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A language of the interface. The text of documents is untouched by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Lang {
    /// Simplified Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The value of an HTML `lang` attribute.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }
}

/// The sentences of one language.
pub struct Catalogue(BTreeMap<String, String>);

impl Catalogue {
    /// The catalogue of a language.
    #[expect(clippy::missing_panics_doc, reason = "the catalogues are part of the program")]
    pub fn of(lang: Lang) -> &'static Catalogue {
        static CATALOGUES: [OnceLock<Catalogue>; 2] = [OnceLock::new(), OnceLock::new()];
        let (slot, sources): (_, [&str; 4]) = match lang {
            Lang::Zh => (
                &CATALOGUES[0],
                [
                    include_str!("assets/messages/diagnostics.zh.json"),
                    include_str!("assets/messages/help.zh.json"),
                    include_str!("assets/messages/interface.zh.json"),
                    include_str!("assets/messages/terminal.zh.json"),
                ],
            ),
            Lang::En => (
                &CATALOGUES[1],
                [
                    include_str!("assets/messages/diagnostics.en.json"),
                    include_str!("assets/messages/help.en.json"),
                    include_str!("assets/messages/interface.en.json"),
                    include_str!("assets/messages/terminal.en.json"),
                ],
            ),
        };
        slot.get_or_init(|| {
            let mut all = BTreeMap::new();
            for source in sources {
                // Embedded at build time and read by a test: a malformed catalogue can't ship.
                let part: BTreeMap<String, String> = serde_json::from_str(source).expect("embedded catalogue is JSON");
                all.extend(part);
            }
            Catalogue(all)
        })
    }

    /// The text of a key; the key itself where the catalogue lacks it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.0.get(key).map_or(key, String::as_str)
    }

    /// The text of a key with its arguments filled in.
    ///
    /// ```
    /// use jianyan::message::{Catalogue, Lang};
    ///
    /// let catalogue = Catalogue::of(Lang::En);
    /// let held = catalogue.format("disk.no-file", &[("path", "a.md".into())]);
    /// assert!(held.starts_with("a.md is not a plain file"));
    /// ```
    pub fn format(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let mut rest = self.get(key);
        let mut out = String::with_capacity(rest.len());
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let filled = after
                .split_once('}')
                .and_then(|(slot, tail)| Some((fill(slot, args)?, tail)));
            if let Some((value, tail)) = filled {
                out.push_str(value);
                rest = tail;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out + rest
    }

    /// A key as the catalogue holds it, with its text.
    pub fn entry(&self, key: &str) -> Option<(&str, &str)> {
        self.0
            .get_key_value(key)
            .map(|(key, text)| (key.as_str(), text.as_str()))
    }

    /// All keys, sorted.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// The text that fills a slot (`name` or `name:one|other`); nothing where no argument bears the name.
fn fill<'a>(slot: &'a str, args: &'a [(&'static str, String)]) -> Option<&'a str> {
    let (name, words) = slot
        .split_once(':')
        .map_or((slot, None), |(name, words)| (name, Some(words)));
    let (_, value) = args.iter().find(|(known, _)| *known == name)?;
    match words {
        None => Some(value),
        Some(words) => {
            let (one, other) = words.split_once('|')?;
            Some(if value == "1" { one } else { other })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str, errors: &str) -> String {
        let catalogue = Catalogue(BTreeMap::from([("key".to_owned(), text.to_owned())]));
        catalogue.format("key", &[("errors", errors.to_owned())])
    }

    #[test]
    fn words_agree_with_the_number_beside_them() {
        let text = "{errors} {errors:error|errors}.";
        assert_eq!(said(text, "0"), "0 errors.");
        assert_eq!(said(text, "1"), "1 error.");
        assert_eq!(said(text, "11"), "11 errors.");
    }

    #[test]
    fn braces_that_name_no_argument_stay() {
        assert_eq!(said("{x} {errors} {", "1"), "{x} 1 {");
    }
}
