//! A company ends with its handle, and goes on from its file.

use practice::wecom::{Practice, Setup};
use serde_json::json;

use crate::house::{House, books};

const LIST: &str = "externalcontact/groupchat/list";

#[tokio::test]
async fn nothing_answers_after_the_end() {
    let house = House::new();
    let (token, url) = (house.token().await, house.at(LIST));
    let House { practice, client, .. } = house;
    drop(practice);
    let to = client.post(url).query(&[("access_token", token)]);
    assert!(to.json(&json!({"limit": 1})).send().await.is_err());
}

#[test]
fn a_company_goes_on_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("company.json");
    let start = |books| {
        let setup = Setup { books, file: Some(file.clone()), ..Setup::default() };
        Practice::start(setup).unwrap()
    };
    let first = start(books());
    let text = |practice: &Practice| practice.read(|books| serde_json::to_string(books).unwrap());
    first.act(|books, now| books.make_group("lisi", "群", now).map(|(_, told)| told)).unwrap();
    first.advance(5_000);
    let (before, now, corp) = (text(&first), first.now(), first.corp().to_owned());
    drop(first);
    let second = start(practice::wecom::books::Books::default());
    assert_eq!(text(&second), before);
    assert_eq!((second.now(), second.corp()), (now, corp.as_str()));
    drop(second);
    std::fs::write(&file, "half a fi").unwrap();
    let setup = Setup { file: Some(file), ..Setup::default() };
    assert!(Practice::start(setup).is_err());
}
