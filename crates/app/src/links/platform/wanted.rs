//! What has to be on the platform for the codes as they are. Pure.
//!
//! A placement has one code of the platform's own for groups: the five groups that are entered
//! next, the next one first. When one fills it is overwritten with the next five, so that a chain
//! of any length stands behind a picture that never changes. For staff there is one for each
//! person, because only then the shares are ours.

use std::collections::BTreeMap;

use chat::wecom::calls::contacts::{Behind, NewContactWay, Scene, WAY_REMARK_CHARS_MAX};
use chat::wecom::calls::groups::{JoinWay, WhenFull};
use engine::links::Chain;
use serde_json::json;

use crate::links::ground::{Ground, WayKey};
use crate::links::plan::{Plan, Series};

/// What one of the platform's codes is to be set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::links) enum Wanted {
    /// For groups.
    Join(JoinWay),
    /// For somebody of staff.
    Contact(NewContactWay),
    /// As it is: nothing better is known.
    Kept,
}

impl Wanted {
    /// The same as a text, to see whether the platform was told it.
    pub(in crate::links) fn told(&self) -> String {
        match self {
            Self::Kept => String::new(),
            Self::Join(way) => {
                let (name, number) = match &way.full {
                    WhenFull::Stop => ("", 0),
                    WhenFull::Another { name, number } => (name.as_str(), *number),
                };
                let told = json!({
                    "chats": way.chat_id_list, "remark": way.remark, "next": [name, number],
                });
                told.to_string()
            }
            Self::Contact(way) => {
                json!({ "remark": way.remark, "skips": way.skip_verify }).to_string()
            }
        }
    }
}

/// Every code that is wanted on the platform, with its company.
pub(in crate::links) fn wanted(ground: &Ground) -> BTreeMap<WayKey, (i64, Wanted)> {
    let mut all = BTreeMap::new();
    for row in ground.placements.iter().filter(|row| row.closed.is_none()) {
        let Some((own, plan)) = ground.open(row.code) else { continue };
        for code in plan.through(row.code) {
            let Some((target, plan)) = ground.open(code) else { continue };
            let Some(company) = target.said.company else { continue };
            let remark = format!("{} · {}", own.said.name, row.said.name);
            let remark: String = remark.chars().take(WAY_REMARK_CHARS_MAX).collect();
            let key = |userid: &str| (row.id, code, userid.to_owned());
            if let Plan::Groups { chain, series, .. } = plan {
                let series = series.as_ref();
                let (remark, state) = (remark.clone(), row.slug.clone());
                let way = match join(ground, company, (chain, series)) {
                    Some(way) => Wanted::Join(JoinWay { remark, state, ..way }),
                    None => Wanted::Kept,
                };
                all.insert(key(""), (company, way));
            }
            let skip_verify = !matches!(plan, Plan::Staff { skips_verify: false, .. });
            for userid in plan.people() {
                let way = NewContactWay {
                    behind: Behind::One(userid.to_owned()),
                    scene: Scene::Code,
                    remark: remark.clone(),
                    state: row.slug.clone(),
                    skip_verify,
                    is_exclusive: false,
                };
                let way = if ground.is_there(Some(company), userid) {
                    Wanted::Contact(way)
                } else {
                    Wanted::Kept
                };
                all.insert(key(userid), (company, way));
            }
        }
    }
    all
}

/// The next five groups; `None` when no group has room: the platform keeps what it was told, and
/// makes the next group itself or says that all are full.
fn join(
    ground: &Ground,
    company: i64,
    (chain, series): (&Chain, Option<&Series>),
) -> Option<JoinWay> {
    let run = chain.run(&ground.chain_now(Some(company), chain));
    let chats = run.iter().filter_map(|place| chain.links.get(*place));
    let chat_id_list: Vec<String> = chats.map(|link| link.chat.clone()).collect();
    let full = match series {
        None => WhenFull::Stop,
        Some(Series { name, number }) => WhenFull::Another { name: name.clone(), number: *number },
    };
    let (remark, state) = (String::new(), String::new());
    (!chat_id_list.is_empty()).then_some(JoinWay {
        scene: Scene::Code,
        remark,
        full,
        chat_id_list,
        state,
    })
}
