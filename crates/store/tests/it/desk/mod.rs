//! What the search box, the settings and imports from the browser read and write.

mod finding;
mod vitals;
