//! Staff: coming in and out, the own account, colleagues, a leaver's things, the audit log.

mod audit;
mod door;
mod grant;
mod handover;
mod me;
mod phone;
#[cfg(test)]
pub(crate) mod samples;
mod staff;
mod told;
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
        .route("/staff", get(staff::page))
        .route("/staff/new", get(staff::new))
        .route("/staff/invitations", post(staff::invite))
        .route("/staff/invitations/{id}/revocation", post(staff::revoke))
        .route("/staff/{id}", get(staff::show))
        .route("/staff/{id}/role", post(staff::change))
        .route("/staff/{id}/lockout", post(staff::lock_out))
        .route("/staff/{id}/lockout/end", post(staff::unlock))
        .route("/staff/{id}/password", post(staff::password))
        .route("/staff/{id}/phone", post(phone::save))
        .route("/staff/{id}/handover", get(handover::page).post(handover::hand_over))
        .route("/audit", get(audit::page))
        .route("/audit/export.csv", get(audit::export))
}
