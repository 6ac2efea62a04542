//! Who answers whom: items, answers and edges (I08, H10, P24, P30, #10–#12).
//!
//! An answer is, strongest evidence first: a reply link to the item, to the thread in which the
//! same person asked it, or to another message that the person wrote within the order limit after
//! it; a mention of the person; the starter of a thread writing in it after a question there; the
//! next message of another person within the order limit that neither links nor names. A deleted
//! message answers nothing; a command does not answer by order.

use crate::fold::Folder;
use crate::fold::authors::Written;
use crate::fold::open::Waiting;
use crate::page::{Answer, AnswerEvidence, IdleReason, Item, ItemFlags};
use domain::{ActorClass, Fact, FeatureWord, ListHit, Millis, Question};

/// Words (or Han characters) from which a bare question mark makes an item.
const WEAK_QUESTION_MIN: u8 = 2;

/// Whom a message turns to.
struct Turned {
    /// The message that it links to, when it is remembered.
    link: Option<Written>,
    /// The other person it names; 0 for none.
    mention: u32,
    /// It links or names at all, whether or not it is known whom.
    told: bool,
}

impl Folder {
    /// Judges a message of a named person, with regard to repetition.
    pub(super) fn verdict(
        &mut self,
        fact: &Fact,
        window: Option<Millis>,
    ) -> Result<(), IdleReason> {
        self.settings.judge(fact.features, window.is_some())?;
        let stretch = window.map_or(0, |from| from.0);
        if self.tally.is_new(fact, stretch) { Ok(()) } else { Err(IdleReason::Repeated) }
    }

    /// Takes a message by anybody but a bot into the talk.
    pub(super) fn talk(&mut self, fact: &Fact, first_ever: bool, effective: bool) {
        let oldest = Millis(fact.at.0.saturating_sub(self.settings.open_item_ms));
        self.memory.open.forget_before(oldest);
        let silence = self.memory.last_voice.map(|last| fact.at.since(last));
        let turned = self.turned(fact);
        if fact.actor.named().is_some() {
            if !fact.features.hit(ListHit::Deleted) {
                self.answer(fact, &turned);
            }
            self.connect(fact, &turned);
        }
        self.step_run(fact);
        let item = self.item_flags(fact, first_ever, effective, silence);
        if let Some(flags) = item {
            self.open_item(fact, flags);
        }
        self.memory.authors.add(Written {
            key: fact.source.key,
            at: fact.at,
            who: fact.actor.0,
            item: item.is_some(),
        });
        self.memory.last_voice = Some(fact.at);
        if fact.features.hit(ListHit::OpensWindow) {
            let until = Millis(fact.at.0.saturating_add(self.settings.window_ms));
            self.memory.window = Some((fact.at, until));
        }
    }

    fn turned(&mut self, fact: &Fact) -> Turned {
        let link = fact.reply_to.and_then(|key| self.memory.authors.find(key, fact.at));
        let mention = if fact.other == fact.actor { 0 } else { fact.other.0 };
        let calls = fact.features.hit(ListHit::Mention) && fact.other != fact.actor;
        Turned {
            link,
            mention,
            told: fact.reply_to.is_some()
                || mention != 0
                || calls
                || fact.features.hit(ListHit::MentionAll),
        }
    }

    fn connect(&mut self, fact: &Fact, turned: &Turned) {
        let from = fact.actor.0;
        let linked = turned.link.map_or(0, |link| link.who);
        if linked != 0 && linked != from {
            self.tally.told(from, linked);
        }
        let mention = turned.mention;
        if mention != 0 && mention != linked && !self.memory.bots.contains(mention) {
            self.tally.told(from, mention);
        }
        let run = &self.memory.run;
        if !turned.told && run.who != 0 && run.who != from && self.is_next(fact.at) {
            self.tally.followed(from, run.who);
        }
    }

    fn is_next(&self, at: Millis) -> bool {
        at.since(self.memory.run.at) <= self.settings.order_answer_ms
    }

    fn answer(&mut self, fact: &Fact, turned: &Turned) {
        if self.memory.open.is_empty() {
            return;
        }
        if let Some(key) = fact.reply_to {
            for key in self.linked(fact, key, turned.link) {
                self.close(fact, key, AnswerEvidence::Reply);
            }
        }
        if turned.mention != 0 {
            for key in self.memory.open.of_asker(turned.mention).to_vec() {
                self.close(fact, key, AnswerEvidence::Mention);
            }
        }
        if fact.features.hit(ListHit::Command) {
            return;
        }
        let since = Millis(fact.at.0.saturating_sub(self.settings.order_answer_ms));
        if let Some(thread) = fact.reply_to
            && turned.link.is_some_and(|link| link.who == fact.actor.0)
        {
            for key in self.memory.open.of_thread(thread).to_vec() {
                if self.memory.open.get(key).is_some_and(|item| item.at >= since) {
                    self.close(fact, key, AnswerEvidence::Order);
                }
            }
        }
        if !turned.told && self.memory.run.who != 0 && self.memory.run.who != fact.actor.0 {
            for (at, key) in std::mem::take(&mut self.memory.run.items) {
                if at >= since {
                    self.close(fact, key, AnswerEvidence::Order);
                }
            }
        }
    }

    /// The open items that a reply link to `key` answers.
    fn linked(&self, fact: &Fact, key: i64, link: Option<Written>) -> Vec<i64> {
        let open = &self.memory.open;
        let mut keys: Vec<i64> = open.get(key).map(|item| item.key).into_iter().collect();
        let Some(link) = link.filter(|link| link.who != 0 && link.who != fact.actor.0) else {
            return keys;
        };
        let order = self.settings.order_answer_ms;
        let near = |item: &Waiting| {
            let after = link.at.since(item.at);
            !link.item && (0..=order).contains(&after)
        };
        let belongs = |item: &Waiting| item.thread == Some(key) || near(item);
        let others = open.of_asker(link.who).iter().filter_map(|key| open.get(*key));
        keys.extend(others.filter(belongs).map(|item| item.key));
        keys
    }

    /// Notes the first answer to an item, unless it is the asker's own.
    fn close(&mut self, fact: &Fact, key: i64, evidence: AnswerEvidence) {
        if self.memory.open.get(key).is_none_or(|item| item.who == fact.actor.0) {
            return;
        }
        if let Some(item) = self.memory.open.close(key) {
            self.tally.page.answers.push(Answer {
                at: fact.at,
                key,
                item_at: item.at,
                who: fact.actor,
                class: fact.class,
                asker: domain::IdentityId(item.who),
                evidence,
            });
        }
    }

    fn step_run(&mut self, fact: &Fact) {
        let run = &mut self.memory.run;
        if run.who != fact.actor.0 {
            run.who = fact.actor.0;
            run.items.clear();
        }
        run.at = fact.at;
    }

    fn item_flags(
        &self,
        fact: &Fact,
        first_ever: bool,
        effective: bool,
        silence: Option<i64>,
    ) -> Option<ItemFlags> {
        let word = fact.features;
        let excluded = word.hit(ListHit::Deleted) || word.hit(ListHit::Command);
        if fact.class != ActorClass::Member || fact.actor.named().is_none() || excluded {
            return None;
        }
        let mut flags = 0;
        if is_question(word) {
            flags |= ItemFlags::QUESTION;
        }
        if first_ever {
            flags |= ItemFlags::FIRST_POST;
        }
        // Longer than the order limit too, so that an answer by order never opens a talk.
        let is_silent = silence
            .is_none_or(|ms| ms >= self.settings.talk_gap_ms && ms > self.settings.order_answer_ms);
        if effective && is_silent && fact.reply_to.is_none() {
            flags |= ItemFlags::OPENER;
        }
        if flags == 0 {
            return None;
        }
        let calls = word.hit(ListHit::Mention) || fact.other.named().is_some();
        if calls && fact.other != fact.actor {
            flags |= ItemFlags::CALL;
        }
        Some(ItemFlags(flags))
    }

    fn open_item(&mut self, fact: &Fact, flags: ItemFlags) {
        let key = fact.source.key;
        let item = Waiting { key, at: fact.at, who: fact.actor.0, thread: fact.reply_to };
        if !self.memory.open.open(item) {
            return;
        }
        self.memory.run.items.push((fact.at, key));
        self.tally.page.items.push(Item {
            at: fact.at,
            key,
            who: fact.actor,
            class: fact.class,
            flags,
        });
    }
}

/// A strong question, or a bare question mark after some words. The words of others, passed on,
/// do not ask.
fn is_question(word: FeatureWord) -> bool {
    let words = word.han().saturating_add(word.words());
    match word.question() {
        Question::No => false,
        _ if word.hit(ListHit::Forwarded) => false,
        Question::Weak => words >= WEAK_QUESTION_MIN,
        Question::Strong => true,
    }
}
