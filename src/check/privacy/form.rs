//! The normal form in which a text is searched for personal data: what nobody sees is dropped, everything that a reader
//! takes for a blank, a dash, a dot or a digit is one.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters of a web address that are looked back at.
const LONGEST_ADDRESS: usize = 200;
/// Chinese digits in a row from which on they are a number that somebody reads out, and no year.
const SPOKEN: usize = 11;

/// What stands between the groups of a number.
pub const SEPARATORS: &str = " -·./_=#|\\()*";

/// Whether digits that stand for something else as well (①, ², ⑴) belong to a number or are its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ornament {
    /// They are digits.
    Digit,
    /// They separate.
    Separator,
}

/// A text in the normal form, after the words that introduce it.
pub struct Form {
    /// Its characters.
    pub characters: Vec<char>,
    /// For each the bytes of the text that it was made of; none for those of the introduction.
    places: Vec<Range<usize>>,
    /// Where the text begins after its introduction.
    pub start: usize,
    /// Characters as a text, to look for words in.
    pub text: String,
    /// Where each character begins in it.
    offsets: Vec<usize>,
}

impl Form {
    /// The form of a text without introduction.
    pub fn new(text: &str) -> Self {
        Self::introduced("", text, Ornament::Digit)
    }

    /// The form of a text that another one introduces.
    pub fn introduced(introduction: &str, text: &str, ornament: Ornament) -> Self {
        let mut form = Self {
            characters: Vec::with_capacity(text.len() / 2),
            places: Vec::with_capacity(text.len() / 2),
            start: 0,
            text: String::new(),
            offsets: Vec::new(),
        };
        if !introduction.is_empty() {
            for character in introduction.trim_end_matches([':', '：', ' ']).chars().chain([':']) {
                form.push(character, 0..0, ornament);
            }
        }
        form.start = form.characters.len();
        for (at, character) in text.char_indices() {
            form.push(character, at..at + character.len_utf8(), ornament);
        }
        form.read_out();
        for &character in &form.characters {
            form.offsets.push(form.text.len());
            form.text.push(character);
        }
        form
    }

    fn push(&mut self, character: char, place: Range<usize>, ornament: Ornament) {
        let mut take = |character: char| {
            self.characters.push(character);
            self.places.push(place.clone());
        };
        if character.is_ascii() {
            return match character {
                '\t' | '\n' | '\r' => take(' '),
                '\0'..='\x1F' | '\x7F' => {}
                other => take(other),
            };
        }
        if let Some(mark) = mark(character) {
            return take(mark);
        }
        if is_han(character) {
            return take(character);
        }
        if is_unseen(character) {
            return;
        }
        if let Some(number) = ornament_value(character) {
            return match ornament {
                Ornament::Digit => number.to_string().chars().for_each(take),
                Ornament::Separator => take('|'),
            };
        }
        if let Some(digit) = decimal(character) {
            return take(digit);
        }
        for plain in std::iter::once(character).nfkc() {
            take(mark(plain).unwrap_or(plain));
        }
    }

    /// Turns a long row of Chinese digits into digits.
    fn read_out(&mut self) {
        let mut at = 0;
        while at < self.characters.len() {
            let row = self.characters[at..].iter().map_while(|&it| spoken(it)).count();
            if row >= SPOKEN {
                for character in &mut self.characters[at..at + row] {
                    *character = spoken(*character).unwrap_or(*character);
                }
            }
            at += row.max(1);
        }
    }

    /// The bytes of the text of a range of characters.
    pub fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        let places = &self.places[span.clone()];
        match (places.first(), places.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The characters of a range as text.
    pub fn slice(&self, span: &Range<usize>) -> String {
        self.characters[span.clone()].iter().collect()
    }

    /// The character that begins at a byte of the form's text or holds it.
    pub fn character_at(&self, byte: usize) -> usize {
        self.offsets.partition_point(|&start| start < byte)
    }

    /// The character before a place.
    pub fn before(&self, at: usize) -> Option<char> {
        self.characters[..at].last().copied()
    }

    /// The character at a place.
    pub fn at(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    /// Whether one of the words stands among the `reach` characters before a place.
    pub fn has_before(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        let text: String = self.characters[at.saturating_sub(reach)..at].iter().collect();
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    }

    /// Whether a place lies in a web address, with a host, that begins not too far before it.
    pub fn is_in_address(&self, at: usize) -> bool {
        let before = self.characters[..at]
            .iter()
            .rev()
            .take(LONGEST_ADDRESS)
            .take_while(|character| character.is_ascii_graphic());
        let address: String = before.collect::<Vec<_>>().into_iter().rev().collect();
        let host = address.rfind("://").map(|scheme| &address[scheme + 3..]);
        let host = host.or_else(|| address.rfind("www.").map(|at| &address[at..]));
        host.is_some_and(|host| {
            let host = host.split(['/', '?', '#']).next().unwrap_or_default();
            host.contains('.')
                && host.contains(|letter: char| letter.is_ascii_alphabetic())
                && host.len() < address.len()
        })
    }

    /// Whether more digits touch a number: it is a longer row.
    pub fn goes_on(&self, span: &Range<usize>) -> bool {
        let digit = |character: Option<char>| character.is_some_and(|it| it.is_ascii_digit());
        digit(self.before(span.start)) || digit(self.at(span.end))
    }

    /// The letters and digits that touch a range before and behind it.
    pub fn touching(&self, span: &Range<usize>) -> (String, String) {
        let letter = |character: &&char| character.is_ascii_alphanumeric();
        let before: Vec<char> = self.characters[..span.start]
            .iter()
            .rev()
            .take_while(letter)
            .copied()
            .collect();
        let after = self.characters[span.end..].iter().take_while(letter);
        (before.into_iter().rev().collect(), after.collect())
    }
}

/// The sign that a character is to a reader: blanks, dashes, dots and slashes each as one.
fn mark(character: char) -> Option<char> {
    Some(match character {
        '·' | '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '᛫' | '⸱' | '․' | '﹒' | '⦁' | '◦' => {
            '·'
        }
        '−' | '－' | '﹣' | 'ー' | '─' | '━' | '‐'..='―' | '⁃' | '➖' | '﹘' | '˗' => '-',
        '／' | '⁄' | '∕' | '⧸' => '/',
        '＿' | '﹍' | '﹎' | '﹏' => '_',
        '＝' | '﹦' => '=',
        '＃' | '﹟' | '♯' => '#',
        '｜' | '│' | '┃' | '¦' => '|',
        '\u{2800}' => ' ',
        '（' | '﹙' => '(',
        '）' | '﹚' => ')',
        // The full-width forms stand in the order of ASCII.
        '！'..='～' => char::from_u32(character as u32 - 0xFEE0).unwrap_or(character),
        other if !other.is_ascii() && other.is_whitespace() => ' ',
        _ => return None,
    })
}

fn is_han(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// Whether nobody sees a character: by default invisible, or a mark upon another.
pub fn is_unseen(character: char) -> bool {
    matches!(
        character,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{34F}' | '\u{17B4}' | '\u{17B5}'
    ) || matches!(
        character.general_category(),
        GeneralCategory::Format | GeneralCategory::Control | GeneralCategory::Unassigned
    ) || character.general_category_group() == GeneralCategoryGroup::Mark
}

/// The number of a circled, bracketed or raised digit.
fn ornament_value(character: char) -> Option<u32> {
    let from = |first: char, number: u32| Some(character as u32 - first as u32 + number);
    match character {
        '①'..='⑳' => from('①', 1),
        '⑴'..='⒇' => from('⑴', 1),
        '⒈'..='⒛' => from('⒈', 1),
        '⓪' | '⓿' | '🄋' | '🄌' | '🄀' => Some(0),
        '⓫'..='⓴' => from('⓫', 11),
        '⓵'..='⓾' => from('⓵', 1),
        '❶'..='❿' => from('❶', 1),
        '➀'..='➉' => from('➀', 1),
        '➊'..='➓' => from('➊', 1),
        '🄁'..='🄊' => from('🄁', 0),
        '²' | '³' => from('²', 2),
        '¹' => Some(1),
        '⁰' => Some(0),
        '⁴'..='⁹' => from('⁴', 4),
        '₀'..='₉' => from('₀', 0),
        _ => None,
    }
}

/// The digit of another script or style.
fn decimal(character: char) -> Option<char> {
    if character.general_category() != GeneralCategory::DecimalNumber {
        return None;
    }
    let plain = std::iter::once(character).nfkc().next().filter(char::is_ascii_digit);
    // The digits of a script stand in a row that begins at a multiple of ten from its zero.
    let zero = || {
        let row = (0..10).rev().find(|&back| {
            let before = (character as u32).checked_sub(back + 1).and_then(char::from_u32);
            let first = (character as u32).checked_sub(back).and_then(char::from_u32);
            first.is_some_and(|it| it.general_category() == GeneralCategory::DecimalNumber)
                && before.is_none_or(|it| it.general_category() != GeneralCategory::DecimalNumber)
        });
        row.and_then(|value| char::from_digit(value, 10))
    };
    plain.or_else(zero)
}

fn spoken(character: char) -> Option<char> {
    Some(match character {
        '〇' | '零' | '○' | '洞' => '0',
        '一' | '幺' | '壹' => '1',
        '二' | '贰' | '两' => '2',
        '三' | '叁' => '3',
        '四' | '肆' => '4',
        '五' | '伍' => '5',
        '六' | '陆' => '6',
        '七' | '柒' | '拐' => '7',
        '八' | '捌' => '8',
        '九' | '玖' | '勾' => '9',
        _ => return None,
    })
}

/// Whether a text may hold personal data made of digits or letters at all. Most lines of Chinese prose have neither
/// seven digits nor an `@`, a capital letter or a cue, and are not looked at further.
pub fn may_hold_data(text: &str) -> bool {
    let (mut digits, mut capitals, mut odd, mut spoken_digits) = (0, 0, 0, 0);
    for character in text.chars() {
        match character {
            '0'..='9' => digits += 1,
            'A'..='Z' => capitals += 1,
            '@' | '＠' => return true,
            _ if character.is_ascii() => {}
            '\u{3001}'..='\u{9FFF}' => spoken_digits += usize::from(spoken(character).is_some()),
            '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '！'..='／' | '：'..='？' => {}
            // A digit, a letter or a blank of another kind, or one that nobody sees.
            _ => odd += 1,
        }
    }
    digits + odd >= 7
        || (digits + odd >= 3 && capitals + odd > 0)
        || spoken_digits >= SPOKEN
        || ["微信", "QQ", "qq", "echat"].iter().any(|cue| text.contains(cue))
}

/// Whether words may stand in a text that its characters as they are don't show: some nobody sees, or another form.
pub fn is_disguised(text: &str) -> bool {
    text.chars().any(|character| {
        !character.is_ascii()
            && !is_han(character)
            && !matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '！'..='／' | '：'..='？' | '×' | '\u{A0}')
    })
}
