//! Which lines of a front matter belong to a text that begins above them: what reads like a key there is a part of it.

use crate::record::keys;

/// What a line is part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inside {
    /// Of no text that begins above it.
    Nothing,
    /// Of a text that its indentation belongs to: below `|` or `>`, or a plain one that goes on.
    Lines,
    /// Of a text in quotes, or of what stands between brackets behind one.
    Quote,
}

/// A text that hasn't ended.
#[derive(Default, Clone, Copy)]
enum Open {
    #[default]
    Nothing,
    /// It ends with the first line that is indented no deeper than this.
    Lines(usize),
    /// It ends with this quote.
    Quote(char),
}

/// Goes through a front matter line by line.
#[derive(Default)]
pub(super) struct Lines {
    open: Open,
    /// The column of the last key, and whether sentences stand there.
    key: (usize, bool),
    /// Brackets that are open.
    depth: usize,
}

impl Lines {
    /// What the next line is part of. `margin` is how deep it is indented, by blanks of any kind.
    pub(super) fn next(&mut self, line: &str, margin: usize) -> Inside {
        match self.open {
            Open::Nothing => {}
            Open::Lines(parent) if margin > parent || line.trim().is_empty() => return Inside::Lines,
            Open::Lines(_) => self.open = Open::Nothing,
            Open::Quote(quote) => {
                if let Some(end) = closing(line, quote) {
                    self.open = Open::Nothing;
                    if self.depth > 0 {
                        self.flow(&line[end..]);
                    }
                }
                return Inside::Quote;
            }
        }
        if self.depth > 0 {
            self.flow(line);
        } else {
            self.block(line, margin);
        }
        Inside::Nothing
    }

    /// A line that stands in no brackets: its signs of lists, its key and the beginning of its value.
    fn block(&mut self, line: &str, margin: usize) {
        let mut rest = &line[margin..];
        let mut parent = None;
        while let Some(after) = rest.strip_prefix(['-', '?', ':'])
            && after.chars().next().is_none_or(char::is_whitespace)
        {
            parent = Some(line.len() - rest.len());
            rest = after.trim_start();
        }
        let mut sentence = false;
        if let Some((key, value)) = key(rest) {
            let column = line.len() - rest.len();
            sentence = keys::may_mean(key, "summary") || keys::may_mean(key, "note");
            self.key = (column, sentence);
            parent = Some(column);
            rest = value;
        } else if parent.is_none() {
            sentence = self.key.1;
        }
        self.value(rest, parent.unwrap_or(self.key.0), sentence);
    }

    fn value(&mut self, text: &str, parent: usize, sentence: bool) {
        let mut text = text.trim();
        while text.starts_with(['&', '!']) {
            text = text
                .split_once(char::is_whitespace)
                .map_or("", |(_, rest)| rest.trim_start());
        }
        match text.chars().next() {
            Some('|' | '>') if is_head(text) => self.open = Open::Lines(parent),
            Some(quote @ ('"' | '\'')) if closing(&text[1..], quote).is_none() => self.open = Open::Quote(quote),
            Some('[' | '{') => self.flow(text),
            None | Some('"' | '\'' | '#') => {}
            Some(_) if sentence && !text.contains(" #") => self.open = Open::Lines(parent),
            Some(_) => {}
        }
    }

    /// What stands in brackets: they open and close, and quotes begin a text where one may stand.
    fn flow(&mut self, text: &str) {
        let mut rest = text;
        let mut before = ',';
        let mut is_apart = true;
        while let Some(sign) = rest.chars().next() {
            rest = &rest[sign.len_utf8()..];
            match sign {
                '"' | '\'' if "[{,:".contains(before) => {
                    let Some(end) = closing(rest, sign) else {
                        self.open = Open::Quote(sign);
                        return;
                    };
                    rest = &rest[end..];
                }
                '#' if is_apart => return,
                '[' | '{' => self.depth += 1,
                ']' | '}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            is_apart = sign.is_whitespace();
            if !is_apart {
                before = sign;
            }
        }
    }
}

/// The key that begins a text, and what stands behind its colon.
fn key(text: &str) -> Option<(&str, &str)> {
    let quoted = text.chars().next().filter(|sign| "\"'".contains(*sign));
    if let Some(end) = quoted.and_then(|quote| closing(&text[1..], quote)) {
        let value = text[end + 1..].trim_start().strip_prefix([':', '：'])?;
        return Some((&text[1..end], value));
    }
    if text.starts_with(['#', '|', '>', '[', '{']) || quoted.is_some() {
        return None;
    }
    let colon = text.char_indices().find(|&(at, sign)| match sign {
        ':' => text[at + 1..].chars().next().is_none_or(char::is_whitespace),
        '：' => keys::is_known_anywhere(text[..at].trim()),
        _ => false,
    });
    let (at, sign) = colon?;
    Some((text[..at].trim(), &text[at + sign.len_utf8()..]))
}

/// Whether `|` or `>` begins a text in the next line: signs may follow it, and a comment.
fn is_head(text: &str) -> bool {
    let signs = text[1..].trim_start_matches(|sign: char| "+-".contains(sign) || sign.is_ascii_digit());
    signs.trim().is_empty() || (signs.starts_with([' ', '\t']) && signs.trim_start().starts_with('#'))
}

/// Where a text in quotes ends, behind the closing one: in double quotes a backslash takes the next sign with it, in single
/// ones two are one.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        if sign == '\\' && quote == '"' {
            signs.next();
        } else if sign == quote {
            let doubled = quote == '\'' && signs.peek().is_some_and(|&(_, next)| next == quote);
            if !doubled {
                return Some(at + 1);
            }
            signs.next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text that are part of one above them, joined.
    fn inside(text: &str) -> String {
        let mut lines = Lines::default();
        let is_inside = |line: &&str| {
            let margin = line.len() - line.trim_start_matches(' ').len();
            lines.next(line, margin) != Inside::Nothing
        };
        text.lines()
            .filter(is_inside)
            .map(str::trim)
            .collect::<Vec<_>>()
            .join("|")
    }

    #[test]
    fn lines_below_the_sign_of_a_block_are_its_text() {
        for head in ["|", ">-", "|2+", "&甲 |", "!!str >", "| # 注"] {
            let text = format!("summary: {head}\n  问题：一\n\n  建议: 二\ntitle：三\n");
            assert_eq!(inside(&text), "问题：一||建议: 二", "{head}");
        }
        assert_eq!(inside("摘要：|\n  单位：甲\n单位：乙\n"), "单位：甲");
        assert_eq!(
            inside("adoptions:\n  - note: |\n      日期：一\n    form: 二\n"),
            "日期：一"
        );
        assert_eq!(inside("tags:\n  - |\n    标题：一\n  - 二\n"), "标题：一");
        assert_eq!(inside("summary:\n  |\n  标题：一\ntags: []\n"), "标题：一");
        assert_eq!(inside("summary: a | b\ntitle: |x\n标题：一\n"), "");
    }

    #[test]
    fn lines_before_the_closing_quote_are_its_text() {
        assert_eq!(
            inside("summary: \"一\n  标题：二\\\"\n  单位：三\"\n日期：四\n"),
            "标题：二\\\"|单位：三\""
        );
        assert_eq!(inside("summary: 'it''s\n  标题：二'\n日期：四\n"), "标题：二'");
        assert_eq!(inside("summary:\n  \"一\n  标题：二\"\n"), "标题：二\"");
        assert_eq!(
            inside("reply: {summary: \"一\n  单位：二\", 日期：三}\n日期：四\n"),
            "单位：二\", 日期：三}"
        );
        assert_eq!(inside("title: 90' 之后\nunit: \"一\"\n日期：四\n"), "");
    }

    #[test]
    fn a_sentence_goes_on_in_deeper_lines_and_an_entry_has_keys_there() {
        assert_eq!(inside("summary: 近年来，\n  单位：某，\n单位：甲\n"), "单位：某，");
        assert_eq!(inside("summary:\n  近年来，\n  单位：某，\n单位：甲\n"), "单位：某，");
        assert_eq!(inside("reply:\n  日期：一\n  summary: 二\n  outcome: 三\n"), "");
        assert_eq!(inside("title: 一\n  单位：二\n"), "");
    }
}
