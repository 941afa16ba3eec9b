//! The pages of one build, made on a thread of its own when they are asked for.

use crate::build::{Live, Loaded, Made};
use crate::corpus::Attachment;
use crate::diagnostic::Diagnostic;
use crate::http::Bytes;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

/// Bytes of pages that were made last: all who ask for the same are given the same, not another copy.
const MOST_KEPT: usize = 16 << 20;

/// A file that was asked for; its bytes are shared.
#[derive(Clone)]
pub(super) enum Page {
    /// A document's page, with what rendering it had to say.
    Html(Bytes, Arc<[Diagnostic]>),
    /// Another file that is made of a document.
    Text(Bytes),
    /// A file of the corpus.
    Attachment(Attachment),
}

impl Page {
    fn of(made: Made) -> Self {
        match made {
            Made::Page(page, said) => Page::Html(page.into(), said.into()),
            Made::Text(text) => Page::Text(text.into()),
            Made::Attachment(attachment) => Page::Attachment(attachment),
        }
    }

    fn size(&self) -> usize {
        match self {
            Page::Html(bytes, _) | Page::Text(bytes) => bytes.len(),
            Page::Attachment(_) => 0,
        }
    }
}

/// The pages that were made last, the newest first; that one stays, however large it is.
#[derive(Default)]
struct Kept(VecDeque<(String, Page)>);

impl Kept {
    fn find(&self, path: &str) -> Option<Page> {
        let (_, page) = self.0.iter().find(|(known, _)| known == path)?;
        Some(page.clone())
    }

    fn keep(&mut self, path: String, page: Page) {
        self.0.push_front((path, page));
        let size = |kept: &Self| kept.0.iter().map(|(_, page)| page.size()).sum::<usize>();
        while self.0.len() > 1 && size(self) > MOST_KEPT {
            self.0.pop_back();
        }
    }
}

/// A question for a file of the site, with the way back.
struct Asked {
    path: String,
    answer: SyncSender<Option<Page>>,
}

/// Who makes pages. When nobody can ask any more, it ends.
pub(super) struct Pages(Sender<Asked>);

/// The questions that a maker has to answer.
pub(super) struct Questions(Receiver<Asked>);

impl Pages {
    /// A way to ask, and what to begin with when there is something to answer from.
    pub(super) fn new() -> (Self, Questions) {
        let (sender, receiver) = channel();
        (Self(sender), Questions(receiver))
    }

    /// The file at a path below the site, where it is a document's or an attachment; nothing either where it can't be
    /// made.
    pub(super) fn file(&self, path: &str) -> Option<Page> {
        let (answer, answered) = sync_channel(1);
        let path = path.to_owned();
        self.0.send(Asked { path, answer }).ok()?;
        answered.recv().ok()?
    }
}

impl Questions {
    /// Answers on a thread of its own from what was loaded, while another one works on.
    pub(super) fn answer(self, loaded: Arc<Loaded>, work: impl FnOnce(&Live) + Send + 'static) {
        std::thread::spawn(move || {
            let live = Live::new(&loaded);
            std::thread::scope(|scope| {
                scope.spawn(|| work(&live));
                let mut kept = Kept::default();
                for Asked { path, answer } in self.0 {
                    let page = kept.find(&path).or_else(|| {
                        // A panic is the failure of one page.
                        let made = catch_unwind(AssertUnwindSafe(|| live.file(&path)));
                        let page = Page::of(made.ok()?.ok()??);
                        kept.keep(path, page.clone());
                        Some(page)
                    });
                    // Nobody may wait for it any more.
                    let _ = answer.send(page);
                }
            });
        });
    }
}
