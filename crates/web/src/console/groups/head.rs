//! What stands on top of every page of one group: name, verdict, staff, tabs.

use std::collections::BTreeMap;

use app::console::groups::{GroupPage, Purpose};
use domain::{GroupId, May, StaffId, Zone};
use report::Lang;

use crate::console::groups::{list, spoken};
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::Trouble;
use crate::words::{ago, number};

/// A tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tab {
    Feed,
    Members,
    Flow,
    Activity,
    Questions,
    Settings,
}

/// A tab as the template shows it.
pub(crate) struct TabView {
    pub(crate) href: String,
    pub(crate) word: &'static str,
    pub(crate) count: String,
    pub(crate) on: bool,
}

/// A step that is missing.
pub(crate) struct StepView {
    pub(crate) href: String,
    pub(crate) word: &'static str,
}

/// The head.
pub(crate) struct Head {
    pub(crate) id: i64,
    pub(crate) platform: String,
    pub(crate) kind: &'static str,
    pub(crate) live: bool,
    pub(crate) closed: bool,
    pub(crate) mood: &'static str,
    pub(crate) tone: &'static str,
    pub(crate) causes: Vec<String>,
    pub(crate) members: String,
    pub(crate) last: String,
    pub(crate) owner: String,
    pub(crate) backup: String,
    pub(crate) purposes: Vec<&'static str>,
    pub(crate) tags: Vec<String>,
    pub(crate) tabs: Vec<TabView>,
    /// What the set-up lacks; shown to who can set it.
    pub(crate) missing: Vec<StepView>,
    pub(crate) score: u32,
    /// Staff enter as keepers, set things, open links.
    pub(crate) may_keep: bool,
    pub(crate) key: i64,
}

/// A group within a request.
pub(crate) struct Opened {
    pub(crate) group: GroupId,
    pub(crate) page: GroupPage,
    pub(crate) names: BTreeMap<StaffId, String>,
    pub(crate) zone: Zone,
}

impl Opened {
    /// The group of the address, for who asks.
    pub(crate) async fn of(house: &House, seated: &Seated, group: i64) -> Result<Self, Trouble> {
        let group = GroupId(group);
        let console = house.console();
        let (page, names) = tokio::try_join!(
            console.group(&seated.actor, group),
            console.keeper_names(&seated.actor)
        )?;
        let zone = Zone::named(&page.standing.zone).unwrap_or_else(|_| Zone::utc());
        Ok(Self { group, page, names, zone })
    }

    /// Its name now.
    pub(crate) fn name(&self) -> &str {
        self.page.room.as_ref().map_or(&self.page.standing.name, |room| &room.name)
    }

    /// Address of one of its pages.
    pub(crate) fn at(&self, path: &str) -> String {
        format!("/groups/{}{path}", self.group.0)
    }

    /// Frame and head of a page.
    pub(crate) async fn framed(
        &self,
        (house, seated): (&House, &Seated),
        tab: Tab,
        notice: Option<Notice>,
    ) -> Result<(Frame, Head), Trouble> {
        let frame = Frame::of(house, seated, Place::Groups, self.name()).await?;
        Ok((frame.saying(notice), self.head(house, seated, tab)))
    }

    /// Its head.
    pub(crate) fn head(&self, house: &House, seated: &Seated, tab: Tab) -> Head {
        let (l, actor) = (seated.visit.lang, &seated.actor);
        let (standing, card) = (&self.page.standing, &self.page.card);
        let name = |who: StaffId| list::staff(&self.names, who, l);
        let members = self.page.room.as_ref().map(|room| u64::from(room.members));
        let may_keep = actor.may(May::Keep);
        let steps = self.page.readiness.missing().into_iter().filter(|_| may_keep);
        let step = |field: app::console::groups::StepField| StepView {
            href: match field {
                app::console::groups::StepField::Pin => self.at("/feed"),
                field => self.at(&format!("/settings#{}", field.word())),
            },
            word: spoken::step(field, l),
        };
        let mut purposes = card.about.purposes.clone();
        purposes.sort_by_key(|(purpose, weight)| (std::cmp::Reverse(*weight), *purpose));
        Head {
            id: self.group.0,
            platform: spoken::platform(&standing.platform, l),
            kind: card.kind.map_or("", |kind| spoken::kind(kind, l)),
            live: standing.live,
            closed: self.page.room.as_ref().is_some_and(|room| room.closed.is_some()),
            mood: list::mood(standing.mood, standing.made, l),
            tone: spoken::tone(standing.mood),
            causes: standing.causes.iter().map(|cause| report::cause(cause, l)).collect(),
            members: members.or(standing.members).map_or_else(|| "–".to_owned(), number),
            last: match standing.last.filter(|_| standing.tells_talk) {
                Some(at) => ago(at, house.now(), l),
                None if !standing.tells_talk => "–".to_owned(),
                None => l.pick("还没有消息", "no message yet").to_owned(),
            },
            owner: name(card.owner),
            backup: name(card.backup),
            purposes: purposes.iter().map(|(one, _)| spoken::purpose(*one, l)).collect(),
            tags: card.tags.clone(),
            tabs: self.tabs(tab, l),
            missing: steps.map(step).collect(),
            score: self.page.readiness.score(),
            may_keep,
            key: house.mint(),
        }
    }

    fn tabs(&self, on: Tab, l: Lang) -> Vec<TabView> {
        let waiting = self.page.standing.open_tasks;
        let waiting = if waiting > 0 { waiting.to_string() } else { String::new() };
        let all = [
            (Tab::Feed, "/feed", l.pick("动态", "Feed"), String::new()),
            (Tab::Members, "/members", l.pick("成员", "Members"), String::new()),
            (Tab::Flow, "/flow", l.pick("进退群", "Flow"), String::new()),
            (Tab::Activity, "/activity", l.pick("活跃", "Activity"), String::new()),
            (Tab::Questions, "/questions", l.pick("问答", "Questions"), waiting),
            (Tab::Settings, "/settings", l.pick("设置", "Settings"), String::new()),
        ];
        let view = |(tab, path, word, count): (Tab, &str, &'static str, String)| TabView {
            href: self.at(path),
            word,
            count,
            on: tab == on,
        };
        all.into_iter().map(view).collect()
    }

    /// Weight of a purpose, 0 for none.
    pub(crate) fn weight(&self, purpose: Purpose) -> u8 {
        let purposes = &self.page.card.about.purposes;
        purposes.iter().find(|(own, _)| *own == purpose).map_or(0, |(_, weight)| *weight)
    }
}
