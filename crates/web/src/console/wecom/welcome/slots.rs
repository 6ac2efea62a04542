//! Things beside the words on a page: the fields of each, and how the customer sees it.

use app::console::FieldError;
use app::wecom::{MediumRow, SLOTS};
use engine::welcome::Beside;
use report::Lang;

use crate::console::wecom::welcome::words::slot_fault;

/// A line of text of a thing.
pub(crate) struct LineView {
    pub(crate) slot: String,
    pub(crate) label: &'static str,
    pub(crate) value: String,
    pub(crate) hint: &'static str,
}

/// A thing beside the words, as it is written.
pub(crate) struct SlotView {
    pub(crate) at: usize,
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) lines: Vec<LineView>,
    /// Files to choose from, where it needs one: number, name, whether it is chosen.
    pub(crate) files: Option<Vec<(i64, String, bool)>>,
    pub(crate) wrong: &'static str,
}

/// A thing beside the words, as the customer sees it.
pub(crate) struct CardView {
    pub(crate) kind: &'static str,
    pub(crate) title: String,
    pub(crate) below: String,
    /// Address of its picture; empty for none.
    pub(crate) picture: String,
}

/// The kinds, with what they are called.
pub(super) fn kinds(l: Lang) -> [(&'static str, &'static str); 5] {
    ["image", "link", "app", "video", "file"].map(|kind| (kind, kind_word(kind, l)))
}

/// What a kind is called.
pub(super) fn kind_word(kind: &str, l: Lang) -> &'static str {
    match kind {
        "image" => l.pick("图片", "Picture"),
        "link" => l.pick("链接", "Link"),
        "app" => l.pick("小程序", "Mini-program"),
        "video" => l.pick("视频", "Film"),
        _ => l.pick("文件", "File"),
    }
}

/// The fields of all things.
pub(super) fn slots(
    beside: &[Beside],
    media: &[MediumRow],
    (wrong, l): (&[FieldError], Lang),
) -> Vec<SlotView> {
    let of = |(at, (field, one)): (usize, (&&'static str, &Beside))| {
        let code = wrong.iter().find(|error| error.field == *field).map(|error| error.code);
        SlotView {
            at,
            kind: one.word(),
            title: kind_word(one.word(), l),
            lines: lines(at, one, l),
            files: one.medium().map(|chosen| files(one, chosen, media)),
            wrong: code.map_or("", |code| slot_fault(one.word(), code, l)),
        }
    };
    SLOTS.iter().zip(beside).enumerate().map(of).collect()
}

fn lines(at: usize, beside: &Beside, l: Lang) -> Vec<LineView> {
    let line = |name: &str, label, value: &String, hint| LineView {
        slot: format!("b{at}_{name}"),
        label,
        value: value.clone(),
        hint,
    };
    match beside {
        Beside::Link { title, desc, url, picture } => vec![
            line(
                "title",
                l.pick("标题", "Title"),
                title,
                l.pick("最多 42 个汉字", "At most 128 bytes"),
            ),
            line("url", l.pick("链接地址", "Address"), url, "https://"),
            line("desc", l.pick("描述", "Line below"), desc, l.pick("可不填", "May be empty")),
            line(
                "picture",
                l.pick("封面图地址", "Address of a picture"),
                picture,
                l.pick("可不填；填外网能打开的图片地址", "May be empty; one that opens everywhere"),
            ),
        ],
        Beside::App { title, appid, page, .. } => vec![
            line(
                "title",
                l.pick("标题", "Title"),
                title,
                l.pick("最多 21 个汉字", "At most 64 bytes"),
            ),
            line(
                "appid",
                "AppID",
                appid,
                l.pick(
                    "wx 开头；要先在「管理后台 → 应用管理 → 小程序」关联",
                    "It begins with wx and has to be linked in the admin console",
                ),
            ),
            line(
                "page",
                l.pick("页面路径", "Page"),
                page,
                l.pick("例：pages/index/index.html", "Such as pages/index/index.html"),
            ),
        ],
        _ => Vec::new(),
    }
}

/// Files that fit.
fn files(beside: &Beside, chosen: i64, media: &[MediumRow]) -> Vec<(i64, String, bool)> {
    let kind = if beside.word() == "app" { "image" } else { beside.word() };
    let fitting = media.iter().rev().filter(|medium| medium.kind == kind);
    fitting.map(|medium| (medium.id, medium.name.clone(), medium.id == chosen)).collect()
}

/// How customers see things.
pub(super) fn cards(
    beside: &[Beside],
    media: &[MediumRow],
    (account, l): (i64, Lang),
) -> Vec<CardView> {
    let file = |nth: i64| media.iter().find(|medium| medium.id == nth);
    let picture = |nth: i64| {
        let own = file(nth).filter(|medium| medium.kind == "image");
        own.map_or(String::new(), |_| format!("/settings/wecom/{account}/media/{nth}"))
    };
    let name = |nth: i64| {
        let none = || l.pick("（还没选）", "(none chosen)").to_owned();
        file(nth).map_or_else(none, |medium| medium.name.clone())
    };
    let card = |one: &Beside| {
        let kind = one.word();
        let (title, below, picture) = match one {
            Beside::Image { medium } => (name(*medium), String::new(), picture(*medium)),
            Beside::Link { title, desc, .. } => (title.clone(), desc.clone(), String::new()),
            Beside::App { title, medium, .. } => {
                (title.clone(), kind_word(kind, l).to_owned(), picture(*medium))
            }
            Beside::Video { medium } | Beside::File { medium } => {
                (name(*medium), kind_word(kind, l).to_owned(), String::new())
            }
        };
        CardView { kind, title, below, picture }
    };
    beside.iter().map(card).collect()
}
