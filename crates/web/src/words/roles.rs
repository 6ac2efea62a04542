//! Words for roles.

use domain::Role;
use report::Lang;

/// What a role is called.
pub(crate) fn role(role: Role, l: Lang) -> &'static str {
    match role {
        Role::Owner => l.pick("负责人", "Owner"),
        Role::Lead => l.pick("主管", "Lead"),
        Role::Operator => l.pick("运营", "Operator"),
        Role::Staff => l.pick("员工", "Staff"),
        Role::ReadOnly => l.pick("只读", "Read-only"),
    }
}
