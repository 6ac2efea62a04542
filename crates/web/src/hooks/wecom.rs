//! Callbacks of WeCom (接收消息与事件): `/hooks/wecom/{hook}`, the hook being the company's own word.
//!
//! Source: 回调配置, as of 2026-02-12: the question whether the address is ours is answered
//! within 1 s with the opened text and nothing more; an event within 5 s with an empty 200, and
//! only when it is kept. Anything else is told again, up to three times.

use app::wecom::{CallbackError, Mark};
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;

use crate::house::House;

pub(super) fn routes() -> Router<House> {
    Router::new().route("/hooks/wecom/{hook}", get(checked).post(taken))
}

/// What stands in the address.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Signed {
    msg_signature: String,
    timestamp: String,
    nonce: String,
    echostr: String,
}

impl Signed {
    fn mark(&self) -> Mark {
        Mark {
            signature: self.msg_signature.clone(),
            timestamp: self.timestamp.clone(),
            nonce: self.nonce.clone(),
        }
    }
}

/// Whether this address is ours.
async fn checked(
    State(house): State<House>,
    Path(hook): Path<String>,
    Query(signed): Query<Signed>,
) -> Response {
    match house.console().callback_checked(&hook, &signed.mark(), &signed.echostr).await {
        Ok(words) => ([(CONTENT_TYPE, "text/plain; charset=utf-8")], words).into_response(),
        Err(error) => refused(&error),
    }
}

/// Something happened.
async fn taken(
    State(house): State<House>,
    Path(hook): Path<String>,
    Query(signed): Query<Signed>,
    body: String,
) -> Response {
    match house.console().callback_taken(&hook, &signed.mark(), &body).await {
        Ok(()) => StatusCode::OK.into_response(),
        Err(error) => refused(&error),
    }
}

fn refused(error: &CallbackError) -> Response {
    let status = match error {
        CallbackError::NoSuchHook => StatusCode::NOT_FOUND,
        CallbackError::NotFields(_) => StatusCode::BAD_REQUEST,
        CallbackError::Unsealable(_) => StatusCode::FORBIDDEN,
        CallbackError::NotNow => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, format!("{error}\n")).into_response()
}
