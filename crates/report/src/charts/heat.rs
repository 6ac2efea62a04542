//! The heat map: hours of the day against weekdays.

use crate::charts::scale::{LEVELS, level, percent, short};
use insights::Heat;
use std::fmt::Write;

/// Width of the weekday labels, in widths of a cell.
const LABELS: f64 = 2.0;

/// Height of a row, in pixels.
const ROW: u32 = 27;

/// One hour of one weekday.
#[derive(Debug, PartialEq)]
pub(crate) struct HeatCell {
    /// Left edge in per cent.
    pub(crate) x: String,
    /// Row, Monday = 0.
    pub(crate) weekday: u8,
    /// Column, 0–23.
    pub(crate) hour: u8,
    /// Step of tint.
    pub(crate) level: u8,
    /// Mean number of people who speak then.
    pub(crate) people: f64,
    /// Messages in all.
    pub(crate) messages: u32,
    /// One of the best slots.
    pub(crate) best: bool,
}

impl HeatCell {
    /// Upper edge, in pixels.
    pub(crate) fn top(&self) -> u32 {
        u32::from(self.weekday) * ROW
    }
}

/// All cells and the column labels.
#[derive(Debug, PartialEq)]
pub(crate) struct HeatChart {
    /// Rows of cells, Monday first.
    pub(crate) cells: Vec<HeatCell>,
    /// Width of a cell in per cent.
    pub(crate) cell: String,
    /// Hours with a label: left edge in per cent, hour.
    pub(crate) hours: Vec<(String, u8)>,
}

fn mean_people(heat: &Heat) -> impl Iterator<Item = (u8, u8, f64, u32)> {
    let rows = (0_u8..).zip(heat.people.iter().zip(&heat.messages)).zip(heat.weekdays);
    rows.flat_map(|((weekday, (people, messages)), days)| {
        let hours = (0_u8..).zip(people.iter().zip(messages));
        hours.map(move |(hour, (people, messages))| {
            let mean = f64::from(*people) / f64::from(days.max(1));
            (weekday, hour, mean, *messages)
        })
    })
}

fn left(hour: u8) -> String {
    percent(LABELS + f64::from(hour), LABELS + 24.0)
}

/// The geometry of the heat map; `None` when nobody spoke.
pub(crate) fn heat(heat: &Heat) -> Option<HeatChart> {
    let max = mean_people(heat).map(|(.., mean, _)| mean).fold(0.0, f64::max);
    if max <= 0.0 {
        return None;
    }
    let is_best =
        |weekday, hour| heat.best.iter().any(|slot| slot.weekday == weekday && slot.hour == hour);
    let cells = mean_people(heat).map(|(weekday, hour, people, messages)| HeatCell {
        x: left(hour),
        weekday,
        hour,
        level: level(people, max),
        people,
        messages,
        best: is_best(weekday, hour),
    });
    Some(HeatChart {
        cells: cells.collect(),
        cell: percent(1.0, LABELS + 24.0),
        hours: [0, 6, 12, 18].map(|hour| (left(hour), hour)).into(),
    })
}

/// Steps of tint `[weekday][hour]`, for small pictures.
pub(crate) fn heat_level(heat: &Heat) -> [[u8; 24]; 7] {
    let max = mean_people(heat).map(|(.., mean, _)| mean).fold(0.0, f64::max);
    let mut levels = [[0; 24]; 7];
    for ((row, days), people) in levels.iter_mut().zip(heat.weekdays).zip(&heat.people) {
        for (cell, people) in row.iter_mut().zip(people) {
            *cell = level(f64::from(*people) / f64::from(days.max(1)), max);
        }
    }
    levels
}

/// One path per step of tint in a view box of 24 × 7, for small pictures.
pub(crate) fn heat_paths(heat: &Heat) -> Vec<(u8, String)> {
    let levels = heat_level(heat);
    let path_of = |wanted: u8| {
        let mut path = String::new();
        for (y, row) in levels.iter().enumerate() {
            for (x, _) in row.iter().enumerate().filter(|(_, level)| **level == wanted) {
                let _ = write!(path, "M{} {}h.9v.88h-.9z", short(x as f64), y);
            }
        }
        (wanted, path)
    };
    (0..=LEVELS).map(path_of).filter(|(_, path)| !path.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tint_follows_the_mean_day_and_not_the_number_of_days() {
        let mut busy = Heat { weekdays: [10, 1, 1, 1, 1, 1, 1], ..Heat::default() };
        busy.people[0][20] = 20; // two people each of ten Mondays
        busy.people[1][20] = 4; // four people on the one Tuesday
        let levels = heat_level(&busy);
        assert_eq!((levels[0][20], levels[1][20], levels[2][20]), (4, 8, 0));
        assert_eq!(heat(&busy).unwrap().cells.len(), 7 * 24);
        assert_eq!(heat(&Heat::default()), None);
    }
}
