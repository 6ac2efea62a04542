//! Welcomes (欢迎语, D01–D04): sent to new contacts within the platform's 20 s, and the library of
//! welcomes of groups.
//!
//! Reading order: `wording` is what newcomers read; `keeping` is how staff write it, whose form is
//! looked at in `form`; `ground` is what sending needs to know; `sending` takes the codes that
//! callbacks brought and calls; `media` keeps files uploaded ahead of time; `library` keeps the
//! welcomes of groups in step; `places` is what channels are called; `shown` is what a page shows
//! of it.
//!
//! Invariants: a welcome is taken before the platform is called and never taken twice, so that it
//! is sent at most once, whoever dies when; what was taken and never answered is unknown; nothing
//! is called for a code that is older than 20 s; no welcome waits for an upload.

mod form;
mod ground;
mod keeping;
mod library;
mod media;
mod places;
mod sending;
mod shown;
mod wording;

pub use form::{BESIDE_MAX, SLOTS, WordingForm};
pub use keeping::{BLOCKS_MAX, Direction, WordingView};
pub use library::{GroupWelcomeForm, GroupWelcomeState, GroupWelcomeView, Notified};
pub use media::MediaForm;
pub use places::ChannelView;
pub use shown::{Preview, Said, WelcomeLine, Welcomes};
pub use wording::{GroupWording, Wording};
