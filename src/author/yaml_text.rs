//! Values as YAML text.

/// Words that other readers of YAML take for something else than a text.
const RESERVED: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];

/// A text as a scalar of one line that stands in a block and in `[…]` or `{…}` alike: as it is
/// where that is surely safe, otherwise in double quotes. A JSON string is a YAML string.
pub(crate) fn scalar(text: &str) -> String {
    let safe = |character: char| {
        character.is_alphanumeric() || " 《》〈〉“”‘’（）()〔〕【】、，。；？！—…·-_/.+%〇".contains(character)
    };
    let begins = |character: char| character.is_alphabetic() || "《“〔【（".contains(character);
    let plain = text.starts_with(begins)
        && text.chars().all(safe)
        && !text.ends_with(' ')
        && !RESERVED.contains(&text.to_lowercase().as_str());
    if plain {
        text.to_owned()
    } else {
        serde_json::Value::from(text).to_string()
    }
}

/// Texts as a list on one line.
pub(crate) fn flow<'a>(texts: impl IntoIterator<Item = &'a str>) -> String {
    let scalars: Vec<String> = texts.into_iter().map(scalar).collect();
    format!("[{}]", scalars.join(", "))
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn what_yaml_could_take_for_something_else_is_quoted() {
        for plain in [
            "关于文身的调研报告",
            "澄检建〔2022〕9号",
            "研究室档案 2022-研-031",
            "《办法》",
        ] {
            assert_eq!(scalar(plain), plain);
        }
        for (text, quoted) in [
            ("2024", "\"2024\""),
            ("a: b # c", "\"a: b # c\""),
            ("甲, 乙", "\"甲, 乙\""),
            ("他说\"好\"", "\"他说\\\"好\\\"\""),
            ("二\n行", "\"二\\n行\""),
            ("No", "\"No\""),
            ("- 一", "\"- 一\""),
            ("", "\"\""),
        ] {
            assert_eq!(scalar(text), quoted);
        }
    }

    #[test]
    fn every_scalar_reads_back_as_itself_in_block_and_flow() {
        for text in [
            "一",
            "{a}",
            "it's",
            "a:b",
            "# 号",
            "二\n行",
            "\u{7f}\u{85}\u{2028}",
            "*x",
            "&y",
            "\\",
            "~",
        ] {
            for yaml in [format!("k: {}\n", scalar(text)), format!("k: [{}]\n", scalar(text))] {
                let (node, problems) = crate::yaml::parse(&yaml, 0);
                assert!(problems.is_empty(), "{yaml}");
                assert_eq!(node.unwrap().to_plain_text(), format!("k: {text}"), "{yaml}");
            }
        }
    }
}
