//! Who may use the desk.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::{May, OrgId};

use crate::console::Seated;
use crate::door::Visit;
use crate::house::House;
use crate::trouble::Trouble;

/// Somebody of staff who keeps all groups of this organisation: the desk knows no scopes.
pub(super) struct Operator {
    pub(super) org: OrgId,
    pub(super) visit: Visit,
}

impl FromRequestParts<House> for Operator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let Seated { actor, visit, .. } = Seated::from_request_parts(parts, house).await?;
        if actor.may(May::Keep) && actor.sees_all() {
            return Ok(Self { org: actor.org, visit });
        }
        Err(Trouble::not_allowed(May::Keep).into_response())
    }
}
