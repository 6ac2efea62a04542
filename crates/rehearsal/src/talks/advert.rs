//! Somebody sells; members complain; staff clean up.

use crate::talks::{Scene, Talk};

/// Adverts by these people and what follows. The removals themselves are made by the day.
pub(crate) fn posted(scene: &mut Scene<'_>, sellers: &[u32]) -> Talk {
    let mut talk = Talk::default();
    let mut after = scene.start;
    for seller in sellers {
        for _ in 0..scene.dice.between(1, 2) {
            let phrase = scene.words.adverts.draw(scene.dice);
            let text = scene.fill(phrase);
            talk.say(after, *seller, text);
            after = scene.dice.between(5, 90);
        }
    }
    let wheel = &scene.cast.all;
    let count = scene.dice.between(2, 4);
    for who in scene.people(wheel, count, sellers) {
        let after = scene.dice.between(30, 300);
        let text = scene.words.complaints.draw(scene.dice);
        talk.say(after, who, text.to_owned());
    }
    if let Some(keeper) = scene.keeper() {
        let after = scene.dice.between(200, 1500);
        let text = scene.words.moderation.draw(scene.dice);
        talk.say(after, keeper, text.to_owned());
    }
    talk
}
