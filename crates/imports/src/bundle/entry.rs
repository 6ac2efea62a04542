//! One readable file, whatever it is packed in.

use crate::bundle::limits::{Limits, Meter, Metered};
use crate::bundle::magic::Kind;
use crate::bundle::source::Source;
use crate::bundle::text::TextReader;
use crate::bundle::zipped::{Member, MemberReader, members};
use crate::bundle::{HEAD_BYTES, encoding};
use crate::error::ImportError;
use domain::Place;
use flate2::read::MultiGzDecoder;
use std::io::{self, BufReader, Read};
use std::sync::{Arc, OnceLock};

/// Heads of all entries together stay below about this size in memory.
const HEADS_BYTES_MAX: usize = 32 << 20;

/// Even of very many entries so many bytes are looked at.
const HEAD_BYTES_MIN: usize = 512;

/// Excel holds a million rows a sheet; a workbook beyond this is better saved as CSV.
const WORKBOOK_BYTES_MAX: u64 = 256 << 20;
const WORKBOOK_UNPACKED_BYTES_MAX: u64 = 4 << 30;

/// One readable file of a bundle.
#[derive(Clone, Debug)]
pub struct Entry {
    path: String,
    origin: Origin,
    head_bytes: usize,
    head: OnceLock<Arc<[u8]>>,
}

/// How to get at the bytes: the source, then the archive member, then the compression.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    pub(super) source: Source,
    pub(super) member: Option<Member>,
    pub(super) packing: Kind,
    /// Unpacked size as the archive states it.
    pub(super) bytes: u64,
    /// Only for what is unpacked.
    pub(super) meter: Option<Arc<Meter>>,
}

impl Origin {
    pub(super) fn plain(source: Source) -> Self {
        let bytes = source.length();
        Self { source, member: None, packing: Kind::Plain, bytes, meter: None }
    }

    pub(super) fn open(&self) -> io::Result<Box<dyn Read + Send>> {
        let window = self.source.open()?;
        let stored: Box<dyn Read + Send> = match &self.member {
            Some(member) => Box::new(MemberReader::open(window, member)?),
            None => Box::new(window),
        };
        let inner: Box<dyn Read + Send> = match self.packing {
            Kind::Gzip => {
                Box::new(MultiGzDecoder::new(BufReader::with_capacity(HEAD_BYTES, stored)))
            }
            Kind::Zstd => Box::new(zstd::stream::read::Decoder::new(stored)?),
            _ => stored,
        };
        Ok(match &self.meter {
            Some(meter) => Box::new(Metered { inner, meter: meter.clone(), position: 0 }),
            None => inner,
        })
    }
}

impl Entry {
    pub(super) fn new(path: String, origin: Origin) -> Self {
        Self { path, origin, head_bytes: HEAD_BYTES, head: OnceLock::new() }
    }

    pub(super) fn in_memory(path: &str, bytes: &[u8]) -> Self {
        Self::new(path.to_owned(), Origin::plain(Source::Memory(Arc::from(bytes))))
    }

    /// Shortens the head so that `entries` heads fit in memory.
    pub(super) fn one_of(&mut self, entries: usize) {
        let share = HEADS_BYTES_MAX / entries.max(1);
        self.head_bytes = share.clamp(HEAD_BYTES_MIN, HEAD_BYTES);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.origin.bytes == 0
    }

    /// Unpacked size, as far as the archive states it, in bytes.
    pub fn bytes(&self) -> u64 {
        self.origin.bytes
    }

    /// Path inside the folder or archive, with `/`; the file name for single files (without
    /// `.gz` or `.zst`).
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The last part of the path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The first bytes, decompressed (at most 64 KiB; less of each when there are very many
    /// entries, but never less than 512). What cannot be read ends the head; reading the entry
    /// then says why.
    pub fn head(&self) -> &[u8] {
        self.head.get_or_init(|| {
            let mut head = Vec::new();
            if let Ok(reader) = self.origin.open() {
                let mut first = reader.take(self.head_bytes as u64);
                while let Ok(count) = first.by_ref().take(HEAD_BYTES as u64).read_to_end(&mut head)
                    && count > 0
                {}
            }
            head.into()
        })
    }

    /// The first bytes as text, decoded like [`Entry::text`], without a byte-order mark.
    pub fn head_text(&self) -> String {
        encoding::decode_head(self.head())
    }

    /// Opens the decompressed bytes. Limits, damage and truncation come as [`io::Error`]s while
    /// reading: [`ImportError::from_io`] turns them back.
    pub fn open(&self) -> Result<Box<dyn Read + Send>, ImportError> {
        self.origin.open().map_err(|error| ImportError::from_io(self.place(0), error))
    }

    /// Opens the entry as text: byte-order mark removed, UTF-16 and GB18030 decoded, invalid
    /// bytes replaced by U+FFFD (and counted).
    pub fn text(&self) -> Result<TextReader, ImportError> {
        Ok(TextReader::new(self.open()?))
    }

    /// The bytes of an Excel workbook, which cannot be streamed.
    ///
    /// Errors: [`ImportError::Unsupported`] beyond 256 MiB; [`ImportError::Bomb`] when its parts
    /// unpack beyond the usual ratio or to more than 4 GiB.
    pub(crate) fn workbook_bytes(&self) -> Result<Vec<u8>, ImportError> {
        let io = |error| ImportError::from_io(self.place(0), error);
        let mut bytes = Vec::new();
        let mut reader = self.open()?.take(WORKBOOK_BYTES_MAX + 1);
        reader.read_to_end(&mut bytes).map_err(io)?;
        if bytes.len() as u64 > WORKBOOK_BYTES_MAX {
            let what = "a workbook of this size cannot be read; save it as CSV".to_owned();
            return Err(ImportError::Unsupported { place: self.place(0), what });
        }
        let limits = Limits { unpacked_bytes: WORKBOOK_UNPACKED_BYTES_MAX, ..Limits::default() };
        let total = Arc::default();
        let source = Source::Memory(bytes.as_slice().into());
        for (_, member) in members(&source, &self.path, limits.entries)? {
            let meter = Meter::new(limits, Arc::clone(&total), member.packed, &self.path);
            let inner = MemberReader::open(source.open().map_err(io)?, &member).map_err(io)?;
            let mut metered = Metered { inner, meter: Arc::new(meter), position: 0 };
            io::copy(&mut metered, &mut io::sink()).map_err(io)?;
        }
        Ok(bytes)
    }

    /// The place of a line (or record) of this entry.
    pub fn place(&self, line: u64) -> Place {
        Place { file: self.path.clone(), line }
    }
}
