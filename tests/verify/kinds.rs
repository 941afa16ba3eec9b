//! Excerpts, amendments, former versions, and words that a source has with more between them.

use super::agreement::{in_browser, in_program, page};
use super::{Desk, RULES, judged};
use jianyan::index;
use jianyan::verify::Verifier;

const TRIAL: &str = "---\nkind: law\ntitle: 澄溪县巡河规则（试行）\nissuer: [澄溪县人民政府]\ndate: 2012-11-22\n---\n\n\
    第一条　为了规范巡河，制定本规则。\n\n第二条　巡河人员应当两人一组。\n\n第三条　本规则自发布之日起施行。\n";

const GUARDIANS: &str = "---\nkind: law\ntitle: 澄溪县集体财产管理条例\nissuer: [澄溪县人民代表大会常务委员会]\n\
    date: 2018-05-28\neffective: 2018-07-01\n---\n\n\
    第一条　受县人民政府、镇人民政府、村民委员会委托管理、经营集体财产的人员，应当每年报告一次收支。\n\n\
    第二条　本条例自2018年7月1日起施行。\n";

const QUOTING: &str = "---\nkind: report\ntitle: 关于澄溪县集体财产管理的调研报告\ndate: 2024-05-20\nunit: 澄溪县人民检察院\n---\n\n\
    ## 现状\n\n条例对受委托管理、经营集体财产的人员作了规定，实践中落实不够。\n";

const MINUTES: &str = "---\nkind: law\ntitle: 澄溪县办理经济（职务）犯罪案件工作座谈会纪要\nissuer: [澄溪县人民检察院]\ndate: 2019-03-01\n---\n\n\
    一、关于管辖\n\n由县人民检察院立案侦查。\n";

/// Draft, and of each article, title and quotation that isn't part of another its text and verdict, but for exact titles.
const DRAFTS: [(&str, &[(&str, &str)]); 15] = [
    (
        "## 第四章 法律责任\n\n第四十五条 违反本条例第十二条第三款、第二十条规定的，处罚款。\n\n违反本条例第三条规定的，依照第二十一条处罚。\n",
        &[
            ("本条例第十二条第三款", "unheld"),
            ("第二十条", "unheld"),
            ("本条例第三条", "unheld"),
            ("第二十一条", "unheld"),
        ],
    ),
    (
        "# 澄溪县禁猎条例（节选）\n\n## 第二章\n\n第三条 违反本条例第二条规定猎捕的，依照本条例第九条处罚。\n",
        &[("本条例第二条", "exact"), ("本条例第九条", "absent")],
    ),
    (
        "# 澄溪县禁猎条例（2014年修正）\n\n第三条 违反本条例第二条规定猎捕的，依照本条例第九条处罚。\n",
        &[("本条例第二条", "unheld"), ("本条例第九条", "unheld")],
    ),
    (
        "将《澄溪县禁猎条例》第三条修改为：“违反本条例第二条的，处罚：\n\n“（一）符合本条例第一条的；\n\n“（二）使用毒饵的。”\n\n依照本条例第四条。\n",
        &[
            ("《澄溪县禁猎条例》第三条", "exact"),
            ("本条例第二条", "exact"),
            ("本条例第一条", "exact"),
        ],
    ),
    ("一个“没有结束的引号，本条例第三条。\n\n后面还有。\n", &[]),
    (
        "违反《澄溪县禁猎条例》（2014年修正）第三十二条，依照该条例第四十条处罚。\n\n该条例第四十一条也是。\n",
        &[
            ("《澄溪县禁猎条例》（2014年修正）第三十二条", "unheld"),
            ("该条例第四十条", "unheld"),
            ("该条例第四十一条", "unheld"),
        ],
    ),
    (
        "2014年修正的《澄溪县禁猎条例》第三十二条，该条例第四十条。\n",
        &[("《澄溪县禁猎条例》第三十二条", "unheld"), ("该条例第四十条", "unheld")],
    ),
    (
        "《澄溪县禁猎条例》（2014年修正，以下简称《条例》）施行。《条例》第四十条。\n",
        &[("《条例》第四十条", "unheld")],
    ),
    (
        "将《澄溪县禁猎条例》原第九条修改，原《澄溪县禁猎条例》第十条废止，《澄溪县禁猎条例》第九条没有。\n",
        &[
            ("《澄溪县禁猎条例》原第九条", "unheld"),
            ("《澄溪县禁猎条例》第十条", "unheld"),
            ("《澄溪县禁猎条例》第九条", "absent"),
        ],
    ),
    (
        "建议在《澄溪县禁猎条例》第三条后增加一条，作为第三条之一：“猎捕人员应当每年参加一次培训”。\n",
        &[
            ("《澄溪县禁猎条例》第三条", "exact"),
            ("第三条之一", "unheld"),
            ("猎捕人员应当每年参加一次培训", "unheld"),
        ],
    ),
    (
        "依照《澄溪县巡河规则（试行）》（2013年1月施行）第二条、第九条。\n",
        &[
            ("《澄溪县巡河规则（试行）》（2013年1月施行）第二条", "exact"),
            ("第九条", "absent"),
        ],
    ),
    (
        "依照《澄溪县巡河规则（试行）》（2014年修订）第九条。\n",
        &[("《澄溪县巡河规则（试行）》（2014年修订）第九条", "unheld")],
    ),
    ("《澄溪县办理经济犯罪案件工作座谈会纪要》。\n", &[]),
    (
        "《澄溪县集体财产管理条例》第一条规定：“受委托管理、经营集体财产的人员”应当报告。\n",
        &[
            ("《澄溪县集体财产管理条例》第一条", "exact"),
            ("受委托管理、经营集体财产的人员", "differs"),
        ],
    ),
    (
        "《澄溪县禁猎条例》第二条规定：“每年三月至五月为禁猎期。”第四条规定：“本条例自2020年7月1日起施行。”\n",
        &[
            ("《澄溪县禁猎条例》第二条", "exact"),
            ("每年三月至五月为禁猎期。", "exact"),
            ("第四条", "exact"),
            ("本条例自2020年7月1日起施行。", "exact"),
        ],
    ),
];

fn library() -> Desk {
    let desk = Desk::of_documents();
    for (path, text) in [
        ("法律法规/禁猎条例.md", RULES),
        ("法律法规/巡河规则.md", TRIAL),
        ("法律法规/集体财产.md", GUARDIANS),
        ("法律法规/纪要.md", MINUTES),
        ("调研报告/集体财产.md", QUOTING),
    ] {
        desk.write(path, text);
    }
    desk.expect(0, &["build", "-q"]);
    desk
}

#[test]
fn each_article_is_found_and_none_accused_that_cannot_be_known() {
    let desk = library();
    let mut wrong = Vec::new();
    for (draft, expected) in DRAFTS {
        let all = judged(&desk, draft);
        let told: Vec<(&str, &str)> = all
            .iter()
            .filter(|(kind, _, verdict)| kind != "title" || verdict == "differs")
            .map(|(_, text, verdict)| (text.as_str(), verdict.as_str()))
            .collect();
        if told != *expected {
            wrong.push(format!("{draft}: {told:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_page_says_the_same() {
    let desk = library();
    let opened = index::open(&desk.root().join("index")).unwrap();
    let verifier = Verifier::new(opened, jiff::civil::date(2026, 11, 20));
    let page = page(&desk);
    let mut wrong = Vec::new();
    for (draft, _) in DRAFTS {
        let (ours, theirs) = (in_program(&verifier, draft), in_browser(&page, draft));
        if ours != theirs {
            wrong.push(format!("{draft}: {ours:#?} {theirs:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
