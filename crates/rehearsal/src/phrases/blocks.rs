//! Blocks of `talk.txt`: lines that belong together, up to a blank line.
//!
//! `?` asks, `=` fits it, `~` is the asker again; `!` opens talk of members and `*` something that
//! staff offer, `-` fits either; `A:` to `D:` and `S:` (staff) are a talk in just this order. A
//! block may begin with `@` and the parts of the day and of the year that it fits: `@ evening`,
//! `@ autumn winter`.

/// Something to talk about: what opens it, what fits, what the asker says in the end.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub(crate) openers: Vec<&'static str>,
    pub(crate) replies: Vec<&'static str>,
    pub(crate) thanks: Vec<&'static str>,
    pub(crate) fits: Fits,
}

/// The parts of the day and of the year that a block fits; all of them when it names none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fits {
    bands: u8,
    seasons: u8,
}

/// When something is said.
#[derive(Clone, Copy, Debug)]
pub(crate) struct When {
    /// Part of the day.
    pub(crate) band: usize,
    /// Part of the year.
    pub(crate) season: usize,
}

const BANDS: [&str; 4] = ["morning", "day", "evening", "night"];
const SEASONS: [&str; 4] = ["winter", "spring", "summer", "autumn"];

impl Fits {
    fn named(words: &str) -> Self {
        let mask = |known: [&str; 4]| {
            let named = |word| known.iter().position(|one| *one == word);
            words.split_whitespace().filter_map(named).fold(0, |mask, place| mask | 1 << place)
        };
        Self { bands: mask(BANDS), seasons: mask(SEASONS) }
    }

    /// Whether it fits then.
    pub(crate) fn at(self, when: When) -> bool {
        let fits = |mask: u8, place: usize| mask == 0 || mask >> place & 1 == 1;
        fits(self.bands, when.band) && fits(self.seasons, when.season)
    }
}

/// Who says a line of a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A member, by number from 0.
    Member(usize),
    /// One of those who run the group.
    Staff,
}

/// Lines in their order.
#[derive(Debug, Default)]
pub(crate) struct Thread {
    pub(crate) lines: Vec<(Role, &'static str)>,
    pub(crate) fits: Fits,
}

/// The blocks of a file, by what opens them.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    pub(crate) questions: Vec<Block>,
    pub(crate) topics: Vec<Block>,
    pub(crate) offers: Vec<Block>,
    pub(crate) threads: Vec<Thread>,
}

impl Blocks {
    pub(crate) fn of(text: &'static str) -> Self {
        let mut blocks = Self::default();
        let mut block = Block::default();
        let mut thread = Thread::default();
        let mut fits = Fits::default();
        let mut opened = ' ';
        for line in text.lines().map(str::trim).chain([""]) {
            if line.is_empty() {
                let mut done = std::mem::take(&mut block);
                done.fits = fits;
                thread.fits = std::mem::take(&mut fits);
                match opened {
                    '?' => blocks.questions.push(done),
                    '!' => blocks.topics.push(done),
                    '*' => blocks.offers.push(done),
                    ':' => blocks.threads.push(std::mem::take(&mut thread)),
                    _ => {}
                }
                opened = ' ';
                continue;
            }
            let phrase = line.get(1..).unwrap_or_default().trim();
            match line.chars().next().unwrap_or('#') {
                sign @ ('?' | '!' | '*') => {
                    opened = sign;
                    block.openers.push(phrase);
                }
                '@' => fits = Fits::named(phrase),
                '=' | '-' => block.replies.push(phrase),
                '~' => block.thanks.push(phrase),
                sign @ ('A'..='D' | 'S') => {
                    opened = ':';
                    let said = phrase.strip_prefix(':').unwrap_or(phrase).trim();
                    thread.lines.push((role(sign), said));
                }
                _ => {}
            }
        }
        blocks
    }
}

fn role(sign: char) -> Role {
    match sign {
        'A' => Role::Member(0),
        'B' => Role::Member(1),
        'C' => Role::Member(2),
        'D' => Role::Member(3),
        _ => Role::Staff,
    }
}
