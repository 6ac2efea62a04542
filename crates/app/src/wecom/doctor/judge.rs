//! The list of checks of a connection, and what each makes of what was gathered. Pure.

use std::net::IpAddr;

use chat::wecom::{Lack, Shut};
use domain::Millis;

use crate::console::Tone;
use crate::wecom::doctor::{Answer, CompanyLooked, Hook};
use crate::wecom::pull::{StepState, is_passing_word};

/// Clocks may be so far apart, in seconds: a welcome has to go out within 20 (发送新客户欢迎语).
const APART_S: i64 = 30;
/// So far apart nothing signed is believed any more.
const FAR_APART_S: i64 = 300;
/// Everything is read once a day; so many hours later it is late.
const STALE_HOURS: i64 = 26;
/// After so many days without a letter somebody should look.
const SILENT_DAYS: i64 = 7;

/// Something that the app asks the platform for, each with a permission of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Api {
    /// Staff with the customer-contact function, and customers.
    Contacts,
    /// Customer groups, their members and codes.
    Groups,
    /// Codes of staff (联系我).
    Ways,
    /// Tags of the company.
    Tags,
    /// Hand-overs.
    Transfers,
    /// Figures.
    Figures,
    /// Names of staff and departments.
    Directory,
    /// Pictures and files.
    Media,
}

/// Something of a connection that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompanyCheck {
    /// Company and secret give a token; the app is on.
    Credentials,
    /// The platform trusts our address (企业可信IP).
    Trusted,
    /// The platform's clock and ours.
    Clock,
    /// A permission.
    Permission(Api),
    /// Who is in the visible range.
    Range,
    /// The number of the app, for cards to staff.
    Agent,
    /// Our address for callbacks.
    Callback,
    /// What is sealed with token and key opens.
    Signature,
    /// Letters come.
    Letters,
    /// Everything was read of late.
    Reading,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// All is well.
    Fine,
    /// The secret is sealed with another key.
    Locked,
    /// Somebody has to set this right.
    Lacks(Lack),
    /// The platform does not answer.
    Unreached,
    /// Our address is not trusted; the one that the platform saw.
    Untrusted(Option<IpAddr>),
    /// Seconds by which the platform's clock is ahead.
    Apart(i64),
    /// The app may not ask for this.
    Forbidden,
    /// It was refused for another reason, or not answered.
    Failed,
    /// Nobody is in the visible range, or nobody there has the function.
    Nobody,
    /// No group is seen.
    NoGroup,
    /// Groups of owners who are out of sight, and all groups.
    OutOfSight(u32, u32),
    /// The number of the app is not kept.
    NoAgent,
    /// It is another app's number.
    OtherAgent,
    /// The app is switched off.
    Closed,
    /// Token and key are not kept.
    Unset,
    /// Our own public address is not known: it cannot be judged.
    NoAddress,
    /// The address lies in a network that the platform does not reach.
    Inner,
    /// The address does not answer from here.
    Silent,
    /// It does not answer from here, but letters came within a day.
    SilentHere,
    /// Another program answers there; its HTTP status, 0 for other words.
    Elsewhere(u16),
    /// Token or key there are others.
    OtherKeys,
    /// Callbacks since yesterday that were signed or sealed otherwise than token and key say.
    Unbelieved(u64),
    /// No letter ever came.
    NeverHeard,
    /// Days since the last letter.
    Quiet(i64),
    /// Why the reading stands still.
    Still(String),
    /// Hours since anything was read.
    Stale(i64),
    /// Nothing was read yet.
    NotRead,
}

/// Something that was looked at, and how it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CompanyFinding {
    /// What was looked at.
    pub check: CompanyCheck,
    /// How bad it is.
    pub tone: Tone,
    /// What was found.
    pub cause: Cause,
    /// In the platform's words, where it said something.
    pub said: String,
}

/// All checks that can be made of what was gathered, in a fixed order.
pub fn judged_company(looked: &CompanyLooked) -> Vec<CompanyFinding> {
    let mut all = vec![credentials(looked)];
    all.extend(trusted(looked));
    all.extend(clock(looked));
    all.extend(looked.calls.iter().filter_map(|(api, answer)| permission(*api, answer)));
    all.extend(range(looked));
    all.extend(agent(looked));
    all.extend(callback(looked));
    all.extend(letters(looked));
    all.push(reading(looked));
    all
}

fn found(check: CompanyCheck, tone: Tone, cause: Cause) -> CompanyFinding {
    CompanyFinding { check, tone, cause, said: String::new() }
}

fn fine(check: CompanyCheck) -> CompanyFinding {
    found(check, Tone::Well, Cause::Fine)
}

impl CompanyFinding {
    fn saying(self, said: &str) -> Self {
        Self { said: said.to_owned(), ..self }
    }
}

/// All answers of the platform.
fn answers(looked: &CompanyLooked) -> impl Iterator<Item = &Answer> {
    let calls = looked.calls.iter().map(|(_, answer)| answer);
    looked.token.iter().chain(calls).chain(looked.agent.iter().map(|(answer, _)| answer))
}

/// What is missing for every call alike, in the platform's words.
fn lack(looked: &CompanyLooked, wanted: impl Fn(Lack) -> bool) -> Option<(Lack, &str)> {
    answers(looked).find_map(|answer| match answer {
        Answer::Refused { lack: Some(lack), said, .. } if wanted(*lack) => {
            Some((*lack, said.as_str()))
        }
        _ => None,
    })
}

fn credentials(looked: &CompanyLooked) -> CompanyFinding {
    let check = CompanyCheck::Credentials;
    let Some(token) = &looked.token else { return found(check, Tone::Broken, Cause::Locked) };
    let concerned =
        |lack| matches!(lack, Lack::Company | Lack::Secret | Lack::Withdrawn | Lack::Disabled);
    if let Some((lack, said)) = lack(looked, concerned) {
        return found(check, Tone::Broken, Cause::Lacks(lack)).saying(said);
    }
    match token {
        // That the address is not trusted is told by a check of its own.
        Answer::Well | Answer::Refused { lack: Some(Lack::Address), .. } => fine(check),
        Answer::Refused { said, .. } => found(check, Tone::Broken, Cause::Failed).saying(said),
        Answer::Silent(said) => found(check, Tone::Broken, Cause::Unreached).saying(said),
    }
}

fn trusted(looked: &CompanyLooked) -> Option<CompanyFinding> {
    let check = CompanyCheck::Trusted;
    let refused = answers(looked).find_map(|answer| match answer {
        Answer::Refused { lack: Some(Lack::Address), seen, said } => Some((*seen, said)),
        _ => None,
    });
    if let Some((seen, said)) = refused {
        return Some(found(check, Tone::Broken, Cause::Untrusted(seen)).saying(said));
    }
    let is_asked = looked.calls.iter().any(|(_, answer)| *answer == Answer::Well);
    is_asked.then(|| fine(check))
}

fn clock(looked: &CompanyLooked) -> Option<CompanyFinding> {
    let apart = looked.apart_ms? / 1_000;
    let tone = match apart.abs() {
        seconds if seconds <= APART_S => Tone::Well,
        seconds if seconds <= FAR_APART_S => Tone::Look,
        _ => Tone::Broken,
    };
    let cause = if tone == Tone::Well { Cause::Fine } else { Cause::Apart(apart) };
    Some(found(CompanyCheck::Clock, tone, cause))
}

fn permission(api: Api, answer: &Answer) -> Option<CompanyFinding> {
    let check = CompanyCheck::Permission(api);
    // Without these two there is nothing to see at all.
    let missing = match api {
        Api::Contacts | Api::Groups => Tone::Broken,
        _ => Tone::Look,
    };
    match answer {
        Answer::Well => Some(fine(check)),
        Answer::Refused { lack: Some(Lack::Permission), said, .. } => {
            Some(found(check, missing, Cause::Forbidden).saying(said))
        }
        // What all calls lack is told once.
        Answer::Refused { lack: Some(_), .. } => None,
        Answer::Refused { lack: None, said, .. } if api == Api::Directory => {
            Some(found(check, missing, Cause::Forbidden).saying(said))
        }
        Answer::Refused { lack: None, said, .. } | Answer::Silent(said) => {
            Some(found(check, Tone::Look, Cause::Failed).saying(said))
        }
    }
}

fn range(looked: &CompanyLooked) -> Option<CompanyFinding> {
    let sight = looked.sight?;
    let (tone, cause) = match (sight.staff, sight.listed, sight.out) {
        (0, ..) => (Tone::Broken, Cause::Nobody),
        (_, 0, _) => (Tone::Broken, Cause::NoGroup),
        (.., 0) => (Tone::Well, Cause::Fine),
        (.., out) => (Tone::Look, Cause::OutOfSight(out, sight.known)),
    };
    Some(found(CompanyCheck::Range, tone, cause))
}

fn agent(looked: &CompanyLooked) -> Option<CompanyFinding> {
    let check = CompanyCheck::Agent;
    if !looked.has_agent {
        return Some(found(check, Tone::Look, Cause::NoAgent));
    }
    match looked.agent.as_ref()? {
        (_, true) => Some(found(check, Tone::Broken, Cause::Closed)),
        (Answer::Well, _) => Some(fine(check)),
        (Answer::Refused { lack: Some(_), .. }, _) => None,
        (Answer::Refused { lack: None, said, .. }, _) => {
            Some(found(check, Tone::Broken, Cause::OtherAgent).saying(said))
        }
        (Answer::Silent(said), _) => Some(found(check, Tone::Look, Cause::Failed).saying(said)),
    }
}

/// The address, and what is sealed with token and key: one question answers both.
fn callback(looked: &CompanyLooked) -> Vec<CompanyFinding> {
    let (check, signature) = (CompanyCheck::Callback, CompanyCheck::Signature);
    let (knocked, beside) = match &looked.hook {
        // Whether it is set is not known without the secrets.
        Hook::Unset if looked.token.is_none() => return Vec::new(),
        Hook::Unset => return vec![found(check, Tone::Look, Cause::Unset)],
        Hook::NoAddress => return vec![found(check, Tone::Look, Cause::NoAddress)],
        Hook::Asked { knocked, beside } => (knocked, *beside),
    };
    let heard = looked.last_letter.is_some_and(|at| looked.now.since(at) < Millis::DAY);
    let signed = signed(looked.refused);
    match knocked {
        Ok(opened) if opened.inner && !beside => {
            vec![found(check, Tone::Broken, Cause::Inner), signed]
        }
        Ok(_) => vec![fine(check), signed],
        Err(Shut::Status(403)) => {
            vec![fine(check), found(signature, Tone::Broken, Cause::OtherKeys)]
        }
        Err(Shut::Status(status)) => {
            vec![found(check, Tone::Broken, Cause::Elsewhere(*status))]
        }
        Err(Shut::Other) => vec![found(check, Tone::Broken, Cause::Elsewhere(0))],
        // A network that does not lead back to itself.
        Err(error) if heard => {
            vec![found(check, Tone::Look, Cause::SilentHere).saying(&error.to_string())]
        }
        Err(error) => vec![found(check, Tone::Broken, Cause::Silent).saying(&error.to_string())],
    }
}

/// Our own letter opened; whether those of the platform do is told by what came. Anybody may send
/// something that is not signed: only when nothing else came it is most likely the platform.
fn signed((refused, taken): (u64, u64)) -> CompanyFinding {
    let check = CompanyCheck::Signature;
    match (refused, taken) {
        (0, _) => fine(check),
        (_, 0) => found(check, Tone::Broken, Cause::Unbelieved(refused)),
        _ => found(check, Tone::Look, Cause::Unbelieved(refused)),
    }
}

fn letters(looked: &CompanyLooked) -> Option<CompanyFinding> {
    let check = CompanyCheck::Letters;
    if looked.hook == Hook::Unset {
        return None;
    }
    let Some(last) = looked.last_letter else {
        return Some(found(check, Tone::Look, Cause::NeverHeard));
    };
    let days = looked.now.since(last) / Millis::DAY;
    if days < SILENT_DAYS {
        return Some(fine(check));
    }
    Some(found(check, Tone::Look, Cause::Quiet(days)))
}

fn reading(looked: &CompanyLooked) -> CompanyFinding {
    let check = CompanyCheck::Reading;
    let (steps, moved) = &looked.steps;
    let still = steps.iter().find_map(|step| match &step.state {
        StepState::Still(still) => Some(still),
        _ => None,
    });
    if let Some(still) = still {
        let tone = if is_passing_word(&still.word) { Tone::Look } else { Tone::Broken };
        return found(check, tone, Cause::Still(still.word.clone())).saying(&still.said);
    }
    let Some(moved) = moved else { return found(check, Tone::Look, Cause::NotRead) };
    let hours = looked.now.since(*moved) / Millis::HOUR;
    if hours < STALE_HOURS {
        return fine(check);
    }
    found(check, Tone::Look, Cause::Stale(hours))
}
