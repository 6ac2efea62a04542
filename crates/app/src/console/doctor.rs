//! Whether everything is well: what is looked at, what was found, what to do.
//!
//! Invariant: looking changes nothing, and each finding that is not well has a remedy in words.

use domain::{Actor, May, OrgId};
use report::Lang;

use crate::console::{Console, Denied, allowed};
use crate::error::Fault;

/// Rows that are counted, at most.
const COUNTED: u32 = 1_000;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As it should be.
    Well,
    /// Somebody should look at it.
    Look,
    /// Something does not work.
    Broken,
}

/// Something that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Stable code, in snake case.
    pub code: &'static str,
    /// How bad it is.
    pub tone: Tone,
    /// How many of it; 0 where there is nothing to count.
    pub count: u64,
}

impl Finding {
    fn of(code: &'static str, (count, bad): (u64, Tone)) -> Self {
        Self { code, tone: if count == 0 { Tone::Well } else { bad }, count }
    }

    /// What was looked at.
    pub fn title(&self, l: Lang) -> &'static str {
        match self.code {
            "database" => l.pick("数据库能用", "The database answers"),
            "pages_behind" => l.pick("数据跟得上消息", "Figures keep up with messages"),
            "tiers_behind" => l.pick("跨群汇总跟得上", "Sums over all groups keep up"),
            "set_aside" => l.pick("没有处理失败的消息", "Nothing was set aside"),
            "judging_anew" => {
                l.pick("有效发言标准已用到每一天", "All days are judged by what counts now")
            }
            _ => l.pick("有负责人能登录", "An owner can come in"),
        }
    }

    /// What to do; empty when it is well.
    pub fn remedy(&self, l: Lang) -> String {
        let count = self.count;
        match (self.tone, self.code) {
            (Tone::Well, _) => String::new(),
            (_, "database") => l.pick(
                "数据库没有回应。看看数据库服务或磁盘在不在、有没有空间；恢复后这里会自己好。",
                "It does not answer. See whether its server or disk is there and has room; this mends itself when it is back.",
            ).to_owned(),
            (_, "pages_behind") => l.pick(
                format!("{count} 个群的数据还没算完，一般几秒就好；一直不变就重启 huoqun，还不行就运行 huoqun rebuild。"),
                format!("The figures of {count} groups are behind. Seconds are usual; if it stays, start huoqun again, then try huoqun rebuild."),
            ),
            (_, "tiers_behind") => l.pick(
                format!("还有 {count} 个群日没汇总，刚导入或刚启动时正常，等一会儿再看。"),
                format!("{count} days of groups wait to be summed. That is usual after an import or a start: look again in a while."),
            ),
            (_, "set_aside") => l.pick(
                format!("{count} 条没能处理，放在一边了。在「今日」里可以重试或丢弃。"),
                format!("{count} could not be processed and were set aside. Try them again or drop them on Today."),
            ),
            (_, "judging_anew") => l.pick(
                "正在后台按新标准重算，不用做什么。",
                "Days are being judged anew in the background: nothing is to be done.",
            ).to_owned(),
            _ => l.pick(
                "还没有负责人。在服务器上运行 huoqun admin create。",
                "There is no owner. Run huoqun admin create on the server.",
            ).to_owned(),
        }
    }
}

impl Console {
    /// Looks at everything.
    pub async fn examine(&self, actor: &Actor) -> Result<Vec<Finding>, Denied> {
        allowed(actor, May::Look)?;
        let org = actor.org;
        match self.examined(org).await {
            Ok(findings) => Ok(findings),
            Err(_away) => Ok(vec![Finding::of("database", (1, Tone::Broken))]),
        }
    }

    /// Whether requests can be answered: the database does.
    pub async fn is_ready(&self, org: OrgId) -> bool {
        self.store().settings(org).await.is_ok()
    }

    async fn examined(&self, org: OrgId) -> Result<Vec<Finding>, Fault> {
        let store = self.store();
        let behind = store.behind(org).await?.len() as u64;
        let stale = store.stale_days(org, COUNTED).await?.len() as u64;
        let aside = store.set_aside_rows(org, COUNTED).await?.len() as u64;
        let owner = store.has_owner(org).await?;
        let judging = u64::from(self.live().refolding(org).is_some());
        Ok(vec![
            Finding::of("database", (0, Tone::Broken)),
            Finding::of("owner", (u64::from(!owner), Tone::Broken)),
            Finding::of("set_aside", (aside, Tone::Look)),
            Finding::of("pages_behind", (behind, Tone::Look)),
            Finding::of("tiers_behind", (stale, Tone::Look)),
            Finding::of("judging_anew", (judging, Tone::Look)),
        ])
    }
}
