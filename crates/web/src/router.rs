//! All addresses, and the layers that every request passes.

use app::live::Live;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::Redirect;
use axum::routing::get;
use tower_http::compression::CompressionLayer;

use crate::house::House;
use crate::settings::WebSettings;
use crate::trouble::Trouble;
use crate::{assets, console, door, hooks, links, machines, member, trouble};

/// The faces as a router, for tests and for whoever listens by itself.
pub fn router(live: Live, settings: WebSettings) -> Router {
    routes(House::new(live, settings))
}

pub(crate) fn routes(house: House) -> Router {
    Router::new()
        .route("/", get(|| async { Redirect::to("/today") }))
        .route("/desk", get(|| async { Redirect::permanent("/today") }))
        .route("/desk/{*rest}", get(|Path(rest): Path<String>| async move { moved(&rest) }))
        .merge(assets::routes())
        .merge(member::routes())
        .merge(console::routes())
        .merge(machines::routes())
        .fallback(|| async { Trouble::missing() })
        .layer(DefaultBodyLimit::max(door::FORM_BYTES_MAX))
        .layer(from_fn(door::bounded))
        .layer(from_fn_with_state(house.clone(), door::origin))
        .layer(from_fn_with_state(house.clone(), trouble::render))
        .layer(from_fn_with_state(house.clone(), door::headers))
        .merge(hooks::routes())
        // Streams of events, pictures and what is packed already pass as they are.
        .layer(CompressionLayer::new())
        .layer(from_fn_with_state(house.clone(), machines::counted))
        // Scans are counted by themselves, and come by the thousand: none of the above.
        .merge(links::routes())
        .with_state(house)
}

/// Where a page of the earlier desk lives now: bookmarks and links in old chats go on working.
fn moved(rest: &str) -> Redirect {
    let group = rest.strip_prefix("groups/").and_then(|group| group.parse::<i64>().ok());
    Redirect::permanent(&group.map_or("/today".to_owned(), |group| format!("/groups/{group}")))
}
