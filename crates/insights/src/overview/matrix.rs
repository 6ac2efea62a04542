//! Who talks with whom: by role, among the most connected people, and the strongest ties
//! (P24, P30).

use crate::overview::{Matrix, RankedPerson, Tie};
use crate::scope::{Exchange, Scope};
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
    for (from, to, words) in talk.between() {
        *sums.entry(from).or_insert(0) += u64::from(words.all());
        *sums.entry(to).or_insert(0) += u64::from(words.all());
    }
    let ranked = |(who, count): (IdentityId, u64)| {
        let class = census.class(who);
        RankedPerson { who, class, count }
    };
    let mut people: Vec<RankedPerson> = sums.into_iter().map(ranked).collect();
    people.sort_unstable_by_key(|person| (Reverse(person.count), person.who));
    people.truncate(PEOPLE_MAX);
    let cell = |from, to| talk.said(from, to).map_or(0, Exchange::all);
    let row = |from: &RankedPerson| people.iter().map(|to| cell(from.who, to.who)).collect();
    let between = people.iter().map(row).collect();
    Matrix { roles: talk.roles, between, ties: ties(scope), people }
}

fn ties(scope: &Scope<'_>) -> Vec<Tie> {
    let talk = scope.talk();
    let mut ties: Vec<Tie> = Vec::new();
    for (from, to, words) in talk.between() {
        let back = talk.said(to, from);
        // A tie that goes both ways is listed from its lower end.
        if from < to || back.is_none() {
            let (there, back) = (words.all(), back.map_or(0, Exchange::all));
            ties.push(if from < to {
                Tie { a: from, b: to, there, back }
            } else {
                Tie { a: to, b: from, there: back, back: there }
            });
            if ties.len() >= TIES_HELD {
                keep_strongest(&mut ties);
            }
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
