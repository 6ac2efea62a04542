//! From facts to lines: names, quotes, days, what was taken back.

use std::collections::{HashMap, HashSet};

use app::live::Line;
use domain::{FactKind, IdentityId, LeaveManner, Millis, ServiceKind, Zone};
use report::Lang;

use crate::line::Cast;
use crate::line::view::{Badge, LineView, Said, color, face};
use crate::line::words::{excerpt, linked};
use crate::words::{day_label, hour_minute, note};

/// A message that another one answers.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) key: i64,
    pub(crate) name: String,
    pub(crate) excerpt: String,
}

/// All that lines are shown with.
#[derive(Clone, Debug)]
pub(crate) struct Scene {
    pub(crate) lang: Lang,
    pub(crate) zone: Zone,
    pub(crate) now: Millis,
    pub(crate) cast: Cast,
    /// Messages that others answer, by source key; `None` was taken back.
    pub(crate) quotes: HashMap<i64, Option<Quote>>,
    /// Who looks; nobody in live fragments.
    pub(crate) me: IdentityId,
}

/// Whether a message was taken back: a message that had words has none any more.
pub(crate) fn gone(line: &Line) -> bool {
    line.fact.kind == FactKind::Message && line.words.is_none()
}

impl Scene {
    /// The lines in order, with a divider where a new day begins.
    pub(crate) fn views(&self, lines: &[Line]) -> Vec<LineView> {
        let taken: HashSet<i64> = lines
            .iter()
            .filter(|line| line.fact.kind == FactKind::Recall)
            .filter_map(|line| line.fact.reply_to)
            .collect();
        let edits: HashMap<i64, &str> = lines
            .iter()
            .filter(|line| line.fact.kind == FactKind::Edit)
            .filter_map(|line| Some((line.fact.reply_to?, line.words.as_deref()?)))
            .collect();
        let mut views = Vec::with_capacity(lines.len() + 4);
        let mut last_day = None;
        for line in lines {
            let key = line.fact.source.key;
            let is_message = line.fact.kind == FactKind::Message;
            let view = match edits.get(&key).filter(|_| is_message) {
                Some(text) => self.said(line, Some(*text), taken.contains(&key)),
                None if is_message => self.said(line, line.words.as_deref(), taken.contains(&key)),
                None => self.view(line),
            };
            if matches!(view, LineView::Said(_) | LineView::Note { .. }) {
                let day = self.zone.local(line.fact.at).day;
                if last_day.replace(day) != Some(day) {
                    views.push(self.day(line));
                }
                views.push(view);
            }
        }
        views
    }

    /// One line for watchers: the divider of its day in front, which a page drops when it has it.
    pub(crate) fn live(&self, line: &Line) -> String {
        let view = self.view(line);
        let shown = matches!(view, LineView::Said(_) | LineView::Note { .. });
        let day = if shown { self.day(line).html(self.lang) } else { String::new() };
        day + &view.html(self.lang)
    }

    fn day(&self, line: &Line) -> LineView {
        let day = self.zone.local(line.fact.at).day;
        let label = day_label(day, self.now, &self.zone, self.lang);
        LineView::Day { day: day.to_string(), label }
    }

    /// One line.
    pub(crate) fn view(&self, line: &Line) -> LineView {
        let (fact, seq) = (&line.fact, line.seq.0);
        let name = self.cast.name(fact.actor, self.lang);
        let moved = |text: String, people: i8| LineView::Note {
            seq,
            text,
            card: None,
            frame: false,
            people,
        };
        match fact.kind {
            FactKind::Message => self.said(line, line.words.as_deref(), false),
            FactKind::Recall => {
                let of = fact.reply_to.unwrap_or(0);
                LineView::Took { seq, of, text: self.took(&name) }
            }
            FactKind::Edit => {
                let html = linked(line.words.as_deref().unwrap_or_default(), None);
                LineView::Edited { seq, of: fact.reply_to.unwrap_or(0), html }
            }
            FactKind::Join => {
                moved(self.lang.pick(format!("{name} 加入了群聊"), format!("{name} joined")), 1)
            }
            FactKind::Leave if fact.detail == LeaveManner::Removed as u8 => {
                let text = self.lang.pick(
                    format!("{name} 被移出群聊"),
                    format!("{name} was taken out of the group"),
                );
                moved(text, -1)
            }
            FactKind::Leave => {
                moved(self.lang.pick(format!("{name} 退出了群聊"), format!("{name} left")), -1)
            }
            FactKind::Rename => {
                let new = line.words.as_deref().unwrap_or(&name);
                let text = self
                    .lang
                    .pick(format!("有成员改名为 {new}"), format!("Somebody is called {new} now"));
                moved(text, 0)
            }
            FactKind::Service => self.service(line, &name),
            FactKind::Reaction => LineView::Hidden { seq },
        }
    }

    fn took(&self, name: &str) -> String {
        self.lang.pick(format!("{name} 撤回了一条消息"), format!("{name} took a message back"))
    }

    fn service(&self, line: &Line, name: &str) -> LineView {
        let seq = line.seq.0;
        let kind = ServiceKind::from_code(line.fact.detail).unwrap_or(ServiceKind::Other);
        let other = self.cast.name(line.fact.other, self.lang);
        let Some(text) = note(kind, name, &other, self.lang) else {
            return LineView::Hidden { seq };
        };
        let words = line.words.as_deref().filter(|words| !words.is_empty());
        let text = match (kind, words) {
            (ServiceKind::GroupName, Some(words)) => format!("{text}：{words}"),
            _ => text,
        };
        let with_card = matches!(kind, ServiceKind::Announcement | ServiceKind::Closed);
        let card = words.filter(|_| with_card).map(|words| linked(words, None));
        LineView::Note { seq, text, card, frame: true, people: 0 }
    }

    fn said(&self, line: &Line, words: Option<&str>, taken: bool) -> LineView {
        let fact = &line.fact;
        let name = self.cast.name(fact.actor, self.lang);
        let gone = taken || gone(line);
        let html = if gone {
            linked(&self.took(&name), None)
        } else {
            linked(words.unwrap_or_default(), self.cast.bare(fact.other))
        };
        let quote = fact.reply_to.filter(|_| !gone).map(|key| self.quote(key));
        LineView::Said(Box::new(Said {
            seq: line.seq.0,
            key: fact.source.key,
            who: fact.actor.0,
            calls: fact.other.0,
            face: face(&name),
            color: color(fact.actor),
            name,
            badge: Badge(fact.class),
            own: self.me.named() == Some(fact.actor),
            calls_me: self.me.named().is_some() && self.me == fact.other,
            gone,
            quote,
            time: hour_minute(fact.at, &self.zone),
            moment: machine_moment(fact.at),
            html,
        }))
    }

    fn quote(&self, key: i64) -> Quote {
        if let Some(Some(quote)) = self.quotes.get(&key) {
            return quote.clone();
        }
        let excerpt = self.lang.pick("已撤回或看不到了", "taken back or out of sight").to_owned();
        let name = self.lang.pick("原消息", "The message").to_owned();
        Quote { key, name, excerpt }
    }

    /// What stands in a quote or a pin of this message; `None` when it was taken back.
    pub(crate) fn quote_of(&self, line: &Line) -> Option<Quote> {
        let words = line.words.as_deref()?;
        let name = self.cast.name(line.fact.actor, self.lang);
        Some(Quote { key: line.fact.source.key, name, excerpt: excerpt(words) })
    }
}

/// UTC, for machines.
fn machine_moment(at: Millis) -> String {
    let civil = Zone::utc().civil(at);
    format!("{civil:.0}Z")
}
