//! Numbers and homes in lists, in groups and beside words that introduce others.

use super::*;

/// What the rules see in a text.
fn seen_in(text: &str) -> Vec<(&'static str, String)> {
    let all = privacy(&source(text), Visibility::Public).into_iter();
    all.map(|it| (it.code, text[it.span.unwrap_or(0..0)].to_owned()))
        .collect()
}

#[test]
fn each_of_several_values_is_found() {
    for (text, code, values) in [
        (
            "QQ123456789（张某）、987654321（李某）",
            "privacy-account",
            ["123456789", "987654321"],
        ),
        (
            "微信号abc12345（张某）、xyz98765（李某）",
            "privacy-account",
            ["abc12345", "xyz98765"],
        ),
        (
            "QQ：123456789或987654321",
            "privacy-account",
            ["123456789", "987654321"],
        ),
        (
            "QQ号码分别为123456789、987654321",
            "privacy-account",
            ["123456789", "987654321"],
        ),
        (
            "电话0571-88886666（办）、88887777（宅）",
            "privacy-landline",
            ["0571-88886666", "88887777"],
        ),
        (
            "电话0571-88886666转801、88887777转802",
            "privacy-landline",
            ["0571-88886666", "88887777"],
        ),
        (
            "邮箱zhangw#163.com，lisi#163.com",
            "privacy-email",
            ["zhangw#163.com", "lisi#163.com"],
        ),
        (
            "邮箱zhangw#example.cn、lisi (at) example.cn",
            "privacy-email",
            ["zhangw#example.cn", "lisi (at) example.cn"],
        ),
        (
            "住澄溪县青山镇河口村15号、澄溪县城关镇人民路20号。",
            "privacy-address",
            ["澄溪县青山镇河口村15号", "澄溪县城关镇人民路20号"],
        ),
        (
            "住澄溪县青山镇河口村15号。民警到河口村15号走访。",
            "privacy-address",
            ["澄溪县青山镇河口村15号", "河口村15号"],
        ),
        (
            "未成年被害人李某、王某分别就读于澄溪县实验小学、澄溪县第二小学。",
            "privacy-school",
            ["澄溪县实验小学", "澄溪县第二小学"],
        ),
        (
            "未成年被害人李某系澄溪县实验中学学生，澄溪县实验中学反映该生表现良好。",
            "privacy-school",
            ["澄溪县实验中学", "澄溪县实验中学"],
        ),
    ] {
        assert_eq!(seen_in(text), values.map(|it| (code, it.to_owned())), "{text}");
    }
}

#[test]
fn a_value_is_found_in_whatever_groups_it_is_written() {
    for (text, code) in [
        ("身份证号33018219850612002-X。", "privacy-id-number"),
        ("身份证号33018219850612002－Ｘ。", "privacy-id-number"),
        ("33018219850612002/X。", "privacy-id-number"),
        ("33018219850612002 . X。", "privacy-id-number"),
        ("62220212\n34567890128", "privacy-bank-card"),
        ("622202 1234567890128", "privacy-bank-card"),
        ("工资卡4367421234567896", "privacy-bank-card"),
        ("存折4367421234567896", "privacy-bank-card"),
        ("QQ 123 456 789", "privacy-account"),
        ("QQ邮箱：123456789", "privacy-account"),
        ("微信／QQ：abc12345", "privacy-account"),
        (
            "| 138 | 0013 | 8000 |\n| --- | --- | --- |\n| 甲 | 乙 | 丙 |",
            "privacy-mobile",
        ),
        ("| 0571 | 88886666 |\n| --- | --- |\n| 甲 | 乙 |", "privacy-landline"),
        ("电话0571-12345678", "privacy-landline"),
        ("电话010-12345678", "privacy-landline"),
        ("浙a12345", "privacy-plate"),
        ("浙A 1234 警", "privacy-plate"),
        ("浙A临12345", "privacy-plate"),
        ("住澄溪县青山镇河口村15 号。", "privacy-address"),
        ("住澄溪县青山镇 河口村 15 号。", "privacy-address"),
        ("住浙江省 杭州市 西湖区 文三路 123 号。", "privacy-address"),
        ("居所：澄溪县青山镇河口村15号。", "privacy-address"),
    ] {
        let codes: Vec<_> = seen_in(text).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, [code], "{text}");
    }
}

#[test]
fn a_day_or_figure_beside_a_word_for_telephone_is_none() {
    for text in [
        "| 日期 | 方式 |\n| --- | --- |\n| 2024-04-01 | 电话 |",
        "| 日期 | 方式 |\n| --- | --- |\n| 2024/4/1 | QQ |",
        "| 日期 | 方式 |\n| --- | --- |\n| 20240401 | 传真 |",
        "---\nfollowups:\n  - {date: 2024-04-01, note: 电话跟进}\n---\n\n正文\n",
        "---\nfollowups:\n  - {date: 2024-04-01, note: QQ}\n---\n\n正文\n",
        "---\nfollowups:\n  - {amount: 2345678, note: 电话跟进}\n---\n\n正文\n",
        "---\nescalations:\n  - {date: 2024.04.01, step: 电话督促}\n---\n\n正文\n",
        "| 编号 | 方式 |\n| --- | --- |\n| 2345678 | 电话 |",
        "| 涉案金额（元） | 方式 |\n| --- | --- |\n| 2345678 | 电话诈骗 |",
        "电话诈骗：\n\n23456789\n",
        "| 2020 | 2021 | 2022 |\n| --- | --- | --- |\n| 138 | 1013 | 8000 |",
        "| 138 | 2013 | 8000 |\n| --- | --- | --- |\n| 甲 | 乙 | 丙 |",
        "甲单位住所地15 号楼，共20 户。",
        "皖a计划12345",
    ] {
        assert_eq!(seen_in(text), [], "{text}");
    }
}

#[test]
fn comments_below_each_other_allow_what_follows_them() {
    let text = "<!-- jianyan: allow privacy-landline 值班 -->\n<!-- jianyan: allow privacy-email 公开邮箱 -->\n电话0571-88886666，邮箱office@example.cn\n";
    assert_eq!(seen_in(text), []);
    let text = "<!-- jianyan: allow privacy-landline 值班 -->\n甲\n<!-- jianyan: allow privacy-email 公开邮箱 -->\n电话0571-88886666，邮箱office@example.cn\n";
    assert_eq!(seen_in(text), [("privacy-landline", "0571-88886666".to_owned())]);
}
