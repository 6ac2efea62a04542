//! Whether an address of ours is ours: asked as the platform asks when a callback is set.
//!
//! Invariants: one GET that changes nothing; redirects are not followed; addresses of the machine's
//! own network segment (169.254.0.0/16 and the like) are never asked; what answers is read for a
//! few hundred bytes and quoted nowhere.
//!
//! Source: 验证URL有效性 (回调配置), as of 2026-02-12.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use domain::Millis;
use reqwest::Url;
use reqwest::redirect::Policy;

use crate::wecom::client::words_of;
use crate::wecom::seal::Seal;

/// How long the address may take; the platform itself gives it a second.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer that is read.
const ANSWER_BYTES_MAX: usize = 512;

/// An address that showed itself to be ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opened {
    /// It lies in a network that is not the internet's: nobody outside comes there.
    pub inner: bool,
}

/// An address that did not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Shut {
    /// It is no address of the web.
    #[error("this is no address of the web")]
    NoAddress,
    /// Its name is not known, or leads to where nobody may be asked.
    #[error("its name leads nowhere")]
    Nowhere,
    /// Nobody there, or not in time.
    #[error("it does not answer: {0}")]
    Silent(String),
    /// It answered with another HTTP status than 200.
    #[error("it answered HTTP {0}")]
    Status(u16),
    /// It answered something else than what was sealed for it.
    #[error("it answered something else")]
    Other,
}

/// Asks an address to open what is sealed and to say it back.
pub async fn knock(address: &str, seal: &Seal, now: Millis) -> Result<Opened, Shut> {
    drop(rustls::crypto::ring::default_provider().install_default());
    let url = Url::parse(address).map_err(|_| Shut::NoAddress)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Shut::NoAddress);
    }
    let found = tokio::time::timeout(PATIENCE, places(&url)).await;
    let places = found.map_err(|_| Shut::Nowhere)?.ok_or(Shut::Nowhere)?;
    if places.iter().any(|place| is_barred(place.ip())) {
        return Err(Shut::Nowhere);
    }
    let inner = places.iter().all(|place| is_inner(place.ip()));
    let host = url.host_str().unwrap_or_default().to_owned();
    let mut http = reqwest::Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .resolve_to_addrs(&host, &places);
    if url.scheme() == "http" {
        http = http.tls_certs_only([]);
    }
    let http = http.build().map_err(|error| Shut::Silent(words_of(error)))?;
    let mut salts = [0; 32];
    getrandom::fill(&mut salts).map_err(|error| Shut::Silent(error.to_string()))?;
    let (salt, dice) = salts.split_first_chunk::<16>().ok_or(Shut::Other)?;
    let words = digits(dice);
    let (timestamp, nonce) = (now.0.div_euclid(1_000).to_string(), digits(salt));
    let sealed = seal.seal(words.as_bytes(), *salt);
    let signature = seal.sign(&timestamp, &nonce, &sealed);
    let query = [
        ("msg_signature", signature.as_str()),
        ("timestamp", timestamp.as_str()),
        ("nonce", nonce.as_str()),
        ("echostr", sealed.as_str()),
    ];
    let silent = |error| Shut::Silent(words_of(error));
    let mut answer = http.get(url).query(&query).send().await.map_err(silent)?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Shut::Status(status));
    }
    let mut said = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(silent)? {
        said.extend_from_slice(&chunk);
        if said.len() > ANSWER_BYTES_MAX {
            return Err(Shut::Other);
        }
    }
    if said == words.as_bytes() { Ok(Opened { inner }) } else { Err(Shut::Other) }
}

/// Where the name of an address leads.
async fn places(url: &Url) -> Option<Vec<SocketAddr>> {
    let host = url.host_str()?.trim_start_matches('[').trim_end_matches(']');
    let port = url.port_or_known_default()?;
    let found = tokio::net::lookup_host((host, port)).await.ok()?;
    let places: Vec<SocketAddr> = found.collect();
    (!places.is_empty()).then_some(places)
}

/// Where no public address leads, and where machines of clouds keep what nobody may ask for.
fn is_barred(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => ip.is_link_local() || ip.is_unspecified() || ip.is_multicast(),
        IpAddr::V6(ip) => ip.is_unicast_link_local() || ip.is_unspecified() || ip.is_multicast(),
    }
}

/// Addresses that the internet does not know: this machine, private networks, those of carriers.
fn is_inner(ip: IpAddr) -> bool {
    match ip.to_canonical() {
        IpAddr::V4(ip) => {
            let [a, b, ..] = ip.octets();
            ip.is_loopback() || ip.is_private() || (a == 100 && (64..128).contains(&b))
        }
        IpAddr::V6(ip) => ip.is_loopback() || ip.is_unique_local(),
    }
}

fn digits(dice: &[u8]) -> String {
    dice.iter().map(|byte| char::from(b'0' + byte % 10)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_that_the_internet_does_not_know_are_told_apart() {
        let of = |text: &str| text.parse::<IpAddr>().unwrap();
        for inner in ["127.0.0.1", "10.2.3.4", "192.168.1.9", "172.20.0.1", "100.100.0.1", "::1"] {
            assert!(is_inner(of(inner)) && !is_barred(of(inner)), "{inner}");
        }
        for barred in ["169.254.169.254", "0.0.0.0", "fe80::1", "::ffff:169.254.169.254"] {
            assert!(is_barred(of(barred)), "{barred}");
        }
        for public in ["101.226.103.1", "2408:8000::1", "100.128.0.1", "172.32.0.1"] {
            assert!(!is_inner(of(public)) && !is_barred(of(public)), "{public}");
        }
    }
}
