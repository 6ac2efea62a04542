//! Where imported data lies, and waiting for the store.

use crate::cli::PlaceArgs;
use crate::environment;
use crate::failure::Failure;
use std::future::Future;
use std::path::PathBuf;

/// The database URL of these arguments; makes the data folder if it is not there yet.
pub(crate) fn url(place: &PlaceArgs) -> Result<String, Failure> {
    if place.database.is_none() {
        let folder = folder(place);
        std::fs::create_dir_all(&folder)
            .map_err(|error| Failure::Folder(folder.display().to_string(), error))?;
    }
    Ok(url_as_it_is(place))
}

/// The same; nothing is made.
pub(crate) fn url_as_it_is(place: &PlaceArgs) -> String {
    let file = || format!("sqlite:{}", folder(place).join("huoqun.db").display());
    place.database.clone().unwrap_or_else(file)
}

/// The data folder of these arguments.
pub(crate) fn folder(place: &PlaceArgs) -> PathBuf {
    let named = place.data.clone().or_else(|| environment("HUOQUN_DATA").map(PathBuf::from));
    named.unwrap_or_else(|| {
        let shared = environment("XDG_DATA_HOME")
            .map(PathBuf::from)
            .or_else(|| std::env::home_dir().map(|home| home.join(".local").join("share")));
        shared.unwrap_or_else(|| PathBuf::from(".")).join("huoqun")
    })
}

/// Runs work on the store to its end.
pub(crate) fn wait<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| Failure::Folder("tokio".to_owned(), error))?;
    Ok(runtime.block_on(work))
}
