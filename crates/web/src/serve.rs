//! Listening: connections that move nothing for a minute are closed, and the end is orderly.
//!
//! Invariant: a client that stops reading or writing holds a connection for [`IDLE_S_MAX`] at most,
//! and one that sends its request in drops for [`REQUEST_S_MAX`]; what waits for a client is
//! bounded, because streams are read only as fast as it takes them.

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
use tokio::time::{Instant, Sleep, sleep_until};

use crate::house::House;
use crate::router::routes;
use crate::settings::WebSettings;

/// A connection may lie idle for so long, in seconds: more than three beats of a live stream.
const IDLE_S_MAX: u64 = 60;

/// From its first byte a request, head and form, may take so long to come in, in seconds: a form
/// of 64 KiB passes at 2 KiB a second.
const REQUEST_S_MAX: u64 = 30;

/// Whoever sends a large file gets more time at this rate, in bytes a second.
const UPLOAD_RATE: u64 = 32 * 1024;

/// Serves the faces until `stop` is over; then lets live connections go and waits for requests
/// that are being answered.
pub async fn serve(
    listener: TcpListener,
    live: Live,
    settings: WebSettings,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let house = House::new(live, settings);
    house.console().start_tiers();
    house.console().start_seats();
    house.console().start_growth();
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
    type Io = Moving<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Moving<TcpStream>, SocketAddr) {
        let (stream, peer) = Listener::accept(&mut self.0).await;
        // Small lines should leave at once; where that cannot be set they leave a little later.
        let _ = stream.set_nodelay(true);
        (Moving::new(stream), peer)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A connection on which something has to move, and on which a request comes in one piece.
struct Moving<S> {
    stream: S,
    /// When it is given up, unless something moves before.
    end: Pin<Box<Sleep>>,
    /// When the request that comes in has to be whole; none between requests.
    whole_by: Option<Instant>,
}

impl<S> Moving<S> {
    fn new(stream: S) -> Self {
        let end = Instant::now() + Duration::from_secs(IDLE_S_MAX);
        Self { stream, end: Box::pin(sleep_until(end)), whole_by: None }
    }

    /// Something moved: the wait begins anew, but for the request that comes in.
    fn moved(&mut self) {
        let idle = Instant::now() + Duration::from_secs(IDLE_S_MAX);
        self.end.as_mut().reset(self.whole_by.map_or(idle, |whole_by| whole_by.min(idle)));
    }

    /// Passes on that nothing moves yet, or that it took too long.
    fn wait<T>(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<T>> {
        self.end.as_mut().poll(cx).map(|()| Err(io::Error::from(io::ErrorKind::TimedOut)))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Moving<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        match Pin::new(&mut self.stream).poll_read(cx, into) {
            Poll::Ready(Ok(())) if into.filled().len() > before => {
                let now = Instant::now();
                let first = now + Duration::from_secs(REQUEST_S_MAX);
                let whole_by = *self.whole_by.get_or_insert(first);
                if whole_by <= now {
                    return Poll::Ready(Err(io::Error::from(io::ErrorKind::TimedOut)));
                }
                let read = u64::try_from(into.filled().len() - before).unwrap_or(u64::MAX);
                let earned = Duration::from_millis(read.saturating_mul(1_000) / UPLOAD_RATE);
                self.whole_by = Some(whole_by + earned);
                self.moved();
                Poll::Ready(Ok(()))
            }
            Poll::Ready(done) => Poll::Ready(done),
            Poll::Pending => self.wait(cx),
        }
    }
}

impl<S: AsyncWrite + Unpin> Moving<S> {
    /// An answer is on its way: the request was whole.
    fn wrote(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        if written.is_pending() {
            return self.wait(cx);
        }
        self.whole_by = None;
        self.moved();
        written
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Moving<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.wrote(cx, written)
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
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.wrote(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::interval;

    use super::*;

    fn pair() -> (DuplexStream, Moving<DuplexStream>) {
        let (client, server) = duplex(64);
        (client, Moving::new(server))
    }

    /// Reads until the connection is given up; after how many seconds, and how much came.
    async fn given_up(mut server: Moving<DuplexStream>) -> (u64, usize) {
        let (began, mut bytes) = (Instant::now(), Vec::new());
        let end = loop {
            match server.read_buf(&mut bytes).await {
                Ok(0) => panic!("the client ended"),
                Ok(_) => {}
                Err(error) => break error,
            }
        };
        assert_eq!(end.kind(), io::ErrorKind::TimedOut);
        (began.elapsed().as_secs(), bytes.len())
    }

    #[tokio::test(start_paused = true)]
    async fn who_says_nothing_is_given_up_after_a_minute() {
        let (_client, server) = pair();
        assert_eq!(given_up(server).await, (IDLE_S_MAX, 0));
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_in_drops_is_given_up_although_something_moves() {
        let (mut client, server) = pair();
        let drip = tokio::spawn(async move {
            let mut beat = interval(Duration::from_secs(2));
            beat.tick().await;
            while client.write_all(b"x").await.is_ok() {
                beat.tick().await;
            }
        });
        assert_eq!(given_up(server).await, (REQUEST_S_MAX, 15));
        drip.await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn who_never_reads_is_given_up_after_a_minute() {
        let (_client, mut server) = pair();
        let began = Instant::now();
        let end = server.write_all(&[b'x'; 1_000]).await.unwrap_err();
        assert_eq!(end.kind(), io::ErrorKind::TimedOut);
        assert_eq!(began.elapsed().as_secs(), IDLE_S_MAX);
    }

    #[tokio::test(start_paused = true)]
    async fn requests_one_after_the_other_each_have_their_time() {
        let (mut client, mut server) = pair();
        let mut beat = interval(Duration::from_secs(20));
        beat.tick().await;
        for _ in 0..20 {
            client.write_all(b"GET").await.unwrap();
            beat.tick().await;
            let mut request = [0; 3];
            server.read_exact(&mut request).await.unwrap();
            server.write_all(b"200").await.unwrap();
            let mut answer = [0; 3];
            client.read_exact(&mut answer).await.unwrap();
        }
    }
}
