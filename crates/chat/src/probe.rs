//! Asking an address on the open web whether it answers as it should.
//!
//! Invariants: nothing in a private network is asked, whatever a name resolves to, but this machine
//! itself where its own address was typed; no redirect is followed; little is read.

use std::error::Error;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::Policy;

/// An answer may take so long, in ms.
const ANSWER_MS: u64 = 8_000;
/// Bytes that are read of an answer.
const ANSWER_BYTES_MAX: usize = 1_000;
/// What a private address is refused with, among the causes of an error.
const PRIVATE: &str = "the name leads into a private network";

/// Who asks. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Probe(reqwest::Client);

/// An address that does not answer as it should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProbeError {
    /// No connection, or no answer in time.
    #[error("it cannot be reached")]
    Unreached,
    /// Its certificate is not good for it.
    #[error("its certificate is not good")]
    Certificate,
    /// Its name leads into a private network.
    #[error("it leads into a private network")]
    Private,
    /// Something answers, but not with 200.
    #[error("it answers with {0}")]
    Status(u16),
    /// This machine cannot ask at all.
    #[error("nothing can be asked from here")]
    Mute,
}

impl Probe {
    /// Somebody who asks.
    pub fn new() -> Result<Self, ProbeError> {
        // Whoever installed one before us has it; it is the same for the whole process.
        drop(rustls::crypto::ring::default_provider().install_default());
        let http = reqwest::Client::builder()
            .redirect(Policy::none())
            .timeout(Duration::from_millis(ANSWER_MS))
            .no_proxy()
            .pool_max_idle_per_host(0)
            .dns_resolver(std::sync::Arc::new(Open));
        http.build().map(Self).map_err(|_| ProbeError::Mute)
    }

    /// The beginning of what stands at `host` under a path: over TLS, but for this machine.
    pub async fn ask(&self, host: &str, path: &str) -> Result<String, ProbeError> {
        let scheme = if is_here(host) { "http" } else { "https" };
        let sent = self.0.get(format!("{scheme}://{host}{path}")).send().await;
        let mut answer = sent.map_err(|error| missed(&error))?;
        if answer.status().as_u16() != 200 {
            return Err(ProbeError::Status(answer.status().as_u16()));
        }
        let mut body = Vec::new();
        while body.len() < ANSWER_BYTES_MAX
            && let Some(chunk) = answer.chunk().await.map_err(|error| missed(&error))?
        {
            body.extend_from_slice(&chunk);
        }
        body.truncate(ANSWER_BYTES_MAX);
        Ok(String::from_utf8_lossy(&body).into_owned())
    }
}

/// Whether a host, with or without its port, is this machine.
pub fn is_here(host: &str) -> bool {
    let bare = match host.rsplit_once(':') {
        Some((name, port)) if port.chars().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    };
    let ip = bare.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    bare == "localhost" || ip.is_ok_and(|ip| ip.is_loopback())
}

fn missed(error: &reqwest::Error) -> ProbeError {
    let mut cause = error.source();
    while let Some(behind) = cause {
        let words = behind.to_string();
        if words.contains(PRIVATE) {
            return ProbeError::Private;
        }
        if words.contains("certificate") {
            return ProbeError::Certificate;
        }
        cause = behind.source();
    }
    ProbeError::Unreached
}

/// Resolves names to addresses of the open web only.
struct Open;

impl Resolve for Open {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let all: Vec<SocketAddr> = found.collect();
            let open: Vec<SocketAddr> =
                all.iter().copied().filter(|at| is_here(&host) || is_open(at.ip())).collect();
            if open.is_empty() && !all.is_empty() {
                return Err(PRIVATE.into());
            }
            Ok(Box::new(open.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the open web.
fn is_open(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_open_v4(ip),
        IpAddr::V6(ip) => match ip.to_ipv4_mapped() {
            Some(ip) => is_open_v4(ip),
            None => is_open_v6(ip),
        },
    }
}

fn is_open_v4(ip: Ipv4Addr) -> bool {
    let [a, b, ..] = ip.octets();
    // 100.64/10 carrier networks, 192.0.0/24 and 198.18/15 tests, 240/4 reserved.
    let special = a == 0
        || a == 100 && (64..128).contains(&b)
        || ip.octets().starts_with(&[192, 0, 0])
        || a == 198 && (18..20).contains(&b)
        || a >= 240;
    !(special
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast())
}

fn is_open_v6(ip: Ipv6Addr) -> bool {
    // Only 2000::/3 is given out; 2001:db8::/32 is for documents, 2002::/16 and 64:ff9b:: hold
    // other addresses.
    let [first, second, ..] = ip.segments();
    first & 0xe000 == 0x2000 && !(first == 0x2001 && second == 0xdb8) && first != 0x2002
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_web_is_asked() {
        for (ip, open) in [
            ("1.1.1.1", true),
            ("10.0.0.1", false),
            ("127.0.0.1", false),
            ("169.254.169.254", false),
            ("100.64.0.1", false),
            ("172.16.0.1", false),
            ("192.168.1.1", false),
            ("198.18.0.1", false),
            ("0.0.0.0", false),
            ("255.255.255.255", false),
            ("2606:4700::1111", true),
            ("::1", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("::ffff:10.0.0.1", false),
            ("2002:7f00:1::", false),
            ("64:ff9b::7f00:1", false),
        ] {
            assert_eq!(is_open(ip.parse().unwrap()), open, "{ip}");
        }
        for (host, here) in [
            ("localhost", true),
            ("127.0.0.1:8080", true),
            ("[::1]:80", true),
            ("go.example.com", false),
            ("localhost.example.com:80", false),
        ] {
            assert_eq!(is_here(host), here, "{host}");
        }
    }
}
