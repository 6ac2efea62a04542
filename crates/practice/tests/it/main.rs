//! The practice server as a client and as a receiver of callbacks see it.

mod house;

mod callbacks;
mod contacts;
mod desk;
mod faults;
mod groups;
mod joins;
mod messages;
mod tokens;
mod transfers;
