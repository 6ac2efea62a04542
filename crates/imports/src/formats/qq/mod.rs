//! QQ: the TXT that the PC client's message manager writes, and QQ Chat Exporter.
//!
//! The TXT has the exporter's wall clock and no ids; people keyed by QQ number or mail address,
//! since the card is
//! the one of that moment. Group blocks of a whole-account export are read, those of friends are
//! skipped with a warning. Not here: MHT, copied windows, the phone's text.

mod header;
mod pc;
mod qce;
mod qce_row;
mod survey;

pub(crate) use pc::FORMAT as PC;
pub(crate) use qce::FORMAT as QCE;
