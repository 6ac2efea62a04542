//! A rule as a line of text, to be stored: `20:00 daily`, `08:30 weekly 1,3,5` (1 is Monday),
//! `09:00 monthly 31`, `10:00 once 2027-01-01`.

use domain::{CivilDays, CivilRule, Day};

/// A stored rule cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the rule {0:?} of a timer cannot be read; one looks like \"20:00 daily\", \"08:30 weekly 1,3,5\", \"09:00 monthly 31\" or \"10:00 once 2027-01-01\""
)]
pub struct RuleError(pub String);

/// The rule as text.
pub fn to_text(rule: &CivilRule) -> String {
    let days = match rule.days {
        CivilDays::Daily => "daily".to_owned(),
        CivilDays::Weekly(mask) => {
            let days = (0..7).filter(|bit| mask & (1 << bit) != 0).map(|bit| (bit + 1).to_string());
            format!("weekly {}", days.collect::<Vec<_>>().join(","))
        }
        CivilDays::Monthly(day) => format!("monthly {day}"),
        CivilDays::Once(day) => format!("once {}", Day(day)),
    };
    format!("{:02}:{:02} {days}", rule.hour, rule.minute)
}

/// Reads a rule. What could never fall due (25:00, the 32nd, no day of the week) is refused.
pub fn from_text(text: &str) -> Result<CivilRule, RuleError> {
    parse(text).ok_or_else(|| RuleError(text.to_owned()))
}

fn parse(text: &str) -> Option<CivilRule> {
    let mut words = text.split_whitespace();
    let (hour, minute) = words.next()?.split_once(':')?;
    let (hour, minute) = (number(hour, 0, 23)?, number(minute, 0, 59)?);
    let days = match (words.next()?, words.next()) {
        ("daily", None) => CivilDays::Daily,
        ("weekly", Some(days)) => CivilDays::Weekly(mask(days)?),
        ("monthly", Some(day)) => CivilDays::Monthly(number(day, 1, 31)?),
        ("once", Some(date)) => CivilDays::Once(Day::from_date(date.parse().ok()?).0),
        _ => return None,
    };
    words.next().is_none().then_some(CivilRule { hour, minute, days })
}

fn mask(days: &str) -> Option<u8> {
    days.split(',').try_fold(0, |mask, day| Some(mask | 1 << (number(day, 1, 7)? - 1)))
}

fn number(text: &str, from: u8, to: u8) -> Option<u8> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|number| digits && (from..=to).contains(number))
}
