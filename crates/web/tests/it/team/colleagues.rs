//! Roles: who may do what to whom; locking out; the last owner.

use axum::http::StatusCode;
use domain::{OrgId, Role};

use super::{acts, grant, hired, invited, link, number, welcome};
use crate::browser::{Place, form};

/// What somebody may be asked to do to another: address and form.
fn staff_acts(id: i64, seen: &str) -> Vec<(String, String)> {
    let role = |role: &str| format!("{}&{}", grant(role, None), form(&[("seen", seen)]));
    vec![
        (format!("/staff/{id}/role"), role("owner")),
        (format!("/staff/{id}/role"), role("read_only")),
        (format!("/staff/{id}/password"), String::new()),
        (format!("/staff/{id}/lockout"), String::new()),
        (format!("/staff/{id}/lockout/end"), String::new()),
        (format!("/staff/{id}/handover"), form(&[("notes", "1")])),
    ]
}

#[tokio::test]
async fn each_role_may_change_those_below_and_nobody_else() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let store = &place.store;
    let mut seats = Vec::new();
    for role in Role::ALL {
        for which in ["acts", "bears"] {
            let login = format!("{}.{which}", role.word());
            let path = invited(&mut owner, role.word(), None).await;
            let mut browser = place.browser();
            welcome(&mut browser, &path, &login).await;
            seats.push((role, which, browser, number(store, &login).await));
        }
    }
    let bearers: Vec<(Role, i64)> = seats
        .iter()
        .filter(|(_, which, ..)| *which == "bears")
        .map(|(role, _, _, id)| (*role, *id))
        .collect();
    for (role, _, browser, own) in seats.iter_mut().filter(|(_, which, ..)| *which == "acts") {
        for (of, id) in bearers.iter().copied().chain([(*role, *own)]) {
            let may = *role == Role::Lead && of < Role::Lead;
            if *role == Role::Owner && id != *own || may {
                continue;
            }
            let before = store.staff(OrgId(1)).await.unwrap();
            for (path, body) in staff_acts(id, of.word()) {
                let status = browser.post(&path, &body).await.status;
                assert!(status.is_client_error(), "{role:?} to {of:?}: {path}: {status}");
            }
            assert_eq!(store.staff(OrgId(1)).await.unwrap(), before, "{role:?} to {of:?}");
        }
        for wanted in Role::ALL {
            let may = *role == Role::Owner || *role == Role::Lead && wanted < Role::Lead;
            let made = browser.post("/staff/invitations", &grant(wanted.word(), None)).await;
            let status = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(made.status, status, "{role:?} invites {wanted:?}");
        }
        let leads = *role >= Role::Lead;
        for path in ["/staff", "/staff/new", "/audit", &format!("/staff/{}", bearers[4].1)] {
            let status = browser.get(path).await.status;
            let wanted = if leads { StatusCode::OK } else { StatusCode::FORBIDDEN };
            assert_eq!(status, wanted, "{role:?}: {path}");
        }
    }
}

#[tokio::test]
async fn a_lead_cannot_raise_anybody_to_the_own_role_or_above() {
    let place = Place::open().await;
    let mut lead = hired(&place, "ajie", "lead", &[]).await;
    // The lead of no groups sees those of no groups.
    hired(&place, "xiaolin", "staff", &[]).await;
    let id = number(&place.store, "xiaolin").await;
    for role in ["owner", "lead"] {
        let body = format!("{}&seen=staff", grant(role, Some(&[])));
        let refused = lead.post(&format!("/staff/{id}/role"), &body).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{role}");
    }
    let body = format!("{}&seen=staff", grant("operator", Some(&[])));
    let changed = lead.post(&format!("/staff/{id}/role"), &body).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER);
    let stale = lead.post(&format!("/staff/{id}/role"), &body).await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "the role was another when the page was made");
    for odd in ["god", "", "Owner"] {
        let made = lead.post("/staff/invitations", &grant(odd, Some(&[]))).await;
        assert_eq!(made.status, StatusCode::UNPROCESSABLE_ENTITY, "{odd}");
    }
}

#[tokio::test]
async fn the_last_owner_stays() {
    let place = Place::open().await;
    let mut first = place.operator().await;
    let path = invited(&mut first, "owner", None).await;
    let mut second = place.browser();
    welcome(&mut second, &path, "second").await;
    let ids = [number(&place.store, "owner").await, number(&place.store, "second").await];
    let [lower, lock] = [
        (format!("/staff/{}/role", ids[0]), grant("lead", None) + "&seen=owner"),
        (format!("/staff/{}/lockout", ids[0]), String::new()),
    ];
    let own = first.post(&lower.0, &lower.1).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(own.text.contains("不能改自己的角色"));
    assert_eq!(second.post(&lock.0, &lock.1).await.status, StatusCode::SEE_OTHER);
    let alone = second.post(&format!("/staff/{}/lockout", ids[1]), "").await;
    assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(place.store.has_owner(OrgId(1)).await.unwrap());
    assert_eq!(first.get("/me").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_is_locked_out_is_out_at_once_and_so_is_what_they_gave_out() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let path = invited(&mut owner, "lead", None).await;
    let mut lead = place.browser();
    welcome(&mut lead, &path, "ajie").await;
    let id = number(&place.store, "ajie").await;
    let given = invited(&mut lead, "staff", None).await;
    let password = link(&owner.post(&format!("/staff/{id}/password"), "").await);
    let locked = owner.post(&format!("/staff/{id}/lockout"), "").await;
    assert_eq!(locked.header("location"), format!("/staff/{id}/handover?done=locked"));
    assert_eq!(lead.get("/me").await.header("location"), "/login?next=/me");
    assert_eq!(lead.post("/staff/invitations", &grant("staff", None)).await.status, 303);
    let refused = place.browser().log_in(("ajie", super::PASSWORD)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for over in [&given, &password] {
        assert_eq!(place.browser().get(over).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(owner.post(&format!("/staff/{id}/lockout"), "").await.status, 303, "twice");
    assert_eq!(owner.post(&format!("/staff/{id}/lockout/end"), "").await.status, 303);
    assert_eq!(place.browser().log_in(("ajie", super::PASSWORD)).await.status, 303);
    let acts = acts(&place.store).await;
    assert_eq!(acts[..3], ["session.opened", "staff.unlocked", "staff.locked_out"]);
}

#[tokio::test]
async fn an_invitation_can_be_taken_back() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let path = invited(&mut owner, "staff", None).await;
    let page = owner.get("/staff").await.text;
    let rest = page.split("/staff/invitations/").nth(1).unwrap();
    let revocation = format!("/staff/invitations/{}", rest.split('"').next().unwrap());
    assert_eq!(owner.post(&revocation, "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(owner.post(&revocation, "").await.status, StatusCode::NOT_FOUND);
    assert_eq!(place.browser().get(&path).await.status, StatusCode::NOT_FOUND);
}
