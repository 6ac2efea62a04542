//! Live lines: order, resuming, the end.

use axum::http::StatusCode;
use web::Limits;

use crate::browser::{Place, Stream};

#[tokio::test]
async fn lines_come_live_with_their_place_as_id() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    let mut stream = Stream::open(&mut bob, &place.at("/events")).await;
    let key = place.said(&mut ann, "<实时>\n第二行").await;
    let line = stream.line().await;
    assert!(line.data.contains("&lt;实时&gt;\n第二行") && line.data.contains(&format!("m{key}")));
    assert!(line.data.contains("class=\"day\""), "the day stands in front");
    assert!(!line.data.contains("own"), "the same for every viewer");
    place.act(&mut ann, "/recalls", &[("of", &key)]).await;
    let took = stream.line().await;
    assert_eq!(took.id.unwrap(), line.id.unwrap() + 1);
    assert!(took.data.contains(&format!("data-took=\"{key}\"")));
}

#[tokio::test]
async fn over_a_reconnect_no_line_is_lost_or_doubled() {
    let place = Place::open().await;
    let (mut ann, mut bob) = place.two().await;
    let mut seen = Vec::new();
    let mut last = 0;
    for round in 0..4 {
        let mut stream = Stream::open(&mut bob, &place.at(&format!("/events?after={last}"))).await;
        for number in 0..10 {
            place.pass_ms(2_000);
            place.say(&mut ann, &format!("{round}-{number}")).await;
        }
        // The connection breaks in the middle.
        for _ in 0..7 {
            let line = stream.line().await;
            last = line.id.unwrap();
            seen.push(last);
        }
    }
    let mut resumed = bob.clone().with("last-event-id", &last.to_string());
    let mut stream = Stream::open(&mut resumed, &place.at("/events?after=0")).await;
    place.say(&mut ann, "最后一句").await;
    loop {
        let line = stream.line().await;
        seen.push(line.id.unwrap());
        if line.data.contains("最后一句") {
            break;
        }
    }
    let first = seen[0];
    let expected: Vec<i64> = (first..first + i64::try_from(seen.len()).unwrap()).collect();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn who_missed_too_much_loads_the_page_again() {
    let place = Place::with(Limits::none()).await;
    let (mut ann, mut bob) = place.two().await;
    for number in 0..420 {
        place.say(&mut ann, &format!("{number}")).await;
    }
    let mut stream = Stream::open(&mut bob, &place.at("/events?after=0")).await;
    assert_eq!(stream.next().await.unwrap().kind, "reload");
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn the_stream_ends_when_the_program_stops_or_the_member_goes() {
    let place = Place::open().await;
    let mut keeper = place.keeper().await;
    let (mut ann, mut bob) = place.two().await;
    let mut anns = Stream::open(&mut ann, &place.at("/events")).await;
    let mut bobs = Stream::open(&mut bob, &place.at("/events")).await;
    let members = place.live.members(domain::OrgId(1), place.group).await.unwrap();
    let who = members.iter().find(|one| &*one.name == "Ann").unwrap().who.0.to_string();
    place.act(&mut keeper, "/removals", &[("who", &who)]).await;
    assert!(anns.line().await.data.contains("被移出群聊"));
    assert_eq!(anns.next().await.unwrap().kind, "reload");
    assert_eq!(anns.next().await, None);
    assert!(bobs.line().await.data.contains("被移出群聊"));
    place.live.stop().await;
    assert_eq!(bobs.next().await, None);
}

#[tokio::test]
async fn ten_tabs_are_fine_and_a_hundred_are_not() {
    let place = Place::open().await;
    let (mut ann, _) = place.two().await;
    let mut tabs = Vec::new();
    for _ in 0..12 {
        tabs.push(Stream::open(&mut ann, &place.at("/events")).await);
    }
    let refused = ann.get(&place.at("/events")).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text.contains("打开的页面太多"));
    tabs.pop();
    tabs.push(Stream::open(&mut ann, &place.at("/events")).await);
}
