//! Writing into a group from Today, as its keeper: an answer to somebody, a welcome.
//!
//! Invariants: sent twice under one key is said once; an answer to what somebody else answered
//! meanwhile is not sent.

use chat::web::{TEXT_CHARS_MAX, TextError};
use domain::{Actor, EventWhat, FeatureWord, GroupId, IdentityId, May, Post, SourceKey};
use store::PutOff;

use crate::console::today::acts::told;
use crate::console::today::keeper::asked;
use crate::console::today::list::open_rows;
use crate::console::today::row::{Reason, Row};
use crate::console::{Console, Denied, allowed};
use crate::live::Receipt;
use crate::wecom::WECOM;

/// Something to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writing {
    /// Minted by the page ([`domain::minted_key`]).
    pub key: i64,
    /// As it was typed.
    pub text: String,
}

impl Console {
    /// Answers the message of a row, or welcomes the new members of a row, in their group. The row
    /// goes with it. [`Denied::Changed`] when the row is gone: nothing was sent.
    pub async fn write_for_row(
        &self,
        actor: &Actor,
        (source, key): (&str, &str),
        writing: &Writing,
    ) -> Result<Receipt, Denied> {
        allowed(actor, May::Tend)?;
        let text = chat::web::text(&writing.text, TEXT_CHARS_MAX).map_err(wrong)?;
        let ground = self.ground(actor).await?;
        let row =
            open_rows(&ground).into_iter().find(|row| (row.source, &*row.key) == (source, key));
        let group = key.split(':').next().and_then(|group| group.parse().ok()).map(GroupId);
        // On WeCom nobody else can write into a group.
        let can =
            |group: &GroupId| ground.titles.get(group).is_some_and(|title| title.platform != WECOM);
        let Some(group) = group.filter(can) else {
            return Err(Denied::Missing);
        };
        let Some(row) = row else {
            // Sent twice: the first time has taken the row away.
            return self.said_before(actor, group, writing.key).await;
        };
        let about = match row.reason {
            Reason::FirstPost(about) | Reason::Question(about) | Reason::Call(about) => about,
            Reason::Newcomer | Reason::Newcomers(..) => None,
            _ => return Err(Denied::Missing),
        };
        let who = self.keeper_in(actor, group, writing.key).await?;
        let post = Post {
            calls: self.calls(actor, (group, who), &text).await?,
            text: text.into(),
            features: FeatureWord::default(),
            text_hash: 0,
            reply_to: about,
        };
        let event = asked(group, (writing.key, who), EventWhat::Message(post));
        let receipt = self.live().submit(actor.org, event).await?;
        if !receipt.again {
            self.note_written(actor, &row).await?;
        }
        Ok(receipt)
    }

    /// The audit line; new members who were welcomed are welcomed for good.
    async fn note_written(&self, actor: &Actor, row: &Row) -> Result<(), Denied> {
        let welcomes = matches!(row.reason, Reason::Newcomer | Reason::Newcomers(..));
        let act = if welcomes { "today.welcomed" } else { "today.answered" };
        let acting = self.acting(actor, May::Tend, act, told(row))?;
        if !welcomes {
            return Ok(self.store().note_act(acting).await?);
        }
        let put = PutOff {
            source: row.source.to_owned(),
            key: row.key.clone(),
            level: row.level,
            by: actor.staff,
            at: self.now(),
            until: None,
        };
        Ok(self.store().put_off(acting, put).await?)
    }

    /// The receipt of what was said under this key before.
    async fn said_before(
        &self,
        actor: &Actor,
        group: GroupId,
        key: i64,
    ) -> Result<Receipt, Denied> {
        let part = u32::from(domain::FactKind::Message as u8) << 24;
        let keys = vec![(group, SourceKey { key, part })];
        let known = self.store().known(actor.org, keys).await?;
        let seq = known.into_iter().flatten().map(|(seq, _)| seq).next();
        seq.map(|seq| Receipt { seq, again: true }).ok_or(Denied::Changed)
    }

    /// Whom the text calls first.
    async fn calls(
        &self,
        actor: &Actor,
        (group, me): (GroupId, IdentityId),
        text: &str,
    ) -> Result<IdentityId, Denied> {
        if !text.contains(['@', '＠']) {
            return Ok(IdentityId::NOBODY);
        }
        let members = self.live().members(actor.org, group).await?;
        let present = members.iter().filter(|one| one.is_in() && one.who != me);
        let names: Vec<_> = present.map(|one| (one.who, &*one.name)).collect();
        let called = chat::web::mentions(text, &names).people.first().copied();
        Ok(called.unwrap_or(IdentityId::NOBODY))
    }
}

fn wrong(error: TextError) -> Denied {
    match error {
        TextError::Empty => Denied::field("text", "empty"),
        TextError::TooLong { .. } => Denied::field("text", "too_long"),
    }
}
