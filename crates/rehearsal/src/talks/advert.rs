//! Somebody sells; members complain; staff clean up.

use crate::phrases::Section;
use crate::talks::{Scene, Talk};

/// Adverts by these people and what follows. The removals themselves are made by the day; without
/// `cleaned` nobody of the staff is there to see it.
pub(crate) fn posted(scene: &mut Scene<'_>, sellers: &[u32], cleaned: bool) -> Talk {
    let mut talk = Talk::default();
    let mut after = scene.start;
    for seller in sellers {
        for _ in 0..scene.dice.between(1, 2) {
            let text = scene.line(Section::Adverts);
            talk.say(after, *seller, text);
            after = scene.dice.between(5, 90);
        }
    }
    let count = scene.dice.between(2, 4);
    for who in scene.people(&scene.stage.all, count, sellers) {
        let after = scene.dice.between(30, 300);
        let text = scene.line(Section::Complaints);
        talk.say(after, who, text);
    }
    if let Some(keeper) = scene.keeper().filter(|_| cleaned) {
        let after = scene.dice.between(200, 1500);
        let text = scene.line(Section::Moderation);
        talk.say(after, keeper, text);
    }
    talk
}
