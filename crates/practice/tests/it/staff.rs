//! Staff and departments.

use practice::wecom::books::{Department, Staff};
use serde_json::{Value, json};

use crate::house::House;

fn ids(answer: &Value) -> Vec<String> {
    let rows = answer["userlist"].as_array().unwrap();
    rows.iter().map(|row| row["userid"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn staff_are_listed_by_department_and_one_by_one() {
    let house = House::new();
    house.practice.write(|books| {
        books.departments.insert(3, Department { name: "一组".into(), parent: 2 });
        books.staff.get_mut("lisi").unwrap().departments = vec![3];
        books.staff.insert("hidden".into(), Staff { departments: vec![2], ..Staff::default() });
    });
    let list = async |query: &[(&str, &str)]| ids(&house.look("user/simplelist", query).await);
    assert_eq!(list(&[("department_id", "2")]).await, ["wangwu", "zhangsan"]);
    let all = list(&[("department_id", "1"), ("fetch_child", "1")]).await;
    assert_eq!(all, ["lisi", "wangwu", "zhangsan"]);
    let unknown = house.look("user/simplelist", &[("department_id", "9")]).await;
    assert_eq!(unknown["errcode"], 60_123);
    for (id, code) in [("ZhangSan", 0), ("nobody", 60_111), ("hidden", 60_011), ("", 41_009)] {
        let one = house.look("user/get", &[("userid", id)]).await;
        assert_eq!(one["errcode"], code, "{id}");
    }
    let departments = house.look("department/list", &[]).await;
    assert_eq!(departments["department"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn ids_come_in_pages_and_who_left_is_gone() {
    let house = House::new();
    house.practice.act(|books, now| books.resign("lisi", now)).unwrap();
    let first = house.done("user/list_id", json!({"limit": 1})).await;
    assert_eq!(first["dept_user"], json!([{"userid": "wangwu", "department": 2}]));
    let cursor = &first["next_cursor"];
    let second = house.done("user/list_id", json!({"limit": 1, "cursor": cursor})).await;
    assert_eq!(second["dept_user"][0]["userid"], "zhangsan");
    assert_eq!(second["next_cursor"], "");
    let serving = house.look("externalcontact/get_follow_user_list", &[]).await;
    assert_eq!(serving["follow_user"], json!(["zhangsan"]));
}

#[tokio::test]
async fn groups_of_owners_out_of_range_are_not_there() {
    let house = House::new();
    let chat = house.group("群");
    house.practice.write(|books| books.staff.get_mut("zhangsan").unwrap().visible = false);
    let list = house.done("externalcontact/groupchat/list", json!({"limit": 10})).await;
    assert_eq!(list["group_chat_list"], json!([]));
    let one = house.code("externalcontact/groupchat/get", json!({"chat_id": chat})).await;
    assert_eq!(one, 60_011);
}
