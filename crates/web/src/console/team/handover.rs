//! A leaver's groups, tasks and notes, given to others in one go.

use std::collections::BTreeMap;

use app::console::{HandedOver, Handing, StaffState, Takeover, Taking};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::response::Response;
use domain::{GroupId, StaffId};
use report::Lang;

use crate::console::team::grant::{Fields, field};
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Somebody who could take over.
pub(crate) struct Taker {
    pub(crate) id: i64,
    pub(crate) name: String,
}

/// Something to hand over.
pub(crate) struct Piece {
    /// Name of the field: `notes`, or `g` and the number of the group.
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) about: String,
    /// To whom, 0 while nobody is chosen.
    pub(crate) to: i64,
    pub(crate) taker: String,
}

/// What came of a piece.
pub(crate) struct Outcome {
    pub(crate) piece: Piece,
    /// Why it was not done.
    pub(crate) failed: Option<&'static str>,
    /// What was done.
    pub(crate) done: String,
}

/// The page, at one of its steps.
#[derive(Template)]
#[template(path = "console/team/handover.html")]
pub(crate) struct HandoverPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) id: i64,
    pub(crate) locked_out: bool,
    pub(crate) takers: Vec<Taker>,
    /// Who takes what nobody else is chosen for.
    pub(crate) to: i64,
    pub(crate) pieces: Vec<Piece>,
    /// All is chosen: it can be looked over and done.
    pub(crate) ready: bool,
    pub(crate) outcomes: Vec<Outcome>,
}

impl HandoverPage {
    /// Whether something was not done that could be tried again.
    fn failed(&self) -> bool {
        self.outcomes.iter().any(|one| one.failed.is_some())
    }
}

/// `GET /staff/{id}/handover`: chooses and looks over, changes nothing.
pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Query(fields): Query<Fields>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let takeover = house.console().takeover(&seated.actor, StaffId(id)).await?;
    let mut page = empty(&house, &seated, &takeover).await?;
    page.to = field(&fields, "to").parse().unwrap_or(0);
    page.pieces = pieces(&takeover, &fields, l);
    let chosen = page.pieces.iter().all(|piece| !piece.taker.is_empty());
    page.ready = chosen && !page.pieces.is_empty() && !field(&fields, "look").is_empty();
    let said = match (field(&fields, "done"), field(&fields, "look")) {
        ("locked", _) => Some(locked(&fields, l)),
        (_, look) if !look.is_empty() && !chosen => {
            let words = l.pick("还有没选接手人的，请选好。", "Choose who takes each of them.");
            Some(("danger", words.to_owned()))
        }
        _ => None,
    };
    let notice = said.map(|(tone, words)| Notice { tone, words, undo: None });
    page.frame = page.frame.saying(notice);
    Ok(shown(&page))
}

/// `POST /staff/{id}/handover`: does it, and says what came of each.
pub(crate) async fn hand_over(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let before = console.takeover(&seated.actor, StaffId(id)).await?;
    let all = fields.iter().filter_map(|(name, to)| handing(name, to)).collect();
    let answers = console.hand_over(&seated.actor, StaffId(id), all).await?;
    let named: BTreeMap<GroupId, String> =
        console.givable(&seated.actor).await?.into_iter().collect();
    let after = console.takeover(&seated.actor, StaffId(id)).await?;
    let mut page = empty(&house, &seated, &after).await?;
    page.outcomes = answers.iter().map(|one| outcome(one, (&before, &named), l)).collect();
    page.pieces = pieces(&after, &Fields::new(), l);
    Ok(shown(&page))
}

/// What locking out did: on devices, in chats, and what is still to come.
fn locked(fields: &Fields, l: Lang) -> (&'static str, String) {
    let count = |name| field(fields, name).parse::<u32>().unwrap_or(0);
    let mut words = l.pick("已停用，所有设备都已退出登录", "Locked out on all devices").to_owned();
    let (over, stuck) = (count("over"), count("stuck"));
    if over > 0 {
        words += &l.pick(
            format!("，并退出了 {over} 个群的群聊"),
            format!(", and out of the chats of {over} {}", plural(over, ["group", "groups"])),
        );
    }
    words += l.pick("。下面把名下的群交给别人。", ". Now give away what they keep.");
    if stuck == 0 {
        return ("success", words);
    }
    words += &l.pick(
        format!("还有 {stuck} 个群的群聊没退出，系统会自动再试。"),
        format!(
            " {stuck} {} not left yet: tried again by itself.",
            plural(stuck, ["chat is", "chats are"])
        ),
    );
    ("warning", words)
}

async fn empty(
    house: &House,
    seated: &Seated,
    takeover: &Takeover,
) -> Result<HandoverPage, Trouble> {
    let (l, row) = (seated.visit.lang, &takeover.leaver.row);
    let title = l.pick(format!("交接：{}", row.name), format!("Hand over: {}", row.name));
    let taker = |one: &app::console::StaffRow| Taker { id: one.id.0, name: one.name.clone() };
    Ok(HandoverPage {
        frame: Frame::of(house, seated, Place::Settings, &title).await?,
        l,
        id: row.id.0,
        locked_out: row.state == StaffState::LockedOut,
        takers: takeover.takers.iter().map(taker).collect(),
        to: 0,
        pieces: Vec::new(),
        ready: false,
        outcomes: Vec::new(),
    })
}

/// All that there is, with who is chosen for it.
fn pieces(takeover: &Takeover, fields: &Fields, l: Lang) -> Vec<Piece> {
    let mut all: Vec<Piece> = takeover
        .has
        .groups
        .iter()
        .map(|group| {
            let part = if group.as_owner {
                l.pick("负责人", "owner")
            } else {
                l.pick("备岗", "back-up")
            };
            let tasks = l.pick(
                format!("{} 条待办", group.tasks),
                format!("{} open {}", group.tasks, plural(group.tasks, ["task", "tasks"])),
            );
            let about = format!("{part} · {tasks}");
            Piece {
                field: format!("g{}", group.group.0),
                name: group.name.clone(),
                about,
                to: 0,
                taker: String::new(),
            }
        })
        .collect();
    if takeover.has.notes > 0 {
        let count = takeover.has.notes;
        let about = l.pick(
            format!("{count} 条，署名不变"),
            format!("{count} {}; they keep their author", plural(count, ["note", "notes"])),
        );
        let name = l.pick("写过的备注", "Notes").to_owned();
        all.push(Piece { field: "notes".to_owned(), name, about, to: 0, taker: String::new() });
    }
    let everything = field(fields, "to");
    for piece in &mut all {
        let own = field(fields, &piece.field);
        let chosen = if own.is_empty() { everything } else { own };
        let to = chosen.parse().unwrap_or(0);
        let taker = takeover.takers.iter().find(|one| one.id.0 == to);
        piece.to = to;
        piece.taker = taker.map(|one| one.name.clone()).unwrap_or_default();
    }
    all
}

fn plural(count: u32, [one, more]: [&'static str; 2]) -> &'static str {
    if count == 1 { one } else { more }
}

/// A field of the form as something to do.
fn handing(name: &str, to: &str) -> Option<Handing> {
    let to = StaffId(to.parse().ok()?);
    let what = match name.strip_prefix('g') {
        Some(group) => Taking::Group(GroupId(group.parse().ok()?)),
        None if name == "notes" => Taking::Notes,
        None => return None,
    };
    Some(Handing { what, to })
}

fn outcome(
    one: &HandedOver,
    (before, named): (&Takeover, &BTreeMap<GroupId, String>),
    l: Lang,
) -> Outcome {
    let (field, name) = match one.handing.what {
        Taking::Notes => ("notes".to_owned(), l.pick("写过的备注", "Notes").to_owned()),
        Taking::Group(group) => {
            let name = named.get(&group).cloned();
            (format!("g{}", group.0), name.unwrap_or_else(|| group.0.to_string()))
        }
    };
    let taker = before.takers.iter().find(|taker| taker.id == one.handing.to);
    let failed = one.came.err().map(|code| match code {
        "gone" => l.pick("已经不在 TA 名下，不用再交接", "no longer theirs: nothing to do"),
        "taker" => l.pick("接手的人不能接：已停用或只读", "who was to take it cannot"),
        _ => l.pick("没有存下，请再试一次", "it was not kept: try again"),
    });
    let mut done = match (one.handing.what, one.came) {
        (Taking::Notes, Ok(along)) => l.pick(
            format!("{along} 条备注"),
            format!("{along} {}", plural(along, ["note", "notes"])),
        ),
        (Taking::Group(_), Ok(along)) => l.pick(
            format!("连同 {along} 条待办"),
            format!("with {along} open {}", plural(along, ["task", "tasks"])),
        ),
        (_, Err(_)) => String::new(),
    };
    done += match one.seat {
        Some(true) => l.pick("，并已退出群聊", ", and out of its chat"),
        Some(false) => l.pick(
            "；群聊还没退出，系统会自动再试",
            "; not out of its chat yet: tried again by itself",
        ),
        None => "",
    };
    let taker = taker.map(|taker| taker.name.clone()).unwrap_or_default();
    let piece = Piece { field, name, about: String::new(), to: one.handing.to.0, taker };
    Outcome { piece, failed, done }
}
