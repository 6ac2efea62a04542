//! What goes beside customers and groups: live codes, and what they keep in huoqun itself.

use app::console::Denied;
use app::wecom::{Beside, Draft, HandoverView, Holder, KeptHere};
use axum::extract::{Form, Path, State};
use axum::response::Redirect;
use report::Lang;
use serde::Deserialize;

use crate::console::Seated;
use crate::console::wecom::handover::draft::{Choice, people};
use crate::console::wecom::handover::said::swapped;
use crate::console::wecom::handover::words::{kept as kept_some, live_codes};
use crate::console::wecom::sees;
use crate::house::House;
use crate::trouble::Trouble;

/// The word of codes that stay as they are: no `userid` begins so.
pub(super) const STAY: &str = "-";

/// Groups that are named in a plan, at most.
const NAMED: usize = 5;

/// A choice of who takes something, with what it is.
pub(crate) struct BesideView {
    pub(crate) label: String,
    pub(crate) choices: Vec<Choice>,
    pub(crate) wrong: &'static str,
    pub(crate) hint: String,
}

/// Codes that still lead to who hands over.
pub(crate) struct LedView {
    pub(crate) words: String,
    /// Address and name.
    pub(crate) codes: Vec<(String, String)>,
    /// Who could take the place; nobody: no form.
    pub(crate) choices: Vec<Choice>,
}

/// What who hands over still keeps here.
pub(crate) struct HereView {
    pub(crate) words: String,
    /// Name, and as what.
    pub(crate) groups: Vec<(String, String)>,
    /// Where it is handed over; none when who looks may not.
    pub(crate) href: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Led {
    to: String,
}

/// `POST /settings/wecom/{account}/handover/{handover}/codes`
pub(super) async fn lead(
    State(house): State<House>,
    seated: Seated,
    Path((account, handover)): Path<(i64, i64)>,
    Form(led): Form<Led>,
) -> Result<Redirect, Trouble> {
    sees(&seated)?;
    let address = format!("/settings/wecom/{account}/handover/{handover}");
    let which = (account, handover);
    match house.console().lead_handover_codes(&seated.actor, which, &led.to).await {
        Ok(came) => Ok(Redirect::to(&format!("{address}?{}", swapped(&came)))),
        Err(Denied::Wrong(wrong)) => {
            let code = wrong.first().map_or("", |one| one.code);
            Ok(Redirect::to(&format!("{address}?wrong={code}")))
        }
        Err(denied) => Err(denied.into()),
    }
}

/// Who takes the place behind codes; `None` when none leads to them.
pub(super) fn codes_choice(
    beside: &Beside,
    (fit, chosen): (&[&Holder], &str),
    (wrong, l): (&'static str, Lang),
) -> Option<BesideView> {
    let count = u64::try_from(beside.codes.len()).unwrap_or(u64::MAX);
    if count == 0 {
        return None;
    }
    let mut choices = people(fit, chosen, l.pick("第一位接手人", "the first taker"));
    let stay = l.pick("先不改", "nobody yet").to_owned();
    choices.push((STAY.to_owned(), stay, chosen == STAY));
    let codes = live_codes(count, l);
    Some(BesideView {
        label: l.pick(
            format!("还有 {codes}指向 TA，改为指向"),
            format!("{codes} lead to them; from now on to"),
        ),
        choices,
        wrong,
        hint: named(beside.codes.iter().map(|(_, name)| name.as_str()), l),
    })
}

/// Who of our staff takes what they keep here; `None` when there is nothing, or nobody is them.
pub(super) fn here_choice(
    beside: &Beside,
    typed: &str,
    (wrong, l): (&'static str, Lang),
) -> Option<BesideView> {
    let kept = beside.here.as_ref().filter(|kept| kept.is_barred || !kept.is_empty())?;
    if kept.is_barred {
        let (label, hint) = (barred(kept, l), String::new());
        return Some(BesideView { label, choices: Vec::new(), wrong, hint });
    }
    let one = |row: &app::console::StaffRow| {
        let id = row.id.0.to_string();
        let is_chosen = id == typed;
        (id, row.name.clone(), is_chosen)
    };
    let nobody = l.pick("先留着", "nobody yet").to_owned();
    let nobody = (String::new(), nobody, typed.is_empty());
    let what = kept_words(kept, l);
    Some(BesideView {
        label: l
            .pick(format!("TA 在活群里的 {what}，交给"), format!("{what} of theirs here go to")),
        choices: std::iter::once(nobody).chain(kept.takers.iter().map(one)).collect(),
        wrong,
        hint: named(kept.has.groups.iter().map(|group| group.name.as_str()), l),
    })
}

/// What goes beside, in a plan: what happens, and some of it by name.
pub(super) fn planned(draft: &Draft, l: Lang) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    let codes = &draft.beside.codes;
    if !codes.is_empty() {
        let many = live_codes(u64::try_from(codes.len()).unwrap_or(u64::MAX), l);
        let to = &draft.codes_to;
        let words = if to.is_empty() {
            l.pick(
                format!("{many}先不改，扫码的人还是找到 TA。"),
                format!("{many} stay as they are and still lead to them."),
            )
        } else {
            l.pick(
                format!("{many}马上改为指向 {to}，印出去的码不用换。"),
                format!("{many} lead to {to} at once; what is printed stays."),
            )
        };
        lines.push((words, named(codes.iter().map(|(_, name)| name.as_str()), l)));
    }
    let own = draft.beside.here.as_ref().filter(|kept| !kept.is_empty());
    if let Some(kept) = own {
        let (what, to) = (kept_words(kept, l), &draft.here_to);
        let words = if to.is_empty() {
            l.pick(
                format!("TA 在活群里的 {what}先留在 TA 名下。"),
                format!("{what} of theirs here stay with them."),
            )
        } else {
            l.pick(
                format!("TA 在活群里的 {what}马上交给 {to}。"),
                format!("{what} of theirs here go to {to} at once."),
            )
        };
        lines.push((words, named(kept.has.groups.iter().map(|group| group.name.as_str()), l)));
    }
    lines
}

impl LedView {
    /// `None` when no code leads to them any more.
    pub(super) fn of(view: &HandoverView, l: Lang) -> Option<Self> {
        let codes = &view.beside.codes;
        if codes.is_empty() {
            return None;
        }
        let many = live_codes(u64::try_from(codes.len()).unwrap_or(u64::MAX), l);
        // Who took most of the rest is at hand.
        let first = view.items.first().map_or("", |one| one.taker.as_str());
        let one = |one: &Holder| (one.userid.clone(), one.name.clone(), one.userid == first);
        Some(Self {
            words: if view.row.left {
                l.pick(
                    format!("{many}还指向 TA，TA 已经离职，扫码的人没人接待。"),
                    format!("{many} still lead to them, who left: who scans may meet nobody."),
                )
            } else {
                l.pick(
                    format!("{many}还指向 TA，扫码的人还是找到 TA。"),
                    format!("{many} still lead to them."),
                )
            },
            codes: codes.iter().map(|(id, name)| (format!("/codes/{id}"), name.clone())).collect(),
            choices: view.takers.iter().map(one).collect(),
        })
    }
}

impl HereView {
    /// `None` when nobody of our staff is them, or nothing is left.
    pub(super) fn of(view: &HandoverView, l: Lang) -> Option<Self> {
        let kept = view.beside.here.as_ref().filter(|kept| kept.is_barred || !kept.is_empty())?;
        if kept.is_barred {
            return Some(Self { words: barred(kept, l), groups: Vec::new(), href: None });
        }
        let what = kept_words(kept, l);
        let groups = kept.has.groups.iter().map(|group| {
            let part = if group.as_owner {
                l.pick("负责人", "owner")
            } else {
                l.pick("备岗", "back-up")
            };
            let tasks = kept_some(0, group.tasks.into(), 0, l);
            let about =
                if tasks.is_empty() { part.to_owned() } else { format!("{part} · {tasks}") };
            (group.name.clone(), about)
        });
        Some(Self {
            words: l.pick(
                format!("TA 在活群里的账号「{}」名下还有 {what}。", kept.name),
                format!("Their account here, {}, still keeps {what}.", kept.name),
            ),
            groups: groups.collect(),
            href: Some(format!("/staff/{}/handover", kept.staff)),
        })
    }
}

fn kept_words(own: &KeptHere, l: Lang) -> String {
    let groups = u64::try_from(own.has.groups.len()).unwrap_or(u64::MAX);
    kept_some(groups, own.tasks().into(), own.has.notes.into(), l)
}

fn barred(kept: &KeptHere, l: Lang) -> String {
    l.pick(
        format!(
            "TA 在活群里的账号「{}」是你自己，或权限不比你低：名下的群和备注要请权限更高的同事交接。",
            kept.name
        ),
        format!(
            "Their account here, {}, is your own, or of your role or above: somebody above has to \
             hand over what it keeps.",
            kept.name
        ),
    )
}

/// Some by name.
fn named<'a>(names: impl Iterator<Item = &'a str>, l: Lang) -> String {
    let mut names: Vec<&str> = names.take(NAMED + 1).collect();
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push("…");
    }
    names.join(l.pick("、", ", "))
}
