//! What an archive holds beside the parts that its main part names.

use super::Package;

impl Package<'_> {
    /// The names of its parts of XML, in lower case and sorted; relationships are none.
    pub fn xml_parts(&self) -> Vec<String> {
        let parts = self.names().filter(|name| name.ends_with(".xml"));
        parts.map(str::to_owned).collect()
    }

    /// The names of the pictures and files in it that are not read.
    pub fn kept(&self) -> Vec<String> {
        let is_kept = |name: &&str| {
            let folder = ["/media/", "/embeddings/", "/activex/"]
                .iter()
                .any(|folder| name.contains(folder));
            let open = ["pictures/", "media/", "object "]
                .iter()
                .any(|start| name.starts_with(start));
            let program = name.ends_with("vbaproject.bin");
            (folder || open || program) && !name.ends_with('/') && !name.ends_with(".rels")
        };
        self.names().filter(is_kept).map(str::to_owned).collect()
    }
}
