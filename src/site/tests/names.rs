use super::*;
use proptest::prelude::*;

#[test]
fn a_safe_id_is_its_own_name() {
    for id in [
        "调研报告/R01-关于澄溪县未成年人文身情况的调研报告",
        "a",
        "a b/c.d",
        "案例/“引号”：全角？",
        "emoji 😀/x",
        "Con某/x",
    ] {
        assert_eq!(names(&[id]), [format!("{id}.html")]);
    }
}

#[test]
fn an_unsafe_id_is_cleaned_and_carries_a_hash() {
    let cases = [
        ("a?b", "a_b-"),
        ("a:b*c\"<>|\\", "a_b_c_____-"),
        ("con", "_con-"),
        ("x/NUL.tar", "x/_NUL.tar-"),
        ("COM1", "_COM1-"),
        ("lpt²", "_lpt²-"),
        ("dot./trail ", "dot/trail-"),
        ("a\u{7}b", "a_b-"),
        ("a\u{202e}b", "ab-"),
        ("\u{2066}a/\u{feff}b", "a/b-"),
        ("a\u{2028}b", "a_b-"),
        ("a\u{3000}", "a-"),
        ("CO\u{200b}N", "_CON-"),
        ("CLOCK$", "_CLOCK$-"),
        (".hidden", "_.hidden-"),
        ("", "_-"),
        ("a/../b", "a/_/b-"),
        ("a.html/b", "a.html_/b-"),
        ("search/x", "search_/x-"),
        ("ASSETS/x", "ASSETS_/x-"),
        ("index", "index-"),
        ("Index", "Index-"),
    ];
    for (id, start) in cases {
        let name = names(&[id]).remove(0);
        assert!(name.starts_with(start), "{id:?} gives {name:?}");
        assert_eq!(name.len(), start.len() + "12345678.html".len(), "{id:?} gives {name:?}");
    }
}

#[test]
fn own_names_are_free_below_a_folder() {
    assert_eq!(names(&["x/index", "x/search/y"]), ["x/index.html", "x/search/y.html"]);
}

#[test]
fn decomposed_letters_are_composed() {
    assert_eq!(names(&["cafe\u{301}"]), ["café.html"]);
}

#[test]
fn of_two_that_differ_in_case_the_later_gets_a_hash() {
    let both = names(&["note", "Note"]);
    assert_eq!(both[1], "Note.html");
    assert!(both[0].starts_with("note-"), "{both:?}");
    assert_eq!(names(&["note"]), ["note.html"]);
}

#[test]
fn long_paths_are_cut_and_stay_apart() {
    let (deep, long) = ("很长的目录/".repeat(40), "题".repeat(120));
    let ids = [format!("{deep}a"), format!("{deep}b"), long.clone() + "一", long + "二"];
    let found = names(&ids.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(found.iter().collect::<HashSet<_>>().len(), 4);
    for name in found {
        assert!(utf16(&name) < MAX_PATH, "{name}");
    }
}

#[test]
fn links_are_relative_and_encoded() {
    let cases = [
        ("index.html", "a/b.html", "a/b.html"),
        ("a/b.html", "index.html", "../index.html"),
        ("a/b.html", "a/c.html", "c.html"),
        ("a/b.html", "a/b.html", "b.html"),
        ("a/b/c.html", "a/d/e.html", "../d/e.html"),
        ("a/b.html", "a/b/c.html", "b/c.html"),
        ("a/b/c.html", "a/b.html", "../b.html"),
        (
            "x.html",
            "案例/一 二#.html",
            "%E6%A1%88%E4%BE%8B/%E4%B8%80%20%E4%BA%8C%23.html",
        ),
    ];
    for (from, to, link) in cases {
        assert_eq!(href(from, to), link, "from {from} to {to}");
    }
}

#[test]
fn an_attachment_is_called_what_it_is() {
    for (path, start, end) in [
        ("a.php.png", "a_php-", ".png"),
        ("a.asp;.png", "a_asp_-", ".png"),
        ("a.exe.png", "a_exe-", ".png"),
        ("a.exe .png", "a_exe-", ".png"),
        ("a\u{202e}gnp.png", "agnp-", ".png"),
        ("\u{2066}a.png", "a-", ".png"),
        ("\u{feff}a.png", "a-", ".png"),
        ("a\u{ad}b.png", "ab-", ".png"),
        ("a\u{2028}b.png", "a_b-", ".png"),
        ("a.png\u{3000}", "a-", ".png"),
        ("CLOCK$.png", "_CLOCK$-", ".png"),
        ("a%2fb.png", "a_2fb-", ".png"),
        ("a\u{202e}/b.png", "a/b-", ".png"),
    ] {
        let name = file_name(path);
        assert!(
            name.starts_with(start) && name.ends_with(end),
            "{path:?} gives {name:?}"
        );
        assert_eq!(name.len(), start.len() + 8 + end.len(), "{path:?} gives {name:?}");
    }
    for path in ["a.png", "关于2024.1.png", "a.b.c.docx", "☎.png"] {
        assert_eq!(file_name(path), path);
    }
}

proptest! {
    #[test]
    fn names_are_safe_and_unique(ids in proptest::collection::hash_set(r#"[aAbB一é./?:*con html 题"-]{0,24}|\PC{0,60}|(题目/){0,70}[xX]"#, 1..40)) {
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let found = names(&ids);
        let mut files = HashSet::new();
        for name in &found {
            prop_assert!(files.insert(folded(name)), "{name} twice");
            prop_assert!(utf16(name) < MAX_PATH);
            for segment in name.split('/') {
                prop_assert!(!segment.is_empty() && segment.len() <= MAX_NAME && !segment.ends_with(is_lost_at_the_end) && !segment.starts_with('.'));
                prop_assert!(!segment.chars().any(|c| c.is_control() || "\\:*?\"<>|".contains(c)));
                prop_assert!(!is_device(&segment.split('.').next().unwrap_or_default().trim_end().to_lowercase()));
            }
            prop_assert!(!is_own(name.split('/').next().unwrap_or_default()));
        }
        for name in &found {
            for (at, _) in name.match_indices('/') {
                prop_assert!(!files.contains(&folded(&name[..at])), "a folder of {name} is a file");
            }
        }
        let mut reversed: Vec<&str> = ids.clone();
        reversed.reverse();
        let mut again = names(&reversed);
        again.reverse();
        prop_assert_eq!(found, again, "the order of the ids matters");
    }
}
