//! What can be set of a group: its card, and of a live one its name, notices and links.

use app::console::Denied;
use app::console::groups::{CardAsked, GroupKind, KeeperAct, Purpose};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use chat::web::{NOTICE_CHARS_MAX, TextError, text};
use domain::{EventWhat, StaffId};
use report::Lang;
use serde::Deserialize;

use crate::console::groups::bulk::{tags, wrong_words};
use crate::console::groups::head::{Head, Opened, Tab};
use crate::console::groups::links::{LinkView, links};
use crate::console::groups::list::{Choice, kinds};
use crate::console::groups::packs::pack;
use crate::console::groups::spoken;
use crate::console::{Frame, Notice, Seated};
use crate::house::House;
use crate::member::accepted;
use crate::trouble::{Trouble, shown};
use crate::words::{name_wrong, text_wrong};

/// Words of the weights that a purpose can have.
const WEIGHTS: [(u8, [&str; 2]); 4] = [
    (0, ["不是", "no"]),
    (1, ["顺带", "a little"]),
    (2, ["重要", "important"]),
    (3, ["首要", "first"]),
];

/// A purpose with its weights.
pub(crate) struct PurposeView {
    pub(crate) name: String,
    pub(crate) word: &'static str,
    pub(crate) weights: Vec<Choice>,
    /// Names of the figures that it puts first.
    pub(crate) figures: String,
}

/// The page.
#[derive(Template)]
#[template(path = "console/groups/settings.html")]
pub(crate) struct SettingsPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) head: Head,
    pub(crate) name: String,
    pub(crate) zone: String,
    pub(crate) kinds: Vec<Choice>,
    pub(crate) owners: Vec<Choice>,
    pub(crate) backups: Vec<Choice>,
    pub(crate) purposes: Vec<PurposeView>,
    pub(crate) tags: String,
    pub(crate) threshold: String,
    pub(crate) welcome: String,
    pub(crate) announcement: String,
    pub(crate) rules: String,
    pub(crate) via: String,
    pub(crate) links: Vec<LinkView>,
    pub(crate) keys: [i64; 5],
    /// The kind, whose usual words can fill what is empty; `None` where there is nothing to fill.
    pub(crate) fills: Option<String>,
    /// Fields that hold usual words, which nobody has read yet.
    pub(crate) usual: Vec<&'static str>,
    /// Which field is wrong, and why.
    pub(crate) wrong: (&'static str, String),
}

impl SettingsPage {
    /// What is wrong with a field; empty when nothing.
    pub(crate) fn error(&self, field: &str) -> &str {
        if self.wrong.0 == field { &self.wrong.1 } else { "" }
    }

    /// Whether a field holds the usual words of the kind.
    pub(crate) fn is_usual(&self, field: &str) -> bool {
        self.usual.contains(&field)
    }

    /// Fills what is empty with what groups of this kind usually begin with (A14).
    fn fill(&mut self, kind: GroupKind, l: Lang) {
        let pack = pack(kind);
        let fields = [
            ("threshold", &mut self.threshold, pack.threshold(l)),
            ("welcome", &mut self.welcome, pack.welcome(l)),
            ("announcement", &mut self.announcement, pack.announcement(l)),
            ("rules", &mut self.rules, pack.rules(l)),
        ];
        for (name, field, usual) in fields {
            if field.is_empty() {
                usual.clone_into(field);
                self.usual.push(name);
            }
        }
        if self.has_no_purpose() {
            self.usual.push("purpose");
            for (purpose, weight) in pack.purposes {
                let name = format!("purpose_{}", purpose.word());
                let view = self.purposes.iter_mut().find(|one| one.name == name);
                for choice in view.into_iter().flat_map(|one| &mut one.weights) {
                    choice.on = choice.value == weight.to_string();
                }
            }
        }
    }

    fn has_no_purpose(&self) -> bool {
        let is_none = |one: &PurposeView| one.weights.iter().any(|it| it.on && it.value == "0");
        self.purposes.iter().all(is_none)
    }

    fn has_empty(&self) -> bool {
        let texts = [&self.threshold, &self.welcome, &self.announcement, &self.rules];
        self.has_no_purpose() || texts.into_iter().any(String::is_empty)
    }
}

/// What was just done.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Look {
    done: String,
    /// `1`: what is empty is filled with usual words.
    fill: String,
}

/// `GET /groups/{group}/settings`
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    let mut page = of((&house, &seated), &opened, &look.done).await?;
    let kind = opened.page.card.kind.filter(|_| page.head.live && page.head.may_keep);
    if let Some(kind) = kind.filter(|_| page.has_empty()) {
        if look.fill == "1" {
            page.fill(kind, page.l);
        } else {
            page.fills = Some(spoken::kind(kind, page.l).to_owned());
        }
    }
    Ok(shown(&page))
}

async fn of(
    (house, seated): (&House, &Seated),
    opened: &Opened,
    done: &str,
) -> Result<SettingsPage, Trouble> {
    let l = seated.visit.lang;
    let (card, room) = (&opened.page.card, opened.page.room.as_ref());
    let (frame, head) = opened.framed((house, seated), Tab::Settings, notice(done, l)).await?;
    let announcement = room.and_then(|room| room.announcement.as_ref());
    let rules = room.and_then(|room| room.rules.as_ref());
    Ok(SettingsPage {
        l,
        frame,
        head,
        name: opened.name().to_owned(),
        zone: opened.page.standing.zone.clone(),
        kinds: kinds(card.kind.map_or("", GroupKind::word), l),
        owners: staff(opened, card.owner, l),
        backups: staff(opened, card.backup, l),
        purposes: purposes(opened, l),
        tags: card.tags.join(" "),
        threshold: card.about.threshold.clone(),
        welcome: card.about.welcome.clone(),
        announcement: announcement.map_or_else(String::new, |(_, text, _)| text.clone()),
        rules: rules.map_or_else(String::new, |(_, text)| text.clone()),
        via: String::new(),
        links: if room.is_some() { links(house, seated, opened.group).await? } else { Vec::new() },
        keys: house.mint_many(),
        fills: None,
        usual: Vec::new(),
        wrong: ("", String::new()),
    })
}

fn staff(opened: &Opened, chosen: StaffId, l: Lang) -> Vec<Choice> {
    let none = Choice {
        value: "0".to_owned(),
        word: l.pick("（无）", "(nobody)").to_owned(),
        on: chosen == StaffId::NOBODY,
    };
    let one = |(id, name): (&StaffId, &String)| Choice {
        value: id.0.to_string(),
        word: name.clone(),
        on: *id == chosen,
    };
    std::iter::once(none).chain(opened.names.iter().map(one)).collect()
}

fn purposes(opened: &Opened, l: Lang) -> Vec<PurposeView> {
    let figure =
        |code: &str| insights::metric(code).map(|metric| l.pick(metric.name.zh, metric.name.en));
    let view = |purpose: Purpose| {
        let weight = opened.weight(purpose);
        let choice = |(value, words): (u8, [&str; 2])| Choice {
            value: value.to_string(),
            word: l.pick(words[0], words[1]).to_owned(),
            on: value == weight.min(3),
        };
        let figures: Vec<&str> = purpose.figures().into_iter().filter_map(figure).collect();
        PurposeView {
            name: format!("purpose_{}", purpose.word()),
            word: spoken::purpose(purpose, l),
            weights: WEIGHTS.into_iter().map(choice).collect(),
            figures: figures.join(l.pick("、", ", ")),
        }
    };
    Purpose::ALL.into_iter().map(view).collect()
}

fn notice(done: &str, l: Lang) -> Option<Notice> {
    let words = match done {
        "card" => l.pick("已保存。", "Saved."),
        "title" => l.pick("群名改好了。", "The group is renamed."),
        "announcement" => l.pick("公告已发布到群里。", "The announcement is published."),
        "rules" => l.pick(
            "群规已更新，新人进群前要同意。",
            "The rules are changed; newcomers accept them first.",
        ),
        "closed" => l.pick("群已关闭。", "The group is closed."),
        "reopened" => l.pick("群已重新打开。", "The group is open again."),
        "link" => l.pick("新链接已生成。", "The link is made."),
        _ => return None,
    };
    Some(Notice { tone: "success", words: words.to_owned(), undo: None })
}

/// What was typed into a form that is shown again.
#[derive(Debug, Default)]
pub(super) struct Typed {
    pub(super) field: &'static str,
    pub(super) text: String,
    pub(super) card: Option<CardAsked>,
}

/// The page with what was typed and what is wrong with it.
pub(super) async fn again(
    place: (&House, &Seated),
    opened: &Opened,
    typed: Typed,
    wrong: &Trouble,
) -> Result<Response, Trouble> {
    let l = place.1.visit.lang;
    let mut page = of(place, opened, "").await?;
    let text: String = typed.text.chars().take(NOTICE_CHARS_MAX as usize * 2).collect();
    match typed.field {
        "title" => page.name = text,
        "announcement" => page.announcement = text,
        "rules" => page.rules = text,
        "via" => page.via = text,
        _ => {}
    }
    if let Some(card) = typed.card {
        page.kinds = kinds(card.kind.map_or("", GroupKind::word), l);
        page.owners = staff(opened, card.owner, l);
        page.backups = staff(opened, card.backup, l);
        page.tags = card.tags.join(" ");
        page.threshold = card.threshold;
        page.welcome = card.welcome;
        for (purpose, view) in Purpose::ALL.into_iter().zip(&mut page.purposes) {
            let weight = card.purposes.iter().find(|(own, _)| *own == purpose);
            let weight = weight.map_or(0, |(_, weight)| *weight).to_string();
            view.weights.iter_mut().for_each(|one| one.on = one.value == weight);
        }
    }
    page.wrong = (typed.field, wrong.words(l).to_owned());
    let mut response = shown(&page);
    *response.status_mut() = wrong.status;
    Ok(response)
}

/// The form of the card.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CardForm {
    kind: String,
    owner: i64,
    backup: i64,
    tags: String,
    threshold: String,
    welcome: String,
    purpose_traffic: u8,
    purpose_content: u8,
    purpose_service: u8,
    purpose_exchange: u8,
    purpose_conversion: u8,
}

impl CardForm {
    fn asked(self) -> CardAsked {
        let weights = [
            self.purpose_traffic,
            self.purpose_content,
            self.purpose_service,
            self.purpose_exchange,
            self.purpose_conversion,
        ];
        CardAsked {
            kind: GroupKind::from_word(&self.kind),
            owner: StaffId(self.owner),
            backup: StaffId(self.backup),
            purposes: Purpose::ALL.into_iter().zip(weights).collect(),
            threshold: self.threshold.trim().to_owned(),
            welcome: self.welcome.trim().to_owned(),
            tags: tags(&self.tags),
        }
    }
}

/// `POST /groups/{group}/card`
pub(super) async fn card(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<CardForm>,
) -> Result<Response, Trouble> {
    let opened = Opened::of(&house, &seated, group).await?;
    seated.visit.may_act(&house)?;
    let asked = form.asked();
    match house.console().set_card(&seated.actor, opened.group, asked.clone()).await {
        Ok(_) => {
            // Who has just said what kind it is sees what such groups begin with.
            let is_new = asked.kind.is_some() && asked.kind != opened.page.card.kind;
            let fill = if is_new { "&fill=1" } else { "" };
            Ok(Redirect::to(&opened.at(&format!("/settings?done=card{fill}"))).into_response())
        }
        Err(Denied::Wrong(wrong)) => {
            let field = wrong.first().map_or("", |one| one.field);
            let say = Lang::ALL.map(|l| wrong_words(field, l));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let trouble = Trouble::new(status, "card", [&say[0], &say[1]]);
            let typed = Typed { field, card: Some(asked), ..Typed::default() };
            again((&house, &seated), &opened, typed, &trouble).await
        }
        Err(other) => Err(other.into()),
    }
}

/// A form with a text.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Worded {
    key: i64,
    text: String,
}

/// `POST /groups/{group}/title`
pub(super) async fn title(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let name = chat::web::title(&form.text).map_err(name_wrong);
    let what = name.map(|name| EventWhat::Retitle { name: name.into() });
    keep((&house, &seated), group, (&form, what), "title").await
}

/// `POST /groups/{group}/announcement`
pub(super) async fn announcement(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let what = words(&form.text).map(|text| EventWhat::Announce { text });
    keep((&house, &seated), group, (&form, what), "announcement").await
}

/// `POST /groups/{group}/rules`
pub(super) async fn rules(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let what = words(&form.text).map(|text| EventWhat::Rules { text });
    keep((&house, &seated), group, (&form, what), "rules").await
}

/// `POST /groups/{group}/closure`
pub(super) async fn close(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    let what = words(&form.text).map(|farewell| EventWhat::Close { farewell });
    keep((&house, &seated), group, (&form, what), "closed").await
}

/// `POST /groups/{group}/reopening`
pub(super) async fn reopen(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Worded>,
) -> Result<Response, Trouble> {
    keep((&house, &seated), group, (&form, Ok(EventWhat::Reopen)), "reopened").await
}

/// A notice may be empty: that takes it down.
fn words(raw: &str) -> Result<Box<str>, Trouble> {
    match text(raw, NOTICE_CHARS_MAX) {
        Ok(text) => Ok(text.into()),
        Err(TextError::Empty) => Ok("".into()),
        Err(wrong) => Err(text_wrong(wrong)),
    }
}

/// A keeper's act of the page of settings: when it is refused the form stands there again.
async fn keep(
    (house, seated): (&House, &Seated),
    group: i64,
    (form, what): (&Worded, Result<EventWhat, Trouble>),
    field: &'static str,
) -> Result<Response, Trouble> {
    let opened = Opened::of(house, seated, group).await?;
    seated.visit.may_act(house)?;
    accepted(form.key, house)?;
    let done = match what {
        Ok(what) => {
            let act = KeeperAct { key: form.key, what, as_host: false };
            house.console().keep(&seated.actor, opened.group, act).await.map_err(Trouble::from)
        }
        Err(wrong) => Err(wrong),
    };
    match done {
        Ok(_) => Ok(Redirect::to(&opened.at(&format!("/settings?done={field}"))).into_response()),
        Err(trouble) if trouble.cause.is_none() && trouble.code != "not_allowed" => {
            let typed = Typed { field, text: form.text.clone(), card: None };
            again((house, seated), &opened, typed, &trouble).await
        }
        Err(trouble) => Err(trouble),
    }
}
