//! Coming and going: joins with those who brought people in, leaves, new names.

use crate::crowd::Crowd;
use crate::day::{Today, hours};
use crate::happening::Happens;
use crate::people::Persona;
use crate::plan::{Course, Keys};
use crate::talks::newcomer;
use domain::{JoinManner, LeaveManner};

/// Joins of the day, and the introductions that follow some of them.
pub(crate) fn comings(crowd: &mut Crowd, day: &mut Today) {
    let number = day.number;
    let due = joins_until(crowd, number).saturating_sub(crowd.joined);
    let held_back = u32::from(due > 0 && due < 5 && crowd.dice.percent(30));
    let from = if due > 5 { (15, 18) } else { (8, 21) };
    for _ in held_back..due {
        let persona = match crowd.dice.below(100) {
            0..=2 => Persona::Core,
            3..=17 => Persona::Talkative,
            18..=45 => Persona::Occasional,
            46..=54 => Persona::FreebieHunter,
            _ => Persona::Silent,
        };
        let who = crowd.meet(persona);
        if let Some(person) = crowd.people.last_mut() {
            person.came = Some(number);
        }
        crowd.joined += 1;
        let second = hours::clock(from.0, from.1, &mut crowd.dice);
        come(crowd, day, who, second);
        introduction(crowd, day, who, second);
    }
    if let Some((who, _)) = crowd.returning.filter(|(_, back)| *back == number) {
        crowd.returning = None;
        let second = hours::clock(9, 20, &mut crowd.dice);
        come(crowd, day, who, second);
    }
}

/// Joins from the first day until this one; some still come after the last day of the plan.
fn joins_until(crowd: &Crowd, number: u32) -> u32 {
    let plan = &crowd.plan;
    let sum = |until: u32| -> u64 { (0..until).map(|day| u64::from(plan.pull(day))).sum() };
    let all = sum(plan.days).max(1);
    let part = u64::from(crowd.joiners()) * sum((number + 1).min(plan.days)) / all;
    let after = (number + 1).saturating_sub(plan.days);
    u32::try_from(part).unwrap_or(u32::MAX) + after * (1 + crowd.joiners() / plan.days.max(1))
}

fn come(crowd: &mut Crowd, day: &mut Today, who: u32, second: u32) {
    let invited = crowd.dice.percent(55);
    let by = day.cast.at(second).helpers.draw(&mut crowd.dice).filter(|_| invited);
    let how = match by {
        Some(_) => JoinManner::Invited,
        None if crowd.plan.keys == Keys::Minted && crowd.dice.percent(40) => JoinManner::Scan,
        None => JoinManner::Link,
    };
    day.sheet.note(second, who, Happens::Join { how, by });
    crowd.present.push(who);
}

/// Some newcomers say who they are: at once and welcomed, or later and into the quiet.
fn introduction(crowd: &mut Crowd, day: &mut Today, who: u32, joined: u32) {
    let speaks = crowd.dice.percent(48);
    let lonely = crowd.dice.percent(crowd.plan.ignored_percent(day.number));
    let start = joined + crowd.dice.between(90, 3000);
    let taken_up = speaks && !lonely && day.sheet.is_free(start, true);
    if let Some(person) = usize::try_from(who).ok().and_then(|at| crowd.people.get_mut(at)) {
        person.talks_from = if speaks && !taken_up { u32::MAX } else { day.number + 1 };
    }
    if taken_up {
        let talk = day.talk(crowd, start, |scene| newcomer::welcomed(scene, who));
        day.sheet.add(talk);
    } else if speaks {
        crowd.lonely.push_back(who);
    }
}

/// People who come to sell, in the afternoon before they do.
pub(crate) fn sellers(crowd: &mut Crowd, day: &mut Today, count: u32) -> Vec<u32> {
    let mut sellers = Vec::new();
    for _ in 0..count {
        let who = crowd.meet(Persona::Advertiser);
        let second = hours::clock(16, 18, &mut crowd.dice);
        day.sheet.note(second, who, Happens::Join { how: JoinManner::Link, by: None });
        sellers.push(who);
    }
    sellers
}

/// Leaves of the day: now and then, and many after a wave of adverts.
pub(crate) fn goings(crowd: &mut Crowd, day: &mut Today) {
    let wave = crowd.plan.advert_day().filter(|_| crowd.plan.course == Course::Troubled);
    let after_wave = wave.is_some_and(|wave| (wave..wave + 5).contains(&day.number))
        && crowd.plan.liveliness(day.number) > 0;
    let size = u32::try_from(crowd.present.len()).unwrap_or(u32::MAX);
    let mut count = size / 900 + u32::from(crowd.dice.percent(26));
    if after_wave {
        count += crowd.dice.between(2, 4);
    }
    // So many of a thousand, the rest of the division by chance.
    let drained = size * crowd.plan.drain(day.number);
    count += drained / 1000 + u32::from(crowd.dice.below(1000) < drained % 1000);
    let seen = day.sheet.seen();
    for _ in 0..count {
        let at = crowd.dice.index(crowd.present.len());
        let Some(who) = crowd.present.get(at).copied() else { return };
        let stays = crowd.person(who).is_none_or(|person| {
            !matches!(
                person.persona,
                Persona::Occasional | Persona::Silent | Persona::FreebieHunter
            ) || person.renamed.is_some()
        });
        if stays || seen.contains(&who) || crowd.lonely.contains(&who) {
            continue;
        }
        crowd.present.swap_remove(at);
        let second = hours::clock(8, 22, &mut crowd.dice);
        day.sheet.note(second, who, Happens::Leave { how: LeaveManner::Left, by: None });
        if crowd.returning.is_none() && crowd.dice.percent(12) {
            crowd.returning = Some((who, day.number + 9));
        }
    }
}

/// Sellers whom nobody removed the day before are removed in the morning.
pub(crate) fn clean(crowd: &mut Crowd, day: &mut Today) {
    let second = hours::clock(8, 9, &mut crowd.dice);
    let Some(by) = day.cast.at(second).staff.draw(&mut crowd.dice) else { return };
    for (at, seller) in (0_u32..).zip(std::mem::take(&mut crowd.overlooked)) {
        let what = Happens::Leave { how: LeaveManner::Removed, by: Some(by) };
        day.sheet.note(second + at * 3, seller, what);
    }
}

/// New names of people and of the group.
pub(crate) fn renames(crowd: &mut Crowd, day: &mut Today) {
    let due = |who: &u32| {
        let (from, name) = crowd.person(*who)?.renamed.as_ref()?;
        (*from == day.number).then(|| (*who, name.clone()))
    };
    let renamed: Vec<(u32, String)> = crowd.present.iter().filter_map(due).collect();
    for (who, name) in renamed {
        // Before the first words of the day, so that a day shows one name.
        let second = crowd.dice.below(5 * 3600);
        day.sheet.note(second, who, Happens::Rename { name });
    }
    if day.number == 31 && crowd.plan.later_name != crowd.plan.name {
        let name = crowd.plan.later_name.clone();
        day.sheet.note(10 * 3600 + 754, 0, Happens::GroupName { name });
    }
}
