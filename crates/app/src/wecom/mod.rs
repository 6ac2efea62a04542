//! Companies on WeCom (企业微信): connected, pulled, looked at.
//!
//! Reading order: `companies` (who is connected, and its client), `vault` (secrets at rest),
//! `pull` (reading everything, page by page), `changes` (what a reading tells of a group),
//! `findings` (what is told of it that a company did not know), `activity` (what the platform
//! itself counted), `callback` (what the platform tells of itself), `welcome` (what new contacts
//! read), `cards` (to-dos on people's phones), `handover` (what members hold goes to others),
//! `doctor` (whether the connection is well), `lines` (the connection log).
//!
//! Invariants: nothing of ours is deleted or overwritten because the platform does not name it; a
//! pull that was cut off goes on where it stood; secrets leave the vault for calls alone; a figure
//! that needs messages is not shown, because without the archive (会话内容存档) there are none.

mod activity;
mod callback;
mod cards;
mod changes;
mod companies;
mod doctor;
mod findings;
mod form;
mod handover;
mod lines;
mod pull;
mod vault;
mod welcome;

pub use activity::{ACTIVITY_DAYS, Activity, QuietOwner, activity};
pub use callback::{CallbackError, CallbackHealth, GroupHealth, Mark, PostDay, Resynced};
pub use cards::{
    CARD_MS, CardFace, CardPage, CardTodo, CardTold, CardWords, PhoneSeat, SeatForm, SeatPlace,
    TodoState,
};
pub(crate) use companies::{Companies, reaches};
pub use companies::{Company, Connected};
pub use doctor::{
    Answer, Api, Cause, CompanyCheck, CompanyFinding, CompanyLooked, Examined, Hook, Now, Sight,
    examine, judged_company,
};
pub use findings::{
    CodeKept, Findings, FullSoon, GROUP_MAX, Leavers, Ownerless, OwnerlessWhy, Several, Twins,
    findings,
};
pub(crate) use findings::{Leaders, PACE_DAYS, days_left, holds};
pub use form::CompanyForm;
pub use handover::{
    Begun, Beside, CodesTo, Draft, DraftDay, DraftShare, DraftStay, Handed, HandoverForm,
    HandoverSeen, HandoverView, HereCame, Holder, Holders, KeptHere, LeftRead, Limits, Retaken,
    Rule, Stay, TAKERS_MAX, Takes,
};
pub(crate) use pull::word as refusal_word;
pub use pull::{PullStep, Standstill, StepState};
pub(crate) use pull::{is_passing, lack_word};
pub use store::{MediumRow, WelcomeState};
pub use vault::{KEY_BYTES, Locked, Vault};
pub use welcome::{
    BESIDE_MAX, BLOCKS_MAX, ChannelView, Direction, GroupWelcomeForm, GroupWelcomeState,
    GroupWelcomeView, GroupWording, MediaForm, Notified, Preview, SLOTS, Said, WelcomeLine,
    Welcomes, Wording, WordingForm, WordingView,
};

/// Platform word of WeCom.
pub const WECOM: &str = "wecom";
