//! Pictures, films and files: kept by us, and uploaded to the platform ahead of time, so that no
//! welcome waits for an upload.
//!
//! The platform keeps a file for 3 days (临时素材), so it is uploaded again after two.

use std::time::Duration;

use chat::wecom::calls::media::{IMAGE_BYTES_MAX, MEDIA_BYTES_MIN, MediaKind};
use domain::{Actor, Millis};
use engine::welcome::Beside;
use store::{MediumRow, NewMedium, Uploaded, WecomId};
use tokio::sync::watch;
use xxhash_rust::xxh3::xxh3_64;

use crate::console::{Console, Denied};
use crate::error::Fault;
use crate::wecom::companies::Desk;
use crate::wecom::welcome::keeping::kept;
use crate::wecom::welcome::wording::GroupWording;

/// How often it is looked whether something is to be uploaded.
const LOOK_MS: u64 = 60_000;
/// Uploaded again after so long: a day before the platform forgets it.
const AGAIN_MS: i64 = 2 * Millis::DAY;
/// What failed is tried again after so long.
const RETRY_MS: i64 = 10 * Millis::MINUTE;
/// A file that nothing speaks of is dropped after so long.
const UNUSED_MS: i64 = 30 * Millis::DAY;
/// Files of a company, at most.
const MEDIA_MAX: usize = 500;
/// Letters of a file's name that are kept.
const NAME_CHARS_MAX: usize = 60;

/// A file that somebody hands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaForm {
    /// `image`, `video` or `file`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl MediaForm {
    /// What it is, by its content (上传临时素材: JPG and PNG of 10 MB, MP4 of 10 MB, files of 20
    /// MB, none of 5 bytes and less).
    fn form(&self) -> Result<(MediaKind, &'static str), &'static str> {
        let begins = |magic: &[u8]| self.bytes.starts_with(magic);
        let (kind, form) = match self.kind {
            "image" if begins(b"\x89PNG\r\n\x1a\n") => (MediaKind::Image, "image/png"),
            "image" if begins(b"\xff\xd8\xff") => (MediaKind::Image, "image/jpeg"),
            "image" => return Err("not_an_image"),
            "video" if self.bytes.get(4..8) == Some(b"ftyp") => (MediaKind::Video, "video/mp4"),
            "video" => return Err("not_a_video"),
            _ => (MediaKind::File, "application/octet-stream"),
        };
        if self.bytes.len() < MEDIA_BYTES_MIN {
            return Err("empty_file");
        }
        if self.bytes.len() > kind.bytes_max() {
            return Err("too_big");
        }
        Ok((kind, form))
    }
}

impl Console {
    /// Keeps a file for the welcomes of a company; its number. Wrong files are told under
    /// `field`.
    pub async fn keep_medium(
        &self,
        actor: &Actor,
        (account, field): (i64, &'static str),
        media: MediaForm,
    ) -> Result<i64, Denied> {
        let id = self.welcomer(actor, account).await?;
        let (_, form) = media.form().map_err(|code| Denied::field(field, code))?;
        if self.store().media(id).await?.len() >= MEDIA_MAX {
            return Err(Denied::field(field, "too_many_files"));
        }
        let mut hashed = media.kind.as_bytes().to_vec();
        hashed.extend(&media.bytes);
        let new = NewMedium {
            kind: media.kind.to_owned(),
            name: file_name(&media.name, form),
            form: form.to_owned(),
            hash: xxh3_64(&hashed).cast_signed(),
            bytes: media.bytes,
            at: self.now(),
        };
        let nth = self.store().put_medium(id, new).await?;
        Ok(nth)
    }

    /// What a file is (such as `image/png`), and its bytes.
    pub async fn medium(
        &self,
        actor: &Actor,
        (account, nth): (i64, i64),
    ) -> Result<(String, Vec<u8>), Denied> {
        let id = self.welcomer(actor, account).await?;
        self.store().medium_bytes(id, nth).await?.ok_or(Denied::Missing)
    }

    /// Keeps files uploaded, until the program stops.
    pub fn keep_media(&self) {
        let console = self.clone();
        self.live().aside("the files of welcomes", move |stop| {
            let console = console.clone();
            async move { console.media_in_time(stop).await }
        });
    }

    async fn media_in_time(&self, mut stop: watch::Receiver<bool>) {
        let mut tick = tokio::time::interval(Duration::from_millis(LOOK_MS));
        loop {
            tokio::select! {
                biased;
                _ = stop.wait_for(|stop| *stop) => return,
                _ = tick.tick() => {}
            }
            for row in self.connected().await.unwrap_or_default() {
                // What cannot be read now is looked at the next time.
                let _ = self.renew_media_now(row.id).await;
            }
        }
    }

    /// Uploads what a company's welcomes need, soon.
    pub(super) fn renew_media_soon(&self, id: WecomId) {
        let console = self.clone();
        tokio::spawn(async move { console.renew_media_now(id).await });
    }

    /// Uploads what a company's welcomes need and the platform lacks or is about to forget; drops
    /// files that nothing speaks of.
    pub async fn renew_media_now(&self, id: WecomId) -> Result<(), Denied> {
        let row = self.company_row(id).await?;
        let Some(desk) = self.desk(&row) else { return Ok(()) };
        // One at a time: the same file is not uploaded twice.
        let _turn = desk.uploading.lock().await;
        let used = self.used_media(id).await?;
        let now = self.now();
        let before = Millis(now.0 - UNUSED_MS);
        let all = self.store().media(id).await?;
        let is_idle = |medium: &MediumRow| medium.made < before && !used.contains(&medium.id);
        if all.iter().any(is_idle) {
            self.store().drop_media(id, before, &used).await?;
        }
        for medium in all.iter().filter(|medium| used.contains(&medium.id)) {
            if is_due(medium, now) {
                self.upload_medium(&desk, medium).await?;
            }
        }
        desk.log.write(self.store(), id, false).await;
        Ok(())
    }

    /// Numbers of files that welcomes speak of.
    async fn used_media(&self, id: WecomId) -> Result<Vec<i64>, Fault> {
        let wordings = self.store().wordings(id).await?;
        let here = wordings.iter().filter(|row| row.gone.is_none());
        let mut used: Vec<i64> =
            here.flat_map(|row| kept(row).beside).filter_map(|one| one.medium()).collect();
        let groups = self.store().group_welcomes(id).await?;
        for row in groups.iter().filter(|row| row.gone.is_none()) {
            let wording: GroupWording = serde_json::from_str(&row.body).unwrap_or_default();
            used.extend(wording.beside.as_ref().and_then(Beside::medium));
        }
        Ok(used)
    }

    /// Uploads a file for 3 days.
    async fn upload_medium(&self, desk: &Desk, medium: &MediumRow) -> Result<(), Fault> {
        let key = (desk.id, medium.id);
        let Some((_, bytes)) = self.store().medium_bytes(desk.id, medium.id).await? else {
            return Ok(());
        };
        let uploaded = desk.client.upload_media(kind_of(medium), &medium.name, &bytes).await;
        let uploaded = match uploaded {
            Ok(media) => Uploaded::For3Days(media.media_id),
            Err(error) => Uploaded::Failed(error.to_string()),
        };
        Ok(self.store().note_upload(key, &uploaded, self.now()).await?)
    }

    /// The address of a picture for good, uploaded where it has none. Pictures that are too large
    /// for that have none.
    pub(super) async fn address_of(
        &self,
        desk: &Desk,
        medium: &MediumRow,
    ) -> Result<(), chat::wecom::CallError> {
        let size = usize::try_from(medium.size).unwrap_or(usize::MAX);
        if medium.kind != "image" || !medium.url.is_empty() || size > IMAGE_BYTES_MAX {
            return Ok(());
        }
        let Ok(Some((_, bytes))) = self.store().medium_bytes(desk.id, medium.id).await else {
            return Ok(());
        };
        let url = desk.client.upload_image(&medium.name, &bytes).await?;
        let key = (desk.id, medium.id);
        // When it cannot be noted it is uploaded once more the next time.
        let _ = self.store().note_upload(key, &Uploaded::ForGood(url), self.now()).await;
        Ok(())
    }
}

/// Whether a file is to be uploaded now.
fn is_due(medium: &MediumRow, now: Millis) -> bool {
    let failed = !medium.failure.is_empty();
    let rests = failed && medium.tried.is_some_and(|tried| now.since(tried) < RETRY_MS);
    let stale = medium.media_at.is_none_or(|at| now.since(at) >= AGAIN_MS);
    stale && !rests
}

fn kind_of(medium: &MediumRow) -> MediaKind {
    match medium.kind.as_str() {
        "image" => MediaKind::Image,
        "video" => MediaKind::Video,
        _ => MediaKind::File,
    }
}

/// A name as receivers see it: no folders, no signs that the platform refuses, the right ending.
fn file_name(name: &str, form: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let plain = |letter: &char| !letter.is_control() && !matches!(letter, '"' | '/' | '\\');
    let kept: String = last.chars().filter(plain).take(NAME_CHARS_MAX).collect();
    let kept = kept.trim().trim_start_matches('.');
    let end = match form {
        "image/png" => ".png",
        "image/jpeg" => ".jpg",
        "video/mp4" => ".mp4",
        _ => "",
    };
    let own = kept.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let ends = match end {
        "" => true,
        ".jpg" => matches!(own.as_str(), "jpg" | "jpeg"),
        end => end.trim_start_matches('.') == own,
    };
    match (kept.is_empty(), ends) {
        (true, _) => format!("file{end}"),
        (false, true) => kept.to_owned(),
        (false, false) => format!("{kept}{end}"),
    }
}
