//! A picture, and why there is none.

use png::{BitDepth, ColorType, EncodingError};
use tiny_skia::{FillRule, Mask, Path, Transform};

use crate::caption::{LETTERS_MAX, LINES_MAX, lines};
use crate::code;
use crate::ink::{Ink, svg_path};
use crate::letters::Letters;

/// Width of every picture, and height without a caption, in pixels: 8.5 cm at 300 dots an inch.
pub const SIDE: u32 = 1_000;

/// Height of a letter, in pixels: sixteen of them and a margin fill the width.
const EM: u16 = 56;

/// From one line of the caption to the next, in pixels.
const LEADING: u16 = 80;

/// Below the last line, in pixels.
const FOOT: u16 = 44;

/// Why no picture is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The address is longer than a code that phones still read from paper.
    #[error("the address is too long for a QR code: at most {0} bytes")]
    Address(usize),
    /// The font lacks this character of the caption.
    #[error("the caption's character {0:?} (U+{code:04X}) cannot be drawn", code = u32::from(*.0))]
    Letter(char),
    /// The caption does not fit.
    #[error("the caption is too long: {LINES_MAX} lines of {LETTERS_MAX} Chinese characters")]
    Long,
    /// The font within this program cannot be read.
    #[error("the font cannot be read")]
    Font,
}

/// A code with its caption, black on white.
#[derive(Clone, Debug)]
pub struct Picture {
    height: u32,
    path: Path,
}

/// The code of an address, with words below it: several lines where the caption has line breaks
/// or needs them; none when it is blank.
pub fn draw(address: &str, caption: &str) -> Result<Picture, Refusal> {
    let letters = Letters::new()?;
    let lines = lines(caption, &letters)?;
    let mut ink = Ink::default();
    code::draw(address, SIDE, &mut ink)?;
    let mut baseline = SIDE.saturating_sub(8);
    for line in &lines {
        baseline += u32::from(if baseline < SIDE { EM } else { LEADING });
        letters.draw(line, (SIDE, baseline, EM), &mut ink)?;
    }
    let height = if lines.is_empty() { SIDE } else { baseline + u32::from(FOOT) };
    // A code has dark squares always.
    let path = ink.finish().ok_or(Refusal::Font)?;
    Ok(Picture { height, path })
}

impl Picture {
    /// Width and height, in pixels.
    pub fn size(&self) -> (u32, u32) {
        (SIDE, self.height)
    }

    /// As SVG 1.1: a white ground and one path, without text.
    pub fn svg(&self) -> String {
        let (width, height) = self.size();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\"><path fill=\"#fff\" d=\"M0 0H{width}V{height}H0z\"/>\
             <path d=\"{}\"/></svg>\n",
            svg_path(&self.path)
        )
    }

    /// As PNG, 8 bits of grey a pixel.
    pub fn png(&self) -> Result<Vec<u8>, EncodingError> {
        let (width, height) = self.size();
        let mut grey = vec![u8::MAX; width as usize * height as usize];
        if let Some(mut mask) = Mask::new(width, height) {
            mask.fill_path(&self.path, FillRule::Winding, true, Transform::identity());
            grey = mask.data().iter().map(|ink| u8::MAX - ink).collect();
        }
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Eight);
        // 300 dots an inch.
        encoder.set_pixel_dims(Some(png::PixelDimensions {
            xppu: 11_811,
            yppu: 11_811,
            unit: png::Unit::Meter,
        }));
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&grey)?;
        writer.finish()?;
        Ok(bytes)
    }
}
