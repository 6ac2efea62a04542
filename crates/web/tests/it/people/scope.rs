//! Who sees and does what: roles, scopes, organisations.

use std::collections::BTreeSet;

use app::console::{Console, Denied, PeopleAsk};
use app::live::NewGroup;
use axum::http::StatusCode;
use domain::{Actor, GroupId, IdentityId, May, OrgId, Role, Scope, StaffId};

use crate::browser::Place;
use crate::people::number;

fn actor(org: i64, role: Role, groups: Option<&[GroupId]>) -> Actor {
    let scope = groups.map_or(Scope::All, |groups| {
        Scope::Groups(groups.iter().copied().collect::<BTreeSet<_>>())
    });
    Actor { org: OrgId(org), staff: StaffId(9), name: "阿杰".to_owned(), role, scope }
}

fn missing<T: std::fmt::Debug>(answered: &Result<T, Denied>) {
    assert!(matches!(answered, Err(Denied::Missing)), "{answered:?}");
}

fn not_allowed<T: std::fmt::Debug>(answered: &Result<T, Denied>, may: May) {
    assert!(matches!(answered, Err(Denied::NotAllowed(needs)) if *needs == may), "{answered:?}");
}

/// Every use case about a person who is not there for this actor.
async fn all_missing(console: &Console, who: &Actor, id: IdentityId, own: IdentityId) {
    missing(&console.person(who, id).await);
    missing(&console.tag_person(who, id, (1, "")).await);
    missing(&console.untag_person(who, id, 1).await);
    missing(&console.tag_people(who, &[id], (1, "")).await);
    missing(&console.write_note(who, id, ("x", None)).await);
    missing(&console.remove_note(who, id, 1).await);
    missing(&console.add_attribute(who, id, ("a", "b"), (false, None)).await);
    missing(&console.remove_attribute(who, id, 1).await);
    missing(&console.choose_main_group(who, id, None).await);
    missing(&console.merge_people(who, (own, id), "x").await);
    missing(&console.merge_people(who, (id, own), "x").await);
    missing(&console.split_person(who, id, id).await);
    missing(&console.bar_person(who, id, ("x", &[])).await);
    missing(&console.lift_ban(who, id, "x").await);
    missing(&console.note_appeal(who, id, "x").await);
}

// catalogue: R04
#[tokio::test]
async fn what_lies_outside_the_scope_is_counted_and_otherwise_not_there() {
    let place = Place::open().await;
    let _both = place.two().await;
    let new = NewGroup { name: "夜读群".into(), zone: "Asia/Shanghai".into() };
    let second = place.live.open_group(OrgId(1), new).await.unwrap();
    let mut staff = place.operator().await;
    let [ann, lin] = [number(&mut staff, "Ann").await, number(&mut staff, "小林").await];
    let [ann, lin] = [ann, lin].map(IdentityId);
    let console = Console::new(place.live.clone());
    let elsewhere = actor(1, Role::Lead, Some(&[second]));
    all_missing(&console, &elsewhere, ann, lin).await;
    let list = console.people(&elsewhere, &PeopleAsk::default()).await.unwrap();
    assert!(list.faces.is_empty());
    let of_group = PeopleAsk { group: Some(place.group), ..PeopleAsk::default() };
    missing(&console.people(&elsewhere, &of_group).await);

    // Ann is in both groups by a second account: the one outside is counted, not named.
    let here = actor(1, Role::Lead, Some(&[place.group]));
    let view = console.person(&here, ann).await.unwrap();
    assert_eq!((view.hidden_groups, view.now_in.as_slice()), (0, &[place.group][..]));
    let code = place.live.links(OrgId(1), second).await.unwrap().remove(0).code;
    let mut other = place.browser();
    let landing = other.get(&format!("/g/{code}")).await;
    let fields = [("key", landing.field("key").unwrap()), ("name", "Ann夜读".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let path = format!("/g/{code}/members");
    assert_eq!(
        other.post(&path, &crate::browser::form(&fields)).await.status,
        StatusCode::SEE_OTHER
    );
    let third = IdentityId(number(&mut staff, "Ann夜读").await);
    let owner = actor(1, Role::Owner, None);
    console.merge_people(&owner, (ann, third), "同一个人").await.unwrap();
    let view = console.person(&here, ann).await.unwrap();
    assert_eq!((view.hidden_groups, view.hidden_accounts), (1, 1));
    assert!(view.record.stays.iter().all(|stay| stay.group == place.group));
    assert!(view.groups.keys().all(|group| *group == place.group));
    assert_eq!(console.person(&owner, third).await.unwrap().now_in.len(), 2);
}

#[tokio::test]
async fn another_organisation_has_none_of_these_people() {
    let place = Place::open().await;
    let _both = place.two().await;
    let mut staff = place.operator().await;
    let ann = number(&mut staff, "Ann").await;
    let other = place.store.add_organisation("别家").await.unwrap();
    let console = Console::new(place.live.clone());
    let stranger = actor(other.0, Role::Owner, None);
    all_missing(&console, &stranger, IdentityId(ann), IdentityId(ann)).await;
    assert!(console.people(&stranger, &PeopleAsk::default()).await.unwrap().faces.is_empty());
    assert!(console.tags(&stranger).await.unwrap().is_empty());
    assert!(console.blacklist(&stranger, true, None).await.unwrap().entries.is_empty());
}

// catalogue: R04
#[tokio::test]
async fn looking_tending_and_keeping_take_their_roles() {
    let place = Place::open().await;
    let _both = place.two().await;
    let mut staff = place.operator().await;
    let [ann, lin] = [number(&mut staff, "Ann").await, number(&mut staff, "小林").await];
    let [ann, lin] = [ann, lin].map(IdentityId);
    let console = Console::new(place.live.clone());
    let reader = actor(1, Role::ReadOnly, None);
    assert!(console.person(&reader, ann).await.is_ok());
    not_allowed(&console.write_note(&reader, ann, ("x", None)).await, May::Tend);
    not_allowed(&console.tag_person(&reader, ann, (1, "")).await, May::Tend);
    let tending = actor(1, Role::Staff, None);
    let note = console.write_note(&tending, ann, ("备注", None)).await.unwrap();
    let colleague = Actor { staff: StaffId(10), ..tending.clone() };
    not_allowed(&console.remove_note(&colleague, ann, note).await, May::Keep);
    assert!(console.remove_note(&tending, ann, note).await.is_ok());
    not_allowed(&console.merge_people(&tending, (ann, lin), "x").await, May::Keep);
    not_allowed(&console.bar_person(&tending, ann, ("x", &[])).await, May::Keep);
    not_allowed(&console.lift_ban(&tending, ann, "x").await, May::Keep);
    not_allowed(&console.people_export(&tending, &PeopleAsk::default()).await, May::Keep);
    not_allowed(&console.retire_tag(&tending, 1).await, May::Keep);
}

#[tokio::test]
async fn every_address_needs_a_session_and_a_person_who_is_there() {
    let place = Place::open().await;
    let mut nobody = place.browser();
    let mut staff = place.operator().await;
    for path in ["/people", "/people/1", "/people/1/card", "/people/tags", "/blacklist"] {
        let answer = nobody.get(path).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.header("location").starts_with("/login"), "{path}");
    }
    for path in ["/people/999", "/people/0", "/people/-1", "/people/99999999999/card"] {
        assert_eq!(staff.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let acts = ["tags", "tags/1/removal", "notes", "notes/1/removal", "attributes", "main-group"];
    let acts = acts.into_iter().chain(["bans", "bans/lifting", "splits", "merges", "bans/appeal"]);
    for act in acts {
        let path = format!("/people/999/{act}");
        let body = "tag=1&text=x&name=a&value=b&reason=x&why=x&account=999&with=998&appeal=x";
        assert_eq!(staff.post(&path, body).await.status, StatusCode::NOT_FOUND, "{path}");
        let answer = nobody.post(&path, body).await;
        assert_ne!(answer.status, StatusCode::OK, "{path}");
    }
}
