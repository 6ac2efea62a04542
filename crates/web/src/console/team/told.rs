//! What stands beside an act in the audit log, in words: colleagues, roles and tags by name.
//!
//! Invariant: no code reaches the page where there is a word; a value without one stays out.

use std::collections::BTreeMap;

use domain::Actor;
use report::Lang;
use serde_json::Value;

use crate::house::House;
use crate::trouble::Trouble;

/// Names that lines need.
pub(super) struct Names {
    pub(super) staff: BTreeMap<i64, String>,
    tags: BTreeMap<i64, String>,
}

impl Names {
    pub(super) async fn of(house: &House, actor: &Actor) -> Result<Self, Trouble> {
        let staff = house.console().staff(actor).await?;
        let staff = staff.into_iter().map(|one| (one.id.0, one.name)).collect();
        let tags = house.console().tags(actor).await?;
        let tags = tags.into_iter().map(|tag| (tag.id, tag.name)).collect();
        Ok(Self { staff, tags })
    }
}

/// Fields whose value is words or a number: name, Chinese, English.
const PLAIN: &[(&str, &str, &str)] = &[
    ("name", "", ""),
    ("days", "", ""),
    ("value", "→ ", "→ "),
    ("why", "原因：", "why: "),
    ("reason", "原因：", "reason: "),
    ("via", "渠道：", "placed: "),
    ("with", "并入编号 ", "with no. "),
    ("account", "账号 ", "account "),
    ("corp", "企业ID ", "corp id "),
    ("host", "", ""),
    ("code", "活码 #", "code #"),
    ("import", "导入 #", "import #"),
    ("bulk", "批量修改 #", "bulk change #"),
    ("note", "备注 #", "note #"),
    ("attribute", "资料 #", "attribute #"),
    ("invitation", "邀请 #", "invitation #"),
    ("view", "视图 #", "view #"),
    ("rows", "行数 ", "rows: "),
];

/// Fields that are lists, or counts of such: name, Chinese, English.
const COUNTS: &[(&str, &str, &str)] = &[
    ("groups", "个群", "groups"),
    ("people", "位客户", "people"),
    ("moved", "个账号", "accounts"),
    ("files", "个文件", "files"),
];

/// The words beside an act.
pub(super) fn told(about: &str, names: &Names, l: Lang) -> Vec<String> {
    let Ok(Value::Object(fields)) = serde_json::from_str(about) else { return Vec::new() };
    // Who, from what, to what; then the rest.
    let mut all: Vec<_> = fields.iter().collect();
    all.sort_by_key(|(name, _)| match name.as_str() {
        "staff" | "list" => 0,
        "from" => 1,
        "to" => 2,
        _ => 3,
    });
    all.into_iter().filter_map(|(name, value)| field((name, value), names, l)).collect()
}

fn field((name, value): (&str, &Value), names: &Names, l: Lang) -> Option<String> {
    let number = value.as_i64();
    let colleague = number.and_then(|id| names.staff.get(&id));
    let role = value.as_str().and_then(domain::Role::from_word);
    let role = role.map(|role| crate::words::role(role, l));
    match name {
        "staff" => colleague.cloned(),
        "from" => role.map(str::to_owned),
        "to" => role.map(str::to_owned).or_else(|| colleague.cloned()).map(|to| format!("→ {to}")),
        "owner" => Some(format!("{}{}", l.pick("负责人：", "owner: "), colleague?)),
        "backup" => Some(format!("{}{}", l.pick("后备：", "back-up: "), colleague?)),
        "sees_all" => value.as_bool()?.then(|| l.pick("全部群", "all groups").to_owned()),
        "tag" => Some(names.tags.get(&number?)?.clone()),
        "add" => joined(value).map(|tags| format!("+ {tags}")),
        "remove" => joined(value).map(|tags| format!("− {tags}")),
        "list" => value.as_str().map(|list| list_word(list, l).to_owned()),
        "part" => value.as_str().map(|part| part_word(part, l)),
        _ => counted(name, value, l).or_else(|| plain(name, value, l)),
    }
}

fn joined(value: &Value) -> Option<String> {
    let words: Vec<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn counted(name: &str, value: &Value, l: Lang) -> Option<String> {
    let (_, zh, en) = COUNTS.iter().find(|(own, _, _)| *own == name)?;
    let count = value.as_array().map_or_else(|| value.as_u64(), |all| Some(all.len() as u64))?;
    (count > 0).then(|| l.pick(format!("{count} {zh}"), format!("{en}: {count}")))
}

fn plain(name: &str, value: &Value, l: Lang) -> Option<String> {
    let (_, zh, en) = PLAIN.iter().find(|(own, _, _)| *own == name)?;
    let words = match value {
        Value::String(text) if !text.is_empty() => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    // Names of settings are codes.
    let words =
        if name == "name" { setting_word(&words, l).map_or(words, str::to_owned) } else { words };
    Some(format!("{}{words}", l.pick(*zh, *en)))
}

fn setting_word(name: &str, l: Lang) -> Option<&'static str> {
    Some(match name {
        "zone" => l.pick("时区", "Time zone"),
        "judge" => l.pick("有效发言口径", "Effective speech"),
        "lang" => l.pick("语言", "Language"),
        _ => return None,
    })
}

fn list_word(list: &str, l: Lang) -> &'static str {
    match list {
        "people" => l.pick("客户列表", "People"),
        "members" => l.pick("群成员列表", "Members of a group"),
        "groups" => l.pick("社群列表", "Groups"),
        "figures" => l.pick("数据", "Figures"),
        "audit" => l.pick("操作日志", "Audit log"),
        "channels" => l.pick("渠道对比", "Channels"),
        _ => l.pick("其他", "Other"),
    }
}

/// Days, groups, or the people behind a figure.
fn part_word(part: &str, l: Lang) -> String {
    match part {
        "days" => l.pick("按天", "by day").to_owned(),
        "groups" => l.pick("按群", "by group").to_owned(),
        "codes" => l.pick("按活码", "by code").to_owned(),
        "placements" => l.pick("按投放位", "by placement").to_owned(),
        "inviters" => l.pick("按邀请人", "by inviter").to_owned(),
        code => app::console::figures::defined(code).map_or_else(
            || code.to_owned(),
            |metric| l.pick(metric.name.zh, metric.name.en).to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> Names {
        let named = |id: i64, name: &str| BTreeMap::from([(id, name.to_owned())]);
        Names { staff: named(2, "小林"), tags: named(7, "回访") }
    }

    #[test]
    fn numbers_are_names_and_codes_are_words() {
        let words = |about: &str| told(about, &names(), Lang::Zh).join(" · ");
        assert_eq!(words(r#"{"staff":2,"from":"staff","to":"lead"}"#), "小林 · 员工 · → 主管");
        assert_eq!(words(r#"{"tag":7,"people":[1,2,3]}"#), "3 位客户 · 回访");
        assert_eq!(
            words(r#"{"groups":3,"kind":null,"owner":2,"add":["重点"]}"#),
            "+ 重点 · 3 个群 · 负责人：小林"
        );
        let taken =
            r#"{"list":"figures","part":"days","days":"2026-11-01 – 2026-11-22","rows":22}"#;
        assert_eq!(words(taken), "数据 · 2026-11-01 – 2026-11-22 · 按天 · 行数 22");
        assert_eq!(words(r#"{"name":"judge","value":{"min":3}}"#), "有效发言口径");
        assert_eq!(words(r#"{"source":"answers","key":"ask:3:1","odd":[1]}"#), "");
        assert_eq!(words("not json"), "");
    }
}
