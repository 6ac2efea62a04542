//! Addresses of the platform's machines, for firewalls. They change: ask once a day.

use serde::Deserialize;

use crate::wecom::client::{Call, CallError, Client};

const CALLBACKS: Call = Call::repeatable("/cgi-bin/getcallbackip");
const API: Call = Call::repeatable("/cgi-bin/get_api_domain_ip");

#[derive(Default, Deserialize)]
#[serde(default)]
struct Addresses {
    ip_list: Vec<String>,
}

impl Client {
    /// Where callbacks come from; some as `101.226.103.*` or in CIDR.
    pub async fn callback_addresses(&self) -> Result<Vec<String>, CallError> {
        let addresses: Addresses = self.get(CALLBACKS, &[]).await?;
        Ok(addresses.ip_list)
    }

    /// Where calls go to.
    pub async fn api_addresses(&self) -> Result<Vec<String>, CallError> {
        let addresses: Addresses = self.get(API, &[]).await?;
        Ok(addresses.ip_list)
    }
}
