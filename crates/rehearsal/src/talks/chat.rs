//! Talk that asks nothing: subjects of the day, talks in their order, greetings, remarks, pictures.

use crate::phrases::{Role, Section};
use crate::talks::{Manner, Scene, Talk};
use domain::Media;

/// A subject and what people say to it; `small` is talk about anything.
pub(crate) fn topic(scene: &mut Scene<'_>, small: bool) -> Option<Talk> {
    let opener = scene.stage.all.draw(scene.dice)?;
    let count = scene.dice.between(2, 5);
    let others = scene.people(&scene.stage.all, count, &[opener]);
    let wanted = scene.dice.index(5) + 2;
    let when = scene.when();
    let subjects = if small { &mut scene.words.small } else { &mut scene.words.topics };
    let chosen = subjects.choose(when, wanted, scene.dice)?;

    let mut talk = Talk::default();
    let opening = scene.fill(chosen.opener);
    talk.say(scene.start, opener, opening);
    if scene.dice.percent(10) {
        let after = scene.dice.between(4, 30);
        talk.say(after, opener, String::new());
        talk.attach(Media::Image);
    }
    let mut before = opener;
    for phrase in chosen.replies {
        let speakers: Vec<u32> = others.iter().copied().filter(|who| *who != before).collect();
        let Some(who) = scene.dice.pick(&speakers) else { break };
        let after = scene.dice.between(8, 150);
        let last = talk.lines.len() - 1;
        let said = scene.speak(&mut talk, after, who, (phrase, Manner::Remark));
        match scene.dice.below(40) {
            0..=7 => talk.answer(said, last),
            8 => talk.call(said, before),
            _ => {}
        }
        before = who;
    }
    if scene.dice.percent(35) && before != opener {
        let after = scene.dice.between(10, 120);
        scene.small(&mut talk, opener, after, Section::Nods);
    }
    Some(talk)
}

/// A talk in its order, each part by one person.
pub(crate) fn thread(scene: &mut Scene<'_>, small: bool) -> Option<Talk> {
    let when = scene.when();
    let thread = if small {
        scene.words.small_thread(when, scene.dice)?
    } else {
        scene.words.thread(when, scene.dice)?
    };
    let keeper = scene.keeper()?;
    let members = scene.people(&scene.stage.all, 4, &[keeper]);
    let mut talk = Talk::default();
    let mut after = scene.start;
    let mut before = None;
    for (role, phrase) in &thread.lines {
        let who = match role {
            Role::Staff => keeper,
            Role::Member(number) => *members.get(*number)?,
        };
        let text = scene.fill(phrase);
        let said = talk.say(after, who, text);
        if said > 0 && scene.dice.percent(14) {
            talk.answer(said, said - 1);
        }
        // Whoever goes on speaking is quick.
        let quick = before == Some(who);
        after = if quick { scene.dice.between(3, 20) } else { scene.dice.between(10, 110) };
        before = Some(who);
    }
    Some(talk)
}

/// A short remark; one or two say a word.
pub(crate) fn aside(scene: &mut Scene<'_>) -> Option<Talk> {
    short(scene, Section::Asides, 2)
}

/// Good morning.
pub(crate) fn greeting(scene: &mut Scene<'_>) -> Option<Talk> {
    let mut talk = short(scene, Section::Greetings, 1)?;
    let seen: Vec<u32> = talk.lines.iter().map(|line| line.who).collect();
    let count = scene.dice.below(3);
    for who in scene.people(&scene.stage.all, count, &seen) {
        let text = scene.line(Section::Greetings);
        let after = scene.dice.between(20, 400);
        talk.say(after, who, text);
    }
    Some(talk)
}

/// A picture with a caption, and small words.
pub(crate) fn photo(scene: &mut Scene<'_>) -> Option<Talk> {
    let who = scene.stage.all.draw(scene.dice)?;
    let mut talk = Talk::default();
    let captioned = scene.dice.percent(60);
    let caption = if captioned { scene.line(Section::Captions) } else { String::new() };
    talk.say(scene.start, who, caption);
    talk.attach(Media::Image);
    for _ in 0..scene.dice.below(3) {
        let after = scene.dice.between(3, 15);
        talk.say(after, who, String::new());
        talk.attach(Media::Image);
    }
    let count = scene.dice.between(1, 3);
    for other in scene.people(&scene.stage.all, count, &[who]) {
        let after = scene.dice.between(10, 200);
        scene.small(&mut talk, other, after, Section::Nods);
    }
    Some(talk)
}

fn short(scene: &mut Scene<'_>, section: Section, small: u32) -> Option<Talk> {
    let who = scene.stage.all.draw(scene.dice)?;
    let mut talk = Talk::default();
    let text = scene.line(section);
    talk.say(scene.start, who, text);
    let count = scene.dice.between(0, small);
    for other in scene.people(&scene.stage.all, count, &[who]) {
        let after = scene.dice.between(15, 300);
        scene.small(&mut talk, other, after, Section::Nods);
    }
    Some(talk)
}
