//! What people, keepers and platforms do in the simulated groups.

use super::dice::Dice;
use super::fate::{ACTS, POISON};
use crate::live::{event, join, post};
use domain::{
    ActorClass, Event, EventWhat, GroupId, IdentityId, LeaveManner, Millis, Origin, SourceKey,
    minted_key,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// Who and what there is.
pub(crate) struct Cast {
    pub(crate) groups: Vec<GroupId>,
    pub(crate) people: Vec<IdentityId>,
    /// One of the people.
    pub(crate) keeper: IdentityId,
    /// Keys of messages that were asked or told, the latest last.
    posts: Vec<(GroupId, i64)>,
    told: i64,
    said: u32,
}

#[derive(Clone, Copy)]
enum Kind {
    Say,
    Answer,
    Join,
    Leave,
    Recall,
    Edit,
    React,
    Rename,
    Mute,
    Announce,
    Pin,
    Retitle,
    Rules,
    Remove,
    Close,
    Reopen,
}

const KINDS: &[(u64, Kind)] = &[
    (40, Kind::Say),
    (10, Kind::Answer),
    (9, Kind::Join),
    (3, Kind::Leave),
    (6, Kind::Recall),
    (3, Kind::Edit),
    (4, Kind::React),
    (4, Kind::Rename),
    (6, Kind::Mute),
    (3, Kind::Announce),
    (5, Kind::Pin),
    (2, Kind::Retitle),
    (1, Kind::Rules),
    (2, Kind::Remove),
    (1, Kind::Close),
    (3, Kind::Reopen),
];

const WORDS: &[&str] =
    &["早", "几点集合？", "好的", "请问怎么报名？", "@小林 在吗", "收到", "下雨了", "谁有雨伞吗？"];

impl Cast {
    pub(crate) fn new(groups: Vec<GroupId>, people: Vec<IdentityId>) -> Self {
        let keeper = people[0];
        Self { groups, people, keeper, posts: Vec::new(), told: 0, said: 0 }
    }

    /// Everybody comes in once.
    pub(crate) fn arrivals(&mut self, dice: &mut Dice, now: i64) -> Vec<Event> {
        let mut arrivals = Vec::new();
        for group in self.groups.clone() {
            for (n, who) in self.people.clone().into_iter().enumerate() {
                let mut come = join(group, who, 0, &format!("人{n}"));
                come.class = self.class(who);
                self.number(&mut come, dice, now);
                arrivals.push(come);
            }
        }
        arrivals
    }

    fn class(&self, who: IdentityId) -> ActorClass {
        if who == self.keeper { ActorClass::Staff } else { ActorClass::Member }
    }

    /// The next thing that happens.
    pub(crate) fn next(&mut self, dice: &mut Dice, now: i64) -> Event {
        let group = dice.pick(&self.groups);
        let who = dice.pick(&self.people);
        let kind = dice.weighed(KINDS);
        let acts = matches!(
            kind,
            Kind::Mute
                | Kind::Announce
                | Kind::Pin
                | Kind::Retitle
                | Kind::Rules
                | Kind::Remove
                | Kind::Close
                | Kind::Reopen
        );
        // Now and then somebody who may not tries it all the same.
        let who = if acts && !dice.percent(8) { self.keeper } else { who };
        let what = self.what(kind, group, (dice, now));
        let mut event = Event { class: self.class(who), ..event(group, who, 0, what) };
        self.number(&mut event, dice, now);
        if matches!(event.what, EventWhat::Message(_)) {
            self.posts.push((group, event.key.key));
        }
        event
    }

    /// A platform tells of a greeting.
    pub(crate) fn hello(&mut self, group: GroupId, now: i64) -> Event {
        self.told += 1;
        let hello = post(group, self.keeper, self.told, "大家好");
        Event { at: Millis(now), class: ActorClass::Staff, origin: Origin::Told, ..hello }
    }

    fn what(&mut self, kind: Kind, group: GroupId, (dice, now): (&mut Dice, i64)) -> EventWhat {
        let who = dice.pick(&self.people);
        let of = self.earlier(group, dice);
        match kind {
            Kind::Say | Kind::Answer => {
                let EventWhat::Message(mut said) = post(group, who, 0, &self.words(dice)).what
                else {
                    unreachable!("a post is a message")
                };
                said.reply_to = matches!(kind, Kind::Answer).then_some(of);
                if dice.percent(10) {
                    said.calls = who;
                }
                EventWhat::Message(said)
            }
            Kind::Join => join(group, who, 0, &format!("人{}", dice.roll(12))).what,
            Kind::Leave => EventWhat::Leave { how: LeaveManner::Left },
            Kind::Recall => EventWhat::Recall { of, said: None },
            Kind::Edit => EventWhat::Edit { of, said: None, text: self.words(dice).into() },
            Kind::React => EventWhat::Reaction { of, emoji: "👍".into() },
            Kind::Rename => EventWhat::Rename { name: format!("人{}", dice.roll(12)).into() },
            Kind::Mute => {
                let ends = now + 1 + dice.below(3 * HOUR);
                EventWhat::Mute { who, until: dice.percent(80).then_some(Millis(ends)) }
            }
            Kind::Announce => EventWhat::Announce { text: self.words(dice).into() },
            Kind::Pin => EventWhat::Pin { of, said: None, on: dice.percent(70) },
            Kind::Retitle => EventWhat::Retitle { name: self.words(dice).into() },
            Kind::Rules => EventWhat::Rules { text: "".into() },
            Kind::Remove => EventWhat::Remove { who },
            Kind::Close => EventWhat::Close { farewell: "再见".into() },
            Kind::Reopen => EventWhat::Reopen,
        }
    }

    fn words(&mut self, dice: &mut Dice) -> String {
        self.said += 1;
        let words = dice.pick(WORDS);
        match dice.roll(100) {
            0..3 => format!("{POISON}{words} {}", self.said),
            3..11 => format!("{ACTS}{words} {}", self.said),
            _ => format!("{words} {}", self.said),
        }
    }

    /// A message of the group; sometimes one that never was.
    fn earlier(&self, group: GroupId, dice: &mut Dice) -> i64 {
        let here: Vec<i64> =
            self.posts.iter().rev().filter(|(at, _)| *at == group).map(|(_, key)| *key).collect();
        let near = here.len().min(12);
        if near == 0 || dice.percent(4) { 77_000_000 } else { here[dice.place(near)] }
    }

    /// Gives the event its key, its clock, and where it comes from.
    fn number(&mut self, event: &mut Event, dice: &mut Dice, now: i64) {
        let key = if dice.percent(55) {
            // The page's clock is not ours.
            let skew = match dice.roll(20) {
                0 => dice.below(3 * HOUR),
                1 => -dice.below(3 * HOUR),
                2 if dice.percent(10) => 72 * HOUR,
                _ => 0,
            };
            let random = u32::try_from(dice.roll(1 << 21)).unwrap();
            match self.posts.last() {
                // Two people, one key: the second one is told to mint another.
                Some((_, taken)) if *taken > minted_key(Millis(1), 0) && dice.percent(2) => *taken,
                _ => minted_key(Millis(now + skew), random),
            }
        } else {
            self.told += 1 + dice.below(3);
            event.origin = Origin::Told;
            event.at = Millis(match dice.roll(12) {
                0 => now - dice.below(72 * HOUR),
                1 => now - dice.below(HOUR),
                2 => now + dice.below(48 * HOUR),
                _ => now - dice.below(5_000),
            });
            self.told
        };
        event.key = SourceKey { key, part: 0 };
    }
}
