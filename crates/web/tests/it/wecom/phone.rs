//! `/m`: telling of a group by one tap, and the page behind a card.

use app::wecom::Vault;
use axum::http::StatusCode;
use domain::{Millis, OrgId};
use web::Limits;

use crate::browser::{Browser, Place, form};
use crate::team::{hired, number};
use crate::wecom::Scene;

/// The forms of a page that tell of something: group, mint.
fn forms(page: &str) -> Vec<(String, String)> {
    let value = |form: &str, name: &str| {
        let rest = form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let forms = page.split("action=\"/m/reports\"").skip(1);
    forms.map(|form| (value(form, "group"), value(form, "mint"))).collect()
}

async fn tap(browser: &mut Browser, (group, mint): &(String, String), what: &str) -> String {
    let sent = form(&[("group", group), ("mint", mint), ("what", what)]);
    let page = browser.post("/m/reports", &sent).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    page.header("location").to_owned()
}

#[tokio::test]
async fn a_tap_is_told_once_and_taken_back_on_the_page() {
    let place = Place::with(Limits::none()).await;
    let mut keeper = hired(&place, "keeper", "staff", &[place.group]).await;
    let page = keeper.get("/m").await;
    let forms = forms(&page.text);
    assert_eq!(forms.len(), 1, "{}", page.text);
    for word in ["有人没被回复", "有人发广告", "有人投诉"] {
        assert!(page.text.contains(word));
    }
    let to = tap(&mut keeper, &forms[0], "complaint").await;
    assert_eq!(tap(&mut keeper, &forms[0], "complaint").await, to, "a double tap");
    let today = keeper.get("/today").await.text;
    assert_eq!(today.matches("row-reports-").count(), 1, "{today}");
    assert!(today.contains("有人投诉") && today.contains("在手机上报的"));
    let said = keeper.get(&to).await.text;
    assert!(said.contains("已上报") && said.contains("已报"), "{said}");
    let report = to.rsplit('=').next().unwrap();
    let undone = keeper.post(&format!("/m/reports/{report}/undoing"), "").await;
    assert!(undone.header("location").ends_with("done=undone"));
    assert!(!keeper.get("/today").await.text.contains("row-reports-"));
    let again = keeper.post(&format!("/m/reports/{report}/undoing"), "").await;
    assert!(again.header("location").ends_with("done=late"));
    // A key of another day is no tap of now.
    let (group, _) = &forms[0];
    let old = form(&[("group", group), ("mint", "5"), ("what", "adverts")]);
    assert_eq!(keeper.post("/m/reports", &old).await.status, StatusCode::CONFLICT);
}

/// A company with an app and a public address, and a card for somebody of staff; its path.
async fn carded() -> (Scene, Browser, String) {
    let change = |settings: &mut web::WebSettings| {
        settings.limits = Limits::none();
        settings.vault = Some(Vault::new(&[7; 32]));
        settings.address = Some("https://hq.example/".to_owned());
    };
    let mut scene = Scene::on(Place::set(change).await).await;
    let keeper = hired(&scene.place, "keeper", "staff", &[scene.place.group]).await;
    let id = number(&scene.place.store, "keeper").await;
    let (corp, api) = (scene.practice.corp().to_owned(), scene.practice.url());
    let (secret, agent) = (scene.practice.secret().to_owned(), scene.practice.agent().to_string());
    let fields = [("corp", corp.as_str()), ("secret", &secret), ("api", &api), ("agent", &agent)];
    let sent = scene.owner.post("/settings/wecom", &form(&fields)).await;
    let address = sent.header("location").split('?').next().unwrap().to_owned();
    scene.rested(&address).await;
    let userid = scene.practice.read(|books| {
        let here = books.staff.iter().find(|(_, one)| one.left.is_none() && one.visible);
        here.unwrap().0.clone()
    });
    let page = scene.owner.get(&format!("/staff/{id}")).await;
    assert!(page.text.contains("待办发到手机"), "{}", page.text);
    let account = address.rsplit('/').next().unwrap();
    let who = format!("{account}:{userid}");
    let wrong = form(&[("who", &who), ("quiet_from", "25:00"), ("quiet_to", "08:00")]);
    let refused = scene.owner.post(&format!("/staff/{id}/phone"), &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = form(&[("who", &who), ("quiet_from", "00:00"), ("quiet_to", "00:00")]);
    let saved = scene.owner.post(&format!("/staff/{id}/phone"), &right).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text);
    let group = scene.place.group.0.to_string();
    let (owner, id) = (id.to_string(), scene.place.mint());
    let owns = form(&[("which", "picked"), ("group", &group), ("owner", &owner)]);
    let owns = scene.owner.post("/groups/changes", &owns).await;
    assert_eq!(owns.status, StatusCode::SEE_OTHER, "{}", owns.text);
    tap(&mut scene.owner, &(group, id), "adverts").await;
    // Another server on the same database looks at once whether something is to go out.
    let _server = scene.place.elsewhere(OrgId(1));
    let url = loop {
        let url = scene.practice.read(|books| {
            let message = books.inbox(&userid).next()?;
            Some(message.content.pointer("/card_action/url").unwrap().as_str().unwrap().to_owned())
        });
        match url {
            Some(url) => break url,
            None => tokio::task::yield_now().await,
        }
    };
    let path = url.strip_prefix("https://hq.example").unwrap().to_owned();
    (scene, keeper, path)
}

// catalogue: U28
#[tokio::test(flavor = "multi_thread")]
async fn the_page_behind_a_card_completes_it_and_nothing_else() {
    let (scene, mut keeper, path) = carded().await;
    let mut phone = scene.place.browser();
    let page = phone.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("有人发广告") && page.text.contains("早起打卡群"), "{}", page.text);
    phone.get(&path).await;
    let today = keeper.get("/today").await.text;
    assert!(today.contains("row-reports-"), "looking completes nothing");
    let key = page.field("row_key").unwrap();
    let closures = format!("{path}/closures");
    let other = form(&[("row_source", "reports"), ("row_key", "1:99")]);
    assert_eq!(phone.post(&closures, &other).await.status, StatusCode::NOT_FOUND, "another's");
    let own = form(&[("row_source", "reports"), ("row_key", &key)]);
    let done = phone.post(&closures, &own).await;
    assert_eq!(done.header("location"), format!("{path}?done=done"));
    assert!(!keeper.get("/today").await.text.contains("row-reports-"), "done in the list");
    let used = phone.post(&closures, &own).await;
    assert_eq!(used.header("location"), format!("{path}?done=gone"));
    let page = phone.get(&path).await;
    assert!(page.text.contains("已由 keeper 处理"), "{}", page.text);
    // The card opens nothing but itself.
    assert_eq!(phone.get("/today").await.status, StatusCode::SEE_OTHER);
    let mut owner = scene.owner.clone();
    let log = owner.get("/audit").await.text;
    assert!(log.contains("用手机卡片办结") && log.contains("办结一件事"), "{log}");
}

// catalogue: U28
#[tokio::test(flavor = "multi_thread")]
async fn a_link_that_is_forged_foreign_or_over_leads_nowhere() {
    let (scene, _, path) = carded().await;
    let mut phone = scene.place.browser();
    let (words, mark) = path.rsplit_once('.').unwrap();
    let forged = [
        format!("{words}."),
        format!("{words}.{}x", &mark[1..]),
        path.replacen("/m/1-", "/m/2-", 1),
        "/m/1".to_owned(),
    ];
    for path in forged {
        assert_eq!(phone.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        let closing = format!("{path}/closures");
        let own = form(&[("row_source", "reports"), ("row_key", "1:1")]);
        assert_eq!(phone.post(&closing, &own).await.status, StatusCode::NOT_FOUND, "{closing}");
    }
    let org = scene.place.another_organisation().await;
    let mut foreign = scene.place.elsewhere(org);
    assert_eq!(foreign.get(&path).await.status, StatusCode::NOT_FOUND, "another organisation's");
    assert_eq!(phone.get(&path).await.status, StatusCode::OK);
    scene.place.pass_ms(25 * Millis::HOUR);
    let page = phone.get(&path).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert!(page.text.contains("24 小时内有效"), "{}", page.text);
}
