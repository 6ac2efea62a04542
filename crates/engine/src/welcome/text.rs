//! The words of a welcome with slots: `{昵称}`, `{昵称|朋友}`, `{群规}` … (D02, D03).

/// Letters between braces that can be a slot; longer things are words.
const SLOT_CHARS_MAX: usize = 40;
/// Letters of a name, at most; a nickname on the platform has fewer.
const NAME_CHARS_MAX: usize = 64;

/// What stands for something else in a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The customer's nickname (D02).
    Nickname,
    /// Whom the customer added.
    Staff,
    /// The name of the channel.
    Channel,
    /// The rules of a group, as they are (D03).
    Rules,
    /// The announcement of a group, as it is (D03).
    Announcement,
    /// A shared block of the organisation, by its name (D03).
    Block(String),
}

/// A text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    /// A slot as it was written, and what stands there when nothing is known.
    Slot {
        slot: Slot,
        written: String,
        instead: String,
    },
}

/// Braces around something that is no slot.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{{{0}}} stands for nothing")]
pub struct UnknownSlot(pub String);

/// What is known when a text is rendered; empty: unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The customer's nickname, as told.
    pub nickname: String,
    /// Name of whom the customer added.
    pub staff: String,
    /// Name of the channel.
    pub channel: String,
    /// Rules of the group.
    pub rules: String,
    /// Announcement of the group.
    pub announcement: String,
    /// Shared blocks: name and text.
    pub blocks: Vec<(String, String)>,
}

/// What the customer reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The words.
    pub text: String,
    /// Slots that did not fit and were left out whole, as they were written.
    pub left_out: Vec<String>,
}

impl Slot {
    /// Reads what stands between braces.
    fn named(name: &str, blocks: &[String]) -> Option<Self> {
        Some(match name {
            "昵称" | "nickname" => Self::Nickname,
            "员工" | "staff" => Self::Staff,
            "渠道" | "channel" => Self::Channel,
            "群规" | "rules" => Self::Rules,
            "群公告" | "announcement" => Self::Announcement,
            own => Self::Block(blocks.iter().find(|block| *block == own)?.clone()),
        })
    }

    /// Whether a word is taken and cannot be the name of a block.
    pub fn is_own(name: &str) -> bool {
        Self::named(name, &[]).is_some()
    }

    /// Whether it is a text that may be long, and not a name.
    fn is_block(&self) -> bool {
        matches!(self, Self::Rules | Self::Announcement | Self::Block(_))
    }
}

impl Text {
    /// Reads a text; full-width braces and bars are read as plain ones. `blocks` are the names of
    /// the shared blocks that there are.
    pub fn read(text: &str, blocks: &[String]) -> Result<Self, UnknownSlot> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '｛']) {
            let (before, from) = rest.split_at(at);
            words.push_str(before);
            let Some((inside, after)) = braced(from) else {
                let mut letters = from.chars();
                words.extend(letters.next());
                rest = letters.as_str();
                continue;
            };
            let (name, instead) = inside.split_once(['|', '｜']).unwrap_or((inside, ""));
            let (name, instead) = (name.trim(), instead.trim());
            let slot = Slot::named(name, blocks).ok_or_else(|| UnknownSlot(name.to_owned()))?;
            let instead = if instead.is_empty() { usual(name) } else { instead };
            if !words.is_empty() {
                parts.push(Part::Words(std::mem::take(&mut words)));
            }
            let (written, instead) = (name.to_owned(), instead.to_owned());
            parts.push(Part::Slot { slot, written, instead });
            rest = after;
        }
        words.push_str(rest);
        if !words.is_empty() {
            parts.push(Part::Words(words));
        }
        Ok(Self(parts))
    }

    /// A text without slots.
    pub fn words(text: &str) -> Self {
        Self(vec![Part::Words(text.to_owned())])
    }

    /// Whether it speaks of this.
    pub fn has(&self, slot: &Slot) -> bool {
        self.0.iter().any(|part| matches!(part, Part::Slot { slot: own, .. } if own == slot))
    }

    /// Whether it speaks of a group's rules or announcement.
    pub fn has_group(&self) -> bool {
        self.has(&Slot::Rules) || self.has(&Slot::Announcement)
    }

    /// How many names stand in it.
    pub fn names(&self) -> usize {
        self.0.iter().filter(|part| part.is_name()).count()
    }

    /// The words for a customer, at most `most` bytes: first names are cut, then whole blocks
    /// are left out, the longest first.
    pub fn render(&self, known: &Known, most: usize) -> Rendered {
        let mut values: Vec<String> = self.0.iter().map(|part| part.value(known)).collect();
        let mut left_out = Vec::new();
        while !self.shorten_names(&mut values, most) {
            let Some(at) = self.longest_block(&values) else { break };
            if let (Some(value), Some(Part::Slot { written, .. })) =
                (values.get_mut(at), self.0.get(at))
            {
                value.clear();
                left_out.push(written.clone());
            }
        }
        let mut text = String::new();
        // Whether the line so far is nothing but slots that came to nothing: it goes with its end.
        let mut is_idle = false;
        for (part, value) in self.0.iter().zip(&values) {
            if matches!(part, Part::Slot { .. }) && value.is_empty() {
                is_idle = is_idle || text.is_empty() || text.ends_with('\n');
                continue;
            }
            let value = value.strip_prefix('\n').filter(|_| is_idle).unwrap_or(value);
            is_idle = false;
            text.push_str(value);
        }
        let end = text.floor_char_boundary(most);
        text.truncate(end);
        Rendered { text: text.trim_end().to_owned(), left_out }
    }

    /// Bytes of everything that is not a name, with these blocks.
    pub fn bytes_without_names(&self, known: &Known) -> usize {
        let fixed = self.0.iter().filter(|part| !part.is_name());
        fixed.map(|part| part.value(known).len()).sum()
    }

    /// Cuts the names so that all fits; whether it does.
    fn shorten_names(&self, values: &mut [String], most: usize) -> bool {
        let all = || self.0.iter().zip(values.iter());
        if all().map(|(_, value)| value.len()).sum::<usize>() <= most {
            return true;
        }
        let fixed: usize = all().filter(|(part, _)| !part.is_name()).map(|(_, v)| v.len()).sum();
        let names = all().filter(|(part, _)| part.is_name()).count();
        let Some(room) = most.checked_sub(fixed).filter(|_| names > 0) else { return false };
        for (part, value) in self.0.iter().zip(values.iter_mut()) {
            if part.is_name() {
                let end = value.floor_char_boundary(room / names);
                value.truncate(end);
            }
        }
        true
    }

    fn longest_block(&self, values: &[String]) -> Option<usize> {
        let blocks = self.0.iter().zip(values).enumerate().filter(|(_, (part, value))| {
            matches!(part, Part::Slot { slot, .. } if slot.is_block()) && !value.is_empty()
        });
        blocks.max_by_key(|(_, (_, value))| value.len()).map(|(at, _)| at)
    }
}

impl Part {
    /// Whether it is a name, which may be cut.
    fn is_name(&self) -> bool {
        matches!(self, Self::Slot { slot, .. } if !slot.is_block())
    }

    /// What stands here for this customer.
    fn value(&self, known: &Known) -> String {
        let (slot, instead) = match self {
            Self::Words(words) => return lines(words),
            Self::Slot { slot, instead, .. } => (slot, instead),
        };
        let value = match slot {
            Slot::Nickname => plain_name(&known.nickname),
            Slot::Staff => plain_name(&known.staff),
            Slot::Channel => plain_name(&known.channel),
            Slot::Rules => lines(&known.rules),
            Slot::Announcement => lines(&known.announcement),
            Slot::Block(name) => {
                let block = known.blocks.iter().find(|(own, _)| own == name);
                block.map(|(_, text)| lines(text)).unwrap_or_default()
            }
        };
        if value.trim().is_empty() { instead.clone() } else { value }
    }
}

/// A name as it may stand in a line: no line ends, nothing invisible that turns the text around,
/// at most 64 letters; empty when nothing of it is seen.
pub fn plain_name(name: &str) -> String {
    let words: Vec<String> = name
        .split(|letter: char| letter.is_whitespace() || letter.is_control())
        .map(|word| word.chars().filter(|letter| !is_unseen(*letter)).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    let name: String = words.join(" ").chars().take(NAME_CHARS_MAX).collect();
    // Joiners and variation marks alone show nothing.
    let seen = name
        .chars()
        .any(|letter| !matches!(letter, ' ' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' | '\u{3164}'));
    if seen { name } else { String::new() }
}

/// Letters that show nothing or turn the direction of what follows.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Words with plain line ends and no other control characters.
fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|letter| *letter == '\n' || !letter.is_control()).collect()
}

/// What is between the braces at the beginning, and what follows; `None` when they hold no slot.
fn braced(from: &str) -> Option<(&str, &str)> {
    let inside = from.strip_prefix(['{', '｛'])?;
    let end = inside.find(['}', '｝', '{', '｛', '\n'])?;
    let (name, rest) = inside.split_at(end);
    let rest = rest.strip_prefix(['}', '｝'])?;
    (!name.trim().is_empty() && name.chars().count() <= SLOT_CHARS_MAX).then_some((name, rest))
}

/// What stands where nothing is known and nobody said what then.
fn usual(name: &str) -> &'static str {
    match name {
        "昵称" => "朋友",
        "员工" => "客服",
        "渠道" => "这里",
        "nickname" => "there",
        "staff" => "your assistant",
        "channel" => "here",
        _ => "",
    }
}
