//! 打卡: somebody ran, and says so; others praise or have run too.

use crate::talks::{Scene, Talk};
use domain::Media;

/// One run told, with what follows.
pub(crate) fn told(scene: &mut Scene<'_>) -> Option<Talk> {
    let runner = scene.cast.all.draw(scene.dice)?;
    let mut talk = Talk::default();
    run(scene, &mut talk, scene.start, runner);
    let wheel = &scene.cast.all;
    let count = scene.dice.between(1, 5);
    for who in scene.people(wheel, count, &[runner]) {
        let after = scene.dice.between(15, 260);
        match scene.dice.below(10) {
            0..=2 => run(scene, &mut talk, after, who),
            3..=7 => {
                let phrase = scene.words.praise.draw(scene.dice);
                let text = scene.casual(phrase);
                let said = talk.say(after, who, text);
                if scene.dice.percent(25) {
                    talk.answer(said - 1);
                }
            }
            _ => scene.small(&mut talk, who, after),
        }
    }
    Some(talk)
}

fn run(scene: &mut Scene<'_>, talk: &mut Talk, after: u32, who: u32) {
    let phrase = scene.words.checkins.draw(scene.dice);
    let text = scene.fill(phrase);
    talk.say(after, who, text);
    if scene.dice.percent(35) {
        let after = scene.dice.between(4, 40);
        talk.say(after, who, String::new());
        talk.attach(Media::Image);
    }
}
