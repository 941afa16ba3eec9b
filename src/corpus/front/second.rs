//! A front matter in the middle of a text, where two documents were joined in one file.

use super::format::begins_other;
use super::known::Head;
use super::{first_line, is_blank, lines};
use std::ops::Range;

/// The line in which a front matter begins in a body, or behind text of any length; none in code, where a text shows how
/// one is written.
pub(super) fn second(body: &str) -> Option<Range<usize>> {
    let mut paragraph = 0;
    // The mark that ends it, and where it begins.
    let mut code: Option<(&str, usize)> = None;
    for (at, line) in lines(body) {
        let said = line.trim_matches(is_blank);
        match code {
            Some(open) => code = Some(open).filter(|(mark, _)| !said.starts_with(mark)),
            None if said.is_empty() => paragraph = at + line.len(),
            None => {
                let mark = ["```", "~~~"].into_iter().find(|mark| said.starts_with(mark));
                code = mark.map(|mark| (mark, at + line.len()));
                let place = at..at + line.trim_end().len();
                if mark.is_none() && begins_other(&body[at..]) {
                    return Some(place);
                }
                if paragraph == at && said.contains(':') && head(&body[at..]).is_paragraph() {
                    return Some(place);
                }
                let next = at + line.len();
                // With a `---` before its keys, or with one behind them alone.
                if opens(line) && head(&body[next..]).is_second() {
                    return Some(place);
                }
                if is_rule(line) {
                    if paragraph < at && head(&body[paragraph..]).is_front(false) {
                        return Some(first_line(body, paragraph..at));
                    }
                    paragraph = next;
                }
            }
        }
    }
    // Code that doesn't end is none.
    let (_, begin) = code?;
    second(&body[begin..]).map(|line| begin + line.start..begin + line.end)
}

/// The keys that a part of a body begins with, up to a line like `---`.
fn head(text: &str) -> Head {
    Head::until(text, |at| is_rule(text[at..].split('\n').next().unwrap_or_default()))
}

/// Whether a line of a body stands where `---` may be meant: a row of dashes or of other marks of a rule, and not so far
/// from the margin that it is code.
fn is_rule(line: &str) -> bool {
    let dash = |letter: char| {
        "-_*=－﹣﹘−—ー＝➖".contains(letter) || matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2500}' | '\u{2501}')
    };
    let marks: Vec<char> = line.chars().filter(|letter| !is_blank(*letter)).collect();
    let enough = marks.len() > 2 || marks.len() == 2 && marks.iter().all(|mark| !mark.is_ascii());
    !is_code(line) && enough && (marks == ['.'; 3] || marks.iter().all(|&mark| dash(mark)))
}

/// Whether a line begins a front matter, with a word behind its dashes or without: `--- yaml`.
fn opens(line: &str) -> bool {
    const LONGEST: usize = 30;
    is_rule(line) || !is_code(line) && line.trim_start().starts_with("---") && line.trim().len() <= LONGEST
}

fn is_code(line: &str) -> bool {
    line.starts_with("    ") || line[..line.len() - line.trim_start_matches([' ', '\t']).len()].contains('\t')
}

#[cfg(test)]
mod tests {
    use super::super::{Problem, split};

    #[test]
    fn a_front_matter_in_the_body_is_named_wherever_it_begins() {
        let front = "---\nkind: report\ntitle: 一\n---\n";
        for (between, second) in [
            (
                "\n一段。\n\n二段。\n\n",
                "---\nkind: report\ntitle: 乙\nvisibility: internal\n---\n",
            ),
            ("一段。\n", "---\nkind: report\ntitle: 乙\ndraft: true\n---\n\n正文。\n"),
            ("一段。\n\n", "---\n标题：乙\n类别：调研报告\n---\n"),
            ("一段。\n\n", "---\ntitle: 乙\ndate: 2024-01-01\n---\n"),
            ("一段。\n\n", "title: 乙\nvisibility: internal\n---\n"),
            ("```\n代码\n```\n\n", "---\ntitle: 乙\ndraft: true\n---\n"),
            ("一段。\n\n", "---\nvisibility: internal\n---\n"),
            ("一段。\n\n", "---\ndraft: true\n---\n\n乙文。\n"),
            ("一段。\n\n", "---\n草稿: 是\n---\n"),
            ("一段。\n\n", "---\ntitle: 乙\n---\n"),
            ("一段。\n\n", "draft: true\n---\n"),
            ("一段。\n\n", "--- yaml\nkind: report\nvisibility: internal\n---\n"),
            ("一段。\n\n", "***\nkind: report\nvisibility: internal\n***\n"),
            ("一段。\n\n", "- - -\nvisibility: internal\n- - -\n"),
            ("一段。\n\n", "---\nvisibility: internal\n\n乙文。\n"),
            ("一段。\n\n", "———\nkind: report\nvisibility: internal\n———\n"),
            ("一段。\n\n", "——\nvisibility: internal\n——\n"),
            ("一段。\n\n", "-----\ntitle: 乙\ndraft: true\n-----\n"),
            ("一段。\n\n", "  ---\n  title: 乙\n  draft: true\n  ---\n"),
            ("一段。\n\n", "　　---\n　　draft: true\n　　---\n"),
            ("一段。\n\n", "+++\ntitle = \"乙\"\n+++\n"),
            ("一段。\n\n", "---\ndraft = true\n---\n"),
            ("一段。\n\n", ";;;\n{\"title\": \"乙\"}\n;;;\n"),
            ("一段。\n\n", "{\"title\": \"乙\", \"visibility\": \"internal\"}\n"),
            ("一段。\n\n", "title: 乙\nunit: 甲院\nvisibility: internal\n\n正文。\n"),
            ("```\n没有结束的代码\n\n", "---\ntitle: 乙\ndraft: true\n---\n"),
        ] {
            let text = format!("{front}{between}{second}");
            let found = split(&text).problem;
            let Some(Problem::Second(place)) = found else {
                panic!("{text}: {found:?}");
            };
            assert_eq!(place.start, front.len() + between.len(), "{text}");
            let far = format!("{}{second}", "一段话。\n\n".repeat(40));
            assert_eq!(
                split(&far).problem,
                Some(Problem::Before(0.."一段话。".len())),
                "{second}"
            );
        }
    }

    #[test]
    fn rules_bylines_and_code_are_no_second_front_matter() {
        for body in [
            "一段。\n\n---\n\n二段。\n\n---\n",
            "一段。\n\n---\n单位：澄溪县人民检察院\n日期：2024年3月5日\n\n---\n",
            "一段。\n\n```yaml\n---\nkind: report\ntitle: 乙\ndraft: true\n---\n```\n",
            "一段。\n\n    ---\n    kind: report\n    title: 乙\n    ---\n",
            "标题：乙\n---\n",
            "一段。\n\n---\n单位: 澄溪县人民检察院\n---\n",
            "一段。\n\n----\n注：数据截至2024年底。\n----\n",
            "一段。\n\n———\n\n来源：研究室\n\n———\n",
            "| 类别 | 件数 |\n| --- | --- |\n| 甲 | 1 |\n",
            "一段。\n\n{\"type\": \"object\"}\n",
            "一段。\n\n审查要点:\nreview: 由部门审查\n后文。\n",
            "草稿：由王某起草，李某审核\n",
        ] {
            for text in [
                format!("---\nkind: report\n---\n{body}"),
                format!("{}{body}", "甲。\n".repeat(40)),
            ] {
                assert_eq!(split(&text).problem, None, "{text}");
            }
        }
    }
}
