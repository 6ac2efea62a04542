//! The plain server beside ours: passes posts on to whoever listens, keeps and checks nothing.

use crate::bench::live::http::Wrong;
use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::broadcast;

/// Posts that a slow listener may lie behind.
const BEHIND: usize = 256;

type Rooms = Arc<Mutex<HashMap<String, broadcast::Sender<Arc<str>>>>>;

/// Serves for as long as the runtime lives.
pub(super) async fn serve() -> io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        let rooms = Rooms::default();
        while let Ok((stream, _)) = listener.accept().await {
            let rooms = Arc::clone(&rooms);
            // Who goes away in the middle of a word is not answered.
            tokio::spawn(async move { drop(one(stream, &rooms).await) });
        }
    });
    Ok(address)
}

/// One connection.
async fn one(stream: TcpStream, rooms: &Rooms) -> Result<(), Wrong> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    loop {
        let (path, length) = head(&mut stream).await?;
        let (room, act) = path.rsplit_once('/').ok_or("no path")?;
        let room = {
            let mut rooms = rooms.lock().unwrap_or_else(PoisonError::into_inner);
            rooms.entry(room.to_owned()).or_insert_with(|| broadcast::channel(BEHIND).0).clone()
        };
        if act == "events" {
            return listen(stream, room.subscribe()).await;
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        // Nobody may be listening.
        drop(room.send(String::from_utf8(body)?.into()));
        stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok").await?;
    }
}

/// Path and length of a request.
pub(in crate::bench) async fn head(
    stream: &mut BufReader<TcpStream>,
) -> Result<(String, usize), Wrong> {
    let mut line = String::new();
    stream.read_line(&mut line).await?;
    let path = line.split(' ').nth(1).ok_or("the end")?.to_owned();
    let mut length = 0;
    loop {
        line.clear();
        stream.read_line(&mut line).await?;
        if line.trim().is_empty() {
            return Ok((path, length));
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse()?;
        }
    }
}

async fn listen(
    mut stream: BufReader<TcpStream>,
    mut posts: broadcast::Receiver<Arc<str>>,
) -> Result<(), Wrong> {
    let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\
                 transfer-encoding: chunked\r\n\r\n9\r\n: hello\n\n\r\n";
    stream.get_mut().write_all(head).await?;
    while let Ok(post) = posts.recv().await {
        let event = format!("event: line\ndata: {post}\n\n");
        let chunk = format!("{:x}\r\n{event}\r\n", event.len());
        stream.get_mut().write_all(chunk.as_bytes()).await?;
    }
    Ok(())
}
