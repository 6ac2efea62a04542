//! First words of somebody new: welcomed, or into the quiet.

use crate::phrases::Section;
use crate::talks::{Scene, Talk};

/// An introduction that people take up.
pub(crate) fn welcomed(scene: &mut Scene<'_>, who: u32) -> Talk {
    let mut talk = ignored(scene, who);
    let count = scene.dice.between(1, 4);
    for other in scene.people(&scene.stage.greeters, count, &[who]) {
        let after = scene.dice.between(15, 240);
        let text = scene.line(Section::Welcomes);
        let said = talk.say(after, other, text);
        match scene.dice.below(10) {
            0 => talk.call(said, who),
            1..=4 => talk.answer(said, 0),
            _ => {}
        }
    }
    if scene.dice.percent(50) {
        let after = scene.dice.between(20, 200);
        scene.small(&mut talk, who, after, Section::Thanks);
    }
    talk
}

/// An introduction that nobody takes up.
pub(crate) fn ignored(scene: &mut Scene<'_>, who: u32) -> Talk {
    let mut talk = Talk::default();
    let text = scene.line(Section::Intros);
    talk.say(scene.start, who, text);
    talk
}

/// A question that nobody takes up.
pub(crate) fn unanswered(scene: &mut Scene<'_>) -> Option<Talk> {
    let who = scene.stage.askers.draw(scene.dice)?;
    let mut talk = Talk::default();
    let text = scene.line(Section::Silence);
    talk.say(scene.start, who, text);
    Some(talk)
}
