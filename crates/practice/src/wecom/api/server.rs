//! From a request to its answer: what every call goes through.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::wecom::api::call::{Call, Reply, Upload, Verb};
use crate::wecom::api::{Route, route};
use crate::wecom::books::{Refused, refused};
use crate::wecom::faults::Fault;
use crate::wecom::world::{Called, Shared, World, enter};

/// A request below `/cgi-bin/`.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) verb: Verb,
    pub(crate) query: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
    pub(crate) file: Option<Upload>,
    /// The caller's address.
    pub(crate) from: String,
}

/// How the answer goes out.
#[derive(Debug)]
pub(crate) enum Way {
    /// Whole.
    Whole(Reply),
    /// The connection ends in the middle of it.
    Cut(Reply),
    /// An HTTP status without an answer.
    Status(u16),
    /// Never.
    Never,
}

/// How much of a body is kept in the list of calls.
const ASKED_CHARS: usize = 600;

/// Answers a request.
pub(crate) async fn reply(shared: &Shared, asked: Asked) -> Way {
    let (_running, way, slow) = {
        let mut world = enter(shared);
        let limits = world.limits;
        let crowded = !world.usage.begin(&asked.path, &limits);
        let way = world.answer(&asked, crowded);
        (Running { shared, path: &asked.path }, way, world.faults.slow)
    };
    if slow > Duration::ZERO {
        // A plain wait: nothing inside the company is to happen meanwhile.
        let _ = tokio::time::timeout(slow, std::future::pending::<()>()).await;
    }
    way
}

/// A call that runs until this is dropped: also when the caller goes away before the answer.
struct Running<'a> {
    shared: &'a Shared,
    path: &'a str,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        enter(self.shared).usage.end(self.path);
    }
}

impl World {
    fn answer(&mut self, asked: &Asked, crowded: bool) -> Way {
        let now = self.due();
        let fault = self.faults.take(&asked.path);
        let (code, way) = match fault {
            Some(Fault::Hang) => (None, Way::Never),
            Some(Fault::Status(status)) => (None, Way::Status(status)),
            Some(Fault::Code(code)) => {
                let words = refused(code, "planned");
                (Some(code), Way::Whole(self.refusal(&words, &asked.from)))
            }
            Some(Fault::Cut) | None => {
                let done = if crowded {
                    Err(refused(45_033, "api concurrent out of limit"))
                } else {
                    self.checked(asked)
                };
                let code = done.as_ref().map_or_else(|no| no.code, |_| 0);
                let reply = match done {
                    Ok(reply) => whole(reply),
                    Err(no) => self.refusal(&no, &asked.from),
                };
                let cut = fault.is_some();
                (Some(code), if cut { Way::Cut(reply) } else { Way::Whole(reply) })
            }
        };
        let path = asked.path.clone();
        self.log(Called { at: now, path, asked: shown(asked), code });
        way
    }

    fn checked(&mut self, asked: &Asked) -> Result<Reply, Refused> {
        let now = self.clock.now();
        let unknown = || refused(40_066, "invalid url");
        let route: &'static Route = route(&asked.path).ok_or_else(unknown)?;
        if route.path != "gettoken" {
            let token = asked.query.get("access_token").map_or("", String::as_str);
            self.tokens.check(token, now)?;
            self.may(route)?;
        }
        self.usage.call(route.path, &self.limits, now)?;
        if route.verb != asked.verb {
            return Err(refused(40_058, "invalid Request Parameter: method"));
        }
        let Asked { query, body, file, .. } = asked;
        (route.run)(&mut Call { world: self, now, query, body, file: file.as_ref() })
    }

    fn may(&self, route: &Route) -> Result<(), Refused> {
        if self.faults.disabled {
            return Err(refused(50_003, "app disabled"));
        }
        if self.faults.untrusted {
            return Err(refused(60_020, "not allow to access from your ip"));
        }
        if self.faults.revoked.contains(&route.family) {
            return Err(refused(48_002, "api forbidden"));
        }
        Ok(())
    }

    /// A refusal as the platform words it: a hint, the caller's address, a page to read.
    fn refusal(&mut self, no: &Refused, from: &str) -> Reply {
        let hint = self.dice.letters(24);
        let Refused { code, words } = no;
        let more = "https://open.work.weixin.qq.com/devtool/query?e=";
        let words = format!("{words}, hint: [{hint}], from ip: {from}, more info at {more}{code}");
        Reply::Json(json!({"errcode": code, "errmsg": words}))
    }
}

/// The two fields of every answer, before the others.
fn whole(reply: Reply) -> Reply {
    let Reply::Json(Value::Object(fields)) = reply else { return reply };
    let mut whole = serde_json::Map::new();
    whole.insert("errcode".to_owned(), json!(0));
    whole.insert("errmsg".to_owned(), json!("ok"));
    whole.extend(fields);
    Reply::Json(Value::Object(whole))
}

fn shown(asked: &Asked) -> String {
    let secret = |name: &str| name == "access_token" || name == "corpsecret";
    let words = asked.query.iter().filter(|(name, _)| !secret(name));
    let mut text = words.map(|(name, word)| format!("{name}={word}")).collect::<Vec<_>>().join("&");
    text.push_str(&String::from_utf8_lossy(&asked.body));
    text.chars().take(ASKED_CHARS).collect()
}
