//! What platforms tell of themselves: a file per platform.
//!
//! Invariant: who calls here has no session and sends no form; what it says is believed only when
//! it is signed with the company's own key.

mod wecom;

use axum::Router;
use axum::extract::DefaultBodyLimit;

use crate::house::House;

pub(crate) fn routes() -> Router<House> {
    wecom::routes().layer(DefaultBodyLimit::max(chat::wecom::BODY_BYTES_MAX))
}
