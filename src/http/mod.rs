//! The one HTTP server of the program, on hyper: whatever speaks HTTP stands on it and gives it an [`App`].
//!
//! It listens on this machine alone, and answers nobody who comes by another name or from a page of another site
//! (`guard`). A connection carries one request. How long each part of it may take, how much of it is read, and who has
//! to go when all seats are taken is decided here (`seat`, `limits`), so an application never waits for a client: it
//! gets a request whose head is there, asks for a body of a size that it names, and gives a [`Reply`] whose bytes are
//! shared, not copied.

mod app;
mod connection;
mod guard;
mod limits;
mod reply;
mod request;
mod seat;
mod server;

pub(crate) use app::App;
pub(crate) use guard::{Names, Token, random_name};
pub(crate) use hyper::body::Bytes;
pub(crate) use hyper::{Method, StatusCode};
pub(crate) use reply::{Reply, Response, media_type, secured};
pub(crate) use request::{Call, Fault, Request};
pub(crate) use server::{Server, blocking, run, told_to_end};
