//! A year of one group as facts in memory: who comes and goes, and talks that start by the rhythm
//! of the day, with questions, replies and bystanders.
//!
//! Seeded and cheap: the words are few, and judged once; nobody reads a hundred million messages.

use domain::{
    ActorClass, Fact, FactKind, FeatureWord, IdentityId, JoinManner, LeaveManner, Millis,
    SourceKey, Zone,
};
use insights::{Folder, Page, Settings, Spoken, features};

/// What people say; those with a question mark ask.
pub(super) const TEXTS: [&str; 24] = [
    "今天的打卡完成了，跑了五公里",
    "请问活动几点开始？",
    "周末一起去公园吗？",
    "我住得近，可以帮忙带东西",
    "好的",
    "收到",
    "哈哈哈",
    "1",
    "怎么报名？",
    "报名链接在群公告里，往上翻一下",
    "昨天的分享很有用，谢谢",
    "新人报到，请多关照",
    "欢迎欢迎",
    "这个课程适合零基础吗？",
    "适合的，我就是零基础开始的",
    "有人知道附近哪家店靠谱吗？",
    "推荐东门那家，老板人很好",
    "明天会下雨，记得带伞",
    "已经下单了，等收货",
    "客服一直没有回我",
    "我来问一下再告诉你",
    "照片发在相册里了",
    "👍",
    "晚安各位",
];

/// Of a thousand talks of a day, so many begin in each hour.
const HOURS: [u32; 24] =
    [8, 3, 1, 1, 1, 4, 18, 45, 60, 55, 50, 55, 75, 55, 40, 40, 42, 45, 60, 75, 90, 90, 60, 27];

/// Seeded dice.
pub(super) struct Dice(u64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// 0 … sides − 1.
    pub(super) fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides.max(1)
    }

    /// A place in a list of so many.
    fn pick(&mut self, places: u64) -> usize {
        usize::try_from(self.roll(places)).unwrap_or(0)
    }

    fn small(&mut self, sides: u64) -> i64 {
        self.roll(sides) as i64
    }
}

/// Which group, how large and how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measures {
    /// Number of the group, from 0.
    pub(super) number: u32,
    /// Groups in all.
    pub(super) groups: u32,
    /// People in each.
    pub(super) people: u32,
    /// Days.
    pub(super) days: i32,
    /// Messages of an ordinary group on an ordinary day.
    pub(super) messages: u32,
    /// Until when.
    pub(super) end: Millis,
}

impl Measures {
    /// Identities that are in this group at some time: own ones, and some of other groups.
    pub(super) fn people(self) -> Vec<IdentityId> {
        let own = self.people + self.people / 2;
        let first = self.number * own + 1;
        let all = u64::from(self.groups * own);
        let mut dice = Dice::new(u64::from(self.number) + 7_001);
        let mut ids: Vec<u32> = (first..first + own).collect();
        for place in (0..ids.len()).step_by(5) {
            let other = u32::try_from(dice.roll(all)).unwrap_or(0) + 1;
            if !ids.contains(&other)
                && let Some(id) = ids.get_mut(place)
            {
                *id = other;
            }
        }
        ids.into_iter().map(IdentityId).collect()
    }

    /// How many identities there are.
    pub(super) fn identities(self) -> u32 {
        self.groups * (self.people + self.people / 2)
    }

    /// How lively it is on a day, in per cent: some fade, some died, some are loud.
    fn liveliness(self, day: i32) -> u32 {
        let left = self.days - day;
        match self.number % 20 {
            0 if left < 45 => 0,
            1 | 2 if left < 30 => 12,
            3 if left < 60 => 40,
            4 | 5 => 220,
            6..=8 => 45,
            _ => 100,
        }
    }
}

/// What came out of a group's year.
pub(super) struct Year {
    pub(super) pages: Vec<Page>,
    /// Facts of the last days, with the numbers of their words.
    pub(super) facts: Vec<(Fact, Option<usize>)>,
    pub(super) messages: u64,
}

/// A group that lives.
struct Life<'a> {
    group: Measures,
    dice: Dice,
    words: &'a [(FeatureWord, u64)],
    waiting: Vec<IdentityId>,
    inside: Vec<IdentityId>,
    key: i64,
}

/// The words judged, once for all groups.
pub(super) fn judged() -> Vec<(FeatureWord, u64)> {
    TEXTS.iter().map(|text| features(&Spoken { text, ..Spoken::default() })).collect()
}

/// Lives a year and folds it.
pub(super) fn live(group: Measures, words: &[(FeatureWord, u64)], zone: &Zone) -> Year {
    let mut people = group.people();
    let waiting = people.split_off((group.people * 3 / 4) as usize);
    let dice = Dice::new(u64::from(group.number) + 1);
    let mut life = Life { group, dice, words, waiting, inside: people, key: 0 };
    let mut folder = Folder::new(zone.clone(), Settings::default());
    let mut year = Year { pages: Vec::new(), facts: Vec::new(), messages: 0 };
    let last = zone.local(group.end).day;
    for day in 0..group.days {
        let start = zone.day_start(last.plus(day + 1 - group.days));
        let mut facts = life.day(day, start);
        facts.retain(|(fact, _)| fact.at <= group.end);
        facts.sort_by_key(|(fact, _)| (fact.at, fact.source));
        for (fact, _) in &facts {
            year.messages += u64::from(fact.kind == FactKind::Message);
            year.pages.extend(folder.push(fact));
        }
        if day + 3 >= group.days {
            year.facts.append(&mut facts);
        }
    }
    year.pages.extend(folder.finish());
    year
}

impl Life<'_> {
    fn day(&mut self, day: i32, start: Millis) -> Vec<(Fact, Option<usize>)> {
        let mut facts = Vec::new();
        if day == 0 {
            for who in self.inside.clone() {
                let at = start.0 + self.dice.small(3_600_000);
                facts.push(self.flow(at, who, true));
            }
        }
        if self.dice.roll(100) < 38
            && let Some(who) = self.waiting.pop()
        {
            facts.push(self.flow(start.0 + 30_000_000, who, true));
            self.inside.push(who);
        }
        if self.dice.pick(100) < 20 && self.inside.len() > 20 {
            let place = self.dice.pick(self.inside.len() as u64);
            let who = self.inside.swap_remove(place);
            facts.push(self.flow(start.0 + 80_000_000, who, false));
        }
        let percent = u64::from(self.group.liveliness(day));
        let mut left =
            u64::from(self.group.messages) * percent / 100 * (60 + self.dice.roll(80)) / 100;
        while left > 0 {
            let said = self.talk(start.0, &mut facts, left.min(24));
            left = left.saturating_sub(said);
        }
        facts
    }

    /// Some people talk for a while; gives how many messages were said.
    fn talk(&mut self, start: i64, facts: &mut Vec<(Fact, Option<usize>)>, most: u64) -> u64 {
        let mut roll = u32::try_from(self.dice.roll(1_000)).unwrap_or(0);
        let hour = HOURS.iter().position(|share| {
            let here = roll < *share;
            roll = roll.saturating_sub(*share);
            here
        });
        let mut at = start + hour.unwrap_or(20) as i64 * 3_600_000 + self.dice.small(3_600_000);
        let voices: Vec<IdentityId> = (0..2 + self.dice.roll(4)).map(|_| self.voice()).collect();
        let said = 1 + self.dice.roll(most);
        let mut last = None;
        for _ in 0..said {
            let who = voices.get(self.dice.pick(voices.len() as u64));
            let text = self.dice.pick(TEXTS.len() as u64);
            let reply_to = last.filter(|_| self.dice.roll(4) == 0);
            let mut fact = self.fact(at, FactKind::Message, who.copied().unwrap_or_default());
            (fact.features, fact.text_hash) = self.words.get(text).copied().unwrap_or_default();
            fact.reply_to = reply_to;
            last = Some(fact.source.key);
            facts.push((fact, Some(text)));
            at += 5_000 + self.dice.small(110_000);
        }
        said
    }

    /// Few speak much, many a little.
    fn voice(&mut self) -> IdentityId {
        let all = self.inside.len() as u64;
        let most = 1 + self.dice.roll(all);
        let place = self.dice.pick(most);
        self.inside.get(place).copied().unwrap_or_default()
    }

    fn fact(&mut self, at: i64, kind: FactKind, who: IdentityId) -> Fact {
        self.key += 1;
        let is_staff = who.0 % 300 == 1;
        Fact {
            at: Millis(at),
            source: SourceKey { key: self.key, part: 0 },
            kind,
            class: if is_staff { ActorClass::Staff } else { ActorClass::Member },
            detail: 0,
            actor: who,
            other: IdentityId::NOBODY,
            reply_to: None,
            features: FeatureWord::default(),
            text_hash: 0,
        }
    }

    fn flow(&mut self, at: i64, who: IdentityId, comes: bool) -> (Fact, Option<usize>) {
        let kind = if comes { FactKind::Join } else { FactKind::Leave };
        let mut fact = self.fact(at, kind, who);
        fact.detail = if comes { JoinManner::Link as u8 } else { LeaveManner::Left as u8 };
        (fact, None)
    }
}
