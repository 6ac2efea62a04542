//! What the report knows of one group: flow (P04–P06), activity (P07), questions.

use app::console::figures::Behind;
use app::console::groups::headline;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{Day, GroupId};
use insights::{Overview, PulseDay, Span};
use report::{Community, Lang, Section, Spoken};
use serde::Deserialize;

use std::sync::Arc;

use crate::console::groups::head::{Head, Opened, Tab};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, signed};

/// Days of the usual window, and of the widest.
const DAYS: i32 = 30;
const DAYS_MAX: i32 = 400;

/// Rows of the table of flow, at most by days; above it is by weeks.
const BY_DAY_MAX: usize = 45;

/// Things that wait that are shown.
const WAITING_MAX: usize = 50;

/// The figures of the page of activity beside the group's own first four (P07).
const ACTIVITY: [&str; 8] = [
    "messages_per_day",
    "speakers_per_day",
    "active_share",
    "silent_share",
    "gini",
    "top10_share",
    "bus_factor",
    "effective_share",
];

/// The figures of the page of questions.
const ANSWERS: [&str; 4] =
    ["answer_rate", "first_response_median", "first_post_answered", "keeper_response_median"];

/// The window, and an event to mark in it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    days: String,
    from: String,
    to: String,
    /// First and last day of an event, and its name (P06).
    event_from: String,
    event_to: String,
    event: String,
}

/// The window as the pages offer it.
pub(crate) struct WindowView {
    pub(crate) from: String,
    pub(crate) to: String,
    /// Days, word, whether it is the one shown.
    pub(crate) presets: Vec<(i32, String, bool)>,
}

impl WindowView {
    /// Where the people or messages behind a figure of the group stand, with its formula and
    /// source; where none can be listed, its definition.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass references")]
    fn behind(&self, code: &str, group: &i64) -> String {
        let of_group =
            if Behind::of(code).is_some() { format!("/groups/{group}") } else { String::new() };
        format!("/figures/{code}{of_group}?w=custom&from={}&to={}", self.from, self.to)
    }
}

impl Look {
    fn span(&self, today: Day) -> Span {
        let days = self.days.parse().unwrap_or(DAYS).clamp(1, DAYS_MAX);
        let to = Day::parse(&self.to).unwrap_or(today);
        let from = Day::parse(&self.from).unwrap_or_else(|| to.plus(1 - days));
        // Turned round, or too wide: the nearest window that can be shown.
        let (from, to) = if from > to { (to, from) } else { (from, to) };
        Span { from: from.max(to.plus(1 - DAYS_MAX)), to }
    }

    fn view(span: Span, today: Day, l: Lang) -> WindowView {
        let days = span.to.since(span.from) + 1;
        let preset = |count: i32| {
            let word = l.pick(format!("近 {count} 天"), format!("{count} days"));
            (count, word, count == days && span.to == today)
        };
        WindowView {
            from: span.from.to_string(),
            to: span.to.to_string(),
            presets: [7, 30, 90].map(preset).into(),
        }
    }

    fn event(&self) -> Option<Event> {
        let from = Day::parse(&self.event_from)?;
        let to = Day::parse(&self.event_to).unwrap_or(from);
        let (from, to) = if from > to { (to, from) } else { (from, to) };
        Some(Event { from, to, name: self.event.trim().chars().take(30).collect() })
    }
}

/// An event in the window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) name: String,
}

/// What all three pages are made from.
struct Seen {
    opened: Opened,
    community: Arc<Community>,
    span: Span,
    window: WindowView,
}

impl Seen {
    async fn of(
        (house, seated): (&House, &Seated),
        group: i64,
        look: &Look,
    ) -> Result<(Frame, Self), Trouble> {
        let (console, actor, id) = (house.console(), &seated.actor, GroupId(group));
        let end = console.last_day_of(actor, id).await?;
        let span = look.span(end);
        let (frame, opened, community) = tokio::try_join!(
            Frame::of(house, seated, Place::Groups, ""),
            Opened::of(house, seated, group),
            async { Ok(console.community(actor, Some(id), Some(span), None).await?) },
        )?;
        let window = Look::view(span, end, seated.visit.lang);
        Ok((frame.titled(opened.name()), Self { opened, community, span, window }))
    }

    fn overview(&self) -> &Overview {
        &self.community.overall
    }

    fn part(&self, l: Lang, section: Section) -> String {
        report::fragment(&self.community, self.overview(), l, section)
    }
}

/// A row of the table of flow: start + in − out = end (P04).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FlowRow {
    pub(crate) label: String,
    pub(crate) start: Option<i64>,
    pub(crate) joins: u32,
    pub(crate) leaves: u32,
    pub(crate) end: Option<i64>,
    pub(crate) in_event: bool,
}

impl FlowRow {
    /// What came and went in all.
    pub(crate) fn net(&self) -> String {
        signed(i64::from(self.joins) - i64::from(self.leaves))
    }
}

/// The line of the head count with the band of an event (P06).
pub(crate) struct Line {
    pub(crate) width: usize,
    pub(crate) path: String,
    /// Where the band begins and how wide it is, in days of the view box.
    pub(crate) band: Option<(usize, usize)>,
    pub(crate) low: i64,
    pub(crate) high: i64,
    pub(crate) label: String,
}

/// The page of flow.
#[derive(Template)]
#[template(path = "console/groups/flow.html")]
pub(crate) struct FlowPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) head: Head,
    pub(crate) window: WindowView,
    pub(crate) told: bool,
    pub(crate) total: FlowRow,
    pub(crate) rows: Vec<FlowRow>,
    pub(crate) by_week: bool,
    pub(crate) line: Option<Line>,
    pub(crate) event: [String; 3],
    /// Joins within the event.
    pub(crate) event_joins: Option<u32>,
    pub(crate) cohorts: String,
    pub(crate) entry: String,
}

/// `GET /groups/{group}/flow`
pub(super) async fn flow(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (frame, seen) = Seen::of((&house, &seated), group, &look).await?;
    let head = seen.opened.head(&house, &seated, Tab::Flow);
    let (days, event) = (&seen.overview().pulse, look.event());
    let by_week = days.len() > BY_DAY_MAX;
    let chunks: Vec<&[PulseDay]> = days.chunks(if by_week { 7 } else { 1 }).collect();
    let all = seen.span.from.to_string() + " – " + &seen.span.to.to_string();
    let mut rows: Vec<FlowRow> =
        chunks.into_iter().filter_map(|days| flow_row(days, event.as_ref())).collect();
    rows.reverse();
    let total = flow_row(days, None);
    let nothing = || FlowRow {
        label: String::new(),
        start: None,
        joins: 0,
        leaves: 0,
        end: None,
        in_event: false,
    };
    Ok(shown(&FlowPage {
        l,
        frame,
        head,
        told: seen.opened.page.standing.tells_flow,
        total: FlowRow { label: all, ..total.unwrap_or_else(nothing) },
        rows,
        by_week,
        line: line(days, event.as_ref(), l),
        event_joins: event.as_ref().map(|event| joined_in(days, event)),
        event: [look.event_from.clone(), look.event_to.clone(), look.event.clone()],
        cohorts: seen.part(l, Section::Cohorts),
        entry: seen.part(l, Section::Entry),
        window: seen.window,
    }))
}

fn within(day: i32, event: &Event) -> bool {
    (event.from.0..=event.to.0).contains(&day)
}

fn joined_in(days: &[PulseDay], event: &Event) -> u32 {
    days.iter().filter(|day| within(day.day, event)).map(|day| day.joins).sum()
}

/// One row over these days.
fn flow_row(days: &[PulseDay], event: Option<&Event>) -> Option<FlowRow> {
    let (first, last) = (days.first()?, days.last()?);
    let joins: u32 = days.iter().map(|day| day.joins).sum();
    let leaves: u32 = days.iter().map(|day| day.leaves).sum();
    let members = |day: &PulseDay| day.members.map(i64::from);
    let start = members(first).map(|end| end - i64::from(first.joins) + i64::from(first.leaves));
    let (from, to) = (Day(first.day), Day(last.day));
    let label = if from == to { from.to_string() } else { format!("{from} – {to}") };
    let in_event = event.is_some_and(|event| days.iter().any(|day| within(day.day, event)));
    Some(FlowRow { label, start, joins, leaves, end: members(last), in_event })
}

/// The line of the head count; `None` where members are not known or the window is a day.
fn line(days: &[PulseDay], event: Option<&Event>, l: Lang) -> Option<Line> {
    // Before the founding there is nobody to count.
    let known = days.iter().position(|day| day.members.is_some())?;
    let days = days.get(known.min(days.len().saturating_sub(2))..)?;
    let counts: Vec<u32> = days.iter().map(|day| day.members.unwrap_or(0)).collect();
    if counts.len() < 2 {
        return None;
    }
    let values: Vec<f64> = counts.iter().map(|count| f64::from(*count)).collect();
    let (low, high) = (counts.iter().min()?, counts.iter().max()?);
    let (first, last) = (counts.first()?, counts.last()?);
    let label = l.pick(
        format!("人数走势：从 {first} 人到 {last} 人"),
        format!("Head count: from {first} to {last}"),
    );
    let band = event.and_then(|event| {
        let start = days.iter().position(|day| within(day.day, event))?;
        let wide = days.iter().filter(|day| within(day.day, event)).count();
        Some((start, wide))
    });
    let (low, high) = (i64::from(*low), i64::from(*high));
    Some(Line { width: days.len(), path: report::line_path(&values), band, low, high, label })
}

/// A kind of message with its share of all.
pub(crate) struct KindBar {
    pub(crate) word: &'static str,
    pub(crate) count: u32,
    pub(crate) percent: u32,
}

/// The page of activity.
#[derive(Template)]
#[template(path = "console/groups/activity.html")]
pub(crate) struct ActivityPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) head: Head,
    pub(crate) window: WindowView,
    /// The figures that the purposes of the group put first (A01).
    pub(crate) first: Vec<Spoken>,
    pub(crate) figures: Vec<Spoken>,
    /// Messages are not told.
    pub(crate) silent: bool,
    pub(crate) pulse: String,
    pub(crate) heat: String,
    pub(crate) kinds: Vec<KindBar>,
    pub(crate) people: String,
    pub(crate) health: String,
}

/// `GET /groups/{group}/activity`
pub(super) async fn activity(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (frame, seen) = Seen::of((&house, &seated), group, &look).await?;
    let head = seen.opened.head(&house, &seated, Tab::Activity);
    let first = headline(&seen.opened.page.card.about);
    let others: Vec<&str> = ACTIVITY.into_iter().filter(|code| !first.contains(code)).collect();
    // Where messages are not told, pictures of them would show nought.
    let talks = seen.opened.page.standing.tells_talk;
    let part = |section| if talks { seen.part(l, section) } else { String::new() };
    Ok(shown(&ActivityPage {
        l,
        frame,
        head,
        first: report::figures(seen.overview(), &first, l),
        figures: report::figures(seen.overview(), &others, l),
        silent: !talks,
        pulse: part(Section::Pulse),
        heat: part(Section::Heat),
        kinds: kinds(&seen.overview().media, l),
        people: part(Section::People),
        health: seen.part(l, Section::Health),
        window: seen.window,
    }))
}

fn kinds(media: &[u32; 12], l: Lang) -> Vec<KindBar> {
    const WORDS: [[&str; 2]; 12] = [
        ["文字", "Text"],
        ["图片", "Pictures"],
        ["视频", "Films"],
        ["语音", "Voice"],
        ["表情", "Stickers"],
        ["文件", "Files"],
        ["位置", "Places"],
        ["名片", "Contacts"],
        ["链接和转发", "Links"],
        ["投票", "Polls"],
        ["红包", "Red packets"],
        ["其他", "Other"],
    ];
    let all: u32 = media.iter().sum();
    let bar = |(words, count): ([&'static str; 2], &u32)| KindBar {
        word: l.pick(words[0], words[1]),
        count: *count,
        percent: u32::try_from(u64::from(*count) * 100 / u64::from(all.max(1))).unwrap_or(0),
    };
    let mut bars: Vec<KindBar> =
        WORDS.into_iter().zip(media).filter(|(_, count)| **count > 0).map(bar).collect();
    bars.sort_by_key(|bar| std::cmp::Reverse(bar.count));
    bars
}

/// Something that waits for an answer.
pub(crate) struct WaitingRow {
    pub(crate) key: i64,
    pub(crate) who: u32,
    pub(crate) name: String,
    pub(crate) words: String,
    pub(crate) since: String,
    pub(crate) first_post: bool,
}

/// The page of questions.
#[derive(Template)]
#[template(path = "console/groups/questions.html")]
pub(crate) struct QuestionsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) head: Head,
    pub(crate) window: WindowView,
    pub(crate) figures: Vec<Spoken>,
    pub(crate) waiting: Vec<WaitingRow>,
    pub(crate) total: usize,
    pub(crate) helpers: Vec<(u32, String, u32)>,
}

/// `GET /groups/{group}/questions`
pub(super) async fn questions(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let (frame, seen) = Seen::of((&house, &seated), group, &look).await?;
    let head = seen.opened.head(&house, &seated, Tab::Questions);
    let (community, overview) = (&seen.community, seen.overview());
    let waiting = overview.unanswered.iter().take(WAITING_MAX).map(|item| WaitingRow {
        key: item.key,
        who: item.who.0,
        name: community.name(item.who, l),
        words: community.excerpt(item).unwrap_or_default(),
        since: ago(item.at, house.now(), l),
        first_post: item.flags.has(insights::ItemFlags::FIRST_POST),
    });
    let helpers = overview.helpers.iter().take(20);
    let helpers = helpers.map(|one| (one.who.0, community.name(one.who, l), one.answers));
    Ok(shown(&QuestionsPage {
        l,
        frame,
        head,
        figures: report::figures(overview, &ANSWERS, l),
        waiting: waiting.collect(),
        total: usize::try_from(overview.unanswered_total).unwrap_or(usize::MAX),
        helpers: helpers.collect(),
        window: seen.window,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> Vec<PulseDay> {
        let day = |(n, joins, leaves, members): (i32, u32, u32, u32)| PulseDay {
            day: 20_000 + n,
            joins,
            leaves,
            members: Some(members),
            ..PulseDay::default()
        };
        [(0, 3, 1, 12), (1, 0, 2, 10), (2, 5, 0, 15)].map(day).into()
    }

    // catalogue: P04
    #[test]
    fn start_and_joins_less_leaves_is_the_end() {
        let days = days();
        for part in [&days[..1], &days[1..], &days[..]] {
            let row = flow_row(part, None).unwrap();
            let net = i64::from(row.joins) - i64::from(row.leaves);
            assert_eq!(row.start.unwrap() + net, row.end.unwrap());
        }
        let whole = flow_row(&days, None).unwrap();
        assert_eq!((whole.start, whole.joins, whole.leaves, whole.end), (Some(10), 8, 3, Some(15)));
    }

    // catalogue: P06
    #[test]
    fn the_band_of_an_event_stands_on_its_days() {
        let event = Event { from: Day(20_001), to: Day(20_002), name: "周年".to_owned() };
        let line = line(&days(), Some(&event), Lang::Zh).unwrap();
        assert_eq!((line.width, line.band, line.low, line.high), (3, Some((1, 2)), 10, 15));
        assert_eq!(joined_in(&days(), &event), 5);
        let outside = Event { from: Day(1), to: Day(2), name: String::new() };
        assert!(super::line(&days(), Some(&outside), Lang::En).unwrap().band.is_none());
    }

    #[test]
    fn a_window_is_never_turned_round_or_wider_than_can_be_shown() {
        let today = Day(20_000);
        let look =
            |from: &str, to: &str| Look { from: from.into(), to: to.into(), ..Look::default() };
        let span = look("2024-09-30", "2024-09-01").span(today);
        assert_eq!(
            (span.from.to_string(), span.to.to_string()),
            ("2024-09-01".into(), "2024-09-30".into())
        );
        assert_eq!(Look::default().span(today).from, Day(19_971));
        let wide = look("1990-01-01", "").span(today);
        assert_eq!(wide.to.since(wide.from), DAYS_MAX - 1);
        assert_eq!(look("x", "y").span(today).to, today);
    }
}
