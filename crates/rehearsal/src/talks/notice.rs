//! What staff start: notices, "type 1", and lists that everybody copies and lengthens (接龙).

use crate::person::Person;
use crate::talks::{Scene, Talk};
use std::fmt::Write;

/// A notice and who has read it.
pub(crate) fn announced(scene: &mut Scene<'_>) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let mut talk = Talk::default();
    let phrase = scene.words.announcements.draw(scene.dice);
    let text = scene.fill(phrase);
    talk.say(scene.start, keeper, text);
    let wheel = &scene.cast.all;
    let count = scene.dice.between(1, 5);
    for who in scene.people(wheel, count, &[keeper]) {
        let after = scene.dice.between(20, 240);
        scene.small(&mut talk, who, after);
    }
    Some(talk)
}

/// "Type 1 if you come."
pub(crate) fn window(scene: &mut Scene<'_>) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let mut talk = Talk::default();
    let phrase = scene.words.windows.draw(scene.dice);
    let text = scene.fill(phrase);
    talk.say(scene.start, keeper, text);
    let wheel = &scene.cast.all;
    let count = scene.dice.between(6, 13);
    for who in scene.people(wheel, count, &[keeper]) {
        let after = scene.dice.between(4, 45);
        talk.say(after, who, "1".to_owned());
    }
    let after = scene.dice.between(30, 120);
    let people = talk.lines.len() - 1;
    talk.say(after, keeper, format!("好，目前{people}位，记下了"));
    Some(talk)
}

/// A list that grows by one name with each message.
pub(crate) fn chain(scene: &mut Scene<'_>, people: &[Person]) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let mut talk = Talk::default();
    let phrase = scene.words.chains.draw(scene.dice);
    let mut list = scene.fill(phrase);
    let wheel = &scene.cast.all;
    let count = scene.dice.between(4, 7);
    let mut after = scene.start;
    let joining = scene.people(wheel, count, &[keeper]);
    for (at, who) in std::iter::once(keeper).chain(joining).enumerate() {
        let person = usize::try_from(who).ok().and_then(|at| people.get(at))?;
        let added = write!(list, "\n{}. {}", at + 1, person.name);
        debug_assert!(added.is_ok(), "writing to a string does not fail");
        if scene.dice.percent(30) {
            list.push(' ');
            list.push_str(scene.words.sizes.draw(scene.dice));
        }
        talk.say(after, who, list.clone());
        after = scene.dice.between(30, 500);
    }
    Some(talk)
}
