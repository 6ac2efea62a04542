//! Made-up companies: the same from the same seed, with everything that real ones have.

use std::collections::BTreeMap;

use domain::Millis;
use practice::wecom::books::{Books, Joining};
use practice::wecom::{BEGIN, Life, Practice, Setup, Size, company};

use crate::house::House;

fn small() -> Books {
    company(3, Size::SMALL, BEGIN)
}

/// Of those who came by a channel, the share of a hundred who are still there.
fn kept(books: &Books, channel: &str) -> usize {
    let by = |one: &Joining| *one == Joining::Scanned(Some(channel.to_owned()));
    let groups = books.groups.values();
    let (mut stayed, mut all) = (0, 0);
    for group in groups {
        let here = group.members.iter().filter(|one| by(&one.by)).count();
        let gone = group.gone.iter().filter(|stay| by(&stay.member.by)).count();
        stayed += here;
        all += here + gone;
    }
    stayed * 100 / all.max(1)
}

#[test]
fn the_same_seed_makes_the_same_company() {
    let text = |books: &Books| serde_json::to_string(books).unwrap();
    assert_eq!(text(&small()), text(&small()));
    assert_ne!(text(&small()), text(&company(4, Size::SMALL, BEGIN)));
}

#[test]
fn a_small_company_has_what_real_ones_have() {
    let books = small();
    assert_eq!((books.staff.len(), books.groups.len()), (12, 40));
    let groups = || books.groups.values();
    assert!(groups().any(|one| one.room - one.members.len() <= 5), "nearly full");
    assert!(groups().any(|one| one.status == 1), "the owner left");
    assert!(groups().any(|one| one.talk.is_empty()), "silent");
    assert!(groups().any(|one| one.name.ends_with(" 1")), "numbered");
    assert!(books.customers.values().any(|one| one.name.is_empty()), "nameless");
    assert!(books.customers.values().any(|one| one.unionid.is_none()));
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for member in groups().flat_map(|one| &one.members) {
        *places.entry(&member.id).or_default() += 1;
    }
    let several = places.iter().filter(|(id, at)| books.customers.contains_key(**id) && **at >= 3);
    assert!(several.count() >= 10, "in three groups or more");
    let (draw, parcel) = (kept(&books, "gift_draw"), kept(&books, "parcel_card"));
    assert!(draw < 50 && parcel > 80, "{draw} {parcel}");
    for group in groups() {
        assert!(group.members.len() <= group.room);
        assert!(group.gone.iter().all(|stay| stay.left > stay.member.joined && stay.left < BEGIN));
        assert!(group.members.iter().all(|one| one.joined <= BEGIN));
    }
}

#[test]
fn a_large_company_is_large() {
    let books = company(1, Size::LARGE, BEGIN);
    let members: usize = books.groups.values().map(|one| one.members.len()).sum();
    assert_eq!(books.groups.len(), 2_000);
    assert!((180_000..300_000).contains(&members), "{members}");
}

/// Everything told in a day of life, looked at in so many steps.
fn day(steps: i64) -> (Vec<String>, usize) {
    let life = Life { seed: 9, an_hour: 60 };
    let setup = Setup { books: small(), life: Some(life), ..Setup::default() };
    let practice = Practice::start(setup).unwrap();
    practice.hold(true);
    let key = "4Ma3YBrSBbX2aez8MJpXGBne5LSDwgGqHbhM9WPYIws".to_owned();
    let url = "http://127.0.0.1:9/".to_owned();
    practice.send_to(practice::wecom::Callback { url, token: "token".into(), key }).unwrap();
    for _ in 0..steps {
        practice.advance(Millis::DAY / steps);
    }
    let gone: usize = practice.read(|books| books.groups.values().map(|one| one.gone.len()).sum());
    let versions = practice
        .read(|books| books.groups.values().map(|one| one.version.clone()).collect::<Vec<_>>());
    assert!(practice.waiting() > 300, "{}", practice.waiting());
    (versions, gone)
}

#[test]
fn a_day_is_the_same_however_often_somebody_looks() {
    assert_eq!(day(1), day(24));
}

#[tokio::test]
async fn a_company_that_is_not_told_to_live_stands_still() {
    let house = House::new();
    let before = house.practice.read(|books| serde_json::to_string(books).unwrap());
    house.practice.advance(30 * Millis::DAY);
    assert_eq!(house.practice.read(|books| serde_json::to_string(books).unwrap()), before);
}
