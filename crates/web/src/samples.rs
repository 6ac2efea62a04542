//! Every template with hostile words in it, rendered in both languages by one test.

use std::collections::HashMap;

use app::live::Line;
use askama::Template;
use domain::{
    ActorClass, Fact, FactKind, FeatureWord, IdentityId, LeaveManner, Millis, Seq, ServiceKind,
    SourceKey, Zone,
};
use engine::Member;
use report::Lang;

use crate::door::Theme;
use crate::line::{Badge, Cast, Quote, Scene, Sight};
use crate::member::samples as member;
use crate::trouble::{ConsoleTrouble, TroublePage};

/// What somebody might call himself.
pub(crate) const HOSTILE: &str = "<script>alert('小林')</script>\"";

pub(crate) fn hostile() -> String {
    HOSTILE.to_owned()
}

pub(crate) fn quote() -> Quote {
    Quote { key: 7, name: hostile(), excerpt: hostile() }
}

pub(crate) fn badge() -> Badge {
    Badge(ActorClass::Host)
}

fn fact(kind: FactKind, detail: u8, class: ActorClass) -> Fact {
    Fact {
        at: Millis(1_795_349_100_000),
        source: SourceKey { key: 9, part: 0 },
        kind,
        class,
        detail,
        actor: IdentityId(1),
        other: IdentityId(2),
        reply_to: Some(7),
        features: FeatureWord::default(),
        text_hash: 0,
    }
}

/// Every kind of line.
fn lines() -> Vec<Line> {
    let mut facts = vec![
        fact(FactKind::Join, 1, ActorClass::Member),
        fact(FactKind::Leave, LeaveManner::Left as u8, ActorClass::Member),
        fact(FactKind::Leave, LeaveManner::Removed as u8, ActorClass::Member),
        fact(FactKind::Rename, 0, ActorClass::Member),
        fact(FactKind::Edit, 0, ActorClass::Member),
        fact(FactKind::Reaction, 0, ActorClass::Member),
    ];
    facts.extend(ActorClass::ALL.map(|class| fact(FactKind::Message, 0, class)));
    facts.extend(
        ServiceKind::ALL.iter().map(|kind| fact(FactKind::Service, *kind as u8, ActorClass::Staff)),
    );
    let line = |(at, fact): (usize, Fact)| Line {
        seq: Seq(i64::try_from(at).unwrap()),
        words: Some(HOSTILE.into()),
        fact,
    };
    facts.into_iter().enumerate().map(line).collect()
}

fn scene(lang: Lang) -> Scene {
    let member = |who: u32| Member {
        who: IdentityId(who),
        name: HOSTILE.into(),
        class: ActorClass::Member,
        stay: 1,
        joined: Millis(0),
        left: None,
        via: "".into(),
        rules: 0,
        muted_until: None,
        has_spoken: true,
    };
    Scene {
        lang,
        zone: Zone::named("Asia/Shanghai").unwrap(),
        now: Millis(1_795_349_100_000),
        cast: Cast::of([member(1), member(2)]),
        quotes: HashMap::from([(7, Some(quote()))]),
        me: IdentityId(2),
    }
}

fn trouble(l: Lang) -> String {
    let page = |incident: Option<&str>, back: Option<&str>| TroublePage {
        l,
        title: hostile(),
        say: hostile(),
        incident: incident.map(str::to_owned),
        back: back.map(str::to_owned),
        again_s: back.map(|_| 5),
    };
    let console = ConsoleTrouble {
        l,
        theme: Theme::Dark,
        title: hostile(),
        say: hostile(),
        icon: "lock",
        incident: Some(hostile()),
        again_s: Some(5),
    };
    console.render().unwrap()
        + &page(Some("7F3A-21"), None).render().unwrap()
        + &page(None, Some("/g/code")).render().unwrap()
}

fn sight(l: Lang) -> Sight {
    let lines = scene(l).views(&lines()).iter().map(|view| view.html(l)).collect();
    Sight { l, base: "/g/code".to_owned(), lines, before: Some(1), after: Some(9), last: 9 }
}

/// No markup of people, nothing inline, every language's words its own.
fn check(html: &str, what: &str, lang: Lang) {
    assert!(!html.contains("<script>") && !html.contains("alert('"), "{what}: {html}");
    assert!(!html.contains(" style=") && !html.contains("<style"), "{what}");
    assert!(!html.contains("{{") && !html.contains("{%"), "{what}");
    let ours = html.replace("小林", "").replace(">小<", "").replace("中文", "");
    let has_han = ours.chars().any(|letter| ('\u{4E00}'..='\u{9FFF}').contains(&letter));
    match lang {
        Lang::Zh => assert!(has_han, "{what} has Chinese words"),
        Lang::En => assert!(!has_han, "{what} has English words only: {ours}"),
    }
}

#[test]
fn every_template_renders_in_both_languages_and_lets_no_markup_through() {
    for lang in Lang::ALL {
        check(&trouble(lang), "trouble", lang);
        check(&sight(lang).render().unwrap(), "lines", lang);
        let mut pages = member::all(lang, || sight(lang));
        pages.extend(crate::console::people::samples::all(lang));
        pages.extend(crate::console::search::samples::all(lang));
        pages.extend(crate::console::figures::samples::all(lang));
        pages.extend(crate::console::settings::samples::all(lang));
        pages.extend(crate::console::uploads::samples::all(lang));
        pages.extend(crate::console::wecom::samples::all(lang));
        pages.extend(crate::console::wecom::handover::samples::all(lang));
        pages.extend(crate::console::codes::samples::all(lang));
        pages.extend(crate::links::samples(lang));
        pages.extend(crate::console::wecom::welcome::samples::all(lang));
        pages.extend(crate::console::gallery::samples::all(lang));
        pages.extend(crate::console::team::samples::all(lang));
        pages.extend(crate::console::today::samples::all(lang));
        pages.extend(crate::console::phone::samples::all(lang));
        pages.extend(crate::console::takeover::samples::all(lang));
        pages.extend(crate::console::groups::samples::all(lang, || sight(lang)));
        for (what, html) in pages {
            check(&html, what, lang);
        }
    }
}

#[test]
fn a_live_fragment_of_every_kind_keeps_the_place_of_its_line() {
    for line in lines() {
        let html = scene(Lang::Zh).live(&line);
        assert!(html.contains(&format!("data-seq=\"{}\"", line.seq.0)), "{html}");
        check(&(html + "中"), "live", Lang::Zh);
    }
}
