//! What is done about letters.

use std::collections::BTreeMap;

use chat::wecom::{ContactChange, Fields, GroupChange, Moved, News, Told};
use domain::{Event, EventWhat, IdentityId, LeaveManner, Millis, Origin};
use store::{
    IdentitySaid, WecomContact, WecomLetterRow, WecomMember, WecomMemberRow, WecomPage,
    WecomParting,
};
use tokio::sync::watch;

use crate::console::{Console, Denied};
use crate::wecom::WECOM;
use crate::wecom::callback::inbox::{Came, Inbox};
use crate::wecom::changes;
use crate::wecom::pull::{Pull, Stop};

/// Letters looked at in one go.
const AT_ONCE: u32 = 1_000;
/// How often it is looked whether details can be asked for now.
const LOOK_MS: u64 = 500;
/// After a refusal a company is left alone for so long.
const REST_MS: i64 = 30_000;

impl Console {
    /// Does what letters ask for, until the program stops.
    pub fn keep_delivering(&self) {
        let console = self.clone();
        self.live().aside("the letters of companies", move |stop| {
            let console = console.clone();
            async move { console.deliver_in_time(stop).await }
        });
    }

    async fn deliver_in_time(&self, mut stop: watch::Receiver<bool>) {
        let bell = std::sync::Arc::clone(&self.companies().mailbox.bell);
        let mut tick = tokio::time::interval(std::time::Duration::from_millis(LOOK_MS));
        let mut resting: BTreeMap<store::WecomId, Millis> = BTreeMap::new();
        let mut inboxes: BTreeMap<store::WecomId, Inbox> = BTreeMap::new();
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = bell.notified() => {}
                _ = tick.tick() => {}
            }
            for row in self.connected().await.unwrap_or_default() {
                let (id, now) = (row.id, self.now());
                let rests = resting.get(&id).is_some_and(|until| now < *until);
                let Some(desk) = self.desk(&row).filter(|_| !rests) else { continue };
                let inbox = inboxes.entry(id).or_default();
                if Pull::of(self.clone(), row, desk).deliver(inbox).await.is_err() {
                    resting.insert(id, Millis(now.0 + REST_MS));
                    inboxes.remove(&id);
                }
            }
        }
    }

    /// Does now what letters of a company ask for.
    pub async fn deliver_company_now(&self, id: store::WecomId) -> Result<(), Denied> {
        let row = self.company_row(id).await?;
        let desk = self.desk(&row).ok_or(Denied::Missing)?;
        let done = Pull::of(self.clone(), row, desk).deliver(&mut Inbox::default()).await;
        done.map_err(|stop| match stop {
            Stop::Fault(fault) => Denied::Fault(fault),
            Stop::Call(error) => Denied::Fault(crate::Fault::Unreadable(error.to_string())),
            Stop::Ended => Denied::Changed,
        })
    }
}

impl Pull {
    /// Does what can be done now about the letters that wait.
    async fn deliver(&self, inbox: &mut Inbox) -> Result<(), Stop> {
        let mut done = Vec::new();
        let mut stopped = self.hear(inbox, &mut done).await;
        if stopped.is_ok() {
            stopped = self.read_anew(inbox, &mut done).await;
        }
        if !done.is_empty() {
            self.store().wecom_letters_done(self.id, &done, self.now()).await?;
        }
        self.desk.log.write(self.store(), self.id, false).await;
        stopped
    }

    /// Looks at letters that came since.
    async fn hear(&self, inbox: &mut Inbox, done: &mut Vec<i64>) -> Result<(), Stop> {
        loop {
            let letters = self.store().wecom_waiting(self.id, (inbox.after, AT_ONCE)).await?;
            if letters.is_empty() {
                return Ok(());
            }
            for letter in letters {
                let (id, received) = (letter.id, letter.received);
                if self.heard(&letter, inbox).await? {
                    let about = inbox.chats.entry(letter.chat).or_default();
                    about.letters.push_back((id, received));
                } else {
                    done.push(id);
                }
                inbox.after = id;
            }
        }
    }

    /// Reads the groups whose details have had time to follow.
    async fn read_anew(&self, inbox: &mut Inbox, done: &mut Vec<i64>) -> Result<(), Stop> {
        let now = self.now();
        for (chat, about) in inbox.chats.iter_mut().filter(|(_, about)| about.is_due(now)) {
            let at = self.now();
            self.one_group(chat).await?;
            done.extend(about.read(at));
        }
        inbox.chats.retain(|_, about| !about.letters.is_empty());
        Ok(())
    }

    /// Does at once what needs no details of a group; whether they are to be read after it.
    async fn heard(&self, letter: &WecomLetterRow, inbox: &mut Inbox) -> Result<bool, Stop> {
        // It was read when it was taken.
        let Ok(fields) = Fields::of(&letter.text) else { return Ok(false) };
        let told = Told::of(&fields);
        match told.news {
            News::Group { chat, change: GroupChange::Joined(moved) } => {
                let (at, scene, received) = (told.at, moved.scene, letter.received);
                let came = |who| (who, Came { at, scene, received });
                let about = inbox.chats.entry(chat).or_default();
                about.coming.extend(moved.people.into_iter().map(came));
                Ok(true)
            }
            News::Group { chat, change: GroupChange::Gone(moved) } => {
                let about = inbox.chats.entry(chat.clone()).or_default();
                self.gone(&chat, &moved, (told.at, &mut about.coming)).await?;
                Ok(true)
            }
            News::Group { .. } => Ok(true),
            News::Contact { staff, customer, change } => {
                self.contact((staff, customer), change, told.at).await?;
                Ok(false)
            }
            News::Tag { .. } | News::Card { .. } | News::App { .. } | News::Other { .. } => {
                Ok(false)
            }
        }
    }

    /// People went, at a moment that is known.
    async fn gone(
        &self,
        chat: &str,
        moved: &Moved,
        (at, coming): (Millis, &mut BTreeMap<String, Came>),
    ) -> Result<(), Stop> {
        let Some(group) = self.store().wecom_group(self.id, chat).await?.and_then(|row| row.group)
        else {
            return Ok(());
        };
        let known = self.store().wecom_members_of(self.id, chat).await?;
        let went = |row: &&WecomMemberRow| {
            let is_in = row.gone.is_none() && row.member.joined <= at;
            is_in && moved.people.contains(&row.member.userid)
        };
        let mut rows: Vec<WecomMemberRow> = known.iter().filter(went).cloned().collect();
        let passers = self.passers(chat, (moved, &rows), coming).await?;
        self.happened(passers.iter().map(|row| changes::passed(group, row)).collect()).await?;
        let met: Vec<WecomMember> = passers.iter().map(|row| row.member.clone()).collect();
        rows.extend(passers);
        if rows.is_empty() {
            return Ok(());
        }
        let how = match moved.scene {
            Some(0) => LeaveManner::Left,
            Some(1) => LeaveManner::Removed,
            _ => LeaveManner::Unknown,
        };
        let event = |row: &WecomMemberRow| {
            let what = EventWhat::Leave { how };
            let key = changes::leave_key(row, &what);
            let class = changes::class(row.member.class);
            let (actor, origin) = (row.member.who, Origin::Told);
            Event { group, key, at, actor, class, origin, what }
        };
        self.happened(rows.iter().map(event).collect()).await?;
        // Noted after it was told: cut off in between, the same is told again with the same keys.
        self.store().add_wecom_members(self.id, chat, (&met, self.now())).await?;
        let userids: Vec<&str> = rows.iter().map(|row| row.member.userid.as_str()).collect();
        Ok(self.store().part_wecom_members(self.id, chat, (&userids, at)).await?)
    }

    /// Those of the people who went of whom nothing but their coming was told: they came and went
    /// before the group was read.
    async fn passers(
        &self,
        chat: &str,
        (moved, known): (&Moved, &[WecomMemberRow]),
        coming: &mut BTreeMap<String, Came>,
    ) -> Result<Vec<WecomMemberRow>, Stop> {
        let mut passers = Vec::new();
        for userid in &moved.people {
            let came = coming.remove(userid);
            let is_known = known.iter().any(|row| row.member.userid == *userid);
            let Some(came) = came.filter(|_| !is_known) else { continue };
            let member = WecomMember {
                userid: userid.clone(),
                who: self.customer(userid).await?,
                class: changes::OUTSIDER,
                joined: came.at,
                scene: came.scene.unwrap_or(0),
                state: String::new(),
                inviter: String::new(),
                name: String::new(),
                nickname: String::new(),
                union: String::new(),
            };
            passers.push(WecomMemberRow { chat: chat.to_owned(), member, gone: None });
        }
        Ok(passers)
    }

    async fn contact(
        &self,
        (staff, customer): (String, String),
        change: ContactChange,
        at: Millis,
    ) -> Result<(), Stop> {
        let how = match change {
            ContactChange::Added { half, state, .. } => {
                let identity = self.customer(&customer).await?;
                let contact = WecomContact {
                    staff,
                    customer,
                    identity: Some(identity),
                    added: Some(at),
                    state: state.unwrap_or_default(),
                    way: None,
                    remark: String::new(),
                    tags: "[]".to_owned(),
                    half: Some(half),
                };
                let page = WecomPage { at: self.now(), rows: vec![contact], moved: None };
                return Ok(self.store().put_wecom_contacts(self.id, page).await?);
            }
            ContactChange::Dropped { handed_over: true } => "handed_over",
            ContactChange::Dropped { .. } => "by_staff",
            ContactChange::Left => "by_customer",
            ContactChange::HandOverFailed(reason) => {
                return self.hand_over_failed((&staff, &customer), (&reason, at)).await;
            }
            // The next reading of all contacts tells.
            ContactChange::Edited | ContactChange::Agreed { .. } | ContactChange::Other(_) => {
                return Ok(());
            }
        };
        let parting = WecomParting { staff, customer, how: how.to_owned() };
        let page = WecomPage { at, rows: vec![parting], moved: None };
        Ok(self.store().part_wecom_contacts(self.id, page).await?)
    }

    /// Our number of a customer, with the name where the platform tells it now.
    async fn customer(&self, customer: &str) -> Result<IdentityId, Stop> {
        let told = self.client().contact(customer, None).await;
        let name = told.map(|(person, _)| person.name).unwrap_or_default();
        let said = IdentitySaid {
            platform: WECOM.to_owned(),
            key: customer.to_owned(),
            name,
            class: None,
        };
        Ok(self.store().ensure_identity(self.id.org, said).await?)
    }
}
