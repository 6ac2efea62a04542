//! First words of somebody new: welcomed, or into the quiet.

use crate::talks::{Scene, Talk};

/// An introduction that people take up.
pub(crate) fn welcomed(scene: &mut Scene<'_>, who: u32) -> Talk {
    let mut talk = Talk::default();
    let phrase = scene.words.intros.draw(scene.dice);
    let text = scene.fill(phrase);
    talk.say(scene.start, who, text);
    let helpers = &scene.cast.helpers;
    let count = scene.dice.between(1, 4);
    for other in scene.people(helpers, count, &[who]) {
        let after = scene.dice.between(15, 240);
        let phrase = scene.words.welcomes.draw(scene.dice);
        let text = scene.fill(phrase);
        talk.say(after, other, text);
        match scene.dice.below(10) {
            0..=3 => talk.call(who),
            4..=5 => talk.answer(0),
            _ => {}
        }
    }
    if scene.dice.percent(50) {
        let after = scene.dice.between(20, 200);
        scene.small(&mut talk, who, after);
    }
    talk
}

/// An introduction that nobody takes up.
pub(crate) fn ignored(scene: &mut Scene<'_>, who: u32) -> Talk {
    let mut talk = Talk::default();
    let phrase = scene.words.intros.draw(scene.dice);
    let text = scene.fill(phrase);
    talk.say(scene.start, who, text);
    talk
}

/// A question that nobody takes up.
pub(crate) fn unanswered(scene: &mut Scene<'_>) -> Option<Talk> {
    let who = scene.cast.askers.draw(scene.dice)?;
    let mut talk = Talk::default();
    let phrase = scene.words.silence.draw(scene.dice);
    let text = scene.fill(phrase);
    talk.say(scene.start, who, text);
    Some(talk)
}
