//! A corpus full of canaries, and its twin in which nothing internal exists.
//!
//! The texts are written once: `⟦only in the whole corpus|instead of it in the twin⟧`, `¤` for a
//! canary of its own, `¤(甲)` for the one of a name, which stands in a sealed file's name and in what refers to it.

use std::collections::BTreeMap;
use std::path::Path;

/// What the public may see, with what it may not.
const PUBLIC: &[(&str, &str)] = &[
    (
        "公开/甲报告.md",
        "---\nkind: report\ntitle: 关于河道治理的调研报告\ndate: 2024-03-05\nunit: 某县人民检察院\nauthors: [甲某]\n\
         tags: [河道]\nsummary: 查明三项短板并提出建议。\nvisibility: public\n\
         ⟦# 备查 ¤\n⟧review: {⟦by: ¤|by: 保密办⟧, date: 2024-04-01, result: 可以公开⟦（¤）⟧}\n\
         ⟦内部备注: ¤\n⟧related: [公开/乙案例⟦, 内部/¤(甲)⟧]\n⟦supersedes: [内部/¤(乙)]\n⟧\
         genre: 调研报告\n⟦topic: 内部/¤(丁)\n⟧adoptions:\n\
         ⟦  - {date: 2024-04-02, form: instruction, level: county, authority: ¤, effect: ordered, document: ¤, evidence: ¤, note: ¤}\n⟧\
         \x20 - {date: 2024-05-02, form: norm, level: county, authority: 某县河长办, effect: issued, evidence: ⟦¤|档案7⟧⟦, note: ¤⟧⟦, leads_to: [内部/¤(丙)]⟧}\n\
         ⟦  - {date: 2024-06-02, form: decision, level: city, authority: ¤, effect: issued, document: ¤, visibility: internal}\n⟧\
         ---\n\n⟦<!-- ¤ -->\n\n⟧河道的治理见⟦[⟧某件建议⟦](../内部/¤(丙).md)⟧和[案例](乙案例.md)。⟦<!-- ¤ -->⟧\n\n\
         ## 一、情况\n\n走访三十次，⟦<!-- ![](../内部/¤(图).png) -->⟧如下⟦<!--\n多行 ¤\n-->⟧。\n\n⟦[注]: ../内部/¤(丁).md\n\n⟧\
         附⟦[⟧清单⟦](附件/清单-¤(清).csv)⟧和⟦[⟧材料⟦](附件/材料-¤(材).docx)⟧。\n\n\
         ⟦%%¤%%⟧水面⟦%%¤%%⟧保洁⟦<span hidden>¤</span>⟧每⟦<i style=\"display : none\">¤</i>⟧周⟦<template>¤</template>⟧一⟦<![CDATA[¤]]>⟧次⟦<?x ¤?>⟧。\n\n\
         ⟦%%\n¤\n\n¤\n%%\n\n⟧⟦[//]: # (¤)\n\n⟧⟦<div hidden>\n\n¤\n\n</div>\n\n⟧\
         | 河段 | 长度 |\n| --- | --- |\n| 甲段⟦<!-- ¤ -->⟧ | 三里⟦%%¤%%⟧ |\n\n\
         ⟦<noscript>¤</noscript>\n\n⟧## 二、建议\n\n应当落实。\n",
    ),
    (
        "公开/乙案例.md",
        "---\nkind: case\ntitle: 督促整治河道行政公益诉讼案\ndate: 2024-06-01\nunit: 某县人民检察院\nlines: [公益诉讼]\n\
         summary: 督促清理河道。\nvisibility: public\nreview: {⟦by: ¤|by: 保密办⟧, date: 2024-07-01, result: 可以公开}\n\
         rank: 典型案例\nlevel: city\nissuers: [某市人民检察院]\n⟦备注: ¤\n⟧---\n\n## 【要旨】\n\n⟦<!-- ¤ -->⟧督促履职。\n\n![图](图.png)\n",
    ),
    (
        "公开/丙建议.md",
        "---\nkind: recommendation\ntitle: 关于清理河道的检察建议书\ndate: 2024-02-01\nunit: 某县人民检察院\n\
         summary: 建议清理。\nvisibility: public\nreview: {by: 保密办, date: 2024-03-01, result: 可以公开}\n\
         type: 公益诉讼\nnumber: 某检建〔2024〕3号\naddressee: 某县水务局\nissued: 2024-02-01\ndelivered: 2024-02-03\n\
         ⟦filed: 2024-02-04\n⟧reply: {date: 2024-03-20, outcome: 采纳, summary: 已清理。}\n\
         followups: [{date: 2024-04-20⟦, note: ¤⟧}]\n⟦source: 内部/¤(甲)\n⟧---\n\n请清理河道。⟦<!-- ¤ -->⟧\n",
    ),
    (
        "公开/丁项目.md",
        "---\nkind: topic\ntitle: 河道课题\ndate: 2024-01-05\nunit: 某县人民检察院\nsummary: 课题。\nvisibility: public\n\
         review: {by: 保密办, date: 2024-03-01, result: 可以公开}\ncategory: 创新课题\nstatus: 在研\nlead: 甲某\n\
         key_results: [{text: 形成报告, done: true}]\n⟦outputs: [内部/¤(甲)]\n⟧---\n\n课题内容。⟦<!-- ¤ -->⟧\n",
    ),
    ("公开/图.png", "public picture"),
    (
        "jianyan.yaml",
        "title: 某县检研\nbase_url: https://example.org/jianyan/\nscoring: {period: year, points: [{form: norm, points: 5}]}\n\
         ⟦targets: [{indicator: ¤, target: 3, responsible: ¤}]\n⟧",
    ),
    ("synonyms.yaml", "- [河道, 河流]\n⟦- [¤, ¤]\n- [¤, ¤]\n⟧"),
];

/// What the public may not see.
const SEALED: &[(&str, &str)] = &[
    (
        "内部/¤(甲).md",
        "---\nkind: report\ntitle: 内部报告¤\ndate: 2025-03-05\nunit: 单位¤\nauthors: [¤]\ntags: [¤]\nsummary: ¤\n\
         causes: [¤]\nlaws: [¤法第3条]\nrelated: [公开/甲报告]\nsupersedes: [公开/乙案例]\ntopic: 公开/丁项目\nadoptions:\n\
         \x20 - {date: 2025-04-02, form: decision, level: province, authority: ¤, effect: issued, document: ¤, evidence: 内部/¤(证).txt, note: ¤, leads_to: [公开/丙建议]}\n\
         ---\n\n正文¤，第264条，检例第142号。[甲](../公开/甲报告.md)\n\n## 小节¤\n\n![图](¤(图).png)\n",
    ),
    (
        "内部/¤(乙).md",
        "---\nkind: case\ntitle: 内部案例¤\ndate: 2025-03-06\nauthors: [¤]\ntags: [河道, ¤]\nsummary: ¤\nrank: 典型案例\nlevel: province\nissuers: [¤]\n---\n\n正文¤\n",
    ),
    (
        "内部/¤(丙).md",
        "---\nkind: recommendation\ntitle: 内部建议¤\ndate: 2025-03-07\nauthors: [¤]\ntags: [¤]\nsummary: ¤\naddressee: ¤\nproblems: [¤]\n\
         number: 某检建〔2025〕9号\nissued: 2025-03-07\ndelivered: 2025-03-08\nsource: 公开/甲报告\n---\n\n正文¤\n",
    ),
    (
        "内部/¤(丁).md",
        "---\nkind: topic\ntitle: 内部项目¤\ndate: 2025-03-08\nauthors: [¤]\ntags: [¤]\nsummary: ¤\nlead: ¤\nteam: [甲某]\noutputs: [公开/甲报告]\n---\n\n正文¤\n",
    ),
    // One id with a public document, before which it stands.
    (
        "公开/丁项目.markdown",
        "---\nkind: topic\ntitle: 内部项目¤\ndate: 2025-03-08\nsummary: ¤\n---\n\n正文¤\n",
    ),
    ("内部/¤(图).png", "picture ¤"),
    ("内部/¤(证).txt", "evidence ¤"),
    (
        "people.yaml",
        "- {name: 甲某, key: ¤, born: 1995-02, unit: ¤, department: ¤, honours: [{title: ¤, level: city, date: 2024-01-01}]}\n- {name: ¤, born: 1990-02}\n",
    ),
    (
        "scores.yaml",
        "- {person: 甲某, date: 2024-03-05, event: ¤, points: 2, evidence: ¤}\n",
    ),
];

/// What nobody may see, in no audience.
const NOWHERE: &[(&str, &str)] = &[
    (
        "公开/草稿-¤.md",
        "---\nkind: report\ntitle: 草稿¤\ndate: 2024-03-05\nauthors: [¤]\ntags: [¤]\nsummary: ¤\nvisibility: public\ndraft: true\n\
         review: {by: 保密办, date: 2024-03-01, result: 可以公开}\nrelated: [公开/甲报告]\n---\n\n草稿¤\n",
    ),
    (
        "公开/涉密-¤.md",
        "---\nkind: report\ntitle: 涉密¤\ndate: 2024-03-05\nauthors: [¤]\ntags: [¤]\nsummary: ¤\nvisibility: public\n密级: 机密\n\
         review: {by: 保密办, date: 2024-03-01, result: 可以公开}\n---\n\n涉密¤\n",
    ),
    ("内部/机密★3年-¤.png", "secret ¤"),
];

/// What is held back from the public alone, by a finding.
const FOUND: &[(&str, &str)] = &[
    (
        "公开/有误-¤.md",
        "---\nkind: report\ntitle: 有误¤\ndate: 2024-03-05\nauthors: [¤]\ntags: [¤]\nsummary: ¤\nvisibility: public\n\
         review: {by: 保密办, date: 2024-03-01, result: 可以公开}\nrelated: [公开/甲报告]\n---\n\n联系电话13912345678，¤\n",
    ),
    ("公开/附件/清单-¤(清).csv", "联系电话,备注\n13912345678,¤\n"),
    (
        "公开/未审-¤.md",
        "---\nkind: case\ntitle: 未审¤\ndate: 2024-03-05\nauthors: [¤]\ntags: [¤]\nsummary: ¤\nvisibility: public\n---\n\n正文¤\n",
    ),
];

/// An attachment with personal data, and canaries in everything that it says: text, hidden text, a comment, a header, its
/// properties.
const OFFICE: (&str, &[(&str, &str)]) = (
    "公开/附件/材料-¤(材).docx",
    &[
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>\
             <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
        ),
        (
            "word/document.xml",
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>\
             <w:p><w:r><w:t>¤</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>¤ 13912345678</w:t></w:r></w:p></w:body></w:document>",
        ),
        (
            "docProps/core.xml",
            "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:creator>¤</dc:creator><cp:keywords>¤</cp:keywords></cp:coreProperties>",
        ),
        (
            "word/comments.xml",
            "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"1\">\
             <w:p><w:r><w:t>¤</w:t></w:r></w:p></w:comment></w:comments>",
        ),
    ],
);

/// The canaries of a corpus, by who must not meet them.
#[derive(Default)]
pub(crate) struct Canaries {
    /// In what the office sees and the public doesn't.
    pub internal: Vec<String>,
    /// In what no site shows.
    pub nowhere: Vec<String>,
    /// Made so far.
    made: u32,
    /// Those of names.
    named: BTreeMap<String, String>,
}

impl Canaries {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &String> {
        self.internal.iter().chain(&self.nowhere)
    }

    /// A word of one run of letters, so that the analyzer leaves it whole, of which the end is found nowhere else.
    fn next(&mut self) -> String {
        self.made += 1;
        letters(self.made)
    }

    fn named(&mut self, name: &str) -> String {
        if let Some(known) = self.named.get(name) {
            return known.clone();
        }
        let made = self.next();
        self.named.insert(name.to_owned(), made.clone());
        made
    }
}

/// Twelve letters that differ early, from a number.
fn letters(number: u32) -> String {
    let mut state = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (0..12)
        .map(|_| {
            state ^= state >> 31;
            state = state.wrapping_mul(0xD6E8_FEB8_6659_FD93);
            char::from(b'a' + (state >> 40) as u8 % 26)
        })
        .collect()
}

/// Which of the two corpora a text is written for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum For {
    Whole,
    Twin,
}

/// Writes the corpus with everything in it; gives its canaries.
pub(crate) fn write_whole(root: &Path) -> Canaries {
    let mut canaries = Canaries::default();
    let mut internal = Vec::new();
    for (file, text) in PUBLIC.iter().chain(SEALED).chain(FOUND) {
        let (file, text) = (fill(file, &mut canaries, &mut internal), pick(text, For::Whole));
        write(root, &file, &fill(&text, &mut canaries, &mut internal));
    }
    let (file, parts) = OFFICE;
    let file = fill(file, &mut canaries, &mut internal);
    let parts: Vec<(&str, String)> = parts
        .iter()
        .map(|(name, text)| (*name, fill(text, &mut canaries, &mut internal)))
        .collect();
    std::fs::write(root.join(file), package(&parts)).unwrap();
    let mut nowhere = Vec::new();
    for (file, text) in NOWHERE {
        let file = fill(file, &mut canaries, &mut nowhere);
        write(root, &file, &fill(text, &mut canaries, &mut nowhere));
    }
    Canaries {
        internal,
        nowhere,
        ..canaries
    }
}

/// Writes the corpus in which nothing internal exists.
pub(super) fn write_twin(root: &Path) {
    for (file, text) in PUBLIC {
        write(root, file, &pick(text, For::Twin));
    }
}

/// An archive of parts as they are, so that the search for canaries reads them.
fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in parts {
        archive.start_file(*name, stored).unwrap();
        std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn write(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn pick(text: &str, corpus: For) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, marked)) = rest.split_once('⟦') {
        let (inside, after) = marked.split_once('⟧').unwrap();
        let (whole, twin) = inside.split_once('|').unwrap_or((inside, ""));
        out += before;
        out += if corpus == For::Whole { whole } else { twin };
        rest = after;
    }
    out + rest
}

/// Puts a canary at each `¤`.
fn fill(text: &str, canaries: &mut Canaries, made: &mut Vec<String>) -> String {
    let mut parts = text.split('¤');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (canary, rest) = match part.strip_prefix('(').and_then(|named| named.split_once(')')) {
            Some((name, rest)) => (canaries.named(name), rest),
            None => (canaries.next(), part),
        };
        out += &canary;
        out += rest;
        made.push(canary);
    }
    out
}
