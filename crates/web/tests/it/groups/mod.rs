//! 社群: the list of groups and the pages of one.

mod entry;
mod feed;
mod list;
mod opening;
mod routes;
mod scope;
mod settings;

use axum::http::StatusCode;

use crate::browser::{Browser, Page, Place, form};

/// Address of a page of the group.
pub(crate) fn at(place: &Place, path: &str) -> String {
    format!("/groups/{}{path}", place.group.0)
}

/// Sends a form that must be done, and gives the answer.
pub(crate) async fn done(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let answer = browser.post(path, &form(fields)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text);
    answer
}
