//! Opening a group with its first link and its card, in one transaction.

use domain::GroupId;

use crate::cards::card::{CardChange, put, turn};
use crate::fault::Result;
use crate::live::{NewLiveGroup, open};
use crate::sql::job;
use crate::store::Store;
use crate::team::{Acting, note};

/// What else is said of a new group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCard {
    /// Code of its first link.
    pub code: String,
    /// What else is said of it.
    pub said: CardChange,
}

impl Store {
    /// Opens a live group with a link and a card. One with this platform and key stays as it is:
    /// sending the form twice makes one group.
    pub async fn open_kept_group(
        &self,
        acting: Acting,
        new: NewLiveGroup,
        card: NewCard,
    ) -> Result<GroupId> {
        self.write(job(move |mut conn| {
            Box::pin(async move {
                let group = open(&mut conn, acting.org, &new).await?;
                let linked = "SELECT 1 FROM links WHERE org = $1 AND grp = $2";
                let place = [acting.org.0.into(), group.0.into()];
                if conn.row(linked, &place).await?.is_some() {
                    return Ok(group);
                }
                let [org, grp] = place;
                let sql = "INSERT INTO links (code, org, grp, via, made_at) \
                           VALUES ($1, $2, $3, '', $4)";
                conn.run(sql, &[card.code.as_str().into(), org, grp, acting.at.0.into()]).await?;
                let turned = turn(&mut conn, &acting, &[group], &card.said).await?;
                put(&mut conn, &acting, &turned).await?;
                note(&mut conn, &Acting { group: Some(group), ..acting }).await?;
                Ok(group)
            })
        }))
        .await
    }
}
