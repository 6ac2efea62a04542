//! The form of role and groups: read, and shown with what can be given.

use app::console::{Denied, Grant};
use domain::{GroupId, Role};
use report::Lang;

use crate::console::Seated;
use crate::console::team::wrongs::Wrongs;
use crate::house::House;
use crate::trouble::Trouble;

/// A role that can be given.
pub(crate) struct RoleView {
    pub(crate) word: &'static str,
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) on: bool,
}

/// A group that can be given.
pub(crate) struct GroupPick {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) on: bool,
}

/// The part of a form in which role and groups are chosen.
pub(crate) struct GrantView {
    pub(crate) roles: Vec<RoleView>,
    /// Whether who gives sees all groups, and so may give all.
    pub(crate) may_all: bool,
    pub(crate) sees_all: bool,
    pub(crate) groups: Vec<GroupPick>,
    pub(crate) wrong: Wrongs,
}

/// The fields of a form; a name may come again and again.
pub(crate) type Fields = Vec<(String, String)>;

/// The value of a field.
pub(super) fn field<'f>(fields: &'f Fields, name: &str) -> &'f str {
    let found = fields.iter().find(|(own, _)| own == name);
    found.map_or("", |(_, value)| value.as_str())
}

/// Role and groups as chosen. Fields: `role`, `scope`.
pub(super) fn read(fields: &Fields) -> Result<Grant, Denied> {
    let role = Role::from_word(field(fields, "role"));
    let role = role.ok_or_else(|| Denied::field("role", "missing"))?;
    let chosen = fields.iter().filter(|(name, _)| name == "groups");
    let groups: Vec<GroupId> = chosen.filter_map(|(_, id)| id.parse().ok()).map(GroupId).collect();
    match field(fields, "scope") {
        "all" => Ok(Grant { role, sees_all: true, groups: Vec::new() }),
        "some" => Ok(Grant { role, sees_all: false, groups }),
        _ => Err(Denied::field("scope", "missing")),
    }
}

/// The form with this chosen.
pub(super) async fn view(
    house: &House,
    seated: &Seated,
    chosen: (Option<Role>, bool, &[GroupId]),
) -> Result<GrantView, Trouble> {
    let (l, actor) = (seated.visit.lang, &seated.actor);
    let groups = house.console().givable(actor).await?;
    let (role, sees_all, given) = chosen;
    let pick =
        |(id, name): (GroupId, String)| GroupPick { id: id.0, name, on: given.contains(&id) };
    let roles = Role::ALL.into_iter().filter(|one| actor.commands(*one));
    Ok(GrantView {
        roles: roles.map(|one| role_view(one, role == Some(one), l)).collect(),
        may_all: actor.sees_all(),
        sees_all: sees_all && actor.sees_all(),
        groups: groups.into_iter().map(pick).collect(),
        wrong: Wrongs::default(),
    })
}

/// A role with what it may.
pub(super) fn role_view(role: Role, on: bool, l: Lang) -> RoleView {
    let about = match role {
        Role::Owner => l.pick("可以做所有事情", "May do everything"),
        Role::Lead => l.pick("导入数据、管理下级、看操作日志", "Imports, staff below, audit log"),
        Role::Operator => {
            l.pick("建群、管群、批量设置、黑名单", "Opens and keeps groups, blacklist")
        }
        Role::Staff => l.pick("回应、写备注、打标签", "Answers, notes, tags"),
        Role::ReadOnly => l.pick("只能看", "Looks only"),
    };
    RoleView { word: role.word(), name: crate::words::role(role, l), about, on }
}
