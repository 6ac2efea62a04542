//! Staff: coming in and out, the own account, colleagues, a leaver's things, the audit log.

mod door;
mod me;
#[cfg(test)]
pub(crate) mod samples;
mod welcome;
mod wrongs;

use axum::Router;
use axum::routing::{get, post};

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    Router::new()
        .route("/login", get(door::page).post(door::log_in))
        .route("/logout", post(door::log_out))
        .route("/welcome/{token}", get(welcome::page).post(welcome::come_in))
        .route("/me", get(me::page))
        .route("/me/name", post(me::rename))
        .route("/me/password", post(me::change_password))
        .route("/me/sessions/others/end", post(me::end_others))
        .route("/me/sessions/{id}/end", post(me::end))
}
