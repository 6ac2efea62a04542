//! Which days a page is about, and which it compares them with (P14).
//!
//! Invariants: any window may be compared with any other; a window never ends after today, and is
//! never longer than [`DAYS_MAX`]. A window that is asked for by a word ends with the last day that
//! is over: a morning beside a whole day would look like a fall.

use domain::Day;
use insights::Span;

use crate::console::FieldError;

/// The longest window, in days: three years and a little.
const DAYS_MAX: i32 = 1_100;

/// Where in time a page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// Today.
    pub today: Day,
    /// The last day that is over; today where there is nothing older to show.
    pub whole: Day,
}

impl Calendar {
    /// Today, where something began on `first` (`None`: long ago).
    pub fn of(today: Day, first: Option<Day>) -> Self {
        let young = first.is_some_and(|first| first >= today);
        Self { today, whole: if young { today } else { today.plus(-1) } }
    }
}

/// A window by its word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stretch {
    /// The last 7 days.
    Week,
    /// The last 30 days.
    #[default]
    Days30,
    /// The last 90 days.
    Days90,
    /// This month so far.
    Month,
    /// Last month.
    LastMonth,
    /// This year so far.
    Year,
    /// From a day to a day.
    Custom,
}

impl Stretch {
    /// In the order of the form.
    pub const ALL: [Self; 7] = [
        Self::Week,
        Self::Days30,
        Self::Days90,
        Self::Month,
        Self::LastMonth,
        Self::Year,
        Self::Custom,
    ];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Week => "7d",
            Self::Days30 => "30d",
            Self::Days90 => "90d",
            Self::Month => "month",
            Self::LastMonth => "last_month",
            Self::Year => "year",
            Self::Custom => "custom",
        }
    }

    fn span(self, Calendar { today, whole }: Calendar) -> Option<Span> {
        let last = |days: i32| Span { from: whole.plus(1 - days), to: whole };
        let date = today.date();
        // The first of a month has only itself.
        let since = |first| {
            let from = Day::from_date(first);
            Span { from, to: whole.max(from) }
        };
        Some(match self {
            Self::Week => last(7),
            Self::Days30 => last(30),
            Self::Days90 => last(90),
            Self::Month => since(date.first_of_month()),
            Self::LastMonth => {
                let to = Day::from_date(date.first_of_month()).plus(-1);
                Span { from: Day::from_date(to.date().first_of_month()), to }
            }
            Self::Year => since(date.first_of_year()),
            Self::Custom => return None,
        })
    }
}

/// What a window is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// As many days just before.
    #[default]
    Before,
    /// The same days a year earlier.
    LastYear,
    /// From a day to a day.
    Custom,
}

impl Beside {
    /// In the order of the form.
    pub const ALL: [Self; 3] = [Self::Before, Self::LastYear, Self::Custom];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::LastYear => "last_year",
            Self::Custom => "custom",
        }
    }
}

/// What a form says of the days: words and dates as they were typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    /// Word of the window.
    pub window: String,
    /// First and last day of a window of its own.
    pub from: String,
    /// See `from`.
    pub to: String,
    /// Word of what it is compared with.
    pub beside: String,
    /// First and last day of that, of its own.
    pub beside_from: String,
    /// See `beside_from`.
    pub beside_to: String,
}

/// The days of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Which kind of window.
    pub stretch: Stretch,
    /// The window.
    pub span: Span,
    /// Which kind of comparison.
    pub beside: Beside,
    /// What it is compared with.
    pub against: Span,
}

impl Period {
    /// The last 30 days beside the 30 before.
    pub fn usual(Calendar { whole, .. }: Calendar) -> Self {
        let span = Span { from: whole.plus(-29), to: whole };
        Self { stretch: Stretch::Days30, span, beside: Beside::Before, against: span.before() }
    }

    /// Reads what a form says. Unknown words mean the usual; wrong dates are named.
    pub fn read(typed: &Typed, calendar: Calendar) -> Result<Self, Vec<FieldError>> {
        let found = Stretch::ALL.into_iter().find(|one| one.word() == typed.window);
        let dated = !typed.from.is_empty() || !typed.to.is_empty();
        let stretch = found.unwrap_or(if dated { Stretch::Custom } else { Stretch::default() });
        let mut wrong = Vec::new();
        let today = calendar.today;
        let span = stretch.span(calendar).or_else(|| {
            dated_span(&typed.from, &typed.to, ["from", "to"], today)
                .map_err(|error| wrong.push(error))
                .ok()
        });
        let found = Beside::ALL.into_iter().find(|one| one.word() == typed.beside);
        let dated = !typed.beside_from.is_empty() || !typed.beside_to.is_empty();
        let beside = found.unwrap_or(if dated { Beside::Custom } else { Beside::default() });
        let own = || dated_span(&typed.beside_from, &typed.beside_to, ["cfrom", "cto"], today);
        let against = match (beside, span) {
            (Beside::Custom, _) => own().map_err(|error| wrong.push(error)).ok(),
            (Beside::LastYear, Some(span)) => Some(year_before(span)),
            (Beside::Before, Some(span)) => Some(span.before()),
            (_, None) => None,
        };
        match (span, against) {
            (Some(span), Some(against)) if wrong.is_empty() => {
                Ok(Self { stretch, span, beside, against })
            }
            _ => Err(wrong),
        }
    }
}

/// The same days a year earlier; the 29th of February becomes the 28th.
fn year_before(span: Span) -> Span {
    let earlier = |day: Day| {
        let date = day.date();
        let year = date.year().saturating_sub(1);
        date.with().year(year).build().map_or(day.plus(-365), Day::from_date)
    };
    Span { from: earlier(span.from), to: earlier(span.to) }
}

fn dated_span(
    from: &str,
    to: &str,
    [from_field, to_field]: [&'static str; 2],
    today: Day,
) -> Result<Span, FieldError> {
    let day = |text: &str, field| match text.trim() {
        "" => Err(FieldError { field, code: "missing" }),
        text => match Day::parse(text) {
            Some(day) => Ok(day),
            None => Err(FieldError { field, code: "no_date" }),
        },
    };
    let (from, to) = (day(from, from_field)?, day(to, to_field)?.min(today));
    if from > today {
        return Err(FieldError { field: from_field, code: "future" });
    }
    if from > to {
        return Err(FieldError { field: to_field, code: "before_from" });
    }
    if to.since(from) >= DAYS_MAX {
        return Err(FieldError { field: from_field, code: "too_long" });
    }
    Ok(Span { from, to })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn span(from: &str, to: &str) -> Span {
        Span { from: day(from), to: day(to) }
    }

    fn ides() -> Calendar {
        Calendar::of(day("2024-03-15"), None)
    }

    fn read(window: &str, beside: &str) -> Period {
        let typed = Typed { window: window.into(), beside: beside.into(), ..Typed::default() };
        Period::read(&typed, ides()).unwrap()
    }

    // catalogue: P14
    #[test]
    fn words_of_windows_become_days() {
        let table = [
            ("7d", "2024-03-08", "2024-03-14"),
            ("30d", "2024-02-14", "2024-03-14"),
            ("month", "2024-03-01", "2024-03-14"),
            ("last_month", "2024-02-01", "2024-02-29"),
            ("year", "2024-01-01", "2024-03-14"),
            ("no such word", "2024-02-14", "2024-03-14"),
        ];
        for (word, from, to) in table {
            assert_eq!(read(word, "").span, span(from, to), "{word}");
        }
        assert_eq!(read("7d", "before").against, span("2024-03-01", "2024-03-07"));
        assert_eq!(read("7d", "last_year").against, span("2023-03-08", "2023-03-14"));
        assert_eq!(read("last_month", "last_year").against.from, day("2023-02-01"));
    }

    // catalogue: P14
    #[test]
    fn a_day_that_is_not_over_counts_only_where_there_is_no_other() {
        let week = Typed { window: "7d".into(), ..Typed::default() };
        let first_day = Calendar::of(day("2024-03-15"), Some(day("2024-03-15")));
        let read = |typed: &Typed, calendar| Period::read(typed, calendar).unwrap().span;
        assert_eq!(read(&week, first_day), span("2024-03-09", "2024-03-15"));
        let month = Typed { window: "month".into(), ..Typed::default() };
        let first = Calendar::of(day("2024-04-01"), None);
        assert_eq!(read(&month, first), span("2024-04-01", "2024-04-01"));
        assert_eq!(Period::usual(first).span, span("2024-03-02", "2024-03-31"));
    }

    #[test]
    fn wrong_dates_are_named_by_their_field() {
        let read = |from: &str, to: &str| {
            let typed = Typed { from: from.into(), to: to.into(), ..Typed::default() };
            Period::read(&typed, ides())
        };
        let code = |field, code| Err(vec![FieldError { field, code }]);
        assert_eq!(read("2024-01-02", "2024-01-01"), code("to", "before_from"));
        assert_eq!(read("gestern", "2024-01-01"), code("from", "no_date"));
        assert_eq!(read("2024-01-01", ""), code("to", "missing"));
        assert_eq!(read("2030-01-01", "2030-01-02"), code("from", "future"));
        assert_eq!(read("1990-01-01", "2024-01-02"), code("from", "too_long"));
        let own = read("2024-01-01", "2030-01-01").unwrap();
        assert_eq!((own.stretch, own.span), (Stretch::Custom, span("2024-01-01", "2024-03-15")));
    }

    // catalogue: P14
    #[test]
    fn any_window_may_be_compared_with_any_other() {
        let typed = Typed {
            window: "7d".into(),
            beside_from: "2023-11-01".into(),
            beside_to: "2023-11-11".into(),
            ..Typed::default()
        };
        let read = Period::read(&typed, ides()).unwrap();
        assert_eq!(read.against, span("2023-11-01", "2023-11-11"));
        let short = Typed { beside: "custom".into(), ..typed.clone() };
        assert!(Period::read(&short, ides()).is_ok());
        let none = Typed { beside: "custom".into(), ..Typed::default() };
        let wrong = Period::read(&none, ides()).unwrap_err();
        assert_eq!(wrong, [FieldError { field: "cfrom", code: "missing" }]);
    }
}
