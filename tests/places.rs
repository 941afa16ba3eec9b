//! The same corpus gives the same site, whatever machine wrote its files.

use crate::desk::Desk;
use crate::folder;
use std::path::Path;

#[test]
fn line_ends_of_windows_make_no_difference() {
    let desk = Desk::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (path, bytes) in folder::files(&sample) {
        let text = String::from_utf8(bytes).unwrap();
        desk.write(&format!("crlf/{path}"), text.replace('\n', "\r\n"));
        desk.write(&format!("corpus/{path}"), text);
    }
    let made = |corpus: &str| {
        let (site, index) = (format!("{corpus}-site"), format!("{corpus}-index"));
        desk.expect(0, &["--corpus", corpus, "--site", &site, "--index", &index, "build"]);
        let checked = desk.run(&["--corpus", corpus, "check", "--format", "json"]).stdout;
        (
            folder::without_state(&desk.path(&site)),
            String::from_utf8(checked).unwrap(),
        )
    };
    let (plain, crlf) = (made("corpus"), made("crlf"));
    assert!(plain.0.len() > 500);
    let differ = plain.0.iter().find(|(path, bytes)| crlf.0.get(*path) != Some(bytes));
    assert_eq!(differ.map(|(path, _)| path), None);
    assert_eq!((plain.0.len(), plain.1), (crlf.0.len(), crlf.1));
}
