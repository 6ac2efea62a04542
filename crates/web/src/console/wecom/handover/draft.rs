//! Who takes what, and the plan of it; beginning.

use app::console::{Denied, FieldError};
use app::wecom::{Beside, CodesTo, Draft, HandoverForm, Holder, Holders, Rule, TAKERS_MAX, Takes};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::wecom::handover::beside::{
    BesideView, STAY, codes_choice, here_choice, planned,
};
use crate::console::wecom::handover::said;
use crate::console::wecom::handover::words::{both, held, kind, many, rule, stays, wrong_words};
use crate::console::wecom::sees;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{date, number, times};

/// What was typed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    who: String,
    t1: String,
    t2: String,
    t3: String,
    t4: String,
    w1: String,
    w2: String,
    w3: String,
    w4: String,
    spare: String,
    codes: String,
    here: String,
    a_day: String,
    words: String,
    /// Whether the plan is to be shown.
    look: String,
}

/// A choice: value, word, whether it is chosen.
pub(crate) type Choice = (String, String, bool);

/// A place for somebody who takes over.
pub(crate) struct TakerView {
    pub(crate) field: &'static str,
    pub(crate) takes_field: &'static str,
    pub(crate) label: String,
    pub(crate) who: Vec<Choice>,
    pub(crate) takes: Vec<Choice>,
    pub(crate) wrong: &'static str,
}

/// The plan.
pub(crate) struct PlanView {
    pub(crate) sum: String,
    /// Name and what they take.
    pub(crate) shares: Vec<(String, String)>,
    /// Day and what is asked for.
    pub(crate) days: Vec<(String, String)>,
    /// Kind, how many, why, and some of them by name.
    pub(crate) stays: Vec<(String, &'static str, String)>,
    /// What goes beside customers and groups, and some of it by name.
    pub(crate) beside: Vec<(String, String)>,
    pub(crate) notes: Vec<String>,
    /// What customers read; none where they are told nothing.
    pub(crate) message: Option<String>,
    /// Fields that begin it.
    pub(crate) fields: Vec<(&'static str, String)>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/wecom/handover/draft.html")]
pub(crate) struct DraftPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    pub(crate) who: String,
    pub(crate) holds: String,
    pub(crate) left: bool,
    /// Whether the app sees them.
    pub(crate) seen: bool,
    pub(crate) wrong: &'static str,
    pub(crate) takers: Vec<TakerView>,
    pub(crate) nobody: bool,
    pub(crate) spare: Vec<Choice>,
    pub(crate) spare_wrong: &'static str,
    pub(crate) codes: Option<BesideView>,
    pub(crate) here: Option<BesideView>,
    pub(crate) a_day: String,
    pub(crate) a_day_wrong: &'static str,
    pub(crate) words: String,
    pub(crate) words_wrong: &'static str,
    pub(crate) plan: Option<PlanView>,
    pub(crate) rules: Vec<(String, String)>,
}

/// `GET /settings/wecom/{account}/handover/new`: chooses and looks over, changes nothing.
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Query(typed): Query<Typed>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    let drawn = match typed.look.as_str() {
        "" => None,
        _ => Some(house.console().draft_handover(&seated.actor, account, &typed.form()).await),
    };
    let (draft, wrong) = match drawn {
        None => (None, Vec::new()),
        Some(Ok(draft)) => (Some(draft), Vec::new()),
        Some(Err(Denied::Wrong(wrong))) => (None, wrong),
        Some(Err(denied)) => return Err(denied.into()),
    };
    page_of((&house, &seated), account, (&typed, draft.as_ref(), &wrong)).await
}

/// `POST /settings/wecom/{account}/handover`
pub(super) async fn begin(
    State(house): State<House>,
    seated: Seated,
    Path(account): Path<i64>,
    Form(typed): Form<Typed>,
) -> Result<Response, Trouble> {
    sees(&seated)?;
    match house.console().begin_handover(&seated.actor, account, &typed.form()).await {
        Ok(begun) => {
            let (number, said) = (begun.handover, said::begun(&begun));
            let to = format!("/settings/wecom/{account}/handover/{number}?{said}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(Denied::Wrong(wrong)) => {
            page_of((&house, &seated), account, (&typed, None, &wrong)).await
        }
        Err(denied) => Err(denied.into()),
    }
}

async fn page_of(
    (house, seated): (&House, &Seated),
    account: i64,
    (typed, draft, wrong): (&Typed, Option<&Draft>, &[FieldError]),
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let holders = console.holders(&seated.actor, account).await?;
    let giver = holders.of(&typed.who).ok_or(Denied::Missing)?;
    let beside = console.beside_handover(&seated.actor, account, &giver.userid).await?;
    let title = l.pick(format!("交接：{}", giver.name), format!("Hand over: {}", giver.name));
    let frame = Frame::of(house, seated, Place::Settings, &title).await?;
    let zone = console.zone(seated.actor.org).await?;
    let scene = (house.now(), &zone, l);
    let rules = console.handover_rules();
    let page =
        DraftPage::of((frame, account), (typed, draft, wrong), (&holders, &beside, &rules), scene);
    let page = page.ok_or(Denied::Missing)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, shown(&page)).into_response())
}

impl Typed {
    fn takers(&self) -> [(&str, &str); TAKERS_MAX] {
        [(&self.t1, &self.w1), (&self.t2, &self.w2), (&self.t3, &self.w3), (&self.t4, &self.w4)]
            .map(|(userid, takes)| (userid.as_str(), takes.as_str()))
    }

    fn form(&self) -> HandoverForm {
        HandoverForm {
            giver: self.who.clone(),
            takers: self.takers().map(|(userid, takes)| (userid.to_owned(), taken(takes))),
            spare: self.spare.clone(),
            codes: match self.codes.as_str() {
                "" => CodesTo::First,
                STAY => CodesTo::Nobody,
                userid => CodesTo::One(userid.to_owned()),
            },
            here: self.here.clone(),
            a_day: self.a_day.clone(),
            words: self.words.clone(),
        }
    }

    /// Everything, to be sent once more.
    fn fields(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("who", self.who.clone())];
        for ((field, takes_field), (userid, takes)) in FIELDS.into_iter().zip(self.takers()) {
            all.extend([(field, userid.to_owned()), (takes_field, takes.to_owned())]);
        }
        let rest = [
            ("spare", &self.spare),
            ("codes", &self.codes),
            ("here", &self.here),
            ("a_day", &self.a_day),
            ("words", &self.words),
        ];
        all.extend(rest.map(|(field, value)| (field, value.clone())));
        all.retain(|(_, value)| !value.is_empty());
        all
    }

    #[cfg(test)]
    pub(super) fn hostile(who: &str) -> Self {
        let hostile = crate::samples::hostile;
        Self {
            who: who.to_owned(),
            t1: who.to_owned(),
            w1: "groups".to_owned(),
            a_day: hostile(),
            words: hostile(),
            ..Self::default()
        }
    }
}

/// Names of the fields of who takes over, and of what.
const FIELDS: [(&str, &str); TAKERS_MAX] = [("t1", "w1"), ("t2", "w2"), ("t3", "w3"), ("t4", "w4")];

fn taken(word: &str) -> Takes {
    match word {
        "contacts" => Takes::Contacts,
        "groups" => Takes::Groups,
        _ => Takes::Both,
    }
}

impl DraftPage {
    /// `None` when who hands over holds nothing that is known.
    pub(super) fn of(
        (frame, id): (Frame, i64),
        (typed, draft, wrong): (&Typed, Option<&Draft>, &[FieldError]),
        (holders, beside, rules): (&Holders, &Beside, &[Rule]),
        scene: (Millis, &Zone, Lang),
    ) -> Option<Self> {
        let l = scene.2;
        let giver = holders.of(&typed.who)?;
        let mut fit: Vec<&Holder> =
            holders.all.iter().filter(|one| one.fits && one.userid != giver.userid).collect();
        fit.sort_by(|a, b| (&a.name, &a.userid).cmp(&(&b.name, &b.userid)));
        let said = |field: &str| {
            let found = wrong.iter().find(|one| one.field == field);
            found.map_or("", |one| wrong_words(one.code, l))
        };
        let taker = |(nth, ((field, takes_field), (userid, takes)))| {
            taker_view((nth, field, takes_field), (userid, takes), (&fit, said(field), l))
        };
        let takers = FIELDS.into_iter().zip(typed.takers());
        let here = here_choice(beside, &typed.here, (said("here"), l));
        let rule = |one: &Rule| (rule(one, l), source(one, l));
        Some(Self {
            l,
            frame,
            id,
            who: giver.userid.clone(),
            holds: held(giver.contacts.into(), giver.groups.into(), giver.codes.into(), l),
            left: giver.left,
            seen: giver.seen,
            // Without the field its words stand above the page.
            wrong: if here.is_some() || !said("giver").is_empty() {
                said("giver")
            } else {
                said("here")
            },
            takers: (1_usize..).zip(takers).map(taker).collect(),
            nobody: fit.is_empty(),
            spare: people(&fit, &typed.spare, l.pick("不设", "nobody")),
            spare_wrong: said("spare"),
            codes: codes_choice(beside, (&fit, &typed.codes), (said("codes"), l)),
            here,
            a_day: typed.a_day.clone(),
            a_day_wrong: said("a_day"),
            words: typed.words.clone(),
            words_wrong: said("words"),
            plan: draft.map(|draft| PlanView::of(draft, typed, scene)),
            rules: rules.iter().map(rule).collect(),
        })
    }
}

fn source(rule: &Rule, l: Lang) -> String {
    let [zh, en] = rule.source;
    l.pick(
        format!("企业微信文档「{zh}」，{}", rule.as_of),
        format!("WeCom documentation “{en}”, {}", rule.as_of),
    )
}

fn taker_view(
    (nth, field, takes_field): (usize, &'static str, &'static str),
    (userid, takes): (&str, &str),
    (fit, wrong, l): (&[&Holder], &'static str, Lang),
) -> TakerView {
    let none = if nth == 1 { l.pick("请选择", "Choose") } else { l.pick("不用", "nobody") };
    let chosen = taken(takes);
    let takes = [
        ("both", Takes::Both, l.pick("客户和群", "customers and groups")),
        ("contacts", Takes::Contacts, l.pick("只接客户", "customers alone")),
        ("groups", Takes::Groups, l.pick("只接群", "groups alone")),
    ];
    TakerView {
        field,
        takes_field,
        label: l.pick(format!("接手人 {nth}"), format!("Taker {nth}")),
        who: people(fit, userid, none),
        takes: takes
            .map(|(value, takes, word)| (value.to_owned(), word.to_owned(), takes == chosen))
            .to_vec(),
        wrong,
    }
}

/// Everybody who could take over, and nobody.
pub(super) fn people(fit: &[&Holder], chosen: &str, none: &str) -> Vec<Choice> {
    let one = |one: &&Holder| {
        let name = if one.name == one.userid {
            one.name.clone()
        } else {
            format!("{} · {}", one.name, one.userid)
        };
        (one.userid.clone(), name, one.userid == chosen)
    };
    let nobody = (String::new(), none.to_owned(), chosen.is_empty());
    std::iter::once(nobody).chain(fit.iter().map(one)).collect()
}

impl PlanView {
    fn of(draft: &Draft, typed: &Typed, (now, zone, l): (Millis, &Zone, Lang)) -> Self {
        let sum = |of: fn(&app::wecom::DraftDay) -> u32| {
            draft.days.iter().map(|day| u64::from(of(day))).sum::<u64>()
        };
        let all = both(sum(|day| day.contacts), sum(|day| day.groups), l);
        let days = times(draft.takes_days.into(), l, "天", ["day", "days"]);
        let moved = l.pick(
            format!("{all}可以交接，预计 {days}完成。"),
            format!("{all} can be handed over; it takes {days}."),
        );
        let own = l.pick(
            "（企业微信的默认话术）您好，您的服务已升级，后续将由我的同事接替我的工作，继续为您服务。",
            "(WeCom's own words) Hello, a colleague of mine takes over and is there for you from \
             now on.",
        );
        Self {
            sum: match (draft.days.is_empty(), draft.goes_beside()) {
                (false, _) => moved,
                (true, true) => l
                    .pick(
                        "没有客户和群要转，只交接下面这些。",
                        "No customers or groups, only these:",
                    )
                    .to_owned(),
                (true, false) => {
                    l.pick("没有可以交接的。", "Nothing can be handed over.").to_owned()
                }
            },
            beside: planned(draft, l),
            shares: draft
                .shares
                .iter()
                .map(|one| (one.name.clone(), both(one.contacts.into(), one.groups.into(), l)))
                .collect(),
            days: day_rows(draft, (now, zone, l)),
            stays: stay_rows(draft, l),
            notes: notes(draft, l),
            message: (!draft.giver.left)
                .then(|| if draft.words.is_empty() { own.to_owned() } else { draft.words.clone() }),
            fields: if draft.days.is_empty() && !draft.goes_beside() {
                Vec::new()
            } else {
                typed.fields()
            },
        }
    }
}

/// What is worth knowing before it begins.
fn notes(draft: &Draft, l: Lang) -> Vec<String> {
    let mut notes = Vec::new();
    if draft.resting > 0 {
        let who = many(domain::HeldKind::Contact, draft.resting.into(), l);
        notes.push(l.pick(
            format!("其中 {who}转过不到 90 天，排到能转的那天。"),
            format!("{who} moved less than 90 days ago and wait until they may again."),
        ));
    }
    if !draft.spare.is_empty() {
        notes.push(l.pick(
            format!("接手人客户满了的，自动改交给 {}。", draft.spare),
            format!("What a taker is too full for goes to {}.", draft.spare),
        ));
    }
    notes
}

/// What is asked for, day by day.
fn day_rows(draft: &Draft, (now, zone, l): (Millis, &Zone, Lang)) -> Vec<(String, String)> {
    let today = zone.local(now).day;
    let row = |day: &app::wecom::DraftDay| {
        let at = zone.local(day.at).day;
        let at =
            if at == today { l.pick("今天", "today").to_owned() } else { date(at, today, l) };
        (at, both(day.contacts.into(), day.groups.into(), l))
    };
    draft.days.iter().map(row).collect()
}

/// What stays, why, and some of it by name.
fn stay_rows(draft: &Draft, l: Lang) -> Vec<(String, &'static str, String)> {
    let row = |one: &app::wecom::DraftStay| {
        let what = format!("{} {}", kind(one.kind, l), number(one.count.into()));
        let known: Vec<&str> =
            one.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        (what, stays(one.why, l), known.join(l.pick("、", ", ")))
    };
    draft.stays.iter().map(row).collect()
}
