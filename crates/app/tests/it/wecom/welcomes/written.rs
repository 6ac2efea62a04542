//! Who gets which words, and what is refused before it could be sent.

use app::console::FieldError;
use app::wecom::{Direction, WordingForm};
use domain::{ActorClass, Event, EventWhat, Origin, SourceKey};
use engine::welcome::{Beside, Duty, Hours};
use store::WelcomeState;

use crate::live::{ORG, join};
use crate::wecom::welcomes::{Welcoming, words};
use crate::wecom::{owner, wrong};

// catalogue: D02 D04
#[tokio::test(flavor = "multi_thread")]
async fn channels_and_staff_read_different_words_and_a_nameless_one_reads_them_too() {
    for database in testkit::databases().await {
        let all = Welcoming::set(&database, 21).await;
        let [lin, wang] = all.staff.clone();
        let nothing = all.welcomed("甲", (&lin, "")).await;
        assert_eq!(nothing.state, WelcomeState::Unwritten);
        assert!(all.calls(&nothing.new.code).is_empty());
        all.saved(words("欢迎，{昵称}")).await;
        let of = |name: &str, channels: &str, staff: &[String], text: &str| WordingForm {
            name: name.to_owned(),
            channels: channels.to_owned(),
            staff: staff.to_vec(),
            channel: "直播间".to_owned(),
            ..words(text)
        };
        all.saved(of("门店", "poster_b", &[], "门店来的{昵称}你好")).await;
        all.saved(of("直播", "poster_a，poster_c", &[], "{渠道}来的{昵称}你好")).await;
        let own = all.saved(of("小王", "", std::slice::from_ref(&wang), "找我就对了")).await;
        for (name, staff, channel, text) in [
            ("小雨", &lin, "poster_a", "直播间来的小雨你好"),
            ("小雨", &lin, "poster_c", "直播间来的小雨你好"),
            ("", &lin, "poster_b", "门店来的朋友你好"),
            ("小雨", &lin, "poster_x", "欢迎，小雨"),
            ("小雨", &wang, "poster_a", "找我就对了"),
        ] {
            let row = all.welcomed(name, (staff, channel)).await;
            assert_eq!(all.text_of(&row.new.code), text, "{channel} {}", row.said);
        }
        // What is moved down is looked at later.
        let console = &all.scene.console;
        for _ in 0..2 {
            let key = (all.id.account, own);
            console.move_wording(&owner(), key, Direction::Down).await.unwrap();
        }
        let row = all.welcomed("小雨", (&wang, "poster_a")).await;
        assert_eq!(all.text_of(&row.new.code), "直播间来的小雨你好");
        console.remove_wording(&owner(), (all.id.account, own)).await.unwrap();
        let row = all.welcomed("小雨", (&wang, "")).await;
        assert_eq!(all.text_of(&row.new.code), "欢迎，小雨");
        let shown = console.contact_welcomes(&owner(), all.id.account).await.unwrap();
        assert_eq!(shown.counts[&WelcomeState::Sent], 7);
        assert_eq!(shown.counts[&WelcomeState::Unwritten], 1);
        assert!(shown.channels.iter().any(|one| one.state == "poster_a"));
        all.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_the_hours_of_duty_another_text_is_sent() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 22).await;
    let staff = all.staff[0].clone();
    all.saved(words("马上来")).await;
    let off = WordingForm { hours: Hours::OffDuty, ..words("我们 9 点上班") };
    all.saved(off).await;
    // It is Sunday, 20:00 in Shanghai.
    let always = all.welcomed("甲", (&staff, "")).await;
    assert_eq!(all.text_of(&always.new.code), "马上来", "without hours somebody is on duty");
    let days = [true, true, true, true, true, false, false];
    let duty = Some(Duty { days, from: 540, to: 1_080 });
    all.scene.console.set_duty(&owner(), duty, 0).await.unwrap();
    let row = all.welcomed("甲", (&staff, "")).await;
    assert_eq!(all.text_of(&row.new.code), "我们 9 点上班");
    let refused = all.scene.console.set_duty(&owner(), duty, 0).await.unwrap_err();
    assert!(matches!(refused, app::console::Denied::Changed), "{refused}");
    all.stop().await;
}

// catalogue: D03
#[tokio::test(flavor = "multi_thread")]
async fn changing_the_rule_changes_the_next_welcome() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 23).await;
    let (console, place) = (&all.scene.console, &all.scene.place);
    let staff = all.staff[0].clone();
    let rules = async |key: i64, text: &str| {
        let boss = place.live.guest(ORG, "boss", "店长").await.unwrap();
        let _ = place.live.submit(ORG, join(place.group, boss, key, "店长")).await;
        let event = Event {
            group: place.group,
            key: SourceKey { key: key + 1, part: 0 },
            at: domain::Millis(0),
            actor: boss,
            class: ActorClass::Staff,
            origin: Origin::Asked,
            what: EventWhat::Rules { text: text.into() },
        };
        place.live.submit(ORG, event).await.unwrap();
    };
    rules(100, "不发广告").await;
    console.set_block(&owner(), "福利时间", "每周五").await.unwrap();
    let text = "群规：{群规}\n福利：{福利时间}";
    let form = WordingForm { group: Some(place.group.0), ..words(text) };
    all.saved(form.clone()).await;
    let row = all.welcomed("甲", (&staff, "")).await;
    assert_eq!(all.text_of(&row.new.code), "群规：不发广告\n福利：每周五");
    rules(200, "只聊跑步").await;
    console.set_block(&owner(), "福利时间", "每周六").await.unwrap();
    let row = all.welcomed("甲", (&staff, "")).await;
    assert_eq!(all.text_of(&row.new.code), "群规：只聊跑步\n福利：每周六");
    let refused = |field, code| vec![FieldError { field, code }];
    let denied = console.remove_block(&owner(), "福利时间").await.unwrap_err();
    assert_eq!(wrong(denied), refused("name", "in_use"));
    let denied = console.set_block(&owner(), "福利时间", &"长".repeat(501)).await.unwrap_err();
    assert_eq!(wrong(denied), refused("text", "too_long"));
    let denied = console.set_block(&owner(), "群规", "x").await.unwrap_err();
    assert_eq!(wrong(denied), refused("name", "taken"));
    let full = WordingForm {
        name: "长".into(),
        ..words(&format!("{}{{福利时间}}", "字".repeat(1_300)))
    };
    all.saved(full).await;
    let denied = console.set_block(&owner(), "福利时间", &"长".repeat(100)).await.unwrap_err();
    assert_eq!(wrong(denied), refused("text", "too_long_together"));
    all.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_field_that_is_wrong_is_named_and_nothing_is_kept() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 24).await;
    let link = |title: &str, url: &str| Beside::Link {
        title: title.to_owned(),
        desc: String::new(),
        url: url.to_owned(),
        picture: String::new(),
    };
    let good = "https://example.com";
    let of = |field, code| (field, code);
    for (form, told) in [
        (WordingForm { name: " ".into(), ..words("a") }, of("name", "missing")),
        (WordingForm { name: "长".repeat(31), ..words("a") }, of("name", "too_long")),
        (words(""), of("text", "missing")),
        (words("{昵稱}"), of("text", "unknown_slot")),
        (words(&"字".repeat(1_334)), of("text", "too_long")),
        (words("{群规}"), of("group", "missing")),
        (WordingForm { channels: "a ".repeat(51).replace('a', "b"), ..words("a") }, of("", "")),
        (WordingForm { channels: "长".repeat(22), ..words("a") }, of("channels", "too_long")),
        (WordingForm { beside: vec![link("", good)], ..words("a") }, of("b0", "no_title")),
        (WordingForm { beside: vec![link("t", "ftp://x")], ..words("") }, of("b0", "no_url")),
        (
            WordingForm {
                beside: vec![link("t", good), link(&"题".repeat(43), good)],
                ..words("")
            },
            of("b1", "long_title"),
        ),
        (
            WordingForm { beside: vec![Beside::Image { medium: 9 }], ..words("") },
            of("b0", "no_medium"),
        ),
        (WordingForm { beside: vec![link("t", good); 10], ..words("") }, of("beside", "too_many")),
    ] {
        let key = (all.id.account, None);
        let saved = all.scene.console.save_wording(&owner(), key, &form).await;
        if told.0.is_empty() {
            // Fifty-one times the same channel is one channel.
            saved.unwrap();
            continue;
        }
        let (field, code) = told;
        assert_eq!(wrong(saved.unwrap_err()), [FieldError { field, code }], "{form:?}");
    }
    let shown = all.scene.console.contact_welcomes(&owner(), all.id.account).await.unwrap();
    assert_eq!(shown.wordings.len(), 1);
    all.stop().await;
}
