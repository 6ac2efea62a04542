//! Who came by a code of ours is welcomed with the name of its placement.

use app::links::{CodeForm, Landing, PlacementForm, StaffLine, Visitor};
use app::wecom::{ChannelView, WordingForm};
use engine::links::Device;
use practice::wecom::books::Customer;
use store::{WelcomeRow, WelcomeState};

use crate::wecom::owner;
use crate::wecom::welcomes::{Welcoming, words};

fn placed(name: &str) -> PlacementForm {
    PlacementForm { name: name.to_owned(), ..PlacementForm::default() }
}

impl Welcoming {
    /// A code of a member of staff at two places: the number and the slug of each.
    async fn hung(&self, staff: &str, names: [&str; 2]) -> [(i64, String); 2] {
        let line = StaffLine { userid: staff.to_owned(), ..StaffLine::default() };
        let form = CodeForm {
            kind: "staff".to_owned(),
            name: "客服".to_owned(),
            staff: vec![line],
            skips_verify: true,
            ..CodeForm::default()
        };
        let console = &self.scene.console;
        let code = console.open_code(&owner(), &form).await.unwrap();
        for name in names {
            console.place_code(&owner(), code, &placed(name)).await.unwrap();
        }
        console.work_links_now().await.unwrap();
        let view = console.code(&owner(), code).await.unwrap();
        names.map(|name| {
            let one = view.placements.iter().find(|one| one.name == name).unwrap();
            (one.id, one.slug.clone())
        })
    }

    /// Somebody scans our code and then the platform's, whose `state` comes with them.
    async fn scanned(&self, slug: &str) -> WelcomeRow {
        let before = self.codes();
        let phone = Visitor { device: Device::Android, in_wechat: true, is_again: false };
        let landed = self.scene.console.scanned(slug, phone).unwrap();
        let Landing::Picture(shown) = landed.landing else { panic!("{landed:?}") };
        let config = shown.picture.rsplit('/').next().unwrap();
        let customer = Customer { name: "小雨".to_owned(), ..Customer::default() };
        let customer = self.scene.practice.write(|books| books.add_customer(customer));
        self.scene.practice.act(|books, now| books.scan_way(config, &customer, now)).unwrap();
        let (code, letter) = self.letter(&before);
        assert!(letter.contains(&format!("<State>{slug}</State>")), "{letter}");
        self.told(&letter).await;
        self.scene.console.welcome_company_now(self.id).await.unwrap();
        self.row(&code).await
    }
}

// catalogue: B02 D04
#[tokio::test(flavor = "multi_thread")]
async fn who_came_by_a_code_of_ours_reads_the_name_of_its_placement() {
    for database in testkit::databases().await {
        let all = Welcoming::set(&database, 25).await;
        let staff = all.staff[0].clone();
        let [(shop, at_shop), (_, at_lift)] = all.hung(&staff, ["店门口海报", "电梯"]).await;
        all.saved(words("{渠道}来的{昵称}你好")).await;
        for by in ["", "shop_poster"] {
            let row = all.welcomed("小雨", (&staff, by)).await;
            assert_eq!(all.text_of(&row.new.code), "这里来的小雨你好", "{by}");
        }
        for (slug, text) in [(&at_shop, "店门口海报来的小雨你好"), (&at_lift, "电梯来的小雨你好")]
        {
            let row = all.scanned(slug).await;
            assert_eq!(row.state, WelcomeState::Sent, "{}", row.said);
            assert_eq!(all.text_of(&row.new.code), text);
        }
        // A condition is typed by name, kept by slug, and outlives the name.
        let form = WordingForm {
            channels: "店门口海报".to_owned(), ..words("进店有礼，{渠道}")
        };
        let nth = all.saved(form).await;
        let console = &all.scene.console;
        let shown = console.contact_welcomes(&owner(), all.id.account).await.unwrap();
        let kept = shown.wordings.iter().find(|one| one.id == nth).unwrap();
        assert_eq!(kept.wording.when.channels, std::slice::from_ref(&at_shop));
        assert_eq!(WordingForm::of(kept).channels, "店门口海报");
        console.change_placement(&owner(), shop, &placed("橱窗")).await.unwrap();
        let row = all.scanned(&at_shop).await;
        assert_eq!(all.text_of(&row.new.code), "进店有礼，橱窗");
        let preview = WordingForm { channels: "橱窗".to_owned(), ..words("{渠道}") };
        let preview = console.preview_wording(&owner(), all.id.account, &preview).await.unwrap();
        assert_eq!(preview.unwrap().named.text, "橱窗");
        // Pages tell by name, and what is not ours as it came.
        let shown = console.contact_welcomes(&owner(), all.id.account).await.unwrap();
        let called = |one: &ChannelView| one.called().to_owned();
        let lines: Vec<Option<String>> =
            shown.latest.iter().map(|line| line.channel.as_ref().map(called)).collect();
        for name in ["橱窗", "电梯", "shop_poster"] {
            assert!(lines.contains(&Some(name.to_owned())), "{lines:?}");
        }
        assert!(lines.contains(&None), "{lines:?}");
        let offered: Vec<String> = shown.channels.iter().map(called).collect();
        assert_eq!(offered[0], "橱窗", "who came most by: {offered:?}");
        assert_eq!(offered.len(), 3, "{offered:?}");
        all.stop().await;
    }
}
