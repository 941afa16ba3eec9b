//! The normal form in which a text is searched for personal data: what nobody sees is dropped, everything that a reader
//! takes for a blank, a dash, a dot or a digit is one.

use super::cue;
use crate::text::normalize::fold;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// Characters of a web address that are looked back at.
const LONGEST_ADDRESS: usize = 200;
/// Chinese digits in a row from which on they are a number that somebody reads out, and no year.
const SPOKEN: usize = 11;
/// The same after a word for telephone.
const SHORT_SPOKEN: usize = 7;
/// Digits of a number of which some are written in Chinese or as letters that look like them: a mobile number (with 86),
/// an identity or a card number.
const MIXED: [usize; 6] = [11, 13, 15, 16, 18, 19];

/// Short names of the provinces, as plates begin.
pub(super) const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";

/// What stands between the groups of a number.
pub(super) const SEPARATORS: &str = " -·./_=#|\\()*~";

/// Whether digits that stand for something else as well (①, ², ⑴) belong to a number or are its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ornament {
    /// They are digits.
    Digit,
    /// They separate.
    Separator,
}

/// A text in the normal form, after the words that introduce it.
pub(super) struct Form {
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
    pub(super) fn new(text: &str) -> Self {
        Self::introduced("", text, Ornament::Digit)
    }

    /// The form of a text that another one introduces.
    pub(super) fn introduced(introduction: &str, text: &str, ornament: Ornament) -> Self {
        let mut form = Self {
            characters: Vec::with_capacity(text.len() / 2),
            places: Vec::with_capacity(text.len() / 2),
            start: 0,
            text: String::with_capacity(text.len()),
            offsets: Vec::with_capacity(text.len() / 2),
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
        form.read_lookalikes();
        form.close_up();
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
        // Nearly all of a text; no mark is among them.
        if matches!(character, '\u{4E00}'..='\u{9FFF}') {
            return take(fold(character));
        }
        if let Some(mark) = mark(character) {
            return take(mark);
        }
        if is_han(character) {
            return take(fold(character));
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

    /// Turns Chinese digits into digits where they are a long row, or with others a number of a usual length: 138零零138000.
    fn read_out(&mut self) {
        let mut at = 0;
        while at < self.characters.len() {
            let (end, digits, spoken_digits) = self.row_at(at);
            let long = spoken_digits == digits && digits >= SPOKEN;
            // 13800138000一直: what is a number without them needs them not.
            let mixed = MIXED.contains(&digits) && !MIXED.contains(&(digits - spoken_digits));
            let short = spoken_digits == digits
                && matches!(digits, SHORT_SPOKEN | 8)
                && self.has_before(at, 6, &["电话", "座机", "传真"]);
            if spoken_digits > 0 && (long || mixed || short) {
                for character in &mut self.characters[at..end] {
                    *character = spoken(*character).unwrap_or(*character);
                }
            }
            at = end.max(at + 1);
        }
    }

    /// Where a row of digits ends that may be separated by single signs, with how many there are, and how many of them
    /// are Chinese.
    fn row_at(&self, start: usize) -> (usize, usize, usize) {
        let (mut end, mut digits, mut spoken_digits) = (start, 0, 0);
        for (at, &character) in self.characters.iter().enumerate().skip(start) {
            let in_chinese = spoken(character).is_some();
            if in_chinese || character.is_ascii_digit() {
                (end, digits) = (at + 1, digits + 1);
                spoken_digits += usize::from(in_chinese);
            } else if digits == 0 || at > end || !" -·".contains(character) {
                break;
            }
        }
        (end, digits, spoken_digits)
    }

    /// Turns letters that look like digits into them, where a number of a usual length is made of both: 138OO138OOO.
    fn read_lookalikes(&mut self) {
        const LEAST: usize = 5;
        let mut at = 0;
        while at < self.characters.len() {
            let row = self.characters[at..].iter().take_while(|it| it.is_ascii_alphanumeric());
            let length = row.count();
            let row = &mut self.characters[at..at + length];
            let digits = row.iter().filter(|it| it.is_ascii_digit()).count();
            let all = row.iter().all(|&it| lookalike(it).is_some());
            if all && (LEAST..length).contains(&digits) && MIXED.contains(&length) {
                for character in row {
                    *character = lookalike(*character).unwrap_or(*character);
                }
            }
            at += length.max(1);
        }
    }

    /// Takes the blanks out of cues that are set wide: 被　害　人, 电 话.
    fn close_up(&mut self) {
        if !self.characters.contains(&' ') {
            return;
        }
        let gaps = self.gaps();
        if !gaps.contains(&true) {
            return;
        }
        let places: Vec<usize> = (0..gaps.len()).filter(|&at| !gaps[at]).collect();
        let closed: String = places.iter().map(|&at| self.characters[at]).collect();
        let starts: Vec<usize> = closed.char_indices().map(|(byte, _)| byte).collect();
        let number = |byte: usize| starts.partition_point(|&start| start < byte);
        let mut in_word = vec![false; gaps.len()];
        for word in cue::words(&closed) {
            in_word[places[number(word.start)]..places[number(word.end) - 1]].fill(true);
        }
        let kept: Vec<usize> = (0..gaps.len()).filter(|&at| !(gaps[at] && in_word[at])).collect();
        self.characters = kept.iter().map(|&at| self.characters[at]).collect();
        self.places = kept.iter().map(|&at| self.places[at].clone()).collect();
    }

    /// For each character whether it is a blank that, with those beside it, separates two Chinese characters.
    fn gaps(&self) -> Vec<bool> {
        let mut gaps = vec![false; self.characters.len()];
        let mut at = self.start;
        while at < self.characters.len() {
            let blanks = self.characters[at..].iter().take_while(|&&it| it == ' ').count();
            let around = [at.checked_sub(1), Some(at + blanks)];
            if blanks > 0
                && around
                    .iter()
                    .all(|it| it.and_then(|at| self.at(at)).is_some_and(is_han))
            {
                gaps[at..at + blanks].fill(true);
            }
            at += blanks.max(1);
        }
        gaps
    }

    /// Whether a digit is written as another sign, as circled ones are.
    pub(super) fn is_ornament(&self, at: usize) -> bool {
        let written = self.places.get(at).is_some_and(|place| place.len() > 1);
        written && self.at(at).is_some_and(|it| it.is_ascii_digit())
    }

    /// The bytes of the text of a range of characters.
    pub(super) fn bytes(&self, span: &Range<usize>) -> Range<usize> {
        let places = &self.places[span.clone()];
        match (places.first(), places.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => 0..0,
        }
    }

    /// The characters of a range as text.
    pub(super) fn slice(&self, span: &Range<usize>) -> String {
        self.characters[span.clone()].iter().collect()
    }

    /// The character that begins at a byte of the form's text or holds it.
    pub(super) fn character_at(&self, byte: usize) -> usize {
        self.offsets.partition_point(|&start| start < byte)
    }

    /// The character before a place.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.characters[..at].last().copied()
    }

    /// The character at a place.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.characters.get(at).copied()
    }

    /// Whether one of the words stands among the `reach` characters before a place.
    pub(super) fn has_before(&self, at: usize, reach: usize, words: &[&str]) -> bool {
        let text: String = self.characters[at.saturating_sub(reach)..at].iter().collect();
        let text = text.to_lowercase();
        words.iter().any(|word| text.contains(word))
    }

    /// Whether a place lies in a web address, with a host, that begins not too far before it.
    pub(super) fn is_in_address(&self, at: usize) -> bool {
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

    /// The place after a short aside in brackets: （办）, （张某）.
    pub(super) fn past_aside(&self, at: usize) -> usize {
        const LONGEST: usize = 14;
        let rest = self.characters.get(at..).unwrap_or_default();
        let length = rest.iter().take(LONGEST).position(|&sign| sign == ')');
        let opens = rest.first() == Some(&'(');
        length.filter(|_| opens).map_or(at, |length| at + length + 1)
    }

    /// Whether more digits touch a number: it is a longer row.
    pub(super) fn goes_on(&self, span: &Range<usize>) -> bool {
        let digit = |character: Option<char>| character.is_some_and(|it| it.is_ascii_digit());
        digit(self.before(span.start)) || digit(self.at(span.end))
    }

    /// The letters and digits that touch a range before and behind it.
    pub(super) fn touching(&self, span: &Range<usize>) -> (String, String) {
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
        '·' | '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '᛫' | '⸱' | '․' | '﹒' | '⦁' | '◦' | 'ꞏ' | '⸳' | '\u{387}'
        | '▪' | '■' | '◆' | '⚫' => '·',
        '−' | '－' | '﹣' | 'ー' | '─' | '━' | '‐'..='―' | '⁃' | '➖' | '﹘' | '˗' => '-',
        '∶' | '︰' | '﹕' | '꞉' | 'ː' => ':',
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

/// Whether a character is Chinese.
pub(super) fn is_han(character: char) -> bool {
    matches!(character, '\u{3001}'..='\u{303F}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{323AF}')
}

/// Whether nobody sees a character: by default invisible, or a mark upon another.
pub(crate) fn is_unseen(character: char) -> bool {
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

/// Chinese characters that are digits, with the digit that each is.
#[rustfmt::skip]
const SPOKEN_DIGITS: [(char, char); 35] = [
    ('〇', '0'), ('零', '0'), ('○', '0'), ('洞', '0'),
    ('一', '1'), ('幺', '1'), ('壹', '1'), ('〡', '1'),
    ('二', '2'), ('贰', '2'), ('两', '2'), ('〢', '2'),
    ('三', '3'), ('叁', '3'), ('〣', '3'),
    ('四', '4'), ('肆', '4'), ('〤', '4'),
    ('五', '5'), ('伍', '5'), ('〥', '5'),
    ('六', '6'), ('陆', '6'), ('〦', '6'),
    ('七', '7'), ('柒', '7'), ('拐', '7'), ('〧', '7'),
    ('八', '8'), ('捌', '8'), ('〨', '8'),
    ('九', '9'), ('玖', '9'), ('勾', '9'), ('〩', '9'),
];

/// The last bytes of the numbers of those characters: most others are told by theirs.
const LAST_BYTES: [bool; 256] = {
    let mut last = [false; 256];
    let mut at = 0;
    while at < SPOKEN_DIGITS.len() {
        last[SPOKEN_DIGITS[at].0 as usize % 256] = true;
        at += 1;
    }
    last
};

fn spoken(character: char) -> Option<char> {
    if !LAST_BYTES[character as usize % 256] {
        return None;
    }
    let mut digits = SPOKEN_DIGITS.iter();
    digits.find(|(spoken, _)| *spoken == character).map(|&(_, digit)| digit)
}

/// The digit that a letter of a font may be taken for, or a digit.
fn lookalike(character: char) -> Option<char> {
    match character {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        digit => Some(digit).filter(char::is_ascii_digit),
    }
}

/// Whether a text may hold personal data made of digits or letters at all. Most lines of Chinese prose have neither
/// seven digits nor an `@`, a capital letter or a cue, and are not looked at further.
pub(super) fn may_hold_data(text: &str) -> bool {
    let (mut digits, mut capitals, mut odd, mut alike, mut spoken_digits) = (0, 0, 0, 0, 0);
    let (mut row, mut longest_row, mut of_embassy) = (0, 0, false);
    for character in text.chars() {
        match character {
            '0'..='9' => digits += 1,
            'A'..='Z' => capitals += 1,
            'o' | 'l' => alike += 1,
            '@' | '＠' => return true,
            _ if character.is_ascii() => {}
            '\u{3001}'..='\u{9FFF}' => {
                let is_digit = usize::from(spoken(character).is_some());
                of_embassy |= matches!(character, '使' | '领');
                spoken_digits += is_digit;
                row = (row + is_digit) * is_digit;
                longest_row = row.max(longest_row);
            }
            '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '！'..='／' | '：'..='？' => {}
            // A digit, a letter or a blank of another kind, or one that nobody sees.
            _ => odd += 1,
        }
    }
    digits + odd >= 7
        || (digits + odd >= 3 && capitals + odd > 0)
        || (digits >= 5 && (digits + alike >= SPOKEN || digits + spoken_digits >= SPOKEN || cue::introduces(text)))
        || digits + spoken_digits >= SPOKEN
        || longest_row >= SHORT_SPOKEN
        || (digits == 6 && of_embassy)
        || (digits >= 5 && text.contains(|it: char| it.is_ascii_lowercase()) && begins_plate(text))
        || cue::names_account(text)
}

/// Whether a small letter follows the short name of a province: 浙a12345.
fn begins_plate(text: &str) -> bool {
    let mut province = false;
    text.chars().any(|it| {
        let begins = province && it.is_ascii_lowercase();
        province = PROVINCES.contains(it);
        begins
    })
}

/// Whether words may stand in a text that its characters as they are don't show: some nobody sees, another form, or
/// blanks between Chinese characters.
pub(super) fn is_disguised(text: &str) -> bool {
    has_wide_words(text)
        || text.chars().any(|character| {
            !character.is_ascii()
                && !is_han(character)
                && !matches!(character, '“' | '”' | '‘' | '’' | '—' | '…' | '·' | '！'..='／' | '：'..='？' | '×' | '\u{A0}')
        })
}

/// Whether a single Chinese character stands before or after a blank between two of them: 电 话, but not 第一条 为了.
fn has_wide_words(text: &str) -> bool {
    let blank = |it: char| matches!(it, ' ' | '\u{A0}');
    text.match_indices(blank).any(|(at, sign)| {
        let mut before = text[..at].chars().rev();
        let mut after = text[at + sign.len()..].trim_start_matches(blank).chars();
        let single =
            |of: &mut dyn Iterator<Item = char>| (of.next().is_some_and(is_han), !of.next().is_some_and(is_han));
        let ((ends, single_before), (begins, single_after)) = (single(&mut before), single(&mut after));
        ends && begins && (single_before || single_after)
    })
}
