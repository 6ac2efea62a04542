//! The report as one self-contained HTML file.
//!
//! Both languages stand in the file, each as a whole; which one shows, and the theme, is chosen
//! with plain radio buttons and CSS, so that everything works without scripts. The script only
//! remembers the theme, names the language of the document, and opens folded parts for printing.
//!
//! Invariants: no address outside the file is ever loaded (a content policy forbids it); every
//! text of a chat is cleaned by `crate::speech` and escaped by the templates; no inline handlers.

mod cohorts;
mod entry;
mod figures;
mod groups;
mod notes;
mod people;
mod rhythm;
mod ties;
mod top;
mod waiting;

use crate::{Community, Lang};
use askama::Template;
use domain::Extent;
use insights::Overview;

const STYLE: &str = include_str!("../../templates/style.css");
const SCRIPT: &str = include_str!("../../templates/script.js");

/// The report as one self-contained HTML file; `lang` is the language shown first.
pub fn html(community: &Community, lang: Lang) -> String {
    let page = Page {
        lang,
        titles: Lang::ALL.map(|lang| title(community, lang)),
        style: STYLE,
        script: SCRIPT,
        tongues: Lang::ALL.map(|lang| Tongue::of(&Eye { community, lang })).into(),
    };
    page.render().unwrap_or_default()
}

fn title(community: &Community, lang: Lang) -> String {
    let name = crate::speech::shown_title(&community.title, lang);
    match lang {
        Lang::Zh => format!("{name} · 社群报告"),
        Lang::En => format!("{name} · community report"),
    }
}

/// One community seen in one language: what every section is made from.
#[derive(Clone, Copy)]
struct Eye<'a> {
    community: &'a Community,
    lang: Lang,
}

impl Eye<'_> {
    fn overall(&self) -> &Overview {
        &self.community.overall
    }

    fn talks(&self) -> bool {
        self.overall().evidence.messages != Extent::None
    }

    fn name(&self, who: domain::IdentityId) -> String {
        self.community.name(who, self.lang)
    }
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page {
    lang: Lang,
    titles: [String; 2],
    style: &'static str,
    script: &'static str,
    tongues: Vec<Tongue>,
}

/// The whole report in one language.
#[derive(Template)]
#[template(path = "tongue.html")]
struct Tongue {
    l: Lang,
    /// Without messages the sections about talk are one line.
    talks: bool,
    header: top::Header,
    health: top::HealthCard,
    steps: top::Steps,
    figures: figures::Figures,
    pulse: rhythm::PulseSection,
    waiting: waiting::Waiting,
    heat: rhythm::HeatSection,
    cohorts: cohorts::Cohorts,
    entry: Option<entry::EntrySection>,
    overlap: Option<entry::OverlapSection>,
    ties: ties::Ties,
    people: people::People,
    groups: Option<groups::Groups>,
    limits: notes::Limits,
    definitions: notes::Definitions,
    colophon: notes::Colophon,
}

impl Tongue {
    fn of(eye: &Eye<'_>) -> Self {
        let overall = eye.overall();
        Self {
            l: eye.lang,
            talks: eye.talks(),
            header: top::Header::of(eye),
            health: top::HealthCard::of(eye, overall, "health"),
            steps: top::Steps::of(eye, overall),
            figures: figures::Figures::of(eye, overall),
            pulse: rhythm::PulseSection::of(eye, overall),
            waiting: waiting::Waiting::of(eye, overall),
            heat: rhythm::HeatSection::of(eye, overall),
            cohorts: cohorts::Cohorts::of(eye, overall),
            entry: entry::EntrySection::of(eye, overall),
            overlap: entry::OverlapSection::of(eye, overall),
            ties: ties::Ties::of(eye, overall),
            people: people::People::of(eye, overall),
            groups: groups::Groups::of(eye),
            limits: notes::Limits::of(eye, overall),
            definitions: notes::Definitions::of(eye, overall),
            colophon: notes::Colophon::of(eye),
        }
    }
}
