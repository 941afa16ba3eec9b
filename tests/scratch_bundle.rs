use jianyan::index::document::*;
use std::time::Instant;
fn doc(path: &std::path::Path) -> IndexDocument {
    let text = std::fs::read_to_string(path).unwrap();
    let id = path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut parts = text.splitn(3, "---\n");
    parts.next();
    let front = parts.next().unwrap();
    let body = parts.next().unwrap();
    let mut d = IndexDocument {
        id: id.clone(),
        ..Default::default()
    };
    for line in front.lines() {
        if let Some(t) = line.strip_prefix("title: ") {
            d.title = t.trim_matches('"').to_owned();
        }
        if let Some(t) = line.strip_prefix("kind: ") {
            d.facets.kind = t.to_owned();
        }
        if let Some(t) = line.strip_prefix("tags: ") {
            d.facets.tag = serde_json::from_str(t).unwrap();
            d.facets.tag.sort();
            d.facets.tag.dedup();
        }
    }
    d.keywords = d.facets.tag.clone();
    let mut section = String::new();
    for line in body.lines().filter(|l| !l.trim().is_empty() && !l.starts_with("<!--")) {
        let t = line.trim_start_matches('#').trim();
        if line.starts_with('#') {
            section = t.to_owned();
            d.headings.push(section.clone());
        }
        d.blocks.push(Passage {
            section: section.clone(),
            anchor: format!("s{}", d.headings.len()),
            text: t.to_owned(),
        });
    }
    d.meta = Meta {
        id: id.clone(),
        title: d.title.clone(),
        kind: d.facets.kind.clone(),
        url: format!("d/{id}.html"),
        date: "2020-01-01".into(),
        ..Default::default()
    };
    d
}
#[test]
fn scratch() {
    let from = std::env::var("FROM").unwrap();
    let index = std::path::PathBuf::from(std::env::var("INDEX").unwrap());
    let out = std::path::PathBuf::from(std::env::var("OUT").unwrap());
    let t = Instant::now();
    if !index.exists() {
        std::fs::create_dir_all(&index).unwrap();
        let mut paths: Vec<_> = std::fs::read_dir(from).unwrap().map(|e| e.unwrap().path()).collect();
        paths.sort();
        let w = jianyan::index::write(&index, paths.iter().map(|p| doc(p)), &Default::default()).unwrap();
        eprintln!("{w:?} {:?}", t.elapsed());
    }
    let opened = jianyan::index::open(&index).unwrap();
    let t = Instant::now();
    let _ = std::fs::remove_dir_all(&out);
    std::fs::create_dir_all(&out).unwrap();
    let mut kinds: std::collections::BTreeMap<String, (usize, usize)> = Default::default();
    let total = jianyan::bundle::write(&opened, Default::default(), &mut |path, bytes| {
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".js");
        let kind = if name.contains('p') {
            "p"
        } else if name.contains('q') {
            "q"
        } else if name.contains('-') {
            "passage"
        } else if path.contains('/') {
            "block"
        } else if name == "current" {
            "current"
        } else {
            "single"
        };
        let e = kinds.entry(kind.to_owned()).or_default();
        e.0 += 1;
        e.1 += bytes.len();
        if std::env::var("DRY").is_err() {
            let p = out.join(path);
            std::fs::create_dir_all(p.parent().unwrap())?;
            std::fs::write(p, bytes)?;
        }
        Ok(())
    })
    .unwrap();
    eprintln!("{total:?} {:?} {kinds:?}", t.elapsed());
}
