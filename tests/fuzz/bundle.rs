//! Damaged files of the search bundle, given to the client's own scripts.

use crate::engine::{Client, Files, Taken};
use crate::payload::{pack, unpack};
use jianyan::bundle::{self, Layout};
use jianyan::index::document::{IndexDocument, Meta, Passage};
use jianyan::index::{self, IndexSettings};
use std::rc::Rc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

/// Documents of the bundle that is damaged.
const DOCUMENTS: usize = 12;
/// What is asked of it.
const QUERIES: [&str; 5] = ["河道治理", "“采砂”", "第264条 -旧", "無", "治理 OR 采砂 year:2021.."];
/// How often the engine looks around before a search counts as endless; an undamaged one takes some dozens.
const PATIENCE: usize = 4_000;
/// Bytes of memory of the engine.
const MEMORY: usize = 256 << 20;

/// The files of a small bundle, in small blocks, so that there are many kinds of file.
fn whole() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let documents = (0..DOCUMENTS).map(|number| {
            let title = format!("第{number}号河道治理调研");
            let passage = |text: String| Passage {
                section: "一、基本情况".to_owned(),
                anchor: "s1".to_owned(),
                text,
            };
            IndexDocument {
                id: format!("报告/{number:02}"),
                blocks: vec![
                    passage(format!("河道采砂治理的第{number}次走访，依照刑法第264条。")),
                    passage("旧的做法是各管一段，治理难。".repeat(number)),
                ],
                keywords: vec!["河道".to_owned()],
                meta: Meta {
                    id: format!("报告/{number:02}"),
                    title: title.clone(),
                    kind: "report".to_owned(),
                    ..Meta::default()
                },
                title,
                ..IndexDocument::default()
            }
        });
        let folder = tempfile::tempdir().unwrap();
        index::write(folder.path(), documents, &IndexSettings::default()).unwrap();
        let taken = Taken::default();
        bundle::write(&index::open(folder.path()).unwrap(), Layout::default(), &taken).unwrap();
        taken.into_parts().0
    })
}

/// The files with one of them damaged. The first byte says which, the second what is asked and whether the script
/// itself is damaged or what it holds; every three bytes after that are a place and what is done there.
fn damaged(data: &[u8]) -> Files {
    let mut files = whole().clone();
    let [file, how, edits @ ..] = data else { return files };
    let Some(bytes) = files.values_mut().nth(usize::from(*file) % whole().len()) else {
        return files;
    };
    let inside = how & 1 == 0;
    let mut content = if inside {
        unpack(bytes).expect("it was whole")
    } else {
        bytes.clone()
    };
    for edit in edits.chunks_exact(3).take(40) {
        let place = usize::from(edit[0]) << 4 | usize::from(edit[1] >> 4);
        let at = place % content.len().max(1);
        match edit[1] & 7 {
            0 => drop(content.drain(at..)),
            1 => drop(content.drain(at..(at + usize::from(edit[2])).min(content.len()))),
            2 => content.insert(at, edit[2]),
            3 => content.extend(std::iter::repeat_n(edit[2], place)),
            4 if at < content.len() => content[at] ^= 1 << (edit[2] & 7),
            _ if at < content.len() => content[at] = edit[2],
            _ => {}
        }
    }
    *bytes = if inside { pack(&content) } else { content };
    files
}

/// However a file is damaged, a search ends, and with an answer that can be shown or an error that can be told.
pub(crate) fn bundle(data: &[u8]) {
    let client = Client::new(Rc::new(damaged(data)));
    let looks = Arc::new(AtomicUsize::new(0));
    let runtime = client.context.runtime();
    runtime.set_memory_limit(MEMORY);
    runtime.set_interrupt_handler(Some(Box::new({
        let looks = Arc::clone(&looks);
        move || looks.fetch_add(1, Ordering::Relaxed) > PATIENCE
    })));
    // Twice: what the first search has left behind must not stop the second.
    let query = QUERIES[data.get(1).map_or(0, |how| usize::from(how >> 1)) % QUERIES.len()];
    for query in [query, QUERIES[0]] {
        looks.store(0, Ordering::Relaxed);
        let answer = client.ask(query, 10);
        assert!(looks.load(Ordering::Relaxed) <= PATIENCE, "{query} doesn't end");
        if let Ok(answer) = answer {
            assert!(answer.shown.len() <= 10, "{query}: {} are shown", answer.shown.len());
        }
    }
}

#[test]
fn an_undamaged_bundle_answers() {
    let client = Client::new(Rc::new(damaged(&[])));
    let answer = client.ask(QUERIES[0], 10).unwrap();
    assert_eq!((answer.total, answer.shown.len()), (DOCUMENTS, 10));
    assert!(client.ask(QUERIES[1], 10).unwrap().total > 0);
}
