//! One act of a member: limits, key, event, receipt.

use app::live::{Receipt, Refused};
use axum::response::{IntoResponse, Json, Redirect, Response};
use domain::{ActorClass, Event, EventWhat, IdentityId, Millis, Origin, SourceKey};

use crate::door::{Visit, Wants};
use crate::house::House;
use crate::member::Inside;
use crate::trouble::Trouble;
use crate::words::refused;

/// Who does what, under which key.
pub(crate) struct Asked {
    /// Minted by the page.
    pub(crate) key: i64,
    pub(crate) actor: IdentityId,
    pub(crate) class: ActorClass,
    pub(crate) what: EventWhat,
}

impl Inside {
    /// Hands the act to the group's writer; limits were checked before.
    pub(crate) async fn submit(&self, house: &House, asked: Asked) -> Result<Receipt, Refused> {
        let Asked { key, actor, class, what } = asked;
        let event = Event {
            group: self.group,
            key: SourceKey { key, part: chat::web::part(&what) },
            // The writer's clock counts for what is asked of us.
            at: Millis(0),
            actor,
            class,
            origin: Origin::Asked,
            what,
        };
        house.live().submit(self.org, event).await
    }

    /// Checks limits and key, does the act, and answers: a receipt, or back to where it shows.
    pub(crate) async fn act(
        &self,
        (house, visit): (&House, &Visit),
        asked: Asked,
        then: &str,
    ) -> Result<Response, Trouble> {
        visit.may_act(house)?;
        accepted(asked.key, house)?;
        match self.submit(house, asked).await {
            Ok(receipt) => Ok(done(visit, &receipt, then)),
            Err(no) => Err(refused(&no, &self.zone, self.now)),
        }
    }
}

/// Whether the key of a form is taken now.
pub(crate) fn accepted(key: i64, house: &House) -> Result<(), Trouble> {
    chat::web::accepted(key, house.now()).map(|_| ()).map_err(|_| Trouble::stale())
}

/// The answer to an act that was done.
pub(crate) fn done(visit: &Visit, receipt: &Receipt, then: &str) -> Response {
    match visit.wants {
        Wants::Page => Redirect::to(then).into_response(),
        Wants::Json => Json(serde_json::json!({ "seq": receipt.seq.0, "again": receipt.again }))
            .into_response(),
    }
}
