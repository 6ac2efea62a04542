//! Who talks, and what they say: made from numbers, the same in every run.
//!
//! The town has a clock of its own, on which half an hour passes with every thousand messages: so
//! questions stay open, staff are asked about them, and days end, as over a real week.

use app::live::Clock;
use domain::{
    ActorClass, Event, EventWhat, FeatureWord, GroupId, IdentityId, Millis, Origin, Post,
    SourceKey, minted_key,
};
use std::sync::atomic::{AtomicI64, Ordering};

/// Groups.
pub(super) const GROUPS: u32 = 200;
/// People in each group; each is in one group.
pub(super) const PEOPLE: u32 = 200;
/// When the past ends and the present begins: 22 November 2026, 12:00 UTC.
pub(super) const PRESENT: i64 = 1_795_348_800_000;
/// Milliseconds from message to message.
const STEP_MS: i64 = 1_900;
/// What a key has room for beside its moment.
pub(super) const RANDOM: u32 = 1 << 21;
/// One message in so many asks something.
const ASKING: u64 = 100;

const STATEMENTS: [&str; 12] = [
    "今天的作业已经发到群里了",
    "我刚到操场，人还不多",
    "周末的活动我和阿杰都去",
    "晚上八点老地方见",
    "材料放在前台了，自己去拿就行",
    "这个方法我试过，确实省时间",
    "小林说她晚点到",
    "先把表填好，再交给班长",
    "昨天跑了五公里，腿有点酸",
    "照片整理好了，晚上传上来",
    "新来的同学先看一下公告",
    "明天下雨，记得带伞",
];

const QUESTIONS: [&str; 4] =
    ["请问明天几点集合？", "报名表在哪里下载？", "有人知道怎么请假吗？", "这个月的费用是多少呢？"];

/// Good dice from a number (splitmix64).
pub(super) fn dice(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number below `bound` from a roll of the dice.
#[expect(clippy::cast_possible_truncation, reason = "what is below the bound fits as the bound")]
pub(super) fn below(roll: u64, bound: u32) -> u32 {
    (roll % u64::from(bound.max(1))) as u32
}

/// What the message with this number says.
pub(super) fn text(number: u64) -> String {
    let roll = dice(number);
    let pick = |from: &[&'static str], roll: u64| {
        from.get(below(roll, from.len().try_into().unwrap_or(1)) as usize).copied().unwrap_or("")
    };
    if roll.is_multiple_of(ASKING) {
        return pick(&QUESTIONS, roll >> 8).to_owned();
    }
    let (first, second) = (pick(&STATEMENTS, roll >> 8), pick(&STATEMENTS, roll >> 16));
    if roll >> 24 & 1 == 0 { first.to_owned() } else { format!("{first}，{second}") }
}

/// A person of a group, both counted from 0.
pub(super) fn person(group: u32, person: u32) -> IdentityId {
    IdentityId(1 + group * PEOPLE + person)
}

/// The message with this number, as a page of the web chat would hand it in; groups by number.
pub(super) fn message(number: u64, groups: &[GroupId]) -> Event {
    let (place, who, random) = (dice(number ^ 0x67), dice(number ^ 0x77), dice(number ^ 0x6b));
    let at = below(place, GROUPS);
    let group = groups.get(at as usize).copied().unwrap_or(GroupId(0));
    let post = Post {
        text: text(number).into(),
        features: FeatureWord::default(),
        text_hash: 0,
        reply_to: None,
        calls: IdentityId::NOBODY,
    };
    let what = EventWhat::Message(post);
    let minted = minted_key(moment(number), below(random, RANDOM));
    Event {
        group,
        key: SourceKey { key: minted, part: chat::web::part(&what) },
        at: Millis(0),
        actor: person(at, below(who, PEOPLE)),
        class: ActorClass::Member,
        origin: Origin::Asked,
        what,
    }
}

/// When the message with this number is written.
pub(super) fn moment(number: u64) -> Millis {
    Millis(PRESENT + number as i64 * STEP_MS)
}

/// The clock of the town.
pub(super) struct TownClock(AtomicI64);

impl TownClock {
    pub(super) fn new() -> Self {
        Self(AtomicI64::new(PRESENT))
    }

    /// It is as late as when the message with this number is written.
    pub(super) fn set(&self, number: u64) {
        self.0.store(moment(number).0, Ordering::SeqCst);
    }
}

impl Clock for TownClock {
    fn now(&self) -> Millis {
        Millis(self.0.load(Ordering::SeqCst))
    }
}
