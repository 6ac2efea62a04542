//! What came of it: channels, waits, hops; equal to a hand count.

use app::links::{ChannelAsk, ChannelOf, ChannelRow, CodeForm, Kept, PlacementForm, StaffLine};
use domain::{Day, Millis, Zone};

use crate::live::{NOON, ORG};
use crate::wecom::codes::{PHONE, over};
use crate::wecom::{Scene, owner};

fn today() -> Day {
    Zone::named("Asia/Shanghai").unwrap().local(Millis(NOON)).day
}

fn placement(rows: &[ChannelRow], id: i64) -> &ChannelRow {
    rows.iter().find(|row| matches!(row.of, ChannelOf::Placement(_, own) if own == id)).unwrap()
}

// catalogue: B02, B09, B14, B16, P05
#[tokio::test(flavor = "multi_thread")]
async fn the_table_of_channels_equals_a_hand_count() {
    for database in testkit::databases().await {
        let scene = Scene::set(&database, 41).await;
        let id = scene.connected().await;
        let chats = scene.new_groups(id, &["福利1群"], 500).await;
        let code = scene.console.open_code(&owner(), &over("福利", &chats, 500)).await.unwrap();
        let (shop, at_shop) = scene.hung(code, "店门口").await;
        let (booth, at_booth) = scene.hung(code, "驿站展位").await;
        let form = PlacementForm {
            name: "驿站展位".to_owned(),
            partner: "老王驿站".to_owned(),
            source: "station".to_owned(),
            spends: format!("{} 100\n{} 20.50\n2020-01-01 999", today(), today().plus(1)),
        };
        scene.console.change_placement(&owner(), booth, &form).await.unwrap();
        // Five scan at the shop and three come; four at the booth and two come; one only looks.
        let by_shop = ["甲", "乙", "丙"].map(|name| scene.comes(&at_shop, name));
        let by_booth = ["丁", "戊"].map(|name| scene.comes(&at_booth, name));
        for slug in [&at_shop, &at_shop, &at_booth, &at_booth] {
            scene.console.scanned(slug, PHONE).unwrap();
        }
        scene.console.write_scans_now().await.unwrap();
        scene.settled().await;
        let hours_and_leavers = [(3, &by_shop[0]), (3 * 24, &by_booth[0]), (10 * 24, &by_shop[1])];
        for (hours, who) in hours_and_leavers {
            scene.pass(hours * Millis::HOUR);
            scene.practice.act(|books, now| books.leave(&chats[0], &[who], now)).unwrap();
            scene.again(id).await;
        }
        let ask = ChannelAsk { from: today(), to: today().plus(2) };
        let table = scene.console.channels(&owner(), ask).await.unwrap();
        let row = placement(&table.placements, shop);
        assert_eq!((row.scans, row.joined, row.added, row.still_in), (Some(5), 3, 0, 1));
        let kept = |base, kept, too_early| Kept { base, kept, too_early, unknown: 0 };
        assert_eq!(row.kept, [kept(3, 2, 0), kept(3, 2, 0), kept(0, 0, 3)]);
        assert_eq!((row.cost, row.cost_per_came, row.cost_per_kept), (None, None, None));
        let row = placement(&table.placements, booth);
        assert_eq!((row.scans, row.joined, row.still_in), (Some(4), 2, 1));
        assert_eq!(row.kept, [kept(2, 2, 0), kept(2, 1, 0), kept(0, 0, 2)]);
        assert_eq!((row.name.as_str(), row.under.as_str()), ("驿站展位", "福利"));
        assert_eq!((row.partner.as_str(), row.source.as_str()), ("老王驿站", "station"));
        // 120.50 for two who came, one of whom is in.
        assert_eq!(row.cost, Some(12_050));
        assert_eq!((row.cost_per_came, row.cost_per_kept), (Some(6_025), Some(12_050)));
        let whole = &table.codes[0];
        assert_eq!((whole.scans, whole.joined, whole.still_in), (Some(9), 5, 2));
        // A month later all days are over.
        scene.pass(20 * Millis::DAY);
        scene.again(id).await;
        let table = scene.console.channels(&owner(), ask).await.unwrap();
        assert_eq!(placement(&table.placements, shop).kept[2], kept(3, 1, 0));
        assert_eq!(placement(&table.placements, booth).kept[2], kept(2, 1, 0));
        // Another window knows nothing of it.
        let ask = ChannelAsk { from: today().plus(3), to: today().plus(9) };
        let table = scene.console.channels(&owner(), ask).await.unwrap();
        assert_eq!(placement(&table.placements, shop).joined, 0);
        assert_eq!(placement(&table.placements, booth).cost, None);
        scene.place.live.stop().await;
    }
}

// catalogue: B10
#[tokio::test(flavor = "multi_thread")]
async fn the_wait_from_scan_to_group_is_the_median_of_the_fixture() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 42).await;
    let id = scene.connected().await;
    let chats = scene.new_groups(id, &["进阶群"], 500).await;
    let userid = scene.console.code_choices(&owner()).await.unwrap().staff[0].userid.clone();
    let form = CodeForm {
        kind: "staff".to_owned(),
        name: "顾问".to_owned(),
        staff: vec![StaffLine { userid, ..StaffLine::default() }],
        skips_verify: true,
        ..CodeForm::default()
    };
    let staff = scene.console.open_code(&owner(), &form).await.unwrap();
    let (_, friend) = scene.hung(staff, "公众号").await;
    let groups = scene.console.open_code(&owner(), &over("进阶", &chats, 500)).await.unwrap();
    let (_, group) = scene.hung(groups, "欢迎语").await;
    let config = scene.config_of(groups, &group).await;
    // Seconds from the scan to the adding, and from there into the group; the last never comes.
    for (adds, joins) in [(10, Some(60)), (40, Some(300)), (20, Some(120)), (30, None)] {
        let landed = scene.console.scanned(&friend, PHONE).unwrap();
        let app::links::Landing::Picture(shown) = landed.landing else { panic!("no picture") };
        scene.pass(adds * 1_000);
        let who = scene.enters(&Scene::config(&shown.picture), &format!("客 {adds}"));
        if let Some(joins) = joins {
            scene.pass(joins * 1_000);
            scene.practice.act(|books, now| books.scan_join(&config, &who, now)).unwrap();
        }
        scene.pass(Millis::HOUR);
    }
    scene.console.scanned(&friend, PHONE).unwrap();
    scene.console.write_scans_now().await.unwrap();
    scene.again(id).await;
    let ask = ChannelAsk { from: today(), to: today().plus(1) };
    let way = scene.console.entry_funnel(&owner(), Some(staff), ask).await.unwrap();
    assert_eq!((way.scans, way.added, way.joined), (5, 4, 0));
    assert_eq!(way.from_scan.map(|wait| (wait.median_ms, wait.of)), Some((20_000, 4)));
    assert_eq!(way.from_add.map(|wait| (wait.median_ms, wait.of)), Some((120_000, 3)));
    let whole = scene.console.entry_funnel(&owner(), None, ask).await.unwrap();
    assert_eq!((whole.scans, whole.added, whole.joined), (5, 4, 3));
    scene.place.live.stop().await;
}

// catalogue: B15, B17
#[tokio::test(flavor = "multi_thread")]
async fn hops_count_each_step_of_the_way() {
    let database = testkit::sqlite();
    let scene = Scene::set(&database, 43).await;
    let id = scene.connected().await;
    let chats = scene.new_groups(id, &["打卡群"], 500).await;
    let last = scene.console.open_code(&owner(), &over("打卡群", &chats, 500)).await.unwrap();
    let web = |name: &str, to: i64| CodeForm {
        kind: "web".to_owned(),
        name: name.to_owned(),
        url: "https://example.com/read".to_owned(),
        leads_to: to.to_string(),
        ..CodeForm::default()
    };
    let middle = scene.console.open_code(&owner(), &web("公众号", last)).await.unwrap();
    let first = scene.console.open_code(&owner(), &web("知乎文章", middle)).await.unwrap();
    let mut slugs = Vec::new();
    for code in [first, middle, last] {
        slugs.push(scene.hung(code, "链接").await.1);
    }
    for (slug, times) in slugs.iter().zip([7, 4, 1]) {
        for _ in 0..times {
            scene.console.scanned(slug, PHONE).unwrap();
        }
    }
    for name in ["甲", "乙"] {
        scene.comes(&slugs[2], name);
    }
    scene.console.write_scans_now().await.unwrap();
    scene.again(id).await;
    let ask = ChannelAsk { from: today(), to: today() };
    let hops = scene.console.hops(&owner(), first, ask).await.unwrap();
    let seen: Vec<(i64, u64, Option<u32>)> =
        hops.iter().map(|hop| (hop.code, hop.scans, hop.came)).collect();
    assert_eq!(seen, [(first, 7, None), (middle, 4, None), (last, 3, Some(2))]);
    let channels = scene.console.channels(&owner(), ask).await.unwrap();
    let told = |code| {
        let mut rows = channels.codes.iter();
        rows.find(|row| row.of == ChannelOf::Code(code)).map(|row| (row.is_told, row.joined))
    };
    assert_eq!(told(last), Some((true, 2)));
    assert_eq!(told(first), Some((false, 0)), "the web tells nobody who came");
    let hours = scene.console.code_hours(&owner(), last, ask).await.unwrap();
    assert_eq!(hours.iter().map(|hour| (hour.scans, hour.came)).collect::<Vec<_>>(), [(3, 2)]);
    let stays = scene.store.link_stays(ORG, (Millis(0), Millis(i64::MAX))).await.unwrap();
    assert_eq!(stays.len(), 2);
    scene.place.live.stop().await;
}
