//! Many at once: nothing is lost, nothing comes twice, and every view equals the log.

use super::{ORG, Place, join, post};
use app::live::{NewGroup, Seen};
use domain::{GroupId, IdentityId, Seq};
use futures_util::future::join_all;
use std::collections::BTreeSet;

const GROUPS: usize = 5;
const PEOPLE: usize = 8;
const EACH: i64 = 40;

/// Reads a group as a phone does: what is told live, and from the log after a gap.
async fn follow(place: &Place, group: GroupId, wanted: usize) -> Vec<(Seq, String)> {
    let mut watching = place.live.watch(ORG, group);
    let mut seen: Vec<(Seq, String)> = Vec::new();
    let mut gap = true;
    while seen.len() < wanted {
        if gap {
            let after = seen.last().map_or(Seq(0), |(seq, _)| *seq);
            let lines = place.live.lines_after(ORG, group, after, 1_000).await.unwrap();
            seen.extend(lines.into_iter().map(|line| (line.seq, words(&line))));
            gap = false;
            continue;
        }
        match watching.next().await {
            Seen::Line(line) if seen.last().is_none_or(|(seq, _)| *seq < line.seq) => {
                seen.push((line.seq, words(&line)));
            }
            Seen::Line(_) => {}
            Seen::Gap => gap = true,
            Seen::Stopping => break,
        }
    }
    seen
}

fn words(line: &app::live::Line) -> String {
    line.words.as_deref().unwrap_or_default().to_owned()
}

async fn talk(place: &Place, groups: &[GroupId], who: IdentityId, first: i64) {
    for n in 0..EACH {
        for group in groups {
            let say = || post(*group, who, first + n, &format!("{} {n}", who.0));
            let receipt = place.live.submit(ORG, say()).await.unwrap();
            if n % 5 == 0 {
                let again = place.live.submit(ORG, say()).await.unwrap();
                assert_eq!((again.seq, again.again), (receipt.seq, true));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_many_say_in_many_groups_is_kept_once_and_seen_by_all() {
    for database in testkit::databases().await {
        let place = Place::open(&database).await;
        let mut groups = Vec::new();
        for n in 0..GROUPS {
            let new = NewGroup { name: format!("群{n}"), zone: "UTC".to_owned() };
            groups.push(place.live.open_group(ORG, new).await.unwrap());
        }
        let mut people = Vec::new();
        for n in 0..PEOPLE {
            let key = format!("p{n}");
            let who = place.live.guest(ORG, &key, &key).await.unwrap();
            for group in &groups {
                let come = join(*group, who, 1 + i64::try_from(n).unwrap(), &key);
                place.live.submit(ORG, come).await.unwrap();
            }
            people.push(who);
        }
        let each = usize::try_from(EACH).unwrap();
        let wanted = PEOPLE + PEOPLE * each;
        let (place, groups) = (&place, &groups);
        let talks = people
            .iter()
            .enumerate()
            .map(|(n, who)| talk(place, groups, *who, 1_000 * (1 + i64::try_from(n).unwrap())));
        let views = groups.iter().flat_map(|group| [*group; 3]);
        let views = views.map(|group| follow(place, group, wanted));
        let (seen, _) = tokio::join!(join_all(views), join_all(talks));
        for (at, group) in groups.iter().enumerate() {
            let log = place.live.lines_after(ORG, *group, Seq(0), 10_000).await.unwrap();
            let log: Vec<_> = log.iter().map(|line| (line.seq, words(line))).collect();
            let places: Vec<i64> = log.iter().map(|(seq, _)| seq.0).collect();
            assert_eq!(places, (1..=i64::try_from(wanted).unwrap()).collect::<Vec<_>>());
            let said: BTreeSet<&String> = log.iter().map(|(_, words)| words).collect();
            assert_eq!(said.len(), PEOPLE + PEOPLE * each, "each name and each message once");
            for view in &seen[3 * at..3 * at + 3] {
                assert_eq!(view, &log);
            }
        }
        place.live.stop().await;
    }
}
