//! Writing a message.

use axum::extract::{Form, Path, State};
use axum::response::Response;
use chat::web::{TEXT_CHARS_MAX, mentions};
use domain::{EventWhat, FeatureWord, IdentityId, Post};
use engine::Member;
use serde::{Deserialize, Deserializer};

use crate::door::{Visit, Wants};
use crate::house::House;
use crate::line::Window;
use crate::member::act::{accepted, done};
use crate::member::chat::{Typed, whole};
use crate::member::inside::class_of;
use crate::member::{Asked, Inside};
use crate::trouble::Trouble;
use crate::words::{refused, text_wrong};

/// The form.
#[derive(Debug, Deserialize)]
pub(crate) struct Written {
    key: i64,
    #[serde(default)]
    text: String,
    #[serde(default, deserialize_with = "number_or_blank")]
    reply_to: Option<i64>,
    /// `host`: as a declared host.
    #[serde(default, rename = "as")]
    role: String,
}

/// A form sends an empty field where there is nothing.
fn number_or_blank<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
    let text = String::deserialize(from)?;
    if text.is_empty() {
        Ok(None)
    } else {
        text.parse().map(Some).map_err(serde::de::Error::custom)
    }
}

/// `POST /g/{code}/messages`
pub(crate) async fn write(
    State(house): State<House>,
    visit: Visit,
    Path(code): Path<String>,
    Form(form): Form<Written>,
) -> Result<Response, Trouble> {
    let (inside, me) = Inside::member(&house, &visit, &code).await?;
    match say(&house, &visit, (&inside, &me), &form).await {
        Ok(response) => Ok(response),
        Err(trouble) if visit.wants == Wants::Json || trouble.cause.is_some() => Err(trouble),
        Err(trouble) => {
            let typed = Typed {
                text: form.text.chars().take(TEXT_CHARS_MAX as usize * 2).collect(),
                reply: form.reply_to,
                as_host: form.role == "host",
                // The same message keeps its key, unless the key itself was the trouble.
                key: (trouble.code == "too_fast").then_some(form.key),
                wrong: Some(trouble.words(visit.lang).to_owned()),
            };
            let page = whole((&house, &visit), (&inside, &me), Window::Latest, typed).await;
            page.map(|mut response| {
                *response.status_mut() = trouble.status;
                response
            })
        }
    }
}

async fn say(
    house: &House,
    visit: &Visit,
    (inside, me): (&Inside, &Member),
    form: &Written,
) -> Result<Response, Trouble> {
    visit.may_act(house)?;
    accepted(form.key, house)?;
    let text = chat::web::text(&form.text, TEXT_CHARS_MAX).map_err(text_wrong)?;
    let post = Post {
        calls: calls(house, (inside, me), &text).await?,
        text: text.into(),
        features: FeatureWord::default(),
        text_hash: 0,
        reply_to: form.reply_to,
    };
    let class = class_of(me, form.role == "host");
    let what = EventWhat::Message(post);
    let asked = Asked { key: form.key, actor: me.who, class, what };
    match inside.submit(house, asked).await {
        Ok(receipt) => Ok(done(visit, &receipt, &inside.base())),
        Err(no) => Err(refused(&no, &inside.zone, inside.now)),
    }
}

/// Whom the text calls first; members are looked up only when it holds an `@`.
async fn calls(
    house: &House,
    (inside, me): (&Inside, &Member),
    text: &str,
) -> Result<IdentityId, Trouble> {
    if !text.contains(['@', '＠']) {
        return Ok(IdentityId::NOBODY);
    }
    let members = house.live().members(inside.org, inside.group).await?;
    let present = members.iter().filter(|one| one.is_in() && one.who != me.who);
    let names: Vec<_> = present.map(|one| (one.who, &*one.name)).collect();
    Ok(mentions(text, &names).people.first().copied().unwrap_or(IdentityId::NOBODY))
}
