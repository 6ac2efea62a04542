//! The PostgreSQL server of the tests: the one that `HUOQUN_TEST_POSTGRES_URL` names, or a
//! throw-away cluster that `scripts/postgres-for-tests` starts once for all tests.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// The URL of the server; `None`, loudly, when PostgreSQL cannot be had here.
///
/// # Panics
/// When it cannot be had and `HUOQUN_REQUIRE_POSTGRES=1` asks for it.
pub(crate) fn server() -> Option<&'static str> {
    static SERVER: OnceLock<Option<String>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match given("HUOQUN_TEST_POSTGRES_URL") {
        Some(url) => Some(url),
        None => started().map_err(|why| missing(&why)).ok(),
    });
    server.as_deref()
}

#[expect(clippy::disallowed_methods, reason = "the test command speaks to tests by environment")]
fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn started() -> Result<String, String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres-for-tests");
    let run = Command::new(script).arg("start").stdin(Stdio::null()).output();
    let out = run.map_err(|error| format!("scripts/postgres-for-tests: {error}"))?;
    if out.status.success() {
        Ok(String::from_utf8_lossy(&out.stdout).trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&out.stderr).into_owned())
    }
}

#[expect(clippy::print_stderr, reason = "a skipped half of a test must be seen")]
fn missing(why: &str) {
    assert!(
        given("HUOQUN_REQUIRE_POSTGRES").as_deref() != Some("1"),
        "HUOQUN_REQUIRE_POSTGRES=1, but PostgreSQL cannot be had: {why}"
    );
    eprintln!("NOT TESTED ON POSTGRESQL, only on SQLite: {why}");
}
