//! Before and after of each group, and doing it.

use app::console::Denied;
use app::console::groups::{BulkAsked, BulkPreview};
use askama::Template;
use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::GroupId;
use report::Lang;
use std::collections::HashMap;

use crate::console::groups::{bulk_asked, bulk_says, wrong_words};
use crate::console::takeover::page::{CardView, Wanted};
use crate::console::{Frame, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Fields of a form in their order.
type Fields = Vec<(String, String)>;

/// Groups that were found: their place in the list, and their name.
type Found = HashMap<GroupId, (usize, String)>;

/// Groups shown; the others are counted.
const ROWS_MAX: usize = 300;

/// A group before and after.
pub(crate) struct TurnView {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) before: CardView,
    pub(crate) after: CardView,
}

impl TurnView {
    /// Before and after, column by column.
    pub(crate) fn cells(&self) -> [(&str, &str); 4] {
        let (before, after) = (&self.before, &self.after);
        [
            (before.kind, after.kind),
            (&before.owner, &after.owner),
            (&before.backup, &after.backup),
            (&before.tags, &after.tags),
        ]
    }
}

/// The page that says what would happen.
#[derive(Template)]
#[template(path = "console/takeover/preview.html")]
pub(crate) struct PreviewPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) wrong: String,
    pub(crate) says: Vec<String>,
    pub(crate) count: usize,
    pub(crate) turns: Vec<TurnView>,
    /// Names of groups that are so already, some of them, and how many in all.
    pub(crate) same: usize,
    /// Names of groups that would have too many tags.
    pub(crate) crowded: Vec<String>,
    /// Everything that was sent, to be sent again.
    pub(crate) fields: Fields,
    /// Tells this preview from any other.
    pub(crate) seen: u64,
    pub(crate) back: String,
}

/// `POST /takeover/preview`
pub(super) async fn preview(
    State(house): State<House>,
    seated: Seated,
    Form(mut fields): Form<Fields>,
) -> Result<Response, Trouble> {
    let (console, l) = (house.console(), seated.visit.lang);
    let (asked, names) = asked(&house, &seated, &fields).await?;
    let says = bulk_says(&house, &seated, &asked.change).await?;
    let (mut preview, wrong) = match console.bulk_preview(&seated.actor, &asked).await {
        Ok(preview) if says.is_empty() => {
            let say = l.pick(
                "还没有选要改什么。返回上一页，选类型、负责人、后备或标签。",
                "Nothing to change was picked. Go back and pick a kind, an owner, a back-up or tags.",
            );
            (preview, say.to_owned())
        }
        Ok(preview) => (preview, String::new()),
        Err(Denied::Wrong(wrong)) => {
            let words = wrong.first().map_or_else(String::new, |one| wrong_words(one.field, l));
            (BulkPreview::default(), words)
        }
        Err(denied) => return Err(denied.into()),
    };
    let keepers = console.keeper_names(&seated.actor).await?;
    let name = |group: GroupId| names.get(&group).map(|(_, name)| name.clone()).unwrap_or_default();
    // In the order in which they were found: by number.
    preview.turns.sort_by_key(|(card, _)| names.get(&card.group).map(|(place, _)| *place));
    let title = l.pick("批量接管：预览", "Take over: preview");
    let frame = Frame::of(&house, &seated, Place::Groups, title).await?;
    let turns = preview.turns.iter().take(ROWS_MAX).map(|(before, after)| TurnView {
        id: before.group.0,
        name: name(before.group),
        before: CardView::of(before, &keepers, l),
        after: CardView::of(after, &keepers, l),
    });
    let turns = turns.collect();
    fields.retain(|(name, _)| name != "seen");
    let is_wrong = !wrong.is_empty();
    let back = Wanted::of(&fields).address();
    let mut response = shown(&PreviewPage {
        l,
        frame,
        wrong,
        says,
        count: preview.changes.len(),
        turns,
        same: preview.same,
        crowded: preview.crowded.iter().map(|group| name(*group)).collect(),
        fields,
        seen: preview.mark,
        back,
    });
    if is_wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(response)
}

/// `POST /takeover`
pub(super) async fn take_over(
    State(house): State<House>,
    seated: Seated,
    Form(fields): Form<Fields>,
) -> Result<Response, Trouble> {
    seated.visit.may_act(&house)?;
    let (mut asked, _) = asked(&house, &seated, &fields).await?;
    let seen = fields.iter().find(|(name, _)| name == "seen");
    // Without the mark of a preview nothing is done.
    asked.seen = Some(seen.and_then(|(_, value)| value.parse().ok()).unwrap_or(0));
    let back = Wanted::of(&fields).address();
    let to = match house.console().bulk_change(&seated.actor, &asked).await {
        Ok(done) => {
            let (id, n) = done.unwrap_or((0, 0));
            format!("{back}&done=changed&id={id}&n={n}")
        }
        Err(Denied::Changed) => format!("{back}&done=other"),
        Err(denied) => return Err(denied.into()),
    };
    Ok(Redirect::to(&to).into_response())
}

/// What the form asks for, over the groups that its pattern and owner find now.
async fn asked(
    house: &House,
    seated: &Seated,
    fields: &[(String, String)],
) -> Result<(BulkAsked, Found), Trouble> {
    let found = house.console().takeover_groups(&seated.actor, &Wanted::of(fields).asked()).await?;
    let groups: Vec<GroupId> = found.lines.iter().map(|line| line.group).collect();
    let lines = found.lines.into_iter().enumerate();
    let names = lines.map(|(place, line)| (line.group, (place, line.name))).collect();
    Ok((BulkAsked { which: Err(groups), ..bulk_asked(fields) }, names))
}
