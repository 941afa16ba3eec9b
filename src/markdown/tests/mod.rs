//! The promises of this module, one file each.

mod blocks;
mod corpus;
mod emphasis;
mod headings;
mod html;
mod laws;
mod nearly;
mod page;
mod safety;
mod specification;

use super::*;

/// Leads everything with 无 in its name nowhere and everything else one folder up.
struct Folder;

impl Resolve for Folder {
    fn resolve(&self, target: &str) -> Target {
        if target.contains('无') {
            Target::Nowhere
        } else {
            Target::Href(format!("../{target}"))
        }
    }
}

fn outcome(body: &str) -> Outcome {
    render("a.md", body, 0..body.len(), "标题", &Folder)
}

fn html(body: &str) -> String {
    outcome(body).0.html
}

/// HTML without line breaks and without ids, which other tests look at.
fn bare(body: &str) -> String {
    let html = html(body);
    let mut out = String::new();
    let mut rest = html.as_str();
    while let Some((before, after)) = rest.split_once(" id=\"") {
        out.push_str(before);
        rest = after.split_once('"').map_or("", |(_, rest)| rest);
    }
    (out + rest).replace('\n', "")
}

fn texts(body: &str) -> Vec<String> {
    outcome(body).0.blocks.into_iter().map(|block| block.text).collect()
}
