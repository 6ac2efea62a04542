//! What was done just now, or why not, above the page of a hand-over.

use app::links::Swapped;
use app::wecom::Begun;
use report::Lang;
use serde::Deserialize;

use crate::console::Notice;
use crate::console::wecom::handover::words::{kept, live_codes, wrong_words};
use crate::words::times;

/// What was done just now, or why not, as the address of the page says it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Told {
    done: String,
    wrong: String,
    /// Codes that lead to the taker now, and those that could not be changed.
    codes: String,
    codes_stuck: String,
    /// What went here, what did not, and why.
    groups: String,
    tasks: String,
    notes: String,
    here_stuck: String,
    why: String,
    /// Groups whose chats they are still in.
    seats: String,
}

/// What was begun, for the address.
pub(super) fn begun(begun: &Begun) -> String {
    let mut fields = vec![("done", "begun".to_owned())];
    fields.extend(counted(&begun.codes));
    if let Some(here) = &begun.here {
        let stuck = u32::try_from(here.stuck.len()).unwrap_or(u32::MAX);
        let counts = [
            ("groups", here.groups),
            ("tasks", here.tasks),
            ("notes", here.notes),
            ("here_stuck", stuck),
            ("seats", here.seats),
        ];
        let some = counts.into_iter().filter(|(_, count)| *count > 0);
        fields.extend(some.map(|(field, count)| (field, count.to_string())));
        fields.extend(here.stuck.first().map(|(_, why)| ("why", (*why).to_owned())));
    }
    serde_urlencoded::to_string(fields).unwrap_or_default()
}

/// What came of codes, for the address.
pub(super) fn swapped(came: &Swapped) -> String {
    let mut fields = vec![("done", "led".to_owned())];
    fields.extend(counted(came));
    serde_urlencoded::to_string(fields).unwrap_or_default()
}

fn counted(came: &Swapped) -> Vec<(&'static str, String)> {
    let counts = [("codes", came.done.len()), ("codes_stuck", came.stuck.len())];
    let some = counts.into_iter().filter(|(_, count)| *count > 0);
    some.map(|(field, count)| (field, count.to_string())).collect()
}

impl Told {
    /// The words above the page.
    pub(super) fn notice(&self, l: Lang) -> Option<Notice> {
        let (tone, words) = match (self.done.as_str(), self.wrong.as_str()) {
            (_, "nothing") => {
                let words =
                    l.pick("没有需要重新提交的了。", "There is nothing left to ask for anew.");
                ("info", words.to_owned())
            }
            (_, code) if !code.is_empty() => ("danger", wrong_words(code, l).to_owned()),
            ("begun" | "led", _) => self.begun(l),
            ("cancelled", _) => {
                let words = l.pick(
                    "没提交的都取消了；已经提交的会继续，下面看得到结果。",
                    "What was not asked for is off the list; the rest goes on and is told below.",
                );
                ("success", words.to_owned())
            }
            ("retaken", _) => {
                ("success", l.pick("已重新提交。", "It is being asked for anew.").to_owned())
            }
            _ => return None,
        };
        Some(Notice { tone, words, undo: None })
    }

    fn begun(&self, l: Lang) -> (&'static str, String) {
        let of = |text: &str| text.parse::<u64>().unwrap_or(0);
        let mut said = Vec::new();
        if self.done == "begun" {
            let words = l.pick(
                "已开始交接，可以离开这一页，系统会一直跟到完成。",
                "It has begun. You may leave this page: it is followed to the end.",
            );
            said.push(words.to_owned());
        }
        let (led, stuck) = (of(&self.codes), of(&self.codes_stuck));
        if led > 0 {
            let many = live_codes(led, l);
            said.push(l.pick(
                format!("{many}已改为指向接手人，印出去的码不用换。"),
                format!("{many} lead to the taker now; what is printed stays."),
            ));
        }
        if stuck > 0 {
            let many = live_codes(stuck, l);
            said.push(l.pick(
                format!("{many}没改成，刚被别人改过或关掉了：还开着的在下面，再改一次。"),
                format!("{many} could not be changed, somebody was at them: see below, try again."),
            ));
        }
        let (groups, notes) = (of(&self.groups), of(&self.notes));
        let gone = kept(groups, of(&self.tasks), notes, l);
        if groups + notes > 0 {
            said.push(l.pick(
                format!("活群里的 {gone}已交接。"),
                format!("{gone} kept here were handed over."),
            ));
        }
        let left = of(&self.here_stuck);
        if left > 0 {
            said.push(self.left_here(left, l));
        }
        let seats = of(&self.seats);
        if seats > 0 {
            let many = times(seats, l, "个群", ["group", "groups"]);
            said.push(l.pick(
                format!("{many}的群聊还没退出，系统会自动再试。"),
                format!("The chats of {many} are not left yet: tried again by itself."),
            ));
        }
        let tone = if stuck + left > 0 { "warning" } else { "success" };
        (tone, said.join(l.pick("", " ")))
    }

    fn left_here(&self, left: u64, l: Lang) -> String {
        let why = if self.why == "taker" {
            l.pick("接手的同事接不了（已停用或只能查看）", "who was to take them cannot")
        } else {
            l.pick("没有存下", "they were not kept")
        };
        let many = times(left, l, "项", ["thing", "things"]);
        l.pick(
            format!("活群里有 {many}没交成：{why}。还在 TA 名下的列在下面。"),
            format!("{many} here did not go: {why}. What is still theirs stands below."),
        )
    }
}

#[cfg(test)]
pub(super) mod samples {
    use super::Told;

    /// Everything that can have been done.
    pub(in crate::console::wecom::handover) fn all() -> Vec<Told> {
        let one = |done: &str, wrong: &str, why: &str| Told {
            done: done.to_owned(),
            wrong: wrong.to_owned(),
            why: why.to_owned(),
            codes: "2".to_owned(),
            codes_stuck: "1".to_owned(),
            groups: "3".to_owned(),
            tasks: "5".to_owned(),
            notes: "1".to_owned(),
            here_stuck: "2".to_owned(),
            seats: "1".to_owned(),
        };
        vec![
            one("begun", "", "taker"),
            one("begun", "", "database"),
            one("led", "", ""),
            one("cancelled", "", ""),
            one("retaken", "", ""),
            one("", "nothing", ""),
            one("", "no_codes", ""),
        ]
    }
}
