//! A practice company and the program beside it, on one database.

use crate::bench::Failure;
use crate::bench::live::{ORG, Wall};
use app::console::Console;
use app::live::{Clock as _, Live, LiveSettings};
use app::wecom::{Company, CompanyForm, Connected, StepState, Vault};
use domain::{Actor, Role, Scope, StaffId};
use practice::wecom::{Pace, Practice, Setup, Size, company};
use std::sync::Arc;
use std::time::Duration;
use store::{Store, WecomId};
use tokio::time::interval;

/// What both sides share for callbacks.
pub(super) const TOKEN: &str = "hq0token0of0the0callback";
pub(super) const KEY: &str = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

/// How often it is looked whether something came to its end.
const LOOK: Duration = Duration::from_millis(20);

/// A company that nobody knows yet.
pub(super) fn practice(size: Size) -> Result<Practice, Failure> {
    let from = Wall.now();
    let books = company(1, size, from);
    Ok(Practice::start(Setup { books, from, pace: Pace::Times(1), ..Setup::default() })?)
}

/// The program, with the console of its owner.
pub(super) struct Place {
    pub(super) live: Live,
    pub(super) store: Store,
    console: Console,
}

impl Place {
    pub(super) async fn open(url: &str) -> Result<Self, Failure> {
        let store = Store::open(url).await?;
        let settings = LiveSettings::default();
        let live = Live::start(store.clone(), Arc::new(Wall), Vec::new(), settings).await?;
        let console = Console::new(live.clone());
        console.open_vault(vault());
        Ok(Self { live, store, console })
    }

    /// Connects a company and waits until it was read whole.
    pub(super) async fn read(&self, practice: &Practice) -> Result<WecomId, Failure> {
        let form = CompanyForm {
            corp: practice.corp().to_owned(),
            secret: practice.secret().to_owned(),
            token: TOKEN.to_owned(),
            aes_key: KEY.to_owned(),
            api: practice.url(),
            ..CompanyForm::default()
        };
        let Connected::Now(id) = self.console.connect_company(&owner(), &form).await? else {
            return Err("it was connected before".into());
        };
        let mut look = interval(LOOK);
        loop {
            look.tick().await;
            let company = self.console.company(&owner(), id.account).await?;
            if is_whole(&company)? {
                return Ok(id);
            }
        }
    }

    /// Waits until something was done about every letter.
    pub(super) async fn delivered(&self, id: WecomId) -> Result<(), Failure> {
        let mut look = interval(LOOK);
        while !self.store.wecom_waiting(id, (0, 1)).await?.is_empty() {
            look.tick().await;
        }
        Ok(())
    }
}

/// Whether every step came to its end; an error when one stands still.
fn is_whole(company: &Company) -> Result<bool, Failure> {
    for step in &company.steps {
        match &step.state {
            StepState::Still(why) => return Err(format!("{}: {}", step.word, why.said).into()),
            StepState::Done(_) => {}
            StepState::Waiting | StepState::UnderWay => return Ok(false),
        }
    }
    Ok(!company.pulling)
}

pub(super) fn vault() -> Vault {
    Vault::new(&[7; 32])
}

fn owner() -> Actor {
    let (role, scope) = (Role::Owner, Scope::All);
    Actor { org: ORG, staff: StaffId(1), name: "bench".to_owned(), role, scope }
}
