//! Talk that asks nothing: subjects of the day, weather, greetings, pictures.

use crate::talks::{Scene, Talk};
use domain::Media;

/// A subject and what people say to it.
pub(crate) fn topic(scene: &mut Scene<'_>) -> Option<Talk> {
    let opener = scene.cast.all.draw(scene.dice)?;
    let wheel = &scene.cast.all;
    let count = scene.dice.between(2, 5);
    let others = scene.people(wheel, count, &[opener]);
    let subject = scene.words.topics.draw(scene.dice)?;
    let opening = subject.openers.draw(scene.dice);
    let wanted = scene.dice.index(5) + 2;
    let replies = subject.replies.draw_some(wanted, scene.dice);

    let mut talk = Talk::default();
    let opening = scene.fill(opening);
    talk.say(scene.start, opener, opening);
    if scene.dice.percent(12) {
        picture(scene, &mut talk, opener);
    }
    let mut before = opener;
    for phrase in replies {
        let mut speakers: Vec<u32> = others.iter().copied().filter(|who| *who != before).collect();
        if before != opener && scene.dice.percent(20) {
            speakers.push(opener);
        }
        let Some(who) = scene.dice.pick(&speakers) else { break };
        let after = scene.dice.between(8, 150);
        let text = scene.casual(phrase);
        let said = talk.say(after, who, text);
        match scene.dice.below(20) {
            0..=3 => talk.answer(said - 1),
            4 => talk.call(before),
            5 => talk.attach(Media::Audio),
            _ => {}
        }
        before = who;
    }
    if scene.dice.percent(35) && before != opener {
        let after = scene.dice.between(10, 120);
        scene.small(&mut talk, opener, after);
    }
    unspoken(&mut talk);
    Some(talk)
}

/// Somebody looks out of the window; one or two say a word.
pub(crate) fn weather(scene: &mut Scene<'_>) -> Option<Talk> {
    let phrase = scene.words.weather.draw(scene.dice);
    short(scene, phrase, 2)
}

/// Good morning.
pub(crate) fn greeting(scene: &mut Scene<'_>) -> Option<Talk> {
    let phrase = scene.words.greetings.draw(scene.dice);
    let mut talk = short(scene, phrase, 1)?;
    let seen: Vec<u32> = talk.lines.iter().map(|line| line.who).collect();
    let wheel = &scene.cast.all;
    let count = scene.dice.below(3);
    for who in scene.people(wheel, count, &seen) {
        let text = scene.words.greetings.draw(scene.dice);
        let text = scene.fill(text);
        let after = scene.dice.between(20, 400);
        talk.say(after, who, text);
    }
    Some(talk)
}

/// A picture with a caption, and praise.
pub(crate) fn photo(scene: &mut Scene<'_>) -> Option<Talk> {
    let who = scene.cast.all.draw(scene.dice)?;
    let mut talk = Talk::default();
    let captioned = scene.dice.percent(60);
    let caption = if captioned { scene.words.captions.draw(scene.dice) } else { "" };
    let caption = caption.to_owned();
    talk.say(scene.start, who, caption);
    talk.attach(Media::Image);
    for _ in 0..scene.dice.below(3) {
        let after = scene.dice.between(3, 15);
        talk.say(after, who, String::new());
        talk.attach(Media::Image);
    }
    let wheel = &scene.cast.all;
    let count = scene.dice.between(1, 3);
    for other in scene.people(wheel, count, &[who]) {
        let after = scene.dice.between(10, 200);
        scene.small(&mut talk, other, after);
    }
    Some(talk)
}

fn picture(scene: &mut Scene<'_>, talk: &mut Talk, who: u32) {
    let after = scene.dice.between(4, 30);
    talk.say(after, who, String::new());
    talk.attach(Media::Image);
}

fn short(scene: &mut Scene<'_>, phrase: &str, small: u32) -> Option<Talk> {
    let who = scene.cast.all.draw(scene.dice)?;
    let mut talk = Talk::default();
    let text = scene.fill(phrase);
    talk.say(scene.start, who, text);
    let wheel = &scene.cast.all;
    let count = scene.dice.between(1, small);
    for other in scene.people(wheel, count, &[who]) {
        let after = scene.dice.between(15, 300);
        scene.small(&mut talk, other, after);
    }
    Some(talk)
}

/// A voice message has no words in an export.
fn unspoken(talk: &mut Talk) {
    for line in talk.lines.iter_mut().filter(|line| line.media == Media::Audio) {
        line.text.clear();
    }
}
