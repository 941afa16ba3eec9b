//! A preview that runs already: a person who starts it a second time wants to see that one.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::path::Path;
use std::time::Duration;

/// How long it may take to answer: it may be at its first build.
const PATIENCE: Duration = Duration::from_secs(5);
/// Bytes of an answer at most.
const LONGEST: u64 = 4096;

/// What the address begins with at which a preview says that it is one of a corpus.
pub(super) const ADDRESS: &str = "corpus/";

/// A name of a corpus that doesn't say where it lies.
pub(super) fn name_of(corpus: &Path) -> String {
    let real = corpus.canonicalize().unwrap_or_else(|_| corpus.to_owned());
    blake3::hash(real.as_os_str().as_encoded_bytes()).to_hex().to_string()
}

/// Whether a preview of this corpus answers at a port of this machine.
pub(crate) fn is_served(corpus: &Path, port: u16) -> bool {
    let name = name_of(corpus);
    answer(&name, port).is_ok_and(|answer| answer.starts_with("HTTP/1.1 200 ") && answer.ends_with(&name))
}

fn answer(name: &str, port: u16) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&SocketAddr::from((Ipv4Addr::LOCALHOST, port)), PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /_/{ADDRESS}{name} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.take(LONGEST).read_to_string(&mut answer)?;
    Ok(answer)
}
