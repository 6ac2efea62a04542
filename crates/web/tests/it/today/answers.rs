//! Who waits for an answer, and answering in place.

use axum::http::StatusCode;
use domain::{Millis, OrgId, Seq};

use crate::browser::Place;
use crate::today::{field, fields, rows, tasks, today};

/// Somebody new who wrote and got no answer, and an older question.
async fn waiting(place: &Place) -> String {
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
    tasks(place, 2).await;
    question
}

// catalogue: H10 D18
#[tokio::test(flavor = "multi_thread")]
async fn a_first_ever_post_stands_above_an_older_question() {
    let place = Place::open().await;
    waiting(&place).await;
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    let both = rows(&page);
    assert_eq!(both.len(), 2, "{page}");
    assert!(both[0].contains("新人首次发言") && both[0].contains("我是新来的"), "{}", both[0]);
    assert!(both[0].contains("Bob") && both[0].contains("早起打卡群"));
    assert!(both[1].contains("提问") && both[1].contains("明天几点集合"), "{}", both[1]);
    assert!(both[1].contains("80 分钟前"));
    let none = operator.get("/today?source=troubles").await.text;
    assert!(rows(&none).is_empty() && none.contains("看全部"));
    let one = operator.get("/today?source=answers&group=1").await.text;
    assert_eq!(rows(&one).len(), 2);
}

// catalogue: H10
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_goes_into_the_group_once_and_takes_its_row_away() {
    let place = Place::open().await;
    waiting(&place).await;
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    let row = rows(&page)[1];
    let mint = field(row, "mint");
    let body = fields(row, &[("mint", &mint), ("text", "八点，老地方")]);
    let sent = operator.post("/today/answers", &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    assert_eq!(sent.header("location"), "/today?said=answered");
    // A second press of the button.
    let again = operator.post("/today/answers", &body).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    let page = operator.get("/today?said=answered").await.text;
    assert!(rows(&page).len() == 1 && rows(&page)[0].contains("我是新来的"));
    assert!(page.contains("已回复到群里"));
    let log = place.live.lines_after(OrgId(1), place.group, Seq(0), 100).await.unwrap();
    let said: Vec<_> =
        log.iter().filter(|line| line.words.as_deref() == Some("八点，老地方")).collect();
    assert_eq!(said.len(), 1, "said once");
    assert!(said[0].fact.class.is_keeper() && said[0].fact.reply_to.is_some());
}

// catalogue: H10
#[tokio::test(flavor = "multi_thread")]
async fn a_stale_tab_sends_nothing_and_keeps_what_was_typed() {
    let place = Place::open().await;
    let question = waiting(&place).await;
    let mut operator = place.operator().await;
    let page = today(&mut operator).await;
    let row = rows(&page)[1].to_owned();
    let mut lin = place.member("阿杰").await;
    let reply = [("text", "七点"), ("reply_to", question.as_str())];
    place.act(&mut lin, "/messages", &reply).await;
    tasks(&place, 1).await;
    let body = fields(&row, &[("mint", &place.mint()), ("text", "八点 <b>")]);
    let late = operator.post("/today/answers", &body).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.text.contains("没有发出") && late.text.contains("八点 &#60;b&#62;"));
    let closed = operator.post("/today/closures", &fields(&row, &[])).await;
    assert_eq!(closed.header("location"), "/today?said=gone");
    let empty = fields(rows(&late.text)[0], &[("mint", &place.mint()), ("text", "  ")]);
    let wrong = operator.post("/today/answers", &empty).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(rows(&wrong.text)[0].contains("写点什么"));
    let log = place.live.lines_after(OrgId(1), place.group, Seq(0), 100).await.unwrap();
    assert!(log.iter().all(|line| line.words.as_deref() != Some("八点 <b>")));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_script_is_told_in_a_word_and_gets_the_rows_alone() {
    let place = Place::open().await;
    waiting(&place).await;
    let mut operator = place.operator().await;
    let part = operator.get("/today/rows?source=answers").await.text;
    assert!(rows(&part).len() == 2 && !part.contains("<html"));
    let mut script = operator.clone().with("accept", "application/json");
    let told = script.post("/today/closures", &fields(rows(&part)[0], &[])).await.json();
    assert!(told["code"] == "done" && told["undo"] == true, "{told}");
    let told = script.post("/today/closures", &fields(rows(&part)[0], &[])).await.json();
    assert!(told["code"] == "gone" && told["undo"] == false, "{told}");
    let page = today(&mut operator).await;
    assert_eq!(rows(&page).len(), 1);
}
