//! The XML of an event, as the platform writes it.

use std::fmt::Write as _;

use crate::wecom::books::{ContactNews, Event, GroupNews, Moved, What};

/// The opened text of a callback for this company and app.
pub(crate) fn xml(corp: &str, agent: i64, event: &Event) -> String {
    let mut page = Page(String::from("<xml>"));
    page.text("ToUserName", corp);
    let from = if let What::Card { staff, .. } = &event.what { staff } else { "sys" };
    page.text("FromUserName", from);
    page.number("CreateTime", event.at.0.div_euclid(1_000));
    page.text("MsgType", "event");
    match &event.what {
        What::Contact { staff, customer, change } => contact(&mut page, staff, customer, change),
        What::Group { chat, change } => group(&mut page, chat, change),
        What::Tag { id, kind, change } => {
            page.text("Event", "change_external_tag");
            page.text("Id", id);
            if *change != "shuffle" {
                page.text("TagType", kind);
            }
            page.text("ChangeType", change);
        }
        What::Card { .. } => card(&mut page, agent, &event.what),
        What::App { event, effect } => {
            page.text("Event", event);
            page.number("AgentID", agent);
            if let Some(effect) = effect {
                page.number("EffectTime", effect.0.div_euclid(1_000));
            }
        }
    }
    page.0.push_str("</xml>");
    page.0
}

struct Page(String);

impl Page {
    /// Text goes into CDATA; `]]>` inside is split over two.
    fn text(&mut self, name: &str, text: &str) {
        let safe = text.replace("]]>", "]]]]><![CDATA[>");
        // Writing into a string cannot fail.
        let _ = write!(self.0, "<{name}><![CDATA[{safe}]]></{name}>");
    }

    fn texts(&mut self, name: &str, texts: &[String]) {
        for text in texts {
            self.text(name, text);
        }
    }

    fn number(&mut self, name: &str, number: i64) {
        let _ = write!(self.0, "<{name}>{number}</{name}>");
    }

    fn inside(&mut self, name: &str, fill: impl FnOnce(&mut Self)) {
        let _ = write!(self.0, "<{name}>");
        fill(self);
        let _ = write!(self.0, "</{name}>");
    }
}

fn contact(page: &mut Page, staff: &str, customer: &str, change: &ContactNews) {
    page.text("Event", "change_external_contact");
    page.text("ChangeType", contact_word(change));
    if let ContactNews::TransferFailed(reason) = change {
        page.text("FailReason", reason);
    }
    page.text("UserID", staff);
    page.text("ExternalUserID", customer);
    match change {
        ContactNews::Added { state, welcome, .. } => {
            for (name, text) in [("State", state), ("WelcomeCode", welcome)] {
                if let Some(text) = text {
                    page.text(name, text);
                }
            }
        }
        ContactNews::Dropped { by_transfer: true } => page.text("Source", "DELETE_BY_TRANSFER"),
        _ => {}
    }
}

fn contact_word(change: &ContactNews) -> &'static str {
    match change {
        ContactNews::Added { half: false, .. } => "add_external_contact",
        ContactNews::Added { half: true, .. } => "add_half_external_contact",
        ContactNews::Edited => "edit_external_contact",
        ContactNews::Dropped { .. } => "del_external_contact",
        ContactNews::Left => "del_follow_user",
        ContactNews::TransferFailed(_) => "transfer_fail",
    }
}

fn group(page: &mut Page, chat: &str, change: &GroupNews) {
    page.text("Event", "change_external_chat");
    page.text("ChatId", chat);
    let detail = match change {
        GroupNews::Created => return page.text("ChangeType", "create"),
        GroupNews::Dismissed => return page.text("ChangeType", "dismiss"),
        GroupNews::Joined(_) => "add_member",
        GroupNews::Gone(_) => "del_member",
        GroupNews::Owner => "change_owner",
        GroupNews::Name => "change_name",
        GroupNews::Notice => "change_notice",
    };
    page.text("ChangeType", "update");
    page.text("UpdateDetail", detail);
    match change {
        GroupNews::Joined(moved) => {
            page.number("JoinScene", i64::from(moved.scene));
            people(page, moved);
        }
        GroupNews::Gone(moved) => {
            page.number("QuitScene", i64::from(moved.scene));
            people(page, moved);
        }
        _ => {}
    }
}

fn people(page: &mut Page, moved: &Moved) {
    page.number("MemChangeCnt", i64::try_from(moved.people.len()).unwrap_or(0));
    page.inside("MemChangeList", |list| list.texts("Item", &moved.people));
    page.text("LastMemVer", &moved.before);
    page.text("CurMemVer", &moved.after);
}

fn card(page: &mut Page, agent: i64, what: &What) {
    let What::Card { key, task, card, response, chosen, .. } = what else { return };
    page.text("Event", "template_card_event");
    page.text("EventKey", key);
    page.text("TaskId", task);
    page.text("CardType", card);
    page.text("ResponseCode", response);
    page.number("AgentID", agent);
    if chosen.is_empty() {
        return;
    }
    page.inside("SelectedItems", |items| {
        for (question, options) in chosen {
            items.inside("SelectedItem", |item| {
                item.text("QuestionKey", question);
                item.inside("OptionIds", |ids| ids.texts("OptionId", options));
            });
        }
    });
}
