//! A report on imported groups.

use crate::error::Fault;
use crate::import_files::ORG;
use crate::intake::is_called;
use crate::pages::{Kept, Shelf};
use crate::rebuild::zone_of;
use crate::shape::{Asked, Shaped, named_items, shape};
use crate::watch::Watch;
use domain::IdentityId;
use insights::{GroupPages, PageList};
use report::{Community, Source};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use store::{GroupRow, ImportState, Store};

/// Identities looked up at once.
const PEOPLE_BATCH: usize = 5_000;
/// Characters of an excerpt.
const EXCERPT_CHARS: usize = 120;

/// Reports on the groups of the database at `url` that `names` pick (all when empty).
pub async fn report_group(
    url: &str,
    names: &[String],
    asked: &Asked,
    _watch: &dyn Watch,
) -> Result<Community, Fault> {
    let store = Store::open(url).await?;
    let rows = picked(store.groups(ORG).await?, names)?;
    let shelf = Shelf::new();
    let mut groups: Vec<(GroupRow, Kept)> = Vec::new();
    for row in rows {
        let kept = pages(&store, &row, &shelf).await?;
        groups.push((row, kept));
    }
    groups.sort_by_key(|(_, kept)| std::cmp::Reverse(kept.messages));
    let asked = Asked { zone: zone(&groups, asked), zone_given: true, ..asked.clone() };
    let shaped = Shaped {
        groups: groups.iter().map(|(row, kept)| with_pages(row, kept, &asked)).collect(),
        cards: groups
            .iter()
            .map(|(row, _)| (row.said.name.clone(), row.said.platform.clone()))
            .collect(),
        wall_clock: false,
        name: "huoqun".to_owned(),
        sources: sources(&store, &groups).await?,
        warnings: Vec::new(),
    };
    let mut community = shape(shaped, &asked)?;
    community.names = people(&store, &groups).await?;
    shelf.whole()?;
    let mut keys: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
    for item in named_items(&community) {
        keys.entry(item.group).or_default().insert(item.key);
    }
    for (position, keys) in keys {
        let Some((row, _)) = groups.get(position as usize) else { continue };
        let keys: Vec<i64> = keys.into_iter().collect();
        for (key, text) in store.words_of(ORG, row.id, &keys).await? {
            community.excerpts.insert((position, key), excerpt(&text));
        }
    }
    Ok(community)
}

fn picked(groups: Vec<GroupRow>, names: &[String]) -> Result<Vec<GroupRow>, Fault> {
    let found: Vec<String> = groups.iter().take(20).map(|row| row.said.name.clone()).collect();
    let wanted = |row: &GroupRow| {
        names.is_empty() || names.iter().any(|name| is_called(name, &row.said.name, &row.said.key))
    };
    let picked: Vec<GroupRow> = groups.into_iter().filter(wanted).collect();
    if picked.is_empty() {
        return Err(Fault::NoSuchGroup { picked: names.join(", "), found: found.join(", ") });
    }
    Ok(picked)
}

/// The pages of a group, kept out of memory.
async fn pages(store: &Store, row: &GroupRow, shelf: &Arc<Shelf>) -> Result<Kept, Fault> {
    let push = |kept: &mut Result<Kept, Fault>, page: store::Page| {
        if let Ok(pages) = kept
            && let Err(fault) = pages.push_packed(&page.bytes)
        {
            *kept = Err(fault);
        }
    };
    store.each_page(ORG, row.id, Ok(Kept::on(shelf)), push).await?
}

/// The zone in which the pages were counted: that of the first group.
fn zone(groups: &[(GroupRow, Kept)], asked: &Asked) -> domain::Zone {
    groups.first().map_or_else(|| asked.zone.clone(), |(row, _)| zone_of(row))
}

fn with_pages<'a>(row: &GroupRow, kept: &'a Kept, asked: &Asked) -> GroupPages<'a> {
    let pages = PageList::Kept(kept);
    GroupPages {
        pages,
        evidence: row.said.evidence,
        founded: row.said.founded.map(|at| zone_of(row).local(at).day),
        members_given: asked.members.zip(pages.last_day()).map(|(members, day)| (day, members)),
    }
}

/// The imports that told of these groups, by the names that the groups had then; all of them when
/// the groups were renamed since.
async fn sources(store: &Store, groups: &[(GroupRow, Kept)]) -> Result<Vec<Source>, Fault> {
    let imports = store.imports(ORG).await?;
    let whole = imports.into_iter().filter(|import| import.state == ImportState::Whole);
    let (of_these, others): (Vec<_>, Vec<_>) = whole.partition(|import| {
        let counts: serde_json::Value = serde_json::from_str(&import.counts).unwrap_or_default();
        let told = counts.get("groups").and_then(|told| told.as_array()).into_iter().flatten();
        told.filter_map(|name| name.as_str())
            .any(|name| groups.iter().any(|(row, _)| row.said.name == name))
    });
    let whole = if of_these.is_empty() { others } else { of_these }.into_iter();
    Ok(whole
        .map(|import| {
            let title = imports::format_named(&import.about.format).map(|format| format.title);
            Source {
                name: import.about.files.join(", "),
                format_title: title.unwrap_or(["聊天记录", "chat export"]),
                format: import.about.format,
                bytes: 0,
            }
        })
        .collect())
}

async fn people(
    store: &Store,
    groups: &[(GroupRow, Kept)],
) -> Result<HashMap<IdentityId, String>, Fault> {
    let mut ids: BTreeSet<IdentityId> = BTreeSet::new();
    for (_, kept) in groups {
        for page in PageList::Kept(kept).iter() {
            ids.extend(page.people.iter().map(|person| person.who));
        }
    }
    let ids: Vec<IdentityId> = ids.into_iter().collect();
    let mut names = HashMap::with_capacity(ids.len());
    for some in ids.chunks(PEOPLE_BATCH) {
        let rows = store.identities(ORG, some).await?;
        names.extend(rows.into_iter().map(|row| (row.id, row.said.name)));
    }
    Ok(names)
}

fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT_CHARS).collect()
}
