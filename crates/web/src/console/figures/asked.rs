//! What the address of a page says: window and comparison, order, choice.
//!
//! Invariant: what was typed stays in the form; a wrong date is named beside its field, and the
//! page shows the usual window meanwhile.

use app::console::figures::{Beside, Period, Stretch, Typed};
use app::console::{Denied, FieldError};
use askama::Template;
use domain::Actor;
use report::Lang;
use serde::Deserialize;

use crate::console::figures::words;
use crate::house::House;

/// What an address says.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    pub(crate) w: String,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) c: String,
    pub(crate) cfrom: String,
    pub(crate) cto: String,
    /// Code of the figure by which groups stand in order.
    pub(crate) by: String,
    /// `up`: the lowest first.
    pub(crate) dir: String,
    /// Part of a name.
    pub(crate) q: String,
    /// From 0.
    pub(crate) page: usize,
    /// Codes of figures to draw, apart by commas.
    pub(crate) f: String,
    /// Groups to draw, apart by commas; empty: all together.
    pub(crate) g: String,
}

impl Asked {
    fn typed(&self) -> Typed {
        let beside = if self.c == "custom" || self.c.is_empty() {
            (self.cfrom.clone(), self.cto.clone())
        } else {
            Default::default()
        };
        Typed {
            window: self.w.clone(),
            from: self.from.clone(),
            to: self.to.clone(),
            beside: self.c.clone(),
            beside_from: beside.0,
            beside_to: beside.1,
        }
    }

    /// The window, and what is wrong with what was typed.
    pub(crate) async fn period(
        &self,
        house: &House,
        actor: &Actor,
    ) -> Result<(Period, Vec<FieldError>), Denied> {
        let calendar = house.console().calendar(actor).await?;
        Ok(match Period::read(&self.typed(), calendar) {
            Ok(period) => (period, Vec::new()),
            Err(wrong) => (Period::usual(calendar), wrong),
        })
    }
}

/// The window as the query of an address: `w=30d&c=before`.
pub(crate) fn query(period: &Period) -> String {
    let mut query = format!("w={}", period.stretch.word());
    if period.stretch == Stretch::Custom {
        query += "&from=";
        query += &period.span.from.to_string();
        query += "&to=";
        query += &period.span.to.to_string();
    }
    query += "&c=";
    query += period.beside.word();
    if period.beside == Beside::Custom {
        query += "&cfrom=";
        query += &period.against.from.to_string();
        query += "&cto=";
        query += &period.against.to.to_string();
    }
    query
}

/// Choices of a select: value, word, chosen.
type Choices = Vec<(&'static str, &'static str, bool)>;

/// The form that sets window and comparison, on every page of figures.
#[derive(Template)]
#[template(path = "console/figures/window.html")]
pub(crate) struct WindowForm {
    pub(crate) l: Lang,
    pub(crate) action: String,
    pub(crate) stretches: Choices,
    pub(crate) besides: Choices,
    pub(crate) from: String,
    pub(crate) to: String,
    pub(crate) cfrom: String,
    pub(crate) cto: String,
    /// Words for what is wrong.
    pub(crate) wrong: Vec<&'static str>,
    /// The window and what it is compared with, in words.
    pub(crate) span: String,
    pub(crate) against: String,
    /// What else the address holds: name and value.
    pub(crate) kept: Vec<(&'static str, String)>,
}

impl WindowForm {
    pub(crate) fn of(
        l: Lang,
        action: &str,
        asked: &Asked,
        (period, wrong): (&Period, &[FieldError]),
    ) -> Self {
        let typed = |text: &str, day: domain::Day| {
            if wrong.is_empty() || text.is_empty() { day.to_string() } else { text.to_owned() }
        };
        let kept = [
            ("by", &asked.by),
            ("dir", &asked.dir),
            ("q", &asked.q),
            ("f", &asked.f),
            ("g", &asked.g),
        ];
        let kept = kept.into_iter().filter(|(_, value)| !value.is_empty());
        let stretch = if wrong.iter().any(|one| !one.field.starts_with('c')) {
            Stretch::Custom
        } else {
            period.stretch
        };
        let beside = if wrong.iter().any(|one| one.field.starts_with('c')) {
            Beside::Custom
        } else {
            period.beside
        };
        Self {
            l,
            action: action.to_owned(),
            stretches: Stretch::ALL
                .map(|one| (one.word(), words::stretch(one, l), one == stretch))
                .to_vec(),
            besides: Beside::ALL
                .map(|one| (one.word(), words::beside(one, l), one == beside))
                .to_vec(),
            from: typed(&asked.from, period.span.from),
            to: typed(&asked.to, period.span.to),
            cfrom: typed(&asked.cfrom, period.against.from),
            cto: typed(&asked.cto, period.against.to),
            wrong: wrong.iter().map(|one| words::wrong(one.code, l)).collect(),
            span: words::span(period.span, l),
            against: words::span(period.against, l),
            kept: kept.map(|(name, value)| (name, value.clone())).collect(),
        }
    }
}
