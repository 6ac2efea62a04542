//! Who talks with whom, and who helps.

use crate::Lang;
use crate::charts::level;
use crate::html::Eye;
use crate::speech::{count, cut, duration};
use crate::words;
use askama::Template;
use domain::ActorClass;
use insights::{Matrix, Overview};

/// Helpers and ties shown.
const ROWS_MAX: usize = 10;

/// Interaction matrices and top helpers.
#[derive(Template)]
#[template(path = "people/ties.html")]
pub(super) struct Ties {
    l: Lang,
    by_order: bool,
    roles: Vec<(&'static str, Vec<(String, u8)>)>,
    role_heads: Vec<&'static str>,
    people: Vec<PersonRow>,
    pairs: Vec<(String, String, String, String)>,
    helpers: Vec<HelperRow>,
}

struct PersonRow {
    number: usize,
    name: String,
    role: Option<&'static str>,
    cells: Vec<PersonCell>,
}

struct PersonCell {
    text: String,
    title: String,
    level: u8,
    itself: bool,
}

struct HelperRow {
    name: String,
    /// None for a plain member.
    role: Option<&'static str>,
    answers: String,
    first_posts: String,
    wait: String,
}

impl Ties {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let (l, matrix) = (eye.lang, &overview.matrix);
        let mut used = used_roles(matrix);
        if used.len() < 2 {
            // One role alone says nothing about who answers whom.
            used.clear();
        }
        let helpers = overview.helpers.iter().take(ROWS_MAX).map(|helper| HelperRow {
            name: eye.name(helper.who),
            role: (helper.class != ActorClass::Member).then(|| words::role(helper.class, l)),
            answers: count(f64::from(helper.answers)),
            first_posts: count(f64::from(helper.first_posts)),
            wait: duration(helper.median_ms as f64, l),
        });
        let ties = matrix.ties.iter().take(ROWS_MAX).map(|tie| {
            let (there, back) = (count(f64::from(tie.there)), count(f64::from(tie.back)));
            (eye.name(tie.a), eye.name(tie.b), there, back)
        });
        Self {
            l,
            by_order: overview.evidence.replies != domain::Extent::Full,
            roles: role_rows(matrix, &used, l),
            role_heads: used.iter().map(|class| words::role(*class, l)).collect(),
            people: person_rows(eye, matrix),
            pairs: ties.collect(),
            helpers: helpers.collect(),
        }
    }
}

fn edges(matrix: &Matrix) -> impl Iterator<Item = (ActorClass, ActorClass, u64)> {
    ActorClass::ALL.into_iter().zip(matrix.roles).flat_map(|(from, row)| {
        ActorClass::ALL.into_iter().zip(row).map(move |(to, count)| (from, to, count))
    })
}

fn used_roles(matrix: &Matrix) -> Vec<ActorClass> {
    let used = |class: &ActorClass| {
        edges(matrix).any(|(from, to, count)| count > 0 && (from == *class || to == *class))
    };
    ActorClass::ALL.into_iter().filter(used).collect()
}

fn role_rows(
    matrix: &Matrix,
    used: &[ActorClass],
    l: Lang,
) -> Vec<(&'static str, Vec<(String, u8)>)> {
    let all: u64 = edges(matrix).map(|(.., count)| count).sum();
    let row = |class: &ActorClass| {
        let cells = edges(matrix).filter(|(from, to, _)| from == class && used.contains(to));
        let shown = cells.map(|(.., edges)| {
            let share = edges as f64 / (all.max(1) as f64);
            let percent =
                if edges > 0 { format!(" · {:.0}%", share * 100.0) } else { String::new() };
            (count(edges as f64) + &percent, level(share, 1.0))
        });
        (words::role(*class, l), shown.collect())
    };
    used.iter().map(row).collect()
}

fn person_rows(eye: &Eye<'_>, matrix: &Matrix) -> Vec<PersonRow> {
    let names: Vec<String> = matrix.people.iter().map(|ranked| eye.name(ranked.who)).collect();
    let max = matrix.between.iter().flatten().copied().max().unwrap_or(0);
    let rows = names.iter().zip(&matrix.people).zip(&matrix.between).enumerate();
    rows.map(|(row, ((name, ranked), counts))| PersonRow {
        number: row + 1,
        name: cut(name, 20),
        role: (ranked.class != ActorClass::Member).then(|| words::role(ranked.class, eye.lang)),
        cells: names
            .iter()
            .zip(counts)
            .enumerate()
            .map(|(column, (to, said))| PersonCell {
                text: if *said == 0 { String::new() } else { count(f64::from(*said)) },
                title: format!("{name} → {to}: {said}"),
                level: level(f64::from(*said), f64::from(max)),
                itself: row == column,
            })
            .collect(),
    })
    .collect()
}
