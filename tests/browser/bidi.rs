//! Drives Firefox over `WebDriver` `BiDi`, which it speaks itself: JSON over one WebSocket, no driver between.
//!
//! As much of the protocol as the journeys need. An answer is awaited where it is asked for; what the browser tells
//! in between (messages of the console, violations, requests) is noted for [`Window::assert_quiet_within`].

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tungstenite::{Message, WebSocket};

/// How long a condition may take to come true, and an answer to arrive.
const PATIENCE: Duration = Duration::from_secs(30);

/// Tells of violations of the page's policy, which no event of the protocol does.
const TELL_VIOLATIONS: &str = "() => addEventListener('securitypolicyviolation', violation => \
     console.error(`policy: ${violation.violatedDirective} ${violation.blockedURI}`))";

/// Keys by the names that the protocol has for them.
pub(crate) mod key {
    pub(crate) const ENTER: &str = "\u{E006}";
    pub(crate) const ESCAPE: &str = "\u{E00C}";
    pub(crate) const DOWN: &str = "\u{E015}";
    pub(crate) const CONTROL: &str = "\u{E009}";
}

/// A Firefox with a fresh profile, ended when dropped.
pub(crate) struct Firefox {
    process: Child,
    socket: WebSocket<TcpStream>,
    asked: u64,
    events: Vec<Value>,
    _profile: tempfile::TempDir,
}

impl Firefox {
    pub(crate) fn start() -> Self {
        let profile = tempfile::tempdir().unwrap();
        // Asking a server for its icon is the browser's doing, not the page's.
        let preferences = "user_pref('browser.chrome.site_icons', false);\n";
        std::fs::write(profile.path().join("user.js"), preferences).unwrap();
        let mut process = Command::new("firefox-esr")
            .args(["--headless", "--no-remote", "--remote-debugging-port", "0", "--profile"])
            .arg(profile.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("Firefox ESR starts (scripts/browsers installs it)");
        let mut lines = BufReader::new(process.stderr.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let address = lines
            .find_map(|line| {
                line.strip_prefix("WebDriver BiDi listening on ws://")
                    .map(str::to_owned)
            })
            .expect("Firefox says where it listens");
        // What it says later is nobody's matter, but somebody has to take it.
        std::thread::spawn(move || lines.for_each(drop));
        let stream = TcpStream::connect(&address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let (socket, _) = tungstenite::client(format!("ws://{address}/session"), stream).unwrap();
        let mut firefox = Self {
            process,
            socket,
            asked: 0,
            events: Vec::new(),
            _profile: profile,
        };
        firefox.ask("session.new", json!({ "capabilities": {} }));
        firefox.ask(
            "session.subscribe",
            json!({ "events": [
                "log.entryAdded", "network.beforeRequestSent", "network.fetchError", "network.responseCompleted",
                "browsingContext.navigationStarted", "script.realmCreated",
            ] }),
        );
        firefox.ask(
            "script.addPreloadScript",
            json!({ "functionDeclaration": TELL_VIOLATIONS }),
        );
        firefox
    }

    /// Opens a page as somebody who was never there: nothing of other windows is stored.
    pub(crate) fn open(&mut self, url: &str) -> Window<'_> {
        let user = self.ask("browser.createUserContext", json!({}))["userContext"].take();
        let context =
            self.ask("browsingContext.create", json!({ "type": "tab", "userContext": user }))["context"].take();
        self.events.clear();
        let mut window = Window {
            firefox: self,
            user,
            context,
        };
        window.go(url);
        window
    }

    /// The answer to a command.
    fn ask(&mut self, method: &str, parameters: Value) -> Value {
        match self.try_ask(method, &parameters) {
            Ok(answer) => answer,
            Err(error) => panic!("{method} {parameters}: {error}"),
        }
    }

    fn try_ask(&mut self, method: &str, parameters: &Value) -> Result<Value, String> {
        self.asked += 1;
        let command = json!({ "id": self.asked, "method": method, "params": parameters });
        self.socket.send(Message::text(command.to_string())).unwrap();
        loop {
            let message = self.socket.read().unwrap_or_else(|error| panic!("{command}: {error}"));
            let Message::Text(text) = message else { continue };
            let mut told: Value = serde_json::from_str(&text).unwrap();
            if told["id"] == self.asked {
                return if told["type"] == "success" {
                    Ok(told["result"].take())
                } else {
                    Err(told.to_string())
                };
            }
            self.events.push(told);
        }
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One page.
pub(crate) struct Window<'a> {
    firefox: &'a mut Firefox,
    user: Value,
    context: Value,
}

impl Window<'_> {
    pub(crate) fn go(&mut self, url: &str) {
        let navigation = json!({ "context": self.context, "url": url, "wait": "complete" });
        self.firefox.ask("browsingContext.navigate", navigation);
    }

    /// The value of a JavaScript expression.
    pub(crate) fn value<T: DeserializeOwned>(&mut self, expression: &str) -> T {
        let value = self
            .evaluate(expression)
            .unwrap_or_else(|error| panic!("{expression}: {error}"));
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    fn evaluate(&mut self, expression: &str) -> Result<Value, String> {
        let script = json!({
            "expression": format!("JSON.stringify({expression})"), "target": { "context": self.context }, "awaitPromise": true,
        });
        let answer = self.firefox.try_ask("script.evaluate", &script)?;
        match answer["result"]["value"].as_str() {
            Some(text) => serde_json::from_str(text).map_err(|error| error.to_string()),
            None => Err(answer.to_string()),
        }
    }

    /// Waits until an expression is true.
    pub(crate) fn until(&mut self, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        // A page that is being left answers with an error; it is asked again.
        while self.evaluate(&format!("Boolean({expression})")) != Ok(Value::Bool(true)) {
            assert!(
                Instant::now() < deadline,
                "never true: {expression}; {:?}",
                self.complaints()
            );
            std::thread::sleep(Duration::from_millis(25));
        }
    }

    /// Clicks the middle of an element once it is there.
    pub(crate) fn click(&mut self, selector: &str) {
        let found = format!("document.querySelector({selector:?})");
        self.until(&found);
        let at: (f64, f64) = self.value(&format!(
            "(() => {{ const one = {found}; one.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             const box = one.getClientRects()[0]; return [box.left + box.width / 2, box.top + box.height / 2] }})()"
        ));
        self.perform(json!([{ "type": "pointer", "id": "mouse", "actions": [
            { "type": "pointerMove", "x": at.0 as i64, "y": at.1 as i64 },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ] }]));
    }

    /// Types letters and keys into what has the focus.
    pub(crate) fn press(&mut self, text: &str) {
        let steps = text
            .chars()
            .flat_map(|letter| ["keyDown", "keyUp"].map(|step| json!({ "type": step, "value": letter.to_string() })));
        self.perform(json!([{ "type": "key", "id": "keys", "actions": steps.collect::<Vec<_>>() }]));
    }

    /// Presses a key while Control is held.
    pub(crate) fn press_with_control(&mut self, letter: &str) {
        let step = |step: &str, value: &str| json!({ "type": step, "value": value });
        self.perform(json!([{ "type": "key", "id": "keys", "actions": [
            step("keyDown", key::CONTROL), step("keyDown", letter), step("keyUp", letter), step("keyUp", key::CONTROL),
        ] }]));
    }

    fn perform(&mut self, actions: Value) {
        let context = &self.context;
        self.firefox.ask(
            "input.performActions",
            json!({ "context": context, "actions": actions }),
        );
    }

    /// Makes the window as large as a device.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let viewport = json!({ "context": self.context, "viewport": { "width": width, "height": height } });
        self.firefox.ask("browsingContext.setViewport", viewport);
    }

    /// The page on paper, as PDF in Base64.
    pub(crate) fn print(&mut self) -> String {
        let printed = self
            .firefox
            .ask("browsingContext.print", json!({ "context": self.context }));
        printed["data"].as_str().unwrap().to_owned()
    }

    /// What the page complained of: its console, its policy, answers that say no. A page that is being left loses the
    /// scripts that are still on their way; what it says of that is nobody's failure.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let (mut present, mut left, mut complaints) = (Vec::new(), Vec::new(), Vec::new());
        for event in &self.firefox.events {
            let told = &event["params"];
            match event["method"].as_str().unwrap_or_default() {
                "script.realmCreated" => present.push(&told["realm"]),
                "browsingContext.navigationStarted" => left.append(&mut present),
                "log.entryAdded" if left.contains(&&told["source"]["realm"]) => {}
                "log.entryAdded" => complaints.push(format!("{}: {}", told["level"], told["text"])),
                "network.fetchError" if told["errorText"] == "NS_BINDING_ABORTED" => {}
                "network.fetchError" => {
                    complaints.push(format!("failed: {} {}", told["request"]["url"], told["errorText"]));
                }
                "network.responseCompleted"
                    if told["response"]["status"].as_u64().is_some_and(|status| status >= 400) =>
                {
                    complaints.push(format!("{} {}", told["response"]["status"], told["request"]["url"]));
                }
                _ => {}
            }
        }
        complaints
    }

    /// Fails on anything that the page complained of, and on requests that leave `base`.
    pub(crate) fn assert_quiet_within(&self, base: &str) {
        let complaints = self.complaints();
        assert!(complaints.is_empty(), "the page said {complaints:?}");
        let sent = self
            .firefox
            .events
            .iter()
            .filter(|event| event["method"] == "network.beforeRequestSent");
        let outside: Vec<&str> = sent
            .filter_map(|event| event["params"]["request"]["url"].as_str())
            .filter(|url| !url.starts_with(base) && !url.starts_with("data:") && !url.starts_with("about:"))
            .collect();
        assert!(outside.is_empty(), "requests outside {base}: {outside:?}");
    }

    /// Forgets the window and what it stored.
    pub(crate) fn close(self) {
        self.firefox
            .ask("browser.removeUserContext", json!({ "userContext": self.user }));
    }
}
