//! Every address of groups, read and write, for everybody whom it is not for: nobody logged in,
//! roles below, groups out of scope, another organisation. A new address without a row fails.

use std::collections::BTreeSet;

use app::live::NewGroup;
use axum::http::StatusCode;
use domain::OrgId;
use web::Limits;

use crate::browser::{Browser, Page, Place, form};
use crate::team::hired;

/// The lowest role that an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum For {
    ReadOnly,
    Staff,
    Operator,
}

const ROUTES: [(&str, &str, For); 31] = [
    ("GET", "/groups", For::ReadOnly),
    ("POST", "/groups", For::Operator),
    ("GET", "/groups/export.csv", For::Operator),
    ("GET", "/groups/new", For::Operator),
    ("POST", "/groups/views", For::Staff),
    ("POST", "/groups/views/{view}/removal", For::Staff),
    ("POST", "/groups/changes", For::Operator),
    ("POST", "/groups/changes/preview", For::Operator),
    ("POST", "/groups/changes/{change}/undoing", For::Operator),
    ("GET", "/groups/{group}", For::ReadOnly),
    ("GET", "/groups/{group}/feed", For::ReadOnly),
    ("GET", "/groups/{group}/events", For::ReadOnly),
    ("GET", "/groups/{group}/members", For::ReadOnly),
    ("GET", "/groups/{group}/members.csv", For::Operator),
    ("GET", "/groups/{group}/flow", For::ReadOnly),
    ("GET", "/groups/{group}/activity", For::ReadOnly),
    ("GET", "/groups/{group}/questions", For::ReadOnly),
    ("GET", "/groups/{group}/settings", For::ReadOnly),
    ("POST", "/groups/{group}/card", For::Operator),
    ("POST", "/groups/{group}/title", For::Operator),
    ("POST", "/groups/{group}/announcement", For::Operator),
    ("POST", "/groups/{group}/rules", For::Operator),
    ("POST", "/groups/{group}/closure", For::Operator),
    ("POST", "/groups/{group}/reopening", For::Operator),
    ("POST", "/groups/{group}/links", For::Operator),
    ("POST", "/groups/{group}/entry", For::Operator),
    ("POST", "/groups/{group}/messages", For::Staff),
    ("POST", "/groups/{group}/recalls", For::Operator),
    ("POST", "/groups/{group}/pins", For::Operator),
    ("POST", "/groups/{group}/silences", For::Operator),
    ("POST", "/groups/{group}/removals", For::Operator),
];

/// The addresses that the program has.
fn served() -> BTreeSet<(&'static str, String)> {
    let source = include_str!("../../../src/console/groups/mod.rs");
    let mut served = BTreeSet::new();
    for route in source.split(".route(\"").skip(1) {
        let (path, handlers) = route.split_once('"').unwrap();
        for (method, word) in [("GET", "get("), ("POST", "post(")] {
            if handlers.contains(word) {
                served.insert((method, path.to_owned()));
            }
        }
    }
    served
}

/// Opens an address, with a form that fits every one of them.
async fn asked(place: &Place, who: &mut Browser, (method, path): (&str, &str), group: i64) -> Page {
    let path = path.replace("{group}", &group.to_string());
    let path = path.replace("{view}", "1").replace("{change}", "1");
    if method == "GET" {
        return who.get(&path).await;
    }
    let (key, group) = (place.mint(), group.to_string());
    let fields = [
        ("key", key.as_str()),
        ("text", "闯入"),
        ("name", "闯入"),
        ("via", "闯入"),
        ("zone", "Asia/Shanghai"),
        ("of", "1"),
        ("on", "1"),
        ("who", "1"),
        ("minutes", "10"),
        ("which", "picked"),
        ("group", group.as_str()),
        ("kind", "interest"),
        ("add", "闯入"),
        ("query", "owner=none"),
    ];
    who.post(&path, &form(&fields)).await
}

/// Rows of every table: what refused requests must leave as it is.
async fn sizes(place: &Place) -> Vec<String> {
    let sizes = place.store.table_sizes().await.unwrap();
    // Derived tables are folded when they are looked at.
    let derived = ["org_", "standings", "tier_"];
    let sizes = sizes.into_iter().map(|size| format!("{size:?}"));
    sizes.filter(|size| !derived.iter().any(|word| size.contains(word))).collect()
}

#[test]
fn every_address_of_groups_has_a_row() {
    let rows: BTreeSet<_> =
        ROUTES.iter().map(|(method, path, _)| (*method, (*path).to_owned())).collect();
    assert_eq!(rows, served());
}

// catalogue: R04
#[tokio::test]
async fn no_address_answers_whom_it_is_not_for_and_nothing_changes() {
    let place = Place::with(Limits::none()).await;
    let other = place.another_organisation().await;
    let new = NewGroup { name: "别处的群".into(), zone: "Asia/Shanghai".into() };
    let far = place.live.open_group(OrgId(1), new.clone()).await.unwrap();
    for _ in 0..3 {
        place.live.open_group(other, new.clone()).await.unwrap();
    }
    let foreign = place.live.groups(other).await.unwrap().pop().unwrap().group;
    let near = [place.group];
    let reader = hired(&place, "reader", "read_only", &near).await;
    let staff = hired(&place, "staff", "staff", &near).await;
    let operator = hired(&place, "operator", "operator", &near).await;
    let mut stranger = place.browser();
    let owner = place.operator().await;
    let before = sizes(&place).await;
    for (method, path, lowest) in ROUTES {
        let route = (method, path);
        let page = asked(&place, &mut stranger, route, near[0].0).await;
        assert_eq!(page.status, StatusCode::SEE_OTHER, "stranger {route:?}");
        assert!(page.header("location").starts_with("/login"), "stranger {route:?}");
        for (who, role, name) in [(&reader, For::ReadOnly, "reader"), (&staff, For::Staff, "staff")]
        {
            if role < lowest {
                let page = asked(&place, &mut who.clone(), route, near[0].0).await;
                assert_eq!(page.status, StatusCode::FORBIDDEN, "{name} {route:?}");
            }
        }
        if path.contains("{group}") {
            for (who, group, name) in [
                (&operator, far, "out of scope"),
                (&operator, foreign, "of another organisation"),
                (&owner, foreign, "of another organisation, for the owner"),
            ] {
                let page = asked(&place, &mut who.clone(), route, group.0).await;
                assert_eq!(page.status, StatusCode::NOT_FOUND, "{name} {route:?}");
            }
        }
        assert_eq!(sizes(&place).await, before, "{route:?} changed something");
    }
}

#[tokio::test]
async fn bulk_changes_and_exports_reach_no_group_out_of_scope() {
    let place = Place::open().await;
    let new = NewGroup { name: "别处的群".into(), zone: "Asia/Shanghai".into() };
    let far = place.live.open_group(OrgId(1), new).await.unwrap();
    let near = place.group;
    let mut operator = hired(&place, "operator", "operator", &[near]).await;
    let mut owner = place.operator().await;
    for path in ["/groups", "/groups/export.csv"] {
        let text = operator.get(path).await.text;
        assert!(text.contains("早起打卡群") && !text.contains("别处的群"), "{path}");
    }
    let (near, far) = (near.0.to_string(), far.0.to_string());
    let which = [
        vec![("which", "picked"), ("group", far.as_str()), ("group", near.as_str())],
        vec![("which", "all"), ("query", "")],
    ];
    for (which, tag) in which.iter().zip(["甲", "乙"]) {
        let mut fields = which.clone();
        fields.push(("add", tag));
        let preview = operator.post("/groups/changes/preview", &form(&fields)).await;
        assert_eq!(preview.status, StatusCode::OK);
        assert!(!preview.text.contains("别处的群"));
        let done = operator.post("/groups/changes", &form(&fields)).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
        assert!(!owner.get(&format!("/groups/{far}")).await.text.contains(tag));
        assert!(owner.get(&format!("/groups/{near}")).await.text.contains(tag));
    }
    // One that reaches beyond the scope is not there to be taken back.
    let fields = [("which", "picked"), ("group", far.as_str()), ("group", near.as_str())];
    let fields = [&fields[..], &[("add", "丙")]].concat();
    let done = owner.post("/groups/changes", &form(&fields)).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text);
    let undo = operator.post("/groups/changes/3/undoing", "").await;
    assert_eq!(undo.status, StatusCode::NOT_FOUND);
    assert!(owner.get(&format!("/groups/{near}")).await.text.contains("丙"));
}
