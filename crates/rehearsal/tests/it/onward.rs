//! Going on from now: the next minutes, and answers to a real visitor.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use domain::{Day, Millis};
use rehearsal::{Community, Crowd, Happening, Happens, Heard, Kind};
use std::collections::HashSet;

fn crowd(kind: Kind) -> Crowd {
    let groups = Community::plan(7, 80, 30, Day(20_400)).groups;
    let group = groups.into_iter().find(|group| group.plan.kind == kind).unwrap();
    let mut crowd = Crowd::new(group.seed, group.plan).endless();
    let end = crowd.plan().day(crowd.plan().days);
    let midnight = crowd.plan().moment(end, 0);
    assert!(crowd.by_ref().take_while(|one| one.at < midnight).count() > 100);
    crowd
}

fn evening(crowd: &Crowd, minute: u32) -> Millis {
    let day = crowd.plan().day(crowd.plan().days);
    crowd.plan().moment(day, (20 * 60 + minute) * 60)
}

fn hour(crowd: &mut Crowd) -> Vec<Happening> {
    (0..60).flat_map(|minute| crowd.next_minute(evening(crowd, minute))).collect()
}

#[test]
fn an_hour_of_a_lively_group_has_talk_in_order_with_keys_that_meet_no_others() {
    let mut crowd = crowd(Kind::Game);
    let said = hour(&mut crowd);
    assert!((40..260).contains(&said.len()), "{} messages", said.len());
    let keys: HashSet<i64> = said.iter().map(|one| one.key).collect();
    assert_eq!(keys.len(), said.len());
    assert!(said.windows(2).all(|two| two[0].at <= two[1].at));
    for one in &said {
        assert!(one.key >> 20 & 1 == 1, "a key of its own");
        assert!(crowd.present().contains(&one.who), "only people in the group talk");
        let Happens::Message { reply_to, .. } = &one.what else { panic!("{one:?}") };
        assert!(reply_to.is_none_or(|key| keys.contains(&key)));
    }
}

#[test]
fn the_same_minutes_bring_the_same_words_and_the_days_go_on_as_without_them() {
    let (mut first, mut again, untouched) =
        (crowd(Kind::Running), crowd(Kind::Running), crowd(Kind::Running));
    assert_eq!(hour(&mut first), hour(&mut again));
    let next: Vec<Happening> = first.take(300).collect();
    assert_eq!(next, untouched.take(300).collect::<Vec<_>>());
}

#[test]
fn the_group_lives_on_after_the_last_day_of_its_plan() {
    let crowd = crowd(Kind::Camp);
    let (plan, last) = (crowd.plan().clone(), crowd.plan().day(40));
    let later: Vec<Happening> = crowd.take_while(|one| plan.civil(one.at).0 <= last).collect();
    assert!(later.len() > 100, "{} happenings in ten days", later.len());
}

fn answer(crowd: &mut Crowd, text: &str, first: bool, nth: u32) -> Vec<String> {
    let at = evening(crowd, nth);
    let heard = Heard { text, key: domain::minted_key(at, nth), at, first };
    let said = crowd.answer(&heard);
    assert!(said.iter().all(|one| one.at > at && one.at.since(at) < 120_000));
    let text = |one: Happening| match one.what {
        Happens::Message { text, .. } => text,
        other => panic!("{other:?}"),
    };
    said.into_iter().map(text).collect()
}

#[test]
fn a_newcomer_is_greeted_and_a_question_is_answered_with_what_fits() {
    let mut buyers = crowd(Kind::GroupBuy);
    let greeted = answer(&mut buyers, "大家好，我是新来的邻居", true, 1);
    assert!(
        !greeted.is_empty()
            && greeted.iter().any(|text| text.contains("欢迎") || text.contains("新邻居")),
        "{greeted:?}"
    );
    let fitting = answer(&mut buyers, "请问水果坏了几个怎么赔，找谁呀？", false, 2).join("");
    let words = ["拍照", "截图", "赔", "回", "团长", "私"];
    assert!(words.iter().any(|word| fitting.contains(word)), "{fitting}");
    let mut players = crowd(Kind::Game);
    let fitting = answer(&mut players, "抽哪个池子好，石头不多了", false, 3).join("");
    let words = ["抽", "保底", "攒", "强度", "欧", "非酋"];
    assert!(words.iter().any(|word| fitting.contains(word)), "{fitting}");
}

#[test]
fn what_nobody_understands_is_often_left_alone_and_never_answered_with_another_subject() {
    let mut crowd = crowd(Kind::Running);
    let mut silent = 0;
    for nth in 0..40 {
        let said = answer(&mut crowd, "gibberish zzz 1234?", false, nth);
        silent += u32::from(said.is_empty());
        assert!(said.len() <= 1, "{said:?}");
    }
    assert!((10..36).contains(&silent), "{silent} of 40");
}
