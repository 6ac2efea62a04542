//! People's phones: who of staff is who on the platform, and the cards that go to them.

mod cards;
mod seats;

pub use cards::{NewWecomCard, WecomCard, WecomCardEnd, WecomCardRow, WecomCardState};
pub use seats::{WecomSeat, WecomSeatRow};
