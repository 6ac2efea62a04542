//! What the address of the list says: filters, order, page.

use app::console::groups::{GroupKind, Keeper, Order, Wanted};
use domain::StaffId;
use serde::Deserialize;

use crate::console::encoded;
use crate::console::groups::spoken::MOODS;

/// Letters of a search that are looked at.
const TEXT_CHARS_MAX: usize = 60;

/// The query of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct Look {
    pub(crate) q: String,
    pub(crate) mood: String,
    pub(crate) kind: String,
    /// `none`, or the number of a member of staff.
    pub(crate) owner: String,
    pub(crate) tag: String,
    pub(crate) platform: String,
    /// `1`: only where somebody waits.
    pub(crate) waiting: String,
    /// Nobody wrote for more than so many days.
    pub(crate) silent: String,
    pub(crate) sort: String,
    /// `1`: the other way round.
    pub(crate) back: String,
    pub(crate) page: String,
    /// What was just done, with its number and count.
    pub(crate) done: String,
    pub(crate) id: String,
    pub(crate) n: String,
    pub(crate) kept: String,
}

impl Look {
    /// Which groups are wanted; words that nobody knows are as if they were not there.
    pub(crate) fn wanted(&self) -> Wanted {
        let mood = MOODS.iter().find(|(word, _)| *word == self.mood).map(|(_, mood)| *mood);
        let keeper = match self.owner.as_str() {
            "" => Keeper::Any,
            "none" => Keeper::Nobody,
            number => number.parse().map_or(Keeper::Any, |id| Keeper::Of(StaffId(id))),
        };
        Wanted {
            text: self.q.chars().take(TEXT_CHARS_MAX).collect(),
            mood,
            kind: GroupKind::from_word(&self.kind),
            keeper,
            tag: self.tag.clone(),
            platform: self.platform.clone(),
            waiting: self.waiting == "1",
            silent_days: self.silent.parse().unwrap_or(0),
            order: Order::from_word(&self.sort).unwrap_or_default(),
            reversed: self.back == "1",
        }
    }

    /// The page, from 1.
    pub(crate) fn page(&self) -> usize {
        self.page.parse().unwrap_or(1).max(1)
    }

    /// Whether anything is filtered.
    pub(crate) fn filters(&self) -> bool {
        let fields = [&self.q, &self.mood, &self.kind, &self.owner, &self.tag];
        fields.iter().any(|one| !one.is_empty()) || self.more_filters()
    }

    /// Whether one of the rarer filters is on.
    pub(crate) fn more_filters(&self) -> bool {
        [&self.platform, &self.waiting, &self.silent].iter().any(|one| !one.is_empty())
    }

    /// The filters and the order as a query: what a view keeps.
    pub(crate) fn kept_query(&self) -> String {
        let pairs = [
            ("q", &self.q),
            ("mood", &self.mood),
            ("kind", &self.kind),
            ("owner", &self.owner),
            ("tag", &self.tag),
            ("platform", &self.platform),
            ("waiting", &self.waiting),
            ("silent", &self.silent),
            ("sort", &self.sort),
            ("back", &self.back),
        ];
        let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
        let pairs: Vec<String> =
            pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        pairs.join("&")
    }

    /// Address of the list in this order; in the other direction where it is that order already.
    pub(crate) fn ordered(&self, order: Order) -> String {
        let now = Order::from_word(&self.sort).unwrap_or_default();
        let back = if now == order && self.back != "1" { "1" } else { "" };
        let other = Self { sort: order.word().to_owned(), back: back.to_owned(), ..self.clone() };
        address(&other.kept_query())
    }

    /// Address of another page of the list.
    pub(crate) fn at_page(&self, page: usize) -> String {
        let query = self.kept_query();
        let join = if query.is_empty() { "" } else { "&" };
        address(&format!("{query}{join}page={page}"))
    }
}

/// Address of the list with this query.
pub(crate) fn address(query: &str) -> String {
    if query.is_empty() { "/groups".to_owned() } else { format!("/groups?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_asked_for_twice_turns_round_and_filters_stay() {
        let look = Look { q: "早 起&".into(), sort: "members".into(), ..Look::default() };
        let query = "/groups?q=%E6%97%A9%20%E8%B5%B7%26&sort=members";
        assert_eq!(look.at_page(2), format!("{query}&page=2"));
        assert_eq!(look.ordered(Order::Members), format!("{query}&back=1"));
        let turned = Look { back: "1".into(), ..look };
        assert_eq!(turned.ordered(Order::Members), query);
        assert_eq!(Look::default().at_page(1), "/groups?page=1");
    }

    #[test]
    fn words_that_nobody_knows_filter_nothing() {
        let odd = Look {
            mood: "x".into(),
            kind: "x".into(),
            owner: "x".into(),
            sort: "x".into(),
            page: "-1".into(),
            ..Look::default()
        };
        assert_eq!(odd.wanted(), Wanted::default());
        assert_eq!(odd.page(), 1);
    }
}
