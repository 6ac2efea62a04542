//! Who knows whom: one member of staff and one customer.
//!
//! Invariant: calls see a bond only while it [works](Bond::works): not while it is asked for or
//! half, but still after the customer has deleted the member of staff.

use std::collections::BTreeSet;

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, Contact, ContactNews, Event, Happened, Hindrance};

/// A member of staff and a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bond {
    /// How far it goes.
    pub standing: Standing,
    /// Since when.
    pub since: Millis,
    /// How they met: the platform's number (来源), 1 a code, 2 a telephone number, 202 assigned.
    pub add_way: u16,
    /// The channel of the code.
    pub state: Option<String>,
    /// Who began: userid or external userid.
    pub by: String,
    /// What staff calls the customer.
    pub remark: String,
    /// What staff notes.
    pub description: String,
    /// The company of the customer, as staff notes it.
    pub company: Option<String>,
    /// Telephone numbers.
    pub mobiles: Vec<String>,
    /// Ids of tags of the company.
    pub tags: BTreeSet<String>,
    /// They have written to each other: no welcome any more.
    pub chatting: bool,
}

/// How far a bond goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The customer asked; staff has not answered.
    Asked,
    /// The customer is in, staff has not confirmed.
    Half,
    /// Both have each other.
    #[default]
    Both,
    /// The customer deleted the member of staff.
    Left,
}

/// How somebody comes to know a member of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    /// The platform's number.
    pub add_way: u16,
    /// The channel of the code.
    pub state: Option<String>,
    /// Staff has to agree.
    pub checked: bool,
}

impl Bond {
    /// Calls about this pair work.
    pub fn works(&self) -> bool {
        matches!(self.standing, Standing::Both | Standing::Left)
    }
}

impl Books {
    /// The bond of a pair, whatever its standing.
    pub fn bond(&self, staff: &str, customer: &str) -> Option<&Bond> {
        self.bonds.get(staff)?.get(customer)
    }

    pub(crate) fn bond_mut(&mut self, staff: &str, customer: &str) -> Option<&mut Bond> {
        self.bonds.get_mut(staff)?.get_mut(customer)
    }

    /// The bonds of a customer that work, with their userids.
    pub fn bonds_of<'a>(&'a self, customer: &str) -> impl Iterator<Item = (&'a String, &'a Bond)> {
        let own =
            move |(staff, bonds): (&'a String, &'a std::collections::BTreeMap<String, Bond>)| {
                bonds.get(customer).filter(|bond| bond.works()).map(|bond| (staff, bond))
            };
        self.bonds.iter().filter_map(own)
    }

    /// A customer adds a member of staff.
    pub fn meet(&mut self, staff: &str, customer: &str, how: Meeting, now: Millis) -> Happened {
        let open = self.present(staff).and_then(|one| match one {
            one if one.serves() => Ok(one.contact == Contact::Open),
            _ => Err(Hindrance::Staff),
        })?;
        if !self.customers.contains_key(customer) {
            return Err(Hindrance::Customer);
        }
        let old = self.bond(staff, customer);
        if old.is_some_and(|bond| bond.standing == Standing::Both) {
            return Err(Hindrance::Known);
        }
        let standing = match (how.checked, open) {
            (false, _) => Standing::Both,
            (true, true) => Standing::Half,
            (true, false) => Standing::Asked,
        };
        let bond = Bond {
            standing,
            since: now,
            add_way: how.add_way,
            state: how.state.filter(|state| !state.is_empty()),
            by: customer.to_owned(),
            ..old.cloned().unwrap_or_default()
        };
        self.bonds.entry(staff.to_owned()).or_default().insert(customer.to_owned(), bond);
        Ok(self.added(staff, customer, now))
    }

    /// Staff agrees to a customer who asked, or confirms a half bond.
    pub fn agree(&mut self, staff: &str, customer: &str, now: Millis) -> Happened {
        let bond = self.bond_mut(staff, customer).ok_or(Hindrance::Unknown)?;
        if !matches!(bond.standing, Standing::Asked | Standing::Half) {
            return Err(Hindrance::Nothing);
        }
        bond.standing = Standing::Both;
        Ok(self.added(staff, customer, now))
    }

    /// What is told of a new bond, with a code for the welcome where there is one.
    fn added(&mut self, staff: &str, customer: &str, now: Millis) -> Vec<Event> {
        let Some(bond) = self.bond(staff, customer) else { return Vec::new() };
        let half = bond.standing == Standing::Half;
        if bond.standing == Standing::Asked {
            return Vec::new();
        }
        let state = bond.state.clone();
        let welcome = self.welcome_code(staff, customer, now);
        vec![Event::contact(now, staff, customer, ContactNews::Added { half, state, welcome })]
    }

    /// Staff deletes a customer.
    pub fn drop_customer(&mut self, staff: &str, customer: &str, now: Millis) -> Happened {
        let bonds = self.bonds.get_mut(staff).ok_or(Hindrance::Unknown)?;
        bonds.remove(customer).ok_or(Hindrance::Unknown)?;
        let change = ContactNews::Dropped { by_transfer: false };
        Ok(vec![Event::contact(now, staff, customer, change)])
    }

    /// A customer deletes a member of staff.
    pub fn drop_staff(&mut self, customer: &str, staff: &str, now: Millis) -> Happened {
        let bond = self.bond_mut(staff, customer).ok_or(Hindrance::Unknown)?;
        if bond.standing == Standing::Left {
            return Err(Hindrance::Unknown);
        }
        bond.standing = Standing::Left;
        Ok(vec![Event::contact(now, staff, customer, ContactNews::Left)])
    }

    /// Staff changes what is noted of a customer.
    pub fn note(
        &mut self,
        staff: &str,
        customer: &str,
        change: impl FnOnce(&mut Bond),
        now: Millis,
    ) -> Happened {
        change(self.bond_mut(staff, customer).ok_or(Hindrance::Unknown)?);
        Ok(vec![Event::contact(now, staff, customer, ContactNews::Edited)])
    }

    /// The two write to each other; nothing is told of it.
    pub fn chat(&mut self, staff: &str, customer: &str) -> Happened {
        self.bond_mut(staff, customer).ok_or(Hindrance::Unknown)?.chatting = true;
        Ok(Vec::new())
    }

    /// A member of staff leaves the company: groups wait for another owner, customers for another
    /// member of staff. The app is told nothing of it.
    pub fn resign(&mut self, staff: &str, now: Millis) -> Happened {
        self.present(staff)?;
        if let Some(one) = self.staff.get_mut(staff) {
            one.left = Some(now);
        }
        for group in self.groups.values_mut().filter(|group| group.owner == staff) {
            group.status = 1;
        }
        Ok(Vec::new())
    }
}
