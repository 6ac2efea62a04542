//! Connecting, the first reading, and what later ones tell.

use app::console::{Denied, FieldError};
use app::live::Clock;
use app::wecom::{CompanyForm, Connected};
use domain::{Actor, FactKind, JoinManner, Millis, Role, Seq};
use practice::wecom::books::{Customer, Joining};

use crate::live::ORG;
use crate::wecom::{Scene, is_through, owner, wrong};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_id_or_secret_is_told_by_its_field_and_nothing_is_kept() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 1).await;
    let right = scene.form();
    let refused = |field, code| vec![FieldError { field, code }];
    for (form, told) in [
        (CompanyForm { secret: "no".repeat(20), ..right.clone() }, refused("secret", "refused")),
        (
            CompanyForm { corp: "ww0000000000000000".into(), ..right.clone() },
            refused("corp", "refused"),
        ),
        (CompanyForm { corp: "晨跑".into(), ..right.clone() }, refused("corp", "not_a_corp")),
        (
            CompanyForm { api: "http://example.com".into(), ..right.clone() },
            refused("api", "not_an_address"),
        ),
        (
            CompanyForm { api: "http://127.0.0.1:1".into(), ..right.clone() },
            refused("api", "unreached"),
        ),
        (CompanyForm { token: "abc".into(), ..right.clone() }, refused("aes_key", "missing")),
        (CompanyForm { agent: "一".into(), ..right.clone() }, refused("agent", "not_a_number")),
    ] {
        let denied = scene.console.connect_company(&owner(), &form).await.unwrap_err();
        assert_eq!(wrong(denied), told, "{form:?}");
    }
    assert!(scene.console.companies_of(&owner()).await.unwrap().is_empty());
    let lead = Actor { role: Role::Lead, ..owner() };
    let denied = scene.console.connect_company(&lead, &right).await.unwrap_err();
    assert!(matches!(denied, Denied::NotAllowed(_)), "{denied}");
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_reading_equals_the_books_and_the_secret_is_nowhere_in_the_clear() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 2).await;
        let id = scene.connected().await;
        let company = scene.console.company(&owner(), id.account).await.unwrap();
        assert!(is_through(&company.steps), "{:?}", company.steps);
        scene.equals_the_books(id).await;
        let row = scene.store.wecom_account(id).await.unwrap().unwrap();
        let secret = scene.practice.secret().as_bytes();
        assert!(!row.access.sealed.windows(secret.len()).any(|part| part == secret));
        let lines = scene.console.company_calls(&owner(), id.account, (None, false)).await.unwrap();
        assert!(lines.len() > 40, "{}", lines.len());
        assert!(!format!("{lines:?}{company:?}").contains(scene.practice.secret()));
        // Who is there on the first day counts as a member, never as a join.
        let group = scene.store.wecom_groups(id).await.unwrap().remove(0).group.unwrap();
        let facts = scene.store.lines(ORG, group, Seq(0), 1_000).await.unwrap();
        let joins = facts.iter().filter(|line| line.fact.kind == FactKind::Join);
        assert!(joins.clone().count() > 0);
        assert!(joins.clone().all(|line| line.fact.detail == JoinManner::Listed as u8));
        let again = scene.console.connect_company(&owner(), &scene.form()).await.unwrap();
        assert_eq!(again, Connected::Before);
        scene.place.live.stop().await;
    }
}

// catalogue: S01
#[tokio::test(flavor = "multi_thread")]
async fn a_later_reading_tells_who_came_who_went_and_who_came_again() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 3).await;
        let id = scene.connected().await;
        let row = scene.store.wecom_groups(id).await.unwrap();
        let row = row.iter().find(|row| (10..300).contains(&row.members.unwrap_or(0))).unwrap();
        let (chat, group) = (row.chat.clone(), row.group.unwrap());
        let before = scene.store.members(ORG, group).await.unwrap().len();
        let outsiders: Vec<String> = scene.practice.read(|books| {
            let own = |id: &String| books.staff.contains_key(id);
            let members = books.groups[&chat].members.iter().map(|one| one.id.clone());
            members.filter(|id| !own(id)).take(2).collect()
        });
        let [goes, comes_again] = <[String; 2]>::try_from(outsiders).unwrap();
        scene.pass(Millis::MINUTE);
        let new = scene.practice.write(|books| {
            books.add_customer(Customer { name: "新来的".to_owned(), ..Customer::default() })
        });
        scene.practice.act(|books, now| books.leave(&chat, &[&goes, &comes_again], now)).unwrap();
        scene.pass(Millis::MINUTE);
        let by = Joining::Scanned(Some("poster_a".to_owned()));
        scene
            .practice
            .act(|books, now| books.join(&chat, &[&comes_again, &new], &by, now))
            .unwrap();
        scene.practice.act(|books, now| books.rename(&chat, "晨跑 3 群", now)).unwrap();
        let came = scene.practice.now();
        let steps = scene.again(id).await;
        assert!(is_through(&steps), "{steps:?}");
        scene.equals_the_books(id).await;
        let members = scene.store.members(ORG, group).await.unwrap();
        assert_eq!(members.len(), before + 1, "one is new");
        let rows = scene.store.wecom_members_of(id, &chat).await.unwrap();
        let find = |userid: &str| rows.iter().find(|row| row.member.userid == userid).unwrap();
        let stay = |userid: &str| {
            let who = find(userid).member.who;
            members.iter().filter(move |one| one.identity == who).max_by_key(|one| one.n).unwrap()
        };
        assert_eq!(find(&goes).gone, Some(scene.place.clock.now()));
        assert_eq!((stay(&comes_again).n, stay(&comes_again).joined), (2, came));
        assert_eq!((stay(&new).n, stay(&new).via.as_str()), (1, "poster_a"));
        assert_eq!(scene.console.live().name(ORG, group).await.unwrap().unwrap(), "晨跑 3 群");
        // Reading once more changes nothing.
        let seq = scene.store.pages_mark(ORG, group).await.unwrap();
        assert!(is_through(&scene.again(id).await));
        let after = scene.store.pages_mark(ORG, group).await.unwrap();
        assert_eq!(seq, after);
        scene.place.live.stop().await;
    }
}
