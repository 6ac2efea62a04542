//! What is done about letters.

use std::collections::BTreeMap;

use chat::wecom::{Fields, GroupChange, Moved, News, Told};
use domain::{Event, EventWhat, LeaveManner, Millis, Origin};
use store::{WecomLetterRow, WecomMember, WecomMemberRow, WecomMiss};
use tokio::sync::watch;

use crate::console::{Console, Denied};
use crate::error::Fault;
use crate::wecom::callback::aside;
use crate::wecom::callback::inbox::{Came, DETAILS_LATE_MS, Inbox};
use crate::wecom::callback::versions::missing;
use crate::wecom::changes;
use crate::wecom::pull::{Pull, Seen, Stop, mark};

/// Letters looked at in one go.
const AT_ONCE: u32 = 1_000;
/// How often it is looked whether details can be asked for now.
const LOOK_MS: u64 = 500;
/// Events of functions that are not used here (获客助手, 会话内容存档).
const UNUSED: [&str; 2] = ["customer_acquisition", "msgaudit_notify"];
/// After a refusal a company is left alone for so long.
const REST_MS: i64 = 30_000;

/// What comes of letters that were looked at.
#[derive(Default)]
struct Work {
    /// Nothing is left to do about these.
    done: Vec<i64>,
    /// After these the library of tags is to be read.
    tags: Vec<i64>,
    /// Why nothing was done.
    aside: Vec<(i64, String)>,
}

/// What comes of one letter.
enum Heard {
    /// Its group is to be read after it; why nothing else was done, where that is so.
    Anew(Option<String>),
    /// The library of tags is to be read after it.
    Tags,
    /// Nothing is left to do.
    Done,
    /// Nothing is done about it, for this reason.
    Aside(String),
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
        let mut inboxes: BTreeMap<store::WecomId, Inbox> = BTreeMap::new();
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                () = bell.notified() => {}
                _ = tick.tick() => {}
            }
            self.companies().refusals.write(self.store()).await;
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
        let mut work = Work::default();
        let mut stopped = self.hear(inbox, &mut work).await;
        if stopped.is_ok() && !work.tags.is_empty() {
            // However many letters there are, the library is read once.
            stopped = self.library().await;
        }
        if stopped.is_ok() {
            work.done.append(&mut work.tags);
            stopped = self.read_anew(inbox, &mut work.done).await;
        }
        self.store().put_wecom_letters_aside(self.id, &work.aside).await?;
        if !work.done.is_empty() {
            self.store().wecom_letters_done(self.id, &work.done, self.now()).await?;
        }
        self.desk.log.write(self.store(), self.id, false).await;
        stopped
    }

    /// Looks at letters that came since.
    async fn hear(&self, inbox: &mut Inbox, work: &mut Work) -> Result<(), Stop> {
        loop {
            let letters = self.store().wecom_waiting(self.id, (inbox.after, AT_ONCE)).await?;
            if letters.is_empty() {
                return Ok(());
            }
            for letter in letters {
                let (id, received) = (letter.id, letter.received);
                let heard = match self.heard(&letter, inbox).await {
                    Err(Stop::Fault(fault)) if is_lasting(&fault) => {
                        Heard::Aside(aside::said(aside::FAILED, &fault.to_string()))
                    }
                    heard => heard?,
                };
                match heard {
                    Heard::Anew(why) => {
                        work.aside.extend(why.map(|why| (id, why)));
                        let about = inbox.chats.entry(letter.chat).or_default();
                        about.letters.push_back((id, received));
                    }
                    Heard::Tags => work.tags.push(id),
                    Heard::Done => work.done.push(id),
                    Heard::Aside(why) => {
                        work.aside.push((id, why));
                        work.done.push(id);
                    }
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
            let known = self.store().wecom_group(self.id, chat).await?;
            let missing = known
                .as_ref()
                .map_or(0, |row| missing(&about.links, (&row.version, row.read), DETAILS_LATE_MS));
            let seen = self.one_group(chat).await?;
            if missing > 0 {
                let seen = Seen { mark: mark(known.as_ref()), ..seen.beside(&about.people()) };
                self.missed(chat, (missing, "version"), &seen).await?;
            }
            done.extend(about.read(at));
        }
        inbox.chats.retain(|_, about| !about.letters.is_empty());
        Ok(())
    }

    /// Notes what no letter told.
    pub(in crate::wecom) async fn missed(
        &self,
        chat: &str,
        (letters, how): (u32, &str),
        seen: &Seen,
    ) -> Result<(), Stop> {
        let [came, went, others] = seen.counts();
        let (chat, how, mark) = (chat.to_owned(), how.to_owned(), seen.mark);
        let miss = WecomMiss { at: self.now(), chat, how, letters, came, went, others, mark };
        Ok(self.store().note_wecom_miss(self.id, miss).await?)
    }

    /// Does at once what needs no details of a group.
    async fn heard(&self, letter: &WecomLetterRow, inbox: &mut Inbox) -> Result<Heard, Stop> {
        // It was read when it was taken.
        let Ok(fields) = Fields::of(&letter.text) else { return Ok(Heard::Done) };
        let told = Told::of(&fields);
        Ok(match told.news {
            News::Group { chat, change } => {
                let why = self.heard_of(&chat, (change, told.at), (letter, inbox)).await?;
                Heard::Anew(why)
            }
            News::Contact { staff, customer, change } => {
                let why = self.contact((staff, customer), change, told.at).await?;
                why.map_or(Heard::Done, Heard::Aside)
            }
            News::Tag { .. } => Heard::Tags,
            News::Card { task, .. } => Heard::Aside(aside::said(aside::CARD, &task)),
            News::App { event, .. } => Heard::Aside(aside::said(aside::APP, &event)),
            News::Other { event, change } => {
                let is_known = UNUSED.contains(&event.as_str());
                let word = if is_known { aside::UNUSED } else { aside::UNKNOWN };
                Heard::Aside(aside::said(word, &format!("{event} {change}")))
            }
        })
    }

    /// What a letter tells of a group; why nothing is done but reading it, where that is so.
    async fn heard_of(
        &self,
        chat: &str,
        (change, at): (GroupChange, Millis),
        (letter, inbox): (&WecomLetterRow, &mut Inbox),
    ) -> Result<Option<String>, Stop> {
        let about = inbox.chats.entry(chat.to_owned()).or_default();
        match change {
            GroupChange::Joined(moved) => {
                about.link(&moved, (at, letter.received));
                let (scene, received) = (moved.scene, letter.received);
                let came = |who| (who, Came { at, scene, received });
                about.coming.extend(moved.people.into_iter().map(came));
            }
            GroupChange::Gone(moved) => {
                about.link(&moved, (at, letter.received));
                self.gone(chat, &moved, (at, &mut about.coming)).await?;
            }
            GroupChange::Other(word) => return Ok(Some(aside::said(aside::UNKNOWN, &word))),
            GroupChange::Created
            | GroupChange::Dismissed
            | GroupChange::Owner
            | GroupChange::Name
            | GroupChange::Notice => {}
        }
        Ok(None)
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
}

/// Whether it would fail again however often it is tried: the row itself is refused.
fn is_lasting(fault: &Fault) -> bool {
    matches!(fault, Fault::Store(store::Fault::Constraint { .. }))
}
