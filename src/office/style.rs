//! What the name of a style says, in the languages in which our users' Word and WPS have it.

/// What a style is for, by its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Level of a heading, from 1.
    pub heading: Option<u8>,
    pub title: bool,
    /// A line of a table of contents.
    pub contents: bool,
    pub quotation: bool,
}

/// What a name says.
pub(super) fn named(name: &str) -> Named {
    let name = name.trim().to_lowercase();
    let digit = |rest: &str| rest.trim().parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    let after = |prefix: &str| name.strip_prefix(prefix).and_then(digit);
    Named {
        heading: after("heading").or_else(|| after("标题")),
        title: matches!(name.as_str(), "title" | "标题" | "公文标题" | "文件标题"),
        contents: after("toc").is_some() || after("目录").is_some() || name == "toc heading",
        quotation: matches!(
            name.as_str(),
            "quote" | "intense quote" | "引用" | "明显引用" | "quotations" | "block text"
        ),
    }
}
