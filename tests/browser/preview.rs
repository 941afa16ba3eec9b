//! The preview in a real browser: a page that is open follows its file.

use crate::driver::Chromium;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// The program, ended when dropped.
struct Preview(Child);

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_in_the_preview_follows_its_file() {
    let corpus = tempfile::tempdir().unwrap();
    let text = "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n---\n\n两处采砂点。\n";
    std::fs::write(corpus.path().join("a.md"), text).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_jianyan"))
        .args(["serve", "--port", "0", "--corpus"])
        .arg(corpus.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let out = child.stdout.take().unwrap();
    let _preview = Preview(child);
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line).unwrap();
    let base = format!(
        "http://{}/",
        line.split("http://").nth(1).unwrap().split('/').next().unwrap()
    );

    let chromium = Chromium::start().await;
    let tab = chromium.open(&format!("{base}a.html")).await;
    tab.until("document.querySelector('article.body').textContent.includes('两处采砂点')")
        .await;
    std::fs::write(corpus.path().join("a.md"), text.replace("两处", "三处")).unwrap();
    tab.until("document.querySelector('article.body').textContent.includes('三处采砂点')")
        .await;
    tab.go(&format!("{base}index.html#q=%E9%87%87%E7%A0%82")).await;
    tab.until("document.querySelector('#results [data-id] mark')").await;
    tab.assert_quiet_within(&base);
    chromium.stop().await;
}
