//! Channels beside each other (B02, B09, B14–B16): what codes, placements and inviters brought,
//! who is still in, what each cost.

use app::links::{ChannelAsk, ChannelOf, ChannelRow, Kept};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{Day, May};
use report::Lang;
use report::speech::share;
use serde::Deserialize;

use crate::console::codes::exports::notes;
use crate::console::codes::words;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::number;

/// Windows that are offered, in days.
const WINDOWS: [i32; 3] = [7, 30, 90];
/// The window that is shown first.
const USUAL: i32 = 30;

/// Which days.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub(super) from: String,
    pub(super) to: String,
    /// Number of a code.
    pub(super) code: String,
}

/// A window that was asked for, and how the form shows it.
pub(crate) struct Window {
    pub(crate) ask: ChannelAsk,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) wrong: &'static str,
    /// Query, word, chosen.
    pub(crate) picks: Vec<(String, String, bool)>,
}

impl Window {
    /// What was asked; the usual window where that is none.
    pub(super) fn of(asked: &Asked, today: Day, l: Lang) -> Self {
        let usual = |days: i32| ChannelAsk { from: today.plus(1 - days), to: today };
        let typed = (Day::parse(asked.from.trim()), Day::parse(asked.to.trim()));
        let empty = asked.from.is_empty() && asked.to.is_empty();
        let (ask, wrong) = match typed {
            (Some(from), Some(to)) if from <= to && to.since(from) < 400 => {
                (ChannelAsk { from, to }, "")
            }
            _ if empty => (usual(USUAL), ""),
            (Some(_), Some(_)) => (
                usual(USUAL),
                l.pick(
                    "开始要早于结束，最多 400 天。下面是近 30 天。",
                    "It begins before it ends, 400 days at most. Below are the last 30.",
                ),
            ),
            _ => (
                usual(USUAL),
                l.pick(
                    "日期写成 2026-11-03 这样。下面是近 30 天。",
                    "Dates are written 2026-11-03. Below are the last 30 days.",
                ),
            ),
        };
        let pick = |days: i32| {
            let ChannelAsk { from, to } = usual(days);
            let word = l.pick(format!("近 {days} 天"), format!("{days} days"));
            (format!("from={from}&to={to}"), word, ask == usual(days) && wrong.is_empty())
        };
        let (from, to) = if wrong.is_empty() {
            (ask.from.to_string(), ask.to.to_string())
        } else {
            (asked.from.clone(), asked.to.clone())
        };
        Self { ask, from, to, wrong, picks: WINDOWS.map(pick).into() }
    }

    /// The window as the query of an address.
    pub(super) fn query(&self) -> String {
        format!("from={}&to={}", self.ask.from, self.ask.to)
    }
}

/// How many are still in after so many days.
pub(crate) struct KeptCell {
    /// A share; a dash where it is not known.
    pub(crate) share: String,
    /// `17 / 25`, or why it is not known.
    pub(crate) base: String,
    pub(crate) known: bool,
}

/// One channel.
pub(crate) struct RowView {
    pub(crate) href: String,
    pub(crate) name: String,
    /// Code, source, partner.
    pub(crate) about: String,
    pub(crate) scans: String,
    pub(crate) added: String,
    pub(crate) joined: String,
    pub(crate) kept: [KeptCell; 3],
    pub(crate) still: String,
    pub(crate) cost: String,
    pub(crate) per_came: String,
    pub(crate) per_kept: String,
    /// Why there is no cost for each.
    pub(crate) no_cost: &'static str,
}

/// Channels of one kind.
pub(crate) struct TableView {
    pub(crate) slot: &'static str,
    pub(crate) title: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) rows: Vec<RowView>,
    /// Scans and costs are of no meaning for inviters.
    pub(crate) is_inviters: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/codes/channels.html")]
pub(crate) struct ChannelsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) window: Window,
    pub(crate) query: String,
    pub(crate) tables: Vec<TableView>,
    pub(crate) may_export: bool,
}

impl ChannelsPage {
    /// What the columns mean.
    pub(crate) fn notes(&self) -> Vec<(String, String)> {
        notes(self.l)
    }
}

/// `GET /codes/channels`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let zone = console.zone(seated.actor.org).await?;
    let window = Window::of(&asked, zone.local(house.now()).day, l);
    let found = console.channels(&seated.actor, window.ask).await?;
    let title = l.pick("渠道对比", "Channels");
    let table =
        |slot, titles: [&'static str; 2], nothing: [&'static str; 2], rows: &[ChannelRow]| {
            TableView {
                slot,
                title: l.pick(titles[0], titles[1]),
                nothing: l.pick(nothing[0], nothing[1]),
                rows: rows.iter().map(|row| view(row, l)).collect(),
                is_inviters: slot == "inviters",
            }
        };
    let tables = vec![
        table(
            "placements",
            ["按投放位", "By placement"],
            ["还没有投放位。", "There is no placement yet."],
            &found.placements,
        ),
        table(
            "codes",
            ["按活码", "By code"],
            ["还没有活码。", "There is no code yet."],
            &found.codes,
        ),
        table(
            "inviters",
            ["按邀请人", "By inviter"],
            [
                "这段时间没有员工直接拉人进群；客户互相邀请，企业微信不提供是谁邀请的。",
                "Nobody of staff invited anybody in this time. Who among customers invites whom is \
                 not told by WeCom.",
            ],
            &found.inviters,
        ),
    ];
    Ok(shown(&ChannelsPage {
        l,
        frame: Frame::of(&house, &seated, Place::Codes, title).await?,
        query: window.query(),
        window,
        tables,
        may_export: seated.actor.may(May::Keep),
    }))
}

pub(super) fn view(row: &ChannelRow, l: Lang) -> RowView {
    let source = words::source(&row.source, l);
    let about = [row.under.as_str(), source, row.partner.as_str()];
    let about: Vec<&str> = about.into_iter().filter(|word| !word.is_empty()).collect();
    let money = |cents: Option<i64>| cents.map_or_else(|| "–".to_owned(), words::money);
    let count = |many: u32| if row.is_told { number(many.into()) } else { "–".to_owned() };
    RowView {
        href: match &row.of {
            ChannelOf::Code(code) => format!("/codes/{code}"),
            ChannelOf::Placement(code, placement) => format!("/codes/{code}/{placement}"),
            ChannelOf::Inviter(..) => String::new(),
        },
        name: row.name.clone(),
        about: about.join(" · "),
        scans: row.scans.map_or_else(|| "–".to_owned(), number),
        added: count(row.added),
        joined: count(row.joined),
        kept: row.kept.map(|kept| cell(kept, row.came(), l)),
        still: count(row.still_in),
        cost: money(row.cost),
        per_came: money(row.cost_per_came),
        per_kept: money(row.cost_per_kept),
        no_cost: match (row.cost, row.cost_per_kept) {
            (None, _) => l.pick("没有填花费", "no cost entered"),
            (Some(_), None) if !row.is_told => not_told(l),
            (Some(_), None) => l.pick("没有人留下", "nobody is in"),
            (Some(_), Some(_)) => "",
        },
    }
}

fn cell(kept: Kept, came: Option<u32>, l: Lang) -> KeptCell {
    if let Some(permille) = kept.permille() {
        let base = format!("{} / {}", number(kept.kept.into()), number(kept.base.into()));
        return KeptCell { share: share(f64::from(permille) / 1_000.0), base, known: true };
    }
    let why = why_unknown(kept, came, l);
    KeptCell { share: "–".to_owned(), base: why.to_owned(), known: false }
}

/// Why nobody can say who came by an address.
pub(super) fn not_told(l: Lang) -> &'static str {
    l.pick("网址那边不会告诉我们谁来了", "the web does not tell who came")
}

/// Why a share of those who stayed is not known.
pub(super) fn why_unknown(kept: Kept, came: Option<u32>, l: Lang) -> &'static str {
    match (came, kept.too_early, kept.unknown) {
        (None, ..) => not_told(l),
        (Some(0), ..) => l.pick("没有人来", "nobody came"),
        (_, 1.., 0) => l.pick("还没到天数", "too early"),
        (_, _, 1..) => l.pick("群看不到了", "group out of sight"),
        _ => l.pick("不知道", "not known"),
    }
}

/// An amount as it is typed: `1234.50`.
pub(super) fn plain(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.unsigned_abs() / 100, cents.unsigned_abs() % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_without_a_base_says_why() {
        let kept = |base, kept, too_early, unknown| Kept { base, kept, too_early, unknown };
        let said = |kept: Kept, came| {
            let cell = cell(kept, Some(came), Lang::Zh);
            (cell.share, cell.base)
        };
        let own = |share: &str, base: &str| (share.to_owned(), base.to_owned());
        assert_eq!(said(kept(25, 17, 3, 0), 28), own("68.0%", "17 / 25"));
        assert_eq!(said(kept(4, 0, 0, 0), 4), own("0.0%", "0 / 4"), "nobody stayed: that is known");
        assert_eq!(said(kept(0, 0, 3, 0), 3), own("–", "还没到天数"));
        assert_eq!(said(kept(0, 0, 3, 1), 4), own("–", "群看不到了"));
        assert_eq!(said(kept(0, 0, 0, 0), 0), own("–", "没有人来"));
        let web = cell(kept(0, 0, 0, 0), None, Lang::Zh);
        assert_eq!((web.share, web.base), own("–", "网址那边不会告诉我们谁来了"));
    }

    #[test]
    fn a_window_is_what_was_asked_or_the_last_thirty_days() {
        let today = Day::parse("2026-11-22").unwrap();
        let asked =
            |from: &str, to: &str| Asked { from: from.into(), to: to.into(), ..Asked::default() };
        let of = |from, to| Window::of(&asked(from, to), today, Lang::Zh);
        assert_eq!(of("", "").query(), "from=2026-10-24&to=2026-11-22");
        assert_eq!(of("2026-11-01", "2026-11-03").query(), "from=2026-11-01&to=2026-11-03");
        for (from, to) in
            [("2026-11-03", "2026-11-01"), ("x", "2026-11-01"), ("2020-01-01", "2026-11-01")]
        {
            let window = of(from, to);
            assert!(!window.wrong.is_empty() && window.from == from, "{from}");
            assert_eq!(window.query(), "from=2026-10-24&to=2026-11-22");
        }
    }

    #[test]
    fn amounts_are_written_as_they_are_typed() {
        assert_eq!([123_450, 5, -120].map(plain), ["1234.50", "0.05", "-1.20"]);
    }
}
