//! What new groups begin with: a form on the page of all settings.

use app::console::{NewGroups, Organised, seen};
use axum::extract::{Form, State};
use axum::response::Response;
use domain::StaffId;
use serde::Deserialize;

use crate::console::Seated;
use crate::console::groups::{kinds, tags, wrong_words};
use crate::console::settings::front::{Typed, answer};
use crate::house::House;
use crate::trouble::Trouble;

/// Value, word, and whether it is chosen.
type Choice = (String, String, bool);

/// The form, as it stands on the page.
#[derive(Default)]
pub(crate) struct NewGroupsView {
    pub(crate) seen: i64,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) owners: Vec<Choice>,
    pub(crate) backups: Vec<Choice>,
    pub(crate) tags: String,
    pub(crate) welcome: String,
    /// Which field is wrong, and why.
    pub(crate) wrong: (&'static str, String),
}

impl NewGroupsView {
    /// What is wrong with a field; empty when nothing.
    pub(crate) fn error(&self, field: &str) -> &str {
        if self.wrong.0 == field { &self.wrong.1 } else { "" }
    }

    /// The form with what was typed, else with what is in force.
    pub(super) async fn of(
        (house, seated): (&House, &Seated),
        organised: &Organised,
        (typed, wrong): (Option<NewGroups>, &'static str),
    ) -> Result<Self, Trouble> {
        let l = seated.visit.lang;
        let names = house.console().keeper_names(&seated.actor).await?;
        let in_force = || organised.new_groups.last().map(|one| one.value.clone());
        let new = typed.or_else(in_force).unwrap_or_default();
        let staff = |chosen: i64, none: &str| {
            let choice = |(id, word): (i64, &str)| (id.to_string(), word.to_owned(), id == chosen);
            let all = names.iter().map(|(StaffId(id), name)| (*id, name.as_str()));
            std::iter::once((0, none)).chain(all).map(choice).collect()
        };
        let say = if wrong.is_empty() { String::new() } else { wrong_words(wrong, l) };
        Ok(Self {
            seen: seen(&organised.new_groups),
            kinds: std::iter::once((String::new(), l.pick("先不选", "None").to_owned(), false))
                .chain(kinds(&new.kind, l).into_iter().map(|one| (one.value, one.word, one.on)))
                .collect(),
            owners: staff(new.owner, l.pick("开群的人", "Who opens the group")),
            backups: staff(new.backup, l.pick("（无）", "(nobody)")),
            tags: new.tags.join(" "),
            welcome: new.welcome,
            wrong: (wrong, say),
        })
    }

    #[cfg(test)]
    pub(super) fn sample(l: report::Lang) -> Self {
        use crate::samples::hostile;
        let one = || ("1".to_owned(), hostile(), true);
        Self {
            seen: 1,
            kinds: vec![one()],
            owners: vec![one()],
            backups: vec![one()],
            tags: hostile(),
            welcome: hostile(),
            wrong: ("tags", wrong_words("tags", l)),
        }
    }
}

/// The form, as it is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    kind: String,
    owner: String,
    backup: String,
    tags: String,
    welcome: String,
    seen: i64,
}

/// `POST /settings/new-groups`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Form(asked): Form<Asked>,
) -> Result<Response, Trouble> {
    // What is no number is nobody's, and refused as such.
    let staff = |id: &str| if id.is_empty() { 0 } else { id.parse().unwrap_or(-1) };
    let new = NewGroups {
        owner: staff(&asked.owner),
        backup: staff(&asked.backup),
        kind: asked.kind,
        tags: tags(&asked.tags),
        welcome: asked.welcome.trim().to_owned(),
    };
    let saved = house.console().set_new_groups(&seated.actor, new.clone(), asked.seen).await;
    answer(&house, &seated, (saved, Typed::of_new(new))).await
}
