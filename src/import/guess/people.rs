//! Names of people in the head of a document.

/// The most frequent surnames, which nine of ten people have; a line of names is known by them.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈\
姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";

/// The names in a text. A name set wide (张　伟) is one.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    for part in text.split(['、', '，', ',', '；', ';', '/']) {
        let part = without_brackets(part);
        let mut wide = String::new();
        for word in part.split_whitespace() {
            if is_single(word) {
                wide += word;
                if wide.chars().count() == 2 {
                    all.push(std::mem::take(&mut wide));
                }
                continue;
            }
            all.push(std::mem::take(&mut wide) + word);
        }
        all.push(wide);
    }
    all.retain(|name| (2..=20).contains(&name.chars().count()));
    all
}

/// Whether a line is names of people and nothing else.
pub(super) fn are_names(text: &str) -> bool {
    let names = names(text);
    let is_name = |name: &String| {
        let length = name.chars().count();
        let han = name
            .chars()
            .all(|character| ('\u{4E00}'..='\u{9FFF}').contains(&character));
        // 高检院 is an office.
        let office = length == 3 && name.ends_with(['院', '局', '厅']);
        (2..=3).contains(&length) && han && !office && name.starts_with(|first| SURNAMES.contains(first))
    };
    !names.is_empty() && names.len() <= 8 && names.iter().all(is_name)
}

fn is_single(word: &str) -> bool {
    let mut characters = word.chars();
    let han = characters
        .next()
        .is_some_and(|first| ('\u{4E00}'..='\u{9FFF}').contains(&first));
    han && characters.next().is_none()
}

/// 张伟（第一检察部） is 张伟.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let outside = |character: &char| match character {
        '（' | '(' => {
            depth += 1;
            false
        }
        '）' | ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(outside).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_set_wide_are_one() {
        for (text, expected) in [
            ("张　伟　李小明", &["张伟", "李小明"][..]),
            ("张伟、李 娜，王小明", &["张伟", "李娜", "王小明"]),
            ("张伟（第一检察部） 李娜*", &["张伟", "李娜*"]),
            ("买买提·艾力", &["买买提·艾力"]),
            ("张 伟 李 娜", &["张伟", "李娜"]),
        ] {
            assert_eq!(names(text), expected, "{text}");
        }
        assert!(are_names("张　伟　李小明") && are_names("王五"));
        assert!(!are_names("高检院") && !are_names("高空抛物") && !are_names("关于采砂") && !are_names("调研报告"));
    }
}
