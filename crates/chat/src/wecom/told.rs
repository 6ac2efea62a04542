//! What WeCom tells us in callbacks: customer contacts, customer groups, tags, cards, the app.
//!
//! Every event becomes a value: what we do not know is kept as [`News::Other`], never an error,
//! because new kinds appear without notice (客户联系事件, as of 2026-02-12).

use domain::Millis;

use crate::wecom::fields::Fields;

/// One opened callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// When it happened, by WeCom's clock (whole seconds); zero when it does not say.
    pub at: Millis,
    /// What happened.
    pub news: News,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Between one member of staff and one customer (`change_external_contact`).
    Contact {
        /// The member of staff.
        staff: String,
        /// The customer (`external_userid`).
        customer: String,
        /// What changed between them.
        change: ContactChange,
    },
    /// In a customer group (`change_external_chat`).
    Group {
        /// Its `chat_id`.
        chat: String,
        /// What changed.
        change: GroupChange,
    },
    /// In the company's tags (`change_external_tag`).
    Tag {
        /// Id of a tag or group of tags; empty when the order of all groups changed.
        id: String,
        /// The word of the change: `create`, `update`, `delete`, `shuffle`.
        change: String,
    },
    /// A button of a card was pressed (`template_card_event`).
    Card {
        /// By whom.
        staff: String,
        /// The `task_id` that the card was sent with.
        task: String,
        /// The button.
        button: String,
        /// For one answer to the card within 72 h.
        response: Option<String>,
        /// What was chosen: (question, answer).
        chosen: Vec<(String, String)>,
    },
    /// The app itself is about to lose rights, or has (应用活跃度事件).
    App {
        /// The platform's word, such as `low_active_alert`.
        event: String,
        /// When it takes effect.
        effect: Option<Millis>,
    },
    /// Anything else, by the platform's words.
    Other {
        /// `Event`, or `MsgType` when it is no event.
        event: String,
        /// `ChangeType`.
        change: String,
    },
}

/// What changed between a member of staff and a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContactChange {
    /// Added; `half` while the member of staff has not confirmed.
    Added {
        /// Not yet confirmed by the member of staff.
        half: bool,
        /// The channel of the code that was scanned.
        state: Option<String>,
        /// For one welcome within 20 s.
        welcome: Option<String>,
    },
    /// Remark, mobile or tags changed; it does not say which.
    Edited,
    /// Staff deleted the customer.
    Dropped {
        /// Because the customer was handed over.
        handed_over: bool,
    },
    /// The customer deleted the member of staff.
    Left,
    /// A hand-over to this member of staff failed, with the platform's word.
    HandOverFailed(String),
    /// The customer agreed to the archive.
    Agreed {
        /// For one welcome within 20 s.
        welcome: Option<String>,
    },
    /// A kind we do not know.
    Other(String),
}

/// What changed in a customer group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GroupChange {
    /// It was made.
    Created,
    /// It is gone.
    Dismissed,
    /// People came.
    Joined(Moved),
    /// People went.
    Gone(Moved),
    /// Another owner.
    Owner,
    /// Another name.
    Name,
    /// Another announcement.
    Notice,
    /// A kind we do not know.
    Other(String),
}

/// People who came or went in one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// How: `JoinScene` (0 invited, 3 scanned) or `QuitScene` (0 left, 1 removed); other numbers
    /// were seen and are kept.
    pub scene: Option<i64>,
    /// How many, as the event says; may differ from `people` when the list was cut.
    pub count: Option<i64>,
    /// Userids and external userids.
    pub people: Vec<String>,
    /// The member version before.
    pub before: Option<String>,
    /// The member version after.
    pub after: Option<String>,
}

impl Told {
    /// Reads the fields of an opened callback.
    pub fn of(fields: &Fields) -> Self {
        let at = Millis(fields.number("CreateTime").unwrap_or(0).saturating_mul(1_000));
        Self { at, news: news(fields) }
    }
}

fn news(fields: &Fields) -> News {
    let event = word(fields, "Event");
    let change = word(fields, "ChangeType");
    match (event.as_str(), fields.get("ExternalUserID"), fields.get("ChatId")) {
        ("change_external_contact", Some(customer), _) => News::Contact {
            staff: word(fields, "UserID"),
            customer: customer.to_owned(),
            change: contact_change(fields, &change),
        },
        ("change_external_chat", _, Some(chat)) => {
            News::Group { chat: chat.to_owned(), change: group_change(fields, &change) }
        }
        ("change_external_tag", ..) => News::Tag { id: word(fields, "Id"), change },
        ("template_card_event" | "template_card_menu_event", ..) => card(fields),
        (
            "inactive_alert"
            | "close_inactive_agent"
            | "reopen_inactive_agent"
            | "low_active_alert"
            | "low_active"
            | "active_restored",
            ..,
        ) => News::App { event, effect: seconds(fields, "EffectTime") },
        ("", ..) => News::Other { event: word(fields, "MsgType"), change },
        _ => News::Other { event, change },
    }
}

fn contact_change(fields: &Fields, change: &str) -> ContactChange {
    let welcome = || some(fields, "WelcomeCode");
    match change {
        "add_external_contact" | "add_half_external_contact" => ContactChange::Added {
            half: change == "add_half_external_contact",
            state: some(fields, "State"),
            welcome: welcome(),
        },
        "edit_external_contact" => ContactChange::Edited,
        "del_external_contact" => ContactChange::Dropped {
            handed_over: fields.get("Source") == Some("DELETE_BY_TRANSFER"),
        },
        "del_follow_user" => ContactChange::Left,
        "transfer_fail" => ContactChange::HandOverFailed(word(fields, "FailReason")),
        "msg_audit_approved" => ContactChange::Agreed { welcome: welcome() },
        other => ContactChange::Other(other.to_owned()),
    }
}

fn group_change(fields: &Fields, change: &str) -> GroupChange {
    match (change, fields.get("UpdateDetail").unwrap_or_default()) {
        ("create", _) => GroupChange::Created,
        ("dismiss", _) => GroupChange::Dismissed,
        // Both scenes may stand in one event: the detail says which of them counts.
        ("update", "add_member") => GroupChange::Joined(moved(fields, "JoinScene")),
        ("update", "del_member") => GroupChange::Gone(moved(fields, "QuitScene")),
        ("update", "change_owner") => GroupChange::Owner,
        ("update", "change_name") => GroupChange::Name,
        ("update", "change_notice") => GroupChange::Notice,
        ("update", detail) => GroupChange::Other(detail.to_owned()),
        (other, _) => GroupChange::Other(other.to_owned()),
    }
}

fn moved(fields: &Fields, scene: &str) -> Moved {
    // Elements by the documents; a list with commas was seen too.
    let listed = fields.get("MemChangeList").into_iter().flat_map(|list| list.split(','));
    let people = fields.all("MemChangeList/Item").chain(listed).map(str::trim);
    Moved {
        scene: fields.number(scene),
        count: fields.number("MemChangeCnt"),
        people: people.filter(|who| !who.is_empty()).map(str::to_owned).collect(),
        before: some(fields, "LastMemVer"),
        after: some(fields, "CurMemVer"),
    }
}

fn card(fields: &Fields) -> News {
    News::Card {
        staff: word(fields, "FromUserName"),
        task: word(fields, "TaskId"),
        button: word(fields, "EventKey"),
        response: some(fields, "ResponseCode"),
        chosen: chosen(fields),
    }
}

/// Each answer under the question before it; older samples spell it `OpitonIds`.
fn chosen(fields: &Fields) -> Vec<(String, String)> {
    let mut question = "";
    let mut chosen = Vec::new();
    for (name, text) in fields.under("SelectedItems/SelectedItem/") {
        match name {
            "QuestionKey" => question = text,
            "OptionIds/OptionId" | "OpitonIds/OpitonId" => {
                chosen.push((question.to_owned(), text.to_owned()));
            }
            _ => {}
        }
    }
    chosen
}

fn word(fields: &Fields, path: &str) -> String {
    fields.get(path).unwrap_or_default().to_owned()
}

fn some(fields: &Fields, path: &str) -> Option<String> {
    fields.get(path).map(str::to_owned)
}

fn seconds(fields: &Fields, path: &str) -> Option<Millis> {
    fields.number(path).map(|at| Millis(at.saturating_mul(1_000)))
}
