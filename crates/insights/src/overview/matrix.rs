//! Who talks with whom: by role, among the most connected people, and the strongest ties
//! (P24, P30).

use crate::overview::{Matrix, RankedPerson, Tie};
use crate::scope::{Pair, Scope};
use domain::IdentityId;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// How many people have a row and a column.
const PEOPLE_MAX: usize = 12;
/// How many ties are listed.
const TIES_MAX: usize = 20;
/// How many are held before the weak ones among them are let go.
const TIES_HELD: usize = 4_096;

/// Bots and hosts are in the sums by role, nowhere else.
pub(super) fn matrix(scope: &Scope<'_>) -> Matrix {
    let talk = scope.talk();
    let census = scope.census();
    let mut sums: FxHashMap<IdentityId, u64> = FxHashMap::default();
    for pair in talk.pairs() {
        let words = u64::from(pair.there.all()) + u64::from(pair.back.all());
        *sums.entry(pair.a).or_insert(0) += words;
        *sums.entry(pair.b).or_insert(0) += words;
    }
    let ranked = |(who, count): (IdentityId, u64)| {
        let class = census.class(who);
        RankedPerson { who, class, count }
    };
    let mut people: Vec<RankedPerson> = sums.into_iter().map(ranked).collect();
    people.sort_unstable_by_key(|person| (Reverse(person.count), person.who));
    people.truncate(PEOPLE_MAX);
    Matrix { roles: talk.roles, between: between(scope, &people), ties: ties(scope), people }
}

/// From each of these people to each other.
fn between(scope: &Scope<'_>, people: &[RankedPerson]) -> Vec<Vec<u32>> {
    let mut cells = vec![vec![0; people.len()]; people.len()];
    let places: FxHashMap<IdentityId, usize> =
        people.iter().zip(0..).map(|(person, place)| (person.who, place)).collect();
    let mut set = |from: usize, to: usize, words: u32| {
        if let Some(cell) = cells.get_mut(from).and_then(|row| row.get_mut(to)) {
            *cell = words;
        }
    };
    for pair in scope.talk().pairs() {
        if let Some((a, b)) = places.get(&pair.a).zip(places.get(&pair.b)) {
            set(*a, *b, pair.there.all());
            set(*b, *a, pair.back.all());
        }
    }
    cells
}

fn ties(scope: &Scope<'_>) -> Vec<Tie> {
    let mut ties: Vec<Tie> = Vec::new();
    for Pair { a, b, there, back } in scope.talk().pairs() {
        ties.push(Tie { a, b, there: there.all(), back: back.all() });
        if ties.len() >= TIES_HELD {
            keep_strongest(&mut ties);
        }
    }
    keep_strongest(&mut ties);
    ties
}

fn keep_strongest(ties: &mut Vec<Tie>) {
    let strength = |tie: &Tie| Reverse(u64::from(tie.there) + u64::from(tie.back));
    ties.sort_unstable_by_key(|tie| (strength(tie), tie.a, tie.b));
    ties.truncate(TIES_MAX);
}
