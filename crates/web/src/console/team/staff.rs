//! Colleagues: the list, one of them, invitations, role and groups, locking out, new passwords.

use app::console::{Colleague, Denied, Invitation, Link, StaffState};
use askama::Template;
use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{Role, Scope, StaffId};
use report::Lang;
use serde::Deserialize;

use crate::console::team::grant::{self, Fields, GrantView};
use crate::console::team::phone::{self, PhoneView};
use crate::console::team::wrongs::Wrongs;
use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{self, moment};

/// Somebody in the list.
pub(crate) struct StaffView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) login: String,
    pub(crate) role: &'static str,
    pub(crate) groups: String,
    pub(crate) locked_out: bool,
    /// Groups that somebody locked out still keeps.
    pub(crate) left: u32,
    pub(crate) is_me: bool,
    pub(crate) is_mine: bool,
    /// Their page, and where they are locked out.
    pub(crate) href: String,
    pub(crate) lockout: String,
}

/// An invitation in the list.
pub(crate) struct InvitationView {
    pub(crate) id: i64,
    pub(crate) role: &'static str,
    pub(crate) groups: String,
    pub(crate) by: String,
    pub(crate) until: String,
}

/// A link, shown once.
pub(crate) struct LinkView {
    pub(crate) url: String,
    pub(crate) until: String,
}

/// The list.
#[derive(Template)]
#[template(path = "console/team/staff.html")]
pub(crate) struct StaffPage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) staff: Vec<StaffView>,
    pub(crate) invitations: Vec<InvitationView>,
}

/// Inviting somebody.
#[derive(Template)]
#[template(path = "console/team/invite.html")]
pub(crate) struct InvitePage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) link: Option<LinkView>,
    pub(crate) key: i64,
    pub(crate) grant: GrantView,
}

/// One colleague.
#[derive(Template)]
#[template(path = "console/team/colleague.html")]
pub(crate) struct ColleaguePage {
    pub(crate) frame: Frame,
    pub(crate) l: Lang,
    pub(crate) one: StaffView,
    /// The role as it stands: it comes along with a change.
    pub(crate) seen: &'static str,
    pub(crate) link: Option<LinkView>,
    pub(crate) grant: GrantView,
    /// Who they are on WeCom; none where no company is connected.
    pub(crate) phone: Option<PhoneView>,
}

/// What was done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    fn notice(&self, l: Lang) -> Option<Notice> {
        let words = match self.done.as_str() {
            "changed" => l.pick("已保存。", "Kept."),
            "unlocked" => l.pick("已恢复，可以登录了。", "They may log in again."),
            "revoked" => l.pick(
                "邀请已撤回，链接不能用了。",
                "The invitation is void; its link no longer works.",
            ),
            _ => return None,
        };
        Some(Notice { tone: "success", words: words.to_owned(), undo: None })
    }
}

/// `GET /staff`
pub(crate) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let (l, actor, console) = (seated.visit.lang, &seated.actor, house.console());
    let all = console.colleagues(actor).await?;
    let left = console.left_behind(actor).await?;
    let name_of = |staff: StaffId| {
        let found = all.iter().find(|one| one.row.id == staff);
        found.map(|one| one.row.name.clone()).unwrap_or_default()
    };
    let (now, zone) = (house.now(), console.zone(actor.org).await?);
    let invitation = |one: Invitation| InvitationView {
        id: one.id,
        role: words::role(one.grant.role, l),
        groups: count(one.grant.sees_all, one.grant.groups.len(), l),
        by: name_of(one.by),
        until: moment(one.until, now, &zone, l),
    };
    let invitations = console.invitations(actor).await?.into_iter().map(invitation).collect();
    let staff = all.iter().map(|one| {
        let kept = left.iter().find(|(staff, _)| *staff == one.row.id);
        StaffView { left: kept.map_or(0, |(_, count)| *count), ..view(one, &seated) }
    });
    let frame = Frame::of(&house, &seated, Place::Settings, l.pick("团队成员", "Staff")).await?;
    let frame = frame.saying(done.notice(l));
    Ok(shown(&StaffPage { frame, l, staff: staff.collect(), invitations }))
}

fn view(one: &Colleague, seated: &Seated) -> StaffView {
    let (l, id) = (seated.visit.lang, one.row.id.0);
    let is_me = one.row.id == seated.actor.staff;
    StaffView {
        id,
        href: if is_me { "/me".to_owned() } else { format!("/staff/{id}") },
        lockout: format!("/staff/{id}/lockout"),
        name: one.row.name.clone(),
        login: one.row.login.clone(),
        role: words::role(one.row.role, l),
        groups: match &one.scope {
            Scope::All => count(true, 0, l),
            Scope::Groups(groups) => count(false, groups.len(), l),
        },
        locked_out: one.row.state == StaffState::LockedOut,
        left: 0,
        is_me,
        is_mine: one.is_mine,
    }
}

fn count(all: bool, count: usize, l: Lang) -> String {
    match (all, count) {
        (true, _) => l.pick("全部群", "All groups").to_owned(),
        (false, 1) => l.pick("1 个群", "1 group").to_owned(),
        (false, count) => l.pick(format!("{count} 个群"), format!("{count} groups")),
    }
}

/// `GET /staff/new`
pub(crate) async fn new(State(house): State<House>, seated: Seated) -> Result<Response, Trouble> {
    house.console().invitations(&seated.actor).await?;
    let chosen = (Some(Role::Operator), seated.actor.sees_all(), &[][..]);
    Ok(shown(&invite_page(&house, &seated, chosen).await?))
}

async fn invite_page(
    house: &House,
    seated: &Seated,
    chosen: (Option<Role>, bool, &[domain::GroupId]),
) -> Result<InvitePage, Trouble> {
    let l = seated.visit.lang;
    let title = l.pick("邀请同事", "Invite somebody");
    let frame = Frame::of(house, seated, Place::Settings, title).await?;
    let grant = grant::view(house, seated, chosen).await?;
    Ok(InvitePage { frame, l, link: None, key: house.mint(), grant })
}

/// `POST /staff/invitations`: shows the link once.
pub(crate) async fn invite(
    State(house): State<House>,
    seated: Seated,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    let key = grant::field(&fields, "key").parse().unwrap_or_else(|_| house.mint());
    let made = match grant::read(&fields) {
        Ok(grant) => house.console().invite(&seated.actor, grant, key).await,
        Err(no) => Err(no),
    };
    let typed = typed(&fields);
    let mut page = invite_page(&house, &seated, (typed.0, typed.1, &typed.2)).await?;
    match made {
        Ok(link) => {
            page.link = Some(link_view(&house, &seated, &link).await?);
            Ok(shown(&page))
        }
        Err(Denied::Wrong(wrong)) => {
            page.grant.wrong = Wrongs::of(&wrong, page.l);
            page.key = key;
            Ok(wrongly(shown(&page)))
        }
        Err(no) => Err(no.into()),
    }
}

/// What was chosen, to be shown again.
fn typed(fields: &Fields) -> (Option<Role>, bool, Vec<domain::GroupId>) {
    let role = Role::from_word(grant::field(fields, "role"));
    let chosen = fields.iter().filter(|(name, _)| name == "groups");
    let groups = chosen.filter_map(|(_, id)| id.parse().ok()).map(domain::GroupId);
    (role, grant::field(fields, "scope") == "all", groups.collect())
}

async fn link_view(house: &House, seated: &Seated, link: &Link) -> Result<LinkView, Trouble> {
    let zone = house.console().zone(seated.actor.org).await?;
    Ok(LinkView {
        url: format!("{}/welcome/{}", seated.visit.origin(house), link.token),
        until: moment(link.until, house.now(), &zone, seated.visit.lang),
    })
}

fn wrongly(mut response: Response) -> Response {
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

/// `POST /staff/invitations/{id}/revocation`
pub(crate) async fn revoke(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    house.console().revoke_invitation(&seated.actor, id).await?;
    Ok(Redirect::to("/staff?done=revoked").into_response())
}

/// `GET /staff/{id}`
pub(crate) async fn show(
    State(house): State<House>,
    seated: Seated,
    (Path(id), Query(done)): (Path<i64>, Query<Done>),
) -> Result<Response, Trouble> {
    let mut page = colleague(&house, &seated, StaffId(id)).await?;
    let l = page.l;
    page.frame = page.frame.saying(done.notice(l));
    Ok(shown(&page))
}

async fn colleague(
    house: &House,
    seated: &Seated,
    staff: StaffId,
) -> Result<ColleaguePage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let one = console.colleague(&seated.actor, staff).await?;
    let given = console.given_groups(&seated.actor, staff).await?;
    let frame = Frame::of(house, seated, Place::Settings, &one.row.name).await?;
    let chosen = (Some(one.row.role), one.row.sees_all, given.as_slice());
    let grant = grant::view(house, seated, chosen).await?;
    let seen = one.row.role.word();
    let phone = phone::view(house, seated, staff).await?;
    Ok(ColleaguePage { frame, l, one: view(&one, seated), seen, link: None, grant, phone })
}

/// The page again with what is wrong, or the trouble.
pub(super) async fn refused(
    (house, seated): (&House, &Seated),
    staff: StaffId,
    no: Denied,
) -> Result<Response, Trouble> {
    let Denied::Wrong(wrong) = no else { return Err(no.into()) };
    let mut page = colleague(house, seated, staff).await?;
    let wrongs = Wrongs::of(&wrong, page.l);
    let notice = Notice { tone: "danger", words: wrongs.all(), undo: None };
    page.frame = page.frame.saying(Some(notice));
    page.grant.wrong = wrongs;
    Ok(wrongly(shown(&page)))
}

/// `POST /staff/{id}/role`
pub(crate) async fn change(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    let (staff, seen) = (StaffId(id), Role::from_word(grant::field(&fields, "seen")));
    let changed = match (grant::read(&fields), seen) {
        (Ok(grant), Some(seen)) => {
            house.console().change_colleague(&seated.actor, (staff, seen), grant).await
        }
        (Ok(_), None) => Err(Denied::field("role", "missing")),
        (Err(no), _) => Err(no),
    };
    match changed {
        Ok(()) => Ok(Redirect::to(&format!("/staff/{id}?done=changed")).into_response()),
        Err(no) => refused((&house, &seated), staff, no).await,
    }
}

/// `POST /staff/{id}/lockout`: leads on to what they leave behind.
pub(crate) async fn lock_out(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    match house.console().lock_out(&seated.actor, StaffId(id)).await {
        Ok(ends) => {
            let over = ends.iter().filter(|end| end.is_over).count();
            let stuck = ends.len() - over;
            let seats =
                if ends.is_empty() { String::new() } else { format!("&over={over}&stuck={stuck}") };
            let to = format!("/staff/{id}/handover?done=locked{seats}");
            Ok(Redirect::to(&to).into_response())
        }
        Err(no) => refused((&house, &seated), StaffId(id), no).await,
    }
}

/// `POST /staff/{id}/lockout/end`
pub(crate) async fn unlock(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    match house.console().unlock(&seated.actor, StaffId(id)).await {
        Ok(()) => Ok(Redirect::to(&format!("/staff/{id}?done=unlocked")).into_response()),
        Err(no) => refused((&house, &seated), StaffId(id), no).await,
    }
}

/// `POST /staff/{id}/password`: shows the link once.
pub(crate) async fn password(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    match house.console().password_link(&seated.actor, StaffId(id)).await {
        Ok(link) => {
            let mut page = colleague(&house, &seated, StaffId(id)).await?;
            page.link = Some(link_view(&house, &seated, &link).await?);
            Ok(shown(&page))
        }
        Err(no) => refused((&house, &seated), StaffId(id), no).await,
    }
}
