use super::*;

fn is_slip(name: &str, title: &str, is_law: bool) -> bool {
    let letters = |text: &str| title::key(text).chars().collect::<Vec<char>>();
    slip(&letters(name), &letters(title), is_law).is_some()
}

#[test]
fn only_a_slip_of_a_title_differs() {
    for (name, title, is_law, expected) in [
        ("关于河道采砂整治的调研报告", "关于河道采砂治理的调研报告", false, true),
        ("关于河道采砂治理的调查报告", "关于河道采砂治理的调研报告", false, true),
        ("关于河道采沙治理的调研报告", "关于河道采砂治理的调研报告", false, true),
        ("2023年河道采砂治理调研报告", "2024年河道采砂治理调研报告", false, false),
        ("关于山林防火治理的调研报告", "关于河道采砂治理的调研报告", false, false),
        (
            "关于审理民事案件若干问题的规定",
            "关于审理刑事案件若干问题的规定",
            true,
            false,
        ),
        ("关于办理盗窃案件的解释", "关于办理诈骗案件的解释", true, false),
        (
            "关于办理刑事案件若干问的规定",
            "关于办理刑事案件若干问题的规定",
            true,
            true,
        ),
    ] {
        assert_eq!(is_slip(name, title, is_law), expected, "{name}");
    }
}

#[test]
fn a_case_is_known_by_its_parties_and_what_it_is_about() {
    for (name, title, expected) in [
        ("周某非法采矿", "周某非法采矿案", true),
        ("周某采矿", "周某非法采矿案", true),
        ("周某", "周某非法采矿案", true),
        ("吴某股权代持纠纷", "周某非法采矿案", false),
        ("周某盗窃", "周某非法采矿案", false),
        ("李某非法采矿", "周某非法采矿案", false),
        ("于某虐待", "于某虐待案（检例第44号）", true),
        ("张某、李某聚众斗殴", "施某某等17人聚众斗殴案", false),
        ("钱某故意伤害", "朱凤山故意伤害（防卫过当）案", false),
    ] {
        assert_eq!(is_case_of(name, title), expected, "{name}");
    }
}
