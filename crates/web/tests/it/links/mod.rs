//! `/codes`: live codes on the console, and the domains of their links.

mod channels;
mod codes;
mod pictures;
mod platform;

use axum::http::StatusCode;

use crate::browser::{Browser, Page, form};

/// The number at the end of where an answer leads.
fn number(page: &Page) -> String {
    assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text);
    let address = page.header("location");
    let path = address.split(['?', '#']).next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}

/// Makes a code that leads to an address; its number.
async fn web_code(owner: &mut Browser, name: &str) -> String {
    let fields = [("kind", "web"), ("name", name), ("url", "https://example.com/a")];
    number(&owner.post("/codes", &form(&fields)).await)
}

/// Hangs a code somewhere; the address of the placement's page.
async fn placed(owner: &mut Browser, code: &str, name: &str) -> String {
    let path = format!("/codes/{code}/placements");
    let made = owner.post(&path, &form(&[("name", name), ("source", "shop")])).await;
    format!("/codes/{code}/{}", number(&made))
}
