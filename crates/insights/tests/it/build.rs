//! Builds facts the way intake would, for people with numbers.

use domain::{
    ActorClass, Fact, FactKind, FeatureWord, IdentityId, JoinManner, LeaveManner, Media, Millis,
    SourceKey, Zone,
};
use insights::{Folder, Page, Settings, Spoken, features};

/// A log under construction. Keys of messages count from 1.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) facts: Vec<Fact>,
    classes: Vec<(u32, ActorClass)>,
    next_key: i64,
}

impl Log {
    /// An empty log in which everybody is a member.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// From now on this person acts in this role.
    pub(crate) fn class(&mut self, who: u32, class: ActorClass) {
        self.classes.push((who, class));
    }

    fn add(&mut self, at: i64, kind: FactKind, who: u32) -> &mut Fact {
        self.next_key += 1;
        let class = self.classes.iter().rev().find(|(of, _)| *of == who);
        self.facts.push(Fact {
            at: Millis(at),
            source: SourceKey { key: self.next_key, part: 0 },
            kind,
            class: class.map_or(ActorClass::Member, |(_, class)| *class),
            detail: 0,
            actor: IdentityId(who),
            other: IdentityId::NOBODY,
            reply_to: None,
            features: FeatureWord::default(),
            text_hash: 0,
        });
        self.facts.last_mut().unwrap()
    }

    /// Somebody writes; gives the key of the message.
    pub(crate) fn say(&mut self, at: i64, who: u32, text: &str) -> i64 {
        self.speak(at, who, &Spoken { text, ..Spoken::default() }).source.key
    }

    /// Somebody writes with a reply link.
    pub(crate) fn reply(&mut self, at: i64, who: u32, to: i64, text: &str) -> i64 {
        let fact = self.speak(at, who, &Spoken { text, ..Spoken::default() });
        fact.reply_to = Some(to);
        fact.source.key
    }

    /// Somebody writes and mentions somebody.
    pub(crate) fn mention(&mut self, at: i64, who: u32, whom: u32, text: &str) -> i64 {
        let fact = self.speak(at, who, &Spoken { text, mentions: true, ..Spoken::default() });
        fact.other = IdentityId(whom);
        fact.source.key
    }

    /// Somebody sends something without words.
    pub(crate) fn send(&mut self, at: i64, who: u32, media: Media) -> i64 {
        self.speak(at, who, &Spoken { media, ..Spoken::default() }).source.key
    }

    /// Any message; the fact can still be changed.
    pub(crate) fn speak(&mut self, at: i64, who: u32, spoken: &Spoken<'_>) -> &mut Fact {
        let (word, hash) = features(spoken);
        let fact = self.add(at, FactKind::Message, who);
        fact.features = word;
        fact.text_hash = hash;
        fact
    }

    /// Somebody comes in.
    pub(crate) fn join(&mut self, at: i64, who: u32, how: JoinManner) -> &mut Fact {
        let fact = self.add(at, FactKind::Join, who);
        fact.detail = how as u8;
        fact
    }

    /// Somebody goes out.
    pub(crate) fn leave(&mut self, at: i64, who: u32, how: LeaveManner) -> &mut Fact {
        let fact = self.add(at, FactKind::Leave, who);
        fact.detail = how as u8;
        fact
    }

    /// A fact of another kind about a message (edit, recall, reaction) or about none.
    pub(crate) fn note(&mut self, at: i64, who: u32, kind: FactKind, of: Option<i64>) -> &mut Fact {
        let fact = self.add(at, kind, who);
        fact.reply_to = of;
        fact
    }

    /// The pages in a zone under the usual settings, from the facts sorted.
    pub(crate) fn pages(&self, zone: &str) -> Vec<Page> {
        fold_all(&self.facts, &Zone::named(zone).unwrap(), &Settings::default())
    }
}

/// Sorts the facts and folds them.
pub(crate) fn fold_all(facts: &[Fact], zone: &Zone, settings: &Settings) -> Vec<Page> {
    let mut facts = facts.to_vec();
    facts.sort_by_key(|fact| (fact.at, fact.source));
    let mut folder = Folder::new(zone.clone(), settings.clone());
    let mut pages: Vec<Page> = facts.iter().filter_map(|fact| folder.push(fact)).collect();
    pages.extend(folder.finish());
    pages
}

/// The moment of a wall clock, such as `"2025-03-04T09:30"`, in a zone.
pub(crate) fn at(zone: &str, clock: &str) -> i64 {
    let clock: jiff::civil::DateTime = clock.parse().unwrap();
    Zone::named(zone).unwrap().moment(clock, None).0
}
