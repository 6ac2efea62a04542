//! Who asks: somebody of staff with a session.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Actor, Role, Scope, StaffId};

use crate::desk::is_operator;
use crate::door::Visit;
use crate::house::House;

/// Somebody of staff, and the request.
#[derive(Clone, Debug)]
pub(crate) struct Seated {
    pub(crate) actor: Actor,
    pub(crate) visit: Visit,
}

impl FromRequestParts<House> for Seated {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Response> {
        let visit = Visit::of(parts, house);
        visit.may_read(house).map_err(IntoResponse::into_response)?;
        // Until sessions stand, the desk's cookie makes an owner.
        if !is_operator(house, &visit) {
            return Err(Redirect::to("/login").into_response());
        }
        let actor = Actor {
            org: house.settings().org,
            staff: StaffId(1),
            name: visit.lang.pick("负责人", "Owner").to_owned(),
            role: Role::Owner,
            scope: Scope::All,
        };
        Ok(Self { actor, visit })
    }
}
