//! The channels' lists, and the group that a folder is.

use crate::bundle::Entry;
use crate::error::ImportError;
use crate::format::ReadOptions;
use crate::formats::json::{Loose, Records, finish, open_json, seconds};
use crate::formats::slack::PLATFORM;
use domain::{Evidence, Extent, GroupCard, GroupRef, Millis, Sink};
use rustc_hash::FxHashMap;
use serde::Deserialize;

#[derive(Deserialize)]
struct ChannelRecord<'a> {
    #[serde(borrow)]
    id: Loose<'a>,
    name: Option<Loose<'a>>,
    created: Option<Loose<'a>>,
}

#[derive(Clone)]
struct Channel {
    id: String,
    name: String,
    created: Option<Millis>,
}

/// All listed channels, by folder name.
#[derive(Default)]
pub(super) struct Channels {
    by_folder: FxHashMap<String, Channel>,
    groups: FxHashMap<String, GroupRef>,
}

impl Channels {
    /// Reads a list (`channels.json`, `groups.json`, …).
    pub(super) fn read(&mut self, list: &Entry, sink: &mut dyn Sink) -> Result<(), ImportError> {
        let mut cursor = open_json(list)?;
        Records::of(list).each(&mut cursor, sink, |sink, number, bytes| {
            let mut spare = String::new();
            let record = Records::read(list, number, bytes, &mut spare, sink);
            if let Some(record) = record {
                self.keep(&record);
            }
            Ok(())
        })?;
        finish(&mut cursor, list, sink)
    }

    fn keep(&mut self, record: &ChannelRecord<'_>) {
        let id = record.id.as_str().to_owned();
        let name = record.name.as_ref().map_or(id.as_str(), Loose::as_str).to_owned();
        let created = record.created.as_ref().and_then(|at| seconds(at.as_str())).map(Millis);
        let channel = Channel { id, name, created };
        // Folders carry the name, in some exports the id.
        self.by_folder.insert(channel.id.clone(), channel.clone());
        self.by_folder.insert(channel.name.clone(), channel);
    }

    /// The group of a folder. A folder that no list names is its own group, and when it was
    /// founded is not known.
    pub(super) fn group(
        &mut self,
        folder: &str,
        options: &ReadOptions,
        sink: &mut dyn Sink,
    ) -> GroupRef {
        if let Some(&group) = self.groups.get(folder) {
            return group;
        }
        let unlisted = || {
            let name = if folder.is_empty() {
                options.group.clone().unwrap_or_else(|| PLATFORM.to_owned())
            } else {
                folder.to_owned()
            };
            Channel { id: name.clone(), name, created: None }
        };
        let channel = self.by_folder.get(folder).cloned().unwrap_or_else(unlisted);
        let group = sink.group(&GroupCard {
            platform: PLATFORM,
            key: channel.id,
            name: channel.name,
            evidence: Evidence {
                messages: Extent::Full,
                joins: Extent::Full,
                leaves: Extent::Full,
                replies: Extent::Full,
                reactions: Extent::Full,
                joins_are_connections: false,
            },
            founded: channel.created,
        });
        self.groups.insert(folder.to_owned(), group);
        group
    }
}
