//! A code as it comes from a form: lines are told apart by a number behind the name of a field,
//! `chat.3` beside `limit.3`; what is ticked among what was found comes as `add`, again and again.

use std::collections::BTreeMap;

use app::links::{CodeForm, CodeKind, GroupLine, RuleLine, StaffLine};

/// The fields of a form; a name may come again and again.
pub(super) type Fields = Vec<(String, String)>;

/// Lines of a form, at most; what is beyond is not looked at.
const LINES_MAX: usize = 300;

/// What was typed.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    pub(super) form: CodeForm,
    /// Letters that groups or staff are looked for by.
    pub(super) find: String,
    /// The person asks for more to choose from, not for the code.
    pub(super) finds: bool,
}

impl Typed {
    /// Reads a form.
    pub(super) fn read(fields: &Fields) -> Self {
        let one = |name: &str| {
            let found = fields.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let lines = lines(fields);
        let kind = one("kind");
        let added = fields.iter().filter(|(name, _)| name == "add").map(|(_, value)| value.clone());
        let (mut groups, mut staff) = (groups(&lines), seats(&lines));
        match CodeKind::from_word(&kind) {
            Some(CodeKind::Staff) => {
                staff.extend(added.map(|userid| StaffLine { userid, ..StaffLine::default() }));
            }
            _ => groups.extend(added.map(|chat| GroupLine { chat, ..GroupLine::default() })),
        }
        let form = CodeForm {
            kind,
            name: one("name"),
            company: one("company"),
            groups,
            series: one("series"),
            next_number: one("next_number"),
            skips_declining: !one("skips_declining").is_empty(),
            spare_staff: one("spare_staff"),
            staff,
            skips_verify: !one("skips_verify").is_empty(),
            url: one("url"),
            leads_to: one("leads_to"),
            rules: rules(&lines),
            otherwise: one("otherwise"),
        };
        Self { form, find: one("find"), finds: one("do") == "find" }
    }
}

/// Fields of one line, by name.
type Line<'f> = BTreeMap<&'f str, &'f str>;

fn lines(fields: &Fields) -> Vec<Line<'_>> {
    let mut lines: BTreeMap<usize, Line<'_>> = BTreeMap::new();
    for (name, value) in fields {
        let Some((name, place)) = name.split_once('.') else { continue };
        if let Ok(place) = place.parse::<usize>()
            && place < LINES_MAX
        {
            lines.entry(place).or_default().insert(name, value.trim());
        }
    }
    let kept = |line: &Line<'_>| !line.contains_key("drop");
    lines.into_values().filter(kept).collect()
}

fn value(line: &Line<'_>, name: &str) -> String {
    line.get(name).map(|value| (*value).to_owned()).unwrap_or_default()
}

/// Groups in the order that was typed; those without a number stay where they stood.
fn groups(lines: &[Line<'_>]) -> Vec<GroupLine> {
    let mut all: Vec<(usize, GroupLine)> = Vec::new();
    for (place, line) in lines.iter().filter(|line| line.contains_key("chat")).enumerate() {
        let order = value(line, "order").parse().unwrap_or(place + 1);
        let group = GroupLine {
            chat: value(line, "chat"),
            limit: value(line, "limit"),
            is_spare: line.contains_key("spare"),
        };
        all.push((order, group));
    }
    all.sort_by_key(|(order, _)| *order);
    all.into_iter().map(|(_, group)| group).collect()
}

fn seats(lines: &[Line<'_>]) -> Vec<StaffLine> {
    let seats = lines.iter().filter(|line| line.contains_key("userid"));
    let seat = |line: &Line<'_>| StaffLine {
        userid: value(line, "userid"),
        weight: value(line, "weight"),
        days: value(line, "days"),
        from: value(line, "from"),
        to: value(line, "to"),
        daily_max: value(line, "daily"),
    };
    seats.map(seat).collect()
}

fn rules(lines: &[Line<'_>]) -> Vec<RuleLine> {
    let rules = lines.iter().filter(|line| line.contains_key("to_code"));
    let rule = |line: &Line<'_>| RuleLine {
        placement: value(line, "placement"),
        device: value(line, "device"),
        place: value(line, "place"),
        days: value(line, "days"),
        from: value(line, "from"),
        to: value(line, "to"),
        visit: value(line, "visit"),
        to_code: value(line, "to_code"),
    };
    rules.map(rule).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: &[(&str, &str)]) -> Typed {
        let own = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
        Typed::read(&fields.iter().map(own).collect())
    }

    #[test]
    fn groups_stand_in_the_order_that_was_typed_and_new_ones_behind() {
        let typed = read(&[
            ("kind", "groups"),
            ("chat.0", "a"),
            ("order.0", "2"),
            ("chat.1", "b"),
            ("order.1", "1"),
            ("limit.1", " 200 "),
            ("spare.1", "1"),
            ("chat.2", "c"),
            ("order.2", "3"),
            ("drop.2", "1"),
            ("chat.999999", "far"),
            ("add", "d"),
            ("add", "e"),
        ]);
        let chats: Vec<&str> = typed.form.groups.iter().map(|one| one.chat.as_str()).collect();
        assert_eq!(chats, ["b", "a", "d", "e"]);
        let first = &typed.form.groups[0];
        assert!(first.is_spare && first.limit == "200");
        assert!(typed.form.staff.is_empty() && !typed.finds);
    }

    #[test]
    fn lines_of_staff_keep_their_fields_together() {
        let typed = read(&[
            ("kind", "staff"),
            ("do", "find"),
            ("userid.4", "zhang"),
            ("weight.4", "3"),
            ("from.4", "09:00"),
            ("to.4", "18:00"),
            ("daily.4", "20"),
            ("add", "li"),
        ]);
        assert_eq!(typed.form.staff.len(), 2);
        let first = &typed.form.staff[0];
        assert_eq!((first.userid.as_str(), first.weight.as_str()), ("zhang", "3"));
        assert_eq!((first.from.as_str(), first.daily_max.as_str()), ("09:00", "20"));
        assert!(typed.finds && typed.form.groups.is_empty());
    }
}
