//! The one setting: a URL or a path, read into a place. Passwords are never printed.

use std::path::PathBuf;

use crate::fault::{Fault, Result};

/// Where the database is.
#[derive(Clone)]
pub(crate) enum Location {
    Sqlite(PathBuf),
    Postgres(String),
}

impl Location {
    /// Reads `sqlite:PATH`, `sqlite://PATH`, `postgres://…`, `postgresql://…` or a plain path.
    pub(crate) fn parse(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(url.to_owned()));
        }
        let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"));
        let path = path.unwrap_or(url);
        if path.is_empty() || path.contains("://") {
            return Err(Fault::Url { place: redacted(url) });
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }

    /// The place as it may be shown.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Sqlite(path) => path.display().to_string(),
            Self::Postgres(url) => redacted(url),
        }
    }
}

/// The URL without its password and without its query, which may hold one.
fn redacted(url: &str) -> String {
    let bare = url.split_once('?').map_or(url, |(bare, _)| bare);
    let Some((scheme, rest)) = bare.split_once("://") else { return bare.to_owned() };
    // A password may hold an unescaped @: what stands before the last one is credentials.
    let Some((credentials, host)) = rest.rsplit_once('@') else { return bare.to_owned() };
    let user = credentials.split_once(':').map_or(credentials, |(user, _)| user);
    if user.len() == credentials.len() {
        format!("{scheme}://{user}@{host}")
    } else {
        format!("{scheme}://{user}:…@{host}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for url in [
            "postgres://ann:s3cret@db.example/huoqun",
            "postgres://ann:s3@cret@db.example/huoqun",
            "postgres://ann@db.example/huoqun?password=s3cret",
            "mysql://ann:s3cret@db.example/huoqun",
        ] {
            let shown = redacted(url);
            assert!(!shown.contains("cret") && shown.contains("db.example"), "{shown}");
        }
    }

    #[test]
    fn a_path_is_sqlite_and_an_unknown_scheme_is_refused() {
        for url in ["data/huoqun.db", "sqlite:data/huoqun.db", "sqlite://data/huoqun.db"] {
            assert_eq!(Location::parse(url).unwrap().shown(), "data/huoqun.db");
        }
        assert!(matches!(Location::parse("mysql://h/d"), Err(Fault::Url { .. })));
        assert!(matches!(Location::parse(""), Err(Fault::Url { .. })));
    }
}
