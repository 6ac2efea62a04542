//! A form of a wording, as it was sent: fields in their order, things beside the words in slots.

use app::wecom::{BESIDE_MAX, GroupWelcomeForm, Notified, WordingForm};
use engine::welcome::{Beside, Hours};

/// Pairs of a form.
pub(super) type Pairs = Vec<(String, String)>;

/// What is to be done with a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    /// Keep it.
    Save,
    /// Show what customers will read.
    Preview,
    /// It was changed; show it again.
    Shown,
}

/// The last value of a field.
pub(super) fn last<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().rfind(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// What a form of a wording says, after the button that sent it was heard.
pub(super) fn wording(pairs: &Pairs) -> (WordingForm, Act) {
    let mut beside = slots(pairs);
    let act = heard(pairs, &mut beside, BESIDE_MAX);
    let staff = pairs.iter().filter(|(name, _)| name == "staff").map(|(_, one)| one.clone());
    let hours = match last(pairs, "hours") {
        "on" => Hours::OnDuty,
        "off" => Hours::OffDuty,
        _ => Hours::Any,
    };
    let form = WordingForm {
        name: last(pairs, "name").to_owned(),
        channels: last(pairs, "channels").to_owned(),
        staff: staff.filter(|one| !one.is_empty()).collect(),
        hours,
        channel: last(pairs, "channel").to_owned(),
        group: last(pairs, "group").parse().ok(),
        text: last(pairs, "text").to_owned(),
        beside,
    };
    (form, act)
}

/// What a form of a welcome of groups says.
pub(super) fn group(pairs: &Pairs) -> (GroupWelcomeForm, Act) {
    let mut beside = slots(pairs);
    let act = heard(pairs, &mut beside, 1);
    let told = last(pairs, "notify") == "1";
    let form = GroupWelcomeForm {
        name: last(pairs, "name").to_owned(),
        text: last(pairs, "text").to_owned(),
        beside: beside.into_iter().next(),
        notified: if told { Notified::Owners } else { Notified::Nobody },
    };
    (form, act)
}

/// Things beside the words, as they were typed.
fn slots(pairs: &Pairs) -> Vec<Beside> {
    (0..BESIDE_MAX).filter_map(|at| slot(pairs, at)).collect()
}

fn slot(pairs: &Pairs, at: usize) -> Option<Beside> {
    let of = |name: &str| last(pairs, &format!("b{at}_{name}")).trim().to_owned();
    let medium = of("medium").parse().unwrap_or(0);
    Some(match of("kind").as_str() {
        "image" => Beside::Image { medium },
        "link" => Beside::Link {
            title: of("title"),
            desc: of("desc"),
            url: of("url"),
            picture: of("picture"),
        },
        "app" => Beside::App { title: of("title"), appid: of("appid"), page: of("page"), medium },
        "video" => Beside::Video { medium },
        "file" => Beside::File { medium },
        _ => return None,
    })
}

/// An empty thing of a kind.
fn blank(kind: &str) -> Option<Beside> {
    slot(&vec![("b0_kind".to_owned(), kind.to_owned())], 0)
}

/// Does what the button asks of the list.
fn heard(pairs: &Pairs, beside: &mut Vec<Beside>, most: usize) -> Act {
    let act = last(pairs, "act");
    match act.split_once('_') {
        Some(("add", kind)) => {
            beside.extend(blank(kind).filter(|_| beside.len() < most));
            Act::Shown
        }
        Some(("drop", at)) => {
            if let Some(at) = at.parse().ok().filter(|at| *at < beside.len()) {
                beside.remove(at);
            }
            Act::Shown
        }
        Some(("up", at)) => {
            if let Some(at) = at.parse().ok().filter(|at| (1..beside.len()).contains(at)) {
                beside.swap(at - 1, at);
            }
            Act::Shown
        }
        _ if act == "preview" => Act::Preview,
        _ => Act::Save,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(of: &[(&str, &str)]) -> Pairs {
        of.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn buttons_change_the_list_and_nothing_else() {
        let two = [
            ("b0_kind", "image"),
            ("b0_medium", "7"),
            ("b1_kind", "link"),
            ("b1_title", " t "),
            ("text", "a"),
        ];
        let with = |act: &str| {
            let mut all = two.to_vec();
            all.push(("act", act));
            let (form, act) = wording(&pairs(&all));
            assert_eq!(form.text, "a");
            (form.beside.iter().map(Beside::word).collect::<Vec<_>>(), act)
        };
        assert_eq!(with("save"), (vec!["image", "link"], Act::Save));
        assert_eq!(with("preview"), (vec!["image", "link"], Act::Preview));
        assert_eq!(with("add_app"), (vec!["image", "link", "app"], Act::Shown));
        assert_eq!(with("add_x"), (vec!["image", "link"], Act::Shown));
        assert_eq!(with("drop_0"), (vec!["link"], Act::Shown));
        assert_eq!(with("drop_9"), (vec!["image", "link"], Act::Shown));
        assert_eq!(with("up_1"), (vec!["link", "image"], Act::Shown));
        assert_eq!(with("up_0"), (vec!["image", "link"], Act::Shown));
        assert_eq!(wording(&pairs(&[])).1, Act::Save, "without a button it is the first one");
    }
}
