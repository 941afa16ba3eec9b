//! Stands between the program and a cluster, and does what a bad day would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

/// What becomes of a request.
pub(crate) enum Fate {
    /// It passes.
    Passes,
    /// It is answered here: status and body.
    Answered(u16, &'static str),
    /// Its connection is cut before it arrives.
    Cut,
    /// It arrives, and its answer is lost.
    Lost,
}

/// Begins to stand there; gives its address. `judge` sees method and path of each request.
pub(crate) fn proxy(cluster: &str, mut judge: impl FnMut(&str) -> Fate + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let target = cluster.trim_start_matches("http://").to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Some((line, request)) = read(&stream) else { continue };
            let fate = judge(&line);
            let target = target.clone();
            // Requests are judged one after another, and wait for their answers side by side.
            std::thread::spawn(move || serve(stream, &target, &request, &fate));
        }
    });
    url
}

/// Method and path, and the whole request as it goes on.
fn read(stream: &TcpStream) -> Option<(String, Vec<u8>)> {
    let mut lines = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    lines.read_line(&mut first).ok()?;
    let mut head = first.clone();
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        head.push_str(&line);
    }
    head.push_str("connection: close\r\n\r\n");
    let mut request = head.into_bytes();
    let start = request.len();
    request.resize(start + length, 0);
    lines.read_exact(&mut request[start..]).ok()?;
    let line = first
        .rsplit_once(' ')
        .map_or(first.as_str(), |(line, _)| line)
        .to_owned();
    Some((line, request))
}

fn serve(mut stream: TcpStream, target: &str, request: &[u8], fate: &Fate) {
    let answer = match fate {
        Fate::Cut => return,
        Fate::Answered(status, body) => {
            let length = body.len();
            format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}").into_bytes()
        }
        Fate::Passes | Fate::Lost => {
            let mut answer = Vec::new();
            let passed = TcpStream::connect(target).and_then(|mut cluster| {
                cluster.write_all(request)?;
                cluster.read_to_end(&mut answer)
            });
            if passed.is_err() || matches!(fate, Fate::Lost) {
                return;
            }
            let text = "HTTP/1.1 ".len() + 3;
            // The connection ends with this answer.
            let end = answer.windows(2).position(|two| two == b"\r\n").unwrap_or(text);
            answer.splice(end..end, b"\r\nconnection: close".iter().copied());
            answer
        }
    };
    // The program may be gone.
    let _ = stream.write_all(&answer);
}
