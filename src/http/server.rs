//! Listening, and a task a connection.

use super::app::{App, House};
use super::connection;
use super::guard::{Guard, Names};
use super::limits::THREADS;
use super::reply::Reply;
use super::seat::Seats;
use hyper::StatusCode;
use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// How long it rests when the system gives no connection: it has run out of something.
const REST: Duration = Duration::from_millis(50);

/// A server at a port of this machine. It takes connections from the start, and answers when it serves.
pub(crate) struct Server {
    listener: TcpListener,
    address: SocketAddr,
    names: Names,
}

impl Server {
    /// Takes a port; 0 for any that is free.
    ///
    /// # Errors
    /// Where it can't be taken.
    pub(crate) fn bind(port: u16) -> io::Result<Self> {
        Self::bind_at(Ipv4Addr::LOCALHOST.into(), port, Names::default())
    }

    /// Takes a port of an address of this machine, to be asked by these names, too.
    ///
    /// # Errors
    /// Where it can't be taken, or the address is one that other machines reach.
    pub(crate) fn bind_at(address: IpAddr, port: u16, names: Names) -> io::Result<Self> {
        if !address.is_loopback() {
            return Err(io::ErrorKind::AddrNotAvailable.into());
        }
        let listener = TcpListener::bind((address, port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok(Self {
            listener,
            address,
            names,
        })
    }

    /// Where it listens.
    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    /// The same with the address.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Answers for as long as it is polled, within [`run`].
    ///
    /// # Errors
    /// Where the system doesn't let it listen.
    pub(crate) async fn serve<A: App>(self, app: Arc<A>) -> io::Result<Infallible> {
        let listener = tokio::net::TcpListener::from_std(self.listener)?;
        let house = Arc::new(House {
            app,
            guard: Guard::of(self.address, self.names),
            bodies: Arc::default(),
        });
        Ok(accept(&listener, &house).await)
    }
}

/// Runs on this thread what serves, until it is done. What is still being answered then is not waited for.
///
/// # Errors
/// Where the system lacks what it takes.
pub(crate) fn run<T>(work: impl Future<Output = T>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(THREADS)
        .build()?;
    let done = runtime.block_on(work);
    runtime.shutdown_background();
    Ok(done)
}

/// What returns when somebody tells the process to end: by a key, by closing its terminal, by `kill`. From this call on
/// that alone ends nothing. It is called within [`run`].
///
/// # Errors
/// Where the system doesn't tell.
#[cfg(unix)]
pub(crate) fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut key, mut kill, mut terminal) = (
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
        signal(SignalKind::hangup())?,
    );
    Ok(async move {
        tokio::select! {
            _ = key.recv() => {}
            _ = kill.recv() => {}
            _ = terminal.recv() => {}
        }
    })
}

/// What returns when somebody tells the process to end: by a key, by closing its window, by ending the session. From this
/// call on that alone ends nothing. It is called within [`run`].
///
/// # Errors
/// Where the system doesn't tell.
#[cfg(windows)]
pub fn told_to_end() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::windows::{ctrl_break, ctrl_c, ctrl_close, ctrl_logoff, ctrl_shutdown};
    let (mut key, mut other_key, mut window) = (ctrl_c()?, ctrl_break()?, ctrl_close()?);
    let (mut session, mut machine) = (ctrl_logoff()?, ctrl_shutdown()?);
    Ok(async move {
        tokio::select! {
            _ = key.recv() => {}
            _ = other_key.recv() => {}
            _ = window.recv() => {}
            _ = session.recv() => {}
            _ = machine.recv() => {}
        }
    })
}

async fn accept<A: App>(listener: &tokio::net::TcpListener, house: &Arc<House<A>>) -> Infallible {
    let seats = Arc::new(Seats::default());
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            tokio::time::sleep(REST).await;
            continue;
        };
        match seats.take() {
            Some(seat) => drop(tokio::spawn(connection::serve(stream, seat, Arc::clone(house)))),
            None => drop(tokio::spawn(connection::refuse(stream))),
        }
    }
}

/// Does what takes time, or reads a disk, on a thread of its own. A panic is the failure of one answer.
pub(crate) async fn blocking(work: impl FnOnce() -> Reply + Send + 'static) -> Reply {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Reply::failure(StatusCode::INTERNAL_SERVER_ERROR))
}
