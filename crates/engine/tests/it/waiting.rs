//! Who waits for an answer, and what answers.

use domain::{EventWhat, FeatureWord, IdentityId, LeaveManner, ListHit, Millis, Post, Question};
use engine::Why;

use crate::scene::{ANN, BOB, BOT, HOST, KIM, Scene, XIAOLIN, at, message, post, question, to};

const MINUTE: i64 = Millis::MINUTE;

fn command() -> Post {
    let mut post = post("/签到");
    post.features = post.features.with_hit(ListHit::Command);
    post
}

fn deleted(mut post: Post) -> Post {
    post.features = post.features.with_hit(ListHit::Deleted);
    post
}

/// A group in which Ann asked something a minute ago; the key of her question.
fn asked() -> (Scene, i64) {
    let mut scene = Scene::group();
    let key = scene.wonders(ANN);
    scene.after(MINUTE);
    assert_eq!(scene.waiting(), [key]);
    (scene, key)
}

// catalogue: H10
#[test]
fn a_first_ever_post_waits_before_all_other_reasons() {
    let mut scene = Scene::group();
    let newcomer = IdentityId(50);
    scene.joins(newcomer, "新人");
    let first = scene.posts(newcomer, question("怎么开始？")).0;
    let second = scene.says(newcomer, "我是从海报来的");
    assert_eq!(scene.waiting(), [first], "the second post asks nothing: {second}");
    assert_eq!(scene.state.tracker.waiting[0].why, Why::FirstPost);
    scene.says(BOB, "欢迎");
    assert_eq!(scene.waiting(), []);
    scene.ask(newcomer, EventWhat::Leave { how: LeaveManner::Left }).unwrap();
    scene.after(1000);
    scene.joins(newcomer, "新人");
    scene.says(newcomer, "我又来了");
    assert_eq!(scene.waiting(), [], "a first post is one in all stays");
}

#[test]
fn a_question_waits_as_the_figures_count_it() {
    let word = |question, han, hits: &[ListHit]| {
        let word = FeatureWord::default().with_question(question).with_han(han);
        hits.iter().fold(word, |word, hit| word.with_hit(*hit))
    };
    let table = [
        (word(Question::Strong, 0, &[]), true),
        (word(Question::Weak, 2, &[]), true),
        (word(Question::Weak, 1, &[]), false),
        (word(Question::No, 9, &[]), false),
        (word(Question::Strong, 9, &[ListHit::Forwarded]), false),
        (word(Question::Strong, 9, &[ListHit::Command]), false),
        (word(Question::Strong, 9, &[ListHit::Deleted]), false),
    ];
    for (features, waits) in table {
        let mut scene = Scene::group();
        let key = scene.posts(ANN, Post { features, ..post("？") }).0;
        assert_eq!(scene.waiting(), if waits { vec![key] } else { vec![] }, "{features:?}");
    }
}

#[test]
fn a_call_waits_unless_it_answers_itself() {
    let mut scene = Scene::group();
    let call = scene.posts(ANN, at(BOB, post("过来看看"))).0;
    assert_eq!(scene.state.tracker.waiting[0].why, Why::Call);
    scene.posts(BOB, at(ANN, post("来了")));
    assert_eq!(scene.waiting(), [], "{call} is answered, and the answer does not wait");
    scene.posts(ANN, at(ANN, post("自言自语")));
    let mut thanks = at(BOB, post("谢谢"));
    thanks.features = thanks.features.with_hit(ListHit::Acknowledgement);
    scene.posts(ANN, thanks);
    scene.told(BOT, message("已开启"));
    scene.posts(ANN, at(BOT, post("播报")));
    assert_eq!(scene.waiting(), []);
}

#[test]
fn what_staff_hosts_and_programs_say_never_waits() {
    let mut scene = Scene::group();
    for who in [KIM, HOST] {
        scene.wonders(who);
    }
    scene.told(BOT, EventWhat::Message(question("今天打卡了吗？")));
    scene.told(IdentityId::NOBODY, EventWhat::Message(question("谁？")));
    assert_eq!(scene.waiting(), []);
}

/// What is done after Ann's question, and whether that answers it.
type Row = (&'static str, fn(&mut Scene, i64) -> i64, bool);

#[test]
fn answers_are_recognised_by_link_by_mention_and_by_order() {
    let moves: [Row; 12] = [
        ("the next message of a member", |s, _| s.says(BOB, "这样用"), true),
        ("of staff", |s, _| s.says(KIM, "这样用"), true),
        ("of a declared host", |s, _| s.says(HOST, "这样用"), true),
        ("of a program", |s, _| s.told(BOT, message("自动回复")).facts[0].fact.at.0, false),
        ("her own", |s, _| s.says(ANN, "有人吗"), false),
        ("a link", |s, key| s.posts(BOB, to(key, post("看这里"))).0, true),
        ("a link of her own", |s, key| s.posts(ANN, to(key, post("补充"))).0, false),
        ("a mention", |s, _| s.posts(BOB, at(ANN, post("看这里"))).0, true),
        ("a mention of another", |s, _| s.posts(BOB, at(XIAOLIN, post("在吗"))).0, false),
        ("a command", |s, _| s.posts(BOB, command()).0, false),
        ("a deleted message", |s, key| s.posts(BOB, to(key, deleted(post("x")))).0, false),
        ("a link elsewhere", |s, _| s.posts(BOB, to(3, post("说那个"))).0, false),
    ];
    for (what, answer, answers) in moves {
        let (mut scene, key) = asked();
        answer(&mut scene, key);
        let open = scene.state.tracker.waiting.iter().any(|item| item.key == key);
        assert_eq!(open, !answers, "{what}");
    }
}

#[test]
fn the_next_message_answers_only_within_half_an_hour_and_only_the_last_speaker() {
    let (mut scene, key) = asked();
    scene.after(30 * MINUTE);
    scene.says(BOB, "早");
    assert_eq!(scene.waiting(), [key], "too late to be read as an answer");
    let (mut scene, key) = asked();
    scene.posts(BOB, at(XIAOLIN, post("你来说")));
    scene.says(XIAOLIN, "说什么");
    assert!(scene.waiting().contains(&key), "小林 followed Bob, not Ann");
    let (mut scene, first) = asked();
    let second = scene.wonders(ANN);
    scene.says(ANN, "急");
    assert_eq!(scene.waiting(), [first, second]);
    scene.says(BOB, "都好");
    assert_eq!(scene.waiting(), [], "a row of messages is answered together");
}

#[test]
fn a_link_to_what_was_said_next_answers_the_question_before() {
    let (mut scene, _) = asked();
    let detail = scene.says(ANN, "我用的是旧手机");
    scene.posts(BOB, to(detail, post("旧手机在设置里")));
    assert_eq!(scene.waiting(), []);
    let (mut scene, key) = asked();
    scene.after(31 * MINUTE);
    let other = scene.says(ANN, "晚上吃什么");
    scene.posts(BOB, to(other, post("火锅")));
    assert_eq!(scene.waiting(), [key], "half an hour later it is another matter");
}

#[test]
fn who_opened_a_thread_answers_by_writing_on_in_it() {
    let mut scene = Scene::group();
    let thread = scene.says(BOB, "今天讲第三课");
    let key = scene.posts(ANN, to(thread, question("作业呢？"))).0;
    scene.posts(XIAOLIN, to(thread, post("到")));
    assert!(scene.waiting().contains(&key), "another reader of the thread says something");
    scene.posts(BOB, to(thread, post("作业在第五页")));
    assert!(!scene.waiting().contains(&key));
}

#[test]
fn what_is_taken_back_or_left_behind_waits_no_longer() {
    let (mut scene, key) = asked();
    let said = scene.said(ANN);
    scene.ask(ANN, EventWhat::Recall { of: key + 900, said }).unwrap();
    assert_eq!(scene.waiting(), [key]);
    scene.ask(ANN, EventWhat::Recall { of: key, said }).unwrap();
    assert_eq!(scene.waiting(), []);
    let (mut scene, _) = asked();
    scene.ask(KIM, EventWhat::Remove { who: ANN }).unwrap();
    assert_eq!(scene.waiting(), []);
    let (mut scene, _) = asked();
    scene.ask(KIM, EventWhat::Close { farewell: "".into() }).unwrap();
    assert_eq!(scene.waiting(), []);
}

#[test]
fn what_is_told_late_answers_nothing_that_came_after_it() {
    let (mut scene, key) = asked();
    for what in [post("早先的话"), at(ANN, post("早先叫过"))] {
        let mut event = scene.event(BOB, domain::Origin::Told, EventWhat::Message(what));
        event.at = Millis(scene.now - 5 * MINUTE);
        scene.decide(&event).unwrap();
        assert!(scene.waiting().contains(&key));
    }
    scene.says(XIAOLIN, "这样用");
    assert!(!scene.waiting().contains(&key), "Ann is still who spoke last");
}

#[test]
fn of_more_items_than_are_kept_the_oldest_give_way() {
    let mut scene = Scene::group();
    let keys: Vec<i64> = (0..230).map(|_| scene.wonders(ANN)).collect();
    assert_eq!(scene.waiting(), keys[30..]);
}
