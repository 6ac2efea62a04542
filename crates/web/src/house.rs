//! What all handlers share: the live groups, the settings, the key, the limits.

use std::sync::Arc;

use app::console::Console;
use app::live::Live;
use domain::{Millis, minted_key};
use tokio::sync::watch;

use crate::door::{Seal, Streams, Turnstile};
use crate::line::Rendered;
use crate::machines::Requests;
use crate::settings::WebSettings;

/// Cheap to clone; all clones are the same.
#[derive(Clone)]
pub(crate) struct House(Arc<Inner>);

struct Inner {
    live: Live,
    console: Console,
    settings: WebSettings,
    seal: Seal,
    turnstile: Turnstile,
    streams: Streams,
    requests: Requests,
    rendered: Rendered,
    closing: watch::Sender<bool>,
}

impl House {
    pub(crate) fn new(live: Live, settings: WebSettings) -> Self {
        // HMAC takes keys of every length.
        let seal = Seal::new(&settings.secret).unwrap_or_else(|| unreachable!("any key is taken"));
        let turnstile = Turnstile::new(&settings.limits);
        let (streams, rendered) = (Streams::default(), Rendered::default());
        let console = Console::new(live.clone());
        if let Some(vault) = &settings.vault {
            console.open_vault(vault.clone());
            console.keep_pulling();
            console.keep_delivering();
            console.keep_handing_over();
            if let Some(face) = crate::console::phone::face(&settings, &seal) {
                console.keep_carding(face);
            }
            console.keep_welcoming();
            console.keep_media();
            console.keep_group_welcomes();
        }
        console.keep_links();
        if let Some(folder) = &settings.uploads {
            console.keep_uploads_in(folder.clone());
        }
        let closing = watch::channel(false).0;
        Self(Arc::new(Inner {
            live,
            console,
            settings,
            seal,
            turnstile,
            streams,
            requests: Requests::default(),
            rendered,
            closing,
        }))
    }

    pub(crate) fn live(&self) -> &Live {
        &self.0.live
    }

    pub(crate) fn console(&self) -> &Console {
        &self.0.console
    }

    pub(crate) fn settings(&self) -> &WebSettings {
        &self.0.settings
    }

    pub(crate) fn seal(&self) -> &Seal {
        &self.0.seal
    }

    pub(crate) fn turnstile(&self) -> &Turnstile {
        &self.0.turnstile
    }

    pub(crate) fn streams(&self) -> &Streams {
        &self.0.streams
    }

    pub(crate) fn requests(&self) -> &Requests {
        &self.0.requests
    }

    pub(crate) fn rendered(&self) -> &Rendered {
        &self.0.rendered
    }

    /// The service ends: live connections are let go.
    pub(crate) fn close(&self) {
        self.0.console.end_uploads();
        self.0.closing.send_replace(true);
    }

    /// Becomes true when the service ends.
    pub(crate) fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    pub(crate) fn now(&self) -> Millis {
        self.0.settings.clock.now()
    }

    /// A key for a form on a page.
    pub(crate) fn mint(&self) -> i64 {
        minted_key(self.now(), dice())
    }

    /// Keys for the forms of one page.
    pub(crate) fn mint_many<const N: usize>(&self) -> [i64; N] {
        std::array::from_fn(|_| self.mint())
    }

    /// Notes an incident and gives it a number.
    pub(crate) fn incident(&self, cause: &str) -> String {
        let number =
            format!("{:X}-{:05X}", self.now().0 / 60_000 % 0x000F_FFFF, dice() & 0x000F_FFFF);
        (self.0.settings.incidents)(&number, cause);
        number
    }
}

/// Random bits of the system; zero when it has none (the store then finds the key taken).
fn dice() -> u32 {
    let mut bytes = [0; 4];
    match getrandom::fill(&mut bytes) {
        Ok(()) => u32::from_le_bytes(bytes),
        Err(_) => 0,
    }
}
