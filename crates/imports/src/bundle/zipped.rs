//! Members of a zip: listed once from its directory, then each read by its own position.

use crate::bundle::source::{Source, Window};
use crate::error::ImportError;
use domain::Place;
use flate2::Crc;
use flate2::read::DeflateDecoder;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use zip::CompressionMethod;
use zip::result::ZipError;

/// A member's place in its archive, as the directory states it.
#[derive(Clone, Debug)]
pub(super) struct Member {
    header_start: u64,
    pub(super) packed: u64,
    pub(super) size: u64,
    crc: u32,
    deflated: bool,
}

/// The files of a zip in the order of its directory, with their names.
///
/// Errors: [`ImportError::Encrypted`], [`ImportError::Truncated`] when the directory at the end is
/// missing, [`ImportError::Malformed`], [`ImportError::Unsupported`] for other compressions,
/// [`ImportError::Bomb`] for more than `entries_max` files.
pub(super) fn members(
    source: &Source,
    path: &str,
    entries_max: usize,
) -> Result<Vec<(String, Member)>, ImportError> {
    let place = || Place { file: path.to_owned(), line: 0 };
    let window = source.open().map_err(|error| ImportError::from_io(place(), error))?;
    let archive = zip::ZipArchive::new(BufReader::new(window))
        .map_err(|error| archive_error(place(), error))?;
    if archive.len() > entries_max {
        let limit_bytes = entries_max as u64;
        return Err(ImportError::Bomb { place: place(), limit_bytes, why: "number of entries" });
    }
    let mut members = Vec::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = archive.by_index_data(index).map_err(|error| archive_error(place(), error))?;
        if entry.is_dir() {
            continue;
        }
        let name = member_name(entry.name_raw(), || entry.name().ok().map(Into::into));
        let member_place = || Place { file: format!("{path}/{name}"), line: 0 };
        if entry.encrypted() {
            return Err(ImportError::Encrypted(member_place()));
        }
        let deflated = match entry.compression() {
            CompressionMethod::Stored => false,
            CompressionMethod::Deflated => true,
            other => {
                let what = format!("compressed in an unusual way ({other}); unpack it first");
                return Err(ImportError::Unsupported { place: member_place(), what });
            }
        };
        let member = Member {
            header_start: entry.header_start(),
            packed: entry.compressed_size(),
            size: entry.size(),
            crc: entry.crc32(),
            deflated,
        };
        members.push((name, member));
    }
    Ok(members)
}

fn archive_error(place: Place, error: ZipError) -> ImportError {
    match error {
        ZipError::Io(error) => ImportError::from_io(place, error),
        // The directory stands at the end: without it, the end is missing.
        ZipError::InvalidArchive(what) if what.contains("EOCD") => ImportError::Truncated { place },
        other => ImportError::Malformed { place, what: format!("damaged archive: {other}") },
    }
}

/// Zips of Chinese Windows carry names in GBK without saying so; other old ones in code page 437.
fn member_name(raw: &[u8], other: impl FnOnce() -> Option<String>) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(raw)
            .map(std::borrow::Cow::into_owned)
            .or_else(other)
            .unwrap_or_else(|| String::from_utf8_lossy(raw).into_owned()),
    };
    let name = name.replace('\\', "/");
    name.trim_start_matches("./").trim_start_matches('/').to_owned()
}

impl Member {
    /// The stretch of the archive that holds a member which is only stored; `None` for compressed
    /// ones.
    pub(super) fn stretch(&self, archive: &Source) -> io::Result<Option<Source>> {
        if self.deflated {
            return Ok(None);
        }
        let mut window = archive.open()?;
        let start = self.content_start(&mut window)?;
        Ok(Some(archive.part(start, self.packed)))
    }

    /// Position of the first packed byte: behind the local header, whose name and extra field can
    /// be longer than those of the directory.
    fn content_start(&self, window: &mut Window) -> io::Result<u64> {
        window.seek(SeekFrom::Start(self.header_start))?;
        let mut header = [0; 30];
        window.read_exact(&mut header)?;
        let [b'P', b'K', 3, 4, .., name_low, name_high, extra_low, extra_high] = header else {
            return Err(damaged("no header where the directory says"));
        };
        let name = u64::from(u16::from_le_bytes([name_low, name_high]));
        let extra = u64::from(u16::from_le_bytes([extra_low, extra_high]));
        Ok(self.header_start + 30 + name + extra)
    }
}

fn damaged(what: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("damaged archive: {what}"))
}

/// The unpacked bytes of a member; its end is checked against size and checksum.
pub(super) struct MemberReader {
    inner: Box<dyn Read + Send>,
    crc: Crc,
    expected: u32,
    left: u64,
}

impl MemberReader {
    pub(super) fn open(mut window: Window, member: &Member) -> io::Result<Self> {
        let start = member.content_start(&mut window)?;
        window.seek(SeekFrom::Start(start))?;
        let packed = BufReader::with_capacity(32 * 1024, window.take(member.packed));
        let inner: Box<dyn Read + Send> =
            if member.deflated { Box::new(DeflateDecoder::new(packed)) } else { Box::new(packed) };
        Ok(Self { inner, crc: Crc::new(), expected: member.crc, left: member.size })
    }
}

impl Read for MemberReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        if count == 0 && !out.is_empty() {
            if self.left > 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            if self.crc.sum() != self.expected {
                return Err(damaged("wrong checksum"));
            }
        }
        self.crc.update(out.get(..count).unwrap_or_default());
        // A header that promises too little is not believed: limits are counted elsewhere.
        self.left = self.left.saturating_sub(count as u64);
        Ok(count)
    }
}
