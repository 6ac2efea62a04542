//! People of the console, from outside.

mod crowd;
mod door;
mod merging;
mod scope;
mod timeline;

use axum::http::StatusCode;
use domain::OrgId;

use crate::browser::{Browser, Page, Place, form};

/// The number of the person of this name, as the list links it.
pub(crate) async fn number(staff: &mut Browser, name: &str) -> u32 {
    let page = staff.get("/people").await;
    let before = page.text.split(&format!("data-main>{name}</a>")).next().unwrap().to_owned();
    let at = before.rsplit("href=\"/people/").next().unwrap();
    at.split('"').next().unwrap().parse().unwrap()
}

/// Sends a form of staff; it must be done.
pub(crate) async fn done(staff: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let answer = staff.post(path, &form(fields)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.text);
    answer
}

/// Lines of the audit log, by their words.
pub(crate) async fn acts(place: &Place) -> Vec<String> {
    let query = store::AuditQuery { limit: 100, ..store::AuditQuery::default() };
    let rows = place.store.audit(OrgId(1), query).await.unwrap();
    rows.into_iter().map(|row| row.act).collect()
}

// catalogue: F07, F08
#[tokio::test]
async fn a_tag_is_put_on_in_two_clicks_beside_a_talk_and_tells_who_when_and_why() {
    let place = Place::open().await;
    let _ann = place.member("Ann").await;
    let mut staff = place.operator().await;
    let ann = number(&mut staff, "Ann").await;
    let new = [("name", "想报名"), ("folder", "意向"), ("quick", "1"), ("days", "30")];
    done(&mut staff, "/people/tags", &new).await;
    // First click: the list of quick tags opens in the card; second click: the tag.
    let card = staff.get(&format!("/people/{ann}/card")).await;
    assert!(card.text.contains("<summary") && card.text.contains(">想报名</button>"));
    assert!(!card.text.contains("<html"));
    let tag = card.text.split("name=\"tag\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let path = format!("/people/{ann}/tags");
    let again = staff.post(&path, &form(&[("tag", tag), ("card", "1")])).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.text.contains("hq-person-card") && again.text.contains("负责人小林"));
    // Twice is once.
    done(&mut staff, &path, &[("tag", tag), ("why", "问了价格")]).await;
    let page = staff.get(&format!("/people/{ann}")).await.text;
    assert!(page.contains("有效期到 12月22日") && page.contains("打标签「想报名」"));
    assert!(!page.contains("问了价格"));
    // Taken off and put on again with a reason, both stand in the history.
    done(&mut staff, &format!("{path}/{tag}/removal"), &[]).await;
    done(&mut staff, &path, &[("tag", tag), ("why", "问了价格")]).await;
    let page = staff.get(&format!("/people/{ann}")).await.text;
    assert!(page.contains("问了价格") && page.contains("取下标签「想报名」"));
    // It runs out by the clock and stays in the history.
    place.pass_ms(31 * domain::Millis::DAY);
    let mut staff = place.operator().await;
    let page = staff.get(&format!("/people/{ann}")).await.text;
    assert!(page.contains("还没有标签") && page.contains("已到期"));
    assert_eq!(acts(&place).await.iter().filter(|act| *act == "people.tagged").count(), 2);
}

// catalogue: F07, F08
#[tokio::test]
async fn a_tag_that_nobody_made_yet_is_made_where_it_is_needed() {
    let place = Place::open().await;
    let _ann = place.member("Ann").await;
    let mut staff = place.operator().await;
    let ann = number(&mut staff, "Ann").await;
    let path = format!("/people/{ann}/tags");
    done(&mut staff, &path, &[("new_tag", "想报名")]).await;
    // Typed again it is the same tag, which the person has already.
    done(&mut staff, &path, &[("new_tag", " 想报名 ")]).await;
    let told = acts(&place).await;
    assert_eq!(told.iter().filter(|act| *act == "tag.made").count(), 1);
    assert!(staff.get(&format!("/people/{ann}")).await.text.contains("取下"));
    let long = "长".repeat(200);
    let wrong = staff.post(&path, &form(&[("new_tag", &long)])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains(&long) && wrong.text.contains("invalid-feedback"));
    let mut tender = crate::team::hired(&place, "tender", "staff", &[place.group]).await;
    let refused = tender.post(&path, &form(&[("new_tag", "别的")])).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "tags are made by who keeps groups");
}

// catalogue: F08
#[tokio::test]
async fn a_note_is_kept_taken_away_with_a_trace_and_never_longer_than_it_may_be() {
    let place = Place::open().await;
    let _ann = place.member("Ann").await;
    let mut staff = place.operator().await;
    let ann = number(&mut staff, "Ann").await;
    let path = format!("/people/{ann}/notes");
    let long = "记".repeat(2_001);
    let refused = staff.post(&path, &form(&[("text", &long)])).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text.contains("最多 2000 个字") && refused.text.contains(&long));
    let empty = staff.post(&path, &form(&[("text", "  ")])).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let group = place.group.0.to_string();
    for _ in 0..2 {
        done(&mut staff, &path, &[("text", "晚上八点后回复快"), ("group", &group)]).await;
    }
    let page = staff.get(&format!("/people/{ann}")).await.text;
    assert_eq!(
        page.matches("hq-note\" dir=\"auto\">晚上八点后回复快").count(),
        2,
        "note and timeline"
    );
    let note = page.split(&format!("{path}/")).nth(1).unwrap().split('/').next().unwrap();
    done(&mut staff, &format!("{path}/{note}/removal"), &[]).await;
    let page = staff.get(&format!("/people/{ann}")).await.text;
    assert!(!page.contains("晚上八点后回复快") && page.contains("一条备注 · 负责人小林"));
    let twice = staff.post(&format!("{path}/999/removal"), "").await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    assert_eq!(acts(&place).await.iter().filter(|act| act.starts_with("note.")).count(), 2);
}

// catalogue: D19
#[tokio::test]
async fn every_attribute_tells_its_source_and_none_erases_another() {
    let place = Place::open().await;
    let _member = place.member("杭州-烘焙-小林").await;
    let mut staff = place.operator().await;
    let who = number(&mut staff, "杭州-烘焙-小林").await;
    let page = staff.get(&format!("/people/{who}")).await.text;
    assert!(page.contains("群名片像是") && page.contains("<b dir=\"auto\">杭州</b>"));
    let path = format!("/people/{who}/attributes");
    done(&mut staff, &path, &[("name", "city"), ("value", "杭州"), ("source", "self")]).await;
    done(&mut staff, &path, &[("name", "city"), ("value", "上海")]).await;
    let page = staff.get(&format!("/people/{who}")).await.text;
    for part in ["杭州", "本人说的", "上海", "同事填写", "负责人小林"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(
        !page.contains("<b dir=\"auto\">杭州</b>") && page.contains("<b dir=\"auto\">烘焙</b>")
    );
    let wrong = staff.post(&path, &form(&[("name", "生日"), ("value", "")])).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.text.contains("value=\"生日\"") && wrong.text.contains("请填写这一项"));
}

#[tokio::test]
async fn the_list_filters_tags_many_and_gives_a_harmless_file() {
    let place = Place::open().await;
    let (_ann, _lin) = place.two().await;
    let _formula = place.member("=1+1").await;
    let mut staff = place.operator().await;
    done(&mut staff, "/people/tags", &[("name", "回访")]).await;
    let taken = staff.post("/people/tags", &form(&[("name", "回访"), ("folder", "售后")])).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.text.contains("已经有同名的标签") && taken.text.contains("value=\"售后\""));
    let found = staff.get("/people?q=xl").await.text;
    assert!(found.contains("小林</a>") && !found.contains(">Ann</a>"));
    assert!(staff.get("/people?q=zzz").await.text.contains("没有符合条件的客户"));
    assert!(staff.get("/people?show=new").await.text.contains(">Ann</a>"));
    assert!(staff.get("/people?show=three").await.text.contains("没有符合条件的客户"));
    let tag = staff.get("/people?show=new").await.text;
    let tag = tag.split("name=\"tag\"").nth(2).unwrap().split("option value=\"").nth(1).unwrap();
    let tag = tag.split('"').next().unwrap().to_owned();
    let (ann, lin) = (number(&mut staff, "Ann").await, number(&mut staff, "小林").await);
    let body = form(&[("back", "/people?show=new"), ("tag", &tag), ("why", "第一周没说话")]);
    let both = format!("{body}&people={ann}&people={lin}");
    let answer = staff.post("/people/taggings", &both).await;
    assert_eq!(answer.header("location"), "/people?show=new&tagged=2");
    assert!(staff.get(answer.header("location")).await.text.contains("已给 2 位打上标签"));
    let none = staff.post("/people/taggings", &body).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.text.contains("请先勾选客户") && none.text.contains("第一周没说话"));
    let tagged = staff.get(&format!("/people?tag={tag}")).await.text;
    assert!(tagged.contains(">Ann</a>") && !tagged.contains(">=1+1</a>"));
    let file = staff.get("/people/export.csv").await;
    assert!(file.header("content-type").starts_with("text/csv"));
    assert!(file.text.contains(",'=1+1,") && file.text.contains("回访"));
}
