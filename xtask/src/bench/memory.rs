//! Memory while a file of several gigabytes is read: the peak of a child process.

use crate::bench::Failure;
use crate::bench::inputs::SEED;
use crate::bench::measure::{Bound, Sheet};
use rehearsal::exports::{write_qq_txt, write_telegram_json};
use rehearsal::{Crowd, Plan};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// Most memory of an import, in megabytes.
const PEAK_MB: f64 = 300.0;
/// Bytes of a message in the Telegram file and in the QQ file, about.
const MESSAGE_BYTES: [u64; 2] = [345, 84];

/// Peak resident memory of `report` and of `import` on one file of about so many bytes.
pub(super) fn measure(
    root: &Path,
    folder: &Path,
    bytes: u64,
    sheet: &mut Sheet,
) -> Result<(), Failure> {
    let built = Command::new("cargo")
        .args(["build", "--release", "-q", "-p", "huoqun"])
        .current_dir(root)
        .status()?;
    if !built.success() {
        return Err("huoqun does not build".into());
    }
    let program = root.join("target/release/huoqun");
    for (format, message_bytes) in ["Telegram JSON", "QQ TXT"].into_iter().zip(MESSAGE_BYTES) {
        let path = folder.join("big");
        let messages = u32::try_from(bytes / message_bytes).unwrap_or(u32::MAX);
        let size = write_big(&path, format, messages)?;
        let gigabytes = size as f64 / 1e9;
        sheet.note(format!("file of {format}"), gigabytes, "GB", Bound::None);
        let database = folder.join("big-data");
        for (name, how) in [("report", None), ("import", Some(&database))] {
            let (peak, seconds) = peak_of(&program, &path, how)?;
            let what = format!("peak memory of {name}, {format}");
            sheet.note(what, peak, "MB", Bound::AtMost(PEAK_MB));
            sheet.note(format!("{name}, {format}"), seconds, "s", Bound::None);
        }
        std::fs::remove_file(&path)?;
        std::fs::remove_dir_all(&database)?;
    }
    Ok(())
}

fn write_big(path: &PathBuf, format: &str, messages: u32) -> Result<u64, Failure> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    let crowd = Crowd::new(SEED, Plan::of_messages(messages));
    match format {
        "QQ TXT" => write_qq_txt(crowd, &mut out)?,
        _ => write_telegram_json(crowd, &mut out)?,
    }
    out.flush()?;
    Ok(std::fs::metadata(path)?.len())
}

/// Peak in megabytes and seconds of one run of the program.
fn peak_of(program: &Path, file: &Path, database: Option<&PathBuf>) -> Result<(f64, f64), Failure> {
    let mut command = Command::new(program);
    match database {
        None => command.args(["report", "--json"]),
        Some(folder) => {
            std::fs::create_dir_all(folder)?;
            command.arg("import").arg("--data").arg(folder)
        }
    };
    command.args(["--timezone", "Asia/Shanghai"]).arg(file);
    let began = super::measure::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let (ended, end) = mpsc::channel();
    let waiting = std::thread::spawn(move || {
        let status = child.wait();
        // Nobody may be listening any more; then there is nothing to tell.
        let _ = ended.send(());
        status
    });
    let mut peak_kb = 0;
    while end.recv_timeout(Duration::from_millis(20)).is_err() {
        peak_kb = high_water_kb(&status).unwrap_or(0).max(peak_kb);
    }
    let status = waiting.join().map_err(|_| "the watcher of the child panicked")??;
    if !status.success() {
        return Err(format!("{} ended with {status}", program.display()).into());
    }
    Ok((peak_kb as f64 / 1024.0, began.elapsed().as_secs_f64()))
}

/// `VmHWM` of a process, in kilobytes.
fn high_water_kb(status: &str) -> Option<u64> {
    let text = std::fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}
