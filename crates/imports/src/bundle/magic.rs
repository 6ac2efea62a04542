//! What a file is, by its first bytes.

/// Kinds of files that are not read as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Read as it is.
    Plain,
    Gzip,
    Zstd,
    Zip,
    /// An archive that this program does not unpack; its name for the message.
    Foreign(&'static str),
}

/// Bytes that [`kind`] looks at.
pub(super) const MAGIC_BYTES: usize = 262;

/// The kind of a file with these first bytes.
pub(super) fn kind(head: &[u8]) -> Kind {
    const MAGIC: [(&[u8], Kind); 8] = [
        (b"PK\x03\x04", Kind::Zip),
        (b"PK\x05\x06", Kind::Zip),
        (b"PK\x07\x08PK\x03\x04", Kind::Zip),
        (b"\x1f\x8b\x08", Kind::Gzip),
        (b"\x28\xb5\x2f\xfd", Kind::Zstd),
        (b"Rar!\x1a\x07", Kind::Foreign("RAR")),
        (b"7z\xbc\xaf\x27\x1c", Kind::Foreign("7z")),
        (b"BZh", Kind::Foreign("bzip2")),
    ];
    if head.get(257..262) == Some(b"ustar") {
        return Kind::Foreign("tar");
    }
    MAGIC.iter().find(|(magic, _)| head.starts_with(magic)).map_or(Kind::Plain, |(_, kind)| *kind)
}

/// The name without the ending of its packing.
pub(super) fn without_ending(name: &str) -> &str {
    [".zip", ".gz", ".zst", ".ZIP", ".GZ", ".ZST"]
        .iter()
        .find_map(|ending| name.strip_suffix(ending))
        .filter(|rest| !rest.is_empty() && !rest.ends_with('/'))
        .unwrap_or(name)
}
