//! The report as JSON, schema `huoqun.report/1`, documented in `docs/report-json.md`.
//!
//! Invariants: keys keep their names, order and meaning within a version; what is unknown is
//! `null`, never 0; every key stands in every report. Codes, not prose: the only words are the
//! names of definitions in both languages.

mod entry;
mod figures;
mod series;
mod totals;

use crate::Community;
use crate::words;
use domain::{Day, Evidence, Millis};
use figures::{HealthJson, MetricJson, StepJson};
use insights::{Overview, Span};
use serde::Serialize;
use series::Charts;
use totals::TotalsJson;

/// Name and version of the schema.
const SCHEMA: &str = "huoqun.report/1";

/// The report as JSON, schema `huoqun.report/1` (see `docs/report-json.md`), with a newline at
/// its end.
pub fn json(community: &Community) -> String {
    let whole = ReportJson {
        schema: SCHEMA,
        title: &community.title,
        made_at: moment(community.made_at),
        zone: community.zone.name(),
        zone_given: community.zone_given,
        wall_clock: community.wall_clock,
        settings_version: community.settings.version,
        sources: community.sources.iter().map(SourceJson::of).collect(),
        overall: OverviewJson::of(community, &community.overall),
        warnings: community.warnings.iter().map(WarningJson::of).collect(),
        groups: community.groups.iter().map(|group| GroupJson::of(community, group)).collect(),
    };
    // Plain values with text keys always serialise; an empty object would show a broken promise.
    let mut text = serde_json::to_string_pretty(&whole).unwrap_or_else(|_| "{}".to_owned());
    text.push('\n');
    text
}

#[derive(Serialize)]
struct ReportJson<'a> {
    schema: &'static str,
    title: &'a str,
    made_at: String,
    zone: &'a str,
    zone_given: bool,
    wall_clock: bool,
    settings_version: u16,
    sources: Vec<SourceJson<'a>>,
    #[serde(flatten)]
    overall: OverviewJson<'a>,
    warnings: Vec<WarningJson<'a>>,
    groups: Vec<GroupJson<'a>>,
}

#[derive(Serialize)]
struct SourceJson<'a> {
    name: &'a str,
    format: &'a str,
    bytes: u64,
}

impl<'a> SourceJson<'a> {
    fn of(source: &'a crate::Source) -> Self {
        Self { name: &source.name, format: &source.format, bytes: source.bytes }
    }
}

#[derive(Serialize)]
struct GroupJson<'a> {
    name: &'a str,
    platform: &'a str,
    #[serde(flatten)]
    overview: OverviewJson<'a>,
}

impl<'a> GroupJson<'a> {
    fn of(community: &'a Community, group: &'a crate::GroupReport) -> Self {
        Self {
            name: &group.name,
            platform: &group.platform,
            overview: OverviewJson::of(community, &group.overview),
        }
    }
}

#[derive(Serialize)]
struct OverviewJson<'a> {
    span: SpanJson,
    evidence: EvidenceJson,
    totals: TotalsJson<'a>,
    health: HealthJson,
    steps: Vec<StepJson<'a>>,
    metrics: Vec<MetricJson>,
    charts: Charts<'a>,
}

impl<'a> OverviewJson<'a> {
    fn of(community: &'a Community, overview: &'a Overview) -> Self {
        Self {
            span: SpanJson::of(overview.span),
            evidence: EvidenceJson::of(overview.evidence),
            totals: TotalsJson::of(community, overview),
            health: HealthJson::of(&overview.health),
            steps: overview.steps.iter().map(|step| StepJson::of(community, step)).collect(),
            metrics: overview.measured.iter().map(MetricJson::of).collect(),
            charts: Charts::of(community, overview),
        }
    }
}

#[derive(Serialize)]
struct SpanJson {
    from: String,
    to: String,
    days: u32,
}

impl SpanJson {
    fn of(span: Span) -> Self {
        Self { from: date(span.from), to: date(span.to), days: span.days() }
    }
}

#[derive(Serialize)]
struct EvidenceJson {
    messages: &'static str,
    joins: &'static str,
    leaves: &'static str,
    replies: &'static str,
    reactions: &'static str,
    joins_are_connections: bool,
}

impl EvidenceJson {
    fn of(evidence: Evidence) -> Self {
        Self {
            messages: words::extent_code(evidence.messages),
            joins: words::extent_code(evidence.joins),
            leaves: words::extent_code(evidence.leaves),
            replies: words::extent_code(evidence.replies),
            reactions: words::extent_code(evidence.reactions),
            joins_are_connections: evidence.joins_are_connections,
        }
    }
}

#[derive(Serialize)]
struct WarningJson<'a> {
    code: &'static str,
    count: u64,
    examples: Vec<ExampleJson<'a>>,
}

#[derive(Serialize)]
struct ExampleJson<'a> {
    place: &'a str,
    what: &'a str,
}

impl<'a> WarningJson<'a> {
    fn of(warning: &'a crate::WarningCount) -> Self {
        let examples = warning.examples.iter();
        Self {
            code: warning.code,
            count: warning.count,
            examples: examples.map(|(place, what)| ExampleJson { place, what }).collect(),
        }
    }
}

/// A civil day as `YYYY-MM-DD`.
fn date(day: Day) -> String {
    day.to_string()
}

/// A moment as RFC 3339 in UTC.
fn moment(at: Millis) -> String {
    format!("{}Z", domain::Zone::utc().civil(at))
}
