//! What a page shows of a company's welcomes.

use std::collections::BTreeMap;

use chat::wecom::calls::contacts::WELCOME_BYTES_MAX;
use domain::{Actor, Millis};
use engine::welcome::{Duty, Known, Newcomer, Rendered, Text};
use serde::{Deserialize, Serialize};
use store::{MediumRow, WelcomeRow, WelcomeState};

use crate::console::{Console, Denied};
use crate::error::Fault;
use crate::wecom::WECOM;
use crate::wecom::welcome::form::WordingForm;
use crate::wecom::welcome::keeping::{WordingView, blocks_of, duty_of, view};
use crate::wecom::welcome::places::{ChannelView, Places};

/// Days that the counts look back.
const DAYS: i64 = 30;
/// Lines of welcomes on a page.
const LINES: u32 = 50;
/// Channels that are offered.
const CHANNELS: u32 = 100;

/// What came of a welcome. Kept as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// The platform's code.
    pub code: Option<i64>,
    /// In the platform's words, or `unanswered`: nobody noted an end.
    pub words: String,
    /// What was left out: slots as they were written, kinds of things beside the words.
    pub left_out: Vec<String>,
}

/// A welcome, in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WelcomeLine {
    /// When the customer came.
    pub at: Millis,
    /// The customer's name, where we know it.
    pub customer: String,
    /// The name of whom they added, or the `userid`.
    pub staff: String,
    /// By which channel; `None`: by none.
    pub channel: Option<ChannelView>,
    /// How far it is.
    pub state: WelcomeState,
    /// Name of the wording.
    pub wording: Option<String>,
    /// What came of it.
    pub said: Said,
}

/// What a page of welcomes shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcomes {
    /// What is written, in its order.
    pub wordings: Vec<WordingView>,
    /// How many in each state in the last 30 days.
    pub counts: BTreeMap<WelcomeState, u64>,
    /// The latest ones.
    pub latest: Vec<WelcomeLine>,
    /// When somebody is on duty; `None`: always.
    pub duty: Option<Duty>,
    /// Number of that value.
    pub duty_seen: i64,
    /// Shared blocks: name and text.
    pub blocks: Vec<(String, String)>,
    /// Files.
    pub media: Vec<MediumRow>,
    /// The company's people who may have customers: `userid` and name.
    pub staff: Vec<(String, String)>,
    /// Channels by which customers came, then open placements of ours.
    pub channels: Vec<ChannelView>,
    /// Live groups: number and name.
    pub groups: Vec<(i64, String)>,
    /// Owners of groups of the company: name and how many groups.
    pub owners: Vec<(String, usize)>,
}

/// What customers will read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// With this nickname.
    pub named: Rendered,
    /// Without one.
    pub nameless: Rendered,
}

/// For previews: somebody's name.
const SOMEBODY: &str = "小雨";

impl Console {
    /// All of a company's welcomes to contacts.
    pub async fn contact_welcomes(&self, actor: &Actor, account: i64) -> Result<Welcomes, Denied> {
        let id = self.welcomer(actor, account).await?;
        let store = self.store();
        let rows = store.wordings(id).await?;
        let settings = store.settings(id.org).await?;
        let since = Millis(self.now().0 - DAYS * Millis::DAY);
        let people = store.wecom_staff(id).await?;
        let called = |row: &store::WecomStaffRow| {
            let name = if row.name.is_empty() { &row.userid } else { &row.name };
            (row.userid.clone(), name.clone())
        };
        let names: BTreeMap<String, String> = people.iter().map(called).collect();
        let latest = store.latest_welcomes(id, LINES).await?;
        let places = self.places(id.org).await?;
        let latest = self.welcome_lines(id, latest, (&names, &rows, &places)).await?;
        let (duty, duty_seen) = duty_of(&settings);
        let mut owners: BTreeMap<String, usize> = BTreeMap::new();
        for group in store.wecom_groups(id).await? {
            if group.missing.is_none() && !group.owner.is_empty() {
                let owner = names.get(&group.owner).unwrap_or(&group.owner);
                *owners.entry(owner.clone()).or_default() += 1;
            }
        }
        let mut owners: Vec<(String, usize)> = owners.into_iter().collect();
        owners.sort_by_key(|(_, groups)| std::cmp::Reverse(*groups));
        let groups = store.live_groups(id.org).await?;
        let here = people.iter().filter(|row| row.missing.is_none() && row.follows);
        let live = rows.iter().filter(|row| row.gone.is_none());
        let came = store.welcome_channels(id, CHANNELS).await?;
        let came: Vec<String> = came.into_iter().map(|(state, _)| state).collect();
        Ok(Welcomes {
            wordings: live.map(|row| view(row, &places)).collect(),
            counts: store.welcome_counts(id, since).await?.into_iter().collect(),
            latest,
            duty,
            duty_seen,
            blocks: blocks_of(&settings).0,
            media: store.media(id).await?,
            staff: here.map(called).collect(),
            channels: places.offered(&came, account),
            groups: groups.into_iter().map(|row| (row.group.0, row.name)).collect(),
            owners,
        })
    }

    /// What customers will read of a form, right or wrong otherwise; `None` when its words cannot
    /// be read.
    pub async fn preview_wording(
        &self,
        actor: &Actor,
        account: i64,
        form: &WordingForm,
    ) -> Result<Option<Preview>, Denied> {
        let id = self.welcomer(actor, account).await?;
        let places = self.places(id.org).await?;
        let wording = form.wording(&places);
        let (known, blocks) = self.known_now(id.org, wording.group).await?;
        let Ok(text) = Text::read(&wording.text, &blocks) else { return Ok(None) };
        let staff = self.store().wecom_staff(id).await?;
        let first = wording.when.staff.first();
        let one = staff.into_iter().find(|row| first.is_none_or(|own| *own == row.userid));
        let channel = wording.when.channels.first().map(String::as_str).unwrap_or_default();
        let placement = places.name(channel);
        let who = Newcomer { channel, placement, staff: "", on_duty: true };
        let nameless = Known {
            staff: one.map(|row| row.name).unwrap_or_default(),
            channel: who.channel_name(&wording.channel).to_owned(),
            ..known
        };
        let named = Known { nickname: SOMEBODY.to_owned(), ..nameless.clone() };
        Ok(Some(Preview {
            named: text.render(&named, WELCOME_BYTES_MAX),
            nameless: text.render(&nameless, WELCOME_BYTES_MAX),
        }))
    }

    async fn welcome_lines(
        &self,
        id: store::WecomId,
        rows: Vec<WelcomeRow>,
        (staff, wordings, places): (&BTreeMap<String, String>, &[store::WordingRow], &Places),
    ) -> Result<Vec<WelcomeLine>, Fault> {
        let keys: Vec<&str> = rows.iter().map(|row| row.new.customer.as_str()).collect();
        let known = self.store().identities_by_key(id.org, WECOM, &keys).await?;
        let names: BTreeMap<&str, &str> =
            known.iter().map(|row| (row.said.key.as_str(), row.said.name.as_str())).collect();
        let line = |row: &WelcomeRow| {
            let own = |wording: &&store::WordingRow| Some(wording.id) == row.wording;
            let customer = names.get(row.new.customer.as_str());
            let channel = row.new.channel.as_deref().filter(|state| !state.is_empty());
            WelcomeLine {
                at: row.new.added,
                customer: customer.map(|name| (*name).to_owned()).unwrap_or_default(),
                staff: staff.get(&row.new.staff).unwrap_or(&row.new.staff).clone(),
                channel: channel.map(|state| places.view(state)),
                state: row.state,
                wording: wordings.iter().find(own).map(|wording| wording.name.clone()),
                said: serde_json::from_str(&row.said).unwrap_or_default(),
            }
        };
        Ok(rows.iter().map(line).collect())
    }
}
