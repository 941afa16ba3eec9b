//! 文件夹类别: the kinds that the site file gives to folders.

use super::Kind;

/// Folders with their kinds. A folder is named by its path below the corpus or by the last part of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folders(Vec<(String, Kind)>);

impl Folders {
    /// A map of folders; slashes around a name (`/甲/`) are dropped.
    pub fn new(folders: impl IntoIterator<Item = (String, Kind)>) -> Self {
        let plain = |(name, kind): (String, Kind)| (name.replace('\\', "/").trim_matches('/').to_owned(), kind);
        Self(
            folders
                .into_iter()
                .map(plain)
                .filter(|(name, _)| !name.is_empty())
                .collect(),
        )
    }

    /// The kind of a document by its id: that of the longest folder that it lies in.
    pub(super) fn of(&self, id: &str) -> Option<Kind> {
        let (folders, _) = id.rsplit_once('/')?;
        let folders = format!("/{folders}/");
        let within = self.0.iter().filter(|(name, _)| folders.contains(&format!("/{name}/")));
        within.max_by_key(|(name, _)| name.len()).map(|&(_, kind)| kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_folder_that_holds_a_document_tells() {
        let folders = Folders::new([
            ("判例".to_owned(), Kind::Case),
            ("判例/规则/".to_owned(), Kind::Law),
            (String::new(), Kind::Topic),
        ]);
        for (id, kind) in [
            ("判例/甲", Some(Kind::Case)),
            ("本院/判例/甲", Some(Kind::Case)),
            ("判例/规则/甲", Some(Kind::Law)),
            ("判例集/甲", None),
            ("判例", None),
        ] {
            assert_eq!(folders.of(id), kind, "{id}");
        }
    }
}
