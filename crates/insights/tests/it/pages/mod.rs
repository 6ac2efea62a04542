//! From facts to pages, bytes and stays.

mod codec;
mod fold;
mod kept;
mod resume;
mod stays;
mod tier;
