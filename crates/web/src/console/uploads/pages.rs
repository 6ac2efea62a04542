//! The list of imports, an upload at each of its stages, an import with its undoing.

use app::Phase;
use app::console::{
    ImportState, Outcome, PastImport, Progress, Recognised, Upload, UploadAsked, UploadState,
};
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use domain::{May, Millis, Zone};
use report::Lang;
use serde::Deserialize;

use crate::console::{Frame, Notice, Place, Seated};
use crate::house::House;
use crate::trouble::{Trouble, shown};
use crate::words::{moment, number};

/// An import in the list.
pub(crate) struct ImportView {
    pub(crate) href: String,
    pub(crate) number: i64,
    pub(crate) files: String,
    pub(crate) when: String,
    pub(crate) format: String,
    pub(crate) facts: String,
    pub(crate) groups: Vec<String>,
    pub(crate) duplicates: String,
    /// `whole`, `undone` or `pending`.
    pub(crate) state: &'static str,
}

/// An upload in the list.
pub(crate) struct UploadRow {
    pub(crate) href: String,
    pub(crate) files: String,
    pub(crate) when: String,
    pub(crate) state: &'static str,
}

/// The list.
#[derive(Template)]
#[template(path = "console/uploads/list.html")]
pub(crate) struct ListPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) uploads: Vec<UploadRow>,
    pub(crate) imports: Vec<ImportView>,
    pub(crate) formats: Vec<(&'static str, &'static str)>,
    pub(crate) limit: String,
}

/// How far an upload is.
#[derive(Template)]
#[template(path = "console/uploads/progress.html")]
pub(crate) struct ProgressPart {
    pub(crate) l: Lang,
    pub(crate) id: i64,
    /// It goes on: ask again.
    pub(crate) goes_on: bool,
    pub(crate) word: &'static str,
    pub(crate) count: String,
    pub(crate) file: String,
    pub(crate) percent: u64,
}

/// What came of an upload.
pub(crate) struct OutcomeView {
    /// Groups with their new records.
    pub(crate) groups: Vec<(String, String)>,
    /// Records that were there already; empty for none.
    pub(crate) duplicates: String,
    /// Warnings, how many, examples.
    pub(crate) warnings: Vec<(String, String, Vec<String>)>,
}

/// An upload.
#[derive(Template)]
#[template(path = "console/uploads/upload.html")]
pub(crate) struct UploadPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) id: i64,
    /// `draft`, `under_way`, `interrupted`, `done`, `failed` or `cancelled`.
    pub(crate) state: &'static str,
    pub(crate) files: Vec<String>,
    pub(crate) sources: Vec<(String, String, String)>,
    pub(crate) recognised: Recognised,
    pub(crate) asked: UploadAsked,
    pub(crate) zones: Vec<&'static str>,
    pub(crate) wrong: &'static str,
    pub(crate) formats: Vec<(&'static str, &'static str)>,
    pub(crate) progress: ProgressPart,
    pub(crate) outcome: OutcomeView,
    pub(crate) error: Option<String>,
    pub(crate) import: Option<i64>,
}

/// An import.
#[derive(Template)]
#[template(path = "console/uploads/import.html")]
pub(crate) struct ImportPage {
    pub(crate) l: Lang,
    pub(crate) frame: Frame,
    pub(crate) import: ImportView,
    pub(crate) zone: String,
    pub(crate) may: bool,
}

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Done {
    removed: Option<u64>,
    later: Option<u8>,
    wrong: Option<String>,
}

/// Zones offered first.
const ZONES: [&str; 12] = [
    "Asia/Shanghai",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Dubai",
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Sydney",
    "UTC",
];

/// `GET /imports`
pub(super) async fn list(State(house): State<House>, seated: Seated) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let zone = console.zone(seated.actor.org).await?;
    let uploads = console.uploads(&seated.actor).await?;
    let open = uploads.into_iter().filter(|upload| upload.state != UploadState::Done);
    let row = |upload: Upload| UploadRow {
        href: format!("/uploads/{}", upload.id),
        files: upload.files.join(l.pick("、", ", ")),
        when: moment(upload.at, house.now(), &zone, l),
        state: state_code(&upload.state),
    };
    let uploads = open.map(row).collect();
    let imports = console.imports(&seated.actor).await?;
    let scene = (house.now(), &zone, l);
    let imports = imports.iter().map(|import| import_view(import, scene)).collect();
    let frame = Frame::of(&house, &seated, Place::Settings, l.pick("导入", "Imports")).await?;
    let limit = size(house.settings().upload_bytes_max);
    Ok(shown(&ListPage { l, frame, uploads, imports, formats: formats(l), limit }))
}

/// `GET /imports/{number}`
pub(super) async fn import(
    State(house): State<House>,
    seated: Seated,
    Path(number): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let (l, console) = (seated.visit.lang, house.console());
    let imports = console.imports(&seated.actor).await?;
    let row = imports.into_iter().find(|import| import.id.0 == number);
    let row = row.ok_or_else(Trouble::missing)?;
    let zone = console.zone(seated.actor.org).await?;
    let title = l.pick(format!("第 {number} 次导入"), format!("Import {number}"));
    let frame = Frame::of(&house, &seated, Place::Settings, &title).await?;
    let page = ImportPage {
        l,
        frame: frame.saying(undone(&done, l)),
        import: import_view(&row, (house.now(), &zone, l)),
        zone: row.zone,
        may: seated.actor.may(May::Lead),
    };
    Ok(shown(&page))
}

fn undone(done: &Done, l: Lang) -> Option<Notice> {
    let facts = number(done.removed?);
    let mut words = l.pick(
        format!("已撤销，移除 {facts} 条记录。"),
        format!("Undone: {facts} records removed."),
    );
    if done.later.is_some() {
        words.push_str(l.pick(
            "之后的导入与它重叠的部分当时没有重复写入；如有重叠，请重新导入那几次。",
            " Later imports left out what this one had; import them again where they overlap.",
        ));
    }
    Some(Notice { tone: "success", words, undo: None })
}

/// `GET /uploads/{id}`
pub(super) async fn upload(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
    Query(done): Query<Done>,
) -> Result<Response, Trouble> {
    let l = seated.visit.lang;
    let upload = house.console().upload(&seated.actor, id).await?;
    let title = l.pick("导入聊天记录", "Import an export");
    let frame = Frame::of(&house, &seated, Place::Settings, title).await?;
    let sources = upload
        .recognised
        .sources
        .iter()
        .map(|(name, [zh, en], bytes)| (name.clone(), l.pick(zh, en).clone(), size(*bytes)));
    let pick =
        |both: &Option<[String; 2]>| both.as_ref().map(|[zh, en]| l.pick(zh.clone(), en.clone()));
    let wrong = match done.wrong {
        Some(_) => {
            l.pick("没有这个时区，例：Asia/Shanghai", "No such zone; for example Asia/Shanghai")
        }
        None => "",
    };
    let page = UploadPage {
        l,
        frame,
        id,
        state: state_code(&upload.state),
        sources: sources.collect(),
        zones: ZONES.to_vec(),
        wrong,
        formats: formats(l),
        progress: part(&upload, l),
        error: pick(&upload.outcome.error).or_else(|| pick(&upload.recognised.error)),
        import: upload.import.map(|import| import.0),
        files: upload.files,
        recognised: upload.recognised,
        asked: upload.asked,
        outcome: outcome(upload.outcome, l),
    };
    Ok(shown(&page))
}

/// `GET /uploads/{id}/progress`
pub(super) async fn progress(
    State(house): State<House>,
    seated: Seated,
    Path(id): Path<i64>,
) -> Result<Response, Trouble> {
    let upload = house.console().upload(&seated.actor, id).await?;
    let mut response = shown(&part(&upload, seated.visit.lang));
    if !matches!(upload.state, UploadState::UnderWay(_)) {
        // The page shows what came of it.
        let refresh = axum::http::HeaderValue::from_static("true");
        response.headers_mut().insert("hx-refresh", refresh);
    }
    Ok(response)
}

fn part(upload: &Upload, l: Lang) -> ProgressPart {
    let waiting = Progress { phase: None, total: 0, done: 0, file: String::new() };
    let (progress, goes_on) = match &upload.state {
        UploadState::UnderWay(progress) => (progress, true),
        _ => (&waiting, false),
    };
    let (word, unit) = match progress.phase {
        None => {
            (l.pick("排队中：前面还有一个导入", "Waiting in line behind another import"), false)
        }
        Some(Phase::Reading) => (l.pick("正在读文件", "Reading the files"), true),
        Some(Phase::Writing) => (l.pick("正在写入", "Writing"), false),
        Some(Phase::Folding | Phase::Quoting) => {
            (l.pick("正在计算每天的数据", "Counting the days"), false)
        }
    };
    let amount = |n: u64| {
        if unit { size(n) } else { number(n) }
    };
    let count = match (progress.done, progress.total) {
        (0, _) => String::new(),
        (done, 0) => amount(done),
        (done, total) => format!("{} / {}", amount(done), amount(total)),
    };
    let percent = (progress.done * 100).checked_div(progress.total).unwrap_or(0).min(100);
    let file = progress.file.clone();
    ProgressPart { l, id: upload.id, goes_on, word, count, file, percent }
}

fn import_view(import: &PastImport, (now, zone, l): (Millis, &Zone, Lang)) -> ImportView {
    ImportView {
        href: format!("/imports/{}", import.id.0),
        number: import.id.0,
        files: import.files.join(l.pick("、", ", ")),
        when: moment(import.at, now, zone, l),
        format: format_title(&import.format, l),
        facts: number(import.facts),
        groups: import.groups.clone(),
        duplicates: number(import.duplicates),
        state: match import.state {
            ImportState::Pending => "pending",
            ImportState::Whole => "whole",
            ImportState::Undone => "undone",
        },
    }
}

fn outcome(outcome: Outcome, l: Lang) -> OutcomeView {
    let groups = outcome.groups.into_iter().map(|(name, facts)| (name, number(facts)));
    let warnings = outcome.warnings.into_iter();
    let warnings =
        warnings.map(|([zh, en], count, examples)| (l.pick(zh, en), number(count), examples));
    let some = |n: u64| if n == 0 { String::new() } else { number(n) };
    OutcomeView {
        groups: groups.collect(),
        duplicates: some(outcome.duplicates),
        warnings: warnings.collect(),
    }
}

fn state_code(state: &UploadState) -> &'static str {
    match state {
        UploadState::Draft => "draft",
        UploadState::UnderWay(_) => "under_way",
        UploadState::Interrupted => "interrupted",
        UploadState::Done => "done",
        UploadState::Failed => "failed",
        UploadState::Cancelled => "cancelled",
    }
}

/// What people call a format; its own word where this program does not know it any more.
fn format_title(format: &str, l: Lang) -> String {
    let known = formats(l).into_iter().find(|(word, _)| *word == format);
    known.map_or(format, |(_, title)| title).to_owned()
}

fn formats(l: Lang) -> Vec<(&'static str, &'static str)> {
    app::console::formats().into_iter().map(|(word, [zh, en])| (word, l.pick(zh, en))).collect()
}

/// Bytes in words.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} B"),
        1_024..1_048_576 => format!("{} KB", bytes >> 10),
        1_048_576..1_073_741_824 => format!("{} MB", bytes >> 20),
        _ => {
            let tenths = (bytes >> 20) * 10 / 1_024;
            format!("{}.{} GB", tenths / 10, tenths % 10)
        }
    }
}
