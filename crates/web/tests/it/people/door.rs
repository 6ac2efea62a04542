//! The blacklist: nobody is turned away or taken out without being told, and all can answer.

use axum::http::StatusCode;
use domain::{IdentityId, Millis, OrgId, StaffId};
use store::Acting;

use crate::browser::{Place, form};
use crate::people::{acts, done, number};
use crate::team::hired;

#[tokio::test]
async fn who_is_barred_cannot_come_in_with_a_second_account_is_told_and_can_answer() {
    let place = Place::open().await;
    let (mut ann, mut lin) = place.two().await;
    let mut staff = place.operator().await;
    let (one, two) = (number(&mut staff, "Ann").await, number(&mut staff, "小林").await);
    assert_eq!(place.act(&mut lin, "/departure", &[]).await.status, StatusCode::SEE_OTHER);
    let with = two.to_string();
    let merging = [("with", with.as_str()), ("why", "同一台手机")];
    done(&mut staff, &format!("/people/{one}/merges"), &merging).await;

    // Staff see what would happen; without a reason nothing does.
    let preview = staff.get(&format!("/people/{one}/barring")).await.text;
    assert!(preview.contains("早起打卡群") && preview.contains("会立刻移出"));
    let path = format!("/people/{one}/bans");
    let group = place.group.0.to_string();
    let empty = staff.post(&path, &form(&[("reason", ""), ("group", &group)])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(ann.get(&place.link()).await.text.contains("name=\"text\""), "still in");

    let barred = done(&mut staff, &path, &[("reason", "反复发广告"), ("group", &group)]).await;
    let page = staff.get(barred.header("location")).await.text;
    assert!(page.contains("「早起打卡群」已移出") && page.contains("反复发广告"));
    // Sent twice: once.
    done(&mut staff, &path, &[("reason", "反复发广告"), ("group", &group)]).await;
    assert!(!ann.get(&place.link()).await.text.contains("name=\"text\""), "taken out");

    // The other account of the same person.
    let refused = place.join(&mut lin, "小林二号").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(refused.text.contains("暂时不能加入") && refused.text.contains("/appeals"));
    let blank = lin.post(&place.at("/appeals"), &form(&[("appeal", " ")])).await;
    assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
    let said = lin.post(&place.at("/appeals"), &form(&[("appeal", "号被盗了，不是我发的")])).await;
    assert!(said.text.contains("已收到"));
    let list = staff.get("/blacklist").await.text;
    assert!(list.contains("号被盗了") && list.contains("反复发广告"));
    // Nobody else has something to answer.
    let mut other = place.member("阿杰").await;
    let nobody = other.post(&place.at("/appeals"), &form(&[("appeal", "x")])).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);

    let lifting = format!("{path}/lifting");
    let no_reason = staff.post(&lifting, &form(&[("why", "")])).await;
    assert_eq!(no_reason.status, StatusCode::UNPROCESSABLE_ENTITY);
    done(&mut staff, &lifting, &[("why", "核实是盗号")]).await;
    assert_eq!(place.join(&mut lin, "小林二号").await.status, StatusCode::SEE_OTHER);
    assert!(staff.get("/blacklist").await.text.contains("名单是空的"));
    let history = staff.get("/blacklist?show=all").await.text;
    assert!(history.contains("核实是盗号") && history.contains("号被盗了"));
    let told = acts(&place).await;
    for act in ["blacklist.added", "blacklist.lifted"] {
        assert_eq!(told.iter().filter(|one| *one == act).count(), 1, "{act}");
    }
}

#[tokio::test]
async fn a_long_blacklist_comes_in_pages() {
    let place = Place::open().await;
    let _ann = place.member("Ann").await;
    let mut staff = place.operator().await;
    let ann = IdentityId(number(&mut staff, "Ann").await);
    for n in 0..51_i64 {
        let by = |act| Acting {
            org: OrgId(1),
            staff: StaffId(1),
            at: Millis(place.now().0 + n),
            act,
            group: None,
            person: None,
            about: "{}".to_owned(),
        };
        let on = place.store.blacklist_person(ann, format!("第{n}次"), by("blacklist.added"));
        assert!(on.await.unwrap());
        assert!(place.store.lift_ban(ann, "误会".into(), by("blacklist.lifted")).await.unwrap());
    }
    let mut here = hired(&place, "here", "operator", &[place.group]).await;
    for who in [&mut staff, &mut here] {
        let first = who.get("/blacklist?show=all").await.text;
        assert_eq!(first.matches(">已移出<").count(), 50);
        assert!(first.contains("第50次") && !first.contains("第0次"));
        assert!(!first.contains("rel=\"prev\""));
        let next = first.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let second = who.get(&next.replace("&#38;", "&")).await.text;
        assert_eq!(second.matches(">已移出<").count(), 1);
        assert!(second.contains("第0次") && !second.contains("rel=\"next\""));
        assert!(second.contains("rel=\"prev\" href=\"/blacklist?show=all\""));
    }
    let odd = staff.get("/blacklist?show=all&after=x-1").await.text;
    assert!(odd.contains("第50次"), "an address that is none begins at the beginning");
}
