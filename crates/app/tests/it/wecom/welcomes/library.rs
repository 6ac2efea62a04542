//! The library of welcomes of groups is kept in step with what staff want.

use app::wecom::{GroupWelcomeForm, GroupWelcomeState, GroupWelcomeView, MediaForm, Notified};
use domain::Millis;
use engine::welcome::Beside;
use practice::wecom::Fault;
use serde_json::Value;

use crate::wecom::welcomes::Welcoming;
use crate::wecom::{owner, wrong};

const ADD: &str = "externalcontact/group_welcome_template/add";
const EDIT: &str = "externalcontact/group_welcome_template/edit";

impl Welcoming {
    async fn wants(&self, nth: Option<i64>, text: &str) -> i64 {
        let form = GroupWelcomeForm {
            name: "入群".into(),
            text: text.into(),
            notified: Notified::Owners,
            ..GroupWelcomeForm::default()
        };
        let key = (self.id.account, nth);
        let nth = self.scene.console.save_group_welcome(&owner(), key, &form).await.unwrap();
        self.brought().await;
        nth
    }

    async fn brought(&self) {
        self.scene.console.step_company_now(self.id).await.unwrap();
    }

    async fn shown(&self) -> Vec<GroupWelcomeView> {
        self.scene.console.group_welcomes(&owner(), self.id.account).await.unwrap()
    }

    fn library(&self) -> Vec<Value> {
        self.scene.practice.read(|books| books.welcomes.templates.values().cloned().collect())
    }

    async fn failed(&self) -> (String, bool) {
        match self.shown().await.remove(0).state {
            GroupWelcomeState::Failed { word, next, .. } => (word, next.is_some()),
            other => panic!("{other:?}"),
        }
    }
}

fn content(template: &Value) -> &str {
    template["text"]["content"].as_str().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wanted_is_added_changed_and_taken_away_and_follows_its_blocks() {
    for database in testkit::databases().await {
        let all = Welcoming::set(&database, 41).await;
        let console = &all.scene.console;
        console.set_block(&owner(), "群规矩", "不发广告").await.unwrap();
        let nth = all.wants(None, "{昵称}你好\n{群规矩}").await;
        assert_eq!(content(&all.library()[0]), "%NICKNAME%你好\n不发广告");
        assert_eq!(all.shown().await[0].state, GroupWelcomeState::InStep);
        all.brought().await;
        let calls = all.scene.practice.calls().len();
        all.brought().await;
        assert_eq!(all.scene.practice.calls().len(), calls, "in step: nothing is called");
        console.set_block(&owner(), "群规矩", "友善").await.unwrap();
        assert_eq!(all.shown().await[0].state, GroupWelcomeState::Waiting);
        all.brought().await;
        assert_eq!(content(&all.library()[0]), "%NICKNAME%你好\n友善");
        all.wants(Some(nth), "大家好").await;
        assert_eq!((all.library().len(), content(&all.library()[0])), (1, "大家好"));
        console.remove_group_welcome(&owner(), (all.id.account, nth)).await.unwrap();
        all.brought().await;
        assert!(all.library().is_empty() && all.shown().await.is_empty());
        all.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_tried_again_by_its_kind_and_nothing_is_added_twice() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 42).await;
    all.scene.practice.faults(|faults| faults.plan(ADD, 1, Fault::Code(48_002)));
    let nth = all.wants(None, "你好").await;
    assert_eq!(all.failed().await, ("permission".to_owned(), true));
    all.scene.pass(Millis::MINUTE);
    all.brought().await;
    assert_eq!(all.shown().await[0].state, GroupWelcomeState::InStep);
    all.scene.practice.faults(|faults| faults.plan(EDIT, 1, Fault::Code(45_009)));
    all.wants(Some(nth), "你好呀").await;
    assert_eq!(all.failed().await, ("limit".to_owned(), true));
    assert_eq!(content(&all.library()[0]), "你好");
    for _ in 0..3 {
        all.scene.pass(2 * Millis::MINUTE);
        all.brought().await;
    }
    assert_eq!((content(&all.library()[0]), all.library().len()), ("你好呀", 1));
    // Added, but the answer was lost: not added again by itself.
    let console = &all.scene.console;
    console.remove_group_welcome(&owner(), (all.id.account, nth)).await.unwrap();
    all.brought().await;
    all.scene.practice.faults(|faults| faults.plan(ADD, 1, Fault::Cut));
    let nth = all.wants(None, "新的").await;
    assert_eq!(all.failed().await, ("unclear".to_owned(), false));
    for _ in 0..3 {
        all.scene.pass(Millis::DAY);
        all.brought().await;
    }
    assert_eq!(all.library().len(), 1, "by itself it is added once");
    console.retry_group_welcome(&owner(), (all.id.account, nth)).await.unwrap();
    all.brought().await;
    assert_eq!(all.shown().await[0].state, GroupWelcomeState::InStep);
    // Full: somebody has to make room.
    all.scene.practice.faults(|faults| faults.plan(ADD, 1, Fault::Code(41_055)));
    all.wants(None, "再来").await;
    let states: Vec<_> = all.shown().await.into_iter().map(|one| one.state).collect();
    assert!(
        matches!(&states[1], GroupWelcomeState::Failed { word, next: None, .. } if word == "full"),
        "{states:?}"
    );
    all.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_goes_by_an_address_that_does_not_end_and_limits_are_told() {
    let database = testkit::sqlite();
    let all = Welcoming::set(&database, 43).await;
    let console = &all.scene.console;
    let bytes = b"\x89PNG\r\n\x1a\n0000".to_vec();
    let media = MediaForm { kind: "image", name: "a.png".into(), bytes };
    let medium = console.keep_medium(&owner(), (all.id.account, "b0"), media).await.unwrap();
    let form = |text: &str| GroupWelcomeForm {
        name: "入群".into(),
        text: text.into(),
        beside: Some(Beside::Image { medium }),
        ..GroupWelcomeForm::default()
    };
    let key = (all.id.account, None);
    console.save_group_welcome(&owner(), key, &form("")).await.unwrap();
    all.brought().await;
    let library = all.library();
    let picture = library[0]["image"]["pic_url"].as_str().unwrap();
    assert!(picture.contains("/practice/pictures/"), "{library:?}");
    for (text, code) in [
        ("{员工}", "not_in_groups"),
        ("{群规}", "not_in_groups"),
        ("{谁}", "unknown_slot"),
        (&*"字".repeat(1_001), "too_long"),
    ] {
        let denied = console.save_group_welcome(&owner(), key, &form(text)).await.unwrap_err();
        let wrong = wrong(denied);
        assert_eq!((wrong[0].field, wrong[0].code), ("text", code));
    }
    all.stop().await;
}
