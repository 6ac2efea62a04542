//! `/settings` and `/doctor`: what the organisation is set to, and whether all is well.

mod doctor;
mod effective;
mod organisation;
