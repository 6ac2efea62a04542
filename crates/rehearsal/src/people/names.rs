//! What people call themselves, all invented: nicknames of all sorts, and the card that a kind of
//! group asks for (楼号, city and trade, number in the course …).

use crate::dice::Dice;
use crate::phrases::{lines, phrases};
use crate::plan::{Plan, Soul};
use std::collections::HashSet;
use std::sync::LazyLock;

/// Lists of parts of names, by section.
static PARTS: LazyLock<Vec<(&'static str, Vec<&'static str>)>> = LazyLock::new(|| {
    let mut parts: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in lines(phrases!("nicknames")) {
        match line.strip_prefix("== ") {
            Some(name) => parts.push((name, Vec::new())),
            None => {
                if let Some((_, list)) = parts.last_mut() {
                    list.extend(line.split(' '));
                }
            }
        }
    }
    parts
});

fn part(name: &str, dice: &mut Dice) -> &'static str {
    let list = PARTS.iter().find(|(known, _)| *known == name);
    list.and_then(|(_, list)| dice.pick(list)).unwrap_or_default()
}

/// Gives names that nobody else in the crowd has.
#[derive(Debug)]
pub(crate) struct Registry {
    cards: &'static [(&'static str, u32)],
    soul: Soul,
    taken: HashSet<String>,
}

impl Registry {
    pub(crate) fn new(plan: &Plan) -> Self {
        Self { cards: &plan.habits().cards, soul: plan.soul, taken: HashSet::new() }
    }

    /// A name for the person with this number. Whoever is known in other groups keeps the nickname.
    pub(crate) fn name(&mut self, number: u32, dice: &mut Dice) -> String {
        for round in 0..24 {
            let known = self.soul.name_seed(number).filter(|_| round == 0);
            let nick = match known {
                Some(seed) => nickname(&mut Dice::seeded(seed)),
                None => nickname(dice),
            };
            let weights: Vec<u32> = self.cards.iter().map(|(_, weight)| *weight).collect();
            let style = self.cards.get(dice.weighted(&weights)).map_or("plain", |(style, _)| style);
            let name = card(style, &nick, dice);
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
        let name = format!("{}{number}", nickname(dice));
        self.taken.insert(name.clone());
        name
    }

    /// A name by what somebody is in the group; `{nick}` stands for a nickname.
    pub(crate) fn called(&mut self, called: &str, dice: &mut Dice) -> String {
        let name = called.replace("{nick}", &nickname(dice));
        self.own(&name)
    }

    /// This name, or one like it that nobody has.
    fn own(&mut self, name: &str) -> String {
        let mut own = name.to_owned();
        while !self.taken.insert(own.clone()) {
            own.push_str("·本号");
        }
        own
    }

    /// A later name for somebody.
    pub(crate) fn later(&mut self, name: &str, dice: &mut Dice) -> String {
        for _ in 0..24 {
            let later = format!("{name}{}", part("additions", dice));
            if self.taken.insert(later.clone()) {
                return later;
            }
        }
        self.own(&format!("{name}2"))
    }
}

/// What somebody is called everywhere.
fn nickname(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..=37 => part("nicks", dice).to_owned(),
        38..=47 => format!("{}{}", part("before", dice), part("single", dice)),
        48..=57 => part("phrases", dice).to_owned(),
        58..=66 => part("english", dice).to_owned(),
        67..=72 => format!("{}{}", part("english", dice), part("marks", dice)),
        73..=81 => format!("{}{}", part("nicks", dice), part("emoji", dice)),
        82..=87 => format!("{}{}", part("surnames", dice), part("titles", dice)),
        88..=92 => format!("{}{}", part("surnames", dice), part("given", dice)),
        93..=95 => format!("{}{}", part("nicks", dice), dice.between(1, 99)),
        _ => format!("{}{}", part("adjectives", dice), part("nicks", dice)),
    }
}

/// The card that is shown in the group.
fn card(style: &str, nick: &str, dice: &mut Dice) -> String {
    match style {
        "block" => {
            let (house, floor) = (dice.between(1, 28), dice.between(1, 32));
            let door = dice.between(1, 4);
            match dice.below(4) {
                0 => format!("{house}-{floor}0{door} {nick}"),
                1 => format!("{house}栋{floor}0{door}{nick}"),
                2 => format!("{house}#{floor}0{door}-{nick}"),
                _ => format!("{nick} {house}栋"),
            }
        }
        "parent" => {
            let child = part("children", dice);
            let who = dice.pick(&["妈妈", "爸爸", "妈", "麻麻", "奶奶", "外婆"]).unwrap_or("妈妈");
            format!("{child}{who}")
        }
        "trade" => {
            let (city, trade) = (part("cities", dice), part("trades", dice));
            match dice.below(4) {
                0 => format!("{nick}-{trade}-{city}"),
                1 => format!("{city}｜{trade}｜{nick}"),
                2 => format!("{trade}·{nick}（{city}）"),
                _ => format!("{city}-{nick}"),
            }
        }
        "student" => format!("{:02}-{nick}", dice.between(1, 300)),
        "city" => format!("{nick}·{}", part("cities", dice)),
        "player" => {
            let (open, close) = dice.pick(PLAYERS).unwrap_or_default();
            format!("{open}{nick}{close}")
        }
        "server" => format!("{}区-{nick}", dice.between(1, 36)),
        "area" => format!("{nick}-{}", part("areas", dice)),
        _ => nick.to_owned(),
    }
}

/// How players dress their names up.
const PLAYERS: &[(&str, &str)] = &[
    ("丶", ""),
    ("", "丶"),
    ("☆", "☆"),
    ("Zz", ""),
    ("", "ovo"),
    ("灬", ""),
    ("卍", "卍"),
    ("", "qwq"),
    ("不想", ""),
    ("【铁】", ""),
];
