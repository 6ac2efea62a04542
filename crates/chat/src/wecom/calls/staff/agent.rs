//! The app itself (获取应用), by its number.

use serde::Deserialize;

use crate::wecom::client::{Call, CallError, Client};

const GET: Call = Call::repeatable("/cgi-bin/agent/get");

/// The app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Agent {
    /// Its name.
    pub name: String,
    /// 1 while it is switched off.
    pub close: i64,
}

impl Client {
    /// The app of this number; that of another app is refused (301002).
    ///
    /// Source: 获取应用 (path/90227).
    pub async fn agent(&self, agent: i64) -> Result<Agent, CallError> {
        self.get(GET, &[("agentid", agent.to_string().as_str())]).await
    }
}
