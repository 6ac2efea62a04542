//! Facts to pages: a small chat counted by hand, and the laws of folding.

use crate::build::{Log, at, fold_all};
use domain::{ActorClass, FactKind, IdentityId, JoinManner, LeaveManner, Media, Millis, Zone};
use insights::{
    Answer, AnswerEvidence, Edge, IdleReason, ItemFlags, Page, PersonDay, Settings, Spoken,
};

const ZONE: &str = "Asia/Shanghai";
/// 小林, 阿杰 and Ann are members, Bob is staff, 小助 a declared host, 9 a bot.
const LIN: u32 = 1;
const JIE: u32 = 2;
const ANN: u32 = 3;
const BOB: u32 = 4;
const HOST: u32 = 5;
const BOT: u32 = 9;

fn log() -> Log {
    let mut log = Log::new();
    log.class(BOB, ActorClass::Staff);
    log.class(HOST, ActorClass::Host);
    log.class(BOT, ActorClass::Bot);
    log
}

fn clock(day: u32, time: &str) -> i64 {
    at(ZONE, &format!("2025-03-{day:02}T{time}"))
}

fn person(page: &Page, who: u32) -> PersonDay {
    page.people.iter().copied().find(|person| person.who == IdentityId(who)).unwrap_or_default()
}

fn counts(page: &Page, who: u32) -> (u32, u32) {
    (person(page, who).messages, person(page, who).effective)
}

fn items(page: &Page) -> Vec<(i64, u32, u8)> {
    page.items.iter().map(|item| (item.key, item.who.0, item.flags.0)).collect()
}

fn answers(page: &Page) -> Vec<(i64, u32, AnswerEvidence)> {
    page.answers.iter().map(|answer| (answer.key, answer.who.0, answer.evidence)).collect()
}

fn edge(from: u32, to: u32, told: u32, by_order: u32) -> Edge {
    Edge { from: IdentityId(from), to: IdentityId(to), told, by_order }
}

/// Three days in two languages.
fn three_days() -> Log {
    let mut log = log();
    log.join(clock(3, "08:00"), LIN, JoinManner::Link); // 1
    log.say(clock(3, "08:05"), LIN, "大家好，我是做茶叶的小林"); // 2: first post, opener
    log.say(clock(3, "08:06"), HOST, "欢迎小林，看看群公告"); // 3: answers 2
    log.say(clock(3, "08:07"), BOT, "Welcome! type /help"); // 4
    log.say(clock(3, "08:10"), LIN, "请问发货要几天"); // 5: question
    log.say(clock(3, "08:30"), BOB, "一般两天就到"); // 6: answers 5 by order
    log.say(clock(3, "08:31"), LIN, "好的"); // 7: filler
    log.say(clock(3, "23:58"), ANN, "Does anyone have the prices?"); // 8: first, question, opener
    log.say(clock(4, "00:20"), JIE, "I can send it tomorrow"); // 9: answers 8; first post
    log.say(clock(4, "00:21"), ANN, "thanks!"); // 10: answers 9
    log.send(clock(4, "09:00"), JIE, Media::Image); // 11: effective, opener
    log.send(clock(4, "09:01"), JIE, Media::Sticker); // 12
    log.say(clock(4, "12:00"), BOB, "想要价目表的扣1"); // 13: opens a window
    log.say(clock(4, "12:01"), LIN, "1"); // 14: effective inside
    log.say(clock(4, "12:02"), ANN, "1"); // 15: effective inside
    log.say(clock(4, "12:03"), LIN, "1"); // 16: repeated
    log.say(clock(4, "12:11"), JIE, "1"); // 17: the window is over
    log.leave(clock(5, "10:00"), ANN, LeaveManner::Left); // 18
    let open = log.say(clock(5, "11:00"), LIN, "周末有没有人去爬山"); // 19: question, opener
    log.note(clock(5, "11:01"), JIE, FactKind::Reaction, Some(open)); // 20: no answer
    log.note(clock(5, "11:02"), LIN, FactKind::Edit, Some(open)); // 21
    log.note(clock(5, "11:03"), 0, FactKind::Service, None); // 22
    log
}

// catalogue: P04 P07 P12 P18 I08 I09 H10
#[test]
fn three_days_counted_by_hand() {
    let pages = three_days().pages(ZONE);
    let [first, second, third] = pages.as_slice() else { panic!("three days: {pages:?}") };

    assert_eq!(first.comings.len(), 1);
    assert_eq!((counts(first, LIN), counts(first, ANN)), ((3, 2), (1, 1)));
    assert_eq!(
        (counts(first, BOB), counts(first, HOST), counts(first, BOT)),
        ((1, 1), (1, 0), (1, 0))
    );
    assert!(person(first, LIN).first_ever && person(first, HOST).first_ever);
    assert!(!person(first, BOT).first_ever);
    assert_eq!((first.hours[8], first.hours[23], first.hours.iter().sum()), (4, 1, 5_u32));
    assert_eq!(person(first, LIN).hours, 1 << 8);
    assert_eq!(first.idle[IdleReason::Filler as usize], 1);
    assert_eq!(first.idle.iter().sum::<u32>(), 1);
    let all = ItemFlags::QUESTION | ItemFlags::FIRST_POST | ItemFlags::OPENER;
    assert_eq!(
        items(first),
        [
            (2, LIN, ItemFlags::FIRST_POST | ItemFlags::OPENER),
            (5, LIN, ItemFlags::QUESTION),
            (8, ANN, all)
        ]
    );
    let order = AnswerEvidence::Order;
    assert_eq!(answers(first), [(2, HOST, order), (5, BOB, order)]);
    assert_eq!(first.answers[1].class, ActorClass::Staff);
    assert_eq!(
        first.edges,
        [edge(LIN, BOB, 0, 1), edge(LIN, HOST, 0, 1), edge(BOB, LIN, 0, 1), edge(HOST, LIN, 0, 1)]
    );
    let whole = (Millis(clock(3, "08:05")), Millis(clock(3, "23:58")));
    assert_eq!(first.first_last, Some(whole));

    assert_eq!(items(second)[0], (9, JIE, ItemFlags::FIRST_POST));
    assert_eq!(items(second)[1], (11, JIE, ItemFlags::OPENER));
    assert_eq!(second.answers[0].item_at, Millis(clock(3, "23:58")), "asked the day before");
    assert_eq!(answers(second), [(8, JIE, order), (9, ANN, order)]);
    assert_eq!((counts(second, LIN), counts(second, ANN)), ((2, 1), (2, 1)));
    assert_eq!((counts(second, JIE), counts(second, BOB)), ((4, 2), (1, 1)));
    assert_eq!(second.idle[IdleReason::StickerOrEmoji as usize], 1);
    assert_eq!(second.idle[IdleReason::Repeated as usize], 1);
    assert_eq!(second.idle[IdleReason::Filler as usize], 2, "thanks, and the late 1");
    assert_eq!((second.media[1], second.media[4], second.media[0]), (1, 1, 7));

    assert_eq!(
        (third.goings.len(), third.edits, third.reactions, third.service_rows),
        (1, 1, 1, 1)
    );
    assert_eq!(items(third), [(19, LIN, ItemFlags::QUESTION | ItemFlags::OPENER)]);
    assert_eq!(third.answers, [], "a reaction is no answer");
    assert_eq!((person(third, JIE).messages, person(third, JIE).reactions), (0, 1));
}

// catalogue: T01
#[test]
fn a_declared_host_never_counts_as_member_activity() {
    let mut log = log();
    for hour in 8..20 {
        log.say(clock(3, &format!("{hour:02}:00")), HOST, "今天的新品都在公告里，怎么样？");
    }
    let page = &log.pages(ZONE)[0];
    assert_eq!(counts(page, HOST), (12, 0));
    assert_eq!((page.hours, page.idle, page.items.len()), ([0; 24], [0; 7], 0));
    assert_eq!(page.media, [0; 12]);
}

// catalogue: I08
#[test]
fn answers_are_recognised_by_link_then_mention_then_order() {
    let mut log = log();
    let one = log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    let two = log.say(clock(3, "09:01"), JIE, "有没有大号的");
    log.say(clock(3, "09:02"), ANN, "大号卖完了");
    log.reply(clock(3, "14:00"), BOB, one, "在订单页面点退货");
    let three = log.say(clock(3, "15:00"), LIN, "运费谁出？");
    log.mention(clock(3, "20:00"), BOB, LIN, "运费我们出");
    let page = &log.pages(ZONE)[0];
    // A question by another person that comes next is read as the answer to the one before.
    assert_eq!(
        answers(page),
        [
            (one, JIE, AnswerEvidence::Order),
            (two, ANN, AnswerEvidence::Order),
            (three, BOB, AnswerEvidence::Mention),
        ]
    );
    let mut linked = self::log();
    let asked = linked.say(clock(3, "09:00"), LIN, "请问怎么退货");
    linked.say(clock(3, "09:40"), ANN, "今天的面包不错");
    linked.reply(clock(3, "14:00"), BOB, asked, "在订单页面点退货");
    assert_eq!(answers(&linked.pages(ZONE)[0])[0], (asked, BOB, AnswerEvidence::Reply));
}

#[test]
fn a_message_turned_to_somebody_else_answers_nobody_by_order() {
    let mut log = log();
    let asked = log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    log.mention(clock(3, "09:01"), ANN, JIE, "你的包裹到了");
    log.reply(clock(3, "09:02"), JIE, 77, "收到，谢谢");
    let page = &log.pages(ZONE)[0];
    assert!(!page.answers.iter().any(|answer| answer.key == asked), "{:?}", page.answers);
    assert_eq!(page.edges, [edge(ANN, JIE, 1, 0)]);
}

#[test]
fn several_messages_in_a_row_are_answered_together_and_late_ones_are_not() {
    let mut log = log();
    log.say(clock(3, "08:00"), LIN, "请问今天发货吗");
    log.say(clock(3, "08:50"), LIN, "有没有人在");
    log.say(clock(3, "08:55"), LIN, "急求一个回复怎么办");
    log.say(clock(3, "09:00"), ANN, "今天不发货");
    let page = &log.pages(ZONE)[0];
    let order = AnswerEvidence::Order;
    assert_eq!(answers(page), [(2, ANN, order), (3, ANN, order)]);
    let mut late = self::log();
    late.say(clock(3, "08:00"), LIN, "请问今天发货吗");
    late.say(clock(3, "08:31"), ANN, "今天不发货");
    assert_eq!(late.pages(ZONE)[0].answers, []);
}

#[test]
fn a_thread_answers_what_its_starter_asks_again_in_it() {
    let mut log = log();
    let root = log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    log.reply(clock(3, "09:05"), BOB, root, "在订单页面");
    log.say(clock(3, "09:06"), ANN, "我在看别的商品");
    let again = log.reply(clock(3, "10:00"), LIN, root, "点了以后没反应怎么办");
    log.say(clock(3, "10:00:30"), LIN, "图发不上来");
    log.reply(clock(3, "15:00"), BOB, root, "换个浏览器就行");
    let page = &log.pages(ZONE)[0];
    assert!(answers(page).contains(&(again, BOB, AnswerEvidence::Reply)), "{:?}", page.answers);
}

#[test]
fn bots_neither_answer_nor_stand_between() {
    let mut log = log();
    let asked = log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    log.reply(clock(3, "09:01"), BOT, asked, "请看帮助页面");
    log.mention(clock(3, "09:02"), ANN, BOT, "查一下订单状态");
    log.say(clock(3, "09:03"), LIN, "还是不行");
    log.say(clock(3, "09:04"), BOT, "我是机器人");
    log.say(clock(3, "09:05"), ANN, "找客服处理");
    let page = &log.pages(ZONE)[0];
    assert!(page.answers.iter().all(|answer| answer.who != IdentityId(BOT)));
    assert!(
        page.edges.iter().all(|edge| edge.from.0 != BOT && edge.to.0 != BOT),
        "{:?}",
        page.edges
    );
}

#[test]
fn what_is_taken_back_waits_no_longer() {
    let mut log = log();
    let asked = log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    log.note(clock(3, "09:01"), LIN, FactKind::Recall, Some(asked));
    log.reply(clock(3, "09:05"), BOB, asked, "什么事");
    let gone = Spoken { text: "", deleted: true, ..Spoken::default() };
    log.speak(clock(3, "09:10"), ANN, &gone);
    let page = &log.pages(ZONE)[0];
    assert_eq!((page.items.len(), page.answers.len(), page.recalls), (0, 0, 2));
    assert_eq!(page.idle[IdleReason::Deleted as usize], 1);
    assert!(person(page, ANN).first_ever);
}

#[test]
fn an_item_is_forgotten_after_its_time() {
    let mut log = log();
    let asked = log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    log.reply(clock(10, "09:00:01"), BOB, asked, "现在才看到");
    assert!(log.pages(ZONE).iter().all(|page| page.answers.is_empty()));
    let mut timely = self::log();
    let asked = timely.say(clock(3, "09:00"), LIN, "请问怎么退货");
    timely.reply(clock(10, "09:00:00"), BOB, asked, "现在才看到");
    assert_eq!(timely.pages(ZONE)[1].answers.len(), 1);
}

#[test]
fn the_same_words_count_once_a_day_and_again_in_a_new_window() {
    let mut log = log();
    log.say(clock(3, "09:00"), LIN, "新茶已经上架了");
    log.say(clock(3, "10:00"), LIN, "新茶已经上架了！");
    log.say(clock(3, "11:00"), BOB, "想要的扣1");
    log.say(clock(3, "11:01"), LIN, "1");
    log.say(clock(3, "12:00"), BOB, "想学泡茶的扣1");
    log.say(clock(3, "12:01"), LIN, "1");
    log.say(clock(4, "09:00"), LIN, "新茶已经上架了");
    let pages = log.pages(ZONE);
    assert_eq!((counts(&pages[0], LIN), counts(&pages[1], LIN)), ((4, 3), (1, 1)));
    assert_eq!(pages[0].idle[IdleReason::Repeated as usize], 1);
}

#[test]
fn unnamed_people_are_counted_but_never_judged() {
    let mut log = log();
    log.say(clock(3, "09:00"), 0, "请问怎么退货");
    log.say(clock(3, "09:01"), ANN, "在订单页面点退货");
    log.note(clock(3, "09:02"), 0, FactKind::Reaction, Some(1));
    let page = &log.pages(ZONE)[0];
    assert_eq!((counts(page, 0), page.reactions, page.edges.len()), ((1, 0), 1, 0));
    assert!(!person(page, 0).first_ever);
    assert_eq!(page.items.len(), 1, "Ann's first post");
}

#[test]
fn days_follow_the_zone_over_midnight_and_changes_of_the_clock() {
    let london = "Europe/London";
    let mut log = log();
    // 2025-10-26: the day has 25 hours, the hour from one to two comes twice.
    let midnight = at(london, "2025-10-26T00:00");
    for hour in 0..25 {
        log.say(midnight + hour * Millis::HOUR, LIN, "the kettle is on");
    }
    log.say(midnight + 25 * Millis::HOUR, LIN, "the kettle is on");
    log.say(midnight - 1, LIN, "the kettle is on");
    let pages = log.pages(london);
    let days: Vec<String> = pages.iter().map(|page| page.day().to_string()).collect();
    assert_eq!(days, ["2025-10-25", "2025-10-26", "2025-10-27"]);
    assert_eq!((pages[1].hours[1], pages[1].hours[2], pages[1].hours.iter().sum()), (2, 1, 25_u32));
    assert_eq!((pages[0].hours[23], pages[2].hours[0]), (1, 1));
    let spring = at(london, "2025-03-30T00:00");
    let mut short = self::log();
    for hour in 0..23 {
        short.say(spring + hour * Millis::HOUR, LIN, "the kettle is on");
    }
    let pages = short.pages(london);
    assert_eq!((pages.len(), pages[0].hours[1], pages[0].hours[23]), (1, 0, 1));
}

// catalogue: P02
#[test]
fn other_settings_change_effective_counts_without_the_text_and_nothing_said() {
    let log = three_days();
    let zone = Zone::named(ZONE).unwrap();
    let strict = Settings { version: 2, han_min: 8, words_min: 5, ..Settings::default() };
    let usual = log.pages(ZONE);
    let judged = fold_all(&log.facts, &zone, &strict);
    let sums = |pages: &[Page]| {
        let people = pages.iter().flat_map(|page| &page.people);
        people.fold((0, 0), |sum, person| (sum.0 + person.messages, sum.1 + person.effective))
    };
    assert_eq!(sums(&usual).0, sums(&judged).0);
    assert!(sums(&judged).1 < sums(&usual).1);
    assert!(judged.iter().all(|page| page.settings == 2));
    for (usual, judged) in usual.iter().zip(&judged) {
        assert_eq!((usual.hours, &usual.edges), (judged.hours, &judged.edges));
        assert_eq!((&usual.comings, &usual.goings), (&judged.comings, &judged.goings));
    }
}

#[test]
fn a_first_answer_names_everything_about_it() {
    let mut log = log();
    log.say(clock(3, "09:00"), LIN, "请问怎么退货");
    log.say(clock(3, "09:04"), BOB, "在订单页面点退货");
    log.say(clock(3, "09:05"), HOST, "也可以找我");
    assert_eq!(
        log.pages(ZONE)[0].answers,
        [Answer {
            at: Millis(clock(3, "09:04")),
            key: 1,
            item_at: Millis(clock(3, "09:00")),
            who: IdentityId(BOB),
            class: ActorClass::Staff,
            asker: IdentityId(LIN),
            evidence: AnswerEvidence::Order,
        }]
    );
}
