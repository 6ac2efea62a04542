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
mod inside;
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

/// A part of the report as a fragment of HTML for a page that carries [`style`]: a `div` of class
/// `report`, within which all classes begin with `r-`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The verdict with its causes (O05, O07).
    Health,
    /// What to do next.
    Steps,
    /// All figures with base, change and definition.
    Figures,
    /// Messages, people and flow by day (P04, P06).
    Pulse,
    /// What waits for an answer.
    Waiting,
    /// Hours and weekdays (P07, F32).
    Heat,
    /// Retention of those who came together (P05).
    Cohorts,
    /// How people came in; empty where joins are not told.
    Entry,
    /// People in several groups; empty for one group.
    Overlap,
    /// Who talks with whom.
    Ties,
    /// Helpers, regulars who fell silent.
    People,
    /// The groups beside each other; empty for one group.
    Groups,
    /// What the data cannot show.
    Limits,
    /// All definitions.
    Definitions,
}

/// A part of the report about `overview`, which is one of those of `community`.
pub fn fragment(community: &Community, overview: &Overview, lang: Lang, part: Section) -> String {
    let eye = &Eye { community, lang };
    let made = match part {
        Section::Health => top::HealthCard::of(eye, overview, "health")
            .render()
            .map(|card| format!("<div class=\"lead\">{card}</div>")),
        Section::Steps => top::Steps::of(eye, overview).render(),
        Section::Figures => figures::Figures::of(eye, overview).render(),
        Section::Pulse => rhythm::PulseSection::of(eye, overview).render(),
        Section::Waiting => waiting::Waiting::of(eye, overview).render(),
        Section::Heat => rhythm::HeatSection::of(eye, overview).render(),
        Section::Cohorts => cohorts::Cohorts::of(eye, overview).render(),
        Section::Entry => {
            entry::EntrySection::of(eye, overview).map_or(Ok(String::new()), |it| it.render())
        }
        Section::Overlap => {
            entry::OverlapSection::of(eye, overview).map_or(Ok(String::new()), |it| it.render())
        }
        Section::Ties => ties::Ties::of(eye, overview).render(),
        Section::People => people::People::of(eye, overview).render(),
        Section::Groups => groups::Groups::of(eye).map_or(Ok(String::new()), |it| it.render()),
        Section::Limits => notes::Limits::of(eye, overview).render(),
        Section::Definitions => notes::Definitions::of(eye, overview).render(),
    };
    let made = made.unwrap_or_default();
    if made.trim().is_empty() { String::new() } else { inside::wrapped(&made) }
}

/// The stylesheet of fragments: it reaches nothing outside `.report`.
pub fn style() -> &'static str {
    inside::style()
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
