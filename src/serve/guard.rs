//! Who is answered: the machine's own user, on pages of this preview.
//!
//! A page of another site can make a browser ask 127.0.0.1 too. It is told by the name that it asks for
//! (DNS rebinding), by its origin, and by what browsers since Chromium 80 say of every request; and it
//! doesn't know the token of the run, which everything that writes asks for.

use super::request::Request;

/// What makes a request one of ours.
pub(super) struct Guard {
    port: u16,
    /// Hashes are compared in constant time.
    token: blake3::Hash,
}

impl Guard {
    pub fn new(port: u16, token: &str) -> Self {
        Self {
            port,
            token: blake3::hash(token.as_bytes()),
        }
    }

    /// Whether a request may be answered at all: it doesn't come from another site, nor by another name.
    pub fn admits(&self, request: &Request) -> bool {
        let host_is_ours = request.header("host").is_some_and(|host| self.is_ours(host));
        let origin_is_ours = match request.header("origin") {
            Some(origin) => origin.strip_prefix("http://").is_some_and(|host| self.is_ours(host)),
            None => !request.has("origin"),
        };
        let own_page = match request.header("sec-fetch-site") {
            None | Some("same-origin" | "none") => true,
            // A link on another page may be followed to a page of ours, and loads nothing into that one.
            Some(_) => {
                request.method == "GET"
                    && request.header("sec-fetch-mode") == Some("navigate")
                    && request.header("sec-fetch-dest") == Some("document")
            }
        };
        host_is_ours && origin_is_ours && own_page
    }

    /// Whether a request may read or write what is the author's: it knows the token.
    pub fn trusts(&self, request: &Request) -> bool {
        blake3::hash(request.parameter("token").as_bytes()) == self.token
    }

    fn is_ours(&self, host: &str) -> bool {
        let (name, port) = host.rsplit_once(':').unwrap_or((host, "80"));
        let named = name == "127.0.0.1" || name.eq_ignore_ascii_case("localhost");
        named && port.parse() == Ok(self.port)
    }
}

/// A token that nobody guesses: 128 bits from the system, in hexadecimal digits.
pub(super) fn token() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use std::net::{TcpListener, TcpStream};

    fn request(text: &str) -> Request {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client.write_all(text.as_bytes()).unwrap();
        Request::read(&listener.accept().unwrap().0).unwrap()
    }

    #[test]
    fn only_our_own_pages_are_answered() {
        let guard = Guard::new(8377, "t");
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
            let request = request(&format!("{head}\r\n\r\n"));
            assert_eq!(guard.admits(&request), admitted, "{head}");
        }
    }

    #[test]
    fn a_token_is_new_every_time_and_known_only_whole() {
        let (one, other) = (token().unwrap(), token().unwrap());
        assert!(one.len() == 32 && one != other);
        let guard = Guard::new(80, &one);
        for (query, trusted) in [
            (format!("?token={one}"), true),
            (format!("?token={}", &one[..31]), false),
            (format!("?token={one}0"), false),
            (String::new(), false),
        ] {
            let request = request(&format!("POST /{query} HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assert_eq!(guard.trusts(&request), trusted, "{query}");
        }
    }
}
