//! What the platform refuses, and forms that are wrong.

use app::console::FieldError;
use app::links::{CodeForm, CodeState, GroupLine, PlacementForm, RuleLine, StaffLine, WayState};
use domain::{Actor, Millis, Role};
use practice::wecom::{Family, Fault};

use crate::wecom::codes::{over, placed};
use crate::wecom::{Scene, owner, wrong};

const ADD: &str = "externalcontact/groupchat/add_join_way";
const GET: &str = "externalcontact/groupchat/get_join_way";

#[tokio::test(flavor = "multi_thread")]
async fn what_the_platform_refuses_is_shown_and_gone_on_with_where_it_stood() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 31).await;
        let id = scene.connected().await;
        let chats = scene.new_groups(id, &["晨读1群", "晨读2群"], 500).await;
        let code = scene.console.open_code(&owner(), &over("晨读", &chats, 500)).await.unwrap();
        let state = async || {
            let view = scene.code(code).await;
            (view.placements[0].ways[0].state.clone(), view.line.state)
        };
        // The limit of the call is used up (45009): tried again when its window is over.
        scene.practice.faults(|all| all.plan(ADD, 1, Fault::Code(45_009)));
        let (_, slug) = scene.hung(code, "海报").await;
        let (way, line) = state().await;
        let WayState::Failing { word, again, has_picture, .. } = way else { panic!("{way:?}") };
        assert_eq!((word.as_str(), has_picture, line), ("limit", false, CodeState::Failing));
        assert!(again.unwrap() > scene.practice.now());
        // It is made, but its picture is not told: only that step is done again.
        scene.practice.faults(|all| all.plan(GET, 1, Fault::Code(48_002)));
        scene.pass(Millis::HOUR);
        scene.console.work_links_now().await.unwrap();
        let (way, _) = state().await;
        assert!(matches!(&way, WayState::Failing { word, .. } if word == "permission"), "{way:?}");
        assert_eq!(scene.made_for(&slug), 1);
        scene.console.retry_code(&owner(), code).await.unwrap();
        scene.console.work_links_now().await.unwrap();
        let (way, line) = state().await;
        assert!(matches!(way, WayState::Ready(_)), "{way:?}");
        assert_eq!(line, CodeState::Working);
        assert_eq!(scene.made_for(&slug), 1, "made once");
        // A group is dismissed: it is left out of what the platform is told.
        scene.practice.act(|books, now| books.dismiss(&chats[0], now)).unwrap();
        scene.again(id).await;
        scene.console.work_links_now().await.unwrap();
        let config = scene.config_of(code, &slug).await;
        assert_eq!(scene.told(&config).0, chats[1..]);
        // Somebody takes the code away on the platform: it is made anew.
        scene.practice.write(|books| books.join_ways.retain(|_, way| way.form.state != slug));
        let form = CodeForm { name: "晨读营".to_owned(), ..over("", &chats[1..], 400) };
        scene.console.change_code(&owner(), code, &form).await.unwrap();
        for _ in 0..2 {
            scene.console.work_links_now().await.unwrap();
        }
        assert_eq!(scene.made_for(&slug), 1);
        assert!(matches!(state().await.0, WayState::Ready(_)));
        // The permission goes: what is there goes on working.
        scene.practice.faults(|all| all.revoked.insert(Family::Groups));
        let form = CodeForm { name: "晨读班".to_owned(), ..form };
        scene.console.change_code(&owner(), code, &form).await.unwrap();
        scene.console.work_links_now().await.unwrap();
        let (way, _) = state().await;
        assert!(matches!(way, WayState::Failing { has_picture: true, .. }), "{way:?}");
        assert_eq!(scene.scan(&slug), "晨读2群");
        scene.place.live.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_form_is_told_by_its_fields_and_nothing_is_kept() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 32).await;
    scene.connected().await;
    let choices = scene.console.code_choices(&owner()).await.unwrap();
    let (chat, userid) = (choices.groups[0].chat.clone(), choices.staff[0].userid.clone());
    let right = over("早安", std::slice::from_ref(&chat), 500);
    for (form, fields) in wrong_forms(&right, &userid) {
        let denied = scene.console.open_code(&owner(), &form).await.unwrap_err();
        let said: Vec<(&str, &str)> =
            wrong(denied).iter().map(|FieldError { field, code }| (*field, *code)).collect();
        assert_eq!(said, fields, "{form:?}");
    }
    assert!(scene.console.codes(&owner()).await.unwrap().is_empty());
    let code = scene.console.open_code(&owner(), &right).await.unwrap();
    let again = scene.console.open_code(&owner(), &right).await.unwrap_err();
    assert_eq!(wrong(again), [FieldError { field: "name", code: "taken" }]);
    for (spends, said) in [
        ("2026-13-01 5", "not_a_day"),
        ("2026-11-01 五", "not_an_amount"),
        ("2026-11-01 5\n2026/11/01,6", "twice"),
    ] {
        let form = PlacementForm { spends: spends.to_owned(), ..placed("店") };
        let denied = scene.console.place_code(&owner(), code, &form).await.unwrap_err();
        assert_eq!(wrong(denied), [FieldError { field: "spends", code: said }], "{spends}");
    }
    let staff = Actor { role: Role::Staff, ..owner() };
    assert!(scene.console.place_code(&staff, code, &placed("店")).await.is_err());
    assert!(scene.console.place_code(&owner(), 99, &placed("店")).await.is_err());
    scene.place.live.stop().await;
}

/// What is told of [`wrong_seat`].
const SEAT: &[(&str, &str)] = &[
    ("weight", "out_of_range"),
    ("days", "not_days"),
    ("from", "not_a_time"),
    ("to", "not_a_time"),
    ("daily_max", "not_a_number"),
];

fn wrong_seat() -> StaffLine {
    StaffLine {
        weight: "0".into(),
        days: "8".into(),
        from: "25:00".into(),
        to: "18".into(),
        daily_max: "-1".into(),
        ..StaffLine::default()
    }
}

type Told = Vec<(&'static str, &'static str)>;

/// Forms that are wrong, each with what is told of it.
fn wrong_forms(right: &CodeForm, userid: &str) -> Vec<(CodeForm, Told)> {
    let chat = right.groups.first().unwrap().chat.as_str();
    let line = |chat: &str, limit: &str| GroupLine {
        chat: chat.to_owned(),
        limit: limit.to_owned(),
        is_spare: false,
    };
    let of = |form: CodeForm, kind: &str| CodeForm { kind: kind.to_owned(), ..form };
    let seat = |seat: StaffLine| {
        let staff = vec![StaffLine { userid: userid.to_owned(), ..seat }];
        CodeForm { staff, ..of(right.clone(), "staff") }
    };
    let rule = |rule: RuleLine| CodeForm { rules: vec![rule], ..of(right.clone(), "rules") };
    let groups = |groups: Vec<GroupLine>| CodeForm { groups, ..right.clone() };
    let all: [(CodeForm, &[(&str, &str)]); 14] = [
        (of(right.clone(), "x"), &[("kind", "unknown")]),
        (CodeForm { name: " ".into(), ..right.clone() }, &[("name", "missing")]),
        (CodeForm { name: "长".repeat(41), ..right.clone() }, &[("name", "too_long")]),
        (CodeForm { company: "9".into(), ..right.clone() }, &[("company", "unknown")]),
        (groups(vec![]), &[("groups", "missing")]),
        (groups(vec![line("wr0", "")]), &[("groups", "unknown")]),
        (
            groups(vec![line(chat, "1"), line(chat, "x")]),
            &[("limit", "out_of_range"), ("groups", "twice")],
        ),
        (CodeForm { series: "长".repeat(31), ..right.clone() }, &[("series", "too_long")]),
        (CodeForm { spare_staff: "nobody".into(), ..right.clone() }, &[("spare_staff", "unknown")]),
        (seat(wrong_seat()), SEAT),
        (of(right.clone(), "staff"), &[("staff", "missing")]),
        (of(right.clone(), "web"), &[("url", "missing")]),
        (
            CodeForm { url: "javascript:1".into(), ..of(right.clone(), "web") },
            &[("url", "not_an_address")],
        ),
        (
            rule(RuleLine { to_code: "77".into(), device: "tv".into(), ..RuleLine::default() }),
            &[("device", "unknown"), ("to_code", "unknown"), ("otherwise", "missing")],
        ),
    ];
    all.map(|(form, fields)| (form, fields.to_vec())).to_vec()
}
