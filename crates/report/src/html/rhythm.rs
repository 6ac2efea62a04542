//! When people talk: the pulse along the days, and the heat map of the week.

use crate::Lang;
use crate::charts::{self, Bucket, Grain, HeatChart, PulseChart};
use crate::html::Eye;
use crate::speech::{count, day_near, day_short, day_with_weekday, decimal, hour, times, weekday};
use askama::Template;
use domain::{Day, Extent};
use insights::{Heat, Overview};

/// Whether joins and leaves can be drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flows {
    Told,
    Connections,
    Untold,
}

/// Messages, speakers, joins and leaves along the days.
#[derive(Template)]
#[template(path = "charts/pulse.html")]
pub(super) struct PulseSection {
    l: Lang,
    talks: bool,
    flows: Flows,
    grain: Grain,
    chart: Option<PulseChart>,
    ticks: Vec<(String, &'static str, String)>,
    hits: Vec<(String, String, String)>,
    aria: String,
}

impl PulseSection {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let l = eye.lang;
        let buckets = charts::buckets(&overview.pulse);
        let grain = Grain::of(overview.pulse.len());
        let evidence = overview.evidence;
        let talks = evidence.messages != Extent::None;
        let some = evidence.joins != Extent::None || evidence.leaves != Extent::None;
        let flows = match evidence.joins_are_connections {
            true => Flows::Connections,
            false if some => Flows::Told,
            false => Flows::Untold,
        };
        let told = Told {
            near: overview.span.to,
            talks,
            joins: flows == Flows::Told && evidence.joins != Extent::None,
            leaves: flows == Flows::Told && evidence.leaves != Extent::None,
        };
        let chart = charts::pulse(&buckets).filter(|_| talks || flows == Flows::Told);
        let ticks = chart.as_ref().map_or_else(Vec::new, |chart| tick_words(chart, grain, l));
        let width = charts::percent(1.0, buckets.len() as f64);
        let hits = (0_u32..).zip(&buckets).map(|(place, bucket)| {
            let left = charts::percent(f64::from(place), buckets.len() as f64);
            (left, width.clone(), told.title(bucket, l))
        });
        Self {
            l,
            talks,
            flows,
            grain,
            ticks,
            hits: hits.collect(),
            aria: told.aria(&buckets, l),
            chart,
        }
    }

    /// How the days were put together, when they were.
    fn grain_note(&self) -> Option<&'static str> {
        match self.grain {
            Grain::Day => None,
            Grain::Week => Some(self.l.pick(
                "时间较长，按周画：消息和人数是每周的日均，进退群是每周合计。",
                "Drawn by weeks: messages and people are daily means, joins and leaves are sums.",
            )),
            Grain::Month => Some(self.l.pick(
                "时间很长，按月画：消息和人数是每月的日均，进退群是每月合计。",
                "Drawn by months: messages and people are daily means, joins and leaves are sums.",
            )),
        }
    }

    fn has_flows(&self) -> bool {
        self.flows == Flows::Told
    }

    fn has_connections(&self) -> bool {
        self.flows == Flows::Connections
    }
}

fn tick_words(chart: &PulseChart, grain: Grain, l: Lang) -> Vec<(String, &'static str, String)> {
    let mut year = None;
    let ticks = chart.ticks.iter().map(|tick| {
        let date = tick.day.date();
        let new_year = year.replace(date.year()) != Some(date.year());
        let words = day_short(tick.day, l);
        let month = words.split_once(' ').map_or("", |(_, month)| month);
        let text = match (grain, tick.month) {
            (Grain::Month, _) => l.pick(format!("{}年", date.year()), date.year().to_string()),
            (_, false) => words,
            (_, true) if new_year => {
                let year = date.year();
                l.pick(format!("{year}年{}月", date.month()), format!("{month} {year}"))
            }
            (_, true) => l.pick(format!("{}月", date.month()), month.to_owned()),
        };
        (tick.x.clone(), tick.anchor, text)
    });
    ticks.collect()
}

/// What the words over a day may say.
#[derive(Clone, Copy)]
struct Told {
    near: Day,
    talks: bool,
    joins: bool,
    leaves: bool,
}

impl Told {
    fn aria(self, buckets: &[Bucket], l: Lang) -> String {
        let busiest = buckets.iter().max_by(|a, b| a.messages.total_cmp(&b.messages));
        let Some(busiest) = busiest.filter(|_| self.talks) else {
            return l.pick("每日进群与退群走势图。", "Joins and leaves by day.").to_owned();
        };
        let (days, most) = (day_near(busiest.from, self.near, l), decimal(busiest.messages, 1));
        match l {
            Lang::Zh => format!("每日消息、发言人数与进退群走势图；最高在 {days}，{most} 条。"),
            Lang::En => format!("Messages and speakers by day; the peak is {days} with {most}."),
        }
    }

    fn title(self, bucket: &Bucket, l: Lang) -> String {
        let one_day = bucket.from == bucket.to;
        let days = if one_day {
            day_with_weekday(bucket.from, l)
        } else {
            format!(
                "{} – {}",
                day_near(bucket.from, self.near, l),
                day_near(bucket.to, self.near, l)
            )
        };
        let mut parts = Vec::new();
        if self.talks {
            let each = if one_day { "" } else { l.pick("日均 ", "a day: ") };
            let messages = decimal(bucket.messages, 1);
            let (people, effective) = (decimal(bucket.speakers, 1), decimal(bucket.effective, 1));
            parts.push(match l {
                Lang::Zh => format!("{each}{messages} 条，{people} 人发言，有效 {effective} 人"),
                Lang::En => {
                    format!("{each}messages {messages}, speakers {people}, effective {effective}")
                }
            });
        }
        if self.joins {
            parts.push(l.pick("进群 ", "joined ").to_owned() + &count(bucket.joins));
        }
        if self.leaves {
            parts.push(l.pick("退群 ", "left ").to_owned() + &count(bucket.leaves));
        }
        format!("{days}{}{}", l.pick("：", ": "), parts.join(l.pick("，", ", ")))
    }
}

/// Hours against weekdays, with the best slots.
#[derive(Template)]
#[template(path = "charts/heat.html")]
pub(super) struct HeatSection {
    l: Lang,
    chart: Option<HeatChart>,
    titles: Vec<String>,
    days: [&'static str; 7],
    best: Vec<(String, String)>,
    aria: String,
}

impl HeatSection {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let l = eye.lang;
        let chart = charts::heat(&overview.heat);
        let titles = chart.as_ref().map_or_else(Vec::new, |chart| {
            let cells = chart.cells.iter();
            cells
                .map(|cell| {
                    let slot = format!("{} {}", weekday(cell.weekday, l), hour(cell.hour));
                    let (people, messages) = (decimal(cell.people, 1), f64::from(cell.messages));
                    match l {
                        Lang::Zh => {
                            format!("{slot}：平均 {people} 人说话，共 {} 条", count(messages))
                        }
                        Lang::En => format!(
                            "{slot}: {people} people on average, {} in all",
                            times(messages, l, "", ["message", "messages"])
                        ),
                    }
                })
                .collect()
        });
        let best = best(&overview.heat, l);
        let none = || {
            let words =
                l.pick("一周各时段发言热力图。", "Heat map of speakers by weekday and hour.");
            words.to_owned()
        };
        let aria = best.first().map_or_else(none, |(slot, reach)| match l {
            Lang::Zh => format!("一周各时段发言热力图，最热闹的是{slot}，{reach}。"),
            Lang::En => format!(
                "Heat map of speakers by weekday and hour; the best slot is {slot}, {reach}."
            ),
        });
        let days = [0, 1, 2, 3, 4, 5, 6].map(|day| weekday(day, l));
        Self { l, chart, titles, days, best, aria }
    }
}

/// The best slots in words: when, and how many are there.
pub(super) fn best(heat: &Heat, l: Lang) -> Vec<(String, String)> {
    let slots = heat.best.iter().map(|slot| {
        let when = format!("{} {}", weekday(slot.weekday, l), hour(slot.hour));
        let reach = decimal(slot.reach, 1);
        (when, l.pick(format!("平均 {reach} 人在"), format!("{reach} people on average")))
    });
    slots.collect()
}
