//! The demonstration: an organisation of its own, filled while it is looked at.

use crate::cli::DemoArgs;
use crate::failure::Failure;
use crate::output::Output;
use ::report::Lang;
use app::wecom::WECOM;
use domain::OrgId;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rehearsal::fill::{Follow, Progress, Unfilled, Venue, Wanted, fill};
use store::Store;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The organisation of the demonstration, made when it is not there.
pub(super) async fn organisation(store: &Store, lang: Lang) -> Result<OrgId, Failure> {
    let all = store.organisations().await.map_err(app::Fault::from)?;
    if let Some(demo) = all.into_iter().find(|one| one.demo) {
        return Ok(demo.id);
    }
    let name = lang.pick("演示企业", "Demo organisation");
    Ok(store.add_demo_organisation(name).await.map_err(app::Fault::from)?)
}

/// Removes every demonstration; how many rows, or `None` when there is none. Groups that somebody
/// opened there by hand go only when that is said.
pub(super) async fn wipe(store: &Store, all: bool) -> Result<Option<u64>, Failure> {
    let organisations = store.organisations().await.map_err(app::Fault::from)?;
    let demos: Vec<OrgId> = organisations.iter().filter(|one| one.demo).map(|one| one.id).collect();
    let mut by_hand = Vec::new();
    for demo in &demos {
        let groups = store.live_groups(*demo).await.map_err(app::Fault::from)?;
        let practised = practises(store, *demo).await?;
        let made_up = |group: &store::LiveGroupRow| {
            rehearsal::fill::is_rehearsed(&group.key) || practised && group.platform == WECOM
        };
        let opened = groups.into_iter().filter(|group| !made_up(group));
        by_hand.extend(opened.map(|group| group.name));
    }
    if !all && !by_hand.is_empty() {
        return Err(Failure::OpenedByHand(by_hand));
    }
    let mut removed = None;
    for demo in demos {
        let rows = store.wipe_organisation(demo).await.map_err(app::Fault::from)?;
        removed = Some(removed.unwrap_or(0) + rows);
    }
    Ok(removed)
}

/// Whether every company that was connected here is one to practise on: on this machine.
async fn practises(store: &Store, org: OrgId) -> Result<bool, Failure> {
    let companies = store.wecom_accounts(org).await.map_err(app::Fault::from)?;
    Ok(companies.iter().all(|one| one.access.api.starts_with("http://")))
}

/// The crowd at work beside the program.
pub(super) struct Crowd {
    stop: watch::Sender<bool>,
    work: JoinHandle<()>,
}

impl Crowd {
    /// Fills the organisation while it is looked at, and then keeps part of it talking.
    pub(super) fn start(venue: Venue, args: &DemoArgs, lang: Lang) -> Self {
        let (stop, stopped) = watch::channel(false);
        let wanted = Wanted { seed: args.seed, groups: args.groups, days: args.days };
        let work = tokio::spawn(live(venue, (wanted, args.quiet, lang), stopped));
        Self { stop, work }
    }

    /// Sends everybody home; what was said stays.
    pub(super) async fn end(self) {
        self.stop.send_replace(true);
        // A crowd that failed has said so and is gone.
        let _gone = self.work.await;
    }
}

async fn live(
    venue: Venue,
    (wanted, quiet, lang): (Wanted, bool, Lang),
    stopped: watch::Receiver<bool>,
) {
    let mut filling = Filling::new(wanted.groups, lang, stopped.clone());
    let filled = fill(venue, wanted, &mut filling).await;
    filling.bar.finish_and_clear();
    match filled {
        Ok(company) => {
            let (groups, told) = (company.progress.groups, company.progress.told);
            Output::remark(&match lang {
                Lang::Zh => {
                    format!("演示数据已就绪：{groups} 个群，{told} 条记录。删除用 huoqun wipe-demo")
                }
                Lang::En => {
                    format!(
                        "the demo is ready: {groups} groups, {told} facts. Remove it with huoqun wipe-demo"
                    )
                }
            });
            if !quiet && let Err(refused) = company.live(stopped).await {
                Output::incident("demo", &refused.to_string());
            }
        }
        Err(Unfilled::Stopped) => {}
        Err(fault) => Output::incident("demo", &fault.to_string()),
    }
}

/// Shows how far the fill is.
struct Filling {
    bar: ProgressBar,
    stopped: watch::Receiver<bool>,
}

impl Filling {
    fn new(groups: u32, lang: Lang, stopped: watch::Receiver<bool>) -> Self {
        let bar =
            ProgressBar::with_draw_target(Some(u64::from(groups)), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{prefix} {bar:32} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        bar.set_prefix(lang.pick("演示群", "Demo groups"));
        Self { bar, stopped }
    }
}

impl Follow for Filling {
    fn further(&mut self, progress: Progress) {
        self.bar.set_position(u64::from(progress.groups_done));
        self.bar.set_message(progress.told.to_string());
    }

    fn goes_on(&self) -> bool {
        !*self.stopped.borrow()
    }
}
