//! 打卡: somebody did it, and says so; others praise or have done it too.

use crate::phrases::Section;
use crate::talks::{Manner, Scene, Talk};
use domain::Media;

/// One check-in, with what follows.
pub(crate) fn told(scene: &mut Scene<'_>) -> Option<Talk> {
    let first = scene.stage.all.draw(scene.dice)?;
    let mut talk = Talk::default();
    done(scene, &mut talk, scene.start, first);
    let count = scene.dice.between(1, 5);
    for who in scene.people(&scene.stage.all, count, &[first]) {
        let after = scene.dice.between(15, 260);
        match scene.dice.below(10) {
            0..=2 => done(scene, &mut talk, after, who),
            3..=7 => {
                let phrase = scene.words.draw(Section::Praise, scene.dice);
                let last = talk.lines.len() - 1;
                let said = scene.speak(&mut talk, after, who, (phrase, Manner::Plain));
                if scene.dice.percent(25) {
                    talk.answer(said, last);
                }
            }
            _ => scene.small(&mut talk, who, after, Section::Nods),
        }
    }
    Some(talk)
}

fn done(scene: &mut Scene<'_>, talk: &mut Talk, after: u32, who: u32) {
    let text = scene.line(Section::Checkins);
    talk.say(after, who, text);
    if scene.dice.percent(35) {
        let after = scene.dice.between(4, 40);
        talk.say(after, who, String::new());
        talk.attach(Media::Image);
    }
}
