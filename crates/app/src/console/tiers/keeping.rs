//! A judged group as bytes: a JSON array in a fixed order. What cannot be read is judged again.

use domain::{Day, Millis};
use insights::{Cause, CauseCode, Mood};

use crate::console::tiers::standing::Judged;

/// Version of the order of the array.
const VERSION: u32 = 4;

const MOODS: [Mood; 6] =
    [Mood::Lively, Mood::Steady, Mood::Fading, Mood::Dying, Mood::Dead, Mood::Unknown];

const CODES: [CauseCode; 12] = [
    CauseCode::SilentDays,
    CauseCode::FewerSpeakers,
    CauseCode::FewerMessages,
    CauseCode::QuestionsUnanswered,
    CauseCode::NewcomersIgnored,
    CauseCode::OneVoice,
    CauseCode::OneWay,
    CauseCode::MoreLeaveThanCome,
    CauseCode::NoNewVoices,
    CauseCode::RegularsLost,
    CauseCode::Growing,
    CauseCode::TalkOnMostDays,
];

type Row = (
    u32,
    (i32, i64, bool, bool),
    (bool, Vec<u32>, Vec<u32>),
    (usize, Vec<(usize, Vec<f64>)>),
    Vec<u32>,
    [u32; 4],
    Option<i64>,
    (i64, u16),
);

pub(super) fn write(judged: &Judged) -> Vec<u8> {
    let mood = MOODS.iter().position(|mood| *mood == judged.mood).unwrap_or(0);
    let cause = |cause: &Cause| {
        let code = CODES.iter().position(|code| *code == cause.code).unwrap_or(0);
        (code, cause.numbers.clone())
    };
    let row: Row = (
        VERSION,
        (judged.day.0, judged.at.0, judged.live, judged.tells_flow),
        (judged.knows_members, judged.present.iter().collect(), judged.gone.iter().collect()),
        (mood, judged.causes.iter().map(cause).collect()),
        judged.pulse.clone(),
        [judged.speakers_7d, judged.messages_7d, judged.joins_7d, judged.leaves_7d],
        judged.last.map(|at| at.0),
        judged.at_versions,
    );
    serde_json::to_vec(&row).unwrap_or_default()
}

pub(super) fn read(bytes: &[u8]) -> Option<Judged> {
    let row: Row = serde_json::from_slice(bytes).ok()?;
    let (
        version,
        (day, at, live, tells_flow),
        (knows_members, present, gone),
        (mood, causes),
        pulse,
        week,
        last,
        at_versions,
    ) = row;
    let cause = |(code, numbers)| Some(Cause { code: CODES.get(code).copied()?, numbers });
    let [speakers_7d, messages_7d, joins_7d, leaves_7d] = week;
    (version == VERSION).then_some(Judged {
        day: Day(day),
        at: Millis(at),
        live,
        tells_flow,
        knows_members,
        present: present.into_iter().collect(),
        gone: gone.into_iter().collect(),
        at_versions,
        mood: MOODS.get(mood).copied()?,
        causes: causes.into_iter().map(cause).collect::<Option<_>>()?,
        pulse,
        speakers_7d,
        messages_7d,
        joins_7d,
        leaves_7d,
        last: last.map(Millis),
    })
}
