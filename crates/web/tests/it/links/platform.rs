//! Codes for groups and staff of a practice company.

use axum::http::StatusCode;

use crate::browser::{Page, form};
use crate::links::{number, placed};
use crate::wecom::Scene;

/// What a form offers to add: the first values.
fn offered(page: &Page, count: usize) -> Vec<String> {
    let found = page.text.split("name=\"add\" value=\"").skip(1);
    let values = found.map(|rest| rest.split('"').next().unwrap().to_owned());
    let values: Vec<String> = values.take(count).collect();
    assert_eq!(values.len(), count, "{}", page.text);
    values
}

/// Waits until nothing is being made on the platform any more, as somebody who reloads.
async fn made(scene: &mut Scene, path: &str) -> Page {
    loop {
        let page = scene.owner.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        if !page.text.contains("正在生成") {
            return page;
        }
        tokio::task::yield_now().await;
    }
}

// catalogue: B04
#[tokio::test]
async fn groups_are_found_added_put_in_order_and_made_on_the_platform() {
    let mut scene = Scene::set().await;
    scene.connected().await;
    let page = scene.owner.get("/codes/new?kind=groups").await;
    let [first, second, third] = <[String; 3]>::try_from(offered(&page, 3)).unwrap();
    // Two are ticked, and added without making the code.
    let ticked =
        [("kind", "groups"), ("name", "进群码"), ("add", &first), ("add", &second), ("do", "find")];
    let page = scene.owner.post("/codes", &form(&ticked)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains(&format!("name=\"chat.0\" value=\"{first}\"")), "{}", page.text);
    assert!(!page.text.contains(&format!("name=\"add\" value=\"{first}\"")), "once is enough");
    assert!(page.text.contains("value=\"进群码\""), "what was typed stays");
    // The other way round, a limit, a spare one.
    let fields = [
        ("kind", "groups"),
        ("name", "进群码"),
        ("chat.0", first.as_str()),
        ("order.0", "2"),
        ("chat.1", second.as_str()),
        ("order.1", "1"),
        ("limit.1", "400"),
        ("chat.2", third.as_str()),
        ("order.2", "3"),
        ("spare.2", "1"),
    ];
    let code = number(&scene.owner.post("/codes", &form(&fields)).await);
    let path = format!("/codes/{code}");
    let name = |chat: &str| scene.practice.read(|books| books.groups[chat].name.clone());
    let (name, next) = (name(&second), name(&first));
    let at = placed(&mut scene.owner, &code, "店门口海报").await;
    let page = made(&mut scene, &path).await;
    let lands = page.text.split("下一个扫码的人去").nth(1).unwrap();
    let lands = lands.split("</div>").next().unwrap();
    assert!(lands.contains(&name), "{name}: {lands}");
    assert!(lands.contains("按顺序第一个没满"), "and why: {lands}");
    let then = page.text.split("满了以后去").nth(1).unwrap().split("</div>").next().unwrap();
    assert!(then.contains(&next), "{next}: {then}");
    assert!(page.text.contains(" / 400 人") && page.text.contains("备用"), "{}", page.text);
    // On the platform there is a join way with the word of the placement.
    let slug = page.text.split("/l/").nth(1).unwrap().chars().take(8).collect::<String>();
    let states: Vec<String> = scene
        .practice
        .read(|books| books.join_ways.values().map(|join| join.form.state.clone()).collect());
    assert!(states.contains(&slug), "{slug}: {states:?}");
    let page = scene.owner.get(&at).await;
    assert!(page.text.contains("企业微信的原码"), "{}", page.text);
}

// catalogue: B01
#[tokio::test]
async fn staff_are_met_by_weight_days_and_hours() {
    let mut scene = Scene::set().await;
    scene.connected().await;
    let page = scene.owner.get("/codes/new?kind=staff").await;
    let [one, two] = <[String; 2]>::try_from(offered(&page, 2)).unwrap();
    let fields = |weight: &'static str| {
        [
            ("kind", "staff".to_owned()),
            ("name", "加客服".to_owned()),
            ("skips_verify", "1".to_owned()),
            ("userid.0", one.clone()),
            ("weight.0", weight.to_owned()),
            ("days.0", "12345".to_owned()),
            ("from.0", "09:00".to_owned()),
            ("to.0", "18:00".to_owned()),
            ("daily.0", "20".to_owned()),
            ("userid.1", two.clone()),
        ]
    };
    let body = |weight| {
        let fields = fields(weight);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        form(&fields)
    };
    let wrong = scene.owner.post("/codes", &body("9999")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("权重填 1 到 100") && wrong.text.contains("value=\"9999\""));
    let code = number(&scene.owner.post("/codes", &body("3")).await);
    placed(&mut scene.owner, &code, "公众号菜单").await;
    let page = made(&mut scene, &format!("/codes/{code}")).await;
    // It is Sunday evening: the first is off duty.
    assert!(page.text.contains("不在班") && page.text.contains("现在轮到的人"), "{}", page.text);
    let edit = scene.owner.get(&format!("/codes/{code}/edit")).await;
    for words in ["value=\"3\"", "value=\"12345\" selected", "value=\"09:00\"", "value=\"20\""] {
        assert!(edit.text.contains(words), "{words}: {}", edit.text);
    }
}

#[tokio::test]
async fn what_the_platform_refuses_is_told_with_the_page_that_mends_it() {
    let mut scene = Scene::set().await;
    scene.connected().await;
    let page = scene.owner.get("/codes/new?kind=groups").await;
    let [group] = <[String; 1]>::try_from(offered(&page, 1)).unwrap();
    let refused = practice::wecom::Fault::Code(48_002);
    scene
        .practice
        .faults(|faults| faults.plan("externalcontact/groupchat/add_join_way", 1, refused));
    let fields = [("kind", "groups"), ("name", "进群码"), ("add", group.as_str())];
    let code = number(&scene.owner.post("/codes", &form(&fields)).await);
    placed(&mut scene.owner, &code, "店门口海报").await;
    let path = format!("/codes/{code}");
    let page = made(&mut scene, &path).await;
    assert!(page.text.contains("企业微信没有接受") && page.text.contains("48002"), "{}", page.text);
    assert!(page.text.contains("可调用接口的应用"), "where it is mended: {}", page.text);
    assert!(scene.owner.get("/codes").await.text.contains("企业微信没接受"));
    let again = scene.owner.post(&format!("{path}/retries"), "").await;
    assert_eq!(again.header("location"), format!("{path}?done=retried"));
    loop {
        let page = scene.owner.get(&path).await;
        if !page.text.contains("企业微信没有接受") && !page.text.contains("正在生成") {
            break;
        }
        tokio::task::yield_now().await;
    }
}
