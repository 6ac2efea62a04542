//! Callbacks over real HTTP from the practice company: signed, sealed, lost, doubled, late.

use app::console::Console;
use app::wecom::{CompanyForm, Connected, StepState, Vault};
use domain::{Actor, HandState, Millis, OrgId, Role, Scope, StaffId};
use practice::wecom::books::{Books, Customer, Event, Happened, Joining, Meeting, What};
use practice::wecom::{Callback, LetterFaults, Practice, Sent, Setup, Size, company};
use store::{Store, WecomId};
use web::Limits;

use crate::browser::Place;
use crate::wecom::served::{KEY, Served, TOKEN};

pub(super) struct Scene {
    place: Place,
    pub(super) practice: Practice,
    pub(super) console: Console,
    pub(super) store: Store,
    pub(super) id: WecomId,
    served: Served,
}

/// What somebody does.
type Deed<'a> = dyn Fn(&mut Books, Millis) -> Happened + 'a;

impl Scene {
    pub(super) async fn set() -> Self {
        let place = Place::set(|settings| settings.limits = Limits::none()).await;
        let books = company(5, Size { staff: 6, groups: 12, members: 30, days: 1 }, place.now());
        let setup = Setup { seed: 5, books, from: place.now(), ..Setup::default() };
        let practice = Practice::start(setup).unwrap();
        let served = Served::start(&place).await;
        let console = Console::new(place.live.clone());
        console.open_vault(Vault::new(&[7; 32]));
        let store = place.store.clone();
        let form = CompanyForm {
            corp: practice.corp().to_owned(),
            secret: practice.secret().to_owned(),
            token: TOKEN.to_owned(),
            aes_key: KEY.to_owned(),
            api: practice.url(),
            ..CompanyForm::default()
        };
        let Connected::Now(id) = console.connect_company(&owner(), &form).await.unwrap() else {
            panic!("it was connected before");
        };
        let done = |step: &app::wecom::PullStep| matches!(step.state, StepState::Done(_));
        loop {
            let seen = console.company(&owner(), id.account).await.unwrap();
            if !seen.pulling && seen.steps.iter().all(done) {
                break;
            }
            tokio::task::yield_now().await;
        }
        Self { place, practice, console, store, id, served }
    }

    pub(super) async fn callback(&self) -> Callback {
        let row = self.store.wecom_account(self.id).await.unwrap().unwrap();
        let url = format!("{}/hooks/wecom/{}", self.served.url, row.access.hook);
        Callback { url, token: TOKEN.to_owned(), key: KEY.to_owned() }
    }

    /// Both clocks.
    fn pass(&self, ms: i64) {
        self.practice.advance(ms);
        self.place.pass_ms(ms);
    }

    /// Does what letters ask for until none waits.
    async fn delivered(&self) {
        self.pass(3_000);
        while !self.store.wecom_waiting(self.id, (0, 1)).await.unwrap().is_empty() {
            self.console.deliver_company_now(self.id).await.unwrap();
        }
    }

    /// The same, by the program itself.
    async fn delivered_by_itself(&self) {
        self.pass(3_000);
        while !self.store.wecom_waiting(self.id, (0, 1)).await.unwrap().is_empty() {
            tokio::task::yield_now().await;
        }
    }

    /// Somebody does something, and what is told of it is done.
    async fn told(&self, deed: &Deed<'_>) {
        self.practice.act(deed).unwrap();
        assert!(self.practice.settled().await);
        self.delivered().await;
    }

    /// Letters that are known to be missing.
    async fn missing(&self) -> u32 {
        let misses = self.store.wecom_misses(self.id, 999).await.unwrap();
        misses.iter().map(|(_, miss)| miss.letters).sum()
    }

    async fn differences(&self) -> usize {
        let theirs: Vec<(String, Vec<String>)> = self.practice.read(|books| {
            let living = books.groups.iter().filter(|(_, group)| group.dismissed.is_none());
            let ids = |group: &practice::wecom::books::Group| {
                group.members.iter().map(|one| one.id.clone()).collect()
            };
            living.map(|(chat, group)| (chat.clone(), ids(group))).collect()
        });
        let mut rows = self.store.wecom_members(self.id).await.unwrap();
        rows.retain(|row| row.gone.is_none());
        let differs = |(chat, theirs): &&(String, Vec<String>)| {
            let ours = rows.iter().filter(|row| row.chat == *chat);
            let mut ours: Vec<&str> = ours.map(|row| row.member.userid.as_str()).collect();
            let mut theirs: Vec<&str> = theirs.iter().map(String::as_str).collect();
            ours.sort_unstable();
            theirs.sort_unstable();
            ours != theirs
        };
        theirs.iter().filter(differs).count()
    }

    /// People come and go in all groups. While a letter is on its way no time passes: how fast this
    /// machine is tells nothing of how late it comes.
    async fn bustle(&self, turns: usize) {
        let chats: Vec<String> = self.practice.read(|books| {
            let lively = |group: &practice::wecom::books::Group| {
                group.dismissed.is_none() && group.status == 0 && group.takes(turns)
            };
            let living = books.groups.iter().filter(|(_, group)| lively(group));
            living.map(|(chat, _)| chat.clone()).collect()
        });
        for (turn, chat) in (0..turns).zip(chats.iter().cycle()) {
            let name = format!("新客 {turn}");
            let new = self
                .practice
                .write(|books| books.add_customer(Customer { name, ..Customer::default() }));
            let by = Joining::Scanned(Some("poster_a".to_owned()));
            let joins = self.practice.act(|books, now| books.join(chat, &[&new], &by, now));
            joins.unwrap();
            if turn % 3 == 0 {
                self.practice.act(|books, now| books.leave(chat, &[&new], now)).unwrap();
            }
            if turn % 20 == 0 {
                assert!(self.practice.settled().await);
                self.pass(500);
            }
        }
    }
}

pub(super) fn owner() -> Actor {
    let (role, scope) = (Role::Owner, Scope::All);
    Actor { org: OrgId(1), staff: StaffId(1), name: "小林".to_owned(), role, scope }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_twice_late_and_in_disorder_is_done_once_and_what_is_lost_is_noticed() {
    let scene = Scene::set().await;
    let callback = scene.callback().await;
    scene.practice.call_back(callback).await.expect("the address is verified by its echo");
    scene.bustle(40).await;
    assert!(scene.practice.settled().await);
    scene.delivered().await;
    assert_eq!(scene.differences().await, 0, "told in order");
    let faults = LetterFaults { lost: 0, doubled: 300, late: 300, late_ms: 1_500, reordered: 300 };
    scene.practice.faults(|all| all.letters = faults);
    scene.bustle(120).await;
    scene.practice.flush();
    assert!(scene.practice.settled().await);
    let sent = scene.practice.sent();
    assert!(!sent.is_sorted_by_key(|one| one.event.at), "none came late or in disorder");
    let twice =
        |(i, one): (usize, &Sent)| sent.iter().skip(i + 1).any(|two| two.event == one.event);
    assert!(sent.iter().enumerate().any(twice), "none came twice");
    scene.delivered().await;
    assert_eq!(scene.differences().await, 0, "doubled, late, in disorder");
    let missing = scene.missing().await;
    assert_eq!(missing, 0, "what comes late or twice is not missing");
    // Half of them lost: a group of which anything is told is read whole; the rest by the next
    // pull.
    scene
        .practice
        .faults(|all| all.letters = LetterFaults { lost: 500, ..LetterFaults::default() });
    scene.bustle(60).await;
    assert!(scene.practice.settled().await);
    scene.delivered().await;
    scene.pass(Millis::MINUTE);
    scene.console.pull_company_now(&owner(), scene.id.account).await.unwrap();
    assert_eq!(scene.differences().await, 0, "lost");
    assert!(scene.missing().await > 0);
    let left = scene.store.wecom_members(scene.id).await.unwrap();
    let left = left.iter().filter(|row| row.gone.is_some()).count();
    assert!(left > 0, "who left is known to have been there");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_in_which_somebody_always_comes_is_read_all_the_same() {
    let scene = Scene::set().await;
    scene.practice.call_back(scene.callback().await).await.unwrap();
    let chat = scene.practice.read(|books| {
        let open = |group: &&practice::wecom::books::Group| group.status == 0 && group.takes(20);
        let mut all = books.groups.iter();
        all.find(|(_, group)| open(group)).map(|(chat, _)| chat.clone()).unwrap()
    });
    let known = async || {
        let rows = scene.store.wecom_members_of(scene.id, &chat).await.unwrap();
        rows.iter().filter(|row| row.member.name.starts_with("一直有人来")).count()
    };
    for second in 0..15 {
        let name = format!("一直有人来 {second}");
        let new = Customer { name, ..Customer::default() };
        let new = scene.practice.write(|books| books.add_customer(new));
        let by = Joining::Scanned(None);
        scene.practice.act(|books, now| books.join(&chat, &[&new], &by, now)).unwrap();
        assert!(scene.practice.settled().await);
        scene.pass(1_000);
        scene.console.deliver_company_now(scene.id).await.unwrap();
    }
    assert!(known().await >= 8, "{} of 15, and none for ten seconds", known().await);
    scene.delivered().await;
    assert_eq!((known().await, scene.differences().await), (15, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_signed_by_the_company_is_refused_and_what_is_unknown_is_taken() {
    let scene = Scene::set().await;
    let callback = scene.callback().await;
    let wrong = Callback { token: "another0token".to_owned(), ..callback.clone() };
    assert!(scene.practice.call_back(wrong).await.is_err(), "another token");
    let nowhere = Callback { url: format!("{}x", callback.url), ..callback.clone() };
    assert!(scene.practice.call_back(nowhere).await.is_err(), "no such word");
    let row = scene.store.wecom_account(scene.id).await.unwrap().unwrap();
    let path = format!("/hooks/wecom/{}", row.access.hook);
    let seal = chat::wecom::Seal::new(TOKEN, KEY, &row.corp).unwrap();
    let text = "<xml><Event>brand_new</Event><ChangeType>x</ChangeType></xml>";
    let sealed = seal.seal(text.as_bytes(), [3; 16]);
    let body = format!("<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>");
    let signed = |signature: &str| format!("{path}?msg_signature={signature}&timestamp=1&nonce=n");
    let right = seal.sign("1", "n", &sealed);
    let send = async |path: String, body: String| {
        let client = TcpClient(&scene.served.url);
        client.post(&path, &body).await
    };
    // The wrong token above was the first one.
    assert_eq!(send(signed(&"0".repeat(40)), body.clone()).await, 403);
    assert_eq!(send(signed(&right), "<xml>".to_owned()).await, 400);
    assert_eq!(send(signed(&right), "x".repeat(300_000)).await, 413);
    assert_eq!(send(signed(&right), body.clone()).await, 200);
    assert_eq!(send(signed(&right), body).await, 200, "told again");
    let waiting = scene.store.wecom_waiting(scene.id, (0, 10)).await.unwrap();
    assert!(waiting.len() <= 1, "kept once");
    scene.delivered().await;
    let health = scene.console.callback_health(&owner(), scene.id.account, 0).await.unwrap();
    let day = health.days[0];
    assert_eq!((day.taken, day.doubled, day.refused), (1, 1, 3), "{day:?}");
    assert_eq!(health.kinds[0].kind, "brand_new.x");
    assert_eq!(health.aside[0].why, "unknown|brand_new x");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_letter_is_noticed_by_the_next_ones_version_and_counted() {
    let scene = Scene::set().await;
    scene.practice.call_back(scene.callback().await).await.unwrap();
    let chat = scene.practice.read(|books| {
        let lively = |group: &practice::wecom::books::Group| {
            group.dismissed.is_none() && group.status == 0 && group.takes(9)
        };
        let found = books.groups.iter().find(|(_, group)| lively(group));
        found.map(|(chat, _)| chat.clone()).unwrap()
    });
    let comes = async |lost: u32| {
        scene.practice.faults(|all| all.letters.lost = lost);
        let new = scene.practice.write(|books| books.add_customer(Customer::default()));
        let by = Joining::Scanned(None);
        scene.practice.act(|books, now| books.join(&chat, &[&new], &by, now)).unwrap();
        assert!(scene.practice.settled().await);
        scene.pass(500);
    };
    comes(0).await;
    scene.delivered_by_itself().await;
    assert_eq!(scene.missing().await, 0);
    comes(1_000).await;
    comes(0).await;
    scene.delivered_by_itself().await;
    assert_eq!(scene.differences().await, 0, "who came by the lost letter is in");
    let misses = scene.store.wecom_misses(scene.id, 9).await.unwrap();
    let [(_, miss)] = misses.as_slice() else { panic!("{misses:?}") };
    assert_eq!((miss.chat.as_str(), miss.how.as_str()), (chat.as_str(), "version"));
    assert_eq!((miss.letters, miss.came, miss.went), (1, 1, 0), "{miss:?}");
    let health = scene.console.callback_health(&owner(), scene.id.account, 0).await.unwrap();
    assert_eq!((health.groups[0].chat.as_str(), health.groups[0].missing), (chat.as_str(), 1));
    assert!(health.groups[0].last.is_some() && health.groups[1].last.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_of_customers_is_done_by_what_is_read_of_them() {
    let scene = Scene::set().await;
    scene.practice.call_back(scene.callback().await).await.unwrap();
    let told = async |deed: &Deed<'_>| scene.told(deed).await;
    let (staff, customer) = scene.practice.read(|books| {
        let pairs = books.bonds.iter().flat_map(|(staff, all)| {
            all.iter().filter(|(_, bond)| bond.works()).map(move |(who, _)| (staff, who))
        });
        let serving = |(staff, _): &(&String, &String)| books.staff[*staff].serves();
        let (staff, who) = { pairs }.find(serving).unwrap();
        (staff.clone(), who.clone())
    });
    let contact = async || {
        let rows = scene.store.wecom_contacts_by(scene.id, &staff).await.unwrap();
        rows.into_iter().find(|row| row.contact.customer == customer).unwrap()
    };
    told(&|books, now| books.note(&staff, &customer, |bond| bond.remark = "李总".into(), now))
        .await;
    assert_eq!(contact().await.contact.remark, "李总", "read again, as it is not told what it was");
    // The customer deletes; the platform goes on naming the pair, and we do not believe it.
    told(&|books, now| books.drop_staff(&customer, &staff, now)).await;
    assert_eq!(contact().await.gone.unwrap().1, "by_customer");
    scene.pass(Millis::MINUTE);
    scene.console.pull_company_now(&owner(), scene.id.account).await.unwrap();
    assert_eq!(contact().await.gone.unwrap().1, "by_customer", "also after all were read");
    scene.pass(Millis::MINUTE);
    let meeting = Meeting { add_way: 1, state: None, checked: false };
    told(&|books, now| books.meet(&staff, &customer, meeting.clone(), now)).await;
    assert_eq!(contact().await.gone, None, "added again");
    told(&|books, now| books.drop_customer(&staff, &customer, now)).await;
    assert_eq!(contact().await.gone.unwrap().1, "by_staff");
}

#[tokio::test(flavor = "multi_thread")]
async fn tags_are_read_anew_and_what_a_person_has_to_see_stands_aside() {
    let scene = Scene::set().await;
    scene.practice.call_back(scene.callback().await).await.unwrap();
    let told = async |deed: &Deed<'_>| scene.told(deed).await;
    let names = async || {
        let tags = scene.store.wecom_tags(scene.id).await.unwrap();
        let there = tags.into_iter().filter(|tag| tag.gone.is_none());
        there.map(|tag| format!("{}/{}", tag.group_name, tag.name)).collect::<Vec<String>>()
    };
    let before = names().await;
    assert!(before.contains(&"客户等级/新客".to_owned()), "{before:?}");
    told(&|books, now| books.make_tag("客户等级", "沉睡", now)).await;
    assert!(names().await.contains(&"客户等级/沉睡".to_owned()));
    let id = scene.practice.read(|books| {
        let tags = books.tags.values().flat_map(|group| group.tags.iter());
        { tags }.find(|(_, tag)| tag.name == "沉睡").map(|(id, _)| id.clone()).unwrap()
    });
    told(&|books, now| books.rename_tag(&id, "睡着了", now)).await;
    assert!(names().await.contains(&"客户等级/睡着了".to_owned()));
    told(&|books, now| books.delete_tag(&id, now)).await;
    assert_eq!(names().await, before);
    // What a person has to see stands aside with its reason.
    let event = "low_active_alert".to_owned();
    let what = What::App { event, effect: None };
    let app = |_: &mut Books, at: Millis| Ok(vec![Event { at, what: what.clone() }]);
    told(&app).await;
    let health = scene.console.callback_health(&owner(), scene.id.account, 0).await.unwrap();
    assert_eq!(health.aside[0].why, "app|low_active_alert");
    assert_eq!(health.waiting, (0, None));
    let mut page = scene.place.operator().await;
    let path = format!("/settings/wecom/{}/letters", scene.id.account);
    let page = page.get(&path).await;
    for words in ["应用可能因为不活跃被限制", "企业标签有变动"] {
        assert!(page.text.contains(words), "{words}: {}", page.text);
    }
    assert!(page.text.contains("id=\"groups\"") && !page.text.contains("<th></th>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_token_and_key_were_changed_the_old_ones_open_nothing() {
    let scene = Scene::set().await;
    let old = scene.callback().await;
    scene.practice.call_back(old.clone()).await.unwrap();
    let (token, key) = ("another0token", "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws");
    let (token, aes_key) = (token.to_owned(), key.to_owned());
    let new = Callback { token: token.clone(), key: aes_key.clone(), ..old.clone() };
    assert!(scene.practice.call_back(new.clone()).await.is_err(), "not known here yet");
    let form = CompanyForm { token, aes_key, api: scene.practice.url(), ..CompanyForm::default() };
    scene.console.change_company(&owner(), scene.id.account, &form).await.unwrap();
    scene.bustle(3).await;
    assert!(scene.practice.settled().await);
    let sent = scene.practice.sent();
    assert!(!sent.is_empty() && sent.iter().all(|one| !one.taken()), "sealed with the old ones");
    assert!(scene.store.wecom_waiting(scene.id, (0, 9)).await.unwrap().is_empty());
    scene.practice.call_back(new).await.expect("the new ones open");
    scene.bustle(12).await;
    assert!(scene.practice.settled().await);
    scene.delivered().await;
    // What came meanwhile is found when its group is read.
    scene.pass(Millis::MINUTE);
    scene.console.pull_company_now(&owner(), scene.id.account).await.unwrap();
    assert_eq!(scene.differences().await, 0);
}

/// As little of HTTP as a test needs.
struct TcpClient<'a>(&'a str);

impl TcpClient<'_> {
    /// Sends a body; the status of the answer.
    async fn post(&self, path: &str, body: &str) -> u16 {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let host = self.0.trim_start_matches("http://");
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: text/xml\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // A body that is refused need not be read to its end.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let answer = String::from_utf8_lossy(&answer);
        answer.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0)
    }
}

// A customer says no: told by a letter at once, and twice.
#[tokio::test]
async fn who_says_no_to_a_hand_over_is_told_by_the_letter() {
    let scene = Scene::set().await;
    scene.practice.send_to(scene.callback().await).unwrap();
    scene.practice.faults(|faults| {
        faults.letters = LetterFaults { doubled: 1_000, ..LetterFaults::default() };
    });
    let (giver, taker) = scene.practice.read(|books| {
        let fit = books.staff.iter().filter(|(_, one)| one.serves());
        let mut fit: Vec<&String> = fit.map(|(id, _)| id).collect();
        fit.sort_by_key(|id| {
            std::cmp::Reverse(books.bonds.get(*id).map_or(0, std::collections::BTreeMap::len))
        });
        (fit[0].clone(), fit[1].clone())
    });
    let mut form = app::wecom::HandoverForm { giver, ..app::wecom::HandoverForm::default() };
    form.takers[0] = (taker.clone(), app::wecom::Takes::Contacts);
    let account = scene.id.account;
    let begun = scene.console.begin_handover(&owner(), account, &form).await.unwrap().handover;
    let handed = || async { scene.store.handed(scene.id, begun).await.unwrap() };
    while handed().await[0].state != HandState::Waiting {
        scene.console.hand_over_company_now(scene.id).await.unwrap();
    }
    let who = handed().await[0].held.clone();
    scene.pass(Millis::HOUR);
    scene.practice.act(|books, now| books.answer_transfer(&who, false, now)).unwrap();
    assert!(scene.practice.settled().await);
    scene.delivered().await;
    let rows = handed().await;
    assert_eq!(rows[0].state, HandState::Refused);
    assert!(rows[1..].iter().all(|row| row.state == HandState::Waiting));
}
