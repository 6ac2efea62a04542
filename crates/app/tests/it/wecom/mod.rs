//! Companies on WeCom against a practice company, on both databases.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod bad_luck;
mod cards;
mod codes;
mod cut_off;
mod doctor;
mod figures;
mod found;
mod handover;
mod pulling;
mod takeover;
mod today;
mod welcomes;

use app::console::{Console, Denied, FieldError};
use app::wecom::{CompanyForm, Connected, PullStep, StepState, Vault};
use domain::{Actor, GroupId, Millis, Role, Scope, StaffId};
use practice::wecom::{Practice, Setup, Size, company};
use store::{Acting, Grant, NewStaff, StaffChange, Store, WecomId, WecomMemberRow};

use crate::live::{NOON, ORG, Place, until};

/// A practice company that is as old as the test's clock says, and a console beside it.
struct Scene {
    place: Place,
    console: Console,
    practice: Practice,
    store: Store,
}

fn owner() -> Actor {
    let scope = Scope::All;
    Actor { org: ORG, staff: StaffId(1), name: "小林".to_owned(), role: Role::Owner, scope }
}

/// Somebody of staff who sees no group but those that they keep.
async fn hired(store: &Store, name: &str, role: Role) -> StaffId {
    let new = NewStaff { login: name.to_owned(), name: name.to_owned(), password: String::new() };
    let grant = Grant { role, sees_all: false, groups: Vec::new() };
    let acting = Acting {
        org: ORG,
        staff: StaffId(0),
        at: Millis(NOON),
        act: "staff.made",
        group: None,
        person: None,
        about: "{}".to_owned(),
    };
    let StaffChange::Done(staff) = store.add_staff(new, grant, acting).await.unwrap() else {
        panic!("{name} is there");
    };
    staff
}

impl Scene {
    async fn set(database: &testkit::Database, seed: u64) -> Self {
        let place = Place::open(database).await;
        let books = company(seed, Size::SMALL, Millis(NOON));
        let setup = Setup { seed, books, from: Millis(NOON), ..Setup::default() };
        let practice = Practice::start(setup).unwrap();
        let console = Console::new(place.live.clone());
        console.open_vault(Vault::new(&[7; 32]));
        let store = Store::open(database.url()).await.unwrap();
        Self { place, console, practice, store }
    }

    fn form(&self) -> CompanyForm {
        CompanyForm {
            corp: self.practice.corp().to_owned(),
            secret: self.practice.secret().to_owned(),
            api: self.practice.url(),
            ..CompanyForm::default()
        }
    }

    /// Connects and waits for the first pull.
    async fn connected(&self) -> WecomId {
        let connected = self.console.connect_company(&owner(), &self.form()).await.unwrap();
        let Connected::Now(id) = connected else { panic!("{connected:?}") };
        self.rested(id).await;
        id
    }

    /// Waits until no pull is under way; how its steps stand.
    async fn rested(&self, id: WecomId) -> Vec<PullStep> {
        until(|| async {
            let company = self.console.company(&owner(), id.account).await.unwrap();
            let begun = company.steps.iter().any(|step| step.state != StepState::Waiting);
            (begun && !company.pulling).then_some(company.steps)
        })
        .await
    }

    /// Reads everything again, a minute later.
    async fn again(&self, id: WecomId) -> Vec<PullStep> {
        self.pass(Millis::MINUTE);
        assert!(self.console.pull_company_now(&owner(), id.account).await.unwrap());
        self.console.company(&owner(), id.account).await.unwrap().steps
    }

    /// Both clocks.
    fn pass(&self, ms: i64) {
        self.place.clock.pass(ms);
        self.practice.advance(ms);
    }

    async fn present(&self, id: WecomId) -> Vec<WecomMemberRow> {
        let mut rows = self.store.wecom_members(id).await.unwrap();
        rows.retain(|row| row.gone.is_none());
        rows
    }

    /// Our members, group by group, equal the company's books: in the rows and in the rosters.
    async fn equals_the_books(&self, id: WecomId) {
        let books: Vec<(String, Vec<String>)> = self.practice.read(|books| {
            let living = books.groups.iter().filter(|(_, group)| group.dismissed.is_none());
            let ids = |group: &practice::wecom::books::Group| {
                let mut ids: Vec<String> = group.members.iter().map(|one| one.id.clone()).collect();
                ids.sort();
                ids
            };
            living.map(|(chat, group)| (chat.clone(), ids(group))).collect()
        });
        let present = self.present(id).await;
        for (chat, theirs) in books {
            let ours = present.iter().filter(|row| row.chat == chat);
            let mut ids: Vec<String> = ours.clone().map(|row| row.member.userid.clone()).collect();
            ids.sort();
            let Some(row) = self.store.wecom_group(id, &chat).await.unwrap() else {
                continue;
            };
            let Some(group) = row.group else { continue };
            assert_eq!(ids, theirs, "{chat}");
            let mut who: Vec<u32> = ours.map(|row| row.member.who.0).collect();
            who.sort_unstable();
            assert_eq!(self.in_roster(group).await, who, "the roster of {chat}");
        }
    }

    async fn in_roster(&self, group: GroupId) -> Vec<u32> {
        let members = self.store.members(ORG, group).await.unwrap();
        let mut here: Vec<u32> =
            members.iter().filter(|one| one.left.is_none()).map(|one| one.identity.0).collect();
        here.sort_unstable();
        here
    }
}

fn wrong(denied: Denied) -> Vec<FieldError> {
    match denied {
        Denied::Wrong(fields) => fields,
        other => panic!("{other}"),
    }
}

fn is_through(steps: &[PullStep]) -> bool {
    steps.iter().all(|step| matches!(step.state, StepState::Done(_)))
}
