//! Saved views of the list of groups.

use domain::{Actor, May, StaffId};
use serde_json::json;
use store::{NewView, ViewRow};

use crate::console::{About, Console, Denied, allowed};

/// Place of these views.
const PLACE: &str = "groups";

/// Letters of a name, and bytes of a query, at most.
const NAME_CHARS_MAX: usize = 30;
const QUERY_BYTES_MAX: usize = 1_000;

impl Console {
    /// The views of the list of groups: the own ones and the shared ones, by name.
    pub async fn group_views(&self, actor: &Actor) -> Result<Vec<ViewRow>, Denied> {
        allowed(actor, May::Look)?;
        Ok(self.store().views(actor.org, actor.staff, PLACE).await?)
    }

    /// Saves a view under a name; the same name again replaces it. Sharing takes an operator.
    pub async fn save_group_view(
        &self,
        actor: &Actor,
        (name, query): (&str, &str),
        shared: bool,
    ) -> Result<i64, Denied> {
        let may = if shared { May::Keep } else { May::Tend };
        allowed(actor, may)?;
        let name = name.trim();
        if name.is_empty() {
            return Err(Denied::field("name", "missing"));
        }
        if name.chars().count() > NAME_CHARS_MAX {
            return Err(Denied::field("name", "too_long"));
        }
        if query.len() > QUERY_BYTES_MAX {
            return Err(Denied::field("query", "too_long"));
        }
        let about = About { told: json!({ "shared": shared }), ..About::default() };
        let acting = self.acting(actor, may, "view.saved", about)?;
        let new = NewView {
            place: PLACE,
            staff: if shared { StaffId::NOBODY } else { actor.staff },
            name: name.to_owned(),
            query: query.trim_start_matches('?').to_owned(),
        };
        Ok(self.store().save_view(acting, new).await?)
    }

    /// Takes an own view away, or a shared one by an operator.
    pub async fn drop_group_view(&self, actor: &Actor, id: i64) -> Result<(), Denied> {
        let about = About { told: json!({ "view": id }), ..About::default() };
        let acting = self.acting(actor, May::Tend, "view.removed", about)?;
        let gone = self.store().drop_view(acting, id, actor.may(May::Keep)).await?;
        if gone { Ok(()) } else { Err(Denied::Missing) }
    }
}
