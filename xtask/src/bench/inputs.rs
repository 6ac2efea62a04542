//! The inputs: one make-believe group of a year, in three formats.

use crate::bench::Failure;
use crate::bench::measure::{Bound, Sheet, rate, timed};
use domain::Zone;
use imports::ReadOptions;
use rehearsal::exports::{write_qq_txt, write_telegram_json, write_wechatmsg_csv};
use rehearsal::{Crowd, Plan};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Seed of every input.
pub(super) const SEED: u64 = 1;

type Writer = fn(Crowd, &mut dyn Write) -> io::Result<()>;

/// Formats: name, file, writer.
const FORMATS: [(&str, &str, Writer); 3] = [
    ("Telegram JSON", "telegram.json", write_telegram_json),
    ("QQ TXT", "qq.txt", write_qq_txt),
    ("WeChatMsg CSV", "wechatmsg.csv", write_wechatmsg_csv),
];

/// Where the inputs lie.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    folder: PathBuf,
    messages: u32,
}

impl Inputs {
    pub(super) fn new(folder: &Path, messages: u32) -> Self {
        Self { folder: folder.to_path_buf(), messages }
    }

    /// Name and path of each file.
    pub(super) fn files(&self) -> impl Iterator<Item = (&'static str, PathBuf)> {
        FORMATS.iter().map(|(name, file, _)| (*name, self.folder.join(file)))
    }

    /// Writes them, and tells how fast the crowd lives.
    pub(super) fn write(&self, sheet: &mut Sheet) -> Result<(), Failure> {
        let crowd = || Crowd::new(SEED, Plan::of_messages(self.messages));
        let (count, time) = timed(|| crowd().count());
        sheet.note("rehearsal", rate(count as u64, time), "rows/s", Bound::AtLeast(500_000.0));
        for (_, file, write) in FORMATS {
            let mut out = BufWriter::with_capacity(1 << 20, File::create(self.folder.join(file))?);
            write(crowd(), &mut out)?;
            out.flush()?;
        }
        Ok(())
    }
}

/// How the inputs are read.
pub(super) fn options() -> Result<ReadOptions, Failure> {
    Ok(ReadOptions {
        zone: Zone::named("Asia/Shanghai").map_err(|error| error.to_string())?,
        now: domain::Millis(1_800_000_000_000),
        partial: false,
        date_order: None,
        columns: imports::ColumnMap::default(),
        group: None,
    })
}

/// A request to read one file.
pub(super) fn request(path: &Path) -> Result<app::ReadRequest, Failure> {
    Ok(app::ReadRequest {
        paths: vec![path.to_path_buf()],
        format: None,
        options: options()?,
        picked: Vec::new(),
        roles: app::Roles::default(),
        limits: imports::Limits::default(),
    })
}
