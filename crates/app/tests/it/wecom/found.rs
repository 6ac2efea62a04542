//! What is found in a company's groups.

use app::wecom::{OwnerlessWhy, findings};
use domain::{GroupId, IdentityId, Millis, OrgId};
use store::{WecomGroupRow, WecomId, WecomMember, WecomMemberRow, WecomStaffRow};

use crate::wecom::{Scene, owner};

const NOW: Millis = Millis(100 * Millis::DAY);
const ID: WecomId = WecomId { org: OrgId(1), account: 1 };

pub(super) fn group(n: i64, name: &str, owner: &str, members: u32) -> WecomGroupRow {
    WecomGroupRow {
        id: ID,
        chat: format!("wr{n}"),
        group: Some(GroupId(n)),
        status: 0,
        owner: owner.to_owned(),
        admins: "[]".to_owned(),
        name: name.to_owned(),
        notice: String::new(),
        made: None,
        version: String::new(),
        members: Some(members),
        outsiders: Some(members),
        nameless: Some(0),
        listed: NOW,
        tried: Some(NOW),
        read: Some(Millis(90 * Millis::DAY)),
        missing: None,
        failure: String::new(),
    }
}

fn member(chat: i64, who: u32, (joined, gone): (i64, Option<i64>), state: &str) -> WecomMemberRow {
    let day = |day: i64| Millis(day * Millis::DAY);
    WecomMemberRow {
        chat: format!("wr{chat}"),
        member: WecomMember {
            userid: format!("wm{who}"),
            who: IdentityId(who),
            class: 2,
            joined: day(joined),
            scene: 3,
            state: state.to_owned(),
            inviter: String::new(),
            name: if who.is_multiple_of(10) { String::new() } else { format!("客户{who}") },
            nickname: String::new(),
            union: String::new(),
        },
        gone: gone.map(day),
    }
}

fn staff(userid: &str, state: i64) -> WecomStaffRow {
    WecomStaffRow {
        userid: userid.to_owned(),
        name: userid.to_owned(),
        departments: "[]".to_owned(),
        state: Some(state),
        follows: true,
        read: NOW,
        missing: None,
    }
}

// catalogue: P01
#[test]
fn each_finding_counts_what_it_says() {
    let groups = [
        group(1, "护肤交流群 1", "zhangsan", 430),
        group(2, "护肤交流群 2", "ZhangSan", 500),
        group(3, "福利群", "lisi", 30),
        group(4, "老客群", "gone", 480),
    ];
    let mut members = Vec::new();
    // Group 1: 40 came in the last 14 days; 70 places are left: full in 24 days.
    members.extend((1..=40).map(|who| member(1, who, (95, None), "poster")));
    // Group 2 has the same people, long ago; 7 of them are in group 3, too.
    members.extend((1..=40).map(|who| member(2, who, (10, None), "")));
    members.extend((1..=7).map(|who| member(3, who, (10, None), "")));
    // A draw brought 20; 15 went again, on the first day or within the week.
    members.extend((101..=105).map(|who| member(3, who, (91, None), "draw")));
    members.extend((106..=115).map(|who| member(3, who, (92, Some(92)), "draw")));
    members.extend((116..=120).map(|who| member(3, who, (92, Some(97)), "draw")));
    let people = [staff("zhangsan", 1), staff("lisi", 5)];
    let found = findings((&groups, 500), &members, (&people, NOW));
    assert_eq!((found.groups, found.since), (4, Some(Millis(90 * Millis::DAY))));
    let full: Vec<_> = found.full.iter().map(|one| (one.group.0, one.days, one.came)).collect();
    assert_eq!(full, [(2, 0, 0), (1, 24, 40)], "a slow group (4) is not told");
    let codes: Vec<_> =
        found.codes.iter().map(|one| (one.state.as_str(), one.brought, one.kept)).collect();
    assert_eq!(codes, [("draw", 20, 5), ("poster", 40, 40)]);
    // 40 people and 5 of the draw, each once; 40 + 40 + 7 + 5 seats; seven are in three groups.
    let several = &found.several;
    assert_eq!((several.once, several.per_group, several.many), (45, 92, 7));
    assert_eq!(several.most[0], (IdentityId(1), 3));
    assert_eq!(found.leavers, [10, 5, 0, 0]);
    assert_eq!(found.nameless, 4, "10, 20, 30, 40, each once");
    let ownerless: Vec<_> = found.ownerless.iter().map(|one| (one.group.0, one.why)).collect();
    assert_eq!(ownerless, [(4, OwnerlessWhy::OutOfSight), (3, OwnerlessWhy::Left)]);
    let twins: Vec<_> =
        found.twins.iter().map(|one| (one.groups[0].0.0, one.groups[1].0.0, one.both)).collect();
    assert_eq!(twins, [(1, 2, 40)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_company_sees_something_true_at_once() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 6).await;
    let id = scene.connected().await;
    let found = scene.console.company_findings(&owner(), id.account).await.unwrap();
    let living = scene
        .practice
        .read(|books| books.groups.values().filter(|group| group.dismissed.is_none()).count());
    assert!(found.groups > 0 && found.groups as usize <= living);
    assert!(found.several.per_group > found.several.once, "{:?}", found.several);
    let left = scene.practice.read(|books| {
        let left = |owner: &String| books.staff.get(owner).is_some_and(|one| one.left.is_some());
        let living = books.groups.values().filter(|group| group.dismissed.is_none());
        living.filter(|group| left(&group.owner) || group.status == 1).count()
    });
    let told = found.ownerless.iter().filter(|one| one.why == OwnerlessWhy::Left).count();
    assert_eq!(told, left, "{:?}", found.ownerless);
    assert_eq!(found.leavers, [0; 4], "nobody was seen to leave yet");
    let again = scene.console.company_findings(&owner(), id.account).await.unwrap();
    assert!(std::sync::Arc::ptr_eq(&found, &again), "kept until something was read");
    scene.place.live.stop().await;
}
