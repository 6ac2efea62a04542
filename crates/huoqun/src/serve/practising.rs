//! A make-believe WeCom, beside the demonstration or alone: to learn on before real credentials are
//! typed.
//!
//! Invariant: it listens on this machine alone, and everything in it is made up.

use ::report::Lang;
use app::live::Clock as _;
use domain::Millis;
use practice::wecom::{Life, Pace, Practice, Setup, Size};

use crate::cli::{DemoArgs, PracticeArgs};
use crate::clock::Wall;
use crate::failure::Failure;
use crate::output::Output;
use crate::place;
use crate::serve::signals;

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
    started(args.seed, Size::SMALL, Setup { from: now, port, file, ..lively(args.seed) })
}

/// Runs a company alone until it is asked to stop.
pub(crate) fn practise(args: &PracticeArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let size = Size { staff: args.staff, groups: args.groups, members: args.members, days: 14 };
    let from = Wall::new(args.clock_from, args.clock_speed).now();
    let mut setup = Setup { from, port: args.port, ..lively(args.seed) };
    setup.pace = Pace::Times(args.clock_speed.max(1));
    setup.file.clone_from(&args.file);
    if args.quiet {
        setup.life = None;
    }
    let practice = started(args.seed, size, setup)?;
    greet(&practice, (args.json, lang), out);
    let name = practice.url();
    place::wait(async {
        let stop = signals::asked_to_stop().map_err(|error| Failure::Listen(name, error))?;
        stop.await;
        Ok(())
    })?
}

/// A company in which something is seen within a minute.
fn lively(seed: u64) -> Setup {
    let life = Some(Life { seed, an_hour: AN_HOUR });
    Setup { seed, pace: Pace::Times(1), life, ..Setup::default() }
}

fn started(seed: u64, size: Size, mut setup: Setup) -> Result<Practice, Failure> {
    // A company that is kept is read instead.
    if !setup.file.as_ref().is_some_and(|file| file.exists()) {
        setup.books = practice::wecom::company(seed, size, setup.from);
    }
    let name = format!("127.0.0.1:{}", setup.port);
    Practice::start(setup).map_err(|error| Failure::Listen(name, error))
}

/// Says how it is connected.
pub(super) fn greet(practice: &Practice, (json, lang): (bool, Lang), out: &mut Output) {
    let (url, corp, secret) = (practice.url(), practice.corp(), practice.secret());
    if json {
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
