//! The search box of every page: what it drops down while somebody types, and its own page.
//!
//! The drop-down is asked for by htmx and holds groups, people and tags; the page has messages and
//! notes beside them, and works without a script.

#[cfg(test)]
pub(crate) mod samples;

use app::console::Found;
use app::console::Said;
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::{GroupId, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::{Frame, Place, Seated, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, moment};

/// Rows of a kind in the drop-down.
const DROPPED: usize = 6;

/// Rows of a kind on the page.
const LISTED: usize = 20;

/// Letters around what was found in a message.
const AROUND: usize = 40;

pub(crate) fn routes() -> Router<House> {
    Router::new().route("/search", get(page))
}

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    /// Messages of this group only.
    group: Option<i64>,
}

/// A row that leads somewhere.
pub(crate) struct Hit {
    pub(crate) href: String,
    pub(crate) name: String,
    pub(crate) about: String,
}

/// A message or note with what was found in it.
pub(crate) struct Words {
    pub(crate) href: String,
    pub(crate) who: String,
    pub(crate) place: String,
    pub(crate) when: String,
    /// Before what was found, it, and after it.
    pub(crate) text: [String; 3],
}

/// What the names gave.
pub(crate) struct Names {
    pub(crate) groups: Vec<Hit>,
    pub(crate) people: Vec<Hit>,
    pub(crate) tags: Vec<Hit>,
}

impl Names {
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.people.is_empty() && self.tags.is_empty()
    }
}

/// Under the box.
#[derive(Template)]
#[template(path = "console/search/drop.html")]
pub(crate) struct Drop {
    pub(crate) l: Lang,
    pub(crate) asked: String,
    pub(crate) all: String,
    pub(crate) names: Names,
}

/// The page.
#[derive(Template)]
#[template(path = "console/search/page.html")]
pub(crate) struct SearchPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) asked: String,
    pub(crate) names: Names,
    /// The group that messages are of.
    pub(crate) only: Option<String>,
    pub(crate) messages: Vec<Words>,
    pub(crate) notes: Vec<Words>,
    pub(crate) back_to: Option<String>,
    /// Groups in which one can look further back.
    pub(crate) deeper: Vec<Hit>,
}

/// `GET /search?q=`
async fn page(
    State(house): State<House>,
    seated: Seated,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let is_part = headers.contains_key("hx-request");
    let limit = if is_part { DROPPED } else { LISTED };
    if is_part {
        let names = names(console.search(&seated.actor, &asked.q, limit).await?, l);
        let all = format!("/search?q={}", encoded(asked.q.trim()));
        return Ok(shown(&Drop { l, asked: asked.q.trim().to_owned(), all, names }));
    }
    let group = asked.group.map(GroupId);
    let (found, said, zone, mut frame) = tokio::try_join!(
        async { Ok(console.search(&seated.actor, &asked.q, limit).await?) },
        async { Ok(console.search_said(&seated.actor, &asked.q, group, LISTED).await?) },
        async { Ok(console.zone(seated.actor.org).await?) },
        Frame::of(&house, &seated, Place::Search, l.pick("搜索", "Search")),
    )?;
    let names = names(found, l);
    let scene = (l, house.now(), zone);
    frame.search.clone_from(&asked.q);
    Ok(shown(&found_page(frame, &asked, (names, &said), &scene)))
}

type Scene = (Lang, Millis, Zone);

fn found_page(
    frame: Frame,
    asked: &Asked,
    (names, said): (Names, &Said),
    (l, now, zone): &Scene,
) -> SearchPage {
    let l = *l;
    let who_is = |id| said.people.get(&id).cloned().unwrap_or_default();
    let group = |id| said.groups.get(&id).cloned().unwrap_or_default();
    let messages = said.messages.iter().map(|phrase| Words {
        href: format!("/groups/{}/feed?at={}", phrase.group.0, phrase.seq.0),
        who: who_is(phrase.who),
        place: group(phrase.group),
        when: moment(phrase.at, *now, zone, l),
        text: around(&phrase.text, &asked.q),
    });
    let notes = said.notes.iter().map(|note| Words {
        href: format!("/people/{}", note.who.0),
        who: who_is(note.who),
        place: String::new(),
        when: ago(note.at, *now, l),
        text: around(&note.text, &asked.q),
    });
    let mut deeper: Vec<Hit> = Vec::new();
    for phrase in said.messages.iter().filter(|_| asked.group.is_none()) {
        let href = format!("/search?q={}&group={}", encoded(asked.q.trim()), phrase.group.0);
        if deeper.len() < 5 && deeper.iter().all(|hit| hit.href != href) {
            deeper.push(Hit { href, name: group(phrase.group), about: String::new() });
        }
    }
    SearchPage {
        l,
        asked: asked.q.trim().to_owned(),
        only: asked.group.map(|id| group(GroupId(id))),
        messages: messages.collect(),
        notes: notes.collect(),
        back_to: said.back_to.map(|at| moment(at, *now, zone, l)),
        deeper,
        names,
        frame,
    }
}

fn names(found: Found, l: Lang) -> Names {
    let group = |(id, name): (GroupId, String)| Hit {
        href: format!("/groups/{}", id.0),
        name,
        about: String::new(),
    };
    let person = |person: app::console::FoundPerson| {
        let about = match person.groups.as_slice() {
            [] => l.pick("不在任何群", "in no group").to_owned(),
            [(_, only)] => only.clone(),
            [(_, first), ..] => {
                let count = person.groups.len();
                l.pick(
                    format!("{first} 等 {count} 个群"),
                    format!("{first} and {} more", count - 1),
                )
            }
        };
        Hit { href: format!("/people/{}", person.person.0), name: person.name, about }
    };
    let tag = |tag: app::console::TagNamed| Hit {
        href: format!("/people?tag={}", tag.id),
        about: tag.name.0,
        name: tag.name.1,
    };
    Names {
        groups: found.groups.into_iter().map(group).collect(),
        people: found.people.into_iter().map(person).collect(),
        tags: found.tags.into_iter().map(tag).collect(),
    }
}

/// A text cut to what stands around the words: before them, them, after them.
fn around(text: &str, asked: &str) -> [String; 3] {
    let asked = asked.trim().to_lowercase();
    let letters: Vec<char> = text.chars().collect();
    let wanted: Vec<char> = asked.chars().collect();
    let same = |at: usize| {
        let here = letters.get(at..at + wanted.len());
        here.is_some_and(|here| {
            here.iter().zip(&wanted).all(|(one, other)| one.to_lowercase().eq(other.to_lowercase()))
        })
    };
    let at = (0..letters.len()).find(|at| same(*at)).unwrap_or(0);
    let (from, end) = (at.saturating_sub(AROUND), (at + wanted.len()).min(letters.len()));
    let to = (end + AROUND).min(letters.len());
    let piece = |from: usize, to: usize| letters.get(from..to).unwrap_or(&[]).iter().collect();
    let (mut before, found, mut after): (String, String, String) =
        (piece(from, at), piece(at, end), piece(end, to));
    if from > 0 {
        before.insert(0, '…');
    }
    if to < letters.len() {
        after.push('…');
    }
    [before, found, after]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_around_what_was_found() {
        assert_eq!(around("明天 Python 课几点？", "python"), ["明天 ", "Python", " 课几点？"]);
        let long = format!("{}找{}", "前".repeat(90), "后".repeat(90));
        let [before, found, after] = around(&long, "找");
        assert_eq!(found, "找");
        assert!(before.starts_with('…') && after.ends_with('…'));
        assert_eq!(before.chars().count(), AROUND + 1);
        assert_eq!(around("İx", "x")[1], "x");
    }

    #[test]
    fn an_address_holds_any_text() {
        assert_eq!(encoded("小 a&b"), "%E5%B0%8F%20a%26b");
    }
}
