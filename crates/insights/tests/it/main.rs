//! The numbers, tested through the public face of the crate.

mod build;
mod codec;
mod effective;
mod features;
mod fold;
mod stays;
