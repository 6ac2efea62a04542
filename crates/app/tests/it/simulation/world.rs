//! One run: a world, its people, and the nodes that serve them.

use super::dice::Dice;
use super::fate::Fate;
use super::halt::Halted;
use super::ledger::Ledger;
use super::node::{LEASE_MS, Node};
use super::stream::Cast;
use super::view::View;
use crate::live::{NOON, ORG, SetClock};
use app::live::NewGroup;
use domain::{Event, Millis, Origin};
use std::sync::{Arc, Mutex};
use store::Store;

const MINUTE: i64 = 60_000;

/// Looks in vain before a loop of the pipeline counts as stuck.
const LOOKS_MAX: u32 = 50_000;

/// What was done so far.
pub(crate) type Steps = Arc<Mutex<Vec<String>>>;

pub(crate) struct World {
    pub(crate) dice: Dice,
    pub(crate) clock: Arc<SetClock>,
    pub(crate) fate: Arc<Fate>,
    pub(crate) cast: Cast,
    pub(crate) ledger: Ledger,
    pub(crate) views: Vec<View>,
    /// What was done, for whoever reads a failure.
    pub(crate) steps: Steps,
    /// The latest that the clock showed.
    latest: i64,
    url: String,
    pub(super) node: Option<Node>,
    /// Another node lives, with actions of its own on their way.
    pub(super) has_rival: bool,
    pub(super) name: String,
    named: u32,
}

#[derive(Clone, Copy, Debug)]
enum Step {
    Deliver,
    Intake,
    Pass,
    Back,
    Kill,
    Stop,
    Move,
    Pages,
    Duel,
}

const STEPS: &[(u64, Step)] = &[
    (56, Step::Deliver),
    (8, Step::Intake),
    (16, Step::Pass),
    (2, Step::Back),
    (5, Step::Kill),
    (3, Step::Stop),
    (3, Step::Move),
    (4, Step::Pages),
    (3, Step::Duel),
];

impl World {
    /// Groups with everybody in them.
    pub(crate) fn open(url: &str, seed: u64, steps: Steps) -> Self {
        let mut dice = Dice::new(seed, 0);
        let clock = SetClock::at(NOON);
        let fate = Fate::new(seed, Arc::clone(&clock));
        let node = Node::start(url, "node1", &fate).ok().unwrap();
        let (mut groups, mut people) = (Vec::new(), Vec::new());
        for n in 0..2 + dice.roll(3) {
            let zone = dice.pick(&["Asia/Shanghai", "UTC", "Europe/Berlin"]).to_owned();
            let new = NewGroup { name: format!("群{n}"), zone };
            groups.push(node.run(node.live.open_group(ORG, new)).unwrap().unwrap());
        }
        for n in 0..6 {
            let key = format!("p{n}");
            people.push(node.run(node.live.guest(ORG, &key, &key)).unwrap().unwrap());
        }
        let views = groups.iter().map(|group| View::of(*group)).collect();
        let cast = Cast::new(groups, people);
        let mut world = Self {
            dice,
            clock,
            fate,
            cast,
            ledger: Ledger::default(),
            views,
            steps,
            latest: NOON,
            url: url.to_owned(),
            node: Some(node),
            has_rival: false,
            name: "node1".to_owned(),
            named: 1,
        };
        let arrivals = world.cast.arrivals(&mut world.dice, NOON);
        for event in &arrivals {
            assert!(world.ledger.add(event));
        }
        world.submit(arrivals);
        world
    }

    pub(crate) fn node(&self) -> &Node {
        self.node.as_ref().unwrap()
    }

    pub(crate) fn say(&mut self, step: impl Into<String>) {
        self.steps.lock().unwrap().push(step.into());
    }

    /// One thing happens.
    pub(crate) fn step(&mut self) {
        let step = self.dice.weighed(STEPS);
        self.say(format!("{step:?} at {}", self.clock.at_now()));
        match step {
            Step::Deliver => self.deliver(),
            Step::Intake => self.put_by(),
            Step::Pass => {
                let far = self.dice.pick(&[MINUTE, 20 * MINUTE, 180 * MINUTE, 2 * 1_440 * MINUTE]);
                let far = 1 + self.dice.below(far);
                self.pass(far);
                if self.dice.percent(40) {
                    // Something comes in just when timers fall due.
                    self.deliver();
                }
            }
            Step::Back => self.clock.pass(-self.dice.below(10 * MINUTE)),
            Step::Kill => self.halted(Halted::Crashed),
            Step::Stop => {
                self.stop();
                self.start();
            }
            Step::Move => {
                if !self.stop() {
                    // The groups were not given back.
                    self.outlast_leases();
                }
                self.rename();
                self.start();
            }
            Step::Pages => {
                let node = self.node();
                if let Err(why) = node.run(node.live.caught_up()) {
                    self.halted(why);
                }
            }
            Step::Duel => self.duel(),
        }
        self.settle();
        self.look();
    }

    fn pass(&mut self, ms: i64) {
        self.clock.pass(ms);
        self.latest = self.latest.max(self.clock.at_now());
    }

    /// Every lease runs out, also those taken before the clock went back.
    pub(super) fn outlast_leases(&mut self) {
        let ms = self.latest - self.clock.at_now() + LEASE_MS + 1;
        self.pass(ms);
    }

    /// New things, late things and repeated things, in some order.
    pub(super) fn batch(&mut self) -> Vec<Event> {
        let mut batch = Vec::new();
        for _ in 0..=self.dice.roll(12) {
            let now = self.clock.at_now();
            let event = self.cast.next(&mut self.dice, now);
            if !self.ledger.add(&event) {
                continue;
            }
            if self.dice.percent(15) {
                self.ledger.later([event]);
            } else {
                batch.push(event);
            }
        }
        let late = self.dice.place(8);
        batch.extend(self.ledger.some_of_queue(&mut self.dice, late));
        for _ in 0..self.dice.roll(3) {
            batch.extend(self.ledger.again(&mut self.dice));
        }
        if self.dice.percent(40) {
            for at in (1..batch.len()).rev() {
                batch.swap(at, self.dice.place(at + 1));
            }
        }
        batch
    }

    pub(super) fn deliver(&mut self) {
        let batch = self.batch();
        self.submit(batch);
    }

    /// Hands events in, all at once or from three sides.
    pub(crate) fn submit(&mut self, mut batch: Vec<Event>) {
        let third = if self.dice.percent(25) { batch.len() / 3 } else { 0 };
        let parts = [batch.split_off(batch.len() - third), batch.split_off(batch.len() - third)];
        let [second, third] = parts;
        let live = &self.node().live;
        let handed = |part: &Vec<Event>| live.submit_many(ORG, part.clone());
        let answers = self.node().run(async {
            let (one, two, three) = tokio::join!(handed(&batch), handed(&second), handed(&third));
            one.into_iter().chain(two).chain(three).collect::<Vec<_>>()
        });
        let events = batch.into_iter().chain(second).chain(third);
        match answers {
            Ok(answers) => {
                for (event, answer) in events.zip(&answers) {
                    self.ledger.answered(event, answer);
                }
            }
            Err(why) => {
                self.ledger.later(events);
                self.halted(why);
            }
        }
    }

    /// A platform's events are kept before they are decided.
    fn put_by(&mut self) {
        let (told, asked): (Vec<_>, Vec<_>) =
            self.batch().into_iter().partition(|event| event.origin == Origin::Told);
        self.ledger.later(asked);
        let live = &self.node().live;
        let kept = self.node().run(live.put_intake(ORG, told.clone()));
        match kept {
            // Nobody tells them again: the intake is answer enough.
            Ok(kept) => kept.unwrap(),
            Err(why) => {
                self.ledger.later(told);
                return self.halted(why);
            }
        }
        if self.dice.percent(60) {
            self.drain();
        }
    }

    pub(crate) fn drain(&mut self) {
        let live = &self.node().live;
        match self.node().run(live.drain_intake()) {
            Ok(drained) => drained.unwrap(),
            Err(why) => self.halted(why),
        }
    }

    /// Stops in good order; whether it came to its end.
    fn stop(&mut self) -> bool {
        let node = self.node.take().unwrap();
        let stopped = node.run(node.live.stop());
        self.say(format!("{} stopped: {stopped:?}", node.name));
        stopped.is_ok()
    }

    /// The node is gone: another one of the same name takes up its work.
    pub(crate) fn halted(&mut self, why: Halted) {
        assert_eq!(why, Halted::Crashed, "a node stands still unasked");
        self.say(format!("{} died", self.name));
        self.node = None;
        self.start();
    }

    pub(super) fn rename(&mut self) {
        self.named += 1;
        self.name = format!("node{}", self.named);
    }

    /// Starts a node under the present name.
    pub(super) fn start(&mut self) {
        self.views.iter_mut().for_each(View::disconnect);
        for _ in 0..50 {
            if let Ok(node) = Node::start(&self.url, &self.name, &self.fate) {
                self.node = Some(node);
                return;
            }
            self.say(format!("{} died while starting", self.name));
        }
        panic!("{} cannot be started", self.name);
    }

    /// Waits until everything that fell due was fired, and every action that had its turn sent.
    pub(crate) fn settle(&mut self) {
        for _ in 0..200 {
            let (store, now) = (&self.node().store, Millis(self.clock.at_now()));
            let settled = self.node().run(comes_to_rest(store, now, !self.has_rival));
            match settled {
                Ok(true) => return,
                Ok(false) => panic!(
                    "not done: {:?} {:?}",
                    self.node().run(self.node().store.due_timers(now, 5)).unwrap().unwrap(),
                    self.node().run(self.node().store.sending_actions()).unwrap().unwrap()
                ),
                Err(why) => self.halted(why),
            }
        }
        panic!("the node dies again and again over what is due");
    }

    /// All phones look.
    pub(crate) fn look(&mut self) {
        let mut views = std::mem::take(&mut self.views);
        for view in &mut views {
            while let Err(why) = view.look(self.node()) {
                self.halted(why);
                view.disconnect();
            }
        }
        self.views = views;
    }
}

/// Waits until nothing is due, to be sent or on its way; `false` when that is in vain.
async fn comes_to_rest(store: &Store, now: Millis, with_sending: bool) -> bool {
    for _ in 0..LOOKS_MAX {
        let next = store.next_action("web").await.unwrap();
        let is_sent =
            next.is_none_or(|at| at > now) && store.sending_actions().await.unwrap().is_empty();
        if (is_sent || !with_sending) && store.due_timers(now, 1).await.unwrap().is_empty() {
            return true;
        }
        tokio::task::yield_now().await;
    }
    false
}
