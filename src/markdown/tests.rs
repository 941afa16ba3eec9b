use super::*;

struct Anything;

impl Resolve for Anything {
    fn resolve(&self, target: &str) -> Target {
        if target.contains("无") {
            Target::Nowhere
        } else {
            Target::Href(format!("../{target}"))
        }
    }
}

fn html(body: &str) -> String {
    render("a.md", body, 0..body.len(), "标题", &Anything).0.html
}

#[test]
fn look() {
    let body = "# 标题\n\n【关键词】\n\n一行\n二行 abc\ndef\n\n- a\n- b\n  - c\n\n> 引\n\n|x|y|\n|-|:-:|\n|1|2|\n|3|4|\n\n文[^1]字。[l](a.md) [d](无.md)\n\n![图](a.png)\n\n[^1]: 注。\n\n- [x] done\n- [ ] no\n\n```\na\n  b\n```\n";
    let (rendered, diagnostics) = render("a.md", body, 0..body.len(), "标题", &Anything);
    println!("{}\n{:#?}\n{:?}", rendered.html, rendered.blocks, diagnostics);
    assert!(!html(body).is_empty());
}
