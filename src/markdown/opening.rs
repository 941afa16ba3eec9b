//! The sentences that a body opens with.

/// Characters that are kept; pages cut them to what they have room for.
const KEPT: usize = 160;
/// Characters from which a block is taken for sentences.
const SENTENCE: usize = 18;

/// Headings whose text says in short what a case is about.
const DIGESTS: [&str; 5] = ["要旨", "案例要旨", "裁判要点", "裁判要旨", "执纪执法要点"];

/// The first block of sentences among the texts of blocks, or the one below a heading that promises a digest.
pub(super) fn of(texts: &[String]) -> Option<String> {
    let core = |text: &str| -> String {
        text.chars()
            .filter(|letter| !letter.is_whitespace() && !"【】".contains(*letter))
            .collect()
    };
    let is_digest = |text: &String| text.len() <= 60 && DIGESTS.contains(&core(text).as_str());
    let digest = texts.iter().position(is_digest).map_or(&[][..], |at| &texts[at + 1..]);
    let text = digest.iter().take(1).chain(texts).find(|text| is_prose(text))?;
    Some(
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(KEPT)
            .collect(),
    )
}

/// Whether a block holds sentences: an address, a date with who decided or a row of names is none.
fn is_prose(text: &str) -> bool {
    let text = text.trim();
    text.chars().nth(SENTENCE).is_some()
        && text.contains(['。', '；', '，'])
        && !text.contains("://")
        && !text.starts_with("关键词")
}

#[cfg(test)]
mod tests {
    use crate::markdown::scan;

    #[test]
    fn a_body_opens_with_its_first_sentences_or_its_digest() {
        for (body, expected) in [
            (
                "# 题\n\n2024年11月8日 某会议修订\n\n<!-- 不公开，谁也不该看见这一句话。 -->\n\n第一条 为了预防洗钱活动，维护金融秩序，制定本法。\n",
                Some("第一条 为了预防洗钱活动，维护金融秩序，制定本法。"),
            ),
            (
                "【基本案情】\n\n甲某于某日在某地实施盗窃，数额较大，后被抓获。\n\n【要 旨】\n\n对民间矛盾激化引发的侵害，可以进行正当防卫。\n",
                Some("对民间矛盾激化引发的侵害，可以进行正当防卫。"),
            ),
            ("# 题\n\n短。\n", None),
        ] {
            assert_eq!(scan(body).opening.as_deref(), expected, "{body}");
        }
    }
}
