//! What counts as effective speech: tried on real messages, then saved (P02).

use app::console::{Denied, Trial, seen};
use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::{GroupId, May, Millis};
use insights::{IdleReason, Settings};
use report::Lang;
use serde::{Deserialize, Deserializer};

use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};

/// Messages that are tried.
const TRIED: usize = 100;

/// A message as it was judged.
pub(crate) struct TriedView {
    pub(crate) who: String,
    pub(crate) text: String,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) changed: bool,
    pub(crate) counts: bool,
}

/// What a trial gave.
pub(crate) struct TrialView {
    pub(crate) words: String,
    pub(crate) rows: Vec<TriedView>,
}

/// The page.
#[derive(Template)]
#[template(path = "console/settings/effective.html")]
pub(crate) struct EffectivePage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) may: bool,
    pub(crate) seen: i64,
    pub(crate) version: u16,
    pub(crate) form: Asked,
    /// Name, label, hint, value, and what is wrong.
    pub(crate) fields: Vec<Field>,
    pub(crate) groups: Vec<(i64, String, bool)>,
    pub(crate) trial: Option<TrialView>,
    pub(crate) progress: Option<(u32, u32)>,
}

/// A number of the form.
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) label: &'static str,
    pub(crate) hint: &'static str,
    pub(crate) value: i64,
    pub(crate) wrong: &'static str,
}

/// The form: times in minutes, but for days where it says so.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    #[serde(deserialize_with = "number")]
    pub(crate) han_min: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(crate) words_min: Option<i64>,
    /// `1`: pictures, films and voice count.
    pub(crate) media: Option<String>,
    #[serde(deserialize_with = "number")]
    pub(crate) window: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(crate) order_answer: Option<i64>,
    #[serde(deserialize_with = "number")]
    pub(crate) talk_gap: Option<i64>,
    /// In hours.
    #[serde(deserialize_with = "number")]
    pub(crate) answer_within: Option<i64>,
    /// In days.
    #[serde(deserialize_with = "number")]
    pub(crate) open_item: Option<i64>,
    pub(crate) staff: Option<String>,
    #[serde(deserialize_with = "number")]
    pub(crate) group: Option<i64>,
    pub(crate) seen: i64,
    pub(crate) done: Option<u8>,
}

impl Asked {
    fn of(settings: &Settings) -> Self {
        Self {
            han_min: Some(settings.han_min.into()),
            words_min: Some(settings.words_min.into()),
            media: settings.media_is_effective.then(|| "1".to_owned()),
            window: Some(settings.window_ms / Millis::MINUTE),
            order_answer: Some(settings.order_answer_ms / Millis::MINUTE),
            talk_gap: Some(settings.talk_gap_ms / Millis::MINUTE),
            answer_within: Some(settings.answer_within_ms / Millis::HOUR),
            open_item: Some(settings.open_item_ms / Millis::DAY),
            staff: settings.count_staff.then(|| "1".to_owned()),
            ..Self::default()
        }
    }

    /// The settings that the form says; what it leaves out stays.
    fn settings(&self, usual: &Settings) -> Settings {
        // 0 is refused below, with the name of the field.
        let small = |n: Option<i64>, or| n.map_or(or, |n| u8::try_from(n).unwrap_or(0));
        let times = |n: Option<i64>, unit: i64, or| n.map_or(or, |n| n.saturating_mul(unit));
        Settings {
            version: usual.version,
            han_min: small(self.han_min, usual.han_min),
            words_min: small(self.words_min, usual.words_min),
            media_is_effective: self.media.is_some(),
            window_ms: times(self.window, Millis::MINUTE, usual.window_ms),
            order_answer_ms: times(self.order_answer, Millis::MINUTE, usual.order_answer_ms),
            talk_gap_ms: times(self.talk_gap, Millis::MINUTE, usual.talk_gap_ms),
            answer_within_ms: times(self.answer_within, Millis::HOUR, usual.answer_within_ms),
            open_item_ms: times(self.open_item, Millis::DAY, usual.open_item_ms),
            count_staff: self.staff.is_some(),
        }
    }
}

/// A number of a form: what was left empty is not said, what is no number is one that never fits.
fn number<'de, D: Deserializer<'de>>(form: D) -> Result<Option<i64>, D::Error> {
    let typed = String::deserialize(form)?;
    let typed = typed.trim();
    Ok((!typed.is_empty()).then(|| typed.parse().unwrap_or(-1)))
}

/// `GET /settings/effective`: with a group, tries the form on its last messages.
pub(super) async fn page(
    State(house): State<House>,
    seated: Seated,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let page = effective(&house, &seated, (asked, Vec::new())).await?;
    Ok(shown(&page))
}

/// `POST /settings/effective`
pub(super) async fn save(
    State(house): State<House>,
    seated: Seated,
    Form(asked): Form<Asked>,
) -> Result<Response, Trouble> {
    let settings = asked.settings(&house.console().judge(seated.actor.org));
    match house.console().set_judge(&seated.actor, &settings, asked.seen).await {
        Ok(_) => Ok(Redirect::to("/settings/effective?done=1").into_response()),
        Err(Denied::Wrong(wrong)) => {
            let wrong = wrong.into_iter().map(|one| one.field).collect();
            let page = effective(&house, &seated, (asked, wrong)).await?;
            let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
            Ok((status, shown(&page)).into_response())
        }
        Err(denied) => Err(denied.into()),
    }
}

async fn effective(
    house: &House,
    seated: &Seated,
    (asked, mut wrong): (Asked, Vec<&'static str>),
) -> Result<EffectivePage, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let organised = console.organised(&seated.actor).await?;
    let now = organised.judge();
    let is_fresh = asked.group.is_none() && wrong.is_empty();
    let form = if is_fresh { Asked::of(&now) } else { asked.clone() };
    let mut trial = None;
    if let (Some(group), true) = (asked.group, wrong.is_empty()) {
        let tried = (&asked.settings(&now), TRIED);
        match console.try_judge(&seated.actor, GroupId(group), tried).await {
            Ok(told) => trial = Some(view(&told, l)),
            Err(Denied::Wrong(fields)) => wrong = fields.iter().map(|one| one.field).collect(),
            Err(denied) => return Err(denied.into()),
        }
    }
    let groups = console.standings(&seated.actor).await?;
    let groups =
        groups.iter().map(|one| (one.group.0, one.name.clone(), asked.group == Some(one.group.0)));
    let title = l.pick("有效发言", "Effective speech");
    let frame = Frame::of(house, seated, Place::Settings, title).await?;
    let words = l.pick("已保存，正在按新标准重算每一天。", "Saved; all days are judged anew.");
    let notice = Notice { tone: "success", words: words.to_owned(), undo: None };
    Ok(EffectivePage {
        l,
        frame: frame.saying(asked.done.map(|_| notice)),
        may: seated.actor.may(May::Own),
        seen: if is_fresh { seen(&organised.judges) } else { asked.seen },
        version: now.version,
        fields: fields(&form, &wrong, l),
        form,
        groups: groups.collect(),
        trial,
        progress: console.live().refolding(seated.actor.org).map(|far| (far.done, far.groups)),
    })
}

fn fields(form: &Asked, wrong: &[&'static str], l: Lang) -> Vec<Field> {
    let long = |n: Option<i64>| n.unwrap_or(0);
    let out = l.pick("超出了允许的范围。", "This is out of range.");
    let field = |name, value, label, hint| Field {
        name,
        label,
        hint,
        value,
        wrong: if wrong.contains(&name) { out } else { "" },
    };
    vec![
        field(
            "han_min",
            long(form.han_min),
            l.pick("最少几个汉字", "Fewest Chinese letters"),
            l.pick("少于这么多的算没说什么，问句除外", "Fewer say nothing, questions excepted"),
        ),
        field("words_min", long(form.words_min), l.pick("最少几个词（外文）", "Fewest words"), ""),
        field(
            "window",
            long(form.window),
            l.pick(
                "「扣 1」后几分钟内短句也算",
                "Minutes in which short answers count after “type 1”",
            ),
            l.pick("在这段时间里，1、好、表情都算有效", "Within them 1, OK and stickers count"),
        ),
        field(
            "order_answer",
            long(form.order_answer),
            l.pick("几分钟内紧接着说的算回应", "Minutes in which the next message is an answer"),
            "",
        ),
        field(
            "talk_gap",
            long(form.talk_gap),
            l.pick("安静几分钟后算新话题", "Minutes of silence before a new talk"),
            "",
        ),
        field(
            "answer_within",
            long(form.answer_within),
            l.pick("几小时内回应算及时", "Hours within which an answer counts"),
            "",
        ),
        field(
            "open_item",
            long(form.open_item),
            l.pick("没人回应的记几天", "Days that an open question is remembered"),
            "",
        ),
    ]
}

fn view(trial: &Trial, l: Lang) -> TrialView {
    let all = trial.rows.len().max(1);
    let share = |n: usize| n * 100 / all;
    let (before, after) = (share(trial.before), share(trial.after));
    let words = l.pick(
        format!("最近 {} 条消息里，有效的从 {before}% 变成 {after}%。", trial.rows.len()),
        format!("Of the last {} messages {before}% count now, {after}% would.", trial.rows.len()),
    );
    let rows = trial.rows.iter().map(|row| TriedView {
        who: row.who.clone(),
        text: row.text.chars().take(120).collect(),
        before: verdict(row.before, l),
        after: verdict(row.after, l),
        changed: row.before.is_ok() != row.after.is_ok(),
        counts: row.after.is_ok(),
    });
    TrialView { words, rows: rows.collect() }
}

fn verdict(judged: Result<(), IdleReason>, l: Lang) -> &'static str {
    match judged {
        Ok(()) => l.pick("有效", "Counts"),
        Err(IdleReason::Deleted) => l.pick("已删除", "Deleted"),
        Err(IdleReason::Command) => l.pick("指令", "A command"),
        Err(IdleReason::StickerOrEmoji) => l.pick("只有表情", "A sticker or emoji"),
        Err(IdleReason::Filler) => l.pick("客套或凑数", "Filler"),
        Err(IdleReason::BareMedia) => l.pick("只有图片", "A bare picture"),
        Err(IdleReason::TooShort) => l.pick("太短", "Too short"),
        Err(IdleReason::Repeated) => l.pick("重复", "Repeated"),
    }
}
