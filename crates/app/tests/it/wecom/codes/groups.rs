//! Codes over groups: one after the other, without end.

use app::links::{CodeForm, CodeState, GroupLine, Landing, Nowhere, TargetNow};
use domain::Millis;

use crate::live::{ORG, until};
use crate::wecom::codes::{PHONE, over};
use crate::wecom::{Scene, owner};

// catalogue: A10, B02, B04, S26
#[tokio::test(flavor = "multi_thread")]
async fn the_seventy_eighth_lands_in_the_next_group_and_seven_groups_are_one_code() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 11).await;
        let id = scene.connected().await;
        let names = ["公测1群", "公测2群", "公测3群", "公测4群", "公测5群", "公测6群", "公测7群"];
        let chats = scene.new_groups(id, &names, 500).await;
        let code = scene.console.open_code(&owner(), &over("公测", &chats, 77)).await.unwrap();
        let (_, slug) = scene.hung(code, "店门口海报").await;
        let (_, other) = scene.hung(code, "驿站").await;
        let config = scene.config_of(code, &slug).await;
        assert_eq!(scene.told(&config), (chats[..5].to_vec(), slug.clone()), "five, in order");
        assert_ne!(config, scene.config_of(code, &other).await, "each place its own");
        assert_eq!(scene.scan(&slug), "公测1群");
        // The owner is in: 76 more are the 77.
        for n in 0..76 {
            scene.comes(&slug, &format!("客 {n}"));
        }
        scene.settled().await;
        assert_eq!(scene.scan(&slug), "公测2群", "the 78th");
        assert_eq!(scene.scan(&other), "公测2群", "everywhere");
        assert_eq!(scene.told(&config), (chats[1..6].to_vec(), slug.clone()), "the next five");
        let who = scene.comes(&slug, "第 78 个");
        let inside = |chat: &String| scene.practice.read(|books| books.groups[chat].has(&who));
        assert!(inside(&chats[1]) && !inside(&chats[0]));
        let view = scene.code(code).await;
        assert_eq!(view.targets[0].now, TargetNow::Full);
        assert_eq!(view.targets[1].now, TargetNow::Next);
        assert_eq!((view.targets[0].has, view.targets[0].most), (Some(77), Some(77)));
        assert_eq!(scene.config_of(code, &slug).await, config, "what is printed stays");
        scene.place.live.stop().await;
    }
}

// catalogue: B04
#[tokio::test(flavor = "multi_thread")]
async fn a_code_never_dies_it_says_so_and_switches_at_once() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 12).await;
    let id = scene.connected().await;
    let chats = scene.new_groups(id, &["早读1群", "早读2群", "早读备用"], 500).await;
    let mut form = over("早读", &chats, 3);
    form.groups[2].is_spare = true;
    let code = scene.console.open_code(&owner(), &form).await.unwrap();
    let (_, slug) = scene.hung(code, "课程表").await;
    assert_eq!(scene.code(code).await.line.state, CodeState::NearEnd(6));
    for (n, next) in [(2, "早读2群"), (2, "早读备用"), (1, "早读备用")] {
        for n in 0..n {
            scene.comes(&slug, &format!("客 {n}"));
        }
        scene.settled().await;
        assert_eq!(scene.scan(&slug), next);
    }
    scene.comes(&slug, "最后一个");
    scene.settled().await;
    let landed = scene.console.scanned(&slug, PHONE).unwrap();
    assert_eq!(landed.landing, Landing::Nowhere(Nowhere::Later));
    assert_eq!(scene.code(code).await.line.state, CodeState::AtEnd);
    // Another group is put in: the very next scan goes there.
    let more = scene.new_groups(id, &["早读3群"], 500).await;
    form.groups.push(GroupLine { chat: more[0].clone(), ..GroupLine::default() });
    scene.console.change_code(&owner(), code, &form).await.unwrap();
    assert_eq!(scene.scan(&slug), "早读3群");
    scene.console.close_code(&owner(), code).await.unwrap();
    let landed = scene.console.scanned(&slug, PHONE).unwrap();
    assert_eq!(landed.landing, Landing::Nowhere(Nowhere::Closed));
    scene.settled().await;
    assert_eq!(scene.made_for(&slug), 0, "taken away there too");
    scene.console.reopen_code(&owner(), code).await.unwrap();
    scene.console.work_links_now().await.unwrap();
    assert_eq!(scene.scan(&slug), "早读3群", "the same address");
    assert_eq!(scene.console.scanned("nowhere1", PHONE), None);
    scene.place.live.stop().await;
}

// catalogue: A10, B06
#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_people_at_two_hundred_a_group_make_five_groups() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 13).await;
    let id = scene.connected().await;
    // 200 customers beside the owner.
    let chats = scene.new_groups(id, &["福利1群"], 201).await;
    let form = CodeForm { series: "福利".to_owned(), ..over("福利", &chats, 201) };
    let code = scene.console.open_code(&owner(), &form).await.unwrap();
    let (_, slug) = scene.hung(code, "公众号菜单").await;
    for n in 0..1_000 {
        scene.comes(&slug, &format!("客 {n}"));
        if n % 100 == 99 {
            scene.pass(Millis::MINUTE);
            scene.again(id).await;
            scene.console.work_links_now().await.unwrap();
        }
    }
    let view = scene.code(code).await;
    let names: Vec<&str> = view.targets.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(
        names,
        ["福利1群", "福利2", "福利3", "福利4", "福利5"],
        "as the platform names them"
    );
    assert!(view.targets.iter().all(|one| one.has == Some(201) && one.most == Some(201)));
    // What the interface cannot set waits for staff, group by group.
    assert_eq!(view.checks.len(), 4);
    let first = &view.checks[0];
    assert_eq!(first.rename_to.as_deref(), Some("福利2群"));
    let words: Vec<&str> = first.steps.iter().map(|(word, _)| *word).collect();
    assert_eq!(words, ["rename", "admins", "notice", "anti_spam", "welcome"]);
    assert!(first.steps.iter().all(|(_, done)| !done));
    let chat = view.targets[1].key.clone();
    scene.practice.act(|books, now| books.rename(&chat, "福利2群", now)).unwrap();
    scene.practice.act(|books, now| books.announce(&chat, "文明发言", now)).unwrap();
    scene.again(id).await;
    for step in ["admins", "anti_spam"] {
        scene.console.tick_code_check(&owner(), first.group, step).await.unwrap();
    }
    let view = scene.code(code).await;
    let done: Vec<bool> = view.checks[0].steps.iter().map(|(_, done)| *done).collect();
    assert_eq!(done, [true, true, true, true, false], "seen, ticked, and not yet");
    // Who came into groups that the platform made are joins, by their placement.
    let (from, to) = (Millis(0), Millis(i64::MAX));
    let stays = scene.store.link_stays(ORG, (from, to)).await.unwrap();
    assert_eq!(stays.len(), 1_000);
    scene.place.live.stop().await;
}

// catalogue: O04
#[tokio::test(flavor = "multi_thread")]
async fn a_code_passes_over_a_group_that_declines() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 14).await;
    let id = scene.connected().await;
    let chats = scene.new_groups(id, &["旧群", "新群"], 500).await;
    let code = scene.console.open_code(&owner(), &over("读书", &chats, 500)).await.unwrap();
    let (_, slug) = scene.hung(code, "海报").await;
    let mut people = Vec::new();
    for n in 0..9 {
        people.push(scene.comes(&slug, &format!("客 {n}")));
    }
    scene.settled().await;
    scene.console.judge_links_now(ORG).await.unwrap();
    scene.console.work_links_now().await.unwrap();
    assert_eq!(scene.scan(&slug), "旧群");
    scene.pass(8 * Millis::DAY);
    let gone: Vec<&str> = people.iter().map(String::as_str).take(5).collect();
    scene.practice.act(|books, now| books.leave(&chats[0], &gone, now)).unwrap();
    scene.again(id).await;
    // Days are folded a moment after what happened in them.
    until(|| async {
        scene.console.judge_links_now(ORG).await.unwrap();
        scene.console.work_links_now().await.unwrap();
        (scene.code(code).await.targets[0].now == TargetNow::Declining).then_some(())
    })
    .await;
    assert_eq!(scene.scan(&slug), "新群");
    scene.place.live.stop().await;
}
