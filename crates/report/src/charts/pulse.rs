//! The pulse: messages, speakers, joins and leaves along the days.

use crate::charts::scale::{percent, round_up, short};
use crate::speech::count;
use domain::Day;
use insights::PulseDay;
use std::fmt::Write;

/// Days above which the pulse is drawn by weeks, and by months.
const DAILY_MAX: usize = 180;
const WEEKLY_MAX: usize = 1_100;

/// How many days stand in one bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Grain {
    /// One.
    Day,
    /// A week from Monday.
    Week,
    /// A month of the calendar.
    Month,
}

impl Grain {
    /// The grain in which so many days are drawn.
    pub(crate) fn of(days: usize) -> Self {
        if days <= DAILY_MAX {
            Self::Day
        } else if days <= WEEKLY_MAX {
            Self::Week
        } else {
            Self::Month
        }
    }

    /// Two days of one grain have the same number.
    fn number(self, day: i32) -> i32 {
        match self {
            Self::Day => day,
            Self::Week => (day + 3).div_euclid(7),
            Self::Month => {
                let date = Day(day).date();
                i32::from(date.year()) * 12 + i32::from(date.month())
            }
        }
    }
}

/// Most labels on the time axis.
const TICKS_MAX: i32 = 5;

/// A day, or the mean day of a week or month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bucket {
    /// First day.
    pub(crate) from: Day,
    /// Last day.
    pub(crate) to: Day,
    /// Messages a day.
    pub(crate) messages: f64,
    /// Speakers a day.
    pub(crate) speakers: f64,
    /// Effective speakers a day.
    pub(crate) effective: f64,
    /// Joins in all.
    pub(crate) joins: f64,
    /// Leaves in all.
    pub(crate) leaves: f64,
}

/// The days as they are drawn: singly, by weeks or by months.
pub(crate) fn buckets(days: &[PulseDay]) -> Vec<Bucket> {
    let grain = Grain::of(days.len());
    let together = |a: &PulseDay, b: &PulseDay| grain.number(a.day) == grain.number(b.day);
    days.chunk_by(together).filter_map(bucket).collect()
}

fn bucket(days: &[PulseDay]) -> Option<Bucket> {
    let (first, last) = (days.first()?, days.last()?);
    let sum = |of: fn(&PulseDay) -> u32| days.iter().map(|day| f64::from(of(day))).sum::<f64>();
    let mean = |of| sum(of) / days.len() as f64;
    Some(Bucket {
        from: Day(first.day),
        to: Day(last.day),
        messages: mean(|day| day.messages),
        speakers: mean(|day| day.speakers),
        effective: mean(|day| day.effective_speakers),
        joins: sum(|day| day.joins),
        leaves: sum(|day| day.leaves),
    })
}

/// One panel: the top of its scale, and paths in a view box of (buckets × 100).
#[derive(Debug, PartialEq)]
pub(crate) struct Panel {
    /// Value at the top.
    pub(crate) top: f64,
    /// First path.
    pub(crate) main: String,
    /// Second path.
    pub(crate) other: String,
}

impl Panel {
    /// The number at the top line.
    pub(crate) fn top_label(&self) -> String {
        count(self.top)
    }

    /// The number at the middle line.
    pub(crate) fn half_label(&self) -> String {
        count(self.top / 2.0)
    }
}

/// A label on the time axis.
#[derive(Debug, PartialEq)]
pub(crate) struct TimeTick {
    /// Position in per cent.
    pub(crate) x: String,
    /// `start`, `middle` or `end`.
    pub(crate) anchor: &'static str,
    /// The day it stands for.
    pub(crate) day: Day,
    /// It stands for its month.
    pub(crate) month: bool,
}

/// All that is needed to draw the pulse.
#[derive(Debug, PartialEq)]
pub(crate) struct PulseChart {
    /// Number of buckets: the width of every view box.
    pub(crate) width: usize,
    /// Bars of messages.
    pub(crate) messages: Panel,
    /// Area of speakers and line of effective speakers.
    pub(crate) people: Panel,
    /// Joins upwards and leaves downwards around 50.
    pub(crate) flow: Panel,
    /// Labels of the time axis.
    pub(crate) ticks: Vec<TimeTick>,
}

/// The geometry of the pulse; `None` without days.
pub(crate) fn pulse(buckets: &[Bucket]) -> Option<PulseChart> {
    let (first, last) = (buckets.first()?, buckets.last()?);
    let most = |of: fn(&Bucket) -> f64| buckets.iter().map(of).fold(0.0, f64::max);
    let top = round_up(most(|bucket| bucket.messages));
    let heads = round_up(most(|bucket| bucket.speakers));
    let flow = round_up(most(|bucket| bucket.joins.max(bucket.leaves)));
    Some(PulseChart {
        width: buckets.len(),
        messages: Panel {
            top,
            main: bars(buckets, (100.0, 100.0 / top), |bucket| bucket.messages),
            other: String::new(),
        },
        people: Panel {
            top: heads,
            main: line(buckets, 100.0 / heads, |bucket| bucket.effective),
            other: area(buckets, 100.0 / heads, |bucket| bucket.speakers),
        },
        flow: Panel {
            top: flow,
            main: bars(buckets, (50.0, 50.0 / flow), |bucket| bucket.joins),
            other: bars(buckets, (50.0, -50.0 / flow), |bucket| bucket.leaves),
        },
        ticks: ticks(first.from, last.to),
    })
}

/// Bars of messages only, for a small picture: a view box of (buckets × 100).
pub(crate) fn spark(buckets: &[Bucket]) -> String {
    let top = buckets.iter().map(|bucket| bucket.messages).fold(1.0, f64::max);
    bars(buckets, (100.0, 100.0 / top), |bucket| bucket.messages)
}

fn bars(buckets: &[Bucket], (zero, scale): (f64, f64), of: fn(&Bucket) -> f64) -> String {
    let mut path = String::new();
    for (place, bucket) in buckets.iter().enumerate() {
        let height = of(bucket) * scale;
        if height.abs() > 0.0 {
            let (x, y) = (short(place as f64 + 0.1), short(zero));
            // Writing into a string cannot fail.
            let _ = write!(path, "M{x} {y}v{}h.8V{y}z", short(-height));
        }
    }
    path
}

fn line(buckets: &[Bucket], scale: f64, of: fn(&Bucket) -> f64) -> String {
    let mut path = String::new();
    for (place, bucket) in buckets.iter().enumerate() {
        let letter = if place == 0 { 'M' } else { 'L' };
        let (x, y) = (short(place as f64 + 0.5), short(100.0 - of(bucket) * scale));
        let _ = write!(path, "{letter}{x} {y}");
    }
    path
}

fn area(buckets: &[Bucket], scale: f64, of: fn(&Bucket) -> f64) -> String {
    let end = short(buckets.len() as f64 - 0.5);
    format!("{}L{end} 100H.5z", line(buckets, scale, of))
}

fn ticks(from: Day, to: Day) -> Vec<TimeTick> {
    let days = to.since(from) + 1;
    let by_month = days > 60;
    let by_year = usize::try_from(days).is_ok_and(|days| days > WEEKLY_MAX);
    let starts = (0..days).map(|n| from.plus(n)).filter(|day| day.date().day() == 1);
    let all: Vec<Day> = if by_year {
        starts.filter(|day| day.date().month() == 1).collect()
    } else if by_month {
        // The month in which the span begins, unless the next label would stand on its heels.
        let crowded = starts.clone().next().is_some_and(|next| next.since(from) * 10 < days);
        std::iter::once(from)
            .filter(|_| !crowded)
            .chain(starts.filter(|day| *day != from))
            .collect()
    } else {
        let step = (days / TICKS_MAX).max(1) + i32::from(days % TICKS_MAX > 0 && days > TICKS_MAX);
        (0..days).filter(|n| n % step == 0).map(|n| from.plus(n)).collect()
    };
    let most = usize::try_from(TICKS_MAX).unwrap_or(5);
    let every = all.len().div_ceil(most).max(1);
    all.into_iter()
        .step_by(every)
        .map(|day| {
            let part = (f64::from(day.since(from)) + 0.5) / f64::from(days);
            TimeTick {
                x: percent(part, 1.0),
                anchor: if part < 0.06 {
                    "start"
                } else if part > 0.94 {
                    "end"
                } else {
                    "middle"
                },
                day,
                month: by_month,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(count: i32) -> Vec<PulseDay> {
        (0..count)
            .map(|n| PulseDay { day: 20_000 + n, messages: 10, ..PulseDay::default() })
            .collect()
    }

    #[test]
    fn half_a_year_is_drawn_by_days_and_a_year_by_weeks() {
        assert_eq!(buckets(&days(180)).len(), 180);
        let weeks = buckets(&days(365));
        assert_eq!(buckets(&days(1_500)).len(), 50, "by months");
        assert!(weeks.len() == 53, "{}", weeks.len());
        assert!(weeks.iter().all(|week| (week.messages - 10.0).abs() < 1e-9));
    }

    #[test]
    fn the_time_axis_never_has_more_labels_than_fit_a_phone() {
        for count in [1, 2, 5, 6, 17, 60, 61, 90, 180, 365, 2_000] {
            let chart = pulse(&buckets(&days(count))).unwrap();
            assert!((1..=5).contains(&chart.ticks.len()), "{count}: {}", chart.ticks.len());
        }
    }

    #[test]
    fn a_silent_day_has_no_bar() {
        let mut quiet = days(3);
        quiet[1].messages = 0;
        assert_eq!(spark(&buckets(&quiet)).matches('M').count(), 2);
    }
}
