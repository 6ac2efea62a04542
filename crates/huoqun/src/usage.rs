//! From what was typed to what is asked; a wrong value is named with its remedy.

use crate::cli::{DateOrderArg, ReadArgs};
use crate::failure::Failure;
use app::{ReadRequest, Roles};
use domain::{Day, Millis, Zone};
use imports::{ColumnMap, DateOrder, Limits, ReadOptions};
use std::path::Path;

/// The zone that was given, or the machine's; and whether it was given.
pub(crate) fn zone(given: Option<&str>) -> Result<(Zone, bool), Failure> {
    if let Some(name) = given {
        let zone =
            Zone::named(name).map_err(|error| Failure::usage("--timezone", error.to_string()))?;
        return Ok((zone, true));
    }
    let machine = jiff::tz::TimeZone::system();
    let zone = machine.iana_name().and_then(|name| Zone::named(name).ok());
    Ok((zone.unwrap_or_else(Zone::utc), false))
}

/// A civil date such as 2026-01-31.
pub(crate) fn day(option: &'static str, text: Option<&str>) -> Result<Option<Day>, Failure> {
    text.map(|text| {
        text.parse::<jiff::civil::Date>()
            .map(Day::from_date)
            .map_err(|_| Failure::usage(option, format!("{text:?} ≠ YYYY-MM-DD")))
    })
    .transpose()
}

/// The present moment, by the machine.
#[expect(clippy::disallowed_methods, reason = "the binary is where the clock is read")]
pub(crate) fn now() -> Millis {
    Millis(jiff::Timestamp::now().as_millisecond())
}

/// How to read, from the arguments. `group` names the group of formats that do not write it.
pub(crate) fn read_request(
    args: &ReadArgs,
    zone: &Zone,
    group: Option<String>,
) -> Result<ReadRequest, Failure> {
    let columns = args.columns.iter().map(|pair| column(pair)).collect::<Result<Vec<_>, _>>()?;
    Ok(ReadRequest {
        paths: args.files.clone(),
        format: args.format.clone().or_else(|| mapped_format(&columns)),
        options: ReadOptions {
            zone: zone.clone(),
            now: now(),
            partial: args.partial,
            date_order: args.date_order.map(|order| match order {
                DateOrderArg::DayFirst => DateOrder::DayFirst,
                DateOrderArg::MonthFirst => DateOrder::MonthFirst,
            }),
            columns: ColumnMap(columns),
            group,
        },
        picked: args.groups.clone(),
        roles: Roles {
            staff: names("--staff", &args.staff)?,
            hosts: names("--host", &args.host)?,
            bots: names("--bot", &args.bot)?,
        },
        limits: Limits::default(),
    })
}

/// Named columns mean a plain table: a roster when they name members, else messages.
fn mapped_format(columns: &[(String, String)]) -> Option<String> {
    let names = |meaning: &str| columns.iter().any(|(named, _)| named == meaning);
    let roster = names("member") || names("joined") || names("left");
    let word = if roster { "roster" } else { "table" };
    (!columns.is_empty()).then(|| word.to_owned())
}

fn column(pair: &str) -> Result<(String, String), Failure> {
    match pair.split_once('=') {
        Some((meaning, column)) if !meaning.is_empty() && !column.is_empty() => {
            Ok((meaning.trim().to_owned(), column.trim().to_owned()))
        }
        _ => Err(Failure::usage("--columns", format!("{pair:?} ≠ time=发送时间"))),
    }
}

/// Names, with `@FILE` replaced by the lines of the file.
fn names(option: &'static str, given: &[String]) -> Result<Vec<String>, Failure> {
    let mut names = Vec::new();
    for name in given {
        match name.strip_prefix('@') {
            Some(path) if Path::new(path).is_file() => {
                let text = std::fs::read_to_string(path)
                    .map_err(|error| Failure::usage(option, format!("{path}: {error}")))?;
                let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
                names.extend(lines.filter(|line| !line.is_empty()).map(str::to_owned));
            }
            Some(path) => return Err(Failure::usage(option, format!("{path}: no such file"))),
            None => names.push(name.trim().to_owned()),
        }
    }
    Ok(names)
}
