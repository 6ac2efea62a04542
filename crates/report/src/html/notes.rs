//! The small print: what the data cannot show, all definitions, warnings, settings.

use crate::Lang;
use crate::definitions::defined;
use crate::html::Eye;
use crate::html::figures::{Definition, definition};
use crate::html::top::made_at;
use crate::speech::{clean, count, cut, decimal, duration};
use crate::words;
use askama::Template;
use insights::{Figure, Overview, Settings};

/// What this data cannot show, and why.
#[derive(Template)]
#[template(path = "notes/limits.html")]
pub(super) struct Limits {
    l: Lang,
    told: Vec<(&'static str, &'static str, &'static str)>,
    connections: bool,
    missing: Vec<(&'static str, Vec<&'static str>)>,
    few: Vec<&'static str>,
}

impl Limits {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let (l, evidence) = (eye.lang, overview.evidence);
        let told = [
            (l.pick("聊天", "Messages"), evidence.messages),
            (l.pick("进群", "Joins"), evidence.joins),
            (l.pick("退群", "Leaves"), evidence.leaves),
            (l.pick("回复关系", "Reply links"), evidence.replies),
            (l.pick("表情回应", "Reactions"), evidence.reactions),
        ];
        let mut missing: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut few = Vec::new();
        for figure in defined(overview) {
            match figure.now() {
                Figure::Unknown(why) => {
                    let why = words::missing(*why, l);
                    match missing.iter_mut().find(|(known, _)| *known == why) {
                        Some((_, names)) => names.push(figure.name(l)),
                        None => missing.push((why, vec![figure.name(l)])),
                    }
                }
                Figure::TooFew { .. } => few.push(figure.name(l)),
                Figure::Known { .. } => {}
            }
        }
        Self {
            l,
            told: told
                .map(|(what, extent)| (what, words::extent(extent, l), words::extent_code(extent)))
                .into(),
            connections: evidence.joins_are_connections,
            missing,
            few,
        }
    }
}

/// Every definition.
#[derive(Template)]
#[template(path = "notes/definitions.html")]
pub(super) struct Definitions {
    l: Lang,
    all: Vec<(&'static str, &'static str, Definition)>,
}

impl Definitions {
    pub(super) fn of(eye: &Eye<'_>, overview: &Overview) -> Self {
        let all = defined(overview).into_iter().map(|figure| {
            (figure.measured.code, figure.name(eye.lang), definition(&figure, eye.lang))
        });
        Self { l: eye.lang, all: all.collect() }
    }
}

/// Warnings, settings, and how the report was made.
#[derive(Template)]
#[template(path = "notes/colophon.html")]
pub(super) struct Colophon {
    l: Lang,
    warnings: Vec<Warned>,
    version: u16,
    settings: Vec<(&'static str, String)>,
    made_at: String,
}

struct Warned {
    words: &'static str,
    count: String,
    examples: Vec<(String, String)>,
}

impl Colophon {
    pub(super) fn of(eye: &Eye<'_>) -> Self {
        let community = eye.community;
        let warnings = community.warnings.iter().map(|warning| Warned {
            words: words::warning(warning.code, eye.lang),
            count: count(warning.count as f64),
            examples: warning
                .examples
                .iter()
                .take(5)
                .map(|(place, what)| (cut(&clean(place), 80), cut(&clean(what), 80)))
                .collect(),
        });
        Self {
            l: eye.lang,
            warnings: warnings.collect(),
            version: community.settings.version,
            settings: settings(&community.settings, eye.lang),
            made_at: made_at(eye),
        }
    }
}

fn settings(settings: &Settings, l: Lang) -> Vec<(&'static str, String)> {
    let wait = |ms: i64| duration(ms as f64, l);
    let yes = |flag: bool| if flag { l.pick("是", "yes") } else { l.pick("否", "no") }.to_owned();
    vec![
        (
            l.pick("有效发言至少几个汉字", "Fewest Han characters of effective speech"),
            decimal(f64::from(settings.han_min), 0),
        ),
        (
            l.pick("有效发言至少几个单词（非汉字）", "Fewest words of effective speech"),
            decimal(f64::from(settings.words_min), 0),
        ),
        (
            l.pick("没有文字的图片、语音算有效", "Media without words is effective"),
            yes(settings.media_is_effective),
        ),
        (
            l.pick("“扣 1”之后短回复算有效的时长", "Short answers count after a call for them"),
            wait(settings.window_ms),
        ),
        (
            l.pick(
                "没有回复关系时，多久之内的下一句算接话",
                "Next message read as an answer within",
            ),
            wait(settings.order_answer_ms),
        ),
        (
            l.pick("安静多久之后算新话题", "Silence after which a new talk begins"),
            wait(settings.talk_gap_ms),
        ),
        (
            l.pick("多久之内回答才计入解答率", "An answer counts within"),
            wait(settings.answer_within_ms),
        ),
        (l.pick("管理员也算成员", "Staff count as members"), yes(settings.count_staff)),
    ]
}
