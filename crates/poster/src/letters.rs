//! Letters as outlines, with the one font of this crate.

use tiny_skia::PathBuilder;
use ttf_parser::{Face, OutlineBuilder};

use crate::Refusal;
use crate::ink::Ink;

/// Noto Sans CJK SC, regular, cut down by `scripts/font`; its licence lies beside it.
const FONT: &[u8] = include_bytes!("../font/NotoSansSC-subset.otf");

/// The font, opened.
pub(crate) struct Letters<'font>(Face<'font>);

impl Letters<'_> {
    /// Opens the font: reads its tables' places, nothing more.
    pub(crate) fn new() -> Result<Self, Refusal> {
        Face::parse(FONT, 0).map(Self).map_err(|_| Refusal::Font)
    }

    /// Refuses the first character that the font lacks.
    pub(crate) fn check(&self, text: &str) -> Result<(), Refusal> {
        let lacking = text.chars().find(|&letter| self.0.glyph_index(letter).is_none());
        lacking.map_or(Ok(()), |letter| Err(Refusal::Letter(letter)))
    }

    /// Height of a letter, which is the width of a Chinese one, in the font's own units.
    pub(crate) fn em(&self) -> f32 {
        f32::from(self.0.units_per_em())
    }

    /// Width of a letter, in the font's own units.
    pub(crate) fn advance(&self, letter: char) -> f32 {
        let glyph = self.0.glyph_index(letter);
        f32::from(glyph.and_then(|glyph| self.0.glyph_hor_advance(glyph)).unwrap_or_default())
    }

    /// Draws a line, centred in `width` pixels, on a baseline, in letters of `em` pixels.
    pub(crate) fn draw(
        &self,
        line: &str,
        (width, baseline, em): (u32, u32, u16),
        ink: &mut Ink,
    ) -> Result<(), Refusal> {
        let scale = f32::from(em) / self.em();
        let long: f32 = line.chars().map(|letter| self.advance(letter) * scale).sum();
        let mut x = (width as f32 - long) / 2.0;
        for letter in line.chars() {
            let glyph = self.0.glyph_index(letter).ok_or(Refusal::Letter(letter))?;
            let mut pen = Pen { path: ink.outline(), scale, x, y: baseline as f32 };
            // A space has no outline.
            self.0.outline_glyph(glyph, &mut pen);
            x += self.advance(letter) * scale;
        }
        Ok(())
    }
}

/// Puts an outline where it belongs: the font's y grows upwards.
struct Pen<'ink> {
    path: &'ink mut PathBuilder,
    scale: f32,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.at(x, y);
        self.path.line_to(x, y);
    }

    fn quad_to(&mut self, by_x: f32, by_y: f32, x: f32, y: f32) {
        let ((by_x, by_y), (x, y)) = (self.at(by_x, by_y), self.at(x, y));
        self.path.quad_to(by_x, by_y, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2), (x, y)) = (self.at(x1, y1), self.at(x2, y2), self.at(x, y));
        self.path.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}
