//! Tests of the chat platforms from outside.

mod web;
mod wecom;
