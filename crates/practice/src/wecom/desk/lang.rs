//! In which language a page speaks: Chinese, or English by `?lang=en`, which every link keeps.

use std::fmt;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::{Day, Millis};

use crate::wecom::books::{Hindrance, day_of};

/// A moment at UTC+8, to the minute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(pub(super) Millis);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let minutes = (self.0.0 + 8 * Millis::HOUR).rem_euclid(Millis::DAY) / Millis::MINUTE;
        let day = Day(i32::try_from(day_of(self.0)).unwrap_or_default());
        write!(f, "{day} {:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lang {
    Zh,
    En,
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let query = parts.uri.query().unwrap_or_default();
        let english = query.split('&').any(|word| word == "lang=en");
        Ok(if english { Self::En } else { Self::Zh })
    }
}

impl Lang {
    /// The words of this language.
    pub(super) fn say<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// For the `lang` of the page.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The address of a page below `/practice`, in this language.
    pub(super) fn to(self, path: &str) -> String {
        let slash = if path.is_empty() { "" } else { "/" };
        format!("/practice{slash}{path}{}", self.say("", "?lang=en"))
    }

    /// The same below something with an id.
    pub(super) fn at(self, path: &str, id: &str) -> String {
        self.to(&format!("{path}/{id}"))
    }

    /// The same for a part of something with an id.
    pub(super) fn part(self, path: &str, id: &str, part: &str) -> String {
        self.to(&format!("{path}/{id}/{part}"))
    }

    /// A name, or that there is none.
    pub(super) fn name(self, name: &str) -> &str {
        if name.is_empty() { self.say("（没有名字）", "(no name)") } else { name }
    }

    /// Why something was not done.
    pub(super) fn hindrance(self, why: Hindrance) -> String {
        let zh = match why {
            Hindrance::Staff => "没有这名员工，或他不能添加客户",
            Hindrance::Customer => "没有这个客户",
            Hindrance::Group => "没有这个群，或已经解散",
            Hindrance::Code => "没有这个码，或已经删除",
            Hindrance::Full => "群已满",
            Hindrance::Inside => "已经在群里",
            Hindrance::Outside => "不在群里",
            Hindrance::Known => "已经是好友",
            Hindrance::Unknown => "还不是好友",
            Hindrance::Role => "没有这个权限",
            Hindrance::Nothing => "没有等待答复的事",
        };
        match self {
            Self::Zh => zh.to_owned(),
            Self::En => why.to_string(),
        }
    }
}
