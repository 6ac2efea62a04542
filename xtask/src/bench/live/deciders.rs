//! The deciders alone, in memory: events with their features, decided and dropped.

use crate::bench::Failure;
use crate::bench::live::past::judged;
use crate::bench::live::town::{GROUPS, PEOPLE, PRESENT, message, moment, person};
use crate::bench::measure::{Bound, Sheet, rate, timed};
use domain::{ActorClass, Event, EventWhat, GroupId, Millis, Seq};
use engine::{Deciding, Member, Roster, Settings, State, decide};

/// Messages decided.
const MESSAGES: u64 = 500_000;
/// Messages a second, at least.
const SPEED: f64 = 300_000.0;

/// Speed of the deciders, and of the features before them.
pub(in crate::bench) fn measure(sheet: &mut Sheet) -> Result<(), Failure> {
    let ids: Vec<GroupId> = (0..GROUPS).map(|number| GroupId(number.into())).collect();
    let mut groups: Vec<(State, Roster)> =
        (0..GROUPS).map(|number| (State::default(), roster(number))).collect();
    let mut events: Vec<Event> = (0..MESSAGES).map(|number| message(number, &ids)).collect();
    let ((), time) = timed(|| events.iter_mut().for_each(judge));
    sheet.note("features alone", rate(MESSAGES, time), "messages/s", Bound::None);
    let settings = Settings::default();
    let (decided, time) = timed(|| -> Result<(u64, u64), Failure> {
        let (mut facts, mut effects) = (0, 0);
        for (number, event) in (0..).zip(&events) {
            let at = usize::try_from(event.group.0)?;
            let (state, roster) = groups.get_mut(at).ok_or("a group that is not there")?;
            let (now, next) = (moment(number), Seq(1));
            let settings = &settings;
            let mut deciding = Deciding { state, roster, settings, now, next };
            let decision = decide(&mut deciding, event)?;
            facts += decision.facts.len() as u64;
            effects += decision.effects.len() as u64;
        }
        Ok((facts, effects))
    });
    let (facts, effects) = decided?;
    if facts != MESSAGES {
        return Err(format!("{facts} facts of {MESSAGES} messages").into());
    }
    sheet.note("deciders alone", rate(MESSAGES, time), "messages/s", Bound::AtLeast(SPEED));
    let share = effects as f64 * 100.0 / MESSAGES as f64;
    sheet.note("effects of deciders", share, "% of messages", Bound::None);
    Ok(())
}

fn judge(event: &mut Event) {
    event.at = Millis(PRESENT);
    if let EventWhat::Message(post) = &mut event.what {
        (post.features, post.text_hash) = judged(&post.text);
    }
}

fn roster(group: u32) -> Roster {
    Roster::of((0..PEOPLE).map(|number| Member {
        who: person(group, number),
        name: format!("成员{number}").into(),
        class: ActorClass::Member,
        stay: 1,
        joined: Millis(PRESENT - Millis::DAY),
        left: None,
        via: "".into(),
        rules: 0,
        muted_until: None,
        has_spoken: true,
    }))
}
