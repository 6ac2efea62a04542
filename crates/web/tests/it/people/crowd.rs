//! Who is in several groups.

use app::live::NewGroup;
use domain::OrgId;

use crate::browser::{Browser, Place};
use crate::people::{done, number};
use crate::team::hired;

// catalogue: D19
#[tokio::test(flavor = "multi_thread")]
async fn who_is_in_several_groups_is_found_once_also_with_two_accounts() {
    let place = Place::open().await;
    let new = NewGroup { name: "读书会".into(), zone: "Asia/Shanghai".into() };
    let other = place.live.open_group(OrgId(1), new).await.unwrap();
    let (mut ann, _lin) = place.two().await;
    place.come(&mut ann, other, "Ann").await;
    let mut ben = place.browser();
    place.come(&mut ben, other, "Ben").await;
    place.live.caught_up().await;
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

async fn several(staff: &mut Browser) -> Vec<String> {
    names(&staff.get("/people?show=two").await.text)
}

fn names(page: &str) -> Vec<String> {
    let names = page.split("data-main>").skip(1);
    names.map(|rest| rest.split('<').next().unwrap_or_default().to_owned()).collect()
}
