//! Who carries the letters: verifies the address, seals, sends, tries again.

use std::time::Duration;

use chat::wecom::{Seal, SealSettingError};
use reqwest::Client;

use crate::dice::Dice;
use crate::wecom::post::letter::xml;
use crate::wecom::post::{Address, Letter, Sent, Took};
use crate::wecom::setup::{App, Callback};
use crate::wecom::world::{Shared, enter};

/// So long an address has to show itself when it is set.
const VERIFY_PATIENCE: Duration = Duration::from_secs(1);
/// Tries in all, when nobody answers.
const TRIES: u32 = 3;
/// How much of an answer is kept.
const ANSWER_CHARS: usize = 300;

/// An address that is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unverified {
    /// Token or key cannot be right.
    #[error(transparent)]
    Setting(#[from] SealSettingError),
    /// Nobody there, or not in time.
    #[error("the address does not answer: {0}")]
    Silent(String),
    /// Another answer than the echoed text.
    #[error("the address answered something else: HTTP {0}, {1:?}")]
    Wrong(u16, String),
}

/// Asks the address to open a text and say it back, as the admin page does (验证URL有效性).
pub(crate) async fn verify(
    client: &Client,
    app: &App,
    callback: &Callback,
    mut dice: Dice,
    seconds: i64,
) -> Result<Address, Unverified> {
    let seal = Seal::new(&callback.token, &callback.key, &app.corp)?;
    let words = dice.between(1_000_000_000, u32::MAX).to_string();
    let sealed = seal.seal(words.as_bytes(), dice.bytes());
    let envelope = signed(&seal, &sealed, &mut dice, seconds);
    let asked = client.get(&callback.url).query(&envelope).query(&[("echostr", &sealed)]);
    let silent = |error: reqwest::Error| Unverified::Silent(chain(&error));
    let answer = asked.timeout(VERIFY_PATIENCE).send().await.map_err(silent)?;
    let status = answer.status().as_u16();
    let said = answer.text().await.map_err(silent)?;
    if status == 200 && said == words {
        return Ok(Address { url: callback.url.clone(), seal });
    }
    Err(Unverified::Wrong(status, start(&said)))
}

/// Carries letters for as long as it lives.
pub(crate) async fn carry(shared: Shared, client: Client, mut dice: Dice) {
    let bell = enter(&shared).post.bell.clone();
    loop {
        let (next, wait, app) = {
            let mut world = enter(&shared);
            let now = world.due();
            let next = world.post.next(now);
            let again = next.as_ref().err().copied().flatten();
            (next, again.and_then(|due| world.clock.until(due)), world.app.clone())
        };
        match (next, wait) {
            (Ok((letter, to)), _) => {
                let sent = deliver(&shared, &client, &app, (&letter, &to), &mut dice).await;
                enter(&shared).post.done(sent);
            }
            (Err(_), Some(wait)) => {
                let _ = tokio::time::timeout(wait, bell.notified()).await;
            }
            (Err(_), None) => bell.notified().await,
        }
    }
}

async fn deliver(
    shared: &Shared,
    client: &Client,
    app: &App,
    (letter, to): (&Letter, &Address),
    dice: &mut Dice,
) -> Sent {
    let sealed = to.seal.seal(xml(&app.corp, app.agent, &letter.event).as_bytes(), dice.bytes());
    let mut tries = Vec::new();
    let mut at = enter(shared).clock.now();
    for _ in 0..TRIES {
        let patience = {
            let world = enter(shared);
            at = world.clock.now();
            Duration::from_millis(world.limits.answer_ms)
        };
        let envelope = signed(&to.seal, &sealed, dice, at.0.div_euclid(1_000));
        let body = format!(
            "<xml><ToUserName><![CDATA[{}]]></ToUserName><AgentID><![CDATA[{}]]></AgentID>\
             <Encrypt><![CDATA[{sealed}]]></Encrypt></xml>",
            app.corp, app.agent
        );
        let sending = client
            .post(&to.url)
            .query(&envelope)
            .header("content-type", "text/xml")
            .timeout(patience)
            .body(body);
        let took = tried(sending).await;
        let answered = matches!(took, Took::Answered(..));
        tries.push(took);
        if answered {
            break;
        }
    }
    Sent { event: letter.event.clone(), at, tries }
}

async fn tried(sending: reqwest::RequestBuilder) -> Took {
    match sending.send().await {
        Ok(answer) => {
            let status = answer.status().as_u16();
            match answer.text().await {
                Ok(said) => Took::Answered(status, start(&said)),
                Err(error) => Took::Failed(chain(&error)),
            }
        }
        Err(error) => Took::Failed(chain(&error)),
    }
}

/// `msg_signature`, `timestamp` and `nonce` over a sealed text.
fn signed(seal: &Seal, sealed: &str, dice: &mut Dice, seconds: i64) -> [(&'static str, String); 3] {
    let timestamp = seconds.to_string();
    let nonce = dice.between(1_000_000_000, u32::MAX).to_string();
    let signature = seal.sign(&timestamp, &nonce, sealed);
    [("msg_signature", signature), ("timestamp", timestamp), ("nonce", nonce)]
}

fn start(said: &str) -> String {
    said.chars().take(ANSWER_CHARS).collect()
}

/// An error with what is behind it: the first line alone says nothing of use.
fn chain(error: &reqwest::Error) -> String {
    let mut words = error.to_string();
    let mut at = std::error::Error::source(error);
    while let Some(behind) = at {
        words = format!("{words}: {behind}");
        at = behind.source();
    }
    words
}
