//! Happenings as events that a platform tells: with their own moments, keys and accounts.

use crate::fill::Seated;
use crate::happening::{Happening, Happens};
use crate::phrases::Section;
use crate::plan::Kind;
use chat::web::part;
use domain::{
    ActorClass, Entrance, Event, EventWhat, FeatureWord, IdentityId, JoinManner, LeaveManner,
    Media, Millis, Origin, Post, Said, SourceKey, minted_at, minted_key,
};
use insights::{Spoken, features};

/// Keys of what is not of the crowd's own days have this bit.
const FURNITURE: u32 = 1 << 19;
/// A message of staff is pinned so long after the last one, in milliseconds.
const PIN_EVERY_MS: i64 = 12 * 86_400_000;
/// … and so long after it was written.
const PIN_AFTER_MS: i64 = 40_000;

/// What is pinned in a group, and what will be shortly.
#[derive(Clone, Debug, Default)]
pub(super) struct Pins {
    last: Option<(i64, Said)>,
    coming: Vec<Event>,
}

impl Seated {
    /// The account of somebody of the crowd.
    pub(super) fn account(&self, who: u32) -> IdentityId {
        let at = usize::try_from(who).unwrap_or(usize::MAX);
        self.accounts.get(at).copied().unwrap_or(IdentityId::NOBODY)
    }

    fn event(&self, who: u32, key: i64, at: Millis, what: EventWhat) -> Event {
        let persona = self.crowd.person(who).map(|person| person.persona);
        let class = persona.map_or(ActorClass::Member, crate::people::Persona::class);
        let key = SourceKey { key, part: part(&what) };
        let actor = self.account(who);
        Event { group: self.group, key, at, actor, class, origin: Origin::Told, what }
    }

    fn name_on(&self, who: u32, at: Millis) -> &str {
        let (day, _) = self.crowd.plan().civil(at);
        let day = u32::try_from(day.since(self.crowd.plan().first_day)).unwrap_or(0);
        self.crowd.person(who).map(|person| person.name_on(day)).unwrap_or_default()
    }

    /// How the group stands when it begins: who is in, its rules and its announcement.
    pub(super) fn beginning(&self) -> Vec<Event> {
        let plan = self.crowd.plan();
        let at = plan.moment(plan.first_day, 0);
        let how = if plan.is_new() { JoinManner::Founding } else { JoinManner::Listed };
        let mut events = Vec::new();
        let mut nth = FURNITURE;
        let mut key = || {
            nth += 1;
            minted_key(at, nth)
        };
        for who in 0..self.crowd.founders() {
            let name = self.name_on(who, at).into();
            let by = IdentityId::NOBODY;
            let what = EventWhat::Join(Entrance { name, how, by, via: "".into(), rules: 0 });
            events.push(self.event(who, key(), at, what));
        }
        let book = plan.kind.book();
        if let Some(text) = book.section(Section::Rules).first() {
            events.push(self.event(0, key(), at, EventWhat::Rules { text: (*text).into() }));
        }
        if let Some(text) = book.section(Section::Board).first() {
            events.push(self.event(0, key(), at, EventWhat::Announce { text: (*text).into() }));
        }
        events
    }

    /// The later version of the announcement, and the moment of it.
    pub(super) fn later_board(&self) -> Option<(Millis, Event)> {
        let plan = self.crowd.plan();
        let text = *plan.kind.book().section(Section::Board).get(1)?;
        let day = plan.day(plan.days * 2 / 3);
        let at = plan.moment(day, 10 * 3600 + 1820);
        let key = minted_key(at, FURNITURE);
        Some((at, self.event(0, key, at, EventWhat::Announce { text: text.into() })))
    }

    /// What one happening comes as: mostly one event.
    pub(super) fn told(&mut self, told: &Happening, events: &mut Vec<Event>) {
        let (who, key, at) = (told.who, told.key, told.at);
        events.extend(self.pins.coming.extract_if(.., |event| event.at <= at));
        let what = match &told.what {
            Happens::Message { .. } => {
                let what = self.message(told);
                events.push(self.event(who, key, at, what));
                self.pin(told);
                return;
            }
            Happens::Recall { of, text } => {
                let first = self.event(who, *of, at, EventWhat::Message(post(text, Media::None)));
                let said = Some(Said { by: first.actor, at });
                events.push(first);
                EventWhat::Recall { of: *of, said }
            }
            Happens::Join { how, by } => EventWhat::Join(Entrance {
                name: self.name_on(who, at).into(),
                how: *how,
                by: by.map_or(IdentityId::NOBODY, |by| self.account(by)),
                via: self.placement(who, *how).into(),
                rules: 1,
            }),
            Happens::Leave { how: LeaveManner::Removed, by } => {
                let gone = self.account(who);
                let what = EventWhat::Remove { who: gone };
                events.push(self.event(by.unwrap_or(0), key, at, what));
                return;
            }
            Happens::Leave { how, .. } => EventWhat::Leave { how: *how },
            Happens::Rename { name } => EventWhat::Rename { name: name.as_str().into() },
            Happens::GroupName { name } => EventWhat::Retitle { name: name.as_str().into() },
        };
        events.push(self.event(who, key, at, what));
    }

    fn message(&self, told: &Happening) -> EventWhat {
        let Happens::Message { text, media, reply_to, calls } = &told.what else {
            return EventWhat::Message(post("", Media::None));
        };
        let mut words = match calls {
            Some(whom) => format!("@{} {text}", self.name_on(*whom, told.at)),
            None => text.clone(),
        };
        let shown = match media {
            Media::Image => "[图片]",
            Media::Audio => "[语音]",
            _ => "",
        };
        let mut post = spoken(&words, *media, calls.is_some());
        if !shown.is_empty() {
            words = format!("{shown}{words}");
            post.text = words.into();
        }
        post.reply_to = *reply_to;
        post.calls = calls.map_or(IdentityId::NOBODY, |whom| self.account(whom));
        EventWhat::Message(post)
    }

    /// Where somebody came from who was brought by nobody.
    fn placement(&self, who: u32, how: JoinManner) -> &'static str {
        let places: &[&str] = match (how, self.crowd.plan().kind) {
            (JoinManner::Invited, _) => &[""],
            (_, Kind::GroupBuy) => &["电梯海报", "楼长转发", "取货点"],
            (_, Kind::Brand) => &["门店二维码", "包裹卡片", "公众号"],
            (_, Kind::Camp) => &["报名页", "老学员", "公众号"],
            (_, Kind::Industry) => &["线下活动", "同行推荐", "文章末尾"],
            (_, Kind::Running) => &["江边海报", "赛事摊位", "朋友圈"],
            (_, Kind::Game) => &["论坛帖", "直播间", "游戏内"],
        };
        let at = usize::try_from(who).unwrap_or(0) * 7 % places.len();
        places.get(at).copied().unwrap_or_default()
    }

    /// Now and then something that staff tell is pinned in place of the last one.
    fn pin(&mut self, told: &Happening) {
        let Happens::Message { text, .. } = &told.what else { return };
        let by_staff = self.crowd.person(told.who).is_some_and(|person| person.persona.is_staff());
        let due = self.pins.last.is_none_or(|(_, said)| told.at.since(said.at) > PIN_EVERY_MS);
        if !by_staff || !due || !text.starts_with('【') {
            return;
        }
        let at = Millis(told.at.0 + PIN_AFTER_MS);
        let count = u32::try_from(told.key & 0x3_FFFF).unwrap_or(0);
        let said = Said { by: self.account(told.who), at: told.at };
        if let Some((of, said)) = self.pins.last {
            let what = EventWhat::Pin { of, said: Some(said), on: false };
            let event = self.event(told.who, minted_key(at, FURNITURE | count << 1), at, what);
            self.pins.coming.push(event);
        }
        self.pins.last = Some((told.key, said));
        let what = EventWhat::Pin { of: told.key, said: Some(said), on: true };
        let key = minted_key(at, FURNITURE | count << 1 | 1);
        debug_assert_eq!(minted_at(key), at, "the clock stands in front");
        let event = self.event(told.who, key, at, what);
        self.pins.coming.push(event);
    }
}

fn post(text: &str, media: Media) -> Post {
    spoken(text, media, false)
}

/// Words with what is known of them.
fn spoken(text: &str, media: Media, mentions: bool) -> Post {
    let (features, text_hash): (FeatureWord, u64) =
        features(&Spoken { text, media, mentions, ..Spoken::default() });
    Post { text: text.into(), features, text_hash, reply_to: None, calls: IdentityId::NOBODY }
}
