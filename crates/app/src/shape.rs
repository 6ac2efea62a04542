//! From pages to the content of a report.

use crate::error::Fault;
use domain::{Day, IdentityId, Millis, Zone};
use insights::{GroupPages, OpenItem, Overview, Settings, Span, full_span, overview_against};
use report::{Community, GroupReport, Source, WarningCount};
use std::collections::{BTreeSet, HashMap};

/// What the person asked of a report.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Zone of days and hours.
    pub zone: Zone,
    /// The person gave the zone.
    pub zone_given: bool,
    /// First day; the data's first otherwise.
    pub from: Option<Day>,
    /// Last day; the data's last otherwise.
    pub to: Option<Day>,
    /// `--members`: members of the group on the last day of the data.
    pub members: Option<u32>,
    /// What counts.
    pub settings: Settings,
    /// Now.
    pub now: Millis,
    /// Title, instead of the name of the group or export.
    pub title: Option<String>,
}

/// Pages with what is known about their groups, most messages first.
pub(crate) struct Shaped<'a> {
    pub(crate) groups: Vec<GroupPages<'a>>,
    /// Name and platform of each.
    pub(crate) cards: Vec<(String, String)>,
    pub(crate) wall_clock: bool,
    pub(crate) name: String,
    pub(crate) sources: Vec<Source>,
    pub(crate) warnings: Vec<WarningCount>,
    /// This window instead of the one that was asked for, whatever the data hold: the console
    /// shows an empty window as empty.
    pub(crate) window: Option<Compared>,
    /// Measure every group by itself, too; otherwise they stand there by name alone.
    pub(crate) each: bool,
    /// On one thread.
    pub(crate) calm: bool,
}

/// A window, and the one to compare it with; the one just before where none is given (P14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) span: Span,
    pub(crate) against: Option<Span>,
}

/// Measures everything. Names and excerpts are added by the caller.
pub(crate) fn shape(shaped: Shaped<'_>, asked: &Asked) -> Result<Community, Fault> {
    let Compared { span, against } = if let Some(window) = shaped.window {
        window
    } else {
        let span = span(&shaped.groups, asked);
        let span = span.ok_or_else(|| Fault::NothingTold(shaped.name.clone()))??;
        Compared { span, against: None }
    };
    let run = if shaped.calm { one_by_one } else { side_by_side };
    let measured = |groups, window| overview_against(groups, window, &asked.settings, run);
    let measure = |groups| measured(groups, (span, against));
    let overall = measure(&shaped.groups);
    let mut groups = Vec::with_capacity(shaped.groups.len());
    for ((position, group), (name, platform)) in (0..).zip(&shaped.groups).zip(&shaped.cards) {
        let mut of_group = if shaped.groups.len() == 1 {
            overall.clone()
        } else if !shaped.each {
            measured(&[], (span, None))
        } else {
            measure(std::slice::from_ref(group))
        };
        number(&mut of_group, position);
        groups.push(GroupReport {
            name: name.clone(),
            platform: platform.clone(),
            overview: of_group,
        });
    }
    let title = match shaped.cards.as_slice() {
        [(name, _)] => name.clone(),
        _ => common_name(&shaped.cards).unwrap_or(shaped.name),
    };
    Ok(Community {
        title: asked.title.clone().unwrap_or(title),
        made_at: asked.now,
        zone: asked.zone.clone(),
        zone_given: asked.zone_given,
        wall_clock: shaped.wall_clock,
        settings: asked.settings.clone(),
        sources: shaped.sources,
        overall,
        groups,
        names: HashMap::new(),
        excerpts: HashMap::new(),
        warnings: shaped.warnings,
    })
}

/// Both at once, on two threads: half the time while a core is free.
fn side_by_side(one: &(dyn Fn() + Sync), other: &(dyn Fn() + Sync)) {
    std::thread::scope(|threads| {
        threads.spawn(one);
        other();
    });
}

fn one_by_one(one: &(dyn Fn() + Sync), other: &(dyn Fn() + Sync)) {
    one();
    other();
}

/// Every message that the report names.
pub(crate) fn named_items(community: &Community) -> impl Iterator<Item = &OpenItem> {
    let overviews =
        community.groups.iter().map(|group| &group.overview).chain([&community.overall]);
    overviews
        .flat_map(|one| one.unanswered.iter().chain(one.steps.iter().flat_map(|step| &step.items)))
}

/// Everybody whom the report may name.
pub(crate) fn named_people(community: &Community) -> BTreeSet<IdentityId> {
    let overviews =
        community.groups.iter().map(|group| &group.overview).chain([&community.overall]);
    let mut all = BTreeSet::new();
    for one in overviews {
        all.extend(one.totals.top_senders.iter().map(|(who, _)| *who));
        all.extend(one.entry.inviters.iter().map(|inviter| inviter.who));
        all.extend(one.matrix.people.iter().map(|person| person.who));
        all.extend(one.matrix.ties.iter().flat_map(|tie| [tie.a, tie.b]));
        all.extend(one.helpers.iter().map(|helper| helper.who));
        all.extend(one.lost.iter().map(|lost| lost.who));
        all.extend(one.unanswered.iter().map(|item| item.who));
        for step in &one.steps {
            all.extend(step.people.iter().copied());
            all.extend(step.items.iter().map(|item| item.who));
        }
    }
    all.into_iter().filter_map(IdentityId::named).collect()
}

/// The window: what was asked, cut to what there is; `None` when there is nothing at all.
fn span(groups: &[GroupPages<'_>], asked: &Asked) -> Option<Result<Span, Fault>> {
    let full = full_span(groups)?;
    let span = Span { from: asked.from.unwrap_or(full.from), to: asked.to.unwrap_or(full.to) };
    let outside = span.from > span.to || span.to < full.from || span.from > full.to;
    Some(if outside {
        Err(Fault::OutsideData {
            from: span.from.to_string(),
            to: span.to.to_string(),
            first: full.from.to_string(),
            last: full.to.to_string(),
        })
    } else {
        Ok(span)
    })
}

fn number(overview: &mut Overview, position: u32) {
    let items = overview.steps.iter_mut().flat_map(|step| &mut step.items);
    for item in overview.unanswered.iter_mut().chain(items) {
        item.group = position;
    }
}

/// What stands before " / " in all names: the community of several channels.
fn common_name(cards: &[(String, String)]) -> Option<String> {
    let first = cards.first()?.0.split_once(" / ")?.0;
    cards.iter().all(|(name, _)| name.starts_with(first)).then(|| first.to_owned())
}
