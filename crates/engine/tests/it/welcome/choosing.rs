//! The first wording that fits is taken (D04).

use domain::{Millis, Zone};
use engine::welcome::{Duty, Hours, Newcomer, When, choose};

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

// catalogue: D04
#[test]
fn channels_staff_and_hours_pick_the_first_that_fits() {
    let of = |channels: &[&str], staff: &[&str], hours| When {
        channels: list(channels),
        staff: list(staff),
        hours,
    };
    let all = [
        of(&["a"], &["lin"], Hours::Any),
        of(&["a", "b"], &[], Hours::OnDuty),
        of(&["b"], &[], Hours::Any),
        of(&[], &[], Hours::OffDuty),
        of(&[], &[], Hours::Any),
    ];
    for (channel, staff, on_duty, place) in [
        ("a", "lin", true, 0),
        ("a", "lin", false, 0),
        ("a", "wang", true, 1),
        ("a", "wang", false, 3),
        ("b", "wang", true, 1),
        ("b", "lin", false, 2),
        ("c", "lin", true, 4),
        ("", "wang", false, 3),
        ("", "lin", true, 4),
    ] {
        let who = Newcomer { channel, placement: None, staff, on_duty };
        assert_eq!(choose(&all, who), Some(place), "{who:?}");
    }
    let who = Newcomer { channel: "c", placement: None, staff: "lin", on_duty: true };
    assert_eq!(choose(&all[..3], who), None, "nothing is written for them");
    assert!(all[4].is_default() && !all[3].is_default());
}

// catalogue: D04
#[test]
fn a_code_of_ours_is_known_by_its_slug_and_by_the_name_of_its_placement() {
    let of = |channels: &[&str]| When { channels: list(channels), ..When::default() };
    let all = [of(&["k3x9"]), of(&["驿站展位"]), of(&["shop_poster"]), of(&[])];
    for (channel, placement, own, place, says) in [
        ("k3x9", Some("店门口海报"), "", 0, "店门口海报"),
        ("k3x9", Some("店门口海报"), "直播间", 0, "直播间"),
        ("p7q2", Some("驿站展位"), "", 1, "驿站展位"),
        ("p7q2", Some("驿站展位"), " ", 1, "驿站展位"),
        ("shop_poster", None, "", 2, ""),
        ("shop_poster", None, "直播间", 2, "直播间"),
        // A placement that is called like the code of somebody else.
        ("z1y8", Some("shop_poster"), "", 2, "shop_poster"),
        ("m4n5", Some("电梯"), "", 3, "电梯"),
        ("m4n5", Some(""), "", 3, ""),
        ("", None, "", 3, ""),
    ] {
        let who = Newcomer { channel, placement, staff: "lin", on_duty: true };
        assert_eq!(choose(&all, who), Some(place), "{who:?}");
        assert_eq!(who.channel_name(own), says, "{who:?} {own:?}");
    }
}

#[test]
fn duty_goes_by_the_clock_of_the_organisation_and_over_midnight() {
    let zone = Zone::named("Asia/Shanghai").unwrap();
    let at = |text: &str| zone.moment(text.parse().unwrap(), None);
    let weekdays = [true, true, true, true, true, false, false];
    let day = Duty { days: weekdays, from: 9 * 60, to: 18 * 60 };
    let night =
        Duty { days: [false, false, false, false, true, false, false], from: 1320, to: 120 };
    // 2026-11-20 is a Friday.
    for (moment, by_day, by_night) in [
        ("2026-11-20T08:59:59", false, false),
        ("2026-11-20T09:00:00", true, false),
        ("2026-11-20T17:59:59", true, false),
        ("2026-11-20T18:00:00", false, false),
        ("2026-11-20T22:00:00", false, true),
        ("2026-11-21T01:59:00", false, true),
        ("2026-11-21T02:00:00", false, false),
        ("2026-11-21T10:00:00", false, false),
        ("2026-11-21T22:30:00", false, false),
    ] {
        assert_eq!(day.covers(at(moment), &zone), by_day, "{moment}");
        assert_eq!(night.covers(at(moment), &zone), by_night, "{moment}");
    }
    let whole = Duty { days: [true; 7], from: 0, to: 1_440 };
    assert!(whole.covers(Millis(0), &zone) && whole.covers(at("2026-11-22T23:59:59"), &zone));
}
