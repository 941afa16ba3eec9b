//! The client's own scripts, shrunk as they are shipped, in an embedded engine. Only the loading of files and inflating are given
//! to it from outside.

use flate2::read::ZlibDecoder;
use jianyan::cache::Stamp;
use jianyan::sink::Sink;
use rquickjs::{Context, Ctx, Exception, Function, Object, Promise, Runtime, TypedArray};
use serde::Deserialize;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Read;
use std::rc::Rc;
use std::sync::Mutex;

/// The files of a bundle by their paths below `search/`.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The files of a bundle as they were handed out, with the order of that.
#[derive(Default)]
pub(crate) struct Taken(Mutex<(Files, Vec<String>)>);

impl Taken {
    pub(crate) fn into_parts(self) -> (Files, Vec<String>) {
        self.0.into_inner().unwrap()
    }
}

impl Sink for Taken {
    fn put(&self, path: &str, bytes: Vec<u8>) -> std::io::Result<()> {
        let (files, order) = &mut *self.0.lock().unwrap();
        order.push(path.to_owned());
        files.insert(path.to_owned(), bytes);
        Ok(())
    }

    fn keep(&self, _: &str, _: &Stamp) -> bool {
        false
    }
}

/// What the client answers.
#[derive(Debug, Deserialize)]
pub(crate) struct Answer {
    pub total: usize,
    pub related: usize,
    pub notes: Vec<(String, String)>,
    /// Document, score and tier, in order.
    pub hits: Vec<(u32, f64, String)>,
    pub facets: BTreeMap<String, BTreeMap<String, usize>>,
    /// The first hits as a page shows them.
    pub shown: Vec<Shown>,
}

/// A hit with its passage.
#[derive(Debug, Deserialize)]
pub(crate) struct Shown {
    pub doc: u32,
    pub id: String,
    pub section: String,
    pub anchor: String,
    /// Plain and marked text in turn.
    pub parts: Vec<String>,
}

/// A client with a bundle.
pub(crate) struct Client {
    pub context: Context,
    /// Paths that were loaded since the last look.
    pub loaded: Rc<RefCell<Vec<String>>>,
}

const DRIVER: &str = r"
    jianyan.load = path => {
      globalThis.document = { currentScript: { getAttribute: () => `${jianyan.base}${path}.js` } };
      (0, eval)(hostLoad(path));
      return Promise.resolve();
    };
    jianyan.inflate = bytes => Promise.resolve(hostInflate(Array.from(bytes)));
    async function ask(text, limit) {
      const result = await jianyan.search(text, { limit });
      const facets = await jianyan.facets(result);
      return JSON.stringify({
        total: result.total, related: result.related, facets, notes: result.notes.map(note => [note.code, note.about]),
        hits: result.strict.concat(result.others).map(hit => [hit.doc, hit.score, hit.tier]), shown: result.hits
      });
    }
";

impl Client {
    /// Starts the client on a bundle.
    pub(crate) fn new(files: Rc<Files>) -> Self {
        let runtime = Runtime::new().unwrap();
        runtime.set_max_stack_size(8 << 20);
        let context = Context::full(&runtime).unwrap();
        let loaded = Rc::new(RefCell::new(Vec::new()));
        let log = Rc::clone(&loaded);
        context.with(|ctx| {
            let globals = ctx.globals();
            let load = move |path: String| {
                log.borrow_mut().push(path.clone());
                // A file that isn't there hands nothing over.
                files
                    .get(&format!("{path}.js"))
                    .map(|bytes| script(bytes))
                    .unwrap_or_default()
            };
            globals.set("hostLoad", Function::new(ctx.clone(), load)).unwrap();
            globals.set("hostInflate", Function::new(ctx.clone(), inflate)).unwrap();
            run(&ctx, &jianyan::bundle::client());
            run(&ctx, &jianyan::bundle::after(2026));
            run(&ctx, DRIVER);
        });
        Self { context, loaded }
    }

    /// Asks; the first `limit` hits come with their passages.
    pub(crate) fn ask(&self, query: &str, limit: usize) -> Result<Answer, String> {
        self.context.with(|ctx| {
            let ask: Function = ctx.globals().get("ask").unwrap();
            let promise: Promise = ask.call((query, limit)).unwrap();
            match promise.finish::<String>() {
                Ok(json) => serde_json::from_str(&json).map_err(|error| format!("{error} in {json}")),
                Err(error) => {
                    let caught = ctx.catch();
                    let message = caught.as_object().map(describe);
                    Err(format!("{error}: {}", message.unwrap_or_default()))
                }
            }
        })
    }

    /// Runs a script for its effects.
    pub(crate) fn load(&self, source: &str) {
        self.context.with(|ctx| run(&ctx, source));
    }

    /// The value of an expression that is a promise, as JSON.
    pub(crate) fn promised(&self, expression: &str) -> serde_json::Value {
        self.context.with(|ctx| {
            let source = format!("({expression}).then(value => JSON.stringify(value))");
            let promise: Promise = ctx.eval(source).unwrap();
            match promise.finish::<String>() {
                Ok(json) => serde_json::from_str(&json).unwrap(),
                Err(error) => panic!("{error}: {}", ctx.catch().as_object().map(describe).unwrap_or_default()),
            }
        })
    }

    /// Runs a script that gives a text.
    pub(crate) fn eval(&self, source: &str) -> String {
        self.context.with(|ctx| ctx.eval::<String, _>(source).unwrap())
    }
}

fn describe(object: &Object<'_>) -> String {
    let part = |name| object.get::<_, String>(name).unwrap_or_default();
    format!("{}\n{}", part("message"), part("stack"))
}

fn run(ctx: &Ctx<'_>, source: &str) {
    assert!(
        ctx.eval::<(), _>(source).is_ok(),
        "{}",
        ctx.catch().as_object().map(describe).unwrap_or_default()
    );
}

/// The script of a file as a browser reads it: UTF-16, little-endian, behind its mark; what is not text becomes U+FFFD.
fn script(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
        .collect();
    String::from_utf16_lossy(units.strip_prefix(&[0xFEFF]).unwrap_or(&units))
}

/// Inflates as a browser does: what is not a zlib stream throws.
fn inflate(ctx: Ctx<'_>, bytes: Vec<u8>) -> rquickjs::Result<TypedArray<'_, u8>> {
    let mut out = Vec::new();
    match ZlibDecoder::new(bytes.as_slice()).read_to_end(&mut out) {
        Ok(_) => TypedArray::new(ctx, out),
        Err(error) => Err(Exception::throw_message(&ctx, &error.to_string())),
    }
}
