//! `/takeover`: groups of a company found by name, looked at before and after, set and restored.

use axum::http::StatusCode;

use crate::browser::form;
use crate::wecom::Scene;

// catalogue: U22
#[tokio::test]
async fn groups_are_found_previewed_set_and_restored() {
    let mut scene = Scene::set().await;
    let none = scene.owner.get("/takeover").await;
    assert!(none.status == StatusCode::OK && none.text.contains("还没有读到企业微信群"));
    scene.practice.write(|books| {
        for (nth, group) in books.groups.values_mut().enumerate().take(9) {
            group.name = format!("公测{}群", nth + 1);
        }
    });
    scene.connected().await;
    assert!(scene.owner.get("/groups").await.text.contains("href=\"/takeover\""));
    let page = scene.owner.get("/takeover").await;
    assert!(page.text.contains("公测{n}群"), "the pattern was found: {}", page.text);
    let pattern = "/takeover?pattern=%E5%85%AC%E6%B5%8B%7Bn%7D%E7%BE%A4&of=";
    let (leads, _) = pattern.split_once('&').unwrap();
    assert!(page.text.contains(&format!("href=\"{leads}&#38;of=\"")), "{}", page.text);
    let page = scene.owner.get(pattern).await;
    assert_eq!(page.text.matches("<tr><td>").count(), 9, "{}", page.text);

    let wrong = scene.owner.get("/takeover?pattern=%7Bx%7D").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("花括号里只能写 n"));

    let chosen = [("pattern", "公测{n}群"), ("of", ""), ("kind", "benefit"), ("add", "公测")];
    let preview = scene.owner.post("/takeover/preview", &form(&chosen)).await;
    assert_eq!(preview.status, StatusCode::OK, "{}", preview.text);
    assert_eq!(preview.text.matches("→ <b>").count(), 18, "kind and tag of nine groups");
    let places: Vec<usize> =
        (1..=9).map(|n| preview.text.find(&format!("公测{n}群</bdi>")).unwrap()).collect();
    assert!(places.is_sorted(), "in the order of their numbers");
    let seen = preview.field("seen").unwrap();
    let nothing = scene.owner.post("/takeover/preview", &form(&chosen[..2])).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);

    let mut sure = chosen.to_vec();
    let other = scene.owner.post("/takeover", &form(&sure)).await;
    assert!(other.header("location").ends_with("done=other"), "without a preview nothing is done");
    sure.push(("seen", &seen));
    let done = scene.owner.post("/takeover", &form(&sure)).await;
    let to = done.header("location").to_owned();
    assert!(to.contains("done=changed") && to.ends_with("n=9"), "{to}");
    let page = scene.owner.get(&to).await;
    assert!(page.text.contains("已接管 9 个群") && page.text.contains("一键撤销"), "{}", page.text);
    let undo = page.text.split("/groups/changes/").nth(1).and_then(|rest| rest.split('/').next());
    let undo = format!("/groups/changes/{}/undoing", undo.unwrap());
    let undone = scene.owner.post(&undo, "").await;
    assert!(undone.header("location").contains("n=9&kept=0"), "{}", undone.header("location"));
    let page = scene.owner.get(pattern).await;
    assert!(!page.text.contains("<td>福利群</td>"), "all as before");
}
