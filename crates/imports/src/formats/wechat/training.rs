//! WeChatMsg's JSON: a training set for language models, without senders or times. Recognised in
//! order to say so.

use crate::bundle::{Bundle, Entry};
use crate::error::ImportError;
use crate::format::{Claim, Format, ReadOptions};
use domain::{Clock, Sink};
use memchr::memmem::find;

/// `--format wechatmsg-json`.
pub(crate) const FORMAT: Format = Format {
    word: "wechatmsg-json",
    title: ["微信训练集 JSON（不能导入）", "WeChatMsg training set (cannot be imported)"],
    clock: Clock::Absolute,
    has_ids: false,
    claim,
    read,
};

fn claim(bundle: &Bundle, open: &[usize]) -> Vec<Claim> {
    let ours = |number: &&usize| bundle.entries().get(**number).is_some_and(is_ours);
    let entries: Vec<usize> = open.iter().filter(ours).copied().collect();
    if entries.is_empty() { Vec::new() } else { vec![Claim { entries, beside: Vec::new() }] }
}

fn is_ours(entry: &Entry) -> bool {
    let head = entry.head();
    let has = |piece: &[u8]| find(head, piece).is_some();
    has(b"\"conversations\"") && has(b"\"role\"") && has(b"\"content\"") && !has(b"\"timestamp\"")
}

fn read(
    bundle: &Bundle,
    claim: &Claim,
    _: &ReadOptions,
    _: &mut dyn Sink,
) -> Result<(), ImportError> {
    let Some(entry) = claim.entries(bundle).next() else { return Ok(()) };
    Err(ImportError::Unsupported {
        place: entry.place(0),
        what: "a training set without senders and times; export the chat as CSV instead".to_owned(),
    })
}
