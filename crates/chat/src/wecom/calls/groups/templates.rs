//! The library of welcome messages of groups (入群欢迎语素材).
//!
//! It is only a library: an owner binds one of it to a group, in the client.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::wecom::calls::Done;
use crate::wecom::calls::attachments::{Attachment, Link, Medium, MiniProgram, Picture};
use crate::wecom::calls::within::{self, Beyond};
use crate::wecom::client::{Call, CallError, Client};

const ADD: Call = Call::once("/cgi-bin/externalcontact/group_welcome_template/add");
const EDIT: Call = Call::repeatable("/cgi-bin/externalcontact/group_welcome_template/edit");
const GET: Call = Call::repeatable("/cgi-bin/externalcontact/group_welcome_template/get");
const DELETE: Call = Call::repeatable("/cgi-bin/externalcontact/group_welcome_template/del");

/// Bytes of the text (入群欢迎语素材管理; one older text says 4,000).
pub const TEMPLATE_BYTES_MAX: usize = 3_000;
/// Messages in the library of a company; one more is refused (41055). Same source.
pub const TEMPLATES_MAX: usize = 100;

/// A welcome message of groups. Text and attachment reach the customer as two messages; not both
/// are missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Template {
    /// At most [`TEMPLATE_BYTES_MAX`] bytes; `%NICKNAME%` stands for the customer's name.
    #[serde(serialize_with = "content", skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// One thing beside the text.
    #[serde(flatten)]
    pub attachment: Option<Attachment>,
}

/// Whether staff are told to use a new message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notify {
    /// They are.
    Staff,
    /// They are not.
    Nobody,
}

#[derive(Serialize)]
struct New<'a> {
    #[serde(flatten)]
    template: &'a Template,
    notify: u8,
}

#[derive(Serialize)]
struct Edit<'a> {
    template_id: &'a str,
    #[serde(flatten)]
    template: &'a Template,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Made {
    template_id: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Text {
    content: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Read {
    text: Text,
    image: Option<Picture>,
    link: Option<Link>,
    miniprogram: Option<MiniProgram>,
    file: Option<Medium>,
    video: Option<Medium>,
}

impl Client {
    /// Puts a message into the library and gives its `template_id`.
    pub async fn add_template(
        &self,
        template: &Template,
        notify: Notify,
    ) -> Result<String, CallError> {
        template.check()?;
        let notify = u8::from(notify == Notify::Staff);
        let made: Made = self.post(ADD, &New { template, notify }).await?;
        Ok(made.template_id)
    }

    /// A message of the library.
    pub async fn template(&self, template_id: &str) -> Result<Template, CallError> {
        let read: Read = self.post(GET, &json!({ "template_id": template_id })).await?;
        Ok(read.into())
    }

    /// Overwrites a message that this app made.
    pub async fn edit_template(
        &self,
        template_id: &str,
        template: &Template,
    ) -> Result<(), CallError> {
        template.check()?;
        self.post::<Done>(EDIT, &Edit { template_id, template }).await.map(drop)
    }

    /// Takes a message that this app made out of the library.
    pub async fn delete_template(&self, template_id: &str) -> Result<(), CallError> {
        self.post::<Done>(DELETE, &json!({ "template_id": template_id })).await.map(drop)
    }
}

impl Template {
    fn check(&self) -> Result<(), Beyond> {
        within::bytes("text.content", &self.text, TEMPLATE_BYTES_MAX)?;
        match &self.attachment {
            Some(attachment) => attachment.check(),
            None => within::given("text.content", &self.text),
        }
    }
}

impl From<Read> for Template {
    fn from(read: Read) -> Self {
        // Where there are several, the platform shows the first of this order.
        let attachment = (read.image.map(Attachment::Image))
            .or(read.link.map(Attachment::Link))
            .or(read.miniprogram.map(Attachment::Miniprogram))
            .or(read.file.map(Attachment::File))
            .or(read.video.map(Attachment::Video));
        Self { text: read.text.content, attachment }
    }
}

fn content<S: serde::Serializer>(text: &str, to: S) -> Result<S::Ok, S::Error> {
    json!({ "content": text }).serialize(to)
}
