//! The form of a code: what was typed, what can be chosen, what is wrong.

use app::console::FieldError;
use app::links::{Choices, CodeForm, CodeKind, PlacementView, RuleLine};
use report::Lang;

use crate::console::codes::typed::Typed;
use crate::console::codes::words::{called, kind as kind_words};
use crate::console::codes::wrongs::words;
use crate::words::number;

/// What is found is shown up to so many.
const FOUND_MAX: usize = 30;
/// Empty rules below those there are.
const FREE_RULES: usize = 2;
/// Days of duty that are offered: word of the form, Chinese and English.
const DAYS: [(&str, &str, &str); 5] = [
    ("", "每天", "Every day"),
    ("12345", "周一到周五", "Mon–Fri"),
    ("123456", "周一到周六", "Mon–Sat"),
    ("234567", "周二到周日", "Tue–Sun"),
    ("67", "周末", "Sat, Sun"),
];

/// Something to choose.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) word: String,
    pub(crate) on: bool,
}

/// A group or somebody of staff behind the code.
pub(crate) struct PickView {
    pub(crate) key: String,
    pub(crate) name: String,
    /// Members and owner of a group.
    pub(crate) about: String,
    pub(crate) limit: String,
    pub(crate) spare: bool,
    pub(crate) weight: String,
    pub(crate) days: Vec<Choice>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) daily: String,
}

/// A rule of a super code.
pub(crate) struct RuleView {
    pub(crate) placement: Vec<Choice>,
    pub(crate) device: Vec<Choice>,
    pub(crate) place: Vec<Choice>,
    pub(crate) visit: Vec<Choice>,
    pub(crate) days: Vec<Choice>,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) to_code: Vec<Choice>,
}

/// The form.
pub(crate) struct FormView {
    pub(crate) kind: &'static str,
    pub(crate) typed: CodeForm,
    pub(crate) companies: Vec<Choice>,
    pub(crate) picks: Vec<PickView>,
    pub(crate) find: String,
    /// Key, name, about.
    pub(crate) found: Vec<[String; 3]>,
    /// How many more fit what is looked for; empty for none.
    pub(crate) more: String,
    pub(crate) spare_staff: Vec<Choice>,
    pub(crate) leads_to: Vec<Choice>,
    pub(crate) rules: Vec<RuleView>,
    pub(crate) otherwise: Vec<Choice>,
    /// Field and words, in order.
    pub(crate) wrong: Vec<(&'static str, &'static str)>,
}

impl FormView {
    /// The form of a kind with what was typed; `placements` are those of the code, if it is there.
    pub(super) fn of(
        (kind, typed): (CodeKind, &Typed),
        choices: &Choices,
        placements: &[PlacementView],
        (wrong, l): (&[FieldError], Lang),
    ) -> Self {
        let form = &typed.form;
        let company = company(form, choices);
        let all = candidates(kind, company, choices, l);
        let chosen: Vec<&str> = match kind {
            CodeKind::Staff => form.staff.iter().map(|one| one.userid.as_str()).collect(),
            _ => form.groups.iter().map(|one| one.chat.as_str()).collect(),
        };
        let sought = typed.find.to_lowercase();
        let fits = |one: &&[String; 3]| {
            !chosen.contains(&one[0].as_str()) && one[1].to_lowercase().contains(&sought)
        };
        let fitting: Vec<&[String; 3]> = all.iter().filter(fits).collect();
        let over = fitting.len().saturating_sub(FOUND_MAX);
        let over_words = number(over as u64);
        let more = l.pick(
            format!("还有 {over_words} 个，写几个字再查找。"),
            format!("{over_words} more: type a few letters and look again."),
        );
        let codes = |chosen: &str, none: [&'static str; 2]| {
            let others = choices.codes.iter().map(|(id, kind, name)| {
                (id.to_string(), format!("{name} · {}", kind_words(*kind, l)))
            });
            selected(others, chosen, l.pick(none[0], none[1]))
        };
        let rules = form.rules.iter().cloned();
        let free = if kind == CodeKind::Rules { FREE_RULES } else { 0 };
        let rules = rules.chain(std::iter::repeat_n(RuleLine::default(), free));
        let rule = |line: RuleLine| {
            let hung = placements.iter().map(|one| (one.id.to_string(), one.name.clone()));
            RuleView {
                placement: selected(hung, &line.placement, l.pick("任何投放位", "any placement")),
                device: fixed(&DEVICES, &line.device, l),
                place: fixed(&PLACES, &line.place, l),
                visit: fixed(&VISITS, &line.visit, l),
                days: days(&line.days, l),
                to_code: codes(&line.to_code, ["（不用这条）", "(no rule)"]),
                from: line.from,
                to: line.to,
            }
        };
        Self {
            kind: kind.word(),
            companies: companies(choices, company),
            picks: picks(form, kind, &all, l),
            find: typed.find.clone(),
            found: fitting.iter().take(FOUND_MAX).map(|one| (*one).clone()).collect(),
            more: if over == 0 { String::new() } else { more },
            spare_staff: {
                let staff = candidates(CodeKind::Staff, company, choices, l);
                let staff = staff.into_iter().map(|[key, name, _]| (key, name));
                selected(staff, &form.spare_staff, l.pick("不设", "nobody"))
            },
            leads_to: codes(&form.leads_to, ["不接", "none"]),
            rules: rules.map(rule).collect(),
            otherwise: codes(&form.otherwise, ["请选一个", "choose one"]),
            wrong: wrong.iter().map(|one| (one.field, words(one.field, one.code, l))).collect(),
            typed: form.clone(),
        }
    }

    /// What is wrong with a field; empty for nothing.
    pub(crate) fn error(&self, field: &str) -> &'static str {
        self.wrong.iter().find(|(own, _)| *own == field).map_or("", |(_, words)| words)
    }

    /// What is wrong with any of these fields, apart by blanks; a sentence each.
    pub(crate) fn errors(&self, fields: &str) -> Vec<&'static str> {
        let named = |own: &str| fields.split(' ').any(|field| field == own);
        let of = self.wrong.iter().filter(|(own, _)| named(own));
        of.map(|(_, words)| *words).collect()
    }
}

/// The company that counts: the one that was chosen, or the only one.
fn company(form: &CodeForm, choices: &Choices) -> Option<i64> {
    form.company.parse().ok().or_else(|| choices.companies.first().map(|(id, _)| *id))
}

fn companies(choices: &Choices, chosen: Option<i64>) -> Vec<Choice> {
    let choice = |(id, corp): &(i64, String)| Choice {
        value: id.to_string(),
        word: corp.clone(),
        on: chosen == Some(*id),
    };
    choices.companies.iter().map(choice).collect()
}

/// Groups or staff of a company: key, name, about.
fn candidates(
    kind: CodeKind,
    company: Option<i64>,
    choices: &Choices,
    l: Lang,
) -> Vec<[String; 3]> {
    if kind == CodeKind::Staff {
        let own = choices.staff.iter().filter(|one| Some(one.company) == company);
        return own.map(|one| [one.userid.clone(), one.name.clone(), String::new()]).collect();
    }
    let own = choices.groups.iter().filter(|one| Some(one.company) == company);
    let about = |members: u32, owner: &str| {
        let members = number(members.into());
        l.pick(format!("{members} 人 · 群主 {owner}"), format!("{members} people · owner {owner}"))
    };
    own.map(|one| [one.chat.clone(), called(&one.name, l), about(one.members, &one.owner)])
        .collect()
}

fn picks(form: &CodeForm, kind: CodeKind, all: &[[String; 3]], l: Lang) -> Vec<PickView> {
    let known = |key: &str| {
        let found = all.iter().find(|[own, ..]| own == key);
        let [_, name, about] =
            found.cloned().unwrap_or_else(|| [String::new(), key.to_owned(), String::new()]);
        (name, about)
    };
    if kind == CodeKind::Staff {
        let pick = |line: &app::links::StaffLine| {
            let (name, about) = known(&line.userid);
            PickView {
                key: line.userid.clone(),
                name,
                about,
                limit: String::new(),
                spare: false,
                weight: line.weight.clone(),
                days: days(&line.days, l),
                from: line.from.clone(),
                to: line.to.clone(),
                daily: line.daily_max.clone(),
            }
        };
        return form.staff.iter().filter(|one| !one.userid.is_empty()).map(pick).collect();
    }
    let pick = |line: &app::links::GroupLine| {
        let (name, about) = known(&line.chat);
        PickView {
            key: line.chat.clone(),
            name,
            about,
            limit: line.limit.clone(),
            spare: line.is_spare,
            weight: String::new(),
            days: Vec::new(),
            from: String::new(),
            to: String::new(),
            daily: String::new(),
        }
    };
    form.groups.iter().filter(|one| !one.chat.is_empty()).map(pick).collect()
}

/// What may be chosen, with "nothing" in front.
fn selected(
    all: impl Iterator<Item = (String, String)>,
    chosen: &str,
    nothing: &str,
) -> Vec<Choice> {
    let none = (String::new(), nothing.to_owned());
    let choice = |(value, word): (String, String)| Choice { on: value == chosen, value, word };
    std::iter::once(none).chain(all).map(choice).collect()
}

/// Words of a rule: word of the form, Chinese and English.
type Words = [(&'static str, &'static str, &'static str)];

const DEVICES: [(&str, &str, &str); 4] = [
    ("", "任何设备", "any device"),
    ("ios", "苹果手机", "iPhone"),
    ("android", "安卓手机", "Android"),
    ("computer", "电脑", "computer"),
];

const PLACES: [(&str, &str, &str); 3] = [
    ("", "任何地方打开", "opened anywhere"),
    ("wechat", "在微信里打开", "opened in WeChat"),
    ("elsewhere", "不在微信里", "opened elsewhere"),
];

const VISITS: [(&str, &str, &str); 3] = [
    ("", "来没来过都行", "came before or not"),
    ("first", "第一次来", "first time"),
    ("again", "来过", "came before"),
];

fn fixed(words: &Words, chosen: &str, l: Lang) -> Vec<Choice> {
    let choice = |(value, zh, en): &(&str, &'static str, &'static str)| Choice {
        value: (*value).to_owned(),
        word: l.pick(*zh, *en).to_owned(),
        on: *value == chosen,
    };
    words.iter().map(choice).collect()
}

/// Days that are offered; other ones that were chosen before stay.
fn days(chosen: &str, l: Lang) -> Vec<Choice> {
    let chosen = if chosen == "1234567" { "" } else { chosen };
    let mut all = fixed(&DAYS, chosen, l);
    if all.iter().all(|one| !one.on) {
        all.push(Choice { value: chosen.to_owned(), word: day_names(chosen, l), on: true });
    }
    all
}

fn day_names(days: &str, l: Lang) -> String {
    let name = |day: char| {
        let weekday = day.to_digit(10).filter(|day| (1..=7).contains(day))?;
        Some(report::speech::weekday(u8::try_from(weekday - 1).ok()?, l))
    };
    let names: Vec<&str> = days.chars().filter_map(name).collect();
    names.join(l.pick("、", ", "))
}
