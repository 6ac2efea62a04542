//! One page for the boss's phone: a week or a month in five numbers, two lists, three sentences.
//!
//! Invariant: every sentence is made from the numbers on the page; what is unknown is said so.

use app::console::figures::{Board, GroupLine, Pair, Period, Stretch, Typed};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use insights::{Figure, Missing};
use report::{Lang, Said};

use crate::console::figures::asked::Asked;
use crate::console::figures::board::said;
use crate::console::figures::table::order;
use crate::console::figures::words;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Groups of each list.
const ENDS: usize = 5;

/// A window of so many days or less cannot show who of its newcomers stayed so long.
const KEPT_DAYS: u32 = 7;

/// A large number.
pub(crate) struct Big {
    pub(crate) name: &'static str,
    pub(crate) said: Said,
    pub(crate) note: &'static str,
}

/// A group of a list.
pub(crate) struct Ranked {
    pub(crate) name: String,
    pub(crate) value: String,
    /// 0 … 100.
    pub(crate) width: f64,
}

/// The page.
#[derive(Template)]
#[template(path = "console/figures/summary.html")]
pub(crate) struct SummaryPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) month: bool,
    pub(crate) span: String,
    pub(crate) against: String,
    pub(crate) groups: String,
    pub(crate) big: Vec<Big>,
    pub(crate) sentences: Vec<String>,
    pub(crate) best: Vec<Ranked>,
    pub(crate) least: Vec<Ranked>,
}

pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let month = asked.w == "month" || asked.w == "30d";
    let stretch = if month { Stretch::Days30 } else { Stretch::Week };
    let typed = Typed { window: stretch.word().to_owned(), ..Typed::default() };
    let calendar = house.console().calendar(&seated.actor).await?;
    let period = Period::read(&typed, calendar).unwrap_or_else(|_| Period::usual(calendar));
    let board = house.console().board(&seated.actor, period).await?;
    let lines = house.console().figure_lines(&seated.actor, period).await?;
    let (best, least) = ends(lines, l);
    Ok(shown(&SummaryPage {
        frame: Frame::of(&house, &seated, Place::Figures, l.pick("一页总结", "Summary")).await?,
        l,
        month,
        span: words::span(period.span, l),
        against: words::span(period.against, l),
        groups: words::number(board.coverage.groups, l),
        big: big(&board, l),
        sentences: sentences(&board, l),
        best,
        least,
    }))
}

fn big(board: &Board, l: Lang) -> Vec<Big> {
    let all = [
        ("net_change", l.pick("净增", "Net growth"), l.pick("进群减退群", "joins less leaves")),
        (
            "effective_speakers",
            l.pick("活跃的人", "Active people"),
            l.pick("有效发言，跨群去重", "spoke effectively, each once"),
        ),
        (
            "kept_7d",
            l.pick("新人留存", "Newcomers kept"),
            l.pick("进群满 7 天还在", "still in after 7 days"),
        ),
        (
            "answer_rate",
            l.pick("应答率", "Answer rate"),
            l.pick("提问在时限内有人回", "questions answered in time"),
        ),
    ];
    let big = |(code, name, note): (&str, &'static str, &'static str)| {
        let line = board.line(code)?;
        if code == "kept_7d" && board.period.span.days() <= KEPT_DAYS {
            // Of those who came this week nobody has been in for 7 days: those of the week before.
            let unknown = Figure::Unknown(Missing::WindowTooShort);
            let pair = Pair { now: line.once.before, before: unknown };
            let note = l.pick("上一周进群的，满 7 天还在", "of last week's joins, in after 7 days");
            return Some(Big { name, said: said(line.tally, &pair, l), note });
        }
        Some(Big { name, said: said(line.tally, &line.once, l), note })
    };
    all.into_iter().filter_map(big).collect()
}

/// The most and the least active groups by people who spoke effectively.
fn ends(mut lines: Vec<GroupLine>, l: Lang) -> (Vec<Ranked>, Vec<Ranked>) {
    let code = "effective_speakers";
    let value = |line: &GroupLine| line.pair(code).and_then(|pair| pair.now.value());
    lines.retain(|line| value(line).is_some());
    order(&mut lines, code, false);
    let most = lines.first().and_then(value).unwrap_or(0.0).max(1.0);
    let ranked = |line: &GroupLine| {
        let count = value(line).unwrap_or(0.0);
        let value = report::unit_value(count, insights::Unit::Count, l);
        Ranked { name: line.name.clone(), value, width: count / most * 100.0 }
    };
    let best: Vec<Ranked> = lines.iter().take(ENDS).map(ranked).collect();
    let rest = lines.get(ENDS..).unwrap_or_default();
    (best, rest.iter().rev().take(ENDS).map(ranked).collect())
}

fn sentences(board: &Board, l: Lang) -> Vec<String> {
    let now = |code: &str| board.line(code).map(|line| line.once.now);
    let told = |code: &str| now(code).as_ref().and_then(Figure::value);
    let was = |code: &str| board.line(code).and_then(|line| line.once.before.value());
    vec![
        growth(told("net_change"), told("joins"), told("leaves"), l),
        activity(told("effective_speakers"), was("effective_speakers"), l),
        answers(board, l),
    ]
}

fn growth(net: Option<f64>, joins: Option<f64>, leaves: Option<f64>, l: Lang) -> String {
    let (Some(net), Some(joins), Some(leaves)) = (net, joins, leaves) else {
        let zh = "进退群情况不清楚：这些群的数据里没有完整的进退群记录。";
        let en = "How many came and left is not known: no group here tells of both in full.";
        return l.pick(zh, en).to_owned();
    };
    let count = |value: f64| report::unit_value(value.abs(), insights::Unit::Count, l);
    let (joins, leaves, by) = (count(joins), count(leaves), count(net));
    match l {
        Lang::Zh if net > 0.0 => format!("进来 {joins} 人次，走了 {leaves} 人次，净增 {by}。"),
        Lang::Zh if net < 0.0 => format!("进来 {joins} 人次，走了 {leaves} 人次，净减 {by}。"),
        Lang::Zh => format!("进来 {joins} 人次，走了 {leaves} 人次，不增不减。"),
        Lang::En if net > 0.0 => format!("{joins} joins, {leaves} leaves: {by} more members."),
        Lang::En if net < 0.0 => format!("{joins} joins, {leaves} leaves: {by} fewer members."),
        Lang::En => format!("{joins} joins and as many leaves: no change."),
    }
}

fn activity(now: Option<f64>, before: Option<f64>, l: Lang) -> String {
    let Some(now) = now else {
        let zh = "说话的人数不清楚：数据里没有聊天记录。";
        return l.pick(zh, "How many spoke is not known: there are no messages.").to_owned();
    };
    let count = |value: f64| report::unit_value(value, insights::Unit::Count, l);
    let said = count(now);
    let Some(before) = before.filter(|before| *before > 0.0) else {
        return match l {
            Lang::Zh => format!("{said} 个人认真说了话；上一段没有可比的数据。"),
            Lang::En => {
                format!("{said} people spoke effectively; there is nothing to compare with.")
            }
        };
    };
    let by = report::unit_value((now - before).abs() / before, insights::Unit::Share, l);
    match l {
        Lang::Zh if now > before => format!("{said} 个人认真说了话，比上一段多 {by}。"),
        Lang::Zh if now < before => format!("{said} 个人认真说了话，比上一段少 {by}。"),
        Lang::Zh => format!("{said} 个人认真说了话，和上一段一样多。"),
        Lang::En if now > before => {
            format!("{said} people spoke effectively, {by} more than before.")
        }
        Lang::En if now < before => {
            format!("{said} people spoke effectively, {by} fewer than before.")
        }
        Lang::En => format!("{said} people spoke effectively, as many as before."),
    }
}

fn answers(board: &Board, l: Lang) -> String {
    let of = |code: &str| match board.line(code).map(|line| line.once.now) {
        Some(Figure::Known { of: Some((some, all)), .. }) => Some((some, all)),
        _ => None,
    };
    let count = |value: f64| report::unit_value(value, insights::Unit::Count, l);
    let Some((some, all)) = of("answer_rate") else {
        let zh = "提问太少，看不出回应得怎么样。";
        return l.pick(zh, "Too few questions to say how well they are answered.").to_owned();
    };
    let (asked, open) = (count(all), count(all - some));
    match l {
        Lang::Zh => format!("成员提了 {asked} 个问题，其中 {open} 个没有按时得到回应。"),
        Lang::En => format!("Members asked {asked} questions; {open} were not answered in time."),
    }
}
