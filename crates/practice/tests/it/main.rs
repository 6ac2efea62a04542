//! The practice server as a client and as a receiver of callbacks see it.

mod house;

mod callbacks;
mod faults;
mod groups;
mod tokens;
