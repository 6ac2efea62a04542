//! The demonstration from outside, as somebody meets it who has just downloaded the program: how
//! soon a page answers, how heavy a chat page is, what it holds in memory when nobody looks.

use crate::bench::Failure;
use crate::bench::live::http::{Answer, Connection, Wrong, here};
use crate::bench::measure::{Bound, Sheet, now};
use regex::Regex;
use serde::Deserialize;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::runtime::Builder;

/// Seconds to the first page, megabytes of an idle demo, kilobytes of a chat page.
const FIRST_S: f64 = 3.0;
const IDLE_MB: f64 = 150.0;
const PAGE_KB: f64 = 60.0;
/// The longest fill that is waited for.
const FILL: Duration = Duration::from_mins(5);
/// After the fill, what was needed for it alone is given back.
const SETTLES: Duration = Duration::from_secs(5);

/// What the program says when it listens.
#[derive(Deserialize)]
struct Greeting {
    url: String,
    console: String,
}

/// A running demo; asked to stop, and waited for, when dropped.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        // Nothing better can be done when it is gone already.
        let _ = Command::new("kill").arg(self.0.id().to_string()).status();
        let _ = self.0.wait();
    }
}

/// All of it.
pub(in crate::bench) fn measure(
    root: &Path,
    folder: &Path,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let build = ["build", "--release", "-q", "-p", "huoqun"];
    if !Command::new("cargo").args(build).current_dir(root).status()?.success() {
        return Err("huoqun does not build".into());
    }
    let began = now();
    let mut command = Command::new(root.join("target/release/huoqun"));
    command.args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"]);
    command.arg(folder.join("demo")).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut demo = Demo(command.spawn()?);
    let greeting = greeting(&mut demo.0)?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let first = runtime.block_on(first_page(&greeting, began)).map_err(|wrong| here(&wrong))?;
    sheet.note("first page of the demo", first, "s", Bound::AtMost(FIRST_S));
    filled(&mut demo.0)?;
    sheet.note("demo filled", began.elapsed().as_secs_f64(), "s", Bound::None);
    let page = runtime.block_on(chat_page(&greeting)).map_err(|wrong| here(&wrong))?;
    let [html, parts] = page.map(|bytes| bytes as f64 / 1_000.0);
    sheet.note("chat page, its style and script", html + parts, "kB", Bound::AtMost(PAGE_KB));
    sheet.note("chat page alone", html, "kB", Bound::None);
    std::thread::park_timeout(SETTLES);
    let memory = |line| in_memory(demo.0.id(), line).ok_or("no memory of the demo to be read");
    sheet.note("idle demo", memory("VmRSS:")?, "MB", Bound::AtMost(IDLE_MB));
    sheet.note("demo at most, while it filled", memory("VmHWM:")?, "MB", Bound::None);
    Ok(())
}

fn greeting(demo: &mut Child) -> Result<Greeting, Failure> {
    let mut line = String::new();
    let out = demo.stdout.take().ok_or("a demo without a voice")?;
    BufReader::new(out).read_line(&mut line)?;
    Ok(serde_json::from_str(&line)?)
}

/// Waits for the end of the fill: the one remark that names the way back.
fn filled(demo: &mut Child) -> Result<(), Failure> {
    let began = now();
    let lines = BufReader::new(demo.stderr.take().ok_or("a demo without remarks")?).lines();
    for line in lines {
        if line?.contains("wipe-demo") {
            return Ok(());
        }
        if began.elapsed() > FILL {
            break;
        }
    }
    Err("the demo was not filled".into())
}

/// Seconds until the console shows itself.
async fn first_page(greeting: &Greeting, began: Instant) -> Result<f64, Wrong> {
    enter(greeting, "/today").await?;
    Ok(began.elapsed().as_secs_f64())
}

fn address(greeting: &Greeting) -> Result<SocketAddr, Wrong> {
    Ok(greeting.url.trim_start_matches("http://").parse()?)
}

/// A page of the console, with the cookie that opens it.
async fn enter(greeting: &Greeting, path: &str) -> Result<(Connection, String, Answer), Wrong> {
    let mut line = Connection::open(address(greeting)?).await?;
    let entry = greeting.console.strip_prefix(&greeting.url).ok_or("a console elsewhere")?;
    let cookie = line.get(entry, "").await?.cookies().join("; ");
    let page = line.get(path, &cookie).await?;
    if page.status == 200 { Ok((line, cookie, page)) } else { Err(page.body.into()) }
}

/// Bytes of a chat page, as a member gets it, and of what it needs.
async fn chat_page(greeting: &Greeting) -> Result<[usize; 2], Wrong> {
    let (mut line, cookie, groups) = enter(greeting, "/groups").await?;
    let group = found(&groups.body, "/groups/[0-9]+")?;
    let group = line.get(&format!("{group}/settings"), &cookie).await?;
    let path = found(&group.body, "/g/[0-9a-z]+")?;
    let landing = line.get(&path, "").await?;
    let guest = landing.cookies().join("; ");
    let rules = landing.field("rules").unwrap_or("0");
    let form = format!("key={}&name=Ann&rules={rules}", landing.field("key")?);
    let joined = line.post(&format!("{path}/members"), [guest.as_str(), form.as_str()]).await?;
    if joined.status != 200 {
        return Err(joined.body.into());
    }
    let cookie = format!("{guest}; {}", joined.cookies().join("; "));
    let page = line.get(&path, &cookie).await?;
    let mut parts = 0;
    for part in Regex::new("(?:href|src)=\"(/assets/[^\"]+)\"")?.captures_iter(&page.body) {
        let part = part.get(1).map_or("", |part| part.as_str());
        let part = line.get(part, "").await?;
        if part.status != 200 {
            return Err(part.body.into());
        }
        parts += part.body.len();
    }
    Ok([page.body.len(), parts])
}

fn found(text: &str, pattern: &str) -> Result<String, Wrong> {
    let found = Regex::new(pattern)?.find(text).map(|found| found.as_str().to_owned());
    found.ok_or_else(|| format!("no {pattern} on the page").into())
}

/// A line of the process's status, in megabytes.
fn in_memory(process: u32, line: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let value = status.lines().find_map(|one| one.strip_prefix(line))?;
    let kilobytes: f64 = value.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes / 1024.0)
}
