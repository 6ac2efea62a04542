//! The listening service: it answers, and ends in good order.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use web::serve;

use crate::browser::Place;

#[tokio::test]
async fn live_connections_are_let_go_when_the_service_ends() {
    let place = Place::open().await;
    let (ann, _) = place.two().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = oneshot::channel::<()>();
    let end = async { stopped.await.unwrap_or(()) };
    let serving = tokio::spawn(serve(listener, place.live.clone(), place.settings.clone(), end));
    let mut tab = TcpStream::connect(address).await.unwrap();
    let head = format!(
        "GET {} HTTP/1.1\r\nHost: {address}\r\nCookie: {}\r\n\r\n",
        place.at("/events"),
        ann.cookies()
    );
    tab.write_all(head.as_bytes()).await.unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains(": hello") {
        assert!(tab.read_buf(&mut seen).await.unwrap() > 0, "the stream begins");
    }
    assert!(seen.starts_with(b"HTTP/1.1 200 OK"));
    stop.send(()).unwrap();
    serving.await.unwrap().unwrap();
    tab.read_to_end(&mut seen).await.unwrap();
    assert!(String::from_utf8_lossy(&seen).ends_with("0\r\n\r\n"), "the stream ends properly");
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}
