//! Service rows: who came, who went, and what else Telegram noted.

use crate::error::ImportError;
use crate::formats::json::Loose;
use crate::formats::telegram::chat::{Chat, Spot};
use crate::formats::telegram::record::Record;
use domain::{JoinManner, LeaveManner, PersonRef, ServiceKind, Sink, WarningCode, What};

/// Tells one service row.
pub(super) fn tell(
    chat: &mut Chat<'_, '_>,
    record: &Record<'_>,
    spot: Spot,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    let actor = chat.person(record.actor_id.as_ref(), record.actor.as_ref(), sink);
    let action = record.action.as_ref().map_or("", Loose::as_str);
    match action {
        "invite_members" => invited(chat, record, (spot, actor), sink),
        "join_group_by_link" => {
            let inviter = record.inviter.as_ref();
            let by = inviter.filter(|name| name.as_str() != chat.head.name);
            let by = by.and_then(|name| chat.person(None, Some(name), sink));
            join(chat, (spot, actor), What::Join { how: JoinManner::Link, by }, sink)
        }
        "join_group_by_request" => {
            let what = What::Join { how: JoinManner::Approved, by: None };
            join(chat, (spot, actor), what, sink)
        }
        "remove_members" => removed(chat, record, (spot, actor), sink),
        "create_group" => founded(chat, record, (spot, actor), sink),
        _ => {
            let what = kind(action).unwrap_or_else(|| {
                chat.warn(WarningCode::UnknownKind, spot.line, action, sink);
                ServiceKind::Other
            });
            chat.tell(spot, actor, What::Service { what }, sink)
        }
    }
}

type By = (Spot, Option<PersonRef>);

fn join(
    chat: &mut Chat<'_, '_>,
    (spot, who): By,
    what: What<'_>,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    chat.shows(|evidence| &mut evidence.joins, sink);
    chat.tell(spot, who, what, sink)
}

/// In a public group somebody who comes by himself is invited by himself.
fn invited(
    chat: &mut Chat<'_, '_>,
    record: &Record<'_>,
    (spot, actor): By,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    for member in members(record) {
        let (who, how, by) = if is_actor(record, member) {
            (actor, JoinManner::Unknown, None)
        } else {
            (named(chat, member, spot, sink), JoinManner::Invited, actor)
        };
        join(chat, (spot, who), What::Join { how, by }, sink)?;
    }
    Ok(())
}

fn removed(
    chat: &mut Chat<'_, '_>,
    record: &Record<'_>,
    (spot, actor): By,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    chat.shows(|evidence| &mut evidence.leaves, sink);
    for member in members(record) {
        let (who, how, by) = if is_actor(record, member) {
            (actor, LeaveManner::Left, None)
        } else {
            (named(chat, member, spot, sink), LeaveManner::Removed, actor)
        };
        chat.tell(spot, who, What::Leave { how, by }, sink)?;
    }
    Ok(())
}

/// The founder is a member too, listed or not.
fn founded(
    chat: &mut Chat<'_, '_>,
    record: &Record<'_>,
    (spot, actor): By,
    sink: &mut dyn Sink,
) -> Result<(), ImportError> {
    chat.founded(spot.at, sink);
    chat.tell(spot, actor, What::Service { what: ServiceKind::Founded }, sink)?;
    let how = JoinManner::Founding;
    if actor.is_some() && !members(record).any(|member| is_actor(record, member)) {
        join(chat, (spot, actor), What::Join { how, by: None }, sink)?;
    }
    for member in members(record) {
        let (who, by) = if is_actor(record, member) {
            (actor, None)
        } else {
            (named(chat, member, spot, sink), actor)
        };
        join(chat, (spot, who), What::Join { how, by }, sink)?;
    }
    Ok(())
}

fn members<'r>(record: &'r Record<'_>) -> impl Iterator<Item = Option<&'r Loose<'r>>> {
    record.members.iter().flatten().map(Option::as_ref)
}

/// A lone member without a name beside an actor without one is the actor: both stand for a
/// deleted account, and far more of those came or went by themselves than were seen to by another.
fn is_actor(record: &Record<'_>, member: Option<&Loose<'_>>) -> bool {
    let actor = record.actor.as_ref().map(Loose::as_str);
    let lone = || record.members.as_ref().is_some_and(|members| members.len() == 1);
    actor == member.map(Loose::as_str) && (actor.is_some() || record.actor_id.is_some() && lone())
}

/// The member of this name; a deleted account has none, and is counted without it.
fn named(
    chat: &mut Chat<'_, '_>,
    member: Option<&Loose<'_>>,
    spot: Spot,
    sink: &mut dyn Sink,
) -> Option<PersonRef> {
    let who = chat.person(None, member, sink);
    if who.is_none() {
        chat.warn(WarningCode::NamelessPeople, spot.line, "a deleted account", sink);
    }
    who
}

/// What a row is about; `None` for an action that is not described.
fn kind(action: &str) -> Option<ServiceKind> {
    Some(match action {
        "create_channel" => ServiceKind::Founded,
        "edit_group_title" => ServiceKind::GroupName,
        "edit_group_photo" | "delete_group_photo" => ServiceKind::GroupPicture,
        "pin_message" => ServiceKind::Pin,
        "migrate_to_supergroup" | "migrate_from_group" => ServiceKind::Moved,
        "group_call"
        | "invite_to_group_call"
        | "group_call_scheduled"
        | "phone_call"
        | "conference_call" => ServiceKind::Call,
        "set_messages_ttl"
        | "edit_chat_theme"
        | "set_chat_wallpaper"
        | "set_same_chat_wallpaper"
        | "paid_messages_price_change" => ServiceKind::Setting,
        "topic_created" | "topic_edit" => ServiceKind::Thread,
        "bot_allowed" | "attach_menu_bot_allowed" | "web_app_bot_allowed" => ServiceKind::Bot,
        "clear_history"
        | "score_in_game"
        | "send_payment"
        | "take_screenshot"
        | "custom_action"
        | "proximity_reached"
        | "boost_apply"
        | "giveaway_launch"
        | "giveaway_results"
        | "requested_peer"
        | "requested_phone_number"
        | "send_passport_values"
        | "suggest_profile_photo"
        | "send_premium_gift"
        | "gift_code_prize"
        | "send_star_gift"
        | "allow_sending_messages"
        | "send_webview_data"
        | "paid_messages_refund"
        | "todo_completions"
        | "todo_append_tasks"
        | "joined_telegram"
        | "refunded_payment"
        | "send_stars_gift"
        | "send_ton_gift"
        | "stars_prize"
        | "process_suggested_post"
        | "suggested_post_success"
        | "suggested_post_refund"
        | "join_group_by_unknown"
        // A bot's own wording: the row has "information_text" and no action.
        | "" => ServiceKind::Other,
        _ => return None,
    })
}
