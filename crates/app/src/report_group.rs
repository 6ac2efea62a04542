//! A report on groups of the database: by name from the command line, by number in the console.

use crate::error::Fault;
use crate::import_files::ORG;
use crate::intake::is_called;
use crate::pages::{Kept, Shelf};
use crate::rebuild::zone_of;
use crate::shape::{Asked, Compared, Shaped, named_items, named_people, shape};
use crate::watch::Watch;
use domain::{GroupId, IdentityId, OrgId};
use insights::{GroupPages, Span, whole_days};
use report::{Community, Source};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use store::{GroupRow, ImportRow, ImportState, Store};

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
    gathered(&store, ORG, rows, Wanted::of(asked.clone())).await
}

/// What is asked of some groups.
pub(crate) struct Wanted {
    pub(crate) asked: Asked,
    /// Instead of the days that were asked for.
    pub(crate) window: Option<Compared>,
    /// Measure every group by itself, too.
    pub(crate) each: bool,
    /// Told how many groups are read.
    pub(crate) read: Option<Arc<AtomicUsize>>,
    /// Nobody waits for it: it leaves all processors but one to those who do.
    pub(crate) calm: bool,
}

impl Wanted {
    /// Everything, over the days that were asked for.
    pub(crate) fn of(asked: Asked) -> Self {
        Self { asked, window: None, each: true, read: None, calm: false }
    }

    /// The days whose pages are needed whole; all of them where the window is not known yet.
    fn whole(&self) -> Option<Span> {
        let Compared { span, against } = self.window?;
        Some(whole_days(span, against, &self.asked.settings))
    }
}

/// Reports on these groups from their pages; measures on a thread that may wait.
pub(crate) async fn gathered(
    store: &Store,
    org: OrgId,
    rows: Vec<GroupRow>,
    wanted: Wanted,
) -> Result<Community, Fault> {
    let shelf = Shelf::new();
    let reading = read((store, org), rows, (&shelf, &wanted));
    let imports = async { Ok::<_, Fault>(store.imports(org).await?) };
    let (groups, imports) = tokio::try_join!(reading, imports)?;
    let sources = sources(imports, &groups);
    let measured = tokio::task::spawn_blocking(move || {
        let community = measured(&groups, sources, wanted);
        community.map(|one| (one, groups.iter().map(|(row, _)| row.id).collect::<Vec<_>>()))
    });
    let measured = measured.await.map_err(|error| Fault::Unreadable(error.to_string()))?;
    let (mut community, groups) = measured?;
    shelf.whole()?;
    (community.names, community.excerpts) = tokio::try_join!(
        people(store, org, named_people(&community)),
        excerpts((store, org), &groups, &community),
    )?;
    Ok(community)
}

/// These groups with their pages, most messages first.
async fn read(
    (store, org): (&Store, OrgId),
    rows: Vec<GroupRow>,
    (shelf, wanted): (&Arc<Shelf>, &Wanted),
) -> Result<Vec<(GroupRow, Kept)>, Fault> {
    let mut groups: Vec<(GroupRow, Kept)> = Vec::new();
    for row in rows {
        let kept = pages(store, (org, row.id), (shelf, wanted)).await?;
        groups.push((row, kept));
        if let Some(read) = &wanted.read {
            read.store(groups.len(), Ordering::Relaxed);
        }
    }
    groups.sort_by_key(|(_, kept)| std::cmp::Reverse(kept.messages));
    Ok(groups)
}

/// How the messages begin that a report names, by the position of their group and their key.
async fn excerpts(
    (store, org): (&Store, OrgId),
    groups: &[GroupId],
    community: &Community,
) -> Result<HashMap<(u32, i64), String>, Fault> {
    let mut keys: BTreeMap<u32, BTreeSet<i64>> = BTreeMap::new();
    for item in named_items(community) {
        keys.entry(item.group).or_default().insert(item.key);
    }
    let mut excerpts = HashMap::new();
    for (position, keys) in keys {
        let Some(group) = groups.get(position as usize) else { continue };
        let keys: Vec<i64> = keys.into_iter().collect();
        for (key, text) in store.words_of(org, *group, &keys).await? {
            excerpts.insert((position, key), excerpt(&text));
        }
    }
    Ok(excerpts)
}

/// The figures without names and excerpts.
fn measured(
    groups: &[(GroupRow, Kept)],
    sources: Vec<Source>,
    Wanted { asked, window, each, calm, .. }: Wanted,
) -> Result<Community, Fault> {
    let asked = Asked { zone: zone(groups, &asked), zone_given: true, ..asked };
    let card = |(row, _): &(GroupRow, Kept)| (row.said.name.clone(), row.said.platform.clone());
    let shaped = Shaped {
        groups: groups.iter().map(|(row, kept)| with_pages(row, kept, &asked)).collect(),
        cards: groups.iter().map(card).collect(),
        wall_clock: false,
        name: "huoqun".to_owned(),
        sources,
        warnings: Vec::new(),
        window,
        each,
        calm,
    };
    shape(shaped, &asked)
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

/// The pages of a group, unpacked while the next ones are read; one after the other when it is to
/// be calm.
async fn pages(
    store: &Store,
    (org, group): (OrgId, GroupId),
    (shelf, wanted): (&Arc<Shelf>, &Wanted),
) -> Result<Kept, Fault> {
    let whole = wanted.whole();
    if wanted.calm {
        let push = move |kept: &mut Result<Kept, Fault>, page: store::Page| {
            if let Ok(pages) = kept
                && let Err(fault) = pages.push_packed(&page, whole)
            {
                *kept = Err(fault);
            }
        };
        return store.each_page(org, group, Ok(Kept::on(shelf)), push).await?;
    }
    let (read, unpack) = std::sync::mpsc::channel::<store::Page>();
    let mut kept = Kept::on(shelf);
    let unpacked = tokio::task::spawn_blocking(move || {
        unpack.into_iter().try_for_each(|page| kept.push_packed(&page, whole)).map(|()| kept)
    });
    // Who unpacks has gone only when a page could not be: that is told below.
    let send = |read: &mut std::sync::mpsc::Sender<store::Page>, page| drop(read.send(page));
    drop(store.each_page(org, group, read, send).await?);
    unpacked.await.map_err(|error| Fault::Unreadable(error.to_string()))?
}

/// The zone in which the pages were counted: that of the first group.
fn zone(groups: &[(GroupRow, Kept)], asked: &Asked) -> domain::Zone {
    groups.first().map_or_else(|| asked.zone.clone(), |(row, _)| zone_of(row))
}

fn with_pages<'a>(row: &GroupRow, kept: &'a Kept, asked: &Asked) -> GroupPages<'a> {
    let pages = kept.list();
    GroupPages {
        pages,
        evidence: row.said.evidence,
        founded: row.said.founded.map(|at| zone_of(row).local(at).day),
        members_given: asked.members.zip(pages.last_day()).map(|(members, day)| (day, members)),
    }
}

/// The imports that told of these groups, by the names that the groups had then; all of them when
/// the groups were renamed since.
fn sources(imports: Vec<ImportRow>, groups: &[(GroupRow, Kept)]) -> Vec<Source> {
    let whole = imports.into_iter().filter(|import| import.state == ImportState::Whole);
    let (of_these, others): (Vec<_>, Vec<_>) = whole.partition(|import| {
        let counts: serde_json::Value = serde_json::from_str(&import.counts).unwrap_or_default();
        let told = counts.get("groups").and_then(|told| told.as_array()).into_iter().flatten();
        told.filter_map(|name| name.as_str())
            .any(|name| groups.iter().any(|(row, _)| row.said.name == name))
    });
    let whole = if of_these.is_empty() { others } else { of_these }.into_iter();
    whole
        .map(|import| {
            let title = imports::format_named(&import.about.format).map(|format| format.title);
            Source {
                name: import.about.files.join(", "),
                format_title: title.unwrap_or(["聊天记录", "chat export"]),
                format: import.about.format,
                bytes: 0,
            }
        })
        .collect()
}

/// Names of these people, as far as they are known.
pub(crate) async fn people(
    store: &Store,
    org: OrgId,
    ids: BTreeSet<IdentityId>,
) -> Result<HashMap<IdentityId, String>, Fault> {
    let ids: Vec<IdentityId> = ids.into_iter().collect();
    let mut names = HashMap::with_capacity(ids.len());
    for some in ids.chunks(PEOPLE_BATCH) {
        let rows = store.identities(org, some).await?;
        names.extend(rows.into_iter().map(|row| (row.id, row.said.name)));
    }
    Ok(names)
}

pub(crate) fn excerpt(text: &str) -> String {
    text.chars().take(EXCERPT_CHARS).collect()
}
