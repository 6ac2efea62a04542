//! WeCom (企业微信): one company, its staff, customers and customer groups, as the platform's
//! documents of 2026-02-12 tell it.
//!
//! [`Practice::start`] listens on loopback; tests look into the [`books`] and set [`Faults`].

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
