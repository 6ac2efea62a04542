//! `/settings/wecom/{account}/handover`: live codes and what they keep here go along.

use app::console::Console;
use app::links::{CodeForm, StaffLine};
use axum::http::StatusCode;
use domain::{Actor, Millis, OrgId, Role, Scope, StaffId};
use store::{Acting, WecomSeat};

use crate::browser::form;
use crate::team::{acts, hired, number};
use crate::wecom::Scene;

impl Scene {
    fn acting(&self, act: &'static str) -> Acting {
        Acting {
            org: OrgId(1),
            staff: StaffId(1),
            at: self.place.now(),
            act,
            group: None,
            person: None,
            about: "{}".to_owned(),
        }
    }

    /// An open code that leads to who has left since.
    async fn leading(&self, name: &str, (leaver, present): (&str, &str)) -> i64 {
        let console = Console::new(self.place.live.clone());
        let seat = StaffLine {
            userid: present.to_owned(),
            weight: "1".to_owned(),
            ..StaffLine::default()
        };
        let form = CodeForm {
            kind: "staff".to_owned(),
            name: name.to_owned(),
            staff: vec![seat],
            ..CodeForm::default()
        };
        let scope = Scope::All;
        let name = "owner".to_owned();
        let owner = Actor { org: OrgId(1), staff: StaffId(1), name, role: Role::Owner, scope };
        let code = console.open_code(&owner, &form).await.unwrap();
        let row = self.place.store.link_code(OrgId(1), code).await.unwrap().unwrap();
        let body = row.said.body.replace(present, leaver);
        let change = (row.said.name.as_str(), body.as_str());
        self.place.store.change_link_code(code, change, self.acting("code.changed")).await.unwrap();
        code
    }
}

// catalogue: U21
#[tokio::test]
async fn codes_of_a_leaver_go_with_the_plan_and_what_stayed_goes_by_one_click() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (leaver, [one, two]) = scene.people();
    let code = scene.leading("门口", (&leaver, &one.0)).await;
    let list = scene.owner.get(&format!("{address}/handover")).await;
    assert!(list.text.contains("、1 个活码"), "{}", list.text);
    let choose = format!("{address}/handover/new?who={leaver}&t1={}", one.0);
    let page = scene.owner.get(&choose).await;
    assert!(page.text.contains("还有 1 个活码指向 TA") && page.text.contains("先不改"));
    let wrong = scene.owner.get(&format!("{choose}&look=1&codes=nobody")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("codes-error"), "{}", wrong.text);
    let plan = scene.owner.get(&format!("{choose}&look=1")).await;
    let words = format!("1 个活码马上改为指向 {}", one.1);
    assert!(plan.text.contains(&words) && plan.text.contains("门口"), "{}", plan.text);
    let plan = scene.owner.get(&format!("{choose}&look=1&codes=-")).await;
    assert!(plan.text.contains("1 个活码先不改"), "{}", plan.text);
    let fields = form(&[("who", &leaver), ("t1", &one.0), ("codes", "-")]);
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    assert!(begun.header("location").ends_with("?done=begun"), "{}", begun.text);
    let job = begun.header("location").split('?').next().unwrap().to_owned();
    let page = scene.owner.get(&job).await;
    assert!(page.text.contains("还指向 TA 的活码"), "{}", page.text);
    assert!(page.text.contains(&format!("href=\"/codes/{code}\"")), "{}", page.text);
    assert!(page.text.contains("TA 已经离职，扫码的人没人接待"), "{}", page.text);
    let led = format!("{job}/codes");
    let wrong = scene.owner.post(&led, &form(&[("to", &leaver)])).await;
    assert_eq!(wrong.header("location"), format!("{job}?wrong=not_a_taker"));
    let sent = scene.owner.post(&led, &form(&[("to", &two.0)])).await;
    assert_eq!(sent.header("location"), format!("{job}?done=led&codes=1"));
    let page = scene.owner.get(sent.header("location")).await;
    assert!(page.text.contains("1 个活码已改为指向接手人"), "{}", page.text);
    assert!(!page.text.contains("id=\"codes\""), "none is left: {}", page.text);
    let row = scene.place.store.link_code(OrgId(1), code).await.unwrap().unwrap();
    assert!(row.said.body.contains(&two.0) && !row.said.body.contains(&leaver), "{row:?}");
    let again = scene.owner.post(&led, &form(&[("to", &two.0)])).await;
    assert_eq!(again.header("location"), format!("{job}?wrong=no_codes"));
    let page = scene.owner.get(again.header("location")).await;
    assert!(page.text.contains("没有活码还指向 TA 了"), "{}", page.text);
}

#[tokio::test]
async fn a_leaver_with_codes_alone_is_on_the_list_and_the_hand_over_ends_at_once() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (leaver, [one, _]) = scene.people();
    let fields = form(&[("who", &leaver), ("t1", &one.0)]);
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    for minutes in [0, 2, 24 * 60 + 2] {
        scene.later(minutes * Millis::MINUTE).await;
    }
    let list = scene.owner.get(&format!("{address}/handover")).await;
    assert!(list.text.contains("没有离职的同事还留着"), "{}", list.text);
    scene.leading("门口", (&leaver, &one.0)).await;
    let list = scene.owner.get(&format!("{address}/handover")).await;
    assert!(list.text.contains("名下还有 1 个活码没有人接"), "{}", list.text);
    let choose = format!("{address}/handover/new?who={leaver}&t1={}&look=1", one.0);
    let plan = scene.owner.get(&choose).await;
    for words in ["没有客户和群要转", "点了马上生效", "开始交接"] {
        assert!(plan.text.contains(words), "{words}: {}", plan.text);
    }
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    assert!(begun.header("location").ends_with("?done=begun&codes=1"), "{}", begun.text);
    scene.later(0).await;
    let page = scene.owner.get(begun.header("location")).await;
    assert!(page.text.contains("全部有了结果") && !page.text.contains("按天"), "{}", page.text);
    let list = scene.owner.get(&format!("{address}/handover")).await;
    assert!(list.text.contains("没有客户和群要转"), "{}", list.text);
}

// catalogue: U21, R01
#[tokio::test]
async fn what_a_leaver_keeps_here_is_told_goes_along_and_what_stays_stands_on_the_page() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (leaver, [one, two]) = scene.people();
    hired(&scene.place, "keeper", "operator", &[]).await;
    hired(&scene.place, "ajie", "operator", &[]).await;
    hired(&scene.place, "reader", "read_only", &[]).await;
    let [keeper, next, reader] = [
        number(&scene.place.store, "keeper").await,
        number(&scene.place.store, "ajie").await,
        number(&scene.place.store, "reader").await,
    ];
    let choose = format!("{address}/handover/new?who={leaver}&t1={}&w1=groups", one.0);
    let unknown = scene.owner.get(&format!("{choose}&look=1&here={next}")).await;
    assert!(unknown.text.contains("TA 还没有对应到活群里的同事"), "{}", unknown.text);
    let group = scene.place.group.0;
    scene.place.database_run(&format!(
        "INSERT INTO group_cards (org, grp, kind, owner, backup, about, changed_at) \
         VALUES (1, {group}, '', {keeper}, 0, '{{}}', 1); \
         INSERT INTO tasks VALUES (1, {group}, 'look', 'look', NULL, 1, 5, 0, 5); \
         INSERT INTO notes VALUES (1, 1, 1, NULL, {keeper}, 5, '备注', NULL, 0)"
    ));
    let (userid, quiet) = (leaver.clone(), (0, 0));
    let seat = WecomSeat { staff: StaffId(keeper), account: 1, userid, quiet };
    let put = scene.place.store.put_wecom_seat(scene.acting("staff.phone_set"), seat).await;
    assert!(put.unwrap());
    let page = scene.owner.get(&choose).await;
    let what = "TA 在活群里的 1 个群、1 条待办、1 条备注，交给";
    assert!(page.text.contains(what) && page.text.contains("早起打卡群"), "{}", page.text);
    assert!(!page.text.contains(">reader<"), "who only reads takes nothing over");
    let wrong = scene.owner.get(&format!("{choose}&look=1&here={reader}")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("这位同事在活群里接不了"), "{}", wrong.text);
    let plan = scene.owner.get(&format!("{choose}&look=1")).await;
    assert!(plan.text.contains("先留在 TA 名下"), "{}", plan.text);
    let plan = scene.owner.get(&format!("{choose}&look=1&here={next}")).await;
    assert!(plan.text.contains("1 条备注马上交给 ajie"), "{}", plan.text);
    // Nobody was chosen: it stands on the page, with the way to hand it over.
    let fields = form(&[("who", &leaver), ("t1", &one.0), ("w1", "groups")]);
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    let job = begun.header("location").split('?').next().unwrap().to_owned();
    let page = scene.owner.get(&job).await;
    assert!(page.text.contains("名下还有 1 个群、1 条待办、1 条备注"), "{}", page.text);
    assert!(page.text.contains(&format!("href=\"/staff/{keeper}/handover\"")), "{}", page.text);
    // First it is asked for, then looked up.
    scene.later(0).await;
    scene.later(2 * Millis::MINUTE).await;
    let fields = form(&[("who", &leaver), ("t1", &two.0), ("here", &next.to_string())]);
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    let said = "?done=begun&groups=1&tasks=1&notes=1";
    assert!(begun.header("location").ends_with(said), "{}", begun.text);
    let page = scene.owner.get(begun.header("location")).await;
    assert!(page.text.contains("活群里的 1 个群、1 条待办、1 条备注已交接"), "{}", page.text);
    assert!(page.text.contains("TA 在活群里名下没有要交接的了"), "{}", page.text);
    let has = scene.place.store.holdings(OrgId(1), StaffId(next)).await.unwrap();
    assert_eq!((has.groups.len(), has.notes), (1, 1));
    let acts = acts(&scene.place.store).await;
    for act in ["group.handed_over", "notes.handed_over", "wecom.handover_begun"] {
        assert!(acts.contains(&act.to_owned()), "{act}: {acts:?}");
    }
    let failed = scene.owner.get(&format!("{job}?done=begun&here_stuck=2&why=taker")).await;
    assert!(failed.text.contains("活群里有 2 项没交成：接手的同事接不了"), "{}", failed.text);
}
