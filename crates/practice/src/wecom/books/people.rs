//! Who is there: members of staff and people outside the company.
//!
//! Invariant: whoever left stays in the books, with the moment; nobody's id is used again.

use domain::Millis;
use serde::{Deserialize, Serialize};

use crate::wecom::books::{Books, Hindrance};

/// A member of staff.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Staff {
    /// The name.
    pub name: String,
    /// Ids of departments; 1 is the company.
    pub departments: Vec<u32>,
    /// Has opened the app once (已激活) and proved a real name.
    pub active: bool,
    /// The customer-contact function (客户联系功能).
    pub contact: Contact,
    /// The app may see this person (可见范围).
    pub visible: bool,
    /// The console sends this person's welcomes: events carry no code.
    pub console_welcome: bool,
    /// Left the company then.
    pub left: Option<Millis>,
}

/// How a member of staff has customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contact {
    /// Not at all: without the function.
    None,
    /// Agrees to each.
    #[default]
    Asked,
    /// Customers need no approval (免验证): the bond is half until confirmed.
    Open,
    /// Takes no more.
    Full,
}

/// A department.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// The name.
    pub name: String,
    /// The department above; 0 above the first.
    pub parent: u32,
}

/// Somebody outside the company.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    /// What they call themselves; may be empty.
    pub name: String,
    /// Uses WeCom at another company, not WeChat.
    pub wecom: bool,
    /// 0 unknown, 1 male, 2 female.
    pub gender: u8,
    /// One id over all apps of an open platform account; only some.
    pub unionid: Option<String>,
    /// The company, of WeCom users.
    pub company: Option<String>,
    /// Handed over so often, then.
    pub handed: Vec<Millis>,
}

impl Staff {
    /// In the company, with the function, opened: may have customers and own groups.
    pub fn serves(&self) -> bool {
        self.left.is_none() && self.active && self.has_contact()
    }

    /// Has the customer-contact function.
    pub fn has_contact(&self) -> bool {
        self.contact != Contact::None
    }

    /// Is seen by calls about customers.
    pub fn seen(&self) -> bool {
        self.visible && self.has_contact()
    }
}

impl Books {
    /// A member of staff that is still there.
    pub fn present(&self, staff: &str) -> Result<&Staff, Hindrance> {
        let found = self.staff.get(staff).filter(|one| one.left.is_none());
        found.ok_or(Hindrance::Staff)
    }

    /// Writes down somebody new outside the company; the external userid.
    pub fn add_customer(&mut self, customer: Customer) -> String {
        let id = self.mint.id(if customer.wecom { "wo" } else { "wm" });
        self.customers.insert(id.clone(), customer);
        id
    }

    /// The name of anybody, empty when there is none.
    pub fn name_of(&self, who: &str) -> &str {
        let staff = self.staff.get(who).map(|one| one.name.as_str());
        let customer = || self.customers.get(who).map(|one| one.name.as_str());
        staff.or_else(customer).unwrap_or_default()
    }

    /// Userids and members of staff in a department or below it, those who left not among them.
    pub fn staff_below(&self, department: u32) -> impl Iterator<Item = (&String, &Staff)> {
        self.staff.iter().filter(move |(_, one)| {
            let inside = |at: &u32| self.is_below(*at, department);
            one.left.is_none() && one.departments.iter().any(inside)
        })
    }

    fn is_below(&self, mut at: u32, department: u32) -> bool {
        // A tree of departments is never deeper than there are departments.
        for _ in 0..=self.departments.len() {
            if at == department {
                return true;
            }
            at = self.departments.get(&at).map_or(0, |one| one.parent);
        }
        false
    }
}
