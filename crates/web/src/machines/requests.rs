//! Requests, counted by route: how many, how they ended, how long they took.
//!
//! Invariant: as many rows as there are routes, methods and statuses, whatever is asked for.

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;
use tokio::time::Instant;

use crate::house::House;

/// Ends of the buckets, in seconds.
const BUCKETS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 15.0];

/// How a request ended.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Ended {
    method: &'static str,
    route: String,
    status: u16,
}

/// Where a request went.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Went {
    route: String,
}

/// The requests of this process. Cheap to clone; all clones are the same.
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    ended: Family<Ended, Counter>,
    took: Family<Went, Histogram>,
}

impl Default for Requests {
    fn default() -> Self {
        let took = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        Self { ended: Family::default(), took }
    }
}

impl Requests {
    /// Puts them on a list of figures.
    pub(super) fn register(&self, list: &mut Registry) {
        let (ended, took) = (self.ended.clone(), self.took.clone());
        list.register("http_requests", "Requests by route and by how they ended", ended);
        let what = "From the request to the head of the answer";
        list.register("http_request_duration_seconds", what, took);
    }
}

/// Counts a request.
pub(crate) async fn counted(State(house): State<House>, request: Request, next: Next) -> Response {
    let matched = request.extensions().get::<MatchedPath>();
    let route = matched.map_or("none", MatchedPath::as_str).to_owned();
    let method = match *request.method() {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        _ => "other",
    };
    let began = Instant::now();
    let response = next.run(request).await;
    let took = began.elapsed().as_secs_f64();
    let requests = house.requests();
    requests.took.get_or_create(&Went { route: route.clone() }).observe(took);
    let ended = Ended { method, route, status: response.status().as_u16() };
    requests.ended.get_or_create(&ended).inc();
    response
}
