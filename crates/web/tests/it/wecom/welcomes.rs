//! `/settings/wecom/{n}/welcome`: written, shown before it is saved, and sent over real callbacks.

use std::collections::BTreeMap;

use app::console::Console;
use app::links::{CodeForm, PlacementForm, StaffLine};
use axum::http::StatusCode;
use practice::wecom::books::{Customer, Meeting};
use practice::wecom::{LetterFaults, Pace};
use store::WelcomeState;

use crate::browser::form;
use crate::team::{acts, hired};
use crate::wecom::Scene;
use crate::wecom::callbacks;

const PNG: &str = "\u{89}PNG 0000";

// catalogue: D01 D02
#[tokio::test]
async fn what_customers_will_see_shows_before_it_is_saved() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let page = scene.owner.get(&address).await;
    assert!(page.text.contains(&format!("href=\"{address}/welcome\"")), "{}", page.text);
    let list = scene.owner.get(&format!("{address}/welcome")).await;
    assert!(list.text.contains("还没有欢迎语"), "{}", list.text);
    let new = format!("{address}/welcome/new");
    let page = scene.owner.get(&new).await;
    assert!(page.text.contains("value=\"add_link\"") && page.text.contains("{昵称}"));
    assert!(page.text.contains("id=\"channels-hint\"") && !page.text.contains("可以填："));
    let text = "你好，{昵称}！<b>";
    // A button adds a thing; nothing is saved.
    let typed = [("name", "默认"), ("text", text), ("act", "add_link")];
    let page = scene.owner.post(&new, &form(&typed)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(page.text.contains("name=\"b0_title\"") && page.text.contains("你好，{昵称}！"));
    let link = [
        ("b0_kind", "link"),
        ("b0_title", "社区<守则>"),
        ("b0_url", "https://example.com/r"),
        ("b1_kind", "app"),
        ("b1_title", "签到"),
    ];
    let mut typed = vec![("name", "默认"), ("text", text), ("act", "preview")];
    typed.extend(link);
    let page = scene.owner.post(&new, &form(&typed)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("请填小程序的 AppID"), "{}", page.text);
    let typed = &mut typed[..6];
    let page = scene.owner.post(&new, &form(typed)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("你好，小雨！&#60;b&#62;"), "{}", page.text);
    assert!(
        page.text.contains("你好，朋友！&#60;b&#62;") && page.text.contains("社区&#60;守则&#62;")
    );
    assert!(page.text.contains("data-kind=\"link\""));
    let list = scene.owner.get(&format!("{address}/welcome")).await;
    assert!(list.text.contains("还没有欢迎语"), "a preview keeps nothing");
    typed[2] = ("act", "save");
    let saved = scene.owner.post(&new, &form(typed)).await;
    assert_eq!(saved.header("location"), format!("{address}/welcome?done=saved"), "{}", saved.text);
    let list = scene.owner.get(saved.header("location")).await;
    assert!(list.text.contains("默认") && list.text.contains("所有人"), "{}", list.text);
    assert!(acts(&scene.place.store).await.contains(&"welcome.added".to_owned()));
    let edit = scene.owner.get(&format!("{address}/welcome/1")).await;
    assert!(edit.text.contains("value=\"https://example.com/r\""), "{}", edit.text);
}

// catalogue: D04
#[tokio::test]
async fn a_code_of_ours_is_offered_and_typed_by_the_name_of_its_placement() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let (console, owner) = (Console::new(scene.place.live.clone()), callbacks::owner());
    let userid = console.code_choices(&owner).await.unwrap().staff.remove(0).userid;
    let code = CodeForm {
        kind: "staff".to_owned(),
        name: "客服".to_owned(),
        staff: vec![StaffLine { userid, ..StaffLine::default() }],
        ..CodeForm::default()
    };
    let code = console.open_code(&owner, &code).await.unwrap();
    let place = PlacementForm { name: "店门口<海报>".to_owned(), ..PlacementForm::default() };
    console.place_code(&owner, code, &place).await.unwrap();
    let slug = console.code(&owner, code).await.unwrap().placements.remove(0).slug;
    let page = scene.owner.get(&format!("{address}/welcome/new")).await;
    let hint = format!("<bdi>店门口&#60;海报&#62;</bdi> <code>{slug}</code>");
    assert!(page.text.contains(&hint), "{}", page.text);
    let typed = [
        ("name", "进店"),
        ("text", "{渠道}见"),
        ("channels", "shop_poster，店门口<海报>"),
        ("act", "save"),
    ];
    let saved = scene.owner.post(&format!("{address}/welcome/new"), &form(&typed)).await;
    let list = scene.owner.get(saved.header("location")).await;
    assert!(list.text.contains("渠道：shop_poster、店门口&#60;海报&#62;"), "{}", list.text);
    let edit = scene.owner.get(&format!("{address}/welcome/1")).await;
    let value = "value=\"shop_poster, 店门口&#60;海报&#62;\"";
    assert!(edit.text.contains(value), "{}", edit.text);
}

#[tokio::test]
async fn every_field_that_is_wrong_says_why_and_keeps_what_was_typed() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let long = "字".repeat(1_334);
    for (fields, words) in [
        (vec![("text", "a")], "请起个名字"),
        (vec![("name", "默认")], "写点什么"),
        (vec![("name", "默认"), ("text", "{昵稱}")], "{昵稱} 不是变量"),
        (vec![("name", "默认"), ("text", &long)], "太长了"),
        (vec![("name", "默认"), ("text", "{群规}")], "请选是哪个群的"),
    ] {
        let page = scene.owner.post(&format!("{address}/welcome/new"), &form(&fields)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(page.text.contains(words) && page.text.contains("is-invalid"), "{words}");
        let typed = fields.iter().find(|(name, _)| *name == "text").map_or("", |(_, text)| text);
        assert!(page.text.contains(typed));
    }
    let blocks = format!("{address}/welcome/blocks");
    let page = scene.owner.post(&blocks, &form(&[("name", "昵称"), ("text", "x")])).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("这个名字系统已经用了"), "{}", page.text);
    let kept = scene.owner.post(&blocks, &form(&[("name", "福利时间"), ("text", "每周五")])).await;
    let list = scene.owner.get(kept.header("location")).await;
    assert!(list.text.contains("福利时间") && list.text.contains("每周五"), "{}", list.text);
    let duty = format!("{address}/welcome/duty");
    let fields = [("seen", "0"), ("day", "0"), ("from", "9点"), ("to", "18:00")];
    let page = scene.owner.post(&duty, &form(&fields)).await;
    assert!(page.text.contains("时间不对") && page.text.contains("9点"), "{}", page.text);
    let fields = [("seen", "0"), ("day", "0"), ("day", "6"), ("from", "09:30"), ("to", "18:00")];
    let kept = scene.owner.post(&duty, &form(&fields)).await;
    let list = scene.owner.get(kept.header("location")).await;
    assert!(list.text.contains("value=\"09:30\""), "{}", list.text);
}

#[tokio::test]
async fn files_are_what_they_contain_and_pictures_show() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let send = async |scene: &Scene, name: &str, text: &str| {
        let kind = "multipart/form-data; boundary=--x7Y";
        let body = format!(
            "----x7Y\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n\
             {text}\r\n----x7Y--\r\n"
        );
        scene.owner.clone().typed(kind).post(&format!("{address}/media"), &body).await
    };
    let none = scene.owner.post(&format!("{address}/media"), "").await;
    assert!(none.status == StatusCode::UNPROCESSABLE_ENTITY && none.text.contains("文件是空的"));
    let kept = send(&scene, "<b>群规.txt", "不发广告，友善").await;
    assert_eq!(kept.header("location"), format!("{address}/media?done=kept"), "{}", kept.text);
    let list = scene.owner.get(kept.header("location")).await;
    assert!(list.text.contains("&#60;b&#62;群规.txt") && list.text.contains("用到时上传"));
    let file = scene.owner.get(&format!("{address}/media/1")).await;
    assert_eq!(file.header("content-type"), "application/octet-stream");
    // The bytes of a PNG begin with one that is no letter: as text it is a file like any other.
    let kept = send(&scene, "a.png", PNG).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let list = scene.owner.get(kept.header("location")).await;
    assert!(!list.text.contains("hq-thumb"), "{}", list.text);
}

// catalogue: R04
#[tokio::test]
async fn leads_write_welcomes_and_who_is_scoped_does_not_see_them() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let mut lead = hired(&scene.place, "lead-1", "lead", &[scene.place.group]).await;
    for path in ["/welcome", "/welcome/new", "/media", "/group-welcome", "/group-welcome/new"] {
        let refused = lead.get(&format!("{address}{path}")).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(scene.owner.get(&format!("{address}{path}")).await.status, StatusCode::OK);
    }
    for path in ["/welcome/99", "/group-welcome/99", "/media/99"] {
        let page = scene.owner.get(&format!("{address}{path}")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_library_says_what_is_not_in_step_and_what_owners_do_themselves() {
    let mut scene = Scene::set().await;
    let address = scene.connected().await;
    let group = format!("{address}/group-welcome");
    scene.practice.faults(|faults| {
        faults.plan(
            "externalcontact/group_welcome_template/add",
            1,
            practice::wecom::Fault::Code(41_055),
        );
    });
    let page = scene.owner.post(&format!("{group}/new"), &form(&[("text", "{员工}")])).await;
    assert!(page.text.contains("只能用 {昵称}") && page.text.contains("请起个名字"));
    let fields = [("name", "入群"), ("text", "{昵称}你好"), ("act", "preview")];
    let page = scene.owner.post(&format!("{group}/new"), &form(&fields)).await;
    assert!(page.text.contains("小雨你好"), "{}", page.text);
    let fields = [("name", "入群"), ("text", "{昵称}你好"), ("notify", "1"), ("act", "save")];
    let saved = scene.owner.post(&format!("{group}/new"), &form(&fields)).await;
    assert_eq!(saved.header("location"), format!("{group}?done=saved"), "{}", saved.text);
    let wait = async |scene: &mut Scene, words: &str| loop {
        let page = scene.owner.get(&group).await;
        if page.text.contains(words) {
            return page;
        }
        tokio::task::yield_now().await;
    };
    let page = wait(&mut scene, "没同步").await;
    assert!(page.text.contains("素材库已满") && page.text.contains("入群欢迎语"));
    assert!(page.text.contains("不能指定哪个群用哪一条") && page.text.contains("个群"));
    scene.owner.post(&format!("{group}/1/retry"), "").await;
    wait(&mut scene, "已同步").await;
    assert_eq!(scene.practice.read(|books| books.welcomes.templates.len()), 1);
    scene.owner.post(&format!("{group}/1/removal"), "").await;
    wait(&mut scene, "还没有入群欢迎语").await;
    assert_eq!(scene.practice.read(|books| books.welcomes.templates.len()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_who_come_at_once_are_all_welcomed_in_time_and_none_twice() {
    let scene = callbacks::Scene::set().await;
    let callback = scene.callback().await;
    scene.practice.call_back(callback).await.unwrap();
    let form = app::wecom::WordingForm {
        name: "默认".to_owned(),
        text: "欢迎，{昵称}".to_owned(),
        ..app::wecom::WordingForm::default()
    };
    let owner = callbacks::owner();
    scene.console.save_wording(&owner, (scene.id.account, None), &form).await.unwrap();
    let staff = scene.practice.write(|books| {
        let able = books.staff.iter_mut().find(|(_, one)| one.serves() && one.visible).unwrap();
        able.1.console_welcome = false;
        able.0.clone()
    });
    // Doubled and overtaken letters; nothing is lost, so that everybody can be welcomed.
    let faults = LetterFaults { doubled: 300, reordered: 300, ..LetterFaults::default() };
    scene.practice.faults(|all| all.letters = faults);
    let customers: Vec<String> = scene.practice.write(|books| {
        let new = |nth| Customer { name: format!("新客 {nth}"), ..Customer::default() };
        (0..1_000).map(|nth| books.add_customer(new(nth))).collect()
    });
    // From here the company's clock goes as ours.
    scene.practice.pace(Pace::Times(1));
    for customer in &customers {
        let how = Meeting { add_way: 1, state: Some("poster_a".to_owned()), checked: false };
        scene.practice.act(|books, now| books.meet(&staff, customer, how, now)).unwrap();
    }
    scene.practice.flush();
    assert!(scene.practice.settled().await);
    loop {
        let counts = scene.store.welcome_counts(scene.id, domain::Millis(0)).await.unwrap();
        let counts: BTreeMap<WelcomeState, u64> = counts.into_iter().collect();
        let of = |state| counts.get(&state).copied().unwrap_or(0);
        if of(WelcomeState::Waiting) + of(WelcomeState::Taken) == 0 && !counts.is_empty() {
            assert_eq!(of(WelcomeState::Sent), 1_000, "{counts:?}");
            break;
        }
        tokio::task::yield_now().await;
    }
    let said = scene.practice.read(|books| {
        let mut said: BTreeMap<String, usize> = BTreeMap::new();
        for one in books.welcomes.codes.values().filter(|one| one.said.is_some()) {
            *said.entry(one.customer.clone()).or_default() += 1;
        }
        said
    });
    assert!(customers.iter().all(|customer| said.get(customer) == Some(&1)));
    let calls = scene.practice.calls();
    let mut sent: Vec<&str> = calls
        .iter()
        .filter(|call| call.path.ends_with("send_welcome_msg"))
        .map(|call| call.asked.as_str())
        .collect();
    let all = sent.len();
    sent.sort_unstable();
    sent.dedup();
    assert_eq!((all, sent.len()), (1_000, 1_000), "each was called for once");
}
