//! To-dos that go to people's phones as cards.

use std::sync::Arc;

use app::console::groups::{BulkAsked, CardChange};
use app::console::{Console, Denied, Ended, Look, Reason, ReportKind};
use app::wecom::{
    CardFace, CardTold, CardWords, CompanyForm, Connected, SeatForm, TodoState, Vault,
};
use domain::{Actor, GroupId, Millis, Role, Scope, StaffId};
use practice::wecom::Fault;
use practice::wecom::books::Message;
use store::WecomCardState;

use crate::live::ORG;
use crate::wecom::{Scene, hired, owner, wrong};

/// A company with an app, a keeper of the group, and who that is in the company.
struct Phone {
    scene: Scene,
    account: i64,
    keeper: StaffId,
    other: Actor,
    userid: String,
    group: GroupId,
}

fn face() -> CardFace {
    let words = |told: CardTold<'_>| CardWords {
        title: format!("{} 件待办", told.items.len()),
        desc: "点开处理".to_owned(),
        button: "去处理".to_owned(),
        done: "已处理".to_owned(),
        ..CardWords::default()
    };
    let link = |card: i64, until: Millis| format!("https://hq.example/m/{card}-{}", until.0);
    CardFace { org: ORG, words: Arc::new(words), link: Arc::new(link) }
}

impl Phone {
    async fn set(database: &testkit::Database) -> Self {
        let scene = Scene::set(database, 5).await;
        let agent = scene.practice.agent().to_string();
        let form = CompanyForm { agent, ..scene.form() };
        let connected = scene.console.connect_company(&owner(), &form).await.unwrap();
        let Connected::Now(id) = connected else { panic!("{connected:?}") };
        scene.rested(id).await;
        let keeper = hired(&scene.store, "keeper", Role::Operator).await;
        let group = scene.place.group;
        let change = CardChange { owner: Some(keeper), ..CardChange::default() };
        let bulk = BulkAsked { which: Err(vec![group]), change, seen: None };
        scene.console.bulk_change(&owner(), &bulk).await.unwrap().unwrap();
        let userid = scene.practice.read(|books| {
            let here = books.staff.iter().find(|(_, one)| one.left.is_none() && one.visible);
            here.unwrap().0.clone()
        });
        let by = hired(&scene.store, "teller", Role::Staff).await;
        let scope = Scope::Groups([group].into());
        let name = "teller".to_owned();
        let other = Actor { org: ORG, staff: by, name, role: Role::Staff, scope };
        let phone = Self { scene, account: id.account, keeper, other, userid, group };
        phone.seats(("00:00", "00:00")).await.unwrap();
        phone
    }

    async fn seats(&self, (from, to): (&str, &str)) -> Result<(), Denied> {
        let who = Some((self.account, self.userid.clone()));
        let form = SeatForm { who, quiet_from: from.to_owned(), quiet_to: to.to_owned() };
        self.scene.console.put_phone_seat(&owner(), self.keeper, &form).await
    }

    /// Somebody tells of the group by one tap.
    async fn tap(&self, mint: i64) -> String {
        let about = (self.group, ReportKind::Adverts);
        let told = self.scene.console.report_group(&self.other, about, mint).await.unwrap();
        format!("{}:{}", self.group.0, told.id)
    }

    async fn cards(&self) {
        self.scene.console.cards_now(&face()).await.unwrap();
    }

    fn inbox(&self) -> Vec<Message> {
        self.scene.practice.read(|books| books.inbox(&self.userid).cloned().collect())
    }
}

// catalogue: U28
#[tokio::test]
async fn a_card_goes_out_once_however_often_it_is_triggered() {
    for database in testkit::databases().await {
        let phone = Phone::set(&database).await;
        phone.cards().await;
        assert!(phone.inbox().is_empty(), "nothing to do");
        phone.tap(1).await;
        phone.tap(1).await;
        let (one, two) = (face(), face());
        let console = &phone.scene.console;
        let both = tokio::join!(console.cards_now(&one), console.cards_now(&two));
        both.0.unwrap();
        both.1.unwrap();
        phone.cards().await;
        let inbox = phone.inbox();
        assert_eq!(inbox.len(), 1, "{inbox:?}");
        let card = &inbox[0].content;
        assert_eq!(card["card_type"], "button_interaction");
        let url = card["button_list"][0]["url"].as_str().unwrap();
        assert!(url.starts_with("https://hq.example/m/1-"), "{url}");
        assert_eq!(card["card_action"]["url"], url);
        // Hours later it is the same to-do: it does not go out again.
        phone.scene.pass(3 * Millis::HOUR);
        phone.cards().await;
        let about_it =
            phone.inbox().iter().filter(|one| one.content["button_list"][0]["url"] == url).count();
        assert_eq!(about_it, 1);
    }
}

// catalogue: U28
#[tokio::test]
async fn a_card_that_was_cut_off_goes_out_once() {
    let database = testkit::sqlite();
    let phone = Phone::set(&database).await;
    // It was written and nothing was answered; the program died.
    phone.tap(1).await;
    phone.scene.practice.faults(|faults| faults.plan("message/send", 1, Fault::Hang));
    let console = phone.scene.console.clone();
    let sending = tokio::spawn(async move { console.cards_now(&face()).await });
    loop {
        let due = phone.scene.store.due_wecom_cards(ORG, phone.scene.console.now()).await.unwrap();
        let asked = phone.scene.practice.faults(|faults| faults.left() == 0);
        if asked && due.first().is_some_and(|card| card.state == WecomCardState::Sending) {
            break;
        }
        tokio::task::yield_now().await;
    }
    sending.abort();
    let _ = sending.await;
    assert!(phone.inbox().is_empty());
    let next = Console::new(phone.scene.place.live.clone());
    next.open_vault(Vault::new(&[7; 32]));
    phone.scene.pass(Millis::MINUTE);
    next.cards_now(&face()).await.unwrap();
    next.cards_now(&face()).await.unwrap();
    assert_eq!(phone.inbox().len(), 1, "it went out after all");

    // It went out and the answer was lost: the same call again is dropped by the platform.
    phone.tap(2).await;
    phone.scene.pass(6 * Millis::MINUTE);
    phone.scene.practice.faults(|faults| faults.plan("message/send", 1, Fault::Cut));
    for _ in 0..3 {
        next.cards_now(&face()).await.unwrap();
        phone.scene.pass(2 * Millis::MINUTE);
    }
    assert_eq!(phone.inbox().len(), 2);
    let card = phone.scene.store.wecom_card(ORG, 2).await.unwrap().unwrap();
    assert_eq!(card.state, WecomCardState::Sent);
}

#[tokio::test]
async fn a_card_of_which_nobody_knows_is_not_sent_again_after_the_platform_forgot() {
    let database = testkit::sqlite();
    let phone = Phone::set(&database).await;
    phone.tap(1).await;
    let rows = vec![store::WecomCardRow { source: "x".into(), key: "y".into(), level: 0 }];
    let new = store::NewWecomCard {
        account: phone.account,
        staff: phone.keeper,
        userid: phone.userid.clone(),
        words: "{}".to_owned(),
        rows,
        at: phone.scene.console.now(),
    };
    let store = &phone.scene.store;
    let id = store.plan_wecom_card(ORG, new.clone()).await.unwrap().unwrap();
    assert_eq!(store.plan_wecom_card(ORG, new).await.unwrap(), None, "once in a state");
    assert!(store.take_wecom_card(ORG, id, phone.scene.console.now()).await.unwrap());
    phone.scene.pass(4 * Millis::HOUR);
    phone.cards().await;
    let card = store.wecom_card(ORG, id).await.unwrap().unwrap();
    assert_eq!(card.state, WecomCardState::Unknown);
    assert!(phone.inbox().iter().all(|one| one.content["task_id"] != format!("todo-1-{id}")));
}

// catalogue: U28
#[tokio::test]
async fn whom_the_platform_does_not_take_is_told_to_the_operator() {
    let database = testkit::sqlite();
    let phone = Phone::set(&database).await;
    let see = |visible| {
        phone.scene.practice.write(|books| {
            books.staff.get_mut(&phone.userid).unwrap().visible = visible;
        });
    };
    see(false);
    phone.tap(1).await;
    phone.cards().await;
    phone.scene.pass(6 * Millis::MINUTE);
    phone.cards().await;
    assert!(phone.inbox().is_empty());
    let look = Look { limit: 1_000, source: Some("refused".to_owned()), ..Look::default() };
    let today = phone.scene.console.today(&owner(), &look).await.unwrap();
    let Some(Reason::NoCards(it)) = today.items.first().map(|item| &item.row.reason) else {
        panic!("{:?}", today.items);
    };
    assert_eq!((it.staff, &it.userid), (phone.keeper, &phone.userid));
    // Set right and kept anew: what waited goes out.
    see(true);
    phone.seats(("00:00", "00:00")).await.unwrap();
    phone.cards().await;
    assert_eq!(phone.inbox().len(), 1);
    assert_eq!(phone.scene.console.today(&owner(), &look).await.unwrap().found, 0);
}

// catalogue: U28
#[tokio::test]
async fn many_to_dos_are_one_card_and_cards_keep_their_distance() {
    let database = testkit::sqlite();
    let phone = Phone::set(&database).await;
    for mint in 1..=5 {
        phone.tap(mint).await;
    }
    phone.cards().await;
    let inbox = phone.inbox();
    assert_eq!(inbox.len(), 1, "five to-dos, one card");
    assert_eq!(inbox[0].content["card_type"], "text_notice");
    assert_eq!(inbox[0].content["main_title"]["title"], "5 件待办");
    for minute in 0..60 {
        phone.tap(100 + minute).await;
        phone.scene.pass(Millis::MINUTE);
        phone.cards().await;
        phone.cards().await;
    }
    // One in five minutes at most; in an hour twelve.
    let inbox = phone.inbox();
    assert!((10..=13).contains(&inbox.len()), "{}", inbox.len());
    assert!(inbox.windows(2).all(|two| two[1].at.since(two[0].at) >= 5 * Millis::MINUTE));

    // 21:00 in Shanghai: from now on nobody is disturbed until eight.
    phone.seats(("20:30", "08:00")).await.unwrap();
    let before = phone.inbox().len();
    phone.tap(200).await;
    phone.scene.pass(6 * Millis::MINUTE);
    phone.cards().await;
    assert_eq!(phone.inbox().len(), before, "it is quiet");
    phone.scene.pass(11 * Millis::HOUR);
    phone.cards().await;
    assert_eq!(phone.inbox().len(), before + 1);
}

// catalogue: U28
#[tokio::test]
async fn what_is_done_on_the_phone_is_done_in_the_list_and_on_the_card() {
    for database in testkit::databases().await {
        let phone = Phone::set(&database).await;
        let console = &phone.scene.console;
        let key = phone.tap(1).await;
        phone.cards().await;
        let page = console.card_page(ORG, 1).await.unwrap();
        assert_eq!(page.todos.len(), 1);
        assert!(matches!(&page.todos[0].state, TodoState::Open(_, true)), "{page:?}");
        let row = ("reports", key.as_str());
        // Only what the card is about.
        let other = console.close_from_card(ORG, 1, ("reports", "1:99")).await;
        assert!(matches!(other, Err(Denied::Missing)), "{other:?}");
        let done = console.close_from_card(ORG, 1, row).await.unwrap();
        assert_eq!(done, Ended::Done { undo: true });
        assert_eq!(console.close_from_card(ORG, 1, row).await.unwrap(), Ended::Gone);
        let look = Look { source: Some("reports".to_owned()), limit: 9, ..Look::default() };
        assert_eq!(console.today(&phone.other, &look).await.unwrap().found, 0);
        phone.cards().await;
        phone.cards().await;
        let inbox = phone.inbox();
        assert_eq!(inbox[0].answered.get(&phone.userid).map(String::as_str), Some("已处理"));

        // Done elsewhere: the page says by whom.
        let key = phone.tap(2).await;
        phone.scene.pass(6 * Millis::MINUTE);
        phone.cards().await;
        console.close_row(&phone.other, ("reports", &key)).await.unwrap();
        let page = console.card_page(ORG, 2).await.unwrap();
        let TodoState::Done(Some((by, _))) = &page.todos[0].state else { panic!("{page:?}") };
        assert_eq!(by, "teller");
        // A day later the link leads nowhere, and at once when somebody is locked out.
        phone.scene.pass(Millis::DAY);
        assert!(matches!(console.card_page(ORG, 2).await, Err(Denied::Missing)));
    }
}

#[tokio::test]
async fn one_of_the_company_is_one_of_staff() {
    let database = testkit::sqlite();
    let phone = Phone::set(&database).await;
    let console = &phone.scene.console;
    let who = Some((phone.account, phone.userid.clone()));
    let form = |from: &str, who| SeatForm {
        who,
        quiet_from: from.to_owned(),
        quiet_to: "08:00".to_owned(),
    };
    let put = |form: SeatForm| async move {
        let denied = console.put_phone_seat(&owner(), phone.other.staff, &form).await.unwrap_err();
        let wrong = wrong(denied);
        (wrong[0].field, wrong[0].code)
    };
    assert_eq!(put(form("22:00", who.clone())).await, ("who", "taken"));
    assert_eq!(put(form("25:00", who)).await, ("quiet_from", "not_a_time"));
    let nobody = Some((phone.account, "nobody".to_owned()));
    assert_eq!(put(form("22:00", nobody)).await, ("who", "unknown"));
    // Names that are the same are suggested, and only those that nobody has.
    let name = phone.scene.practice.read(|books| {
        let other = books.staff.iter().find(|(id, one)| {
            let alike = books.staff.values().filter(|two| two.name == one.name).count();
            **id != phone.userid && alike == 1 && one.left.is_none()
        });
        other.map(|(id, one)| (id.clone(), one.name.clone())).unwrap()
    });
    let alike = hired(&phone.scene.store, &name.1, Role::Staff).await;
    let seat = console.phone_seat(&owner(), alike).await.unwrap();
    assert_eq!(seat.suggested, Some((phone.account, name.0)));
}
