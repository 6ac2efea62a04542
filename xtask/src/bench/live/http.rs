//! A browser of few words: HTTP/1.1 over one connection, and server-sent events.

use crate::bench::Failure;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Something went wrong in a task of its own.
pub(in crate::bench) type Wrong = Box<dyn std::error::Error + Send + Sync>;

/// One connection that is used again and again.
pub(in crate::bench) struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

/// An answer.
pub(in crate::bench) struct Answer {
    pub(in crate::bench) status: u16,
    pub(in crate::bench) head: String,
    pub(in crate::bench) body: String,
}

impl Connection {
    pub(in crate::bench) async fn open(to: SocketAddr) -> Result<Self, Wrong> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, read: Vec::new() })
    }

    pub(in crate::bench) async fn get(
        &mut self,
        path: &str,
        cookie: &str,
    ) -> Result<Answer, Wrong> {
        self.send("GET", path, cookie, "").await?;
        self.answer().await
    }

    pub(in crate::bench) async fn post(
        &mut self,
        path: &str,
        with: [&str; 2],
    ) -> Result<Answer, Wrong> {
        let [cookie, form] = with;
        self.send("POST", path, cookie, form).await?;
        self.answer().await
    }

    /// Opens a stream of events; the connection is good for nothing else afterwards.
    pub(super) async fn listen(&mut self, path: &str, cookie: &str) -> Result<(), Wrong> {
        self.send("GET", path, cookie, "").await?;
        let head = self.until("\r\n\r\n").await?;
        if !head.starts_with("HTTP/1.1 200") {
            return Err(head.into());
        }
        // The greeting: from here on nothing is missed.
        self.event().await.map(drop)
    }

    /// The next event; the lengths of chunks are left in, between events.
    pub(super) async fn event(&mut self) -> Result<String, Wrong> {
        self.until("\n\n").await
    }

    async fn send(
        &mut self,
        method: &str,
        path: &str,
        cookie: &str,
        form: &str,
    ) -> Result<(), Wrong> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: here\r\naccept: application/json\r\n\
             cookie: {cookie}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            form.len()
        );
        Ok(self.stream.write_all(request.as_bytes()).await?)
    }

    async fn answer(&mut self) -> Result<Answer, Wrong> {
        let head = self.until("\r\n\r\n").await?;
        let status = head.get(9..12).and_then(|code| code.parse().ok()).ok_or("no status")?;
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let length: usize = length.ok_or("an answer without a length")?;
        while self.read.len() < length {
            self.more().await?;
        }
        let body: Vec<u8> = self.read.drain(..length).collect();
        let body = String::from_utf8_lossy(&body).into_owned();
        Ok(Answer { status, head, body })
    }

    /// Reads up to a mark and over it.
    async fn until(&mut self, mark: &str) -> Result<String, Wrong> {
        let mut looked = 0;
        loop {
            let fresh = self.read.get(looked..).unwrap_or_default();
            if let Some(at) = fresh.windows(mark.len()).position(|some| some == mark.as_bytes()) {
                let end = looked + at + mark.len();
                return Ok(String::from_utf8(self.read.drain(..end).collect())?);
            }
            looked = self.read.len().saturating_sub(mark.len());
            self.more().await?;
        }
    }

    async fn more(&mut self) -> Result<(), Wrong> {
        match self.stream.read_buf(&mut self.read).await? {
            0 => Err("the connection ended".into()),
            _ => Ok(()),
        }
    }
}

impl Answer {
    /// The cookies that it sets, as a browser sends them back.
    pub(in crate::bench) fn cookies(&self) -> Vec<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(':'));
        let cookies = lines.filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        cookies.filter_map(|(_, value)| value.trim().split(';').next()).collect()
    }

    /// The value of a hidden field of its form.
    pub(super) fn field(&self, name: &str) -> Result<&str, Wrong> {
        let (_, rest) = self
            .body
            .split_once(&format!("name=\"{name}\" value=\""))
            .ok_or("a page without its form")?;
        Ok(rest.split('"').next().unwrap_or_default())
    }
}

/// Brings a failure of a task into the thread of the bench.
pub(in crate::bench) fn here(wrong: &Wrong) -> Failure {
    wrong.to_string().into()
}
