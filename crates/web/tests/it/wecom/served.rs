//! The faces over real HTTP, for who comes from outside.

use app::wecom::Vault;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use web::{WebSettings, serve};

use crate::browser::Place;

/// Token and key of callbacks.
pub(crate) const TOKEN: &str = "hq0token0of0the0callback";
pub(crate) const KEY: &str = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";

/// Faces that listen until this is dropped.
pub(crate) struct Served {
    pub(crate) url: String,
    stop: Option<oneshot::Sender<()>>,
}

impl Served {
    pub(crate) async fn start(place: &Place) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel::<()>();
        let vault = Some(Vault::new(&[7; 32]));
        let settings = WebSettings { vault, ..place.settings.clone() };
        tokio::spawn(serve(listener, place.live.clone(), settings, async {
            stopped.await.unwrap_or(());
        }));
        Self { url, stop: Some(stop) }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.stop.take().map(|stop| stop.send(()));
    }
}
