//! QR codes with a caption as pictures: an address and words in, SVG or PNG out.
//!
//! Reading order: [`draw`] makes a [`Picture`]; `code` is the QR code, `caption` breaks the words
//! into lines, `letters` draws them with the font that lies in `font/` (see `scripts/font`), `ink`
//! is what all of them draw on.
//!
//! Invariants: a picture is one black path on white, words included, so that it looks the same
//! everywhere and holds no text that a viewer could read otherwise. What the font cannot show is
//! refused by name, never left blank. Pure: no clock, no network, no fonts of the machine.

mod caption;
mod code;
mod ink;
mod letters;
mod picture;

pub use caption::{LETTERS_MAX, LINES_MAX};
pub use picture::{Picture, Refusal, SIDE, draw};
