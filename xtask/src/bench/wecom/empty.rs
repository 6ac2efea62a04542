//! A server that reads a letter and says that it has it: the floor under every answer.

use crate::bench::live::{Wrong, head};
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Listens until the runtime ends.
pub(super) async fn serve() -> std::io::Result<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // Who goes away in the middle of a word is not answered.
            tokio::spawn(async move { drop(one(stream).await) });
        }
    });
    Ok(address)
}

async fn one(stream: TcpStream) -> Result<(), Wrong> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    loop {
        let (_, length) = head(&mut stream).await?;
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n").await?;
    }
}
