//! The table from what stands in the database.

use std::sync::{Arc, PoisonError};

use domain::OrgId;
use rustc_hash::FxHashMap;

use crate::console::{Console, Denied};
use crate::links::ground::Ground;
use crate::links::plan::Plan;
use crate::links::table::{Door, Links, Nowhere, Person, Shown, Spot, Table};

impl Console {
    /// Makes the routes of an organisation anew; the next scan goes by them.
    pub(in crate::links) async fn reroute(&self, org: OrgId) -> Result<Ground, Denied> {
        let ground = self.link_ground(org).await?;
        if !self.links().knows(org) {
            self.recount(&ground).await?;
            self.links().decline(org, rustc_hash::FxHashSet::default());
        }
        self.links().put(&ground);
        Ok(ground)
    }

    /// How many were led to whom today, from the log: after a start.
    async fn recount(&self, ground: &Ground) -> Result<(), Denied> {
        let day = ground.zone.local(ground.now).day;
        let since = ground.zone.day_start(day);
        let mut counts: FxHashMap<String, u32> = FxHashMap::default();
        for (target, _, count) in self.store().link_led(ground.org, since).await? {
            *counts.entry(target).or_default() += count;
        }
        for (target, count) in counts {
            self.links().today(ground.org, &target).set(day.0, count);
        }
        Ok(())
    }
}

impl Links {
    fn put(&self, ground: &Ground) {
        let spots: Vec<(Box<str>, Arc<Spot>)> = ground
            .placements
            .iter()
            .map(|row| (row.slug.as_str().into(), Arc::new(self.made(ground, row))))
            .collect();
        let mut table = self.table.write().unwrap_or_else(PoisonError::into_inner);
        let others = table.spots.iter().filter(|(_, spot)| spot.org != ground.org);
        let others = others.map(|(slug, spot)| (slug.clone(), Arc::clone(spot)));
        let spots = others.chain(spots).collect();
        *table = Arc::new(Table { spots });
    }

    fn made(&self, ground: &Ground, row: &store::LinkPlacementRow) -> Spot {
        let (org, placement, zone) = (ground.org, row.id, ground.zone.clone());
        let open = ground.open(row.code).filter(|_| row.closed.is_none());
        let Some((_, plan)) = open else {
            let (rules, doors) = (None, Vec::new());
            return Spot { org, placement, zone, is_closed: true, rules, asks_again: false, doors };
        };
        let through = plan.through(row.code).into_iter();
        let doors =
            through.filter_map(|code| Some((code, self.door(ground, placement, code)?))).collect();
        let rules = match plan {
            Plan::Rules { rules, otherwise } => Some((rules.clone(), *otherwise)),
            _ => None,
        };
        Spot { org, placement, zone, is_closed: false, rules, asks_again: plan.asks_again(), doors }
    }

    fn door(&self, ground: &Ground, placement: i64, code: i64) -> Option<Door> {
        let (row, plan) = ground.open(code)?;
        let company = row.said.company;
        let person = |userid: &str| self.person(ground, (placement, code, company), userid);
        Some(match plan {
            Plan::Web { url, .. } => Door::Away(url.as_str().into()),
            // One code of rules does not lead to another.
            Plan::Rules { .. } => return None,
            Plan::Groups { chain, series, spare } => {
                let run = chain.run(&ground.chain_now(company, chain));
                let next = run.first().and_then(|place| chain.links.get(*place));
                let named = match (next, series) {
                    (Some(link), _) => {
                        Some((link.chat.clone(), ground.group_name(company, &link.chat)))
                    }
                    // The platform itself makes the next one.
                    (None, Some(series)) => {
                        Some((String::new(), ground.next_name(company, chain, series)))
                    }
                    (None, None) => None,
                };
                let picture = ground.picture(&(placement, code, String::new()));
                match (named, picture) {
                    (Some((chat, name)), Some(picture)) => {
                        let shown = Shown { is_group: true, name, picture: picture.to_owned() };
                        let group = Person {
                            target: chat.as_str().into(),
                            shown: Some(Arc::new(shown)),
                            is_there: true,
                            today: Arc::default(),
                        };
                        Door::Fixed(Some(group), Nowhere::Later)
                    }
                    (Some(_), None) => Door::Fixed(spare.as_deref().map(person), Nowhere::Soon),
                    (None, _) => Door::Fixed(spare.as_deref().map(person), Nowhere::Later),
                }
            }
            Plan::Staff { seats, spare, .. } => Door::Staff {
                people: seats.iter().map(|seat| person(&seat.userid)).collect(),
                seats: seats.clone(),
                spare: spare.as_deref().map(person),
                turn: self.turn(ground.org, code),
            },
        })
    }

    fn person(
        &self,
        ground: &Ground,
        (placement, code, company): (i64, i64, Option<i64>),
        userid: &str,
    ) -> Person {
        let picture = ground.picture(&(placement, code, userid.to_owned()));
        let shown = picture.map(|picture| {
            let name = ground.person_name(company, userid);
            Arc::new(Shown { is_group: false, name, picture: picture.to_owned() })
        });
        Person {
            target: userid.into(),
            is_there: shown.is_some() && ground.is_there(company, userid),
            shown,
            today: self.today(ground.org, userid),
        }
    }
}
