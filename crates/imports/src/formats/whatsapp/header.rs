//! The beginning of a row: date, clock, and the mark that separates them from the rest.
//!
//! One grammar reads every header variant (`chat-formats.md` §2.2) and says which [`Shape`] it
//! had; which number is the day is decided by the survey from the whole file. Bidi marks are
//! skipped everywhere, digits of other scripts are read, and any kind of space is a space.

use crate::formats::wall::Reading;

/// Where the half of the day stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum HalfPlace {
    /// 24-hour clock.
    Nowhere,
    /// 上午9:07.
    Before,
    /// 9:07 AM.
    After,
}

/// What all headers of one export have in common.
#[expect(clippy::struct_excessive_bools, reason = "five independent marks of a written form")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Shape {
    /// `[…] ` as iOS writes, else `… - ` as Android does.
    pub(super) bracket: bool,
    /// Between the numbers of the date: `/`, `.`, `-` or `年`.
    pub(super) separator: char,
    /// The year comes first.
    pub(super) year_first: bool,
    /// The year has four digits.
    pub(super) long_year: bool,
    /// The clock stands before the date: what one copies out of WhatsApp Web, and Vietnamese.
    pub(super) clock_first: bool,
    /// A comma stands between date and clock.
    pub(super) comma: bool,
    /// The clock shows seconds.
    pub(super) seconds: bool,
    /// Where the half of the day stands.
    pub(super) half: HalfPlace,
}

/// A header as written, and what follows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Header<'a> {
    /// Its shape.
    pub(super) shape: Shape,
    /// The three numbers of the date in the order of the line.
    pub(super) date: [u16; 3],
    /// A number below ten was written with a leading zero.
    pub(super) padded: bool,
    /// Hour (0–23), minute, second; `None` when the clock cannot be.
    pub(super) clock: Option<[i8; 3]>,
    /// What follows: `NAME: text` or a row of WhatsApp itself.
    pub(super) rest: &'a str,
}

/// How the three numbers of the date are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// Year, month, day.
    Ymd,
    /// Day, month, year.
    Dmy,
    /// Month, day, year.
    Mdy,
}

impl Header<'_> {
    /// The clock reading under an order of the date; `None` when it cannot be.
    pub(super) fn reading(&self, order: Order) -> Option<Reading> {
        let [first, second, third] = self.date;
        let (year, month, day) = match order {
            Order::Ymd => (first, second, third),
            Order::Dmy => (third, second, first),
            Order::Mdy => (third, first, second),
        };
        if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
            return None;
        }
        let [hour, minute, second] = self.clock?;
        Some(Reading {
            year: i16::try_from(common_year(year)).ok()?,
            month: i8::try_from(month).ok()?,
            day: i8::try_from(day).ok()?,
            hour,
            minute,
            second,
        })
    }
}

/// Two digits mean this century; Thai phones count the years of the Buddhist era.
fn common_year(written: u16) -> u16 {
    match written {
        0..=99 => 2000 + written,
        2500..=2699 => written - 543,
        _ => written,
    }
}

/// Marks of writing direction: never part of a name or of the words.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{feff}')
        || ('\u{202a}'..='\u{202e}').contains(&letter)
        || ('\u{2066}'..='\u{2069}').contains(&letter)
}

/// Any space within a line.
pub(super) fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// The header at the start of a line, if there is one.
pub(super) fn header(line: &str) -> Option<Header<'_>> {
    let first = *line.as_bytes().first()?;
    if first != b'[' && !first.is_ascii_digit() && first < 0x80 {
        return None;
    }
    ordered(line, false).or_else(|| ordered(line, true))
}

fn ordered(line: &str, clock_first: bool) -> Option<Header<'_>> {
    let mut at = Cursor { rest: line };
    let bracket = at.eat('[');
    let (date, comma, (clock, seconds, half)) = if clock_first {
        let clock = clock(&mut at)?;
        let comma = at.take_of(&[',', '،']).is_some();
        at.spaces().then_some(())?;
        (date(&mut at)?, comma, clock)
    } else {
        let date = date(&mut at)?;
        let comma = at.take_of(&[',', '،']).is_some();
        (at.spaces() || comma).then_some(())?;
        at.words(&["klo", "kl"]);
        at.spaces();
        (date, comma, clock(&mut at)?)
    };
    let rest = ending(at, bracket)?;
    let Date { numbers, separator, year_first, long_year, padded } = date;
    let shape =
        Shape { bracket, separator, year_first, long_year, clock_first, comma, seconds, half };
    Some(Header { shape, date: numbers, padded, clock, rest })
}

/// A date as written.
struct Date {
    numbers: [u16; 3],
    separator: char,
    year_first: bool,
    long_year: bool,
    padded: bool,
}

fn date(at: &mut Cursor<'_>) -> Option<Date> {
    let (one, one_digits) = at.number(4)?;
    let separator = at.take_of(&['/', '.', '-', '年'])?;
    let wide = at.spaces();
    let (two, two_digits) = at.number(2)?;
    let again = if separator == '年' { '月' } else { separator };
    (at.eat(again)).then_some(())?;
    at.spaces();
    let (three, three_digits) = at.number(4)?;
    let ended = at.take_of(&['日', '.']).is_some();
    // `24. 1. 5.` is Korean; without the last point, `5. 1. 24` is Slovak or Slovene.
    let korean = wide && separator == '.' && ended && three_digits <= 2;
    let year_first = one_digits == 4 || separator == '年' || korean;
    let year_digits = if year_first { one_digits } else { three_digits };
    let day_digits = if year_first { three_digits } else { one_digits };
    (matches!(year_digits, 2 | 4) && day_digits <= 2).then_some(())?;
    // Bulgarian writes "year" behind it.
    let mut ahead = Cursor { rest: at.rest };
    ahead.spaces();
    if ahead.words(&["г"]) {
        at.rest = ahead.rest;
    }
    let days = if year_first { [two, three] } else { [one, two] };
    let digits = if year_first { [two_digits, three_digits] } else { [one_digits, two_digits] };
    let padded = days.iter().zip(digits).any(|(&number, digits)| number < 10 && digits == 2);
    let long_year = year_digits == 4;
    Some(Date { numbers: [one, two, three], separator, year_first, long_year, padded })
}

type Clock = (Option<[i8; 3]>, bool, HalfPlace);

fn clock(at: &mut Cursor<'_>) -> Option<Clock> {
    let before = at.half();
    at.spaces();
    let (hour, _) = at.number(2)?;
    at.take_of(&[':', '.'])?;
    let (minute, digits) = at.number(2)?;
    (digits == 2).then_some(())?;
    let seconds = at.take_of(&[':', '.']).is_some();
    let second = if seconds { at.number(2)?.0 } else { 0 };
    let mut ahead = Cursor { rest: at.rest };
    ahead.spaces();
    if ahead.words(&["ч"]) {
        at.rest = ahead.rest;
    }
    let mut after = None;
    if before.is_none() {
        let mut ahead = Cursor { rest: at.rest };
        ahead.spaces();
        after = ahead.half();
        if after.is_some() {
            at.rest = ahead.rest;
        }
    }
    let half = match (before, after) {
        (Some(_), _) => HalfPlace::Before,
        (None, Some(_)) => HalfPlace::After,
        (None, None) => HalfPlace::Nowhere,
    };
    let hour = before.or(after).map_or(hour, |half| half.on_24(hour));
    let fits = hour < 24 && minute < 60 && second < 61;
    let small = |number: u16| i8::try_from(number).unwrap_or(0);
    Some((fits.then(|| [small(hour), small(minute), small(second.min(59))]), seconds, half))
}

fn ending(mut at: Cursor<'_>, bracket: bool) -> Option<&str> {
    if bracket {
        at.eat(']').then_some(())?;
        return Some(at.rest.strip_prefix(is_space).unwrap_or(at.rest));
    }
    at.spaces().then_some(())?;
    at.take_of(&['-', '–'])?;
    at.rest.strip_prefix(is_space)
}

#[derive(Clone, Copy)]
enum Half {
    Morning,
    Noon,
    Afternoon,
}

impl Half {
    fn on_24(self, hour: u16) -> u16 {
        match (self, hour) {
            (Self::Morning, 12) => 0,
            (Self::Noon, 1..=3) | (Self::Afternoon, 1..=11) => hour + 12,
            _ => hour,
        }
    }
}

/// Lower case; `.` and spaces within are skipped when comparing.
const HALVES: &[(&str, Half)] = &[
    ("am", Half::Morning),
    ("pm", Half::Afternoon),
    ("上午", Half::Morning),
    ("下午", Half::Afternoon),
    ("凌晨", Half::Morning),
    ("清晨", Half::Morning),
    ("早上", Half::Morning),
    ("中午", Half::Noon),
    ("傍晚", Half::Afternoon),
    ("晚上", Half::Afternoon),
    ("午前", Half::Morning),
    ("午後", Half::Afternoon),
    ("오전", Half::Morning),
    ("오후", Half::Afternoon),
    ("ص", Half::Morning),
    ("م", Half::Afternoon),
    ("قظ", Half::Morning),
    ("بظ", Half::Afternoon),
    ("öö", Half::Morning),
    ("ös", Half::Afternoon),
    ("पूर्वाह्न", Half::Morning),
    ("अपराह्न", Half::Afternoon),
    ("पूर्व", Half::Morning),
    ("अपर", Half::Afternoon),
    ("sa", Half::Morning),
    ("ch", Half::Afternoon),
    ("pg", Half::Morning),
    ("ptg", Half::Afternoon),
    ("de", Half::Morning),
    ("du", Half::Afternoon),
    ("fm", Half::Morning),
    ("em", Half::Afternoon),
    ("vm", Half::Morning),
    ("nm", Half::Afternoon),
    ("vorm", Half::Morning),
    ("nachm", Half::Afternoon),
    ("πμ", Half::Morning),
    ("μμ", Half::Afternoon),
];

struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn peek(&self) -> Option<(char, &'a str)> {
        if let Some(&first) = self.rest.as_bytes().first()
            && first.is_ascii()
        {
            return Some((char::from(first), self.rest.get(1..).unwrap_or_default()));
        }
        let mut letters = self.rest.chars();
        loop {
            let letter = letters.next()?;
            if !is_mark(letter) {
                return Some((letter, letters.as_str()));
            }
        }
    }

    fn eat(&mut self, wanted: char) -> bool {
        self.take_of(&[wanted]).is_some()
    }

    fn take_of(&mut self, wanted: &[char]) -> Option<char> {
        let (letter, rest) = self.peek()?;
        wanted.contains(&letter).then(|| {
            self.rest = rest;
            letter
        })
    }

    fn spaces(&mut self) -> bool {
        let mut any = false;
        while let Some((letter, rest)) = self.peek().filter(|(letter, _)| is_space(*letter)) {
            debug_assert!(is_space(letter));
            self.rest = rest;
            any = true;
        }
        any
    }

    fn number(&mut self, digits_max: u8) -> Option<(u16, u8)> {
        let mut number = 0;
        let mut digits = 0;
        while let Some((letter, rest)) = self.peek() {
            let Some(value) = digit(letter) else { break };
            if digits == digits_max {
                return None;
            }
            number = number * 10 + value;
            digits += 1;
            self.rest = rest;
        }
        (digits > 0).then_some((number, digits))
    }

    /// Passes over one of these words.
    fn words(&mut self, words: &[&str]) -> bool {
        let Some(rest) = words.iter().find_map(|word| self.after_word(word)) else { return false };
        self.rest = rest;
        true
    }

    fn half(&mut self) -> Option<Half> {
        let (letter, _) = self.peek()?;
        if digit(letter).is_some() || matches!(letter, ']' | '-') {
            return None;
        }
        let first = |word: &str| word.as_bytes().first().copied().unwrap_or_default();
        let ascii = letter.is_ascii().then(|| letter.to_ascii_lowercase());
        HALVES.iter().find_map(|(word, half)| {
            if ascii.is_some_and(|letter| letter != char::from(first(word))) {
                return None;
            }
            let rest = self.after_word(word)?;
            self.rest = rest;
            Some(*half)
        })
    }

    fn after_word(&self, word: &str) -> Option<&'a str> {
        let mut at = Cursor { rest: self.rest };
        for (number, wanted) in word.chars().enumerate() {
            loop {
                let (letter, rest) = at.peek()?;
                at.rest = rest;
                if letter == wanted || letter.to_lowercase().eq(std::iter::once(wanted)) {
                    break;
                }
                if number == 0 || !(letter == '.' || is_space(letter)) {
                    return None;
                }
            }
        }
        at.take_of(&['.']);
        Some(at.rest)
    }
}

/// The value of a decimal digit: ASCII, Arabic-Indic, Persian, Devanagari, Bengali, full width.
fn digit(letter: char) -> Option<u16> {
    let zero = match letter {
        '0'..='9' => '0',
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{ff10}'..='\u{ff19}' => '\u{ff10}',
        _ => return None,
    };
    u16::try_from(u32::from(letter) - u32::from(zero)).ok()
}
