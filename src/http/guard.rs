//! Who is answered: the machine's own user, on pages of this server.
//!
//! A page of another site can make a browser ask 127.0.0.1 too. It is recognised by the name that it asks for
//! (DNS rebinding), by its origin, and by what browsers since Chromium 80 say of every request; and it
//! doesn't know the token of the run, which everything that writes asks for.

use super::request::Request;
use hyper::Method;
use std::net::SocketAddr;

/// What makes a request one of ours.
#[derive(Debug, Clone)]
pub(super) struct Guard {
    address: SocketAddr,
    names: Names,
}

/// The names by which a server is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Those of others that hand requests on to it, with any port.
    pub handed: Vec<String>,
    /// Whether it answers pages of any origin that browsers call its own: one that only reads, and knows nobody. Who hands
    /// requests on may have changed the name, and not the origin.
    pub reads: bool,
}

impl Guard {
    /// The guard of a server at an address of this machine.
    pub(super) fn of(address: SocketAddr, names: Names) -> Self {
        Self { address, names }
    }

    /// Whether a request may be answered at all: it doesn't come from another site, nor by another name.
    pub(super) fn admits(&self, request: &Request) -> bool {
        let host_is_ours = request.header("host").is_some_and(|host| self.is_ours(host));
        let origin_is_ours = match request.header("origin") {
            _ if self.names.reads => true,
            Some(origin) => origin.strip_prefix("http://").is_some_and(|host| self.is_ours(host)),
            None => !request.has("origin"),
        };
        let own_page = match request.header("sec-fetch-site") {
            None | Some("same-origin" | "none") => true,
            // A link on another page may be followed to a page of ours, and loads nothing into that one.
            Some(_) => {
                request.method() == Method::GET
                    && request.header("sec-fetch-mode") == Some("navigate")
                    && request.header("sec-fetch-dest") == Some("document")
            }
        };
        host_is_ours && origin_is_ours && own_page
    }

    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, "80"),
        };
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let named = name.eq_ignore_ascii_case("localhost") || bare.parse() == Ok(self.address.ip());
        let handed = || self.names.handed.iter().any(|own| name.eq_ignore_ascii_case(own));
        named && port.parse() == Ok(self.address.port()) || handed()
    }
}

/// What a writer has to know.
pub(crate) struct Token {
    /// Hashes are compared in constant time.
    hash: blake3::Hash,
}

impl Token {
    /// A token that nobody guesses, with its text: 128 bits from the system, in hexadecimal digits.
    ///
    /// # Errors
    /// Where the system has no randomness.
    pub(crate) fn new() -> Result<(Self, String), String> {
        let text = random_name()?;
        let hash = blake3::hash(text.as_bytes());
        Ok((Self { hash }, text))
    }

    /// Whether a request may read or write what is the author's: it knows the token.
    pub(crate) fn trusts(&self, request: &Request) -> bool {
        blake3::hash(request.parameter("token").as_bytes()) == self.hash
    }
}

/// A name that nobody guesses.
///
/// # Errors
/// Where the system has no randomness.
pub(crate) fn random_name() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(hex::encode(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A request, its head written as on the wire.
    fn request(text: &str) -> Request {
        let mut lines = text.split("\r\n");
        let mut first = lines.next().unwrap().split(' ');
        let mut head = hyper::Request::builder()
            .method(first.next().unwrap())
            .uri(first.next().unwrap());
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            head = head.header(name, value);
        }
        Request::of(head.body(()).unwrap().into_parts().0).unwrap()
    }

    #[test]
    fn only_our_own_pages_are_answered() {
        let guard = Guard::of(([127, 0, 0, 1], 8377).into(), Names::default());
        for (head, admitted) in [
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8377", true),
            ("GET / HTTP/1.1\r\nHost: LocalHost:8377", true),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8378", false),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1", false),
            ("GET / HTTP/1.1\r\nHost: rebound.example:8377", false),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1.example:8377", false),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8377\r\nHost: a.example", false),
            ("GET / HTTP/1.1\r\nAccept: */*", false),
            (
                "GET / HTTP/1.1\r\nHost: localhost:8377\r\nOrigin: http://localhost:8377",
                true,
            ),
            (
                "POST / HTTP/1.1\r\nHost: localhost:8377\r\nOrigin: http://a.example",
                false,
            ),
            ("POST / HTTP/1.1\r\nHost: localhost:8377\r\nOrigin: null", false),
            (
                "POST / HTTP/1.1\r\nHost: localhost:8377\r\nOrigin: http://localhost:8377\r\nOrigin: null",
                false,
            ),
            (
                "POST / HTTP/1.1\r\nHost: localhost:8377\r\nOrigin: https://localhost:8377",
                false,
            ),
            (
                "GET /a.js HTTP/1.1\r\nHost: localhost:8377\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\nSec-Fetch-Dest: script",
                false,
            ),
            (
                "GET / HTTP/1.1\r\nHost: localhost:8377\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                true,
            ),
            (
                "GET / HTTP/1.1\r\nHost: localhost:8377\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe",
                false,
            ),
            (
                "POST / HTTP/1.1\r\nHost: localhost:8377\r\nSec-Fetch-Site: same-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document",
                false,
            ),
        ] {
            assert_eq!(guard.admits(&request(head)), admitted, "{head}");
        }
    }

    #[test]
    fn who_hands_requests_on_comes_by_its_own_name_and_changes_no_page() {
        let handed = vec!["search.example".to_owned()];
        let guard = Guard::of(([127, 0, 0, 1], 8378).into(), Names { handed, reads: true });
        for (head, admitted) in [
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:8378", true),
            ("GET / HTTP/1.1\r\nHost: [::1]:8378", false),
            ("GET / HTTP/1.1\r\nHost: Search.example", true),
            ("GET / HTTP/1.1\r\nHost: search.example:8443", true),
            ("GET / HTTP/1.1\r\nHost: other.example", false),
            ("GET / HTTP/1.1\r\nHost: 127.0.0.1:80", false),
            (
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:8378\r\nOrigin: https://search.example\r\nSec-Fetch-Site: same-origin",
                true,
            ),
            (
                "GET / HTTP/1.1\r\nHost: 127.0.0.1:8378\r\nOrigin: https://a.example\r\nSec-Fetch-Site: cross-site",
                false,
            ),
        ] {
            assert_eq!(guard.admits(&request(head)), admitted, "{head}");
        }
    }

    #[test]
    fn a_token_is_new_every_time_and_known_only_whole() {
        let ((token, one), (_, other)) = (Token::new().unwrap(), Token::new().unwrap());
        assert!(one.len() == 32 && one != other);
        for (query, trusted) in [
            (format!("?token={one}"), true),
            (format!("?token={}", &one[..31]), false),
            (format!("?token={one}0"), false),
            (String::new(), false),
        ] {
            let request = request(&format!("POST /{query} HTTP/1.1\r\nHost: localhost"));
            assert_eq!(token.trusts(&request), trusted, "{query}");
        }
    }
}
