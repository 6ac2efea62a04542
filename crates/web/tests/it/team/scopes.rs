//! Scopes (R04): what lies beyond is as if it did not exist; another organisation even more so.

use app::console::add_owner;
use app::live::NewGroup;
use axum::http::StatusCode;
use domain::{GroupId, OrgId};

use super::{PASSWORD, grant, hired, invited, number, welcome};
use crate::browser::{OWNER, Place, form};

async fn second_group(place: &Place) -> GroupId {
    let new = NewGroup { name: "读书会".into(), zone: "Asia/Shanghai".into() };
    place.live.open_group(OrgId(1), new).await.unwrap()
}

// catalogue: R04
#[tokio::test]
async fn a_lead_of_some_groups_sees_and_gives_only_those() {
    let place = Place::open().await;
    let other = second_group(&place).await;
    let mut lead = hired(&place, "ajie", "lead", &[place.group]).await;
    hired(&place, "near", "staff", &[place.group]).await;
    hired(&place, "far", "staff", &[other]).await;
    hired(&place, "both", "staff", &[place.group, other]).await;
    let page = lead.get("/staff").await.text;
    assert!(page.contains("near") && !page.contains("far") && !page.contains("both"));
    let new = lead.get("/staff/new").await.text;
    assert!(new.contains("早起打卡群") && !new.contains("读书会"));
    assert!(!new.contains("value=\"all\""));
    for beyond in [number(&place.store, "far").await, number(&place.store, "both").await, 999, -1] {
        for path in ["", "/handover"] {
            let path = format!("/staff/{beyond}{path}");
            assert_eq!(lead.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in ["role", "password", "lockout", "lockout/end", "handover"] {
            let body = grant("read_only", Some(&[])) + "&seen=staff";
            let path = format!("/staff/{beyond}/{path}");
            assert_eq!(lead.post(&path, &body).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
    let all = lead.post("/staff/invitations", &grant("staff", None)).await;
    assert_eq!(all.status, StatusCode::UNPROCESSABLE_ENTITY, "not more than the own scope");
    let beyond = lead.post("/staff/invitations", &grant("staff", Some(&[other]))).await;
    assert_eq!(beyond.status, StatusCode::NOT_FOUND);
    let own = lead.post("/staff/invitations", &grant("staff", Some(&[place.group]))).await;
    assert_eq!(own.status, StatusCode::OK);
}

// catalogue: R04
#[tokio::test]
async fn the_audit_log_shows_a_lead_the_own_acts_and_groups() {
    let place = Place::open().await;
    let mut lead = hired(&place, "ajie", "lead", &[place.group]).await;
    let mut owner = place.operator().await;
    invited(&mut owner, "staff", None).await;
    let [all, own] = [owner.get("/audit").await.text, lead.get("/audit").await.text];
    assert!(all.contains("邀请同事</td>") && all.contains("接受邀请加入</td>"));
    assert!(!own.contains("邀请同事</td>") && own.contains("接受邀请加入</td>"));
    let id = number(&place.store, "owner").await;
    let mine = lead.get(&format!("/audit?staff={id}")).await.text;
    assert!(mine.contains("没有这样的记录"));
    let filtered = owner.get("/audit?act=staff.invited&from=2026-11-22&to=2026-11-22").await.text;
    assert!(filtered.contains("邀请同事</td>") && !filtered.contains("接受邀请加入</td>"));
    let before = owner.get("/audit?to=2026-11-21").await.text;
    assert!(before.contains("没有这样的记录"));
    let odd = owner.get("/audit?staff=x&group=%27&from=never&before=1e9").await;
    assert_eq!(odd.status, StatusCode::OK);
    assert_eq!(lead.get("/audit?from=99999-99-99").await.status, StatusCode::OK);
}

#[tokio::test]
async fn another_organisation_on_the_same_database_is_another_world() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let other = place.store.add_organisation("跑团").await.unwrap();
    let said = ["runner", "跑团负责人", PASSWORD];
    let theirs = add_owner(&place.store, other, said, place.now()).await.unwrap();
    let mut runner = place.elsewhere(other);
    assert_eq!(runner.log_in(OWNER).await.status, 422, "our owner is nobody there");
    assert_eq!(runner.log_in(("runner", PASSWORD)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(place.browser().log_in(("runner", PASSWORD)).await.status, 422);

    let seat = runner.cookie("hq_seat").unwrap();
    let mut thief = place.browser();
    thief.plant("hq_seat", &seat);
    assert_eq!(thief.get("/staff").await.status, StatusCode::SEE_OTHER, "a seat counts at home");

    let path = invited(&mut owner, "owner", None).await;
    assert_eq!(place.elsewhere(other).get(&path).await.status, StatusCode::NOT_FOUND);
    let came = welcome(&mut place.elsewhere(other), &path, "spy").await;
    assert_eq!(came.status, StatusCode::NOT_FOUND);

    hired(&place, "xiaolin", "staff", &[place.group]).await;
    let id = number(&place.store, "xiaolin").await;
    assert_ne!(id, theirs.0);
    for path in [format!("/staff/{id}"), format!("/staff/{id}/handover")] {
        assert_eq!(runner.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for act in ["role", "password", "lockout", "lockout/end", "handover"] {
        let body = grant("owner", None) + "&seen=staff";
        let status = runner.post(&format!("/staff/{id}/{act}"), &body).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{act}");
    }
    for page in ["/staff", "/staff/new", "/audit", "/me"] {
        let text = runner.get(page).await.text;
        assert!(!text.contains("xiaolin") && !text.contains("早起打卡群"), "{page}");
    }
    let beyond = grant("staff", Some(&[place.group]));
    runner.post("/staff/invitations", &beyond).await;
    let log = runner.get("/audit?group=1").await.text;
    assert!(!log.contains("早起打卡群"));
    let revoked = runner.post("/staff/invitations/2/revocation", "").await;
    assert_eq!(revoked.status, StatusCode::NOT_FOUND);
    assert_eq!(place.browser().get(&path).await.status, StatusCode::OK, "still there");
    let handed = form(&[(&format!("g{}", place.group.0), "1")]);
    let status = runner.post(&format!("/staff/{id}/handover"), &handed).await.status;
    assert_eq!(status, StatusCode::NOT_FOUND);
}
