//! `/settings/wecom/{account}/handover`: from who left to the list of what failed.

use axum::http::StatusCode;
use domain::{Millis, OrgId};
use store::WecomId;

use crate::browser::form;
use crate::team::{acts, hired};
use crate::wecom::Scene;

const COMPANY: WecomId = WecomId { org: OrgId(1), account: 1 };

impl Scene {
    /// Who left and holds something; and two who could take over, with their names.
    pub(super) fn people(&self) -> (String, [(String, String); 2]) {
        self.practice.read(|books| {
            let left = books.staff.iter().find(|(_, one)| one.left.is_some()).unwrap().0.clone();
            let fit = books.staff.iter().filter(|(_, one)| one.serves());
            let mut fit = fit.map(|(id, one)| (id.clone(), one.name.clone()));
            (left, [fit.next().unwrap(), fit.next().unwrap()])
        })
    }

    /// Both clocks, and what is to be done then.
    pub(super) async fn later(&self, ms: i64) {
        // The platform first: what is due by our clock is true there.
        self.practice.advance(ms);
        self.place.pass_ms(ms);
        let house = app::console::Console::new(self.place.live.clone());
        house.open_vault(app::wecom::Vault::new(&[7; 32]));
        // The program itself may be at it, too: until nothing is due.
        loop {
            house.hand_over_company_now(COMPANY).await.unwrap();
            let now = self.place.now();
            if self.place.store.handovers_due(COMPANY, now).await.unwrap().is_empty() {
                return;
            }
            tokio::task::yield_now().await;
        }
    }
}

// catalogue: U21
#[tokio::test]
async fn a_leaver_is_handed_over_from_the_list_to_the_end() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (leaver, [one, two]) = scene.people();
    let company = scene.owner.get(&address).await;
    assert!(company.text.contains(&format!("href=\"{address}/handover\"")), "{}", company.text);
    let list = scene.owner.get(&format!("{address}/handover")).await;
    assert!(list.text.contains("1 位同事离职了，名下还有"), "{}", list.text);
    assert!(list.text.contains(&format!("handover/new?who={leaver}")), "{}", list.text);
    let choose = format!("{address}/handover/new?who={leaver}");
    let page = scene.owner.get(&choose).await;
    assert!(page.text.contains("已离职") && page.text.contains("谁来接"), "{}", page.text);
    assert!(page.text.contains("分配离职成员的客户群"), "rules name their source");
    // Nothing is chosen, then somebody who cannot.
    let wrong = scene.owner.get(&format!("{choose}&look=1")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("至少选一位接手人"), "{}", wrong.text);
    let wrong = scene.owner.get(&format!("{choose}&look=1&t1={leaver}&a_day=x")).await;
    assert!(wrong.text.contains("TA 接不了") && wrong.text.contains("填 1 到 10000 的数字"));
    let plan = scene.owner.get(&format!("{choose}&look=1&t1={}&t2={}", one.0, two.0)).await;
    assert_eq!(plan.status, StatusCode::OK, "{}", plan.text);
    for words in ["可以交接，预计 2 天完成", &one.1, &two.1, "今天", "离职继承不能附言"]
    {
        assert!(plan.text.contains(words), "{words}: {}", plan.text);
    }
    assert!(!scene.practice.calls().iter().any(|call| call.path.contains("/transfer_customer")));
    let fields = form(&[("who", &leaver), ("t1", &one.0), ("t2", &two.0)]);
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.text);
    let job = begun.header("location").split('?').next().unwrap().to_owned();
    scene.later(0).await;
    let refuses = scene.practice.act(|books, now| {
        let who = books.transfers[0].customer.clone();
        books.answer_transfer(&who, false, now)
    });
    refuses.unwrap();
    let page = scene.owner.get(begun.header("location")).await;
    assert!(page.text.contains("已开始交接") && page.text.contains("等待接替"), "{}", page.text);
    assert!(page.text.contains("正在等客户：最早的"), "{}", page.text);
    // Once more at the same time is not begun.
    let again = scene.owner.post(&format!("{address}/handover"), &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.text.contains("已经有一次交接在进行"), "{}", again.text);
    scene.later(Millis::DAY + 2 * Millis::MINUTE).await;
    let page = scene.owner.get(&job).await;
    assert!(page.text.contains("全部有了结果"), "{}", page.text);
    assert!(page.text.contains("客户点了拒绝") && page.text.contains("尊重客户"), "{}", page.text);
    let part = scene.owner.get(&format!("{job}/part")).await;
    assert_eq!(part.header("hx-refresh"), "true");
    let file = scene.owner.get(&format!("{job}/export.csv")).await;
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.text.contains("客户点了拒绝") && file.text.contains("已交接"), "{}", file.text);
    let list = scene.owner.get(&format!("{address}/handover")).await;
    assert!(list.text.contains("完成，1 项没成"), "{}", list.text);
    let english = scene.owner.get(&format!("{job}?lang=en")).await;
    assert!(english.text.contains("The customer said no"), "{}", english.text);
    let acts = acts(&scene.place.store).await;
    assert!(acts.contains(&"wecom.handover_begun".to_owned()));
    assert!(acts.contains(&"list.exported".to_owned()));
    scene.keeps_secrets(&page);
}

#[tokio::test]
async fn the_rest_is_cancelled_and_what_failed_goes_to_another() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (leaver, [one, two]) = scene.people();
    let fields = form(&[("who", &leaver), ("t1", &one.0), ("w1", "contacts"), ("a_day", "2")]);
    let begun = scene.owner.post(&format!("{address}/handover"), &fields).await;
    let job = begun.header("location").split('?').next().unwrap().to_owned();
    scene.later(0).await;
    scene.practice.act(|books, now| books.resign(&one.0, now)).unwrap();
    scene.later(Millis::DAY + 2 * Millis::MINUTE).await;
    let page = scene.owner.get(&job).await;
    assert!(page.text.contains("或已经离职（60111）"), "{}", page.text);
    assert!(page.text.contains("改交给") && page.text.contains(&two.1), "{}", page.text);
    let nobody = form(&[("from", &one.0), ("to", "nobody")]);
    let wrong = scene.owner.post(&format!("{job}/retakes"), &nobody).await;
    assert_eq!(wrong.header("location"), format!("{job}?wrong=not_a_taker"));
    let retake = form(&[("from", &one.0), ("to", &two.0)]);
    let sent = scene.owner.post(&format!("{job}/retakes"), &retake).await;
    assert_eq!(sent.header("location"), format!("{job}?done=retaken"), "{}", sent.text);
    scene.later(0).await;
    let page = scene.owner.get(sent.header("location")).await;
    assert!(page.text.contains("已重新提交") && page.text.contains("取消剩下的"), "{}", page.text);
    let sent = scene.owner.post(&format!("{job}/cancellation"), "").await;
    assert_eq!(sent.header("location"), format!("{job}?done=cancelled"));
    let page = scene.owner.get(sent.header("location")).await;
    assert!(page.text.contains("没提交的都取消了") && page.text.contains("已取消"));
    assert!(!page.text.contains("取消剩下的"), "nothing is left to cancel");
    scene.later(Millis::DAY + 2 * Millis::MINUTE).await;
    assert!(scene.owner.get(&job).await.text.contains("全部有了结果"));
}

#[tokio::test]
async fn operators_do_not_come_in_and_what_is_not_there_is_not_found() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (leaver, [one, _]) = scene.people();
    let mut operator = hired(&scene.place, "operator.one", "operator", &[]).await;
    let fields = form(&[("who", &leaver), ("t1", &one.0)]);
    let refused = operator.post(&format!("{address}/handover"), &fields).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    for path in ["handover/99", "handover/99/part", "handover/99/export.csv", "handover/new?who=x"]
    {
        let page = scene.owner.get(&format!("{address}/{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    let page = scene.owner.get("/settings/wecom/99/handover").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
}
