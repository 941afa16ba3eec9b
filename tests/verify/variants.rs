//! Drafts of every kind, each with what there is to say of it: forms of citing, faults, and words that cite nothing.
//!
//! 《采砂》, 《文身》 and 《报告》 stand for two laws and a report that the corpus holds.

use super::{CASE, LAWS, OLD, RULES, judged_all};
use crate::desk::Desk;

const REPORT: &str = "---\nkind: report\ntitle: 关于澄溪县河道采砂行刑衔接的调研报告\ndate: 2024-05-20\nunit: 澄溪县人民检察院\n---\n\n\
    ## 主要问题\n\n2021年以来，全县立案查处非法采砂行政案件一百二十六件，移送公安机关的只有九件，占百分之七点一。\n\n\
    水行政执法人员取证时未对砂石总量进行鉴定，案件移送后难以认定非法采矿的数额。\n\n## 对策建议\n\n\
    建议建立夜间联合巡查机制，由水行政主管部门与公安机关共享卡口数据，发现涉嫌犯罪的及时移送。\n";

/// Draft, kind of the citation, verdict on one of that kind.
const CITED: [(&str, &str, &str); 109] = [
    ("《采砂》第十条规定：“记录保存期限不少于五年”。", "quotation", "exact"),
    (
        "《采砂》第10条规定，“如实记录每日采砂数量和去向”。",
        "quotation",
        "exact",
    ),
    (
        "依据《采砂》（2021年）第七条的规定，“采砂许可应当通过招标方式公平竞争作出”。",
        "quotation",
        "exact",
    ),
    ("“每月至少组织二次夜间巡查”（《采砂》第十二条）。", "quotation", "exact"),
    ("“每月至少组织二次夜间巡查”——《采砂》第十二条", "quotation", "exact"),
    (
        "《采砂》第十二条要求\n\n> 县水行政主管部门应当会同公安机关建立联合巡查机制，每月至少组织二次夜间巡查。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第四条規定：「縣水行政主管部門負責河道採砂的統一管理和監督檢查」。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第六条规定：\"每年四月一日至七月三十一日为本县主要河道的禁采期\"。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第三条规定：“县人民政府应当加强对河道采砂管理工作的组织领导……乡镇人民政府应当协助做好”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第三条规定：“县人民政府应当加强......将所需经费列入本级财政预算”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》**第十条**规定：“记录保存期限**不少于**五年”。",
        "quotation",
        "exact",
    ),
    ("《报告》指出，“移送公安机关的只有九件”。", "quotation", "exact"),
    ("《报告》提出：「建议建立夜间联合巡查机制」。", "quotation", "exact"),
    ("检例第955号载明：“在白鹭湖架设捕网六张”。", "quotation", "exact"),
    (
        "正如有的同志所说，要“如实记录每日采砂数量和去向”。",
        "quotation",
        "exact",
    ),
    ("《采砂》第十条规定：“记录保存期限不少于三年”。", "quotation", "differs"),
    ("《采砂》第十条规定：“记录保存期限不超过五年”。", "quotation", "differs"),
    (
        "《采砂》第七条规定：“采砂许可可以通过招标方式公平竞争作出”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第七条规定：“采砂许可应当通过公开招标方式公平竞争作出”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第五条规定：“未编制采砂规划的河段可以许可采砂”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第六条规定：“禁采期内得从事任何采砂活动”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第十四条规定：“并处一万元以上十五万元以下的罚款”。",
        "quotation",
        "differs",
    ),
    (
        "《文身》第三条规定：“任何单位和个人不得向成年人提供文身服务”。",
        "quotation",
        "differs",
    ),
    (
        "《报告》指出，“移送公安机关的只有十九件，占百分之七点一”。",
        "quotation",
        "differs",
    ),
    (
        "检例第955号载明：“猎捕野生鸟类四十三只，其中国家一级保护动物三只”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第十三条规定：“水行政主管部门应当在三日内向公安机关移送案件，并抄送县人民法院”。",
        "quotation",
        "differs",
    ),
    (
        "有同志提出“采砂单位应当在作业现场设立公示牌，载明许可证编号、采砂范围、期限和举报电话”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第九条规定：“记录保存期限不少于五年”。",
        "quotation",
        "misplaced",
    ),
    (
        "《文身》第五条规定：“每年四月一日至七月三十一日为本县主要河道的禁采期”。",
        "quotation",
        "misplaced",
    ),
    (
        "《报告》指出，“每年四月一日至七月三十一日为本县主要河道的禁采期”。",
        "quotation",
        "misplaced",
    ),
    (
        "检例第955号指出，“移送公安机关的只有九件，占百分之七点一”。",
        "quotation",
        "misplaced",
    ),
    (
        "《采砂》第十三条规定：“并抄送县人民检察院……发现涉嫌犯罪的采砂行为”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第三条规定：“乡镇人民政府应当协助做好……将所需经费列入本级财政预算”。",
        "quotation",
        "differs",
    ),
    ("《采砂》第十八条", "article", "absent"),
    ("《采砂》第五条第三款", "article", "absent"),
    ("《采砂》第八条第四项", "article", "absent"),
    ("《采砂》第八条第（三）项", "article", "exact"),
    ("澄溪县河道采砂管理条例第14条第2款", "article", "exact"),
    ("《采砂》第一百条之一", "article", "absent"),
    ("依照《采砂》第三条、第五条和第九条。", "article", "exact"),
    ("依照《采砂》第十五条至第十九条。", "article", "absent"),
    ("依照《采砂》第三条第一、三款。", "article", "absent"),
    ("依照《采砂条例》（草案）第三十条。", "article", "unheld"),
    ("依照《湖泊保护条例》第三条。", "article", "unheld"),
    ("依照刑法第三百四十三条。", "article", "unheld"),
    (
        "《采砂》（以下简称《条例》）已施行。《条例》第二十条",
        "article",
        "absent",
    ),
    (
        "《采砂》（以下简称“采砂条例”）已施行。采砂条例第十七条",
        "article",
        "exact",
    ),
    ("《采砂》已施行。该条例第二十条", "article", "absent"),
    ("《采砂》和《文身》已施行。该办法第十三条", "article", "absent"),
    ("《澄溪县禁猎办法》第二条", "article", "outdated"),
    ("王某盗窃案（检例第955号）", "number", "misplaced"),
    ("检例第955号（王某等人盗窃案）", "number", "misplaced"),
    ("郑某、李某非法狩猎案（检例第955号）", "number", "exact"),
    ("《王某诈骗案》（检例第955号）", "number", "misplaced"),
    (
        "王某与李某民间借贷纠纷一案，（2023）澄0123刑初7号",
        "number",
        "misplaced",
    ),
    ("（2023）澄0123刑初8号", "number", "unheld"),
    ("检例第９５５号", "number", "exact"),
    ("检例955号", "number", "exact"),
    ("《关于澄溪县河道采砂行刑街接的调研报告》", "title", "differs"),
    ("《报告》", "title", "exact"),
    ("《关于澄溪县河道治理的调研报告》", "title", "unheld"),
    ("《澄溪县河道采砂管理条例（2021年）》", "title", "exact"),
    (
        "根据《采砂》第十四条第一款规定，未经许可采砂的，由县水行政主管部门责令停止违法行为，没收违法所得和作业工具，并处二万元以上五万元以下的罚款。",
        "quotation",
        "differs",
    ),
    (
        "根据《文身》第十一条的规定，经营者未建立登记台账的，责令限期改正，拒不改正的处五百元以上二千元以下的罚款。",
        "quotation",
        "exact",
    ),
    (
        "根据《文身》第三条规定，任何单位和个人不得向未成年人提供文身服务，可以胁迫、引诱、教唆未成年人文身。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第十四条规定：“没收违法所得和作业工具……吊销采砂许可证”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第十三条规定：“对参与采砂的渔民每人发放防汛补贴三百元”。",
        "quotation",
        "absent",
    ),
    (
        "《文身》规定：“文身师傅须年满三十五周岁并持有美术学位”。",
        "quotation",
        "absent",
    ),
    (
        "《采砂》第十条、第十一条规定：“记录保存期限不少于五年”“没有凭证的不得装载运输”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第十条和《文身》第四条分别规定：“记录保存期限不少于五年”“登记信息保存期限不少于二年”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第十条和《文身》第四条分别规定“记录保存期限不少于五年”和“登记信息保存期限不少于二年”。",
        "quotation",
        "exact",
    ),
    (
        "“记录保存期限不少于五年”，这是《采砂》第十条的规定。",
        "quotation",
        "exact",
    ),
    (
        "“记录保存期限不少于五年”是《采砂》第十条的明确要求，《文身》第四条的要求是“登记信息保存期限不少于二年”。",
        "quotation",
        "exact",
    ),
    ("《采砂》第 十 条规定：“记录保存期限不少于五年”。", "quotation", "exact"),
    ("《采砂》第１０条规定：“记录保存期限不少于五年”。", "quotation", "exact"),
    (
        "《澄溪縣河道採砂管理條例》第十條規定：“記錄保存期限不少於五年”。",
        "quotation",
        "exact",
    ),
    (
        "| 依据 | 原文 |\n| --- | --- |\n| 《采砂》第十条 | “记录保存期限不少于五年” |",
        "quotation",
        "exact",
    ),
    (
        "- 《采砂》第十条：“记录保存期限不少于五年”；\n- 《文身》第四条：“登记信息保存期限不少于二年”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第十条规定：“采砂单位应当‘如实记录’每日采砂数量和去向”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第十条规定采砂单位应当“如实记录每日采砂数量和去向”，“记录保存期限不少于五年”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》规定：“第十条 采砂单位应当如实记录每日采砂数量和去向，记录保存期限不少于五年。”",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第八条规定：“申请采砂的单位应当具备下列条件：（一）有符合规定的作业工具和技术人员；（二）有经过审查的采砂可行性论证报告”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第八条规定：“申请采砂的单位应当具备下列条件：……（三）近三年内没有非法采砂的行政处罚记录”。",
        "quotation",
        "exact",
    ),
    ("《采砂》\n第十条规定：“记录保存期限不少于五年”。", "quotation", "exact"),
    (
        "澄溪县河道采砂管理条例第十条：“记录保存期限不少于五年”",
        "quotation",
        "exact",
    ),
    (
        "依照《采砂》第三条第一款、第二款，第五条第二款处理。",
        "article",
        "exact",
    ),
    ("依照《采砂》第八条第（一）至（三）项处理。", "article", "exact"),
    ("依照《采砂》第八条第一项、第二项处理。", "article", "exact"),
    ("依照《采砂》第十四条第2款处理。", "article", "exact"),
    (
        "《澄溪县人民代表大会常务委员会关于河道采砂管理条例的决定》",
        "title",
        "unheld",
    ),
    ("检例第955号、第956号", "number", "exact"),
    ("最高检发布的检例第955号“郑某非法狩猎案”", "number", "exact"),
    ("郑某某非法狩猎案（检例第955号）", "number", "exact"),
    ("非法狩猎案（检例第955号）", "number", "exact"),
    ("第五十批指导性案例（检例第955号）", "number", "exact"),
    ("《郑某非法狩猎案》（检例第955号）", "number", "exact"),
    (
        "在“检察机关办理非法狩猎案件”专题中，参照检例第955号的做法。",
        "number",
        "exact",
    ),
    (
        "《采砂》第六条规定：“每年四月一日至七月三十日为本县主要河道的禁采期”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第六条规定：“每年4月1日至7月31日为本县主要河道的禁采期”。",
        "quotation",
        "exact",
    ),
    (
        "《采砂》第十条规定：“采砂单位如实记录每日采砂数量和去向”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第十六条规定：“国家工作人员在河道采砂管理中滥用职权、玩忽职守、徇私舞弊的，依法给予处分”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第四条规定：“县水行政主管部门负责河道采砂的统一管理，公安机关负责查处采砂活动中的治安案件”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第十四条第二款规定：“没收违法所得和作业工具，并处一万元以上五万元以下的罚款”。",
        "quotation",
        "misplaced",
    ),
    (
        "《采砂》第四条规定：“乡镇人民政府应当协助做好本辖区内的河道采砂管理工作”，《采砂》第三条也有规定。",
        "quotation",
        "misplaced",
    ),
    (
        "要做到“记录保存期限不少于五年”[^1]。\n\n[^1]: 《采砂》第九条。",
        "quotation",
        "misplaced",
    ),
    (
        "要做到“记录保存期限不少于六年”[^1]。\n\n[^1]: 《采砂》第十条。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》第十条规定：\n\n> 采砂单位应当如实记录每日采砂数量和去向，记录保存期限不少于三年。",
        "quotation",
        "differs",
    ),
    (
        "《文身》施行后，未成年人文身明显减少。该办法第三条规定：“任何单位和个人可以向未成年人提供文身服务”。",
        "quotation",
        "differs",
    ),
    (
        "《采砂》、《文身》已施行。前者第十条规定“记录保存期限不少于五年”。",
        "quotation",
        "exact",
    ),
];

/// Drafts in which nothing is accused.
const GUARDS: [&str; 25] = [
    "店主说：“小孩子来文身我们从来不问年龄，给钱就做。”",
    "要破解“重罚轻管”“以罚代管”的顽疾，做到“应移尽移、应接尽接”。",
    "所谓“一禁了之、一罚了事”的做法不可取。",
    "被告人辩称“那天夜里我只是路过河边，没有采砂”。",
    "《新华字典》解释为“河岸边水少沙多的地方就叫沙滩”。",
    "会议强调“抓好禁采、抓紧整治、抓实督导”三个环节。",
    "王某某的微信昵称为“河边那个卖砂石的老王头”。",
    "实践中有“以合同纠纷掩盖非法采砂”的现象，占百分之三。",
    "根据《采砂》规定，要严格执法，加强宣传，确保人人知晓、户户明白。",
    "《采砂》施行三年来，“四不两直”检查成为常态。",
    "依照本条例第九十条、本法第八百条处理。",
    "本报告第三条建议、第二十条线索已经落实。",
    "参照检例第12号、指导案例24号办理。",
    "该院发出澄检建〔2024〕3号检察建议。",
    "同法第十条",
    "县院依据《采砂》第十三条规定的移送时限，督促移送案件九件。",
    "《采砂》第十条规定的“记录保存期限”不明确。",
    "“河道采砂管理条例”第十条规定：“记录保存期限不少于五年”。",
    "有人认为《采砂》第十条“形同虚设、没有人真正去执行”。",
    "《采砂》第十条应当修改为：“记录保存期限不少于十年”。",
    "建议将《采砂》第十条修改为“采砂单位应当如实记录每日采砂数量和去向，记录保存期限不少于十年”。",
    "《采砂》没有规定“采砂船舶应当安装定位装置”。",
    "修订前的《采砂》第十条规定：“记录保存期限不少于三年”。",
    "网上流传的“《采砂》第十条规定记录保存二十年”是谣言。",
    "外省条例规定“采砂单位应当如实记录每日采砂数量，记录保存期限不少于十年”。",
];

fn library() -> Desk {
    let desk = Desk::of_documents();
    for (title, text) in LAWS {
        desk.write(&format!("法律法规/{title}.md"), text);
    }
    desk.write("法律法规/禁猎条例.md", RULES);
    desk.write("法律法规/禁猎办法.md", OLD);
    desk.write("案例/郑某案.md", CASE);
    desk.write("调研报告/采砂.md", REPORT);
    desk.expect(0, &["build", "-q"]);
    desk
}

fn whole(draft: &str) -> String {
    draft
        .replace("《采砂》", "《澄溪县河道采砂管理条例》")
        .replace("《文身》", "《澄溪县文身服务管理办法》")
        .replace("《报告》", "《关于澄溪县河道采砂行刑衔接的调研报告》")
}

#[test]
fn every_form_has_its_verdict() {
    let desk = library();
    let drafts: Vec<String> = CITED.iter().map(|(draft, ..)| whole(draft)).collect();
    let all = judged_all(&desk, &drafts);
    let mut wrong = Vec::new();
    for ((draft, kind, expected), told) in CITED.iter().zip(&all) {
        let mut verdicts = told
            .iter()
            .filter(|(known, ..)| known == kind)
            .map(|(.., verdict)| verdict.as_str());
        // What is right or can't be known is right throughout; a fault is one among others.
        let right = match *expected {
            "exact" | "unheld" => {
                verdicts.clone().next().is_some()
                    && verdicts.all(|it| it == *expected || it == "exact" || it == "unheld")
            }
            _ => verdicts.any(|it| it == *expected),
        };
        if !right {
            wrong.push(format!("{draft}: {kind} is not {expected} in {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_cites_nothing_or_proposes_is_not_accused() {
    let desk = library();
    let drafts: Vec<String> = GUARDS.iter().map(|draft| whole(draft)).collect();
    let all = judged_all(&desk, &drafts);
    let mut wrong = Vec::new();
    for (draft, told) in GUARDS.iter().zip(&all) {
        let accused = told
            .iter()
            .any(|(.., verdict)| verdict != "exact" && verdict != "unheld");
        if accused {
            wrong.push(format!("{draft}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
