//! What single lines are for.

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident $word:literal,)+) => {
        /// What a line is for; the word heads its section in `lines.txt`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Section { $($(#[$doc])* $name,)+ }

        impl Section {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)+];

            pub(crate) fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

sections! {
    /// Good morning.
    Greetings "greetings",
    /// Somebody did what the group is about.
    Checkins "checkins",
    /// Said to a check-in.
    Praise "praise",
    /// A newcomer's first words.
    Intros "intros",
    /// Said to them.
    Welcomes "welcomes",
    /// The keeper tells something.
    Announcements "announcements",
    /// "Type 1 if …".
    Windows "windows",
    /// Heads of lists that everybody copies and lengthens (接龙).
    Chains "chains",
    /// What stands behind a name in such a list.
    Extras "extras",
    /// Under a picture.
    Captions "captions",
    /// Asked or said into the quiet; nobody takes it up.
    Silence "silence",
    /// Short remarks that want no answer.
    Asides "asides",
    /// Taken note of.
    Acks "acks",
    /// The smallest sign of having heard something told.
    Nods "nods",
    /// The smallest thanks.
    Thanks "thanks",
    /// Staff take a question up.
    Assured "assured",
    /// Stickers.
    Stickers "stickers",
    /// Members about an advert.
    Complaints "complaints",
    /// Staff after an advert.
    Moderation "moderation",
    /// Adverts that do not belong here.
    Adverts "adverts",
    /// Openings before a remark.
    Fragments "fragments",
    /// Openings before an advice.
    Hedges "hedges",
    /// A second half behind a short advice.
    Addenda "addenda",
    /// Ends after a reply.
    Tails "tails",
    /// What comes for gifts asks.
    Freebies "freebies",
    /// Said when nobody knows the answer to a visitor's question.
    Unsure "unsure",
    /// The group's announcement board (群公告), newest last.
    Board "board",
    /// The group's rules (群规).
    Rules "rules",
}

impl Section {
    pub(crate) fn of(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|one| one.word() == word)
    }

    pub(crate) fn position(self) -> usize {
        self as usize
    }
}
