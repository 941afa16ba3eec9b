//! The preview for the tests of a browser: the program on a corpus of its own, and what hands do in its forms.

use crate::driver::Tab;
use crate::served::Served;
use std::path::PathBuf;
use std::process::Command;

/// The program on a corpus of its own.
pub struct Preview {
    served: Served,
    /// `http://127.0.0.1:…/`.
    pub base: String,
    pub corpus: PathBuf,
    _root: tempfile::TempDir,
}

impl Preview {
    /// On an empty corpus.
    pub fn start() -> Self {
        Self::with(&[], &[])
    }

    /// On these documents, with further arguments.
    pub fn with(documents: &[(&str, &str)], arguments: &[&str]) -> Self {
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
    pub fn desk(&self, page: &str) -> String {
        let join = if page.contains('?') { '&' } else { '?' };
        format!("{}_/{page}{join}token={}", self.base, self.served.token)
    }

    /// The address that the terminal shows.
    pub fn home(&self) -> String {
        format!("{}?token={}", self.base, self.served.token)
    }

    pub fn documents(&self) -> Vec<String> {
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

pub async fn type_into(tab: &Tab, selector: &str, text: &str) {
    tab.click(selector).await;
    let clear = format!("(() => {{ document.querySelector({selector:?}).select(); return true }})()");
    tab.value::<bool>(&clear).await;
    tab.insert(text).await;
}

/// Follows the link of the bar; a page that reloads meanwhile is clicked again.
pub async fn open_form(tab: &Tab, action: &str) {
    tab.until(&format!(
        "(() => {{ const link = document.querySelector('.desk-bar a[href*=\"_/{action}\"][href*=token]'); \
         if (link && !window.followed) {{ window.followed = true; link.click(); }} \
         return document.querySelector('[data-desk-form={action}]') }})()"
    ))
    .await;
}

pub async fn choose(tab: &Tab, name: &str, value: &str) {
    let choose = format!(
        "(() => {{ const e = document.querySelector('select[name={name}]'); e.value = {value:?}; \
         e.dispatchEvent(new Event('change', {{ bubbles: true }})); return e.value === {value:?} }})()"
    );
    assert!(tab.value::<bool>(&choose).await, "{name} has {value}");
}
