//! `huoqun doctor` looks at the companies on WeCom, too, without a running server.

#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

use std::fs;
use std::path::Path;
use std::sync::Arc;

use app::console::Console;
use app::live::{Clock, Live, LiveSettings};
use app::wecom::{CompanyForm, Connected, StepState, Vault};
use domain::{Actor, Millis, OrgId, Role, Scope, StaffId};
use practice::wecom::{BEGIN, Faults, Practice, Setup, Size};
use store::Store;

use crate::run::huoqun;

struct Still;

impl Clock for Still {
    fn now(&self) -> Millis {
        BEGIN
    }
}

/// Connects a company on the data of a folder, reads it, and goes home.
async fn connected(folder: &Path, practice: &Practice) {
    let data = folder.join("data");
    fs::create_dir_all(&data).unwrap();
    fs::write(data.join("secret.key"), "07".repeat(32)).unwrap();
    let store = Store::open(&format!("sqlite:{}", data.join("huoqun.db").display())).await.unwrap();
    let clock: Arc<dyn Clock> = Arc::new(Still);
    let live = Live::start(store, clock, Vec::new(), LiveSettings::default()).await.unwrap();
    let console = Console::new(live.clone());
    console.open_vault(Vault::new(&[7; 32]));
    let (org, staff, role, scope) = (OrgId(1), StaffId(1), Role::Owner, Scope::All);
    let owner = Actor { org, staff, name: "小林".to_owned(), role, scope };
    let form = CompanyForm {
        corp: practice.corp().to_owned(),
        secret: practice.secret().to_owned(),
        agent: practice.agent().to_string(),
        api: practice.url(),
        ..CompanyForm::default()
    };
    let Connected::Now(id) = console.connect_company(&owner, &form).await.unwrap() else {
        panic!("it was connected before");
    };
    let done = |state: &StepState| matches!(state, StepState::Done(_));
    while !console
        .company(&owner, id.account)
        .await
        .unwrap()
        .steps
        .iter()
        .all(|one| done(&one.state))
    {
        tokio::task::yield_now().await;
    }
    live.stop().await;
}

fn found(folder: &Path, more: &[&str]) -> (i32, serde_json::Value, String) {
    let words = [&["doctor", "--json"], more].concat();
    let output = huoqun(folder, &words);
    let text = String::from_utf8(output.stdout).unwrap();
    let said: serde_json::Value = serde_json::from_str(&text).unwrap();
    (output.status.code().unwrap(), said.pointer("/companies/0").cloned().unwrap(), text)
}

fn tone<'s>(company: &'s serde_json::Value, code: &str) -> &'s str {
    let all = company.get("findings").and_then(|all| all.as_array()).unwrap();
    let one = all.iter().find(|one| one.get("code").is_some_and(|own| own == code));
    one.and_then(|one| one.get("tone")?.as_str()).unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn companies_are_looked_at_without_a_server_and_without_a_secret_on_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let books =
        practice::wecom::company(4, Size { staff: 4, groups: 3, members: 9, days: 1 }, BEGIN);
    let practice = Practice::start(Setup { books, ..Setup::default() }).unwrap();
    connected(folder.path(), &practice).await;
    let (code, company, text) = found(folder.path(), &[]);
    assert_eq!(company["corp"], practice.corp(), "{text}");
    for well in ["credentials", "trusted_address", "permission_groups", "agent"] {
        assert_eq!(tone(&company, well), "well", "{well}: {text}");
    }
    // The company to practise on lives in another year.
    assert_eq!((code, tone(&company, "clock")), (2, "broken"), "{text}");
    assert!(!text.contains(practice.secret()), "{text}");
    practice.faults(|faults| faults.untrusted = true);
    let (_, company, text) = found(folder.path(), &[]);
    assert_eq!(tone(&company, "trusted_address"), "broken", "{text}");
    assert!(text.contains("127.0.0.1") && text.contains("企业可信IP"), "{text}");
    practice.faults(Faults::clear);
    let people = huoqun(folder.path(), &["doctor", "--lang", "en"]);
    let people = String::from_utf8(people.stdout).unwrap();
    assert!(people.contains(&format!("WeCom {}", practice.corp())), "{people}");
    assert!(people.contains("[well]   Corp id and secret"), "{people}");
    fs::remove_file(folder.path().join("data/secret.key")).unwrap();
    let (_, company, text) = found(folder.path(), &[]);
    assert_eq!(tone(&company, "credentials"), "broken", "{text}");
    assert!(!folder.path().join("data/secret.key").exists(), "nothing is made");
}
