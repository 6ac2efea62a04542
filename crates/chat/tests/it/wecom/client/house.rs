//! A practice company, and a client that calls it.

use std::sync::{Arc, Mutex};

use chat::wecom::{Account, Address, CallLine, Client, Clock, Secret, Settings, World};
use domain::Millis;
use practice::wecom::books::{Books, Department, Mint, Staff};
use practice::wecom::{Practice, Setup};

pub(crate) struct House {
    pub(crate) practice: Arc<Practice>,
    pub(crate) lines: Arc<Mutex<Vec<CallLine>>>,
}

/// One of staff, zhangsan.
fn books() -> Books {
    let mut books = Books { mint: Mint::new(7), ..Books::default() };
    books.departments.insert(1, Department { name: "活群美妆".into(), parent: 0 });
    let staff = Staff {
        name: "张三".into(),
        departments: vec![1],
        active: true,
        visible: true,
        ..Staff::default()
    };
    books.staff.insert("zhangsan".into(), staff);
    books
}

impl House {
    pub(crate) fn new() -> Self {
        let setup = Setup { books: books(), ..Setup::default() };
        Self { practice: Arc::new(Practice::start(setup).unwrap()), lines: Arc::default() }
    }

    /// A client with the right secret, whose clock is the company's.
    pub(crate) fn client(&self) -> Client {
        let practice = self.practice.clone();
        self.client_with(self.practice.secret(), Arc::new(move || practice.now()))
    }

    /// A client with this secret and this clock, that waits for answers as long as it has to.
    pub(crate) fn client_with(&self, secret: &str, clock: Clock) -> Client {
        self.client_that_waits(secret, clock, 20_000)
    }

    pub(crate) fn client_that_waits(&self, secret: &str, clock: Clock, ms: u64) -> Client {
        let account =
            Account { corp: self.practice.corp().to_owned(), secret: Secret::new(secret) };
        let settings = Settings {
            api: Address::parse(&self.practice.url()).unwrap(),
            answer_ms: ms,
            pause_ms: 2,
            ..Settings::default()
        };
        let lines = self.lines.clone();
        let world = World::new(clock, Arc::new(move |line| lines.lock().unwrap().push(line)));
        Client::new(account, &settings, world).unwrap()
    }

    /// A client that gives up after a fifth of a second.
    pub(crate) fn hasty(&self) -> Client {
        let practice = self.practice.clone();
        self.client_that_waits(self.practice.secret(), Arc::new(move || practice.now()), 200)
    }

    /// Makes groups of zhangsan.
    pub(crate) fn groups(&self, many: usize) {
        for number in 0..many {
            self.practice
                .act(|books, now| {
                    books.make_group("zhangsan", &format!("群{number}"), now).map(|(_, told)| told)
                })
                .unwrap();
        }
    }

    /// Codes that calls of this path were answered with, in order.
    pub(crate) fn codes(&self, path: &str) -> Vec<Option<i64>> {
        let calls = self.practice.calls();
        calls.into_iter().filter(|call| call.path == path).map(|call| call.code).collect()
    }

    pub(crate) fn asked(&self, path: &str) -> usize {
        self.codes(path).len()
    }
}

/// A clock that shows one moment for ever.
pub(crate) fn stopped() -> Clock {
    Arc::new(|| Millis(1_772_416_800_000))
}
