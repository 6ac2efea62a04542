//! Two accounts are one person, and two again.

use axum::http::StatusCode;

use crate::browser::{Place, form};
use crate::people::{acts, done, number};

#[tokio::test]
async fn merged_people_are_seen_as_one_split_again_and_nothing_is_rewritten() {
    let place = Place::open().await;
    let (_ann, _lin) = place.two().await;
    let mut staff = place.operator().await;
    let (ann, lin) = (number(&mut staff, "Ann").await, number(&mut staff, "小林").await);
    done(&mut staff, &format!("/people/{lin}/notes"), &[("text", "小林的备注")]).await;
    let found = staff.get(&format!("/people/{ann}/merging?q=xl")).await.text;
    assert!(found.contains(&format!("/people/{ann}/merging?with={lin}")));
    let both = staff.get(&format!("/people/{ann}/merging?with={lin}")).await.text;
    assert!(both.contains(">Ann</a>") && both.contains(">小林</a>"));
    let path = format!("/people/{ann}/merges");
    let with = lin.to_string();
    let no_reason = staff.post(&path, &form(&[("with", &with)])).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    let merged = done(&mut staff, &path, &[("with", &with), ("why", "本人确认")]).await;
    let page = staff.get(merged.header("location")).await.text;
    assert!(page.contains("小林的备注") && page.contains("撤销合并") && page.contains("本人确认"));
    // Sent again it is done already.
    done(&mut staff, &path, &[("with", &with), ("why", "本人确认")]).await;
    // The address of the other one leads here, and the list has one person.
    let other = staff.get(&format!("/people/{lin}")).await;
    assert_eq!(other.header("location"), format!("/people/{ann}"));
    let list = staff.get("/people").await.text;
    assert!(list.contains("2 个账号") && !list.contains("data-main>小林</a>"));
    assert_eq!(place.store.merges(domain::OrgId(1)).await.unwrap().len(), 1);

    done(&mut staff, &format!("/people/{ann}/merges/undoing?moved={lin}"), &[]).await;
    assert!(!staff.get(&format!("/people/{ann}")).await.text.contains("小林的备注"));
    assert!(staff.get(&format!("/people/{lin}")).await.text.contains("小林的备注"));
    let stale = staff.post(&format!("/people/{ann}/merges/undoing?moved={lin}"), "").await;
    assert_eq!(stale.status, StatusCode::CONFLICT);

    done(&mut staff, &path, &[("with", &with), ("why", "又确认")]).await;
    done(&mut staff, &format!("/people/{ann}/splits"), &[("account", &with)]).await;
    assert!(place.store.merges(domain::OrgId(1)).await.unwrap().is_empty());
    let told: Vec<String> = acts(&place).await;
    for (act, times) in [("people.merged", 2), ("people.unmerged", 1), ("people.split", 1)] {
        assert_eq!(told.iter().filter(|one| *one == act).count(), times, "{act}");
    }
}
