//! QR codes as files, and why a caption cannot be drawn.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use poster::{LETTERS_MAX, LINES_MAX, Refusal};
use report::Lang;

use crate::trouble::Trouble;

/// Letters of a caption that are looked at; what is longer is refused without drawing.
const CAPTION_MAX: usize = 200;

/// How wide a picture is shown, in pixels of a page.
pub(super) const SHOWN_WIDTH: u32 = 260;

/// Kinds of pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    Svg,
    Png,
}

impl Picture {
    /// The kind of a file of this name.
    pub(super) fn of(file: &str) -> Option<Self> {
        match file {
            "qr.svg" => Some(Self::Svg),
            "qr.png" => Some(Self::Png),
            _ => None,
        }
    }
}

/// The code of an address with its caption, as a file.
pub(super) async fn download(
    kind: Picture,
    (url, caption): (String, String),
    file: &str,
) -> Result<Response, Trouble> {
    if caption.chars().count() > CAPTION_MAX {
        return Err(trouble(Refusal::Long));
    }
    let made = tokio::task::spawn_blocking(move || {
        let picture = poster::draw(&url, &caption).map_err(trouble)?;
        match kind {
            Picture::Svg => Ok(picture.svg().into_bytes()),
            Picture::Png => picture.png().map_err(|error| Trouble::fault(error.to_string())),
        }
    });
    let bytes = made.await.map_err(|error| Trouble::fault(error.to_string()))??;
    let mime = match kind {
        Picture::Svg => "image/svg+xml",
        Picture::Png => "image/png",
    };
    let head = [
        (CONTENT_TYPE, mime.to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
        (CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((head, bytes).into_response())
}

/// How high the picture with this caption is on a page, [`SHOWN_WIDTH`] wide; why the caption
/// cannot be drawn.
pub(super) fn height(caption: &str, l: Lang) -> Result<u32, String> {
    if caption.chars().count() > CAPTION_MAX {
        return Err(words(Refusal::Long, l));
    }
    // Whatever is wrong with the caption is wrong under every address.
    let drawn = poster::draw("https://a.example/l/12345678", caption);
    let (width, height) = drawn.map_err(|refusal| words(refusal, l))?.size();
    Ok((height * SHOWN_WIDTH).div_ceil(width.max(1)))
}

fn trouble(refusal: Refusal) -> Trouble {
    let code = match refusal {
        Refusal::Letter(_) => "letter",
        Refusal::Long => "too_long",
        Refusal::Address(_) => "address",
        Refusal::Font => return Trouble::fault(refusal.to_string()),
    };
    let say = Lang::ALL.map(|l| words(refusal, l));
    Trouble::new(StatusCode::UNPROCESSABLE_ENTITY, code, say.each_ref().map(String::as_str))
}

fn words(refusal: Refusal, l: Lang) -> String {
    match refusal {
        Refusal::Letter(letter) => {
            let sign = if letter.is_control() { ' ' } else { letter };
            let code = format!("U+{:04X}", u32::from(letter));
            l.pick(
                format!("字库里没有「{sign}」（{code}），画不出来，请换一个字；表情符号也画不了。"),
                format!("The font lacks “{sign}” ({code}): use another; it has no emoji either."),
            )
        }
        Refusal::Long => l.pick(
            format!("说明太长：最多 {LINES_MAX} 行，每行 {LETTERS_MAX} 个汉字。"),
            format!("Too long: {LINES_MAX} lines of {LETTERS_MAX} Chinese characters at most."),
        ),
        Refusal::Address(bytes) => l.pick(
            format!("链接太长，二维码最多 {bytes} 个字符。"),
            format!("The link is too long for a QR code: {bytes} characters at most."),
        ),
        Refusal::Font => l.pick("字库读不出来。", "The font cannot be read.").to_owned(),
    }
}
