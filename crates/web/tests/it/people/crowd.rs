//! Who is in several groups.

use app::live::NewGroup;
use domain::{GroupId, OrgId};

use crate::browser::{Browser, Place, form};
use crate::people::{done, number};
use crate::team::hired;

// catalogue: D19
#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_several_groups_is_found_once_also_with_two_accounts() {
    let place = Place::open().await;
    let (other, _ann) = reading(&place).await;
    let mut staff = place.operator().await;
    assert_eq!(several(&mut staff).await, ["Ann"]);

    // 小林 here and Ben there turn out to be one.
    let (lin, ben) = (number(&mut staff, "小林").await, number(&mut staff, "Ben").await);
    let with = ben.to_string();
    let path = format!("/people/{lin}/merges");
    done(&mut staff, &path, &[("with", &with), ("why", "本人确认")]).await;
    assert_eq!(several(&mut staff).await, ["小林", "Ann"]);
    let found = staff.get("/people?show=two&q=xiaolin").await.text;
    assert_eq!(names(&found), ["小林"]);
    assert!(names(&staff.get("/people?show=three").await.text).is_empty());
    let file = staff.get("/people/export.csv?show=two").await.text;
    assert_eq!(file.lines().count(), 3, "{file}");

    // Who sees one of the groups is not told of the other.
    let mut elsewhere = hired(&place, "elsewhere", "operator", &[other]).await;
    assert!(several(&mut elsewhere).await.is_empty());
}

// catalogue: R04
#[tokio::test(flavor = "multi_thread")]
async fn a_list_tells_of_those_whom_the_scope_knows_and_of_nobody_else() {
    let place = Place::open().await;
    let (other, _ann) = reading(&place).await;
    let mut staff = place.operator().await;
    let mut here = hired(&place, "here", "operator", &[place.group]).await;
    let mut there = hired(&place, "there", "operator", &[other]).await;
    assert_eq!(listed(&mut here, "").await, ["小林", "Ann"]);
    assert_eq!(listed(&mut there, "").await, ["Ben", "Ann"]);
    assert_eq!(listed(&mut there, "?q=ann").await, ["Ann"]);
    assert!(listed(&mut there, "?q=xiaolin").await.is_empty());
    assert!(listed(&mut there, &format!("?group={}", place.group.0)).await.is_empty());

    // Who was put out was there.
    let (lin, ben) = (number(&mut staff, "小林").await, number(&mut staff, "Ben").await);
    let path = format!("/people/{lin}/bans");
    let group = place.group.0.to_string();
    done(&mut staff, &path, &[("reason", "发广告"), ("group", &group)]).await;
    place.live.caught_up().await;
    assert_eq!(listed(&mut here, "").await, ["小林", "Ann"]);
    assert!(listed(&mut here, &format!("?group={group}")).await.iter().eq(["Ann"]));

    // By whichever account a scope knows somebody, the person is there.
    let with = ben.to_string();
    let path = format!("/people/{lin}/merges");
    done(&mut staff, &path, &[("with", &with), ("why", "本人确认")]).await;
    assert_eq!(listed(&mut there, "").await, ["小林", "Ann"]);
    assert_eq!(listed(&mut there, "?q=ben").await, ["小林"]);
}

// catalogue: D19
#[tokio::test(flavor = "multi_thread")]
async fn the_main_group_is_where_somebody_spoke_most_until_staff_says_otherwise() {
    let place = Place::open().await;
    let (other, mut ann) = reading(&place).await;
    let mut staff = place.operator().await;
    let who = number(&mut staff, "Ann").await;
    let path = format!("/people/{who}");
    assert!(staff.get(&path).await.text.contains("近 90 天没有发言，按最早入群算"));
    place.say(&mut ann, "早。").await;
    let code = place.live.links(OrgId(1), other).await.unwrap().remove(0).code;
    for text in ["读到第三章了。", "明天见。"] {
        let body = form(&[("key", &place.mint()), ("text", text)]);
        ann.post(&format!("/g/{code}/messages"), &body).await;
    }
    place.live.caught_up().await;
    assert!(staff.get(&path).await.text.contains("近 90 天在这里发言最多（2 条）"));
    done(&mut staff, &format!("{path}/main-group"), &[("group", &place.group.0.to_string())]).await;
    let page = staff.get(&path).await.text;
    assert!(page.contains(" 指定") && !page.contains("近 90 天"));
}

/// A second group, with Ann, who is in the first too, and Ben, who is not.
async fn reading(place: &Place) -> (GroupId, Browser) {
    let new = NewGroup { name: "读书会".into(), zone: "Asia/Shanghai".into() };
    let other = place.live.open_group(OrgId(1), new).await.unwrap();
    let (mut ann, _lin) = place.two().await;
    place.come(&mut ann, other, "Ann").await;
    let mut ben = place.browser();
    place.come(&mut ben, other, "Ben").await;
    place.live.caught_up().await;
    (other, ann)
}

async fn several(staff: &mut Browser) -> Vec<String> {
    listed(staff, "?show=two").await
}

async fn listed(staff: &mut Browser, query: &str) -> Vec<String> {
    names(&staff.get(&format!("/people{query}")).await.text)
}

fn names(page: &str) -> Vec<String> {
    let names = page.split("data-main>").skip(1);
    names.map(|rest| rest.split('<').next().unwrap_or_default().to_owned()).collect()
}
