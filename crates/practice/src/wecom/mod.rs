//! WeCom (企业微信): one company, its staff, customers and customer groups, as the platform's
//! documents of 2026-02-12 tell it.
//!
//! [`Practice::start`] listens on loopback; tests look into the [`books`] and set [`Faults`]:
//!
//! ```no_run
//! use practice::wecom::{BEGIN, Fault, Practice, Setup, Size, company};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let books = company(1, Size::SMALL, BEGIN);
//! let practice = Practice::start(Setup { books, ..Setup::default() })?;
//! practice.faults(|faults| faults.plan("externalcontact/groupchat/get", 3, Fault::Code(-1)));
//! practice.act(|books, now| {
//!     let chat = books.groups.keys().next().cloned().unwrap_or_default();
//!     books.rename(&chat, "护肤交流群", now)
//! })?;
//! practice.advance(2_000);
//! # Ok(())
//! # }
//! ```
//!
//! Where the documents are silent it decides so: groups that a code makes are not put into its
//! `chat_id_list`; a customer handed over keeps tags and remark, and the new bond is told with
//! neither channel nor welcome; 40128 says that a customer was handed over too often, 45009 that a
//! group was; a tag, a template or a `response_code` that cannot be used is 40058 or 40068.

mod api;
pub mod books;
mod clock;
mod desk;
mod faults;
mod http;
mod keep;
mod life;
mod limits;
mod post;
mod practice;
mod rush;
mod seed;
mod setup;
mod tokens;
mod world;

pub use clock::Pace;
pub use faults::{Family, Fault, Faults, LetterFaults};
pub use life::Life;
pub use limits::Limits;
pub use post::{Sent, Took, Unverified};
pub use practice::Practice;
pub use seed::{Size, company};
pub use setup::{App, BEGIN, Callback, Setup};
pub use world::Called;
