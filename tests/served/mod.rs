//! The preview as a process: where it listens, its token, and what it answers.
#![allow(dead_code, reason = "each test uses a part of it")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A preview, ended when dropped.
pub(crate) struct Served {
    child: Child,
    /// `127.0.0.1:…`.
    pub address: String,
    pub token: String,
}

impl Served {
    /// Runs a command line of `serve`, at a free port.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut served = Self::gateway(command);
        let token = served.token.split_once("?token=").unwrap().1.to_owned();
        served.token = token.chars().take_while(char::is_ascii_hexdigit).collect();
        served
    }

    /// Runs a command line of `gateway`, at a free port; it knows no token.
    pub(crate) fn gateway(command: &mut Command) -> Self {
        let mut child = command
            .args(["--port", "0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let (address, rest) = line.split("http://").nth(1).unwrap().split_once('/').unwrap();
        Self {
            child,
            address: address.to_owned(),
            token: rest.to_owned(),
        }
    }

    /// The process.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Waits until it has ended by itself.
    pub(crate) fn ended(&mut self) -> std::process::ExitStatus {
        let started = std::time::Instant::now();
        while started.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it goes on");
    }

    /// Sends bytes as they are, and gives all that comes back.
    pub(crate) fn send(&self, bytes: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(bytes).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    /// Ends it.
    pub(crate) fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    /// Asks for a page, as a browser does.
    pub(crate) fn get(&self, target: &str) -> String {
        self.send(format!("GET {target} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).as_bytes())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.end();
    }
}
