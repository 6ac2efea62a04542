//! The first pass: which header variant the whole file has, and what only later rows tell (the
//! group's name, its founding, who exported).
//!
//! The variant is one decision for the file, never one per line (`chat-formats.md` §2.2). Lines
//! that look like a header of another variant and are few are text that somebody pasted; when
//! they are many, two exports were mixed and the file is refused.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::{DateOrder, ReadOptions};
use crate::formats::lines::Lines;
use crate::formats::wall::Reading;
use crate::formats::whatsapp::body::MARK;
use crate::formats::whatsapp::header::{Header, Order, Shape, header};
use crate::formats::whatsapp::rows::split;
use crate::formats::whatsapp::wording::{Row, WORDINGS, listed, plain, sentence};
use crate::formats::whatsapp::{header::HalfPlace, label};

/// Headers of another variant may be this share of all, in percent, and still be pasted text.
const PASTED_PERCENT_MAX: u64 = 5;

/// The same for lines with rows of the file before and after them.
const ENCLOSED_PERCENT_MAX: u64 = 20;

/// What the first pass found.
#[derive(Debug)]
pub(super) struct Survey {
    /// The variant of the headers.
    pub(super) shape: Shape,
    /// How dates are read.
    pub(super) order: Order,
    /// The order of day and month is an assumption: nothing in the file decides it.
    pub(super) assumed: bool,
    /// Line of the first header.
    pub(super) first_line: u64,
    /// Name of the group, from its latest renaming or its founding.
    pub(super) group: Option<String>,
    /// The export shows the group from its founding on.
    pub(super) founded: bool,
    /// WhatsApp's own rows bear no label, as on iOS until 2018; a mark then says little.
    pub(super) unlabelled: bool,
    /// Label of the person who exported.
    pub(super) exporter: Option<String>,
}

#[derive(Default)]
struct Finds {
    unlabelled: bool,
    group: Option<String>,
    founded_on: Option<[u16; 3]>,
    came_on: Option<[u16; 3]>,
    exporter: Option<String>,
    settings_label: Option<String>,
}

struct Seen {
    shape: Shape,
    headers: u64,
    line: u64,
    last_line: u64,
    padded: bool,
    /// Lines (the first, and how many) that only one order can read: day first, month first.
    only: [(u64, u64); 2],
    backwards: [u64; 2],
    last: [Option<Reading>; 2],
    latest: [Option<Reading>; 2],
}

const ORDERS: [Order; 2] = [Order::Dmy, Order::Mdy];

/// Reads the whole entry once.
pub(super) fn survey(entry: &Entry, options: &ReadOptions) -> Result<Survey, ImportError> {
    let mut lines = Lines::open(entry, options)?;
    let mut seen: Vec<Seen> = Vec::new();
    let mut finds = Finds::default();
    let mut blank = true;
    while let Some(line) = lines.next()? {
        blank &= line.text.trim().is_empty();
        let Some(header) = header(line.text) else { continue };
        match seen.iter_mut().find(|seen| seen.shape == header.shape) {
            Some(known) => known.count(&header, line.number),
            None => seen.push(Seen::of(&header, line.number)),
        }
        finds.look(&header);
    }
    if blank {
        return Err(ImportError::Empty(entry.path().to_owned()));
    }
    let main = main_shape(entry, &seen)?;
    let (order, assumed) = main.order(entry, options)?;
    Ok(Survey {
        shape: main.shape,
        order,
        assumed,
        first_line: main.line,
        founded: finds.founded_on.is_some()
            && finds.came_on.is_none_or(|day| finds.founded_on == Some(day)),
        unlabelled: finds.unlabelled,
        exporter: finds.exporter(),
        group: finds.group,
    })
}

fn main_shape<'a>(entry: &Entry, seen: &'a [Seen]) -> Result<&'a Seen, ImportError> {
    let Some(main) = seen.iter().max_by_key(|seen| (seen.headers, u64::MAX - seen.line)) else {
        return Err(ImportError::Malformed {
            place: entry.place(1),
            what: "no line begins with a date and time as WhatsApp writes them".to_owned(),
        });
    };
    let all: u64 = seen.iter().map(|seen| seen.headers).sum();
    let other = seen.iter().filter(|other| other.shape != main.shape && !other.is_copied());
    match other.max_by_key(|other| other.headers) {
        Some(other) if other.headers * 100 > all * other.percent_within(main) => {
            Err(mixed(entry, main.line, other.line))
        }
        _ => Ok(main),
    }
}

fn mixed(entry: &Entry, one: u64, other: u64) -> ImportError {
    ImportError::Malformed {
        place: entry.place(one.max(other)),
        what: format!(
            "lines {} and {} write the date in two different ways: this file was put together \
             from several exports; import each of them by itself",
            one.min(other),
            one.max(other)
        ),
    }
}

impl Seen {
    fn of(header: &Header<'_>, line: u64) -> Self {
        let mut seen = Self {
            shape: header.shape,
            headers: 0,
            line,
            last_line: line,
            padded: false,
            only: [(0, 0); 2],
            backwards: [0; 2],
            last: [None; 2],
            latest: [None; 2],
        };
        seen.count(header, line);
        seen
    }

    /// Copied out of WhatsApp Web: where another form is the file's own, this is quoted.
    fn is_copied(&self) -> bool {
        self.shape.clock_first && self.shape.bracket
    }

    /// How many of all rows these may be and still be text that somebody pasted.
    fn percent_within(&self, main: &Self) -> u64 {
        let enclosed = main.line < self.line && self.last_line < main.last_line;
        if enclosed { ENCLOSED_PERCENT_MAX } else { PASTED_PERCENT_MAX }
    }

    fn count(&mut self, header: &Header<'_>, line: u64) {
        self.headers += 1;
        self.last_line = line;
        self.padded |= header.padded;
        if self.shape.year_first {
            return;
        }
        let readings = ORDERS.map(|order| header.reading(order));
        for (number, (reading, other)) in
            [(readings[0], readings[1]), (readings[1], readings[0])].into_iter().enumerate()
        {
            self.follow(number, reading, other, line);
        }
    }

    fn follow(
        &mut self,
        number: usize,
        reading: Option<Reading>,
        other: Option<Reading>,
        line: u64,
    ) {
        let Some(reading) = reading else { return };
        if other.is_none()
            && let Some(only) = self.only.get_mut(number)
        {
            *only = (if only.1 == 0 { line } else { only.0 }, only.1 + 1);
        }
        if let Some(last) = self.last.get_mut(number) {
            let back = last.is_some_and(|last| reading < last);
            *last = Some(reading);
            if let Some(count) = self.backwards.get_mut(number) {
                *count += u64::from(back);
            }
        }
        if let Some(latest) = self.latest.get_mut(number) {
            *latest = (*latest).max(Some(reading));
        }
    }

    fn order(&self, entry: &Entry, options: &ReadOptions) -> Result<(Order, bool), ImportError> {
        if self.shape.year_first {
            return Ok((Order::Ymd, false));
        }
        if let Some(said) = options.date_order {
            return Ok((
                match said {
                    DateOrder::DayFirst => Order::Dmy,
                    DateOrder::MonthFirst => Order::Mdy,
                },
                false,
            ));
        }
        let [(day_line, days), (month_line, months)] = self.only;
        if days > 0 || months > 0 {
            if days.min(months) * 100 > self.headers * PASTED_PERCENT_MAX {
                return Err(mixed(entry, day_line, month_line));
            }
            return Ok((if days >= months { Order::Dmy } else { Order::Mdy }, false));
        }
        let [day_back, month_back] = self.backwards;
        if day_back != month_back {
            let order = if day_back < month_back { Order::Dmy } else { Order::Mdy };
            return Ok((order, false));
        }
        match self.latest.map(|latest| self.is_future(latest, options)) {
            [false, true] => return Ok((Order::Dmy, false)),
            [true, false] => return Ok((Order::Mdy, false)),
            _ => {}
        }
        Ok((self.usual_order(), self.last[0] != self.last[1] || self.latest[0] != self.latest[1]))
    }

    fn is_future(&self, latest: Option<Reading>, options: &ReadOptions) -> bool {
        debug_assert!(!self.shape.year_first);
        let clock = latest.and_then(Reading::civil);
        clock.is_some_and(|clock| {
            options.zone.moment(clock, None).since(options.now) > domain::Millis::DAY
        })
    }

    /// en-US alone puts the month first: `1/5/24, 9:07 AM`, short year, no leading zeros.
    fn usual_order(&self) -> Order {
        let american = self.shape.separator == '/'
            && self.shape.comma
            && !self.shape.long_year
            && !self.padded
            && self.shape.half == HalfPlace::After;
        if american { Order::Mdy } else { Order::Dmy }
    }
}

impl Finds {
    /// Looks at rows that WhatsApp wrote.
    fn look(&mut self, header: &Header<'_>) {
        let ios = header.shape.bracket;
        let (label, text) = split(header.rest);
        if text.len() < 100 && self.exporter.is_none() && (!ios || text.starts_with(MARK)) {
            let bare = text.trim_matches(|letter: char| letter == MARK || letter.is_whitespace());
            if listed(bare, |wording| wording.deleted_by_you) {
                self.exporter = label.map(str::to_owned);
                return;
            }
        }
        // Exports of 2018 and before have neither mark nor label on them, on iOS either.
        let system = label.is_none() || (ios && text.starts_with(MARK));
        let named = !ios && label.is_some() && text.ends_with(['"', '”', '“', '»', '」']);
        if !system && !named {
            return;
        }
        let whole = plain(if ios { text } else { header.rest });
        let Some(found) = sentence(&whole) else { return };
        self.unlabelled |= label.is_none();
        let wording = WORDINGS.get(found.language);
        let is_you = |who: Option<&str>| {
            who.is_none_or(|who| wording.is_some_and(|wording| wording.you.contains(&who.trim())))
        };
        match found.row {
            Row::Founded | Row::GroupName => {
                if let Some(name) = found.name {
                    self.group = Some(name.trim().to_owned());
                }
                if found.row == Row::Founded {
                    self.founded_on.get_or_insert(header.date);
                }
            }
            Row::Added if is_you(found.target) => self.came(header),
            Row::JoinedByLink | Row::JoinedFromCommunity | Row::Joined if is_you(found.actor) => {
                self.came(header);
            }
            Row::Note(domain::ServiceKind::Setting) if found.actor.is_some_and(|a| a == "You") => {
                self.settings_label = label.map(str::to_owned).or(self.settings_label.take());
            }
            _ => {}
        }
    }

    fn came(&mut self, header: &Header<'_>) {
        self.came_on.get_or_insert(header.date);
    }

    /// Who exported: the author of "You deleted this message", else the label of a settings row
    /// unless that is the group's name.
    fn exporter(&self) -> Option<String> {
        self.exporter.clone().or_else(|| {
            self.settings_label.clone().filter(|label| {
                self.group.as_deref().is_some_and(|group| label::key(label) != group)
            })
        })
    }
}
