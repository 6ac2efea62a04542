//! The key that seals secrets of platforms: a file beside the database, never in it.
//!
//! Invariant: a key that is there is never written over; a damaged one is told, not replaced,
//! because what it sealed could not be opened any more.

use std::io::Write;
use std::path::{Path, PathBuf};

use app::wecom::{KEY_BYTES, Vault};

use crate::cli::{PlaceArgs, ServeArgs};
use crate::failure::Failure;
use crate::place;

/// Name of the file in the data folder.
const NAME: &str = "secret.key";

/// The vault of this installation; makes the key where there is none.
pub(super) fn vault(args: &ServeArgs) -> Result<Vault, Failure> {
    let path = args.key_file.clone().unwrap_or_else(|| place::folder(&args.place).join(NAME));
    let told = |error| Failure::Folder(path.display().to_string(), error);
    match std::fs::read_to_string(&path) {
        Ok(text) => key(text.trim(), &path).map(|key| Vault::new(&key)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = made()?;
            kept(&key, &path).map_err(told)?;
            Ok(Vault::new(&key))
        }
        Err(error) => Err(told(error)),
    }
}

/// The vault of an installation as it is; `None` where there is no key, or a damaged one.
pub(crate) fn vault_as_it_is(file: Option<&Path>, place: &PlaceArgs) -> Option<Vault> {
    let path = file.map_or_else(|| place::folder(place).join(NAME), Path::to_owned);
    let text = std::fs::read_to_string(&path).ok()?;
    key(text.trim(), &path).ok().map(|key| Vault::new(&key))
}

/// Reads 64 hex digits.
fn key(text: &str, path: &Path) -> Result<[u8; KEY_BYTES], Failure> {
    let pair = |at: usize| text.get(2 * at..2 * at + 2).map(|pair| u8::from_str_radix(pair, 16));
    let mut key = [0; KEY_BYTES];
    for (at, byte) in key.iter_mut().enumerate() {
        let Some(Ok(read)) = pair(at).filter(|_| text.len() == 2 * KEY_BYTES) else {
            let what = format!("{}: 64 hex digits are wanted", path.display());
            return Err(Failure::usage("--key-file", what));
        };
        *byte = read;
    }
    Ok(key)
}

fn made() -> Result<[u8; KEY_BYTES], Failure> {
    let mut key = [0; KEY_BYTES];
    getrandom::fill(&mut key).map_err(|error| Failure::Dice(error.to_string()))?;
    Ok(key)
}

/// Writes a new key for the owner's eyes only, and to the disk before it is used.
fn kept(key: &[u8; KEY_BYTES], path: &PathBuf) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    for byte in key {
        write!(file, "{byte:02x}")?;
    }
    writeln!(file)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_read_again_and_a_damaged_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data").join(NAME);
        kept(&[0xa7; KEY_BYTES], &path).unwrap();
        assert!(kept(&[1; KEY_BYTES], &path).is_err(), "never written over");
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(key(text.trim(), &path).unwrap(), [0xa7; KEY_BYTES]);
        for wrong in ["", "a7", &"g".repeat(64), &"a".repeat(63), &"a".repeat(65)] {
            assert!(key(wrong, &path).is_err(), "{wrong}");
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
