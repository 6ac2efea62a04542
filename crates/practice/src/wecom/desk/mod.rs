//! The desk: pages under `/practice` on which a person is everybody in the company and around it.
//!
//! Invariants: plain forms, so that everything works without scripts; what is done here is done by
//! people and told in callbacks, unlike calls. It listens on loopback only and asks nobody who
//! they are.

mod codes;
mod customers;
mod files;
mod groups;
mod home;
mod inbox;
mod lang;
mod logs;
mod respond;
mod staff;
mod troubles;

use axum::Router;
use axum::extract::Request;
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use crate::wecom::world::Shared;

/// What pages are made from.
#[derive(Clone, Debug)]
pub(crate) struct Desk {
    pub(crate) shared: Shared,
    pub(crate) client: reqwest::Client,
}

/// Every page.
pub(crate) fn router(desk: Desk) -> Router {
    Router::new()
        .route("/practice", get(home::page))
        .route("/practice/callback", post(home::set_callback))
        .route("/practice/time", post(home::pass_time))
        .route("/practice/staff", get(staff::list))
        .route("/practice/staff/{id}", get(staff::one))
        .route("/practice/staff/{id}/departure", post(staff::leave))
        .route("/practice/staff/{id}/customers", post(staff::agree))
        .route("/practice/staff/{id}/answers", post(inbox::press))
        .route("/practice/groups", get(groups::list).post(groups::make))
        .route("/practice/rushes", post(groups::rush))
        .route("/practice/groups/{id}", get(groups::one))
        .route("/practice/groups/{id}/departures", post(groups::part))
        .route("/practice/groups/{id}/name", post(groups::rename))
        .route("/practice/groups/{id}/end", post(groups::end))
        .route("/practice/codes", get(codes::list))
        .route("/practice/scan/{config}", get(codes::ask).post(codes::scan))
        .route("/practice/customers", get(customers::list))
        .route("/practice/customers/{id}", get(customers::one))
        .route("/practice/customers/{id}/partings", post(customers::part))
        .route("/practice/customers/{id}/transfer", post(customers::answer))
        .route("/practice/troubles", get(troubles::page).post(troubles::set))
        .route("/practice/calls", get(logs::calls))
        .route("/practice/letters", get(logs::letters))
        .route("/practice/books", get(logs::books))
        .route("/practice/qr/{config}", get(files::qr))
        .route("/practice/pictures/{id}", get(files::picture))
        .route("/practice/style.css", get(files::style))
        .layer(middleware::from_fn(own))
        .with_state(desk)
}

/// Forms of other sites are refused: a browser says where a request comes from.
async fn own(request: Request, next: Next) -> Response {
    let from = request.headers().get("sec-fetch-site");
    let strange = from.is_some_and(|from| from == "cross-site" || from == "same-site");
    if strange && request.method() == Method::POST {
        return StatusCode::FORBIDDEN.into_response();
    }
    next.run(request).await
}
