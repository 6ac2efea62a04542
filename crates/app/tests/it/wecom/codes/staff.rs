//! Codes of staff, and codes by rules.

use std::collections::BTreeMap;

use app::links::{CodeForm, CodeState, Landing, Nowhere, RuleLine, StaffLine, TargetNow, Visitor};
use domain::Millis;
use engine::links::Device;

use crate::wecom::codes::{PHONE, over};
use crate::wecom::{Scene, owner};

/// Three people who can be added.
fn people(scene: &Scene) -> Vec<String> {
    scene.practice.read(|books| {
        let there = books.staff.iter().filter(|(_, one)| one.serves() && one.seen());
        there.take(3).map(|(id, _)| id.clone()).collect()
    })
}

fn of_staff(name: &str, people: &[String], weights: [u32; 3]) -> CodeForm {
    let line = |(userid, weight): (&String, u32)| StaffLine {
        userid: userid.clone(),
        weight: weight.to_string(),
        ..StaffLine::default()
    };
    CodeForm {
        kind: "staff".to_owned(),
        name: name.to_owned(),
        staff: people.iter().zip(weights).map(line).collect(),
        skips_verify: true,
        ..CodeForm::default()
    }
}

fn met(scene: &Scene, slug: &str, scans: usize) -> BTreeMap<String, u32> {
    let mut met = BTreeMap::new();
    for _ in 0..scans {
        *met.entry(scene.scan(slug)).or_default() += 1;
    }
    met
}

// catalogue: B01, B03
#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_scans_split_by_weight_skip_who_is_off_duty_and_add_with_the_place() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 21).await;
        let id = scene.connected().await;
        let staff = people(&scene);
        let mut form = of_staff("客服", &staff, [5, 3, 2]);
        let code = scene.console.open_code(&owner(), &form).await.unwrap();
        let (_, slug) = scene.hung(code, "收银台").await;
        let names: Vec<String> =
            scene.code(code).await.targets.into_iter().map(|one| one.name).collect();
        let split = met(&scene, &slug, 100);
        let counts: Vec<u32> = names.iter().map(|name| split[name]).collect();
        assert_eq!(counts, [50, 30, 20]);
        // Eight in the evening is off duty for the first; the second has room for ten more today.
        form.staff[0].from = "13:00".to_owned();
        form.staff[0].to = "18:00".to_owned();
        form.staff[1].daily_max = "40".to_owned();
        scene.console.change_code(&owner(), code, &form).await.unwrap();
        let split = met(&scene, &slug, 100);
        assert_eq!(split.get(&names[0]), None);
        assert_eq!((split[&names[1]], split[&names[2]]), (10, 90));
        let view = scene.code(code).await;
        assert_eq!(view.targets[0].now, TargetNow::OffDuty);
        assert_eq!(view.targets[1].now, TargetNow::Full);
        // Who is added is added at once, and known by the place.
        let who = scene.comes(&slug, "新客");
        scene.again(id).await;
        let rows = scene.store.wecom_contacts_by(id, &staff[2]).await.unwrap();
        let row = rows.iter().find(|row| row.contact.customer == who).unwrap();
        assert_eq!(row.contact.state, slug);
        scene.place.live.stop().await;
    }
}

// catalogue: B01
#[tokio::test(flavor = "multi_thread")]
async fn when_nobody_is_on_duty_the_spare_one_is_met_and_without_one_that_is_said() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 22).await;
    scene.connected().await;
    let staff = people(&scene);
    let mut form = of_staff("夜班", &staff[..1], [1, 0, 0]);
    form.staff[0].from = "06:00".to_owned();
    form.staff[0].to = "08:00".to_owned();
    let code = scene.console.open_code(&owner(), &form).await.unwrap();
    let (_, slug) = scene.hung(code, "门口").await;
    let landed = scene.console.scanned(&slug, PHONE).unwrap();
    assert_eq!(landed.landing, Landing::Nowhere(Nowhere::Later));
    assert_eq!(scene.code(code).await.line.state, CodeState::AtEnd);
    form.spare_staff = staff[1].clone();
    scene.console.change_code(&owner(), code, &form).await.unwrap();
    scene.console.work_links_now().await.unwrap();
    let view = scene.code(code).await;
    assert_eq!(view.line.state, CodeState::Working);
    assert_eq!(scene.scan(&slug), view.targets[1].name);
    assert!(view.targets[1].is_spare);
    // Somebody leaves the company: nobody is led to them any more.
    scene.practice.act(|books, now| books.resign(&staff[1], now)).unwrap();
    scene.again(crate::wecom::codes::only(&scene).await).await;
    scene.console.work_links_now().await.unwrap();
    assert_eq!(scene.code(code).await.targets[1].now, TargetNow::Gone);
    scene.place.live.stop().await;
}

// catalogue: B05
#[tokio::test(flavor = "multi_thread")]
async fn two_visitors_with_different_attributes_get_different_targets_by_one_code() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 23).await;
    let id = scene.connected().await;
    let chats = scene.new_groups(id, &["安卓群", "苹果群"], 500).await;
    let android = scene.console.open_code(&owner(), &over("安卓", &chats[..1], 500)).await.unwrap();
    let apple = scene.console.open_code(&owner(), &over("苹果", &chats[1..], 500)).await.unwrap();
    let shop = CodeForm {
        kind: "web".to_owned(),
        name: "商城".to_owned(),
        url: "https://shop.example.com/".to_owned(),
        ..CodeForm::default()
    };
    let shop = scene.console.open_code(&owner(), &shop).await.unwrap();
    let to = |to: i64| RuleLine { to_code: to.to_string(), ..RuleLine::default() };
    let form = CodeForm {
        kind: "rules".to_owned(),
        name: "一码通".to_owned(),
        rules: vec![
            RuleLine { visit: "again".to_owned(), ..to(shop) },
            RuleLine { device: "ios".to_owned(), ..to(apple) },
        ],
        otherwise: android.to_string(),
        ..CodeForm::default()
    };
    let code = scene.console.open_code(&owner(), &form).await.unwrap();
    let (placement, slug) = scene.hung(code, "包装盒").await;
    let land = |visitor: Visitor| {
        let landed = scene.console.scanned(&slug, visitor).unwrap();
        assert!(landed.marks, "a rule asks who was here before");
        match landed.landing {
            Landing::Picture(shown) => shown.name.clone(),
            Landing::Away(to) => to.to_string(),
            Landing::Nowhere(why) => format!("{why:?}"),
        }
    };
    assert_eq!(land(PHONE), "安卓群");
    assert_eq!(land(Visitor { device: Device::Ios, ..PHONE }), "苹果群");
    assert_eq!(land(Visitor { is_again: true, ..PHONE }), "https://shop.example.com/");
    // Whatever the rules, who comes is known by the place of the one code that was printed.
    scene.comes(&slug, "安卓客");
    scene.again(id).await;
    let stays = scene.store.link_stays(crate::live::ORG, (Millis(0), Millis(i64::MAX))).await;
    let by: Vec<i64> = stays.unwrap().iter().map(|stay| stay.placement).collect();
    assert_eq!(by, [placement]);
    scene.place.live.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn somebody_takes_anothers_place_behind_all_codes() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 24).await;
    let id = scene.connected().await;
    let staff = people(&scene);
    let form =
        CodeForm { spare_staff: staff[0].clone(), ..of_staff("客服", &staff[..2], [5, 3, 0]) };
    let code = scene.console.open_code(&owner(), &form).await.unwrap();
    let (_, slug) = scene.hung(code, "门口").await;
    let with = scene.console.codes_with(&owner(), id.account, &staff[0]).await.unwrap();
    assert_eq!(with, [(code, "客服".to_owned())]);
    let swap = (staff[0].as_str(), staff[2].as_str());
    let came = scene.console.swap_in_codes(&owner(), id.account, swap).await.unwrap();
    assert_eq!((came.done.len(), came.stuck.len()), (1, 0));
    scene.console.work_links_now().await.unwrap();
    let view = scene.code(code).await;
    let keys: Vec<&str> = view.targets.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, [&staff[2], &staff[1], &staff[2]]);
    assert_eq!(view.form.staff[0].weight, "5", "the share stays");
    let users = scene.practice.read(|books| {
        let ours = books.ways.values().filter(|way| way.form.state == slug);
        ours.flat_map(|way| way.form.user.clone()).collect::<Vec<_>>()
    });
    assert!(!users.contains(&staff[0]) && users.contains(&staff[2]), "{users:?}");
    assert_eq!(met(&scene, &slug, 8).len(), 2);
    scene.place.live.stop().await;
}
