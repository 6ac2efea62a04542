//! Whole databases on a server: made and dropped for tests and set-up.

use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

use crate::fault::{Fault, Result};
use crate::location::Location;

/// Makes an empty database `name` on the PostgreSQL server of `url`, replacing one of that name,
/// and answers its URL. `name` may hold lower-case letters, digits and `_`.
pub async fn create_database(url: &str, name: &str) -> Result<String> {
    drop_database(url, name).await?;
    let mut server = connect(url).await?;
    crate::postgres::run_script(&mut server, &format!("CREATE DATABASE {name}")).await?;
    server.close().await?;
    let (bare, query) = url.split_once('?').unwrap_or((url, ""));
    let (scheme, rest) = bare.split_once("://").unwrap_or(("postgres", bare));
    let host = rest.split_once('/').map_or(rest, |(host, _)| host);
    let mark = if query.is_empty() { "" } else { "?" };
    Ok(format!("{scheme}://{host}/{name}{mark}{query}"))
}

/// Drops the database `name` on the PostgreSQL server of `url`, with all connections to it.
pub async fn drop_database(url: &str, name: &str) -> Result<()> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if name.is_empty() || !name.chars().all(plain) {
        return Err(Fault::Url { place: name.to_owned() });
    }
    let mut server = connect(url).await?;
    let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
    crate::postgres::run_script(&mut server, &sql).await?;
    server.close().await?;
    Ok(())
}

async fn connect(url: &str) -> Result<PgConnection> {
    let place = Location::Postgres(url.to_owned()).shown();
    let unreachable = |source: sqlx::Error| Fault::Connect { place, source: Box::new(source) };
    match PgConnectOptions::from_str(url) {
        Ok(options) => PgConnection::connect_with(&options).await.map_err(unreachable),
        Err(source) => Err(unreachable(source)),
    }
}
