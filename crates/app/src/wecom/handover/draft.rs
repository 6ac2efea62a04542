//! The plan of a hand-over, shown before it begins; and its beginning.

use std::collections::{BTreeMap, BTreeSet};

use domain::{Actor, HeldKind, May, Millis};
use engine::handover::{Held, Limits, Plan, Stay, Terms, day_of, plan};
use serde_json::json;
use store::{HandedBefore, NewHanded, NewHandover, WecomId};

use crate::console::{About, Console, Denied, StaffRow};
use crate::links::Swapped;
use crate::wecom::companies::reaches;
use crate::wecom::handover::beside::Beside;
use crate::wecom::handover::form::{Chosen, HandoverForm};
use crate::wecom::handover::here::{HereCame, chosen_here};
use crate::wecom::handover::holders::{Holder, is_held};

/// The way of a customer who was assigned (`add_way` 202, 管理员/负责人分配).
const ASSIGNED: i64 = 202;
/// A group on its way (继承中).
const UNDER_WAY: i64 = 2;
/// Our own note of a hand-over and the platform's differ by less than this.
const SAME_MS: i64 = 2 * Millis::DAY;
/// Things that stay and are called by name, of each reason.
const NAMED: usize = 5;

/// What one taker takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DraftShare {
    /// `userid`.
    pub userid: String,
    /// The name.
    pub name: String,
    /// Customers.
    pub contacts: u32,
    /// Groups.
    pub groups: u32,
}

/// What is asked for on one day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DraftDay {
    /// When it begins.
    pub at: Millis,
    /// Customers.
    pub contacts: u32,
    /// Groups.
    pub groups: u32,
}

/// What stays for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftStay {
    /// What.
    pub kind: HeldKind,
    /// Why.
    pub why: Stay,
    /// How many.
    pub count: u32,
    /// Some of them by name.
    pub names: Vec<String>,
}

/// The plan of a hand-over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Who hands over.
    pub giver: Holder,
    /// Who takes how much.
    pub shares: Vec<DraftShare>,
    /// Who takes what another is too full for, by name; empty for nobody.
    pub spare: String,
    /// Day by day.
    pub days: Vec<DraftDay>,
    /// Days until the last of it changed hands.
    pub takes_days: u32,
    /// What stays.
    pub stays: Vec<DraftStay>,
    /// Customers who can only be asked for after their rest, within it.
    pub resting: u32,
    /// Words to the customers; empty for the platform's own, or none.
    pub words: String,
    /// What they have beside those.
    pub beside: Beside,
    /// Who takes their place behind codes, by name; empty for nobody.
    pub codes_to: String,
    /// Who takes what they keep here, by name; empty for nobody.
    pub here_to: String,
}

/// A hand-over that was begun, and what was done at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// Its number.
    pub handover: i64,
    /// What came of the codes; nothing where they stay.
    pub codes: Swapped,
    /// What came of what they kept here; `None` where it stays.
    pub here: Option<HereCame>,
}

/// Everything of one kind that somebody holds: id, name, and what is known of it.
struct Holding {
    kind: HeldKind,
    ids: Vec<(String, String)>,
    held: Vec<Held>,
}

/// A draft with what it is made of.
struct Drawn {
    giver: Holder,
    chosen: Chosen,
    parts: Vec<(Holding, Plan)>,
    now: Millis,
    names: BTreeMap<String, String>,
    beside: Beside,
    here_to: Option<StaffRow>,
}

impl Console {
    /// The plan of what somebody chose; nothing is kept or asked for.
    ///
    /// Wrong: what `HandoverForm` says, `giver` (`nothing`: they hold nothing; `open`: a
    /// hand-over of theirs is under way; `out_of_sight`: the app does not see them) and `here`
    /// (`nobody_here`: nobody of our staff is them; `above`: who asks may not hand over what is
    /// theirs; `cannot_keep`: who was chosen is locked out, may only read, or is not there).
    pub async fn draft_handover(
        &self,
        actor: &Actor,
        account: i64,
        form: &HandoverForm,
    ) -> Result<Draft, Denied> {
        reaches(actor, May::Lead)?;
        Ok(self.drawn(actor, WecomId { org: actor.org, account }, form).await?.shown())
    }

    /// Begins what somebody chose, by the plan of this moment. Codes and what they keep here go
    /// at once, after it stands as begun: what fails of it, or was not reached, stays on its page.
    pub async fn begin_handover(
        &self,
        actor: &Actor,
        account: i64,
        form: &HandoverForm,
    ) -> Result<Begun, Denied> {
        reaches(actor, May::Lead)?;
        let id = WecomId { org: actor.org, account };
        let drawn = self.drawn(actor, id, form).await?;
        let items = drawn.items();
        if items.is_empty() && !drawn.shown().goes_beside() {
            return Err(Denied::field("giver", "nothing"));
        }
        let about = About { told: drawn.told(&items), ..About::default() };
        let acting = self.acting(actor, May::Lead, "wecom.handover_begun", about)?;
        let Drawn { giver, chosen, beside, here_to, .. } = drawn;
        let words = if giver.left { String::new() } else { chosen.words };
        let new = NewHandover {
            giver: giver.userid.clone(),
            left: giver.left,
            words,
            spare: chosen.spare,
            a_day: chosen.a_day,
            items,
        };
        let begun = self.store().begin_handover(id, new, acting).await?;
        self.companies().handing.notify_one();
        let handover = begun.ok_or(Denied::field("giver", "open"))?;
        let codes = match &chosen.codes {
            // The page of the hand-over tells which still lead there.
            Some(to) => self.swap_in_codes(actor, account, (&giver.userid, to)).await.ok(),
            None => None,
        };
        let here = match beside.here.zip(here_to) {
            Some((kept, to)) => Some(self.hand_over_here(actor, &kept, to.id).await),
            None => None,
        };
        Ok(Begun { handover, codes: codes.unwrap_or_default(), here })
    }

    async fn drawn(
        &self,
        actor: &Actor,
        id: WecomId,
        form: &HandoverForm,
    ) -> Result<Drawn, Denied> {
        let row = self.company_row(id).await?;
        if row.gone.is_some() {
            return Err(Denied::Missing);
        }
        let holders = self.holders_of(id).await?;
        let giver = holders.of(form.giver.trim()).cloned().ok_or(Denied::Missing)?;
        if giver.open.is_some() {
            return Err(Denied::field("giver", "open"));
        }
        if !giver.left && !giver.seen && giver.contacts + giver.groups > 0 {
            return Err(Denied::field("giver", "out_of_sight"));
        }
        let fits = |one: &&Holder| one.fits && one.userid != giver.userid;
        let fit: BTreeSet<&str> =
            holders.all.iter().filter(fits).map(|one| one.userid.as_str()).collect();
        let chosen = form.checked(&fit)?;
        let beside = self.beside(actor, id, &giver.userid).await?;
        let here_to = chosen_here(beside.here.as_ref(), &form.here)?;
        let now = self.now();
        let a_day = chosen.a_day.and_then(|many| usize::try_from(many).ok());
        let terms = Terms { now, left: giver.left, a_day, limits: Limits::WECOM };
        let before = self.store().handed_before(id, &giver.userid).await?;
        let mut parts = Vec::new();
        for kind in HeldKind::ALL {
            let holding = self.holding(id, (kind, &giver.userid), &before).await?;
            let plan = plan(kind, &holding.held, &chosen.takers, &terms);
            parts.push((holding, plan));
        }
        if beside.codes.is_empty() && parts.iter().all(|(holding, _)| holding.ids.is_empty()) {
            return Err(Denied::field("giver", "nothing"));
        }
        let names = holders.all.into_iter().map(|one| (one.userid, one.name)).collect();
        Ok(Drawn { giver, chosen, parts, now, names, beside, here_to })
    }

    /// What somebody holds of one kind: who knows how to read another kind reads it here.
    async fn holding(
        &self,
        id: WecomId,
        (kind, giver): (HeldKind, &str),
        before: &[HandedBefore],
    ) -> Result<Holding, Denied> {
        let mut earlier: BTreeMap<&str, Vec<Millis>> = BTreeMap::new();
        for one in before.iter().filter(|one| one.kind == kind) {
            earlier.entry(&one.held).or_default().push(one.at);
        }
        let mut holding = Holding { kind, ids: Vec::new(), held: Vec::new() };
        let mut add = |id: String, name: String, held| {
            holding.ids.push((id, name));
            holding.held.push(held);
        };
        let times = |id: &str| earlier.get(id).cloned().unwrap_or_default();
        match kind {
            HeldKind::Contact => {
                for one in self.store().held_contacts(id, giver).await? {
                    let mut before = times(&one.customer);
                    let assigned = one.way == Some(ASSIGNED);
                    let since = one.added.filter(|_| assigned);
                    before.extend(
                        since.filter(|since| {
                            before.iter().all(|at| at.since(*since).abs() > SAME_MS)
                        }),
                    );
                    before.sort();
                    add(one.customer, one.name, Held { before, stays: None });
                }
            }
            HeldKind::Group => {
                let mut groups = self.store().wecom_groups(id).await?;
                groups.retain(|one| is_held(one) && one.owner.eq_ignore_ascii_case(giver));
                groups.sort_by(|a, b| (&a.name, &a.chat).cmp(&(&b.name, &b.chat)));
                for one in groups {
                    let stays = (one.status == UNDER_WAY).then_some(Stay::UnderWay);
                    let before = times(&one.chat);
                    add(one.chat, one.name, Held { before, stays });
                }
            }
        }
        Ok(holding)
    }
}

impl Draft {
    /// Whether something goes that is neither customer nor group.
    pub fn goes_beside(&self) -> bool {
        let here = self.beside.here.as_ref().is_some_and(|kept| !kept.is_empty());
        (!self.beside.codes.is_empty() && !self.codes_to.is_empty())
            || (here && !self.here_to.is_empty())
    }
}

impl Drawn {
    /// What the audit log tells of its beginning.
    fn told(&self, items: &[NewHanded]) -> serde_json::Value {
        let count = |kind| items.iter().filter(|one| one.kind == kind).count();
        let codes_to = self.chosen.codes.as_deref().filter(|_| !self.beside.codes.is_empty());
        json!({
            "from": self.giver.userid, "left": self.giver.left,
            "to": self.shown().shares.iter().map(|one| one.userid.as_str()).collect::<Vec<_>>(),
            "contacts": count(HeldKind::Contact), "groups": count(HeldKind::Group),
            "codes": self.beside.codes.len(), "codes_to": codes_to,
            "here_to": self.here_to.as_ref().map(|one| one.id.0),
        })
    }

    fn items(&self) -> Vec<NewHanded> {
        let of = |(holding, plan): &(Holding, Plan)| -> Vec<NewHanded> {
            let item = |one: &engine::handover::Move| {
                let (held, name) = holding.ids.get(one.at)?.clone();
                let taker = one.taker.clone();
                Some(NewHanded { kind: holding.kind, held, name, taker, due: one.due })
            };
            plan.moves.iter().filter_map(item).collect()
        };
        self.parts.iter().flat_map(of).collect()
    }

    fn shown(&self) -> Draft {
        let name =
            |userid: &str| self.names.get(userid).cloned().unwrap_or_else(|| userid.to_owned());
        let takers = &self.chosen.takers;
        let mut shares: Vec<DraftShare> = Vec::new();
        for userid in takers.contacts.iter().chain(&takers.groups) {
            if shares.iter().all(|share| share.userid != *userid) {
                let (userid, name) = (userid.clone(), name(userid));
                shares.push(DraftShare { userid, name, ..DraftShare::default() });
            }
        }
        let mut days: BTreeMap<i64, DraftDay> = BTreeMap::new();
        let mut resting = 0;
        for (holding, plan) in &self.parts {
            for one in &plan.moves {
                let day = days.entry(day_of(one.due)).or_default();
                day.at = one.due;
                let share = shares.iter_mut().find(|share| share.userid == one.taker);
                let mut counts: Vec<&mut u32> = match holding.kind {
                    HeldKind::Contact => vec![&mut day.contacts],
                    HeldKind::Group => vec![&mut day.groups],
                };
                counts.extend(share.map(|share| match holding.kind {
                    HeldKind::Contact => &mut share.contacts,
                    HeldKind::Group => &mut share.groups,
                }));
                for count in counts {
                    *count += 1;
                }
                let rests = holding.held.get(one.at).is_some_and(|held| !held.before.is_empty());
                resting += u32::from(rests && one.due > self.now);
            }
        }
        let named = |userid: &str| if userid.is_empty() { String::new() } else { name(userid) };
        Draft {
            giver: self.giver.clone(),
            shares,
            spare: named(&self.chosen.spare),
            days: days.into_values().collect(),
            takes_days: self.parts.iter().map(|(_, plan)| plan.days).max().unwrap_or(0),
            stays: self.parts.iter().flat_map(stays).collect(),
            resting,
            words: self.chosen.words.clone(),
            beside: self.beside.clone(),
            codes_to: named(self.chosen.codes.as_deref().unwrap_or_default()),
            here_to: self.here_to.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
        }
    }
}

/// What stays of one kind, by reason.
fn stays((holding, plan): &(Holding, Plan)) -> Vec<DraftStay> {
    let of = |why: Stay| {
        let own = plan.stays.iter().filter(|(_, own)| *own == why);
        let names: Vec<&String> =
            own.filter_map(|(at, _)| holding.ids.get(*at)).map(|(_, name)| name).collect();
        let count = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let names = names.into_iter().take(NAMED).cloned().collect();
        (count > 0).then_some(DraftStay { kind: holding.kind, why, count, names })
    };
    Stay::ALL.into_iter().filter_map(of).collect()
}
