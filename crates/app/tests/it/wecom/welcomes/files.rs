//! What goes with the words (D01): each kind is sent, and no welcome waits for an upload.

use app::console::FieldError;
use app::wecom::{MediaForm, WordingForm};
use domain::Millis;
use engine::welcome::Beside;
use practice::wecom::{Family, Fault};
use store::WelcomeState;

use crate::wecom::welcomes::{Welcoming, words};
use crate::wecom::{owner, wrong};

fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n0000".to_vec()
}

fn file(kind: &'static str, bytes: Vec<u8>) -> MediaForm {
    MediaForm { kind, name: "../群规\"海报".to_owned(), bytes }
}

impl Welcoming {
    async fn kept(&self, media: MediaForm) -> i64 {
        let place = (self.id.account, "b0");
        self.scene.console.keep_medium(&owner(), place, media).await.unwrap()
    }

    async fn renewed(&self) {
        self.scene.console.renew_media_now(self.id).await.unwrap();
    }

    fn uploads(&self) -> usize {
        let calls = self.scene.practice.calls();
        calls.iter().filter(|call| call.path == "media/upload" && call.code == Some(0)).count()
    }
}

// catalogue: D01
#[tokio::test(flavor = "multi_thread")]
async fn each_kind_is_sent_and_files_are_uploaded_ahead_of_time_and_again_before_they_end() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 31).await;
    let staff = all.staff[0].clone();
    let picture = all.kept(file("image", png())).await;
    assert_eq!(all.kept(file("image", png())).await, picture, "the same is kept once");
    let film = all.kept(file("video", b"0000ftypisom".to_vec())).await;
    let paper = all.kept(file("file", b"%PDF-1.7".to_vec())).await;
    let beside = vec![
        Beside::Image { medium: picture },
        Beside::Link {
            title: "社区守则".into(),
            desc: "请先看".into(),
            url: "https://example.com/rules".into(),
            picture: String::new(),
        },
        Beside::App {
            title: "签到".into(),
            appid: "wx8bd80126147dfAAA".into(),
            page: "/pages/index".into(),
            medium: picture,
        },
        Beside::Video { medium: film },
        Beside::File { medium: paper },
    ];
    all.saved(WordingForm { beside, ..words("欢迎") }).await;
    all.renewed().await;
    let made = all.uploads();
    assert_eq!(made, 3);
    let row = all.welcomed("小雨", (&staff, "")).await;
    assert_eq!(row.state, WelcomeState::Sent, "{}", row.said);
    let said = all.said(&row.new.code).unwrap();
    let kinds: Vec<&str> = said["attachments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["msgtype"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["image", "link", "miniprogram", "video", "file"]);
    assert_eq!(all.uploads(), made, "no welcome waits for an upload");
    let name = all
        .scene
        .practice
        .read(|books| books.media.values().find(|one| one.kind == "image").unwrap().name.clone());
    assert_eq!(name, "群规海报.png");
    all.renewed().await;
    assert_eq!(all.uploads(), made, "still good");
    all.scene.pass(2 * Millis::DAY);
    all.renewed().await;
    assert_eq!(all.uploads(), 2 * made, "a day ahead");
    // A week in which somebody looks once an hour: every welcome finds its files.
    for _ in 0..14 {
        all.scene.pass(Millis::DAY / 2);
        all.renewed().await;
        let row = all.welcomed("小雨", (&staff, "")).await;
        let said = all.said(&row.new.code).unwrap();
        assert_eq!(said["attachments"].as_array().unwrap().len(), 5, "{}", row.said);
    }
    all.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_not_there_leaves_the_words_and_is_told() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 32).await;
    let staff = all.staff[0].clone();
    all.scene.practice.faults(|faults| {
        faults.revoked.insert(Family::Media);
    });
    let picture = all.kept(file("image", png())).await;
    let beside = vec![Beside::Image { medium: picture }];
    all.saved(WordingForm { beside, ..words("欢迎") }).await;
    all.renewed().await;
    let row = all.welcomed("小雨", (&staff, "")).await;
    assert_eq!((row.state, all.text_of(&row.new.code).as_str()), (WelcomeState::Sent, "欢迎"));
    assert!(row.said.contains("\"left_out\":[\"image\"]"), "{}", row.said);
    all.scene.practice.faults(practice::wecom::Faults::clear);
    all.scene.pass(10 * Millis::MINUTE);
    all.renewed().await;
    // The platform forgot it before its time: the words go alone, and it is uploaded again.
    all.scene.practice.write(|books| books.media.clear());
    let row = all.welcomed("小雨", (&staff, "")).await;
    assert_eq!((row.state, all.text_of(&row.new.code).as_str()), (WelcomeState::Sent, "欢迎"));
    assert_eq!(all.calls(&row.new.code).len(), 2);
    all.renewed().await;
    let row = all.welcomed("小雨", (&staff, "")).await;
    let said = all.said(&row.new.code).unwrap();
    assert_eq!(said["attachments"].as_array().unwrap().len(), 1, "{}", row.said);
    assert_eq!(all.calls(&row.new.code).len(), 1);
    all.scene.practice.faults(|all| all.plan("media/upload", 1, Fault::Code(-1)));
    all.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_is_is_told_by_its_content_and_its_size_is_the_platforms() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 33).await;
    let mut large = png();
    large.resize(10 * 1_024 * 1_024 + 1, 0);
    for (media, code) in [
        (file("image", b"<svg onload=x>".to_vec()), "not_an_image"),
        (file("video", png()), "not_a_video"),
        (file("file", b"12345".to_vec()), "empty_file"),
        (file("image", large), "too_big"),
    ] {
        let place = (all.id.account, "b3");
        let denied = all.scene.console.keep_medium(&owner(), place, media).await.unwrap_err();
        assert_eq!(wrong(denied), [FieldError { field: "b3", code }]);
    }
    // What nobody uses goes after thirty days.
    all.kept(file("image", png())).await;
    all.scene.pass(30 * Millis::DAY + 1);
    all.renewed().await;
    assert!(all.scene.store.media(all.id).await.unwrap().is_empty());
    all.stop().await;
}
