//! What staff start: notices, offers, "type 1", and lists that everybody copies and lengthens
//! (接龙).

use crate::phrases::Section;
use crate::talks::{Manner, Scene, Talk};
use std::fmt::Write;

/// A notice and who has read it.
pub(crate) fn announced(scene: &mut Scene<'_>) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let mut talk = Talk::default();
    let text = scene.line(Section::Announcements);
    talk.say(scene.start, keeper, text);
    let count = scene.dice.between(1, 5);
    for who in scene.people(&scene.stage.all, count, &[keeper]) {
        let after = scene.dice.between(20, 240);
        scene.small(&mut talk, who, after, Section::Acks);
    }
    Some(talk)
}

/// Something that staff offer; those who hunt for gifts are there at once.
pub(crate) fn offered(scene: &mut Scene<'_>) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let wanted = scene.dice.index(5) + 2;
    let when = scene.when();
    let chosen = scene.words.offers.choose(when, wanted, scene.dice)?;
    let mut talk = Talk::default();
    let text = scene.fill(chosen.opener);
    talk.say(scene.start, keeper, text);
    let hunters = scene.dice.between(0, 2);
    let mut seen = vec![keeper];
    for who in scene.people(&scene.stage.hunters, hunters, &[keeper]) {
        let after = scene.dice.between(5, 60);
        let text = scene.line(Section::Freebies);
        talk.say(after, who, text);
        seen.push(who);
    }
    for phrase in chosen.replies {
        let Some(who) = scene.stage.all.other(&seen, scene.dice) else { break };
        let after = scene.dice.between(10, 180);
        let said = scene.speak(&mut talk, after, who, (phrase, Manner::Plain));
        if scene.dice.percent(25) {
            talk.answer(said, 0);
        }
        seen.push(who);
    }
    Some(talk)
}

/// "Type 1 if you come."
pub(crate) fn window(scene: &mut Scene<'_>) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let mut talk = Talk::default();
    let text = scene.line(Section::Windows);
    talk.say(scene.start, keeper, text);
    // Some of those who are about, up to a dozen.
    let about = scene.stage.all.len() / 3;
    let count = scene.dice.between(4, about.clamp(5, 13));
    for who in scene.people(&scene.stage.all, count, &[keeper]) {
        let after = scene.dice.between(4, 45);
        talk.say(after, who, "1".to_owned());
    }
    let after = scene.dice.between(30, 120);
    let people = talk.lines.len() - 1;
    let counted = match scene.dice.below(3) {
        0 => format!("好，目前{people}位，记下了"),
        1 => format!("{people}个，还有吗"),
        _ => format!("收到，先按{people}位算"),
    };
    talk.say(after, keeper, counted);
    Some(talk)
}

/// A list that grows by one name with each message.
pub(crate) fn chain(scene: &mut Scene<'_>, day: u32) -> Option<Talk> {
    let keeper = scene.keeper()?;
    let mut talk = Talk::default();
    let mut list = scene.line(Section::Chains);
    let count = scene.dice.between(3, (scene.stage.all.len() / 5).clamp(4, 7));
    let mut after = scene.start;
    let joining = scene.people(&scene.stage.all, count, &[keeper]);
    for (at, who) in std::iter::once(keeper).chain(joining).enumerate() {
        let people = scene.people;
        let person = usize::try_from(who).ok().and_then(|at| people.get(at))?;
        let added = write!(list, "\n{}. {}", at + 1, person.name_on(day));
        debug_assert!(added.is_ok(), "writing to a string does not fail");
        if scene.dice.percent(30) {
            list.push(' ');
            list.push_str(&scene.line(Section::Extras));
        }
        talk.say(after, who, list.clone());
        after = scene.dice.between(30, 500);
    }
    Some(talk)
}
