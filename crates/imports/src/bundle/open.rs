//! From paths to entries: walks folders, looks into archives.

use crate::bundle::entry::{Entry, Origin};
use crate::bundle::limits::{Limits, Meter};
use crate::bundle::magic::{Kind, MAGIC_BYTES, kind, without_ending};
use crate::bundle::source::Source;
use crate::bundle::zipped::members;
use crate::error::ImportError;
use domain::Place;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

/// An archive that lies compressed inside another archive is held in memory while it is read;
/// beyond this size it must be unpacked by hand.
const INNER_ZIP_BYTES_MAX: u64 = 64 << 20;

/// Names that are never part of an export.
const NEVER: [&str; 4] = [".git", "__MACOSX", ".DS_Store", "Thumbs.db"];

/// Opens every path. See [`crate::Bundle::open`].
pub(super) fn entries(paths: &[PathBuf], limits: Limits) -> Result<Vec<Entry>, ImportError> {
    let mut walk = Walk { limits, total: Arc::default(), found: Vec::new() };
    for path in paths {
        let from = walk.found.len();
        walk.path(path, paths.len() > 1)?;
        if let Some(new) = walk.found.get_mut(from..) {
            new.sort_by(|a, b| a.path().cmp(b.path()));
        }
    }
    let count = walk.found.len();
    for entry in &mut walk.found {
        entry.one_of(count);
    }
    Ok(walk.found)
}

struct Walk {
    limits: Limits,
    total: Arc<AtomicU64>,
    found: Vec<Entry>,
}

impl Walk {
    fn path(&mut self, path: &Path, several: bool) -> Result<(), ImportError> {
        let unreadable =
            |source| ImportError::Unreadable { path: path.display().to_string(), source };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        if fs::metadata(path).map_err(unreadable)?.is_dir() {
            let prefix = if several { format!("{name}/") } else { String::new() };
            return self.folder(path, &prefix);
        }
        let source = on_disk(path).map_err(unreadable)?;
        if source.length() == 0 {
            return Err(ImportError::Empty(path.display().to_string()));
        }
        let kind = kind(&first_bytes(&source).map_err(unreadable)?);
        match kind {
            Kind::Foreign(archive) => Err(foreign(&name, archive)),
            Kind::Zip if several => {
                let prefix = format!("{}/", without_ending(&name));
                self.zip(&source, &name, &prefix, Depth::Outer)
            }
            Kind::Zip => self.zip(&source, &name, "", Depth::Outer),
            _ => self.file(source, kind, &name),
        }
    }

    fn folder(&mut self, folder: &Path, prefix: &str) -> Result<(), ImportError> {
        let unreadable =
            |source| ImportError::Unreadable { path: folder.display().to_string(), source };
        let mut children = fs::read_dir(folder)
            .map_err(unreadable)?
            .collect::<io::Result<Vec<_>>>()
            .map_err(unreadable)?;
        children.sort_by_key(fs::DirEntry::file_name);
        for child in children {
            let path = child.path();
            let name = child.file_name().to_string_lossy().into_owned();
            if NEVER.contains(&name.as_str()) {
                continue;
            }
            let kind = child.file_type().map_err(unreadable)?;
            if kind.is_dir() {
                self.folder(&path, &format!("{prefix}{name}/"))?;
            } else if fs::metadata(&path).is_ok_and(|target| target.is_file()) {
                // Links to files are followed, links to folders are not: they could run in circles.
                self.child(&path, &format!("{prefix}{name}"))?;
            }
        }
        Ok(())
    }

    fn child(&mut self, path: &Path, name: &str) -> Result<(), ImportError> {
        let unreadable =
            |source| ImportError::Unreadable { path: path.display().to_string(), source };
        let source = on_disk(path).map_err(unreadable)?;
        match kind(&first_bytes(&source).map_err(unreadable)?) {
            Kind::Zip => {
                let prefix = format!("{}/", without_ending(name));
                self.zip(&source, name, &prefix, Depth::Outer)
            }
            Kind::Foreign(_) => self.file(source, Kind::Plain, name),
            kind => self.file(source, kind, name),
        }
    }

    /// A file that is not an archive of several, perhaps compressed.
    fn file(&mut self, source: Source, packing: Kind, name: &str) -> Result<(), ImportError> {
        let mut origin = Origin { packing, ..Origin::plain(source) };
        let mut name = name;
        if packing != Kind::Plain {
            origin.bytes = stated_bytes(&origin.source, packing);
            origin.meter = Some(self.meter(origin.source.length(), name));
            name = without_ending(name);
        }
        self.push(name.to_owned(), origin)
    }

    fn zip(
        &mut self,
        source: &Source,
        path: &str,
        prefix: &str,
        depth: Depth,
    ) -> Result<(), ImportError> {
        let members = members(source, path, self.limits.entries)?;
        // A spreadsheet or document is one thing, though it is made of many.
        if members.iter().any(|(name, _)| name == "[Content_Types].xml" || name == "mimetype") {
            return self.push(path.to_owned(), Origin::plain(source.clone()));
        }
        for (name, member) in members {
            if name.split('/').any(|part| NEVER.contains(&part) || part.starts_with("._")) {
                continue;
            }
            let path = format!("{prefix}{name}");
            let mut origin = Origin {
                source: source.clone(),
                packing: Kind::Plain,
                bytes: member.size,
                meter: Some(self.meter(member.packed, &path)),
                member: Some(member),
            };
            let packed = without_ending(&path).len() < path.len();
            match if packed { member_kind(&origin) } else { Kind::Plain } {
                Kind::Zip => self.inner_zip(&origin, &path, depth)?,
                kind @ (Kind::Gzip | Kind::Zstd) => {
                    origin.packing = kind;
                    self.push(without_ending(&path).to_owned(), origin)?;
                }
                Kind::Plain | Kind::Foreign(_) => self.push(path, origin)?,
            }
        }
        Ok(())
    }

    /// People zip the zip that the platform gave them.
    fn inner_zip(&mut self, origin: &Origin, path: &str, depth: Depth) -> Result<(), ImportError> {
        let place = || Place { file: path.to_owned(), line: 0 };
        let unpack = |what: &str| ImportError::Unsupported {
            place: place(),
            what: format!("{what}; unpack the outer one first"),
        };
        if matches!(depth, Depth::Inner) {
            return Err(unpack("an archive in an archive in an archive"));
        }
        let broken = |error| ImportError::from_io(place(), error);
        let member = origin.member.as_ref();
        let stretch = match member {
            Some(member) => member.stretch(&origin.source).map_err(broken)?,
            None => None,
        };
        let source = match stretch {
            Some(stretch) => stretch,
            None if origin.bytes > INNER_ZIP_BYTES_MAX => {
                return Err(unpack("a large archive compressed in an archive"));
            }
            None => {
                let mut bytes = Vec::new();
                let mut reader = origin.open().map_err(broken)?.take(INNER_ZIP_BYTES_MAX + 1);
                reader.read_to_end(&mut bytes).map_err(broken)?;
                if bytes.len() as u64 > INNER_ZIP_BYTES_MAX {
                    return Err(unpack("a large archive compressed in an archive"));
                }
                Source::Memory(bytes.into())
            }
        };
        let prefix = format!("{}/", without_ending(path));
        self.zip(&source, path, &prefix, Depth::Inner)
    }

    fn meter(&self, packed: u64, path: &str) -> Arc<Meter> {
        Arc::new(Meter::new(self.limits, self.total.clone(), packed, path))
    }

    fn push(&mut self, path: String, origin: Origin) -> Result<(), ImportError> {
        if self.found.len() >= self.limits.entries {
            return Err(ImportError::Bomb {
                place: Place { file: path, line: 0 },
                limit_bytes: self.limits.entries as u64,
                why: "number of entries",
            });
        }
        self.found.push(Entry::new(path, origin));
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Depth {
    Outer,
    Inner,
}

fn on_disk(path: &Path) -> io::Result<Source> {
    let length = fs::metadata(path)?.len();
    Ok(Source::File { path: Arc::new(path.to_owned()), start: 0, length })
}

fn first_bytes(source: &Source) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.open()?.take(MAGIC_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn member_kind(origin: &Origin) -> Kind {
    let mut bytes = Vec::new();
    match origin.open().map(|reader| reader.take(MAGIC_BYTES as u64).read_to_end(&mut bytes)) {
        Ok(Ok(_)) => kind(&bytes),
        _ => Kind::Plain,
    }
}

/// What a compressed file says it unpacks to; at least its packed size.
fn stated_bytes(source: &Source, packing: Kind) -> u64 {
    let packed = source.length();
    let stated = match packing {
        // The last four bytes: the size modulo 4 GiB.
        Kind::Gzip => {
            let mut tail = [0; 4];
            let end = source.part(packed.saturating_sub(4), 4);
            let read = end.open().and_then(|mut window| window.read_exact(&mut tail));
            read.map_or(0, |()| u64::from(u32::from_le_bytes(tail)))
        }
        _ => first_bytes(source)
            .ok()
            .and_then(|head| zstd::zstd_safe::get_frame_content_size(&head).ok().flatten())
            .unwrap_or(0),
    };
    stated.max(packed)
}

fn foreign(name: &str, archive: &str) -> ImportError {
    let what = format!("a {archive} archive; unpack it first, or pack it as .zip, .gz or .zst");
    ImportError::Unsupported { place: Place { file: name.to_owned(), line: 0 }, what }
}
