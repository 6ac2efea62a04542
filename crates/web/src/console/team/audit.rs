//! The audit log: who of staff did what, newest first.

use app::console::{Export, LogLine, LogQuery};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use domain::{Day, GroupId, Millis, StaffId, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::team::told::{Names, told};
use crate::console::{Cell, Frame, Kind, Place, Seated, Sheet, encoded};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{act, moment};

/// Letters of a filter that are looked at.
const FILTER_MAX: usize = 60;

/// A line.
pub(crate) struct LineView {
    pub(crate) at: String,
    pub(crate) who: String,
    pub(crate) act: String,
    /// What it was about: address (or none) and words.
    pub(crate) about: Vec<(String, String)>,
}

/// A choice of a filter: value, word, chosen.
pub(crate) type Choice = (String, String, bool);

/// The page.
#[derive(Template)]
#[template(path = "console/team/audit.html")]
pub(crate) struct AuditPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) lines: Vec<LineView>,
    pub(crate) staff: Vec<Choice>,
    pub(crate) acts: Vec<Choice>,
    pub(crate) groups: Vec<Choice>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) filtered: bool,
    pub(crate) newest: Option<String>,
    pub(crate) older: Option<String>,
    pub(crate) export: String,
}

/// The filters, as typed.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filter {
    #[serde(default)]
    staff: String,
    #[serde(default)]
    act: String,
    #[serde(default)]
    group: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    before: String,
}

impl Filter {
    fn query(&self, zone: &Zone) -> LogQuery {
        let start =
            |text: &str, add: i32| Day::parse(text).map(|day| zone.day_start(day.plus(add)));
        let act = self.act.trim();
        LogQuery {
            staff: self.staff.parse().ok().map(StaffId),
            act: (!act.is_empty()).then(|| act.chars().take(FILTER_MAX).collect()),
            group: self.group.parse().ok().map(GroupId),
            span: (start(&self.from, 0), start(&self.to, 1)),
            before: self.before.parse().ok(),
        }
    }

    /// An address with these filters, from a line on.
    fn address(&self, path: &str, before: Option<i64>) -> String {
        let fields = [
            ("staff", &self.staff),
            ("act", &self.act),
            ("group", &self.group),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let set = fields.iter().filter(|(_, value)| !value.is_empty());
        let mut pairs: Vec<String> =
            set.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        pairs.extend(before.map(|before| format!("before={before}")));
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{}", pairs.join("&")) }
    }
}

/// `GET /audit`
pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(filter): Query<Filter>,
) -> Result<Response, Trouble> {
    let (l, actor, console) = (seated.visit.lang, &seated.actor, house.console());
    let zone = console.zone(actor.org).await?;
    let title = l.pick("操作日志", "Audit log");
    let (found, seen, acts, names, frame) = tokio::try_join!(
        async { Ok(console.audit(actor, filter.query(&zone)).await?) },
        async { Ok(console.colleagues(actor).await?) },
        async { Ok(console.audit_acts(actor).await?) },
        Names::of(&house, actor),
        Frame::of(&house, &seated, Place::Settings, title),
    )?;
    let chosen = |value: String, word: String, typed: &str| {
        let on = value == typed;
        (value, word, on)
    };
    let groups = console.givable(actor).await?.into_iter();
    let now = house.now();
    let people = seen.iter().map(|one| (one.row.id.0.to_string(), one.row.name.clone()));
    Ok(shown(&AuditPage {
        frame,
        l,
        lines: found.lines.iter().map(|line| view(line, &names, (now, &zone, l))).collect(),
        staff: people.map(|(id, name)| chosen(id, name, &filter.staff)).collect(),
        acts: acts
            .into_iter()
            .map(|code| {
                let word = act(&code, l);
                chosen(code, word, &filter.act)
            })
            .collect(),
        groups: groups.map(|(id, name)| chosen(id.0.to_string(), name, &filter.group)).collect(),
        from: shortened(&filter.from),
        to: shortened(&filter.to),
        filtered: filter.address("/audit", None) != "/audit",
        newest: (!filter.before.is_empty()).then(|| filter.address("/audit", None)),
        export: filter.address("/audit/export.csv", None),
        older: found.next.map(|next| filter.address("/audit", Some(next))),
    }))
}

/// `GET /audit/export.csv`: all lines that the filters find.
pub(crate) async fn export(
    State(house): State<House>,
    seated: Seated,
    Query(filter): Query<Filter>,
) -> Result<Response, Trouble> {
    let (l, actor, console) = (seated.visit.lang, &seated.actor, house.console());
    let zone = console.zone(actor.org).await?;
    let lines = console.audit_export(actor, filter.query(&zone)).await?;
    let names = Names::of(&house, actor).await?;
    let heads = match l {
        Lang::Zh => ["编号", "时间", "谁", "操作", "对象"],
        Lang::En => ["number", "when", "who", "act", "about"],
    };
    let row = |line: &LogLine| {
        let said = view(line, &names, (house.now(), &zone, l));
        let about: Vec<String> = said.about.into_iter().map(|(_, words)| words).collect();
        let at = zone.civil(line.row.at).strftime("%Y-%m-%d %H:%M:%S").to_string();
        vec![
            Cell::read(line.row.id.to_string()),
            Cell::text(at),
            Cell::text(said.who),
            Cell::text(said.act),
            Cell::text(about.join(" · ")),
        ]
    };
    let sheet = Sheet {
        name: "audit".to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        rows: lines.iter().map(row).collect(),
        notes: Vec::new(),
    };
    sheet.download((&house, &seated), Export::of("audit"), Kind::Csv).await
}

fn shortened(typed: &str) -> String {
    typed.chars().take(FILTER_MAX).collect()
}

fn view(line: &LogLine, names: &Names, (now, zone, l): (Millis, &Zone, Lang)) -> LineView {
    let row = &line.row;
    let program = || l.pick("系统", "The program").to_owned();
    let mut about = Vec::new();
    if let Some(group) = row.group {
        let name = line.group.clone().unwrap_or_else(|| group.0.to_string());
        about.push((format!("/groups/{}", group.0), name));
    }
    if let Some(person) = row.person {
        let name = line.person.clone().unwrap_or_else(|| person.0.to_string());
        about.push((format!("/people/{}", person.0), name));
    }
    about.extend(told(&row.about, names, l).into_iter().map(|words| (String::new(), words)));
    LineView {
        at: moment(row.at, now, zone, l),
        who: names.staff.get(&row.staff.0).cloned().unwrap_or_else(program),
        act: act(&row.act, l),
        about,
    }
}
