//! The forms of the preview in a real browser: a report from an empty form and from a Word file, an
//! adoption, and the search that finds both.

use crate::driver::{Chromium, Tab};
use chromiumoxide::cdp::browser_protocol::dom::{GetDocumentParams, QuerySelectorParams, SetFileInputFilesParams};
use chromiumoxide::cdp::browser_protocol::page::{EventJavascriptDialogOpening, HandleJavaScriptDialogParams};
use futures::StreamExt;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// The program on a corpus of its own, ended when dropped.
struct Preview {
    child: Child,
    /// `http://127.0.0.1:…/`.
    base: String,
    token: String,
    corpus: PathBuf,
    _root: tempfile::TempDir,
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Preview {
    fn start() -> Self {
        let root = tempfile::tempdir().unwrap();
        let corpus = root.path().join("语料 库");
        std::fs::create_dir_all(&corpus).unwrap();
        std::fs::write(corpus.join("jianyan.yaml"), "title: 某院检研\nunit: 某县人民检察院\n").unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_jianyan"))
            .args(["--now", "2026-11-20", "serve", "--port", "0", "--corpus"])
            .arg(&corpus)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.split("http://").nth(1).unwrap();
        let (host, rest) = address.split_once("/?token=").unwrap();
        Self {
            child,
            base: format!("http://{host}/"),
            token: rest.chars().take_while(char::is_ascii_hexdigit).collect(),
            corpus,
            _root: root,
        }
    }

    fn documents(&self) -> Vec<String> {
        let files = walkdir::WalkDir::new(&self.corpus)
            .sort_by_file_name()
            .into_iter()
            .flatten();
        files
            .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md"))
            .map(|entry| entry.path().strip_prefix(&self.corpus).unwrap().display().to_string())
            .collect()
    }
}

async fn type_into(tab: &Tab, selector: &str, text: &str) {
    tab.click(selector).await;
    let clear = format!("(() => {{ document.querySelector({selector:?}).select(); return true }})()");
    tab.value::<bool>(&clear).await;
    tab.insert(text).await;
}

/// Follows the link of the bar; a page that reloads meanwhile is clicked again.
async fn open_form(tab: &Tab, action: &str) {
    tab.until(&format!(
        "(() => {{ const link = document.querySelector('.desk-bar a[href*=\"_/{action}\"][href*=token]'); \
         if (link && !window.followed) {{ window.followed = true; link.click(); }} \
         return document.querySelector('[data-desk-form={action}]') }})()"
    ))
    .await;
}

async fn choose(tab: &Tab, name: &str, value: &str) {
    let choose = format!(
        "(() => {{ const e = document.querySelector('select[name={name}]'); e.value = {value:?}; \
         e.dispatchEvent(new Event('change', {{ bubbles: true }})); return e.value === {value:?} }})()"
    );
    assert!(tab.value::<bool>(&choose).await, "{name} has {value}");
}

/// The first result of a search in the preview.
async fn finds(tab: &Tab, preview: &Preview, query: &str, title: &str) {
    let query: String = percent_encoding::utf8_percent_encode(query, percent_encoding::NON_ALPHANUMERIC).to_string();
    tab.go("about:blank").await;
    tab.go(&format!("{}index.html#q={query}", preview.base)).await;
    tab.until(&format!(
        "(document.querySelector('#results [data-tier=strict]') || {{textContent: ''}}).textContent.includes({title:?})"
    ))
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_from_an_empty_form_to_its_adoption() {
    let preview = Preview::start();
    let chromium = Chromium::start().await;
    // The address that the terminal shows gives every page its way to the desk.
    let tab = chromium
        .open(&format!("{}?token={}", preview.base, preview.token))
        .await;
    let address: String = tab.value("location.href").await;
    assert!(
        !address.contains("token"),
        "the token doesn't stay in the address: {address}"
    );
    open_form(&tab, "new").await;

    type_into(&tab, "[name=title]", "关于河道采砂治理的调研报告").await;
    type_into(&tab, "[name=date]", "三月").await;
    type_into(&tab, "[name=summary]", "查明采砂点的分布和成因。").await;
    type_into(&tab, "[name=body]", "## 一、基本情况\n\n走访了沿岸的青石滩。").await;
    tab.until("document.querySelector('[data-desk-view]').textContent.includes('青石滩')")
        .await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('[name=date][aria-invalid=true]')")
        .await;
    // The field to mend has the focus.
    tab.until("document.activeElement.name === 'date'").await;
    let told: String = tab
        .value("document.querySelector('[data-field=date] .problem').textContent")
        .await;
    assert!(told.contains("不是日期"), "{told}");
    assert!(preview.documents().is_empty());

    type_into(&tab, "[name=date]", "2026年3月5日").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('article.body') && !document.querySelector('[data-desk-form]')")
        .await;
    assert_eq!(
        preview.documents(),
        ["调研报告/2026-03-05-关于河道采砂治理的调研报告.md"]
    );

    open_form(&tab, "adopt").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelectorAll('[aria-invalid=true]').length === 4")
        .await;
    type_into(&tab, "[name=date]", "2026-05-06").await;
    choose(&tab, "form", "decision").await;
    choose(&tab, "level", "county").await;
    type_into(&tab, "[name=authority]", "某县水务联席会议").await;
    choose(&tab, "effect", "issued").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('.badge.adopted')").await;

    finds(&tab, &preview, "青石滩", "关于河道采砂治理的调研报告").await;
    finds(&tab, &preview, "水务联席会议", "关于河道采砂治理的调研报告").await;
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_word_file_becomes_a_report() {
    let preview = Preview::start();
    let word = preview.corpus.with_file_name("调研稿.docx");
    docx(&word);
    let chromium = Chromium::start().await;
    let tab = chromium
        .open(&format!("{}_/new?token={}", preview.base, preview.token))
        .await;
    tab.until("document.querySelector('#desk-file')").await;
    let root = tab
        .page
        .execute(GetDocumentParams::default())
        .await
        .unwrap()
        .root
        .node_id;
    let node = tab
        .page
        .execute(QuerySelectorParams::new(root, "#desk-file"))
        .await
        .unwrap()
        .node_id;
    let mut files = SetFileInputFilesParams::new(vec![word.display().to_string()]);
    files.node_id = Some(node);
    tab.page.execute(files).await.unwrap();
    tab.until("document.querySelector('[name=title]').value.includes('快递')")
        .await;
    tab.until("document.querySelector('[data-desk-view] td')").await;
    tab.until("document.querySelector('[data-field=title] .guessed')").await;
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('article.body td') && !document.querySelector('[data-desk-form]')")
        .await;
    let text = std::fs::read_to_string(preview.corpus.join(&preview.documents()[0])).unwrap();
    assert!(
        text.contains("[^") && text.contains("邮政管理局"),
        "the note came along: {text}"
    );
    finds(&tab, &preview, "三十二个网点", "快递").await;
    tab.assert_quiet_within(&preview.base);
    chromium.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_is_not_lost_and_a_change_elsewhere_is_told() {
    let preview = Preview::start();
    let path = preview.corpus.join("a.md");
    let text = "---\nkind: report\ntitle: 河道\ndate: 2024-03-05\nunit: 某院\nsummary: 摘要。\n---\n\n两处采砂点。\n";
    std::fs::write(&path, text).unwrap();
    let chromium = Chromium::start().await;
    let tab = chromium.open("about:blank").await;
    let mut dialogs = tab.page.event_listener::<EventJavascriptDialogOpening>().await.unwrap();
    let page = tab.page.clone();
    tokio::spawn(async move {
        while dialogs.next().await.is_some() {
            let _ = page.execute(HandleJavaScriptDialogParams::new(true)).await;
        }
    });
    let edit = format!("{}_/edit?file=a.md&token={}", preview.base, preview.token);
    loop {
        tab.go(&edit).await;
        if tab
            .value("Boolean(document.querySelector('[data-desk-form=edit]'))")
            .await
        {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    type_into(&tab, "[name=body]", "\n我写的。\n").await;
    std::fs::write(&path, text.replace("两处", "三处")).unwrap();
    tab.click("[type=submit].primary").await;
    tab.until("document.querySelector('[data-desk-alert]').textContent.includes('已被改动')")
        .await;
    let typed: String = tab.value("document.querySelector('[name=body]').value").await;
    assert!(typed.contains("我写的"), "{typed}");
    assert!(std::fs::read_to_string(&path).unwrap().contains("三处"));
    chromium.stop().await;
}

/// A Word file with a heading, a table and a footnote.
fn docx(path: &Path) {
    const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    let paragraph = |text: &str| format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>");
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let row = |cells: [&str; 2]| format!("<w:tr>{}{}</w:tr>", cell(cells[0]), cell(cells[1]));
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document {W}><w:body>{}{}{}<w:p><w:r><w:t>走访了三十二个网点</w:t></w:r>\
         <w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p><w:tbl>{}{}</w:tbl>{}</w:body></w:document>",
        paragraph("关于快递实名收寄情况的调研报告"),
        paragraph("某县人民检察院"),
        paragraph("一、基本情况"),
        row(["乡镇", "网点"]),
        row(["东乡", "12"]),
        paragraph("2026年4月8日")
    );
    let notes = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:footnotes {W}><w:footnote w:id=\"2\">{}</w:footnote></w:footnotes>",
        paragraph("数据来自邮政管理局。")
    );
    let relations = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let own = "<?xml version=\"1.0\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
        <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/></Relationships>";
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, text) in [
        ("_rels/.rels", relations),
        ("word/_rels/document.xml.rels", own),
        ("word/document.xml", &document),
        ("word/footnotes.xml", &notes),
    ] {
        archive
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap();
}
