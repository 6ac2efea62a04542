//! WeCom (企业微信): customer groups of one company, through a self-built app.
//!
//! Source of all shapes and limits: the platform's documents as of 2026-02-12. What is uncertain
//! there is read tolerantly.

mod seal;

pub use seal::{Seal, SealSettingError, Unsealable};
