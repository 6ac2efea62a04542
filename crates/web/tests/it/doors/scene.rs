//! The scene: a group with two people and what staff keep of them; another group; somebody of
//! staff for each way to have no business there.

use app::console::add_owner;
use app::live::NewGroup;
use axum::http::StatusCode;
use domain::{GroupId, Millis, OrgId, StaffId};
use store::{Acting, NewMedium, NewWecom, WecomAccess, WordingChange, WordingPlace};

use crate::browser::{Browser, Place, form};
use crate::imports::{ended, sample, upload};
use crate::people::number;
use crate::team::{self, PASSWORD, hired, invited};
use crate::today::{fields, rows, tasks, today};

/// What nobody out of scope may read: group, people, words, a colleague, an imported group, a
/// live code, a company.
pub(super) const MARKS: [&str; 9] = [
    "早起打卡群",
    "Wanda",
    "石头开花",
    "秘密备注",
    "秘密的问题",
    "far.colleague",
    "秘密跑团",
    "秘密活码",
    CORP,
];

/// The company that is connected.
const CORP: &str = "ww5ec7e7c0mpany001";

/// The group that those scoped elsewhere see, and who is in it.
pub(super) const ELSEWHERE: (&str, &str) = ("读书会", "Ben");

pub(super) struct Scene {
    pub(super) place: Place,
    pub(super) owner: Browser,
    pub(super) reader: Browser,
    pub(super) tender: Browser,
    pub(super) elsewhere: Browser,
    pub(super) lead_elsewhere: Browser,
    pub(super) foreign: Browser,
    pub(super) other: GroupId,
    /// Name and value, for the addresses of the table.
    names: Vec<(&'static str, String)>,
    newest: i64,
}

impl Scene {
    pub(super) async fn set() -> Self {
        let limits = web::Limits::none();
        let place = Place::with(limits).await;
        let new = NewGroup { name: ELSEWHERE.0.into(), zone: "Asia/Shanghai".into() };
        let other = place.live.open_group(OrgId(1), new).await.unwrap();
        let mut wanda = place.member("Wanda").await;
        let _stone = place.member("石头开花").await;
        enter(&place, other, ELSEWHERE.1).await;
        place.said(&mut wanda, "秘密的问题，有人吗？").await;
        place.pass_ms(16 * Millis::MINUTE);
        tasks(&place, 1).await;

        let mut owner = place.operator().await;
        let (imported, waiting) = imports(&mut owner).await;
        let people = [number(&mut owner, "Wanda").await, number(&mut owner, "石头开花").await];
        let kept = kept(&mut owner, people[0]).await;
        hired(&place, "far.colleague", "staff", &[place.group]).await;
        let invitation = invitation(&mut owner, &place).await;
        let reader = everywhere(&place, "read_only").await;
        let tender = everywhere(&place, "staff").await;
        let elsewhere = hired(&place, "elsewhere", "operator", &[other]).await;
        let lead_elsewhere = hired(&place, "lead.elsewhere", "lead", &[other]).await;
        let foreign = foreign(&place).await;
        let page = today(&mut owner).await;
        let me = owner.get("/me").await.text;
        let session =
            me.split("/me/sessions/").find_map(|rest| rest.split('/').next()?.parse().ok());
        let row = rows(&page).into_iter().find(|row| row.contains("秘密的问题")).unwrap();
        let mut names = vec![
            ("group", place.group.0.to_string()),
            ("wanda", people[0].to_string()),
            ("stone", people[1].to_string()),
            ("far", team::number(&place.store, "far.colleague").await.to_string()),
            ("invitation", invitation),
            ("upload", waiting),
            ("import", imported),
            ("company", company(&place).await),
            ("handover", handover(&place).await),
            ("row", fields(row, &[])),
            ("session", session.unwrap_or(1_i64).to_string()),
        ];
        names.extend(["wording", "medium", "entry"].map(|first| (first, "1".to_owned())));
        names.extend(kept);
        names.extend(code(&place, &mut owner).await);
        let mut scene = Self {
            place,
            owner,
            reader,
            tender,
            elsewhere,
            lead_elsewhere,
            foreign,
            other,
            names,
            newest: 0,
        };
        scene.place.live.caught_up().await;
        scene.newest = scene.newest().await;
        scene
    }

    /// An address or a form with the things of the scene.
    pub(super) fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (name, value) in &self.names {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text.replace("{mint}", &self.place.mint()).replace("{fresh}", &self.place.mint())
    }

    /// Number of the newest line of the audit log.
    pub(super) async fn newest(&self) -> i64 {
        let query = store::AuditQuery { limit: 1, ..store::AuditQuery::default() };
        self.place.store.audit(OrgId(1), query).await.unwrap().first().unwrap().id
    }

    /// Nobody did anything in our organisation since the scene was set.
    pub(super) async fn unchanged(&self) {
        assert_eq!(self.newest().await, self.newest, "something was done");
    }
}

/// Somebody comes into a group that is not the place's own.
pub(crate) async fn enter(place: &Place, group: GroupId, name: &str) -> Browser {
    let mut browser = place.browser();
    place.come(&mut browser, group, name).await;
    browser
}

/// Somebody of staff who sees all groups.
async fn everywhere(place: &Place, role: &str) -> Browser {
    let link = invited(&mut place.operator().await, role, None).await;
    let mut browser = place.browser();
    team::welcome(&mut browser, &link, &format!("all.{role}")).await;
    browser
}

/// The owner of another organisation on the same database.
async fn foreign(place: &Place) -> Browser {
    let org = place.another_organisation().await;
    add_owner(&place.store, org, ["runner", "跑团", PASSWORD], place.now()).await.unwrap();
    let mut browser = place.elsewhere(org);
    assert_eq!(browser.log_in(("runner", PASSWORD)).await.status, StatusCode::SEE_OTHER);
    browser
}

/// A tag, a note and an attribute of somebody.
async fn kept(owner: &mut Browser, who: u32) -> Vec<(&'static str, String)> {
    owner.post("/people/tags", &form(&[("name", "回访"), ("quick", "1")])).await;
    let page = owner.get("/people/tags").await.text;
    let numbers =
        page.split("/people/tags/").filter_map(|rest| rest.split('/').next()?.parse().ok());
    let tag: i64 = numbers.max().unwrap();
    let path = format!("/people/{who}");
    owner.post(&format!("{path}/tags"), &form(&[("tag", &tag.to_string())])).await;
    owner.post(&format!("{path}/notes"), &form(&[("text", "秘密备注")])).await;
    let body = form(&[("name", "trade"), ("value", "秘密备注")]);
    owner.post(&format!("{path}/attributes"), &body).await;
    let page = owner.get(&path).await.text;
    let first = |part: &str| {
        let rest = page.split(&format!("{path}/{part}/")).nth(1).unwrap();
        rest.split('/').next().unwrap().to_owned()
    };
    vec![("tag", tag.to_string()), ("note", first("notes")), ("attribute", first("attributes"))]
}

/// The number of an invitation that stands.
async fn invitation(owner: &mut Browser, place: &Place) -> String {
    invited(owner, "staff", Some(&[place.group])).await;
    let page = owner.get("/staff").await.text;
    let rest = page.split("/staff/invitations/").nth(1).unwrap();
    rest.split('/').next().unwrap().to_owned()
}

fn acting(place: &Place, act: &'static str) -> Acting {
    Acting {
        org: OrgId(1),
        staff: StaffId(1),
        at: place.now(),
        act,
        group: None,
        person: None,
        about: "{}".to_owned(),
    }
}

/// The number of a company that is connected.
async fn company(place: &Place) -> String {
    let (agent, sealed, api) = (None, vec![1; 40], String::new());
    let access = WecomAccess { agent, sealed, api, hook: "hook".to_owned(), group_max: None };
    let new = NewWecom { corp: CORP.to_owned(), access };
    let connected = acting(place, "wecom.connected");
    let id = place.store.connect_wecom(new, connected).await.unwrap().unwrap();
    let name = "秘密欢迎语".to_owned();
    let change = WordingChange { name, body: "{}".to_owned() };
    let first = (change.clone(), WordingPlace::First);
    place.store.add_wording(id, first, acting(place, "welcome.added")).await.unwrap();
    place.store.add_group_welcome(id, change, acting(place, "welcome.added")).await.unwrap();
    let medium = NewMedium {
        kind: "image".to_owned(),
        name: "秘密海报.png".to_owned(),
        form: "image/png".to_owned(),
        hash: 1,
        bytes: b"\x89PNG".to_vec(),
        at: place.now(),
    };
    place.store.put_medium(id, medium).await.unwrap();
    id.account.to_string()
}

/// Two members of the connected company, and a hand-over from one to the other of which something
/// failed.
async fn handover(place: &Place) -> String {
    let id = store::WecomId { org: OrgId(1), account: 1 };
    let person = |userid: &str| store::WecomStaff {
        userid: userid.to_owned(),
        state: Some(1),
        follows: Some(true),
        ..store::WecomStaff::default()
    };
    let at = place.now();
    let rows = vec![person("sam"), person("ann"), person("tom")];
    let page = store::WecomPage { at, rows, moved: None };
    place.store.put_wecom_staff(id, page).await.unwrap();
    let kept = |staff: &str| store::WecomKept {
        staff: staff.to_owned(),
        customer: "wm1".to_owned(),
        added: None,
        way: None,
    };
    let page = store::WecomPage { at, rows: vec![kept("sam"), kept("tom")], moved: None };
    place.store.keep_wecom_contacts(id, page).await.unwrap();
    let thing = |held: &str| store::NewHanded {
        kind: domain::HeldKind::Contact,
        held: held.to_owned(),
        name: String::new(),
        taker: "ann".to_owned(),
        due: at,
    };
    let new = store::NewHandover {
        giver: "tom".to_owned(),
        left: false,
        words: String::new(),
        spare: String::new(),
        a_day: None,
        items: vec![thing("wm1"), thing("wm2")],
    };
    let acting = acting(place, "wecom.handover_begun");
    let begun = place.store.begin_handover(id, new, acting).await.unwrap().unwrap();
    let failed = place.store.handed(id, begun).await.unwrap().remove(0);
    let row = store::HandedRow { state: domain::HandState::Failed, ..failed };
    let change = store::HandedChange { was: domain::HandState::Planned, row };
    place.store.change_handed((id, begun), vec![change]).await.unwrap();
    begun.to_string()
}

/// A live code that hangs somewhere, with a group that waits for its settings, and a spare domain.
async fn code(place: &Place, owner: &mut Browser) -> Vec<(&'static str, String)> {
    let body = form(&[("kind", "web"), ("name", "秘密活码"), ("url", "https://example.com/a")]);
    let made = owner.post("/codes", &body).await;
    let last = |address: &str| {
        let path = address.split('?').next().unwrap();
        path.rsplit('/').next().unwrap().to_owned()
    };
    let code = last(made.header("location"));
    let path = format!("/codes/{code}/placements");
    let placed = owner.post(&path, &form(&[("name", "秘密活码的海报")])).await;
    let placement = last(placed.header("location"));
    let check = store::LinkCheckRow {
        group: place.group,
        code: code.parse().unwrap(),
        wanted: "公测3群".to_owned(),
        done: "[]".to_owned(),
        made: place.now(),
        ended: None,
    };
    place.store.add_link_check(OrgId(1), &check).await.unwrap();
    // Nobody answers there.
    let host = "127.0.0.1:9".to_owned();
    owner.post("/settings/links", &form(&[("host", &host)])).await;
    vec![("code", code), ("placement", placement), ("host", host)]
}

/// A past import, and an upload that waits.
async fn imports(owner: &mut Browser) -> (String, String) {
    let sent = upload(owner, &[("跑步群.txt", &sample())]).await;
    let address = sent.header("location").to_owned();
    let zone = form(&[("zone", "Asia/Shanghai"), ("group", "秘密跑团")]);
    owner.post(&format!("{address}/start"), &zone).await;
    ended(owner, &address).await;
    let waiting = upload(owner, &[("跑步群.txt", &sample())]).await;
    let waiting = waiting.header("location").rsplit('/').next().unwrap().to_owned();
    ("1".to_owned(), waiting)
}
