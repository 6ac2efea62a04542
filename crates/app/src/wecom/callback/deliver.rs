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
use crate::wecom::changes;
use crate::wecom::pull::{Pull, Stop};

/// Letters looked at in one go.
const AT_ONCE: u32 = 1_000;
/// A group's details follow what is told of it by about so much (获取客户群详情).
const DETAILS_LATE_MS: i64 = 2_000;
/// How often it is looked whether details can be asked for now.
const LOOK_MS: u64 = 500;
/// After a refusal a company is left alone for so long.
const REST_MS: i64 = 30_000;

/// Who came by letters that wait, and of whom no details were read yet: by group and account, when
/// and how.
type Coming = BTreeMap<(String, String), (Millis, Option<i64>)>;

/// What letters tell of one group.
#[derive(Default)]
struct About {
    letters: Vec<i64>,
    /// When the latest of them came.
    latest: Millis,
}

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
                if Pull::of(self.clone(), row, desk).deliver().await.is_err() {
                    resting.insert(id, Millis(now.0 + REST_MS));
                }
            }
        }
    }

    /// Does now what letters of a company ask for.
    pub async fn deliver_company_now(&self, id: store::WecomId) -> Result<(), Denied> {
        let row = self.company_row(id).await?;
        let desk = self.desk(&row).ok_or(Denied::Missing)?;
        let done = Pull::of(self.clone(), row, desk).deliver().await;
        done.map_err(|stop| match stop {
            Stop::Fault(fault) => Denied::Fault(fault),
            Stop::Call(error) => Denied::Fault(crate::Fault::Unreadable(error.to_string())),
            Stop::Ended => Denied::Changed,
        })
    }
}

impl Pull {
    /// Does what can be done now about the letters that wait.
    async fn deliver(&self) -> Result<(), Stop> {
        let mut after = 0;
        let mut chats: BTreeMap<String, About> = BTreeMap::new();
        let mut done = Vec::new();
        let mut coming = Coming::new();
        loop {
            let letters = self.store().wecom_waiting(self.id, (after, AT_ONCE)).await?;
            let Some(last) = letters.last() else { break };
            after = last.id;
            for letter in letters {
                if self.heard(&letter, &mut coming).await? {
                    let about = chats.entry(letter.chat).or_default();
                    about.letters.push(letter.id);
                    about.latest = about.latest.max(letter.received);
                } else {
                    done.push(letter.id);
                }
            }
        }
        let now = self.now();
        let stopped = self.read_anew(chats, (now, &mut done)).await;
        if !done.is_empty() {
            self.store().wecom_letters_done(self.id, &done, now).await?;
        }
        self.desk.log.write(self.store(), self.id, false).await;
        stopped
    }

    /// Reads the groups whose details have had time to follow.
    async fn read_anew(
        &self,
        chats: BTreeMap<String, About>,
        (now, done): (Millis, &mut Vec<i64>),
    ) -> Result<(), Stop> {
        for (chat, about) in chats {
            if now.since(about.latest) >= DETAILS_LATE_MS {
                self.one_group(&chat).await?;
                done.extend(about.letters);
            }
        }
        Ok(())
    }

    /// Does at once what needs no details of a group; whether they are to be read after it.
    async fn heard(&self, letter: &WecomLetterRow, coming: &mut Coming) -> Result<bool, Stop> {
        // It was read when it was taken.
        let Ok(fields) = Fields::of(&letter.text) else { return Ok(false) };
        let told = Told::of(&fields);
        match told.news {
            News::Group { chat, change: GroupChange::Joined(moved) } => {
                let came = |who| ((chat.clone(), who), (told.at, moved.scene));
                coming.extend(moved.people.into_iter().map(came));
                Ok(true)
            }
            News::Group { chat, change: GroupChange::Gone(moved) } => {
                self.gone(&chat, &moved, (told.at, coming)).await?;
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
        (at, coming): (Millis, &mut Coming),
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
        let userids: Vec<&str> = rows.iter().map(|row| row.member.userid.as_str()).collect();
        Ok(self.store().part_wecom_members(self.id, chat, (&userids, at)).await?)
    }

    /// Those of the people who went of whom nothing but their coming was told: they came and went
    /// before the group was read.
    async fn passers(
        &self,
        chat: &str,
        (moved, known): (&Moved, &[WecomMemberRow]),
        coming: &mut Coming,
    ) -> Result<Vec<WecomMemberRow>, Stop> {
        let mut passers = Vec::new();
        for userid in &moved.people {
            let came = coming.remove(&(chat.to_owned(), userid.clone()));
            let is_known = known.iter().any(|row| row.member.userid == *userid);
            let Some((joined, scene)) = came.filter(|_| !is_known) else { continue };
            let member = WecomMember {
                userid: userid.clone(),
                who: self.customer(userid).await?,
                class: changes::OUTSIDER,
                joined,
                scene: scene.unwrap_or(0),
                state: String::new(),
                inviter: String::new(),
                name: String::new(),
                nickname: String::new(),
                union: String::new(),
            };
            passers.push(WecomMemberRow { chat: chat.to_owned(), member, gone: None });
        }
        let members: Vec<WecomMember> = passers.iter().map(|row| row.member.clone()).collect();
        self.store().add_wecom_members(self.id, chat, (&members, self.now())).await?;
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
            // The next reading of all contacts tells.
            ContactChange::Edited
            | ContactChange::HandOverFailed(_)
            | ContactChange::Agreed { .. }
            | ContactChange::Other(_) => return Ok(()),
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
