//! What every request passes before a page sees it: who asks, in which language, how often, and
//! whether a form was sent from a page of ours.

mod cookies;
mod guard;
mod limits;
mod seal;
mod streams;
mod visit;
mod waits;

pub(crate) use cookies::{Cookies, set_cookie};
pub(crate) use guard::{FORM_BYTES_MAX, bounded, headers, origin};
pub(crate) use limits::Turnstile;
pub use limits::{Limits, Rate};
pub(crate) use seal::{Guest, Seal};
pub(crate) use streams::{Streams, Ticket};
pub(crate) use visit::{Theme, Visit, Wants, accepted};
