//! Addresses that an operator types: where the platform is, and the proxy on the way to it.

use std::net::IpAddr;

use reqwest::Url;

use crate::wecom::client::secret::Secret;

/// Where the platform's calls go: `https://host[:port][/path]`, or `http://` on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    base: String,
    plain: bool,
}

/// A proxy that calls go through: `http`, `https`, `socks5` or `socks5h`, with or without a
/// password in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proxy(Secret);

/// An address that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It cannot be read.
    #[error("this is no address: it looks like https://host or https://host:port")]
    Unreadable,
    /// Tokens would go over the wire in the clear.
    #[error("the address begins with https:// (http:// only on this machine)")]
    Open,
    /// It has a user, a password, a query or a fragment.
    #[error("the address has a host, a port and a path, and nothing more")]
    Extra,
    /// A proxy of a kind that is not known.
    #[error("the proxy begins with http://, https://, socks5:// or socks5h://")]
    ProxyKind,
}

impl Address {
    /// The platform itself.
    pub const PLATFORM: &str = "https://qyapi.weixin.qq.com";

    /// Reads what was typed.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let url = Url::parse(typed.trim()).map_err(|_| AddressError::Unreadable)?;
        let host = url.host_str().ok_or(AddressError::Unreadable)?;
        let plain = url.scheme() == "http" && is_here(host);
        if !plain && url.scheme() != "https" {
            return Err(AddressError::Open);
        }
        let named = !url.username().is_empty() || url.password().is_some();
        if named || url.query().is_some() || url.fragment().is_some() {
            return Err(AddressError::Extra);
        }
        Ok(Self { base: url.as_str().trim_end_matches('/').to_owned(), plain })
    }

    /// The address as text, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.base
    }

    /// Whether it is on this machine and not encrypted.
    pub(super) fn is_plain(&self) -> bool {
        self.plain
    }
}

impl Default for Address {
    fn default() -> Self {
        Self { base: Self::PLATFORM.to_owned(), plain: false }
    }
}

impl Proxy {
    /// Reads what was typed.
    pub fn parse(typed: &str) -> Result<Self, AddressError> {
        let url = Url::parse(typed.trim()).map_err(|_| AddressError::Unreadable)?;
        if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") {
            return Err(AddressError::ProxyKind);
        }
        url.host_str().ok_or(AddressError::Unreadable)?;
        Ok(Self(Secret::new(url.as_str())))
    }

    pub(super) fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

fn is_here(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}
