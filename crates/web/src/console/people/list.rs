//! `GET /people`: many people by filters; tags for those selected; CSV.

use app::console::{Export, FaceRow, PeopleAsk, PeopleList};
use askama::Template;
use axum::extract::{Query, RawForm, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{ActorClass, GroupId, IdentityId, May};
use report::Lang;
use serde::{Deserialize, Serialize};

use crate::console::people::view::{Eye, Typed, fields, href};
use crate::console::people::words;
use crate::console::{Cell, Frame, Kind, Notice, Place, Seated, Sheet};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Groups named in a row.
const GROUPS_SHOWN: usize = 2;

/// Tags named in a row.
const TAGS_SHOWN: usize = 4;

/// What is asked for, as the address has it.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(super) struct Asked {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    q: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    group: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    tag: String,
    /// `new`, `blacklist`, `two`, `three`, `staff`, `host`, `bot`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    show: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    before: String,
    /// How many were tagged just now.
    #[serde(default, skip_serializing)]
    tagged: String,
}

impl Asked {
    fn ask(&self) -> PeopleAsk {
        let class = match self.show.as_str() {
            "staff" => Some(ActorClass::Staff),
            "host" => Some(ActorClass::Host),
            "bot" => Some(ActorClass::Bot),
            _ => None,
        };
        PeopleAsk {
            text: self.q.chars().take(app::console::ASKED_MAX).collect(),
            group: self.group.parse().ok().map(GroupId),
            tag: self.tag.parse().ok(),
            blacklisted: self.show == "blacklist",
            groups_min: match self.show.as_str() {
                "two" => 2,
                "three" => 3,
                _ => 0,
            },
            newcomers: self.show == "new",
            class,
            before: self.before.parse().ok().map(IdentityId),
        }
    }

    /// The address of the same with a change.
    fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = Self { before: String::new(), ..self.clone() };
        change(&mut other);
        other.at("/people")
    }

    fn at(&self, path: &str) -> String {
        match serde_urlencoded::to_string(self) {
            Ok(query) if !query.is_empty() => format!("{path}?{query}"),
            _ => path.to_owned(),
        }
    }
}

/// A person in the list.
pub(crate) struct PersonLine {
    pub(crate) id: u32,
    pub(crate) href: String,
    pub(crate) name: String,
    /// The name; empty for a nameless one.
    pub(crate) bare: String,
    pub(crate) sub: String,
    pub(crate) groups: String,
    pub(crate) joined: String,
    pub(crate) tags: Vec<String>,
    pub(crate) barred: bool,
}

/// The page.
#[derive(Template)]
#[template(path = "console/people/list.html")]
pub(crate) struct ListPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) asked: String,
    pub(crate) show: String,
    /// Address, word, on.
    pub(crate) tabs: Vec<(String, &'static str, bool)>,
    /// Number, name, chosen.
    pub(crate) groups: Vec<(i64, String, bool)>,
    pub(crate) tags: Vec<(i64, String, bool)>,
    pub(crate) rows: Vec<PersonLine>,
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
    pub(crate) filtered: bool,
    pub(crate) export: Option<String>,
    pub(crate) tend: bool,
    pub(crate) back: String,
    pub(crate) typed: Typed,
}

pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    Ok(shown(&of((&house, &seated), &asked, Typed::default()).await?))
}

async fn of(
    (house, seated): (&House, &Seated),
    asked: &Asked,
    typed: Typed,
) -> Result<ListPage, Trouble> {
    let (ask, l) = (asked.ask(), seated.visit.lang);
    let (eye, list, frame) = tokio::try_join!(
        Eye::of(house, seated),
        async { Ok(house.console().people(&seated.actor, &ask).await?) },
        Frame::of(house, seated, Place::People, l.pick("客户", "People")),
    )?;
    let tagged = asked.tagged.parse::<u64>().ok().map(|count| Notice {
        tone: "success",
        words: l.pick(
            format!("已给 {count} 位打上标签（原来就有的不重复打）。"),
            format!("Tagged {count}; those who had it keep the one they had."),
        ),
        undo: None,
    });
    let groups = list.groups.iter();
    let groups = groups.map(|(id, name)| (id.0, name.clone(), ask.group == Some(*id)));
    let tags = list.tags.iter();
    let tags = tags.map(|tag| (tag.id, tag.name.clone(), ask.tag == Some(tag.id)));
    let keep = seated.actor.may(May::Keep);
    Ok(ListPage {
        frame: frame.saying(tagged),
        l,
        asked: asked.q.clone(),
        show: asked.show.clone(),
        tabs: tabs(asked, l),
        groups: groups.collect(),
        tags: tags.collect(),
        rows: list.faces.iter().map(|face| line(&eye, &list, face)).collect(),
        first: ask.before.map(|_| asked.with(|_| {})),
        next: list.next.map(|next| asked.with(|one| one.before = next.0.to_string())),
        filtered: ask != PeopleAsk::default(),
        export: keep.then(|| asked.at("/people/export.csv")),
        tend: seated.actor.may(May::Tend),
        back: asked.at("/people"),
        typed,
    })
}

fn tabs(asked: &Asked, l: Lang) -> Vec<(String, &'static str, bool)> {
    let all = [
        ("", l.pick("全部", "Everybody")),
        ("new", l.pick("7 天内新来", "New in 7 days")),
        ("two", l.pick("在 2 个群以上", "In 2 groups or more")),
        ("three", l.pick("在 3 个群以上", "In 3 or more")),
        ("staff", l.pick("群管理", "Keepers")),
        ("host", l.pick("协作号", "Co-hosts")),
        ("bot", l.pick("机器人", "Bots")),
        ("blacklist", l.pick("黑名单", "Blacklist")),
    ];
    all.map(|(show, word)| {
        let to = asked.with(|one| show.clone_into(&mut one.show));
        (to, word, asked.show == show)
    })
    .to_vec()
}

fn line(eye: &Eye, list: &PeopleList, face: &FaceRow) -> PersonLine {
    let l = eye.l;
    let names = face.groups.iter().filter_map(|group| list.groups.get(group));
    let mut groups = names.take(GROUPS_SHOWN).cloned().collect::<Vec<_>>();
    if let more @ 1.. = face.groups.len().saturating_sub(groups.len()) {
        groups.push(l.pick(format!("等 {} 个群", face.groups.len()), format!("+{more}")));
    }
    let mut sub = words::platform(&face.platform, l);
    if face.class.unwrap_or(0) > 0 {
        sub = format!("{sub} · {}", words::class(face.class, l));
    }
    if face.accounts > 1 {
        let count = face.accounts;
        sub += &l.pick(format!(" · {count} 个账号"), format!(" · {count} accounts"));
    }
    PersonLine {
        id: face.lead.0,
        href: href(face.lead),
        name: eye.name(&face.name, &face.platform, &face.key),
        bare: face.name.clone(),
        sub,
        groups: groups.join(l.pick("、", ", ")),
        joined: face.joined.map(|at| eye.when(at)).unwrap_or_default(),
        tags: face.tags.iter().take(TAGS_SHOWN).map(|(_, name)| name.clone()).collect(),
        barred: face.blacklisted,
    }
}

/// `POST /people/taggings`: `people` (many), `tag`, `why`, `back`.
pub(super) async fn tag(
    State(house): State<House>,
    seated: Seated,
    RawForm(form): RawForm,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(&form).unwrap_or_default();
    let last = |name: &str| {
        let mut found = pairs.iter().rev().filter(|(own, _)| own == name);
        found.next().map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let people = pairs.iter().filter(|(own, _)| own == "people");
    let people: Vec<IdentityId> =
        people.filter_map(|(_, value)| value.parse().ok()).map(IdentityId).collect();
    let query = last("back");
    let query = query.strip_prefix("/people?").unwrap_or_default();
    let asked: Asked = serde_urlencoded::from_str(query).unwrap_or_default();
    let (tag, why) = (last("tag").parse().unwrap_or(0), last("why"));
    match house.console().tag_people(&seated.actor, &people, (tag, &why)).await {
        Ok(count) => {
            let to = asked.at("/people");
            let mark = if to.contains('?') { '&' } else { '?' };
            Ok(Redirect::to(&format!("{to}{mark}tagged={count}")).into_response())
        }
        Err(denied) => {
            let typed = Typed::of(&fields(denied)?, seated.visit.lang, vec![("why", why)]);
            let mut response = shown(&of((&house, &seated), &asked, typed).await?);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(response)
        }
    }
}

/// `GET /people/export.csv`
pub(super) async fn export(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let eye = Eye::of(&house, &seated).await?;
    let l = eye.l;
    let ask = asked.ask();
    let (faces, more) = house.console().people_export(&seated.actor, &ask).await?;
    let list = house.console().people(&seated.actor, &PeopleAsk::default()).await?;
    let heads = match l {
        Lang::Zh => {
            ["编号", "名字", "平台", "角色", "所在群数", "所在群", "最近入群", "标签", "黑名单"]
        }
        Lang::En => {
            ["number", "name", "platform", "role", "groups", "in", "joined", "tags", "blacklist"]
        }
    };
    let row = |face: &FaceRow| {
        let groups = face.groups.iter().filter_map(|group| list.groups.get(group));
        let groups = groups.map(String::as_str).collect::<Vec<_>>().join(" | ");
        let tags = face.tags.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>();
        vec![
            Cell::count(face.lead.0),
            Cell::text(&face.name),
            Cell::text(words::platform(&face.platform, l)),
            Cell::text(words::class(face.class, l)),
            Cell::count(face.groups.len()),
            Cell::text(groups),
            Cell::text(face.joined.map(|at| eye.iso_day(at)).unwrap_or_default()),
            Cell::text(tags.join(" | ")),
            Cell::text(if face.blacklisted { l.pick("是", "yes") } else { "" }),
        ]
    };
    let mut rows: Vec<_> = faces.iter().map(row).collect();
    if more {
        let words = l.pick(
            "只导出了前 100000 位，请用筛选分批导出。",
            "Only the first 100000: filter and export the rest.",
        );
        let mut cut = vec![Cell::text(""); heads.len()];
        cut.splice(..1, [Cell::text(words)]);
        rows.push(cut);
    }
    let heads = heads.map(str::to_owned).to_vec();
    let sheet = Sheet { name: "people".to_owned(), heads, rows, notes: Vec::new() };
    let mut export = Export::of("people");
    export.group = ask.group;
    sheet.download((&house, &seated), export, Kind::Csv).await
}
