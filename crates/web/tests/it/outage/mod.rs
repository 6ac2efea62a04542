//! A database that goes away and comes back: people are told, and nothing is lost or doubled.

mod relay;

use axum::http::StatusCode;

use crate::browser::{Browser, Page, Place, Stream, form};
use crate::outage::relay::both;

/// Sends a message under a key, as often as one likes.
async fn say(place: &Place, by: &mut Browser, (key, text): (&str, &str)) -> Page {
    by.post(&place.at("/messages"), &form(&[("key", key), ("text", text)])).await
}

/// The next line of a feed; one that ended is opened again from where it was, as a page does.
async fn line(place: &Place, by: &mut Browser, (feed, last): (&mut Stream, &mut i64)) -> String {
    loop {
        match feed.next().await {
            Some(sent) if sent.kind == "line" => {
                *last = sent.id.unwrap();
                return sent.data;
            }
            Some(_) => {}
            None => *feed = Stream::open(by, &place.at(&format!("/events?after={last}"))).await,
        }
    }
}

fn told(place: &Place) -> Vec<String> {
    place.told.lock().unwrap().clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_while_the_database_is_away_is_neither_lost_nor_doubled() {
    for (database, store, mut cut) in both().await {
        let place =
            Place::on(database, store, |settings| settings.limits = web::Limits::none()).await;
        let (mut ann, mut bob) = place.two().await;
        say(&place, &mut ann, (&place.mint(), "断网之前")).await;
        let (mut feed, mut last) = (Stream::open(&mut bob, &place.at("/events?after=0")).await, 0);
        while !line(&place, &mut bob, (&mut feed, &mut last)).await.contains("断网之前") {}
        assert!(told(&place).is_empty(), "{:?}", told(&place));
        cut.cut();
        let key = place.mint();
        for _ in 0..20 {
            let refused = say(&place, &mut ann, (&key, "断网之中")).await;
            assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text);
            assert_eq!(refused.header("retry-after"), "5");
            if cut.is_whole() {
                break;
            }
        }
        cut.mend();
        // The page sends it again and again under its key.
        while say(&place, &mut ann, (&key, "断网之中")).await.status != StatusCode::SEE_OTHER {}
        let again = say(&place, &mut ann, (&key, "断网之中")).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER);
        say(&place, &mut ann, (&place.mint(), "恢复以后")).await;
        let first = line(&place, &mut bob, (&mut feed, &mut last)).await;
        assert!(first.contains("断网之中"), "{first}");
        let second = line(&place, &mut bob, (&mut feed, &mut last)).await;
        assert!(second.contains("恢复以后"), "once, and nothing between: {second}");
        while told(&place).len() < 2 {
            tokio::task::yield_now().await;
        }
        let told = told(&place);
        assert!(told.len() == 2 && told[0].contains("is asked again"), "{told:?}");
        assert!(told[1].contains("answers again"), "{told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_say_that_the_database_is_away_and_ask_again_by_themselves() {
    for (database, store, mut cut) in both().await {
        let place =
            Place::on(database, store, |settings| settings.limits = web::Limits::none()).await;
        let mut desk = place.operator().await;
        let ann = place.member("Ann").await;
        cut.cut();
        if !cut.is_whole() {
            // What can be read is read on.
            assert_eq!(desk.get("/settings").await.status, StatusCode::OK);
            cut.mend();
            continue;
        }
        for (mut browser, path) in
            [(desk.clone(), "/today".to_owned()), (ann.clone(), place.link())]
        {
            let page = browser.get(&path).await;
            assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{}", page.text);
            assert_eq!(page.header("retry-after"), "5");
            assert!(page.text.contains("连不上数据库"), "{}", page.text);
            assert!(page.text.contains("http-equiv=\"refresh\""), "{}", page.text);
            assert!(!page.text.contains("问题编号"), "{}", page.text);
        }
        let ready = place.browser().get("/readyz").await;
        assert_eq!(ready.status, StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(ready.text, "the database does not answer\n");
        assert_eq!(place.browser().get("/healthz").await.status, StatusCode::OK);
        cut.mend();
        while desk.get("/today").await.status != StatusCode::OK {}
        assert_eq!(place.browser().get("/readyz").await.text, "ok\n");
        let told = told(&place);
        assert!(told.len() <= 2 && !told[0].contains("incident"), "{told:?}");
    }
}
