//! A cluster that is none: it holds what it is sent in memory, and fails as it is told.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// What is asked of it.
pub(super) struct Request {
    pub method: String,
    /// With what follows a question mark.
    pub path: String,
    pub credentials: Option<String>,
    pub body: Vec<u8>,
}

impl Request {
    /// Whether documents are handed over.
    pub(super) fn is_bulk(&self) -> bool {
        self.path.contains("/_bulk")
    }
}

/// What it does instead of what it should.
pub(super) enum Fault {
    /// Says something else.
    Say(u16, String),
    /// Ends the connection, having done nothing.
    Cut,
    /// Does what is asked, and ends the connection without a word.
    Lose,
    /// Says nothing for so long.
    Silence(Duration),
    /// Takes every so manieth document only; the others it is too busy for.
    Every(usize),
    /// Takes no document, for this reason.
    None(u16, Value),
}

type Faults = Box<dyn FnMut(&Request) -> Option<Fault> + Send>;

/// An index.
#[derive(Default)]
pub(super) struct Index {
    pub body: Value,
    pub documents: BTreeMap<String, Value>,
}

/// What it holds.
#[derive(Default)]
pub(super) struct State {
    pub indexes: BTreeMap<String, Index>,
    pub aliases: BTreeMap<String, String>,
    /// What was asked, each by its method and path.
    pub asked: Vec<String>,
    /// How many documents each bulk request held.
    pub bulks: Vec<usize>,
    faults: Option<Faults>,
}

/// The cluster.
pub(super) struct Fake {
    pub url: String,
    state: Arc<Mutex<State>>,
}

impl Fake {
    pub(super) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(Mutex::new(State::default()));
        let held = Arc::clone(&state);
        // It goes with the process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&held);
                std::thread::spawn(move || serve(stream, &state));
            }
        });
        Self { url, state }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From now on it fails where this says so.
    pub(super) fn fails(&self, faults: impl FnMut(&Request) -> Option<Fault> + Send + 'static) {
        self.state().faults = Some(Box::new(faults));
    }

    /// It works again.
    pub(super) fn works(&self) {
        self.state().faults = None;
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let Some(request) = read(&mut reader) else { return };
    let fault = {
        let mut state = state.lock().unwrap();
        state.asked.push(format!("{} {}", request.method, request.path));
        state.faults.as_mut().and_then(|faults| faults(&request))
    };
    let refuses: Box<dyn Fn(usize) -> Option<(u16, Value)>> = match &fault {
        Some(Fault::Every(nth)) => {
            let (nth, busy) = (
                *nth,
                json!({ "type": "es_rejected_execution_exception", "reason": "queue is full" }),
            );
            Box::new(move |at| (at % nth != 0).then(|| (429, busy.clone())))
        }
        Some(Fault::None(status, error)) => {
            let (status, error) = (*status, error.clone());
            Box::new(move |_| Some((status, error.clone())))
        }
        _ => Box::new(|_| None),
    };
    let (status, text) = match fault {
        Some(Fault::Cut) => return drop(stream.shutdown(Shutdown::Both)),
        Some(Fault::Silence(pause)) => return std::thread::sleep(pause),
        Some(Fault::Say(status, text)) => (status, text),
        other => {
            let (status, value) = state.lock().unwrap().answer(&request, &*refuses);
            if matches!(other, Some(Fault::Lose)) {
                return drop(stream.shutdown(Shutdown::Both));
            }
            (status, value.to_string())
        }
    };
    let head = format!(
        "HTTP/1.1 {status} x\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        text.len()
    );
    let mut stream = stream;
    drop(stream.write_all(format!("{head}{text}").as_bytes()));
}

fn read(reader: &mut impl BufRead) -> Option<Request> {
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut words = line.split(' ');
    let (method, path) = (words.next()?.to_owned(), words.next()?.to_owned());
    let (mut length, mut credentials) = (0, None);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().ok()?,
            "authorization" => credentials = Some(value.to_owned()),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        credentials,
        body,
    })
}

type Answer = (u16, Value);

fn gone(name: &str) -> Answer {
    let reason = format!("no such index [{name}]");
    let error = json!({ "type": "index_not_found_exception", "index": name, "reason": reason });
    (404, json!({ "error": error, "status": 404 }))
}

fn fine() -> Answer {
    (200, json!({ "acknowledged": true }))
}

impl State {
    /// The index of a name or an alias.
    fn named(&self, name: &str) -> Option<String> {
        let name = self.aliases.get(name).map_or(name, String::as_str);
        self.indexes.contains_key(name).then(|| name.to_owned())
    }

    fn answer(&mut self, request: &Request, refuses: &dyn Fn(usize) -> Option<Answer>) -> Answer {
        let path = request.path.split('?').next().unwrap();
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let body = || serde_json::from_slice::<Value>(&request.body).unwrap();
        match (request.method.as_str(), &parts[..]) {
            ("GET", [""]) => (
                200,
                json!({ "version": { "number": "2.19.6", "distribution": "opensearch" } }),
            ),
            ("GET", ["_cluster", "health", _]) => (200, json!({ "status": "green" })),
            ("GET", [name, "_mapping"]) => self.mapping(name),
            ("PUT", [name]) => self.create(name, body()),
            ("DELETE", [name]) => self.remove(name),
            ("POST", ["_aliases"]) => self.move_aliases(&body()),
            ("POST", ["_reindex"]) => self.reindex(&body()),
            ("GET", ["_tasks", task]) => {
                let response = json!({ "total": task.parse::<u64>().unwrap(), "failures": [] });
                (
                    200,
                    json!({ "completed": true, "task": { "status": {} }, "response": response }),
                )
            }
            ("POST", [alias, "_bulk"]) => self.bulk(alias, &request.body, refuses),
            (_, [name, rest @ ..]) => match self.named(name) {
                Some(index) => self.of_index(&index, rest, &request.body),
                None => gone(name),
            },
            (_, []) => gone(""),
        }
    }

    fn of_index(&mut self, name: &str, asked: &[&str], body: &[u8]) -> Answer {
        let index = self.indexes.get_mut(name).unwrap();
        match asked {
            ["_mapping"] => {
                let body: Value = serde_json::from_slice(body).unwrap();
                index.body["mappings"]["_meta"] = body["_meta"].clone();
                fine()
            }
            ["_settings"] if !body.is_empty() => fine(),
            ["_settings"] => {
                let said = &index.body["settings"]["index"];
                let setting = |key: &str| said[key].to_string();
                let settings = json!({
                    "index.number_of_shards": setting("number_of_shards"),
                    "index.number_of_replicas": setting("number_of_replicas"),
                });
                (200, json!({ name: { "settings": settings } }))
            }
            ["_refresh"] => fine(),
            ["_stats", "docs"] => (200, json!({ "_all": { "primaries": { "docs": { "deleted": 0 } } } })),
            ["_doc", id] => match index.documents.get(*id) {
                Some(source) => (200, json!({ "_source": source })),
                None => (404, json!({ "found": false })),
            },
            ["_search"] => (200, search(index, &serde_json::from_slice(body).unwrap())),
            _ => (
                400,
                json!({ "error": { "type": "illegal_argument_exception", "reason": "not known" } }),
            ),
        }
    }

    fn mapping(&self, name: &str) -> Answer {
        let all = |name: &str| {
            (
                name.to_owned(),
                json!({ "mappings": self.indexes[name].body["mappings"] }),
            )
        };
        if let Some(start) = name.strip_suffix('*') {
            let found = self.indexes.keys().filter(|name| name.starts_with(start));
            return (200, Value::Object(found.map(|name| all(name)).collect()));
        }
        match self.named(name) {
            Some(index) => (200, Value::Object(Map::from_iter([all(&index)]))),
            None => gone(name),
        }
    }

    fn create(&mut self, name: &str, body: Value) -> Answer {
        for alias in body["aliases"].as_object().into_iter().flatten() {
            self.aliases.insert(alias.0.clone(), name.to_owned());
        }
        let documents = BTreeMap::new();
        self.indexes.insert(name.to_owned(), Index { body, documents });
        fine()
    }

    fn remove(&mut self, name: &str) -> Answer {
        self.aliases.retain(|_, index| index != name);
        self.indexes.remove(name).map_or_else(|| gone(name), |_| fine())
    }

    fn move_aliases(&mut self, body: &Value) -> Answer {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        for action in body["actions"].as_array().unwrap() {
            if let Some(remove) = action.get("remove") {
                let alias = text(&remove["alias"]);
                if self.aliases.get(&alias) != Some(&text(&remove["index"])) {
                    let error = json!({ "type": "aliases_not_found_exception", "reason": "aliases missing" });
                    return (404, json!({ "error": error }));
                }
                self.aliases.remove(&alias);
            }
            if let Some(add) = action.get("add") {
                self.aliases.insert(text(&add["alias"]), text(&add["index"]));
            }
        }
        fine()
    }

    fn reindex(&mut self, body: &Value) -> Answer {
        let from = self.named(body["source"]["index"].as_str().unwrap()).unwrap();
        let Some(to) = self.aliases.get(body["dest"]["index"].as_str().unwrap()).cloned() else {
            return gone("incoming");
        };
        let leave = &body["source"]["query"]["bool"]["must_not"]["ids"]["values"];
        let leaves = |id: &String| leave.as_array().is_some_and(|left| left.contains(&json!(id)));
        let kept = self.indexes[&from].documents.iter().filter(|(id, _)| !leaves(id));
        let kept: BTreeMap<String, Value> = kept.map(|(id, source)| (id.clone(), source.clone())).collect();
        let task = kept.len().to_string();
        self.indexes.get_mut(&to).unwrap().documents.extend(kept);
        (200, json!({ "task": task }))
    }

    fn bulk(&mut self, alias: &str, body: &[u8], refuses: &dyn Fn(usize) -> Option<Answer>) -> Answer {
        let lines: Vec<Value> = serde_json::Deserializer::from_slice(body)
            .into_iter()
            .map(Result::unwrap)
            .collect();
        self.bulks.push(lines.len() / 2);
        let Some(index) = self.aliases.get(alias).cloned() else {
            return gone(alias);
        };
        let documents = &mut self.indexes.get_mut(&index).unwrap().documents;
        let items = lines.chunks(2).enumerate().map(|(at, lines)| {
            if let Some((status, error)) = refuses(at) {
                return json!({ "create": { "status": status, "error": error } });
            }
            let id = lines[0]["create"]["_id"].as_str().unwrap();
            if documents.contains_key(id) {
                return json!({ "create": { "status": 409, "error": { "type": "version_conflict_engine_exception" } } });
            }
            documents.insert(id.to_owned(), lines[1].clone());
            json!({ "create": { "status": 201 } })
        });
        let items: Vec<Value> = items.collect();
        (200, json!({ "items": items }))
    }
}

/// The figures of an index, or its documents' names and those of their contents.
fn search(index: &Index, asked: &Value) -> Value {
    let total = json!({ "value": index.documents.len() });
    if let Some(sums) = asked["aggs"].as_object() {
        let sum = |(name, _): (&String, &Value)| {
            let lengths = index
                .documents
                .values()
                .filter_map(|source| source["lengths"][name].as_u64());
            (name.clone(), json!({ "value": lengths.sum::<u64>() }))
        };
        let sums: Map<String, Value> = sums.iter().map(sum).collect();
        return json!({ "_shards": { "failed": 0 }, "hits": { "total": total, "hits": [] }, "aggregations": sums });
    }
    let hit =
        |(id, source): (&String, &Value)| json!({ "_id": id, "fields": { "hash": [source["hash"]] }, "sort": [id] });
    let hits: Vec<Value> = index.documents.iter().map(hit).collect();
    json!({ "_shards": { "failed": 0 }, "hits": { "total": total, "hits": hits } })
}
