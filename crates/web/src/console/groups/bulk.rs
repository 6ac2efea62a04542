//! Changing many groups at once: first what would happen, then the change, then back.

use app::console::Denied;
use app::console::groups::{BulkAsked, CardChange, GroupKind};
use askama::Template;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, StaffId};
use report::Lang;

use crate::console::groups::query::{Look, address};
use crate::console::groups::spoken;
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Names of groups that the preview shows.
const NAMES_MAX: usize = 20;

/// Fields of a form in their order; a name may come many times.
type Fields = Vec<(String, String)>;

/// The page that says what would happen.
#[derive(Template)]
#[template(path = "console/groups/bulk.html")]
pub(crate) struct BulkPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    /// Groups that would change.
    pub(crate) count: usize,
    pub(crate) same: usize,
    pub(crate) outside: usize,
    /// What would become of them, a sentence each.
    pub(crate) says: Vec<String>,
    pub(crate) names: Vec<String>,
    /// Everything that was sent, to be sent again.
    pub(crate) fields: Fields,
    pub(crate) back: String,
    pub(crate) wrong: String,
}

/// `POST /groups/changes/preview`
pub(super) async fn preview(
    State(house): State<House>,
    seated: Seated,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    let (console, actor, l) = (house.console(), &seated.actor, seated.visit.lang);
    let asked = asked(&fields);
    let title = l.pick("批量设置", "Change many groups");
    let frame = Frame::of(&house, &seated, Place::Groups, title).await?;
    let mut page = BulkPage {
        l,
        frame,
        count: 0,
        same: 0,
        outside: 0,
        says: says(&house, &seated, &asked.change).await?,
        names: Vec::new(),
        back: address(one(&fields, "query")),
        wrong: String::new(),
        fields,
    };
    let nothing = page.says.is_empty();
    let preview = match console.bulk_preview(actor, &asked).await {
        Ok(preview) => preview,
        Err(Denied::Wrong(wrong)) => {
            page.wrong = wrong.first().map_or_else(String::new, |one| wrong_words(one.field, l));
            let mut response = shown(&page);
            *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(response);
        }
        Err(other) => return Err(other.into()),
    };
    if nothing {
        let say = l.pick(
            "还没有选要改什么。返回上一页，选类型、负责人、后备或标签。",
            "Nothing to change was picked. Go back and pick a kind, an owner, a back-up or tags.",
        );
        say.clone_into(&mut page.wrong);
    }
    let standings = console.standings(actor).await?;
    let named = preview.changes.iter().take(NAMES_MAX).filter_map(|group| {
        standings.iter().find(|one| one.group == *group).map(|one| one.name.clone())
    });
    page.names = named.collect();
    page.count = preview.changes.len();
    page.same = preview.same;
    page.outside = preview.outside;
    Ok(shown(&page))
}

/// `POST /groups/changes`
pub(super) async fn change(
    State(house): State<House>,
    seated: Seated,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let done = house.console().bulk_change(&seated.actor, &asked(&fields)).await?;
    let (id, n) = done.unwrap_or((0, 0));
    let query = one(&fields, "query");
    let join = if query.is_empty() { "" } else { "&" };
    let to = address(&format!("{query}{join}done=changed&id={id}&n={n}"));
    Ok(Redirect::to(&to).into_response())
}

/// `POST /groups/changes/{change}/undoing`
pub(super) async fn undo(
    State(house): State<House>,
    seated: Seated,
    Path(change): Path<i64>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let taken = match house.console().bulk_undo(&seated.actor, change).await {
        Err(Denied::Changed) => {
            let say = ["这次修改已经撤销过了。", "This change was taken back already."];
            return Err(Trouble::new(StatusCode::CONFLICT, "undone", say));
        }
        taken => taken?,
    };
    let (n, kept) = (taken.restored, taken.kept.len());
    Ok(Redirect::to(&format!("/groups?done=undone&n={n}&kept={kept}")).into_response())
}

/// The first value of a field.
fn one<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(own, _)| own == name).map_or("", |(_, value)| value)
}

/// What a form asks for.
pub(crate) fn asked(fields: &[(String, String)]) -> BulkAsked {
    let which = if one(fields, "which") == "all" {
        let look: Look = query(one(fields, "query"));
        Ok(Box::new(look.wanted()))
    } else {
        let picked = fields.iter().filter(|(name, _)| name == "group");
        Err(picked.filter_map(|(_, id)| id.parse().ok().map(GroupId)).collect())
    };
    let staff = |name: &str| match one(fields, name) {
        "" => None,
        "none" => Some(StaffId::NOBODY),
        id => Some(StaffId(id.parse().unwrap_or(-1))),
    };
    let kind = match one(fields, "kind") {
        "" => None,
        "none" => Some(String::new()),
        word => Some(word.to_owned()),
    };
    let change = CardChange {
        kind,
        owner: staff("owner"),
        backup: staff("backup"),
        about: None,
        add: tags(one(fields, "add")),
        remove: tags(one(fields, "remove")),
    };
    BulkAsked { which, change, seen: None }
}

/// The list's query within a form.
fn query(text: &str) -> Look {
    let uri = format!("/groups?{text}").parse();
    let uri: Result<axum::http::Uri, _> = uri;
    let look = uri.ok().and_then(|uri| Query::try_from_uri(&uri).ok());
    look.map_or_else(Look::default, |Query(look)| look)
}

/// Tags, parted by blanks or commas.
pub(crate) fn tags(text: &str) -> Vec<String> {
    let parted = text.split(|letter: char| letter.is_whitespace() || ",，、;；".contains(letter));
    let mut tags: Vec<String> = Vec::new();
    for tag in parted.map(|tag| tag.trim_start_matches('#')).filter(|tag| !tag.is_empty()) {
        let tag: String = tag.chars().filter(|letter| !letter.is_control()).collect();
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// What a change does, a sentence each.
pub(crate) async fn says(
    house: &House,
    seated: &Seated,
    change: &CardChange,
) -> Result<Vec<String>, Trouble> {
    let l = seated.visit.lang;
    let names = house.console().keeper_names(&seated.actor).await?;
    let nobody = || l.pick("空", "nobody").to_owned();
    let staff = |who: StaffId| names.get(&who).cloned().unwrap_or_else(nobody);
    let mut says = Vec::new();
    if let Some(kind) = &change.kind {
        let word =
            GroupKind::from_word(kind).map_or(l.pick("无", "none"), |kind| spoken::kind(kind, l));
        says.push(l.pick(format!("类型改成「{word}」"), format!("Kind becomes {word}")));
    }
    if let Some(who) = change.owner.map(staff) {
        says.push(l.pick(format!("负责人改成「{who}」"), format!("Owner becomes {who}")));
    }
    if let Some(who) = change.backup.map(staff) {
        says.push(l.pick(format!("后备改成「{who}」"), format!("Back-up becomes {who}")));
    }
    if !change.add.is_empty() {
        let tags = change.add.join(l.pick("、", ", "));
        says.push(l.pick(format!("加上标签：{tags}"), format!("Tags put on: {tags}")));
    }
    if !change.remove.is_empty() {
        let tags = change.remove.join(l.pick("、", ", "));
        says.push(l.pick(format!("去掉标签：{tags}"), format!("Tags taken off: {tags}")));
    }
    Ok(says)
}

/// What is wrong with a field of a card.
pub(crate) fn wrong_words(field: &str, l: Lang) -> String {
    match field {
        "kind" => l.pick("没有这种群类型，请重新选。", "There is no such kind: pick again."),
        "owner" => {
            l.pick("负责人不在员工名单里，请重新选。", "The owner is not on the staff: pick again.")
        }
        "backup" => l.pick(
            "后备不能和负责人是同一个人，也要在员工名单里。",
            "The back-up must be on the staff and somebody else than the owner.",
        ),
        "tags" => l.pick(
            "一个标签最多 20 个字，一个群最多 20 个标签。",
            "A tag has at most 20 letters, a group at most 20 tags.",
        ),
        "welcome" | "threshold" => {
            l.pick("最多 500 个字，请缩短。", "At most 500 characters: please shorten it.")
        }
        _ => l.pick("一次改的群太多了，请先筛选。", "Too many groups at once: filter first."),
    }
    .to_owned()
}

use axum::extract::Query;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parted_as_people_type_them() {
        assert_eq!(tags(" 华东，VIP  #老客、VIP;\n"), ["华东", "VIP", "老客"]);
        assert!(tags(" ,，").is_empty());
    }

    #[test]
    fn all_that_the_filter_finds_is_asked_with_the_filter() {
        let fields = vec![
            ("which".to_owned(), "all".to_owned()),
            ("query".to_owned(), "q=%E6%97%A9&owner=none".to_owned()),
            ("group".to_owned(), "3".to_owned()),
        ];
        let wanted = asked(&fields).which.unwrap();
        assert_eq!(
            (wanted.text.as_str(), wanted.keeper),
            ("早", app::console::groups::Keeper::Nobody)
        );
        let picked =
            vec![("group".to_owned(), "3".to_owned()), ("group".to_owned(), "x".to_owned())];
        assert_eq!(asked(&picked).which, Err(vec![GroupId(3)]));
    }
}
