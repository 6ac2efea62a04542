//! The crowd written as chat programs write: one file a format.
//!
//! Every writer takes a crowd at its start and lets it live to its end, holding one row at a time.
//! What a format cannot show is left out, as the real program leaves it out.

mod clock;
mod qq;
mod telegram;
mod wechatmsg;

pub use qq::write_qq_txt;
pub use telegram::write_telegram_json;
pub use wechatmsg::write_wechatmsg_csv;

use crate::crowd::Crowd;
use crate::happening::{Happening, Happens};
use std::collections::HashMap;

/// Names as shown at the moment, for formats that write the name of the time.
#[derive(Debug, Default)]
struct Names {
    later: HashMap<u32, String>,
}

impl Names {
    fn learn(&mut self, happening: &Happening) {
        if let Happens::Rename { name } = &happening.what {
            self.later.insert(happening.who, name.clone());
        }
    }

    fn of<'a>(&'a self, crowd: &'a Crowd, who: u32) -> &'a str {
        match self.later.get(&who) {
            Some(name) => name,
            None => crowd.person(who).map(|person| person.name.as_str()).unwrap_or_default(),
        }
    }
}

/// A number of an account, unlike its neighbours and the same in every run.
fn account(who: u32) -> u64 {
    // Multiplying by a number without a common factor with the prime visits each account once.
    200_000_000 + (u64::from(who) + 17) * 104_729_111 % 699_999_953
}
