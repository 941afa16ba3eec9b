//! What was asked, how it went and how long it took, as Prometheus reads it.

use crate::http::StatusCode;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper ends of the classes of times, in seconds.
const CLASSES: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// All counts since the start.
#[derive(Default)]
pub(super) struct Metrics(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    /// By what was asked for, and by status.
    requests: BTreeMap<(&'static str, u16), u64>,
    times: BTreeMap<&'static str, Times>,
}

#[derive(Default)]
struct Times {
    classes: [u64; CLASSES.len()],
    count: u64,
    seconds: f64,
}

impl Metrics {
    /// Notes one answer.
    pub(super) fn note(&self, name: &'static str, status: StatusCode, time: Duration) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.requests.entry((name, status.as_u16())).or_default() += 1;
        let (times, seconds) = (counts.times.entry(name).or_default(), time.as_secs_f64());
        let within = CLASSES
            .iter()
            .zip(&mut times.classes)
            .filter(|(end, _)| seconds <= **end);
        within.for_each(|(_, count)| *count += 1);
        times.count += 1;
        times.seconds += seconds;
    }

    /// All of it as text; `documents` of the index, where it answers.
    pub(super) fn text(&self, documents: Option<u64>) -> String {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut out = String::new();
        head(&mut out, "up", "gauge", "Whether the index answers.");
        let _ = writeln!(out, "jianyan_gateway_up {}", u8::from(documents.is_some()));
        if let Some(documents) = documents {
            head(&mut out, "documents", "gauge", "Documents of the index.");
            let _ = writeln!(out, "jianyan_gateway_documents {documents}");
        }
        head(
            &mut out,
            "requests_total",
            "counter",
            "Requests by what they ask for and by status.",
        );
        for ((name, status), count) in &counts.requests {
            let _ = writeln!(
                out,
                "jianyan_gateway_requests_total{{for=\"{name}\",status=\"{status}\"}} {count}"
            );
        }
        head(
            &mut out,
            "request_seconds",
            "histogram",
            "Time until an answer was there.",
        );
        for (name, times) in &counts.times {
            let metric = "jianyan_gateway_request_seconds";
            for (end, count) in CLASSES.iter().zip(&times.classes) {
                let _ = writeln!(out, "{metric}_bucket{{for=\"{name}\",le=\"{end}\"}} {count}");
            }
            let _ = writeln!(out, "{metric}_bucket{{for=\"{name}\",le=\"+Inf\"}} {}", times.count);
            let _ = writeln!(out, "{metric}_sum{{for=\"{name}\"}} {}", times.seconds);
            let _ = writeln!(out, "{metric}_count{{for=\"{name}\"}} {}", times.count);
        }
        out
    }
}

fn head(out: &mut String, name: &str, kind: &str, about: &str) {
    let _ = writeln!(
        out,
        "# HELP jianyan_gateway_{name} {about}\n# TYPE jianyan_gateway_{name} {kind}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_times_add_up_as_prometheus_wants_them() {
        let metrics = Metrics::default();
        for (status, milliseconds) in [(200, 3), (200, 30), (429, 9_000)] {
            let status = StatusCode::from_u16(status).unwrap();
            metrics.note("search", status, Duration::from_millis(milliseconds));
        }
        let text = metrics.text(Some(7));
        for line in [
            "jianyan_gateway_up 1",
            "jianyan_gateway_documents 7",
            "jianyan_gateway_requests_total{for=\"search\",status=\"200\"} 2",
            "jianyan_gateway_requests_total{for=\"search\",status=\"429\"} 1",
            "jianyan_gateway_request_seconds_bucket{for=\"search\",le=\"0.005\"} 1",
            "jianyan_gateway_request_seconds_bucket{for=\"search\",le=\"5\"} 2",
            "jianyan_gateway_request_seconds_bucket{for=\"search\",le=\"+Inf\"} 3",
            "jianyan_gateway_request_seconds_count{for=\"search\"} 3",
        ] {
            assert!(text.lines().any(|own| own == line), "{line} in {text}");
        }
        assert!(metrics.text(None).contains("jianyan_gateway_up 0\n"));
    }
}
