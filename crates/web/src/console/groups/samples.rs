//! Samples of the templates of groups.

use askama::Template;
use report::{Lang, Spoken};

use crate::console::Frame;
use crate::console::groups::bulk::BulkPage;
use crate::console::groups::feed::{FeedPage, Picked};
use crate::console::groups::head::{Head, StepView, TabView};
use crate::console::groups::links::LinkView;
use crate::console::groups::list::{Choice, Heading, ListPage, Row, View};
use crate::console::groups::measured::{
    ActivityPage, FlowPage, FlowRow, KindBar, Line, QuestionsPage, WaitingRow, WindowView,
};
use crate::console::groups::opening::NewPage;
use crate::console::groups::people::{PeoplePage, Row as Person, Sort};
use crate::console::groups::query::Look;
use crate::console::groups::settings::{PurposeView, SettingsPage};
use crate::line::Sight;
use crate::samples::{hostile, quote};

/// All of them, rendered, with what they are.
pub(crate) fn all(l: Lang, sight: impl Fn() -> Sight) -> Vec<(&'static str, String)> {
    let pages = [
        ("groups", list(l, true).render()),
        ("no groups", list(l, false).render()),
        ("new group", new(l).render()),
        ("bulk", bulk(l, true).render()),
        ("bulk of nothing", bulk(l, false).render()),
        ("feed", feed(l, true, sight()).render()),
        ("imported feed", feed(l, false, sight()).render()),
        ("members", people(l).render()),
        ("flow", flow(l).render()),
        ("activity", activity(l).render()),
        ("questions", questions(l, true).render()),
        ("no questions", questions(l, false).render()),
        ("group settings", settings(l, true).render()),
        ("imported settings", settings(l, false).render()),
    ];
    pages.into_iter().map(|(what, html)| (what, html.unwrap())).collect()
}

fn choice() -> Choice {
    Choice { value: hostile(), word: hostile(), on: true }
}

fn list(l: Lang, full: bool) -> ListPage {
    let row = Row {
        id: 1,
        name: hostile(),
        platform: hostile(),
        kind: l.pick("福利群", "Benefit group"),
        mood: l.pick("走弱", "Fading"),
        tone: "warning",
        cause: hostile(),
        spark: report::sparkline(&[1, 0, 3], &hostile()),
        members: "12".into(),
        net: "-1".into(),
        net_tone: "text-danger",
        speakers: "3".into(),
        last: hostile(),
        waiting: 2,
        owner: hostile(),
        backup: hostile(),
        tags: vec![hostile()],
    };
    let heading = |sort| Heading {
        word: l.pick("人数", "Members"),
        href: "/groups".into(),
        sort,
        number: true,
    };
    let view =
        View { id: 1, name: hostile(), href: "/groups".into(), shared: true, on: true, mine: true };
    ListPage {
        l,
        frame: Frame::sample(l),
        look: Look { q: hostile(), ..Look::default() },
        all: usize::from(full),
        found: 1,
        rows: vec![row],
        headings: vec![heading("ascending"), heading("descending"), heading("none")],
        moods: vec![choice()],
        silences: vec![choice()],
        kinds: vec![choice()],
        owners: vec![choice()],
        tags: vec![choice()],
        platforms: vec![choice(), choice()],
        views: vec![view],
        before: Some("/groups?page=1".into()),
        after: Some("/groups?page=3".into()),
        first: 1,
        last: 1,
        may_keep: full,
        may_tend: true,
        staff: vec![(1, hostile())],
        wrong_view: hostile(),
        typed_view: hostile(),
    }
}

fn new(l: Lang) -> NewPage {
    NewPage {
        l,
        frame: Frame::sample(l),
        key: 1,
        name: hostile(),
        zone: hostile(),
        zones: vec!["Asia/Shanghai"],
        kinds: vec![choice()],
        owner: hostile(),
        wrong_name: hostile(),
        wrong_zone: hostile(),
    }
}

fn bulk(l: Lang, full: bool) -> BulkPage {
    BulkPage {
        l,
        frame: Frame::sample(l),
        count: if full { 312 } else { 0 },
        same: 2,
        outside: 8,
        says: vec![hostile()],
        names: vec![hostile(), hostile()],
        fields: vec![(hostile(), hostile())],
        back: "/groups".into(),
        wrong: String::new(),
    }
}

fn head(l: Lang, live: bool) -> Head {
    let tab = TabView {
        href: "/groups/1/feed".into(),
        word: l.pick("动态", "Feed"),
        count: "2".into(),
        on: true,
    };
    Head {
        id: 1,
        platform: hostile(),
        kind: l.pick("福利群", "Benefit group"),
        live,
        closed: true,
        mood: l.pick("走弱", "Fading"),
        tone: "warning",
        causes: vec![hostile()],
        members: "12".into(),
        last: hostile(),
        owner: hostile(),
        backup: hostile(),
        purposes: vec![l.pick("交流", "Exchange")],
        tags: vec![hostile()],
        tabs: vec![tab],
        missing: vec![StepView { href: "/x".into(), word: l.pick("写群规", "Write the rules") }],
        score: 88,
        may_keep: live,
        key: 1,
    }
}

fn feed(l: Lang, live: bool, lines: Sight) -> FeedPage {
    let picked = Picked {
        key: 7,
        name: hostile(),
        excerpt: hostile(),
        who: 3,
        may_recall: true,
        pinned: true,
        about_person: true,
        muted: Some(hostile()),
        keys: [1; 4],
    };
    FeedPage {
        l,
        frame: Frame::sample(l),
        head: head(l, live),
        lines,
        live,
        announcement: Some("&lt;b&gt;".into()),
        pins: vec![quote()],
        picked: Some(picked),
        reply: Some(quote()),
        may_write: live,
        key: 1,
        typed: hostile(),
        wrong: hostile(),
    }
}

fn people(l: Lang) -> PeoplePage {
    let row = |name: String| Person {
        who: 1,
        name,
        badge: Some(l.pick("管理", "Keeper")),
        joined: hostile(),
        left: hostile(),
        how: hostile(),
        stays: 2,
        spoken: "–",
        muted: hostile(),
    };
    let sort = Sort { href: "?show=in".into(), word: l.pick("在群", "In"), count: 2, on: true };
    PeoplePage {
        l,
        frame: Frame::sample(l),
        head: head(l, true),
        search: hostile(),
        show: "left",
        sorts: vec![sort],
        rows: vec![row(hostile()), row(String::new())],
        left_shown: true,
        found: 2,
        before: Some("?page=1".into()),
        after: Some("?page=3".into()),
        csv: "/groups/1/members.csv".into(),
    }
}

fn window() -> WindowView {
    WindowView { from: hostile(), to: hostile(), presets: vec![(7, hostile(), true)] }
}

fn flow(l: Lang) -> FlowPage {
    let row = || FlowRow {
        label: hostile(),
        start: Some(10),
        joins: 3,
        leaves: 1,
        end: None,
        in_event: true,
    };
    FlowPage {
        l,
        frame: Frame::sample(l),
        head: head(l, true),
        window: window(),
        told: false,
        total: row(),
        rows: vec![row()],
        by_week: true,
        line: Some(Line {
            width: 30,
            path: "M0 0L1 1".into(),
            band: Some((3, 4)),
            low: 1,
            high: 9,
            label: hostile(),
        }),
        event: [hostile(), hostile(), hostile()],
        event_joins: Some(3),
        cohorts: String::new(),
        entry: String::new(),
    }
}

fn spoken(l: Lang) -> Vec<Spoken> {
    vec![Spoken {
        code: "gini",
        name: l.pick("基尼系数", "Gini"),
        value: hostile(),
        base: Some(hostile()),
        change: Some(hostile()),
    }]
}

fn activity(l: Lang) -> ActivityPage {
    ActivityPage {
        l,
        frame: Frame::sample(l),
        head: head(l, true),
        window: window(),
        first: spoken(l),
        figures: spoken(l),
        silent: true,
        pulse: String::new(),
        heat: String::new(),
        kinds: vec![KindBar { word: l.pick("文字", "Text"), count: 3, percent: 60 }],
        people: String::new(),
        health: String::new(),
    }
}

fn questions(l: Lang, full: bool) -> QuestionsPage {
    let row = WaitingRow {
        key: 7,
        who: 3,
        name: hostile(),
        words: hostile(),
        since: hostile(),
        first_post: true,
    };
    QuestionsPage {
        l,
        frame: Frame::sample(l),
        head: head(l, true),
        window: window(),
        figures: spoken(l),
        waiting: if full { vec![row] } else { Vec::new() },
        total: 9,
        helpers: if full { vec![(1, hostile(), 4)] } else { Vec::new() },
    }
}

fn settings(l: Lang, live: bool) -> SettingsPage {
    let purpose = PurposeView {
        name: "purpose_service".into(),
        word: l.pick("服务用户", "Serve users"),
        weights: vec![choice()],
        figures: hostile(),
    };
    let link = |via: String| LinkView { url: hostile(), via, qr: String::new() };
    SettingsPage {
        l,
        frame: Frame::sample(l),
        head: head(l, live),
        name: hostile(),
        zone: hostile(),
        kinds: vec![choice()],
        owners: vec![choice()],
        backups: vec![choice()],
        purposes: vec![purpose],
        tags: hostile(),
        threshold: hostile(),
        welcome: hostile(),
        announcement: hostile(),
        rules: hostile(),
        via: hostile(),
        links: vec![link(hostile()), link(String::new())],
        keys: [1; 5],
        fills: live.then(hostile),
        usual: vec!["rules", "purpose"],
        wrong: ("rules", hostile()),
    }
}
