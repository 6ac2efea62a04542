//! The summary for a terminal: one to two screens, most urgent first.
//!
//! Invariants: no line is wider than asked (a Han character takes two columns; widths under 24
//! are taken as 24); without colour there is not one escape sequence; unknown is said in words.

mod entry;
mod groups;
mod pictures;
mod sheet;

use crate::definitions::{Defined, headlines};
use crate::facts::{facts, source_note, zone_note};
use crate::speech::{self, clean, clock, count, cut, duration, period, shown_title, times};
use crate::words;
use crate::{Community, Lang};
use domain::Extent;
use insights::{Figure, Mood, OpenItem, Overview};
use sheet::{Ink, Sheet};

/// Things that wait and are shown.
const WAITING: usize = 8;

/// Helpers shown.
const HELPERS: usize = 5;

/// Quotes and people shown in a step.
const STEP_QUOTES: usize = 2;

/// The summary for a terminal, no line wider than `width` columns (at least 24), with colours
/// only when asked.
pub fn terminal(community: &Community, lang: Lang, width: usize, colour: bool) -> String {
    let mut sheet = Sheet::new(width, colour);
    let view = View { community, lang };
    let overall = &community.overall;
    view.head(&mut sheet);
    if community.is_many() {
        groups::table(community, lang, &mut sheet);
    }
    let talks = overall.evidence.messages != Extent::None;
    if talks {
        view.health(&mut sheet, overall);
    }
    if talks || !overall.steps.is_empty() {
        view.steps(&mut sheet, overall);
    }
    view.figures(&mut sheet, overall);
    entry::entry(community, overall, lang, &mut sheet);
    entry::overlap(community, overall, lang, &mut sheet);
    pictures::pulse(overall, lang, &mut sheet);
    pictures::week(overall, lang, &mut sheet);
    view.waiting(&mut sheet, overall);
    view.helpers(&mut sheet, overall);
    view.warnings(&mut sheet);
    sheet.finish()
}

struct View<'a> {
    community: &'a Community,
    lang: Lang,
}

impl View<'_> {
    fn head(&self, sheet: &mut Sheet) {
        let (community, lang) = (self.community, self.lang);
        let span = community.overall.span;
        sheet.text(Ink::Title, "", &shown_title(&community.title, lang));
        let mut about = vec![period(span, lang), speech::days(f64::from(span.days()), lang)];
        about.extend(facts(community, lang));
        sheet.text(Ink::Plain, "", &about.join(" · "));
        let zone = format!("{} {}", lang.pick("时区", "Time zone"), community.zone.name());
        let note = zone_note(community, lang);
        sheet.text(
            Ink::Dim,
            "",
            &lang.pick(format!("{zone}（{note}）"), format!("{zone} ({note})")),
        );
        for source in community.sources.iter().take(3) {
            let name = cut(&clean(&source.name), 60);
            let about = source_note(source, lang);
            sheet.text(Ink::Dim, "", &format!("{} {name} · {about}", lang.pick("来源", "Source")));
        }
        let more = community.sources.len().saturating_sub(3);
        if more > 0 {
            let words = times(more as f64, lang, "个文件", ["more file", "more files"]);
            let words = format!("{}{words}", lang.pick("另有 ", "and "));
            sheet.text(Ink::Dim, "", &words);
        }
    }

    fn health(&self, sheet: &mut Sheet, overview: &Overview) {
        let mood = overview.health.mood;
        let ink = match mood {
            Mood::Lively | Mood::Steady => Ink::Good,
            Mood::Fading => Ink::Warn,
            Mood::Dying | Mood::Dead => Ink::Bad,
            Mood::Unknown => Ink::Dim,
        };
        sheet.gap();
        let meaning = words::mood_meaning(&overview.health, self.lang);
        sheet.text(ink, "", &format!("● {} — {meaning}", words::mood(mood, self.lang)));
        for cause in &overview.health.causes {
            sheet.text(Ink::Plain, "  - ", &words::cause(cause, self.lang));
        }
    }

    fn steps(&self, sheet: &mut Sheet, overview: &Overview) {
        sheet.heading(self.lang.pick("接下来做什么", "What to do next"));
        if overview.steps.is_empty() {
            let calm = self.lang.pick("眼下没有非做不可的事。", "Nothing is pressing right now.");
            sheet.text(Ink::Dim, "  ", calm);
        }
        for (number, step) in (1_u32..).zip(&overview.steps) {
            let words = words::step(step, self.lang);
            sheet.text(Ink::Strong, &format!("{number:>2}. "), &words.title);
            sheet.text(Ink::Plain, "    ", &words.reason);
            for item in step.items.iter().take(STEP_QUOTES) {
                sheet.line(Ink::Dim, &format!("    > {}", self.quote(item)));
            }
            // People whose words are quoted need no second mention.
            let people = step.people.iter().filter(|_| step.items.is_empty());
            let names: Vec<String> =
                people.map(|who| self.community.name(*who, self.lang)).collect();
            if !names.is_empty() {
                sheet.text(Ink::Dim, "    > ", &names.join(self.lang.pick("、", ", ")));
            }
        }
    }

    fn quote(&self, item: &OpenItem) -> String {
        let community = self.community;
        let who = community.name(item.who, self.lang);
        let when = clock(item.at, &community.zone, community.overall.span.to, self.lang);
        let place = if community.is_many() {
            format!("[{}] ", cut(&community.group_name(item.group, self.lang), 20))
        } else {
            String::new()
        };
        let text = community
            .excerpt(item)
            .map_or_else(String::new, |text| format!("{}{text}", self.lang.pick("：", ": ")));
        format!("{place}{who} {when}{text}")
    }

    fn figures(&self, sheet: &mut Sheet, overview: &Overview) {
        let (mut head, mut more) = headlines(overview);
        if overview.evidence.messages == Extent::None {
            let shows = |figure: &Defined<'_>| !matches!(figure.now(), Figure::Unknown(_));
            head.retain(shows);
            more.retain(shows);
        }
        if head.is_empty() {
            return;
        }
        sheet.heading(self.lang.pick("关键数字", "Key figures"));
        let wide = |figure: &Defined<'_>| speech::width(figure.name(self.lang));
        let names = head.iter().map(wide).max().unwrap_or(0).min(sheet.width() / 3);
        for figure in &head {
            let unit = figure.unit();
            let name = sheet::pad(&cut(figure.name(self.lang), names), names);
            let value = speech::value(figure.now(), unit, self.lang);
            let value = sheet::pad(&value, self.lang.pick(12, 15));
            let both = (unit, figure.good());
            let shift = speech::change(figure.now(), figure.before(), both, self.lang);
            let shift = shift.map(|shift| {
                [shift.arrow, &shift.by, shift.verdict].join(" ").trim_end().replace("  ", " ")
            });
            let rest = [
                speech::base(figure.now()),
                speech::interval(figure.now(), unit, self.lang),
                speech::reason(figure.now(), self.lang),
                shift,
            ];
            let rest: Vec<String> = rest.into_iter().flatten().collect();
            sheet.text(Ink::Plain, &format!("  {name}  {value} "), &rest.join(" · "));
        }
        if !more.is_empty() {
            let many = more.len();
            let words = self.lang.pick(
                format!("另有 {many} 个指标和全部口径，见 --html 或 --json"),
                format!("{many} more figures and all definitions: --html or --json"),
            );
            sheet.text(Ink::Dim, "  ", &words);
        }
    }

    fn waiting(&self, sheet: &mut Sheet, overview: &Overview) {
        if overview.unanswered.is_empty() {
            return;
        }
        let total = count(f64::from(overview.unanswered_total));
        let title = self.lang.pick("谁还在等回应", "Who is waiting for an answer");
        sheet.heading(&format!("{title} ({total})"));
        for item in overview.unanswered.iter().take(WAITING) {
            let why = words::item_labels(item, self.lang).join("/");
            sheet.line(Ink::Plain, &format!("  - [{why}] {}", self.quote(item)));
        }
    }

    fn helpers(&self, sheet: &mut Sheet, overview: &Overview) {
        if overview.helpers.is_empty() {
            return;
        }
        sheet.heading(self.lang.pick("最肯帮忙的人", "Top helpers"));
        for helper in overview.helpers.iter().take(HELPERS) {
            let name = sheet::pad(&cut(&self.community.name(helper.who, self.lang), 24), 24);
            let answers =
                times(f64::from(helper.answers), self.lang, "次回应", ["answer", "answers"]);
            let wait = duration(helper.median_ms as f64, self.lang);
            let wait = self.lang.pick(format!("一般 {wait}"), format!("median wait {wait}"));
            sheet.text(Ink::Plain, &format!("  {name}  "), &format!("{answers} · {wait}"));
        }
    }

    fn warnings(&self, sheet: &mut Sheet) {
        if self.community.warnings.is_empty() {
            return;
        }
        sheet.heading(self.lang.pick("读取时注意到的问题", "Noticed while reading"));
        for warning in &self.community.warnings {
            let words = words::warning(warning.code, self.lang);
            let first = warning.examples.first().map_or_else(String::new, |(place, what)| {
                let (place, what) = (cut(&clean(place), 40), cut(&clean(what), 40));
                self.lang.pick(format!("（{place} {what}）"), format!(" ({place} {what})"))
            });
            let number = count(warning.count as f64);
            sheet.text(Ink::Dim, "  - ", &format!("{number} {words}{first}"));
        }
    }
}
