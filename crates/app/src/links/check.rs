//! Looks at what was typed: every field, and all that is wrong at once.

use std::collections::BTreeSet;

use domain::Day;
use engine::links::{Chain, Device, Duty, Link, Rule, Seat, next_number};
use store::{LinkSpend, PlacementSaid};

use crate::console::{Denied, FieldError};
use crate::links::form::{
    CODE_NAME_MAX, CodeForm, GROUPS_MAX, GroupLine, PLACEMENT_NAME_MAX, PlacementForm, RULES_MAX,
    RuleLine, SERIES_MAX, SOURCES, STAFF_MAX, StaffLine,
};
use crate::links::plan::{Plan, Series};
use crate::links::view::{Choices, CodeKind};
use crate::wecom::GROUP_MAX;

/// Letters of an address.
const URL_MAX: usize = 2_000;
/// The largest share of somebody.
const WEIGHT_MAX: u32 = 100;
/// The largest number of a group, of customers a day.
const NUMBER_MAX: u32 = 99_999;
/// Days of spending on one placement.
const SPENDS_MAX: usize = 2_000;
/// Hundredths spent on a day, at most.
const CENTS_MAX: i64 = 100_000_000_000;

/// What is wrong, gathered.
#[derive(Default)]
pub(super) struct Wrong(Vec<FieldError>);

impl Wrong {
    fn say(&mut self, field: &'static str, code: &'static str) {
        let error = FieldError { field, code };
        if !self.0.contains(&error) {
            self.0.push(error);
        }
    }

    /// The refusal, when anything is wrong.
    pub(super) fn done(self) -> Result<(), Denied> {
        if self.0.is_empty() { Ok(()) } else { Err(Denied::Wrong(self.0)) }
    }

    fn name(&mut self, field: &'static str, typed: &str, most: usize) -> String {
        let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => self.say(field, "missing"),
            count if count > most => self.say(field, "too_long"),
            _ => {}
        }
        name
    }

    fn number(&mut self, (field, code): (&'static str, &'static str), typed: &str) -> Option<u32> {
        let typed = typed.trim();
        let number = typed.parse::<u32>().ok().filter(|number| (1..=NUMBER_MAX).contains(number));
        if !typed.is_empty() && number.is_none() {
            self.say(field, code);
        }
        number
    }

    fn duty(&mut self, days: &str, from: &str, to: &str) -> Duty {
        let mut mask = 0;
        for day in days.chars().filter(|letter| !letter.is_whitespace() && *letter != ',') {
            match day.to_digit(10).filter(|day| (1..=7).contains(day)) {
                Some(day) => mask |= 1_u8 << (day - 1),
                None => self.say("days", "not_days"),
            }
        }
        let days = if mask == 0 { Duty::ALWAYS.days } else { mask };
        match (from.trim(), to.trim()) {
            ("", "") => Duty { days, ..Duty::ALWAYS },
            (from, to) => Duty { days, from: self.clock("from", from), to: self.clock("to", to) },
        }
    }

    fn clock(&mut self, field: &'static str, typed: &str) -> u16 {
        let read = || {
            let (hour, minute) = typed.split_once([':', '：'])?;
            let (hour, minute) = (hour.parse::<u16>().ok()?, minute.parse::<u16>().ok()?);
            // 24:00 is the end of a day.
            (hour < 24 && minute < 60 || (hour, minute) == (24, 0))
                .then_some((hour % 24) * 60 + minute)
        };
        read().unwrap_or_else(|| {
            self.say(field, "not_a_time");
            0
        })
    }
}

/// What a code may be made of: what can be chosen, and who it is.
pub(super) struct Known<'a> {
    pub(super) choices: &'a Choices,
    /// Company of the code.
    pub(super) company: Option<i64>,
    /// The code itself, when it is changed.
    pub(super) own: Option<i64>,
    /// Placements of it.
    pub(super) placements: &'a [i64],
    /// What it led to before: that may stay, also when it can no longer be chosen.
    pub(super) before: Option<&'a Plan>,
}

/// The company that was typed, or the only one there is.
pub(super) fn company(form: &CodeForm, choices: &Choices) -> Result<Option<i64>, Denied> {
    if !matches!(form.kind()?, CodeKind::Groups | CodeKind::Staff) {
        return Ok(None);
    }
    let all = &choices.companies;
    match (form.company.trim(), all.as_slice()) {
        ("", [(only, _)]) => Ok(Some(*only)),
        ("", _) => Err(Denied::field("company", "missing")),
        (typed, _) => {
            let id = typed.parse().ok().filter(|id| all.iter().any(|(one, _)| one == id));
            id.map(Some).ok_or(Denied::field("company", "unknown"))
        }
    }
}

/// The name and the plan of a form that is right.
pub(super) fn checked(form: &CodeForm, known: &Known<'_>) -> Result<(String, Plan), Denied> {
    let mut wrong = Wrong::default();
    let name = wrong.name("name", &form.name, CODE_NAME_MAX);
    let plan = match form.kind()? {
        CodeKind::Groups => groups(form, known, &mut wrong),
        CodeKind::Staff => staff(form, known, &mut wrong),
        CodeKind::Web => web(form, known, &mut wrong),
        CodeKind::Rules => rules(form, known, &mut wrong),
    };
    wrong.done()?;
    Ok((name, plan))
}

fn groups(form: &CodeForm, known: &Known<'_>, wrong: &mut Wrong) -> Plan {
    let before: &[Link] = match known.before {
        Some(Plan::Groups { chain, .. }) => &chain.links,
        _ => &[],
    };
    let mut seen = BTreeSet::new();
    let mut links = Vec::new();
    for line in form.groups.iter().filter(|line| !line.chat.trim().is_empty()) {
        let chat = line.chat.trim();
        let mut all = known.choices.groups.iter();
        let is_known = all.any(|one| Some(one.company) == known.company && one.chat == chat);
        if !is_known && !before.iter().any(|link| link.chat == chat) {
            wrong.say("groups", "unknown");
        }
        if !seen.insert(chat.to_owned()) {
            wrong.say("groups", "twice");
        }
        links.push(Link {
            chat: chat.to_owned(),
            limit: limit(line, wrong),
            is_spare: line.is_spare,
        });
    }
    match links.len() {
        0 => wrong.say("groups", "missing"),
        GROUPS_MAX.. => wrong.say("groups", "too_many"),
        _ => {}
    }
    let series = series(form, known, (&links, wrong));
    let spare = spare(form, known, wrong);
    let chain = Chain { links, skips_declining: form.skips_declining };
    Plan::Groups { chain, series, spare }
}

fn limit(line: &GroupLine, wrong: &mut Wrong) -> u32 {
    match line.limit.trim() {
        "" => GROUP_MAX,
        typed => {
            let limit = typed.parse().ok().filter(|limit| (2..=GROUP_MAX).contains(limit));
            limit.unwrap_or_else(|| {
                wrong.say("limit", "out_of_range");
                GROUP_MAX
            })
        }
    }
}

fn series(
    form: &CodeForm,
    known: &Known<'_>,
    (links, wrong): (&[Link], &mut Wrong),
) -> Option<Series> {
    let name = form.series.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return None;
    }
    if name.chars().count() > SERIES_MAX {
        wrong.say("series", "too_long");
    }
    let typed = wrong.number(("next_number", "not_a_number"), &form.next_number);
    let names =
        known.choices.groups.iter().filter(|one| links.iter().any(|link| link.chat == one.chat));
    let number = typed.unwrap_or_else(|| next_number(&name, names.map(|one| one.name.as_str())));
    Some(Series { name, number })
}

fn spare(form: &CodeForm, known: &Known<'_>, wrong: &mut Wrong) -> Option<String> {
    let userid = form.spare_staff.trim();
    if userid.is_empty() {
        return None;
    }
    if !is_staff(userid, known) {
        wrong.say("spare_staff", "unknown");
    }
    Some(userid.to_owned())
}

fn is_staff(userid: &str, known: &Known<'_>) -> bool {
    let mut all = known.choices.staff.iter();
    let can_be = all.any(|one| Some(one.company) == known.company && one.userid == userid);
    can_be || known.before.is_some_and(|plan| plan.people().contains(&userid))
}

fn staff(form: &CodeForm, known: &Known<'_>, wrong: &mut Wrong) -> Plan {
    let mut seen = BTreeSet::new();
    let mut seats = Vec::new();
    for line in form.staff.iter().filter(|line| !line.userid.trim().is_empty()) {
        let userid = line.userid.trim();
        if !is_staff(userid, known) {
            wrong.say("staff", "unknown");
        }
        if !seen.insert(userid.to_owned()) {
            wrong.say("staff", "twice");
        }
        seats.push(seat(line, wrong));
    }
    match seats.len() {
        0 => wrong.say("staff", "missing"),
        count if count > STAFF_MAX => wrong.say("staff", "too_many"),
        _ => {}
    }
    let spare = spare(form, known, wrong);
    Plan::Staff { seats, spare, skips_verify: form.skips_verify }
}

fn seat(line: &StaffLine, wrong: &mut Wrong) -> Seat {
    let weight = wrong.number(("weight", "out_of_range"), &line.weight).unwrap_or(1);
    if weight > WEIGHT_MAX {
        wrong.say("weight", "out_of_range");
    }
    Seat {
        userid: line.userid.trim().to_owned(),
        weight,
        duty: wrong.duty(&line.days, &line.from, &line.to),
        daily_max: wrong.number(("daily_max", "not_a_number"), &line.daily_max),
    }
}

fn web(form: &CodeForm, known: &Known<'_>, wrong: &mut Wrong) -> Plan {
    let url = form.url.trim();
    match url.len() {
        0 => wrong.say("url", "missing"),
        count if count > URL_MAX => wrong.say("url", "too_long"),
        _ if !is_address(url) => wrong.say("url", "not_an_address"),
        _ => {}
    }
    let leads_to = match form.leads_to.trim() {
        "" => None,
        typed => code(typed, known, |_| true).or_else(|| {
            wrong.say("leads_to", "unknown");
            None
        }),
    };
    Plan::Web { url: url.to_owned(), leads_to }
}

/// An address that a browser may be sent to: of the web, in letters that a header may hold.
fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next()).unwrap_or_default();
    let plain = url.chars().all(|letter| letter.is_ascii_graphic());
    plain && host.contains('.') && !host.contains('@') || plain && host.starts_with("localhost")
}

/// The number of another open code that may be led to.
fn code(typed: &str, known: &Known<'_>, fits: impl Fn(CodeKind) -> bool) -> Option<i64> {
    let id: i64 = typed.parse().ok()?;
    let can_be = known.choices.codes.iter().any(|(one, kind, _)| *one == id && fits(*kind));
    (can_be && known.own != Some(id)).then_some(id)
}

fn rules(form: &CodeForm, known: &Known<'_>, wrong: &mut Wrong) -> Plan {
    let lines = form.rules.iter().filter(|line| !line.to_code.trim().is_empty());
    let rules: Vec<Rule> = lines.map(|line| rule(line, known, wrong)).collect();
    match rules.len() {
        0 => wrong.say("rules", "missing"),
        count if count > RULES_MAX => wrong.say("rules", "too_many"),
        _ => {}
    }
    let otherwise = match form.otherwise.trim() {
        "" => {
            wrong.say("otherwise", "missing");
            0
        }
        typed => code(typed, known, |kind| kind != CodeKind::Rules).unwrap_or_else(|| {
            wrong.say("otherwise", "unknown");
            0
        }),
    };
    Plan::Rules { rules, otherwise }
}

fn rule(line: &RuleLine, known: &Known<'_>, wrong: &mut Wrong) -> Rule {
    let mut one_of = |field: &'static str, typed: &str, words: [&str; 3]| {
        let typed = typed.trim();
        let place = words.iter().position(|word| !word.is_empty() && *word == typed);
        if !typed.is_empty() && place.is_none() {
            wrong.say(field, "unknown");
        }
        place
    };
    let device = one_of("device", &line.device, ["ios", "android", "computer"]);
    let in_wechat =
        one_of("place", &line.place, ["wechat", "elsewhere", ""]).map(|place| place == 0);
    let is_again = one_of("visit", &line.visit, ["again", "first", ""]).map(|place| place == 0);
    let placement = match line.placement.trim() {
        "" => None,
        typed => {
            let id = typed.parse().ok().filter(|id| known.placements.contains(id));
            if id.is_none() {
                wrong.say("placement", "unknown");
            }
            id
        }
    };
    let says_when = [&line.days, &line.from, &line.to].iter().any(|typed| !typed.trim().is_empty());
    let when = says_when.then(|| wrong.duty(&line.days, &line.from, &line.to));
    let to = code(line.to_code.trim(), known, |kind| kind != CodeKind::Rules);
    if to.is_none() {
        wrong.say("to_code", "unknown");
    }
    let device = device
        .and_then(|place| [Device::Ios, Device::Android, Device::Computer].get(place).copied());
    Rule { placement, device, in_wechat, when, is_again, to: to.unwrap_or(0) }
}

/// What staff say of a placement, when it is right.
pub(super) fn placement(form: &PlacementForm) -> Result<PlacementSaid, Denied> {
    let mut wrong = Wrong::default();
    let name = wrong.name("name", &form.name, PLACEMENT_NAME_MAX);
    let partner = form.partner.split_whitespace().collect::<Vec<_>>().join(" ");
    if partner.chars().count() > PLACEMENT_NAME_MAX {
        wrong.say("partner", "too_long");
    }
    let source = form.source.trim();
    if !source.is_empty() && !SOURCES.contains(&source) {
        wrong.say("source", "unknown");
    }
    let spends = spends(&form.spends, &mut wrong);
    wrong.done()?;
    Ok(PlacementSaid { name, partner, source: source.to_owned(), spends })
}

fn spends(typed: &str, wrong: &mut Wrong) -> Vec<LinkSpend> {
    let mut spends: Vec<LinkSpend> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (day, amount) = line.split_once([' ', '\t', ',', '，', ';']).unwrap_or((line, ""));
        let day = Day::parse(&day.trim().replace(['/', '.'], "-"));
        let cents = cents(amount.trim());
        match (day, cents) {
            (None, _) => wrong.say("spends", "not_a_day"),
            (_, None) => wrong.say("spends", "not_an_amount"),
            (Some(day), Some(cents)) => {
                if spends.iter().any(|one| one.day == day) {
                    wrong.say("spends", "twice");
                }
                spends.push(LinkSpend { day, cents });
            }
        }
        if spends.len() > SPENDS_MAX {
            wrong.say("spends", "too_many");
            break;
        }
    }
    spends.sort_by_key(|one| one.day);
    spends
}

/// `120`, `120.5`, `¥1,200.50` in hundredths.
pub(super) fn cents(typed: &str) -> Option<i64> {
    let plain: String =
        typed.trim_start_matches(['¥', '￥']).chars().filter(|letter| *letter != ',').collect();
    let (whole, part) = plain.trim().split_once('.').unwrap_or((plain.trim(), ""));
    let digits = |text: &str| text.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let cents = whole.parse::<i64>().ok()?.checked_mul(100)?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    cents.checked_add(part).filter(|cents| *cents <= CENTS_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_hundredths_and_nothing_else_is_taken() {
        for (typed, read) in [
            ("120", Some(12_000)),
            ("120.5", Some(12_050)),
            ("¥1,200.50", Some(120_050)),
            ("0", Some(0)),
            ("1.234", None),
            ("-1", None),
            ("", None),
            (".5", None),
            ("1e3", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(cents(typed), read, "{typed}");
        }
    }

    #[test]
    fn addresses_are_of_the_web_and_without_a_password() {
        for (url, taken) in [
            ("https://work.weixin.qq.com/ca/caXXXXX", true),
            ("http://example.com?x=1", true),
            ("javascript:alert(1)", false),
            ("https://me@example.com", false),
            ("https://", false),
            ("https://例子.cn", false),
            ("https://a.b\r\nx", false),
        ] {
            assert_eq!(is_address(url), taken, "{url}");
        }
    }
}
