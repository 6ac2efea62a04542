//! Today: what needs a hand, and what is done about it in place.

mod acts;
mod answers;
mod offers;

use app::live::TaskState;
use domain::OrgId;

use crate::browser::{Browser, Place};

/// Waits until so many tasks are open: timers fire a tick after the clock passed.
pub(crate) async fn tasks(place: &Place, count: usize) {
    loop {
        let open = place.live.tasks(OrgId(1), TaskState::Open, 100).await.unwrap();
        if open.len() == count {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// The rows of a page.
pub(crate) fn rows(page: &str) -> Vec<&str> {
    let list = page.split("id=\"hq-rows\">").nth(1).unwrap_or_default();
    list.split("</li>\n</ul>")
        .next()
        .unwrap_or_default()
        .split("<li class=\"card")
        .skip(1)
        .collect()
}

/// Value of a field of a row.
pub(crate) fn field(row: &str, name: &str) -> String {
    let rest = row.split(&format!("name=\"{name}\" value=\"")).nth(1);
    let value = rest.and_then(|rest| rest.split('"').next()).unwrap_or_default();
    value.replace("&#38;", "&")
}

/// The fields that name a row, and more.
pub(crate) fn fields(row: &str, more: &[(&str, &str)]) -> String {
    let own = ["row_source", "row_key", "here"].map(|name| (name, field(row, name)));
    let mut all: Vec<(&str, &str)> = own.iter().map(|(name, value)| (*name, &**value)).collect();
    all.extend_from_slice(more);
    crate::browser::form(&all)
}

/// The rows that somebody of staff sees now.
pub(crate) async fn today(operator: &mut Browser) -> String {
    operator.get("/today").await.text
}
