//! Two nodes on one database: one stands still, another takes its groups, and they take them from
//! each other.

use super::halt::Halted;
use super::ledger::name;
use super::node::Node;
use super::view::View;
use super::world::World;
use crate::live::ORG;

impl World {
    /// A node stands still in the middle of a commit, and others take its groups. When it wakes
    /// up nothing of it counts. Then they take the groups from each other a few times.
    pub(super) fn duel(&mut self) {
        self.fate.freeze_next(true);
        let batch = self.batch();
        let live = &self.node().live;
        let answers = self.node().run(live.submit_many(ORG, batch.clone()));
        self.fate.freeze_next(false);
        match answers {
            Ok(answers) => {
                // There was nothing to commit.
                let answers = batch.into_iter().zip(&answers);
                return answers.for_each(|(event, answer)| self.ledger.answered(event, answer));
            }
            Err(Halted::Crashed) => {
                self.ledger.later(batch);
                return self.halted(Halted::Crashed);
            }
            Err(Halted::Frozen) => self.ledger.later(batch),
        }
        let old = self.node.take().unwrap();
        self.say(format!("{} stands still", old.name));
        self.has_rival = true;
        self.outlast_leases();
        self.rename();
        self.start();
        self.hold_all();
        for _ in 0..self.dice.roll(4) {
            self.deliver();
            self.settle();
        }
        old.halt.thaw();
        let woke = old.run(async {
            while old.halt.woke_to().is_none() {
                tokio::task::yield_now().await;
            }
        });
        self.say(format!("{} woke up: {woke:?}, {:?}", old.name, old.halt.woke_to()));
        if woke.is_ok() {
            assert_eq!(old.halt.woke_to(), Some(Err("group_held_elsewhere".to_owned())));
        }
        if woke.is_ok() && self.is_refused(&old) && self.dice.percent(50) {
            self.fight(old);
        }
        // What the other one had on its way is found by the next start.
        self.has_rival = false;
        self.halted(Halted::Crashed);
    }

    /// The present node takes every group by writing to it, whoever has it: the leases have run
    /// out.
    fn hold_all(&mut self) {
        for group in self.cast.groups.clone() {
            let hello = self.cast.hello(group, self.clock.at_now());
            assert!(self.ledger.add(&hello));
            let is_held = (0..100).any(|_| {
                self.submit(vec![hello.clone()]);
                let handed = self.ledger.get(name(&hello));
                handed.is_some_and(|handed| handed.acked.is_some())
            });
            assert!(
                is_held,
                "{} cannot take group {}: {:?}",
                self.name,
                group.0,
                self.ledger.get(name(&hello))
            );
        }
    }

    /// Nothing new is accepted by a node without the groups; whether it lived on.
    fn is_refused(&mut self, old: &Node) -> bool {
        let mut batch = Vec::new();
        for _ in 0..4 {
            let event = self.cast.next(&mut self.dice, self.clock.at_now());
            if self.ledger.add(&event) {
                batch.push(event);
            }
        }
        let Ok(answers) = old.run(old.live.submit_many(ORG, batch.clone())) else {
            self.ledger.later(batch);
            return false;
        };
        for (event, answer) in batch.into_iter().zip(&answers) {
            let is_kept = answer.as_ref().is_ok_and(|receipt| receipt.waits());
            assert!(answer.is_err() || is_kept, "{} has lost the groups, but {answer:?}", old.name);
            self.ledger.answered(event, answer);
        }
        true
    }

    /// Two nodes take the groups from each other.
    fn fight(&mut self, mut other: Node) {
        for _ in 0..=self.dice.roll(2) {
            self.outlast_leases();
            self.name.clone_from(&other.name);
            let passive = self.node.replace(other).unwrap();
            self.views.iter_mut().for_each(View::disconnect);
            self.say(format!("{} takes the groups back", self.name));
            self.hold_all();
            self.settle();
            self.deliver();
            self.settle();
            if !self.is_refused(&passive) {
                return;
            }
            other = passive;
        }
    }
}
