//! What listens: the calls under `/cgi-bin/`, and the desk.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{
    ConnectInfo, DefaultBodyLimit, FromRequest as _, Multipart, Path, Query, Request, State,
};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::any;
use domain::Millis;
use futures_util::{StreamExt as _, stream};
use jiff::fmt::rfc2822::DateTimePrinter;

use crate::wecom::api::{Asked, Reply, Upload, Verb, Way, reply};
use crate::wecom::desk::{self, Desk};
use crate::wecom::world::{Shared, enter};

/// The largest body: a file of 20 MB and what is around it.
const BODY_BYTES_MAX: usize = 24 * 1024 * 1024;

/// How long half an answer has to go out.
const FLUSH: Duration = Duration::from_millis(20);

/// Everything that listens.
pub(crate) fn router(shared: Shared, client: reqwest::Client) -> Router {
    let calls = Router::new()
        .route("/cgi-bin/{*path}", any(call))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .with_state(shared.clone());
    calls.merge(desk::router(Desk { shared, client }))
}

async fn call(
    State(shared): State<Shared>,
    Path(path): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let verb = if request.method() == Method::GET { Verb::Get } else { Verb::Post };
    let Ok((body, file)) = read(request).await else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let from = from.ip().to_string();
    let way = reply(&shared, Asked { path, verb, query, body, file, from }).await;
    let mut response = answered(way).await;
    // The company's own clock: a server that stands in front would put in the wall's.
    let now = enter(&shared).due();
    if let Some(date) = date(now) {
        response.headers_mut().insert(header::DATE, date);
    }
    response
}

/// A moment as HTTP writes it.
fn date(at: Millis) -> Option<HeaderValue> {
    let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
    let text = DateTimePrinter::new().timestamp_to_rfc9110_string(&at).ok()?;
    HeaderValue::from_str(&text).ok()
}

async fn answered(way: Way) -> Response {
    match way {
        Way::Whole(reply) => whole(reply),
        Way::Cut(reply) => cut(reply),
        Way::Status(status) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            (status, "<html><body>something is wrong</body></html>").into_response()
        }
        Way::Never => std::future::pending().await,
    }
}

/// The body, or the file of a form.
async fn read(request: Request) -> Result<(Vec<u8>, Option<Upload>), ()> {
    let kind = request.headers().get(header::CONTENT_TYPE);
    let form =
        kind.and_then(|kind| kind.to_str().ok()).is_some_and(|k| k.starts_with("multipart/"));
    if !form {
        let body = axum::body::to_bytes(request.into_body(), BODY_BYTES_MAX).await.map_err(drop)?;
        return Ok((body.to_vec(), None));
    }
    let mut form = Multipart::from_request(request, &()).await.map_err(drop)?;
    while let Some(field) = form.next_field().await.map_err(drop)? {
        if field.name() != Some("media") {
            continue;
        }
        let name = field.file_name().unwrap_or_default().to_owned();
        let kind = field.content_type().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(drop)?.to_vec();
        return Ok((Vec::new(), Some(Upload { name, kind, bytes })));
    }
    Ok((Vec::new(), None))
}

fn whole(reply: Reply) -> Response {
    match reply {
        Reply::Json(value) => axum::Json(value).into_response(),
        Reply::File(name, kind, bytes) => {
            let kept = format!("attachment; filename=\"{name}\"");
            let named = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, kept)];
            (named, bytes).into_response()
        }
    }
}

/// Says how long the answer is, sends half of it and breaks off.
fn cut(reply: Reply) -> Response {
    let bytes = match reply {
        Reply::Json(value) => value.to_string().into_bytes(),
        Reply::File(_, _, bytes) => bytes,
    };
    let half = bytes.get(..bytes.len() / 2).unwrap_or_default().to_vec();
    let broken = async {
        // What was written goes out before the connection ends.
        let _ = tokio::time::timeout(FLUSH, std::future::pending::<()>()).await;
        Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))
    };
    let parts = stream::iter([Ok(Bytes::from(half))]).chain(stream::once(broken));
    let length = [(header::CONTENT_LENGTH, bytes.len().to_string())];
    (length, Body::from_stream(parts)).into_response()
}
