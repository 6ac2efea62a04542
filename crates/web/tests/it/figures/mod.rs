//! Figures: the same numbers everywhere, unknown said as such, nothing beyond role and scope.

use app::console::Console;
use app::console::figures::Period;
use axum::http::StatusCode;
use domain::{Actor, Millis, OrgId, Role, Scope, StaffId};
use insights::{Figure, Span};

use crate::browser::Place;

/// A question, an answer, and chatter, all of one day.
async fn talked() -> Place {
    let place = Place::open().await;
    let (mut ann, mut lin) = place.two().await;
    place.say(&mut ann, "明天的读书会几点开始？").await;
    place.pass_ms(5 * Millis::MINUTE);
    place.say(&mut lin, "晚上八点在老地方，记得带上周那本书。").await;
    place.say(&mut lin, "好").await;
    place.live.caught_up().await;
    place
}

// catalogue: P01, P02, P04
#[tokio::test(flavor = "multi_thread")]
async fn the_figures_count_people_once_and_say_base_source_and_formula() {
    let place = talked().await;
    let mut operator = place.operator().await;
    let page = operator.get("/figures?w=7d").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    for words in
        ["有效发言人数", "去重", "按群相加", "怎么算的", "1 个群里有 1 个提供", "目前 3 例"]
    {
        assert!(page.text.contains(words), "{words}");
    }
    assert!(page.text.contains("期初") && page.text.contains("期末"), "start + in - out = end");
    assert!(!page.text.contains(" style=") && !page.text.contains("<script>"));
}

// catalogue: P14
#[tokio::test(flavor = "multi_thread")]
async fn every_page_of_figures_opens_for_any_window() {
    let place = talked().await;
    let mut operator = place.operator().await;
    let group = place.group.0;
    let pages = [
        "/figures".to_owned(),
        "/figures/groups".to_owned(),
        format!("/figures/groups/{group}"),
        "/figures/full".to_owned(),
        "/figures/explore".to_owned(),
        "/figures/answer_rate".to_owned(),
        "/figures/gini".to_owned(),
        format!("/figures/answer_rate/groups/{group}"),
        format!("/figures/speakers/groups/{group}"),
        format!("/figures/came/groups/{group}"),
        format!("/figures/kept_7d/groups/{group}"),
        format!("/figures/left/groups/{group}"),
        "/summary".to_owned(),
    ];
    for page in pages {
        for query in [
            "",
            "?w=year&c=last_year",
            "?from=2024-01-01&to=2024-02-01&cfrom=2023-01-01&cto=2023-01-09",
            "?lang=en&w=month",
            "?from=gestern&to=2024-01-01",
        ] {
            let path = format!("{page}{query}");
            let answer = operator.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
            assert!(!answer.text.contains(" style="), "{path}");
        }
    }
    let wrong = operator.get("/figures?lang=zh&from=gestern&to=2024-01-01").await;
    assert!(wrong.text.contains("日期写成") && wrong.text.contains("value=\"gestern\""));
    for path in ["/figures/no_such", "/figures/groups/999", "/figures/joins/groups/999"] {
        assert_eq!(operator.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

// catalogue: P02
#[tokio::test(flavor = "multi_thread")]
async fn behind_a_figure_stand_the_people_and_messages() {
    let place = talked().await;
    let mut operator = place.operator().await;
    let group = place.group.0;
    let questions = operator.get(&format!("/figures/answer_rate/groups/{group}?w=7d")).await.text;
    assert!(questions.contains("明天的读书会几点开始") && questions.contains("回应"));
    assert!(questions.contains(&format!("/groups/{group}/feed?at=")));
    let people =
        operator.get(&format!("/figures/effective_speakers/groups/{group}?w=7d")).await.text;
    assert!(people.contains("/people/") && people.contains("有效发言"));
}

// catalogue: P14, P04
#[tokio::test(flavor = "multi_thread")]
async fn the_sums_of_any_window_equal_the_report_of_the_same_window() {
    let place = Place::open().await;
    let mut people = vec![place.member("Ann").await, place.member("阿杰").await];
    let words = ["明天几点开始？", "好", "八点，老地方，别忘了带书。", "谢谢大家的分享，很有收获"];
    for day in 0..12_usize {
        for turn in 0..(day * 7 % 5) {
            let who = (day + turn) % people.len();
            place.say(&mut people[who], words[(day * 3 + turn) % words.len()]).await;
            place.pass_ms(3 * Millis::HOUR);
        }
        place.pass_ms(9 * Millis::HOUR);
        if day % 4 == 1 {
            people.push(place.member(&format!("新人{day}")).await);
        }
    }
    place.live.caught_up().await;
    let console = Console::new(place.live.clone());
    let actor = Actor {
        org: OrgId(1),
        staff: StaffId(1),
        name: "小林".to_owned(),
        role: Role::Owner,
        scope: Scope::All,
    };
    let calendar = console.calendar(&actor).await.unwrap();
    let today = calendar.today;
    for (back, days) in [(0, 3), (2, 4), (1, 6), (5, 2), (0, 7)] {
        let span = Span { from: today.plus(1 - back - days), to: today.plus(-back) };
        let against = Span { from: today.plus(-9), to: today.plus(-7) };
        let period = Period { span, against, ..Period::usual(calendar) };
        let (line, sums) = console.figure_line(&actor, place.group, period).await.unwrap();
        let board = console.board(&actor, period).await.unwrap();
        let asked = (Some(span), Some(against));
        let report = console.community(&actor, Some(place.group), asked.0, asked.1).await.unwrap();
        let codes = ["effective_share", "answer_rate", "joins", "leaves", "net_change"];
        for code in codes.into_iter().chain(["messages_per_day", "speakers_per_day"]) {
            let measured = report.overall.measured.iter().find(|one| one.code == code).unwrap();
            let pair = line.pair(code).unwrap();
            assert_eq!(pair.now, measured.now, "{code} in {span:?}");
            if !matches!(measured.before, Figure::Unknown(_)) {
                assert_eq!(pair.before, measured.before, "{code} before {span:?}");
            }
            assert_eq!(board.line(code).unwrap().once, *pair, "{code}: one group is all groups");
        }
        let messages: u64 = sums.iter().map(|day| day.sums.messages).sum();
        let pulse: u32 = report.overall.pulse.iter().map(|day| day.messages).sum();
        assert_eq!(messages, u64::from(pulse));
        let flow = board.flow;
        assert_eq!(flow.start + flow.joins as i64 - flow.leaves as i64, flow.end);
    }
    // Before the group there was nothing: that is unknown, and no zero from which it grew.
    let usual = console.board(&actor, Period::usual(calendar)).await.unwrap();
    let messages = usual.line("messages").unwrap();
    assert_eq!(messages.once.before, Figure::Unknown(insights::Missing::WindowTooShort));
    assert!(messages.once.now.value().is_some_and(|count| count > 10.0));
    assert_eq!(messages.daily.first(), Some(&None));
    assert!(messages.daily.last().unwrap().is_some());
    let (line, _) =
        console.figure_line(&actor, place.group, Period::usual(calendar)).await.unwrap();
    assert_eq!(line.pair("messages").unwrap().before, messages.once.before);
}

#[tokio::test(flavor = "multi_thread")]
async fn exports_hold_the_table_and_need_who_keeps_groups() {
    let place = talked().await;
    let mut operator = place.operator().await;
    let group = place.group.0;
    let csv = operator.get("/figures/export/groups.csv?w=7d").await;
    assert_eq!(csv.status, StatusCode::OK);
    assert!(csv.header("content-type").starts_with("text/csv"));
    assert!(csv.text.starts_with('\u{feff}') && csv.text.contains("有效发言人数"));
    let days = operator.get(&format!("/figures/groups/{group}/export/days.csv?w=7d")).await;
    assert_eq!(days.text.lines().count(), 8, "{}", days.text);
    let people = operator.get(&format!("/figures/groups/{group}/export/speakers.csv?w=7d")).await;
    assert_eq!(people.text.lines().count(), 3, "{}", people.text);
    let book = operator.open("GET", "/figures/export/days.xlsx?w=7d", "").await;
    let named = book.headers()["content-disposition"].to_str().unwrap().to_owned();
    assert!(book.status() == StatusCode::OK && named.contains(".xlsx"));
    assert_eq!(operator.get("/figures/export/passwords.csv").await.status, StatusCode::NOT_FOUND);
    let stranger = place.browser().get("/figures/export/groups.csv").await;
    assert_ne!(stranger.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_explored_is_the_table_as_numbers() {
    let place = talked().await;
    let mut operator = place.operator().await;
    let drawn = operator.get("/figures/explore/series?w=7d&f=messages").await.json();
    assert_eq!(drawn["days"].as_array().unwrap().len(), 7);
    let values = drawn["series"][0]["values"].as_array().unwrap();
    let said: f64 = values.iter().filter_map(serde_json::Value::as_f64).sum();
    assert!((said - 3.0).abs() < f64::EPSILON);
    let page = operator.get("/figures/explore?w=7d&f=messages&g=没有这个群").await.text;
    assert!(page.contains("没有找到群") && page.contains("data-series="));
}
