//! The lines of a group as server-sent events, from where the page left off.
//!
//! Invariants: the id of an event is the `seq` of its line; lines come in order, each once, none is
//! left out: the watch begins before the log is read, and whenever something may be missing the
//! log is read again. What waits for a slow client is bounded: nothing is read before it is sent.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use app::live::{Line, Seen, Watching};
use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::{FactKind, IdentityId, Seq};
use futures_util::stream::unfold;
use serde::Deserialize;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::console::Guard;
use crate::door::{Guest, Ticket, Visit};
use crate::house::House;
use crate::line::{Viewer, scene};
use crate::member::Inside;
use crate::trouble::Trouble;

/// Between two signs of life, in seconds.
const BEAT_S: u64 = 15;

/// Lines read from the log at once.
const CHUNK: u32 = 100;

/// More missed lines than these are not sent: the page is loaded again.
const MISSED_MAX: i64 = 400;

/// From where to go on.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Resume {
    after: Option<i64>,
}

/// `GET /g/{code}/events`
pub(crate) async fn events(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Query(resume): Query<Resume>,
    headers: HeaderMap,
) -> Result<Response, Trouble> {
    visit.may_read(&house)?;
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    let guest = visit.guest.as_ref().map(Guest::key).ok_or_else(too_many)?;
    let watched =
        Watched { viewer: inside.viewer(&visit), me: me.who, head: inside.room.head, guard: None };
    stream(&house, (guest, &visit), watched, (&resume, &headers))
}

/// What is watched, and by whom.
pub(crate) struct Watched {
    pub(crate) viewer: Viewer,
    /// The stream ends when this one leaves.
    pub(crate) me: IdentityId,
    pub(crate) head: Seq,
    /// The stream ends when this one no longer lets staff look.
    pub(crate) guard: Option<Guard>,
}

/// The stream of a group's lines; `key` says whose it is among those who hold streams.
pub(crate) fn stream(
    house: &House,
    (key, visit): (&str, &Visit),
    watched: Watched,
    (resume, headers): (&Resume, &HeaderMap),
) -> Result<Response, Trouble> {
    let limits = &house.settings().limits;
    let ticket = house.streams().enter(key, visit.address, limits).ok_or_else(too_many)?;
    let (org, group) = watched.viewer.place;
    let watching = house.live().watch(org, group);
    let seen = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let last = seen.or(resume.after).unwrap_or(watched.head.0);
    let stream = Lines {
        viewer: Viewer { me: IdentityId::NOBODY, ..watched.viewer },
        me: watched.me,
        closing: house.closing(),
        house: house.clone(),
        watching,
        last,
        waiting: VecDeque::from([Bytes::from_static(b"retry: 1000\n: hello\n\n")]),
        behind: true,
        over: watched.head.0 - last > MISSED_MAX,
        ended: false,
        guard: watched.guard,
        _ticket: ticket,
    };
    let body = Body::from_stream(unfold(stream, Lines::next));
    let kind = [(CONTENT_TYPE, "text/event-stream; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    Ok((kind, [("x-accel-buffering", "no")], body).into_response())
}

fn too_many() -> Trouble {
    let say =
        ["打开的页面太多了，请关掉几个再试。", "Too many pages are open: close some of them."];
    Trouble { after_s: Some(10), ..Trouble::new(StatusCode::TOO_MANY_REQUESTS, "too_many", say) }
}

/// One live connection.
struct Lines {
    house: House,
    viewer: Viewer,
    me: IdentityId,
    watching: Watching,
    closing: watch::Receiver<bool>,
    /// Place of the last line that was sent.
    last: i64,
    waiting: VecDeque<Bytes>,
    /// Lines may be in the log that were not sent.
    behind: bool,
    /// Too many were missed: the page has to be loaded again.
    over: bool,
    ended: bool,
    guard: Option<Guard>,
    _ticket: Ticket,
}

impl Lines {
    /// The next piece to send; `None` at the end.
    async fn next(mut self) -> Option<(Result<Bytes, Infallible>, Self)> {
        loop {
            if let Some(piece) = self.waiting.pop_front() {
                return Some((Ok(piece), self));
            }
            if self.ended {
                return None;
            }
            let done = if self.over {
                self.reload();
                Ok(())
            } else if self.behind {
                self.read().await
            } else {
                self.hear().await
            };
            // When the log cannot be read the connection ends, and the page comes again.
            done.ok()?;
        }
    }

    fn reload(&mut self) {
        self.waiting.push_back(Bytes::from_static(b"event: reload\ndata: 1\n\n"));
        self.ended = true;
    }

    /// Reads on from the log.
    async fn read(&mut self) -> Result<(), Trouble> {
        if self.is_over().await? {
            return Ok(());
        }
        let (org, group) = self.viewer.place;
        let lines = self.house.live().lines_after(org, group, Seq(self.last), CHUNK).await?;
        self.behind = u32::try_from(lines.len()).is_ok_and(|count| count >= CHUNK);
        for line in &lines {
            self.take(line).await?;
        }
        Ok(())
    }

    /// Whether who watches may do so no longer: the page asks again and is sent away.
    async fn is_over(&mut self) -> Result<bool, Trouble> {
        let Some(guard) = &mut self.guard else { return Ok(false) };
        let is_over = !guard.stands().await?;
        if is_over {
            self.reload();
        }
        Ok(is_over)
    }

    /// Waits for the next line, for a sign of life, or for the end.
    async fn hear(&mut self) -> Result<(), Trouble> {
        let seen = tokio::select! {
            seen = timeout(Duration::from_secs(BEAT_S), self.watching.next()) => seen.ok(),
            _ = self.closing.wait_for(|closing| *closing) => Some(Seen::Stopping),
            () = stirred(&mut self.guard) => None,
        };
        if self.is_over().await? {
            return Ok(());
        }
        match seen {
            None => self.waiting.push_back(Bytes::from_static(b"event: beat\ndata: 1\n\n")),
            Some(Seen::Line(line)) if line.seq.0 <= self.last => {}
            Some(Seen::Line(line)) if line.seq.0 == self.last + 1 => self.take(&line).await?,
            Some(Seen::Line(_) | Seen::Gap) => self.behind = true,
            Some(Seen::Stopping) => self.ended = true,
        }
        Ok(())
    }

    /// Puts a line into the queue.
    async fn take(&mut self, line: &Line) -> Result<(), Trouble> {
        let (org, group) = self.viewer.place;
        let (house, viewer) = (&self.house, &self.viewer);
        let render = async {
            let lines = std::slice::from_ref(line);
            Ok(scene(house, viewer, lines).await?.live(line))
        };
        let place = (org, group, line.seq);
        let html = house.rendered().line(place, viewer.lang, render).await?;
        self.waiting.push_back(piece(line.seq, &html));
        self.last = line.seq.0;
        if line.fact.kind == FactKind::Leave && line.fact.actor == self.me {
            self.reload();
        }
        Ok(())
    }
}

/// Waits until the guard has to look; for ever where there is none.
async fn stirred(guard: &mut Option<Guard>) {
    match guard {
        Some(guard) => guard.stirred().await,
        None => std::future::pending().await,
    }
}

/// One event; every line of the fragment is a line of data.
fn piece(seq: Seq, html: &str) -> Bytes {
    let mut text = format!("id: {}\nevent: line\n", seq.0);
    for line in html.trim().lines() {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    Bytes::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_of_many_lines_is_one_event() {
        let piece = piece(Seq(7), "<li>上\n\n下</li>\n");
        assert_eq!(
            piece,
            Bytes::from("id: 7\nevent: line\ndata: <li>上\ndata: \ndata: 下</li>\n\n")
        );
    }
}
