//! The store itself on the same rows: what its own calls cost beside the bare drivers.

use domain::{Evidence, Millis, OrgId};
use store::{Batch, FactQuery, Finish, GroupSaid, NewFact, NewImport, Store, Stream};

use crate::rows::rows;
use crate::{BATCH, Outcome, READ, WRITTEN, clock, report};

pub async fn measure_sqlite() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    for batch in [BATCH, 10 * BATCH] {
        let path = folder.path().join(format!("{batch}"));
        write("SQLite", &path.display().to_string(), WRITTEN, batch).await?;
    }
    let path = folder.path().join("read").display().to_string();
    let query = write("SQLite", &path, READ, 10 * BATCH).await?;
    read("SQLite", &path, query).await
}

pub async fn measure_postgres(server: &str) -> Outcome<()> {
    let url = store::create_database(server, "drivers").await?;
    write("PostgreSQL", &url, WRITTEN, 10 * BATCH).await?;
    let url = store::create_database(server, "drivers").await?;
    let query = write("PostgreSQL", &url, READ, 10 * BATCH).await?;
    read("PostgreSQL", &url, query).await?;
    Ok(store::drop_database(server, "drivers").await?)
}

async fn write(name: &str, url: &str, count: i64, batch: usize) -> Outcome<FactQuery> {
    let batches: Vec<Batch> = rows(1, count)
        .chunks(batch)
        .map(|chunk| Batch {
            stream: Stream(1),
            rows: chunk
                .iter()
                .map(|row| NewFact { fact: row.fact, words: Some(row.text.as_str().into()) })
                .collect(),
        })
        .collect();
    let store = Store::open(url).await?;
    let start = clock();
    let mut import = store.begin_import(OrgId(1), about()).await?;
    let group = import.group(said()).await?;
    for batch in batches {
        import.append(group, batch).await?;
    }
    import.finish(Finish::default()).await?;
    report(&format!("{name} write, the store, batches of {batch}"), count, start.elapsed());
    Ok(FactQuery::all(group))
}

async fn read(name: &str, url: &str, query: FactQuery) -> Outcome<()> {
    let store = Store::open(url).await?;
    let start = clock();
    let mut facts = store.facts(OrgId(1), query);
    let (mut count, mut last) = (0, Millis(i64::MIN));
    while let Some(batch) = facts.next().await? {
        for row in batch {
            assert!(row.fact.at >= last);
            last = row.fact.at;
            count += 1;
        }
    }
    report(&format!("{name} read, the store, in order of time"), count, start.elapsed());
    Ok(())
}

fn about() -> NewImport {
    NewImport {
        format: "csv".to_owned(),
        exporter: String::new(),
        files: Vec::new(),
        zone: "UTC".to_owned(),
        started: Millis(0),
    }
}

fn said() -> GroupSaid {
    GroupSaid {
        platform: "csv".to_owned(),
        key: "tea".to_owned(),
        name: "tea".to_owned(),
        zone: "UTC".to_owned(),
        founded: None,
        evidence: Evidence::default(),
    }
}
