//! Items that wait for an answer: found by key, by asker and by thread, forgotten by age.

use domain::Millis;
use rustc_hash::FxHashMap;
use std::collections::VecDeque;

/// An item that nobody has answered yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    pub(super) key: i64,
    pub(super) at: Millis,
    pub(super) who: u32,
    /// The message it was itself said in reply to.
    pub(super) thread: Option<i64>,
}

/// All open items of a group.
#[derive(Default)]
pub(super) struct OpenItems {
    waiting: FxHashMap<i64, Waiting>,
    askers: FxHashMap<u32, Vec<i64>>,
    threads: FxHashMap<i64, Vec<i64>>,
    oldest_first: VecDeque<(Millis, i64)>,
}

impl OpenItems {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn get(&self, key: i64) -> Option<Waiting> {
        self.waiting.get(&key).copied()
    }

    /// Keys of the open items of a person, oldest first.
    pub(super) fn of_asker(&self, who: u32) -> &[i64] {
        self.askers.get(&who).map_or(&[], Vec::as_slice)
    }

    /// Keys of the open items said in reply to a message, oldest first.
    pub(super) fn of_thread(&self, thread: i64) -> &[i64] {
        self.threads.get(&thread).map_or(&[], Vec::as_slice)
    }

    /// Opens an item; false when one with this key waits already.
    pub(super) fn open(&mut self, item: Waiting) -> bool {
        if self.waiting.contains_key(&item.key) {
            return false;
        }
        self.waiting.insert(item.key, item);
        self.askers.entry(item.who).or_default().push(item.key);
        if let Some(thread) = item.thread {
            self.threads.entry(thread).or_default().push(item.key);
        }
        self.oldest_first.push_back((item.at, item.key));
        true
    }

    /// Takes an item out, answered or withdrawn.
    pub(super) fn close(&mut self, key: i64) -> Option<Waiting> {
        let item = self.waiting.remove(&key)?;
        strike(&mut self.askers, &item.who, key);
        if let Some(thread) = item.thread {
            strike(&mut self.threads, &thread, key);
        }
        Some(item)
    }

    /// Forgets what was said before `oldest`.
    pub(super) fn forget_before(&mut self, oldest: Millis) {
        while let Some(&(at, key)) = self.oldest_first.front()
            && at < oldest
        {
            self.oldest_first.pop_front();
            if self.get(key).is_some_and(|item| item.at == at) {
                self.close(key);
            }
        }
    }
}

fn strike<K: std::hash::Hash + Eq>(lists: &mut FxHashMap<K, Vec<i64>>, of: &K, key: i64) {
    if let Some(keys) = lists.get_mut(of) {
        keys.retain(|other| *other != key);
        if keys.is_empty() {
            lists.remove(of);
        }
    }
}
