//! What staff do from the feed as keepers: answer, take back, pin, mute, remove.

use app::console::groups::KeeperAct;
use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use chat::web::{TEXT_CHARS_MAX, mentions};
use domain::{EventWhat, FeatureWord, GroupId, IdentityId, Millis, Post};
use serde::Deserialize;

use crate::console::Seated;
use crate::console::groups::feed::{Look, done, feed};
use crate::console::groups::head::Opened;
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::text_wrong;

/// Longest silence that a page asks for, in minutes: a week.
const MINUTES_MAX: i64 = 7 * 24 * 60;

/// A message.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Written {
    key: i64,
    text: String,
    reply_to: String,
    /// `host`: as the official account.
    #[serde(rename = "as")]
    role: String,
}

/// A form about a message or a person.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct About {
    key: i64,
    of: i64,
    on: u8,
    who: u32,
    minutes: i64,
}

/// `POST /groups/{group}/messages`
pub(super) async fn write(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    match say((&house, &seated), group, &form).await {
        Err(trouble) if trouble.status == StatusCode::UNPROCESSABLE_ENTITY => {
            let opened = Opened::of(&house, &seated, group).await?;
            let mut page = feed((&house, &seated), &opened, &Look::default()).await?;
            page.typed = form.text.chars().take(TEXT_CHARS_MAX as usize * 2).collect();
            trouble.words(seated.visit.lang).clone_into(&mut page.wrong);
            let mut response = shown(&page);
            *response.status_mut() = trouble.status;
            Ok(response)
        }
        done => done,
    }
}

async fn say(
    (house, seated): (&House, &Seated),
    group: i64,
    form: &Written,
) -> Result<Response, Trouble> {
    // Who may not see the group learns nothing from how its words are judged.
    Opened::of(house, seated, group).await?;
    let text = chat::web::text(&form.text, TEXT_CHARS_MAX).map_err(text_wrong)?;
    let post = Post {
        calls: calls(house, seated, (GroupId(group), &text)).await?,
        text: text.into(),
        features: FeatureWord::default(),
        text_hash: 0,
        reply_to: form.reply_to.parse().ok(),
    };
    let (key, what) = (form.key, EventWhat::Message(post));
    let act = KeeperAct { key, what, as_host: form.role == "host" };
    done((house, seated), group, act, "").await
}

/// Whom the text calls first; members are looked up only when it holds an `@`.
async fn calls(
    house: &House,
    seated: &Seated,
    (group, text): (GroupId, &str),
) -> Result<IdentityId, Trouble> {
    if !text.contains(['@', '＠']) {
        return Ok(IdentityId::NOBODY);
    }
    let members = house.live().members(seated.actor.org, group).await?;
    let present = members.iter().filter(|one| one.is_in());
    let names: Vec<_> = present.map(|one| (one.who, &*one.name)).collect();
    Ok(mentions(text, &names).people.first().copied().unwrap_or(IdentityId::NOBODY))
}

/// `POST /groups/{group}/recalls`
pub(super) async fn recall(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<About>,
) -> Result<Response, Trouble> {
    let what = EventWhat::Recall { of: form.of, said: None };
    act((&house, &seated), group, (form.key, what), "recalled").await
}

/// `POST /groups/{group}/pins`
pub(super) async fn pin(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<About>,
) -> Result<Response, Trouble> {
    let what = EventWhat::Pin { of: form.of, said: None, on: form.on != 0 };
    act((&house, &seated), group, (form.key, what), "pinned").await
}

/// `POST /groups/{group}/silences`
pub(super) async fn mute(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<About>,
) -> Result<Response, Trouble> {
    if !(0..=MINUTES_MAX).contains(&form.minutes) {
        let say = ["禁言时长要在 0 到 7 天之间。", "A silence lasts between 0 and 7 days."];
        return Err(Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, "minutes", say));
    }
    let until = Millis(house.now().0 + form.minutes * Millis::MINUTE);
    let until = (form.minutes > 0).then_some(until);
    let what = EventWhat::Mute { who: IdentityId(form.who), until };
    act((&house, &seated), group, (form.key, what), "muted").await
}

/// `POST /groups/{group}/removals`
pub(super) async fn remove(
    State(house): State<House>,
    seated: Seated,
    Path(group): Path<i64>,
    Form(form): Form<About>,
) -> Result<Response, Trouble> {
    let what = EventWhat::Remove { who: IdentityId(form.who) };
    act((&house, &seated), group, (form.key, what), "removed").await
}

async fn act(
    place: (&House, &Seated),
    group: i64,
    (key, what): (i64, EventWhat),
    said: &str,
) -> Result<Response, Trouble> {
    done(place, group, KeeperAct { key, what, as_host: false }, said).await
}
