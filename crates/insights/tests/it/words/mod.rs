//! From words to speech.

mod effective;
mod features;
