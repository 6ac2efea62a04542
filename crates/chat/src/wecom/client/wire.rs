//! HTTP: one request out, one bounded answer in. No redirects, no proxy of the environment.

use std::error::Error;
use std::time::Duration;

use domain::Millis;
use jiff::fmt::rfc2822::DateTimeParser;
use reqwest::multipart::{Form, Part};
use reqwest::redirect::Policy;

use crate::wecom::answer::Refusal;
use crate::wecom::client::address::Address;
use crate::wecom::client::call::{Ask, Body};
use crate::wecom::client::error::CallError;
use crate::wecom::client::settings::{SettingError, Settings};

/// The longest answer that is read: 16 MB. A group of 2,000 members with long names is below 1 MB.
const ANSWER_BYTES_MAX: usize = 16_000_000;

/// Connections to the platform.
#[derive(Debug)]
pub(super) struct Wire {
    http: reqwest::Client,
    api: Address,
    answer: Duration,
    upload: Duration,
}

/// What came back.
pub(super) struct Heard {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// What the other side's clock showed (`Date`), in whole seconds.
    pub(super) date: Option<Millis>,
}

impl Wire {
    pub(super) fn new(settings: &Settings) -> Result<Self, SettingError> {
        // Whoever installed one before us has it; it is the same for the whole process.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut http = reqwest::Client::builder()
            .redirect(Policy::none())
            .connect_timeout(Duration::from_millis(settings.connect_ms))
            .no_proxy();
        if let Some(proxy) = &settings.proxy {
            let proxy = reqwest::Proxy::all(proxy.reveal()).map_err(|_| SettingError::Proxy)?;
            http = http.proxy(proxy);
        }
        if settings.api.is_plain() {
            // Nothing is encrypted: a machine without certificates will do.
            http = http.tls_certs_only([]);
        }
        Ok(Self {
            http: http.build().map_err(|error| SettingError::Tls(words_of(error)))?,
            api: settings.api.clone(),
            answer: Duration::from_millis(settings.answer_ms),
            upload: Duration::from_millis(settings.upload_ms),
        })
    }

    /// Sends a request with these credentials in its query.
    pub(super) async fn send(
        &self,
        ask: &Ask<'_>,
        credentials: &[(&str, &str)],
    ) -> Result<Heard, CallError> {
        let url = format!("{}{}", self.api.as_str(), ask.call.path);
        let request = match ask.body {
            Body::Nothing => self.http.get(url).timeout(self.answer),
            Body::Json(json) => self
                .http
                .post(url)
                .timeout(self.answer)
                .header("content-type", "application/json")
                .body(json.to_vec()),
            Body::File { name, bytes } => {
                let part = Part::bytes(bytes.to_vec()).file_name(name.to_owned());
                let form = Form::new().part("media", part);
                self.http.post(url).timeout(self.upload).multipart(form)
            }
        };
        let sent = request.query(credentials).query(ask.query).send().await;
        let mut answer = sent.map_err(missed)?;
        let status = answer.status().as_u16();
        let date = answer
            .headers()
            .get(reqwest::header::DATE)
            .and_then(|date| moment(date.to_str().ok()?));
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(missed)? {
            if body.len() + chunk.len() > ANSWER_BYTES_MAX {
                let words = format!("more than {ANSWER_BYTES_MAX} bytes");
                return Err(CallError::Refused(Refusal::Shape(words)));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Heard { status, body, date })
    }
}

/// A moment as HTTP writes it, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
fn moment(text: &str) -> Option<Millis> {
    let at = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(Millis(at.as_millisecond()))
}

fn missed(error: reqwest::Error) -> CallError {
    if error.is_connect() {
        CallError::Unreached(words_of(error))
    } else {
        CallError::Refused(Refusal::Silence(words_of(error)))
    }
}

/// The error and what is behind it, without the address: secret and token are in its query.
pub(in crate::wecom) fn words_of(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(behind) = cause {
        words.push_str(": ");
        words.push_str(&behind.to_string());
        cause = behind.source();
    }
    words
}
