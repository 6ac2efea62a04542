//! What was found in a company's groups, each with why it matters and where to go.
//!
//! Invariant: nothing is shown that would need messages; what was before the company was connected
//! is said to be unknown, never counted as nothing.

use std::collections::HashMap;

use app::console::Denied;
use app::wecom::{CodeKept, Findings, FullSoon, Ownerless, OwnerlessWhy, Twins};
use domain::{GroupId, IdentityId, Millis, Zone};
use report::Lang;

use crate::console::Seated;
use crate::house::House;
use crate::trouble::Trouble;
use crate::words::{date, hour_minute, number, times};

/// Rows of a finding, at most; the others are counted.
const ROWS_MAX: usize = 20;
/// People in several groups who are named, at most: each is looked up.
const PEOPLE_MAX: usize = 10;

/// A row: what it is about, what is told of it, how urgent it is.
pub(crate) struct RowView {
    /// Address (or none) and name.
    pub(crate) links: Vec<(String, String)>,
    pub(crate) words: String,
    /// Tone and words; none when empty.
    pub(crate) badge: (&'static str, String),
}

/// A finding.
pub(crate) struct FindingView {
    /// Its place on the page.
    pub(crate) slot: &'static str,
    pub(crate) title: &'static str,
    /// Why it matters.
    pub(crate) why: &'static str,
    /// What stands instead, where nothing was found.
    pub(crate) nothing: &'static str,
    /// Figures, with what they are.
    pub(crate) figures: Vec<(&'static str, String)>,
    pub(crate) rows: Vec<RowView>,
    /// How many rows more there are; empty for none.
    pub(crate) more: String,
}

/// All of them.
pub(crate) struct FindingsView {
    /// What they stand on.
    pub(crate) base: String,
    /// None while no group was read.
    pub(crate) all: Vec<FindingView>,
}

/// Names of people that findings tell of.
pub(super) type Names = HashMap<IdentityId, String>;

/// Looks up the names of the people told of by name.
pub(super) async fn named(
    house: &House,
    seated: &Seated,
    found: &Findings,
) -> Result<Names, Trouble> {
    let mut names = Names::new();
    for (who, _) in found.several.most.iter().take(PEOPLE_MAX) {
        match house.console().person(&seated.actor, *who).await {
            Ok(person) => _ = names.insert(*who, person.name().to_owned()),
            Err(Denied::Missing) => {}
            Err(denied) => return Err(denied.into()),
        }
    }
    Ok(names)
}

impl FindingsView {
    pub(super) fn of(found: &Findings, names: &Names, scene: (Millis, &Zone, Lang)) -> Self {
        let (now, zone, l) = scene;
        let Some(since) = found.since.filter(|_| found.groups > 0) else {
            let base = l.pick(
                "还没有读到客户群。读完「群成员」这一步就能看到。",
                "No group was read yet. They show when the members were read.",
            );
            return Self { base: base.to_owned(), all: Vec::new() };
        };
        let groups = times(found.groups.into(), l, "个客户群", ["group", "groups"]);
        let day = date(zone.local(since).day, zone.local(now).day, l);
        let since = format!("{day} {}", hour_minute(since, zone));
        let base = l.pick(
            format!(
                "按已经读到的 {groups}算，只算外部联系人，不算员工。{since} 起才看得到谁退群：\
                 连接以前退掉的人，企业微信不提供，无从知道。"
            ),
            format!(
                "From the {groups} that were read; people from outside, no staff. Leaving is seen \
                 since {since}: who left before the connection is not told by WeCom, and not known."
            ),
        );
        let all = vec![
            full((&found.full, found.most), l),
            codes(&found.codes, l),
            several(found, names, l),
            leavers(found, l),
            nameless(found.nameless, l),
            ownerless(&found.ownerless, l),
            twins(&found.twins, l),
        ];
        Self { base, all }
    }
}

impl FindingView {
    /// A finding with its title and why, its rows made of `all`.
    fn new<T>(
        (slot, l): (&'static str, Lang),
        [title, why, nothing]: [[&'static str; 2]; 3],
        (all, row): (&[T], impl Fn(&T) -> RowView),
    ) -> Self {
        let pick = |[zh, en]: [&'static str; 2]| l.pick(zh, en);
        let over = u64::try_from(all.len().saturating_sub(ROWS_MAX)).unwrap_or(u64::MAX);
        let more = l.pick(format!("还有 {} 条", number(over)), format!("{} more", number(over)));
        Self {
            slot,
            title: pick(title),
            why: pick(why),
            nothing: if all.is_empty() { pick(nothing) } else { "" },
            figures: Vec::new(),
            rows: all.iter().take(ROWS_MAX).map(row).collect(),
            more: if over == 0 { String::new() } else { more },
        }
    }
}

fn group(id: GroupId, name: &str, l: Lang) -> (String, String) {
    let name =
        if name.is_empty() { l.pick("未命名的群", "a group without a name") } else { name };
    (format!("/groups/{}", id.0), name.to_owned())
}

fn full((all, most): (&[FullSoon], u32), l: Lang) -> FindingView {
    let words = [
        ["30 天内会满的群", "Groups full within 30 days"],
        [
            "满了以后扫码的人进不来，投放就白花了。请提前建好下一个群，把群活码换过去。",
            "When a group is full, whoever scans its code stays out. Open the next one and lead \
             the code there in time.",
        ],
        ["没有快满的群。", "No group is about to be full."],
    ];
    let row = |one: &FullSoon| RowView {
        links: vec![group(one.group, &one.name, l)],
        words: l.pick(
            format!("现在 {} 人（按最多 {most} 人算），近 14 天进来 {} 人", one.members, one.came),
            format!("{} of {most} in, {} came in 14 days", one.members, one.came),
        ),
        badge: match one.days {
            0 => ("red", l.pick("已满", "full").to_owned()),
            days => {
                let tone = if days <= 7 { "orange" } else { "yellow" };
                let en = times(days.into(), Lang::En, "", ["day", "days"]);
                (tone, l.pick(format!("约 {days} 天后满"), format!("full in about {en}")))
            }
        },
    };
    FindingView::new(("full", l), words, (all, row))
}

fn codes(all: &[CodeKept], l: Lang) -> FindingView {
    let words = [
        ["各渠道码留住多少人（少的在前）", "What codes keep, the least first"],
        [
            "渠道好不好，看留下多少人，不看进来多少人。只算带来 10 人次以上的码；\
             连接以前就退群的没法算，刚连接时留存会偏高，过几周才准。",
            "A code is as good as the people who stay. Those that brought ten or more are told. Who \
             left before the connection is not counted, so that shares begin too high and come \
             right within weeks.",
        ],
        ["还没有带来 10 人次以上的渠道码。", "No code has brought ten people yet."],
    ];
    let row = |one: &CodeKept| {
        let percent = u64::from(one.kept) * 100 / u64::from(one.brought.max(1));
        let tone = if percent < 50 { "red" } else { "secondary" };
        RowView {
            links: vec![(String::new(), one.state.clone())],
            words: l.pick(
                format!("带来 {} 人次，还在 {}", one.brought, one.kept),
                format!("brought {}, {} are in", one.brought, one.kept),
            ),
            badge: (tone, l.pick(format!("留住 {percent}%"), format!("keeps {percent}%"))),
        }
    };
    FindingView::new(("codes", l), words, (all, row))
}

fn several(found: &Findings, names: &Names, l: Lang) -> FindingView {
    let several = &found.several;
    let words = [
        ["在 3 个以上群里的人", "People in three groups or more"],
        [
            "同一个人在几个群里，群发会收到几遍；按群相加的人数也会虚高，两个口径并排看。",
            "Who is in several groups gets everything several times, and sums over groups count \
             them again and again: see both figures side by side.",
        ],
        ["没有人在 3 个以上的群里。", "Nobody is in three groups."],
    ];
    let told = several.most.get(..PEOPLE_MAX.min(several.most.len())).unwrap_or_default();
    let row = |(who, groups): &(IdentityId, u32)| {
        let name = names.get(who).filter(|name| !name.is_empty()).cloned();
        let nobody = || l.pick("没有名字的外部联系人", "an outsider without a name").to_owned();
        let words = l.pick(format!("在 {groups} 个群里"), format!("in {groups} groups"));
        let links = vec![(format!("/people/{}", who.0), name.unwrap_or_else(nobody))];
        RowView { links, words, badge: ("", String::new()) }
    };
    let mut view = FindingView::new(("several", l), words, (told, row));
    view.figures = vec![
        (l.pick("去重后的客户", "People, each once"), number(several.once.into())),
        (l.pick("按群相加", "Once in each group"), number(several.per_group.into())),
        (l.pick("在 3 个以上群里", "In three groups or more"), number(several.many.into())),
    ];
    view
}

fn leavers(found: &Findings, l: Lang) -> FindingView {
    let words = [
        ["退群的人待了多久", "How long leavers had stayed"],
        [
            "当天就走，多半是进群前说的和群里不一样；一个月后走，多半是群里没东西看了。\
             连接以前退群的人不知道，不在里面。",
            "Who leaves on the first day was mostly promised something else; after a month the \
             group has mostly become dull. Who left before the connection is not known.",
        ],
        ["连接以来还没有看到有人退群。", "Nobody was seen to leave since the connection."],
    ];
    let nobody = found.leavers.iter().all(|count| *count == 0);
    let all: &[()] = if nobody { &[] } else { &[()] };
    let row = |(): &()| RowView { links: vec![], words: String::new(), badge: ("", String::new()) };
    let mut view = FindingView::new(("leavers", l), words, (all, row));
    view.rows.clear();
    let labels = [
        l.pick("当天", "The first day"),
        l.pick("第 2–7 天", "Within 7 days"),
        l.pick("第 8–30 天", "Within 30 days"),
        l.pick("30 天以后", "Later"),
    ];
    if !nobody {
        let counts = found.leavers.iter().map(|count| number((*count).into()));
        view.figures = labels.into_iter().zip(counts).collect();
    }
    view
}

fn nameless(count: u32, l: Lang) -> FindingView {
    let words = [
        ["没有名字的外部联系人", "Outsiders without a name"],
        [
            "企业微信没有给出名字，在群里认不出、也没法打招呼。请群主加他们为好友，\
             加上以后再读取就有了。",
            "WeCom tells no name of them: nobody can greet or know them. When the owner of the \
             group adds them as contacts, the next reading brings their names.",
        ],
        ["每个人都有名字。", "Everybody has a name."],
    ];
    let all: &[()] = if count == 0 { &[] } else { &[()] };
    let row = |(): &()| RowView { links: vec![], words: String::new(), badge: ("", String::new()) };
    let mut view = FindingView::new(("nameless", l), words, (all, row));
    view.rows.clear();
    if count > 0 {
        view.figures =
            vec![(l.pick("没有名字的人", "People without a name"), number(count.into()))];
    }
    view
}

fn ownerless(all: &[Ownerless], l: Lang) -> FindingView {
    let words = [
        ["没人管的群", "Groups that nobody leads"],
        [
            "群主离职了的群要分配给接手的人，否则没人能管；群主不在应用的可见范围里、\
             或没有客户联系功能，这个群的变化就读不到。",
            "A group whose owner left has to be given to somebody. Where the owner is out of the \
             app's visible range or lacks customer contact, changes of the group are not told.",
        ],
        ["每个群都有人管。", "Every group is led by somebody."],
    ];
    let row = |one: &Ownerless| RowView {
        links: vec![group(one.group, &one.name, l)],
        words: l.pick(format!("群主 {}", one.owner), format!("owner {}", one.owner)),
        badge: match one.why {
            OwnerlessWhy::Left => ("red", l.pick("群主已离职", "the owner left").to_owned()),
            OwnerlessWhy::OutOfSight => (
                "orange",
                l.pick("不在可见范围或没有客户联系功能", "out of sight, or no customer contact")
                    .to_owned(),
            ),
        },
    };
    FindingView::new(("ownerless", l), words, (all, row))
}

fn twins(all: &[Twins], l: Lang) -> FindingView {
    let words = [
        ["人员大多相同的群", "Groups of mostly the same people"],
        [
            "名字只差编号、人又大多相同：同样的内容会打扰同一批人两遍，可以合成一个。",
            "Their names differ in a number, and most people are in both: everything reaches the \
             same people twice. One may be enough.",
        ],
        ["没有这样的群。", "There are none."],
    ];
    let row = |one: &Twins| {
        let percent = u64::from(one.both) * 100 / u64::from(one.smaller.max(1));
        RowView {
            links: one.groups.iter().map(|(id, name)| group(*id, name, l)).collect(),
            words: l.pick(format!("共同的人 {}", one.both), format!("{} in both", one.both)),
            badge: (
                "yellow",
                l.pick(format!("占小群的 {percent}%"), format!("{percent}% of the smaller")),
            ),
        }
    };
    FindingView::new(("twins", l), words, (all, row))
}
