//! The words that ship with the crate, drawn without obvious repetition.
//!
//! Reading order: [`Book`] is what people of one kind of group can say, read once from
//! `phrases/<kind>/`; [`Repertoire`] is a crowd's way through the book and remembers what was said
//! lately; `slots` fills in what stands in braces and brackets.
//!
//! Files: `talk.txt` holds blocks (see [`blocks`]), `lines.txt` sections of single lines
//! (`== name`), `# ` begins a comment. Words of `phrases/common/` are everybody's.

mod blocks;
mod book;
mod repertoire;
mod sections;
mod slots;

pub(crate) use blocks::{Block, Role, When};
pub(crate) use book::{Book, lines};
pub(crate) use repertoire::Repertoire;
pub(crate) use sections::Section;
pub(crate) use slots::{Bound, Slots, Weather, fill};

macro_rules! phrases {
    ($name:literal) => {
        include_str!(concat!("../../phrases/", $name, ".txt"))
    };
}
pub(crate) use phrases;
