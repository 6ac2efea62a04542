//! Somebody asks, others answer, the asker thanks.

use crate::talks::{Scene, Talk};

/// A question with answers that fit it.
pub(crate) fn asked(scene: &mut Scene<'_>) -> Option<Talk> {
    let asker = scene.cast.askers.draw(scene.dice)?;
    let helpers = &scene.cast.helpers;
    let count = scene.dice.between(1, 4);
    let others = scene.people(helpers, count, &[asker]);
    let subject = scene.words.questions.draw(scene.dice)?;
    let question = subject.openers.draw(scene.dice);
    let phrases = subject.replies.draw_some(others.len(), scene.dice);
    let thanks = subject.thanks.draw(scene.dice);

    let mut talk = Talk::default();
    let question = scene.fill(question);
    talk.say(scene.start, asker, question);
    let mut wait = scene.dice.between(40, 600);
    if scene.dice.percent(15) {
        wait += scene.dice.between(600, 2400);
    }
    for (who, phrase) in others.into_iter().zip(phrases) {
        let text = scene.casual(phrase);
        talk.say(wait, who, text);
        match scene.dice.below(10) {
            0..=4 => talk.answer(0),
            5 => talk.call(asker),
            _ => {}
        }
        wait = scene.dice.between(15, 200);
    }
    if talk.lines.len() > 1 && scene.dice.percent(65) {
        let last = talk.lines.len() - 1;
        let text = scene.casual(thanks);
        let after = scene.dice.between(20, 240);
        talk.say(after, asker, text);
        if scene.dice.percent(30) {
            talk.answer(last);
        }
    }
    Some(talk)
}
