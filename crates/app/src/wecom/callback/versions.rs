//! Whether letters about a group are missing, by the versions of its members that letters and
//! readings tell. Pure.
//!
//! Each letter that somebody came or went names the version before and after; a reading names the
//! version that it shows. A version from which a letter starts, and to which nothing that is known
//! leads, was made by a letter that did not come (群成员版本号, 客户群变更事件).

use std::collections::BTreeSet;

use domain::Millis;

/// A letter by its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The version before.
    pub(super) before: String,
    /// The version after.
    pub(super) after: String,
    /// When it happened, by the platform.
    pub(super) at: Millis,
    /// When the letter came.
    pub(super) received: Millis,
    /// Who came or went.
    pub(super) people: Vec<String>,
}

/// How many letters are missing between the last reading, which showed `known` at `read`, and
/// these, in whatever order they came. A letter whose change is so old that the reading had it is
/// late, not missing; `late_ms` is how far details follow what is told of them.
pub(super) fn missing(links: &[Link], (known, read): (&str, Option<Millis>), late_ms: i64) -> u32 {
    let Some(read) = read.filter(|_| !known.is_empty()) else { return 0 };
    let had = contained(links, known);
    let is_new = |link: &&Link| !had.contains(link.after.as_str()) && link.at.0 + late_ms >= read.0;
    let new: Vec<&Link> = links.iter().filter(is_new).collect();
    let led_to: BTreeSet<&str> = new.iter().map(|link| link.after.as_str()).collect();
    let starts: BTreeSet<&str> = new.iter().map(|link| link.before.as_str()).collect();
    let open = starts.iter().filter(|start| **start != known && !led_to.contains(*start));
    u32::try_from(open.count()).unwrap_or(u32::MAX)
}

/// The version that a reading showed, and those before it as far as letters tell.
fn contained<'a>(links: &'a [Link], known: &'a str) -> BTreeSet<&'a str> {
    let mut had = BTreeSet::from([known]);
    loop {
        let before = links.iter().filter(|link| had.contains(link.after.as_str()));
        let more: Vec<&str> = before.map(|link| link.before.as_str()).collect();
        let many = had.len();
        had.extend(more);
        if had.len() == many {
            return had;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATE_MS: i64 = 2_000;

    fn link(at: i64, before: &str, after: &str) -> Link {
        let (before, after, at) = (before.to_owned(), after.to_owned(), Millis(at));
        Link { before, after, at, received: at, people: Vec::new() }
    }

    #[test]
    fn a_letter_that_did_not_come_is_seen_in_the_next_one() {
        let read = Some(Millis(100_000));
        let [ab, bc, cd, de] = [
            link(101_000, "a", "b"),
            link(102_000, "b", "c"),
            link(103_000, "c", "d"),
            link(104_000, "d", "e"),
        ];
        for (links, known, count) in [
            (vec![], "a", 0),
            (vec![ab.clone(), bc.clone()], "a", 0),
            // In disorder, and doubled.
            (vec![cd.clone(), ab.clone(), bc.clone(), bc.clone()], "a", 0),
            (vec![bc.clone()], "a", 1),
            (vec![ab.clone(), cd.clone()], "a", 1),
            (vec![bc.clone(), de.clone()], "a", 2),
            // The reading was made after some of it: what is told late had been read.
            (vec![ab.clone(), bc.clone()], "c", 0),
            (vec![bc.clone(), cd.clone()], "c", 0),
            (vec![ab.clone(), de.clone()], "d", 1),
        ] {
            assert_eq!(missing(&links, (known, read), LATE_MS), count, "{known} {links:?}");
        }
        // Nothing was read before, and what is far older than the reading is late.
        assert_eq!(missing(std::slice::from_ref(&bc), ("", None), LATE_MS), 0);
        assert_eq!(missing(&[bc], ("x", Some(Millis(200_000))), LATE_MS), 0);
    }
}
