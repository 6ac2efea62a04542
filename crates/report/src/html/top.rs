//! What stands on top: title and source, the health word with its causes, what to do next.

use crate::Lang;
use crate::html::Eye;
use crate::html::waiting::{Quote, quote};
use crate::speech::{bytes, clean, clock, count, cut, period, shown_name, times};
use crate::words;
use askama::Template;
use insights::{Health, Mood, Overview, Step};

/// Title, span, source and zone.
#[derive(Template)]
#[template(path = "top/header.html")]
pub(super) struct Header {
    l: Lang,
    title: String,
    period: String,
    days: String,
    facts: Vec<String>,
    sources: Vec<(String, String)>,
    zone: String,
    zone_note: &'static str,
}

impl Header {
    pub(super) fn of(eye: &Eye<'_>) -> Self {
        let (community, l) = (eye.community, eye.lang);
        let span = community.overall.span;
        Self {
            l,
            title: shown_name(&community.title, l),
            period: period(span, l),
            days: crate::speech::days(f64::from(span.days()), l),
            facts: facts(eye),
            sources: community
                .sources
                .iter()
                .map(|source| {
                    let name = cut(&clean(&source.name), 60);
                    let [zh, en] = source.format_title;
                    (name, format!("{} · {}", l.pick(zh, en), bytes(source.bytes)))
                })
                .collect(),
            zone: community.zone.name().to_owned(),
            zone_note: zone_note(eye),
        }
    }
}

fn zone_note(eye: &Eye<'_>) -> &'static str {
    let community = eye.community;
    match (community.zone_given, community.wall_clock) {
        (true, _) => eye.lang.pick("按你指定的时区", "as you asked"),
        (false, true) => eye.lang.pick(
            "导出文件没写时区，按本机时区读；不对的话用 --timezone 重跑",
            "the export names no zone, so this machine's was used; if that is wrong, run again with --timezone",
        ),
        (false, false) => eye.lang.pick(
            "本机时区；要换用 --timezone",
            "this machine's zone; --timezone changes it",
        ),
    }
}

fn facts(eye: &Eye<'_>) -> Vec<String> {
    let (l, totals) = (eye.lang, &eye.overall().totals);
    let mut facts = Vec::new();
    if eye.community.is_many() {
        facts.push(times(eye.community.groups.len() as f64, l, "个群", ["group", "groups"]));
    }
    if let Some(members) = totals.members {
        facts.push(times(members as f64, l, "位成员", ["member", "members"]));
    }
    if totals.messages > 0 {
        facts.push(times(totals.messages as f64, l, "条消息", ["message", "messages"]));
        facts.push(times(totals.senders as f64, l, "人发过言", ["person wrote", "people wrote"]));
        facts.push(match l {
            Lang::Zh => format!("{} 天有消息", totals.days_with_messages),
            Lang::En => format!(
                "messages on {}",
                crate::speech::days(f64::from(totals.days_with_messages), l)
            ),
        });
    }
    facts
}

/// How alive it is, and why.
#[derive(Template)]
#[template(path = "top/health.html")]
pub(super) struct HealthCard {
    l: Lang,
    mood: &'static str,
    tone: &'static str,
    meaning: &'static str,
    causes: Vec<String>,
}

impl HealthCard {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let Health { mood, causes } = &overview.health;
        Self {
            l: eye.lang,
            mood: words::mood(*mood, eye.lang),
            tone: words::mood_code(*mood),
            meaning: meaning(*mood, eye.lang),
            causes: causes.iter().map(|cause| words::cause(cause, eye.lang)).collect(),
        }
    }
}

fn meaning(mood: Mood, lang: Lang) -> &'static str {
    match mood {
        Mood::Lively => lang.pick("大多数日子有不少人在聊", "many people talk on most days"),
        Mood::Steady => lang.pick("聊天一直在继续", "the talk goes on"),
        Mood::Fading => {
            lang.pick("比以前冷清，或只靠少数人撑着", "less than it was, or carried by few")
        }
        Mood::Dying => lang.pick("几乎没人说话了", "hardly anybody talks"),
        Mood::Dead => lang.pick("已经没有人说话", "nobody talks any more"),
        Mood::Unknown => {
            lang.pick("这份数据判断不了群的状态", "this data cannot show how alive the group is")
        }
    }
}

/// What to do next.
#[derive(Template)]
#[template(path = "top/steps.html")]
pub(super) struct Steps {
    l: Lang,
    steps: Vec<StepView>,
}

struct StepView {
    title: String,
    reason: String,
    people: Vec<String>,
    quotes: Vec<Quote>,
}

impl Steps {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let steps = overview.steps.iter().map(|step| StepView::of(eye, step)).collect();
        Self { l: eye.lang, steps }
    }
}

impl StepView {
    fn of(eye: &Eye<'_>, step: &Step) -> Self {
        let words = words::step(step, eye.lang);
        let quotes: Vec<Quote> = step.items.iter().map(|item| quote(eye, item)).collect();
        // People who are quoted need no second mention.
        let quoted = |who| step.items.iter().any(|item| item.who == who);
        let people = step.people.iter().filter(|who| !quoted(**who));
        Self {
            title: words.title,
            reason: words.reason,
            people: people.map(|who| eye.name(*who)).collect(),
            quotes,
        }
    }
}

/// When the report was made, on the clock of its zone.
pub(super) fn made_at(eye: &Eye<'_>) -> String {
    let community = eye.community;
    let year = community.zone.civil(community.made_at).year();
    let clock = clock(community.made_at, &community.zone, eye.lang);
    eye.lang.pick(
        format!("{year}年{clock}"),
        format!("{clock}, {}", count(f64::from(year)).replace(',', "")),
    )
}
