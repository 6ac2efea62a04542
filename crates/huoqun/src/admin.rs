//! `huoqun admin`: owners, for whoever holds the machine.

use crate::cli::AdminAct;
use crate::clock::Wall;
use crate::failure::{AccountWrong, Failure};
use crate::output::Output;
use crate::place;
use crate::serve::OURS;
use ::report::Lang;
use app::console::{Denied, add_owner, add_owner_by_link, reset_link};
use app::live::Clock;
use domain::Millis;
use std::io::Read;
use store::Store;

/// Bytes read as a password at most.
const PASSWORD_BYTES_MAX: u64 = 4_096;

/// Runs it.
pub(crate) fn run(act: &AdminAct, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let now = Wall::new(0, 1).now();
    match act {
        AdminAct::Create { place, login, name, password_stdin: true, .. } => {
            let typed = password()?;
            place::wait(create(place::url(place)?, [login, name, &typed], now))??;
            out.text(lang.pick("负责人账号已建好，可以登录了", "the owner is made and may log in"));
        }
        AdminAct::Create { place, login, name, public_url, .. } => {
            let url = place::url(place)?;
            let token = place::wait(link(url, [login, name], now))??;
            say(&token, (public_url, lang), out);
        }
        AdminAct::Reset { place, login, public_url } => {
            let token = place::wait(reset(place::url(place)?, login, now))??;
            say(&token, (public_url, lang), out);
        }
    }
    Ok(())
}

fn say(token: &str, (public_url, lang): (&str, Lang), out: &mut Output) {
    let url = public_url.trim_end_matches('/');
    out.text(&match lang {
        Lang::Zh => format!("打开链接设置密码（24 小时内有效，只能用一次）：\n  {url}/welcome/{token}"),
        Lang::En => {
            format!("Open this link to set the password (it works once, for 24 hours):\n  {url}/welcome/{token}")
        }
    });
}

async fn create(url: String, said: [&str; 3], now: Millis) -> Result<(), Failure> {
    let store = open(&url).await?;
    add_owner(&store, OURS, said, now).await.map_err(wrong).map(drop)
}

async fn link(url: String, said: [&str; 2], now: Millis) -> Result<String, Failure> {
    add_owner_by_link(&open(&url).await?, OURS, said, now).await.map_err(wrong)
}

async fn reset(url: String, login: &str, now: Millis) -> Result<String, Failure> {
    reset_link(&open(&url).await?, OURS, (login, now)).await.map_err(wrong)
}

async fn open(url: &str) -> Result<Store, Failure> {
    Ok(Store::open(url).await.map_err(app::Fault::from)?)
}

/// The first line of standard input.
fn password() -> Result<String, Failure> {
    let mut typed = String::new();
    let mut input = std::io::stdin().lock().take(PASSWORD_BYTES_MAX);
    let read = input.read_to_string(&mut typed);
    read.map_err(|error| Failure::usage("--password-stdin", error.to_string()))?;
    Ok(typed.lines().next().unwrap_or_default().to_owned())
}

/// What is wrong, of the first wrong field.
fn wrong(denied: Denied) -> Failure {
    let field = |wrong: &app::console::FieldError| match (wrong.field, wrong.code) {
        ("login", "taken") => AccountWrong::Taken,
        ("login", _) => AccountWrong::Login,
        ("name", _) => AccountWrong::Name,
        _ => AccountWrong::Password,
    };
    match denied {
        Denied::Fault(fault) => Failure::Fault(fault),
        Denied::Wrong(all) => Failure::Account(all.first().map_or(AccountWrong::Password, field)),
        _ => Failure::Account(AccountWrong::Unknown),
    }
}
