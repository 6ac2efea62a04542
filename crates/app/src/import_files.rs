//! An import: exports read to their end, then written to the store under one number.
//!
//! Invariant: nothing is visible before everything is written, pages and stays included; whatever
//! fails leaves nothing behind.

use crate::error::Fault;
use crate::intake::{GroupMet, Keep};
use crate::judging::judge_of;
use crate::pages::{Kept, Shelf, group_name};
use crate::project::fold_facts;
use crate::reading::{ReadRequest, Reading, no_such_group, read};
use crate::settle::STORED;
use crate::spool::Row;
use crate::watch::Watch;
use crate::writing::{Home, Writer};
use domain::{Fact, GroupId, IdentityId, ImportId, Millis, OrgId, Seq, WarningCode};
use insights::{Page, Settings};
use report::{Source, WarningCount};
use rustc_hash::FxHashMap;
use store::{
    FactQuery, Finish, GroupSaid, IdentitySaid, Import, KeptPages, NewImport, Projection, Store,
    Stream,
};

/// The organisation of the command line.
pub(crate) const ORG: OrgId = OrgId(1);
/// Identities announced at once.
const PEOPLE_BATCH: usize = 5_000;

/// What to import, and under which name.
#[derive(Clone, Debug)]
pub struct ImportRequest {
    /// What to read, and how.
    pub read: ReadRequest,
    /// `--group`: name of the only group of the export, or the group picked out of several.
    pub group: Option<String>,
    /// Who exported: kept with the source. Tellings of the same time must agree whoever exported.
    pub exporter: String,
    /// What counts, for the pages.
    pub settings: Settings,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Its number, for undoing.
    pub id: Option<ImportId>,
    /// What was read.
    pub sources: Vec<Source>,
    /// Each group that got facts: name, facts stored.
    pub groups: Vec<(String, u64)>,
    /// Facts that the export told twice or the store had already.
    pub duplicates: u64,
    /// What the importers noticed.
    pub warnings: Vec<WarningCount>,
}

/// Reads the export and writes it to the database at `url`: into the first organisation, judged
/// by what counts there.
pub async fn import_files(
    url: &str,
    request: &ImportRequest,
    watch: &dyn Watch,
) -> Result<Imported, Fault> {
    let store = Store::open(url).await?;
    let settings = judge_of(&store, ORG).await?;
    import_into((&store, ORG), &ImportRequest { settings, ..request.clone() }, watch).await
}

/// The same into an organisation of an open database, judged by the settings of the request.
/// Blocks its thread while it reads. When the watcher asks to stop, nothing is left.
pub async fn import_into(
    (store, org): (&Store, OrgId),
    request: &ImportRequest,
    watch: &dyn Watch,
) -> Result<Imported, Fault> {
    let mut reading = read(&request.read, Keep::Everything, watch)?;
    name_group(&mut reading, request.group.as_deref())?;
    let mut import = store.begin_import(org, about(&reading, request)).await?;
    match write(&mut import, &mut reading, request, watch).await {
        Ok((imported, finish)) => {
            import.finish(finish).await?;
            Ok(imported)
        }
        Err(fault) => {
            import.abandon().await?;
            Err(fault)
        }
    }
}

async fn write(
    import: &mut Import,
    reading: &mut Reading,
    request: &ImportRequest,
    watch: &dyn Watch,
) -> Result<(Imported, Finish), Fault> {
    let people = say_people(import, reading).await?;
    let mut homes = Vec::new();
    for number in 0..u32::try_from(reading.groups.len()).unwrap_or(0) {
        homes.push(say_group(import, reading, number, request).await?);
    }
    lay_stored_beside(import, reading, &people, &homes).await?;
    let mut writer = Writer::new(import, homes);
    let dropped = writer.write_all(reading, &people, watch)?;
    let (stored, known) = (std::mem::take(&mut writer.stored), writer.known);
    reading.noticed.add_many(WarningCode::Duplicate, dropped + known);
    let mut imported = Imported {
        id: Some(import.id()),
        sources: reading.sources.clone(),
        groups: Vec::new(),
        duplicates: dropped + known,
        warnings: reading.noticed.list(),
    };
    let shelf = Shelf::new();
    let mut finish = Finish { finished: request.read.options.now, ..Finish::default() };
    for (number, home) in stored {
        imported.groups.push((group_name(&reading.groups, number), home.facts));
        let facts = import.facts(FactQuery::all(home.group));
        let mut kept = Kept::on(&shelf);
        let keep = |page: &Page| kept.push(page);
        let folding = (&request.read.options.zone, &request.settings);
        let (through, stays) = fold_facts(facts, folding, watch, keep).await?;
        finish.pages.push(pages_of(home.group, kept, through, &request.settings));
        finish.projections.push(Projection {
            group: home.group,
            revision: 0,
            from_day: None,
            pages: Vec::new(),
            stays: Some(stays),
        });
    }
    imported.groups.sort();
    finish.counts = counts(&imported);
    Ok((imported, finish))
}

/// The pages of a group for the last transaction, which takes them from the shelf.
fn pages_of(group: GroupId, kept: Kept, through_seq: Seq, settings: &Settings) -> KeptPages {
    let settings_version = u32::from(settings.version);
    let page = move |(day, bytes)| store::Page { day, settings_version, through_seq, bytes };
    KeptPages { group, pages: Box::new(kept.into_packed().map(move |read| read.map(page))) }
}

/// The name given with `--group`: of the only group, or the one to keep.
fn name_group(reading: &mut Reading, name: Option<&str>) -> Result<(), Fault> {
    let Some(name) = name else { return Ok(()) };
    if let [only] = reading.groups.as_mut_slice() {
        name.clone_into(&mut only.name);
        if !only.has_ids {
            // Formats without ids know a group only by its name.
            name.clone_into(&mut only.key);
        }
        return Ok(());
    }
    for group in &mut reading.groups {
        group.wanted = group.is_called(name);
    }
    if reading.groups.iter().any(|group| group.wanted) {
        return Ok(());
    }
    Err(no_such_group(&[name.to_owned()], &reading.groups))
}

fn about(reading: &Reading, request: &ImportRequest) -> NewImport {
    let formats: Vec<&str> = reading.sources.iter().map(|source| source.format.as_str()).collect();
    NewImport {
        format: formats.join(" "),
        exporter: request.exporter.clone(),
        files: reading.sources.iter().map(|source| source.name.clone()).collect(),
        zone: request.read.options.zone.name().to_owned(),
        started: request.read.options.now,
    }
}

fn counts(imported: &Imported) -> String {
    let facts: u64 = imported.groups.iter().map(|(_, facts)| facts).sum();
    let warnings: serde_json::Map<_, _> = imported
        .warnings
        .iter()
        .map(|warned| (warned.code.to_owned(), warned.count.into()))
        .collect();
    serde_json::json!({
        "facts": facts,
        "duplicates": imported.duplicates,
        "groups": imported.groups.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "warnings": warnings,
    })
    .to_string()
}

/// Numbers of the store for the people of the reading, in their order.
async fn say_people(import: &mut Import, reading: &Reading) -> Result<Vec<IdentityId>, Fault> {
    let mut ids = Vec::with_capacity(reading.people.list.len());
    for people in reading.people.list.chunks(PEOPLE_BATCH) {
        let said = people.iter().map(|person| IdentitySaid {
            platform: person.platform.to_owned(),
            key: person.key.clone(),
            name: person.name.clone(),
            class: Some(person.class).filter(|class| *class != domain::ActorClass::Member),
        });
        ids.extend(import.identities(said.collect()).await?);
    }
    Ok(ids)
}

async fn say_group(
    import: &mut Import,
    reading: &Reading,
    number: u32,
    request: &ImportRequest,
) -> Result<Option<Home>, Fault> {
    let met: Option<&GroupMet> = reading.groups.get(number as usize);
    let Some(met) = met.filter(|met| met.wanted && reading.spans.of_group(number).is_some()) else {
        return Ok(None);
    };
    let zone = request.read.options.zone.name();
    let group = import
        .group(GroupSaid {
            platform: met.platform.to_owned(),
            key: met.key.clone(),
            name: met.name.clone(),
            zone: zone.to_owned(),
            founded: met.founded,
            evidence: met.evidence,
        })
        .await?;
    let stream = if met.has_ids {
        Stream::PLATFORM
    } else {
        import.stream(group, &request.exporter, zone).await?
    };
    Ok(Some(Home { group, stream, facts: 0 }))
}

/// Adds what the store already has of the same time to the spool, as one more telling, so that the
/// new one is laid over it. Whoever exported it: told by two people, the same time would count
/// twice.
async fn lay_stored_beside(
    import: &Import,
    reading: &mut Reading,
    people: &[IdentityId],
    homes: &[Option<Home>],
) -> Result<(), Fault> {
    let known: FxHashMap<IdentityId, u32> = people.iter().copied().zip(1..).collect();
    let here = |id: IdentityId| match (id.named(), known.get(&id)) {
        (None, _) => id,
        (_, Some(&number)) => IdentityId(number),
        (_, None) => IdentityId(id.0 | 1 << 31),
    };
    let mut added = false;
    for (number, home) in (0..).zip(homes) {
        let (Some(home), Some((from, to))) = (home, reading.spans.of_group(number)) else {
            continue;
        };
        if home.stream == Stream::PLATFORM {
            continue; // equal ids are found by the store
        }
        let query = FactQuery {
            group: home.group,
            from: Some(Millis(from.0 - Millis::DAY)),
            to: Some(Millis(to.0 + Millis::DAY)),
            stream: None,
        };
        let mut facts = import.facts(query);
        while let Some(batch) = facts.next().await? {
            for stored in batch {
                let (actor, other) = (here(stored.fact.actor), here(stored.fact.other));
                let fact = Fact { actor, other, ..stored.fact };
                let ordinal = reading.spool.rows();
                let row = Row { group: number, claim: STORED, ordinal, fact, has_id: false };
                reading.spool.push(row, "").map_err(Fault::Spool)?;
                reading.spans.add(number, STORED, fact.at);
                added = true;
            }
        }
    }
    if added {
        reading.spool.close().map_err(Fault::Spool)?;
    }
    Ok(())
}
