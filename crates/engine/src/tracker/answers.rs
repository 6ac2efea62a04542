//! What opens an item, and what answers one.
//!
//! An answer is, strongest evidence first: a reply link to the item, to the thread in which the
//! same person asked it, or to another message that the person wrote within the order limit after
//! it; a mention of the person; the starter of a thread writing in it after a question there; the
//! next message of another person within the order limit that neither links nor names. A deleted
//! message answers nothing; a command does not answer by order.

use domain::{ActorClass, Effect, Fact, FeatureWord, ListHit, Millis, Question};

use crate::decide::Deciding;
use crate::tracker::{Look, RECENT_MAX, WAITING_MAX, Waiting, Why, Written, remind};

/// Words (or Han characters) from which a bare question mark makes an item.
const WEAK_QUESTION_MIN: u8 = 2;

/// How long a message is remembered for reply links at most, in milliseconds.
const RECENT_MS: i64 = 7 * Millis::DAY;

/// Takes a message into the talk.
pub(super) fn message(group: &mut Deciding<'_>, fact: &Fact, effects: &mut Vec<Effect>) {
    if fact.class == ActorClass::Bot {
        return;
    }
    let first_ever = fact.actor.named().is_some()
        && group.roster.get(fact.actor).is_none_or(|member| !member.has_spoken);
    let calls_bot =
        group.roster.get(fact.other).is_some_and(|other| other.class == ActorClass::Bot);
    let mut look = Look::at(group, fact, effects);
    look.changed = remind::forget(look.tracker, look.settings, fact.at.0, look.effects);
    let open = look.tracker.waiting.len();
    if fact.actor.named().is_some() && !fact.features.hit(ListHit::Deleted) {
        look.answer();
    }
    let answered = look.tracker.waiting.len() < open;
    look.step_run();
    let why = look.why(first_ever, answered || calls_bot);
    if let Some(why) = why {
        look.open(why);
    }
    look.remember(matches!(why, Some(Why::FirstPost | Why::Question)));
    look.settle();
}

impl Look<'_> {
    fn answer(&mut self) {
        if self.tracker.waiting.is_empty() {
            return;
        }
        let fact = *self.fact;
        let (actor, at) = (fact.actor.0, fact.at.0);
        let link = fact.reply_to.and_then(|key| self.written(key));
        if let Some(key) = fact.reply_to {
            self.answer_link(key, link);
        }
        let mention = if fact.other == fact.actor { 0 } else { fact.other.0 };
        if mention != 0 {
            self.close_all(|item| item.who == mention && item.at <= at);
        }
        if fact.features.hit(ListHit::Command) {
            return;
        }
        let since = at.saturating_sub(self.settings.order_answer_ms);
        let in_time = move |item: &Waiting| (since..=at).contains(&item.at) && item.who != actor;
        if let Some(thread) = fact.reply_to
            && link.is_some_and(|link| link.who == actor)
        {
            self.close_all(|item| item.thread == Some(thread) && in_time(item));
        }
        let calls = fact.features.hit(ListHit::Mention) && fact.other != fact.actor;
        let told = fact.reply_to.is_some()
            || mention != 0
            || calls
            || fact.features.hit(ListHit::MentionAll);
        let run = self.tracker.run;
        if !told && run.who != 0 && run.who != actor {
            self.close_all(|item| item.who == run.who && item.at >= run.began && in_time(item));
        }
    }

    /// Closes what a reply link to `key` answers.
    fn answer_link(&mut self, key: i64, link: Option<Written>) {
        let actor = self.fact.actor.0;
        let order = self.settings.order_answer_ms;
        let link = link.filter(|link| link.who != 0 && link.who != actor);
        self.close_all(|item| {
            let around = link.is_some_and(|link| {
                let near = !link.asks && (0..=order).contains(&link.at.saturating_sub(item.at));
                link.who == item.who && (item.thread == Some(key) || near)
            });
            item.who != actor && (item.key == key || around)
        });
    }

    /// The message with this key, as far as it is remembered.
    fn written(&self, key: i64) -> Option<Written> {
        let oldest = self.fact.at.0.saturating_sub(RECENT_MS);
        let recent = self.tracker.recent.iter().rev().find(|written| written.key == key);
        let item = || self.tracker.waiting.iter().find(|item| item.key == key);
        recent
            .copied()
            .or_else(|| {
                let item = item()?;
                let asks = item.why != Why::Call;
                Some(Written { key, at: item.at, who: item.who, asks })
            })
            .filter(|written| written.at >= oldest)
    }

    /// A message told late was not the last that was said.
    fn step_run(&mut self) {
        let (run, at) = (&mut self.tracker.run, self.fact.at.0);
        if at < run.at {
            return;
        }
        if run.who != self.fact.actor.0 {
            run.who = self.fact.actor.0;
            run.began = at;
        }
        run.at = at;
    }

    /// Why this message waits for an answer, if it does. A call that is itself an answer, or that
    /// only a program could answer, does not wait.
    fn why(&self, first_ever: bool, turned: bool) -> Option<Why> {
        let (fact, word) = (self.fact, self.fact.features);
        let excluded = word.hit(ListHit::Deleted) || word.hit(ListHit::Command);
        if fact.class != ActorClass::Member || fact.actor.named().is_none() || excluded {
            return None;
        }
        let calls = word.hit(ListHit::Mention) || fact.other.named().is_some();
        let replies = fact.reply_to.is_some() || word.hit(ListHit::Acknowledgement);
        if first_ever {
            Some(Why::FirstPost)
        } else if is_question(word) {
            Some(Why::Question)
        } else if calls && fact.other != fact.actor && !turned && !replies {
            Some(Why::Call)
        } else {
            None
        }
    }

    fn open(&mut self, why: Why) {
        let fact = self.fact;
        let item = Waiting {
            key: fact.source.key,
            at: fact.at.0,
            who: fact.actor.0,
            thread: fact.reply_to,
            why,
            asked: false,
        };
        let waiting = &mut self.tracker.waiting;
        if waiting.iter().any(|other| other.key == item.key) {
            return;
        }
        let place = waiting.partition_point(|other| (other.at, other.key) <= (item.at, item.key));
        waiting.insert(place, item);
        let surplus = waiting.len().saturating_sub(WAITING_MAX);
        remind::give_up(self.tracker, surplus, self.effects);
        self.changed = true;
    }

    fn remember(&mut self, asks: bool) {
        let recent = &mut self.tracker.recent;
        if recent.len() >= RECENT_MAX {
            recent.pop_front();
        }
        let fact = self.fact;
        recent.push_back(Written { key: fact.source.key, at: fact.at.0, who: fact.actor.0, asks });
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
