//! The list of all groups.

use app::console::Export;
use app::console::groups::{GroupKind, GroupLine, Order};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{May, StaffId};
use report::Lang;

use std::collections::BTreeMap;

use crate::console::groups::query::{Look, address};
use crate::console::groups::spoken;
use crate::console::{Cell, Frame, Kind, Notice, Place, Seated, Sheet};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{ago, number, signed, times};

/// Groups on one page.
const PAGE: usize = 50;

/// A group in the list.
pub(crate) struct Row {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) platform: String,
    pub(crate) kind: &'static str,
    pub(crate) mood: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) cause: String,
    /// SVG.
    pub(crate) spark: String,
    pub(crate) members: String,
    pub(crate) net: String,
    pub(crate) net_tone: &'static str,
    pub(crate) speakers: String,
    pub(crate) last: String,
    pub(crate) waiting: u32,
    pub(crate) owner: String,
    pub(crate) backup: String,
    pub(crate) tags: Vec<String>,
}

/// A choice of a filter or of a form.
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) word: String,
    pub(crate) on: bool,
}

/// A heading that orders by its column.
pub(crate) struct Heading {
    pub(crate) word: &'static str,
    pub(crate) href: String,
    /// `ascending`, `descending` or `none`, as `aria-sort` says it.
    pub(crate) sort: &'static str,
    pub(crate) number: bool,
}

/// A saved view.
pub(crate) struct View {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) shared: bool,
    pub(crate) on: bool,
    pub(crate) mine: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/groups/list.html")]
pub(crate) struct ListPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) look: Look,
    pub(crate) all: usize,
    pub(crate) found: usize,
    pub(crate) rows: Vec<Row>,
    pub(crate) headings: Vec<Heading>,
    pub(crate) moods: Vec<Choice>,
    pub(crate) silences: Vec<Choice>,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) owners: Vec<Choice>,
    pub(crate) tags: Vec<Choice>,
    pub(crate) platforms: Vec<Choice>,
    pub(crate) views: Vec<View>,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) may_keep: bool,
    pub(crate) may_tend: bool,
    pub(crate) staff: Vec<(i64, String)>,
    pub(crate) wrong_view: String,
    pub(crate) typed_view: String,
}

impl ListPage {
    /// There are customer groups on WeCom, which can be taken over together.
    pub(crate) fn has_wecom(&self) -> bool {
        self.may_keep && self.platforms.iter().any(|one| one.value == app::wecom::WECOM)
    }
}

/// `GET /groups`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    Ok(shown(&list(&house, &seated, look).await?))
}

/// The page of the list for this query.
pub(super) async fn list(house: &House, seated: &Seated, look: Look) -> Result<ListPage, Trouble> {
    let (console, actor, l) = (house.console(), &seated.actor, seated.visit.lang);
    let wanted = look.wanted();
    let (found, names, views, frame) = tokio::try_join!(
        async { Ok(console.groups(actor, &wanted).await?) },
        async { Ok(console.keeper_names(actor).await?) },
        async { Ok(console.group_views(actor).await?) },
        Frame::of(house, seated, Place::Groups, l.pick("社群", "Groups")),
    )?;
    let pages = found.lines.len().div_ceil(PAGE).max(1);
    let at = look.page().min(pages);
    let skip = (at - 1) * PAGE;
    let lines = found.lines.iter().skip(skip).take(PAGE);
    let rows: Vec<Row> = lines.map(|line| row(line, &names, house, l)).collect();
    let kept = look.kept_query();
    let view = |row: app::console::groups::ViewRow| View {
        id: row.id,
        href: address(&row.query),
        shared: row.staff == StaffId::NOBODY,
        on: row.query == kept,
        mine: row.staff == actor.staff || actor.may(May::Keep),
        name: row.name,
    };
    Ok(ListPage {
        l,
        frame: frame.saying(notice(&look, l)),
        all: found.all,
        found: found.lines.len(),
        headings: headings(&look, l),
        moods: moods(&look, l),
        silences: silences(&look, l),
        kinds: kinds(&look.kind, l),
        owners: owners(&look.owner, &names, l),
        tags: found.tags.into_iter().map(|tag| choice(tag.clone(), tag, &look.tag)).collect(),
        platforms: found
            .platforms
            .into_iter()
            .map(|word| choice(word.clone(), spoken::platform(&word, l), &look.platform))
            .collect(),
        views: views.into_iter().map(view).collect(),
        before: (at > 1).then(|| look.at_page(at - 1)),
        after: (at < pages).then(|| look.at_page(at + 1)),
        first: if rows.is_empty() { 0 } else { skip + 1 },
        last: skip + rows.len(),
        rows,
        look,
        may_keep: actor.may(May::Keep),
        may_tend: actor.may(May::Tend),
        staff: names.into_iter().map(|(id, name)| (id.0, name)).collect(),
        wrong_view: String::new(),
        typed_view: String::new(),
    })
}

fn row(line: &GroupLine, names: &BTreeMap<StaffId, String>, house: &House, l: Lang) -> Row {
    let (standing, card) = (&line.standing, &line.card);
    let net = line.net();
    let total: u32 = standing.pulse.iter().sum();
    let label = l.pick(
        format!("近 30 天共 {total} 条消息"),
        format!("{total} messages in the last 30 days"),
    );
    let name = |who: StaffId| staff(names, who, l);
    Row {
        id: standing.group.0,
        name: standing.name.clone(),
        platform: spoken::platform(&standing.platform, l),
        kind: card.kind.map_or("", |kind| spoken::kind(kind, l)),
        mood: mood(standing.mood, standing.made, l),
        tone: spoken::tone(standing.mood),
        cause: standing.causes.first().map_or_else(String::new, |cause| report::cause(cause, l)),
        spark: report::sparkline(&standing.pulse, &label),
        members: standing.members.map_or_else(|| "–".to_owned(), number),
        net: if standing.tells_flow { signed(net) } else { "–".to_owned() },
        net_tone: match net {
            1.. => "text-success",
            0 => "text-secondary",
            _ => "text-danger",
        },
        // Without messages nobody is silent, and nothing was said last.
        speakers: if standing.tells_talk {
            number(standing.speakers_7d.into())
        } else {
            "–".to_owned()
        },
        last: standing
            .last
            .filter(|_| standing.tells_talk)
            .map_or_else(|| "–".to_owned(), |at| ago(at, house.now(), l)),
        waiting: standing.open_tasks,
        owner: name(card.owner),
        backup: name(card.backup),
        tags: card.tags.clone(),
    }
}

/// Name of a member of staff; empty for nobody, a word for one who is locked out.
pub(crate) fn staff(names: &BTreeMap<StaffId, String>, who: StaffId, l: Lang) -> String {
    match names.get(&who) {
        Some(name) => name.clone(),
        None if who == StaffId::NOBODY => String::new(),
        None => l.pick("（已停用）", "(locked out)").to_owned(),
    }
}

/// A verdict; a word for one that is being worked out.
pub(super) fn mood(mood: insights::Mood, made: domain::Millis, l: Lang) -> &'static str {
    if made.0 == 0 { l.pick("计算中", "Working it out") } else { report::mood(mood, l) }
}

fn choice(value: String, word: String, chosen: &str) -> Choice {
    Choice { on: value == chosen, value, word }
}

/// Days without a message; 45 is what Today calls silent for long.
fn silences(look: &Look, l: Lang) -> Vec<Choice> {
    let choice = |days: u32| Choice {
        value: days.to_string(),
        word: l.pick(format!("{days} 天以上没人发言"), format!("Silent for {days} days")),
        on: look.silent == days.to_string(),
    };
    [7, 14, 30, 45, 90].map(choice).into()
}

fn moods(look: &Look, l: Lang) -> Vec<Choice> {
    let of = |(word, mood): (&'static str, insights::Mood)| {
        choice(word.to_owned(), report::mood(mood, l).to_owned(), &look.mood)
    };
    spoken::MOODS.into_iter().map(of).collect()
}

/// The kinds, with the chosen one.
pub(crate) fn kinds(chosen: &str, l: Lang) -> Vec<Choice> {
    let of =
        |kind: GroupKind| choice(kind.word().to_owned(), spoken::kind(kind, l).to_owned(), chosen);
    GroupKind::ALL.into_iter().map(of).collect()
}

fn owners(chosen: &str, names: &BTreeMap<StaffId, String>, l: Lang) -> Vec<Choice> {
    let nobody = choice("none".into(), l.pick("无负责人", "Nobody").to_owned(), chosen);
    let all = names.iter().map(|(id, name)| choice(id.0.to_string(), name.clone(), chosen));
    std::iter::once(nobody).chain(all).collect()
}

fn headings(look: &Look, l: Lang) -> Vec<Heading> {
    let wanted = look.wanted();
    let columns = [
        (Order::Name, false),
        (Order::Trouble, false),
        (Order::Members, true),
        (Order::Net, true),
        (Order::Speakers, true),
        (Order::Last, true),
        (Order::Waiting, true),
        (Order::Owner, false),
    ];
    let of = |(order, number): (Order, bool)| Heading {
        word: spoken::order(order, l),
        href: look.ordered(order),
        sort: match (order == wanted.order, wanted.reversed) {
            (false, _) => "none",
            (true, false) => "descending",
            (true, true) => "ascending",
        },
        number,
    };
    columns.into_iter().map(of).collect()
}

fn notice(look: &Look, l: Lang) -> Option<Notice> {
    let n: u64 = look.n.parse().unwrap_or(0);
    let kept: u64 = look.kept.parse().unwrap_or(0);
    let (tone, words, undo) = match look.done.as_str() {
        "changed" if n > 0 => {
            let id: i64 = look.id.parse().ok()?;
            let undo = (format!("/groups/changes/{id}/undoing"), l.pick("撤销", "Undo").to_owned());
            let words = times(n, l, "个群", ["group", "groups"]);
            let words = l.pick(format!("已修改 {words}。"), format!("{words} changed."));
            ("success", words, Some(undo))
        }
        "changed" => {
            let words = l.pick("这些群已经是这样了，没有改动。", "They were so already.");
            ("info", words.to_owned(), None)
        }
        "undone" if kept > 0 => {
            let words = l.pick(
                format!("已撤销 {n} 个群；另外 {kept} 个群后来又被人改过，保持现状。"),
                format!(
                    "{n} groups are as before; {kept} were changed since and stay as they are."
                ),
            );
            ("warning", words, None)
        }
        "undone" => {
            let words =
                l.pick(format!("已撤销，{n} 个群恢复原样。"), format!("{n} groups are as before."));
            ("success", words, None)
        }
        "view" => ("success", l.pick("视图存好了。", "The view is saved.").to_owned(), None),
        _ => return None,
    };
    Some(Notice { tone, words, undo })
}

/// `GET /groups/export.csv`: all groups that the filters find.
pub(super) async fn export(
    State(house): State<House>,
    seated: Seated,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    if !seated.actor.may(May::Keep) {
        return Err(Trouble::not_allowed(May::Keep));
    }
    let l = seated.visit.lang;
    let (console, wanted) = (house.console(), look.wanted());
    let (found, names) = tokio::try_join!(
        console.groups(&seated.actor, &wanted),
        console.keeper_names(&seated.actor)
    )?;
    let row = |line: &GroupLine| {
        let one = row(line, &names, &house, l);
        let last = line.standing.last.filter(|_| line.standing.tells_talk);
        let last = last.map_or_else(String::new, moment);
        vec![
            Cell::read(one.id.to_string()),
            Cell::text(one.name),
            Cell::text(one.platform),
            Cell::text(one.kind),
            Cell::text(one.mood),
            Cell::text(one.cause),
            Cell::read(one.members),
            Cell::read(one.net),
            Cell::read(one.speakers),
            Cell::count(line.standing.pulse.iter().sum::<u32>()),
            Cell::text(last),
            Cell::count(one.waiting),
            Cell::text(one.owner),
            Cell::text(one.backup),
            Cell::text(one.tags.join(" ")),
        ]
    };
    let sheet = Sheet {
        name: "groups".to_owned(),
        heads: titles(l).map(str::to_owned).to_vec(),
        rows: found.lines.iter().map(row).collect(),
        notes: Vec::new(),
    };
    sheet.download((&house, &seated), Export::of("groups"), Kind::Csv).await
}

/// The first row of the list as a file.
fn titles(l: Lang) -> [&'static str; 15] {
    match l {
        Lang::Zh => [
            "编号",
            "群名",
            "平台",
            "类型",
            "健康度",
            "原因",
            "人数",
            "7天净增",
            "7天发言人",
            "30天消息",
            "最近消息(UTC)",
            "待回应",
            "负责人",
            "后备",
            "标签",
        ],
        Lang::En => [
            "number",
            "group",
            "platform",
            "kind",
            "verdict",
            "cause",
            "members",
            "net 7 days",
            "speakers 7 days",
            "messages 30 days",
            "last message (UTC)",
            "waiting",
            "owner",
            "back-up",
            "tags",
        ],
    }
}

fn moment(at: domain::Millis) -> String {
    let civil = domain::Zone::utc().civil(at);
    let day = domain::Zone::utc().local(at).day;
    format!("{day} {:02}:{:02}", civil.hour(), civil.minute())
}
