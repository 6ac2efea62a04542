//! What the platform's answer to one try of a welcome means, and what is to be done next.
//!
//! A code serves once, so a try whose outcome nobody knows may be followed by another within the
//! 20 s: the customer is not greeted twice by it. But when the code is used up then, nobody knows
//! by whom: that is unknown, not sent.
//!
//! Source of the codes: 发送新客户欢迎语, as of 2026-02-12.

/// Tries of one welcome, at most (系统繁忙: at most three more).
const TRIES_MAX: u32 = 4;
/// The code is used, too old, or wrong.
const CODE_GONE: i64 = 41_050;
/// The two are chatting already, or a welcome is there.
const CHATTING: i64 = 41_051;
/// Another app is sending at this moment.
const SENDING: i64 = 41_096;
/// A medium is out of date or unknown.
const MEDIUM_GONE: i64 = 40_007;
/// What concerns what goes beside the words: wrong parameter, too many, of a wrong kind.
const BESIDE: [i64; 4] = [MEDIUM_GONE, 40_058, 41_064, 41_065];

/// What came of one try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The platform took it.
    Done,
    /// The platform refused, certainly without sending.
    Code(i64),
    /// No answer, or one that may stand for both.
    Unclear,
    /// It certainly never went out; it may later.
    NotAsked,
    /// It certainly never went out and will not within the time: a limit is used up.
    Shut,
}

/// The tries so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// How many, the one that was just answered among them.
    pub times: u32,
    /// Whether of one of them nobody knows what came of it.
    pub unclear: bool,
    /// Whether it went out without what goes beside the words.
    pub bare: bool,
}

/// Why a welcome was not told as sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untold {
    /// It was not sent, or not by us.
    Refused,
    /// It may have been sent.
    Unknown,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is sent.
    Sent,
    /// It is over.
    Over(Untold),
    /// Again, as it was.
    Again,
    /// Again, with the words alone.
    Bare,
}

/// What to do after a try; `open`: the code's time is not over yet.
pub fn next_step(tried: Tried, answered: Answered, open: bool) -> Step {
    let unclear = tried.unclear || answered == Answered::Unclear;
    let over = Step::Over(if unclear { Untold::Unknown } else { Untold::Refused });
    let more = open && tried.times < TRIES_MAX;
    match answered {
        Answered::Done => Step::Sent,
        Answered::Code(CODE_GONE | CHATTING) | Answered::Shut => over,
        Answered::Code(code) if more && BESIDE.contains(&code) && !tried.bare => Step::Bare,
        Answered::Code(SENDING) | Answered::Unclear | Answered::NotAsked if more => Step::Again,
        Answered::Code(_) | Answered::Unclear | Answered::NotAsked => over,
    }
}
