//! Companies on WeCom: how fast callbacks are kept and answered, beside a server that keeps
//! nothing; how long a company with 2,000 groups takes to be read, and how much of the platform's
//! budget.
//!
//! Reading order: `place` is a company and the program beside it; `letters` writes what the
//! platform sends; `rate` sends it, each letter at its planned moment; `empty` is the server that
//! keeps nothing; `callbacks` and `pull` measure.

mod callbacks;
mod empty;
mod letters;
mod place;
mod pull;
mod rate;

pub(super) use callbacks::measure as callbacks;
pub(super) use pull::measure as pull;
