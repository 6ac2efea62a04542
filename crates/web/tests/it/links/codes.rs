//! Codes made, changed, closed; who sees them.

use axum::http::StatusCode;

use crate::browser::{Place, form};
use crate::links::{number, placed, web_code};
use crate::team::{acts, hired, invited, welcome};

async fn place() -> Place {
    Place::with(web::Limits::none()).await
}

// catalogue: B02
#[tokio::test]
async fn a_code_is_made_hung_in_two_places_and_changed() {
    let place = place().await;
    let mut owner = place.operator().await;
    let none = owner.get("/codes").await;
    assert!(none.text.contains("还没有活码") && none.text.contains("href=\"/codes/new\""));
    let kinds = owner.get("/codes/new").await;
    assert!(kinds.text.contains("/codes/new?kind=web"), "{}", kinds.text);
    assert!(kinds.text.contains("先要连接企业微信"), "what is lacking is said, not refused later");
    let code = web_code(&mut owner, "双十一引流").await;
    let page = owner.get(&format!("/codes/{code}?done=opened")).await;
    assert!(page.text.contains("活码建好了") && page.text.contains("https://example.com/a"));
    assert!(page.text.contains("还没有投放位"), "{}", page.text);
    let [door, booth] = [
        placed(&mut owner, &code, "店门口海报").await,
        placed(&mut owner, &code, "驿站小摊").await,
    ];
    let page = owner.get(&format!("/codes/{code}")).await;
    for words in ["店门口海报", "驿站小摊", "门店", &door, &booth] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    let links = |page: &crate::browser::Page| -> Vec<String> {
        let after = page.text.split("/l/").skip(1);
        let mut slugs: Vec<String> = after.map(|rest| rest.chars().take(8).collect()).collect();
        slugs.dedup();
        slugs
    };
    assert_eq!(links(&page).len(), 2, "each has a link of its own: {}", page.text);
    let edit = format!("/codes/{code}/edit");
    let fields = [("name", "双十一引流"), ("url", "https://example.com/b")];
    assert_eq!(
        owner.post(&edit, &form(&fields)).await.header("location"),
        format!("/codes/{code}?done=changed")
    );
    let page = owner.get(&format!("/codes/{code}")).await;
    assert!(page.text.contains("https://example.com/b"), "{}", page.text);
    let list = owner.get("/codes").await;
    assert!(list.text.contains("双十一引流") && list.text.contains("网址短链"), "{}", list.text);
    let done = acts(&place.store).await;
    for act in ["code.opened", "placement.made", "code.changed"] {
        assert!(done.contains(&act.to_owned()), "{act}: {done:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_named_and_what_was_typed_stays() {
    let place = place().await;
    let mut owner = place.operator().await;
    for (fields, words) in [
        (vec![("kind", "web"), ("url", "https://example.com/a")], "请起个名字"),
        (vec![("kind", "web"), ("name", "我的码")], "请填上网址"),
        (
            vec![("kind", "web"), ("name", "我的码"), ("url", "javascript:alert(1)")],
            "网址要以 https",
        ),
        (vec![("kind", "rules"), ("name", "我的码"), ("to_code.0", "")], "至少写一条规则"),
        (vec![("kind", "groups"), ("name", "我的码")], "请选一家已连接的企业"),
    ] {
        let page = owner.post("/codes", &form(&fields)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}: {}", page.text);
        assert!(page.text.contains(words), "{words}: {}", page.text);
        let typed = fields.iter().filter(|(name, _)| *name == "name");
        for (_, value) in typed {
            assert!(page.text.contains(&format!("value=\"{value}\"")), "{}", page.text);
        }
    }
    let code = web_code(&mut owner, "我的码").await;
    let twice = [("kind", "web"), ("name", "我的码"), ("url", "https://example.com/a")];
    assert!(owner.post("/codes", &form(&twice)).await.text.contains("已经有同名的了"));
    let nameless = owner.post(&format!("/codes/{code}/placements"), "partner=王经理").await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.text.contains("请起个名字") && nameless.text.contains("value=\"王经理\""));
    let at = placed(&mut owner, &code, "海报").await;
    for (spends, words) in [
        ("明天 12", "有一行的日期看不懂"),
        ("2026-11-03 很多", "有一行的金额看不懂"),
        ("2026-11-03 1\n2026-11-03 2", "有一天写了两行"),
    ] {
        let page = owner.post(&at, &form(&[("name", "海报"), ("spends", spends)])).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{spends}");
        assert!(page.text.contains(words) && page.text.contains(spends), "{}", page.text);
    }
    let well = form(&[("name", "海报"), ("spends", "2026-11-03 120.50\n2026-11-04\t30")]);
    assert_eq!(owner.post(&at, &well).await.header("location"), format!("{at}?done=changed"));
    let page = owner.get(&at).await;
    assert!(
        page.text.contains("¥150.50") && page.text.contains("2026-11-03 120.50"),
        "{}",
        page.text
    );
}

#[tokio::test]
async fn a_closed_code_says_so_and_opens_again() {
    let place = place().await;
    let mut owner = place.operator().await;
    let code = web_code(&mut owner, "旧活动").await;
    let at = placed(&mut owner, &code, "海报").await;
    let page = owner.get(&format!("/codes/{code}")).await;
    assert!(
        page.text.contains("确认关闭") && page.text.contains("确定关闭吗"),
        "it is asked first"
    );
    let closed = owner.post(&format!("/codes/{code}/closure"), "").await;
    let list = owner.get(closed.header("location")).await;
    assert!(list.text.contains("已关闭。扫码的人会看到") && list.text.contains("旧活动"));
    let page = owner.get(&format!("/codes/{code}")).await;
    assert!(
        page.text.contains("活码已关闭") && !page.text.contains(&format!("/codes/{code}/edit"))
    );
    let opened = owner.post(&format!("/codes/{code}/reopening"), "").await;
    assert!(owner.get(opened.header("location")).await.text.contains("已重新打开"));
    owner.post(&format!("{at}/closure"), "").await;
    assert!(owner.get(&at).await.text.contains("这个投放位停用了"));
    owner.post(&format!("{at}/reopening"), "").await;
    assert!(owner.get(&at).await.text.contains("确认停用"));
}

// catalogue: R04
#[tokio::test]
async fn the_place_appears_with_the_first_code_and_only_for_who_sees_all_groups() {
    let place = place().await;
    let mut owner = place.operator().await;
    let menu = |text: &str| text.contains("href=\"/codes\"");
    assert!(!menu(&owner.get("/today").await.text), "nothing is there yet");
    let code = web_code(&mut owner, "双十一引流").await;
    assert!(menu(&owner.get("/today").await.text));
    let link = invited(&mut owner, "read_only", None).await;
    let mut reader = place.browser();
    welcome(&mut reader, &link, "reader").await;
    assert!(menu(&reader.get("/today").await.text));
    let page = reader.get(&format!("/codes/{code}")).await;
    assert_eq!(page.status, StatusCode::OK);
    for act in ["/edit", "/placements", "/closure"] {
        assert!(!page.text.contains(&format!("/codes/{code}{act}")), "no button that would refuse");
    }
    let mut scoped = hired(&place, "scoped", "operator", &[place.group]).await;
    assert!(!menu(&scoped.get("/today").await.text));
    assert_eq!(scoped.get("/codes").await.status, StatusCode::NOT_FOUND);
}

// catalogue: B05
#[tokio::test]
async fn a_super_code_leads_by_rules_and_never_to_itself() {
    let place = place().await;
    let mut owner = place.operator().await;
    let [day, night] = [web_code(&mut owner, "白天").await, web_code(&mut owner, "晚上").await];
    let fields = [
        ("kind", "rules"),
        ("name", "总入口"),
        ("device.0", "ios"),
        ("from.0", "09:00"),
        ("to.0", "18:00"),
        ("to_code.0", day.as_str()),
        ("to_code.1", ""),
        ("otherwise", night.as_str()),
    ];
    let code = number(&owner.post("/codes", &form(&fields)).await);
    let edit = owner.get(&format!("/codes/{code}/edit")).await;
    let chosen = |value: &str| edit.text.contains(&format!("<option value=\"{value}\" selected>"));
    assert!(chosen("ios") && chosen(&day) && chosen(&night), "{}", edit.text);
    assert!(edit.text.contains("name=\"from.0\" value=\"09:00\""), "{}", edit.text);
    assert!(!edit.text.contains(&format!("<option value=\"{code}\"")), "not to itself");
    let page = owner.get(&format!("/codes/{code}")).await;
    assert!(page.text.contains("第一条符合的规则算数") && page.text.contains("白天"));
}

#[tokio::test]
async fn spare_domains_are_added_named_when_wrong_and_taken_off() {
    let place = place().await;
    let mut owner = place.operator().await;
    assert!(owner.get("/settings").await.text.contains("href=\"/settings/links\""));
    let none = owner.get("/settings/links").await;
    assert!(none.text.contains("还没有备用域名"), "{}", none.text);
    for (host, words) in [("", "请填上域名"), ("go example", "只填域名")] {
        let page = owner.post("/settings/links", &form(&[("host", host)])).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{host}");
        assert!(page.text.contains(words), "{}", page.text);
    }
    // Nobody answers there.
    let host = form(&[("host", "127.0.0.1:9")]);
    assert_eq!(owner.post("/settings/links", &host).await.status, StatusCode::SEE_OTHER);
    owner.post("/settings/links/probes", "").await;
    let page = owner.get("/settings/links").await;
    assert!(page.text.contains("127.0.0.1:9") && page.text.contains("打不开"), "{}", page.text);
    assert!(page.text.contains("连不上"), "why it is down: {}", page.text);
    // A placement offers it for its picture.
    let code = web_code(&mut owner, "双十一引流").await;
    let at = placed(&mut owner, &code, "海报").await;
    let page = owner.get(&at).await;
    assert!(page.text.contains("http://127.0.0.1:9/l/"), "{}", page.text);
    let unknown = owner.get(&format!("{at}/qr.svg?host=evil.example")).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    owner.post("/settings/links/removal", &host).await;
    assert!(owner.get("/settings/links").await.text.contains("还没有备用域名"));
}
