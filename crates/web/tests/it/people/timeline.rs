//! What happened with somebody, part by part.

use domain::Millis;

use crate::browser::Place;
use crate::people::{done, number};

// catalogue: F08
#[tokio::test(flavor = "multi_thread")]
async fn every_moment_stands_in_one_part_and_a_question_knows_a_later_answer() {
    let place = Place::open().await;
    let (mut ann, mut lin) = place.two().await;
    let mut staff = place.operator().await;
    let who = number(&mut staff, "Ann").await;
    // Before midnight a question, after midnight its answer.
    place.pass_ms(Millis::DAY - place.now().0.rem_euclid(Millis::DAY) - Millis::HOUR / 2);
    let key = place.said(&mut ann, "请问几点打卡？").await;
    place.pass_ms(Millis::HOUR);
    place.act(&mut lin, "/messages", &[("text", "早上六点。"), ("reply_to", &key)]).await;
    let path = format!("/people/{who}/notes");
    for n in 1..=120 {
        done(&mut staff, &path, &[("text", &format!("第{n}条"))]).await;
        place.pass_ms(Millis::HOUR);
    }
    place.live.caught_up().await;
    let (mut parts, mut next) = (Vec::new(), Some(format!("/people/{who}")));
    while let Some(path) = next {
        let page = staff.get(&path).await.text;
        let part = page.split("id=\"timeline\"").nth(1).unwrap();
        let part = part.split("</section>").next().unwrap().to_owned();
        next = part
            .split(&format!("\"/people/{who}?before="))
            .nth(1)
            .map(|rest| format!("/people/{who}?before={}", rest.split(['#', '"']).next().unwrap()));
        parts.push(part);
    }
    let first = parts.first().unwrap().matches("status-dot").count();
    assert!(parts.len() == 2 && (100..125).contains(&first), "{} parts, {first}", parts.len());
    let all = parts.concat();
    for n in 1..=120 {
        assert_eq!(all.matches(&format!(">第{n}条<")).count(), 1, "note {n}");
    }
    let asked = parts.last().unwrap().split("提问，").nth(1).expect("a question");
    assert!(asked.contains("有人回答") && asked.contains("请问几点打卡？"), "{asked}");
    assert_eq!(all.matches("请问几点打卡？").count(), 1, "{all}");
}
