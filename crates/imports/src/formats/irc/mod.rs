//! Logs of IRC channels: `irc-mirc`, `irc-ubuntu`, `irc-irssi`, `irc-weechat`, `irc-znc`,
//! `irc-limnoria`.
//!
//! One claim is all the day files of one channel, read in the order of their days. Which rows are
//! what:
//! - a **message** is `<nick> text`, and an action. With mIRC, where status lines have the form of
//!   an action, only of a nick that is seen elsewhere in the logs. Notices are not messages.
//! - a **join** is a connection and a **leave** the end of one (parting and quitting): evidence
//!   says so, and neither tells of membership. A kick is a leave by removal.
//! - all else (modes, topics, notices, the logger's own words) are service rows; a change of nick
//!   is a rename of the old nick. The new nick is another person here: nicks are all there is.
//!
//! Dates come from lines about the log or from the name of the file; a line without a clock takes
//! that of the line before; a clock that falls by more than twelve hours begins the next day.

mod claim;
mod codes;
mod days;
mod limnoria;
mod mirc;
mod others;
mod reader;
mod row;
mod ubuntu;

use crate::bundle::Bundle;
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use crate::formats::irc::row::Line;
use domain::{Clock, Sink};

/// The client that wrote a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dialect {
    Mirc,
    Ubuntu,
    Irssi,
    Weechat,
    Znc,
    Limnoria,
}

impl Dialect {
    fn line(self) -> fn(&str) -> Line<'_> {
        match self {
            Self::Mirc => mirc::line,
            Self::Ubuntu => ubuntu::line,
            Self::Irssi => others::irssi,
            Self::Weechat => others::weechat,
            Self::Znc => others::znc,
            Self::Limnoria => limnoria::line,
        }
    }

    /// What is said has the form `[HH:MM] <nick> text`.
    fn is_bracketed(self) -> bool {
        matches!(self, Self::Mirc | Self::Ubuntu | Self::Znc)
    }
}

macro_rules! format {
    ($(#[$doc:meta])* $name:ident $word:literal $title:expr, $dialect:expr) => {
        $(#[$doc])*
        pub(crate) const $name: Format = Format {
            word: $word,
            title: $title,
            clock: Clock::Wall,
            has_ids: false,
            claim: |bundle, open| claim::claim(bundle, open, $dialect),
            read: |bundle, claim, options, sink| read(bundle, claim, options, sink, $dialect),
        };
    };
}

format!(
    /// mIRC.
    MIRC "irc-mirc" ["mIRC 日志", "mIRC log"], Dialect::Mirc
);
format!(
    /// irclogs.ubuntu.com.
    UBUNTU "irc-ubuntu" ["Ubuntu IRC 日志", "irclogs.ubuntu.com"], Dialect::Ubuntu
);
format!(
    /// irssi.
    IRSSI "irc-irssi" ["irssi 日志", "irssi log"], Dialect::Irssi
);
format!(
    /// `WeeChat`.
    WEECHAT "irc-weechat" ["WeeChat 日志", "WeeChat log"], Dialect::Weechat
);
format!(
    /// ZNC.
    ZNC "irc-znc" ["ZNC 日志", "ZNC log"], Dialect::Znc
);
format!(
    /// Limnoria and supybot, and other bots that write the whole date on every line.
    LIMNORIA "irc-limnoria" ["Limnoria 日志", "Limnoria (supybot) log"], Dialect::Limnoria
);

fn read(
    bundle: &Bundle,
    claim: &Claim,
    options: &ReadOptions,
    sink: &mut dyn Sink,
    dialect: Dialect,
) -> Result<(), ImportError> {
    reader::Reader::new(bundle, claim, options, sink, dialect).read()
}
