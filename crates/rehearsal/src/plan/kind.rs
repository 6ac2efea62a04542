//! Kinds of groups that operators run, each with its words, hours and habits.
//!
//! A kind is a folder of `phrases/` and a word in the list below. `kind.txt` holds its habits:
//! hours of the day, days of the week, what is talked about when, how large and how lively.

use crate::phrases::{Book, lines};
use std::sync::LazyLock;

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident $word:literal,)+) => {
        /// What a group is there for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind { $($(#[$doc])* $name,)+ }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable word.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }

        static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| vec![
            $(Known {
                habits: Habits::of(include_str!(concat!("../../phrases/", $word, "/kind.txt"))),
                book: Book::of(
                    include_str!(concat!("../../phrases/", $word, "/talk.txt")),
                    include_str!(concat!("../../phrases/", $word, "/lines.txt")),
                ),
            },)+
        ]);
    };
}

kinds! {
    /// A running group: 跑团, for any group around a hobby (兴趣群).
    Running "running",
    /// Neighbours who buy together: 社区团购群.
    GroupBuy "groupbuy",
    /// A camp that learns for some weeks: 学习营.
    Camp "camp",
    /// Customers of a brand who come for offers and advice: 品牌福利群.
    Brand "brand",
    /// People of one trade: 行业交流群.
    Industry "industry",
    /// Players of a game: 游戏群.
    Game "game",
}

#[derive(Debug)]
struct Known {
    habits: Habits,
    book: Book,
}

impl Kind {
    pub(crate) fn habits(self) -> &'static Habits {
        static NONE: LazyLock<Habits> = LazyLock::new(Habits::default);
        KNOWN.get(self as usize).map_or(&NONE, |known| &known.habits)
    }

    pub(crate) fn book(self) -> &'static Book {
        static NONE: LazyLock<Book> = LazyLock::new(|| Book::of("", ""));
        KNOWN.get(self as usize).map_or(&NONE, |known| &known.book)
    }
}

/// Parts of the day: from 5, 9, 17 and 22 o'clock.
pub(crate) const BANDS: usize = 4;

/// The part of the day that an hour lies in.
pub(crate) fn band(hour: u32) -> usize {
    match hour {
        5..=8 => 0,
        9..=16 => 1,
        17..=21 => 2,
        _ => 3,
    }
}

/// Kinds of talk, in the order of their weights in [`Habits::mix`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TalkKind {
    Topic,
    Thread,
    Question,
    Checkin,
    Greeting,
    Aside,
    Photo,
    Small,
}

impl TalkKind {
    pub(crate) const ALL: [(Self, &str); 8] = [
        (Self::Topic, "topic"),
        (Self::Thread, "thread"),
        (Self::Question, "question"),
        (Self::Checkin, "checkin"),
        (Self::Greeting, "greeting"),
        (Self::Aside, "aside"),
        (Self::Photo, "photo"),
        (Self::Small, "small"),
    ];
}

/// How people of a kind of group live.
#[derive(Debug, Default)]
pub(crate) struct Habits {
    /// How likely a talk begins in each hour of a working day.
    pub(crate) workday: Vec<u32>,
    /// … of a day at the weekend.
    pub(crate) weekend: Vec<u32>,
    /// Talk of each day of the week in per cent, Monday first.
    pub(crate) week: Vec<u32>,
    /// What is talked about in each part of the day.
    pub(crate) mix: [Vec<u32>; BANDS],
    /// Per cent of days with a notice, by day of the week.
    pub(crate) announce: Vec<u32>,
    /// … with "type 1 if".
    pub(crate) window: Vec<u32>,
    /// … with a list to copy and lengthen.
    pub(crate) chain: Vec<u32>,
    /// … with something that staff offer.
    pub(crate) offer: Vec<u32>,
    /// Hours between which staff write.
    pub(crate) staff_hours: (u32, u32),
    /// Least and most people of a group.
    pub(crate) members: (u32, u32),
    /// Messages of an ordinary day for a hundred people, least and most.
    pub(crate) talk: (u32, u32),
    /// Whether a declared host writes there.
    pub(crate) host: Option<&'static str>,
    /// What the one is called around whom the group formed, when there is one beside the keeper.
    pub(crate) founder: Option<&'static str>,
    /// Whether those who run it talk like members.
    pub(crate) keepers_chat: bool,
    /// What keepers are called.
    pub(crate) keepers: Vec<&'static str>,
    /// Names of groups, with slots.
    pub(crate) names: Vec<&'static str>,
    /// What a group is called later, with `{name}` for its name.
    pub(crate) later: Vec<&'static str>,
    /// Ways to write a name card, with weights.
    pub(crate) cards: Vec<(&'static str, u32)>,
}

impl Habits {
    fn of(text: &'static str) -> Self {
        let mut habits = Self::default();
        for (key, value) in lines(text).filter_map(|line| line.split_once(": ")) {
            habits.learn(key, value.trim());
        }
        habits
    }

    fn learn(&mut self, key: &str, value: &'static str) {
        let listed = || value.split('|').map(str::trim).collect();
        match key {
            "workday" => self.workday = numbers(value),
            "weekend" => self.weekend = numbers(value),
            "week" => self.week = numbers(value),
            "announce" => self.announce = numbers(value),
            "window" => self.window = numbers(value),
            "chain" => self.chain = numbers(value),
            "offer" => self.offer = numbers(value),
            "staff_hours" => self.staff_hours = pair(value),
            "members" => self.members = pair(value),
            "talk" => self.talk = pair(value),
            "host" => self.host = Some(value),
            "founder" => self.founder = Some(value),
            "keepers_chat" => self.keepers_chat = value == "yes",
            "keepers" => self.keepers = listed(),
            "names" => self.names = listed(),
            "later" => self.later = listed(),
            "cards" => self.cards = weights(value),
            _ => {
                let bands = ["mix.morning", "mix.day", "mix.evening", "mix.night"];
                let place = bands.iter().position(|band| *band == key);
                debug_assert!(place.is_some(), "{key} is no habit");
                if let Some(mix) = place.and_then(|at| self.mix.get_mut(at)) {
                    let given = weights(value);
                    let weight = |name: &str| given.iter().find(|(one, _)| *one == name);
                    let of = |(_, name): &(TalkKind, &str)| weight(name).map_or(0, |(_, n)| *n);
                    *mix = TalkKind::ALL.iter().map(of).collect();
                }
            }
        }
    }
}

fn numbers(value: &str) -> Vec<u32> {
    value.split_whitespace().filter_map(|one| one.parse().ok()).collect()
}

fn pair(value: &str) -> (u32, u32) {
    match numbers(value).as_slice() {
        [low, high] => (*low, *high),
        _ => (0, 0),
    }
}

fn weights(value: &'static str) -> Vec<(&'static str, u32)> {
    let one = |part: &'static str| {
        let (name, weight) = part.trim().split_once(' ')?;
        Some((name, weight.parse().ok()?))
    };
    value.split(',').filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrases::Section;

    #[test]
    fn every_kind_is_complete() {
        for kind in Kind::ALL {
            let (habits, book) = (kind.habits(), kind.book());
            let word = kind.word();
            for hours in [&habits.workday, &habits.weekend] {
                assert!(hours.len() == 24 && hours.iter().sum::<u32>() > 100, "{word}");
            }
            for week in
                [&habits.week, &habits.announce, &habits.window, &habits.chain, &habits.offer]
            {
                assert_eq!(week.len(), 7, "{word}");
            }
            assert!(habits.mix.iter().all(|mix| mix.iter().sum::<u32>() > 0), "{word}");
            assert!(habits.members.0 >= 20 && habits.members.1 <= 500, "{word}");
            assert!(!habits.names.is_empty() && !habits.cards.is_empty(), "{word}");
            assert!(!habits.keepers.is_empty() && habits.staff_hours.1 > 0, "{word}");
            for section in Section::ALL {
                assert!(!book.section(*section).is_empty(), "{word}: {}", section.word());
            }
            let blocks = [book.questions.len(), book.topics.len(), book.threads.len()];
            assert!(blocks.iter().all(|count| *count >= 6), "{word}: {blocks:?}");
            let asked = |block: &crate::phrases::Block| {
                block.openers.len() >= 2 && block.replies.len() >= 4 && !block.thanks.is_empty()
            };
            for block in &book.questions {
                assert!(asked(block), "{word}: {block:?}");
            }
        }
    }

    #[test]
    fn every_slot_of_every_phrase_is_known() {
        for kind in Kind::ALL {
            let book = kind.book();
            for phrase in book.every_phrase() {
                for slot in phrase.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    let name = slot.trim_end_matches('\'');
                    let known = ["temp", "nth", "today"].contains(&name) || book.slots.has(name);
                    assert!(known, "{}: {{{slot}}} in {phrase}", kind.word());
                }
                let open = phrase.matches('[').count();
                assert_eq!(open, phrase.matches(']').count(), "{phrase}");
            }
        }
    }
}
