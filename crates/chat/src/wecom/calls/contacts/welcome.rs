//! The first words to a new customer (新客户欢迎语).

use serde_json::{Value, json};

use crate::wecom::calls::Done;
use crate::wecom::calls::attachments::Attachment;
use crate::wecom::calls::within::{self, Beyond, Unit};
use crate::wecom::client::{Call, CallError, Client};

/// The code is good for one message. Who sends decides whether to try again, because a code that is
/// gone means something else after a try that nobody answered.
const SEND: Call = Call::once("/cgi-bin/externalcontact/send_welcome_msg");

/// Bytes of the text (发送新客户欢迎语).
pub const WELCOME_BYTES_MAX: usize = 4_000;
/// Things beside the text. Same source.
pub const ATTACHMENTS_MAX: usize = 9;
/// The code is good for so long after the customer was added, in milliseconds. Same source.
pub const WELCOME_WITHIN_MS: i64 = 20_000;

/// A welcome. Text and attachments are not both empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Welcome {
    /// `WelcomeCode` of the event: good once, for 20 s.
    pub code: String,
    /// At most [`WELCOME_BYTES_MAX`] bytes.
    pub text: String,
    /// At most [`ATTACHMENTS_MAX`].
    pub attachments: Vec<Attachment>,
}

impl Client {
    /// Sends a welcome. Refusals that mean that it, or another one, is there already: 41050 (after
    /// a try that was not answered), 41051; 41053 waits for `msg_audit_approved`; 41096 may be
    /// tried again.
    pub async fn welcome(&self, welcome: &Welcome) -> Result<(), CallError> {
        let body = welcome.body()?;
        self.post::<Done>(SEND, &body).await.map(drop)
    }
}

impl Welcome {
    fn body(&self) -> Result<Value, Beyond> {
        within::given("welcome_code", &self.code)?;
        within::bytes("text.content", &self.text, WELCOME_BYTES_MAX)?;
        within::entries("attachments", &self.attachments, ATTACHMENTS_MAX)?;
        within::above("text", self.text.len() + self.attachments.len(), 1, Unit::Entries)?;
        self.attachments.iter().try_for_each(Attachment::check)?;
        let mut body = json!({ "welcome_code": self.code });
        if let Some(fields) = body.as_object_mut() {
            if !self.text.is_empty() {
                fields.insert("text".to_owned(), json!({ "content": self.text }));
            }
            if !self.attachments.is_empty() {
                let list: Vec<Value> = self.attachments.iter().map(tagged).collect();
                fields.insert("attachments".to_owned(), Value::Array(list));
            }
        }
        Ok(body)
    }
}

/// `{"msgtype": "image", "image": {…}}`.
fn tagged(attachment: &Attachment) -> Value {
    let mut value = json!(attachment);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("msgtype".to_owned(), json!(attachment.word()));
    }
    value
}
