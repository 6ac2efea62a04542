//! `/settings/wecom`: companies on WeCom, against a practice company.

mod access;
mod callbacks;
mod connecting;
mod doctor;
mod handover;
mod handover_beside;
mod phone;
mod reading;
mod served;
mod takeover;
mod welcomes;

use app::wecom::Vault;
use axum::http::StatusCode;
use practice::wecom::{Practice, Setup, Size, company};
use web::Limits;

use crate::browser::{Browser, Page, Place, form};

/// A place where companies can be connected, and a practice company as old as its clock says.
pub(crate) struct Scene {
    pub(crate) place: Place,
    pub(crate) practice: Practice,
    pub(crate) owner: Browser,
}

impl Scene {
    pub(crate) async fn set() -> Self {
        let change = |settings: &mut web::WebSettings| {
            settings.limits = Limits::none();
            settings.vault = Some(Vault::new(&[7; 32]));
        };
        Self::on(Place::set(change).await).await
    }

    async fn on(place: Place) -> Self {
        let books = company(3, Size { staff: 6, groups: 12, members: 40, days: 1 }, place.now());
        let setup = Setup { seed: 3, books, from: place.now(), ..Setup::default() };
        let practice = Practice::start(setup).unwrap();
        let owner = place.operator().await;
        Self { place, practice, owner }
    }

    /// Sends the form that connects, with this secret.
    async fn sends(&mut self, secret: &str) -> Page {
        let (corp, api) = (self.practice.corp().to_owned(), self.practice.url());
        let fields = [("corp", corp.as_str()), ("secret", secret), ("api", &api)];
        self.owner.post("/settings/wecom", &form(&fields)).await
    }

    /// Connects and waits until it was read; its address.
    pub(crate) async fn connected(&mut self) -> String {
        let secret = self.practice.secret().to_owned();
        let sent = self.sends(&secret).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let address = sent.header("location").split('?').next().unwrap().to_owned();
        self.rested(&address).await;
        address
    }

    /// Waits until no reading is under way, as the page does.
    async fn rested(&mut self, address: &str) -> Page {
        loop {
            let part = self.owner.get(&format!("{address}/steps")).await;
            assert_eq!(part.status, StatusCode::OK, "{}", part.text);
            let goes_on = part.text.contains("hx-trigger");
            assert_eq!(part.header("hx-refresh").is_empty(), goes_on, "the end loads the page");
            if !goes_on {
                return self.owner.get(address).await;
            }
            tokio::task::yield_now().await;
        }
    }

    /// Nothing that opens the company stands on a page.
    fn keeps_secrets(&self, page: &Page) {
        assert!(!page.text.contains(self.practice.secret()), "{}", page.text);
    }
}
