//! What the binary gives the faces.

use std::sync::Arc;

use app::live::Clock;
use domain::OrgId;

use crate::door::Limits;

/// Told of an incident: the number that a person was shown, and what happened.
pub type Incidents = Arc<dyn Fn(&str, &str) + Send + Sync>;

/// Settings of the faces.
#[derive(Clone)]
pub struct WebSettings {
    /// Key of all signatures, of cookies and what pages hand out; 32 random bytes, kept for good.
    pub secret: Vec<u8>,
    /// Where "now" comes from.
    pub clock: Arc<dyn Clock>,
    /// The organisation whose console is served.
    pub org: OrgId,
    /// Address under which people reach the pages, such as `https://chat.example`; links and QR
    /// codes are made with it. Without it, with the host of the request.
    pub address: Option<String>,
    /// A proxy of ours stands in front: believe its `X-Forwarded-For` and `X-Forwarded-Proto`.
    pub behind_proxy: bool,
    /// Folder in which uploads wait until they are imported; the system's temporary folder where
    /// none is said.
    pub uploads: Option<std::path::PathBuf>,
    /// What seals the secrets of platforms; without it none can be connected.
    pub vault: Option<app::wecom::Vault>,
    /// Bytes of one upload, at most.
    pub upload_bytes_max: u64,
    /// What a machine that watches this one has to say to be told figures; without it only this
    /// machine itself is told.
    pub metrics_token: Option<String>,
    /// How much one guest or address may do.
    pub limits: Limits,
    /// Told of each incident that a person was shown a number for: the number, and what happened.
    pub incidents: Incidents,
}

impl WebSettings {
    /// Settings with the usual limits, for an organisation.
    pub fn new(secret: Vec<u8>, clock: Arc<dyn Clock>, org: OrgId) -> Self {
        Self {
            secret,
            clock,
            org,
            address: None,
            behind_proxy: false,
            uploads: None,
            vault: None,
            upload_bytes_max: 2 << 30,
            metrics_token: None,
            limits: Limits::default(),
            incidents: Arc::new(|_, _| {}),
        }
    }
}

impl std::fmt::Debug for WebSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WebSettings")
            .field("org", &self.org)
            .field("address", &self.address)
            .field("behind_proxy", &self.behind_proxy)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}
