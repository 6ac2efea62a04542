//! Welcomes to new contacts and of groups, against a practice company.
#![expect(clippy::indexing_slicing, reason = "a test may panic")]

mod files;
mod library;
mod once;
mod placed;
mod written;

use app::console::Console;
use app::wecom::{CompanyForm, Connected, Mark, Vault, WordingForm};
use chat::wecom::Seal;
use domain::Millis;
use practice::wecom::Called;
use practice::wecom::books::{Customer, Meeting};
use store::{WecomId, WelcomeRow, WelcomeState};

use crate::wecom::{Scene, owner};

const TOKEN: &str = "hq0token0of0the0callback";
const KEY: &str = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

/// A connected company whose callbacks are taken.
struct Welcoming {
    scene: Scene,
    id: WecomId,
    hook: String,
    /// Two who may have customers.
    staff: [String; 2],
}

impl Welcoming {
    async fn set(database: &testkit::Database, seed: u64) -> Self {
        let scene = Scene::set(database, seed).await;
        let form = CompanyForm { token: TOKEN.to_owned(), aes_key: KEY.to_owned(), ..scene.form() };
        let connected = scene.console.connect_company(&owner(), &form).await.unwrap();
        let Connected::Now(id) = connected else { panic!("{connected:?}") };
        scene.rested(id).await;
        let staff = scene.practice.write(|books| {
            let mut able = Vec::new();
            for (userid, one) in &mut books.staff {
                one.console_welcome = false;
                if one.serves() && one.visible {
                    able.push(userid.clone());
                }
            }
            [able[0].clone(), able[1].clone()]
        });
        let hook = scene.store.wecom_account(id).await.unwrap().unwrap().access.hook;
        Self { scene, id, hook, staff }
    }

    /// Somebody new adds a member of staff by a code; the letter that tells of it.
    fn comes(&self, name: &str, (staff, state): (&str, &str)) -> (String, String) {
        let before = self.codes();
        let customer = Customer { name: name.to_owned(), ..Customer::default() };
        let customer = self.scene.practice.write(|books| books.add_customer(customer));
        let state = (!state.is_empty()).then(|| state.to_owned());
        let how = Meeting { add_way: 1, state, checked: false };
        self.scene.practice.act(|books, now| books.meet(staff, &customer, how, now)).unwrap();
        self.letter(&before)
    }

    /// Codes that the platform made for welcomes.
    fn codes(&self) -> Vec<String> {
        self.scene.practice.read(|books| books.welcomes.codes.keys().cloned().collect())
    }

    /// The code that was made since, and the letter that tells of it.
    fn letter(&self, before: &[String]) -> (String, String) {
        let code = self.codes().into_iter().find(|code| !before.contains(code)).unwrap();
        let (staff, customer, state) = self.scene.practice.read(|books| {
            let made = &books.welcomes.codes[&code];
            let bond = books.bond(&made.staff, &made.customer).unwrap();
            (made.staff.clone(), made.customer.clone(), bond.state.clone())
        });
        let seconds = self.scene.practice.now().0 / 1_000;
        let state = state.map_or(String::new(), |state| format!("<State>{state}</State>"));
        let text = format!(
            "<xml><CreateTime>{seconds}</CreateTime><MsgType>event</MsgType>\
             <Event>change_external_contact</Event><ChangeType>add_external_contact</ChangeType>\
             <UserID>{staff}</UserID><ExternalUserID>{customer}</ExternalUserID>{state}\
             <WelcomeCode>{code}</WelcomeCode></xml>"
        );
        (code, text)
    }

    /// The platform tells a letter.
    async fn told(&self, text: &str) {
        self.told_to(&self.scene.console, text).await;
    }

    async fn told_to(&self, console: &Console, text: &str) {
        let seal = Seal::new(TOKEN, KEY, self.scene.practice.corp()).unwrap();
        let sealed = seal.seal(text.as_bytes(), [3; 16]);
        let (timestamp, nonce) = ("1".to_owned(), "n".to_owned());
        let mark = Mark { signature: seal.sign(&timestamp, &nonce, &sealed), timestamp, nonce };
        let body = format!("<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>");
        console.callback_taken(&self.hook, &mark, &body).await.unwrap();
    }

    /// Somebody comes, the platform tells it, and whoever waits is welcomed.
    async fn welcomed(&self, name: &str, by: (&str, &str)) -> WelcomeRow {
        let (code, letter) = self.comes(name, by);
        self.told(&letter).await;
        self.scene.console.welcome_company_now(self.id).await.unwrap();
        self.row(&code).await
    }

    async fn row(&self, code: &str) -> WelcomeRow {
        let rows = self.scene.store.latest_welcomes(self.id, 500).await.unwrap();
        rows.into_iter().find(|row| row.new.code == code).unwrap()
    }

    async fn saved(&self, form: WordingForm) -> i64 {
        self.scene.console.save_wording(&owner(), (self.id.account, None), &form).await.unwrap()
    }

    /// What the customer was told with a code, by the company's books.
    fn said(&self, code: &str) -> Option<serde_json::Value> {
        self.scene.practice.read(|books| books.welcomes.codes[code].said.clone())
    }

    fn text_of(&self, code: &str) -> String {
        self.said(code).map(|said| said["text"].as_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The calls that were made with a code.
    fn calls(&self, code: &str) -> Vec<Called> {
        let mut calls = self.scene.practice.calls();
        calls.retain(|call| call.path.ends_with("send_welcome_msg") && call.asked.contains(code));
        calls
    }

    async fn count(&self, state: WelcomeState) -> u64 {
        let counts = self.scene.store.welcome_counts(self.id, Millis(0)).await.unwrap();
        counts.into_iter().find(|(own, _)| *own == state).map_or(0, |(_, count)| count)
    }

    /// Another program over the same database.
    async fn reborn(&self, database: &testkit::Database) -> (app::live::Live, Console) {
        let live = crate::live::start(database, &self.scene.place.clock).await;
        let console = Console::new(live.clone());
        console.open_vault(Vault::new(&[7; 32]));
        (live, console)
    }

    async fn stop(self) {
        self.scene.place.live.stop().await;
    }
}

fn words(text: &str) -> WordingForm {
    WordingForm { name: "默认".to_owned(), text: text.to_owned(), ..WordingForm::default() }
}
