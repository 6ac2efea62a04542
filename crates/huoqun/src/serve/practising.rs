//! A make-believe WeCom beside the demonstration: to learn on before real credentials are typed.
//!
//! Invariant: it listens on this machine alone, and everything in it is made up.

use ::report::Lang;
use domain::Millis;
use practice::wecom::{Life, Pace, Practice, Setup, Size};

use crate::cli::DemoArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::place;

/// Happenings of an hour by day: something is seen within a minute.
const AN_HOUR: u32 = 240;
/// Where the company is kept between runs.
const NAME: &str = "practice-wecom.json";

/// Starts the company as it was left, or a new one. It listens one port above the console, so that
/// its address is the same the next time.
pub(super) fn company(args: &DemoArgs, now: Millis) -> Result<Practice, Failure> {
    let port = match args.serve.listen.port() {
        0 => 0,
        port => port.checked_add(1).unwrap_or(0),
    };
    let file = Some(place::folder(&args.serve.place).join(NAME));
    let seed = args.seed;
    let setup = Setup {
        seed,
        books: practice::wecom::company(seed, Size::SMALL, now),
        from: now,
        pace: Pace::Times(1),
        life: Some(Life { seed, an_hour: AN_HOUR }),
        port,
        file,
        ..Setup::default()
    };
    let name = format!("127.0.0.1:{port}");
    Practice::start(setup).map_err(|error| Failure::Listen(name, error))
}

/// Says how it is connected.
pub(super) fn greet(practice: &Practice, (args, lang): (&DemoArgs, Lang), out: &mut Output) {
    let (url, corp, secret) = (practice.url(), practice.corp(), practice.secret());
    if args.serve.json {
        let said = serde_json::json!({
            "practice": { "url": url, "corp": corp, "secret": secret, "agent": practice.agent() }
        });
        out.text(&said.to_string());
        return;
    }
    out.text(&match lang {
        Lang::Zh => format!(
            "练习用的企业微信：{url}/practice\n  在「设置 → 企业微信」里连接它：企业ID {corp}，\
             Secret {secret}，接口地址 {url}"
        ),
        Lang::En => format!(
            "A WeCom to practise on: {url}/practice\n  Connect it in Settings → WeCom: corp ID \
             {corp}, secret {secret}, API address {url}"
        ),
    });
}
