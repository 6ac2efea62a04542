//! Each group: its details, who is in it, and what changed since it was read before.

use chat::wecom::CallError;
use chat::wecom::Next;
use chat::wecom::calls::groups::Group;
use domain::{
    ActorClass, Event, EventWhat, Evidence, Extent, GroupId, IdentityId, Millis, Origin, SourceKey,
};
use store::{
    IdentitySaid, NewLiveGroup, WecomDetail, WecomGroupRow, WecomMember, WecomMove, WecomPage,
    WecomRun, WecomUnreadable,
};
use tokio::task::JoinSet;

use crate::live::Refused;
use crate::wecom::WECOM;
use crate::wecom::changes::{COLLEAGUE, Reading, changes, class, name};
use crate::wecom::pull::{Pull, Seen, Stop, mark};

/// Groups asked for at once: the platform answers a few calls of a company side by side (45033).
const AT_ONCE: usize = 4;
/// Chats taken from the store at once.
const TAKEN: u32 = 100;
/// Members whose accounts are made at once.
const ACCOUNTS_AT_ONCE: usize = 2_000;
/// An event whose key is another's takes the next one, so often at most.
const KEYS_MAX: usize = 16;
/// People after whom a group without a name is called.
const NAMES: usize = 3;
/// Letters that wait and are looked through, at most.
const WAITING_MAX: u32 = 1_000;
/// Letters of a reason that is kept.
const WHY_MAX: usize = 200;

impl Pull {
    /// Reads every group that was not read since the pull began.
    pub(super) async fn members(&self, run: &WecomRun) -> Result<(), Stop> {
        let all = self.store().wecom_groups(self.id).await?;
        let count = all.iter().filter(|group| group.missing.is_none()).count();
        let moved = WecomMove {
            run: run.clone(),
            cursor: String::new(),
            done: 1,
            total: u32::try_from(count).ok(),
        };
        // Where letters come, what a reading finds has not been told.
        let hears = !self.store().wecom_last_letters(self.id).await?.is_empty();
        loop {
            let chats = self.store().wecom_unread(self.id, run.began, TAKEN).await?;
            if chats.is_empty() {
                return Ok(());
            }
            for some in chats.chunks(AT_ONCE) {
                self.some(some, (&moved, hears)).await?;
                self.desk.log.write(self.store(), self.id, false).await;
            }
        }
    }

    /// Asks for some groups side by side, and takes them one after the other.
    async fn some(&self, chats: &[String], (moved, hears): (&WecomMove, bool)) -> Result<(), Stop> {
        let mut asked = JoinSet::new();
        for chat in chats.iter().cloned() {
            let (desk, console) = (self.desk.clone(), self.console.clone());
            asked.spawn(async move {
                let turn = desk.turn(&chat).await;
                let at = console.now();
                (turn, (desk.client.group(&chat).await, at), chat)
            });
        }
        while let Some(answered) = asked.join_next().await {
            if let Ok((_turn, answer, chat)) = answered {
                let seen = self.answered(answer, &chat, Some(moved.clone())).await?;
                if hears && !seen.is_empty() && !self.is_awaited(&chat).await? {
                    self.missed(&chat, (0, "reading"), &seen).await?;
                }
            }
        }
        Ok(())
    }

    /// Whether letters about a group wait, which may tell what a reading has just found.
    async fn is_awaited(&self, chat: &str) -> Result<bool, Stop> {
        let waiting = self.store().wecom_waiting(self.id, (0, WAITING_MAX)).await?;
        Ok(waiting.iter().any(|letter| letter.chat == chat))
    }

    /// Reads one group now; what was seen of it that had not been known.
    pub(in crate::wecom) async fn one_group(&self, chat: &str) -> Result<Seen, Stop> {
        let _turn = self.desk.turn(chat).await;
        let at = self.now();
        let answer = self.client().group(chat).await;
        self.answered((answer, at), chat, None).await
    }

    async fn answered(
        &self,
        (answer, at): (Result<Group, CallError>, Millis),
        chat: &str,
        moved: Option<WecomMove>,
    ) -> Result<Seen, Stop> {
        match answer {
            Ok(group) => {
                let owner = Some(group.owner.clone());
                let seen = self.read(chat, (group, at), moved).await?;
                Ok(Seen { owner, ..seen })
            }
            Err(error) if error.next() == Next::Drop => {
                let failure: String = error.to_string().chars().take(WHY_MAX).collect();
                let rows =
                    vec![WecomUnreadable { chat: chat.to_owned(), failure: failure.clone() }];
                let page = WecomPage { at: self.now(), rows, moved };
                self.store().wecom_read_failed(self.id, page).await?;
                Ok(Seen { failure: Some(failure), ..Seen::default() })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes one reading of a group: first what happened goes through the group's own writer, then
    /// what was read is noted; cut off in between, the same happens again with the same keys.
    async fn read(
        &self,
        chat: &str,
        (told, asked): (Group, Millis),
        moved: Option<WecomMove>,
    ) -> Result<Seen, Stop> {
        let at = self.now();
        let before = self.store().wecom_group(self.id, chat).await?;
        if before.as_ref().and_then(|row| row.read).is_some_and(|read| read > asked) {
            // Another program read it after we had asked: what we were told is older.
            return self.passed_over(moved).await;
        }
        let group = match before.as_ref().and_then(|row| row.group) {
            Some(group) => group,
            None => self.opened(chat, &told, at).await?,
        };
        let who = self.numbers(&told).await?;
        let known = self.store().wecom_members_of(self.id, chat).await?;
        // Of a group that was founded after we began to look nobody was in it before.
        let is_first = before.as_ref().is_none_or(|row| row.read.is_none());
        let is_first = is_first && !self.is_younger(&told);
        let reading = Reading { group, told: &told, who: &who, is_first, at };
        let mut events = changes(reading, &known);
        let card = Self::card(reading, before.as_ref());
        let seen = Seen::between(reading, &known, card.len());
        let seen = Seen { mark: mark(before.as_ref()), ..seen };
        events.extend(card);
        self.happened(events).await?;
        let found = self.is_younger(&told).then(|| told.clone());
        let members: Vec<WecomMember> =
            told.members.iter().zip(&who).map(|(one, who)| member(one, *who)).collect();
        let outsiders = members.iter().filter(|one| one.class != COLLEAGUE);
        let detail = WecomDetail {
            chat: chat.to_owned(),
            group: Some(group),
            owner: told.owner,
            admins: serde_json::to_string(&told.admins).unwrap_or_default(),
            name: told.name,
            notice: told.notice,
            made: Some(told.created).filter(|made| made.0 > 0),
            version: told.member_version,
            members: count(members.iter()),
            outsiders: count(outsiders.clone()),
            nameless: count(outsiders.filter(|one| one.name.is_empty())),
        };
        let is_same = before.as_ref().is_some_and(|row| {
            row.members == Some(detail.members) && row.name == detail.name && row.missing.is_none()
        });
        let page = WecomPage { at, rows: vec![detail], moved };
        if before.is_none() {
            let page = WecomPage { moved: None, ..page.clone() };
            self.store().wecom_read(self.id, page).await?;
        }
        self.store().put_wecom_members(self.id, chat, (&members, at)).await?;
        self.store().wecom_read(self.id, page).await?;
        if let Some(told) = found {
            self.console.group_found(self.id, (group, &told)).await?;
        }
        if !is_same {
            self.console.stir_links();
        }
        Ok(seen)
    }

    /// Whether a group was founded after the company was connected.
    fn is_younger(&self, told: &Group) -> bool {
        told.created > self.since
    }

    async fn passed_over(&self, moved: Option<WecomMove>) -> Result<Seen, Stop> {
        if let Some(moved) = moved {
            self.store().move_wecom_pull(self.id, moved, self.now()).await?;
        }
        Ok(Seen::default())
    }

    /// Our group for a chat. What came and went before this moment is not known.
    async fn opened(&self, chat: &str, told: &Group, at: Millis) -> Result<GroupId, Stop> {
        let zone = self.console.zone(self.id.org).await.map_err(|_| Stop::Ended)?;
        let group = NewLiveGroup {
            platform: WECOM.to_owned(),
            key: chat.to_owned(),
            name: title(told),
            zone: zone.name().to_owned(),
            evidence: Evidence { joins: Extent::Full, leaves: Extent::Full, ..Evidence::default() },
            founded: if self.is_younger(told) { told.created } else { at },
        };
        Ok(self.store().open_live_group(self.id.org, group).await?)
    }

    /// Numbers of the members, in their order.
    async fn numbers(&self, told: &Group) -> Result<Vec<IdentityId>, Stop> {
        let said = |one: &chat::wecom::calls::groups::GroupMember| IdentitySaid {
            platform: WECOM.to_owned(),
            key: if one.class == COLLEAGUE {
                format!("{}:{}", self.corp, one.userid.to_lowercase())
            } else {
                one.userid.clone()
            },
            name: if one.name.is_empty() { name(one).to_owned() } else { one.name.clone() },
            class: (one.class == COLLEAGUE).then_some(ActorClass::Staff),
        };
        let mut numbers = Vec::with_capacity(told.members.len());
        for some in told.members.chunks(ACCOUNTS_AT_ONCE) {
            let said = some.iter().map(said).collect();
            numbers.extend(self.store().ensure_identities(self.id.org, said).await?);
        }
        Ok(numbers)
    }

    /// Another name or announcement than before.
    fn card(reading: Reading<'_>, before: Option<&WecomGroupRow>) -> Vec<Event> {
        let Some(before) = before.filter(|row| row.read.is_some()) else { return Vec::new() };
        let told = reading.told;
        let mut changed = Vec::new();
        if told.name != before.name && !told.name.trim().is_empty() {
            changed.push(EventWhat::Retitle { name: told.name.as_str().into() });
        }
        if told.notice != before.notice {
            changed.push(EventWhat::Announce { text: told.notice.as_str().into() });
        }
        let owner = told.members.iter().position(|one| one.userid == told.owner);
        let actor = owner.and_then(|at| reading.who.get(at)).copied().unwrap_or_default();
        let event = |what: EventWhat| Event {
            group: reading.group,
            key: SourceKey { key: reading.at.0, part: chat::web::part(&what) },
            at: reading.at,
            actor,
            class: class(COLLEAGUE),
            origin: Origin::Told,
            what,
        };
        changed
            .into_iter()
            .map(event)
            .enumerate()
            .map(|(nth, mut event)| {
                event.key.part |= u32::try_from(nth).unwrap_or(0);
                event
            })
            .collect()
    }

    /// Hands events to the groups' writer and waits for their commits.
    pub(in crate::wecom) async fn happened(&self, mut events: Vec<Event>) -> Result<(), Stop> {
        let live = self.console.live();
        for _ in 0..KEYS_MAX {
            if events.is_empty() {
                return Ok(());
            }
            let answers = live.submit_many(self.id.org, events.clone()).await;
            let mut again = Vec::new();
            let mut is_busy = false;
            for (mut event, answer) in events.into_iter().zip(answers) {
                match answer {
                    Ok(_) => {}
                    Err(Refused::KeyTaken) => {
                        event.key.key += 1;
                        again.push(event);
                    }
                    Err(Refused::Busy) => {
                        is_busy = true;
                        again.push(event);
                    }
                    Err(refused) => return Err(refused.into()),
                }
            }
            events = again;
            if is_busy {
                live.wait_for_room().await;
            }
        }
        Err(Stop::Fault(crate::Fault::Unreadable("too much is waiting".to_owned())))
    }
}

/// The name of a group; of one without, the names of its first people, as WeChat itself shows it.
fn title(told: &Group) -> String {
    let given = told.name.trim();
    if !given.is_empty() {
        return given.to_owned();
    }
    let people = told.members.iter().map(name).filter(|name| !name.is_empty());
    let names: Vec<&str> = people.take(NAMES).collect();
    if names.is_empty() { told.chat_id.clone() } else { names.join("、") }
}

fn member(one: &chat::wecom::calls::groups::GroupMember, who: IdentityId) -> WecomMember {
    WecomMember {
        userid: one.userid.clone(),
        who,
        class: one.class,
        joined: one.joined,
        scene: one.join_scene,
        state: one.state.clone().unwrap_or_default(),
        inviter: one.invitor.clone().unwrap_or_default(),
        name: one.name.clone(),
        nickname: one.group_nickname.clone(),
        union: one.unionid.clone().unwrap_or_default(),
    }
}

fn count<'a>(members: impl Iterator<Item = &'a WecomMember>) -> u32 {
    u32::try_from(members.count()).unwrap_or(u32::MAX)
}
