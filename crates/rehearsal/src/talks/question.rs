//! Somebody asks, others answer, the asker thanks.

use crate::phrases::Section;
use crate::talks::{Manner, Scene, Talk};

/// A question with answers that fit it.
pub(crate) fn asked(scene: &mut Scene<'_>) -> Option<Talk> {
    let asker = scene.stage.askers.draw(scene.dice)?;
    let count = scene.dice.between(1, 4);
    let others = scene.people(&scene.stage.helpers, count, &[asker]);
    let when = scene.when();
    let chosen = scene.words.questions.choose(when, others.len().max(1), scene.dice)?;

    let mut talk = Talk::default();
    let question = scene.fill(chosen.opener);
    talk.say(scene.start, asker, question);
    let mut wait = scene.dice.between(40, 600);
    if scene.dice.percent(15) {
        wait += scene.dice.between(600, 2400);
    }
    for (who, phrase) in others.into_iter().zip(chosen.replies) {
        let said = scene.speak(&mut talk, wait, who, (phrase, Manner::Advice));
        match scene.dice.below(20) {
            0..=9 => talk.answer(said, 0),
            10 => talk.call(said, asker),
            _ => {}
        }
        wait = scene.dice.between(15, 200);
    }
    if scene.dice.percent(22) {
        taken_up(scene, &mut talk, wait);
    }
    let answered = talk.lines.len() > 1;
    if let Some(thanks) = chosen.thanks.filter(|_| answered && scene.dice.percent(65)) {
        let last = talk.lines.len() - 1;
        let after = scene.dice.between(20, 240);
        let said = scene.speak(&mut talk, after, asker, (thanks, Manner::Plain));
        if scene.dice.percent(30) {
            talk.answer(said, last);
        }
    }
    Some(talk)
}

/// One of the staff says that the question is seen.
fn taken_up(scene: &mut Scene<'_>, talk: &mut Talk, after: u32) {
    if let Some(keeper) = scene.stage.staff.draw(scene.dice) {
        let text = scene.line(Section::Assured);
        let said = talk.say(after, keeper, text);
        if scene.dice.percent(50) {
            talk.answer(said, 0);
        }
    }
}
