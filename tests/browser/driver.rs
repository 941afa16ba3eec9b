//! Drives Chromium over the `DevTools` protocol, and watches what it complains of.

use chromiumoxide::cdp::browser_protocol::emulation::{MediaFeature, SetEmulatedMediaParams};
use chromiumoxide::cdp::browser_protocol::input::InsertTextParams;
use chromiumoxide::cdp::browser_protocol::log::EventEntryAdded;
use chromiumoxide::cdp::browser_protocol::network::{
    EnableParams, EventLoadingFailed, EventRequestWillBeSent, EventResponseReceived,
};
use chromiumoxide::cdp::js_protocol::runtime::{EventConsoleApiCalled, EventExceptionThrown};
use chromiumoxide::error::CdpError;
use chromiumoxide::js::EvaluationResult;
use chromiumoxide::{Browser, BrowserConfig, Page};
use futures::StreamExt;
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a condition may take to come true; no test waits for it when it is true already.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the browser answers between two pages.
const NO_CONTEXT: &str = "Cannot find context with specified id";

/// A Chromium with a fresh profile, ended when dropped.
pub(crate) struct Chromium {
    browser: Browser,
    _profile: tempfile::TempDir,
}

impl Chromium {
    pub(crate) async fn start() -> Self {
        Self::start_with(&[], (1366, 768)).await
    }

    pub(crate) async fn start_with(arguments: &[&str], (width, height): (u32, u32)) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let config = BrowserConfig::builder()
            .chrome_executable("/usr/bin/chromium")
            .user_data_dir(profile.path())
            .no_sandbox()
            .new_headless_mode()
            .window_size(width, height)
            .viewport(None)
            .launch_timeout(Duration::from_secs(60))
            .args([
                "disable-gpu",
                "disable-quic",
                "no-first-run",
                "disable-background-networking",
                "disable-component-update",
                "disable-sync",
            ])
            .args(arguments.iter().copied())
            .build()
            .unwrap();
        let (browser, mut handler) = Browser::launch(config)
            .await
            .expect("Chromium starts (scripts/browsers installs it)");
        tokio::spawn(async move { while handler.next().await.is_some() {} });
        Self {
            browser,
            _profile: profile,
        }
    }

    /// Opens a page and begins to watch it.
    pub(crate) async fn open(&self, url: &str) -> Tab {
        let page = self.browser.new_page("about:blank").await.unwrap();
        let watch = Watch::on(&page).await;
        let tab = Tab { page, watch };
        tab.go(url).await;
        tab
    }

    pub(crate) async fn stop(mut self) {
        let _ = self.browser.close().await;
        let _ = self.browser.wait().await;
    }
}

/// What a page asked for and complained of.
#[derive(Clone, Default)]
pub(crate) struct Watch {
    pub requests: Arc<Mutex<Vec<String>>>,
    pub complaints: Arc<Mutex<Vec<String>>>,
}

impl Watch {
    async fn on(page: &Page) -> Self {
        let watch = Self::default();
        page.execute(EnableParams::default()).await.unwrap();
        page.enable_log().await.unwrap();
        page.enable_runtime().await.unwrap();
        let (requests, complaints) = (watch.requests.clone(), watch.complaints.clone());
        follow::<EventRequestWillBeSent>(page, move |event| {
            requests.lock().unwrap().push(event.request.url.clone());
        })
        .await;
        let note = move |text: String| complaints.lock().unwrap().push(text);
        let [logged, thrown, printed, failed, refused] = std::array::from_fn(|_| note.clone());
        follow::<EventEntryAdded>(page, move |event| logged(format!("log: {}", event.entry.text))).await;
        follow::<EventExceptionThrown>(page, move |event| {
            thrown(format!("exception: {:?}", event.exception_details));
        })
        .await;
        follow::<EventConsoleApiCalled>(page, move |event| printed(format!("console: {:?}", event.args))).await;
        follow::<EventLoadingFailed>(page, move |event| {
            if event.canceled != Some(true) {
                failed(format!("failed: {}", event.error_text));
            }
        })
        .await;
        follow::<EventResponseReceived>(page, move |event| {
            if event.response.status >= 400 {
                refused(format!("{} {}", event.response.status, event.response.url));
            }
        })
        .await;
        watch
    }
}

async fn follow<E>(page: &Page, note: impl Fn(&E) + Send + 'static)
where
    E: chromiumoxide::cdp::IntoEventKind + Send + Sync + Unpin + 'static,
{
    let mut events = page.event_listener::<E>().await.unwrap();
    tokio::spawn(async move {
        while let Some(event) = events.next().await {
            note(&event);
        }
    });
}

/// One page.
pub(crate) struct Tab {
    pub page: Page,
    pub watch: Watch,
}

impl Tab {
    pub(crate) async fn go(&self, url: &str) {
        // A change of the fragment alone loads nothing, and `goto` would wait for a load.
        // The browser is asked where it is, not the page: that may be loading again.
        let here = self.page.url().await.unwrap().unwrap_or_default();
        let here = here.split('#').next().unwrap_or_default();
        if url.starts_with(&format!("{here}#")) {
            self.value::<bool>(&format!("location.href = {url:?}, true")).await;
            return;
        }
        self.page
            .goto(url)
            .await
            .unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    /// The value of a JavaScript expression.
    pub(crate) async fn value<T: DeserializeOwned>(&self, expression: &str) -> T {
        self.evaluated(expression)
            .await
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
            .into_value()
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Asks again where the page was just being left: an expression without a context has not run.
    async fn evaluated(&self, expression: &str) -> Result<EvaluationResult, CdpError> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.page.evaluate(expression).await {
                Err(error) if error.to_string().contains(NO_CONTEXT) && Instant::now() < deadline => {
                    tokio::time::sleep(Duration::from_millis(25)).await;
                }
                result => return result,
            }
        }
    }

    /// Waits until an expression is true.
    pub(crate) async fn until(&self, expression: &str) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            // A page that is being left answers with an error; it is asked again.
            let result = self.page.evaluate(format!("Boolean({expression})")).await;
            if result.ok().and_then(|value| value.into_value::<bool>().ok()) == Some(true) {
                return;
            }
            let complaints = self.watch.complaints.lock().unwrap().clone();
            assert!(
                Instant::now() < deadline,
                "never true: {expression}; the page said {complaints:?}"
            );
            tokio::time::sleep(Duration::from_millis(25)).await;
        }
    }

    /// Makes the system one of light or dark colours.
    pub(crate) async fn prefer(&self, scheme: &str) {
        let feature = MediaFeature::new("prefers-color-scheme", scheme);
        let media = SetEmulatedMediaParams::builder().feature(feature).build();
        self.page.execute(media).await.unwrap();
    }

    /// Puts text into the focused element, as an input method or a paste does.
    pub(crate) async fn insert(&self, text: &str) {
        self.page.execute(InsertTextParams::new(text)).await.unwrap();
    }

    /// Clicks an element once it is there and shown; a page that draws it anew in between gets another click.
    pub(crate) async fn click(&self, selector: &str) {
        let deadline = Instant::now() + PATIENCE;
        self.until(&format!("document.querySelector({selector:?})")).await;
        while let Err(error) = self.clicked(selector).await {
            assert!(Instant::now() < deadline, "{selector}: {error}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    async fn clicked(&self, selector: &str) -> Result<(), CdpError> {
        let element = self.page.find_element(selector).await?;
        element.scroll_into_view().await?;
        element.click().await.map(|_| ())
    }

    pub(crate) async fn press(&self, selector: &str, key: &str) {
        self.page
            .find_element(selector)
            .await
            .unwrap()
            .press_key(key)
            .await
            .unwrap();
    }

    /// Fails on anything that the page complained of, and on requests that leave `base`.
    pub(crate) fn assert_quiet_within(&self, base: &str) {
        let complaints = self.watch.complaints.lock().unwrap();
        assert!(complaints.is_empty(), "the page said {complaints:?}");
        let requests = self.watch.requests.lock().unwrap();
        let outside: Vec<&String> = requests
            .iter()
            .filter(|url| !url.starts_with(base) && !url.starts_with("data:") && !url.starts_with("about:"))
            .collect();
        assert!(outside.is_empty(), "requests outside {base}: {outside:?}");
    }
}
