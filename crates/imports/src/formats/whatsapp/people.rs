//! The people of one export, by label. There are no ids: two people with one label are one here.

use crate::formats::whatsapp::label;
use crate::formats::whatsapp::wording::WORDINGS;
use domain::{PersonCard, PersonRef, Sink};
use rustc_hash::FxHashMap;

/// Key of the exporter while nothing tells the label.
const EXPORTER: &str = "self";

/// Everybody met so far.
#[derive(Default)]
pub(super) struct People {
    labels: FxHashMap<String, PersonRef>,
    keys: FxHashMap<String, PersonRef>,
    digits: FxHashMap<String, PersonRef>,
    longest: usize,
    exporter_label: Option<String>,
}

impl People {
    /// Nobody yet; the exporter's label if the survey found it.
    pub(super) fn new(exporter_label: Option<String>) -> Self {
        Self { exporter_label, ..Self::default() }
    }

    /// The person of a sender label.
    pub(super) fn of_label(&mut self, label: &str, sink: &mut dyn Sink) -> PersonRef {
        if let Some(known) = self.labels.get(label) {
            return *known;
        }
        let person = self.announce(&label::key(label), &label::name(label), sink);
        self.labels.insert(label.to_owned(), person);
        person
    }

    /// The person of a name within a sentence; "you" is the exporter.
    pub(super) fn named(&mut self, name: &str, language: usize, sink: &mut dyn Sink) -> PersonRef {
        let name = name.trim();
        if WORDINGS.get(language).is_some_and(|wording| wording.you.contains(&name)) {
            return self.exporter(language, sink);
        }
        let key = label::key(name);
        match self.keys.get(&key) {
            Some(known) => *known,
            None => self.announce(&key, &key, sink),
        }
    }

    /// Who exported.
    pub(super) fn exporter(&mut self, language: usize, sink: &mut dyn Sink) -> PersonRef {
        if let Some(label) = self.exporter_label.clone() {
            return self.of_label(&label, sink);
        }
        if let Some(known) = self.labels.get(EXPORTER) {
            return *known;
        }
        let you = WORDINGS.get(language).and_then(|wording| wording.you.first());
        let person = self.announce(EXPORTER, you.unwrap_or(&EXPORTER), sink);
        self.labels.insert(EXPORTER.to_owned(), person);
        person
    }

    /// Whether a name, as a whole, is somebody's.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.keys.contains_key(&label::key(name))
    }

    /// The person with this telephone number.
    pub(super) fn number(&self, digits: &str) -> Option<PersonRef> {
        self.digits.get(digits).copied()
    }

    /// The person whose name a text begins with; of several, the one with the longest name.
    pub(super) fn beginning(&self, text: &str) -> Option<(PersonRef, usize)> {
        let limit = text.len().min(self.longest);
        let mut ends: Vec<usize> = text
            .char_indices()
            .map(|(at, _)| at)
            .chain([text.len()])
            .skip(1)
            .take_while(|end| *end <= limit)
            .collect();
        ends.reverse();
        ends.into_iter().find_map(|end| {
            let key = text.get(..end)?;
            self.keys.get(key).map(|person| (*person, end))
        })
    }

    fn announce(&mut self, key: &str, name: &str, sink: &mut dyn Sink) -> PersonRef {
        let digits = label::digits(key);
        let called: Vec<&str> = digits.iter().map(String::as_str).collect();
        let person = sink.person(&PersonCard {
            platform: "whatsapp",
            key,
            name,
            called: &called,
            class: None,
        });
        if let Some(digits) = digits {
            self.digits.insert(digits, person);
        }
        self.longest = self.longest.max(key.len());
        self.keys.insert(key.to_owned(), person);
        person
    }
}
