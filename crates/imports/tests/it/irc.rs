//! IRC logs: the samples, each client's lines, and what can be wrong with a file.

use crate::recorder::{Event, Recorder, attempt, options, read, read_file, sample};
use domain::{Extent, JoinManner, LeaveManner, Millis, ServiceKind};
use imports::{Bundle, ReadOptions, detect};
use proptest::prelude::{ProptestConfig, Strategy, prop_assert_eq, proptest};
use std::collections::BTreeSet;

const WORDS: [&str; 6] =
    ["irc-mirc", "irc-ubuntu", "irc-irssi", "irc-weechat", "irc-znc", "irc-limnoria"];
const JOIN: Event = Event::Join(JoinManner::Connection, None);
const LEAVE: Event = Event::Leave(LeaveManner::Connection, None);

fn clocks(seen: &Recorder) -> Vec<String> {
    let zone = options().zone;
    seen.rows.iter().map(|row| zone.civil(Millis(row.at)).to_string()).collect()
}

fn events(seen: &Recorder) -> Vec<(Option<&str>, Event)> {
    seen.rows.iter().map(|row| (row.who.as_deref(), row.what.clone())).collect()
}

fn said(text: &str) -> Event {
    Event::Message(text.to_owned())
}

fn leaves(seen: &Recorder) -> usize {
    seen.count(|what| matches!(what, Event::Leave(..)))
}

#[test]
fn the_mirc_sample_gives_its_counts() {
    let Some(bundle) = sample("irc-mirc/freenode-microformats-2008-2016.zip") else { return };
    assert_eq!(detect(&bundle, None).unwrap().claims.len(), 1, "all days are one channel");
    // The logger's clock repeats an hour on the last Sundays of October.
    let amsterdam =
        ReadOptions { zone: domain::Zone::named("Europe/Amsterdam").unwrap(), ..options() };
    let seen = read("irc-mirc", &bundle, &amsterdam).unwrap();
    assert_eq!((seen.messages().len(), seen.senders()), (65861, 607));
    assert_eq!((seen.joins(), leaves(&seen)), (83737, 83880));
    let invalid: BTreeSet<&str> = seen
        .warnings
        .iter()
        .filter(|warning| warning.code.code() == "invalid_text")
        .map(|warning| warning.place.file.as_str())
        .collect();
    assert_eq!(invalid.len(), 13, "files of this sample that are not valid UTF-8");
    assert!(seen.warned().iter().all(|(code, _)| *code == "invalid_text"));
    assert_eq!(seen.groups.iter().map(|group| &group.key).collect::<Vec<_>>(), ["#microformats"]);
    assert_eq!(amsterdam.zone.civil(Millis(seen.rows[0].at)).to_string(), "2008-08-25T19:14:00");
    let backwards = seen.rows.windows(2).filter(|pair| pair[1].at < pair[0].at).count();
    assert_eq!(backwards, 1, "the logger's clock was once set back by three minutes");
}

#[test]
fn the_ubuntu_sample_gives_its_counts() {
    let Some(bundle) = sample("irc-ubuntu/ubuntu-excerpts-2005-2017.zip") else { return };
    let seen = read("irc-ubuntu", &bundle, &options()).unwrap();
    assert_eq!((seen.messages().len(), seen.senders()), (155_855, 12982));
    assert_eq!((seen.joins(), leaves(&seen)), (12933, 2196));
    let lost = seen.warned().iter().filter(|(code, _)| *code == "unreadable_row").count();
    assert_eq!(lost, 442, "rows of nicks that the archive wrote with a space");
    assert_eq!(seen.groups.iter().map(|group| &group.key).collect::<Vec<_>>(), ["#ubuntu"]);
}

const MIRC: &str = "Session Start: Mon Jan 05 23:50:00 2009
Session Ident: #tea

[23:50] * Now talking in #tea
[23:51] * Joins: ann (a@example.org)
[23:52] <@ann> bob: hi, you
\u{3}03[23:53] * Joins: bob (b@example.org)
[23:54] <bob> ann, \u{3}4,1well\u{3} \u{2}done\u{f}
[23:55] * ann waves
[23:56] * Ghost is not a person
[23:57] * ann is now known as ann_away
[23:58] * ChanServ sets mode: +o bob
[23:59] -ChanServ- welcome
[00:01] * cy was kicked by bob (spam)
[00:02] * Quits: @bob (b@example.org) (bye)
Session Close: Tue Jan 06 00:03:00 2009
";

#[test]
fn mirc_lines_are_told_apart() {
    let seen = read_file("irc-mirc", "log.txt", MIRC.as_bytes()).unwrap();
    let note = |kind| Event::Service(kind);
    assert_eq!(
        events(&seen),
        [
            (None, note(ServiceKind::Recorder)),
            (Some("ann"), JOIN),
            (Some("ann"), said("bob: hi, you @name:bob")),
            (Some("bob"), JOIN),
            (Some("bob"), said("ann, well done @ann")),
            (Some("ann"), said("waves")),
            (None, note(ServiceKind::Recorder)),
            (Some("ann"), Event::Rename("ann_away".to_owned())),
            (None, note(ServiceKind::Setting)),
            (None, note(ServiceKind::Other)),
            (Some("cy"), Event::Leave(LeaveManner::Removed, Some("bob".to_owned()))),
            (Some("bob"), LEAVE),
        ]
    );
    let clocks = clocks(&seen);
    assert_eq!(clocks[0], "2009-01-05T23:50:00");
    assert_eq!(clocks[10], "2009-01-06T00:01:00", "the clock crossed midnight");
    assert_eq!(seen.warned(), []);
    let group = &seen.groups[0];
    assert_eq!((group.key.as_str(), group.evidence.joins), ("#tea", Extent::Full));
    assert!(group.evidence.joins_are_connections);
}

#[test]
fn an_action_before_the_first_word_of_its_nick_is_a_message() {
    let first = b"[09:00] * ann waves\n[09:01] * Joins: bob (b@h)\n";
    let bundle = Bundle::of(&[
        ("#tea.20090106.log", b"[09:00] <ann> hi\n[09:01] * Parts: bob (b@h)\n"),
        ("#tea.20090105.log", first),
    ]);
    let seen = read("irc-mirc", &bundle, &options()).unwrap();
    assert_eq!(seen.messages(), [("ann", "waves"), ("ann", "hi")]);
    assert_eq!(seen.files, ["#tea.20090105.log", "#tea.20090106.log"]);
}

#[test]
fn ubuntu_events_take_the_clock_of_the_line_before() {
    let text = "[09:07] <ann> hi\n=== bob [~b@h]  has joined #tea\n[09:08]  * bob waves\n\
                === bob smiles\n=== bob is now known as bo\n=== bo [~b@h]  has left #tea []\n\
                === mode/#tea [+o ann]  by ChanServ\n=== ann changed the topic of #tea to: x\n";
    let seen = read_file("irc-ubuntu", "2005-02-06-#tea.txt", text.as_bytes()).unwrap();
    assert_eq!(
        events(&seen),
        [
            (Some("ann"), said("hi")),
            (Some("bob"), JOIN),
            (Some("bob"), said("waves")),
            (Some("bob"), said("smiles")),
            (Some("bob"), Event::Rename("bo".to_owned())),
            (Some("bo"), LEAVE),
            (None, Event::Service(ServiceKind::Setting)),
            (None, Event::Service(ServiceKind::Topic)),
        ]
    );
    let clocks = clocks(&seen);
    assert_eq!(
        (clocks[1].as_str(), clocks[3].as_str()),
        ("2005-02-06T09:07:00", "2005-02-06T09:08:00")
    );
    assert_eq!(seen.groups[0].evidence.leaves, Extent::Partial, "quits are not logged");
}

#[test]
fn other_clients_are_read_too() {
    let irssi = "--- Log opened Fri Jan 05 09:00:00 2024\n21:07 < ann> hi\n\
                 21:08 -!- bob [b@h] has joined #tea\n21:09  * ann waves\n\
                 --- Day changed Sat Jan 06 2024\n00:01 -!- bob [b@h] has quit [bye]\n";
    let weechat = "2024-01-05 21:07:00\t@ann\thi\n2024-01-05 21:08:00\t-->\tbob (b@h) has joined #tea\n\
                   2024-01-05 21:09:00\t *\tann waves\n2024-01-06 00:01:00\t<--\tbob (b@h) has quit (bye)\n";
    let znc = "[21:07:00] <ann> hi\n[21:08:00] *** Joins: bob (b@h)\n[21:09:00] * ann waves\n\
               [00:01:00] *** Quits: bob (b@h) (bye)\n";
    for (word, name, text) in [
        ("irc-irssi", "#tea.log", irssi),
        ("irc-weechat", "irc.x.#tea.weechatlog", weechat),
        ("irc-znc", "x/#tea/2024-01-05.log", znc),
    ] {
        let seen = read_file(word, name, text.as_bytes()).unwrap();
        let expected = [
            (Some("ann"), said("hi")),
            (Some("bob"), JOIN),
            (Some("ann"), said("waves")),
            (Some("bob"), LEAVE),
        ];
        assert_eq!(events(&seen), expected, "{word}");
        let clocks = clocks(&seen);
        let ends = (clocks[0].as_str(), clocks[3].as_str());
        assert_eq!(ends, ("2024-01-05T21:07:00", "2024-01-06T00:01:00"), "{word}");
        assert_eq!((seen.groups[0].name.as_str(), seen.warned()), ("#tea", vec![]), "{word}");
    }
}

#[test]
fn days_of_mere_talk_go_with_the_days_that_tell_the_client() {
    let bundle = Bundle::of(&[
        ("06/#tea_20240105.log.txt", b"[09:00:01] *** Joins: bob (b@h)\n"),
        ("06/#tea_20240106.log.txt", b"[09:00:02] <ann> hi\n[09:00:03] * ann waves\n"),
        ("06/#tea_20240107.log.txt", b""),
        ("06/#tea_20240108.log.txt", b"[09:00:04] <bob> * Joins: nobody\n"),
    ]);
    let detected = detect(&bundle, None).unwrap();
    let words: Vec<_> = detected.claims.iter().map(|(format, _)| format.word).collect();
    assert_eq!((words, detected.skipped), (vec!["irc-znc"], vec![]));
    assert_eq!(detected.claims[0].1.entries, [0, 1, 2, 3]);
}

#[test]
fn talk_with_a_plain_clock_is_irssi_and_its_folder_the_channel() {
    let bundle = Bundle::of(&[
        ("tea/2024-01-05.log", b"21:07 < ann> hi\n21:08 <@bob> ho\n21:09  * ann waves\n"),
        ("tea/2024-01-06.log", b"09:07  * bob sleeps\n"),
        ("cake/2024-01-05.log", b"21:07 < cy> hi\n"),
        ("tea/2024-01-07.log", b""),
    ]);
    let detected = detect(&bundle, None).unwrap();
    assert_eq!((detected.claims.len(), detected.skipped.len()), (2, 0));
    let seen = read("irc-irssi", &bundle, &options()).unwrap();
    let groups: Vec<_> = seen.groups.iter().map(|group| group.name.as_str()).collect();
    assert_eq!(groups, ["cake", "tea"]);
    let said = [("cy", "hi"), ("ann", "hi"), ("bob", "ho"), ("ann", "waves"), ("bob", "sleeps")];
    assert_eq!(seen.messages(), said);
}

#[test]
fn a_log_that_says_so_is_mirc_whatever_its_clocks_look_like() {
    let text = b"Session Start: Fri Jan 05 08:00:00 2024\nSession Ident: #Tea\n\
                 [05 09:00] <ann> hi\n[..] ?\n[..] ?\n[..] ?\n[..] ?\n";
    let bundle = Bundle::of(&[("tea.20240105.log", text)]);
    assert_eq!(detect(&bundle, None).unwrap().claims[0].0.word, "irc-mirc");
    let seen = read("irc-mirc", &bundle, &options()).unwrap();
    assert_eq!((seen.messages(), seen.warned().len()), (vec![("ann", "hi")], 4));
    assert_eq!(clocks(&seen), ["2024-01-05T09:00:00"]);
}

#[test]
fn bots_write_the_whole_date_on_every_line() {
    let limnoria = "2024-01-05T21:07:00  <ann> hi\n\
                    2024-01-05T21:08:00  *** bob <bob!b@h> has joined #tea\n\
                    2024-01-05T21:09:00  * ann waves\n\
                    2024-01-06T00:01:00  *** bob <bob!b@h> has quit IRC (bye)\n";
    let botbot = "2024-01-05T21:07:00 <ann> hi\n2024-01-05T21:08:00 * bob joined the channel\n\
                  2024-01-05T21:09:00 * ann waves\n2024-01-06T00:01:00 * bob has quit\n";
    for text in [limnoria, botbot] {
        let bundle = Bundle::of(&[("#tea.log", text.as_bytes())]);
        let detected = detect(&bundle, None).unwrap();
        assert_eq!(detected.claims[0].0.word, "irc-limnoria");
        let seen = read("irc-limnoria", &bundle, &options()).unwrap();
        let expected = [
            (Some("ann"), said("hi")),
            (Some("bob"), JOIN),
            (Some("ann"), said("waves")),
            (Some("bob"), LEAVE),
        ];
        assert_eq!((events(&seen), seen.warned()), (expected.to_vec(), vec![]));
        assert_eq!(clocks(&seen)[3], "2024-01-06T00:01:00");
    }
}

#[test]
fn logs_of_programs_are_no_logs_of_channels() {
    for (name, text) in [
        (
            "app-2024-01-05.log",
            "2024-01-05 09:07:03,123 - root - INFO - on\n2024-01-05 09:07:04 - x\n",
        ),
        ("mc-2024-01-05.log", "[09:07:03] [main/INFO]: on\n[09:07:04] [Server]: <Ann> hi\n"),
        ("gulp.log", "[09:07:03] Using gulpfile\n[09:07:04] Starting build\n"),
        ("app.log", "[2024-01-05 09:07:03] INFO: on\n[2024-01-05 09:07:04] ERROR: x: y\n"),
        ("py.log", "2024-01-05 09:07:03 - INFO - on: ok\n2024-01-05 09:07:04 - ERROR - x: y\n"),
    ] {
        let found = detect(&Bundle::of(&[(name, text.as_bytes())]), None);
        assert_eq!(found.unwrap_err().code(), "unknown_format", "{name}");
    }
}

#[test]
fn channels_are_groups_of_their_own() {
    let day = |channel: &str| format!("Session Ident: {channel}\n[09:00] <ann> hi\n");
    let (tea, cake) = (day("#Tea"), day("#cake"));
    let bundle = Bundle::of(&[
        ("a.20090105.log", tea.as_bytes()),
        ("b.20090105.log", cake.as_bytes()),
        ("c.20090106.log", tea.as_bytes()),
    ]);
    assert_eq!(detect(&bundle, None).unwrap().claims.len(), 2);
    let seen = read("irc-mirc", &bundle, &options()).unwrap();
    let groups: Vec<_> =
        seen.groups.iter().map(|group| (group.key.as_str(), group.name.as_str())).collect();
    assert_eq!(groups, [("#cake", "#cake"), ("#tea", "#Tea")]);
}

#[test]
fn a_log_without_a_day_is_refused() {
    let text = b"[09:00] <ann> hi\n[09:01] * Joins: bob (b@h)\n";
    let (seen, result) = attempt("irc-mirc", &Bundle::of(&[("tea.log", text)]), &options());
    let error = result.unwrap_err();
    assert_eq!((error.code(), seen.rows.len()), ("malformed", 0));
    assert!(error.to_string().contains("tea.log:1"), "{error}");
}

#[test]
fn a_file_that_is_no_log_is_refused() {
    let bundle = Bundle::of(&[("a-20240105.csv", b"name,age\nann,3\n")]);
    for word in WORDS {
        let (seen, result) = attempt(word, &bundle, &options());
        assert_eq!((result.unwrap_err().code(), seen.rows.len()), ("malformed", 0), "{word}");
    }
}

#[test]
fn bad_lines_are_counted_with_their_numbers() {
    let mut bytes = b"[09:00] <ann> caf\xe9\n[25:00] <ann> when\n[09:01] <ann> ".to_vec();
    bytes.resize(10_000_000, b'x');
    bytes.extend_from_slice(b"\n[09:02] * Joins: bob (b@h)\n");
    let seen = read_file("irc-mirc", "#tea.20090105.log", &bytes).unwrap();
    assert_eq!(seen.messages().len(), 2);
    assert_eq!(seen.warned(), [("invalid_text", 1), ("unreadable_row", 2), ("line_too_long", 3)]);
    assert_eq!(seen.consumed, bytes.len() as u64);
}

fn talk() -> impl Strategy<Value = Vec<(i64, usize, u8, String)>> {
    let row = (0_i64..400, 0_usize..3, 0_u8..4, "[a-z 你好!?]{0,20}[a-z]");
    proptest::collection::vec(row, 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_generated_log_reads_back(talk in talk()) {
        let nicks = ["ann", "bob|away", "[cy]_"];
        let mut clock = jiff::civil::date(2024, 1, 5).at(8, 0, 0, 0);
        let mut mirc = "Session Start: Fri Jan 05 08:00:00 2024\nSession Ident: #tea\n".to_owned();
        let mut expected = Vec::new();
        for (minutes, nick, kind, text) in &talk {
            let (nick, shown) = (nicks[*nick], clock.strftime("[%H:%M]").to_string());
            let event = match kind {
                0 => {
                    mirc += &format!("{shown} * Joins: {nick} (x@h)\n");
                    JOIN
                }
                1 => {
                    mirc += &format!("{shown} * Quits: {nick} (x@h) (bye)\n");
                    LEAVE
                }
                _ => {
                    mirc += &format!("{shown} <{nick}> {text}\n");
                    said(text)
                }
            };
            expected.push((Some(nick), event, clock.to_string()));
            clock += jiff::Span::new().minutes(*minutes);
        }
        let seen = read_file("irc-mirc", "log.txt", mirc.as_bytes()).unwrap();
        let told: Vec<_> = events(&seen).into_iter().zip(clocks(&seen))
            .map(|((who, event), clock)| (who, event, clock)).collect();
        prop_assert_eq!(told, expected);
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
    ) {
        for word in WORDS {
            let _ = attempt(word, &Bundle::of(&[("#a.20240105.log", &bytes)]), &options());
        }
    }

    #[test]
    fn arbitrary_lines_never_panic(
        lines in proptest::collection::vec("(\\[[0-9]{2}:[0-9]{2}\\]|===|---|[0-9]{2}:[0-9]{2}|\u{3})? ?[*<=-]{0,3} ?\\PC{0,25}", 0..20)
    ) {
        let text = lines.join("\n");
        for word in WORDS {
            let _ = attempt(word, &Bundle::of(&[("#a.20240105.log", text.as_bytes())]), &options());
        }
    }
}
