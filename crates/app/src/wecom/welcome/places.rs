//! What channels are called: the `state` with which a newcomer comes is the slug of a placement of
//! ours, which has a name, or a word of somebody else's code, which has none.
//!
//! Invariant: a condition keeps the slug of whatever was typed by name, so that a placement that
//! is called otherwise later is still meant. All placements are read at once, never one by one.

use std::collections::BTreeMap;

use domain::OrgId;
use store::LinkCalled;

use crate::console::Console;
use crate::error::Fault;

/// A channel, as pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelView {
    /// As the platform tells it.
    pub state: String,
    /// Name of the placement of ours whose slug that is; `None`: the code is not ours.
    pub placement: Option<String>,
    /// What staff type for it: the name where it means nothing else, else the `state`.
    pub word: String,
}

impl ChannelView {
    /// What it is called.
    pub fn called(&self) -> &str {
        self.placement.as_deref().unwrap_or(&self.state)
    }
}

/// Placements of an organisation, by slug and by name.
#[derive(Debug, Default)]
pub(super) struct Places {
    all: Vec<LinkCalled>,
    by_slug: BTreeMap<String, usize>,
    by_name: BTreeMap<String, Vec<usize>>,
}

impl Console {
    pub(super) async fn places(&self, org: OrgId) -> Result<Places, Fault> {
        Ok(Places::of(self.store().link_placements_called(org).await?))
    }
}

impl Places {
    fn of(all: Vec<LinkCalled>) -> Self {
        let mut places = Self::default();
        for (at, row) in all.iter().enumerate() {
            places.by_slug.insert(row.slug.clone(), at);
            places.by_name.entry(row.name.clone()).or_default().push(at);
        }
        Self { all, ..places }
    }

    /// Name of the placement with this slug.
    pub(super) fn name(&self, state: &str) -> Option<&str> {
        let at = self.by_slug.get(state)?;
        self.all.get(*at).map(|row| row.name.as_str())
    }

    /// A channel, as pages show it.
    pub(super) fn view(&self, state: &str) -> ChannelView {
        let placement = self.name(state);
        let is_alone = |name: &&str| {
            let word = typed(name).eq([*name]) && !self.by_slug.contains_key(*name);
            word && self.by_name.get(*name).is_some_and(|all| all.len() == 1)
        };
        ChannelView {
            state: state.to_owned(),
            word: placement.filter(is_alone).unwrap_or(state).to_owned(),
            placement: placement.map(str::to_owned),
        }
    }

    /// The channels that were typed, by `state` or by name, each once; a name of several placements
    /// means all of them, a word that is no name is a `state`.
    pub(super) fn read(&self, text: &str) -> Vec<String> {
        let mut states: Vec<String> = Vec::new();
        for word in typed(text) {
            let named = self.by_name.get(word).filter(|_| !self.by_slug.contains_key(word));
            let slugs = named.into_iter().flatten().filter_map(|at| self.all.get(*at));
            let mut found: Vec<&str> = slugs.map(|row| row.slug.as_str()).collect();
            if found.is_empty() {
                found.push(word);
            }
            for state in found {
                if !states.iter().any(|own| own == state) {
                    states.push(state.to_owned());
                }
            }
        }
        states
    }

    /// Channels to be offered: those by which customers came, then open placements of a company by
    /// which nobody came yet.
    pub(super) fn offered(&self, came: &[String], company: i64) -> Vec<ChannelView> {
        let is_of = |row: &&LinkCalled| row.company.is_none_or(|own| own == company);
        let open = self.all.iter().filter(|row| row.is_open).filter(is_of);
        let new = open.map(|row| &row.slug).filter(|slug| !came.contains(slug));
        came.iter().chain(new).map(|state| self.view(state)).collect()
    }
}

/// Words of a field, with commas, spaces or line ends between them.
fn typed(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', '，', '、', ';', '；']).flat_map(str::split_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Places {
        let row = |(slug, name, company, is_open): (&str, &str, i64, bool)| LinkCalled {
            slug: slug.to_owned(),
            name: name.to_owned(),
            company: (company > 0).then_some(company),
            is_open,
        };
        let all = [
            ("k3x9", "店门口海报", 1, true),
            ("p7q2", "电梯", 1, true),
            ("m4n5", "电梯", 2, true),
            ("z1y8", "3 号楼", 0, true),
            ("r6s0", "旧海报", 1, false),
            ("t5u4", "p7q2", 1, true),
        ];
        Places::of(all.into_iter().map(row).collect())
    }

    #[test]
    fn what_is_typed_by_name_is_kept_by_slug_and_comes_back_as_it_may_be_typed() {
        let places = places();
        for (text, states, shown) in [
            ("店门口海报", vec!["k3x9"], "店门口海报"),
            ("k3x9，店门口海报", vec!["k3x9"], "店门口海报"),
            ("电梯", vec!["p7q2", "m4n5"], "p7q2 m4n5"),
            ("旧海报 shop_poster", vec!["r6s0", "shop_poster"], "旧海报 shop_poster"),
            ("z1y8", vec!["z1y8"], "z1y8"),
            ("3 号楼", vec!["3", "号楼"], "3 号楼"),
            // A slug is never taken for a name.
            ("p7q2 t5u4", vec!["p7q2", "t5u4"], "p7q2 t5u4"),
            ("b b、b", vec!["b"], "b"),
            ("", vec![], ""),
        ] {
            let read = places.read(text);
            assert_eq!(read, states, "{text}");
            let words: Vec<String> = read.iter().map(|state| places.view(state).word).collect();
            assert_eq!(words.join(" "), shown, "{text}");
            assert_eq!(places.read(&words.join(", ")), read, "{text}");
        }
    }

    #[test]
    fn those_who_came_are_offered_first_then_what_is_open_here() {
        let came = ["shop_poster".to_owned(), "r6s0".to_owned(), "p7q2".to_owned()];
        let offered = places().offered(&came, 1);
        let called: Vec<&str> = offered.iter().map(ChannelView::called).collect();
        assert_eq!(called, ["shop_poster", "旧海报", "电梯", "店门口海报", "3 号楼", "p7q2"]);
    }
}
