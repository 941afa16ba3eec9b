//! Plain text in any encoding that is read.

use super::Fault;
use super::block::{Block, Document, Form, Inline};
use crate::corpus::decode::decode;

/// Columns, counting Han characters as two, at which editors break lines.
const WIDTHS: std::ops::RangeInclusive<usize> = 50..=120;

/// Lines with text: a book has some thousands, and each costs some hundred bytes.
const MOST_LINES: usize = 100_000;

/// Every line is a paragraph, as Chinese text is written; lines that an editor broke are joined.
pub(super) fn read(bytes: &[u8]) -> Result<Document, Fault> {
    let decoded = decode(bytes.to_vec()).map_err(|_| Fault::Encoding)?;
    let written = decoded.text.split('\n').filter(|line| !line.trim().is_empty());
    if written.take(MOST_LINES + 1).count() > MOST_LINES {
        return Err(Fault::TooLarge);
    }
    // A rule separates paragraphs, and says nothing.
    let lines: Vec<&str> = decoded
        .text
        .split('\n')
        .map(|line| if is_rule(line) { "" } else { line })
        .collect();
    let broken = is_broken(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = String::new();
    for line in &lines {
        let text = line.trim_matches(|character: char| character.is_whitespace() || character == '\u{FEFF}');
        let begins =
            line.starts_with(['\u{3000}', '\t']) || line.starts_with("    ") || super::outline::level(text).is_some();
        if !broken || text.is_empty() || begins {
            push(&mut blocks, &mut open, line);
        }
        // Han characters join without a space.
        let latin = |end: Option<char>| end.is_some_and(|character| character.is_ascii_alphanumeric());
        if latin(open.chars().next_back()) && latin(text.chars().next()) {
            open.push(' ');
        }
        open += text;
        if !broken {
            push(&mut blocks, &mut open, line);
        }
    }
    push(&mut blocks, &mut open, "");
    Ok(Document {
        blocks,
        ..Document::default()
    })
}

/// Whether a line is drawn and not written: `---`, `* * *`, `====`, `————`.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|sign| !sign.is_whitespace());
    let first = signs.next().filter(|sign| "-_*=~—─━－＿＝".contains(*sign));
    first.is_some_and(|first| {
        let mut count = 1;
        signs.all(|sign| {
            count += 1;
            sign == first
        }) && count >= 3
    })
}

fn push(blocks: &mut Vec<Block>, open: &mut String, line: &str) {
    let text = std::mem::take(open);
    if !text.is_empty() {
        let indent = line.chars().take_while(|character| character.is_whitespace()).count();
        blocks.push(Block::Paragraph {
            text: vec![Inline::text(text)],
            form: Form {
                centred: indent > 4,
                ..Form::default()
            },
        });
    }
}

/// Whether an editor broke the lines: most that another follows are of nearly one width and end within
/// a sentence.
fn is_broken(lines: &[&str]) -> bool {
    let mut full = 0;
    let mut followed = 0;
    for pair in lines.windows(2) {
        if pair[0].trim().is_empty() || pair[1].trim().is_empty() || pair[1].starts_with('\u{3000}') {
            continue;
        }
        followed += 1;
        let width = unicode_width::UnicodeWidthStr::width(pair[0]);
        let ends = pair[0].trim_end().ends_with(['。', '：', '！', '？', '；', '”', '）']);
        full += usize::from(WIDTHS.contains(&width) && !ends);
    }
    followed >= 3 && full * 3 >= followed * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_lines_than_any_document_has_are_refused() {
        assert!(read("甲\n\n".repeat(MOST_LINES).as_bytes()).is_ok());
        let fault = read("甲\n".repeat(MOST_LINES + 1).as_bytes()).unwrap_err();
        assert!(matches!(fault, Fault::TooLarge));
    }

    #[test]
    fn a_rule_is_drawn_and_says_nothing() {
        for rule in ["---", "* * *", "=====", "————", " ___ ", "──────"] {
            assert!(is_rule(rule), "{rule}");
            let text = format!("关于甲的调研报告\n\n{rule}\n\n正文一句。\n");
            let parsed = read(text.as_bytes()).unwrap();
            let texts: Vec<String> = parsed.blocks.iter().map(Block::plain).collect();
            assert_eq!(texts, ["关于甲的调研报告", "正文一句。"]);
        }
        for text in ["--", "- 一", "—— 题", "*一*", ""] {
            assert!(!is_rule(text), "{text}");
        }
    }
}
