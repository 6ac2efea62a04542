//! Statements that are written once for both databases, and the schema they speak of.

mod conn;
mod migrate;
mod tables;
mod value;

pub(crate) use conn::{Boxed, Conn, Dialect, Job, job};
pub(crate) use migrate::{lock_schema, migrate, migrate_to, newest};
pub use tables::{Kind, TABLES, Table};
pub(crate) use value::{Row, Value, printable};
