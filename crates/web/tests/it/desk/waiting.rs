//! Who waits for an answer, as the operator sees it.

use axum::http::StatusCode;
use domain::{Millis, OrgId};

use crate::browser::{Browser, Place, form};

/// Waits until so many tasks are open: timers fire a tick after the clock passed.
async fn tasks(place: &Place, count: u32) {
    loop {
        let counts = place.live.task_counts(OrgId(1)).await.unwrap();
        if counts.iter().map(|(_, count)| count).sum::<u32>() == count {
            return;
        }
        tokio::task::yield_now().await;
    }
}

/// The rows of the list.
fn rows(page: &str) -> Vec<&str> {
    let list = page.split("<ul class=\"rows tasks\">").nth(1).unwrap_or_default();
    list.split("</ul>").next().unwrap_or_default().split("<li>").skip(1).collect()
}

/// Sends the form of a row.
async fn close(operator: &mut Browser, row: &str) -> String {
    let value = |name: &str| {
        let rest = row.split(&format!("name=\"{name}\" value=\"")).nth(1);
        rest.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    };
    let fields = ["group", "name", "kind", "page"].map(|name| (name, value(name)));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let fields: Vec<_> = fields.into_iter().filter(|(_, value)| !value.is_empty()).collect();
    let closed = operator.post("/desk/tasks/closure", &form(&fields)).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER);
    closed.header("location").to_owned()
}

// catalogue: H10
#[tokio::test(flavor = "multi_thread")]
async fn a_first_post_stands_above_older_questions_and_an_answer_takes_a_row_away() {
    let place = Place::open().await;
    let (mut ann, mut lin) = place.two().await;
    place.say(&mut ann, "大家好").await;
    place.say(&mut lin, "欢迎欢迎").await;
    place.say(&mut ann, "谢谢").await;
    place.pass_ms(60 * Millis::MINUTE);
    let question = place.said(&mut ann, "明天几点集合？").await;
    place.pass_ms(40 * Millis::MINUTE);
    let mut bob = place.member("Bob").await;
    place.said(&mut bob, "我是新来的").await;
    place.pass_ms(40 * Millis::MINUTE);
    tasks(&place, 2).await;
    let mut operator = place.operator().await;
    let page = operator.get("/desk").await.text;
    let both = rows(&page);
    assert_eq!(both.len(), 2);
    assert!(both[0].contains("新人首次发言") && both[0].contains("我是新来的"), "{}", both[0]);
    assert!(both[1].contains("提问") && both[1].contains("明天几点集合"), "{}", both[1]);
    assert!(both[1].contains("80 分钟前") && both[1].contains(&format!("?at={question}#m")));
    assert!(page.contains("2 待回应"), "the group says so, too");

    let reply = [("text", "八点，老地方"), ("reply_to", question.as_str())];
    place.act(&mut lin, "/messages", &reply).await;
    tasks(&place, 1).await;
    let page = operator.get("/desk").await.text;
    assert!(rows(&page).len() == 1 && rows(&page)[0].contains("我是新来的"));
    assert_eq!(close(&mut operator, rows(&page)[0]).await, "/desk?done=1");
    let page = operator.get("/desk?done=1").await.text;
    assert!(rows(&page).is_empty() && page.contains("不会再提醒") && page.contains("没有人在等"));
    let log = place.live.lines_after(OrgId(1), place.group, domain::Seq(0), 100).await.unwrap();
    assert!(log.iter().all(|line| line.words.as_deref() != Some("完成")), "nothing in the group");
}

// catalogue: H10
#[tokio::test(flavor = "multi_thread")]
async fn the_desk_shows_twenty_and_the_rest_stands_page_by_page() {
    let place = Place::open().await;
    for n in 0..53 {
        let mut one = place.member(&format!("新人{n}")).await;
        place.said(&mut one, &format!("报到{n}。")).await;
        place.pass_ms(31 * Millis::MINUTE);
    }
    tasks(&place, 53).await;
    let mut operator = place.operator().await;
    let desk = operator.get("/desk").await.text;
    assert_eq!(rows(&desk).len(), 20);
    assert!(desk.contains("href=\"/desk/tasks\"") && rows(&desk)[0].contains("报到0。"));
    let first = operator.get("/desk/tasks?kind=answer_first_post").await.text;
    assert_eq!(rows(&first).len(), 50);
    let next = "/desk/tasks?kind=answer_first_post&#38;page=1";
    assert!(first.contains(next), "the way on");
    let second = operator.get("/desk/tasks?kind=answer_first_post&page=1").await.text;
    assert_eq!(rows(&second).len(), 3);
    assert!(rows(&second)[2].contains("报到52。") && !second.contains("page=2"));
    let back = close(&mut operator, rows(&second)[2]).await;
    assert_eq!(back, "/desk/tasks?kind=answer_first_post&page=1&done=1");
    assert_eq!(rows(&operator.get(&back).await.text).len(), 2);
    assert!(rows(&operator.get("/desk/tasks?page=9999999").await.text).is_empty());
    assert!(rows(&operator.get("/desk/tasks?kind=answer_call").await.text).is_empty());
}

#[tokio::test]
async fn groups_are_found_by_name_put_in_order_and_closed_ones_marked() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    for name in ["读书会", "Reading Club", "宝妈团", "夜跑团", "宠物群", "<i>斜体</i>"]
    {
        operator.post("/desk/groups", &form(&[("name", name)])).await;
    }
    let mut keeper = place.keeper().await;
    place.act(&mut keeper, "/closure", &[("text", "")]).await;
    let names = |page: &str| -> Vec<String> {
        let groups = page.split("<div class=\"groups\">").nth(1).unwrap_or_default();
        let rows = groups.split("<li>").skip(1);
        rows.map(|row| row.split("<bdi>").nth(1).unwrap().split('<').next().unwrap().to_owned())
            .collect()
    };
    let all = operator.get("/desk?show=groups&sort=name").await.text;
    assert_eq!(names(&all).len(), 7);
    assert!(all.contains("已关闭") && all.matches("class=\"badge\">已关闭").count() == 1);
    assert!(!all.contains("<i>") && all.contains("value=\"name\" selected"));
    let found = operator.get("/desk?q=%20reading%20").await.text;
    assert_eq!(names(&found), ["Reading Club"]);
    let none = operator.get("/desk?q=%3Cscript%3E").await.text;
    assert!(names(&none).is_empty() && none.contains("看全部") && !none.contains("<script>"));
}

// catalogue: T01
#[tokio::test]
async fn who_comes_in_by_the_desk_may_be_called_what_members_may_not() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let path = format!("/desk/groups/{}/entry", place.group.0);
    let fields = |name| form(&[("key", &place.mint()), ("name", name)]);
    let refused = operator.post(&path, &fields("所有人")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(operator.post(&path, &fields("群主")).await.status, StatusCode::SEE_OTHER);
    let members = operator.get(&place.at("/members")).await.text;
    assert!(members.contains("<bdi>群主</bdi> <span class=\"badge staff\">管理</span>"));
    let renamed = place.act(&mut operator, "/name", &[("name", "管理员老周")]).await;
    assert_eq!(renamed.status, StatusCode::SEE_OTHER);
    let as_host = [("text", "官方消息：周四照旧。"), ("as", "host")];
    place.act(&mut operator, "/messages", &as_host).await;
    let members = operator.get(&place.at("/members")).await.text;
    assert!(members.contains("badge staff\">管理") && !members.contains("官方号"));
    assert!(operator.get(&place.link()).await.text.contains("badge host\">官方号"));

    let mut ann = place.browser();
    let refused = place.join(&mut ann, "群主").await;
    assert!(refused.text.contains("容易和官方身份混淆"));
    let mut ann = place.member("Ann").await;
    let refused = place.act(&mut ann, "/name", &[("name", "管理员")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}
