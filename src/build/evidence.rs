//! Evidence that names a file of the corpus which isn't there is none, nor are words that stand in its place.

use super::links::LinkTable;
use crate::audience::Candidate;
use crate::corpus::Attachment;
use crate::diagnostic::{Group, Severity};
use crate::record::Detail;
use crate::record::fields::Reader;
use crate::settings::Gathered;
use crate::text::numeral;
use crate::text::placeholder::{is_crossed_out, is_placeholder};
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// The rule of a file that isn't there.
const MISSING: &str = "missing-evidence";
/// The rule of words in the place of evidence.
const NONE: &str = "no-evidence";

/// Takes evidence away that isn't there, and says so at its document. Shelf marks and web addresses stay.
pub(super) fn settle(candidates: &mut [Candidate], attachments: &[Attachment], corpora: &[Gathered]) {
    let documents = candidates.iter().map(|candidate| candidate.source.file.clone());
    let files = attachments
        .iter()
        .map(|attachment| attachment.file.clone())
        .chain(documents);
    let folders = corpora.iter().map(|corpus| corpus.prefix.clone()).collect();
    let table = LinkTable::new(BTreeMap::new(), files.collect(), folders);
    for candidate in candidates {
        let file = candidate.record.file.clone();
        let Detail::Report(report) = &mut candidate.record.detail else {
            continue;
        };
        let lacks = |evidence: &String| lack(evidence, |path| table.file(&file, path).is_some());
        let mut lines = Vec::new();
        for event in &mut report.adoptions {
            let Some(code) = event.evidence.as_ref().and_then(lacks) else {
                continue;
            };
            lines.extend(event.evidence.take().map(|evidence| (event.line, code, evidence)));
        }
        if lines.is_empty() {
            continue;
        }
        let reader = Reader::new(&file, &candidate.source.text, Group::Record);
        for (line, code, evidence) in lines {
            let place = place(&candidate.source.text, &reader, line, &evidence);
            reader.tell(Severity::Warning, code, &place, &[("evidence", &evidence)]);
        }
        candidate.findings.extend(reader.finish());
    }
}

/// Where the evidence of an event stands: in its line or one of those after it.
fn place(text: &str, reader: &Reader, line: u32, evidence: &str) -> std::ops::Range<usize> {
    let event = reader.line_text(line);
    let found = text.get(event.start..).and_then(|rest| rest.find(evidence));
    found.map_or(event.clone(), |at| event.start + at..event.start + at + evidence.len())
}

/// The rule that evidence breaks: words that say there is none yet, or the path of a file that isn't there.
fn lack(evidence: &str, is_there: impl Fn(&str) -> bool) -> Option<&'static str> {
    if is_placeholder(evidence) || is_crossed_out(evidence) || names_none(evidence) {
        return Some(NONE);
    }
    let bare = evidence
        .trim_matches(|mark: char| mark.is_whitespace() || "《》〈〉“”‘’\"'「」『』（）()【】[]".contains(mark));
    let paths = [evidence.trim(), bare];
    (paths.iter().any(|path| names_file(path)) && !paths.iter().any(|path| is_there(path))).then_some(MISSING)
}

/// Words of which a text consists that says that there is evidence, or will be, and not which; longer ones first.
const EMPTY: [&str; 90] = [
    "true",
    "yes",
    "佐证材料",
    "证明材料",
    "书面材料",
    "复印件",
    "扫描件",
    "佐证",
    "证明",
    "证据",
    "材料",
    "资料",
    "文件",
    "原件",
    "附件",
    "附后",
    "附表",
    "附录",
    "附图",
    "取得",
    "收到",
    "获得",
    "提供",
    "具备",
    "齐全",
    "齐备",
    "完整",
    "完备",
    "归档",
    "存档",
    "入卷",
    "在卷",
    "备查",
    "可查",
    "备案",
    "待查",
    "口头",
    "批示",
    "同意",
    "汇报",
    "领导",
    "电话",
    "微信",
    "短信",
    "当面",
    "书面",
    "告知",
    "通知",
    "确认",
    "核实",
    "真实",
    "属实",
    "相关",
    "有关",
    "本人",
    "保存",
    "留存",
    "另行",
    "提交",
    "报送",
    "补充",
    "上传",
    "整理",
    "ok",
    "y",
    "是",
    "有",
    "已",
    "真",
    "无",
    "待",
    "另",
    "附",
    "见",
    "详",
    "参",
    "同",
    "如",
    "上",
    "下",
    "前",
    "后",
    "条",
    "项",
    "栏",
    "齐",
    "的",
    "了",
    "请",
    "均",
];

/// Whether a text says that there is evidence, or will be, and not which: 已取得, 见附件1, 同上条.
fn names_none(evidence: &str) -> bool {
    const BEGINNINGS: [&str; 3] = ["待归", "待存", "待整理"];
    let letters = evidence.nfkc().filter(|letter| letter.is_alphanumeric());
    let said: String = letters.flat_map(char::to_lowercase).collect();
    let short = said.chars().count() <= 12;
    says_nothing(&said) || short && BEGINNINGS.iter().any(|begin| said.starts_with(begin))
}

/// Whether a text is words that say nothing, and the number of an attachment at most.
fn says_nothing(said: &str) -> bool {
    /// Digits of it: longer ones are the number of a volume.
    const LONGEST: usize = 2;
    let (mut rest, mut digits) = (said, 0);
    while let Some(first) = rest.chars().next() {
        let word = EMPTY.iter().find_map(|word| rest.strip_prefix(word));
        let number = (first.is_ascii_digit() || numeral::is_part(first)).then(|| &rest[first.len_utf8()..]);
        digits += usize::from(word.is_none());
        match word.or(number) {
            Some(next) if digits <= LONGEST => rest = next,
            _ => return false,
        }
    }
    true
}

/// Whether evidence is the path of a file: with the ending of one, or from a folder or a drive on.
fn names_file(evidence: &str) -> bool {
    let evidence = evidence.trim();
    let address = ["http://", "https://", "www."]
        .iter()
        .any(|start| evidence.starts_with(start));
    let starts = ["./", "../", ".\\", "..\\", "附件/", "附件\\", "/", "\\\\", "file:"];
    let relative = starts.iter().any(|start| evidence.starts_with(start));
    let drive = evidence.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && [":\\", ":/"].iter().any(|mark| evidence[1..].starts_with(mark));
    let ending = evidence.rsplit_once('.').is_some_and(|(stem, ending)| {
        let letters = ending.starts_with(|letter: char| letter.is_ascii_alphabetic());
        !stem.is_empty() && letters && ending.len() <= 5 && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    !address && (relative || drive || ending)
}

#[cfg(test)]
mod tests {
    use super::{MISSING, NONE, lack, names_file};

    #[test]
    fn words_in_the_place_of_evidence_are_none() {
        for words in [
            "无",
            "没有",
            "待补",
            "暂无",
            "/",
            "TODO",
            "（待补充）",
            "—",
            "略",
            "N/A",
            "？",
            "待补充佐证",
            "……",
            "XXX",
            "未取得",
            "Ｎ／Ａ",
            "【待核实】",
            "TODO: 附照片",
            "tbd.",
            "是",
            "有",
            "true",
            "同上",
            "（附件）",
            "见附件",
            "待归档",
            "已归档",
            "另附",
            "待",
            "已取得",
            "有证明",
            "口头",
            "电话通知",
            "Y",
            "0",
            "附件一",
            "见附件1",
            "同上条",
            "相关材料已齐全",
        ] {
            assert_eq!(lack(words, |_| false), Some(NONE), "{words}");
        }
        for evidence in [
            "无锡市院档案 2024-3",
            "没有卷宗号的书证第3页，附于研究室档案2024年第5盒",
            "待遇落实情况批示原件",
            "省院〔2024〕5号",
            "有据可查：县委办2024年收文12号",
            "12-3",
            "2024-17",
            "附件3：批示复印件（县委办）",
            "已归档于研究室2024年第5盒",
            "有关批示复印件，档案室2024-3",
        ] {
            assert_eq!(lack(evidence, |_| false), None, "{evidence}");
        }
    }

    #[test]
    fn a_path_is_one_within_quotes_and_from_the_root_on() {
        for path in [
            "/etc/passwd",
            "《附件/没有.pdf》",
            "“佐证.jpg”",
            r"C:\证\批示",
            "file:///证",
            "（附件/批示件）",
        ] {
            assert_eq!(lack(path, |_| false), Some(MISSING), "{path}");
        }
        assert_eq!(lack("《附件/有.pdf》", |path| path == "附件/有.pdf"), None);
    }

    #[test]
    fn paths_are_told_from_shelf_marks_and_addresses() {
        for path in [
            "附件/没有.xlsx",
            "佐证.pdf",
            "../外/证.docx",
            "./批示",
            "附件/批示件",
            r"附件\\证.jpg",
        ] {
            assert!(names_file(path), "{path}");
        }
        for other in [
            "研究室档案 2024-研-001",
            "https://example.cn/a.pdf",
            "档案柜3.2",
            "县委办〔2024〕5号",
            "OA 流程 12.5",
        ] {
            assert!(!names_file(other), "{other}");
        }
    }
}
