//! The preview for the tests of a browser: the program on a corpus of its own, and what hands do in its forms.

use crate::driver::Tab;
use crate::served::Served;
use chromiumoxide::cdp::browser_protocol::dom::{GetDocumentParams, QuerySelectorParams, SetFileInputFilesParams};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program on a corpus of its own.
pub(crate) struct Preview {
    served: Served,
    /// `http://127.0.0.1:…/`.
    pub base: String,
    pub corpus: PathBuf,
    _root: tempfile::TempDir,
}

impl Preview {
    /// On an empty corpus.
    pub(crate) fn start() -> Self {
        Self::with(&[], &[])
    }

    /// On these documents, with further arguments.
    pub(crate) fn with(documents: &[(&str, &str)], arguments: &[&str]) -> Self {
        let root = tempfile::tempdir().unwrap();
        let corpus = root.path().join("语料 库");
        std::fs::create_dir_all(&corpus).unwrap();
        std::fs::write(corpus.join("jianyan.yaml"), "title: 某院检研\nunit: 某县人民检察院\n").unwrap();
        for (file, text) in documents {
            let path = corpus.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianyan"));
        command
            .args(["--now", "2026-11-20", "serve", "--corpus"])
            .arg(&corpus)
            .args(arguments);
        let served = Served::start(&mut command);
        Self {
            base: format!("http://{}/", served.address),
            served,
            corpus,
            _root: root,
        }
    }

    /// The address of a page of the desk, with the token.
    pub(crate) fn desk(&self, page: &str) -> String {
        let join = if page.contains('?') { '&' } else { '?' };
        format!("{}_/{page}{join}token={}", self.base, self.served.token)
    }

    /// The address that the terminal shows.
    pub(crate) fn home(&self) -> String {
        format!("{}?token={}", self.base, self.served.token)
    }

    pub(crate) fn documents(&self) -> Vec<String> {
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

pub(crate) async fn type_into(tab: &Tab, selector: &str, text: &str) {
    tab.click(selector).await;
    let clear = format!("(() => {{ document.querySelector({selector:?}).select(); return true }})()");
    tab.value::<bool>(&clear).await;
    tab.insert(text).await;
}

/// Follows the link of the bar; a page that reloads meanwhile is clicked again.
pub(crate) async fn open_form(tab: &Tab, action: &str) {
    tab.until(&format!(
        "(() => {{ const link = document.querySelector('.desk-bar a[href*=\"_/{action}\"][href*=token]'); \
         if (link && !window.followed) {{ window.followed = true; link.click(); }} \
         return document.querySelector('[data-desk-form={action}]') }})()"
    ))
    .await;
}

pub(crate) async fn choose(tab: &Tab, name: &str, value: &str) {
    let choose = format!(
        "(() => {{ const e = document.querySelector('select[name={name}]'); e.value = {value:?}; \
         e.dispatchEvent(new Event('change', {{ bubbles: true }})); return e.value === {value:?} }})()"
    );
    assert!(tab.value::<bool>(&choose).await, "{name} has {value}");
}

/// Chooses a file to be imported, as the browser's own dialog does.
pub(crate) async fn choose_file(tab: &Tab, file: &Path) {
    tab.until("document.querySelector('#desk-file')").await;
    let document = tab.page.execute(GetDocumentParams::default()).await.unwrap();
    let input = QuerySelectorParams::new(document.root.node_id, "#desk-file");
    let input = tab.page.execute(input).await.unwrap();
    let mut files = SetFileInputFilesParams::new(vec![file.display().to_string()]);
    files.node_id = Some(input.node_id);
    tab.page.execute(files).await.unwrap();
}

/// A Word file with a heading, a table and a footnote.
pub(crate) fn docx(path: &Path) {
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
