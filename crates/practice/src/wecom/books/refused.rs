//! Why something is not done: the platform's code for a call, plain words for a person.

/// The platform says no to a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {words}")]
pub struct Refused {
    /// `errcode`.
    pub code: i64,
    /// The beginning of `errmsg`.
    pub words: String,
}

/// A refusal with this code.
pub(crate) fn refused(code: i64, words: &str) -> Refused {
    Refused { code, words: words.to_owned() }
}

/// What a person wanted to do cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Hindrance {
    /// No such member of staff, or left.
    #[error("this member of staff is not there")]
    Staff,
    /// No such customer.
    #[error("this customer is not there")]
    Customer,
    /// No such group, or dismissed.
    #[error("this group is not there")]
    Group,
    /// No such code, or deleted.
    #[error("this code is not there")]
    Code,
    /// The group takes nobody any more, and no other is made.
    #[error("the group is full")]
    Full,
    /// Already in the group.
    #[error("is in the group already")]
    Inside,
    /// Not in the group.
    #[error("is not in the group")]
    Outside,
    /// The two know each other already.
    #[error("the two know each other already")]
    Known,
    /// The two do not know each other.
    #[error("the two do not know each other")]
    Unknown,
    /// Only owner or admins may do this, or not the owner.
    #[error("this person may not do that")]
    Role,
    /// Nothing waits for an answer.
    #[error("nothing waits for an answer")]
    Nothing,
}
