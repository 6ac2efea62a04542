//! One of the platform's codes, step by step: made, its picture asked for, overwritten, taken away.
//!
//! Invariants: how it stands is written after each step, and gone on with from there; what the
//! platform refuses is tried again later by the class of the refusal, and meanwhile the picture
//! that is there goes on working; nothing that is printed depends on any of it.

use chat::wecom::calls::contacts::ContactWayChange;
use chat::wecom::{CallError, Client, Next};
use domain::{Millis, OrgId};
use store::{LinkWayRow, Store};

use crate::error::Fault;
use crate::links::platform::wanted::Wanted;
use crate::wecom::refusal_word;

/// 无效的 `config_id`: it was taken away on the platform.
const NO_CONFIG: i64 = 41_044;

/// Where steps are done.
pub(super) struct Bench<'a> {
    pub(super) org: OrgId,
    pub(super) client: &'a Client,
    pub(super) store: &'a Store,
    pub(super) now: Millis,
}

/// What came of the steps of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// It stands as it is to stand.
    Well,
    /// The platform refused something that is about this one.
    Refused,
    /// It refuses everything of the company for now.
    Shut,
}

impl Bench<'_> {
    /// Brings one to where it is to stand, as far as the platform lets.
    pub(super) async fn bring(&self, mut way: LinkWayRow, wanted: &Wanted) -> Result<Done, Fault> {
        let result = self.steps(&mut way, wanted).await;
        let done = match result {
            Ok(()) => {
                (way.failure, way.next) = (String::new(), None);
                Done::Well
            }
            Err(error) => self.refused(&mut way, &error),
        };
        self.store.put_link_way(self.org, &way, self.now).await?;
        Ok(done)
    }

    async fn steps(&self, way: &mut LinkWayRow, wanted: &Wanted) -> Result<(), CallError> {
        let told = wanted.told();
        if way.config.is_empty() {
            match wanted {
                Wanted::Kept => return Ok(()),
                Wanted::Join(join) => way.config = self.client.add_join_way(join).await?,
                Wanted::Contact(contact) => {
                    let made = self.client.add_contact_way(contact).await?;
                    (way.config, way.picture) = (made.config_id, made.qr_code);
                }
            }
            way.told.clone_from(&told);
            self.wrote(way).await;
        }
        if way.picture.is_empty() {
            way.picture = if way.userid.is_empty() {
                self.client.join_way(&way.config).await?.qr_code
            } else {
                self.client.contact_way(&way.config).await?.qr_code
            };
            self.wrote(way).await;
        }
        if !told.is_empty() && way.told != told {
            match wanted {
                Wanted::Kept => {}
                Wanted::Join(join) => self.client.overwrite_join_way(&way.config, join).await?,
                Wanted::Contact(contact) => {
                    let change = ContactWayChange {
                        remark: Some(contact.remark.clone()),
                        skip_verify: Some(contact.skip_verify),
                        ..ContactWayChange::default()
                    };
                    self.client.change_contact_way(&way.config, &change).await?;
                }
            }
            way.told = told;
        }
        Ok(())
    }

    /// Takes one away, from the platform and then from here.
    pub(super) async fn drop(&self, mut way: LinkWayRow) -> Result<Done, Fault> {
        if !way.config.is_empty() {
            let gone = if way.userid.is_empty() {
                self.client.delete_join_way(&way.config).await
            } else {
                self.client.delete_contact_way(&way.config).await
            };
            if let Err(error) = gone
                && error.code() != Some(NO_CONFIG)
            {
                let done = self.refused(&mut way, &error);
                self.store.put_link_way(self.org, &way, self.now).await?;
                return Ok(done);
            }
        }
        self.store.drop_link_way(self.org, &way).await?;
        Ok(Done::Well)
    }

    /// What is written in between: when that fails the end of the steps tells.
    async fn wrote(&self, way: &LinkWayRow) {
        let _ = self.store.put_link_way(self.org, way, self.now).await;
    }

    fn refused(&self, way: &mut LinkWayRow, error: &CallError) -> Done {
        if error.code() == Some(NO_CONFIG) {
            // It was taken away there: it is made anew at once.
            (way.config, way.picture, way.told) = (String::new(), String::new(), String::new());
            way.next = None;
            return Done::Refused;
        }
        way.failure = format!("{}|{error}", refusal_word(error));
        let (wait, done) = match error.next() {
            Next::Soon => (Millis::MINUTE, Done::Shut),
            Next::Later => (10 * Millis::MINUTE, Done::Shut),
            Next::Refresh | Next::Tell(_) => (30 * Millis::MINUTE, Done::Shut),
            Next::Less | Next::Drop => (Millis::HOUR, Done::Refused),
        };
        way.next = Some(Millis(self.now.0 + wait));
        done
    }
}
