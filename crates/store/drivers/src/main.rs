//! Measures ways to write and read the facts and words tables, side by side, in one run. The URL
//! of the PostgreSQL server is read from standard input.
//!
//! Trust the ratios, not the absolutes: the machine may be busy. All SQLite writes commit every
//! batch with a full sync; the PostgreSQL cluster of the tests runs without durability, so that
//! the drivers are compared and not the disk.

mod api;
mod postgres;
mod rows;
mod sqlite;

use std::time::{Duration, Instant};

pub type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Rows written by each way.
pub const WRITTEN: i64 = 300_000;
/// Rows in a batch.
pub const BATCH: usize = 1_000;
/// Rows read by each way.
pub const READ: i64 = 1_000_000;

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut server = String::new();
    std::io::stdin().read_line(&mut server)?;
    let server = server.trim();
    for round in 1..=3 {
        println!("round {round}, rows a second");
        sqlite::measure().await?;
        api::measure_sqlite().await?;
        postgres::measure(server).await?;
        api::measure_postgres(server).await?;
    }
    Ok(())
}

/// Prints one line of the table.
pub fn report(name: &str, rows: i64, took: Duration) {
    println!("  {name:<58} {:>9.0}", rows as f64 / took.as_secs_f64());
}

/// Starts the clock.
pub fn clock() -> Instant {
    Instant::now()
}
