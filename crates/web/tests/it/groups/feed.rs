//! The feed of a group, and what keepers do from it.

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Browser, Place, Stream, form};
use crate::groups::{at, done};
use crate::team;

#[tokio::test]
async fn staff_see_new_lines_at_once_and_answer_from_the_feed() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let (mut ann, mut bob) = place.two().await;
    let page = operator.get(&at(&place, "/feed")).await.text;
    let events = page.split("data-feed=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let mut stream = Stream::open(&mut operator.clone(), &events).await;
    let key = place.said(&mut ann, "请问几点打卡？").await;
    assert!(stream.line().await.data.contains("请问几点打卡？"));
    let mint = place.mint();
    let answer = [("key", mint.as_str()), ("text", "早上六点。"), ("reply_to", &key)];
    done(&mut operator, &at(&place, "/messages"), &answer).await;
    done(&mut operator, &at(&place, "/messages"), &answer).await;
    let seen = bob.get(&place.link()).await.text;
    assert_eq!(seen.matches("早上六点。").count(), 1, "a double submit says it once");
    assert!(seen.contains("class=\"badge staff\"") && seen.contains("请问几点打卡？"));
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    assert_eq!(members.iter().filter(|one| one.class.is_keeper()).count(), 1);
    let jump = operator.get(&at(&place, &format!("/feed?at={key}"))).await.text;
    assert!(jump.contains("请问几点打卡？"));
}

/// The stream that the feed of the group opens.
async fn watching(place: &Place, staff: &mut Browser) -> Stream {
    let page = staff.get(&at(place, "/feed")).await.text;
    let events = page.split("data-feed=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    Stream::open(&mut staff.clone(), &events).await
}

#[tokio::test]
async fn a_stream_ends_at_once_when_who_watches_is_locked_out_or_moved_or_logs_out() {
    let place = Place::open().await;
    let mut owner = place.operator().await;
    let mut ann = place.member("Ann").await;
    for how in ["lock", "role", "log_out"] {
        let mut staff = team::hired(&place, how, "operator", &[place.group]).await;
        let mut stream = watching(&place, &mut staff).await;
        place.said(&mut ann, how).await;
        assert!(stream.line().await.data.contains(how));
        let id = team::number(&place.store, how).await;
        let done = match how {
            "lock" => owner.post(&format!("/staff/{id}/lockout"), "").await,
            "role" => {
                let grant = team::grant("operator", Some(&[]));
                owner.post(&format!("/staff/{id}/role"), &format!("{grant}&seen=operator")).await
            }
            _ => staff.post("/logout", "").await,
        };
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{how}: {}", done.text);
        let sent = stream.next().await.unwrap();
        assert_eq!(sent.kind, "reload", "{how}: the page asks again and is led to the log-in");
        assert_eq!(stream.next().await, None);
    }
}

#[tokio::test]
async fn no_line_reaches_who_lost_the_session_elsewhere() {
    let place = Place::open().await;
    let mut staff = team::hired(&place, "aj", "operator", &[place.group]).await;
    let mut ann = place.member("Ann").await;
    let mut stream = watching(&place, &mut staff).await;
    place.database_run("DELETE FROM sessions");
    place.pass_ms(5_000);
    place.said(&mut ann, "只给自己人看").await;
    assert_eq!(stream.next().await.unwrap().kind, "reload");
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn keepers_pin_take_back_mute_and_remove_from_a_line() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let (mut ann, mut bob) = place.two().await;
    let advert = place.said(&mut ann, "加我微信领红包").await;
    let rule = place.said(&mut bob, "今天的打卡帖").await;
    let sheet = operator.get(&at(&place, &format!("/feed?line={advert}"))).await.text;
    assert!(sheet.contains("禁言 10 分钟") && sheet.contains("移出群聊"));
    let who = sheet.split("name=\"who\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let (pin, recall, mute, remove) = (place.mint(), place.mint(), place.mint(), place.mint());
    let fields = [("key", pin.as_str()), ("of", &rule), ("on", "1")];
    done(&mut operator, &at(&place, "/pins"), &fields).await;
    done(&mut operator, &at(&place, "/recalls"), &[("key", &recall), ("of", &advert)]).await;
    let fields = [("key", mute.as_str()), ("who", who), ("minutes", "60")];
    done(&mut operator, &at(&place, "/silences"), &fields).await;
    let feed = operator.get(&at(&place, "/feed")).await.text;
    assert!(feed.contains("置顶") && !feed.contains("加我微信领红包"));
    assert_eq!(place.say(&mut ann, "还在").await.status, StatusCode::FORBIDDEN);
    done(&mut operator, &at(&place, "/removals"), &[("key", &remove), ("who", who)]).await;
    assert!(!ann.get(&place.link()).await.text.contains("今天的打卡帖"));
    let left = operator.get(&at(&place, "/members?show=left")).await.text;
    assert!(left.contains("Ann"));
    let odd = form(&[("key", &place.mint()), ("who", who), ("minutes", "999999")]);
    let refused = operator.post(&at(&place, "/silences"), &odd).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_empty_answer_keeps_the_page_and_says_what_is_wrong() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let body = form(&[("key", &place.mint()), ("text", "  ")]);
    let page = operator.post(&at(&place, "/messages"), &body).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("内容是空的"));
}

#[tokio::test]
async fn staff_enter_the_chat_under_the_account_that_they_answer_with() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let mint = place.mint();
    done(&mut operator, &at(&place, "/messages"), &[("key", &mint), ("text", "大家好")]).await;
    let entered = done(&mut operator, &at(&place, "/entry"), &[("key", &place.mint())]).await;
    let chat = operator.get(entered.header("location")).await.text;
    assert!(chat.contains("/keeping") && chat.contains("大家好"));
    let members = place.live.members(OrgId(1), place.group).await.unwrap();
    assert_eq!(members.len(), 1);
}

// catalogue: P04, P05, P07
#[tokio::test]
async fn every_tab_of_a_group_shows_what_happened() {
    let place = Place::open().await;
    let mut operator = place.operator().await;
    let (mut ann, _) = place.two().await;
    place.said(&mut ann, "请问怎么报名？").await;
    place.live.caught_up().await;
    let flow = operator.get(&at(&place, "/flow?days=7")).await;
    assert_eq!(flow.status, StatusCode::OK);
    assert!(flow.text.contains("+2") && flow.text.contains("期初人数"), "{}", flow.text);
    let banded = "/flow?days=30&event=开业&event_from=2026-11-20&event_to=2026-11-22";
    let banded = banded.replace("开业", "%E5%BC%80%E4%B8%9A");
    let banded = operator.get(&at(&place, &banded)).await.text;
    assert!(banded.contains("活动期间新进群") && banded.contains("开业"));
    let [came, _] = ["joins", "leaves"].map(|code| {
        let behind = format!("href=\"/figures/{code}/groups/{}?", place.group.0);
        flow.text.split(&behind).nth(1).unwrap().split('"').next().unwrap().to_owned()
    });
    let came = came.replace("&amp;", "&").replace("&#38;", "&");
    let came = operator.get(&format!("/figures/joins/groups/{}?{came}", place.group.0)).await.text;
    assert!(came.contains("Ann") && came.contains("小林"), "the people behind the number");
    let activity = operator.get(&at(&place, "/activity")).await;
    assert!(activity.text.contains("href=\"/figures/speakers_per_day/groups/"));
    assert_eq!(activity.status, StatusCode::OK);
    assert!(activity.text.contains("文字") && activity.text.contains("先看这几个数"));
    let questions = operator.get(&at(&place, "/questions")).await.text;
    assert!(questions.contains("请问怎么报名？") && questions.contains("首次发言"));
    let members = operator.get(&at(&place, "/members")).await.text;
    assert!(members.contains("Ann") && members.contains("小林") && members.contains("邀请链接"));
    let csv = operator.get(&at(&place, "/members.csv")).await;
    assert_eq!(csv.text.lines().count(), 3);
}
