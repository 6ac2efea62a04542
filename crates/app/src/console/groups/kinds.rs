//! The words of a group's card: kind (A14), purposes (A01), and what else is said of it.

use domain::{GroupId, StaffId};
use serde::{Deserialize, Serialize};
use store::CardRow;

/// The four base kinds of groups (A14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GroupKind {
    /// 活动群.
    Activity,
    /// 福利群.
    Benefit,
    /// 会员群.
    Member,
    /// 兴趣群.
    Interest,
}

impl GroupKind {
    /// All, in the order of forms.
    pub const ALL: [Self; 4] = [Self::Activity, Self::Benefit, Self::Member, Self::Interest];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Benefit => "benefit",
            Self::Member => "member",
            Self::Interest => "interest",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What a group is run for (A01); several may hold at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// 裂变引流.
    Traffic,
    /// 产生内容.
    Content,
    /// 服务用户.
    Service,
    /// 交流.
    Exchange,
    /// 转化.
    Conversion,
}

impl Purpose {
    /// All, in the order of forms.
    pub const ALL: [Self; 5] =
        [Self::Traffic, Self::Content, Self::Service, Self::Exchange, Self::Conversion];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Traffic => "traffic",
            Self::Content => "content",
            Self::Service => "service",
            Self::Exchange => "exchange",
            Self::Conversion => "conversion",
        }
    }

    /// The purpose with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.word() == word)
    }

    /// Codes of the figures that matter most for it, the first first ([`insights::METRICS`]).
    pub fn figures(self) -> [&'static str; 4] {
        match self {
            Self::Traffic => ["joins", "net_change", "retention_7d_in", "leave_rate"],
            Self::Content => {
                ["messages_per_day", "new_contributors", "effective_share", "top10_share"]
            }
            Self::Service => [
                "answer_rate",
                "first_response_median",
                "first_post_answered",
                "keeper_response_median",
            ],
            Self::Exchange => {
                ["interaction_rate", "active_share", "member_to_member_share", "gini"]
            }
            Self::Conversion => {
                ["retention_30d_in", "returning_rate", "active_share", "lost_regulars"]
            }
        }
    }
}

/// What is said of a group beside kind, staff and tags. Stored as JSON; unknown fields of newer
/// programs are dropped.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AboutGroup {
    /// Purposes with their weights, 1–9.
    pub purposes: Vec<(Purpose, u8)>,
    /// Who may come in (门槛), in words.
    pub threshold: String,
    /// What a newcomer is greeted with (欢迎语).
    pub welcome: String,
}

/// A card as the console shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupCard {
    /// Kind, where one was said.
    pub kind: Option<GroupKind>,
    /// Who keeps it; [`StaffId::NOBODY`] for none.
    pub owner: StaffId,
    /// Who keeps it when the owner cannot.
    pub backup: StaffId,
    /// The rest.
    pub about: AboutGroup,
    /// Tags.
    pub tags: Vec<String>,
}

impl From<CardRow> for GroupCard {
    fn from(row: CardRow) -> Self {
        Self {
            kind: GroupKind::from_word(&row.kind),
            owner: row.owner,
            backup: row.backup,
            about: serde_json::from_str(&row.about).unwrap_or_default(),
            tags: row.tags,
        }
    }
}

impl GroupCard {
    /// The card of a group of which nobody said anything.
    pub fn empty() -> Self {
        Self::from(CardRow::empty(GroupId(0)))
    }
}

/// The figures that stand first on a group's page (A01): those of its purposes, the heaviest
/// first, each once; those of an exchange where no purpose was said.
pub fn headline(about: &AboutGroup) -> Vec<&'static str> {
    let mut purposes = about.purposes.clone();
    purposes.sort_by_key(|(purpose, weight)| (std::cmp::Reverse(*weight), *purpose));
    if purposes.is_empty() {
        purposes.push((Purpose::Exchange, 1));
    }
    // The first figures of each purpose before the second ones of any: several purposes mix.
    let ranks = (0..4).flat_map(|rank| {
        purposes.iter().filter_map(move |(purpose, _)| purpose.figures().get(rank).copied())
    });
    let mut codes: Vec<&'static str> = Vec::with_capacity(4);
    for code in ranks {
        if !codes.contains(&code) && codes.len() < 4 {
            codes.push(code);
        }
    }
    codes
}
