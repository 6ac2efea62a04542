//! Listening: connections that move nothing for a minute are closed, and the end is orderly.
//!
//! Invariant: a client that stops reading or writing holds a connection for [`IDLE_S_MAX`] at most;
//! what waits for it is bounded, because streams are read only as fast as the client takes them.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use app::live::Live;
use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, Interval, interval_at};

use crate::house::House;
use crate::router::routes;
use crate::settings::WebSettings;

/// A connection may lie idle for so long, in seconds: more than three beats of a live stream.
const IDLE_S_MAX: u64 = 60;

/// Serves the faces until `stop` is over; then lets live connections go and waits for requests
/// that are being answered.
pub async fn serve(
    listener: TcpListener,
    live: Live,
    settings: WebSettings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let house = House::new(live, settings);
    let service = routes(house.clone()).into_make_service_with_connect_info::<Peer>();
    let end = async move {
        stop.await;
        house.close();
    };
    axum::serve(Patient(listener), service).with_graceful_shutdown(end).await
}

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

impl Connected<IncomingStream<'_, Patient>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Patient>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// A listener whose connections may not idle for ever.
struct Patient(TcpListener);

impl Listener for Patient {
    type Io = Moving;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Moving, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.0).await;
        // Small lines should leave at once; where that cannot be set they leave a little later.
        let _ = stream.set_nodelay(true);
        (Moving::new(stream), peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection on which something has to move.
struct Moving {
    stream: TcpStream,
    idle: Interval,
}

impl Moving {
    fn new(stream: TcpStream) -> Self {
        let wait = Duration::from_secs(IDLE_S_MAX);
        Self { stream, idle: interval_at(Instant::now() + wait, wait) }
    }

    /// Passes on what moved and starts waiting anew; fails when nothing moved for too long.
    fn watch<T>(
        &mut self,
        cx: &mut Context<'_>,
        moved: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        match moved {
            Poll::Ready(moved) => {
                self.idle.reset();
                Poll::Ready(moved)
            }
            Poll::Pending => {
                self.idle.poll_tick(cx).map(|_| Err(io::Error::from(io::ErrorKind::TimedOut)))
            }
        }
    }
}

impl AsyncRead for Moving {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let moved = Pin::new(&mut self.stream).poll_read(cx, into);
        self.watch(cx, moved)
    }
}

impl AsyncWrite for Moving {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.watch(cx, moved)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let moved = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.watch(cx, moved)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
