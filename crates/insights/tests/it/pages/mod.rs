//! From facts to pages, bytes and stays.

mod codec;
mod fold;
mod resume;
mod stays;
