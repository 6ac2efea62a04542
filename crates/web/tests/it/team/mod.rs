//! Staff: coming in, what each role may, scopes, hand-over, the audit log, and attacks on them.

mod colleagues;
mod entering;
mod handover;
mod scopes;
mod tricks;

use axum::http::StatusCode;
use domain::{GroupId, OrgId};
use store::Store;

use crate::browser::{Browser, Page, Place, form};

/// A password that is good enough.
pub(crate) const PASSWORD: &str = "雨后的山路慢慢走到头";

/// Invites somebody by the owner and lets them come in.
pub(crate) async fn hired(place: &Place, login: &str, role: &str, groups: &[GroupId]) -> Browser {
    let link = invited(&mut place.operator().await, role, Some(groups)).await;
    let mut browser = place.browser();
    let came = welcome(&mut browser, &link, login).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text);
    browser
}

/// The path of an invitation; `None` as groups: all of them.
pub(crate) async fn invited(by: &mut Browser, role: &str, groups: Option<&[GroupId]>) -> String {
    let page = by.post("/staff/invitations", &grant(role, groups)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    link(&page)
}

/// The form of a role and groups.
pub(crate) fn grant(role: &str, groups: Option<&[GroupId]>) -> String {
    let scope = if groups.is_some() { "some" } else { "all" };
    let mut fields = vec![("role", role.to_owned()), ("scope", scope.to_owned())];
    let groups = groups.unwrap_or_default().iter();
    fields.extend(groups.map(|group| ("groups", group.0.to_string())));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form(&fields)
}

/// The path of the link that a page shows.
pub(crate) fn link(page: &Page) -> String {
    let token = page.text.split("/welcome/").nth(1).unwrap().split('"').next().unwrap();
    format!("/welcome/{token}")
}

/// Uses a link.
pub(crate) async fn welcome(browser: &mut Browser, link: &str, login: &str) -> Page {
    let fields = [("name", login), ("login", login), ("password", PASSWORD)];
    browser.post(link, &form(&fields)).await
}

/// The number of who logs in so.
pub(crate) async fn number(store: &Store, login: &str) -> i64 {
    store.staff_by_login(OrgId(1), login).await.unwrap().unwrap().0.id.0
}

/// Words of all acts, the newest first.
pub(crate) async fn acts(store: &Store) -> Vec<String> {
    let query = store::AuditQuery { limit: 500, ..store::AuditQuery::default() };
    let lines = store.audit(OrgId(1), query).await.unwrap();
    lines.into_iter().map(|line| line.act).collect()
}
