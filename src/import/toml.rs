//! A head in TOML between lines of `+++`, as texts of some programs have it, as the front matter that says the same.

/// A text with its head in YAML. `None` where it has no such head, or one that holds more than keys and plain values.
pub(super) fn in_yaml(text: &str) -> Option<String> {
    let (fence, rest) = text.split_once('\n')?;
    let end = rest.lines().position(|line| line.trim_end() == "+++")?;
    if fence.trim_end() != "+++" {
        return None;
    }
    let pairs: Option<String> = rest.lines().take(end).map(pair).collect();
    let body: String = rest.split_inclusive('\n').skip(end + 1).collect();
    Some(format!("---\n{}---\n{body}", pairs?))
}

/// A line of the head.
fn pair(line: &str) -> Option<String> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Some(format!("{line}\n"));
    }
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim().trim_matches('"'), value.trim());
    let is_name = !key.is_empty() && !key.contains([' ', '.', '[', '"', ':']);
    let is_list = value.starts_with('[') && value.contains(']') && !value.contains('{');
    let is_long = value.starts_with("\"\"\"") || value.starts_with("'''");
    let is_plain = value.starts_with(|sign: char| sign.is_ascii_digit() || "\"'tf".contains(sign));
    (is_name && !is_long && (is_list || is_plain)).then(|| format!("{key}: {value}\n"))
}

#[cfg(test)]
mod tests {
    use super::in_yaml;

    #[test]
    fn a_head_of_plain_values_says_the_same_in_yaml() {
        let text = "+++\ntitle = \"关于甲的调研报告\" # 题\ndate = 2024-03-05\n\ntags = [\"甲\", '乙']\ndraft = true\n+++\n\n正文 = 一。\n";
        let yaml = "---\ntitle: \"关于甲的调研报告\" # 题\ndate: 2024-03-05\n\ntags: [\"甲\", '乙']\ndraft: true\n---\n\n正文 = 一。\n";
        assert_eq!(in_yaml(text).as_deref(), Some(yaml));
        for other in [
            "+++\n正文\n+++\n",
            "+++\n[甲]\nb = 1\n+++\n",
            "+++\na = 1\n",
            "一\n+++\n",
            "+++\na = \"\"\"\n+++\n",
        ] {
            assert_eq!(in_yaml(other), None, "{other}");
        }
    }
}
