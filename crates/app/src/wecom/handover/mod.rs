//! Handing over what members of a company hold on WeCom: customers and groups (在职继承,
//! 离职继承).
//!
//! Reading order: `holders` (who holds what, who left), `form` (what somebody chose), `draft` (the
//! plan of it, and its beginning), `beside` (what goes beside customers and groups: `codes` that
//! lead to them, what they keep `here`), `round` (what is done now: look up, ask, note), `ask` and
//! `look` (the calls), `told` (letters), `keeping` (the loop), `page` (how far it is; cancelling,
//! giving what failed to another).
//!
//! Invariants: a thing stands as asked for before it is asked for, and what came of that is looked
//! up before it is asked for again, wherever the program died; what the platform took up is never
//! called back; a refusal that nobody can mend by waiting is left to a person, with its code; a
//! code that still leads to who handed over, and what they still keep here, stands on the page.

mod ask;
mod beside;
mod codes;
mod draft;
mod form;
mod here;
mod holders;
mod keeping;
mod look;
mod page;
mod round;
mod told;

pub use beside::Beside;
pub use draft::{Begun, Draft, DraftDay, DraftShare, DraftStay};
pub use engine::handover::{Limits, Rule, Stay};
pub use form::{CodesTo, HandoverForm, TAKERS_MAX, Takes};
pub use here::{HereCame, KeptHere};
pub use holders::{Holder, Holders, LeftRead};
pub use page::{Handed, HandoverSeen, HandoverView, Retaken};
