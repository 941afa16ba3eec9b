use super::*;
use proptest::prelude::*;

/// The definition, character by character, without short paths.
fn by_the_book(text: &str) -> String {
    normalize_with_sigma(text)
}

#[test]
fn the_ways_of_writing_one_thing_are_one() {
    let cases = [
        ("刑法第２６４条", "刑法第264条"),
        ("公益訴訟", "公益诉讼"),
        ("於西元２００１年", "于西元2001年"),
        ("ＷＴＯ规则", "wto规则"),
        ("中\u{3000}国", "中 国"),
        ("刑\u{200B}法", "刑法"),
        ("刑\u{200E}\u{202A}\u{2066}\u{3164}\u{E0041}法", "刑法"),
        ("⺠事⻋辆⻓期⻛险⼈", "民事车辆长期风险人"),
        ("⻑⻱", "长龟"),
        ("e\u{301}tude", "étude"),
        ("e\u{200B}\u{301}tude", "étude"),
        ("か\u{200B}゙", "が"),
        ("ﾃﾞｰﾀ", "データ"),
        ("straße İ", "straße i\u{307}"),
        ("ΣΑΣ社", "σας社"),
        ("a'Σ", "a'ς"),
        ("…①㎡", "...1m2"),
        ("葛\u{E0100}城", "葛城"),
    ];
    for (raw, normal) in cases {
        assert_eq!(normalize(raw), normal, "{raw}");
    }
}

#[test]
fn ranges_lead_back_to_the_raw_text() {
    let raw = "依\u{200B}法：①甲ﾃﾞ乙";
    let mapped = normalize_mapped(raw);
    assert_eq!(mapped.text, "依法:1甲デ乙");
    assert_eq!(&raw[mapped.raw_range(0, 2)], "依\u{200B}法");
    assert_eq!(&raw[mapped.raw_range(3, 4)], "①");
    assert_eq!(&raw[mapped.raw_range(5, 6)], "ﾃﾞ");
    assert_eq!(&raw[mapped.raw_range(6, 7)], "乙");
    assert_eq!(mapped.raw_range(2, 2).len(), 0);
}

#[test]
fn a_character_of_several_is_marked_whole() {
    let raw = "约㎡的";
    let mapped = normalize_mapped(raw);
    assert_eq!(mapped.text, "约m2的");
    assert_eq!(&raw[mapped.raw_range(1, 2)], "㎡");
    assert_eq!(&raw[mapped.raw_range(2, 3)], "㎡");
}

/// Texts that mix what the short path knows with what it has to leave alone.
fn mixed() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("訴".to_owned()),
        Just("，".to_owned()),
        Just("Ａ".to_owned()),
        Just("e".to_owned()),
        Just("\u{301}".to_owned()),
        Just("\u{3099}".to_owned()),
        Just("か".to_owned()),
        Just("ﾞ".to_owned()),
        Just("\u{200D}".to_owned()),
        Just("\u{FE0F}".to_owned()),
        Just("Σ".to_owned()),
        Just("한".to_owned()),
        Just("\u{1100}".to_owned()),
        Just("\u{1161}".to_owned()),
        Just("\u{11A8}".to_owned()),
        Just("…".to_owned()),
        Just("\u{302A}".to_owned()),
        Just("𠮷".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn the_short_path_gives_the_same(text in mixed()) {
        prop_assert_eq!(normalize(&text), by_the_book(&text));
    }

    #[test]
    fn the_map_covers_the_text_in_order(text in mixed()) {
        let mapped = normalize_mapped(&text);
        prop_assert_eq!(&mapped.text, &by_the_book(&text));
        prop_assert_eq!(mapped.starts.len(), mapped.text.chars().count());
        prop_assert!(mapped.starts.is_sorted());
        for at in 0..mapped.starts.len() {
            prop_assert!(text.get(mapped.raw_range(at, at + 1)).is_some_and(|raw| !raw.is_empty()));
        }
    }
}
