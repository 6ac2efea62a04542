//! `huoqun import`: exports into the data folder; the list of imports; undo.

use crate::cli::ImportArgs;
use crate::failure::Failure;
use crate::output::Output;
use crate::progress::Bars;
use crate::{place, usage};
use app::{ImportRequest, Imported};
use domain::ImportId;
use insights::Settings;
use report::Lang;
use std::fmt::Write;
use store::{ImportRow, ImportState};

/// Imports, lists or undoes.
pub(crate) fn run(args: &ImportArgs, lang: Lang, out: &mut Output) -> Result<(), Failure> {
    let url = place::url(&args.place)?;
    if args.list {
        let imports = place::wait(app::imports(&url))??;
        out.text(&list(&imports, lang));
        return Ok(());
    }
    let bars = Bars::new(lang);
    if let Some(number) = args.undo {
        let undone = place::wait(app::undo_import(&url, ImportId(number), &bars))?;
        bars.finish();
        let (facts, later) = undone?;
        out.text(&undone_words(number, facts, &later, lang));
        return Ok(());
    }
    if args.read.files.is_empty() {
        return Err(Failure::NothingAsked);
    }
    let (zone, _) = usage::zone(args.read.timezone.as_deref())?;
    let group = group_name(args)?;
    let mut read = usage::read_request(&args.read, &zone, group.clone())?;
    read.picked.clear();
    let request = ImportRequest {
        read,
        group,
        exporter: args.exporter.clone(),
        settings: Settings::default(),
    };
    let imported = place::wait(app::import_files(&url, &request, &bars))?;
    bars.finish();
    out.text(&imported_words(&imported?, zone.name(), lang));
    Ok(())
}

fn group_name(args: &ImportArgs) -> Result<Option<String>, Failure> {
    match args.read.groups.as_slice() {
        [] => Ok(None),
        [name] => Ok(Some(name.clone())),
        several => Err(Failure::usage("--group", several.join(", "))),
    }
}

fn imported_words(imported: &Imported, zone: &str, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let number = imported.id.map_or(0, |id| id.0);
    let mut text = if zh {
        format!("已导入（第 {number} 次，时区 {zone}；撤销：huoqun import --undo {number}）\n")
    } else {
        format!("Imported (number {number}, zone {zone}; to undo: huoqun import --undo {number})\n")
    };
    for (name, facts) in &imported.groups {
        let _ = if zh {
            writeln!(text, "  {name}：{facts} 条记录")
        } else {
            writeln!(text, "  {name}: {facts} records")
        };
    }
    if imported.duplicates > 0 {
        let _ = if zh {
            writeln!(text, "  {} 条已有，没有重复计入", imported.duplicates)
        } else {
            writeln!(text, "  {} were there already and count once", imported.duplicates)
        };
    }
    for warned in imported.warnings.iter().filter(|warned| warned.code != "duplicate") {
        let places: Vec<&str> = warned.examples.iter().map(|(place, _)| place.as_str()).collect();
        let word = report::warning_word(warned.code, lang);
        let _ = writeln!(text, "  {word} × {} ({})", warned.count, places.join(", "));
    }
    text
}

fn undone_words(number: i64, facts: u64, later: &[ImportId], lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut text = if zh {
        format!("已撤销第 {number} 次导入，移除 {facts} 条记录\n")
    } else {
        format!("Import {number} is undone: {facts} records removed\n")
    };
    if !later.is_empty() {
        let numbers: Vec<String> = later.iter().map(|id| id.0.to_string()).collect();
        let numbers = numbers.join(", ");
        let _ = if zh {
            writeln!(
                text,
                "之后的导入（{numbers}）与它重叠的部分当时没有重复写入；如有重叠，请重新导入"
            )
        } else {
            writeln!(
                text,
                "Later imports ({numbers}) left out what this one had; import them again if they overlap"
            )
        };
    }
    text
}

fn list(imports: &[ImportRow], lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    if imports.is_empty() {
        return if zh { "还没有导入过" } else { "Nothing was imported yet" }.to_owned();
    }
    let mut text = String::new();
    for import in imports {
        let state = match (import.state, zh) {
            (ImportState::Pending, true) => "进行中",
            (ImportState::Pending, false) => "running",
            (ImportState::Whole, true) => "完成",
            (ImportState::Whole, false) => "whole",
            (ImportState::Undone, true) => "已撤销",
            (ImportState::Undone, false) => "undone",
        };
        let at = jiff::Timestamp::from_millisecond(import.about.started.0)
            .map_or_else(|_| String::new(), |at| at.strftime("%Y-%m-%d %H:%M").to_string());
        let files = import.about.files.join(", ");
        let _ =
            writeln!(text, "{:>4}  {at}Z  {state}  {}  {files}", import.id.0, import.about.format);
    }
    text
}
