//! WeCom (企业微信): customer groups of one company, through a self-built app.
//!
//! Reading order: what it tells us — [`Seal`] opens a callback, [`Fields`] reads it, [`Told`] says
//! what happened; [`knock`] asks an address of ours as it would; what we ask it — [`Client`] and
//! its [`calls`], within [`Budget`]s, and [`Refusal`] with what to do about it ([`Next`],
//! [`Lack`]).
//!
//! Source of all shapes and limits: the platform's documents as of 2026-02-12. What is uncertain
//! there is read tolerantly.

mod answer;
mod budget;
pub mod calls;
mod client;
mod fields;
mod knock;
mod seal;
mod told;

pub use answer::{Asked, Lack, Next, Refusal, answer};
pub use budget::{Budget, Limit, PER_ADDRESS, PER_CALL};
pub use client::{
    Account, Address, AddressError, CallError, CallLine, Client, Clock, Lines, Proxy, Secret,
    SettingError, Settings, World,
};
pub use fields::{BODY_BYTES_MAX, Fields, NotFields};
pub use knock::{Opened, Shut, knock};
pub use seal::{Seal, SealSettingError, Unsealable};
pub use told::{ContactChange, GroupChange, Moved, News, Told};
