//! All that a report shows about a group, or about several taken together. Plain values: faces
//! put them into words and pictures, the application adds names and excerpts of text.

use crate::figure::Figure;
use crate::page::ItemFlags;
use domain::{ActorClass, Day, Evidence, IdentityId, JoinManner, Millis};

/// A window of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Day,
    /// Last day, included.
    pub to: Day,
}

impl Span {
    /// Number of days, at least 1.
    pub fn days(self) -> u32 {
        u32::try_from(self.to.since(self.from)).unwrap_or(0) + 1
    }

    /// As many days just before it.
    #[must_use]
    pub fn before(self) -> Self {
        let days = i32::try_from(self.days()).unwrap_or(i32::MAX);
        Self { from: self.from.plus(-days), to: self.from.plus(-1) }
    }

    /// Whether the day lies in it.
    pub fn holds(self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }
}

/// Everything about one window of one group (or of all).
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    /// Which days.
    pub span: Span,
    /// What the sources can show.
    pub evidence: Evidence,
    /// Plain counts.
    pub totals: Totals,
    /// Each definition measured, in the order of the list; with the window before, of equal
    /// length, beside it.
    pub measured: Vec<Measured>,
    /// Every day of the span in order.
    pub pulse: Vec<PulseDay>,
    /// Hours and weekdays.
    pub heat: Heat,
    /// Joining cohorts, or first-post cohorts where joins are not told.
    pub cohorts: CohortGrid,
    /// How people came in.
    pub entry: Entry,
    /// Who is in several groups; `None` for one group, or where membership is not told.
    pub overlap: Option<Overlap>,
    /// Who talks with whom.
    pub matrix: Matrix,
    /// Who answers, most first.
    pub helpers: Vec<Helper>,
    /// Things that nobody answered, first posts first, then the latest first. At most 200.
    pub unanswered: Vec<OpenItem>,
    /// How many unanswered things there are in the span.
    pub unanswered_total: u32,
    /// Regulars who fell silent, most active before first.
    pub lost: Vec<LostRegular>,
    /// Why messages were not effective, in the order of `IdleReason::ALL`.
    pub idle: [u32; 7],
    /// Messages by kind of media in the order of `domain::Media::ALL`.
    pub media: [u32; 12],
    /// How alive the group is, and why.
    pub health: Health,
    /// What to do next, most urgent first.
    pub steps: Vec<Step>,
}

/// Plain counts; bots, hosts and staff included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Totals {
    /// Rows that a person or a bot wrote.
    pub messages: u64,
    /// Identities that wrote.
    pub senders: u64,
    /// Join events.
    pub joins: u64,
    /// Leave events.
    pub leaves: u64,
    /// Named identities with at least one join.
    pub joined_people: u64,
    /// Named identities with at least one leave.
    pub left_people: u64,
    /// Service rows other than joins and leaves.
    pub service_rows: u64,
    /// First message.
    pub first: Option<Millis>,
    /// Last message.
    pub last: Option<Millis>,
    /// Days with at least one message.
    pub days_with_messages: u32,
    /// Median of senders over the days with messages; the mean of the middle two for even counts.
    pub median_daily_senders: Option<f64>,
    /// The busiest days: day and messages, most first, earlier first among equals. At most 10.
    pub top_days: Vec<(Day, u64)>,
    /// Who wrote most: identity and messages, at most 10.
    pub top_senders: Vec<(IdentityId, u64)>,
    /// Members at the end of the span, where they can be counted.
    pub members: Option<u64>,
}

/// One metric, measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// Code of the definition.
    pub code: &'static str,
    /// The figure in this window.
    pub now: Figure,
    /// The same in the window of equal length before it.
    pub before: Figure,
}

/// One day of the pulse.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PulseDay {
    /// Days since 1970-01-01.
    pub day: i32,
    /// Messages by people.
    pub messages: u32,
    /// People who wrote.
    pub speakers: u32,
    /// People who count in member figures and spoke effectively: the numerator of P01.
    pub effective_speakers: u32,
    /// Joins.
    pub joins: u32,
    /// Leaves.
    pub leaves: u32,
    /// Members at the end of the day, where they can be counted.
    pub members: Option<u32>,
}

/// Activity by weekday and hour (F32, P07).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Heat {
    /// Messages by people, staff included: `[weekday Monday first][hour]`.
    pub messages: [[u32; 24]; 7],
    /// Distinct members who wrote in that hour, summed over days.
    pub people: [[u32; 24]; 7],
    /// How many of each weekday the known part of the span holds.
    pub weekdays: [u32; 7],
    /// Best slots with quiet hours removed, best first. At most 3.
    pub best: Vec<Slot>,
}

/// An hour of a weekday.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    /// Monday = 0.
    pub weekday: u8,
    /// 0–23.
    pub hour: u8,
    /// Expected people present in that hour.
    pub reach: f64,
}

/// Retention of those who came together (P05, P13, #8).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CohortGrid {
    /// Cohorts are made of joins; otherwise of first posts, and "still in" is unknown.
    pub by_join: bool,
    /// Ages in days at which the shares are taken: 1, 3, 7, 14, 30, 60, 90.
    pub ages: Vec<u32>,
    /// Oldest first; weeks, or months when there are many.
    pub cohorts: Vec<Cohort>,
}

/// People who came in the same period.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// First day of the period.
    pub from: Day,
    /// Last day of the period.
    pub to: Day,
    /// How many came.
    pub size: u32,
    /// Still in the group at each age: how many of how many that have reached the age; `None`
    /// when unknown or nobody has reached it yet.
    pub still_in: Vec<Option<(u32, u32)>>,
    /// Wrote at that age or later: likewise. "In" and "active" are never mixed (P13).
    pub still_active: Vec<Option<(u32, u32)>>,
}

/// How people came in during the window, by joins told (B09, B14–B17).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// By manner, most first.
    pub manners: Vec<EntryManner>,
    /// By who brought them in, most first. At most 20.
    pub inviters: Vec<Inviter>,
}

/// Joins of one manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryManner {
    /// How.
    pub how: JoinManner,
    /// Join events.
    pub joins: u32,
    /// Of these, people still in at the end of the data; `None` where leaves are not told.
    pub still_in: Option<u32>,
}

/// Joins through one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inviter {
    /// Who brought them in.
    pub who: IdentityId,
    /// Join events.
    pub joins: u32,
    /// Of these, people still in at the end of the data; `None` where leaves are not told.
    pub still_in: Option<u32>,
}

/// Members of several groups at the end of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    /// How many people are in exactly one, two, three … of the groups.
    pub people_by_groups: Vec<u64>,
    /// Pairs of groups (positions) with the number of people in both, most first. At most 20.
    pub pairs: Vec<(u32, u32, u64)>,
}

/// Who talks with whom (P24, P30).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// Talk edges by role, `[from][to]` in the order of `ActorClass::ALL`.
    pub roles: [[u64; 4]; 4],
    /// The most connected people, in the order of rows and columns of `between`. At most 12.
    pub people: Vec<RankedPerson>,
    /// Messages from row to column.
    pub between: Vec<Vec<u32>>,
    /// Strongest ties, both directions summed. At most 20.
    pub ties: Vec<Tie>,
}

/// A person with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RankedPerson {
    /// Who.
    pub who: IdentityId,
    /// Role.
    pub class: ActorClass,
    /// The number.
    pub count: u64,
}

/// Two people who talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// One.
    pub a: IdentityId,
    /// The other.
    pub b: IdentityId,
    /// Messages from `a` to `b`.
    pub there: u32,
    /// Messages from `b` to `a`.
    pub back: u32,
}

/// Somebody who answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Helper {
    /// Who.
    pub who: IdentityId,
    /// Role.
    pub class: ActorClass,
    /// Questions and first posts answered first.
    pub answers: u32,
    /// Of these, first posts.
    pub first_posts: u32,
    /// Median time to the answer, in milliseconds.
    pub median_ms: i64,
}

/// Something that waits for an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OpenItem {
    /// Number of the group in the report, from 0.
    pub group: u32,
    /// Source key of the message.
    pub key: i64,
    /// When.
    pub at: Millis,
    /// Who.
    pub who: IdentityId,
    /// Why it waits.
    pub flags: ItemFlags,
    /// The person never wrote again after that day.
    pub last_word: bool,
}

/// A regular who fell silent (#14).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LostRegular {
    /// Who.
    pub who: IdentityId,
    /// Messages in the 90 days before the silence.
    pub messages_before: u32,
    /// Last day on which the person wrote.
    pub last_day: Day,
}

/// How alive a group is (O05, O07).
#[derive(Clone, Debug, PartialEq)]
pub struct Health {
    /// The word for it.
    pub mood: Mood,
    /// Why, strongest first.
    pub causes: Vec<Cause>,
}

/// Words for how alive a group is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mood {
    /// Talk on most days by many.
    Lively,
    /// Talk goes on.
    Steady,
    /// Less than it was, or carried by few.
    Fading,
    /// Hardly any talk.
    Dying,
    /// Silent.
    Dead,
    /// The data cannot show it.
    Unknown,
}

/// A reason, with the numbers that prove it. What the numbers mean is said at the code.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// Which.
    pub code: CauseCode,
    /// The evidence, in the order that the code says.
    pub numbers: Vec<f64>,
}

/// Reasons for a verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CauseCode {
    /// Days since the last message by a person: [days].
    SilentDays,
    /// Distinct speakers in the last 14 days against the 14 before, and the group's usual number
    /// (middle of its earlier 14 days; 0 when unknown): [now, before, usual].
    FewerSpeakers,
    /// Messages a day, last 14 days against the 14 before: [now, before].
    FewerMessages,
    /// Share of questions answered in the span: [share, answered, asked].
    QuestionsUnanswered,
    /// First posts without an answer: [share without, without, all].
    NewcomersIgnored,
    /// One person writes this share of all: [share].
    OneVoice,
    /// Share of talk that comes from keepers: [share].
    OneWay,
    /// Leaves against joins in the last 30 days: [leaves, joins].
    MoreLeaveThanCome,
    /// No new contributor for so many days: [days].
    NoNewVoices,
    /// Regulars lost against regulars there were: [lost, regulars].
    RegularsLost,
    /// Speakers and messages grew against the 14 days before: [now, before].
    Growing,
    /// People speak on so many of the last 14 days: [days].
    TalkOnMostDays,
}

/// One thing to do, with its reason.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What.
    pub code: StepCode,
    /// Numbers for the sentence, in the order that the code says.
    pub numbers: Vec<f64>,
    /// People it is about, most urgent first. At most 5.
    pub people: Vec<IdentityId>,
    /// Things it is about, most urgent first. At most 5.
    pub items: Vec<OpenItem>,
}

/// Things to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepCode {
    /// Answer first posts of the last 14 days that got no reply: [how many].
    AnswerFirstPosts,
    /// Answer open questions of the last 14 days: [how many].
    AnswerQuestions,
    /// Write to regulars who fell silent: [how many].
    WriteToLostRegulars,
    /// Break a silence: [days silent].
    BreakSilence,
    /// Bring a second voice in; one person carries the talk: [share].
    ShareTheTalk,
    /// Thank and ask the best helpers: [answers of the first, share of all answers by the top 3].
    ThankHelpers,
    /// Post in the best slot: [weekday, hour, reach].
    UseBestSlot,
    /// Shorten the wait for an answer: [median ms, p90 ms].
    AnswerFaster,
    /// Ask leavers and look at when they leave: [leaves, joins].
    LookAtLeaving,
    /// Name staff, so that member and keeper figures can be told apart.
    NameStaff,
    /// Give the number of members (or a roster), so that rates can be shown.
    GiveMembers,
    /// Decide on merging or closing: [days silent].
    DecideOnGroup,
}
