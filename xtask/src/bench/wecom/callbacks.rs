//! A thousand callbacks a second, each answered when it is kept on disk, while what they ask for is
//! done beside; and the same letters to a server that keeps nothing.

use crate::bench::Failure;
use crate::bench::live::{Durable, ORG, Wall, here};
use crate::bench::measure::{Bound, Sheet, now, processor_seconds, rate};
use crate::bench::wecom::empty;
use crate::bench::wecom::letters::{Letter, letters};
use crate::bench::wecom::place::{Place, practice, vault};
use crate::bench::wecom::rate::{Sent, send};
use practice::wecom::{Practice, Size};
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use store::WecomId;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use web::{Limits, WebSettings};

/// Letters, and the time between two: a thousand a second.
const LETTERS: usize = 20_000;
const EVERY: Duration = Duration::from_millis(1);
/// Milliseconds within which 99 of 100 are answered.
const ANSWERED_MS: f64 = 50.0;
/// Groups that people come into.
const SIZE: Size = Size { staff: 24, groups: 200, members: 60, days: 1 };

/// On a file, and on a cluster that keeps what it says it kept.
pub(in crate::bench) fn measure(
    root: &Path,
    folder: &Path,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let url = folder.join("callbacks.db").display().to_string();
    let run = Run::new()?;
    run.nothing_kept(sheet)?;
    run.kept("SQLite", &url, sheet)?;
    let server = Durable::start(root)?;
    let make = store::create_database(server.url(), "bench_callbacks");
    let url = run.server.block_on(make)?;
    run.kept("PostgreSQL", &url, sheet)
}

/// The threads of both sides.
struct Run {
    server: Runtime,
    client: Runtime,
}

impl Run {
    fn new() -> Result<Self, Failure> {
        let threads =
            |count| Builder::new_multi_thread().worker_threads(count).enable_all().build();
        Ok(Self { server: threads(2)?, client: threads(1)? })
    }

    fn nothing_kept(&self, sheet: &mut Sheet) -> Result<(), Failure> {
        let letters = letters(&practice(SIZE)?, LETTERS)?;
        let address = self.server.block_on(empty::serve())?;
        let sent = self.sent(address, "/hooks/wecom/empty", &letters)?;
        told("a server that keeps nothing", &sent, (Bound::None, sheet));
        Ok(())
    }

    fn kept(&self, name: &str, url: &str, sheet: &mut Sheet) -> Result<(), Failure> {
        let practice = practice(SIZE)?;
        let (place, id) = self.server.block_on(async {
            let place = Place::open(url).await?;
            let id = place.read(&practice).await?;
            Ok::<_, Failure>((place, id))
        })?;
        let letters = letters(&practice, LETTERS)?;
        let (address, path) = self.server.block_on(serve(&place, id))?;
        let (began, worked) = (now(), processor_seconds());
        let sent = self.sent(address, &path, &letters)?;
        told(&format!("ours, {name}"), &sent, (Bound::AtMost(ANSWERED_MS), sheet));
        self.server.block_on(place.delivered(id))?;
        let done = began.elapsed();
        let busy = (processor_seconds() - worked) * 1e6 / LETTERS as f64;
        sheet.note(format!("processor of all sides, {name}"), busy, "µs a letter", Bound::None);
        let note = format!("until all was done about them, {name}");
        sheet.note(note, done.as_secs_f64(), "s", Bound::None);
        let wrong = self.server.block_on(differences(&practice, &place, id))?;
        sheet.note(format!("seats that differ, {name}"), wrong, "seats", Bound::AtMost(0.0));
        self.server.block_on(place.live.stop());
        Ok(())
    }

    fn sent(&self, to: SocketAddr, path: &str, letters: &[Letter]) -> Result<Sent, Failure> {
        self.client.block_on(send(to, path, (letters, EVERY))).map_err(|wrong| here(&wrong))
    }
}

/// The real server; where it listens, and the path of the company's callbacks.
async fn serve(place: &Place, id: WecomId) -> Result<(SocketAddr, String), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let mut settings = WebSettings::new(vec![7; 32], Arc::new(Wall), ORG);
    settings.limits = Limits::none();
    settings.vault = Some(vault());
    let serving = web::serve(listener, place.live.clone(), settings, std::future::pending());
    tokio::spawn(async move { drop(serving.await) });
    let row = place.store.wecom_account(id).await?.ok_or("no company")?;
    Ok((address, format!("/hooks/wecom/{}", row.access.hook)))
}

/// Seats that the company's books and our rows do not share.
async fn differences(practice: &Practice, place: &Place, id: WecomId) -> Result<f64, Failure> {
    let mut theirs: Vec<(String, String)> = practice.read(|books| {
        let seats = books.groups.iter().flat_map(|(chat, group)| {
            group.members.iter().map(move |one| (chat.clone(), one.id.clone()))
        });
        seats.collect()
    });
    let rows = place.store.wecom_members(id).await?;
    let here = rows.into_iter().filter(|row| row.gone.is_none());
    let mut ours: Vec<(String, String)> = here.map(|row| (row.chat, row.member.userid)).collect();
    theirs.sort();
    ours.sort();
    let missing = theirs.iter().filter(|seat| ours.binary_search(seat).is_err()).count();
    let extra = ours.iter().filter(|seat| theirs.binary_search(seat).is_err()).count();
    Ok((missing + extra) as f64)
}

fn told(name: &str, sent: &Sent, (bound, sheet): (Bound, &mut Sheet)) {
    let speed = rate(sent.took.len() as u64, sent.time);
    sheet.note(format!("{name}: answered"), speed, "letters/s", Bound::None);
    sheet.note(format!("{name}: not taken"), sent.refused as f64, "letters", Bound::AtMost(0.0));
    sheet.note(format!("{name}: answer, p50"), sent.within(50), "ms", Bound::None);
    sheet.note(format!("{name}: answer, p99"), sent.within(99), "ms", bound);
    sheet.note(format!("{name}: answer, slowest"), sent.within(100), "ms", Bound::None);
}
